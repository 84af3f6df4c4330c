#include "variation_case.h"

#define EXTREMES 0.1 /* both ends together */

/* The areas of one period that take part: those ranked, with what their kind of figure needs. */
typedef struct {
    guint n;
    gboolean counts;            /* measured by sums, not by values */
    double *x, *weight, *value; /* numerator, denominator, value */
} Sample;

static void sample_clear(Sample *s)
{
    g_free(s->x);
    g_free(s->weight);
    g_free(s->value);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sample, sample_clear)

/* Whether sums of numerators and denominators say what the values say. Not for published estimates
 * and for rates standardised for age; and amounts may come as values alone. */
static gboolean has_counts(const VariationCase *c, guint period)
{
    const UncertaintyKind kind = c->assessment->indicators[c->indicator].kind;
    const Measure measure = c->study->indicators[c->indicator].measure;
    if (kind == KIND_COUNTS)
        return TRUE;
    if (kind == KIND_PUBLISHED || measure == MEASURE_PUBLISHED || measure == MEASURE_DSR)
        return FALSE;
    for (guint a = 0; a < c->set->n_areas; a++) {
        const Observation *o = variation_observation(c, period, a);
        if (variation_is_ranked(c, period, a) &&
            !(isfinite(o->numerator) && o->numerator >= 0 && o->denominator > 0))
            return FALSE;
    }
    return TRUE;
}

static Sample sample_new(guint room, gboolean counts)
{
    return (Sample){0, counts, g_new(double, room + 1), g_new(double, room + 1),
                    g_new(double, room + 1)};
}

static void sample_add(Sample *s, double x, double weight, double value)
{
    s->x[s->n] = x;
    s->weight[s->n] = weight;
    s->value[s->n++] = value;
}

static Sample sample_of(const VariationCase *c, guint period)
{
    Sample s = sample_new(c->set->n_areas, has_counts(c, period));
    for (guint a = 0; a < c->set->n_areas; a++) {
        const Observation *o = variation_observation(c, period, a);
        if (s.counts ? variation_counted(c, period, a) != NULL
                     : variation_is_ranked(c, period, a) && isfinite(o->value))
            sample_add(&s, o->numerator, o->denominator, o->value);
    }
    return s;
}

static const Variation nothing = {0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

/* Published values are weighted by their denominators only where every area has one. */
static gboolean all_weighted(const Sample *s)
{
    for (guint i = 0; i < s->n; i++) {
        if (!(s->weight[i] > 0))
            return FALSE;
    }
    return TRUE;
}

static Variation measure(const VariationCase *c, const Sample *s)
{
    if (s->n == 0)
        return nothing;
    if (s->counts)
        return variation_of(s->x, s->weight, s->n, variation_kind(c));
    return variation_of_values(s->value, all_weighted(s) ? s->weight : NULL, s->n);
}

static Variation measure_trimmed(const VariationCase *c, const Sample *all)
{
    if (all->n == 0)
        return nothing;
    g_autofree gboolean *keep = g_new(gboolean, all->n);
    variation_trim(all->value, all->n, EXTREMES, keep);
    g_auto(Sample) kept = sample_new(all->n, all->counts);
    for (guint i = 0; i < all->n; i++) {
        if (keep[i])
            sample_add(&kept, all->x[i], all->weight[i], all->value[i]);
    }
    return measure(c, &kept);
}

/* ---- since when it widened or narrowed ---- */

static int first_period(const VariationCase *c, guint before)
{
    const IndicatorAssessment *judged = &c->assessment->indicators[c->indicator];
    for (guint p = 0; p < before; p++)
        if (judged->periods[p].areas_ranked > 0)
            return (int)p;
    return -1;
}

static VariationChange change_between(const VariationCase *c, guint from, guint to)
{
    const guint n = c->set->n_areas;
    g_autofree double *all = g_new(double, 4 * (gsize)n + 1);
    double *x0 = all, *n0 = x0 + n, *x1 = n0 + n, *n1 = x1 + n;
    guint k = 0;
    for (guint a = 0; a < n; a++) {
        const Observation *before = variation_counted(c, from, a);
        const Observation *after = variation_counted(c, to, a);
        if (!before || !after)
            continue;
        x0[k] = before->numerator;
        n0[k] = before->denominator;
        x1[k] = after->numerator;
        n1[k++] = after->denominator;
    }
    return variation_change((VariationPeriod){x0, n0}, (VariationPeriod){x1, n1}, k,
                            variation_kind(c));
}

VariationTrend judge_variation_trend(const Study *study, const ObservationSet *set,
                                     const Assessment *a, guint indicator, guint period)
{
    const VariationCase c = {study, set, a, indicator};
    VariationTrend out = {.change = {NAN, NAN, NAN, NAN}, .from = -1};
    if (a->indicators[indicator].kind != KIND_COUNTS)
        return out;
    const int from = first_period(&c, period);
    if (from >= 0)
        out.change = change_between(&c, (guint)from, period);
    if (isfinite(out.change.ratio)) {
        out.from = from;
        const VariationDirection moved =
            out.change.ratio > 1 ? VARIATION_WIDER : VARIATION_NARROWER;
        out.direction = out.change.p < VARIATION_TREND_LEVEL ? moved : VARIATION_SAME;
    }
    return out;
}

/* ---- all measures ---- */

static void floor_scv(Variation *v)
{
    if (v->scv_diehr < 0)
        v->scv_diehr = 0;
}

VariationMeasures judge_variation_measures(const Study *study, const ObservationSet *set,
                                           const Assessment *a, guint indicator, guint period)
{
    const VariationCase c = {study, set, a, indicator};
    g_auto(Sample) sample = sample_of(&c, period);
    VariationMeasures out = {.all = measure(&c, &sample),
                             .trimmed = measure_trimmed(&c, &sample),
                             .trend = judge_variation_trend(study, set, a, indicator, period)};
    out.no_systematic = out.all.scv_diehr < 0;
    floor_scv(&out.all);
    floor_scv(&out.trimmed);
    return out;
}
