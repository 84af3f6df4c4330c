#ifndef PEERLINE_SRC_JUDGE_VARIATION_CASE_H
#define PEERLINE_SRC_JUDGE_VARIATION_CASE_H

#include "peerline/judge/variation.h"

#include <math.h>

/** One indicator among all that was judged. */
typedef struct {
    const Study *study;
    const ObservationSet *set;
    const Assessment *assessment;
    guint indicator;
} VariationCase;

static inline const Observation *variation_observation(const VariationCase *c, guint period,
                                                       guint area)
{
    return series_at(&c->set->series[c->indicator], c->set->n_areas, period, area);
}

static inline gboolean variation_is_ranked(const VariationCase *c, guint period, guint area)
{
    return verdict_at(c->assessment, c->indicator, period, area)->ranked;
}

/** The area's figure, if it is ranked by one made of a count and who was counted; or NULL. */
static inline const Observation *variation_counted(const VariationCase *c, guint period, guint area)
{
    const Observation *o = variation_observation(c, period, area);
    return variation_is_ranked(c, period, area) && isfinite(o->value) && isfinite(o->numerator) &&
                   o->numerator >= 0 && o->denominator > 0
               ? o
               : NULL;
}

/** What a count is a draw from. */
static inline VariationKind variation_kind(const VariationCase *c)
{
    if (c->assessment->indicators[c->indicator].kind != KIND_COUNTS)
        return VARIATION_AMOUNTS;
    return c->study->indicators[c->indicator].measure == MEASURE_PROPORTION ? VARIATION_PROPORTION
                                                                            : VARIATION_COUNTS;
}

#endif
