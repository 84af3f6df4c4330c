#include <string.h>

#include "columns.h"
#include "peerline/base/error.h"
#include "peerline/base/text.h"
#include "sheet.h"
#include "table_store.h"

/* Blank cells are filled up: a small file with a header of 16,384 columns must
 * not ask for gigabytes. Real tables stay far below. */
#define CELLS_PER_CELL 8
#define CELLS_ALWAYS   (10 * 1000 * 1000)

typedef struct {
    Sheet *sheet;
    Table *table;
    const BookOptions *options;
    char delimiter;
    GString *joined;
    TableStore *store;
    const char **cells; /* of the open row, by column */
    const char **above; /* of the row last kept */
} Builder;

static gboolean fail(const Builder *b, guint row, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static gboolean fail(const Builder *b, guint row, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *at =
        row ? g_strdup_printf("%s:%u", b->table->file, row) : g_strdup(b->table->file);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", at, what);
    return FALSE;
}

static const SheetRow *row_at(const Builder *b, guint i)
{
    return &g_array_index(b->sheet->rows, SheetRow, i);
}

static const SheetCell *cell_at(const Builder *b, guint i)
{
    return &g_array_index(b->sheet->cells, SheetCell, i);
}

/* ---- one row ------------------------------------------------------------------------------- */

/* Blank in spite of having cells: they were below joined ones. */
static gboolean row_blank(const Builder *b, const SheetRow *row)
{
    for (guint i = row->first; i < row->first + row->n; i++)
        if (*cell_at(b, i)->text)
            return FALSE;
    return TRUE;
}

static const char *row_joined(Builder *b, const SheetRow *row)
{
    g_string_truncate(b->joined, 0);
    guint column = 0;
    for (guint i = row->first; i < row->first + row->n; i++) {
        const SheetCell *cell = cell_at(b, i);
        if (!*cell->text)
            continue;
        for (; column < cell->column; column++)
            g_string_append_c(b->joined, b->delimiter);
        g_autofree char *one_line = strpbrk(cell->text, "\r\n") ? text_squeeze(cell->text) : NULL;
        g_string_append(b->joined, one_line ? one_line : cell->text);
    }
    return b->joined->str;
}

/* FALSE with error only if the pattern gave up. */
static gboolean row_matches(Builder *b, const SheetRow *row, const Pattern *p, gboolean *yes,
                            GError **error)
{
    *yes = FALSE;
    if (!p)
        return TRUE;
    PatternResult result = pattern_match(p, row_joined(b, row));
    *yes = result == PATTERN_YES;
    return result != PATTERN_LIMIT ||
           fail(b, row->number, error,
                "the pattern takes too many steps on this row: '%s' (a simpler pattern)",
                pattern_text(p));
}

/* ---- the header ---------------------------------------------------------------------------- */

static gboolean is_header(Builder *b, const SheetRow *row, gboolean *yes, GError **error)
{
    if (b->options->header)
        return row_matches(b, row, b->options->header, yes, error);
    *yes = !row_blank(b, row) &&
           (b->options->header_row == 0 || row->number == b->options->header_row);
    return TRUE;
}

static gboolean find_header(Builder *b, guint *at, GError **error)
{
    const guint n = b->sheet->rows->len;
    for (*at = 0; *at < n; ++*at) {
        gboolean yes;
        if (!is_header(b, row_at(b, *at), &yes, error))
            return FALSE;
        if (yes)
            return TRUE;
    }
    if (n == 0)
        return fail(b, 0, error, "the sheet is empty (a header and rows)");
    if (b->options->header)
        return fail(b, 0, error,
                    "no header: none of the %u rows with cells matches '%s' (column names)", n,
                    pattern_text(b->options->header));
    return fail(b, 0, error, "no header: row %u of the sheet is blank (column names)",
                b->options->header_row);
}

/* Joined cells give their text to all columns they span. Overlaps end a span, so that the work is
 * bounded by the columns. */
static void spread_joined(const Builder *b, guint32 number, const char **texts)
{
    for (guint k = 0; k < b->sheet->merges->len; k++) {
        const SheetMerge *m = &g_array_index(b->sheet->merges, SheetMerge, k);
        if (m->row != number || !texts[m->column])
            continue;
        const guint32 end = MIN(m->column + MIN(m->columns, SHEET_COLUMNS), SHEET_COLUMNS);
        for (guint32 c = m->column + 1; c < end && !texts[c]; c++)
            texts[c] = texts[m->column];
    }
}

/* Adds the texts of one header row to the names; returns how many columns have a name by it. */
static guint add_header_row(Builder *b, const SheetRow *row, GString **names)
{
    g_autofree const char **texts = g_new0(const char *, SHEET_COLUMNS);
    guint width = 0;
    for (guint i = row->first; i < row->first + row->n; i++)
        if (*cell_at(b, i)->text)
            texts[cell_at(b, i)->column] = cell_at(b, i)->text;
    spread_joined(b, row->number, texts);
    for (guint c = 0; c < SHEET_COLUMNS; c++) {
        if (!texts[c])
            continue;
        if (!names[c])
            names[c] = g_string_new(NULL);
        g_string_append_printf(names[c], " %s", texts[c]);
        width = c + 1;
    }
    return width;
}

/* *at is the header's first row; afterwards the first row below it. */
static void take_header(Builder *b, guint *at)
{
    const guint32 first = row_at(b, *at)->number;
    const guint32 rows = MAX(b->options->header_rows, 1);
    g_autofree GString **names = g_new0(GString *, SHEET_COLUMNS);
    guint width = 0;
    for (; *at < b->sheet->rows->len && row_at(b, *at)->number - first < rows; ++*at) {
        const guint named = add_header_row(b, row_at(b, *at), names);
        width = MAX(width, named);
    }
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    Table *t = b->table;
    t->columns = g_new(char *, width);
    for (; t->n_columns < width; t->n_columns++) {
        GString *name = names[t->n_columns];
        t->columns[t->n_columns] = column_name(seen, name ? name->str : "", t->n_columns + 1);
        if (name)
            g_string_free(name, TRUE);
    }
    b->store = table_store_new(t, b->options->plan);
    b->cells = g_new(const char *, (gsize)width + 1);
    b->above = g_new0(const char *, (gsize)width + 1);
}

/* ---- the rows ------------------------------------------------------------------------------ */

static void put_cells(Builder *b, const guint *kept, guint first, guint last)
{
    for (guint i = first; i < last; i++) {
        const char *text = b->cells[kept[i]];
        table_store_put(b->store, i, text, strlen(text));
    }
}

/* Cells that share a text often stand one below the other. */
static void put_shared_cells(Builder *b, const guint *kept, guint first, guint last)
{
    for (guint i = first; i < last; i++) {
        const char *text = b->cells[kept[i]];
        if (text == b->above[kept[i]]) {
            table_store_put_again(b->store, i);
            continue;
        }
        table_store_put(b->store, i, text, strlen(text));
        b->above[kept[i]] = text;
    }
}

static gboolean add_row(Builder *b, const SheetRow *row, GError **error)
{
    const guint columns = b->table->n_columns;
    const gsize most = CELLS_ALWAYS + (gsize)CELLS_PER_CELL * b->sheet->cells->len;
    if (((gsize)b->table->rows_read + 1) * columns > most)
        return fail(b, row->number, error,
                    "too few cells for so wide a header: %u columns in the header", columns);
    for (guint c = 0; c < columns; c++)
        b->cells[c] = "";
    for (guint i = row->first; i < row->first + row->n; i++)
        if (cell_at(b, i)->column < columns)
            b->cells[cell_at(b, i)->column] = cell_at(b, i)->text;
    guint n_kept;
    const guint *kept = table_store_kept(b->store, &n_kept);
    const guint early = table_store_early(b->store);
    table_store_begin(b->store, row->number, columns);
    put_cells(b, kept, 0, early);
    if (!table_store_wanted(b->store))
        return TRUE;
    put_shared_cells(b, kept, early, n_kept);
    table_store_end(b->store);
    return TRUE;
}

/* Cells beside the table alone make no row of it. */
static gboolean has_cell_of_table(const Builder *b, const SheetRow *row)
{
    for (guint i = row->first; i < row->first + row->n; i++)
        if (cell_at(b, i)->column < b->table->n_columns && *cell_at(b, i)->text)
            return TRUE;
    return FALSE;
}

static gboolean add_rows(Builder *b, guint at, guint32 header_ends, GError **error)
{
    guint32 before = header_ends;
    for (; at < b->sheet->rows->len; at++) {
        const SheetRow *row = row_at(b, at);
        gboolean end, skip;
        if (!has_cell_of_table(b, row))
            continue;
        if (b->options->end_blank && row->number != before + 1)
            return TRUE;
        before = row->number;
        if (!row_matches(b, row, b->options->end, &end, error))
            return FALSE;
        if (end)
            return TRUE;
        if (!row_matches(b, row, b->options->skip, &skip, error) ||
            (!skip && !add_row(b, row, error)))
            return FALSE;
    }
    return TRUE;
}

static gboolean build(Builder *b, GError **error)
{
    guint at;
    if (!sheet_drop_covered(b->sheet))
        return fail(b, 0, error,
                    "too many joined cells, one over the other: found %u (at most one "
                    "over each cell)",
                    b->sheet->merges->len);
    if (!find_header(b, &at, error))
        return FALSE;
    const guint32 header_ends = row_at(b, at)->number + MAX(b->options->header_rows, 1) - 1;
    take_header(b, &at);
    return add_rows(b, at, header_ends, error);
}

Table *sheet_to_table(Sheet *sheet, const char *display_name, const BookOptions *options,
                      GError **error)
{
    g_autoptr(Table) table = g_new0(Table, 1);
    table->file = g_strdup_printf("%s!%s", display_name, sheet->name);
    table->sheet = g_strdup(sheet->name);
    Builder b = {.sheet = sheet,
                 .table = table,
                 .options = options,
                 .delimiter = options->delimiter ? options->delimiter : ',',
                 .joined = g_string_new(NULL)};
    const gboolean ok = build(&b, error);
    if (ok)
        table_store_finish(b.store);
    table_store_free(b.store);
    g_free(b.cells);
    g_free(b.above);
    g_string_free(b.joined, TRUE);
    sheet_free(sheet);
    return ok ? g_steal_pointer(&table) : NULL;
}
