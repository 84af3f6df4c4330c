#ifndef PEERLINE_CHART_COMPOSITION_H
#define PEERLINE_CHART_COMPOSITION_H

#include "peerline/chart/common.h"

/** What amounts are made of: a bar per area, the parts of it one after the other from zero.
 * Negative parts (income above spending) go to the left of zero, so that every length is an amount
 * and none is hidden. A line marks the total where the end of the bar does not. Parts are told
 * apart by their order, their number in the bar and in the key, and by lightness or hatching from
 * their neighbours. */

#define COMPOSITION_PARTS_MAX 8

typedef struct {
    const char *name;
    const double *parts;    /**< one per part; NAN: no data */
    double total;           /**< as published or computed by the caller; NAN: none */
    const char *total_text; /**< "£1,234", printed at the right; or NULL */
} CompositionRow;

typedef struct {
    const char *title, *what; /**< what: "local authorities" */
    ChartUnit unit;
    const char *const *parts;   /**< names; the same for all rows */
    guint n_parts;              /**< at most COMPOSITION_PARTS_MAX */
    const CompositionRow *rows; /**< in the order to be shown */
    guint n;
    guint highlight;
    const Study *study;
} CompositionChart;

Scene *composition_chart_scene(const CompositionChart *c, double width);
/** The height follows from the names. */
double composition_chart_height(const CompositionChart *c, double width);

#endif
