#include "judge.h"

#include <math.h>

#include "peerline/stats/proportion.h"
#include "peerline/stats/rate.h"

static gboolean in_force(const Frame *f, guint area)
{
    return observation_in_force(f->judge->set, f->series, f->period, area);
}

static const char *why_not_ranked(const Frame *f, guint area, const Observation *o)
{
    if (f->def->measure == MEASURE_TOTAL)
        return "totals are not compared between areas";
    if (!in_force(f, area))
        return "the area did not exist at the end of the period";
    if (o->status == STATUS_ESTIMATED)
        return "the figure is a stated share of a former area's";
    if (f->def->min_numerator > 0 && o->numerator < f->def->min_numerator)
        return "the numerator is below the smallest that is ranked";
    if (f->def->min_denominator > 0 && o->denominator < f->def->min_denominator)
        return "the denominator is below the smallest that is ranked";
    return NULL;
}

void judge_ranked(Frame *f)
{
    PeriodSummary *s = f->summary;
    for (guint i = 0; i < f->n; i++) {
        const Observation *o = &f->obs[i];
        const gboolean counts = in_force(f, i);
        Verdict *v = &f->verdicts[i];
        f->value[i] = NAN;
        const gboolean has_value = isfinite(o->value) && !status_is_missing(o->status);
        s->areas_with_value += has_value && counts;
        s->areas_missing += !has_value && counts;
        if (!has_value)
            continue;
        v->not_ranked = why_not_ranked(f, i, o);
        v->ranked = !v->not_ranked;
        if (v->ranked)
            f->value[i] = o->value;
        s->areas_ranked += v->ranked ? 1 : 0;
    }
}

static gboolean counts_valid(const Frame *f, const Observation *o)
{
    return f->def->measure == MEASURE_PROPORTION ? proportion_valid(o->numerator, o->denominator)
                                                 : rate_valid(o->numerator, o->denominator);
}

static void set_limits(Verdict *v, Limits l)
{
    v->lower95 = l.lower95;
    v->upper95 = l.upper95;
    v->lower99_8 = l.lower99_8;
    v->upper99_8 = l.upper99_8;
}

static Limits published_limits(const Observation *o)
{
    return (Limits){o->lower95, o->upper95, o->lower99_8, o->upper99_8};
}

static Limits computed_limits(const Frame *f, const Observation *o)
{
    if (f->def->measure == MEASURE_PROPORTION)
        return proportion_of(o->numerator, o->denominator, f->per).limits;
    return rate_of(o->numerator, o->denominator, f->per).limits;
}

/* Events that come in runs, and amounts of money, have no limits that a formula of independent
 * events could give, whatever stands in the file. */
void judge_limits(Frame *f)
{
    const UncertaintyKind kind = f->series->kind;
    if (judge_without_error(kind) || f->def->measure == MEASURE_TOTAL)
        return;
    for (guint i = 0; i < f->n; i++) {
        const Observation *o = &f->obs[i];
        if (!isfinite(o->value) || status_is_missing(o->status))
            continue;
        if (o->status == STATUS_ESTIMATED) /* nobody knows how far a share is from the truth */
            continue;
        const gboolean compute = kind == KIND_COUNTS && counts_valid(f, o);
        set_limits(&f->verdicts[i], compute ? computed_limits(f, o) : published_limits(o));
    }
}

static gboolean is_percentage(const Indicator *def)
{
    if (def->measure == MEASURE_PROPORTION)
        return TRUE;
    return def->measure == MEASURE_PUBLISHED &&
           ((def->suffix && g_str_equal(def->suffix, "%")) || (def->unit && *def->unit == '%'));
}

static double lowest(const Frame *f)
{
    double low = INFINITY;
    for (guint i = 0; i < f->n; i++)
        if (f->value[i] < low)
            low = f->value[i];
    return low;
}

void judge_scale(Frame *f)
{
    f->per = f->def->per > 0 ? f->def->per : 1;
    f->unit = 1;
    switch (f->series->kind) {
    case KIND_COUNTS:
        f->scale = f->def->measure == MEASURE_PROPORTION ? SCALE_ARCSINE : SCALE_SQRT;
        f->unit = f->per;
        break;
    case KIND_PUBLISHED:
        /* A negative figure is no rate: a difference or a score is compared as it is. */
        f->scale = is_percentage(f->def) ? SCALE_LOGIT : lowest(f) < 0 ? SCALE_PLAIN : SCALE_LOG;
        if (f->scale == SCALE_LOGIT)
            f->per = f->unit = f->def->measure == MEASURE_PROPORTION || f->per > 1 ? f->per : 100;
        break;
    default: f->scale = lowest(f) > 0 ? SCALE_LOG : SCALE_PLAIN; break;
    }
    f->summary->unit = f->unit;
}

static ScalePoint point_of(const Frame *f, guint i)
{
    const Verdict *v = &f->verdicts[i];
    switch (f->series->kind) {
    case KIND_COUNTS: return scale_counts(f->scale, f->x[i], f->size[i]);
    case KIND_PUBLISHED:
        return scale_published(f->scale, f->value[i] / f->unit, v->lower95 / f->unit,
                               v->upper95 / f->unit);
    default: return (ScalePoint){scale_y(f->scale, f->value[i] / f->unit), NAN};
    }
}

void judge_points(Frame *f)
{
    for (guint i = 0; i < f->n; i++) {
        const Observation *o = &f->obs[i];
        f->x[i] = f->size[i] = f->y[i] = f->s[i] = f->se[i] = NAN;
        if (!f->verdicts[i].ranked)
            continue;
        if (counts_valid(f, o)) {
            f->x[i] = o->numerator;
            f->size[i] = o->denominator;
        }
        const ScalePoint point = point_of(f, i);
        f->y[i] = point.y;
        f->s[i] = point.s;
        f->se[i] = scale_se(f->verdicts[i].lower95, f->verdicts[i].upper95);
    }
}
