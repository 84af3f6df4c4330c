#ifndef PEERLINE_CHART_RANKED_H
#define PEERLINE_CHART_RANKED_H

#include "peerline/chart/common.h"

/** Areas in order of their value, with intervals: columns from the highest (left) for many areas,
 *  up to 7,000 and more; rows with the names in full for up to RANKED_ROWS_MAX. Lengths encode the
 *  value, so the axis always shows zero. Items are sorted here (value descending, ties by the order
 *  given). In columns, the highlighted and the `labelled` items are named. */

#define RANKED_ROWS_MAX 25

typedef struct {
    const char *name;
    double value, lower, upper; /**< limits may be NAN */
    const char *value_text;     /**< "1,234", printed beside rows; or NULL */
    Emphasis emphasis;
    gboolean labelled;
} RankedItem;

typedef struct {
    const char *title; /**< for the text alternative: "Long-term care spending, 2016-17" */
    const char *what;  /**< what the items are: "local authorities" */
    ChartUnit unit;
    const RankedItem *items;
    guint n;
    guint highlight;              /**< index into items or CHART_NO_ITEM */
    double comparator;            /**< solid line across; NAN: none */
    const char *comparator_label; /**< "England 1,234" */
    double median;                /**< dashed line; NAN: none */
    const char *median_label;     /**< "Peer median 1,100" */
    const Study *study;
} RankedChart;

Scene *ranked_chart_scene(const RankedChart *c, double width, double height);
/** A height that suits n items: rows of 15 pt up to RANKED_ROWS_MAX, else that of columns. The
 * scene is higher than asked for where names need several lines. */
double ranked_chart_height(guint n);

#endif
