#include "judge.h"

#include <math.h>

/* One area's five years; NAN where a year has none of it. */
typedef struct {
    double value[TREND_POINTS], lower[TREND_POINTS], upper[TREND_POINTS];
    double x[TREND_POINTS], n[TREND_POINTS];
    guint years; /* with a value, at or before the last one, anywhere in the series */
    gboolean consecutive, counts, limits;
} Years;

/* For a period: the five periods that are the consecutive years ending in it, oldest first. */
typedef struct {
    int of[TREND_POINTS]; /* -1: none */
    gboolean is_year;
} Window;

static Window window_ending(const Series *series, guint period)
{
    Window w = {.is_year = series->period_order && series->period_order[period] != G_MININT32};
    for (int t = 0; t < TREND_POINTS; t++) {
        w.of[t] = -1;
        if (!w.is_year)
            continue;
        const gint32 wanted = series->period_order[period] - (TREND_POINTS - 1 - t);
        for (guint p = 0; p <= period; p++)
            if (series->period_order[p] == wanted)
                w.of[t] = (int)p;
    }
    w.of[TREND_POINTS - 1] = w.is_year ? (int)period : -1;
    return w;
}

static guint years_with_value(const Judge *judge, guint indicator, guint period, guint area)
{
    const Series *series = &judge->set->series[indicator];
    guint years = 0;
    for (guint p = 0; p <= period; p++)
        years += series->period_order[p] != G_MININT32 &&
                 isfinite(series_at(series, judge->a->n_areas, p, area)->value);
    return years;
}

static Years years_of(const Judge *judge, guint indicator, const Window *w, guint area)
{
    const Series *series = &judge->set->series[indicator];
    Years y = {.consecutive = TRUE, .counts = TRUE, .limits = TRUE};
    for (int t = 0; t < TREND_POINTS; t++) {
        if (w->of[t] < 0) {
            y.consecutive = FALSE;
            break;
        }
        const Observation *o = series_at(series, judge->a->n_areas, (guint)w->of[t], area);
        const Verdict *v = verdict_at(judge->a, indicator, (guint)w->of[t], area);
        y.value[t] = o->value;
        y.lower[t] = v->lower95;
        y.upper[t] = v->upper95;
        y.x[t] = o->numerator;
        y.n[t] = o->denominator;
        y.consecutive = y.consecutive && isfinite(o->value);
        y.counts = y.counts && isfinite(o->numerator) && isfinite(o->denominator) &&
                   o->status != STATUS_ESTIMATED;
        y.limits = y.limits && isfinite(v->lower95) && isfinite(v->upper95);
    }
    return y;
}

static Trend trend_of(const Judge *judge, guint indicator, const Window *w, guint area)
{
    const Indicator *def = &judge->study->indicators[indicator];
    const UncertaintyKind kind = judge->set->series[indicator].kind;
    if (judge_without_error(kind) || def->measure == MEASURE_TOTAL)
        return trend_not_calculable(TREND_NO_ERROR);
    const Years y = years_of(judge, indicator, w, area);
    if (!y.consecutive) {
        const guint period = (guint)w->of[TREND_POINTS - 1];
        const guint years = years_with_value(judge, indicator, period, area);
        return trend_not_calculable(years < TREND_POINTS ? TREND_FEW_POINTS : TREND_GAP);
    }
    if (kind == KIND_COUNTS && def->measure == MEASURE_PROPORTION && y.counts)
        return trend_proportion(y.x, y.n);
    return y.limits ? trend_general(y.value, y.lower, y.upper)
                    : trend_not_calculable(TREND_NO_ERROR);
}

static void store_trend(Verdict *v, const Trend *trend)
{
    v->trend = trend->marker;
    if (trend->marker == TREND_NOT_CALCULABLE)
        v->trend_reason = trend_reason_text(trend->reason);
}

void judge_trends(const Judge *judge, guint indicator)
{
    const Series *series = &judge->set->series[indicator];
    const guint n = judge->a->n_areas;
    for (guint p = 0; p < series->n_periods; p++) {
        const Window w = window_ending(series, p);
        for (guint i = 0; i < n; i++) {
            Verdict *v = &judge->a->indicators[indicator].grid[(gsize)p * n + i];
            if (!isfinite(series_at(series, n, p, i)->value)) {
                v->trend_reason = "no value in this period";
            } else if (!w.is_year) {
                v->trend_reason = "the periods are not single years";
            } else {
                const Trend trend = trend_of(judge, indicator, &w, i);
                store_trend(v, &trend);
            }
        }
    }
}
