#include "judge.h"

#include <math.h>

#include "peerline/base/number.h"
#include "peerline/stats/quantile.h"

/* Numerators and denominators of all areas that have a value and both parts. Restated figures of
 * areas that were not there stand beside those of their predecessors, which are counted. */
static void sum_areas(Frame *f)
{
    Sum x = {0}, n = {0};
    guint areas = 0;
    for (guint i = 0; i < f->n; i++) {
        const Observation *o = &f->obs[i];
        if (!isfinite(o->value) || !isfinite(o->numerator) ||
            !observation_in_force(f->judge->set, f->series, f->period, i))
            continue;
        if (f->def->measure != MEASURE_TOTAL) {
            if (!isfinite(o->denominator))
                continue;
            sum_add(&n, o->denominator);
        }
        sum_add(&x, o->numerator);
        areas++;
    }
    if (!areas)
        return;
    f->summary->comparator_numerator = sum_total(&x);
    if (f->def->measure != MEASURE_TOTAL)
        f->summary->comparator_denominator = sum_total(&n);
}

/* The counts beside published figures can be on another footing (thousands, grossed up). A whole
 * lies within the range of its parts: a sum that does not is no comparator. */
static gboolean plausible(const Frame *f, double value)
{
    if (f->series->kind != KIND_PUBLISHED && f->def->measure != MEASURE_PUBLISHED)
        return TRUE;
    return value >= f->summary->min && value <= f->summary->max;
}

static void find_comparator(Frame *f)
{
    PeriodSummary *s = f->summary;
    const double published = f->series->national ? f->series->national[f->period].value : NAN;
    if (isfinite(published)) {
        s->comparator = published;
        s->comparator_source = "published";
        return;
    }
    /* all areas together, by age; a crude rate of the sums would be another measure */
    const double sums = f->def->measure == MEASURE_TOTAL
                            ? s->comparator_numerator
                            : f->per * s->comparator_numerator / s->comparator_denominator;
    const double value = f->series->pooled ? f->series->pooled[f->period] : sums;
    if (isfinite(value) && plausible(f, value)) {
        s->comparator = value;
        s->comparator_source = "sum of areas";
    }
}

static void describe_spread(Frame *f)
{
    PeriodSummary *s = f->summary;
    size_t n;
    g_autofree double *sorted = quantile_sort(f->value, f->n, &n);
    if (!n)
        return;
    s->min = sorted[0];
    s->p10 = quantile_sorted(sorted, n, 0.1);
    s->lower_quartile = quantile_sorted(sorted, n, 0.25);
    s->median = quantile_sorted(sorted, n, 0.5);
    s->upper_quartile = quantile_sorted(sorted, n, 0.75);
    s->p90 = quantile_sorted(sorted, n, 0.9);
    s->max = sorted[n - 1];
}

void judge_comparator(Frame *f)
{
    describe_spread(f);
    sum_areas(f);
    find_comparator(f);
}
