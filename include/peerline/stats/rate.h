#ifndef PEERLINE_STATS_RATE_H
#define PEERLINE_STATS_RATE_H

#include <glib.h>
#include "peerline/stats/limits.h"

/** Crude rates of independent events, and counts as Poisson.
 *
 *  Source: Breslow & Day 1987 (Byar's approximation); Armitage & Berry 2002 (exact); the switch
 *  between them as in the public health practice of England: exact strictly below 10 events. */

typedef enum {
    RATE_EXACT, /**< chi-square quantiles, fewer than 10 events */
    RATE_BYAR,  /**< Byar's approximation, 10 events and more */
} RateMethod;

typedef struct {
    double value;  /**< per x / n */
    Limits limits; /**< on the scale of value */
    RateMethod method;
} Rate;

/** TRUE if x >= 0 and n > 0, both finite. */
gboolean rate_valid(double x, double n);
/** Rate of x events (fractional counts allowed) in n, per `per`. All NAN unless rate_valid(). */
Rate rate_of(double x, double n, double per);
/** 95 % and 99.8 % limits for a count x >= 0: exact below 10, else Byar. */
Limits rate_count_limits(double x);
/** The same, Byar at every size (directly standardised rates); x > 0. */
Limits rate_count_byar(double x);
/** "Exact" or "Byars". */
const char *rate_method_name(RateMethod method);

/** Exact Poisson prediction limits around an expected count E > 0, as counts:
 *  lower X2(a/2, 2E)/2, upper X2(1 - a/2, 2E + 2)/2, a = 0.05 and 0.002. */
Limits rate_poisson_limits(double expected);

#endif
