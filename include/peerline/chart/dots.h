#ifndef PEERLINE_CHART_DOTS_H
#define PEERLINE_CHART_DOTS_H

#include "peerline/chart/common.h"

/** Dot plot by group: a row per group (region, type of authority), a dot per area, a tick at the
 *  group's median, a line for the nation. */

typedef struct {
    const char *name;
    const double *values; /**< NAN: missing */
    guint n;
    double median;   /**< given by the caller; NAN: none */
    guint highlight; /**< index into values, or CHART_NO_ITEM */
} DotGroup;

typedef struct {
    const char *title, *what; /**< what: "local authorities" */
    ChartUnit unit;
    const DotGroup *groups;
    guint n;
    const char *highlight_label; /**< name of the highlighted area, or NULL */
    double national;             /**< NAN: none */
    const char *national_label;
    const Study *study;
} DotChart;

Scene *dot_chart_scene(const DotChart *c, double width, double height);
/** A height that suits n groups. */
double dot_chart_height(guint n);

#endif
