#include "map_parts.h"

#include <math.h>

/* Where map, key and enlargement lie. A country's box has empty corners, seas mostly: there the key
 * and the enlargement may stand, so that the map is as large as its room allows. The map shrinks by
 * small steps until they find a place; at the last it leaves them a column of their own. */

#define SHRINK      0.96
#define KEY_GAP     6.0 /* between key and map */
#define INSET_PAD   3.0 /* between frame and ground */
#define INSET_LABEL 12.0
#define INSET_STEP  5.0
/* An enlargement that shows things less than so much larger is not worth its place. */
#define INSET_LEAST 1.8
#define MAP_LEAST   160.0

/* ---- where there is no ground ---- */

/* Whether a part of the line from p to q lies in the box (Liang and Barsky 1984). */
static gboolean line_meets(Point p, Point q, Box box)
{
    const double d[] = {-(q.x - p.x), q.x - p.x, -(q.y - p.y), q.y - p.y};
    const double e[] = {p.x - box.x0, box.x1 - p.x, p.y - box.y0, box.y1 - p.y};
    double from = 0, to = 1;
    for (guint k = 0; k < 4; k++) {
        if (d[k] == 0) {
            if (e[k] < 0) {
                return FALSE;
            }
        } else if (d[k] < 0) {
            from = MAX(from, e[k] / d[k]);
        } else {
            to = MIN(to, e[k] / d[k]);
        }
    }
    return from <= to;
}

/* A border in the box, or the box within the area: then a level line from its corner crosses the
 * borders an odd number of times. */
static gboolean area_meets(const Geometry *g, const GeometryArea *a, const MapFrame *frame, Box box)
{
    Point low = map_at(frame, a->low), high = map_at(frame, a->high);
    if (low.x > box.x1 || high.x < box.x0 || low.y > box.y1 || high.y < box.y0) {
        return FALSE;
    }
    gboolean within = FALSE;
    for (guint k = 0, i = 0; k < a->n_rings; k++) {
        guint begin = i, end = g->ends[a->ring + k];
        for (; i < end; i++) {
            Point p = map_at(frame, g->points[a->point + i]);
            Point q = map_at(frame, g->points[a->point + (i + 1 < end ? i + 1 : begin)]);
            if (line_meets(p, q, box)) {
                return TRUE;
            }
            if ((p.y > box.y0) != (q.y > box.y0) &&
                p.x + (q.x - p.x) * (box.y0 - p.y) / (q.y - p.y) > box.x0) {
                within = !within;
            }
        }
    }
    return within;
}

static gboolean is_free(const Geometry *g, const MapFrame *frame, Box box)
{
    for (guint i = 0; i < g->n_areas; i++) {
        if (area_meets(g, &g->areas[i], frame, box)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean boxes_meet(Box a, Box b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/* ---- the enlargement ---- */

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

/* Frame and label of the ground at a scale, with its corner at the origin. */
static Box inset_at(const MapChart *c, const MapInset *inset, double scale)
{
    double label = text_width(c->enlarged_label, TICK_SIZE, FALSE);
    double width = (inset->high.x - inset->low.x) * scale + 2 * INSET_PAD;
    return (Box){0, 0, MAX(width, label),
                 (inset->high.y - inset->low.y) * scale + 2 * INSET_PAD + INSET_LABEL};
}

static void inset_place(MapInset *inset, Box box, double scale)
{
    double width = (inset->high.x - inset->low.x) * scale + 2 * INSET_PAD;
    inset->label = (Point){box.x0, box.y0 + 8};
    inset->box = (Box){box.x0, box.y0 + INSET_LABEL, box.x0 + width, box.y1};
    inset->frame =
        (MapFrame){inset->low, scale, {box.x0 + INSET_PAD, box.y0 + INSET_LABEL + INSET_PAD}};
    inset->there = TRUE;
}

/* The free place that is nearest to what is enlarged. */
static gboolean inset_find(Map *m, const MapFrame *frame, Box key, double scale)
{
    MapInset *inset = &m->inset;
    const Box size = inset_at(m->c, inset, scale);
    const Point low = map_at(frame, inset->low), high = map_at(frame, inset->high);
    const double width = m->scene->width - 1, height = m->scene->height - 1;
    double nearest = INFINITY;
    for (double y = 1; y + size.y1 <= height; y += INSET_STEP) {
        for (double x = 1; x + size.x1 <= width; x += INSET_STEP) {
            Box box = {x, y, x + size.x1, y + size.y1};
            Box around = {box.x0 - KEY_GAP, box.y0 - KEY_GAP, box.x1 + KEY_GAP, box.y1 + KEY_GAP};
            double distance = hypot((box.x0 + box.x1 - low.x - high.x) / 2,
                                    (box.y0 + box.y1 - low.y - high.y) / 2);
            if (distance < nearest && !boxes_meet(around, key) &&
                is_free(m->c->geometry, frame, around)) {
                nearest = distance;
                inset_place(inset, box, scale);
            }
        }
    }
    return isfinite(nearest);
}

/* ---- the whole ---- */

/* Map at the top left; what is more than it needs of the height is left below. */
static MapFrame frame_of(const Geometry *g, double scale)
{
    return (MapFrame){g->low, scale, {1, 1}};
}

static gboolean lay_over(Map *m, double scale)
{
    const MapFrame frame = frame_of(m->c->geometry, scale);
    const Box key = {m->column - KEY_GAP, 0, m->scene->width, m->key_end + KEY_GAP};
    static const double larger[] = {3.6, 3.0, 2.4, INSET_LEAST};
    gboolean placed = !m->inset.wanted;
    if (!is_free(m->c->geometry, &frame, key)) {
        return FALSE;
    }
    for (guint k = 0; k < G_N_ELEMENTS(larger) && !placed; k++) {
        placed = inset_find(m, &frame, key, larger[k] * scale);
    }
    m->frame = frame;
    return placed;
}

/* Key and enlargement in a column of their own. */
static void lay_beside(Map *m, double scale)
{
    const double height = m->scene->height;
    const Geometry *g = m->c->geometry;
    m->frame = frame_of(g, scale);
    m->column = MIN(m->column, 1 + (g->high.x - g->low.x) * scale + MAP_GAP);
    if (!m->inset.wanted) {
        return;
    }
    const double width = m->scene->width - m->column - 1;
    const double w = m->inset.high.x - m->inset.low.x, h = m->inset.high.y - m->inset.low.y;
    const double room = MIN(0.3 * height, height - m->key_end - INSET_LABEL - 1);
    const double inset = MIN(width - 2 * INSET_PAD, (room - 2 * INSET_PAD) * w / h) / w;
    if (inset > 0) {
        const Box box = inset_at(m->c, &m->inset, inset);
        inset_place(&m->inset,
                    (Box){m->column, m->key_end, m->column + box.x1, m->key_end + box.y1}, inset);
    }
}

void map_layout(Map *m)
{
    const Geometry *g = m->c->geometry;
    const double w = MAX(g->high.x - g->low.x, 1e-9), h = MAX(g->high.y - g->low.y, 1e-9);
    const double height = m->scene->height - 2;
    m->column = m->scene->width - map_key_width(m);
    m->key_end = map_key(m, NULL);
    m->inset.wanted = enlarged_ground(m->c, &m->inset.low, &m->inset.high);
    const double beside = MIN((m->column - MAP_GAP - 1) / w, height / h);
    double scale = MIN((m->scene->width - 2) / w, height / h);
    while (scale > beside && !lay_over(m, scale)) {
        scale *= SHRINK;
    }
    if (scale <= beside) {
        lay_beside(m, beside);
    }
}

double map_chart_height(const MapChart *c, double width, double most)
{
    const double least = MIN(most, MAP_LEAST);
    if (!c->geometry || c->geometry->n_areas == 0) {
        return least;
    }
    Map m = map_begin(c, width, most);
    map_layout(&m);
    double needed = (c->geometry->high.y - c->geometry->low.y) * m.frame.scale + 2;
    needed = MAX(needed, m.inset.there ? m.inset.box.y1 + 1 : m.key_end);
    scene_free(map_done(&m));
    return CLAMP(needed, least, most);
}
