#include "map_parts.h"

#include <math.h>
#include <stdlib.h>

enum { LABELS_MOST = 8 };
static const double LEADING = 1.25;
static const double WIDEST = 118;
static const double CELL = 4;
static const double CROSSING = 90; /* a line that crosses another costs as much as so many points */

/* ---- what is taken: the picture as cells, counted from the top left corner ---- */

typedef struct {
    guint columns, rows;
    guint32 *sums; /* (columns + 1) * (rows + 1): cells taken above and to the left */
} Cells;

typedef struct {
    const Map *m;
    Cells cells;
    GArray *boxes; /* Box: labels, and the key, which no line may cross */
} Labels;

static guint cell_of(double x, guint n)
{
    return (guint)CLAMP(floor(x / CELL), 0.0, (double)n - 1);
}

static void take(guint8 *taken, const Cells *c, Box box)
{
    for (guint r = cell_of(box.y0, c->rows); r <= cell_of(box.y1, c->rows); r++) {
        for (guint k = cell_of(box.x0, c->columns); k <= cell_of(box.x1, c->columns); k++) {
            taken[r * c->columns + k] = 1;
        }
    }
}

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

static void take_area(const Map *m, guint area, guint8 *taken, const Cells *c)
{
    const GeometryArea *a = &m->c->geometry->areas[area];
    g_autoptr(GArray) cuts = g_array_new(FALSE, FALSE, sizeof(double));
    Point low = map_at(&m->frame, a->low), high = map_at(&m->frame, a->high);
    for (guint r = cell_of(low.y, c->rows); r <= cell_of(high.y, c->rows); r++) {
        double y = (r + 0.5) * CELL;
        cut_level(m, a, y, cuts);
        for (guint i = 0; i + 1 < cuts->len; i += 2) {
            take(taken, c,
                 (Box){g_array_index(cuts, double, i), y, g_array_index(cuts, double, i + 1), y});
        }
    }
    for (guint i = 0; i < a->n_points; i++) { /* what is narrower than a cell */
        Point p = map_at(&m->frame, m->c->geometry->points[a->point + i]);
        take(taken, c, (Box){p.x, p.y, p.x, p.y});
    }
}

static void sum_up(Cells *c, const guint8 *taken)
{
    guint w = c->columns + 1;
    c->sums = g_new0(guint32, (gsize)w * (c->rows + 1));
    for (guint r = 0; r < c->rows; r++) {
        for (guint k = 0; k < c->columns; k++) {
            c->sums[(r + 1) * w + k + 1] = taken[r * c->columns + k] + c->sums[r * w + k + 1] +
                                           c->sums[(r + 1) * w + k] - c->sums[r * w + k];
        }
    }
}

static Labels labels_begin(const Map *m)
{
    const Scene *s = m->scene;
    Labels l = {.m = m,
                .cells = {(guint)ceil(s->width / CELL), (guint)ceil(s->height / CELL), NULL}};
    g_autofree guint8 *taken = g_new0(guint8, (gsize)l.cells.columns * l.cells.rows);
    for (guint i = 0; i < m->c->geometry->n_areas; i++) {
        take_area(m, i, taken, &l.cells);
    }
    Box key = {m->column - 2, 0, s->width, m->key_end};
    take(taken, &l.cells, (Box){key.x0, 0, s->width, m->used});
    sum_up(&l.cells, taken);
    l.boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    g_array_append_val(l.boxes, key);
    return l;
}

static gboolean is_open(const Labels *l, Box b)
{
    const Cells *c = &l->cells;
    guint w = c->columns + 1;
    guint x0 = cell_of(b.x0, c->columns), x1 = cell_of(b.x1, c->columns) + 1;
    guint y0 = cell_of(b.y0, c->rows), y1 = cell_of(b.y1, c->rows) + 1;
    return c->sums[y1 * w + x1] + c->sums[y0 * w + x0] ==
           c->sums[y0 * w + x1] + c->sums[y1 * w + x0];
}

/* ---- lines ---- */

static double side(Point a, Point b, Point p)
{
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

static gboolean crosses(Point a, Point b, Point p, Point q)
{
    return (side(a, b, p) > 0) != (side(a, b, q) > 0) && (side(p, q, a) > 0) != (side(p, q, b) > 0);
}

gboolean line_meets_box(Point a, Point b, const Box *box)
{
    Point c[] = {{box->x0, box->y0}, {box->x1, box->y0}, {box->x1, box->y1}, {box->x0, box->y1}};
    gboolean hit = a.x > box->x0 && a.x < box->x1 && a.y > box->y0 && a.y < box->y1;
    for (guint i = 0; i < 4; i++) {
        hit = hit || crosses(a, b, c[i], c[(i + 1) % 4]);
    }
    return hit;
}

static Point nearest_on(const Box *b, Point p)
{
    return (Point){CLAMP(p.x, b->x0, b->x1), CLAMP(p.y, b->y0, b->y1)};
}

/* INFINITY: a label cannot be there. */
static double cost_of(const Labels *l, const Box *box, Point target)
{
    if (!is_open(l, *box) || !box_is_free(l->boxes, box)) {
        return INFINITY;
    }
    Point end = nearest_on(box, target);
    double cost = hypot(end.x - target.x, end.y - target.y);
    for (guint i = 0; i < l->boxes->len; i++) {
        if (line_meets_box(target, end, &g_array_index(l->boxes, Box, i))) {
            return INFINITY;
        }
    }
    const Point *lines = (const Point *)(void *)l->m->lines->data;
    for (guint i = 0; i + 1 < l->m->lines->len; i += 2) {
        if (crosses(target, end, lines[i], lines[i + 1]) ||
            line_meets_box(lines[i], lines[i + 1], box)) {
            cost += CROSSING;
        }
    }
    return cost;
}

/* ---- labels ---- */

/* The cheapest place, the upper left one of equals; FALSE: there is none. */
static gboolean find_place(const Labels *l, double width, double height, Point target, Box *found)
{
    const Scene *s = l->m->scene;
    double least = INFINITY;
    for (double y = 1; y + height < s->height; y += CELL) {
        for (double x = 1; x + width < s->width; x += CELL) {
            Box box = {x, y, x + width, y + height};
            double cost = cost_of(l, &box, target);
            if (cost < least) {
                least = cost;
                *found = box;
            }
        }
    }
    return isfinite(least);
}

static double widest_line(const GPtrArray *lines, const TextStyle *style)
{
    double widest = 0;
    for (guint i = 0; i < lines->len; i++) {
        widest = MAX(widest, text_width(g_ptr_array_index(lines, i), style->size, style->bold));
    }
    return widest;
}

static void draw_leader(Scene *s, Point end, Point target)
{
    scene_line(s, end, target, STROKED(COLOUR_WHITE, 2));
    scene_line(s, end, target, STROKED(COLOUR_INK, 0.6));
    scene_mark(s, target, 3.4, MARK_CIRCLE,
               (Paint){.fill = COLOUR_INK, .stroke = COLOUR_WHITE, .width = 0.7});
}

/* FALSE: there is no room. */
static gboolean place_label(Labels *l, guint i)
{
    const MapItem *item = &l->m->c->items[i];
    Point target = l->m->label_points[i];
    TextStyle style = i == l->m->c->highlight ? STYLE_STRONG : STYLE_LABEL;
    g_autofree char *text =
        g_strdup_printf("%s: %s", item->name, item->value_text ? item->value_text : "no data");
    g_autoptr(GPtrArray) lines = wrap_text(text, &style, MIN(WIDEST, l->m->scene->width * 0.4));
    double width = widest_line(lines, &style) + 3, height = lines->len * style.size * LEADING + 2;
    Box box;
    if (!find_place(l, width, height, target, &box)) {
        return FALSE;
    }
    Point end = nearest_on(&box, target);
    draw_leader(l->m->scene, end, target);
    draw_lines(l->m->scene, lines, (Point){box.x0 + 1.5, box.y0 + style.size * 0.98}, style);
    g_array_append_val(l->boxes, box);
    g_array_append_val(l->m->lines, target);
    g_array_append_val(l->m->lines, end);
    return TRUE;
}

void map_draw_labels(Map *m)
{
    Labels l = labels_begin(m);
    guint drawn = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < m->c->n && drawn < LABELS_MOST; i++) {
            gboolean own = i == m->c->highlight;
            gboolean wanted = pass == 0 ? own : !own && m->c->items[i].labelled;
            if (wanted && isfinite(m->label_points[i].x)) {
                drawn += place_label(&l, i);
            }
        }
    }
    g_free(l.cells.sums);
    g_array_unref(l.boxes);
}
