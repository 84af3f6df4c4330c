#include "quantity_pass.h"

/* A quantity whose periods are published in several files: each is read by itself, then what they
 * give is put together. */

/** Neither of two sources is believed, as neither of two rows of one is. */
static void clash(Reading *r, QuantityCell *cell, const QuantityCell *other)
{
    const char *key = cell->area == AREA_NATIONAL
                          ? r->study->areas.nation
                          : boundaries_code(r->boundaries, (guint)cell->area);
    g_autofree char *when = period_label(cell->period);
    g_autofree char *text = g_strdup_printf(
        "two sources for one area and period: line %u of %s and line %u of %s both give %s in %s "
        "(one source for each period, or other months of it)",
        cell->first_line, observation_place(r->set, cell->from->source), other->first_line,
        observation_place(r->set, other->from->source), key, when);
    reading_reject_line(r, other->from->source, other->first_line, "duplicate-key", key, text);
    cell->clash = TRUE;
}

/** Months that one file has after the other make up the period. */
static void join(Reading *r, QuantityCell *cell, const QuantityCell *other)
{
    if (!cell->from->gather || (cell->parts & other->parts) != 0) {
        clash(r, cell, other);
        return;
    }
    sum_add(&cell->sum, sum_total(&other->sum) * (other->from->scale / cell->from->scale));
    cell->numbers += other->numbers;
    cell->rows += other->rows;
    cell->parts |= other->parts;
    cell->missing = quantity_graver(cell->missing, other->missing);
    cell->clash = cell->clash || other->clash;
    cell->no_index = cell->no_index || other->no_index;
}

static void join_equal_places(Reading *r, GArray *cells)
{
    guint kept = 0;
    g_array_sort(cells, quantity_compare_cells); /* stable: the first source stays the first */
    for (guint i = 0; i < cells->len; i++) {
        QuantityCell *const all = (QuantityCell *)(void *)cells->data;
        if (kept > 0 && quantity_compare_cells(&all[kept - 1], &all[i]) == 0)
            join(r, &all[kept - 1], &all[i]);
        else
            all[kept++] = all[i];
    }
    g_array_set_size(cells, kept);
}

/** The same age band may have another number in another file. */
static guint band_among(GArray *bands, AgeBand band)
{
    for (guint i = 0; i < bands->len; i++)
        if (age_equal(g_array_index(bands, AgeBand, i), band))
            return i;
    g_array_append_val(bands, band);
    return bands->len - 1;
}

static void add_cells(QuantityCells *all, const QuantityCells *more)
{
    for (guint i = 0; i < more->cells->len; i++) {
        QuantityCell cell = g_array_index(more->cells, QuantityCell, i);
        if (more->bands)
            cell.band = band_among(all->bands, g_array_index(more->bands, AgeBand, cell.band));
        g_array_append_val(all->cells, cell);
    }
}

QuantityCells *quantity_read(Reading *r, const Quantity *q, const Span *span)
{
    g_autoptr(QuantityCells) all = quantity_read_source(r, q, span);
    for (guint i = 0; i < q->n_further; i++) {
        g_autoptr(QuantityCells) more = quantity_read_source(r, &q->further[i], span);
        if (all && more)
            add_cells(all, more);
    }
    if (all && q->n_further > 0)
        join_equal_places(r, all->cells);
    return g_steal_pointer(&all);
}
