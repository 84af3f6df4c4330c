#include <math.h>
#include <stddef.h>
#include <string.h>

#include "workbook_sheets.h"

/* Every value of every period: as time series for people, a row for each area with the periods side
 * by side, and as observations, a row for each with all that belongs to it. */

/* Beyond this a workbook takes minutes to open and hundreds of megabytes to write. */
#define MOST_CELLS        1500000u
#define MOST_OBSERVATIONS 100000u
#define MOST_PERIODS      400u

/* ---- time series ------------------------------------------------------------------------------
 */

static int by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The periods of all indicators, each once, in the order of their bytes, which is that of time. */
static GPtrArray *all_periods(const ReportContext *context)
{
    GPtrArray *labels = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < context->set->n_indicators; i++) {
        const Series *series = &context->set->series[i];
        for (guint p = 0; p < series->n_periods; p++)
            if (g_hash_table_add(seen, series->period_labels[p]))
                g_ptr_array_add(labels, series->period_labels[p]);
    }
    g_ptr_array_sort(labels, by_bytes);
    return labels;
}

gboolean series_fit(const ReportContext *context)
{
    g_autoptr(GPtrArray) periods = all_periods(context);
    const guint64 rows = (guint64)context->set->n_indicators * context->set->n_areas;
    return periods->len <= MOST_PERIODS && rows <= XLSX_MOST_ROWS &&
           rows * (periods->len + 4) <= MOST_CELLS;
}

static int place_of(const Series *series, const char *label)
{
    for (guint p = 0; p < series->n_periods; p++)
        if (g_str_equal(series->period_labels[p], label))
            return (int)p;
    return -1;
}

static void series_row(XlsxSheet *sheet, const ReportContext *context, guint indicator, guint area,
                       const int *places, guint n)
{
    static const SheetColumn value = {.put = put_observed, .offset = offsetof(Observation, value)};
    DataRow row = data_row_at(context, indicator, 0, area);
    put_indicator(sheet, &row, NULL);
    xlsx_text(sheet, row.indicator->unit);
    put_area_code(sheet, &row, NULL);
    put_area(sheet, &row, NULL);
    for (guint k = 0; k < n; k++) {
        if (places[k] < 0) {
            xlsx_mark(sheet, "[z]");
            continue;
        }
        row = data_row_at(context, indicator, (guint)places[k], area);
        put_observed(sheet, &row, &value);
    }
    xlsx_end_row(sheet);
}

void fill_series(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    g_autoptr(GPtrArray) periods = all_periods(context);
    g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = sheet_headers_new();
    static const Word first[] = {WORD_BOOK_INDICATOR, WORD_BOOK_UNIT, WORD_BOOK_AREA_CODE,
                                 WORD_BOOK_AREA};
    for (guint k = 0; k < G_N_ELEMENTS(first); k++)
        g_ptr_array_add(headers, sheet_header_once(seen, words_label(context->study, first[k])));
    for (guint k = 0; k < periods->len; k++)
        g_ptr_array_add(headers, sheet_header_once(seen, periods->pdata[k]));
    xlsx_table(sheet, table, (const char *const *)headers->pdata, headers->len);
    g_autofree int *places = g_new(int, periods->len + 1);
    for (guint i = 0; i < context->set->n_indicators; i++) {
        const Series *series = &context->set->series[i];
        for (guint k = 0; k < periods->len; k++)
            places[k] = place_of(series, periods->pdata[k]);
        for (guint a = 0; series->n_periods > 0 && a < context->set->n_areas; a++)
            series_row(sheet, context, i, a, places, periods->len);
    }
}

/* ---- observations ------------------------------------------------------------------------------
 */

/* An amount as it is: whole numbers without decimals. */
static void put_amount(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    const double x = DATA_MEMBER(double, row->observation, column);
    put_number_or(sheet, x, isfinite(x) && x != floor(x) ? 2 : 0, mark_of_row(row));
}

static void put_limit_of(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    put_number_or(sheet, DATA_MEMBER(double, row->verdict, column), row->indicator->decimals,
                  mark_of_row(row));
}

static void put_source(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    const gint32 source = row->observation->source;
    xlsx_text(sheet, source >= 0 ? row->context->set->sources[source].id : "[z]");
}

static void put_line(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    const guint32 n = DATA_MEMBER(guint32, row->observation, column);
    put_number_or(sheet, n ? (double)n : NAN, 0, "[z]");
}

static const SheetColumn observation_sheet[] = {
    {WORD_BOOK_INDICATOR, put_indicator, 0, 0},
    {WORD_BOOK_AREA_CODE, put_area_code, 0, 0},
    {WORD_BOOK_AREA, put_area, 0, 0},
    {WORD_BOOK_PERIOD, put_period, 0, 0},
    {WORD_BOOK_NUMERATOR, put_amount, offsetof(Observation, numerator), 0},
    {WORD_BOOK_DENOMINATOR, put_amount, offsetof(Observation, denominator), 0},
    {WORD_BOOK_VALUE, put_observed, offsetof(Observation, value), 0},
    {WORD_BOOK_LOWER_95_LIMIT, put_limit_of, offsetof(Verdict, lower95), 0},
    {WORD_BOOK_UPPER_95_LIMIT, put_limit_of, offsetof(Verdict, upper95), 0},
    {WORD_BOOK_STATUS, put_status, 0, 0},
    {WORD_BOOK_SOURCE, put_source, 0, 0},
    {WORD_BOOK_LINE_IN_THE_FILE_OF_THE_SOURCE, put_line, offsetof(Observation, line), 0},
    {WORD_BOOK_ROWS_COMBINED, put_line, offsetof(Observation, rows), 0},
};

gboolean observations_fit(const ReportContext *context)
{
    guint64 n = 0;
    for (guint i = 0; i < context->set->n_indicators; i++)
        n += (guint64)context->set->series[i].n_periods * context->set->n_areas;
    return n <= MOST_OBSERVATIONS;
}

static gboolean observation_row(const DataRow *row, gpointer sheet)
{
    sheet_row(sheet, row, observation_sheet, G_N_ELEMENTS(observation_sheet));
    return TRUE;
}

void fill_observations(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, context, table, observation_sheet, G_N_ELEMENTS(observation_sheet));
    data_rows_grid(context, observation_row, sheet);
}
