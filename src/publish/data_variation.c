#include <stddef.h>

#include "data_table.h"

#define NO_VARIATION "no systematic variation"

static const char *status_of(const DataRow *row, const VariationRow *variation)
{
    if (row->indicator->measure == MEASURE_TOTAL)
        return "totals are not compared between areas";
    if (!(variation->measures.all.k > 0))
        return "no area is ranked";
    return variation->measures.no_systematic ? NO_VARIATION : NULL;
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
    const ReportContext *c = row->context;
    VariationRow out = {.measures =
                            judge_variation_measures(c->study, c->set, c->assessment,
                                                     row->indicator_index, row->period_index)};
    out.status = *status = status_text(row, &out);
    if (out.measures.trend.from >= 0)
        out.change_from = row->series->period_labels[out.measures.trend.from];
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
    MEASURES("", measures.all, ""),
    MEASURES("trimmed_", measures.trimmed, ", without the 5 % extremes at each end"),
    {"change", DATA_NUMBER, "SCV over that of the earlier period",
     MEASURED(measures.trend.change.ratio)},
    {"change_lower95", DATA_NUMBER, "Lower 95 % limit of the change",
     MEASURED(measures.trend.change.lower95)},
    {"change_upper95", DATA_NUMBER, "Upper 95 % limit of the change",
     MEASURED(measures.trend.change.upper95)},
    {"change_p", DATA_NUMBER, "p value of the change", MEASURED(measures.trend.change.p)},
    {"change_from", DATA_TEXT, "The earlier period", change_from, 0, NULL},
    {"status", DATA_TEXT, "Why a measure is not as one might expect", status, 0, NULL},
};
const DataTable variation_table = {
    "variation.csv",          "Measures of variation among the areas",
    variation_columns,        G_N_ELEMENTS(variation_columns),
    data_rows_variation,      "indicator_id,period",
    data_references_indicator};
