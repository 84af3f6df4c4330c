#include "reading.h"

#include <math.h>
#include <string.h>

/** The cells of one period: which of all cells belongs to which area and age band. */
typedef struct {
    Period period;
    GPtrArray *bands; /**< of guint *, [area + 1]: index + 1 into cells; 0 = none yet; [0] is the
                           nation. One band where a quantity is not by age */
} Slot;

/** Where the number of a row belongs. */
typedef struct {
    Period period;
    guint64 part; /**< the months that it covers, as bits */
    const char *key;
    int area;
    guint band;
} Place;

/** One pass over one source for one quantity. */
typedef struct {
    Reading *r;
    const Quantity *q;
    const Source *source;
    const Table *t;
    const Span *span;
    int area_column, period_column, band_column;
    GArray *columns;          /**< guint: columns that hold numbers */
    guint *column_band;       /**< ages in the headers: band of each of them */
    GArray *bands;            /**< AgeBand, by index of band; NULL: not by age */
    GHashTable *ages;         /**< text of an age cell -> index of its band + 1; 0 = unreadable */
    const char **column_area; /**< wide by area: key of each of them, in the same order */
    GArray *column_period;    /**< wide by period: Period of each of them, in the same order */
    GHashTable *periods;      /**< text of a period cell -> Period*, NULL value = unreadable */
    gboolean has_fixed;
    Period fixed; /**< from a constant or the file's name */
    GArray *slots, *cells;
    guint last_slot;
} Pass;

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
    if (p->cells)
        g_array_unref(p->cells);
    if (p->bands)
        g_array_unref(p->bands);
}

/** The index of a band, which is new if it was not met before. */
static guint band_index(Pass *p, AgeBand band)
{
    for (guint i = 0; i < p->bands->len; i++)
        if (age_equal(g_array_index(p->bands, AgeBand, i), band))
            return i;
    g_array_append_val(p->bands, band);
    return p->bands->len - 1;
}

/* ---- binding the definition to the table ------------------------------------------------------
 */

static gboolean bind_area_columns(Pass *p)
{
    static const char *const names[] = {"area", NULL};
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (guint c = 0; c < p->t->n_columns; c++) {
        char *key = NULL;
        if (pattern_capture(p->source->area_columns, p->t->columns[c], names, &key) ==
                PATTERN_YES &&
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

/** The period in a header: by the groups of the pattern, else as it is spelt. */
static gboolean header_period(const Source *s, const char *header, Period *out)
{
    static const char *const GROUPS[] = {"start", "year", "end"};
    gboolean groups = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(GROUPS); i++)
        groups = groups || pattern_has_group(s->period_columns, GROUPS[i]);
    if (groups)
        return period_read(header, s->period.kind, s->period_columns, out);
    return reading_period(&s->period, header, out);
}

static gboolean period_column_fault(const Pass *p, const char *rule, const char *what,
                                    const char *header)
{
    diag_add(p->r->diags, DIAG_ERROR, rule, p->source->where.file, p->source->where.line,
             p->source->where.column, "%s %s: %s (period_columns %s)", what, p->t->file, header,
             pattern_text(p->source->period_columns));
    return FALSE;
}

static gboolean has_column_of(const Pass *p, Period period)
{
    for (guint i = 0; i < p->column_period->len; i++)
        if (period_equal(g_array_index(p->column_period, Period, i), period))
            return TRUE;
    return FALSE;
}

static gboolean bind_period_columns(Pass *p)
{
    p->column_period = g_array_new(FALSE, FALSE, sizeof(Period));
    for (guint c = 0; c < p->t->n_columns; c++) {
        const char *header = p->t->columns[c];
        Period period;
        if (pattern_match(p->source->period_columns, header) != PATTERN_YES)
            continue;
        if (!header_period(p->source, header, &period))
            return period_column_fault(p, "unknown-period", "no period in a header of", header);
        if (!p->q->sum && has_column_of(p, period))
            return period_column_fault(p, "ambiguous-column", "a second column for one period in",
                                       header);
        g_array_append_val(p->columns, c);
        g_array_append_val(p->column_period, period);
    }
    return p->columns->len > 0 ||
           period_column_fault(p, "unknown-column", "no column is a period, the first of",
                               p->t->columns[0]);
}

static gboolean columns_clash(const Pass *p, guint n, const char *what)
{
    diag_add(p->r->diags, DIAG_ERROR, "ambiguous-column", p->q->where.file, p->q->where.line,
             p->q->where.column,
             "%u columns of %s %s: pattern %s (one column, or sum: true to add them up)", n,
             p->t->file, what, pattern_text(p->q->columns));
    return FALSE;
}

/** A column per age band: which band each is about, by the groups of `columns` or as it is. */
static gboolean bind_age_columns(Pass *p)
{
    const Pattern *groups =
        pattern_has_group(p->q->columns, "age") || pattern_has_group(p->q->columns, "from")
            ? p->q->columns
            : NULL;
    p->column_band = g_new(guint, p->columns->len + 1);
    for (guint i = 0; i < p->columns->len; i++) {
        const char *header = p->t->columns[g_array_index(p->columns, guint, i)];
        AgeBand band;
        if (!age_read(header, groups, &band)) {
            diag_add(p->r->diags, DIAG_ERROR, "unknown-age", p->q->where.file, p->q->where.line,
                     p->q->where.column,
                     "column of %s is no age band: %s (headers such as 0-4, 90+ or Age 7, groups "
                     "in columns:, or age: {column: …} where the age is in a cell)",
                     p->t->file, header);
            return FALSE;
        }
        p->column_band[i] = band_index(p, band);
    }
    return p->q->sum || p->bands->len == p->columns->len ||
           columns_clash(p, p->columns->len, "are about fewer age bands");
}

static gboolean bind_value_columns(Pass *p)
{
    for (guint c = 0; c < p->t->n_columns; c++)
        if (pattern_match(p->q->columns, p->t->columns[c]) == PATTERN_YES)
            g_array_append_val(p->columns, c);
    if (p->columns->len == 0)
        /* the message with the nearest name is the helpful one */
        return reading_column(p->r, p->q->source, pattern_text(p->q->columns), &p->q->where) >= 0;
    if (p->q->by_age && !p->q->age.column)
        return bind_age_columns(p);
    return p->columns->len == 1 || p->q->sum || columns_clash(p, p->columns->len, "fit");
}

static gboolean bind_period(Pass *p)
{
    const PeriodRule *rule = &p->source->period;
    if (p->source->shape == SHAPE_WIDE_BY_PERIOD)
        return bind_period_columns(p);
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
        p->period_column = reading_column(p->r, p->q->source, rule->column, &p->source->where);
        return p->period_column >= 0;
    }
    p->has_fixed = TRUE;
    return TRUE;
}

static gboolean pass_bind(Pass *p)
{
    p->band_column = -1;
    if (!bind_period(p))
        return FALSE;
    if (p->q->by_age && p->q->age.column) {
        p->band_column = reading_column(p->r, p->q->source, p->q->age.column, &p->q->where);
        if (p->band_column < 0)
            return FALSE;
    }
    if (p->source->shape == SHAPE_WIDE_BY_AREA)
        return bind_area_columns(p);
    p->area_column = reading_column(p->r, p->q->source, p->source->area.column, &p->source->where);
    return (p->column_period || bind_value_columns(p)) && p->area_column >= 0;
}

/* ---- periods ----------------------------------------------------------------------------------
 */

gboolean reading_period(const PeriodRule *rule, const char *text, Period *out)
{
    return rule->has_kind || rule->pattern ? period_read(text, rule->kind, rule->pattern, out)
                                           : period_parse(text, out);
}

static const Period *read_period(Pass *p, guint row)
{
    if (p->has_fixed)
        return &p->fixed;
    const char *text = table_cell(p->t, row, (guint)p->period_column);
    gpointer known;
    if (g_hash_table_lookup_extended(p->periods, text, NULL, &known))
        return known;
    Period period;
    const gboolean good = reading_period(&p->source->period, text, &period);
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
    *part = (months >= 64 ? ~G_GUINT64_CONSTANT(0) : (G_GUINT64_CONSTANT(1) << months) - 1)
            << first;
    return within_span(p->span, *target);
}

/* ---- cells ------------------------------------------------------------------------------------
 */

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
        g_ptr_array_add(slot->bands, g_new0(guint, p->r->set->n_areas + 1));
    guint *place = (guint *)slot->bands->pdata[at->band] + (at->area + 1);
    if (*place == 0) {
        const QuantityCell fresh = {.period = at->period, .area = at->area, .band = at->band};
        g_array_append_val(p->cells, fresh);
        *place = p->cells->len;
    }
    return &g_array_index(p->cells, QuantityCell, *place - 1);
}

/** Which of two reasons for a missing part is told for the whole. */
static Status graver(Status a, Status b)
{
    static const guint weight[N_STATUS] = {
        [STATUS_NOT_REPORTED] = 1,   [STATUS_NOT_APPLICABLE] = 2,   [STATUS_BOUNDARY_CHANGE] = 3,
        [STATUS_NO_DENOMINATOR] = 3, [STATUS_ZERO_DENOMINATOR] = 3, [STATUS_SUPPRESSED] = 4,
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
    g_autofree char *message = g_strdup_printf(
        "not a number in column %s: %s (a number%s, or one of the source's missing "
        "markers)",
        p->t->columns[column], text, p->source->thousands ? "" : " without thousands commas");
    reading_reject(p->r, p->q->source, row, "not-a-number", text, message);
    *why = STATUS_REJECTED;
    return FALSE;
}

/** Two rows for one area and period where the definition promises one: neither is believed. */
static void note_clash(Pass *p, guint row, QuantityCell *cell, const char *key)
{
    g_autofree char *label = period_label(cell->period);
    g_autofree char *message = g_strdup_printf("two rows for one area and period: lines %u and %u "
                                               "both give %s in %s (one row, or sum: true)",
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

static void add_columns(Pass *p, guint row, const Place *at, guint first_column, guint n_columns)
{
    QuantityCell *cell = cell_at(p, at);
    if (!p->q->sum && cell->rows > 0 && (cell->parts & at->part) != 0)
        note_clash(p, row, cell, at->key);
    if (cell->rows == 0)
        cell->first_line = p->t->line[row];
    cell->rows++;
    cell->parts |= at->part;
    for (guint c = first_column; c < first_column + n_columns; c++)
        add_to_cell(p, row, g_array_index(p->columns, guint, c), cell);
}

/** All that a row says about one area and period: in a table with a column per area or period that
 *  is column `group`. */
static void add_row_to_area(Pass *p, guint row, Place at, guint group)
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

static void reject_area(Pass *p, guint row, const char *key)
{
    g_autofree char *message = g_strdup_printf(
        "area key is not in the register: '%s' (a code of the register, or one that "
        "recode, joins, national or ignore lead to)",
        key);
    reading_reject(p->r, p->q->source, row, "unknown-area", key, message);
}

static void reject_period(Pass *p, guint row)
{
    const char *text = table_cell(p->t, row, (guint)p->period_column);
    g_autofree char *message =
        g_strdup_printf("period cannot be read: '%s' (as the source's period rule says)", text);
    reading_reject(p->r, p->q->source, row, "unknown-period", text, message);
}

/** The band that a row is about; FALSE where its cell cannot be read. */
static gboolean read_band(Pass *p, guint row, guint *band)
{
    *band = 0;
    if (p->band_column < 0)
        return TRUE;
    const char *text = table_cell(p->t, row, (guint)p->band_column);
    gpointer known;
    if (!g_hash_table_lookup_extended(p->ages, text, NULL, &known)) {
        AgeBand found;
        known = age_read(text, p->q->age.pattern, &found)
                    ? GUINT_TO_POINTER(band_index(p, found) + 1)
                    : NULL;
        g_hash_table_insert(p->ages, (gpointer)text, known);
    }
    if (known) {
        *band = GPOINTER_TO_UINT(known) - 1;
        return TRUE;
    }
    g_autofree char *message = g_strdup_printf(
        "age cannot be read: '%s' (an age band such as 0-4 or 90+; rows: leaves out totals, age: "
        "{pattern: …} reads other spellings)",
        text);
    reading_reject(p->r, p->q->source, row, "unknown-age", text, message);
    return FALSE;
}

static void add_to_place(Pass *p, guint row, Place at, Period found, guint group)
{
    at.area = reading_area(p->r, p->q->source, at.key, found);
    if (at.area == AREA_UNKNOWN)
        reject_area(p, row, at.key);
    else if (at.area != AREA_IGNORED)
        add_row_to_area(p, row, at, group);
}

static void add_row_of_periods(Pass *p, guint row)
{
    Place at = {.key = table_cell(p->t, row, (guint)p->area_column)};
    if (!read_band(p, row, &at.band))
        return;
    for (guint g = 0; g < p->columns->len; g++) {
        const Period found = g_array_index(p->column_period, Period, g);
        if (target_period(p, found, &at.period, &at.part))
            add_to_place(p, row, at, found, g);
    }
}

static void add_row(Pass *p, guint row)
{
    const Period *found = read_period(p, row);
    Place at = {0};
    if (!found) {
        reject_period(p, row);
        return;
    }
    if (!target_period(p, *found, &at.period, &at.part) || !read_band(p, row, &at.band))
        return;
    const guint groups = p->column_area ? p->columns->len : 1;
    for (guint g = 0; g < groups; g++) {
        at.key = p->column_area ? p->column_area[g] : table_cell(p->t, row, (guint)p->area_column);
        add_to_place(p, row, at, *found, g);
    }
}

static int compare_cells(gconstpointer va, gconstpointer vb)
{
    const QuantityCell *a = va, *b = vb;
    const int order = period_compare(a->period, b->period);
    if (order)
        return order;
    return a->area != b->area ? (a->area < b->area ? -1 : 1)
                              : (a->band > b->band) - (a->band < b->band);
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
              .ages = g_hash_table_new(g_str_hash, g_str_equal),
              .bands = q->by_age ? g_array_new(FALSE, FALSE, sizeof(AgeBand)) : NULL,
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
                (p.column_period ? add_row_of_periods : add_row)(&p, row);
        g_array_sort(p.cells, compare_cells);
        if (q->deflates)
            reading_deflate(r, &q->deflate, p.cells);
        result = g_new(QuantityCells, 1);
        result->cells = g_steal_pointer(&p.cells);
        result->bands = g_steal_pointer(&p.bands);
    }
    pass_clear(&p);
    return result;
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
    if (!c || !g_array_binary_search(c->cells, &key, compare_cells, &at))
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
    else if (cell->numbers > 0 && is_complete(q, cell) && !cell->no_index) {
        const double number = q->scale * sum_total(&cell->sum);
        *status = STATUS_OK;
        return q->deflates ? number * cell->index_to / cell->index : number;
    }
    return NAN;
}
