/* A report as analyses tell it, of an invented sweep with few or many factors. */
#include "page_documents.h"

#include <math.h>
#include <stdio.h>

enum { FACTORS_MOST = 30, RUNS = 129, NAME = 96 };

/* A factor: what it is called, its range, and how much it matters. */
typedef struct factor {
    char name[NAME], id[12];
    const char *unit;
    double low, high, weight;
} factor;

typedef struct sweep {
    factor factor[FACTORS_MOST];
    int factors;
    dice dice;
} sweep;

static const char *const subjects[] = {"fuel allotted",
                                       "readiness",
                                       "speed of advance",
                                       "hours on station",
                                       "hotel load",
                                       "sea state",
                                       "visibility",
                                       "reserve on return",
                                       "threat felt",
                                       "cost of fuel",
                                       "weight of what the Security Council would record"};
static const char *const owners[] = {"Russia", "China", "North Korea"};
static const char *const units[] = {"nm", "", "h", "kn"};

static sweep make_sweep(int factors)
{
    sweep s = {.factors = factors, .dice = {88172645463325252ULL + (unsigned)factors}};
    for (int i = 0; i < factors; i++) {
        factor *f = &s.factor[i];
        const char *wave = i < 11 ? "" : i < 22 ? " (second wave)" : " (third wave)";
        snprintf(f->name, sizeof f->name, "%s, %s%s", subjects[i % 11], owners[i % 3], wave);
        snprintf(f->id, sizeof f->id, "f%d", i + 1);
        f->unit = units[i % 4];
        f->low = 10.0 * uniform(&s.dice);
        f->high = f->low + 1.0 + 50.0 * uniform(&s.dice);
        f->weight = 0.3 / (1 + i) + 0.01 * uniform(&s.dice);
    }
    return s;
}

/* ---- effects -------------------------------------------------------------------------------------- */

static void add_effects(sweep *s, muster_document *document)
{
    muster_section *section = muster_section_add(document, "effects", "What moves the drill");
    muster_section_say(section, "%s matters about twice as much as %s.", s->factor[0].name,
                       s->factor[1].name);
    muster_table *table = muster_table_add(section, "effects", "Probability of joining");
    text_column(table, "factor", "factor");
    share_column(table, "low", "joins, factor low");
    share_column(table, "high", "joins, factor high");
    real_column(table, "low_at", "low", "", 3);
    real_column(table, "high_at", "high", "", 3);
    for (int i = 0; i < s->factors; i++) {
        const factor *f = &s->factor[i];
        const double reach = uniform(&s->dice) < 0.5 ? f->weight : -f->weight;
        muster_table_row(table);
        muster_cell_text(table, f->name);
        muster_cell_real(table, 0.412 - reach);
        muster_cell_real(table,
                         0.412 + (i % 5 == 4 ? -0.4 : 0.8) * reach); /* or both on one side */
        muster_cell_real(table, f->low);
        muster_cell_real(table, f->high);
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_TORNADO, table,
                                        "What moves the probability that North Korea joins");
    roles(plot, "label factor low low high high low_value low_at high_value high_at");
    muster_plot_number(plot, "baseline", 0.412);
    muster_plot_text(plot, "x_label", "probability of joining");
    muster_plot_caption(plot, "Each factor at both ends, all others at their base.");
}

static void add_indices(sweep *s, muster_document *document)
{
    muster_section *section = muster_section_add(document, "sobol", "Shares of variance");
    muster_table *table = muster_table_add(section, "sobol", "Sobol indices");
    text_column(table, "factor", "factor");
    text_column(table, "index", "index");
    real_column(table, "value", "share of variance", "", 3);
    real_column(table, "low", "from", "", 3);
    real_column(table, "high", "to", "", 3);
    for (int i = 0; i < 2 * s->factors; i++) {
        const double value = 0.45 / pow(1 + i / 2, 1.2) - 0.01 + i % 2 * 0.03;
        const double half = 0.02 + 0.02 * uniform(&s->dice);
        muster_table_row(table);
        muster_cell_text(table, s->factor[i / 2].name);
        muster_cell_text(table, i % 2 == 0 ? "first order S" : "total ST");
        muster_cell_real(table, value);
        muster_cell_real(table, value - half);
        muster_cell_real(table, value + half);
    }
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_BARS, table, "Sobol indices with intervals");
    roles(plot, "label factor value value low low high high series index");
    muster_plot_number(plot, "thresholds", 0.05);
    muster_plot_caption(plot, "First order and total, 95 %% intervals by bootstrap.");
}

/* ---- lines ---------------------------------------------------------------------------------------- */

static void add_convergence(sweep *s, muster_section *section)
{
    muster_table *table = muster_table_add(section, "convergence", "Total index by sample size");
    whole_column(table, "n", "base points");
    text_column(table, "factor", "factor");
    real_column(table, "st", "total index", "", 3);
    real_column(table, "low", "from", "", 3);
    real_column(table, "high", "to", "", 3);
    for (int i = 0; i < s->factors; i++)
        for (int n = 64; n <= 4096; n *= 2) {
            const double value = 0.45 / (1 + i) + 0.8 * normal(&s->dice) / sqrt(n);
            muster_table_row(table);
            muster_cell_whole(table, n);
            muster_cell_text(table, s->factor[i].name);
            muster_cell_real(table, value);
            muster_cell_real(table, value - 1.6 / sqrt(n));
            muster_cell_real(table, value + 1.6 / sqrt(n));
        }
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_LINES, table, "Convergence of total indices");
    roles(plot, "x n y st low low high high series factor");
    muster_plot_number(plot, "log_x", 1.0);
    muster_plot_text(plot, "x_label", "base points (logarithmic)");
}

static void add_curves(sweep *s, muster_section *section)
{
    muster_table *table = muster_table_add(section, "curves", "Main effects");
    text_column(table, "factor", "factor");
    real_column(table, "setting", "setting", "", 4);
    share_column(table, "joins", "probability of joining");
    share_column(table, "low", "from");
    share_column(table, "high", "to");
    for (int i = 0; i < s->factors; i++)
        for (int k = 0; k < 9; k++) {
            const factor *f = &s->factor[i];
            const double y = 0.4 + 0.3 * sin(3.0 * k / 8 + i) / (1.0 + i / 3.0);
            muster_table_row(table);
            muster_cell_text(table, f->name);
            muster_cell_real(table, f->low + k / 8.0 * (f->high - f->low));
            muster_cell_real(table, y);
            muster_cell_real(table, y - 0.05);
            muster_cell_real(table, y + 0.05);
        }
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_LINES, table, "Main effects, factor by factor");
    roles(plot, "x setting y joins low low high high facet factor");
    muster_plot_number(plot, "thresholds", 0.412);
    muster_plot_caption(plot, "Mean over all other factors; dashed: all at their base.");
}

static void add_lines(sweep *s, muster_document *document)
{
    static const char *const seas[] = {"calm", "moderate sea", "rough", "very rough to high"};
    muster_section *section = muster_section_add(document, "lines", "Along a setting");
    add_convergence(s, section);
    add_curves(s, section);
    muster_table *table = muster_table_add(section, "interaction", "Two factors together");
    text_column(table, "sea", "sea state");
    text_column(table, "fuel", "fuel");
    share_column(table, "joins", "joins");
    for (int i = 0; i < 8; i++) {
        muster_table_row(table);
        muster_cell_text(table, seas[i / 2]);
        muster_cell_text(table, i % 2 == 0 ? "granted" : "withheld");
        muster_cell_real(table, 0.7 - 0.12 * (i / 2) - 0.25 * (i % 2) + 0.05 * uniform(&s->dice));
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_LINES, table, "Fuel and sea state");
    roles(plot, "x sea y joins series fuel");
}

/* ---- points and dots ------------------------------------------------------------------------------ */

static void add_screening(sweep *s, muster_document *document)
{
    muster_section *section = muster_section_add(document, "morris", "Screening");
    muster_table *table = muster_table_add(section, "morris", "Elementary effects");
    text_column(table, "factor", "factor");
    real_column(table, "mu", "\u03bc*", "h", 3);
    real_column(table, "sigma", "\u03c3", "h", 3);
    text_column(table, "shape", "shape");
    for (int i = 0; i < s->factors; i++) {
        const double mu = 0.9 / (1 + i) + 0.03 * uniform(&s->dice);
        const double ratio = 0.05 + 1.2 * uniform(&s->dice);
        muster_table_row(table);
        muster_cell_text(table, s->factor[i].name);
        muster_cell_real(table, mu);
        muster_cell_real(table, mu * ratio);
        muster_cell_text(table, ratio < 0.1   ? "alike wherever tried"
                                : ratio < 0.5 ? "monotone"
                                              : "interacting");
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_POINTS, table, "Morris plane");
    roles(plot, "x mu y sigma label factor color shape");
    muster_plot_number(plot, "slopes", 0.1);
    muster_plot_number(plot, "slopes", 0.5);
    muster_plot_number(plot, "slopes", 1.0);
    muster_plot_caption(plot, "Mean size of elementary effects against their spread.");
}

/* Means of the same size with narrow intervals, and differences about 0. */
static void add_estimates(sweep *s, muster_document *document)
{
    muster_section *section = muster_section_add(document, "estimates", "Means and differences");
    muster_table *table = muster_table_add(section, "estimates", "Delay of the muster");
    text_column(table, "point", "point");
    real_column(table, "mean", "mean", "h", 4);
    real_column(table, "low", "from", "h", 4);
    real_column(table, "high", "to", "h", 4);
    real_column(table, "change", "change", "h", 3);
    real_column(table, "from", "from", "h", 3);
    real_column(table, "to", "to", "h", 3);
    text_column(table, "verdict", "verdict");
    for (int i = 0; i < s->factors; i++) {
        const double mean = 4.2 + 0.02 * normal(&s->dice), change = 3.0 * normal(&s->dice);
        muster_table_row(table);
        muster_cell_text(table, s->factor[i].name);
        muster_cell_real(table, mean);
        muster_cell_real(table, mean - 0.03);
        muster_cell_real(table, mean + 0.03);
        muster_cell_real(table, change);
        muster_cell_real(table, change - 2.5);
        muster_cell_real(table, change + 2.5);
        muster_cell_text(table, fabs(change) > 2.5 ? "differs" : "within noise");
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_DOTS, table, "Means with intervals");
    roles(plot, "label point value mean low low high high");
    plot = muster_plot_add(section, MUSTER_PLOT_DOTS, table, "Against the base case");
    roles(plot, "label point value change low from high to color verdict");
    muster_plot_number(plot, "baseline", 0.0);
    muster_plot_caption(plot, "Paired differences, 95 %% intervals by t.");
}

/* ---- maps ----------------------------------------------------------------------------------------- */

static void add_place(muster_table *table, double x, double y, bool has_value)
{
    muster_table_row(table);
    muster_cell_real(table, 400.0 + 3600.0 * x);
    muster_cell_real(table, 0.2 + 0.8 * y);
    muster_cell_real(table,
                     has_value ? 0.5 + 0.35 * sin(4.4 * x) * cos(3.4 * y) + 0.1 * x : (double)NAN);
    muster_cell_real(table, y - 0.3 - 0.4 * x * x);
    muster_cell_real(table, 0.75 - x - 0.2 * sin(6.0 * y));
}

static void map_columns(muster_table *table)
{
    real_column(table, "range", "range with the fuel issued", "nm", 4);
    share_column(table, "ready", "readiness");
    share_column(table, "joins", "probability of joining");
    real_column(table, "china", "admitted by China", "", 3);
    real_column(table, "able", "able to come", "", 3);
}

static void add_maps(sweep *s, muster_document *document)
{
    muster_section *section = muster_section_add(document, "map", "Where the verdict turns");
    muster_table *grid = muster_table_add(section, "grid", "Grid");
    map_columns(grid);
    for (int i = 0; i < 17 * 21; i++)
        add_place(grid, i % 21 / 20.0, i / 21 / 16.0, i % 21 < 17 || i / 21 < 14);
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_MAP, grid, "Surface on a grid");
    roles(plot, "x range y ready value joins boundary china boundary able");
    muster_plot_caption(plot, "On the lines a condition turns.");
    muster_table *lhs = muster_table_add(section, "lhs", "Latin hypercube");
    map_columns(lhs);
    for (int i = 0; i < 65; i++) {
        const double x = uniform(&s->dice);
        add_place(lhs, x, uniform(&s->dice), true);
    }
    plot = muster_plot_add(section, MUSTER_PLOT_MAP, lhs, "Surface from 65 points");
    roles(plot, "x range y ready value joins boundary china");
}

/* ---- runs ----------------------------------------------------------------------------------------- */

static void plot_runs(const sweep *s, muster_section *section, muster_table *table)
{
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_PARALLEL, table, "All settings at once");
    for (int i = 0; i < s->factors; i++)
        muster_plot_role(plot, "columns", s->factor[i].id);
    roles(plot, "columns able color joins");
    muster_plot_caption(plot, "A line a run, coloured by the outcome.");
    plot = muster_plot_add(section, MUSTER_PLOT_SCATTER_MATRIX, table, "The design, pair by pair");
    for (int i = 0; i < s->factors; i++)
        muster_plot_role(plot, "columns", s->factor[i].id);
    roles(plot, "color ships");
    plot = muster_plot_add(section, MUSTER_PLOT_STRIPS, table, "Muster delay, run by run");
    roles(plot, "label able value delay");
    muster_plot_number(plot, "thresholds", 12.0);
}

static void add_runs(sweep *s, muster_document *document)
{
    static const char *const words[] = {"able", "not able", "withheld"};
    muster_section *section = muster_section_add(document, "runs", "All runs");
    muster_table *table = muster_table_add(section, "runs", "Runs");
    whole_column(table, "run", "run");
    for (int i = 0; i < s->factors; i++)
        real_column(table, s->factor[i].id, s->factor[i].name, s->factor[i].unit, 4);
    text_column(table, "able", "ability");
    whole_column(table, "ships", "ships that come");
    share_column(table, "joins", "probability of joining");
    real_column(table, "delay", "muster delay", "h", 3);
    for (int run = 0; run < RUNS; run++) {
        muster_table_row(table);
        muster_cell_whole(table, run + 1);
        double sum = 0.1 * uniform(&s->dice);
        for (int i = 0; i < s->factors; i++) {
            const factor *f = &s->factor[i];
            const double u = uniform(&s->dice);
            sum += u * (i == 0 ? 0.6 : i == 1 ? 0.3 : 0.0);
            muster_cell_real(table, f->low + u * (f->high - f->low));
        }
        muster_cell_text(table, words[(int)(3.0 * uniform(&s->dice))]);
        muster_cell_whole(table, (int)(4.0 * uniform(&s->dice)));
        muster_cell_real(table, run % 37 == 5 ? (double)NAN : sum);
        muster_cell_real(table, exp(2.0 + 0.5 * normal(&s->dice)));
    }
    plot_runs(s, section, table);
}

muster_document *page_factors(int factors)
{
    sweep s = make_sweep(factors < FACTORS_MOST ? factors : FACTORS_MOST);
    muster_document *document =
        muster_document_create(factors > 9 ? "Northern/Interaction-2023: a sweep of 30"
                                           : "Who joins Northern/Interaction-2023, and why",
                               NULL);
    muster_document_about(document, "scenario", "%s", "northern-interaction-2023");
    muster_document_about(document, "runs", "%d", 30 * RUNS);
    muster_document_about(document, "seed", "%d", 20230727);
    if (factors > 9)
        muster_document_warn(document, "3 of %d runs failed; they are left out.", 30 * RUNS);
    add_effects(&s, document);
    add_indices(&s, document);
    add_lines(&s, document);
    add_screening(&s, document);
    add_estimates(&s, document);
    add_maps(&s, document);
    add_runs(&s, document);
    return document;
}
