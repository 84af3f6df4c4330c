#include <math.h>
#include <stddef.h>

#include "data_table.h"

#define EXTREMES     0.1 /* both ends together */
#define NO_VARIATION "no systematic variation"

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

static gboolean counted(const Observation *o)
{
    return isfinite(o->numerator) && o->numerator >= 0 && o->denominator > 0;
}

/* Whether sums of numerators and denominators say what the values say. Not for published estimates
 * and for rates standardised for age; and amounts may come as values alone. */
static gboolean has_counts(const DataRow *row, guint period)
{
    if (row->judged->kind == KIND_COUNTS)
        return TRUE;
    if (row->judged->kind == KIND_PUBLISHED || row->indicator->measure == MEASURE_PUBLISHED ||
        row->indicator->measure == MEASURE_DSR)
        return FALSE;
    guint n_areas = row->context->set->n_areas;
    for (guint a = 0; a < n_areas; a++) {
        const Verdict *v = verdict_at(row->context->assessment, row->indicator_index, period, a);
        if (v->ranked && !counted(series_at(row->series, n_areas, period, a)))
            return FALSE;
    }
    return TRUE;
}

static VariationKind kind_of(const DataRow *row)
{
    if (row->judged->kind != KIND_COUNTS)
        return VARIATION_AMOUNTS;
    return row->indicator->measure == MEASURE_PROPORTION ? VARIATION_PROPORTION : VARIATION_COUNTS;
}

static gboolean usable(const Observation *o, const Verdict *v, gboolean counts)
{
    return v->ranked && isfinite(o->value) && (!counts || counted(o));
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

static Sample sample_of(const DataRow *row, guint period)
{
    guint n_areas = row->context->set->n_areas;
    Sample s = sample_new(n_areas, has_counts(row, period));
    for (guint a = 0; a < n_areas; a++) {
        const Observation *o = series_at(row->series, n_areas, period, a);
        const Verdict *v = verdict_at(row->context->assessment, row->indicator_index, period, a);
        if (usable(o, v, s.counts))
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

static Variation measure(const DataRow *row, const Sample *s)
{
    if (s->n == 0)
        return nothing;
    if (s->counts)
        return variation_of(s->x, s->weight, s->n, kind_of(row));
    return variation_of_values(s->value, all_weighted(s) ? s->weight : NULL, s->n);
}

static Variation measure_trimmed(const DataRow *row, const Sample *all)
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
    return measure(row, &kept);
}

/* The earliest period in which any area is ranked; `before` itself if there is none. */
static guint first_period(const DataRow *row, guint before)
{
    for (guint p = 0; p < before; p++) {
        if (row->judged->periods[p].areas_ranked > 0)
            return p;
    }
    return before;
}

static VariationChange change_since(const DataRow *row, guint from)
{
    guint n_areas = row->context->set->n_areas, to = row->period_index, n = 0;
    g_autofree double *figures = g_new(double, 4 * (gsize)n_areas + 1);
    double *x0 = figures, *n0 = x0 + n_areas, *x1 = n0 + n_areas, *n1 = x1 + n_areas;
    for (guint a = 0; a < n_areas; a++) {
        const Observation *o0 = series_at(row->series, n_areas, from, a);
        const Observation *o1 = series_at(row->series, n_areas, to, a);
        const Assessment *assessment = row->context->assessment;
        if (!usable(o0, verdict_at(assessment, row->indicator_index, from, a), TRUE) ||
            !usable(o1, verdict_at(assessment, row->indicator_index, to, a), TRUE))
            continue;
        x0[n] = o0->numerator;
        n0[n] = o0->denominator;
        x1[n] = o1->numerator;
        n1[n++] = o1->denominator;
    }
    return variation_change((VariationPeriod){x0, n0}, (VariationPeriod){x1, n1}, n, kind_of(row));
}

/* A negative SCV says that the areas differ by less than chance alone would make them. */
static void floor_scv(Variation *v)
{
    if (v->scv_diehr < 0)
        v->scv_diehr = 0;
}

static const char *status_of(const DataRow *row, const VariationRow *variation)
{
    if (row->indicator->measure == MEASURE_TOTAL)
        return "totals are not compared between areas";
    if (!(variation->all.k > 0))
        return "no area is ranked";
    return variation->all.scv_diehr < 0 ? NO_VARIATION : NULL;
}

/* The status, why figures that look like counts are not taken as counts, and why the publisher's
 * national figure is not used. */
static char *status_text(const DataRow *row, const VariationRow *variation)
{
    const char *parts[] = {status_of(row, variation), row->series->kind_note,
                           series_withheld(row->series, row->period_index)};
    const char *said[G_N_ELEMENTS(parts) + 1] = {NULL};
    for (guint i = 0, n = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i])
            said[n++] = parts[i];
    return g_strjoinv("; ", (char **)(gpointer)said);
}

/* The status is newly allocated. */
static VariationRow variation_row(const DataRow *row, char **status)
{
    g_auto(Sample) sample = sample_of(row, row->period_index);
    VariationRow out = {.all = measure(row, &sample), .trimmed = measure_trimmed(row, &sample)};
    out.change = (VariationChange){NAN, NAN, NAN, NAN};
    out.status = *status = status_text(row, &out);
    floor_scv(&out.all);
    floor_scv(&out.trimmed);
    guint from = first_period(row, row->period_index);
    if (row->judged->kind == KIND_COUNTS && from < row->period_index && sample.n > 0)
        out.change = change_since(row, from);
    if (isfinite(out.change.ratio))
        out.change_from = row->series->period_labels[from];
    return out;
}

void data_rows_variation(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint i = 0; i < context->set->n_indicators; i++) {
        guint indicator = context->assessment->indicator_order[i];
        const Series *series = &context->set->series[indicator];
        g_autofree guint *order = data_period_order(series);
        for (guint p = 0; p < series->n_periods; p++) {
            if (context->set->n_areas == 0)
                return;
            DataRow row = data_row_at(context, indicator, order[p], 0);
            g_autofree char *status = NULL;
            VariationRow variation = variation_row(&row, &status);
            row.variation = &variation;
            if (!each(&row, user_data))
                return;
        }
    }
}

/* ---- columns ---- */

static DataValue measured(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(double, row->variation, c));
}

static DataValue change_from(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->variation->change_from);
}

static DataValue status(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->variation->status);
}

#define MEASURED(member) measured, offsetof(VariationRow, member), NULL
#define MEASURES(prefix, part, suffix)                                                             \
    {prefix "k", DATA_INTEGER, "Areas" suffix, MEASURED(part.k)},                                  \
        {prefix "overall_rate", DATA_NUMBER, "Sum of numerators over sum of denominators" suffix,  \
         MEASURED(part.overall_rate)},                                                             \
        {prefix "eq", DATA_NUMBER, "Largest over smallest" suffix, MEASURED(part.eq)},             \
        {prefix "p90_p10", DATA_NUMBER, "90th over 10th centile" suffix, MEASURED(part.p90_p10)},  \
        {prefix "iq_ratio", DATA_NUMBER, "Upper over lower quartile" suffix,                       \
         MEASURED(part.iq_ratio)},                                                                 \
        {prefix "cv", DATA_NUMBER, "Coefficient of variation" suffix, MEASURED(part.cv)},          \
        {prefix "cv_pop_weighted", DATA_NUMBER, "Weighted coefficient of variation" suffix,        \
         MEASURED(part.cv_pop_weighted)},                                                          \
        {prefix "scv_diehr", DATA_NUMBER, "Systematic component of variation" suffix,              \
         MEASURED(part.scv_diehr)},                                                                \
        {prefix "chisq", DATA_NUMBER, "Chi-square of heterogeneity" suffix, MEASURED(part.chisq)}, \
        {prefix "df", DATA_INTEGER, "Its degrees of freedom" suffix, MEASURED(part.df)},           \
        {prefix "p", DATA_NUMBER, "Its p value" suffix, MEASURED(part.p)},                         \
        {prefix "gini_pop_weighted", DATA_NUMBER, "Gini coefficient" suffix,                       \
         MEASURED(part.gini_pop_weighted)},                                                        \
    {                                                                                              \
        prefix "theil_pop_weighted", DATA_NUMBER, "Theil index" suffix,                            \
            MEASURED(part.theil_pop_weighted)                                                      \
    }

static const DataReference data_references_indicator[] = {
    {"indicator_id", "indicators.csv", "indicator_id"}, {NULL, NULL, NULL}};

static const DataColumn variation_columns[] = {
    {"indicator_id", DATA_TEXT, "Indicator", data_indicator_id, 0, NULL},
    {"period", DATA_TEXT, "Period", data_period, 0, NULL},
    MEASURES("", all, ""),
    MEASURES("trimmed_", trimmed, ", without the 5 % extremes at each end"),
    {"change", DATA_NUMBER, "SCV over that of the earlier period", MEASURED(change.ratio)},
    {"change_lower95", DATA_NUMBER, "Lower 95 % limit of the change", MEASURED(change.lower95)},
    {"change_upper95", DATA_NUMBER, "Upper 95 % limit of the change", MEASURED(change.upper95)},
    {"change_p", DATA_NUMBER, "p value of the change", MEASURED(change.p)},
    {"change_from", DATA_TEXT, "The earlier period", change_from, 0, NULL},
    {"status", DATA_TEXT, "Why a measure is not as one might expect", status, 0, NULL},
};
const DataTable variation_table = {
    "variation.csv",          "Measures of variation among the areas",
    variation_columns,        G_N_ELEMENTS(variation_columns),
    data_rows_variation,      "indicator_id,period",
    data_references_indicator};
