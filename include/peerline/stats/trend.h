#ifndef PEERLINE_STATS_TREND_H
#define PEERLINE_STATS_TREND_H

#include <stddef.h>
#include <glib.h>

/** Recent trend over the five latest consecutive years, t = 1..5, oldest first.
 *  A trend needs chi-square above the 99.8 % point and one sign of the slope, with all five points
 *  and with each one left out. Source: the "recent trends" guidance of Fingertips (Public Health
 *  England); Armitage 1955 for proportions. */

#define TREND_POINTS 5
#define TREND_CHI2   9.54953570608324 /**< 99.8 %, 1 df */

typedef enum { TREND_NONE, TREND_INCREASING, TREND_DECREASING, TREND_NOT_CALCULABLE } TrendMarker;

typedef enum {
    TREND_OK,
    TREND_FEW_POINTS, /**< fewer than five */
    TREND_GAP,        /**< not consecutive */
    TREND_NO_ERROR,   /**< no sampling error */
    TREND_AT_BOUND,   /**< a proportion of none or all in a year */
} TrendReason;

typedef struct {
    double slope; /**< per year, on the scale of v, or of logit(x/n) */
    double chi2;
    gboolean same_sign;
    TrendMarker marker;
    TrendReason reason;
} Trend;

/** Weighted least squares of v on t, weights 1/s^2, s = (upper95 - lower95)/3.92. */
Trend trend_general(const double v[TREND_POINTS], const double lower95[TREND_POINTS],
                    const double upper95[TREND_POINTS]);
/** Cochran-Armitage chi-square; signs from least squares of logit(x/n). */
Trend trend_proportion(const double x[TREND_POINTS], const double n[TREND_POINTS]);
/** A trend that cannot be calculated, for the caller's own reasons. */
Trend trend_not_calculable(TrendReason reason);
/** "increasing", "decreasing", "nochange" or "". */
const char *trend_marker_name(TrendMarker marker);
/** Words for people: "fewer than five points", ...; "" for TREND_OK. */
const char *trend_reason_text(TrendReason reason);

#endif
