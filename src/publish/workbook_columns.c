#include <math.h>
#include <stddef.h>

#include "workbook_sheets.h"

const char *mark_of_status(Status status)
{
    static const char *const marks[N_STATUS] = {
        [STATUS_SUPPRESSED] = "[c]",
        [STATUS_NOT_APPLICABLE] = "[z]",
        [STATUS_ZERO_DENOMINATOR] = "[z]",
    };
    return marks[status] ? marks[status] : "[x]";
}

void put_number_or(XlsxSheet *sheet, double x, int decimals, const char *mark)
{
    if (isfinite(x))
        xlsx_number(sheet, x, decimals);
    else
        xlsx_mark(sheet, mark);
}

/* Excel takes 255 characters, and the number of a name that was there may have to be added. */
#define MOST_HEADER 240

GHashTable *sheet_headers_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

char *sheet_header_once(GHashTable *seen, const char *text)
{
    g_autofree char *base = g_utf8_strlen(text, -1) > MOST_HEADER
                                ? g_utf8_substring(text, 0, MOST_HEADER)
                                : g_strdup(text);
    char *header = g_strdup(base);
    for (guint n = 2; !g_hash_table_add(seen, g_utf8_casefold(header, -1)); n++) {
        g_free(header);
        header = g_strdup_printf("%s (%u)", base, n);
    }
    return header;
}

void sheet_begin(XlsxSheet *sheet, const ReportContext *context, const char *table,
                 const SheetColumn *columns, guint n)
{
    g_auto(GStrv) headers = g_new0(char *, n + 1);
    g_autoptr(GHashTable) seen = sheet_headers_new();
    for (guint c = 0; c < n; c++) {
        const char *header = words_label(context->study, columns[c].header);
        g_autofree char *note = note_name(context->study, columns[c].note);
        g_autofree char *noted = g_strdup_printf("%s [%s]", header, note);
        headers[c] = sheet_header_once(seen, columns[c].note ? noted : header);
    }
    xlsx_table(sheet, table, (const char *const *)headers, n);
}

char *note_name(const Study *study, guint note)
{
    return words_plain(study, WORD_BOOK_NOTE_NAME, "#n", GUINT_TO_POINTER(note), NULL);
}

void sheet_row(XlsxSheet *sheet, const DataRow *row, const SheetColumn *columns, guint n)
{
    for (guint c = 0; c < n; c++)
        columns[c].put(sheet, row, &columns[c]);
    xlsx_end_row(sheet);
}

void put_indicator(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->indicator->title);
}

void put_period(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->series->period_labels[row->period_index]);
}

void put_area_code(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->area->code);
}

void put_area(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    xlsx_text(sheet, row->area->name);
}

/* Why a figure that belongs to this cell of the grid is not there. */
const char *mark_of_row(const DataRow *row)
{
    Status status = row->observation->status;
    return status_is_missing(status) ? mark_of_status(status) : "[z]";
}

void put_observed(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    put_number_or(sheet, DATA_MEMBER(double, row->observation, column), row->indicator->decimals,
                  mark_of_row(row));
}

void put_judged(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    put_number_or(sheet, DATA_MEMBER(double, row->verdict, column), row->indicator->decimals,
                  mark_of_row(row));
}

void put_of_period(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    put_number_or(sheet, DATA_MEMBER(double, row->summary, column), row->indicator->decimals,
                  "[x]");
}

void put_small(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    put_number_or(sheet, DATA_MEMBER(double, row->verdict, column), 3, mark_of_row(row));
}

void put_rank(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    guint rank = DATA_MEMBER(guint, row->verdict, column);
    put_number_or(sheet, rank ? (double)rank : NAN, 0, mark_of_row(row));
}

void put_count(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    xlsx_number(sheet, DATA_MEMBER(guint, row->summary, column), 0);
}

void put_direction(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    static const Word words[] = {[DIRECTION_LOWER] = WORD_BOOK_LOWER,
                                 [DIRECTION_SIMILAR] = WORD_BOOK_SIMILAR,
                                 [DIRECTION_HIGHER] = WORD_BOOK_HIGHER};
    const Direction direction = DATA_MEMBER(Direction, row->verdict, column);
    xlsx_text(sheet, direction == DIRECTION_UNKNOWN
                         ? mark_of_row(row)
                         : words_label(row->context->study, words[direction]));
}

void put_status(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    Status status = row->observation->status;
    xlsx_text(sheet, words_status(row->context->study, status));
}

void put_kind(XlsxSheet *sheet, const DataRow *row, const SheetColumn *column)
{
    (void)column;
    static const Word words[N_KINDS] = {
        [KIND_COUNTS] = WORD_BOOK_INDEPENDENT_EVENTS,
        [KIND_PUBLISHED] = WORD_BOOK_PUBLISHED_ESTIMATE,
        [KIND_CLUSTERED] = WORD_BOOK_EVENTS_THAT_COME_IN_RUNS,
        [KIND_NONE] = WORD_BOOK_NO_SAMPLING_ERROR_KNOWN,
    };
    const gboolean by_age =
        measure_by_age(row->indicator->measure) && row->judged->kind == KIND_PUBLISHED;
    const Word word = by_age ? WORD_BOOK_FROM_THE_EVENTS_AT_EACH_AGE : words[row->judged->kind];
    xlsx_text(sheet, words_label(row->context->study, word));
}
