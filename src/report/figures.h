#ifndef PEERLINE_SRC_REPORT_FIGURES_H
#define PEERLINE_SRC_REPORT_FIGURES_H

#include "peerline/chart/common.h"
#include "peerline/chart/composition.h"
#include "joint.h"

/** From the judged figures to the charts' plain inputs. Every function returns a new scene, or NULL
 *  where there is nothing to draw. */

/** The axis title, the signs on its ticks and the decimals of what is told of the chart. */
static inline ChartUnit figure_unit(const Pen *pen, const Indicator *i)
{
    return (ChartUnit){.label = i->unit,
                       .prefix = i->prefix,
                       .suffix = i->suffix,
                       .study = pen->c->study,
                       .fixed = TRUE,
                       .decimals = i->decimals};
}

/** Heights of these two: 0 is what suits the width. */
/** All ranked areas in order, those outside the limits marked. */
Scene *figure_ranked(Pen *pen, guint indicator, guint period, double width, double height);
/** Value against size with the limits; only for kind counts with a judgement. */
Scene *figure_funnel(Pen *pen, guint indicator, guint period, double width, double height);
gboolean figure_has_funnel(const ReportContext *c, guint indicator, guint period);
/** The same for one area, which alone is named, in the size of a column; NULL where the area is not
 *  among the ranked. */
Scene *figure_funnel_area(Pen *pen, guint indicator, guint period, guint area);
/** Areas by class (`class_index` of the register; -1: all in one row). */
Scene *figure_dots(Pen *pen, guint indicator, guint period, int class_index, double width);
/** The class that says most about peers: that of the first grouping, else the first; -1 if none. */
int figure_class(const Study *study);

/** Indicators by how much the areas differ (90th centile over the 10th), most first; those for
 * which that ratio exists. Array of guint. */
GArray *figure_folds(const ReportContext *c);

/** The name of the area that a chart is about, or "Here" where the name is too long for a label. */
const char *figure_own_name(Pen *pen, guint area);
/** One area among its peers, in the size of a column. */
Scene *figure_peers(Pen *pen, guint indicator, guint period, guint area);
/** An amount in the unit of a composition: "£1,234". */
const char *figure_amount(Pen *pen, const Composition *c, double amount);
/** Its unit as it is said after such an amount: "per person". */
const char *figure_amount_unit(Pen *pen, const Composition *c);
/** What amounts are made of, a bar for each row; `highlight` may be CHART_NO_ITEM. */
Scene *figure_parts(Pen *pen, guint composition, const CompositionRow *rows, guint n,
                    guint highlight);
/** Spine of one area over the given indicators. */
Scene *figure_spine(Pen *pen, guint area, const guint *indicators, guint n);
/** How the area and its peers (`most` at most) compare with the nation on the given indicators, a
 *  column each; NULL without peers. */
Scene *figure_heat(Pen *pen, guint area, const guint *indicators, guint n, guint most);
/** Spending and an outcome of the area and its peers around their medians, in the size of a column.
 */
Scene *figure_pair(Pen *pen, const Joint *joint, guint area);
/** A place on the axis of a chart over time. */
typedef struct {
    int period; /**< of the series; -1: a year between two of its periods that it does not have */
    const char *label;
} PeriodPlace;

/** The periods of a series from left to right (PeriodPlace), with places for the years that are not
 *  in it, so that a year without a return is a gap and not bridged. */
GArray *figure_periods(Pen *pen, guint indicator);
/** All periods of one area; NULL with fewer than two values. */
Scene *figure_trend(Pen *pen, guint indicator, guint area);
/** The same in the size of a column, without a title of its own. */
Scene *figure_trend_wide(Pen *pen, guint indicator, guint area);
/** How the spread of all areas changed; NULL with fewer than two periods. */
Scene *figure_spread(Pen *pen, guint indicator, double width);

#endif
