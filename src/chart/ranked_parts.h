#ifndef PEERLINE_CHART_RANKED_PARTS_H
#define PEERLINE_CHART_RANKED_PARTS_H

#include "draw.h"
#include "peerline/chart/ranked.h"

/** The two forms of the ranked chart. `order` holds the n indexes of the items that have a value,
 * from the highest value down. */
typedef struct {
    const RankedChart *chart;
    const guint *order;
    guint n;
    Span span; /**< values, limits and lines */
} Ranked;

void ranked_draw_columns(Scene *s, const Ranked *r);
void ranked_draw_rows(Scene *s, const Ranked *r);
#endif
