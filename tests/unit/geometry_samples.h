#ifndef GEOMETRY_SAMPLES_H
#define GEOMETRY_SAMPLES_H

/* Made-up ground: a chequerboard of counties with wavy borders and a city inside the first. */

#include "peerline/intake/geometry.h"

#include <math.h>

typedef struct {
    GString *text;
    guint steps; /* positions per side */
} Ground;

/* Borders wave, the same way for the areas on both sides. */
static inline void ground_position(Ground *g, double column, double row, gboolean comma)
{
    double lon = 2 + 0.5 * column + 0.02 * sin(row * 9),
           lat = 52 + 0.3 * row + 0.02 * sin(column * 9);
    g_string_append_printf(g->text, "%s[%d.%07d,%d.%07d]", comma ? "," : "", (int)lon,
                           (int)fabs(fmod(lon, 1) * 1e7), (int)lat, (int)fabs(fmod(lat, 1) * 1e7));
}

static inline void ground_ring(Ground *g, double x, double y, double size)
{
    const double way[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    g_string_append_c(g->text, '[');
    double at_x = x, at_y = y;
    ground_position(g, x, y, FALSE);
    for (guint side = 0; side < 4; side++) {
        for (guint k = 1; k <= g->steps; k++) {
            double t = (double)k / g->steps;
            ground_position(g, at_x + way[side][0] * size * t, at_y + way[side][1] * size * t,
                            TRUE);
        }
        at_x += way[side][0] * size;
        at_y += way[side][1] * size;
    }
    g_string_append_c(g->text, ']');
}

/* So many columns and rows of counties C000, C001, …; "CITY" lies inside the first. */
static inline char *ground_geojson(guint columns, guint rows, guint steps)
{
    Ground g = {g_string_new("{\"type\":\"FeatureCollection\",\n\"features\":[\n"), steps};
    for (guint i = 0; i < columns * rows; i++) {
        g_string_append_printf(
            g.text,
            "%s{\"type\":\"Feature\",\"properties\":{\"code\":\"C%03u\",\"name\":"
            "\"County %u\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[",
            i ? ",\n" : "", i, i);
        ground_ring(&g, i % columns, i / columns, 1);
        if (i == 0) {
            g_string_append_c(g.text, ',');
            ground_ring(&g, 0.4, 0.4, 0.2);
        }
        g_string_append(g.text, "]}}");
    }
    g_string_append(g.text,
                    ",\n{\"type\":\"Feature\",\"properties\":{\"code\":\"CITY\",\"name\":\"City\"},"
                    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[");
    ground_ring(&g, 0.4, 0.4, 0.2);
    g_string_append(g.text, "]}}\n]}\n");
    return g_string_free(g.text, FALSE);
}

static inline char *ground_hexjson(guint columns, guint rows)
{
    GString *s = g_string_new("{\"layout\":\"odd-r\",\"hexes\":{\n");
    for (guint i = 0; i < columns * rows; i++) {
        g_string_append_printf(s, "%s\"H%03u\":{\"n\":\"Hexagon %u\",\"q\":%u,\"r\":%u}",
                               i ? ",\n" : "", i, i, i % columns, i / columns);
    }
    g_string_append(s, "\n}}\n");
    return g_string_free(s, FALSE);
}

/* Fails the test with the message when the text cannot be read. */
static inline Geometry *ground_parse(const char *text, const GeometryOptions *options,
                                     Diagnostics *d)
{
    g_autoptr(GError) error = NULL;
    Geometry *g = geometry_parse(text, strlen(text), "map.json", options, d, &error);
    if (!g) {
        fail_msg("%s", error->message);
    }
    return g;
}

static inline Geometry *ground_counties(guint columns, guint rows)
{
    GeometryOptions o = {.code_property = "code", .name_property = "name"};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autofree char *text = ground_geojson(columns, rows, 40);
    return ground_parse(text, &o, d);
}

static inline Geometry *ground_hexagons(guint columns, guint rows)
{
    GeometryOptions o = {.kind = GEOMETRY_HEXJSON};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autofree char *text = ground_hexjson(columns, rows);
    return ground_parse(text, &o, d);
}

#endif
