/**
 * @file muster.h
 * Everything of libmuster. Start with scenario.h, model.h, run.h, tell.h, in this order.
 */
#ifndef MUSTER_MUSTER_H
#define MUSTER_MUSTER_H

#include "muster/area.h"
#include "muster/base.h"
#include "muster/calc.h"
#include "muster/call.h"
#include "muster/csv.h"
#include "muster/diag.h"
#include "muster/document.h"
#include "muster/estimate.h"
#include "muster/field.h"
#include "muster/fit.h"
#include "muster/flip.h"
#include "muster/geo.h"
#include "muster/measure.h"
#include "muster/model.h"
#include "muster/record.h"
#include "muster/replicate.h"
#include "muster/run.h"
#include "muster/run_file.h"
#include "muster/scenario.h"
#include "muster/sweep.h"
#include "muster/tell.h"
#include "muster/text.h"
#include "muster/time.h"

#endif
