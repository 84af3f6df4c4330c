#ifndef PEERLINE_STATS_SPC_H
#define PEERLINE_STATS_SPC_H

#include <stddef.h>
#include <glib.h>

/** XmR chart: individual values with moving ranges, and the four usual rules.
 *
 *  Limits mean -/+ 2.66 x mean moving range, moving ranges of 3.267 x their mean and more screened
 *  out once. Source: NHS England "Making Data Count"; Nelson 1982. */

typedef enum {
    SPC_COMMON_CAUSE,
    SPC_SEVEN_ONE_SIDE_ABOVE,
    SPC_SEVEN_ONE_SIDE_BELOW,
    SPC_TWO_IN_THREE_ABOVE,
    SPC_TWO_IN_THREE_BELOW,
    SPC_TREND_UP,
    SPC_TREND_DOWN,
    SPC_ABOVE_UPL,
    SPC_BELOW_LPL,
} SpcCause;

typedef struct {
    double mean;
    double lpl, upl; /**< NAN where no moving range is left after screening */
    double near_lpl, near_upl;
} SpcChart;

typedef struct {
    double outside; /**< 1 or 0; NAN without limits */
    SpcCause cause;
} SpcPoint;

/** One series in order, without gaps: a missing y is skipped and its point is missing. */
SpcChart spc_xmr(const double *y, size_t n, SpcPoint *points);
/** The names used in outputs, "Common Cause", ... */
const char *spc_cause_name(SpcCause cause);

#endif
