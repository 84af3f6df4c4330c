#include <math.h>
#include <stddef.h>

#include "workbook_sheets.h"

/* ---- summary of variation: one row per indicator, its latest period ---- */

static void put_remark(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    const Series *series = row->series;
    const char *sum = series->sum_note ? series->sum_note[row->period_index] : NULL;
    const char *parts[] = {row->summary->not_estimable, series->kind_note, sum,
                           series_withheld(series, row->period_index)};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] && *parts[i])
            g_string_append_printf(text, "%s%s", text->len ? "; " : "", parts[i]);
    }
    xlsx_text(sheet, text->len ? text->str : "None");
}

static void put_unit(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->indicator->unit);
}

static void put_expected(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    put_number_or(sheet, row->summary->expected_alerts, 1, "[z]");
}

static const SheetColumn variation_sheet[] = {
    {"Indicator", put_indicator, 0},
    {"Period", put_period, 0},
    {"Unit", put_unit, 0},
    PERIOD_NUMBER("National value [note 1]", comparator),
    PERIOD_NUMBER("Median of areas", median),
    PERIOD_NUMBER("10th centile", p10),
    PERIOD_NUMBER("90th centile", p90),
    PERIOD_NUMBER("Lowest", min),
    PERIOD_NUMBER("Highest", max),
    PERIOD_COUNT("Areas with a value", areas_with_value),
    PERIOD_COUNT("Areas without a value", areas_missing),
    PERIOD_COUNT("Areas ranked", areas_ranked),
    PERIOD_COUNT("Areas outside 95 % limits only [note 3]", alerts),
    PERIOD_COUNT("Areas outside 99.8 % limits [note 3]", alarms),
    {"Areas expected outside 95 % limits by chance alone", put_expected, 0},
    {"Kind of figure [note 4]", put_kind, 0},
    {"Remark", put_remark, 0},
};

DataRow sheet_latest(const ReportContext *context, guint indicator, guint area)
{
    guint latest = (guint)context->assessment->indicators[indicator].latest;
    return data_row_at(context, indicator, latest, area);
}

static gboolean has_latest(const ReportContext *context, guint indicator)
{
    return context->assessment->indicators[indicator].latest >= 0 && context->set->n_areas > 0;
}

gboolean sheet_is_compared(const ReportContext *context, guint indicator)
{
    return has_latest(context, indicator) &&
           context->study->indicators[indicator].measure != MEASURE_TOTAL;
}

void fill_variation(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    guint n = G_N_ELEMENTS(variation_sheet);
    sheet_begin(sheet, table, variation_sheet, n);
    for (guint i = 0; i < context->set->n_indicators; i++) {
        if (!sheet_is_compared(context, i))
            continue;
        DataRow row = sheet_latest(context, i, 0);
        sheet_row(sheet, &row, variation_sheet, n);
    }
}

/* ---- latest values: one row per area, one column per indicator ---- */

/* "Falls (2016-17)"; with the id where two indicators would have the same header. */
static char *latest_header(const ReportContext *context, guint indicator, GHashTable *seen)
{
    const Indicator *ind = &context->study->indicators[indicator];
    int latest = context->assessment->indicators[indicator].latest;
    const char *period = context->set->series[indicator].period_labels[latest];
    const char *name = ind->short_title ? ind->short_title : ind->title;
    g_autofree char *header = g_strdup_printf("%s (%s)", name, period);
    g_autofree char *folded = g_utf8_casefold(header, -1);
    if (!g_hash_table_contains(seen, folded))
        return sheet_header_once(seen, header);
    g_autofree char *with_id = g_strdup_printf("%s (%s, %s)", name, period, ind->id);
    return sheet_header_once(seen, with_id);
}

static void latest_row_of(XlsxSheet *sheet, const ReportContext *context, guint area)
{
    const Area *a = &context->set->areas[area];
    xlsx_text(sheet, a->code);
    xlsx_text(sheet, a->name);
    for (guint c = 0; c < context->study->areas.n_classes; c++)
        xlsx_text(sheet, a->classes && a->classes[c] && *a->classes[c] ? a->classes[c] : "[x]");
    for (guint i = 0; i < context->set->n_indicators; i++) {
        if (!has_latest(context, i))
            continue;
        DataRow row = sheet_latest(context, i, area);
        SheetColumn value = {NULL, put_observed, offsetof(Observation, value)};
        put_observed(sheet, &row, &value);
    }
    xlsx_end_row(sheet);
}

void fill_latest(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = sheet_headers_new();
    g_ptr_array_add(headers, sheet_header_once(seen, "Area code"));
    g_ptr_array_add(headers, sheet_header_once(seen, "Area"));
    for (guint c = 0; c < context->study->areas.n_classes; c++) {
        g_autofree char *header =
            g_strdup_printf("Class: %s", context->study->areas.classes[c].title);
        g_ptr_array_add(headers, sheet_header_once(seen, header));
    }
    for (guint i = 0; i < context->set->n_indicators; i++) {
        if (has_latest(context, i))
            g_ptr_array_add(headers, latest_header(context, i, seen));
    }
    xlsx_table(sheet, table, (const char *const *)headers->pdata, headers->len);
    for (guint a = 0; a < context->set->n_areas; a++)
        latest_row_of(sheet, context, a);
}

/* ---- rank and peers: one row per indicator and area, latest period ---- */

static void put_peer_group(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    const PeerSet *peers = assessment_peers(row->context->assessment, 0, row->area_index);
    xlsx_text(sheet, peers && peers->label && *peers->label ? peers->label : "all areas");
}

static void put_trend(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    static const char *const words[] = {
        [TREND_NONE] = "no change",
        [TREND_INCREASING] = "increasing",
        [TREND_DECREASING] = "decreasing",
        [TREND_NOT_CALCULABLE] = "not calculable",
    };
    const char *reason = row->verdict->trend_reason;
    const char *word = words[row->verdict->trend];
    if (row->verdict->trend != TREND_NOT_CALCULABLE || !reason || !*reason) {
        xlsx_text(sheet, word);
        return;
    }
    g_autofree char *text = g_strdup_printf("%s: %s", word, reason);
    xlsx_text(sheet, text);
}

static void put_quarter(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    static const char *const words[] = {"lowest quarter", "second lowest quarter",
                                        "second highest quarter", "highest quarter"};
    double percentile = row->verdict->percentile;
    xlsx_text(sheet, isfinite(percentile) ? words[CLAMP((int)(percentile / 25), 0, 3)] : "[z]");
}

/* A rank without its interval would say more than is known. */
static void put_rank_with_interval(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    if (row->verdict->rank_lower)
        put_rank(sheet, row, column);
    else
        xlsx_mark(sheet, "[z]");
}

static const SheetColumn position_sheet[] = {
    {"Indicator", put_indicator, 0},
    {"Area code", put_area_code, 0},
    {"Area", put_area, 0},
    {"Period", put_period, 0},
    {"Value", put_observed, offsetof(Observation, value)},
    AREA_NUMBER("Lower 95 % limit", lower95),
    AREA_NUMBER("Upper 95 % limit", upper95),
    {"Quarter of the areas", put_quarter, 0},
    {"Rank, 1 = lowest value [note 2]", put_rank_with_interval, offsetof(Verdict, rank)},
    AREA_RANK("Rank, lower end [note 2]", rank_lower),
    AREA_RANK("Rank, upper end [note 2]", rank_upper),
    PERIOD_COUNT("Areas ranked", areas_ranked),
    {"Compared with all areas [note 3]", put_direction, offsetof(Verdict, direction)},
    {"Peer group", put_peer_group, 0},
    AREA_RANK("Peers with a value, and the area", peers_ranked),
    AREA_NUMBER("Median of peers", peer_median),
    AREA_NUMBER("Lower quartile of peers", peer_lower_quartile),
    AREA_NUMBER("Upper quartile of peers", peer_upper_quartile),
    {"Compared with peers", put_direction, offsetof(Verdict, peer_direction)},
    {"Trend", put_trend, 0},
};

void fill_position(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    guint n = G_N_ELEMENTS(position_sheet);
    sheet_begin(sheet, table, position_sheet, n);
    for (guint i = 0; i < context->set->n_indicators; i++) {
        if (!sheet_is_compared(context, i))
            continue;
        for (guint a = 0; a < context->set->n_areas; a++) {
            DataRow row = sheet_latest(context, i, a);
            sheet_row(sheet, &row, position_sheet, n);
        }
    }
}

/* ---- outliers and who to learn from ---- */

static void put_limit(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->verdict->outlier == OUTLIER_ALARM ? "99.8 % limits" : "95 % limits");
}

static void put_persistent(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_number(sheet, row->verdict->persistent_periods, 0);
}

static const SheetColumn outlier_sheet[] = {
    {"Indicator", put_indicator, 0},
    {"Area code", put_area_code, 0},
    {"Area", put_area, 0},
    {"Period", put_period, 0},
    {"Value", put_observed, offsetof(Observation, value)},
    PERIOD_NUMBER("National value [note 1]", comparator),
    {"Direction", put_direction, offsetof(Verdict, direction)},
    {"Outside the [note 3]", put_limit, 0},
    AREA_SMALL("z, adjusted", z_adjusted),
    AREA_SMALL("q among areas", q_value),
    AREA_SMALL("q among the indicators of the area", q_area),
    {"Consecutive periods on this side", put_persistent, 0},
    {"Areas expected outside 95 % limits by chance alone", put_expected, 0},
    {"Kind of figure [note 4]", put_kind, 0},
};

static gboolean outlier_row(const DataRow *row, gpointer sheet)
{
    sheet_row(sheet, row, outlier_sheet, G_N_ELEMENTS(outlier_sheet));
    return TRUE;
}

void fill_outliers(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, table, outlier_sheet, G_N_ELEMENTS(outlier_sheet));
    data_rows_outliers(context, outlier_row, sheet);
}

static void put_peer(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->context->set->areas[row->learn->peer].name);
}

static void put_peer_code(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->context->set->areas[row->learn->peer].code);
}

static void put_learned(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    double x = DATA_MEMBER(double, row->learn, column);
    put_number_or(sheet, x, row->indicator->decimals, "[z]");
}

static void put_learned_q(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    put_number_or(sheet, row->learn->q, 3, "[z]");
}

static void put_spend_difference(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    put_number_or(sheet, row->learn->spend_difference, 2, "[z]");
}

static void put_practice(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    const Study *study = row->context->study;
    int index = row->learn->practice;
    if (index < 0 || (guint)index >= study->n_practice)
        xlsx_text(sheet, "None registered");
    else
        xlsx_link(sheet, study->practice[index].title, study->practice[index].link);
}

static const SheetColumn learn_sheet[] = {
    {"Indicator", put_indicator, 0},
    {"Area code", put_area_code, 0},
    {"Area", put_area, 0},
    {"Period", put_period, 0},
    {"Code of the area to talk to", put_peer_code, 0},
    {"Area to talk to", put_peer, 0},
    {"Value of the area", put_learned, offsetof(LearnFrom, value)},
    {"Value of the area to talk to", put_learned, offsetof(LearnFrom, peer_value)},
    {"Difference", put_learned, offsetof(LearnFrom, difference)},
    {"q of the difference", put_learned_q, 0},
    {"Difference of spending", put_spend_difference, 0},
    {"Case of good practice", put_practice, 0},
};

static gboolean learn_row(const DataRow *row, gpointer sheet)
{
    sheet_row(sheet, row, learn_sheet, G_N_ELEMENTS(learn_sheet));
    return TRUE;
}

void fill_learn(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, table, learn_sheet, G_N_ELEMENTS(learn_sheet));
    data_rows_good_practice(context, learn_row, sheet);
}
