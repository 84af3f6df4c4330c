#include "peerline/base/text.h"
#include "reading.h"

enum { UNKNOWN, HOLDS, FAILS };

/** A filter with its column's place in the table. */
typedef struct {
    const RowFilter *filter;
    int column;
    guint8 *known; /**< what it says of each text of the column, by its code */
} BoundFilter;

struct BoundFilters {
    guint n;
    BoundFilter items[];
};

typedef gboolean (*FilterTest)(const RowFilter *f, const char *cell);

static gboolean test_match(const RowFilter *f, const char *cell)
{
    return pattern_match(f->pattern, cell) == PATTERN_YES;
}

static gboolean test_not_match(const RowFilter *f, const char *cell)
{
    return pattern_match(f->pattern, cell) == PATTERN_NO;
}

static gboolean test_blank(const RowFilter *f, const char *cell)
{
    (void)f;
    return cell[0] == '\0';
}

static gboolean test_not_blank(const RowFilter *f, const char *cell)
{
    (void)f;
    return cell[0] != '\0';
}

static gboolean test_in(const RowFilter *f, const char *cell)
{
    return g_strv_contains((const char *const *)f->values, cell);
}

static const FilterTest TESTS[] = {
    [FILTER_MATCH] = test_match, [FILTER_NOT_MATCH] = test_not_match,
    [FILTER_BLANK] = test_blank, [FILTER_NOT_BLANK] = test_not_blank,
    [FILTER_IN] = test_in,
};

gboolean filter_holds(gconstpointer filter, const char *cell)
{
    const RowFilter *f = filter;
    return TESTS[f->test](f, cell);
}

int reading_column(Reading *r, int source, const char *name, const Where *where)
{
    const Table *t = r->tables[source];
    const int column = table_column(t, name);
    if (column >= 0)
        return column;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint c = 0; c < t->n_columns; c++)
        g_ptr_array_add(names, t->columns[c]);
    g_ptr_array_add(names, NULL);
    const char *near = text_nearest(name, (const char *const *)names->pdata);
    if (near)
        diag_add(r->diags, DIAG_ERROR, "unknown-column", where->file, where->line, where->column,
                 "no such column in %s: %s (did you mean %s?)", t->file, name, near);
    else
        diag_add(r->diags, DIAG_ERROR, "unknown-column", where->file, where->line, where->column,
                 "no such column in %s: %s (its columns begin with %s, %s)", t->file, name,
                 t->columns[0], t->n_columns > 1 ? t->columns[1] : "nothing else");
    return -1;
}

BoundFilters *filters_bind(Reading *r, int source, const RowFilters *filters)
{
    BoundFilters *b = g_malloc0(sizeof *b + filters->n * sizeof b->items[0]);
    gboolean good = TRUE;
    b->n = filters->n;
    for (guint i = 0; i < filters->n; i++) {
        const RowFilter *f = &filters->items[i];
        const int column = reading_column(r, source, f->column, &f->where);
        b->items[i] = (BoundFilter){.filter = f, .column = column};
        good = good && column >= 0;
        if (column >= 0)
            b->items[i].known = g_new0(guint8, table_codes(r->tables[source], (guint)column));
    }
    if (good)
        return b;
    filters_free(b);
    return NULL;
}

gboolean filters_keep(const BoundFilters *b, const Table *t, guint row)
{
    for (guint i = 0; i < b->n; i++) {
        const BoundFilter *f = &b->items[i];
        const guint column = (guint)f->column;
        guint8 *known = &f->known[table_code(t, row, column)];
        if (*known == UNKNOWN)
            *known = filter_holds(f->filter, table_cell(t, row, column)) ? HOLDS : FAILS;
        if (*known == FAILS)
            return FALSE;
    }
    return TRUE;
}

void filters_free(BoundFilters *b)
{
    for (guint i = 0; b && i < b->n; i++)
        g_free(b->items[i].known);
    g_free(b);
}
