#include "map_parts.h"

/* Only names that fit are drawn: cut ones would have to be guessed. */
static void draw_short_name(const Map *m, guint area)
{
    const MapItem *item = m->by_area[area];
    if (!item || !item->short_name) {
        return;
    }
    const GeometryArea *a = &m->c->geometry->areas[area];
    double room = (a->high.x - a->low.x) * m->frame.scale - 1.5;
    if (a->n_rings != 1 || a->n_points != 6 ||
        text_width(item->short_name, SMALL_SIZE, FALSE) > room) {
        return;
    }
    Point at = map_at(&m->frame, a->label);
    double half = text_width(item->short_name, SMALL_SIZE, FALSE) / 2 + 1;
    Box box = {at.x - half, at.y - 4.2, at.x + half, at.y + 4.2};
    if (names_cross(m->names, box)) {
        return;
    }
    const Shade *shade = map_shade(m->c, item->value_text ? item->class_index : MAP_NO_DATA);
    TextStyle style = {SMALL_SIZE, FALSE, colour_text_on(shade->fill), ALIGN_MIDDLE, 0};
    if (shade->hatch != HATCH_NONE) {
        scene_rect(m->scene, (Point){box.x0, box.y0}, (Point){2 * half, 8.4}, FILLED(shade->fill),
                   NULL);
    }
    scene_text(m->scene, (Point){at.x, at.y + 0.36 * SMALL_SIZE}, item->short_name, style);
}

Scene *hexmap_scene(const MapChart *c, double width, double height)
{
    Map m = map_begin(c, width, height);
    if (map_is_there(&m)) {
        for (guint i = 0; i < c->geometry->n_areas; i++) {
            map_draw_area(&m, i, &m.frame);
        }
        map_draw_outline(&m, &m.frame);
        map_key(&m, m.scene);
        map_draw_labels(&m);
        for (guint i = 0; i < c->geometry->n_areas; i++) {
            draw_short_name(&m, i);
        }
    }
    return map_done(&m);
}
