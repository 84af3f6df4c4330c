#ifndef PEERLINE_CHART_TREND_CHART_H
#define PEERLINE_CHART_TREND_CHART_H

#include "peerline/chart/common.h"

/** Trend of one area as a small multiple: its values with intervals, the peers' median and the
 * nation as lines named at their right end. A missing value is a gap, never bridged; a break in the
 * series is a gap with a dotted upright line. */

typedef struct {
    const char *label;          /**< "2016-17" */
    double value, lower, upper; /**< limits may be NAN */
    double peer, national;      /**< NAN: none */
    gboolean break_before;      /**< not comparable with the period before */
} TrendPeriod;

typedef struct {
    const char *title; /**< drawn above, wraps to two lines */
    ChartUnit unit;    /**< label drawn under the title */
    const TrendPeriod *periods;
    guint n;
    const char *area_label, *peer_label, *national_label; /**< NULL: no such line */
    gboolean from_zero;                                   /**< the axis shows zero */
    gboolean untitled;     /**< the title is not drawn: it stands above the chart already */
    const char *area_name; /**< for the alternative text; NULL: the label */
    const Study *study;
} TrendChart;

/** Sizes from about 150 x 110 up. */
Scene *trend_chart_scene(const TrendChart *c, double width, double height);

#endif
