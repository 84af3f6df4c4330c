#include "map_parts.h"

#include <math.h>

enum { LABELS_MOST = 8 };
static const double WIDEST = 118;
static const double STEP = 3; /* between the levels at which areas are taken as covered */

static int by_size(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Where a level line enters and leaves an area. */
static void cut_level(const Map *m, const GeometryArea *a, double y, GArray *cuts)
{
    const Geometry *g = m->c->geometry;
    g_array_set_size(cuts, 0);
    for (guint k = 0, i = 0; k < a->n_rings; k++) {
        guint begin = i, end = g->ends[a->ring + k];
        for (; i < end; i++) {
            Point p = map_at(&m->frame, g->points[a->point + i]);
            Point q = map_at(&m->frame, g->points[a->point + (i + 1 < end ? i + 1 : begin)]);
            if ((p.y > y) != (q.y > y)) {
                double x = p.x + (q.x - p.x) * (y - p.y) / (q.y - p.y);
                g_array_append_val(cuts, x);
            }
        }
    }
    g_array_sort(cuts, by_size);
}

static void take_area(const Map *m, guint area)
{
    const GeometryArea *a = &m->c->geometry->areas[area];
    g_autoptr(GArray) cuts = g_array_new(FALSE, FALSE, sizeof(double));
    double bottom = map_at(&m->frame, a->high).y;
    for (double y = map_at(&m->frame, a->low).y; y <= bottom; y += STEP) {
        cut_level(m, a, y, cuts);
        for (guint i = 0; i + 1 < cuts->len; i += 2) {
            names_take(m->names, (Box){g_array_index(cuts, double, i), y,
                                       g_array_index(cuts, double, i + 1), y});
        }
    }
    for (guint i = 0; i < a->n_points; i++) { /* what is narrower than that */
        Point p = map_at(&m->frame, m->c->geometry->points[a->point + i]);
        names_take(m->names, (Box){p.x, p.y, p.x, p.y});
    }
}

static gboolean place_label(Map *m, guint i)
{
    const MapItem *item = &m->c->items[i];
    const char *none = words_label(m->c->study, WORD_CHART_NO_DATA);
    g_autofree char *text =
        g_strdup_printf("%s: %s", item->name, item->value_text ? item->value_text : none);
    gboolean own = i == m->c->highlight;
    Name name = {.text = text,
                 .target = m->label_points[i],
                 .style = own ? STYLE_STRONG : STYLE_LABEL,
                 .width = MIN(WIDEST, m->scene->width * 0.4),
                 .dot = TRUE};
    return names_place(m->names, &name);
}

void map_draw_labels(Map *m)
{
    const Scene *s = m->scene;
    m->names = names_new(m->scene, (Box){1, 1, s->width - 1, s->height - 1});
    for (guint i = 0; i < m->c->geometry->n_areas; i++) {
        take_area(m, i);
    }
    names_bar(m->names, (Box){m->column - 2, 0, s->width, m->key_end});
    if (m->inset.there) {
        const Box box = m->inset.box;
        const double label = text_width(m->c->enlarged_label, TICK_SIZE, FALSE);
        names_take(m->names, (Box){box.x0 - 2, box.y0, box.x1 + 2, box.y1 + 2});
        names_bar(m->names, (Box){box.x0 - 2, m->inset.label.y - 8, box.x0 + label + 2, box.y0});
    }
    guint drawn = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < m->c->n && drawn < LABELS_MOST; i++) {
            gboolean own = i == m->c->highlight;
            gboolean wanted = pass == 0 ? own : !own && m->c->items[i].labelled;
            if (wanted && isfinite(m->label_points[i].x)) {
                drawn += place_label(m, i);
            }
        }
    }
}
