#include <math.h>
#include <stddef.h>

#include "workbook_sheets.h"

/* ---- chart: how many areas lie outside the limits ----------------------------------------------
 */

void fill_chart(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    static const SheetColumn columns[] = {
        {WORD_BOOK_INDICATOR, NULL, 0, 0},
        {WORD_BOOK_AREAS_OUTSIDE_THE_95_LIMITS, NULL, 0, 3},
        {WORD_BOOK_AREAS_EXPECTED_THERE_BY_CHANCE_ALONE, NULL, 0, 0}};
    const XlsxBars bars = {.about = words_label(context->study, WORD_BOOK_BARS),
                           .axis = words_label(context->study, WORD_BOOK_BARS_AXIS)};
    sheet_begin(sheet, context, table, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < context->set->n_indicators; i++) {
        if (!sheet_is_compared(context, i))
            continue;
        const DataRow row = sheet_latest(context, i, 0);
        if (!isfinite(row.summary->expected_alerts))
            continue;
        put_indicator(sheet, &row, NULL);
        xlsx_number(sheet, row.summary->alerts + row.summary->alarms, 0);
        xlsx_number(sheet, row.summary->expected_alerts, 1);
        xlsx_end_row(sheet);
    }
    xlsx_bars(sheet, &bars);
}

/* ---- opportunity -------------------------------------------------------------------------------
 */

static void put_opportunity(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    double x = DATA_MEMBER(double, row->verdict, column);
    put_number_or(sheet, x, 0, "[z]");
}

static void put_opportunity_unit(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    const gboolean pounds = g_strcmp0(row->judged->opportunity_unit, "pounds") == 0;
    if (!isfinite(row->verdict->opportunity))
        xlsx_text(sheet, "[z]");
    else
        xlsx_text(sheet,
                  words_label(row->context->study, pounds ? WORD_BOOK_POUNDS : WORD_BOOK_EVENTS));
}

static const SheetColumn opportunity_sheet[] = {
    {WORD_BOOK_INDICATOR, put_indicator, 0, 0},
    {WORD_BOOK_AREA_CODE, put_area_code, 0, 0},
    {WORD_BOOK_AREA, put_area, 0, 0},
    {WORD_BOOK_PERIOD, put_period, 0, 0},
    {WORD_BOOK_VALUE, put_observed, offsetof(Observation, value), 0},
    AREA_NUMBER(WORD_BOOK_MEDIAN_OF_PEERS, peer_median, 0),
    {WORD_BOOK_COMPARED_WITH_PEERS, put_direction, offsetof(Verdict, peer_direction), 0},
    {WORD_BOOK_GAP_TO_THE_PEERS_MEDIAN, put_opportunity, offsetof(Verdict, opportunity), 5},
    {WORD_BOOK_GAP_LOWER_END, put_opportunity, offsetof(Verdict, opportunity_lower), 5},
    {WORD_BOOK_GAP_UPPER_END, put_opportunity, offsetof(Verdict, opportunity_upper), 5},
    {WORD_BOOK_UNIT_OF_THE_GAP, put_opportunity_unit, 0, 0},
};

void fill_opportunity(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    const guint n = G_N_ELEMENTS(opportunity_sheet);
    sheet_begin(sheet, context, table, opportunity_sheet, n);
    for (guint i = 0; i < context->set->n_indicators; i++) {
        for (guint a = 0; sheet_is_compared(context, i) && a < context->set->n_areas; a++) {
            const DataRow row = sheet_latest(context, i, a);
            if (isfinite(row.verdict->opportunity) && row.verdict->opportunity > 0)
                sheet_row(sheet, &row, opportunity_sheet, n);
        }
    }
}

/* ---- corrections -------------------------------------------------------------------------------
 */

/* "a; b", or what it means that there are none. */
static void put_list(XlsxSheet *sheet, char **texts, const char *none)
{
    g_autofree char *text = texts && *texts ? g_strjoinv("; ", texts) : g_strdup(none);
    xlsx_text(sheet, text);
}

static void put_titles(XlsxSheet *sheet, const ReportContext *context, const Correction *k)
{
    g_autofree char **titles = g_new0(char *, k->n_indicators + 1);
    for (guint i = 0; i < k->n_indicators; i++)
        titles[i] = context->study->indicators[k->indicators[i]].title;
    put_list(sheet, titles, words_label(context->study, WORD_BOOK_NOT_ABOUT_SINGLE_INDICATORS));
}

static void put_names(XlsxSheet *sheet, const ReportContext *context, const Correction *k)
{
    const guint n = k->areas ? g_strv_length(k->areas) : 0;
    g_autofree char **names = g_new0(char *, n + 1);
    for (guint i = 0; i < n; i++) {
        const int area = observation_area(context->set, k->areas[i]);
        names[i] = area >= 0 ? context->set->areas[area].name : k->areas[i];
    }
    put_list(sheet, names, words_label(context->study, WORD_BOOK_ALL));
}

void fill_corrections(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    static const SheetColumn headers[] = {
        {WORD_BOOK_CORRECTED_ON, NULL, 0, 0}, {WORD_BOOK_SERIOUSNESS, NULL, 0, 0},
        {WORD_BOOK_INDICATORS, NULL, 0, 0},   {WORD_BOOK_AREAS, NULL, 0, 0},
        {WORD_BOOK_PERIODS, NULL, 0, 0},      {WORD_BOOK_WHAT_WAS_WRONG, NULL, 0, 0},
        {WORD_BOOK_WHAT_IS_SO, NULL, 0, 0}};
    sheet_begin(sheet, context, table, headers, G_N_ELEMENTS(headers));
    for (guint i = 0; i < context->study->n_corrections; i++) {
        const Correction *k = &context->study->corrections[i];
        g_autofree char *date = words_date(context->study, k->date);
        xlsx_text(sheet, date);
        xlsx_text(sheet, words_label(context->study, k->seriousness == CORRECTION_MAJOR
                                                         ? WORD_CORRECTION_MAJOR
                                                         : WORD_CORRECTION_MINOR));
        put_titles(sheet, context, k);
        put_names(sheet, context, k);
        put_list(sheet, k->periods, words_label(context->study, WORD_BOOK_ALL));
        xlsx_text(sheet, k->wrong);
        xlsx_text(sheet, k->right);
        xlsx_end_row(sheet);
    }
}
