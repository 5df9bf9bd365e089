/** @file land.c
 * Decoding the compact form of the land, checked at every byte. The form is described at the
 * head of land/make_land.mjs.
 */
#include "base/hash.h"
#include "base/little.h"
#include "world/shore.h"

#include <string.h>

enum { HEAD_BYTES = 80, TAIL_BYTES = 8, LEAST_POINT_BYTES = 2 };

/** The bytes not yet read. */
typedef struct reader {
    const unsigned char *at, *end;
    bool failed;
} reader;

/** A number of at most 32 bits, 7 bits a byte, low bits first. */
static uint32_t read_number(reader *in)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        if (in->at == in->end)
            break;
        const unsigned char byte = *in->at++;
        value |= (uint64_t)(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0) {
            if (value > UINT32_MAX)
                break;
            return (uint32_t)value;
        }
    }
    in->failed = true;
    return 0;
}

/** A signed step: 0, -1, 1, -2 ... are written as 0, 1, 2, 3 ... */
static int64_t read_step(reader *in)
{
    const uint32_t code = read_number(in);
    const int64_t half = (int64_t)(code >> 1);
    return (code & 1U) != 0 ? -half - 1 : half;
}

/** Box and lattice of the head; null, or what is wrong with them. */
static const char *read_head(const unsigned char *bytes, mst_land *land, mst_land_grid *out)
{
    land->west = mst_little_read_real(bytes + 8);
    land->east = mst_little_read_real(bytes + 16);
    land->south = mst_little_read_real(bytes + 24);
    land->north = mst_little_read_real(bytes + 32);
    out->lon_deg = mst_little_read_real(bytes + 40);
    out->lat_deg = mst_little_read_real(bytes + 48);
    out->lon_step_deg = mst_little_read_real(bytes + 56);
    out->lat_step_deg = mst_little_read_real(bytes + 64);
    if (!(land->west >= 0.0 && land->west < land->east && land->east <= 360.0 &&
          land->south >= -90.0 && land->south < land->north && land->north <= 90.0))
        return "its box is not inside longitude 0..360, latitude -90..90";
    if (!(fabs(out->lon_deg) <= 360.0 && fabs(out->lat_deg) <= 90.0 && out->lon_step_deg > 1e-9 &&
          out->lon_step_deg < 1.0 && out->lat_step_deg > 1e-9 && out->lat_step_deg < 1.0))
        return "its grid is not of this Earth";
    return NULL;
}

/** All rings, every point within a degree of the box; null, or what is wrong. */
static const char *read_rings(reader *in, const mst_land_grid *grid, mst_land *land)
{
    int64_t x = 0, y = 0;
    int32_t filled = 0;
    for (int32_t ring = 0; ring < land->ring_count; ring++) {
        const uint32_t count = read_number(in);
        if (in->failed || count < 3 || count > (uint32_t)(land->point_count - filled))
            return "a ring has a wrong number of points";
        land->ring_start[ring] = filled;
        for (uint32_t i = 0; i < count; i++, filled++) {
            x += read_step(in);
            y += read_step(in);
            const muster_point point = {grid->lat_deg + (double)y * grid->lat_step_deg,
                                        grid->lon_deg + (double)x * grid->lon_step_deg};
            if (in->failed)
                return "it ends in the middle of a ring";
            if (!(point.lon_deg > land->west - 1.0 && point.lon_deg < land->east + 1.0 &&
                  point.lat_deg > land->south - 1.0 && point.lat_deg < land->north + 1.0))
                return "a point lies outside its box";
            land->point[filled] = point;
            land->next[filled] = filled + 1;
        }
        land->next[filled - 1] = land->ring_start[ring];
    }
    land->ring_start[land->ring_count] = filled;
    if (filled != land->point_count || in->at != in->end)
        return "the number of points is not the one it states";
    return NULL;
}

/** Everything but the indices; null, or what is wrong (or memory is short: see the arena). */
static const char *decode(const unsigned char *bytes, size_t byte_count, mst_land *land)
{
    if (byte_count < HEAD_BYTES + TAIL_BYTES || memcmp(bytes, "MSTLAND1", 8) != 0)
        return "it does not begin as one";
    const size_t body_end = byte_count - TAIL_BYTES;
    if (mst_little_read(bytes + body_end, 8) != mst_hash_bytes(MST_HASH_START, bytes, body_end))
        return "its checksum does not fit its bytes";
    mst_land_grid grid;
    const char *why = read_head(bytes, land, &grid);
    if (why != NULL)
        return why;

    // Counts are bounded by the bytes that must follow, so memory is too.
    const uint64_t rings = mst_little_read(bytes + 72, 4), points = mst_little_read(bytes + 76, 4);
    const uint64_t room = (uint64_t)(body_end - HEAD_BYTES) / LEAST_POINT_BYTES;
    if (points > room || points > INT32_MAX / 32 || rings > points)
        return "it states more points than it has bytes for";
    land->ring_count = (int32_t)rings;
    land->point_count = (int32_t)points;
    land->point = mst_arena_array(&land->arena, (size_t)points + 1, sizeof *land->point);
    land->next = mst_arena_array(&land->arena, (size_t)points + 1, sizeof *land->next);
    land->ring_start = mst_arena_array(&land->arena, (size_t)rings + 1, sizeof *land->ring_start);
    if (land->arena.failed)
        return NULL;
    land->grid = grid;
    reader in = {bytes + HEAD_BYTES, bytes + body_end, false};
    return read_rings(&in, &grid, land);
}

muster_status mst_land_open(const void *bytes, size_t byte_count, const muster_memory *memory,
                            muster_diags *diags, mst_land **out)
{
    *out = NULL;
    mst_land *land = mst_memory_alloc(memory, sizeof *land);
    if (land == NULL)
        return mst_diag_memory(diags);
    memset(land, 0, sizeof *land);
    land->memory = memory;
    mst_arena_init(&land->arena, memory);
    land->hash = mst_hash_bytes(MST_HASH_START, bytes, byte_count);

    const char *why = decode(bytes, byte_count, land);
    if (why == NULL && !land->arena.failed)
        (void)mst_shore_index(land, &why);
    if (why != NULL || land->arena.failed) {
        const bool short_of_memory = why == NULL;
        mst_land_free(land);
        if (short_of_memory)
            return mst_diag_memory(diags);
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL,
                 "remake it with sim/world/land/make_land.mjs", "not a land extract: %s", why);
        return MUSTER_MISTAKE;
    }
    *out = land;
    return MUSTER_OK;
}

void mst_land_free(mst_land *land)
{
    if (land == NULL)
        return;
    mst_arena_clear(&land->arena);
    mst_memory_free(land->memory, land);
}

uint64_t mst_land_hash(const mst_land *land)
{
    return land->hash;
}

void mst_land_box(const mst_land *land, double *west, double *east, double *south, double *north)
{
    *west = land->west;
    *east = land->east;
    *south = land->south;
    *north = land->north;
}

int32_t mst_land_ring_count(const mst_land *land)
{
    return land->ring_count;
}

const muster_point *mst_land_ring(const mst_land *land, int32_t ring, int32_t *out_point_count)
{
    *out_point_count = land->ring_start[ring + 1] - land->ring_start[ring];
    return land->point + land->ring_start[ring];
}
