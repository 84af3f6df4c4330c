#include "map_parts.h"

#include <math.h>
#include <stdlib.h>

/* One blue, at lightnesses that can be told apart in grey. */
#define BLUE(r, g, b)                                                                              \
    {                                                                                              \
        {r, g, b, 0xFF}, HATCH_NONE,                                                               \
        {                                                                                          \
            0, 0, 0, 0                                                                             \
        }                                                                                          \
    }
static const Shade FROM_LOW[] = {
    BLUE(0xEE, 0xF5, 0xFC), BLUE(0xC9, 0xDF, 0xF4), BLUE(0x9C, 0xC6, 0xEC), BLUE(0x6B, 0xAC, 0xE6),
    BLUE(0x37, 0x86, 0xCC), BLUE(0x1D, 0x62, 0xA3), BLUE(0x0C, 0x35, 0x58),
};
/* Which of the seven are taken for so many classes. */
static const guint8 STEPS[MAP_CLASSES_MAX + 1][MAP_CLASSES_MAX] = {{0},
                                                                   {3},
                                                                   {1, 5},
                                                                   {0, 3, 6},
                                                                   {0, 2, 4, 6},
                                                                   {0, 2, 3, 5, 6},
                                                                   {0, 1, 2, 3, 5, 6},
                                                                   {0, 1, 2, 3, 4, 5, 6}};

static const Shade AROUND[] = {
    {{0x12, 0x43, 0x6D, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0x6B, 0xAC, 0xE6, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0xFF, 0xFF, 0xFF, 0xFF}, HATCH_NONE, {0, 0, 0, 0}},
    {{0xF4, 0x6A, 0x25, 0xFF}, HATCH_FALLING, {0xFF, 0xFF, 0xFF, 0xFF}},
    {{0x80, 0x16, 0x50, 0xFF}, HATCH_FALLING, {0xFF, 0xFF, 0xFF, 0xFF}},
};

const Shade *map_shade(const MapChart *c, int class_index)
{
    if (class_index < 0 || (guint)class_index >= c->n_classes) {
        return &SHADE_NO_DATA;
    }
    guint i = (guint)class_index;
    if (c->scale == MAP_AROUND) {
        return &AROUND[MIN(i + (c->n_classes <= 3 ? 1 : 0), G_N_ELEMENTS(AROUND) - 1)];
    }
    return &FROM_LOW[STEPS[MIN(c->n_classes, MAP_CLASSES_MAX)][MIN(i, MAP_CLASSES_MAX - 1)]];
}

static int class_of(const MapChart *c, const MapItem *item)
{
    gboolean known = item && item->value_text && item->class_index >= 0 &&
                     (guint)item->class_index < c->n_classes;
    return known ? item->class_index : MAP_NO_DATA;
}

static const char *class_text(const MapChart *c, int class_index)
{
    return class_index == MAP_NO_DATA ? words_label(c->study, WORD_CHART_NO_DATA)
                                      : c->classes[class_index];
}

static const double KEY_NARROWEST = 78; /* a title is not broken for less */

/* ---- ground to page ---- */

Point map_at(const MapFrame *f, GeoPoint p)
{
    return (Point){f->at.x + (p.x - f->low.x) * f->scale, f->at.y + (p.y - f->low.y) * f->scale};
}

/* ---- text alternative and table ---- */

static SceneTable *table_of(const MapChart *c)
{
    const char *const heads[] = {
        words_label(c->study, WORD_CHART_COLUMN_AREA),
        words_label(c->study, WORD_CHART_COLUMN_CLASS),
        c->key_title ? c->key_title : words_label(c->study, WORD_CHART_COLUMN_VALUE), NULL};
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_MAP, heads, 2);
    for (guint i = 0; i < c->n; i++) {
        const MapItem *item = &c->items[i];
        const char *cells[] = {item->name, class_text(c, class_of(c, item)), item->value_text};
        scene_table_add(t, cells);
    }
    return t;
}

static void join(GString *classes, char *words)
{
    g_string_append_printf(classes, "%s%s", classes->len ? ", " : "", words);
    g_free(words);
}

static void tell_classes(GString *alt, const MapChart *c, const char *count, guint missing)
{
    g_autoptr(GString) classes = g_string_new(NULL);
    for (guint k = 0; k < c->n_classes; k++) {
        guint n = 0;
        for (guint i = 0; i < c->n; i++) {
            n += class_of(c, &c->items[i]) == (int)k ? 1 : 0;
        }
        join(classes, words_plain(c->study, WORD_ALT_MAP_CLASS, "#n", GUINT_TO_POINTER(n), "class",
                                  c->classes[k], NULL));
    }
    if (missing) {
        join(classes,
             words_plain(c->study, WORD_ALT_WITHOUT_DATA, "#n", GUINT_TO_POINTER(missing), NULL));
    }
    tell(alt, words_plain(c->study, WORD_ALT_MAP_CLASSES, "count", count, "classes", classes->str,
                          NULL));
}

static char *alt_text(const MapChart *c)
{
    GString *alt = g_string_new(NULL);
    guint missing = 0, absent = 0;
    for (guint i = 0; i < c->n; i++) {
        missing += class_of(c, &c->items[i]) == MAP_NO_DATA ? 1 : 0;
        absent += c->items[i].area < 0 ? 1 : 0;
    }
    g_autofree char *count = count_text(c->study, c->n, c->what);
    tell(alt, words_plain(c->study, WORD_ALT_MAP, "title", title_or(c->study, c->title), NULL));
    if (missing == c->n) {
        tell(alt, words_plain(c->study, WORD_ALT_MAP_NOTHING, "count", count, NULL));
        return g_string_free(alt, FALSE);
    }
    tell_classes(alt, c, count, missing);
    if (c->highlight < c->n) {
        const MapItem *own = &c->items[c->highlight];
        const int k = class_of(c, own);
        tell(alt,
             words_plain(c->study, k == MAP_NO_DATA ? WORD_ALT_MAP_OWN_MISSING : WORD_ALT_MAP_OWN,
                         "name", own->name, "value", own->value_text, "class", class_text(c, k),
                         NULL));
    }
    if (absent) {
        tell(alt, words_plain(c->study, WORD_ALT_MAP_ABSENT, "#n", GUINT_TO_POINTER(absent), NULL));
    }
    return g_string_free(alt, FALSE);
}

/* ---- a map ---- */

Map map_begin(const MapChart *c, double width, double height)
{
    Map m = {.scene = scene_new(width, height), .c = c};
    m.scene->alt = alt_text(c);
    m.scene->table = table_of(c);
    m.label_points = g_new(Point, MAX(c->n, 1));
    guint n_areas = c->geometry ? c->geometry->n_areas : 0;
    m.by_area = g_new0(const MapItem *, MAX(n_areas, 1));
    for (guint i = 0; i < c->n; i++) {
        m.label_points[i] = (Point){NAN, NAN};
        if (c->items[i].area >= 0 && (guint)c->items[i].area < n_areas) {
            m.by_area[c->items[i].area] = &c->items[i];
        }
    }
    return m;
}

Scene *map_done(Map *m)
{
    g_free(m->by_area);
    g_free(m->label_points);
    names_free(m->names);
    return m->scene;
}

gboolean map_is_there(Map *m)
{
    const Geometry *g = m->c->geometry;
    if (!g || g->n_areas == 0) {
        draw_nothing(m->scene, m->c->study, (Box){0, 0, m->scene->width, m->scene->height});
        return FALSE;
    }
    map_layout(m);
    for (guint i = 0; i < m->c->n; i++) {
        int area = m->c->items[i].area;
        if (area >= 0 && (guint)area < g->n_areas) {
            m->label_points[i] = map_at(&m->frame, g->areas[area].label);
        }
    }
    return TRUE;
}

/* Corners on a grid finer than a print can show, so that those that fall together can go: the file
 * becomes small, and borders that areas share stay shared. */
static const double PAGE_GRAIN = 0.2;

typedef struct {
    GArray *points, *ends; /* Point, guint */
} PlacedRings;

static void place_ring(PlacedRings *out, const GeoPoint *from, guint n, const MapFrame *frame)
{
    guint begin = out->points->len;
    for (guint i = 0; i < n; i++) {
        Point p = map_at(frame, from[i]);
        p = (Point){round(p.x / PAGE_GRAIN) * PAGE_GRAIN, round(p.y / PAGE_GRAIN) * PAGE_GRAIN};
        const Point *last = out->points->len > begin
                                ? &g_array_index(out->points, Point, out->points->len - 1)
                                : NULL;
        if (!last || last->x != p.x || last->y != p.y) {
            g_array_append_val(out->points, p);
        }
    }
    if (out->points->len < begin + 3) {
        g_array_set_size(out->points, begin);
    } else {
        g_array_append_val(out->ends, out->points->len);
    }
}

static PlacedRings place_rings(const Geometry *g, guint area, const MapFrame *frame)
{
    const GeometryArea *a = &g->areas[area];
    PlacedRings out = {g_array_new(FALSE, FALSE, sizeof(Point)),
                       g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint k = 0, i = 0; k < a->n_rings; k++) {
        guint end = g->ends[a->ring + k];
        place_ring(&out, g->points + a->point + i, end - i, frame);
        i = end;
    }
    return out;
}

static Rings rings_of(const PlacedRings *placed)
{
    return (Rings){(const Point *)(void *)placed->points->data,
                   (const guint *)(void *)placed->ends->data, placed->ends->len};
}

static void placed_free(PlacedRings *placed)
{
    g_array_unref(placed->points);
    g_array_unref(placed->ends);
}

void map_draw_area(const Map *m, guint area, const MapFrame *frame)
{
    const MapItem *item = m->by_area[area];
    const Geometry *g = m->c->geometry;
    int k = class_of(m->c, item);
    const char *name = item ? item->name : g->areas[area].name;
    g_autofree char *title = g_strdup_printf("%s: %s%s%s", *name ? name : g->areas[area].code,
                                             k == MAP_NO_DATA ? "" : item->value_text,
                                             k == MAP_NO_DATA ? "" : ", ", class_text(m->c, k));
    PlacedRings placed = place_rings(g, area, frame);
    Paint outline = STROKED(COLOUR_MUTED, 0.4);
    if (placed.ends->len > 0) {
        shade_rings(m->scene, rings_of(&placed), map_shade(m->c, k), outline, title);
    } else { /* too small to have a surface: a speck, rather than nothing */
        Point at = map_at(frame, g->areas[area].label);
        shade_rect(m->scene, (Box){at.x - 0.5, at.y - 0.5, at.x + 0.5, at.y + 0.5},
                   map_shade(m->c, k), outline, title);
    }
    placed_free(&placed);
}

void map_draw_outline(const Map *m, const MapFrame *frame)
{
    const MapChart *c = m->c;
    if (c->highlight >= c->n || !isfinite(m->label_points[c->highlight].x)) {
        return;
    }
    PlacedRings placed = place_rings(c->geometry, (guint)c->items[c->highlight].area, frame);
    scene_area(m->scene, rings_of(&placed), STROKED(COLOUR_WHITE, 3), NULL);
    scene_area(m->scene, rings_of(&placed), STROKED(COLOUR_INK, 1.4), NULL);
    placed_free(&placed);
}

/* ---- key ---- */

static guint key_entries(const Map *m, KeyEntry entries[MAP_CLASSES_MAX + 1])
{
    const MapChart *c = m->c;
    guint n = 0;
    for (guint k = MIN(c->n_classes, MAP_CLASSES_MAX); k-- > 0;) {
        entries[n++] = (KeyEntry){map_shade(c, (int)k), c->classes[k]};
    }
    gboolean missing = FALSE;
    for (guint i = 0; i < c->geometry->n_areas; i++) {
        missing = missing || class_of(c, m->by_area[i]) == MAP_NO_DATA;
    }
    if (missing) {
        entries[n++] = (KeyEntry){&SHADE_NO_DATA, class_text(c, MAP_NO_DATA)};
    }
    return n;
}

double map_key_width(const Map *m)
{
    KeyEntry entries[MAP_CLASSES_MAX + 1];
    const guint n = key_entries(m, entries);
    const double most = m->scene->width * (m->scene->width < 300 ? 0.44 : 0.32);
    const double title = m->c->key_title ? text_width(m->c->key_title, TICK_SIZE, FALSE) : 0;
    return MIN(MAX(shade_key_width(entries, n) + 1, MIN(title + 1, KEY_NARROWEST)), most);
}

double map_key(const Map *m, Scene *s)
{
    const double width = m->scene->width - m->column;
    KeyEntry entries[MAP_CLASSES_MAX + 1];
    double y = 0;
    if (m->c->key_title) {
        g_autoptr(GPtrArray) lines = wrap_text(m->c->key_title, &STYLE_TICK, width);
        if (s) {
            draw_lines(s, lines, (Point){m->column, 6}, STYLE_TICK);
        }
        y = lines_height(lines, STYLE_TICK) + 4;
    }
    const Box room = {m->column, y, m->scene->width, m->scene->height};
    return y + draw_shade_key(s, entries, key_entries(m, entries), room) + 6;
}
