#include "peer_list.h"
#include "reading.h"

#include <math.h>
#include <string.h>

/** The period a variable is taken from: as declared, else the latest that any area has. */
static gboolean variable_period(const PeerVariable *v, const QuantityCells *cells, Period *out)
{
    if (v->has_period) {
        *out = v->period;
        return TRUE;
    }
    if (cells->cells->len == 0)
        return FALSE;
    *out = g_array_index(cells->cells, QuantityCell, cells->cells->len - 1).period;
    return TRUE;
}

static double variable_value(const QuantityCells *x, const QuantityCells *n, Period when, int area)
{
    Status ignored;
    const double top = quantity_number(quantity_find(x, when, area), &ignored);
    if (!n)
        return top;
    const double bottom = quantity_number(quantity_find(n, when, area), &ignored);
    return bottom > 0 ? top / bottom : NAN;
}

static void read_variable(Reading *r, const PeerVariable *v, double *values, guint stride)
{
    const Span span = {
        .has_from = v->has_period, .has_to = v->has_period, .from = v->period, .to = v->period};
    g_autoptr(QuantityCells) x = quantity_read(r, &v->numerator, &span);
    g_autoptr(QuantityCells) n = quantity_read(r, &v->denominator, &span);
    Period when = {0};
    const gboolean found = x && variable_period(v, x, &when);
    for (guint a = 0; a < r->set->n_areas; a++)
        values[(gsize)a * stride] = found ? variable_value(x, n, when, (int)a) : NAN;
    if (x && !found)
        diag_add(r->diags, DIAG_WARNING, "empty-variable", v->where.file, v->where.line,
                 v->where.column, "peer variable %s has no figures: no row fits its filters",
                 v->id);
}

static gboolean list_entry(Reading *r, const PeerGrouping *g, guint row, const int columns[2],
                           ListedPeer *out)
{
    const Table *t = r->tables[g->source];
    int found[2];
    for (guint i = 0; i < 2; i++) {
        const char *code = table_cell(t, row, (guint)columns[i]);
        found[i] = boundaries_find(r->boundaries, code);
        if (found[i] >= 0)
            continue;
        g_autofree char *text = g_strdup_printf(
            "area of the peer list is not in the register: '%s' (a code of the register)", code);
        reading_reject(r, g->source, row, "unknown-area", code, text);
        return FALSE;
    }
    if (MAX(found[0], found[1]) >= (int)r->set->n_areas)
        return FALSE; /* known, but not one of the areas of the study's day */
    *out = (ListedPeer){.area = (guint)found[0],
                        .peer = (guint)found[1],
                        .rank = listed_peer_rank(t, row),
                        .row = row};
    return found[0] != found[1];
}

static void read_list(Reading *r, const PeerGrouping *g, PeerList *list)
{
    const Table *t = r->tables[g->source];
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(ListedPeer));
    if (t) {
        const int columns[2] = {reading_column(r, g->source, "area_code", &g->where),
                                reading_column(r, g->source, "peer_code", &g->where)};
        for (guint row = 0; columns[0] >= 0 && columns[1] >= 0 && row < t->n_rows; row++) {
            ListedPeer entry;
            if (list_entry(r, g, row, columns, &entry))
                g_array_append_val(entries, entry);
        }
    }
    g_autoptr(GArray) twice = peer_list_fill(list, entries, r->set->n_areas);
    for (guint i = 0; i < twice->len; i++) {
        const PeerTwice *again = &g_array_index(twice, PeerTwice, i);
        g_autofree char *text = peer_twice_text(t, *again);
        reading_reject(r, g->source, again->second, "duplicate-key", "", text);
    }
}

static void read_variables(Reading *r, const PeerGrouping *g, PeerValues *values)
{
    values->n_variables = g->n_variables;
    values->values = g_new(double, (gsize)r->set->n_areas * g->n_variables + 1);
    for (guint v = 0; v < g->n_variables; v++)
        read_variable(r, &g->variables[v], values->values + v, g->n_variables);
}

void reading_load_peers(Reading *r)
{
    const Study *s = r->study;
    r->set->n_groupings = s->n_peers;
    r->set->peer_values = g_new0(PeerValues, s->n_peers + 1);
    r->set->peer_lists = g_new0(PeerList, s->n_peers + 1);
    for (guint g = 0; g < s->n_peers; g++) {
        if (s->peers[g].method == PEERS_NEIGHBOURS)
            read_variables(r, &s->peers[g], &r->set->peer_values[g]);
        else if (s->peers[g].method == PEERS_LIST)
            read_list(r, &s->peers[g], &r->set->peer_lists[g]);
    }
}
