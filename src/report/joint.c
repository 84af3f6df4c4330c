#include "joint.h"

#include <math.h>

/* Between the quartiles of a normal distribution lie so many standard deviations. */
#define QUARTILES_APART 1.349

static double deviation(const Verdict *v)
{
    return (v->peer_upper_quartile - v->peer_lower_quartile) / QUARTILES_APART;
}

static int way(double difference, double near)
{
    return difference > near ? 1 : difference < -near ? -1 : 0;
}

/* Peers that are all alike leave no measure of how far is far. */
static double distance(double difference, double near)
{
    return near > 0 ? fabs(difference) / near : 0;
}

int joint_spend_period(const ReportContext *c, const Pair *pair)
{
    const int p = latest_of(c, (guint)pair->outcome);
    const Series *spend = &c->set->series[pair->spend];
    for (guint q = 0; p >= 0 && q < spend->n_periods; q++)
        if (g_str_equal(spend->period_labels[q],
                        phrase_period(c, (guint)pair->outcome, (guint)p)) &&
            summary_of(c, (guint)pair->spend, q)->areas_ranked > 0)
            return (int)q;
    return latest_of(c, (guint)pair->spend);
}

gboolean joint_of(const ReportContext *c, const Pair *pair, guint area, Joint *out)
{
    if (pair->spend < 0 || pair->outcome < 0)
        return FALSE;
    const guint s = (guint)pair->spend, o = (guint)pair->outcome;
    const int ps = joint_spend_period(c, pair), po = latest_of(c, o);
    if (ps < 0 || po < 0 || !is_compared(indicator_of(c, s)) || !is_compared(indicator_of(c, o)))
        return FALSE;
    const Verdict *vs = verdict_of(c, s, (guint)ps, area), *vo = verdict_of(c, o, (guint)po, area);
    *out = (Joint){.pair = pair,
                   .spend = s,
                   .outcome = o,
                   .spend_period = (guint)ps,
                   .outcome_period = (guint)po,
                   .spend_value = observed(c, s, (guint)ps, area)->value,
                   .outcome_value = observed(c, o, (guint)po, area)->value,
                   .spend_median = vs->peer_median,
                   .outcome_median = vo->peer_median,
                   .spend_near = deviation(vs),
                   .outcome_near = deviation(vo),
                   .good = report_good_sign(indicator_of(c, o))};
    const double ds = out->spend_value - out->spend_median,
                 d = out->outcome_value - out->outcome_median;
    out->spend_way = way(ds, out->spend_near);
    out->outcome_way = way(d, out->outcome_near);
    out->weight = distance(ds, out->spend_near) + distance(d, out->outcome_near);
    return vs->ranked && vo->ranked && isfinite(ds) && isfinite(d) && isfinite(out->spend_near) &&
           isfinite(out->outcome_near);
}

JointCount joint_count(const ReportContext *c, const Joint *j, guint area)
{
    JointCount n = {0, 0};
    const PeerSet *peers = assessment_peers(c->assessment, 0, area);
    for (guint k = 0; peers && k < peers->n; k++) {
        const guint a = peers->areas[k];
        const double spend = observed(c, j->spend, j->spend_period, a)->value;
        const double outcome = observed(c, j->outcome, j->outcome_period, a)->value;
        if (!(spend < j->spend_median) || !isfinite(outcome))
            continue;
        n.spend++;
        n.both += (outcome - j->outcome_median) * j->good < 0;
    }
    return n;
}

const char *joint_corner(Pen *pen, const Joint *j, gboolean high_spend, gboolean high_outcome)
{
    Word outcome = j->good == 0 ? (high_outcome ? WORD_CORNER_HIGHER : WORD_CORNER_LOWER)
                   : (j->good > 0) == !!high_outcome ? WORD_CORNER_BETTER
                                                     : WORD_CORNER_LESS_GOOD;
    return pen_say(pen, WORD_CORNER, "+spend",
                   pen_say(pen, high_spend ? WORD_CORNER_SPEND_HIGH : WORD_CORNER_SPEND_LOW),
                   "+outcome", pen_say(pen, outcome));
}

const char *joint_where(Pen *pen, const Joint *j, double spend, double outcome)
{
    const int spends = way(spend - j->spend_median, j->spend_near);
    const int has = way(outcome - j->outcome_median, j->outcome_near);
    if (spends == 0 || has == 0)
        return pen_say(pen, spends == has ? WORD_PAIR_SAME
                            : spends == 0 ? WORD_PAIR_SAME_SPEND
                                          : WORD_PAIR_SAME_OUTCOME);
    return pen_say(pen, WORD_PAIR_CORNER, "+corner", joint_corner(pen, j, spends > 0, has > 0));
}
