/* Feeds bytes to the reader of maps. The first byte chooses kind, simplification and joins; the
 * rest is the file. Built for libFuzzer by tests/fuzz/run; tests/unit/test_intake_map_seeds.c runs
 * the same body over the seeds in every test run. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "peerline/intake/geometry.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static void check(gboolean holds)
{
    if (!holds)
        abort();
}

static void check_area(const Geometry *g, const GeometryArea *a)
{
    check(a->code[0] && a->name && a->n_rings > 0);
    guint begin = 0;
    for (guint k = 0; k < a->n_rings; k++) {
        check(g->ends[a->ring + k] >= begin + 3);
        begin = g->ends[a->ring + k];
    }
    check(begin == a->n_points);
    for (guint i = 0; i < a->n_points; i++) {
        GeoPoint p = g->points[a->point + i];
        check(isfinite(p.x) && isfinite(p.y));
        check(p.x >= a->low.x && p.x <= a->high.x && p.y >= a->low.y && p.y <= a->high.y);
    }
    check(isfinite(a->label.x) && isfinite(a->label.y));
    check(a->low.x >= g->low.x && a->high.x <= g->high.x);
    check(a->low.y >= g->low.y && a->high.y <= g->high.y);
}

/* What the header promises of every map. */
static void check_geometry(const Geometry *g)
{
    check(g->n_areas > 0);
    guint points = 0;
    for (guint i = 0; i < g->n_areas; i++) {
        check_area(g, &g->areas[i]);
        check(i == 0 || strcmp(g->areas[i - 1].code, g->areas[i].code) < 0);
        check(geometry_find(g, g->areas[i].code) == (int)i);
        points += g->areas[i].n_points;
    }
    check(points == g->n_points);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    static const GeometryJoin joins[] = {{"A", "B"}, {"C", "B"}};
    guint8 choice = n > 0 ? data[0] : 0;
    GeometryOptions o = {.kind = choice & 1 ? GEOMETRY_HEXJSON : GEOMETRY_GEOJSON,
                         .code_property = choice & 1 ? NULL : "c",
                         .joins = joins,
                         .n_joins = choice & 2 ? 2 : 0,
                         .tolerance = choice & 4   ? -1
                                      : choice & 8 ? 1e5
                                                   : 0};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Geometry) g =
        n > 0 ? geometry_parse((const char *)data + 1, n - 1, "map", &o, d, &error) : NULL;
    check(n == 0 || !g != !error);
    if (g) {
        check_geometry(g);
    }
    return 0;
}
