#include "judge.h"

#include <math.h>

#include "peerline/stats/adjust.h"
#include "peerline/stats/peers.h"
#include "peerline/stats/quantile.h"

#define PEER_LEVEL 0.05

/* Ordered by a walk over the frame's order instead of a sort for every area. */
guint judge_ranked_peers(Frame *f, guint area)
{
    const PeerSet *peers = judge_peers(f->judge, area);
    guint k = 0;
    for (guint j = 0; j < peers->n; j++)
        f->is_member[peers->areas[j]] = TRUE;
    for (guint j = 0; j < f->ranked; j++) { /* without a branch: it would be guessed wrong */
        f->members[k] = f->order[j];
        k += f->is_member[f->order[j]];
    }
    for (guint j = 0; j < peers->n; j++)
        f->is_member[peers->areas[j]] = FALSE;
    return k;
}

static void gather(const Frame *f, const double *from, guint k, double *to)
{
    for (guint j = 0; j < k; j++)
        to[j] = from[f->members[j]];
}

static void describe_peers(Frame *f, Verdict *v, guint k)
{
    double *sorted = f->work[0];
    gather(f, f->value, k, sorted);
    v->peer_lower_quartile = quantile_sorted(sorted, k, 0.25);
    v->peer_median = quantile_sorted(sorted, k, 0.5);
    v->peer_upper_quartile = quantile_sorted(sorted, k, 0.75);
}

static void rank_among(const Frame *f, Verdict *v, double value, guint k)
{
    v->peers_ranked = k + 1;
    v->peer_rank = 1;
    for (guint j = 0; j < k; j++)
        v->peer_rank += f->value[f->members[j]] < value;
}

/* p of the area's place among its peers; its z goes into the verdict. */
static double place_among(Frame *f, guint area, guint k)
{
    double *y = f->work[0], *s = f->work[1];
    gather(f, f->y, k, y);
    gather(f, f->s, k, s);
    const PeerBasis basis =
        judge_without_error(f->series->kind) ? peers_robust(y, k) : peers_basis(y, s, k);
    const PeerPosition at = peers_position(&basis, f->y[area], f->s[area]);
    Verdict *v = &f->verdicts[area];
    if (!isfinite(at.z) || !isfinite(at.p))
        return NAN;
    v->peer_z = at.z;
    v->peer_direction = at.p >= PEER_LEVEL ? DIRECTION_SIMILAR
                        : at.z < 0         ? DIRECTION_LOWER
                                           : DIRECTION_HIGHER;
    return at.p;
}

void judge_among_peers(Frame *f)
{
    double *p = f->work[2], *q = f->work[3];
    for (guint i = 0; i < f->n; i++) {
        Verdict *v = &f->verdicts[i];
        p[i] = NAN;
        if (!isfinite(f->obs[i].value) || f->def->measure == MEASURE_TOTAL)
            continue;
        const guint k = judge_ranked_peers(f, i);
        if (!k)
            continue;
        describe_peers(f, v, k);
        if (!v->ranked)
            continue;
        rank_among(f, v, f->value[i], k);
        p[i] = place_among(f, i, k);
    }
    adjust_bh(p, f->n, q);
    for (guint i = 0; i < f->n; i++)
        f->verdicts[i].peer_q = q[i];
}
