#include "shapes.h"

#include <math.h>
#include <stdlib.h>

/* ---- which positions are the same vertex ---- */

typedef struct {
    gint64 x, y;
    guint at;
} Cell;

static int by_cell(gconstpointer a, gconstpointer b)
{
    const Cell *p = a, *q = b;
    if (p->x != q->x) {
        return p->x < q->x ? -1 : 1;
    }
    if (p->y != q->y) {
        return p->y < q->y ? -1 : 1;
    }
    return (p->at > q->at) - (p->at < q->at);
}

static double grain(const Shapes *s)
{
    if (s->geographic) {
        return 1e-7;
    }
    double reach = 1;
    for (guint i = 0; i < s->positions->len; i++) {
        GeoPoint p = g_array_index(s->positions, GeoPoint, i);
        reach = MAX(reach, MAX(fabs(p.x), fabs(p.y)));
    }
    return reach * 1e-8;
}

/* Fills in the vertices; returns the vertex of each position. */
static guint *number_vertices(Borders *b, const Shapes *s)
{
    guint n = s->positions->len;
    double step = grain(s);
    g_autofree Cell *cells = g_new(Cell, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        GeoPoint p = g_array_index(s->positions, GeoPoint, i);
        cells[i] = (Cell){llround(p.x / step), llround(p.y / step), i};
    }
    qsort(cells, n, sizeof *cells, by_cell);
    guint *vertex = g_new(guint, MAX(n, 1));
    b->vertices = g_new(GeoPoint, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        if (i == 0 || cells[i].x != cells[i - 1].x || cells[i].y != cells[i - 1].y) {
            b->vertices[b->n_vertices++] = g_array_index(s->positions, GeoPoint, cells[i].at);
        }
        vertex[cells[i].at] = b->n_vertices - 1;
    }
    return vertex;
}

/* ---- rings ---- */

double ring_area(const Borders *b, const BorderRing *r)
{
    GeoPoint origin = b->vertices[border_at(b, r, 0)];
    double twice = 0;
    for (guint i = 1; i + 1 < r->n; i++) {
        GeoPoint p = b->vertices[border_at(b, r, i)], q = b->vertices[border_at(b, r, i + 1)];
        twice += (p.x - origin.x) * (q.y - origin.y) - (q.x - origin.x) * (p.y - origin.y);
    }
    return twice;
}

static void turn_round(Borders *b, const BorderRing *r)
{
    for (guint i = 0; i < r->n / 2; i++) {
        guint *p = &g_array_index(b->path, guint, r->first + i);
        guint *q = &g_array_index(b->path, guint, r->first + r->n - 1 - i);
        guint kept = *p;
        *p = *q;
        *q = kept;
    }
}

/* A vertex that follows itself, at the seam too, says nothing. */
static void add_ring(Borders *b, const ShapeRing *shape, const guint *vertex)
{
    BorderRing r = {.area = shape->area, .first = b->path->len, .hole = shape->hole};
    for (guint i = 0; i < shape->n; i++) {
        guint v = vertex[shape->first + i];
        if (b->path->len == r.first || g_array_index(b->path, guint, b->path->len - 1) != v) {
            g_array_append_val(b->path, v);
        }
    }
    while (b->path->len > r.first + 1 && g_array_index(b->path, guint, b->path->len - 1) ==
                                             g_array_index(b->path, guint, r.first)) {
        g_array_set_size(b->path, b->path->len - 1);
    }
    r.n = b->path->len - r.first;
    if (r.n < 3) {
        g_array_set_size(b->path, r.first);
        return;
    }
    if ((ring_area(b, &r) < 0) != r.hole) {
        turn_round(b, &r);
    }
    g_array_append_val(b->rings, r);
}

/* ---- areas of several features: what is between two of them is no border ---- */

typedef struct {
    guint from, to;
    gboolean used;
} Edge;

static int by_edge(gconstpointer a, gconstpointer b)
{
    const Edge *p = a, *q = b;
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    return (p->to > q->to) - (p->to < q->to);
}

static GArray *edges_of(const Borders *b, const GArray *rings, guint area)
{
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(Edge));
    for (guint k = 0; k < rings->len; k++) {
        const BorderRing *r = &g_array_index(rings, BorderRing, k);
        for (guint i = 0; r->area == area && i < r->n; i++) {
            Edge e = {border_at(b, r, i), border_at(b, r, i + 1), FALSE};
            g_array_append_val(edges, e);
        }
    }
    g_array_sort(edges, by_edge);
    return edges;
}

static Edge *find_edge(const GArray *edges, guint from, guint to)
{
    Edge key = {from, to, FALSE};
    return bsearch(&key, edges->data, edges->len, sizeof(Edge), by_edge);
}

static Edge *edge_from(const GArray *edges, guint from)
{
    guint low = 0, high = edges->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(edges, Edge, middle).from < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < edges->len && g_array_index(edges, Edge, low).from == from; low++) {
        if (!g_array_index(edges, Edge, low).used) {
            return &g_array_index(edges, Edge, low);
        }
    }
    return NULL;
}

/* Features lie on different sides of their common border, hence run along it in opposite ways. */
static void cancel_opposites(GArray *edges)
{
    for (guint i = 0; i < edges->len; i++) {
        Edge *e = &g_array_index(edges, Edge, i);
        Edge *other = e->used ? NULL : find_edge(edges, e->to, e->from);
        if (other && !other->used) {
            e->used = other->used = TRUE;
        }
    }
}

static void join_features(Borders *b, GArray *rings, guint area)
{
    g_autoptr(GArray) edges = edges_of(b, rings, area);
    cancel_opposites(edges);
    for (guint i = 0; i < edges->len; i++) {
        Edge *e = &g_array_index(edges, Edge, i);
        BorderRing r = {.area = area, .first = b->path->len};
        while (e && !e->used) {
            e->used = TRUE;
            g_array_append_val(b->path, e->from);
            e = edge_from(edges, e->to);
        }
        r.n = b->path->len - r.first;
        if (r.n >= 3) {
            r.hole = ring_area(b, &r) < 0;
            g_array_append_val(b->rings, r);
        }
    }
}

static void join_all(Borders *b, const Shapes *s)
{
    GArray *rings = b->rings;
    b->rings = g_array_new(FALSE, FALSE, sizeof(BorderRing));
    for (guint k = 0; k < rings->len; k++) {
        BorderRing r = g_array_index(rings, BorderRing, k);
        if (g_array_index(s->areas, ShapeArea, r.area).n_features <= 1) {
            g_array_append_val(b->rings, r);
        }
    }
    for (guint i = 0; i < s->areas->len; i++) {
        if (g_array_index(s->areas, ShapeArea, i).n_features > 1) {
            join_features(b, rings, i);
        }
    }
    g_array_unref(rings);
}

Borders *borders_new(const Shapes *s)
{
    Borders *b = g_new0(Borders, 1);
    b->path = g_array_new(FALSE, FALSE, sizeof(guint));
    b->rings = g_array_new(FALSE, FALSE, sizeof(BorderRing));
    g_autofree guint *vertex = number_vertices(b, s);
    for (guint i = 0; i < s->rings->len; i++) {
        add_ring(b, &g_array_index(s->rings, ShapeRing, i), vertex);
    }
    join_all(b, s);
    return b;
}

void borders_free(Borders *b)
{
    if (!b) {
        return;
    }
    g_free(b->vertices);
    g_array_unref(b->path);
    g_array_unref(b->rings);
    g_free(b);
}
