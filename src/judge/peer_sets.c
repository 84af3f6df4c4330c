#include "judge.h"

#include <math.h>

#include "peerline/stats/neighbours.h"

/* One grouping while its peer sets are being made. */
typedef struct {
    Judge *judge;
    guint index;
    const PeerGrouping *grouping;
    PeerSet *sets; /* n_areas */
} Grouping;

static const char *area_class(const Grouping *g, guint area, int class_index)
{
    const Area *a = &g->judge->set->areas[area];
    const char *text = a->classes && class_index >= 0 ? a->classes[class_index] : NULL;
    return text ? text : "";
}

static void take(PeerSet *set, GArray *areas)
{
    set->n = areas->len;
    set->areas = (guint *)(void *)g_array_free(areas, FALSE);
}

static GArray *new_members(void)
{
    return g_array_new(FALSE, FALSE, sizeof(guint));
}

/* Peers are those that are there on the last day of the study, or on the area's own last day if it
 * was closed before: it leaves everybody else's peers on that day. */
static guint32 day_of_peers(const Judge *judge, guint area)
{
    const Area *a = &judge->set->areas[area];
    const guint32 last = a->valid_to ? MIN(judge->last_day, a->valid_to) : judge->last_day;
    return MAX(last, a->valid_from);
}

static gboolean may_be_peer(const Judge *judge, guint area, guint peer)
{
    return peer != area && area_is_valid(&judge->set->areas[peer], day_of_peers(judge, area));
}

/* All areas of its time with the same text in the class. */
static void peers_of_class(const Grouping *g, guint area, int class_index)
{
    PeerSet *set = &g->sets[area];
    const char *text = area_class(g, area, class_index);
    GArray *members = new_members();
    for (guint j = 0; *text && j < g->judge->a->n_areas; j++)
        if (may_be_peer(g->judge, area, j) && g_str_equal(text, area_class(g, j, class_index)))
            g_array_append_val(members, j);
    take(set, members);
    set->label = text;
    if (!*text && !set->why)
        set->why = "the register names no class for this area";
}

/* No peers of its own: the declared class serves, and it is said why. */
static void fall_back(const Grouping *g, guint area, const char *why)
{
    PeerSet *set = &g->sets[area];
    set->why = g_string_chunk_insert_const(g->judge->texts, why);
    set->label = "";
    if (g->grouping->fallback < 0)
        return;
    set->fell_back = TRUE;
    peers_of_class(g, area, g->grouping->fallback);
}

static void make_class(const Grouping *g)
{
    for (guint i = 0; i < g->judge->a->n_areas; i++)
        peers_of_class(g, i, g->grouping->class_index);
}

static void make_list(const Grouping *g)
{
    const ObservationSet *set = g->judge->set;
    const PeerList *list = set->peer_lists ? &set->peer_lists[g->index] : NULL;
    for (guint i = 0; i < set->n_areas; i++) {
        const GArray *listed = list && list->of_area ? list->of_area[i] : NULL;
        GArray *members = new_members();
        for (guint j = 0; listed && j < listed->len; j++) {
            const guint peer = g_array_index(listed, guint, j);
            if (peer < set->n_areas && may_be_peer(g->judge, i, peer))
                g_array_append_val(members, peer);
        }
        if (members->len > 0) {
            take(&g->sets[i], members);
            g->sets[i].label = g->grouping->id;
        } else {
            g_array_unref(members);
            fall_back(g, i, "no peers are listed for this area");
        }
    }
}

static gboolean is_excluded(const Grouping *g, guint area)
{
    const char *const *exclude = (const char *const *)g->grouping->exclude;
    return exclude && g_strv_contains(exclude, g->judge->set->areas[area].code);
}

/* Why an area has no neighbours; newly allocated. */
static char *why_none(const Grouping *g, const PeerValues *values, guint area)
{
    if (is_excluded(g, area))
        return g_strdup("the study leaves this area out of the neighbour model");
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint v = 0; v < values->n_variables; v++) {
        if (isfinite(values->values[(gsize)area * values->n_variables + v]))
            continue;
        const PeerVariable *variable = &g->grouping->variables[v];
        g_string_append_printf(names, "%s%s", names->len ? ", " : "",
                               variable->title ? variable->title : variable->id);
    }
    if (!names->len)
        return g_strdup("no other area has all variables of the neighbour model");
    return g_strdup_printf("no value for this area of: %s", names->str);
}

/* The variables with the rows of areas that take no part on that day made missing. */
static double *neighbour_values(const Grouping *g, const PeerValues *values, guint32 day)
{
    const guint n = g->judge->a->n_areas, m = values->n_variables;
    double *table = g_memdup2(values->values, sizeof(double) * n * m);
    for (guint i = 0; i < n; i++)
        if (!area_is_valid(&g->judge->set->areas[i], day) || is_excluded(g, i))
            for (guint v = 0; v < m; v++)
                table[(gsize)i * m + v] = NAN;
    return table;
}

static void take_neighbours(PeerSet *set, const Neighbour *found, size_t n)
{
    set->n = (guint)n;
    set->areas = g_new(guint, n);
    set->distances = g_new(double, n);
    set->label = "neighbours";
    for (size_t j = 0; j < n; j++) {
        set->areas[j] = (guint)found[j].area;
        set->distances[j] = found[j].rebased;
    }
}

/* Neighbours of the areas whose peers are chosen on that day. */
static void make_neighbours_of_day(const Grouping *g, const PeerValues *values, guint32 day)
{
    const guint n = g->judge->a->n_areas, m = values->n_variables;
    const size_t k = MIN(g->grouping->k, n);
    g_autofree double *table = m ? neighbour_values(g, values, day) : NULL;
    g_autofree double *weights = g_new(double, m + 1);
    g_autofree Neighbour *found = g_new(Neighbour, k * n + 1);
    g_autofree size_t *count = g_new0(size_t, n + 1);
    for (guint v = 0; v < m; v++)
        weights[v] = g->grouping->variables[v].weight;
    if (m && k)
        neighbours_find(&(NeighbourTable){table, n, m, weights}, k, found, count);
    for (guint i = 0; i < n; i++) {
        if (day_of_peers(g->judge, i) != day)
            continue;
        if (count[i]) {
            take_neighbours(&g->sets[i], found + k * i, count[i]);
            continue;
        }
        g_autofree char *why = why_none(g, values, i);
        fall_back(g, i, why);
    }
}

static void make_neighbours(const Grouping *g)
{
    const PeerValues none = {0, NULL};
    const PeerValues *values = g->judge->set->peer_values;
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < g->judge->a->n_areas; i++) {
        const guint32 day = day_of_peers(g->judge, i);
        if (g_hash_table_add(done, GUINT_TO_POINTER(day)))
            make_neighbours_of_day(g, values ? &values[g->index] : &none, day);
    }
}

static void make_everyone(Judge *judge)
{
    const guint n = judge->a->n_areas;
    judge->everyone = g_new0(PeerSet, n + 1);
    for (guint i = 0; i < n; i++) {
        GArray *members = new_members();
        for (guint j = 0; j < n; j++)
            if (may_be_peer(judge, i, j))
                g_array_append_val(members, j);
        take(&judge->everyone[i], members);
        judge->everyone[i].label = "";
    }
}

void judge_peer_sets(Judge *judge)
{
    static void (*const make[])(const Grouping *) = {
        [PEERS_NEIGHBOURS] = make_neighbours,
        [PEERS_CLASS] = make_class,
        [PEERS_LIST] = make_list,
    };
    const guint n = judge->a->n_areas;
    judge->a->peers = g_new0(PeerSet, (gsize)judge->a->n_groupings * n + 1);
    for (guint i = 0; i < judge->a->n_groupings; i++) {
        const PeerGrouping *grouping = &judge->study->peers[i];
        const Grouping g = {judge, i, grouping, judge->a->peers + (gsize)i * n};
        make[grouping->method](&g);
    }
    if (!judge->a->n_groupings)
        make_everyone(judge);
}

void judge_peer_sets_free(PeerSet *sets, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_free(sets[i].areas);
        g_free(sets[i].distances);
    }
    g_free(sets);
}
