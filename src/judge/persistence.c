#include "judge.h"

static gboolean is_flagged(const Verdict *v)
{
    return v->outlier == OUTLIER_ALERT || v->outlier == OUTLIER_ALARM;
}

/* Counted forwards: one more than the period before where the flag is on the same side. */
void judge_persistence(const Judge *judge, guint indicator)
{
    const guint n = judge->a->n_areas, periods = judge->set->series[indicator].n_periods;
    Verdict *grid = judge->a->indicators[indicator].grid;
    for (guint p = 0; p < periods; p++)
        for (guint i = 0; i < n; i++) {
            Verdict *v = &grid[(gsize)p * n + i];
            if (!is_flagged(v))
                continue;
            const Verdict *before = p ? &grid[(gsize)(p - 1) * n + i] : NULL;
            const gboolean goes_on =
                before && is_flagged(before) && before->direction == v->direction;
            v->persistent_periods = goes_on ? before->persistent_periods + 1 : 1;
        }
}
