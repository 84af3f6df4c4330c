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
        if (!parts[i] || !*parts[i])
            continue;
        g_autofree char *said = words_reason(row->context->study, parts[i]);
        g_string_append_printf(text, "%s%s", text->len ? "; " : "", said ? said : parts[i]);
    }
    xlsx_text(sheet, text->len ? text->str : words_label(row->context->study, WORD_BOOK_NONE));
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
    {WORD_BOOK_INDICATOR, put_indicator, 0, 0},
    {WORD_BOOK_PERIOD, put_period, 0, 0},
    {WORD_BOOK_UNIT, put_unit, 0, 0},
    PERIOD_NUMBER(WORD_BOOK_NATIONAL_VALUE, comparator, 1),
    PERIOD_NUMBER(WORD_BOOK_MEDIAN_OF_AREAS, median, 0),
    PERIOD_NUMBER(WORD_BOOK_10TH_CENTILE, p10, 0),
    PERIOD_NUMBER(WORD_BOOK_90TH_CENTILE, p90, 0),
    PERIOD_NUMBER(WORD_BOOK_LOWEST, min, 0),
    PERIOD_NUMBER(WORD_BOOK_HIGHEST, max, 0),
    PERIOD_COUNT(WORD_BOOK_AREAS_WITH_A_VALUE, areas_with_value, 0),
    PERIOD_COUNT(WORD_BOOK_AREAS_WITHOUT_A_VALUE, areas_missing, 0),
    PERIOD_COUNT(WORD_BOOK_AREAS_RANKED, areas_ranked, 0),
    PERIOD_COUNT(WORD_BOOK_AREAS_OUTSIDE_95_LIMITS_ONLY, alerts, 3),
    PERIOD_COUNT(WORD_BOOK_AREAS_OUTSIDE_99_8_LIMITS, alarms, 3),
    {WORD_BOOK_AREAS_EXPECTED_OUTSIDE_95_LIMITS_BY_CHANCE_ALONE, put_expected, 0, 0},
    {WORD_BOOK_KIND_OF_FIGURE, put_kind, 0, 4},
    {WORD_BOOK_REMARK, put_remark, 0, 0},
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
    sheet_begin(sheet, context, table, variation_sheet, n);
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
        SheetColumn value = {.put = put_observed, .offset = offsetof(Observation, value)};
        put_observed(sheet, &row, &value);
    }
    xlsx_end_row(sheet);
}

void fill_latest(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    const Study *study = context->study;
    g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = sheet_headers_new();
    g_ptr_array_add(headers, sheet_header_once(seen, words_label(study, WORD_BOOK_AREA_CODE)));
    g_ptr_array_add(headers, sheet_header_once(seen, words_label(study, WORD_BOOK_AREA)));
    for (guint c = 0; c < study->areas.n_classes; c++) {
        g_autofree char *header =
            words_plain(study, WORD_BOOK_CLASS, "title", study->areas.classes[c].title, NULL);
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
    const gboolean named = peers && peers->label && *peers->label;
    g_autofree char *said = named ? words_reason(row->context->study, peers->label) : NULL;
    xlsx_text(sheet, said    ? said
                     : named ? peers->label
                             : words_label(row->context->study, WORD_BOOK_ALL_AREAS));
}

static void put_trend(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    static const Word words[] = {
        [TREND_NONE] = WORD_BOOK_NO_CHANGE,
        [TREND_INCREASING] = WORD_BOOK_INCREASING,
        [TREND_DECREASING] = WORD_BOOK_DECREASING,
        [TREND_NOT_CALCULABLE] = WORD_BOOK_NOT_CALCULABLE,
    };
    const Study *study = row->context->study;
    const char *reason = row->verdict->trend_reason;
    const char *word = words_label(study, words[row->verdict->trend]);
    if (row->verdict->trend != TREND_NOT_CALCULABLE || !reason || !*reason) {
        xlsx_text(sheet, word);
        return;
    }
    g_autofree char *said = words_reason(study, reason);
    g_autofree char *text = g_strdup_printf("%s: %s", word, said ? said : reason);
    xlsx_text(sheet, text);
}

static void put_quarter(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    static const Word words[] = {WORD_QUARTER_LOWEST, WORD_QUARTER_LOWER_MIDDLE,
                                 WORD_QUARTER_UPPER_MIDDLE, WORD_QUARTER_HIGHEST};
    const int quarter = verdict_quarter(row->verdict, row->summary);
    xlsx_text(sheet,
              quarter < 0 ? mark_of_row(row) : words_label(row->context->study, words[quarter]));
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
    {WORD_BOOK_INDICATOR, put_indicator, 0, 0},
    {WORD_BOOK_AREA_CODE, put_area_code, 0, 0},
    {WORD_BOOK_AREA, put_area, 0, 0},
    {WORD_BOOK_PERIOD, put_period, 0, 0},
    {WORD_BOOK_VALUE, put_observed, offsetof(Observation, value), 0},
    AREA_NUMBER(WORD_BOOK_LOWER_95_LIMIT, lower95, 0),
    AREA_NUMBER(WORD_BOOK_UPPER_95_LIMIT, upper95, 0),
    {WORD_BOOK_QUARTER_OF_THE_AREAS, put_quarter, 0, 0},
    {WORD_BOOK_RANK_1_LOWEST_VALUE, put_rank_with_interval, offsetof(Verdict, rank), 2},
    AREA_RANK(WORD_BOOK_RANK_LOWER_END, rank_lower, 2),
    AREA_RANK(WORD_BOOK_RANK_UPPER_END, rank_upper, 2),
    PERIOD_COUNT(WORD_BOOK_AREAS_RANKED, areas_ranked, 0),
    {WORD_BOOK_COMPARED_WITH_ALL_AREAS, put_direction, offsetof(Verdict, direction), 3},
    {WORD_BOOK_PEER_GROUP, put_peer_group, 0, 0},
    AREA_RANK(WORD_BOOK_PEERS_WITH_A_VALUE_AND_THE_AREA, peers_ranked, 0),
    AREA_NUMBER(WORD_BOOK_MEDIAN_OF_PEERS, peer_median, 0),
    AREA_NUMBER(WORD_BOOK_LOWER_QUARTILE_OF_PEERS, peer_lower_quartile, 0),
    AREA_NUMBER(WORD_BOOK_UPPER_QUARTILE_OF_PEERS, peer_upper_quartile, 0),
    {WORD_BOOK_COMPARED_WITH_PEERS, put_direction, offsetof(Verdict, peer_direction), 0},
    {WORD_BOOK_TREND, put_trend, 0, 0},
};

void fill_position(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    guint n = G_N_ELEMENTS(position_sheet);
    sheet_begin(sheet, context, table, position_sheet, n);
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
    const Word limits =
        row->verdict->outlier == OUTLIER_ALARM ? WORD_BOOK_LIMITS_998 : WORD_BOOK_LIMITS_95;
    xlsx_text(sheet, words_label(row->context->study, limits));
}

static void put_persistent(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_number(sheet, row->verdict->persistent_periods, 0);
}

static const SheetColumn outlier_sheet[] = {
    {WORD_BOOK_INDICATOR, put_indicator, 0, 0},
    {WORD_BOOK_AREA_CODE, put_area_code, 0, 0},
    {WORD_BOOK_AREA, put_area, 0, 0},
    {WORD_BOOK_PERIOD, put_period, 0, 0},
    {WORD_BOOK_VALUE, put_observed, offsetof(Observation, value), 0},
    PERIOD_NUMBER(WORD_BOOK_NATIONAL_VALUE, comparator, 1),
    {WORD_BOOK_DIRECTION, put_direction, offsetof(Verdict, direction), 0},
    {WORD_BOOK_OUTSIDE_THE, put_limit, 0, 3},
    AREA_SMALL(WORD_BOOK_Z_ADJUSTED, z_adjusted, 0),
    AREA_SMALL(WORD_BOOK_Q_AMONG_AREAS, q_value, 0),
    AREA_SMALL(WORD_BOOK_Q_AMONG_THE_INDICATORS_OF_THE_AREA, q_area, 0),
    {WORD_BOOK_CONSECUTIVE_PERIODS_ON_THIS_SIDE, put_persistent, 0, 0},
    {WORD_BOOK_AREAS_EXPECTED_OUTSIDE_95_LIMITS_BY_CHANCE_ALONE, put_expected, 0, 0},
    {WORD_BOOK_KIND_OF_FIGURE, put_kind, 0, 4},
};

static gboolean outlier_row(const DataRow *row, gpointer sheet)
{
    sheet_row(sheet, row, outlier_sheet, G_N_ELEMENTS(outlier_sheet));
    return TRUE;
}

void fill_outliers(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, context, table, outlier_sheet, G_N_ELEMENTS(outlier_sheet));
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
        xlsx_text(sheet, words_label(study, WORD_BOOK_NONE_REGISTERED));
    else
        xlsx_link(sheet, study->practice[index].title, study->practice[index].link);
}

static const SheetColumn learn_sheet[] = {
    {WORD_BOOK_INDICATOR, put_indicator, 0, 0},
    {WORD_BOOK_AREA_CODE, put_area_code, 0, 0},
    {WORD_BOOK_AREA, put_area, 0, 0},
    {WORD_BOOK_PERIOD, put_period, 0, 0},
    {WORD_BOOK_CODE_OF_THE_AREA_TO_TALK_TO, put_peer_code, 0, 0},
    {WORD_BOOK_AREA_TO_TALK_TO, put_peer, 0, 0},
    {WORD_BOOK_VALUE_OF_THE_AREA, put_learned, offsetof(LearnFrom, value), 0},
    {WORD_BOOK_VALUE_OF_THE_AREA_TO_TALK_TO, put_learned, offsetof(LearnFrom, peer_value), 0},
    {WORD_BOOK_DIFFERENCE, put_learned, offsetof(LearnFrom, difference), 0},
    {WORD_BOOK_Q_OF_THE_DIFFERENCE, put_learned_q, 0, 0},
    {WORD_BOOK_DIFFERENCE_OF_SPENDING, put_spend_difference, 0, 0},
    {WORD_BOOK_CASE_OF_GOOD_PRACTICE, put_practice, 0, 0},
};

static gboolean learn_row(const DataRow *row, gpointer sheet)
{
    sheet_row(sheet, row, learn_sheet, G_N_ELEMENTS(learn_sheet));
    return TRUE;
}

void fill_learn(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, context, table, learn_sheet, G_N_ELEMENTS(learn_sheet));
    data_rows_good_practice(context, learn_row, sheet);
}
