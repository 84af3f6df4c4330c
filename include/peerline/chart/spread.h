#ifndef PEERLINE_CHART_SPREAD_H
#define PEERLINE_CHART_SPREAD_H

#include "peerline/chart/common.h"

/** The spread of all areas by period: a box from the 25th to the 75th percentile with the median, a
 *  paler bar with an outline from the 10th to the 90th, a thin line from minimum to maximum; and
 * one area over it.
 */

typedef struct {
    const char *label;
    double minimum, p10, p25, median, p75, p90, maximum; /**< NAN: no data for the period */
    double area;                                         /**< the highlighted area, or NAN */
} SpreadPeriod;

typedef struct {
    const char *title; /**< drawn above, wraps to two lines; NULL: none */
    const char *what;  /**< "local authorities" */
    ChartUnit unit;
    const SpreadPeriod *periods;
    guint n;
    const char *area_label; /**< NULL: no area */
    const Study *study;
} SpreadChart;

/** Sizes from about 150 x 110 up. */
Scene *spread_chart_scene(const SpreadChart *c, double width, double height);

#endif
