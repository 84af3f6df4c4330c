#include <math.h>
#include <stddef.h>

#include "peerline/base/clock.h"
#include "workbook_sheets.h"

/* ---- chart: how many areas lie outside the limits ----------------------------------------------
 */

void fill_chart(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    static const char *const headers[] = {"Indicator", "Areas outside the 95 % limits [note 3]",
                                          "Areas expected there by chance alone"};
    static const XlsxBars bars = {
        .about =
            "Bars: for each indicator how many areas lie outside the 95 % limits in its latest "
            "period, and how many are expected there by chance alone. The figures are in the "
            "table beside the chart.",
        .axis = "Number of areas"};
    xlsx_table(sheet, table, headers, G_N_ELEMENTS(headers));
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
    xlsx_text(sheet, isfinite(row->verdict->opportunity) ? row->judged->opportunity_unit : "[z]");
}

static const SheetColumn opportunity_sheet[] = {
    {"Indicator", put_indicator, 0},
    {"Area code", put_area_code, 0},
    {"Area", put_area, 0},
    {"Period", put_period, 0},
    {"Value", put_observed, offsetof(Observation, value)},
    AREA_NUMBER("Median of peers", peer_median),
    {"Compared with peers", put_direction, offsetof(Verdict, peer_direction)},
    {"Gap to the peers' median [note 5]", put_opportunity, offsetof(Verdict, opportunity)},
    {"Gap, lower end [note 5]", put_opportunity, offsetof(Verdict, opportunity_lower)},
    {"Gap, upper end [note 5]", put_opportunity, offsetof(Verdict, opportunity_upper)},
    {"Unit of the gap", put_opportunity_unit, 0},
};

void fill_opportunity(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    const guint n = G_N_ELEMENTS(opportunity_sheet);
    sheet_begin(sheet, table, opportunity_sheet, n);
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
    put_list(sheet, titles, "not about single indicators");
}

static void put_names(XlsxSheet *sheet, const ReportContext *context, const Correction *k)
{
    const guint n = k->areas ? g_strv_length(k->areas) : 0;
    g_autofree char **names = g_new0(char *, n + 1);
    for (guint i = 0; i < n; i++) {
        const int area = observation_area(context->set, k->areas[i]);
        names[i] = area >= 0 ? context->set->areas[area].name : k->areas[i];
    }
    put_list(sheet, names, "all");
}

void fill_corrections(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    static const char *const headers[] = {"Corrected on", "Seriousness",    "Indicators", "Areas",
                                          "Periods",      "What was wrong", "What is so"};
    xlsx_table(sheet, table, headers, G_N_ELEMENTS(headers));
    for (guint i = 0; i < context->study->n_corrections; i++) {
        const Correction *k = &context->study->corrections[i];
        g_autofree char *date = clock_date_words(k->date);
        xlsx_text(sheet, date);
        xlsx_text(sheet, seriousness_name(k->seriousness));
        put_titles(sheet, context, k);
        put_names(sheet, context, k);
        put_list(sheet, k->periods, "all");
        xlsx_text(sheet, k->wrong);
        xlsx_text(sheet, k->right);
        xlsx_end_row(sheet);
    }
}
