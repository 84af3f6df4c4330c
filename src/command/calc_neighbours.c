#include "calc_methods.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"
#include "peerline/stats/neighbours.h"

static double cell_number(const Table *t, guint row, guint column, gboolean *numeric)
{
    const char *cell = table_cell(t, row, column);
    double x = NAN;
    if (*cell == '\0' || strcmp(cell, "NA") == 0)
        return NAN;
    if (!number_parse(cell, TRUE, &x) || !isfinite(x))
        *numeric = FALSE;
    return x;
}

/* A column of text is no variable, nor is one without a single number. */
static gboolean is_variable(const Table *t, guint column)
{
    gboolean numeric = TRUE, any = FALSE;
    for (guint row = 0; row < t->n_rows && numeric; row++)
        any = !isnan(cell_number(t, row, column, &numeric)) || any;
    return numeric && any;
}

static GArray *variables_of(const Calc *c)
{
    GArray *variables = g_array_new(FALSE, FALSE, sizeof(guint));
    int key = table_column(c->table, c->options->key);
    for (guint column = 0; column < c->table->n_columns; column++) {
        if ((int)column != key && is_variable(c->table, column))
            g_array_append_val(variables, column);
    }
    return variables;
}

static double *values_of(const Calc *c, const GArray *variables)
{
    gsize n = variables->len;
    double *values = g_new(double, c->table->n_rows *n + 1);
    gboolean numeric = TRUE;
    for (guint row = 0; row < c->table->n_rows; row++) {
        for (guint v = 0; v < n; v++)
            values[row * n + v] =
                cell_number(c->table, row, g_array_index(variables, guint, v), &numeric);
    }
    return values;
}

static const char *key_of(const Calc *c, gsize row)
{
    return table_cell(c->table, (guint)row, (guint)table_column(c->table, c->options->key));
}

void calc_neighbours(Calc *c, const CalcGroup *g, guint record)
{
    (void)g;
    g_autoptr(GArray) variables = variables_of(c);
    g_autofree double *values = values_of(c, variables);
    guint areas = c->table->n_rows, k = MIN((guint)c->options->k, areas);
    g_autofree Neighbour *found = g_new(Neighbour, (gsize)areas * k + 1);
    g_autofree gsize *count = g_new(gsize, areas + 1);
    NeighbourTable table = {values, areas, variables->len, NULL};
    neighbours_find(&table, k, found, count);
    guint pairs = 0;
    for (guint a = 0; a < areas; a++)
        pairs += (guint)count[a];
    calc_set_records(c, pairs);
    for (guint a = 0; a < areas; a++) {
        for (guint i = 0; i < count[a]; i++, record++) {
            const Neighbour *n = &found[(gsize)a * k + i];
            calc_put_text(c, record, 0, key_of(c, a));
            calc_put(c, record, 1, i + 1);
            calc_put_text(c, record, 2, key_of(c, n->area));
            calc_put(c, record, 3, n->distance);
            calc_put(c, record, 4, n->rebased);
        }
    }
}
