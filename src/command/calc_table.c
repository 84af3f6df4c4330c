#include "calc_table.h"

#include <math.h>
#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/number.h"
#include "peerline/base/text.h"

#define SOURCE      "stdin"
#define MOST_FAULTS 20 /* told in one go */

static gboolean enough_faults(const Calc *c)
{
    return diagnostics_count(c->diags, DIAG_WARNING) >= MOST_FAULTS;
}

static gboolean is_missing(const char *cell)
{
    return *cell == '\0' || strcmp(cell, "NA") == 0;
}

static const char *accepted(CalcDomain domain)
{
    switch (domain & CALC_DOMAIN) {
    case CALC_NOT_NEGATIVE: return "a number of 0 or more";
    case CALC_POSITIVE: return "a number above 0";
    case CALC_UNIT: return "a number from 0 to 1";
    default: return "a number";
    }
}

static gboolean in_domain(CalcDomain domain, double x)
{
    switch (domain & CALC_DOMAIN) {
    case CALC_NOT_NEGATIVE: return x >= 0;
    case CALC_POSITIVE: return x > 0;
    case CALC_UNIT: return x >= 0 && x <= 1;
    default: return TRUE;
    }
}

static int find_column(const Calc *c, const char *name)
{
    int index = table_column(c->table, name);
    if (index >= 0)
        return index;
    g_autofree char *found =
        text_list((const char *const *)c->table->columns, c->table->n_columns, "and");
    diag_add(c->diags, DIAG_ERROR, "missing-column", SOURCE, 1, 0,
             "column \"%s\" is missing: found %s (needed by %s)", name, found, c->spec->name);
    return -1;
}

static void read_cell(Calc *c, const CalcColumn *column, int index, guint row)
{
    const char *cell = table_cell(c->table, row, (guint)index);
    guint at = (guint)index + 1, line = c->table->line[row];
    double x = NAN;
    if (is_missing(cell)) {
        if (column->domain & CALC_PRESENT)
            diag_add(c->diags, DIAG_ERROR, "missing-value", SOURCE, line, at,
                     "column \"%s\" is empty: found \"%s\" (%s)", column->name, cell,
                     accepted(column->domain));
        return;
    }
    if (!number_parse(cell, TRUE, &x) || !isfinite(x))
        diag_add(c->diags, DIAG_ERROR, "not-a-number", SOURCE, line, at,
                 "column \"%s\" is no number: found \"%s\" (%s, or empty or NA for missing)",
                 column->name, cell, accepted(column->domain));
    else if (!in_domain(column->domain, x))
        diag_add(c->diags, DIAG_ERROR, "out-of-domain", SOURCE, line, at,
                 "column \"%s\" is out of range: found %s (%s)", column->name, cell,
                 accepted(column->domain));
    else
        c->in[column - c->spec->columns][row] = x;
}

static void read_columns(Calc *c)
{
    for (guint j = 0; j < CALC_MOST_COLUMNS && c->spec->columns[j].name; j++) {
        const CalcColumn *column = &c->spec->columns[j];
        int index = find_column(c, column->name);
        c->in[j] = g_new(double, c->table->n_rows + 1);
        for (guint row = 0; row < c->table->n_rows; row++) {
            c->in[j][row] = NAN;
            if (index >= 0 && !enough_faults(c))
                read_cell(c, column, index, row);
        }
    }
}

static const double *column_values(const Calc *c, const char *name)
{
    for (guint j = 0; j < CALC_MOST_COLUMNS && c->spec->columns[j].name; j++) {
        if (strcmp(c->spec->columns[j].name, name) == 0)
            return c->in[j];
    }
    g_error("calc: %s has no column %s", c->spec->name, name);
}

/* Numerators above their denominators, where the method forbids them. */
static void check_within(Calc *c)
{
    const char *small = c->spec->within[0], *large = c->spec->within[1];
    if (small == NULL || (c->spec->within_applies && !c->spec->within_applies(c->options)))
        return;
    const double *x = column_values(c, small), *n = column_values(c, large);
    for (guint row = 0; row < c->table->n_rows && !enough_faults(c); row++) {
        if (x[row] > n[row]) {
            int index = table_column(c->table, small);
            diag_add(c->diags, DIAG_ERROR, "out-of-domain", SOURCE, c->table->line[row],
                     (guint)index + 1, "column \"%s\" is above \"%s\": found %s of %s (at most %s)",
                     small, large, table_cell(c->table, row, (guint)index),
                     table_cell(c->table, row, (guint)table_column(c->table, large)), large);
        }
    }
}

static void check_lengths(const Calc *c)
{
    const Table *t = c->table;
    for (guint row = 0; row < t->n_rows && !enough_faults(c); row++) {
        if (t->n_fields[row] < t->n_columns)
            diag_add(c->diags, DIAG_ERROR, "row-too-short", SOURCE, t->line[row], t->n_fields[row],
                     "the row is too short: found %u fields (%u)", t->n_fields[row], t->n_columns);
    }
}

static void find_by(Calc *c)
{
    g_auto(GStrv) names = g_strsplit(c->options->by ? c->options->by : "", ",", -1);
    c->by = g_array_new(FALSE, FALSE, sizeof(int));
    for (guint i = 0; names[i]; i++) {
        g_autofree char *name = text_squeeze(names[i]);
        int index = find_column(c, name);
        g_array_append_val(c->by, index);
    }
}

/* Text that two rows share exactly when they are of one group: each cell with its length, so that
 * no cell can run into the next. */
static char *group_key(const Calc *c, guint row)
{
    GString *key = g_string_new(NULL);
    for (guint i = 0; i < c->by->len; i++) {
        const char *cell = table_cell(c->table, row, (guint)g_array_index(c->by, int, i));
        g_string_append_printf(key, "%zu:%s", strlen(cell), cell);
    }
    return g_string_free(key, FALSE);
}

static void group_rows(Calc *c)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree guint *group_of = g_new(guint, c->table->n_rows + 1);
    c->groups = g_array_new(FALSE, TRUE, sizeof(CalcGroup));
    /* Without --by all rows are one group, even where there is none. */
    if (c->by->len == 0)
        g_array_set_size(c->groups, 1);
    for (guint row = 0; row < c->table->n_rows; row++) {
        group_of[row] = 0;
        if (c->by->len > 0) {
            char *key = group_key(c, row);
            gpointer found;
            gboolean known = g_hash_table_lookup_extended(seen, key, NULL, &found);
            group_of[row] = known ? GPOINTER_TO_UINT(found) : c->groups->len;
            if (!known)
                g_array_set_size(c->groups, c->groups->len + 1);
            g_hash_table_replace(seen, key, GUINT_TO_POINTER(group_of[row]));
        }
        g_array_index(c->groups, CalcGroup, group_of[row]).n++;
    }
    for (guint i = 0; i < c->groups->len; i++) {
        CalcGroup *g = &g_array_index(c->groups, CalcGroup, i);
        g->rows = g_new(guint, g->n + 1);
        g->n = 0;
    }
    for (guint row = 0; row < c->table->n_rows; row++) {
        CalcGroup *g = &g_array_index(c->groups, CalcGroup, group_of[row]);
        g->rows[g->n++] = row;
    }
}

gboolean calc_read(Calc *c, const char *data, gsize n, GError **error)
{
    CsvOptions options = {.keep_empty = TRUE};
    c->diags = diagnostics_new();
    c->table = table_parse_csv(data, n, SOURCE, &options, c->diags, error);
    if (c->table == NULL)
        return FALSE;
    find_by(c);
    if (c->spec->shape == CALC_PAIRS)
        find_column(c, c->options->key);
    check_lengths(c);
    read_columns(c);
    if (diagnostics_count(c->diags, DIAG_WARNING) == 0)
        check_within(c);
    if (diagnostics_count(c->diags, DIAG_WARNING) > 0) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: the table cannot be used by %s", SOURCE, c->spec->name);
        return FALSE;
    }
    group_rows(c);
    return TRUE;
}

void calc_set_records(Calc *c, guint n)
{
    gsize cells = (gsize)n * c->n_results;
    g_free(c->numbers);
    g_free(c->texts);
    c->n_records = n;
    c->numbers = g_new(double, cells + 1);
    c->texts = g_new0(const char *, cells + 1);
    for (gsize i = 0; i < cells; i++)
        c->numbers[i] = NAN;
}

void calc_put(Calc *c, guint record, guint column, double value)
{
    c->numbers[(gsize)record * c->n_results + column] = value;
}

void calc_put_text(Calc *c, guint record, guint column, const char *text)
{
    c->texts[(gsize)record * c->n_results + column] = text;
}

double *calc_gather(const Calc *c, const CalcGroup *g, guint column)
{
    double *values = g_new(double, g->n + 1);
    for (guint i = 0; i < g->n; i++)
        values[i] = c->in[column][g->rows[i]];
    return values;
}

double calc_per(const Calc *c, double otherwise)
{
    return isnan(c->options->per) ? otherwise : c->options->per;
}

static void append_separator(GString *out, gboolean *first)
{
    if (!*first)
        g_string_append_c(out, ',');
    *first = FALSE;
}

/* The columns that lead a record: all of the input row, or those of --by; `row` < 0 = names. */
static void write_lead(const Calc *c, GString *out, gint64 row, gboolean *first)
{
    guint n = c->spec->shape == CALC_ROWS ? c->table->n_columns : c->by->len;
    if (c->spec->shape == CALC_PAIRS)
        return;
    for (guint i = 0; i < n; i++) {
        guint column = c->spec->shape == CALC_ROWS ? i : (guint)g_array_index(c->by, int, i);
        append_separator(out, first);
        text_append_csv(out, row < 0 ? c->table->columns[column]
                                     : table_cell(c->table, (guint)row, column));
    }
}

static void write_record(const Calc *c, GString *out, guint record)
{
    gboolean first = TRUE;
    char buf[NUMBER_BUF];
    guint row = record;
    if (c->spec->shape == CALC_GROUPS && c->by->len > 0)
        row = g_array_index(c->groups, CalcGroup, record).rows[0];
    write_lead(c, out, row, &first);
    for (guint j = 0; j < c->n_results; j++) {
        gsize cell = (gsize)record * c->n_results + j;
        append_separator(out, &first);
        if (c->texts[cell])
            text_append_csv(out, c->texts[cell]);
        else
            g_string_append(out, number_shortest(c->numbers[cell], buf));
    }
    g_string_append_c(out, '\n');
}

GString *calc_write(const Calc *c)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) names = g_strsplit(c->spec->results, ",", -1);
    gboolean first = TRUE;
    write_lead(c, out, -1, &first);
    for (guint j = 0; names[j]; j++) {
        append_separator(out, &first);
        /* The first column of pairs is called as the key is. */
        text_append_csv(out, c->spec->shape == CALC_PAIRS && j == 0 ? c->options->key : names[j]);
    }
    g_string_append_c(out, '\n');
    for (guint record = 0; record < c->n_records; record++)
        write_record(c, out, record);
    return out;
}

void calc_clear(Calc *c)
{
    for (guint j = 0; j < CALC_MOST_COLUMNS; j++)
        g_free(c->in[j]);
    for (guint i = 0; c->groups && i < c->groups->len; i++)
        g_free(g_array_index(c->groups, CalcGroup, i).rows);
    g_clear_pointer(&c->groups, g_array_unref);
    g_clear_pointer(&c->by, g_array_unref);
    g_clear_pointer(&c->table, table_free);
    g_clear_pointer(&c->diags, diagnostics_free);
    g_free(c->numbers);
    g_free(c->texts);
}
