#ifndef PEERLINE_CHART_QUADRANT_H
#define PEERLINE_CHART_QUADRANT_H

#include "peerline/chart/common.h"

/** Two indicators against each other (spending and an outcome), each with its interval, in four
 *  quadrants around the comparator. What a quadrant means is the caller's: its words stand in its
 *  corner, outside the plot, where no mark can cover them.
 *
 *  Axes show the values of the areas, not zero: places encode them, not lengths. An area much
 *  farther off than the others (four times as far from the centre as 19 of 20 are) would squeeze
 *  them into a spot; it is drawn at the edge as an arrow, named with its figure, and counted in a
 *  note. */

typedef struct {
    const char *name;
    double x, y;                               /**< NAN: left out and counted */
    double x_lower, x_upper, y_lower, y_upper; /**< NAN: no interval */
    Emphasis emphasis;
    gboolean labelled;   /**< named as far as there is room; 10 at most are */
    const char *verdict; /**< where it is, in words; NULL: those of its corner */
} QuadrantItem;

typedef struct {
    const char *title, *what;
    ChartUnit x_unit, y_unit;
    double x_centre, y_centre; /**< where the quadrants meet; NAN: no quadrants */
    double x_near,
        y_near; /**< so far from the centre is "about the same": a pale cross; NAN: none */
    const char *x_centre_label, *y_centre_label; /**< "England £1,050", "England 64.2%" */
    const char *corners[4];   /**< low x and high y, high x and high y, low and low, high and low:
                                 what   the quadrant means, in words; or NULL */
    gboolean y_low_is_better; /**< low y at the top, so that up is the preferred direction; corners
                                   then stay with their values */
    const char *words[4];     /**< per Emphasis, for the key: "peers"; NULL: not in the key */
    const QuadrantItem *items;
    guint n;
    guint highlight;
    const Study *study;
} QuadrantChart;

/** The corner of a place that is so far from the centre: an index into `corners`. What is at the
 *  centre counts as higher, or as better where a low y is (METHODS 9), so that words beside a chart
 *  count as the chart does. */
static inline guint quadrant_corner(double x_off, double y_off, gboolean y_low_is_better)
{
    const gboolean high = y_low_is_better ? y_off > 0 : y_off >= 0;
    return (high ? 0 : 2) + (x_off >= 0 ? 1 : 0);
}

/** Intervals of all areas are drawn up to 40 of them, else of the highlighted and the labelled. */
Scene *quadrant_chart_scene(const QuadrantChart *c, double width, double height);

#endif
