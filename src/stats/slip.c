#include "peerline/stats/slip.h"

#include <math.h>

#include "peerline/stats/quantile.h"

#define NARROW       0.2 /* log10 of 1.6 */
#define WIDE         0.4 /* log10 of 2.5 */
#define TWICE        0.301029995663981
#define THREEFOLD    0.477121254719662
#define BAND_SPREADS 3
#define FAR_SPREADS  6

static int power_within(double distance, double band)
{
    static const int POWERS[] = {2, 3, SLIP_MOST_POWER};
    for (size_t i = 0; i < sizeof POWERS / sizeof *POWERS; i++)
        if (fabs(fabs(distance) - POWERS[i]) <= band)
            return distance > 0 ? POWERS[i] : -POWERS[i];
    return 0;
}

/* Newly allocated; NAN where there is no logarithm. */
static double *logarithms(const double *values, size_t n, size_t *positive)
{
    double *logs = g_new(double, n + 1);
    *positive = 0;
    for (size_t i = 0; i < n; i++) {
        const gboolean has = isfinite(values[i]) && values[i] > 0;
        logs[i] = has ? log10(values[i]) : NAN;
        *positive += has ? 1 : 0;
    }
    return logs;
}

SlipUsual slip_usual(const double *values, size_t n)
{
    SlipUsual usual = {NAN, NAN, 0};
    g_autofree double *logs = logarithms(values, n, &usual.n);
    usual.centre = quantile_median(logs, n);
    usual.spread = quantile_mad(logs, n);
    return usual;
}

int slip_among(const SlipUsual *usual, double value)
{
    if (usual->n < SLIP_FEWEST || !(value > 0) || !isfinite(value))
        return 0;
    const double distance = log10(value) - usual->centre;
    if (fabs(distance) < FAR_SPREADS * usual->spread)
        return 0;
    return power_within(distance, CLAMP(BAND_SPREADS * usual->spread, NARROW, WIDE));
}

int slip_in_history(const double *others, size_t n, double value, double *median)
{
    size_t positive, near = 0;
    g_autofree double *logs = logarithms(others, n, &positive);
    *median = NAN;
    if (positive < 2 || !(value > 0) || !isfinite(value))
        return 0;
    const double centre = quantile_median(logs, n);
    for (size_t i = 0; i < n; i++)
        near += fabs(logs[i] - centre) <= THREEFOLD ? 1 : 0;
    if (3 * near < 2 * positive)
        return 0;
    *median = pow(10, centre);
    return power_within(log10(value) - centre, TWICE);
}

int slip_of_ratio(double ratio)
{
    return isfinite(ratio) && ratio > 0 ? power_within(log10(ratio), NARROW) : 0;
}
