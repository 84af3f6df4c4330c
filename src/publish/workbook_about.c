#include <math.h>
#include <stddef.h>

#include "workbook_sheets.h"

/* A text, or `otherwise` where the study says nothing. */
static void put_text_or(XlsxSheet *sheet, const char *text, const char *otherwise)
{
    xlsx_text(sheet, text && *text ? text : otherwise);
}

/* ---- indicator definitions ---- */

static const char *const indicator_headers[] = {
    "Indicator",
    "Identifier",
    "Domain",
    "Measure",
    "Unit",
    "Numerator",
    "Denominator",
    "Kind of figure [note 4]",
    "Which is better",
    "Periods",
    "Why it matters",
    "Caveats",
    "Owner",
    "Reviewed",
    "Problem",
};

static const char *better(Polarity polarity)
{
    static const char *const words[N_POLARITIES] = {
        [POLARITY_NEITHER] = "neither", [POLARITY_LOW] = "lower", [POLARITY_HIGH] = "higher"};
    return words[polarity];
}

static void put_periods(XlsxSheet *sheet, const Series *series)
{
    if (series->n_periods == 0) {
        xlsx_text(sheet, "none");
        return;
    }
    const char *first = series->period_labels[0];
    const char *last = series->period_labels[series->n_periods - 1];
    g_autofree char *text =
        series->n_periods == 1 ? g_strdup(first) : g_strdup_printf("%s to %s", first, last);
    xlsx_text(sheet, text);
}

void fill_indicators(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    xlsx_table(sheet, table, indicator_headers, G_N_ELEMENTS(indicator_headers));
    for (guint i = 0; i < context->set->n_indicators; i++) {
        const Indicator *ind = &context->study->indicators[i];
        const Series *series = &context->set->series[i];
        DataRow row = {.context = context,
                       .indicator = ind,
                       .series = series,
                       .judged = &context->assessment->indicators[i]};
        xlsx_text(sheet, ind->title);
        xlsx_text(sheet, ind->id);
        put_text_or(sheet, ind->domain, "[z]");
        xlsx_text(sheet, measure_name(ind->measure));
        put_text_or(sheet, ind->unit, "[z]");
        put_text_or(sheet, ind->numerator_text, "[x]");
        put_text_or(sheet, ind->denominator_text, "[x]");
        put_kind(sheet, &row, NULL);
        xlsx_text(sheet, better(ind->polarity));
        put_periods(sheet, series);
        put_text_or(sheet, ind->why, "[x]");
        put_text_or(sheet, ind->caveats, "None stated");
        put_text_or(sheet, ind->owner, "[x]");
        put_text_or(sheet, ind->reviewed, "[x]");
        put_text_or(sheet, series->problem, "None");
        xlsx_end_row(sheet);
    }
}

/* ---- sources ---- */

static const char *const source_headers[] = {
    "Source", "Publisher", "Licence",       "File",    "Published",          "Retrieved",
    "Bytes",  "Rows read", "Rows rejected", "SHA-256", "Page of the source", "Note",
};

static void put_page(XlsxSheet *sheet, const Source *source, const SourceUsed *used)
{
    const char *address = source->page ? source->page : used->url;
    if (!address || !*address) {
        xlsx_text(sheet, "[z]");
        return;
    }
    g_autofree char *text = g_strdup_printf("Open %s", source->title ? source->title : used->id);
    xlsx_link(sheet, text, address);
}

void fill_sources(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    xlsx_table(sheet, table, source_headers, G_N_ELEMENTS(source_headers));
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
        put_page(sheet, source, used);
        put_text_or(sheet, source->note, "None");
        xlsx_end_row(sheet);
    }
}

/* ---- missing values ---- */

static void put_reason(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    const char *because = observation_reason(row->context->set, row->indicator_index,
                                             row->period_index, row->area_index);
    put_text_or(sheet, because, "None stated");
}

static const SheetColumn missing_sheet[] = {
    {"Indicator", put_indicator, 0}, {"Area code", put_area_code, 0}, {"Area", put_area, 0},
    {"Period", put_period, 0},       {"Status", put_status, 0},       {"Reason", put_reason, 0},
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
    sheet_begin(sheet, table, missing_sheet, G_N_ELEMENTS(missing_sheet));
    data_rows_grid(context, missing_row, &missing);
}
