#include "judge.h"

#include "peerline/stats/adjust.h"
#include "peerline/stats/limits.h"

typedef FunnelBasis (*BasisOf)(const Frame *f);
typedef FunnelPosition (*PositionOf)(const Frame *f, const FunnelBasis *b, guint area);

static FunnelBasis counts_basis(const Frame *f)
{
    return funnel_counts(f->scale, f->x, f->size, f->n);
}

static FunnelPosition counts_position(const Frame *f, const FunnelBasis *b, guint i)
{
    return funnel_counts_position(b, f->x[i], f->size[i]);
}

static FunnelBasis published_basis(const Frame *f)
{
    return funnel_published(f->scale, f->y, f->s, f->n);
}

static FunnelPosition published_position(const Frame *f, const FunnelBasis *b, guint i)
{
    return funnel_published_position(b, f->y[i], f->s[i]);
}

static FunnelBasis robust_basis(const Frame *f)
{
    return funnel_robust(f->scale, f->y, f->n);
}

static FunnelPosition robust_position(const Frame *f, const FunnelBasis *b, guint i)
{
    return funnel_robust_position(b, f->y[i]);
}

static const struct {
    BasisOf basis;
    PositionOf position;
} methods[N_KINDS] = {
    [KIND_COUNTS] = {counts_basis, counts_position},
    [KIND_PUBLISHED] = {published_basis, published_position},
    [KIND_CLUSTERED] = {robust_basis, robust_position},
    [KIND_NONE] = {robust_basis, robust_position},
};

static const char *why_not_estimable(const Frame *f, FunnelStatus status)
{
    static const char *const reasons[] = {
        [FUNNEL_OK] = NULL,
        [FUNNEL_FEW_AREAS] = "fewer than 10 areas have what a comparison needs",
        [FUNNEL_ALL_EQUAL] = "all areas have the same value",
        [FUNNEL_NO_SPREAD] = "more than half of the areas have the same value",
    };
    if (f->def->measure == MEASURE_TOTAL)
        return "totals are not compared between areas";
    if (!f->summary->areas_ranked)
        return "no area has a value to compare";
    return reasons[status];
}

static void store_limits(double out[4], Limits l, double unit)
{
    const Limits scaled = limits_scaled(l, unit);
    out[0] = scaled.lower95;
    out[1] = scaled.upper95;
    out[2] = scaled.lower99_8;
    out[3] = scaled.upper99_8;
}

static Judgement judgement_of(Direction direction, Polarity polarity)
{
    static const Judgement table[N_POLARITIES][DIRECTION_HIGHER + 1] = {
        [POLARITY_NEITHER] = {JUDGEMENT_UNKNOWN, JUDGEMENT_LOWER, JUDGEMENT_SIMILAR,
                              JUDGEMENT_HIGHER},
        [POLARITY_LOW] = {JUDGEMENT_UNKNOWN, JUDGEMENT_BETTER, JUDGEMENT_SIMILAR, JUDGEMENT_WORSE},
        [POLARITY_HIGH] = {JUDGEMENT_UNKNOWN, JUDGEMENT_WORSE, JUDGEMENT_SIMILAR, JUDGEMENT_BETTER},
    };
    return table[polarity][direction];
}

static void store(const Frame *f, Verdict *v, const FunnelPosition *at)
{
    static const Outlier outliers[] = {
        [FUNNEL_NONE] = OUTLIER_NONE,
        [FUNNEL_ALERT] = OUTLIER_ALERT,
        [FUNNEL_ALARM] = OUTLIER_ALARM,
        [FUNNEL_NOT_ESTIMABLE] = OUTLIER_NOT_ESTIMABLE,
    };
    v->z = at->z;
    v->z_adjusted = at->z_adjusted;
    v->p_value = at->p;
    store_limits(v->funnel, at->unadjusted, f->unit);
    store_limits(v->adjusted, at->adjusted, f->unit);
    v->outlier = outliers[at->outlier];
    if (v->outlier != OUTLIER_NOT_ESTIMABLE)
        v->direction = at->direction < 0   ? DIRECTION_LOWER
                       : at->direction > 0 ? DIRECTION_HIGHER
                                           : DIRECTION_SIMILAR;
    v->judgement = judgement_of(v->direction, f->def->polarity);
}

static void place_all(Frame *f, const FunnelBasis *basis)
{
    PeriodSummary *s = f->summary;
    double *p = f->work[0], *q = f->work[1];
    for (guint i = 0; i < f->n; i++) {
        Verdict *v = &f->verdicts[i];
        if (v->ranked) {
            const FunnelPosition at = methods[f->series->kind].position(f, basis, i);
            store(f, v, &at);
            s->judged += v->outlier != OUTLIER_NOT_ESTIMABLE;
            s->alerts += v->outlier == OUTLIER_ALERT;
            s->alarms += v->outlier == OUTLIER_ALARM;
        }
        p[i] = v->p_value;
    }
    adjust_bh(p, f->n, q);
    for (guint i = 0; i < f->n; i++)
        f->verdicts[i].q_value = q[i];
    s->expected_alerts = funnel_chance_alerts(s->judged);
}

void judge_position(Frame *f)
{
    PeriodSummary *s = f->summary;
    const FunnelBasis basis = methods[f->series->kind].basis(f);
    s->basis = basis;
    s->target = basis.target * f->unit;
    s->not_estimable = why_not_estimable(f, basis.status);
    if (s->not_estimable)
        return;
    s->phi = basis.phi;
    s->tau2 = basis.tau2;
    place_all(f, &basis);
}
