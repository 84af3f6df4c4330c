#include <math.h>
#include <string.h>

#include "reading.h"

/* ---- numbers ---- */

/* Per the denominator where there is one: an amount without it cannot be shown. */
static double divided(const Composition *what, double amount, double denominator)
{
    if (what->denominator.source < 0)
        return amount;
    return denominator > 0 ? what->per * amount / denominator : NAN;
}

static void fill_shares(double *shares, const double *parts, guint n, double total)
{
    for (guint p = 0; p < n; p++)
        shares[p] = total > 0 ? 100 * parts[p] / total : NAN;
}

static const MadeFigure *figures_of(const Composition *what, const Made *made, guint area)
{
    return made->figures + (gsize)area * what->n_parts;
}

static void make_area(const Composition *what, Made *made, guint area)
{
    const MadeFigure *figures = figures_of(what, made, area);
    const gsize at = (gsize)area * what->n_parts;
    const double denominator = made->denominator ? made->denominator[area].number : NAN;
    double amount = 0;
    for (guint p = 0; p < what->n_parts; p++) {
        const double known = status_is_missing(figures[p].status) ? NAN : figures[p].number;
        made->parts[at + p] = divided(what, known, denominator);
        amount += known;
    }
    made->total[area] = divided(what, amount, denominator);
    fill_shares(made->shares + at, made->parts + at, what->n_parts, made->total[area]);
}

Status made_share_status(const Composition *what, const Made *made, guint area)
{
    const MadeFigure *figures = figures_of(what, made, area);
    for (guint p = 0; p < what->n_parts; p++)
        if (status_is_missing(figures[p].status))
            return figures[p].status;
    return made->total[area] > 0 ? STATUS_OK : STATUS_NOT_APPLICABLE;
}

/* ---- groups of areas ---- */

void made_group_add(MadeGroup *group, const Composition *what, const Made *made, guint area)
{
    const MadeFigure *figures = figures_of(what, made, area);
    if (!isfinite(made->total[area]))
        return;
    for (guint p = 0; p < what->n_parts; p++)
        group->amounts[p] += figures[p].number;
    group->denominator += made->denominator ? made->denominator[area].number : 0;
    group->n++;
}

void made_group_end(MadeGroup *group, const Composition *what)
{
    double amount = 0;
    const gboolean any = group->n > 0;
    if (!any || what->denominator.source < 0)
        group->denominator = NAN;
    for (guint p = 0; p < what->n_parts; p++) {
        group->amounts[p] = any ? group->amounts[p] : NAN;
        group->parts[p] = divided(what, group->amounts[p], group->denominator);
        amount += group->amounts[p];
    }
    group->total = divided(what, amount, group->denominator);
    fill_shares(group->shares, group->parts, what->n_parts, group->total);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(((const MadeGroup *)a)->name, ((const MadeGroup *)b)->name);
}

/* The groups of one class of the register, by name. */
static void add_groups(GArray *groups, const ObservationSet *set, guint class_index)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const guint from = groups->len;
    for (guint a = 0; a < set->n_areas; a++) {
        const MadeGroup group = {.class_index = (int)class_index,
                                 .name = set->areas[a].classes[class_index]};
        if (*group.name && g_hash_table_add(seen, (gpointer)group.name))
            g_array_append_val(groups, group);
    }
    qsort(groups->data + from * sizeof(MadeGroup), groups->len - from, sizeof(MadeGroup),
          compare_names);
}

static void make_group(const Composition *what, const Made *made, const ObservationSet *set,
                       MadeGroup *group)
{
    for (guint a = 0; a < set->n_areas; a++) {
        const Area *area = &set->areas[a];
        const gboolean member =
            group->class_index < 0 || strcmp(area->classes[group->class_index], group->name) == 0;
        if (member && area_in_force(area, made->period))
            made_group_add(group, what, made, a);
    }
    made_group_end(group, what);
}

static void make_one(const Study *study, const ObservationSet *set, const Composition *what,
                     Made *made)
{
    const gsize n = (gsize)set->n_areas * what->n_parts;
    made->parts = g_new(double, n + 1);
    made->shares = g_new(double, n + 1);
    made->total = g_new(double, set->n_areas + 1);
    for (guint a = 0; a < set->n_areas; a++)
        make_area(what, made, a);
    GArray *groups = g_array_new(FALSE, TRUE, sizeof(MadeGroup));
    const MadeGroup nation = {.class_index = -1, .name = study->areas.nation};
    g_array_append_val(groups, nation);
    for (guint k = 0; k < study->areas.n_classes; k++)
        add_groups(groups, set, k);
    made->n_groups = groups->len;
    made->groups = (MadeGroup *)(void *)g_array_free(groups, FALSE);
    for (guint k = 0; k < made->n_groups; k++)
        make_group(what, made, set, &made->groups[k]);
}

void compositions_make(const Study *study, ObservationSet *set)
{
    for (guint k = 0; k < set->n_made; k++)
        make_one(study, set, &study->compositions[k], &set->made[k]);
}
