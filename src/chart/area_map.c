#include "map_parts.h"

#include <math.h>

static const double ENLARGED_MOST = 0.3; /* of the height */

double map_chart_height(const MapChart *c, double width, double most)
{
    const Geometry *g = c->geometry;
    double least = MIN(most, 160);
    if (!g || g->n_areas == 0) {
        return least;
    }
    double room = width * (width < 300 ? 0.56 : 0.68) - MAP_GAP - 1;
    double height = room * (g->high.y - g->low.y) / MAX(g->high.x - g->low.x, 1e-9) + 2;
    return CLAMP(height, least, most);
}

/* The box on the ground of what is enlarged; FALSE: there is none. */
static gboolean enlarged_ground(const MapChart *c, GeoPoint *low, GeoPoint *high)
{
    *low = (GeoPoint){INFINITY, INFINITY};
    *high = (GeoPoint){-INFINITY, -INFINITY};
    for (guint i = 0; c->enlarged_label && i < c->n; i++) {
        if (!c->items[i].enlarged || c->items[i].area < 0) {
            continue;
        }
        const GeometryArea *a = &c->geometry->areas[c->items[i].area];
        *low = (GeoPoint){MIN(low->x, a->low.x), MIN(low->y, a->low.y)};
        *high = (GeoPoint){MAX(high->x, a->high.x), MAX(high->y, a->high.y)};
    }
    return low->x < high->x && low->y < high->y;
}

/* Draws it below the key, and lets labels point into it. */
static void draw_enlarged(Map *m)
{
    GeoPoint low, high;
    if (!enlarged_ground(m->c, &low, &high)) {
        return;
    }
    Scene *s = m->scene;
    const MapChart *c = m->c;
    Point corner = map_at(&m->frame, low), end = map_at(&m->frame, high);
    scene_rect(s, (Point){corner.x - 2, corner.y - 2},
               (Point){end.x - corner.x + 4, end.y - corner.y + 4}, STROKED(COLOUR_INK, 0.7), NULL);
    g_autoptr(GPtrArray) lines = wrap_text(c->enlarged_label, &STYLE_TICK, s->width - m->column);
    m->used += draw_lines(s, lines, (Point){m->column, m->used + 8}, STYLE_TICK) + 2;
    m->key_end = m->used;
    double width = s->width - m->column - 7, height = s->height * ENLARGED_MOST;
    double scale = MIN(width / (high.x - low.x), height / (high.y - low.y));
    Box frame = {m->column, m->used, m->column + (high.x - low.x) * scale + 6,
                 m->used + (high.y - low.y) * scale + 6};
    scene_rect(s, (Point){frame.x0, frame.y0}, (Point){frame.x1 - frame.x0, frame.y1 - frame.y0},
               (Paint){.fill = COLOUR_WHITE, .stroke = COLOUR_INK, .width = 0.7}, NULL);
    MapFrame f =
        map_frame(low, high, (Box){frame.x0 + 3, frame.y0 + 3, frame.x1 - 3, frame.y1 - 3});
    for (guint i = 0; i < c->n; i++) {
        if (c->items[i].enlarged && c->items[i].area >= 0) {
            map_draw_area(m, (guint)c->items[i].area, &f);
            m->label_points[i] = map_at(&f, c->geometry->areas[c->items[i].area].label);
        }
    }
    if (c->highlight < c->n && c->items[c->highlight].enlarged) {
        map_draw_outline(m, &f);
    }
    m->used = frame.y1 + 8;
}

Scene *area_map_scene(const MapChart *c, double width, double height)
{
    Map m = map_begin(c, width, height);
    if (map_is_there(&m)) {
        for (guint i = 0; i < c->geometry->n_areas; i++) {
            map_draw_area(&m, i, &m.frame);
        }
        map_draw_outline(&m, &m.frame);
        map_draw_key(&m);
        draw_enlarged(&m);
        map_draw_labels(&m);
    }
    return map_done(&m);
}
