#ifndef PEERLINE_CHART_HEATMAP_H
#define PEERLINE_CHART_HEATMAP_H

#include "peerline/chart/spine.h"

/** Heat map ("tartan rug"): an indicator per row, an area per column, in each cell a sign for how
 *  the area compares, and its figure where all figures fit. The sign says higher or lower, the
 *  colour whether that is the preferred direction; since colours are lost in grey, the row's name
 *  says which direction is preferred. Areas that do not fit side by side go on in a further band
 *  below, so that any number can be shown and no sign becomes too small. */

typedef enum {
    HEAT_MUCH_LOWER, /**< two triangles pointing down: beyond the 99.8% limits */
    HEAT_LOWER,      /**< one: beyond the 95% limits */
    HEAT_SIMILAR,    /**< circle: no clear difference */
    HEAT_HIGHER,
    HEAT_MUCH_HIGHER,
    HEAT_NOT_COMPARED, /**< hollow square: a figure, but no comparison could be made */
    HEAT_MISSING,      /**< hatched: no figure */
    HEAT_KINDS
} HeatKind;

typedef struct {
    HeatKind kind;
    const char *text; /**< the figure: "£1,234"; or NULL */
} HeatCell;

typedef struct {
    const char *name; /**< wraps to as many lines as it needs */
    SpinePolarity polarity;
    const HeatCell *cells; /**< one per column */
} HeatRow;

typedef struct {
    const char *title;
    const char *comparator_label;  /**< what areas are compared with: "England" */
    const char *words[HEAT_KINDS]; /**< NULL: "much lower than England" and so on */
    const char *const *columns;    /**< names of areas, all different */
    guint n_columns;
    const HeatRow *rows;
    guint n;
    guint highlight; /**< a column, or CHART_NO_ITEM */
    const Study *study;
} HeatChart;

/** At least 300 wide; the height follows from the data. */
Scene *heat_chart_scene(const HeatChart *c, double width);
double heat_chart_height(const HeatChart *c, double width);
/** So many columns fit side by side. */
guint heat_chart_columns(const HeatChart *c, double width);

#endif
