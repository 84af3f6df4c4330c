#include "peerline/stats/trend.h"

#include <math.h>

#define ALL_POINTS  TREND_POINTS
#define WIDTH_IN_SE 3.92

const char *trend_marker_name(TrendMarker marker)
{
    switch (marker) {
    case TREND_NONE: return "nochange";
    case TREND_INCREASING: return "increasing";
    case TREND_DECREASING: return "decreasing";
    case TREND_NOT_CALCULABLE: return "";
    }
    return "";
}

const char *trend_reason_text(TrendReason reason)
{
    switch (reason) {
    case TREND_OK: return "";
    case TREND_FEW_POINTS: return "fewer than five points";
    case TREND_GAP: return "the latest five points are not consecutive";
    case TREND_NO_ERROR: return "no sampling error";
    case TREND_AT_BOUND: return "none or all in a year";
    }
    return "";
}

Trend trend_not_calculable(TrendReason reason)
{
    return (Trend){NAN, NAN, FALSE, TREND_NOT_CALCULABLE, reason};
}

/* Sum of w (t - mean t)^2, with t = 1..5 and point `skip` left out; *mean the weighted mean t. */
static double spread_of_t(const double *w, int skip, double *mean)
{
    double weights = 0, weighted = 0, spread = 0;
    for (int i = 0; i < TREND_POINTS; i++) {
        if (i == skip)
            continue;
        weights += w[i];
        weighted += w[i] * (i + 1);
    }
    *mean = weighted / weights;
    for (int i = 0; i < TREND_POINTS; i++) {
        if (i != skip)
            spread += w[i] * (i + 1 - *mean) * (i + 1 - *mean);
    }
    return spread;
}

/* Weighted least squares slope of v on t. Differences from the first value, so that a constant
 * series has a slope of exactly 0. */
static double slope_of(const double *v, const double *w, int skip)
{
    double mean, product = 0, spread = spread_of_t(w, skip, &mean);
    int origin = skip == 0 ? 1 : 0;
    for (int i = 0; i < TREND_POINTS; i++) {
        if (i != skip)
            product += w[i] * (i + 1 - mean) * (v[i] - v[origin]);
    }
    return product / spread;
}

/* One sign with all points and with each one left out; 0 counts as rising. */
static gboolean one_sign(const double *v, const double *w)
{
    gboolean rising = slope_of(v, w, ALL_POINTS) >= 0;
    for (int skip = 0; skip < TREND_POINTS; skip++) {
        if ((slope_of(v, w, skip) >= 0) != rising)
            return FALSE;
    }
    return TRUE;
}

static Trend judged(double slope, double chi2, gboolean same_sign)
{
    TrendMarker marker = TREND_NONE;
    if (chi2 > TREND_CHI2 && same_sign)
        marker = slope >= 0 ? TREND_INCREASING : TREND_DECREASING;
    return (Trend){slope, chi2, same_sign, marker, TREND_OK};
}

Trend trend_general(const double v[TREND_POINTS], const double lower95[TREND_POINTS],
                    const double upper95[TREND_POINTS])
{
    double w[TREND_POINTS], mean;
    for (int i = 0; i < TREND_POINTS; i++) {
        double se = (upper95[i] - lower95[i]) / WIDTH_IN_SE;
        if (!isfinite(v[i]))
            return trend_not_calculable(TREND_FEW_POINTS);
        if (!isfinite(se) || se <= 0)
            return trend_not_calculable(TREND_NO_ERROR);
        w[i] = 1 / (se * se);
    }
    double slope = slope_of(v, w, ALL_POINTS);
    double chi2 = slope * slope * spread_of_t(w, ALL_POINTS, &mean);
    return judged(slope, chi2, one_sign(v, w));
}

/* Cochran-Armitage, from deviations: N^2 A^2/(X (N - X) B) with A = sum (x - n X/N)(t - mean t)
 * and B = sum n (t - mean t)^2. */
static double cochran_armitage(const double *x, const double *n)
{
    double events = 0, size = 0, mean, product = 0;
    double spread = spread_of_t(n, ALL_POINTS, &mean);
    for (int i = 0; i < TREND_POINTS; i++) {
        events += x[i];
        size += n[i];
    }
    for (int i = 0; i < TREND_POINTS; i++)
        product += (x[i] - n[i] * (events / size)) * (i + 1 - mean);
    double share = events / size;
    return product * product / (share * ((size - events) / size) * spread);
}

Trend trend_proportion(const double x[TREND_POINTS], const double n[TREND_POINTS])
{
    static const double equal[TREND_POINTS] = {1, 1, 1, 1, 1};
    double logit[TREND_POINTS];
    gboolean at_bound = FALSE;
    for (int i = 0; i < TREND_POINTS; i++) {
        if (!isfinite(x[i]) || !isfinite(n[i]) || x[i] < 0 || n[i] <= 0 || x[i] > n[i])
            return trend_not_calculable(TREND_FEW_POINTS);
        at_bound = at_bound || x[i] == 0 || x[i] == n[i];
        logit[i] = log(x[i] / (n[i] - x[i]));
    }
    double chi2 = cochran_armitage(x, n);
    if (at_bound) {
        Trend none = trend_not_calculable(TREND_AT_BOUND);
        none.chi2 = isfinite(chi2) ? chi2 : NAN;
        return none;
    }
    return judged(slope_of(logit, equal, ALL_POINTS), chi2, one_sign(logit, equal));
}
