/* Places for names beside points: the first of eight in which nothing else lies. */
#include "tell/document_gnuplot.h"

#include <math.h>

/* Sizes as shares of the picture, of about 780 x 470 px: a letter of size 11, a line, a point. */
static const double letter = 6.4 / 780.0, line = 14.0 / 470.0, dot_x = 5.0 / 780.0,
                    dot_y = 5.0 / 470.0;

enum { PLACES = 8, MOST_NAMES = 400 };

/* Where the name's middle lies, in halves of its size and of the gap. */
static const struct place {
    double x, y;
    const char *words;
} places[PLACES] = {
    {1, 0, "left offset 0.8,0"},      {-1, 0, "right offset -0.8,0"},
    {0, 1, "center offset 0,0.7"},    {0, -1, "center offset 0,-0.7"},
    {1, 1, "left offset 0.5,0.6"},    {1, -1, "left offset 0.5,-0.6"},
    {-1, 1, "right offset -0.5,0.6"}, {-1, -1, "right offset -0.5,-0.6"},
};

typedef struct box {
    double left, right, bottom, top;
} box;

static box box_of(const mst_gp_spot *spot, int32_t columns, int32_t place)
{
    const double width = columns * letter;
    const double x = spot->x + places[place].x * (0.5 * width + 1.5 * dot_x);
    const double y = spot->y + places[place].y * (0.5 * line + dot_y);
    return (box){x - 0.5 * width, x + 0.5 * width, y - 0.5 * line, y + 0.5 * line};
}

static bool meet(const box *a, const box *b)
{
    return a->left < b->right && b->left < a->right && a->bottom < b->top && b->bottom < a->top;
}

static bool is_free(const box *one, const mst_gp_spot *spots, int32_t count, const box *taken,
                    int32_t taken_count)
{
    if (one->left < 0.0 || one->right > 1.0 || one->bottom < 0.0 || one->top > 1.0)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const box dot = {spots[i].x - dot_x, spots[i].x + dot_x, spots[i].y - dot_y,
                         spots[i].y + dot_y};
        if (meet(one, &dot))
            return false;
    }
    for (int32_t i = 0; i < taken_count; i++)
        if (meet(one, &taken[i]))
            return false;
    return true;
}

/* Columns of a name, cut as it will be. */
static int32_t columns_of(mst_gp *gp, int32_t row, int32_t label)
{
    mst_text text;
    mst_text_init(&text, gp->arena.memory);
    mst_doc_add_cell(&text, gp->table, row, label);
    const int32_t columns = text.bytes ? mst_text_columns(text.bytes) : 0;
    gp->arena.failed = gp->arena.failed || text.failed;
    mst_text_clear(&text);
    return columns < MST_GP_SHORT ? columns : MST_GP_SHORT;
}

int32_t mst_gp_place(mst_gp *gp, mst_gp_spot *spots, int32_t count, int32_t label)
{
    int32_t taken_count = 0, without = 0;
    box *const taken = mst_arena_array(&gp->arena, (size_t)count, sizeof *taken);
    for (int32_t i = 0; i < count; i++) {
        spots[i].place = -1;
        const int32_t columns = taken && i < MOST_NAMES ? columns_of(gp, spots[i].row, label) : 0;
        for (int32_t k = 0; k < PLACES && columns > 0 && spots[i].place < 0; k++) {
            const box one = box_of(&spots[i], columns, k);
            if (!is_free(&one, spots, count, taken, taken_count))
                continue;
            spots[i].place = k;
            taken[taken_count++] = one;
        }
        without += spots[i].place < 0;
    }
    return without;
}

const char *mst_gp_place_words(int32_t place)
{
    return places[place].words;
}
