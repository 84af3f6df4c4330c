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

/* Those above 0, newly allocated; `*logs` is the other half: their logarithms. */
static double *positive_values(const double *values, size_t n, size_t *m, double **logs)
{
    double *out = g_new(double, 2 * n + 1);
    *logs = out + n;
    *m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i]) || !(values[i] > 0))
            continue;
        out[*m] = values[i];
        (*logs)[(*m)++] = log10(values[i]);
    }
    return out;
}

SlipUsual slip_usual(const double *values, size_t n)
{
    SlipUsual usual = {NAN, NAN, NAN, 0};
    double *logs;
    g_autofree double *positive = positive_values(values, n, &usual.n, &logs);
    usual.median = quantile_median(positive, usual.n);
    usual.centre = quantile_median(logs, usual.n);
    usual.spread = quantile_mad(logs, usual.n);
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
    size_t m, near = 0;
    double *logs;
    g_autofree double *positive = positive_values(others, n, &m, &logs);
    *median = NAN;
    if (m < 2 || !(value > 0) || !isfinite(value))
        return 0;
    const double centre = quantile_median(logs, m);
    for (size_t i = 0; i < m; i++)
        near += fabs(logs[i] - centre) <= THREEFOLD ? 1 : 0;
    if (3 * near < 2 * m)
        return 0;
    *median = quantile_median(positive, m);
    return power_within(log10(value) - centre, TWICE);
}

int slip_of_ratio(double ratio)
{
    return isfinite(ratio) && ratio > 0 ? power_within(log10(ratio), NARROW) : 0;
}
