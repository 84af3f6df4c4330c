#include "reading.h"

#include <math.h>
#include <string.h>

/** The cells of one period: which of all cells belongs to which area. */
typedef struct {
    Period period;
    guint *cell; /**< [area + 1]: index + 1 into cells; 0 = none yet; [0] is the nation */
} Slot;

/** One pass over one source for one quantity. */
typedef struct {
    Reading *r;
    const Quantity *q;
    const Source *source;
    const Table *t;
    const Span *span;
    int area_column, period_column;
    GArray *columns;          /**< guint: columns that hold numbers */
    const char **column_area; /**< wide by area: key of each of them, in the same order */
    GHashTable *periods;      /**< text of a period cell -> Period*, NULL value = unreadable */
    gboolean has_fixed;
    Period fixed;             /**< from a constant or the file's name */
    GArray *slots, *cells;
    guint last_slot;
} Pass;

static void slot_clear(gpointer data)
{
    g_free(((Slot *)data)->cell);
}

static void pass_clear(Pass *p)
{
    g_array_unref(p->columns);
    g_free(p->column_area);
    g_hash_table_unref(p->periods);
    g_array_unref(p->slots);
    if (p->cells)
        g_array_unref(p->cells);
}

/* ---- binding the definition to the table ------------------------------------------------------ */

static gboolean bind_area_columns(Pass *p)
{
    static const char *const names[] = {"area", NULL};
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (guint c = 0; c < p->t->n_columns; c++) {
        char *key = NULL;
        if (pattern_capture(p->source->area_columns, p->t->columns[c], names, &key) == PATTERN_YES &&
            key) {
            g_array_append_val(p->columns, c);
            g_ptr_array_add(keys, observation_set_string(p->r->set, key));
        }
        g_free(key);
    }
    p->column_area = g_new(const char *, keys->len + 1);
    for (guint i = 0; i < keys->len; i++)
        p->column_area[i] = keys->pdata[i];
    if (keys->len == 0)
        diag_add(p->r->diags, DIAG_ERROR, "unknown-column", p->source->where.file,
                 p->source->where.line, p->source->where.column,
                 "no column of %s is an area: pattern %s (its columns begin with %s)", p->t->file,
                 pattern_text(p->source->area_columns), p->t->columns[0]);
    return keys->len > 0;
}

static gboolean bind_value_columns(Pass *p)
{
    for (guint c = 0; c < p->t->n_columns; c++)
        if (pattern_match(p->q->columns, p->t->columns[c]) == PATTERN_YES)
            g_array_append_val(p->columns, c);
    if (p->columns->len == 0)
        /* the message with the nearest name is the helpful one */
        return reading_column(p->r, p->q->source, pattern_text(p->q->columns), &p->q->where) >= 0;
    if (p->columns->len == 1 || p->q->sum)
        return TRUE;
    diag_add(p->r->diags, DIAG_ERROR, "ambiguous-column", p->q->where.file, p->q->where.line,
             p->q->where.column,
             "%u columns of %s fit: pattern %s (one column, or sum: true to add them up)",
             p->columns->len, p->t->file, pattern_text(p->q->columns));
    return FALSE;
}

static gboolean bind_period(Pass *p)
{
    const PeriodRule *rule = &p->source->period;
    if (rule->has_constant) {
        p->fixed = rule->constant;
    } else if (rule->file_pattern) {
        if (!period_read(p->source->file, rule->kind, rule->file_pattern, &p->fixed)) {
            diag_add(p->r->diags, DIAG_ERROR, "unknown-period", p->source->where.file,
                     p->source->where.line, p->source->where.column,
                     "file name holds no period: %s (pattern %s)", p->source->file,
                     pattern_text(rule->file_pattern));
            return FALSE;
        }
    } else {
        p->period_column =
            reading_column(p->r, p->q->source, rule->column, &p->source->where);
        return p->period_column >= 0;
    }
    p->has_fixed = TRUE;
    return TRUE;
}

static gboolean pass_bind(Pass *p)
{
    if (!bind_period(p))
        return FALSE;
    if (p->source->shape == SHAPE_WIDE_BY_AREA)
        return bind_area_columns(p);
    p->area_column =
        reading_column(p->r, p->q->source, p->source->area.column, &p->source->where);
    return bind_value_columns(p) && p->area_column >= 0;
}

/* ---- periods ---------------------------------------------------------------------------------- */

static const Period *read_period(Pass *p, guint row)
{
    if (p->has_fixed)
        return &p->fixed;
    const char *text = table_cell(p->t, row, (guint)p->period_column);
    gpointer known;
    if (g_hash_table_lookup_extended(p->periods, text, NULL, &known))
        return known;
    const PeriodRule *rule = &p->source->period;
    Period period;
    const gboolean good = rule->has_kind || rule->pattern
                              ? period_read(text, rule->kind, rule->pattern, &period)
                              : period_parse(text, &period);
    Period *kept = good ? g_memdup2(&period, sizeof period) : NULL;
    g_hash_table_insert(p->periods, (gpointer)text, kept);
    return kept;
}

static gboolean within_span(const Span *s, Period period)
{
    return (!s->has_from || period.start >= s->from.start) &&
           (!s->has_to || period.start + period.months <= s->to.start + s->to.months);
}

/** The period a row counts for, after gathering; FALSE where it is not wanted. `part` is the
 *  months it covers, as bits. */
static gboolean target_period(const Pass *p, Period found, Period *target, guint64 *part)
{
    guint first = 0;
    *target = found;
    if (p->q->gather && !period_containing(found, p->q->gather_into, target, &first))
        return FALSE;
    const guint months = (guint)found.months;
    *part = (months >= 64 ? ~G_GUINT64_CONSTANT(0) : (G_GUINT64_CONSTANT(1) << months) - 1) << first;
    return within_span(p->span, *target);
}

/* ---- cells ------------------------------------------------------------------------------------ */

static QuantityCell *cell_at(Pass *p, Period period, int area)
{
    Slot *slot = NULL;
    for (guint i = 0; i < p->slots->len && !slot; i++) {
        const guint k = (p->last_slot + i) % p->slots->len;
        if (period_equal(g_array_index(p->slots, Slot, k).period, period)) {
            slot = &g_array_index(p->slots, Slot, k);
            p->last_slot = k;
        }
    }
    if (!slot) {
        const Slot fresh = {.period = period, .cell = g_new0(guint, p->r->set->n_areas + 1)};
        g_array_append_val(p->slots, fresh);
        p->last_slot = p->slots->len - 1;
        slot = &g_array_index(p->slots, Slot, p->last_slot);
    }
    guint *place = &slot->cell[area + 1];
    if (*place == 0) {
        const QuantityCell fresh = {.period = period, .area = area};
        g_array_append_val(p->cells, fresh);
        *place = p->cells->len;
    }
    return &g_array_index(p->cells, QuantityCell, *place - 1);
}

/** Which of two reasons for a missing part is told for the whole. */
static Status graver(Status a, Status b)
{
    static const guint weight[N_STATUS] = {
        [STATUS_NOT_REPORTED] = 1,    [STATUS_NOT_APPLICABLE] = 2, [STATUS_BOUNDARY_CHANGE] = 3,
        [STATUS_NO_DENOMINATOR] = 3,  [STATUS_ZERO_DENOMINATOR] = 3, [STATUS_SUPPRESSED] = 4,
        [STATUS_REJECTED] = 5};
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
    g_autofree char *message =
        g_strdup_printf("not a number in column %s: %s (a number%s, or one of the source's missing "
                        "markers)",
                        p->t->columns[column], text,
                        p->source->thousands ? "" : " without thousands commas");
    reading_reject(p->r, p->q->source, row, "not-a-number", text, message);
    *why = STATUS_REJECTED;
    return FALSE;
}

/** Two rows for one area and period where the definition promises one: neither is believed. */
static void note_clash(Pass *p, guint row, QuantityCell *cell, const char *key)
{
    g_autofree char *label = period_label(cell->period);
    g_autofree char *message = g_strdup_printf(
        "two rows for one area and period: lines %u and %u both give %s in %s (one row, or sum: true)",
        cell->first_line, p->t->line[row], key, label);
    reading_reject(p->r, p->q->source, row, "duplicate-key", key, message);
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
        cell->missing = cell->missing == STATUS_OK ? why : graver(cell->missing, why);
    }
}

static void add_row_to_area(Pass *p, guint row, Period target, guint64 part, const char *key,
                            int area, guint first_column, guint n_columns)
{
    QuantityCell *cell = cell_at(p, target, area);
    if (!p->q->sum && cell->rows > 0 && (cell->parts & part) != 0)
        note_clash(p, row, cell, key);
    if (cell->rows == 0)
        cell->first_line = p->t->line[row];
    cell->rows++;
    cell->parts |= part;
    for (guint c = first_column; c < first_column + n_columns; c++)
        add_to_cell(p, row, g_array_index(p->columns, guint, c), cell);
}

static void reject_area(Pass *p, guint row, const char *key)
{
    g_autofree char *message =
        g_strdup_printf("area key is not in the register: '%s' (a code of the register, or one that "
                        "recode, joins, national or ignore lead to)",
                        key);
    reading_reject(p->r, p->q->source, row, "unknown-area", key, message);
}

static void add_row(Pass *p, guint row)
{
    const Period *found = read_period(p, row);
    Period target;
    guint64 part;
    if (!found) {
        const char *text = table_cell(p->t, row, (guint)p->period_column);
        g_autofree char *message =
            g_strdup_printf("period cannot be read: '%s' (as the source's period rule says)", text);
        reading_reject(p->r, p->q->source, row, "unknown-period", text, message);
        return;
    }
    if (!target_period(p, *found, &target, &part))
        return;
    const gboolean wide = p->source->shape == SHAPE_WIDE_BY_AREA;
    const guint groups = wide ? p->columns->len : 1;
    for (guint g = 0; g < groups; g++) {
        const char *key = wide ? p->column_area[g]
                               : table_cell(p->t, row, (guint)p->area_column);
        const int area = reading_area(p->r, p->q->source, key, *found);
        if (area == AREA_UNKNOWN)
            reject_area(p, row, key);
        else if (area != AREA_IGNORED)
            add_row_to_area(p, row, target, part, key, area, wide ? g : 0,
                            wide ? 1 : p->columns->len);
    }
}

static int compare_cells(gconstpointer va, gconstpointer vb)
{
    const QuantityCell *a = va, *b = vb;
    const int order = period_compare(a->period, b->period);
    return order ? order : (a->area > b->area) - (a->area < b->area);
}

QuantityCells *quantity_read(Reading *r, const Quantity *q, const Span *span)
{
    if (q->source < 0 || !r->tables[q->source])
        return NULL;
    Pass p = {.r = r,
              .q = q,
              .source = &r->study->sources[q->source],
              .t = r->tables[q->source],
              .span = span,
              .columns = g_array_new(FALSE, FALSE, sizeof(guint)),
              .periods = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
              .slots = g_array_new(FALSE, FALSE, sizeof(Slot)),
              .cells = g_array_new(FALSE, FALSE, sizeof(QuantityCell))};
    g_array_set_clear_func(p.slots, slot_clear);
    g_autoptr(BoundFilters) all = filters_bind(r, q->source, &p.source->rows);
    g_autoptr(BoundFilters) own = filters_bind(r, q->source, &q->rows);
    QuantityCells *result = NULL;
    if (pass_bind(&p) && all && own) {
        for (guint row = 0; row < p.t->n_rows; row++)
            if (filters_keep(all, p.t, row) && filters_keep(own, p.t, row))
                add_row(&p, row);
        g_array_sort(p.cells, compare_cells);
        result = g_new(QuantityCells, 1);
        result->cells = g_steal_pointer(&p.cells);
    }
    pass_clear(&p);
    return result;
}

void quantity_cells_free(QuantityCells *c)
{
    if (!c)
        return;
    g_array_unref(c->cells);
    g_free(c);
}

const QuantityCell *quantity_find(const QuantityCells *c, Period period, int area)
{
    const QuantityCell key = {.period = period, .area = area};
    guint at;
    if (!c || !g_array_binary_search(c->cells, &key, compare_cells, &at))
        return NULL;
    return &g_array_index(c->cells, QuantityCell, at);
}

static gboolean is_complete(const Quantity *q, const QuantityCell *cell)
{
    const guint months = (guint)cell->period.months;
    if (!q->gather || months >= 64)
        return TRUE;
    const guint64 all = (G_GUINT64_CONSTANT(1) << months) - 1;
    return (cell->parts & all) == all;
}

double quantity_number(const Quantity *q, const QuantityCell *cell, Status *status)
{
    *status = STATUS_NOT_REPORTED;
    if (!cell)
        return NAN;
    if (cell->clash)
        *status = STATUS_REJECTED;
    else if (cell->missing != STATUS_OK)
        *status = cell->missing;
    else if (cell->numbers > 0 && is_complete(q, cell)) {
        *status = STATUS_OK;
        return q->scale * sum_total(&cell->sum);
    }
    return NAN;
}
