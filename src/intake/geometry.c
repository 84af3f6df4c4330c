#include "shapes.h"

#include "peerline/base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double EXTENT_PER_TOLERANCE = 2500;
enum { LABEL_GRID = 11 };

void geometry_free(Geometry *g)
{
    if (!g) {
        return;
    }
    for (guint i = 0; i < g->n_areas; i++) {
        g_free(g->areas[i].code);
        g_free(g->areas[i].name);
    }
    g_free(g->file);
    g_free(g->areas);
    g_free(g->points);
    g_free(g->ends);
    g_free(g);
}

static int by_code(gconstpointer a, gconstpointer b)
{
    return strcmp(((const GeometryArea *)a)->code, ((const GeometryArea *)b)->code);
}

int geometry_find(const Geometry *g, const char *code)
{
    GeometryArea key = {.code = (char *)(gpointer)code};
    const GeometryArea *found =
        g->n_areas ? bsearch(&key, g->areas, g->n_areas, sizeof key, by_code) : NULL;
    return found ? (int)(found - g->areas) : -1;
}

static void widen(GeoPoint *low, GeoPoint *high, GeoPoint p)
{
    *low = (GeoPoint){MIN(low->x, p.x), MIN(low->y, p.y)};
    *high = (GeoPoint){MAX(high->x, p.x), MAX(high->y, p.y)};
}

/* ---- from borders to areas ---- */

typedef struct {
    Geometry *g;
    const Borders *borders;
    const gboolean *keep;
    GArray *points, *ends;
} Assembly;

static void add_ring(Assembly *a, GeometryArea *area, const BorderRing *r)
{
    guint before = a->points->len;
    for (guint i = 0; i < r->n; i++) {
        guint v = border_at(a->borders, r, i);
        if (!a->keep || a->keep[v]) {
            g_array_append_val(a->points, a->borders->vertices[v]);
        }
    }
    if (a->points->len - before < 3) {
        g_array_set_size(a->points, before);
        return;
    }
    guint end = a->points->len - area->point;
    g_array_append_val(a->ends, end);
    for (guint i = before; i < a->points->len; i++) {
        widen(&area->low, &area->high, g_array_index(a->points, GeoPoint, i));
    }
}

static gint by_area(gconstpointer a, gconstpointer b)
{
    const BorderRing *p = *(const BorderRing *const *)a, *q = *(const BorderRing *const *)b;
    return p->area != q->area ? (p->area > q->area ? 1 : -1) : (p > q) - (p < q);
}

static GPtrArray *rings_by_area(const Borders *b)
{
    GPtrArray *rings = g_ptr_array_new();
    for (guint k = 0; k < b->rings->len; k++) {
        g_ptr_array_add(rings, &g_array_index(b->rings, BorderRing, k));
    }
    g_ptr_array_sort(rings, by_area);
    return rings;
}

static void assemble(Assembly *a, const Shapes *s)
{
    g_autoptr(GPtrArray) rings = rings_by_area(a->borders);
    Geometry *g = a->g;
    g->areas = g_new0(GeometryArea, MAX(s->areas->len, 1));
    guint k = 0;
    for (guint i = 0; i < s->areas->len; i++) {
        const ShapeArea *shape = &g_array_index(s->areas, ShapeArea, i);
        GeometryArea area = {.point = a->points->len,
                             .ring = a->ends->len,
                             .line = shape->line,
                             .low = {INFINITY, INFINITY},
                             .high = {-INFINITY, -INFINITY}};
        for (; k < rings->len; k++) {
            const BorderRing *r = g_ptr_array_index(rings, k);
            if (r->area != i) {
                break;
            }
            add_ring(a, &area, r);
        }
        area.n_points = a->points->len - area.point;
        area.n_rings = a->ends->len - area.ring;
        if (area.n_rings > 0) {
            area.code = g_strdup(shape->code);
            area.name = g_strdup(shape->name ? shape->name : "");
            g->areas[g->n_areas++] = area;
            widen(&g->low, &g->high, area.low);
            widen(&g->low, &g->high, area.high);
        }
    }
    g->n_points = a->points->len;
    g->n_rings = a->ends->len;
    g->points = (GeoPoint *)(void *)g_array_free(a->points, FALSE);
    g->ends = (guint *)(void *)g_array_free(a->ends, FALSE);
    qsort(g->areas, g->n_areas, sizeof *g->areas, by_code);
}

/* ---- where a label may point ---- */

/* Distance from the border, negative outside (by counting crossings). */
static double depth(const Geometry *g, const GeometryArea *area, GeoPoint at)
{
    gboolean inside = FALSE;
    double nearest = INFINITY;
    const GeoPoint *p = g->points + area->point;
    for (guint k = 0, i = 0; k < area->n_rings; k++) {
        guint begin = i, end = g->ends[area->ring + k];
        for (; i < end; i++) {
            GeoPoint a = p[i], b = p[i + 1 < end ? i + 1 : begin];
            if ((a.y > at.y) != (b.y > at.y) &&
                at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x) {
                inside = !inside;
            }
            double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
            double t = length > 0 ? ((at.x - a.x) * dx + (at.y - a.y) * dy) / length : 0;
            t = CLAMP(t, 0.0, 1.0);
            double x = at.x - a.x - t * dx, y = at.y - a.y - t * dy, far = x * x + y * y;
            nearest = far < nearest ? far : nearest;
        }
    }
    return inside ? sqrt(nearest) : -sqrt(nearest);
}

typedef struct {
    GeoPoint at;
    double depth;
} Deepest;

/* The deepest point of a grid over a box. */
static void search(const Geometry *g, const GeometryArea *area, GeoPoint low, GeoPoint high,
                   Deepest *best)
{
    for (guint i = 0; i < LABEL_GRID; i++) {
        for (guint k = 0; k < LABEL_GRID; k++) {
            GeoPoint at = {low.x + (k + 0.5) / LABEL_GRID * (high.x - low.x),
                           low.y + (i + 0.5) / LABEL_GRID * (high.y - low.y)};
            double d = depth(g, area, at);
            if (d > best->depth) {
                *best = (Deepest){at, d};
            }
        }
    }
}

/* A coarse grid first, then a fine one around the best of it: a narrow area may slip through the
 * first. */
static void set_label(const Geometry *g, GeometryArea *area)
{
    Deepest best = {g->points[area->point], -INFINITY};
    search(g, area, area->low, area->high, &best);
    GeoPoint step = {(area->high.x - area->low.x) / LABEL_GRID,
                     (area->high.y - area->low.y) / LABEL_GRID};
    GeoPoint at = best.at;
    search(g, area, (GeoPoint){at.x - step.x, at.y - step.y},
           (GeoPoint){at.x + step.x, at.y + step.y}, &best);
    area->label = best.at;
}

/* A hexagon's middle is exact; a grid would be a little beside it. */
static void set_middle(GeometryArea *area)
{
    area->label = (GeoPoint){(area->low.x + area->high.x) / 2, (area->low.y + area->high.y) / 2};
}

/* ---- reading ---- */

static void project(Borders *b, gboolean geographic)
{
    if (geographic) {
        project_albers(b->vertices, b->n_vertices);
        return;
    }
    for (guint i = 0; i < b->n_vertices; i++) {
        b->vertices[i].y = -b->vertices[i].y;
    }
}

static double default_tolerance(const Borders *b)
{
    GeoPoint low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
    for (guint i = 0; i < b->n_vertices; i++) {
        widen(&low, &high, b->vertices[i]);
    }
    return MAX(high.x - low.x, high.y - low.y) / EXTENT_PER_TOLERANCE;
}

static Geometry *geometry_of(const Shapes *s, const ShapeContext *c)
{
    g_autoptr(Borders) borders = borders_new(s);
    project(borders, s->geographic);
    const GeometryOptions *o = c->options;
    g_autofree gboolean *keep = NULL;
    if (o->kind == GEOMETRY_GEOJSON && o->tolerance >= 0) {
        keep =
            borders_simplify(borders, o->tolerance > 0 ? o->tolerance : default_tolerance(borders));
    }
    Geometry *g = g_new0(Geometry, 1);
    g->file = g_strdup(c->file);
    g->kind = o->kind;
    g->low = (GeoPoint){INFINITY, INFINITY};
    g->high = (GeoPoint){-INFINITY, -INFINITY};
    g->n_points_before = s->positions->len;
    Assembly a = {g, borders, keep, g_array_new(FALSE, FALSE, sizeof(GeoPoint)),
                  g_array_new(FALSE, FALSE, sizeof(guint))};
    assemble(&a, s);
    for (guint i = 0; i < g->n_areas; i++) {
        if (g->kind == GEOMETRY_HEXJSON && g->areas[i].n_rings == 1) {
            set_middle(&g->areas[i]);
        } else {
            set_label(g, &g->areas[i]);
        }
    }
    return g;
}

Geometry *geometry_parse(const char *data, gsize n, const char *display_name,
                         const GeometryOptions *options, Diagnostics *diags, GError **error)
{
    ShapeContext c = {display_name, options, diags};
    if (n > GEOMETRY_BYTES_MAX) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: the file is too large for a map: %" G_GSIZE_FORMAT
                    " bytes (up to %u; use a "
                    "generalised one)",
                    display_name, n, GEOMETRY_BYTES_MAX);
        return NULL;
    }
    g_autoptr(Shapes) s = shapes_parse(data, n, &c, error);
    if (!s) {
        return NULL;
    }
    g_autoptr(Geometry) g = geometry_of(s, &c);
    if (g->n_areas == 0) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: no area of the file has a surface", display_name);
        return NULL;
    }
    return g_steal_pointer(&g);
}

Geometry *geometry_read(const char *path, const char *display_name, const GeometryOptions *options,
                        Diagnostics *diags, GError **error)
{
    g_autofree char *data = NULL;
    gsize n;
    g_autoptr(GError) why = NULL;
    if (!g_file_get_contents(path, &data, &n, &why)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot be read: %s",
                    display_name, why->message);
        return NULL;
    }
    return geometry_parse(data, n, display_name, options, diags, error);
}
