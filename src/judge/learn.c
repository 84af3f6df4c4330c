#include "judge.h"

#include <math.h>

#include "peerline/stats/adjust.h"
#include "peerline/stats/peers.h"

#define LEARN_LEVEL 0.05

/* The spend indicator's period that goes with this one: the same label, else the same year, else
 * its latest. -1 where it has none. */
static int spend_period(const Frame *f, const Series *spend, guint spend_indicator)
{
    const char *label = f->series->period_labels ? f->series->period_labels[f->period] : NULL;
    for (guint p = 0; label && spend->period_labels && p < spend->n_periods; p++)
        if (g_strcmp0(spend->period_labels[p], label) == 0)
            return (int)p;
    const gint32 year = f->series->period_order ? f->series->period_order[f->period] : G_MININT32;
    for (guint p = 0; year != G_MININT32 && spend->period_order && p < spend->n_periods; p++)
        if (spend->period_order[p] == year)
            return (int)p;
    for (int p = (int)spend->n_periods - 1; p >= 0; p--)
        for (guint i = 0; i < f->n; i++)
            if (isfinite(f->judge->set->series[spend_indicator].grid[(gsize)p * f->n + i].value))
                return p;
    return -1;
}

static double spend_difference(const Frame *f, const Pair *pair, guint area, guint peer)
{
    const Series *spend = &f->judge->set->series[pair->spend];
    const int p = spend_period(f, spend, (guint)pair->spend);
    if (p < 0)
        return NAN;
    return series_at(spend, f->n, (guint)p, peer)->value -
           series_at(spend, f->n, (guint)p, area)->value;
}

/* TRUE if the peer spends no more under every declared pair; without a pair there is nothing to
 * hold against it. `difference` is the first pair's. */
static gboolean spends_no_more(const Frame *f, guint area, guint peer, double *difference)
{
    const Study *study = f->judge->study;
    gboolean first = TRUE;
    *difference = NAN;
    for (guint i = 0; i < study->n_pairs; i++) {
        if (study->pairs[i].outcome != (int)f->indicator)
            continue;
        const double d = spend_difference(f, &study->pairs[i], area, peer);
        if (!(d <= 0))
            return FALSE;
        if (first)
            *difference = d;
        first = FALSE;
    }
    return TRUE;
}

static int practice_of(const Frame *f, guint area)
{
    const Study *study = f->judge->study;
    const char *code = f->judge->set->areas[area].code;
    for (guint i = 0; i < study->n_practice; i++) {
        if (g_strcmp0(study->practice[i].area, code) != 0)
            continue;
        for (guint j = 0; j < study->practice[i].n_indicators; j++)
            if (study->practice[i].indicators[j] == (int)f->indicator)
                return (int)i;
    }
    return -1;
}

static int compare_learn(gconstpointer va, gconstpointer vb)
{
    const LearnFrom *a = va, *b = vb;
    if (a->area != b->area)
        return a->area < b->area ? -1 : 1;
    if (a->q != b->q)
        return a->q < b->q ? -1 : 1;
    return a->peer < b->peer ? -1 : a->peer > b->peer;
}

static void learn_of_area(Frame *f, guint area, int good)
{
    const PeerSet *peers = judge_peers(f->judge, area);
    double *p = f->work[0], *q = f->work[1];
    const PeerFigure own = {f->y[area], f->s[area]};
    for (guint j = 0; j < peers->n; j++) {
        const guint peer = peers->areas[j];
        p[j] = peers_pair(own, (PeerFigure){f->y[peer], f->s[peer]}, good).p;
    }
    adjust_bh(p, peers->n, q);
    for (guint j = 0; j < peers->n; j++) {
        const guint peer = peers->areas[j];
        double spend;
        if (!(q[j] < LEARN_LEVEL) || !spends_no_more(f, area, peer, &spend))
            continue;
        const LearnFrom from = {.indicator = f->indicator,
                                .area = area,
                                .period = f->period,
                                .peer = peer,
                                .value = f->value[area],
                                .peer_value = f->value[peer],
                                .difference = f->value[peer] - f->value[area],
                                .q = q[j],
                                .spend_difference = spend,
                                .practice = practice_of(f, peer)};
        g_array_append_val(f->learn, from);
    }
}

void judge_learn(Frame *f)
{
    const int good = judge_good(f->def->polarity);
    if (!good || (int)f->period != f->judge->a->indicators[f->indicator].latest)
        return;
    const guint first = f->learn->len;
    for (guint i = 0; i < f->n; i++)
        if (isfinite(f->y[i]) && isfinite(f->s[i]))
            learn_of_area(f, i, good);
    if (f->learn->len > first)
        qsort(&g_array_index(f->learn, LearnFrom, first), f->learn->len - first, sizeof(LearnFrom),
              compare_learn);
}
