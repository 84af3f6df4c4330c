#include <string.h>

#include "data_table.h"

static int by_label(gconstpointer a, gconstpointer b, gpointer labels)
{
    char **label = labels;
    return strcmp(label[*(const guint *)a], label[*(const guint *)b]);
}

guint *data_period_order(const Series *series)
{
    guint *order = g_new(guint, series->n_periods + 1);
    for (guint p = 0; p < series->n_periods; p++)
        order[p] = p;
    g_qsort_with_data(order, (int)series->n_periods, sizeof *order, by_label,
                      series->period_labels);
    return order;
}

static DataRow row_of_period(const ReportContext *context, guint indicator, guint period)
{
    DataRow row = {.context = context, .indicator_index = indicator, .period_index = period};
    row.indicator = &context->study->indicators[indicator];
    row.series = &context->set->series[indicator];
    row.judged = &context->assessment->indicators[indicator];
    row.summary = &row.judged->periods[period];
    return row;
}

static void set_area(DataRow *row, guint area)
{
    const ObservationSet *set = row->context->set;
    row->area_index = area;
    row->area = &set->areas[area];
    row->observation = series_at(row->series, set->n_areas, row->period_index, area);
    row->verdict =
        verdict_at(row->context->assessment, row->indicator_index, row->period_index, area);
}

DataRow data_row_at(const ReportContext *context, guint indicator, guint period, guint area)
{
    DataRow row = row_of_period(context, indicator, period);
    set_area(&row, area);
    return row;
}

static gboolean period_rows(const ReportContext *context, guint indicator, guint period,
                            DataRowFunc each, gpointer user_data)
{
    DataRow row = row_of_period(context, indicator, period);
    for (guint a = 0; a < context->set->n_areas; a++) {
        set_area(&row, a);
        if (!each(&row, user_data))
            return FALSE;
    }
    return TRUE;
}

void data_rows_grid(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint i = 0; i < context->set->n_indicators; i++) {
        guint indicator = context->assessment->indicator_order[i];
        const Series *series = &context->set->series[indicator];
        g_autofree guint *order = data_period_order(series);
        for (guint p = 0; p < series->n_periods; p++) {
            if (!period_rows(context, indicator, order[p], each, user_data))
                return;
        }
    }
}

void data_rows_outliers(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint i = 0; i < context->set->n_indicators; i++) {
        guint indicator = context->assessment->indicator_order[i];
        int latest = context->assessment->indicators[indicator].latest;
        if (latest < 0)
            continue;
        DataRow row = row_of_period(context, indicator, (guint)latest);
        for (guint a = 0; a < context->set->n_areas; a++) {
            set_area(&row, a);
            Outlier outlier = row.verdict->outlier;
            gboolean flagged = outlier == OUTLIER_ALERT || outlier == OUTLIER_ALARM;
            if (flagged && !each(&row, user_data))
                return;
        }
    }
}

void data_rows_good_practice(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint i = 0; i < context->assessment->n_learn; i++) {
        const LearnFrom *learn = &context->assessment->learn[i];
        DataRow row = data_row_at(context, learn->indicator, learn->period, learn->area);
        row.learn = learn;
        if (!each(&row, user_data))
            return;
    }
}

void data_rows_rejects(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint i = 0; i < context->set->n_rejects; i++) {
        DataRow row = {.context = context, .reject = &context->set->rejects[i]};
        if (!each(&row, user_data))
            return;
    }
}
