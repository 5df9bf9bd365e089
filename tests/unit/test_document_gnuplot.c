/* Scripts for gnuplot: what each kind draws, and that no text takes effect. */
#include "test.h"

#include "all_plots.h"
#include "base/text.h"
#include "muster/muster.h"

#include <stdio.h>
#include <string.h>

static char *script_of(const muster_document *document, int32_t plot)
{
    char *told =
        muster_document_gnuplot(muster_document_plot(document, plot), "data.csv", "out.svg", NULL);
    assert_non_null(told);
    return told;
}

static void assert_has(const char *script, const char *part)
{
    if (!strstr(script, part))
        fail_msg("not there:\n%s\nin:\n%s", part, script);
}

/* ---- the kinds ------------------------------------------------------------------------------------ */

static const char head[] =
    "# For gnuplot 5.4 or later.\n"
    "reset\n"
    "set encoding utf8\n"
    "set terminal svg size 900,224 noenhanced font 'sans-serif,13' background '#ffffff'\n"
    "set output 'out.svg'\n"
    "set datafile separator comma\n"
    "set datafile commentschars ''\n"
    "set datafile missing NaN\n"
    "data = 'data.csv'\n"
    "set border 3 lc rgb '#808080'\n"
    "set tics nomirror textcolor rgb '#000000'\n"
    "set grid lc rgb '#DDDDDD' lt 1\n"
    "set style fill solid 1 noborder\n"
    "set key outside top center horizontal\n"
    "set label 9000 'Tornado' at screen 0.02,0.9330 font ',16'\n"
    "set label 9001 'Speed first.' at screen 0.02,0.0714 font ',12' tc rgb '#444444'\n"
    "set tmargin at screen 0.7589\n"
    "set bmargin at screen 0.3929\n";

#define INTERVAL " with vectors heads size screen 0.003,90"

/* Of each plot of all_plots.c, what stands behind the head. */
static const char *const bodies[] = {
    /* tornado: labels of the settings stand outside the bars, both of weather lie above 50 */
    "set yrange [-2.5:0.5]\n"
    "set ytics ()\n"
    "set ytics add ('speed' 0)\n"
    "set ytics add ('fuel' -1)\n"
    "set ytics add ('weather' -2)\n"
    "set xrange [12.5:77.5]\n"
    "set xlabel 'hours'\n"
    "set arrow from first 50, graph 0 to first 50, graph 1 nohead lc rgb '#000000' front\n"
    "set label '12 kn' at 20,0.0 right offset -0.5,0 font ',11' front\n"
    "set label '18 kn' at 70,0.0 left offset 0.5,0 font ',11' front\n"
    "set label 'half' at 45,-1.0 right offset -0.5,0 font ',11' front\n"
    "set label 'calm' at 52,-1.8 left offset 0.5,0 font ',11' front\n"
    "set label 'rough' at 55,-2.2 left offset 0.5,0 font ',11' front\n"
    "base = 50\n"
    "same(l,h) = (l-base)*(h-base) > 0\n"
    "plot data skip 1 using (0.5*(base+$2)):(-$0):(base):2:(-$0+(same($2,$3) ? 0.02 : -0.38)):"
    "(-$0+0.38) with boxxyerror lc rgb '#56B4E9' title 'at its least (h)', \\\n"
    "     data skip 1 using (0.5*(base+$3)):(-$0):(base):3:(-$0-0.38):"
    "(-$0+(same($2,$3) ? -0.02 : 0.38)) with boxxyerror lc rgb '#E69F00' title "
    "'at its most (h)'\n",
    /* bars: two series, each in its half of the row */
    "array C1[3] = [1,2,3]\n"
    "array C9[3] = [1,1,2]\n"
    "set yrange [-2.5:0.5]\n"
    "set ytics ()\n"
    "set ytics add ('speed' 0)\n"
    "set ytics add ('fuel' -1)\n"
    "set ytics add ('weather' -2)\n"
    "set xrange [-2.7125:29.4625]\n"
    "set xlabel 'effect (h)'\n"
    "set arrow from first 0, graph 0 to first 0, graph 1 nohead lc rgb '#000000' front\n"
    "set arrow from first 5, graph 0 to first 5, graph 1 nohead dt 2 lc rgb '#444444' front\n"
    "plot data skip 1 using (C9[$0+1]==1 ? 0.5*$6 : NaN):(1-C1[$0+1]+0.2000):(0):6:"
    "(1-C1[$0+1]+0.0150):(1-C1[$0+1]+0.3850) with boxxyerror lc rgb '#0072B2' title 'lever', \\\n"
    "     data skip 1 using (C9[$0+1]==2 ? 0.5*$6 : NaN):(1-C1[$0+1]-0.2000):(0):6:"
    "(1-C1[$0+1]-0.3850):(1-C1[$0+1]-0.0150) with boxxyerror lc rgb '#D55E00' title 'chance', "
    "\\\n"
    "     data skip 1 using (C9[$0+1]==1 ? $7 : NaN):(1-C1[$0+1]+0.2000):($8-$7):(0)" INTERVAL
    " lc rgb '#000000' notitle, \\\n"
    "     data skip 1 using (C9[$0+1]==2 ? $7 : NaN):(1-C1[$0+1]-0.2000):($8-$7):(0)" INTERVAL
    " lc rgb '#000000' notitle\n",
    /* dots */
    "array C9[3] = [1,1,2]\n"
    "set yrange [-2.5:0.5]\n"
    "set ytics ()\n"
    "set ytics add ('speed' 0)\n"
    "set ytics add ('fuel' -1)\n"
    "set ytics add ('weather' -2)\n"
    "set xrange [-2.7125:29.4625]\n"
    "set xlabel 'effect (h)'\n"
    "set arrow from first 0, graph 0 to first 0, graph 1 nohead lc rgb '#000000' front\n"
    "plot data skip 1 using (C9[$0+1]==1 ? $7 : NaN):(-$0):($8-$7):(0)" INTERVAL
    " lw 1.5 lc rgb '#0072B2' notitle, \\\n"
    "     data skip 1 using (C9[$0+1]==2 ? $7 : NaN):(-$0):($8-$7):(0)" INTERVAL
    " lw 1.5 lc rgb '#D55E00' notitle, \\\n"
    "     data skip 1 using (C9[$0+1]==1 ? $6 : NaN):(-$0) with points pt 7 lc rgb '#0072B2' "
    "title 'lever', \\\n"
    "     data skip 1 using (C9[$0+1]==2 ? $6 : NaN):(-$0) with points pt 7 lc rgb '#D55E00' "
    "title 'chance'\n",
    /* points: the last name has no room at its right */
    "set xrange [-2.6:54.6]\n"
    "set yrange [-3.5:73.5]\n"
    "set xlabel 'along'\n"
    "set ylabel 'up'\n"
    "set palette defined (0 '#440154', 1 '#443983', 2 '#31688E', 3 '#21918C', 4 '#35B779', 5 "
    "'#90D743', 6 '#FDE725')\n"
    "set cblabel 'share'\n"
    "set cbrange [0.001:0.5]\n"
    "set arrow from first 30, graph 0 to first 30, graph 1 nohead dt 2 lc rgb '#444444' front\n"
    "set arrow from first 50, graph 0 to first 50, graph 1 nohead dt 2 lc rgb '#444444' front\n"
    "set arrow from graph 0, first 65 to graph 1, first 65 nohead dt 2 lc rgb '#444444' front\n"
    "set label 'speed' at 20,70 left offset 0.8,0 font ',11' front\n"
    "set label 'fuel' at 45,60 left offset 0.8,0 font ',11' front\n"
    "set label 'weather' at 52,55 right offset -0.8,0 font ',11' front\n"
    "plot data skip 1 using 2:3:10 with points pt 7 lc palette notitle, \\\n"
    "     1*x with lines lc rgb '#444444' dt 2 title 'slope 1', \\\n"
    "     0.5*x with lines lc rgb '#444444' dt 3 title 'slope 0.5'\n",
    /* lines: a picture a port, a line a number of ships, fewest first */
    "array C5[8] = [2,2,1,1,2,2,1,1]\n"
    "array C6[8] = [1,1,1,1,2,2,2,2]\n"
    "set logscale y\n"
    "set ytics ()\n"
    "set ytics add (0.5)\n"
    "set ytics add (1)\n"
    "set ytics add (2)\n"
    "set ytics add (5)\n"
    "set yrange [0.433958:9.79358]\n"
    "set xlabel 'along'\n"
    "set ylabel 'up'\n"
    "set multiplot layout 1,3 margins screen 0.08,0.98,0.1568,0.8108 spacing screen 0.08,0.2595\n"
    "set title 'north'\n"
    "set logscale x\n"
    "set xtics ()\n"
    "set xtics add (10)\n"
    "set xtics add (20)\n"
    "set xrange [9.7942:20.4202]\n"
    "plot data skip 1 using (C6[$0+1]==1 && C5[$0+1]==1 ? $1 : NaN):2 with linespoints lc rgb "
    "'#0072B2' dt 1 lw 2 pt 7 ps 0.5 notitle, \\\n"
    "     data skip 1 using (C6[$0+1]==1 && C5[$0+1]==1 ? $1 : NaN):3:(0):($4-$3)" INTERVAL
    " lc rgb '#0072B2' notitle, \\\n",
    /* map: an uneven grid; the outer cells are as wide as their inner half */
    "array C1[9] = [1,2,3,1,2,3,1,2,3]\n"
    "array C2[9] = [1,1,1,2,2,2,3,3,3]\n"
    "array XV[3] = [10,20,30]\n"
    "array XB[4] = [5,15,25,35]\n"
    "array YV[3] = [12,16,24]\n"
    "array YB[4] = [10,14,20,28]\n"
    "set palette defined (0 '#440154', 1 '#443983', 2 '#31688E', 3 '#21918C', 4 '#35B779', 5 "
    "'#90D743', 6 '#FDE725')\n"
    "set cblabel 'hours (h)'\n"
    "set cbrange [0:4]\n"
    "cell(u,n) = u < 1 ? 1 : u >= n ? n-1 : floor(u)\n"
    "xu(u) = XV[cell(u,3)]+(u-cell(u,3))*(XV[cell(u,3)+1]-XV[cell(u,3)])\n"
    "cell(u,n) = u < 1 ? 1 : u >= n ? n-1 : floor(u)\n"
    "yu(u) = YV[cell(u,3)]+(u-cell(u,3))*(YV[cell(u,3)+1]-YV[cell(u,3)])\n"
    "set dgrid3d 3,3 qnorm 1\n"
    "set contour base\n"
    "set cntrparam levels discrete 0\n"
    "unset surface\n"
    "set table $b1\n"
    "splot data skip 1 using (C1[$0+1]):(C2[$0+1]):4\n"
    "unset table\n"
    "set print $l1\n"
    "print '5,10'\n"
    "print ''\n"
    "do for [i=1:|$b1|] { s = $b1[i]; if (words(s) == 3 && word(s,1) ne '#') { print "
    "sprintf('%.9g,%.9g', xu(real(word(s,1))), yu(real(word(s,2)))) } else { print '' } }\n"
    "unset print\n"
    "set table $b2\n"
    "splot data skip 1 using (C1[$0+1]):(C2[$0+1]):5\n"
    "unset table\n",
    /* parallel: texts have places, numbers both their ends */
    "array C4[6] = [1,1,1,1,2,2]\n"
    "array C1[6] = [1,2,1,2,1,2]\n"
    "set border 0\n"
    "unset grid\n"
    "unset ytics\n"
    "set yrange [-0.08:1.08]\n"
    "set xrange [-0.6:2.5]\n"
    "set xtics () scale 0\n"
    "set xtics add ('port' 0)\n"
    "set arrow from 0,0 to 0,1 nohead lc rgb '#000000' front\n"
    "set label 'north' at 0,0.0000 right offset -0.5,0 font ',11' front\n"
    "set label 'south' at 0,1.0000 right offset -0.5,0 font ',11' front\n"
    "set xtics add ('speed (kn)' 1)\n"
    "set arrow from 1,0 to 1,1 nohead lc rgb '#000000' front\n"
    "set label '10.0' at 1,0 center offset 0,-0.7 font ',11' front\n"
    "set label '15.0' at 1,1 center offset 0,0.7 font ',11' front\n"
    "set xtics add ('hours (h)' 2)\n"
    "set arrow from 2,0 to 2,1 nohead lc rgb '#000000' front\n"
    "set label '0' at 2,0 center offset 0,-0.7 font ',11' front\n"
    "set label '8.75' at 2,1 center offset 0,0.7 font ',11' front\n"
    "plot data skip 1 using (C4[$0+1]==1 ? 0 : NaN):((C1[$0+1]-(1))/(1)):(1):((($2-(10))/(5))-"
    "((C1[$0+1]-(1))/(1))) with vectors nohead lc rgb '#0072B2' title '0', \\\n"
    "     data skip 1 using (C4[$0+1]==1 ? 1 : NaN):(($2-(10))/(5)):(1):((($3-(0))/(8.75))-"
    "(($2-(10))/(5))) with vectors nohead lc rgb '#0072B2' notitle, \\\n",
    /* scatter-matrix: a name, a cloud, a name */
    "array C1[6] = [1,2,1,2,1,2]\n"
    "set border 15\n"
    "unset grid\n"
    "set multiplot\n"
    "set palette defined (0 '#440154', 1 '#443983', 2 '#31688E', 3 '#21918C', 4 '#35B779', 5 "
    "'#90D743', 6 '#FDE725')\n"
    "set cblabel 'hours (h)'\n"
    "set cbrange [0:8.75]\n"
    "set colorbox horizontal user origin 0.62,0.9 size 0.32,0.02\n"
    "set lmargin at screen 0.1282\n"
    "set rmargin at screen 0.5311\n"
    "set tmargin at screen 0.9254\n"
    "set bmargin at screen 0.5149\n"
    "set xrange [0.94:2.06]\n"
    "set xtics 0.5 format ''\n"
    "set yrange [0.94:2.06]\n"
    "set ytics 0.5 format ''\n"
    "set label 1 'port' at graph 0.5,0.5 center\n"
    "plot NaN notitle\n"
    "unset label\n"
    "set lmargin at screen 0.1282\n"
    "set rmargin at screen 0.5311\n"
    "set tmargin at screen 0.5000\n"
    "set bmargin at screen 0.0896\n"
    "set xrange [0.94:2.06]\n"
    "set xtics 0.5 format '%g'\n"
    "set xtics ()\n"
    "set xtics add ('north' 1)\n"
    "set xtics add ('south' 2)\n"
    "set yrange [9.7:15.3]\n"
    "set ytics 5 format '%g'\n"
    "plot data skip 1 using (C1[$0+1]):($2):3 with points pt 7 ps 0.45 lc palette notitle\n"
    "unset colorbox\n",
    /* strips: medians of 0, 5, 8 and of 2.75, 6.75, 8.75 */
    "array C1[6] = [1,2,1,2,1,2]\n"
    "set yrange [-1.5:0.5]\n"
    "set ytics ()\n"
    "set ytics add ('north' 0)\n"
    "set ytics add ('south' -1)\n"
    "set xrange [-0.4375:9.1875]\n"
    "set xlabel 'hours (h)'\n"
    "set arrow from first 4.5, graph 0 to first 4.5, graph 1 nohead dt 2 lc rgb '#444444' front\n"
    "set arrow from 5,-0.4 to 5,0.4 nohead lw 2.5 lc rgb '#000000' front\n"
    "set arrow from 6.75,-1.4 to 6.75,-0.6 nohead lw 2.5 lc rgb '#000000' front\n"
    "spread(k) = k*0.6180339887498949-floor(k*0.6180339887498949)-0.5\n"
    "plot data skip 1 using 3:(1-C1[$0+1]+0.6*spread($0)) with points pt 7 ps 0.5 lc rgb "
    "'#A00072B2' notitle\n",
};

static const char *const ids[] = {"effects-tornado", "effects-bars",        "effects-dots",
                                  "effects-points",  "curve-lines",         "surface-map",
                                  "runs-parallel",   "runs-scatter-matrix", "runs-strips"};

static void test_document_gnuplot__every_kind(void **state)
{
    (void)state;
    muster_document *document = all_plots("", NULL);
    const int32_t count = muster_document_plot_count(document);
    assert_int_equal(count, (int32_t)(sizeof bodies / sizeof *bodies));
    for (int32_t i = 0; i < count; i++) {
        const muster_plot *plot = muster_document_plot(document, i);
        char *script = script_of(document, i);
        assert_string_equal(muster_plot_id(plot), ids[i]);
        assert_has(script, bodies[i]);
        if (i == 0)
            assert_int_equal(strncmp(script, head, strlen(head)), 0);
        muster_tell_free(script, NULL);
    }
    muster_document_free(document);
}

static void test_document_gnuplot__ends_of_the_long_ones(void **state)
{
    (void)state;
    muster_document *document = all_plots("", NULL);
    char *lines = script_of(document, 4), *map = script_of(document, 5);
    assert_has(lines, "unset label\nset title 'south'\n");
    assert_has(lines, "set key inside center center title 'ships'\n"
                      "plot [0:1] [0:1] NaN with lines lw 2 lc rgb '#0072B2' dt 1 title '2', NaN "
                      "with lines lw 2 lc rgb '#D55E00' dt 1 title '4'\n"
                      "unset multiplot\n");
    assert_has(map, "set surface\n"
                    "set xrange [5:35]\n"
                    "set yrange [10:28]\n"
                    "set xlabel 'along'\n"
                    "set ylabel 'up'\n"
                    "xb(c) = c > 0 ? XB[c] : NaN\n"
                    "yb(c) = c > 0 ? YB[c] : NaN\n"
                    "plot data skip 1 using 1:2:(xb(C1[$0+1])):(xb(C1[$0+1]+1)):(yb(C2[$0+1])):"
                    "(yb(C2[$0+1]+1)):3 with boxxyerror lc palette notitle, \\\n"
                    "     $l1 using 1:2 with lines lw 5 lc rgb '#FFFFFF' notitle, \\\n"
                    "     $l1 using 1:2 with lines lw 2 dt 1 lc rgb '#000000' title 'able', \\\n"
                    "     $l2 using 1:2 with lines lw 5 lc rgb '#FFFFFF' notitle, \\\n"
                    "     $l2 using 1:2 with lines lw 2 dt 2 lc rgb '#000000' title 'accepts'\n");
    muster_tell_free(lines, NULL);
    muster_tell_free(map, NULL);
    muster_document_free(document);
}

static void test_document_gnuplot__scattered_points(void **state)
{
    (void)state;
    muster_document *document = muster_document_create("d", NULL);
    muster_section *section = muster_section_add(document, "s", "S");
    muster_table *table = muster_table_add(section, "t", "T");
    static const char *const names[] = {"x", "y", "v"};
    for (int i = 0; i < 3; i++)
        muster_table_column(table, names[i], NULL, NULL, MUSTER_COLUMN_REAL, 0);
    for (int i = 0; i < 10; i++) { /* no two of a row or column */
        muster_table_row(table);
        muster_cell_real(table, 2.0 * i);
        muster_cell_real(table, i * 7 % 10);
        muster_cell_real(table, i - 5.0);
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_MAP, table, "P");
    muster_plot_role(plot, "x", "x");
    muster_plot_role(plot, "y", "y");
    muster_plot_role(plot, "value", "v");
    muster_plot_role(plot, "boundary", "v");
    char *script = script_of(document, 0);
    assert_has(script, "\nux(v) = (v-(0))/(18)\nxu(u) = 0+u*(18)\n"
                       "uy(v) = (v-(0))/(9)\nyu(u) = 0+u*(9)\n"
                       "set dgrid3d 60,60 splines\n");
    assert_has(script,
               "\nplot data skip 1 using 1:2:3 with points pt 7 ps 1.5 lc palette notitle, ");
    muster_tell_free(script, NULL);
    muster_document_free(document);
}

/* ---- sizes ------------------------------------------------------------------------------------ */

static int32_t height_of_bars(int32_t factors)
{
    muster_document *document = muster_document_create("d", NULL);
    muster_section *section = muster_section_add(document, "s", "S");
    muster_table *table = muster_table_add(section, "t", "T");
    muster_table_column(table, "factor", NULL, NULL, MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "x", NULL, NULL, MUSTER_COLUMN_REAL, 0);
    for (int32_t i = 0; i < factors; i++) {
        muster_table_row(table);
        muster_cell_text(table, "units.a-frigate-of-a-very-long-name.fuel_frac_at_start");
        muster_cell_real(table, i);
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_BARS, table, "P");
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "value", "x");
    char *script = script_of(document, 0);
    int height = 0;
    assert_int_equal(sscanf(strstr(script, "size 900,"), "size 900,%d", &height), 1);
    assert_has(script, "set ytics add ('units.a-frigate-of-a….fuel_frac_at_start' 0)\n");
    muster_tell_free(script, NULL);
    muster_document_free(document);
    return height;
}

/* gnuplot leaves out what lies off an axis: where thresholds do not lie among the points, axes reach them;
 * a logarithmic one reaches none at 0 or below. */
static void test_document_gnuplot__axes_of_points_reach_thresholds(void **state)
{
    (void)state;
    static const double at[][2] = {{1.0, 10.0}, {4.0, 20.0}};
    muster_document *document = muster_document_create("d", NULL);
    muster_section *section = muster_section_add(document, "s", "S");
    muster_table *table = muster_table_add(section, "t", "T");
    muster_table_column(table, "x", NULL, NULL, MUSTER_COLUMN_REAL, 0);
    muster_table_column(table, "y", NULL, NULL, MUSTER_COLUMN_REAL, 0);
    for (int i = 0; i < 2; i++) {
        muster_table_row(table);
        muster_cell_real(table, at[i][0]);
        muster_cell_real(table, at[i][1]);
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_POINTS, table, "P");
    muster_plot_role(plot, "x", "x");
    muster_plot_role(plot, "y", "y");
    muster_plot_number(plot, "x_thresholds", -6.0);
    muster_plot_number(plot, "thresholds", 30.0);
    char *script = script_of(document, 0);
    assert_has(script,
               "\nset xrange [-6.5:4.5]\nset yrange [9:31]\n"); /* 5 % of 10 and of 20 more */
    muster_tell_free(script, NULL);
    muster_plot_number(plot, "log_x", 1.0);
    script = script_of(document, 0);
    assert_has(script, "\nset xrange [0.933033:4.28709]\n"); /* 4^.05 beyond 1 and 4 */
    muster_tell_free(script, NULL);
    muster_document_free(document);
}

static void test_document_gnuplot__grows_with_what_it_shows(void **state)
{
    (void)state;
    assert_int_equal(height_of_bars(30) - height_of_bars(3), 27 * 24); /* px a bar */
}

/* ---- no text takes effect --------------------------------------------------------------------- */

/* Texts that mean something to gnuplot somewhere, or end what they stand in. The quotes come in ones, in
 * twos and at both ends. */
static const char *const hostile[] = {
    "'; system('touch x') #",
    "''; system('touch x') #",
    "'''",
    "\"; system(\"touch x\") #",
    "`touch x`",
    "\\",
    "\\\n\\n'",
    "%d%s%n%",
    "@x{/Bold y}^_~",
    "\nend_of_data\nplot x\n",
    "\r\x01\x1b[2J\xff\xc0\xaf",
    "\xe2\x80\xa8$data #,;",
};

/* Walks over a script as gnuplot's scanner does. What stands in single quotes is any text; nothing else
 * may hold a double quote, a backquote or an @, and every word outside must be one of ours. */
static void assert_harmless(const char *script)
{
    static const char *const evil[] = {"system", "touch", "Bold", "end_of_data"};
    bool in_data = false;
    for (const char *line = script; *line;) {
        const size_t length = strcspn(line, "\n");
        char outside[16384];
        size_t used = 0;
        bool in_quotes = false;
        if (in_data || strncmp(line, "$data << end_of_data", 20) == 0) {
            in_data = !(in_data && length == 11 && strncmp(line, "end_of_data", 11) == 0);
            line += length + 1;
            continue;
        }
        for (size_t i = 0; i < length; i++) {
            if (line[i] == '\'') {
                in_quotes = !in_quotes;
                assert_true(line[i + 1] != '\'' || in_quotes); /* none is doubled */
            } else if (!in_quotes) {
                assert_true(used + 1 < sizeof outside);
                outside[used++] = line[i];
            }
            assert_true((unsigned char)line[i] >= 0x20 && line[i] != 0x7f);
        }
        outside[used] = '\0';
        assert_false(in_quotes);
        assert_null(strpbrk(outside, "\"`@"));
        for (size_t i = 0; i < sizeof evil / sizeof *evil; i++)
            assert_null(strstr(outside, evil[i]));
        if (length > 0 && line[length - 1] == '\\') /* goes on in the next line */
            assert_true(length > 2 && line[length - 3] == ',');
        assert_true(outside[0] != '#' || strncmp(outside, "# For gnuplot", 13) == 0 ||
                    strncmp(outside, "# the table has", 15) == 0);
        line += length + 1;
    }
    assert_false(in_data);
}

/* Every label of a tic is a format. */
static void assert_tics_are_no_formats(const char *script)
{
    for (const char *at = script; (at = strstr(at, "tics add ('")); at++) {
        const char *byte = at + 11;
        for (; *byte != '\''; byte++)
            if (*byte == '%')
                assert_int_equal(*++byte, '%');
    }
}

static void test_document_gnuplot__hostile_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        muster_document *document = all_plots(hostile[i], NULL);
        for (int32_t k = 0; k < muster_document_plot_count(document); k++) {
            char *script = script_of(document, k);
            assert_harmless(script);
            assert_tics_are_no_formats(script);
            assert_int_equal(mst_text_bad_byte(script, strlen(script)), -1);
            muster_tell_free(script, NULL);
        }
        muster_document_free(document);
    }
}

static void test_document_gnuplot__words_stay_what_they_are(void **state)
{
    (void)state;
    muster_document *document = all_plots(" it's `x` @y 5 %", NULL);
    char *script = script_of(document, 0);
    assert_has(script, "set ytics add ('fuel it\u2019s `x` @y 5 %%' -1)\n");
    assert_has(script, "set label 'half it\u2019s `x` @y 5 %' at 45,-1.0 ");
    assert_has(script, "set xlabel 'hours it\u2019s `x` @y 5 %'\n");
    muster_tell_free(script, NULL);
    muster_document_free(document);
}

/* gnuplot loses count of the columns behind a doubled quote, so that such a table goes along. */
static void test_document_gnuplot__quotes_in_the_data(void **state)
{
    (void)state;
    muster_document *document = all_plots(" \"q\"", NULL);
    char *script = script_of(document, 8);
    assert_has(script, "\n$data << end_of_data\n"
                       "\"port\",\"speed\",\"hours\",\"joined\"\n"
                       "\"north ''q''\",10,0,0\n");
    assert_has(script, "\nend_of_data\n");
    assert_has(script, "\nplot $data skip 1 using 3:");
    assert_null(strstr(script, "data.csv"));
    muster_tell_free(script, NULL);
    muster_document_free(document);
}

static void test_document_gnuplot__names_of_files(void **state)
{
    (void)state;
    static const struct {
        const char *name, *line;
    } cases[] = {
        {"a/b-1.csv", "\ndata = 'a/b-1.csv'\n"},
        {"< touch x", "\ndata = './< touch x'\n"}, /* what gnuplot would run */
        {"| touch x", "\ndata = './| touch x'\n"},
        {"-", "\ndata = './-'\n"},
        {"+", "\ndata = './+'\n"},
        {"~/x", "\ndata = './~/x'\n"},
        {"it's.csv", "\ndata = 'it'.\"'\".'s.csv'\n"},
        {"''", "\ndata = './'.\"'\".''.\"'\".''\n"},
        {"`x` @y", "\ndata = './`x` @y'\n"},
    };
    muster_document *document = all_plots("", NULL);
    const muster_plot *plot = muster_document_plot(document, 8);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *script = muster_document_gnuplot(plot, cases[i].name, NULL, NULL);
        assert_has(script, cases[i].line);
        assert_null(strstr(script, "set output"));
        muster_tell_free(script, NULL);
    }
    muster_diags *diags = muster_diags_create(NULL);
    assert_null(muster_document_gnuplot(plot, "a\nb", NULL, diags));
    assert_null(muster_document_gnuplot(plot, "", NULL, diags));
    assert_null(muster_document_gnuplot(plot, "a", "b\x7f", diags));
    assert_string_equal(muster_diags_at(diags, 0)->message,
                        "the document cannot be told: a file's name for gnuplot is empty or has "
                        "control characters");
    muster_diags_free(diags);
    muster_document_free(document);
}

/* ---- nothing to draw -------------------------------------------------------------------------- */

static void test_document_gnuplot__empty_tables(void **state)
{
    (void)state;
    static const char *const missing_too[] = {
        "set label 'nothing to draw' at screen 0.5,0.5 center\n"
        "plot [0:1] [0:1] NaN notitle\n"};
    muster_document *document = muster_document_create("d", NULL);
    muster_section *section = muster_section_add(document, "s", "S");
    for (int i = 0; i < 2; i++) {
        muster_table *table = muster_table_add(section, i == 0 ? "none" : "missing", "T");
        muster_table_column(table, "a", NULL, NULL, MUSTER_COLUMN_TEXT, 0);
        muster_table_column(table, "x", NULL, NULL, MUSTER_COLUMN_REAL, 0);
        if (i == 1) {
            muster_table_row(table);
            muster_cell_none(table);
            muster_cell_none(table);
        }
        muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_STRIPS, table, "P");
        muster_plot_role(plot, "label", "a");
        muster_plot_role(plot, "value", "x");
        char *script = script_of(document, i);
        assert_has(script, missing_too[0]);
        muster_tell_free(script, NULL);
    }
    muster_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_gnuplot__every_kind),
        cmocka_unit_test(test_document_gnuplot__ends_of_the_long_ones),
        cmocka_unit_test(test_document_gnuplot__scattered_points),
        cmocka_unit_test(test_document_gnuplot__axes_of_points_reach_thresholds),
        cmocka_unit_test(test_document_gnuplot__grows_with_what_it_shows),
        cmocka_unit_test(test_document_gnuplot__hostile_texts),
        cmocka_unit_test(test_document_gnuplot__words_stay_what_they_are),
        cmocka_unit_test(test_document_gnuplot__quotes_in_the_data),
        cmocka_unit_test(test_document_gnuplot__names_of_files),
        cmocka_unit_test(test_document_gnuplot__empty_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
