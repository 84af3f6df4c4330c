#include "national.h"

#include "peerline/chart/map_chart.h"
#include "peerline/stats/quantile.h"

#include <math.h>

#define CLASSES 5
/* Of each side: more names do not fit beside a map. */
#define NAMED_OF_A_SIDE 2
/* A group of areas is shown again, larger, if they are so much smaller than the others. */
#define MUCH_SMALLER   0.5
#define GROUP_AT_LEAST 5
#define HEIGHT_AT_MOST 235.0

/* ---- classes of about as many areas ---- */

typedef struct {
    double lowest, highest; /* of the figures in it */
    guint n;
} MapClass;

/* Figures that are alike are in one class; classes that would be empty are left out. `class_of`
 * gets a class for each area, or MAP_NO_DATA; returns how many classes there are. */
static guint make_classes(const double *values, guint n, int *class_of, MapClass *classes)
{
    double breaks[CLASSES - 1];
    guint kept = 0;
    int place[CLASSES];
    for (guint k = 0; k < CLASSES - 1; k++)
        breaks[k] = quantile_of(values, n, (k + 1) / (double)CLASSES);
    MapClass all[CLASSES] = {{0, 0, 0}};
    for (guint a = 0; a < n; a++) {
        class_of[a] = MAP_NO_DATA;
        if (!isfinite(values[a]))
            continue;
        int k = 0;
        while (k < CLASSES - 1 && values[a] > breaks[k])
            k++;
        MapClass *c = &all[k];
        c->lowest = c->n ? MIN(c->lowest, values[a]) : values[a];
        c->highest = c->n ? MAX(c->highest, values[a]) : values[a];
        c->n++;
        class_of[a] = k;
    }
    for (guint k = 0; k < CLASSES; k++) {
        place[k] = (int)kept;
        if (all[k].n > 0)
            classes[kept++] = all[k];
    }
    for (guint a = 0; a < n; a++)
        class_of[a] = class_of[a] == MAP_NO_DATA ? MAP_NO_DATA : place[class_of[a]];
    return kept;
}

static const char *class_words(Pen *pen, const Indicator *i, const MapClass *c)
{
    const char *low = phrase_value(pen, i, c->lowest), *high = phrase_value(pen, i, c->highest);
    return g_str_equal(low, high) ? low : phrase_range(pen, i, c->lowest, c->highest);
}

/* ---- small areas ---- */

static double side_of(const GeometryArea *a)
{
    return sqrt((a->high.x - a->low.x) * (a->high.y - a->low.y));
}

static double typical_side(const ReportContext *c, const Geometry *g, guint class_index,
                           const char *group, guint *n)
{
    g_autofree double *sides = g_new(double, MAX(c->set->n_areas, 1));
    *n = 0;
    for (guint a = 0; a < c->set->n_areas; a++) {
        const int at = geometry_find(g, c->set->areas[a].code);
        if (at >= 0 && (!group || g_str_equal(c->set->areas[a].classes[class_index], group)))
            sides[(*n)++] = side_of(&g->areas[at]);
    }
    return quantile_median(sides, *n);
}

/* The group of areas that would be too small to see (a capital's boroughs), or NULL. */
static const char *small_group(const ReportContext *c, const Geometry *g, guint *class_index)
{
    guint n;
    const char *found = NULL;
    double smallest = MUCH_SMALLER * typical_side(c, g, 0, NULL, &n);
    for (guint k = 0; g->kind == GEOMETRY_GEOJSON && k < c->study->areas.n_classes; k++)
        for (guint a = 0; a < c->set->n_areas; a++) {
            const char *group = c->set->areas[a].classes[k];
            const double side = typical_side(c, g, k, group, &n);
            if (*group && n >= GROUP_AT_LEAST && side < smallest) {
                smallest = side;
                found = group;
                *class_index = k;
            }
        }
    return found;
}

/* ---- the map ---- */

static gboolean is_named(const ReportContext *c, guint i, guint period, guint area)
{
    for (int higher = 0; higher <= 1; higher++) {
        g_autoptr(GArray) flagged = national_flagged(c, i, period, higher);
        for (guint k = 0; k < MIN(flagged->len, NAMED_OF_A_SIDE); k++)
            if (g_array_index(flagged, guint, k) == area)
                return TRUE;
    }
    return FALSE;
}

static GArray *map_items(Pen *pen, guint map, guint i, guint period, const int *class_of)
{
    const ReportContext *c = pen->c;
    const Geometry *g = c->set->maps[map];
    GArray *items = g_array_new(FALSE, TRUE, sizeof(MapItem));
    guint class_index = 0;
    const char *enlarged = small_group(c, g, &class_index);
    for (guint a = 0; a < c->set->n_areas; a++) {
        if (!is_in_force(c, i, period, a))
            continue;
        const double value = observed(c, i, period, a)->value;
        const MapItem item = {
            .area = geometry_find(g, c->set->areas[a].code),
            .name = phrase_area_short(c, a),
            .short_name = phrase_area_short(c, a),
            .value_text = isfinite(value) ? phrase_value(pen, indicator_of(c, i), value) : NULL,
            .class_index = class_of[a],
            .labelled = is_named(c, i, period, a),
            .enlarged = enlarged && g_str_equal(c->set->areas[a].classes[class_index], enlarged)};
        g_array_append_val(items, item);
    }
    return items;
}

Scene *nation_map(Pen *pen, guint map, guint i, guint period, double width)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Geometry *g = c->set->maps[map];
    guint n = c->set->n_areas, class_index = 0;
    g_autofree double *values = g_new(double, MAX(n, 1));
    g_autofree int *class_of = g_new(int, MAX(n, 1));
    for (guint a = 0; a < n; a++)
        values[a] = is_in_force(c, i, period, a) ? observed(c, i, period, a)->value : NAN;
    MapClass classes[CLASSES];
    const guint n_classes = make_classes(values, n, class_of, classes);
    if (n_classes == 0)
        return NULL;
    const char *words[CLASSES];
    for (guint k = 0; k < n_classes; k++)
        words[k] = class_words(pen, indicator, &classes[k]);
    g_autoptr(GArray) items = map_items(pen, map, i, period, class_of);
    const MapChart chart = {
        .study = pen->c->study,
        .title = pen_format(pen, "%s, %s", indicator->title, phrase_period(c, i, period)),
        .what = phrase_areas(c),
        .key_title = indicator->unit,
        .geometry = g,
        .items = (const MapItem *)(const void *)items->data,
        .n = items->len,
        .highlight = CHART_NO_ITEM,
        .classes = words,
        .n_classes = n_classes,
        .scale = MAP_FROM_LOW,
        .enlarged_label = small_group(c, g, &class_index)};
    const double height = map_chart_height(&chart, width, HEIGHT_AT_MOST);
    return g->kind == GEOMETRY_GEOJSON ? area_map_scene(&chart, width, height)
                                       : hexmap_scene(&chart, width, height);
}

GPtrArray *nation_map_absent(const ReportContext *c, guint map)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint a = 0; a < c->set->n_areas; a++)
        if (observation_is_open(c->set, a) &&
            geometry_find(c->set->maps[map], c->set->areas[a].code) < 0)
            g_ptr_array_add(names, (gpointer)phrase_area(c, a));
    return names;
}
