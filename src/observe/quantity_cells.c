#include "quantity_pass.h"

#include <string.h>

static Slot *slot_at(Pass *p, Period period)
{
    for (guint i = 0; i < p->slots->len; i++) {
        const guint k = (p->last_slot + i) % p->slots->len;
        if (period_equal(g_array_index(p->slots, Slot, k).period, period)) {
            p->last_slot = k;
            return &g_array_index(p->slots, Slot, k);
        }
    }
    const Slot fresh = {.period = period, .bands = g_ptr_array_new_with_free_func(g_free)};
    g_array_append_val(p->slots, fresh);
    p->last_slot = p->slots->len - 1;
    return &g_array_index(p->slots, Slot, p->last_slot);
}

static QuantityCell *cell_at(Pass *p, const Place *at)
{
    Slot *slot = slot_at(p, at->period);
    while (slot->bands->len <= at->band)
        g_ptr_array_add(slot->bands, g_new0(guint, boundaries_places(p->r->boundaries) + 1));
    guint *place = (guint *)slot->bands->pdata[at->band] + (at->area + 1);
    if (*place == 0) {
        const QuantityCell fresh = {
            .from = p->q, .period = at->period, .area = at->area, .band = at->band};
        g_array_append_val(p->cells, fresh);
        *place = p->cells->len;
    }
    return &g_array_index(p->cells, QuantityCell, *place - 1);
}

Status quantity_graver(Status a, Status b)
{
    static const guint weight[N_STATUS] = {
        [STATUS_NOT_REPORTED] = 1,   [STATUS_NOT_APPLICABLE] = 2,   [STATUS_BOUNDARY_CHANGE] = 3,
        [STATUS_NO_DENOMINATOR] = 3, [STATUS_ZERO_DENOMINATOR] = 3, [STATUS_REJECTED] = 4,
        [STATUS_SUPPRESSED] = 5}; /* nothing may hide that one part is suppressed */
    return weight[b] > weight[a] ? b : a;
}

static gboolean find_marker(const Source *s, const char *text, Status *status)
{
    for (guint i = 0; i < s->n_missing; i++)
        if (strcmp(s->missing[i].text, text) == 0) {
            *status = s->missing[i].status;
            return TRUE;
        }
    return FALSE;
}

/** The number in a cell; FALSE with the reason where there is none. */
static gboolean read_number(Pass *p, guint row, guint column, double *number, Status *why)
{
    const char *text = table_cell(p->t, row, column);
    if (column >= p->t->n_fields[row]) {
        reading_reject(p->r, p->q->source, row, "row-too-short", text,
                       "the row ends before the column that is needed");
        *why = STATUS_REJECTED;
        return FALSE;
    }
    *number = 0;
    if (*text == '\0') {
        *why = p->source->blank;
        return p->source->blank_is_zero;
    }
    if (find_marker(p->source, text, why))
        return FALSE;
    if (number_parse(text, p->source->thousands, number))
        return TRUE;
    g_autofree char *message = g_strdup_printf(
        "not a number in column %s: %s (a number%s, or one of the source's missing "
        "markers)",
        p->t->columns[column], text, p->source->thousands ? "" : " without thousands commas");
    reading_reject(p->r, p->q->source, row, "not-a-number", text, message);
    *why = STATUS_REJECTED;
    return FALSE;
}

static gpointer part_key(const Pass *p, const QuantityCell *cell, guint month)
{
    const gsize index = (gsize)(cell - (const QuantityCell *)(gpointer)p->cells->data);
    return GSIZE_TO_POINTER(index * 64 + month);
}

static void remember_part(Pass *p, guint row, const QuantityCell *cell, guint64 part)
{
    for (guint month = 0; month < 64; month++)
        if (part >> month & 1)
            g_hash_table_insert(p->part_lines, part_key(p, cell, month),
                                GUINT_TO_POINTER(p->t->line[row]));
}

/** The line that gave a part of the cell first. */
static guint line_of_part(const Pass *p, const QuantityCell *cell, guint64 part)
{
    const guint64 common = cell->parts & part;
    for (guint month = 0; p->part_lines && month < 64; month++)
        if (common >> month & 1)
            return GPOINTER_TO_UINT(g_hash_table_lookup(p->part_lines, part_key(p, cell, month)));
    return cell->first_line;
}

/** Two rows for one area and period where the definition promises one: neither is believed. */
static void note_clash(Pass *p, guint row, guint column, const Place *at, QuantityCell *cell)
{
    g_autofree char *label = period_label(at->found);
    const guint first = line_of_part(p, cell, at->part), second = p->t->line[row];
    g_autofree char *message =
        first == second
            ? g_strdup_printf("two columns for one area and period: on line %u column %s is a "
                              "second one for %s in %s (one column, or sum: true)",
                              second, p->t->columns[column], at->key, label)
            : g_strdup_printf("two rows for one area and period: lines %u and %u both give %s in "
                              "%s (one row, or sum: true)",
                              first, second, at->key, label);
    reading_reject(p->r, p->q->source, row, "duplicate-key", at->key, message);
    cell->clash = TRUE;
}

static void add_to_cell(Pass *p, guint row, guint column, QuantityCell *cell)
{
    double number;
    Status why = STATUS_NOT_REPORTED;
    if (read_number(p, row, column, &number, &why)) {
        sum_add(&cell->sum, number);
        cell->numbers++;
    } else {
        cell->missing = quantity_graver(cell->missing, why);
    }
}

static void add_columns(Pass *p, guint row, const Place *at, guint first_column, guint n_columns)
{
    QuantityCell *cell = cell_at(p, at);
    if (!p->q->sum && cell->rows > 0 && (cell->parts & at->part) != 0)
        note_clash(p, row, g_array_index(p->columns, guint, first_column), at, cell);
    if (cell->rows == 0)
        cell->first_line = p->t->line[row];
    cell->rows++;
    if (p->part_lines)
        remember_part(p, row, cell, at->part & ~cell->parts);
    cell->parts |= at->part;
    for (guint c = first_column; c < first_column + n_columns; c++)
        add_to_cell(p, row, g_array_index(p->columns, guint, c), cell);
}

void pass_add_row(Pass *p, guint row, Place at, guint group)
{
    if (p->column_area || p->column_period) {
        add_columns(p, row, &at, group, 1);
    } else if (p->column_band) {
        for (guint c = 0; c < p->columns->len; c++) {
            at.band = p->column_band[c];
            add_columns(p, row, &at, c, 1);
        }
    } else {
        add_columns(p, row, &at, 0, p->columns->len);
    }
}
