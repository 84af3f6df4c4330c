#include "set.h"

#include <math.h>
#include <string.h>

#include "peerline/base/text.h"

ObservationSet *observation_set_new(void)
{
    ObservationSet *set = g_new0(ObservationSet, 1);
    set->storage = g_string_chunk_new(4096);
    return set;
}

char *observation_set_string(ObservationSet *set, const char *text)
{
    return text ? g_string_chunk_insert_const(set->storage, text) : NULL;
}

char *observation_set_line(ObservationSet *set, const char *text)
{
    g_autofree char *line = text_squeeze(text);
    return observation_set_string(set, line);
}

static void age_figures_free(AgeFigures *a)
{
    if (!a)
        return;
    g_free(a->bands);
    g_free(a->weight);
    g_free(a->ref_x);
    g_free(a->ref_n);
    g_free(a->x);
    g_free(a->n);
    g_free(a);
}

static void series_clear(Series *s)
{
    age_figures_free(s->ages);
    g_free(s->pooled);
    g_free(s->periods);
    g_free(s->period_labels);
    g_free(s->period_order);
    g_free(s->grid);
    g_free(s->national);
    g_free(s->sum_note);
    g_free(s->withheld);
}

static void peer_list_clear(PeerList *list, guint n_areas)
{
    if (!list->of_area)
        return;
    for (guint a = 0; a < n_areas; a++)
        if (list->of_area[a])
            g_array_unref(list->of_area[a]);
    g_free(list->of_area);
}

static void made_clear(Made *m)
{
    g_free(m->figures);
    g_free(m->denominator);
    g_free(m->parts);
    g_free(m->shares);
    g_free(m->total);
    g_free(m->groups);
}

void observation_set_free(ObservationSet *set)
{
    if (!set)
        return;
    for (guint i = 0; set->series && i < set->n_indicators; i++)
        series_clear(&set->series[i]);
    for (guint g = 0; set->peer_lists && g < set->n_groupings; g++)
        peer_list_clear(&set->peer_lists[g], set->n_areas);
    for (guint g = 0; set->peer_values && g < set->n_groupings; g++)
        g_free(set->peer_values[g].values);
    for (guint k = 0; set->maps && k < set->n_maps; k++)
        geometry_free(set->maps[k]);
    for (guint k = 0; set->made && k < set->n_made; k++)
        made_clear(&set->made[k]);
    g_free(set->maps);
    g_free(set->made);
    for (guint a = 0; a < set->n_areas; a++)
        g_free(set->areas[a].classes);
    g_free(set->areas);
    g_free(set->series);
    g_free(set->sources);
    g_free(set->rejects);
    g_free(set->reasons);
    g_free(set->slips);
    g_free(set->peer_values);
    g_free(set->peer_lists);
    g_string_chunk_free(set->storage);
    g_free(set);
}

static int compare_areas(gconstpointer a, gconstpointer b)
{
    return strcmp(((const Area *)a)->code, ((const Area *)b)->code);
}

void observation_set_areas(ObservationSet *set, GArray *areas)
{
    g_array_sort(areas, compare_areas);
    set->n_areas = areas->len;
    set->areas = (Area *)(void *)g_array_free(areas, FALSE);
}

const char *observation_place(const ObservationSet *set, int source)
{
    const SourceUsed *used = source < 0 ? NULL : &set->sources[source];
    return used && used->place ? used->place : used ? used->file : NULL;
}

int observation_area(const ObservationSet *set, const char *code)
{
    guint low = 0, high = set->n_areas;
    while (low < high) {
        const guint mid = low + (high - low) / 2;
        const int order = strcmp(code, set->areas[mid].code);
        if (order == 0)
            return (int)mid;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return -1;
}

Observation observation_missing(Status status)
{
    return (Observation){.numerator = NAN,
                         .denominator = NAN,
                         .value = NAN,
                         .lower95 = NAN,
                         .upper95 = NAN,
                         .lower99_8 = NAN,
                         .upper99_8 = NAN,
                         .status = status,
                         .source = -1,
                         .denominator_source = -1};
}

void series_make_grid(Series *s, guint n_areas, Status status)
{
    const Observation nothing = observation_missing(status);
    s->grid = g_new(Observation, (gsize)s->n_periods * n_areas + 1);
    s->national = g_new(Observation, s->n_periods + 1);
    s->sum_note = g_new0(char *, s->n_periods + 1);
    for (gsize i = 0; i < (gsize)s->n_periods * n_areas; i++)
        s->grid[i] = nothing;
    for (guint p = 0; p < s->n_periods; p++)
        s->national[p] = observation_missing(STATUS_NOT_REPORTED);
}

static int compare_rejects(gconstpointer va, gconstpointer vb)
{
    const Reject *a = va, *b = vb;
    int order = strcmp(a->file, b->file);
    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    if (order == 0)
        order = strcmp(a->rule, b->rule);
    return order ? order : strcmp(a->text, b->text);
}

void rejects_add(GArray *rejects, ObservationSet *set, guint source, Reject reject)
{
    reject.source = set->sources[source].id;
    reject.text = observation_set_string(set, reject.text);
    g_array_append_val(rejects, reject);
    set->sources[source].rows_rejected++;
}

void observation_set_rejects(ObservationSet *set, GArray *rejects)
{
    g_array_sort(rejects, compare_rejects);
    set->n_rejects = rejects->len;
    set->rejects = (Reject *)(void *)g_array_free(rejects, FALSE);
}

static int compare_reason(const Reason *r, guint indicator, guint period, guint area)
{
    if (r->indicator != indicator)
        return r->indicator < indicator ? -1 : 1;
    if (r->period != period)
        return r->period < period ? -1 : 1;
    return r->area == area ? 0 : r->area < area ? -1 : 1;
}

const char *observation_reason(const ObservationSet *set, guint indicator, guint period, guint area)
{
    guint low = 0, high = set->n_reasons;
    while (low < high) {
        const guint mid = low + (high - low) / 2;
        const int order = compare_reason(&set->reasons[mid], indicator, period, area);
        if (order == 0)
            return set->reasons[mid].because;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}
