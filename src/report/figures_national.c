#include "figures.h"

#include "peerline/chart/dots.h"
#include "peerline/chart/funnel_chart.h"
#include "peerline/chart/ranked.h"
#include "peerline/chart/spread.h"
#include "peerline/stats/funnel.h"
#include "peerline/stats/quantile.h"

#include <math.h>

/* Names in a chart of all areas: more than these do not fit beside each other. */
#define NAMES_IN_RANKED 6
/* Rows stand a little closer here than the chart would have them. */
#define ROW_LESS     1.5
#define CURVE_POINTS 80
#define X_LOG_FROM   50.0
/* Beside each other in an indicator of one period, below each other otherwise. */
#define COLUMNS_HEIGHT 168.0
#define FUNNEL_HEIGHT  210.0
/* Below a chart over time, beside the area's peers. */
#define FUNNEL_BESIDE_HEIGHT 108.0
#define NARROW_HEIGHT        180.0
#define SPREAD_HEIGHT        150.0

static double chart_height(double width, double full, double asked)
{
    return asked > 0 ? asked : width < DOCUMENT_TEXT_WIDTH ? NARROW_HEIGHT : full;
}

static Emphasis emphasis_of(const Verdict *v)
{
    return v->outlier == OUTLIER_ALARM   ? EMPHASIS_ALARM
           : v->outlier == OUTLIER_ALERT ? EMPHASIS_ALERT
                                         : EMPHASIS_NORMAL;
}

static const char *chart_title(Pen *pen, guint i, guint period)
{
    return pen_format(pen, "%s, %s", indicator_of(pen->c, i)->title,
                      phrase_period(pen->c, i, period));
}

/* |z| at which an area is among the few that are named. */
static double naming_threshold(const ReportContext *c, guint i, guint period)
{
    g_autofree double *z = g_new(double, MAX(c->set->n_areas, 1));
    guint n = 0;
    for (guint a = 0; a < c->set->n_areas; a++) {
        const Verdict *v = verdict_of(c, i, period, a);
        if (v->ranked && is_flagged(v))
            z[n++] = fabs(v->z_adjusted);
    }
    size_t m = 0;
    g_autofree double *sorted = quantile_sort(z, n, &m);
    return m == 0 ? INFINITY : m <= NAMES_IN_RANKED ? sorted[0] : sorted[m - NAMES_IN_RANKED];
}

static GArray *ranked_items(Pen *pen, guint i, guint period)
{
    const ReportContext *c = pen->c;
    double threshold = naming_threshold(c, i, period);
    GArray *items = g_array_new(FALSE, TRUE, sizeof(RankedItem));
    for (guint a = 0; a < c->set->n_areas; a++) {
        const Verdict *v = verdict_of(c, i, period, a);
        double value = observed(c, i, period, a)->value;
        if (!v->ranked || !isfinite(value))
            continue;
        RankedItem item = {.name = phrase_area_short(c, a),
                           .value = value,
                           .lower = v->lower95,
                           .upper = v->upper95,
                           .value_text = phrase_value(pen, indicator_of(c, i), value),
                           .emphasis = emphasis_of(v),
                           .labelled = is_flagged(v) && fabs(v->z_adjusted) >= threshold};
        g_array_append_val(items, item);
    }
    return items;
}

Scene *figure_ranked(Pen *pen, guint i, guint period, double width, double height)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const PeriodSummary *s = summary_of(c, i, period);
    g_autoptr(GArray) items = ranked_items(pen, i, period);
    if (items->len == 0)
        return NULL;
    double national = report_nation_value(c, i, period);
    RankedChart chart = {
        .study = pen->c->study,
        .title = chart_title(pen, i, period),
        .what = phrase_areas(c),
        .unit = figure_unit(pen, indicator),
        .items = (const RankedItem *)items->data,
        .n = items->len,
        .highlight = CHART_NO_ITEM,
        .comparator = national,
        .comparator_label = phrase_labelled(pen, indicator, phrase_nation(c), national),
        .median = s->median,
        .median_label = phrase_labelled(pen, indicator, pen_say(pen, WORD_MEDIAN_LABEL), s->median),
    };
    height = chart.n > RANKED_ROWS_MAX ? chart_height(width, COLUMNS_HEIGHT, height)
                                       : ranked_chart_height(chart.n) - ROW_LESS * chart.n;
    return ranked_chart_scene(&chart, width, height);
}

/* ---- funnel ---- */

static void funnel_curve(const FunnelBasis *basis, double unit, double x, FunnelCurvePoint *out)
{
    Limits plain = limits_scaled(funnel_unadjusted(basis, x), unit);
    Limits adjusted = limits_scaled(funnel_adjusted(basis, x), unit);
    *out = (FunnelCurvePoint){.x = x,
                              .lower95 = plain.lower95,
                              .upper95 = plain.upper95,
                              .lower998 = plain.lower99_8,
                              .upper998 = plain.upper99_8,
                              .adjusted_lower95 = adjusted.lower95,
                              .adjusted_upper95 = adjusted.upper95,
                              .adjusted_lower998 = adjusted.lower99_8,
                              .adjusted_upper998 = adjusted.upper99_8};
}

static GArray *funnel_items(const ReportContext *c, guint i, guint period, int area, guint *own)
{
    GArray *items = g_array_new(FALSE, TRUE, sizeof(FunnelItem));
    for (guint a = 0; a < c->set->n_areas; a++) {
        const Observation *o = observed(c, i, period, a);
        const Verdict *v = verdict_of(c, i, period, a);
        if (!v->ranked || !isfinite(o->value) || !(o->denominator > 0))
            continue;
        FunnelItem item = {phrase_area_short(c, a), o->denominator, o->value, emphasis_of(v)};
        if ((int)a == area)
            *own = items->len;
        g_array_append_val(items, item);
    }
    return items;
}

static void funnel_range(const GArray *items, double *low, double *high)
{
    *low = INFINITY;
    *high = 0;
    for (guint k = 0; k < items->len; k++) {
        double x = g_array_index(items, FunnelItem, k).x;
        *low = MIN(*low, x);
        *high = MAX(*high, x);
    }
}

gboolean figure_has_funnel(const ReportContext *c, guint i, guint period)
{
    const PeriodSummary *s = summary_of(c, i, period);
    return c->assessment->indicators[i].kind == KIND_COUNTS && !s->not_estimable && s->target > 0;
}

static Scene *funnel(Pen *pen, guint i, guint period, int area, Point extent)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const PeriodSummary *s = summary_of(c, i, period);
    if (!figure_has_funnel(c, i, period))
        return NULL;
    guint own = CHART_NO_ITEM;
    g_autoptr(GArray) items = funnel_items(c, i, period, area, &own);
    if (items->len == 0 || (area >= 0 && own == CHART_NO_ITEM))
        return NULL;
    if (own != CHART_NO_ITEM)
        g_array_index(items, FunnelItem, own).name = figure_own_name(pen, (guint)area);
    double low, high;
    funnel_range(items, &low, &high);
    gboolean logarithmic = high / low > X_LOG_FROM;
    FunnelCurvePoint curves[CURVE_POINTS];
    for (guint k = 0; k < CURVE_POINTS; k++) /* evenly spaced ratios: dense where limits bend */
        funnel_curve(&s->basis, s->unit, low * pow(high / low, (double)k / (CURVE_POINTS - 1)),
                     &curves[k]);
    const char *size =
        indicator->denominator_text ? indicator->denominator_text : pen_say(pen, WORD_SIZE_LABEL);
    FunnelChart chart = {
        .study = pen->c->study,
        .title = chart_title(pen, i, period),
        .what = phrase_areas(c),
        .x_unit = {.label = size, .study = c->study, .fixed = TRUE},
        .y_unit = figure_unit(pen, indicator),
        .x_log = logarithmic,
        .curves = curves,
        .n_curves = CURVE_POINTS,
        .items = (const FunnelItem *)items->data,
        .n = items->len,
        .highlight = own,
        .only_highlight = area >= 0,
        .target = s->target,
        .target_label = phrase_labelled(pen, indicator, pen_say(pen, WORD_TARGET_LABEL), s->target),
    };
    return funnel_chart_scene(&chart, extent.x, extent.y);
}

Scene *figure_funnel(Pen *pen, guint i, guint period, double width, double height)
{
    return funnel(pen, i, period, -1, (Point){width, chart_height(width, FUNNEL_HEIGHT, height)});
}

Scene *figure_funnel_area(Pen *pen, guint i, guint period, guint area)
{
    return funnel(pen, i, period, (int)area,
                  (Point){DOCUMENT_COLUMN_WIDTH(2), FUNNEL_BESIDE_HEIGHT});
}

/* ---- dots by class ---- */

int figure_class(const Study *study)
{
    if (study->areas.n_classes == 0)
        return -1;
    if (study->n_peers > 0 && study->peers[0].method == PEERS_CLASS)
        return study->peers[0].class_index;
    return 0;
}

static const char *class_of(Pen *pen, guint area, int class_index)
{
    if (class_index < 0)
        return phrase_areas(pen->c);
    const char *text = pen->c->set->areas[area].classes[class_index];
    return text && *text ? text : pen_say(pen, WORD_CLASS_UNKNOWN);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *class_names(Pen *pen, int class_index)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint a = 0; a < pen->c->set->n_areas; a++) {
        const char *name = class_of(pen, a, class_index);
        gboolean known = FALSE;
        for (guint k = 0; k < names->len && !known; k++)
            known = g_str_equal(names->pdata[k], name);
        if (!known)
            g_ptr_array_add(names, (gpointer)name);
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

Scene *figure_dots(Pen *pen, guint i, guint period, int class_index, double width)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    g_autoptr(GPtrArray) names = class_names(pen, class_index);
    guint n_areas = c->set->n_areas, n = 0;
    g_autofree DotGroup *groups = g_new0(DotGroup, MAX(names->len, 1));
    g_autofree double *values = g_new(double, MAX(names->len * n_areas, 1));
    for (guint k = 0; k < names->len; k++) {
        double *own = values + (gsize)k * n_areas;
        guint m = 0;
        for (guint a = 0; a < n_areas; a++)
            if (verdict_of(c, i, period, a)->ranked &&
                g_str_equal(class_of(pen, a, class_index), names->pdata[k]))
                own[m++] = observed(c, i, period, a)->value;
        if (m > 0)
            groups[n++] =
                (DotGroup){names->pdata[k], own, m, quantile_median(own, m), CHART_NO_ITEM};
    }
    if (n == 0)
        return NULL;
    double national = report_nation_value(c, i, period);
    DotChart chart = {
        .study = pen->c->study,
        .title = chart_title(pen, i, period),
        .what = phrase_areas(c),
        .unit = figure_unit(pen, indicator),
        .groups = groups,
        .n = n,
        .national = national,
        .national_label = phrase_labelled(pen, indicator, phrase_nation(c), national),
    };
    return dot_chart_scene(&chart, width, dot_chart_height(n));
}

/* ---- spread over time ---- */

Scene *figure_spread(Pen *pen, guint i, double width)
{
    const ReportContext *c = pen->c;
    g_autoptr(GArray) places = figure_periods(pen, i);
    g_autofree SpreadPeriod *periods = g_new0(SpreadPeriod, MAX(places->len, 1));
    guint with_values = 0;
    for (guint k = 0; k < places->len; k++) {
        const PeriodPlace *place = &g_array_index(places, PeriodPlace, k);
        if (place->period < 0) {
            periods[k] = (SpreadPeriod){place->label, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
            continue;
        }
        const guint p = (guint)place->period;
        const PeriodSummary *s = summary_of(c, i, p);
        periods[k] = (SpreadPeriod){.label = place->label,
                                    .minimum = s->min,
                                    .p10 = s->p10,
                                    .p25 = s->lower_quartile,
                                    .median = s->median,
                                    .p75 = s->upper_quartile,
                                    .p90 = s->p90,
                                    .maximum = s->max,
                                    .area = NAN};
        with_values += isfinite(s->median);
    }
    if (with_values < 2)
        return NULL;
    SpreadChart chart = {.study = pen->c->study,
                         .what = phrase_areas(c),
                         .unit = figure_unit(pen, indicator_of(c, i)),
                         .periods = periods,
                         .n = places->len};
    return spread_chart_scene(&chart, width, SPREAD_HEIGHT);
}

/* ---- all indicators ---- */

typedef struct {
    guint indicator;
    double fold;
} Fold;

static int compare_folds(gconstpointer a, gconstpointer b)
{
    const Fold *x = a, *y = b;
    if (x->fold != y->fold)
        return x->fold > y->fold ? -1 : 1;
    return x->indicator < y->indicator ? -1 : x->indicator > y->indicator;
}

GArray *figure_folds(const ReportContext *c)
{
    g_autoptr(GArray) folds = g_array_new(FALSE, FALSE, sizeof(Fold));
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)))
            continue;
        const PeriodSummary *s = summary_of(c, i, (guint)p);
        Fold fold = {i, s->p90 / s->p10};
        if (s->p10 > 0 && isfinite(fold.fold))
            g_array_append_val(folds, fold);
    }
    g_array_sort(folds, compare_folds);
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint k = 0; k < folds->len; k++)
        g_array_append_val(order, g_array_index(folds, Fold, k).indicator);
    return order;
}
