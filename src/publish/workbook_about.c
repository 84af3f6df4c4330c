#include <math.h>
#include <stddef.h>

#include "workbook_sheets.h"

/* A text, or `otherwise` where the study says nothing. */
static void put_text_or(XlsxSheet *sheet, const char *text, const char *otherwise)
{
    xlsx_text(sheet, text && *text ? text : otherwise);
}

/* ---- indicator definitions ---- */

static const SheetColumn indicator_headers[] = {{WORD_BOOK_INDICATOR, NULL, 0, 0},
                                                {WORD_BOOK_IDENTIFIER, NULL, 0, 0},
                                                {WORD_BOOK_DOMAIN, NULL, 0, 0},
                                                {WORD_BOOK_MEASURE, NULL, 0, 0},
                                                {WORD_BOOK_UNIT, NULL, 0, 0},
                                                {WORD_BOOK_NUMERATOR, NULL, 0, 0},
                                                {WORD_BOOK_DENOMINATOR, NULL, 0, 0},
                                                {WORD_BOOK_KIND_OF_FIGURE, NULL, 0, 4},
                                                {WORD_BOOK_WHICH_IS_BETTER, NULL, 0, 0},
                                                {WORD_BOOK_PERIODS, NULL, 0, 0},
                                                {WORD_BOOK_WHY_IT_MATTERS, NULL, 0, 0},
                                                {WORD_BOOK_CAVEATS, NULL, 0, 0},
                                                {WORD_BOOK_OWNER, NULL, 0, 0},
                                                {WORD_BOOK_REVIEWED, NULL, 0, 0},
                                                {WORD_BOOK_PROBLEM, NULL, 0, 0}};

static Word better(Polarity polarity)
{
    static const Word words[N_POLARITIES] = {[POLARITY_NEITHER] = WORD_BOOK_NEITHER,
                                             [POLARITY_LOW] = WORD_BOOK_LOWER,
                                             [POLARITY_HIGH] = WORD_BOOK_HIGHER};
    return words[polarity];
}

static void put_periods(XlsxSheet *sheet, const Study *study, const Series *series)
{
    if (series->n_periods == 0) {
        xlsx_text(sheet, words_label(study, WORD_BOOK_NO_PERIODS));
        return;
    }
    const char *first = series->period_labels[0];
    const char *last = series->period_labels[series->n_periods - 1];
    g_autofree char *text = series->n_periods == 1 ? g_strdup(first)
                                                   : words_plain(study, WORD_PERIOD_RANGE, "first",
                                                                 first, "last", last, NULL);
    xlsx_text(sheet, text);
}

void fill_indicators(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, context, table, indicator_headers, G_N_ELEMENTS(indicator_headers));
    const Study *study = context->study;
    for (guint i = 0; i < context->set->n_indicators; i++) {
        const Indicator *ind = &study->indicators[i];
        const Series *series = &context->set->series[i];
        DataRow row = {.context = context,
                       .indicator = ind,
                       .series = series,
                       .judged = &context->assessment->indicators[i]};
        xlsx_text(sheet, ind->title);
        xlsx_text(sheet, ind->id);
        put_text_or(sheet, ind->domain, "[z]");
        xlsx_text(sheet, words_measure(study, ind->measure));
        put_text_or(sheet, ind->unit, "[z]");
        put_text_or(sheet, ind->numerator_text, "[x]");
        put_text_or(sheet, ind->denominator_text, "[x]");
        put_kind(sheet, &row, NULL);
        xlsx_text(sheet, words_label(study, better(ind->polarity)));
        put_periods(sheet, study, series);
        put_text_or(sheet, ind->why, "[x]");
        put_text_or(sheet, ind->caveats, words_label(study, WORD_BOOK_NONE_STATED));
        put_text_or(sheet, ind->owner, "[x]");
        put_text_or(sheet, ind->reviewed, "[x]");
        put_text_or(sheet, series->problem, words_label(study, WORD_BOOK_NONE));
        xlsx_end_row(sheet);
    }
}

/* ---- sources ---- */

static const SheetColumn source_headers[] = {{WORD_BOOK_SOURCE, NULL, 0, 0},
                                             {WORD_BOOK_PUBLISHER, NULL, 0, 0},
                                             {WORD_BOOK_LICENCE, NULL, 0, 0},
                                             {WORD_BOOK_FILE, NULL, 0, 0},
                                             {WORD_BOOK_PUBLISHED, NULL, 0, 0},
                                             {WORD_BOOK_RETRIEVED, NULL, 0, 0},
                                             {WORD_BOOK_BYTES, NULL, 0, 0},
                                             {WORD_BOOK_ROWS_READ, NULL, 0, 0},
                                             {WORD_BOOK_ROWS_REJECTED, NULL, 0, 0},
                                             {WORD_BOOK_SHA_256, NULL, 0, 0},
                                             {WORD_BOOK_PAGE_OF_THE_SOURCE, NULL, 0, 0},
                                             {WORD_BOOK_NOTE, NULL, 0, 0}};

static void put_page(XlsxSheet *sheet, const Study *study, const Source *source,
                     const SourceUsed *used)
{
    const char *address = source->page ? source->page : used->url;
    if (!address || !*address) {
        xlsx_text(sheet, "[z]");
        return;
    }
    g_autofree char *text = words_plain(study, WORD_BOOK_OPEN_PAGE, "title",
                                        source->title ? source->title : used->id, NULL);
    xlsx_link(sheet, text, address);
}

void fill_sources(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, context, table, source_headers, G_N_ELEMENTS(source_headers));
    for (guint i = 0; i < context->set->n_sources && i < context->study->n_sources; i++) {
        const Source *source = &context->study->sources[i];
        const SourceUsed *used = &context->set->sources[i];
        put_text_or(sheet, source->title, used->id);
        put_text_or(sheet, source->publisher, "[x]");
        put_text_or(sheet, source->licence, "[x]");
        put_text_or(sheet, used->file, "[z]");
        put_text_or(sheet, source->published, "[x]");
        put_text_or(sheet, used->retrieved, "[z]");
        xlsx_number(sheet, (double)used->bytes, 0);
        xlsx_number(sheet, used->rows_read, 0);
        xlsx_number(sheet, used->rows_rejected, 0);
        put_text_or(sheet, used->sha256, "[x]");
        put_page(sheet, context->study, source, used);
        put_text_or(sheet, source->note, words_label(context->study, WORD_BOOK_NONE));
        xlsx_end_row(sheet);
    }
}

/* ---- missing values ---- */

static void put_reason(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    const char *because = observation_reason(row->context->set, row->indicator_index,
                                             row->period_index, row->area_index);
    g_autofree char *said = words_reason(row->context->study, because);
    put_text_or(sheet, said ? said : because,
                words_label(row->context->study, WORD_BOOK_NONE_STATED));
}

static const SheetColumn missing_sheet[] = {
    {WORD_BOOK_INDICATOR, put_indicator, 0, 0}, {WORD_BOOK_AREA_CODE, put_area_code, 0, 0},
    {WORD_BOOK_AREA, put_area, 0, 0},           {WORD_BOOK_PERIOD, put_period, 0, 0},
    {WORD_BOOK_STATUS, put_status, 0, 0},       {WORD_BOOK_REASON, put_reason, 0, 0},
};

typedef struct {
    XlsxSheet *sheet;
    guint rows;
} Missing;

static gboolean missing_row(const DataRow *row, gpointer user_data)
{
    Missing *missing = user_data;
    if (isfinite(row->observation->value))
        return TRUE;
    sheet_row(missing->sheet, row, missing_sheet, G_N_ELEMENTS(missing_sheet));
    return ++missing->rows < XLSX_MOST_ROWS;
}

void fill_missing(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    Missing missing = {sheet, 0};
    sheet_begin(sheet, context, table, missing_sheet, G_N_ELEMENTS(missing_sheet));
    data_rows_grid(context, missing_row, &missing);
}
