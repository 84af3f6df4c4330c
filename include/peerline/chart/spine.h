#ifndef PEERLINE_CHART_SPINE_H
#define PEERLINE_CHART_SPINE_H

#include "peerline/chart/common.h"

/** Spine chart: an indicator per row with the area's, the peers' and the national figure as text,
 * and the area's place in the spread. Rows are aligned on the national value in the middle, or on
 * the median of all areas where there is none, and each scaled by the farther of its two ends. The
 * line in the middle is drawn where it is the national value and dashed where it is the median; a
 * row with neither has no line. With a polarity, the better direction is to the right (a
 *  low-is-better row is mirrored); without one, higher is to the right and the row is in neutral
 *  shades. The mark's shape tells the significance, never colour alone. */

typedef enum { SPINE_NEUTRAL, SPINE_HIGH_IS_BETTER, SPINE_LOW_IS_BETTER } SpinePolarity;
typedef enum {
    SPINE_SIMILAR,      /**< circle: cannot be separated from the comparator */
    SPINE_BETTER,       /**< triangle pointing up, dark blue */
    SPINE_LESS_GOOD,    /**< triangle pointing down, orange */
    SPINE_DIFFERENT,    /**< diamond: higher or lower, no polarity */
    SPINE_NOT_COMPARED, /**< square, hollow: no comparison could be made */
} SpineMark;

typedef struct {
    const char *name;      /**< wraps to two lines if need be */
    const char *area_text; /**< with unit: "£1,234"; "–" if missing */
    const char *peer_text, *national_text;
    double value;                  /**< NAN: no mark */
    double peer_lower, peer_upper; /**< 25th and 75th percentile of the peers */
    double minimum, maximum;       /**< of all areas */
    double national;               /**< the centre; NAN: the median is */
    double median;                 /**< of all areas; NAN: the middle of minimum and maximum */
    SpinePolarity polarity;
    SpineMark mark;
} SpineRow;

typedef struct {
    const char *title;
    const char *area_label, *peer_label,
        *national_label; /**< column heads: "Leeds", "Peers", "England" */
    const SpineRow *rows;
    guint n;
    const Study *study;
} SpineChart;

/** At least 400 wide. The height follows from the rows; ask spine_chart_height() for it. The scene
 * is higher than asked for where the key needs more lines. */
Scene *spine_chart_scene(const SpineChart *c, double width, double height);
double spine_chart_height(guint n);

#endif
