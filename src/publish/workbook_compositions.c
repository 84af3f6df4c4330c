#include <math.h>

#include "workbook_sheets.h"

/* What amounts are made of: a row for each part of each area's amount. */

/* Beyond this a workbook takes minutes to open. */
#define MOST_PARTS 100000u

static const SheetColumn headers[] = {{WORD_BOOK_COMPOSITION, NULL, 0, 0},
                                      {WORD_BOOK_PERIOD, NULL, 0, 0},
                                      {WORD_BOOK_UNIT, NULL, 0, 0},
                                      {WORD_BOOK_AREA_CODE, NULL, 0, 0},
                                      {WORD_BOOK_AREA, NULL, 0, 0},
                                      {WORD_BOOK_PART, NULL, 0, 0},
                                      {WORD_BOOK_AMOUNT, NULL, 0, 0},
                                      {WORD_BOOK_VALUE, NULL, 0, 0},
                                      {WORD_BOOK_PER_CENT_OF_THE_TOTAL, NULL, 0, 0},
                                      {WORD_BOOK_PER_CENT_AT_THE_PEERS, NULL, 0, 0},
                                      {WORD_BOOK_PER_CENT_NATIONALLY, NULL, 0, 0},
                                      {WORD_BOOK_STATUS, NULL, 0, 0}};

gboolean compositions_fit(const ReportContext *context)
{
    guint64 n = 0;
    for (guint k = 0; k < context->set->n_made; k++)
        n += (guint64)context->study->compositions[k].n_parts * context->set->n_areas;
    return n <= MOST_PARTS;
}

static void put_part(XlsxSheet *sheet, const DataRow *row)
{
    const Composition *what = row->composition;
    const Made *made = row->made;
    const gsize at = (gsize)row->area_index * what->n_parts + row->part_index;
    const MadeFigure *figure = &made->figures[at];
    const MadeGroup *peers =
        assessment_made_peers(row->context->assessment, row->composition_index, row->area_index);
    const Status status = figure->status;
    const Status share = made_share_status(what, made, row->area_index);
    const double x = figure->number;
    put_number_or(sheet, x, isfinite(x) && x != floor(x) ? 2 : 0, mark_of_status(status));
    put_number_or(sheet, made->parts[at], what->decimals, mark_of_status(status));
    put_number_or(sheet, made->shares[at], 1, mark_of_status(share));
    put_number_or(sheet, peers ? peers->shares[row->part_index] : NAN, 1, "[x]");
    put_number_or(sheet, made->groups[0].shares[row->part_index], 1, "[x]");
    xlsx_text(sheet, words_status(row->context->study, status));
}

static gboolean part_row(const DataRow *row, gpointer data)
{
    XlsxSheet *sheet = data;
    const Composition *what = row->composition;
    xlsx_text(sheet, what->title);
    xlsx_text(sheet, row->made->period_text);
    xlsx_text(sheet, what->unit);
    xlsx_text(sheet, row->area->code);
    xlsx_text(sheet, row->area->name);
    xlsx_text(sheet, what->parts[row->part_index].title);
    put_part(sheet, row);
    xlsx_end_row(sheet);
    return TRUE;
}

void fill_compositions(XlsxSheet *sheet, const char *table, const ReportContext *context)
{
    sheet_begin(sheet, context, table, headers, G_N_ELEMENTS(headers));
    composition_table.rows(context, part_row, sheet);
}
