#include "judge.h"

#include <math.h>

#include "peerline/stats/adjust.h"

static Verdict *latest_verdict(const Judge *judge, guint indicator, guint area)
{
    const IndicatorAssessment *ia = &judge->a->indicators[indicator];
    return ia->latest < 0 ? NULL : &ia->grid[(gsize)ia->latest * judge->a->n_areas + area];
}

/* An area is looked at on many indicators at once: Benjamini-Hochberg over the latest periods. */
void judge_across_indicators(const Judge *judge)
{
    const guint m = judge->a->n_indicators;
    g_autofree double *p = g_new(double, m + 1);
    for (guint area = 0; area < judge->a->n_areas; area++) {
        for (guint i = 0; i < m; i++) {
            const Verdict *v = latest_verdict(judge, i, area);
            p[i] = v ? v->p_value : NAN;
        }
        adjust_bh(p, m, p);
        for (guint i = 0; i < m; i++) {
            Verdict *v = latest_verdict(judge, i, area);
            if (v)
                v->q_area = p[i];
        }
    }
}
