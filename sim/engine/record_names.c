#include "model/record.h"

const char *const mst_cause_names[] = {
    "none", "absent", "late", "fuel", "sea", "part", "air", "chance", "politics", "route",
};
