#ifndef PEERLINE_CHART_TABLES_H
#define PEERLINE_CHART_TABLES_H

#include "peerline/chart/dots.h"
#include "peerline/chart/funnel_chart.h"
#include "peerline/chart/ranked.h"
#include "peerline/chart/spine.h"
#include "peerline/chart/spread.h"
#include "peerline/chart/trend_chart.h"

/** The data behind each chart as a table of text; the caller owns it. Figures are as unit_value()
 * writes them, as in the text alternative, unless the chart was given them as text: the exact ones
 * are in the data files. Columns without any figure are left out. */
/** `order`: the n items that are shown, from the highest. The others follow. */
SceneTable *ranked_table(const RankedChart *c, const guint *order, guint n);
SceneTable *funnel_table(const FunnelChart *c);
/** Where a point of a funnel plot lies. */
Word funnel_where(Emphasis e);
/** A row per group: areas do not have names in this chart. */
SceneTable *dots_table(const DotChart *c);
/** `marks`: per SpineMark, what it says. */
SceneTable *spine_table(const SpineChart *c, const Word *marks);
SceneTable *spread_table(const SpreadChart *c);
SceneTable *trend_table(const TrendChart *c);

#endif
