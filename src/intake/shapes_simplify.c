#include "shapes.h"

#include <math.h>

/* Douglas and Peucker's method (Cartographica 10, 1973), run on the stretches of border between
 * junctions. What is kept is remembered by vertex, not by ring: two areas on either side of a
 * border therefore keep the same vertices, and no sliver can open between them. */

typedef struct {
    guint before, after; /* the smaller neighbour first */
    gboolean seen, junction;
} Visit;

/* A vertex is a junction when two passages through it have not the same two neighbours. */
static gboolean *find_junctions(const Borders *b)
{
    g_autofree Visit *visits = g_new0(Visit, MAX(b->n_vertices, 1));
    gboolean *junction = g_new0(gboolean, MAX(b->n_vertices, 1));
    for (guint k = 0; k < b->rings->len; k++) {
        const BorderRing *r = &g_array_index(b->rings, BorderRing, k);
        for (guint i = 0; i < r->n; i++) {
            guint one = border_at(b, r, i + r->n - 1), two = border_at(b, r, i + 1);
            Visit now = {MIN(one, two), MAX(one, two), TRUE, FALSE};
            guint v = border_at(b, r, i);
            if (visits[v].seen &&
                (visits[v].before != now.before || visits[v].after != now.after)) {
                junction[v] = TRUE;
            }
            visits[v] = now;
        }
    }
    return junction;
}

static double distance_squared(GeoPoint p, GeoPoint a, GeoPoint b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
    t = CLAMP(t, 0.0, 1.0);
    double x = p.x - a.x - t * dx, y = p.y - a.y - t * dy;
    return x * x + y * y;
}

static GeoPoint vertex_at(const Borders *b, const BorderRing *r, guint i)
{
    return b->vertices[border_at(b, r, i)];
}

/* Of the positions between two of the ring, the one farthest from the chord; equals: the smaller
 * vertex, so that the direction does not matter. 0 when there is none. */
static guint farthest(const Borders *b, const BorderRing *r, guint from, guint to, double *distance)
{
    guint found = 0;
    *distance = -1;
    for (guint i = from + 1; i < to; i++) {
        double d = distance_squared(vertex_at(b, r, i), vertex_at(b, r, from), vertex_at(b, r, to));
        if (d > *distance || (d == *distance && border_at(b, r, i) < border_at(b, r, found))) {
            *distance = d;
            found = i;
        }
    }
    return found;
}

typedef struct {
    guint from, to;
} Stretch;

typedef struct {
    const Borders *b;
    gboolean *keep;
    double limit; /* squared */
    GArray *stack;
} Simplify;

/* Positions count on beyond the end of the ring; a stretch may go once round. */
static void simplify_stretch(Simplify *s, const BorderRing *r, guint from, guint to)
{
    Stretch first = {from, to};
    g_array_append_val(s->stack, first);
    while (s->stack->len > 0) {
        Stretch now = g_array_index(s->stack, Stretch, s->stack->len - 1);
        g_array_set_size(s->stack, s->stack->len - 1);
        double distance;
        guint i = farthest(s->b, r, now.from, now.to, &distance);
        if (distance > s->limit) {
            s->keep[border_at(s->b, r, i)] = TRUE;
            Stretch left = {now.from, i}, right = {i, now.to};
            g_array_append_val(s->stack, left);
            g_array_append_val(s->stack, right);
        }
    }
}

/* A ring without junctions begins at its smallest vertex, whichever area it is the border of. */
static guint smallest(const Borders *b, const BorderRing *r)
{
    guint found = 0;
    for (guint i = 1; i < r->n; i++) {
        found = border_at(b, r, i) < border_at(b, r, found) ? i : found;
    }
    return found;
}

static void simplify_ring(Simplify *s, const BorderRing *r, const gboolean *junction)
{
    guint first = 0;
    while (first < r->n && !junction[border_at(s->b, r, first)]) {
        first++;
    }
    first = first < r->n ? first : smallest(s->b, r);
    s->keep[border_at(s->b, r, first)] = TRUE;
    guint from = first;
    for (guint i = first + 1; i <= first + r->n; i++) {
        guint v = border_at(s->b, r, i);
        if (i == first + r->n || junction[v]) {
            s->keep[v] = TRUE;
            simplify_stretch(s, r, from, i);
            from = i;
        }
    }
}

static guint count_kept(const Borders *b, const BorderRing *r, const gboolean *keep)
{
    guint n = 0;
    for (guint i = 0; i < r->n; i++) {
        n += keep[border_at(b, r, i)] ? 1 : 0;
    }
    return n;
}

/* However small an area is, it stays on the map. */
static void keep_three(const Borders *b, const BorderRing *r, gboolean *keep)
{
    while (count_kept(b, r, keep) < 3) {
        guint from = 0;
        while (from < r->n && !keep[border_at(b, r, from)]) {
            from++;
        }
        from %= r->n;
        keep[border_at(b, r, from)] = TRUE;
        guint to = from + 1;
        while (to < from + r->n && !keep[border_at(b, r, to)]) {
            to++;
        }
        double one, two;
        guint i = farthest(b, r, from, to, &one), k = farthest(b, r, to, from + r->n, &two);
        keep[border_at(b, r, one >= two ? i : k)] = TRUE;
    }
}

static void keep_largest(const Borders *b, gboolean *keep)
{
    g_autoptr(GHashTable) largest = g_hash_table_new(NULL, NULL);
    for (guint k = 0; k < b->rings->len; k++) {
        const BorderRing *r = &g_array_index(b->rings, BorderRing, k);
        const BorderRing *other = g_hash_table_lookup(largest, GUINT_TO_POINTER(r->area));
        if (!other || fabs(ring_area(b, r)) > fabs(ring_area(b, other))) {
            g_hash_table_insert(largest, GUINT_TO_POINTER(r->area), (gpointer)r);
        }
    }
    for (guint k = 0; k < b->rings->len; k++) {
        const BorderRing *r = &g_array_index(b->rings, BorderRing, k);
        if (g_hash_table_lookup(largest, GUINT_TO_POINTER(r->area)) == r) {
            keep_three(b, r, keep);
        }
    }
}

gboolean *borders_simplify(const Borders *b, double tolerance)
{
    Simplify s = {.b = b, .limit = tolerance * tolerance};
    s.keep = g_new0(gboolean, MAX(b->n_vertices, 1));
    s.stack = g_array_new(FALSE, FALSE, sizeof(Stretch));
    g_autofree gboolean *junction = find_junctions(b);
    for (guint k = 0; k < b->rings->len; k++) {
        simplify_ring(&s, &g_array_index(b->rings, BorderRing, k), junction);
    }
    keep_largest(b, s.keep);
    g_array_unref(s.stack);
    return s.keep;
}
