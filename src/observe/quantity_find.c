#include "quantity_pass.h"

#include <math.h>

int quantity_compare_cells(gconstpointer va, gconstpointer vb)
{
    const QuantityCell *a = va, *b = vb;
    const int order = period_compare(a->period, b->period);
    if (order)
        return order;
    return a->area != b->area ? (a->area < b->area ? -1 : 1)
                              : (a->band > b->band) - (a->band < b->band);
}

void quantity_cells_free(QuantityCells *c)
{
    if (!c)
        return;
    g_array_unref(c->cells);
    if (c->bands)
        g_array_unref(c->bands);
    g_free(c);
}

const QuantityCell *quantity_find(const QuantityCells *c, Period period, int area)
{
    return quantity_find_band(c, period, area, 0);
}

const QuantityCell *quantity_find_band(const QuantityCells *c, Period period, int area, guint band)
{
    const QuantityCell key = {.period = period, .area = area, .band = band};
    guint at;
    if (!c || !g_array_binary_search(c->cells, &key, quantity_compare_cells, &at))
        return NULL;
    return &g_array_index(c->cells, QuantityCell, at);
}

gboolean quantity_has(const QuantityCells *c, Period period, int area)
{
    for (guint band = 0; c && band < (c->bands ? c->bands->len : 1); band++)
        if (quantity_find_band(c, period, area, band))
            return TRUE;
    return FALSE;
}

int quantity_source(const QuantityCells *c, const Quantity *q, Period period)
{
    guint low = 0, high = c && q->n_further > 0 ? c->cells->len : 0;
    const guint n = high;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (period_compare(g_array_index(c->cells, QuantityCell, middle).period, period) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const QuantityCell *first = low < n ? &g_array_index(c->cells, QuantityCell, low) : NULL;
    return first && period_equal(first->period, period) ? first->from->source : q->source;
}

static gboolean is_complete(const QuantityCell *cell)
{
    const guint months = (guint)cell->period.months;
    if (!cell->from->gather || months >= 64)
        return TRUE;
    const guint64 all = (G_GUINT64_CONSTANT(1) << months) - 1;
    return (cell->parts & all) == all;
}

double quantity_number(const QuantityCell *cell, Status *status)
{
    *status = STATUS_NOT_REPORTED;
    if (!cell)
        return NAN;
    if (cell->clash)
        *status = STATUS_REJECTED;
    else if (cell->missing != STATUS_OK)
        *status = cell->missing;
    else if (cell->numbers > 0 && is_complete(cell) && !cell->no_index) {
        const double number = cell->from->scale * sum_total(&cell->sum);
        *status = STATUS_OK;
        return cell->from->deflates ? number * cell->index_to / cell->index : number;
    }
    return NAN;
}
