#include "map_parts.h"

/* Draws again, larger, what would be too small to see, and lets labels point into it. */
static void draw_enlarged(Map *m)
{
    const MapInset *inset = &m->inset;
    const MapChart *c = m->c;
    Scene *s = m->scene;
    if (!inset->there) {
        return;
    }
    Point corner = map_at(&m->frame, inset->low), end = map_at(&m->frame, inset->high);
    scene_rect(s, (Point){corner.x - 2, corner.y - 2},
               (Point){end.x - corner.x + 4, end.y - corner.y + 4}, STROKED(COLOUR_INK, 0.7), NULL);
    scene_text(s, inset->label, c->enlarged_label, STYLE_TICK);
    const Box box = inset->box;
    scene_rect(s, (Point){box.x0, box.y0}, (Point){box.x1 - box.x0, box.y1 - box.y0},
               (Paint){.fill = COLOUR_WHITE, .stroke = COLOUR_INK, .width = 0.7}, NULL);
    for (guint i = 0; i < c->n; i++) {
        if (c->items[i].enlarged && c->items[i].area >= 0) {
            map_draw_area(m, (guint)c->items[i].area, &inset->frame);
            m->label_points[i] = map_at(&inset->frame, c->geometry->areas[c->items[i].area].label);
        }
    }
    if (c->highlight < c->n && c->items[c->highlight].enlarged) {
        map_draw_outline(m, &inset->frame);
    }
}

Scene *area_map_scene(const MapChart *c, double width, double height)
{
    Map m = map_begin(c, width, height);
    if (map_is_there(&m)) {
        for (guint i = 0; i < c->geometry->n_areas; i++) {
            map_draw_area(&m, i, &m.frame);
        }
        map_draw_outline(&m, &m.frame);
        map_key(&m, m.scene);
        draw_enlarged(&m);
        map_draw_labels(&m);
    }
    return map_done(&m);
}
