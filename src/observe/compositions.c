#include <math.h>

#include "reading.h"

/* What amounts are made of. Every part is shown as the source gives it, negative ones too; a whole
 * is made only where all of its parts are known. */

/** What one composition was read from. */
typedef struct {
    const Composition *what;
    QuantityCells *parts[COMPOSITION_PARTS]; /**< NULL: could not be read */
    QuantityCells *denominator;
} Cells;

static gboolean latest_period(const Cells *c, Period *out)
{
    gboolean any = FALSE;
    if (c->what->has_period) {
        *out = c->what->period;
        return TRUE;
    }
    for (guint p = 0; p < c->what->n_parts; p++) {
        const GArray *cells = c->parts[p] ? c->parts[p]->cells : NULL;
        if (!cells || cells->len == 0)
            continue;
        const Period last = g_array_index(cells, QuantityCell, cells->len - 1).period;
        if (!any || last.start > out->start)
            *out = last;
        any = TRUE;
    }
    return any;
}

static double part_of(const QuantityCells *cells, Period when, int area)
{
    Status ignored;
    return cells ? quantity_number(quantity_find(cells, when, area), &ignored) : NAN;
}

/* Per the denominator where there is one: an amount without it cannot be shown. */
static double share_of(const Composition *what, double amount, double people)
{
    if (what->denominator.source < 0)
        return amount;
    return people > 0 ? what->per * amount / people : NAN;
}

static void fill_area(const Cells *c, Made *made, guint area)
{
    const Composition *what = c->what;
    const double people = part_of(c->denominator, made->period, (int)area);
    double total = 0;
    for (guint p = 0; p < what->n_parts; p++) {
        const double amount = part_of(c->parts[p], made->period, (int)area);
        made->parts[(gsize)area * what->n_parts + p] = share_of(what, amount, people);
        total += amount;
    }
    made->total[area] = share_of(what, total, people);
}

/* All areas together: those of which every part, and what it is divided by, is known. */
static void fill_group(const Cells *c, Made *made, int class_index, MadeGroup *group,
                       const ObservationSet *set)
{
    const Composition *what = c->what;
    double people = 0, total = 0;
    for (guint a = 0; a < set->n_areas; a++) {
        if (!isfinite(made->total[a]) ||
            (class_index >= 0 && !g_str_equal(set->areas[a].classes[class_index], group->name)))
            continue;
        for (guint p = 0; p < what->n_parts; p++)
            group->parts[p] += part_of(c->parts[p], made->period, (int)a);
        people += c->denominator ? part_of(c->denominator, made->period, (int)a) : 0;
        group->n++;
    }
    for (guint p = 0; p < what->n_parts; p++) {
        total += group->parts[p];
        group->parts[p] = group->n ? share_of(what, group->parts[p], people) : NAN;
    }
    group->total = group->n ? share_of(what, total, people) : NAN;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(((const MadeGroup *)a)->name, ((const MadeGroup *)b)->name);
}

/* The nation, then the groups of the register's first class whose areas make it up. */
static void fill_groups(const Cells *c, Made *made, Reading *r)
{
    const ObservationSet *set = r->set;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *groups = g_array_new(FALSE, TRUE, sizeof(MadeGroup));
    for (guint k = 0; k < r->study->areas.n_classes; k++) {
        const guint from = groups->len;
        for (guint a = 0; a < set->n_areas; a++) {
            const MadeGroup group = {.class_index = (int)k, .name = set->areas[a].classes[k]};
            if (*group.name && g_hash_table_add(seen, (gpointer)group.name))
                g_array_append_val(groups, group);
        }
        qsort(groups->data + from * sizeof(MadeGroup), groups->len - from, sizeof(MadeGroup),
              compare_names);
        g_hash_table_remove_all(seen);
    }
    const MadeGroup nation = {.class_index = -1, .name = r->study->areas.nation};
    g_array_prepend_val(groups, nation);
    for (guint k = 0; k < groups->len; k++) {
        MadeGroup *group = &g_array_index(groups, MadeGroup, k);
        fill_group(c, made, group->class_index, group, set);
    }
    made->n_groups = groups->len;
    made->groups = (MadeGroup *)(void *)g_array_free(groups, FALSE);
}

static void read_one(Reading *r, const Composition *what, Made *made)
{
    const Span all = {.has_from = r->study->has_from,
                      .has_to = r->study->has_to,
                      .from = r->study->from,
                      .to = r->study->to};
    const Span one = {.has_from = TRUE, .has_to = TRUE, .from = what->period, .to = what->period};
    const Span *span = what->has_period ? &one : &all;
    Cells c = {.what = what, .denominator = quantity_read(r, &what->denominator, span)};
    for (guint p = 0; p < what->n_parts; p++)
        c.parts[p] = quantity_read(r, &what->parts[p].amount, span);
    made->parts = g_new(double, (gsize)r->set->n_areas * what->n_parts + 1);
    made->total = g_new(double, r->set->n_areas + 1);
    made->known = latest_period(&c, &made->period);
    for (guint a = 0; a < r->set->n_areas; a++)
        fill_area(&c, made, a);
    fill_groups(&c, made, r);
    for (guint p = 0; p < what->n_parts; p++)
        quantity_cells_free(c.parts[p]);
    quantity_cells_free(c.denominator);
}

void reading_load_compositions(Reading *r)
{
    const Study *s = r->study;
    r->set->n_made = s->n_compositions;
    r->set->made = g_new0(Made, s->n_compositions + 1);
    for (guint k = 0; k < s->n_compositions; k++) {
        read_one(r, &s->compositions[k], &r->set->made[k]);
        if (!r->set->made[k].known)
            diag_add(r->diags, DIAG_WARNING, "empty-indicator", s->compositions[k].where.file,
                     s->compositions[k].where.line, s->compositions[k].where.column,
                     "composition %s has no figures: no row fits its filters",
                     s->compositions[k].id);
    }
}
