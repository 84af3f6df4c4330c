#include "judge.h"

#include "peerline/stats/opportunity.h"

const char *judge_opportunity_unit(const Indicator *def)
{
    if (def->polarity == POLARITY_NEITHER || def->measure == MEASURE_TOTAL ||
        def->measure == MEASURE_LIFE_EXPECTANCY)
        return NULL;
    const gboolean money = def->prefix && g_str_equal(def->prefix, "£");
    return money || (def->measure == MEASURE_RATIO && !def->prefix) ? "pounds" : "events";
}

static void store_gain(Verdict *v, const Opportunity *gain)
{
    v->opportunity = gain->amount;
    v->opportunity_lower = gain->lower95;
    v->opportunity_upper = gain->upper95;
}

void judge_opportunity(Frame *f)
{
    const int good = judge_good(f->def->polarity);
    if (!good || !judge_opportunity_unit(f->def))
        return; /* years of life times people are no events */
    double *value = f->work[0], *se = f->work[1];
    for (guint i = 0; i < f->n; i++) {
        if (!f->verdicts[i].ranked || !(f->obs[i].denominator > 0))
            continue;
        const guint k = judge_ranked_peers(f, i);
        for (guint j = 0; j < k; j++) {
            value[j] = f->value[f->members[j]];
            se[j] = f->se[f->members[j]];
        }
        const OpportunityArea area = {f->value[i], f->se[i], f->obs[i].denominator, f->per, good};
        const Opportunity gain = opportunity_of(area, (OpportunityPeers){value, se, k});
        store_gain(&f->verdicts[i], &gain);
    }
}
