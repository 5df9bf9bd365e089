#include "muster/base.h"

/* The build names the version; a build without one is a build of this source as it stands. */
#ifndef MUSTER_VERSION
#define MUSTER_VERSION "0.1.0"
#endif

const char *muster_version(void)
{
    return MUSTER_VERSION;
}
