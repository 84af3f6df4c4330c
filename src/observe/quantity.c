#include "quantity_pass.h"

static void slot_clear(gpointer data)
{
    g_ptr_array_unref(((Slot *)data)->bands);
}

static void pass_clear(Pass *p)
{
    g_array_unref(p->columns);
    g_free(p->column_area);
    if (p->column_period)
        g_array_unref(p->column_period);
    g_free(p->column_band);
    g_hash_table_unref(p->ages);
    g_hash_table_unref(p->periods);
    g_array_unref(p->slots);
    if (p->part_lines)
        g_hash_table_unref(p->part_lines);
    if (p->cells)
        g_array_unref(p->cells);
    if (p->bands)
        g_array_unref(p->bands);
}

static void reject_area(Pass *p, guint row, const char *key)
{
    g_autofree char *near = reading_nearest_names(p->r, p->q->source, key);
    g_autofree char *message = g_strdup_printf(
        "area key is not in the register: '%s' (a code of the register, or one that "
        "recode, joins, national or ignore lead to%s%s)",
        key, near ? "; " : "", near ? near : "");
    reading_reject(p->r, p->q->source, row, "unknown-area", key, message);
}

static void reject_period(Pass *p, guint row)
{
    const char *text = table_cell(p->t, row, (guint)p->period_column);
    g_autofree char *message =
        g_strdup_printf("period cannot be read: '%s' (as the source's period rule says)", text);
    reading_reject(p->r, p->q->source, row, "unknown-period", text, message);
}

static void add_to_place(Pass *p, guint row, Place at, Period found, guint group)
{
    at.found = found;
    at.area = reading_area(p->r, p->q->source, at.key, found);
    if (at.area == AREA_UNKNOWN)
        reject_area(p, row, at.key);
    else if (at.area != AREA_IGNORED)
        pass_add_row(p, row, at, group);
}

static void add_row_of_periods(Pass *p, guint row)
{
    Place at = {.key = table_cell(p->t, row, (guint)p->area_column)};
    if (!pass_row_band(p, row, &at.band))
        return;
    for (guint g = 0; g < p->columns->len; g++) {
        const Period found = g_array_index(p->column_period, Period, g);
        if (pass_target_period(p, found, &at.period, &at.part))
            add_to_place(p, row, at, found, g);
    }
}

static void add_row(Pass *p, guint row)
{
    const Period *found = pass_row_period(p, row);
    Place at = {0};
    if (!found) {
        reject_period(p, row);
        return;
    }
    if (!pass_target_period(p, *found, &at.period, &at.part) || !pass_row_band(p, row, &at.band))
        return;
    const guint groups = p->column_area ? p->columns->len : 1;
    for (guint g = 0; g < groups; g++) {
        at.key = p->column_area ? p->column_area[g] : table_cell(p->t, row, (guint)p->area_column);
        add_to_place(p, row, at, *found, g);
    }
}

QuantityCells *quantity_read_source(Reading *r, const Quantity *q, const Span *span)
{
    if (q->source < 0 || !r->tables[q->source])
        return NULL;
    Pass p = {.r = r,
              .q = q,
              .source = &r->study->sources[q->source],
              .t = r->tables[q->source],
              .span = span,
              .columns = g_array_new(FALSE, FALSE, sizeof(guint)),
              .ages = g_hash_table_new(g_str_hash, g_str_equal),
              .bands = q->by_age ? g_array_new(FALSE, FALSE, sizeof(AgeBand)) : NULL,
              .periods = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
              .slots = g_array_new(FALSE, FALSE, sizeof(Slot)),
              .cells = g_array_new(FALSE, FALSE, sizeof(QuantityCell)),
              .part_lines = q->gather && !q->sum ? g_hash_table_new(NULL, NULL) : NULL};
    g_array_set_clear_func(p.slots, slot_clear);
    g_autoptr(BoundFilters) all = filters_bind(r, q->source, &p.source->rows);
    g_autoptr(BoundFilters) own = filters_bind(r, q->source, &q->rows);
    QuantityCells *result = NULL;
    if (pass_bind(&p) && all && own) {
        for (guint row = 0; row < p.t->n_rows; row++)
            if (filters_keep(all, p.t, row) && filters_keep(own, p.t, row))
                (p.column_period ? add_row_of_periods : add_row)(&p, row);
        g_array_sort(p.cells, quantity_compare_cells);
        if (q->deflates)
            reading_deflate(r, &q->deflate, p.cells);
        result = g_new(QuantityCells, 1);
        result->cells = g_steal_pointer(&p.cells);
        result->bands = g_steal_pointer(&p.bands);
    }
    pass_clear(&p);
    return result;
}
