#ifndef PEERLINE_CHART_FUNNEL_CHART_H
#define PEERLINE_CHART_FUNNEL_CHART_H

#include "peerline/chart/common.h"

/** Funnel plot: value against size, with the limits the caller computed (stats/funnel.h) as curves
 *  through given points. Limits before adjustment for overdispersion are dashed and light, after it
 *  solid; those that are NAN are not drawn. Points beyond the limits are named as far as there is
 *  room without overlap, alarms first; the highlighted one always. */

typedef struct {
    double x;
    double lower95, upper95, lower998, upper998; /**< before adjustment */
    double adjusted_lower95, adjusted_upper95, adjusted_lower998, adjusted_upper998;
} FunnelCurvePoint;

typedef struct {
    const char *name;
    double x, y;
    Emphasis emphasis;
} FunnelItem;

typedef struct {
    const char *title, *what;
    ChartUnit x_unit, y_unit;
    gboolean x_log; /**< logarithmic axis of sizes, for sizes that differ by a factor over 50 */
    const FunnelCurvePoint *curves; /**< by increasing x */
    guint n_curves;
    const FunnelItem *items;
    guint n;
    guint highlight;
    gboolean only_highlight;  /**< no other area is named, nor counted in a note */
    double target;            /**< NAN: none */
    const char *target_label; /**< "England 1,234" */
    const Study *study;
} FunnelChart;

Scene *funnel_chart_scene(const FunnelChart *c, double width, double height);

#endif
