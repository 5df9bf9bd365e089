/* Which runs are of which part: a function of the plan alone, so that parts need no word of each other. */
#include "store/store.h"

/* Blocks of replications of all points are dealt out in turn, whatever the number of replications: with
 * more of them a part keeps what it has. Slow points, which often lie side by side, are spread. */
bool muster_shard_has(muster_shard shard, int64_t points, int64_t point, int32_t replication)
{
    const int64_t block = replication > 0 ? (replication - 1) / MST_SHARD_BLOCK : 0;
    return shard.count <= 1 || (block * points + point) % shard.count == shard.index - 1;
}

/* How many of 0 .. end-1 are dealt to the part. */
static int64_t dealt(muster_shard shard, int64_t end)
{
    if (shard.count <= 1)
        return end;
    return end / shard.count + (end % shard.count >= shard.index);
}

int64_t muster_shard_runs(muster_shard shard, int64_t points, int32_t replications)
{
    if (replications == 0)
        return dealt(shard, points);
    const int64_t whole = replications / MST_SHARD_BLOCK * points;
    return dealt(shard, whole) * MST_SHARD_BLOCK +
           (dealt(shard, whole + points) - dealt(shard, whole)) * (replications % MST_SHARD_BLOCK);
}
