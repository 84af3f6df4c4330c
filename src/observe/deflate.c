#include "reading.h"

#include <math.h>

/* Price indices: one number per period. */

typedef struct {
    Period period;
    double index; /* NAN: two rows disagree */
} PriceIndex;

static PriceIndex *find_index(GArray *indices, Period period)
{
    for (guint i = 0; i < indices->len; i++)
        if (period_equal(g_array_index(indices, PriceIndex, i).period, period))
            return &g_array_index(indices, PriceIndex, i);
    return NULL;
}

static gboolean is_marker(const Source *s, const char *text)
{
    gboolean found = *text == '\0';
    for (guint i = 0; i < s->n_missing && !found; i++)
        found = g_str_equal(s->missing[i].text, text);
    return found;
}

static void reject(Reading *r, const Deflator *d, guint row, const char *rule, const char *what,
                   const char *text)
{
    g_autofree char *message = g_strdup_printf("%s: '%s'", what, text);
    reading_reject(r, d->source, row, rule, text, message);
}

static void add_index(Reading *r, const Deflator *d, GArray *indices, guint row, Period period,
                      const char *text)
{
    const Source *s = &r->study->sources[d->source];
    PriceIndex fresh = {.period = period};
    if (is_marker(s, text))
        return;
    if (!number_parse(text, s->thousands, &fresh.index) || !(fresh.index > 0)) {
        reject(r, d, row, "not-a-number", "not a price index (a number above 0)", text);
        return;
    }
    PriceIndex *before = find_index(indices, fresh.period);
    if (!before) {
        g_array_append_val(indices, fresh);
    } else if (before->index != fresh.index) {
        g_autofree char *label = period_label(period);
        reject(r, d, row, "duplicate-key", "two price indices for one period (one)", label);
        before->index = NAN;
    }
}

/** A row per period. */
static void read_rows(Reading *r, const Deflator *d, const BoundFilters *all, GArray *indices)
{
    const Table *t = r->tables[d->source];
    const Source *s = &r->study->sources[d->source];
    const int when = reading_column(r, d->source, s->period.column, &s->where);
    const int index = reading_column(r, d->source, d->index, &d->where);
    for (guint row = 0; when >= 0 && index >= 0 && row < t->n_rows; row++) {
        if (!filters_keep(all, t, row))
            continue;
        const char *text = table_cell(t, row, (guint)when);
        Period period;
        if (reading_period(&s->period, text, &period))
            add_index(r, d, indices, row, period, table_cell(t, row, (guint)index));
        else
            reject(r, d, row, "unknown-period", "period of a price index cannot be read", text);
    }
}

/** A column per period: the rows of the source choose one row. */
static void read_columns(Reading *r, const Deflator *d, const BoundFilters *all, GArray *indices)
{
    const Table *t = r->tables[d->source];
    const Source *s = &r->study->sources[d->source];
    guint found = 0;
    for (guint column = 0; column < t->n_columns; column++) {
        Period period;
        if (pattern_match(s->period_columns, t->columns[column]) != PATTERN_YES)
            continue;
        found++;
        if (!reading_header_period(s, t->columns[column], &period)) {
            diag_add(r->diags, DIAG_ERROR, "unknown-period", s->where.file, s->where.line,
                     s->where.column, "no period in a header of %s: %s (period_columns %s)",
                     t->file, t->columns[column], pattern_text(s->period_columns));
            continue;
        }
        for (guint row = 0; row < t->n_rows; row++)
            if (filters_keep(all, t, row))
                add_index(r, d, indices, row, period, table_cell(t, row, column));
    }
    if (found == 0)
        diag_add(r->diags, DIAG_ERROR, "unknown-column", s->where.file, s->where.line,
                 s->where.column, "no column of %s is a period: %s (period_columns %s)", t->file,
                 t->columns[0], pattern_text(s->period_columns));
}

static GArray *read_indices(Reading *r, const Deflator *d)
{
    const Source *s = &r->study->sources[d->source];
    GArray *indices = g_array_new(FALSE, FALSE, sizeof(PriceIndex));
    g_autoptr(BoundFilters) all = filters_bind(r, d->source, &s->rows);
    if (all && s->shape == SHAPE_WIDE_BY_PERIOD)
        read_columns(r, d, all, indices);
    else if (all)
        read_rows(r, d, all, indices);
    return indices;
}

void reading_deflate(Reading *r, const Deflator *d, GArray *cells)
{
    g_autoptr(GArray) indices = read_indices(r, d);
    const PriceIndex *to = find_index(indices, d->to);
    if (!to || isnan(to->index)) {
        g_autofree char *label = period_label(d->to);
        if (indices->len > 0)
            diag_add(r->diags, DIAG_ERROR, "unknown-period", d->where.file, d->where.line,
                     d->where.column,
                     "no price index for the period to deflate to: %s in source %s (a period that "
                     "it has)",
                     label, r->study->sources[d->source].id);
        else if (diagnostics_count(r->diags, DIAG_ERROR) == 0)
            diag_add(r->diags, DIAG_ERROR, "empty-source", d->where.file, d->where.line,
                     d->where.column, "no price index in source %s: no row fits its filters",
                     r->study->sources[d->source].id);
    }
    for (guint i = 0; i < cells->len; i++) {
        QuantityCell *cell = &g_array_index(cells, QuantityCell, i);
        const PriceIndex *own = find_index(indices, cell->period);
        cell->no_index = !to || !own || isnan(own->index);
        cell->index = cell->no_index ? NAN : own->index;
        cell->index_to = to ? to->index : NAN;
    }
}
