#ifndef PEERLINE_CHART_STRIP_H
#define PEERLINE_CHART_STRIP_H

#include "peerline/chart/common.h"

/** A chart for the cell of a table: how many areas have a value of which height, as columns from
 *  the lowest value to the highest; those of the middle (`low` to `high`) are darker; a line marks
 *  the nation. No text but the alternative. */
typedef struct {
    const double *values; /**< NAN: missing */
    guint n;
    double low, high; /**< the middle eight in ten, say; NAN: all are alike */
    double national;  /**< NAN: none */
    const char *alt;  /**< in words: the cell's text */
} StripChart;

/** NULL where there is no value. Sizes from about 60 x 12 up. */
Scene *strip_chart_scene(const StripChart *c, double width, double height);

#endif
