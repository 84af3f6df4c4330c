#ifndef PEERLINE_STATS_STANDARDISE_H
#define PEERLINE_STATS_STANDARDISE_H

#include <stddef.h>
#include <glib.h>
#include "peerline/stats/limits.h"
#include "peerline/stats/rate.h"

/** Means, and rates standardised for age (or any strata).
 *
 *  Sources: Dobson et al. 1991 with Byar's limits (direct); Breslow & Day 1987 (indirect). */

typedef struct {
    double sum;   /**< NAN when any v is missing */
    double count; /**< n, missing values included */
    double sd;    /**< n - 1; NAN for fewer than two values */
    double value;
    Limits limits; /**< Student t with n - 1 df; NAN for fewer than two values */
} Mean;

/** Arithmetic mean; one missing value makes everything but `count` missing. */
Mean standardise_mean(const double *v, size_t n);

typedef struct {
    double total_count; /**< sum of x, missing x counting as 0 */
    double total_pop;   /**< sum of n */
    double value;       /**< NAN below 10 events, with its limits */
    Limits limits;
} DirectRate;

/** Events x in populations n with standard weights w, by stratum. The caller has checked n > 0
 *  and w >= 0; a missing x counts as 0, a missing n or w makes all but the totals missing. */
typedef struct {
    const double *x, *n, *w;
    size_t strata;
} DirectStrata;

/** value = per sum(w x/n)/sum w; limits by Dobson's method around Byar's limits for the total. */
DirectRate standardise_direct(const DirectStrata *s, double per);

/** Events x in populations n; reference events x_ref in reference populations n_ref. */
typedef struct {
    const double *x, *n, *x_ref, *n_ref;
    size_t strata;
} IndirectStrata;

typedef struct {
    double observed; /**< sum of x, missing = 0 */
    double expected; /**< sum of n x_ref/n_ref, missing n or x_ref = 0 */
    double ref_rate; /**< per sum(x_ref)/sum(n_ref) */
    double value;    /**< NAN where nothing is expected */
    Limits limits;
    RateMethod method;
} IndirectRate;

/** per observed/expected (per = 100 or 1). */
IndirectRate standardise_ratio(const IndirectStrata *s, double per);
/** observed/expected times the reference's crude rate. */
IndirectRate standardise_rate(const IndirectStrata *s, double per);
/** per observed/expected with limits for the count; all NAN unless observed >= 0, expected > 0. */
Rate standardise_smr(double observed, double expected, double per);

#endif
