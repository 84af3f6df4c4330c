#include "support.h"

#include "geometry_samples.h"

/* ---- what an independent reader of the result sees ---- */

/* Of all rings of an area, holes taken off: by the shoelace formula. */
static double surface(const Geometry *g, const GeometryArea *a)
{
    double twice = 0;
    for (guint k = 0, i = 0; k < a->n_rings; k++) {
        guint begin = i, end = g->ends[a->ring + k];
        for (; i < end; i++) {
            GeoPoint p = g->points[a->point + i],
                     q = g->points[a->point + (i + 1 < end ? i + 1 : begin)];
            twice += p.x * q.y - q.x * p.y;
        }
    }
    return fabs(twice) / 2;
}

static double surface_of(const Geometry *g, const char *code)
{
    int i = geometry_find(g, code);
    assert_true(i >= 0);
    return surface(g, &g->areas[i]);
}

typedef struct {
    GeoPoint a, b;
} Border;

static int by_border(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(Border));
}

/* Length of the borders that only one area has: coast, and slivers if there are any. */
static double lone_length(const Geometry *g)
{
    g_autoptr(GArray) borders = g_array_new(FALSE, FALSE, sizeof(Border));
    for (guint n = 0; n < g->n_areas; n++) {
        const GeometryArea *a = &g->areas[n];
        for (guint k = 0, i = 0; k < a->n_rings; k++) {
            guint begin = i, end = g->ends[a->ring + k];
            for (; i < end; i++) {
                GeoPoint p = g->points[a->point + i];
                GeoPoint q = g->points[a->point + (i + 1 < end ? i + 1 : begin)];
                gboolean forth = p.x < q.x || (p.x == q.x && p.y < q.y);
                Border border = {forth ? p : q, forth ? q : p};
                g_array_append_val(borders, border);
            }
        }
    }
    g_array_sort(borders, by_border);
    double length = 0;
    for (guint i = 0; i < borders->len; i++) {
        const Border *b = &g_array_index(borders, Border, i);
        gboolean before = i > 0 && by_border(b, b - 1) == 0;
        gboolean after = i + 1 < borders->len && by_border(b, b + 1) == 0;
        length += before || after ? 0 : hypot(b->a.x - b->b.x, b->a.y - b->b.y);
    }
    return length;
}

static Geometry *parse(const char *text, const GeometryOptions *options, Diagnostics *d)
{
    return ground_parse(text, options, d);
}

static const GeometryOptions PLAIN = {.code_property = "code", .tolerance = -1};

/* ---- projection ---- */

/* Snyder, Map Projections: A Working Manual (USGS 1987), page 291: on a sphere of radius 1 with
 * standard parallels 29.5 and 45.5 and central meridian -96, the point 35 N 75 W has x = 0.2952720.
 * A file from 25.5 to 49.5 N has these parallels. */
static void albers_gives_the_worked_example(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g =
        parse("{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"code\":\"A\"},"
              "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[-96,25.5],[-75,35],[-96,49.5],"
              "[-117,35],[-96,25.5]]]}}]}",
              &PLAIN, d);
    assert_float_equal(g->high.x / 6371008.8, 0.2952720, 1e-7);
    assert_float_equal(g->low.x, -g->high.x, 1e-6);
}

/* On the sphere the surface between parallels and meridians is R2 dl (sin a - sin b). */
static void equal_ground_is_equal_paper(void **state)
{
    (void)state;
    GString *text = g_string_new("{\"type\":\"FeatureCollection\",\"features\":[");
    const double south[] = {50, 58};
    for (guint i = 0; i < 2; i++) {
        g_string_append_printf(text,
                               "%s{\"properties\":{\"code\":%u},\"geometry\":{\"type\":"
                               "\"Polygon\",\"coordinates\":[[",
                               i ? "," : "", i);
        for (int k = 0; k <= 200; k++) { /* parallels are curves on the map */
            g_string_append_printf(text, "[%d.%02d,%d],", k / 100, k % 100, (int)south[i]);
        }
        for (int k = 200; k >= 0; k--) {
            g_string_append_printf(text, "[%d.%02d,%d],", k / 100, k % 100, (int)south[i] + 1);
        }
        g_string_append_printf(text, "[0,%d]]]}}", (int)south[i]);
    }
    g_string_append(text, "]}");
    g_autofree char *json = g_string_free(text, FALSE);
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g = parse(json, &PLAIN, d);
    for (guint i = 0; i < 2; i++) {
        double a = south[i] * G_PI / 180, b = (south[i] + 1) * G_PI / 180;
        double truth = 6371008.8 * 6371008.8 * (2 * G_PI / 180) * (sin(b) - sin(a));
        assert_float_equal(surface(g, &g->areas[i]) / truth, 1, 1e-4);
    }
}

static void the_equator_has_a_map_too(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g =
        parse("{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"code\":\"A\"},"
              "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,-3],[6,-3],[6,3],[0,3],[0,-"
              "3]]]}}]}",
              &PLAIN, d);
    double truth = 6371008.8 * 6371008.8 * (6 * G_PI / 180) * 2 * sin(3 * G_PI / 180);
    assert_float_equal(surface(g, &g->areas[0]) / truth, 1, 1e-3);
}

static void north_is_up(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(1, 2);
    assert_true(g->areas[geometry_find(g, "C001")].label.y <
                g->areas[geometry_find(g, "C000")].label.y);
}

static void coordinates_of_a_named_system_are_taken_as_they_are(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g = parse(
        "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
        "\"urn:ogc:def:crs:EPSG::27700\"}},\"features\":[{\"properties\":{\"code\":\"A\"},"
        "\"geometry\":"
        "{\"type\":\"Polygon\",\"coordinates\":[[[400000,300000],[401000,300000],[401000,302000],"
        "[400000,302000],[400000,300000]]]}}]}",
        &PLAIN, d);
    assert_float_equal(surface(g, &g->areas[0]), 2e6, 1e-3);
    assert_float_equal(g->low.y, -302000, 1e-6);
}

/* ---- simplification ---- */

static void simplified_neighbours_keep_a_common_border(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    GeometryOptions o = {.code_property = "code", .tolerance = 400};
    g_autofree char *text = ground_geojson(4, 4, 40);
    g_autoptr(Geometry) full = parse(text, &PLAIN, d), simple = parse(text, &o, d);
    assert_true(simple->n_points * 4 < full->n_points);
    assert_int_equal(simple->n_areas, 17);
    /* A sliver would have lone borders on both sides. */
    double before = lone_length(full), after = lone_length(simple);
    assert_true(after <= before * 1.0001);
    assert_true(after > before * 0.97);
}

static void borders_move_by_no_more_than_the_tolerance(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    GeometryOptions o = {.code_property = "code", .tolerance = 400};
    g_autofree char *text = ground_geojson(2, 2, 40);
    g_autoptr(Geometry) full = parse(text, &PLAIN, d), simple = parse(text, &o, d);
    for (guint n = 0; n < full->n_areas; n++) {
        const GeometryArea *a = &full->areas[n], *b = &simple->areas[n];
        for (guint i = 0; i < a->n_points; i++) {
            GeoPoint p = full->points[a->point + i];
            double nearest = INFINITY;
            for (guint k = 0, j = 0; k < b->n_rings; k++) {
                guint begin = j, end = simple->ends[b->ring + k];
                for (; j < end; j++) {
                    GeoPoint u = simple->points[b->point + j];
                    GeoPoint v = simple->points[b->point + (j + 1 < end ? j + 1 : begin)];
                    double dx = v.x - u.x, dy = v.y - u.y;
                    double t = ((p.x - u.x) * dx + (p.y - u.y) * dy) / (dx * dx + dy * dy);
                    t = CLAMP(t, 0.0, 1.0);
                    nearest = MIN(nearest, hypot(p.x - u.x - t * dx, p.y - u.y - t * dy));
                }
            }
            assert_true(nearest <= 400.001);
        }
    }
}

static void a_tiny_area_stays_on_the_map(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    GeometryOptions o = {.code_property = "code", .tolerance = 1e6};
    g_autofree char *text = ground_geojson(3, 3, 40);
    g_autoptr(Geometry) g = parse(text, &o, d);
    assert_int_equal(g->n_areas, 10);
    assert_true(surface_of(g, "CITY") > 0);
}

static void a_city_is_a_hole_in_its_county(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(2, 1);
    const GeometryArea *county = &g->areas[geometry_find(g, "C000")];
    assert_int_equal(county->n_rings, 2);
    double hole = surface_of(g, "CITY");
    assert_float_equal(surface_of(g, "C000") + hole, surface_of(g, "C001"),
                       0.05 * surface_of(g, "C001"));
}

static void a_label_points_into_its_area(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(1, 1);
    const GeometryArea *county = &g->areas[geometry_find(g, "C000")];
    const GeometryArea *city = &g->areas[geometry_find(g, "CITY")];
    GeoPoint p = county->label;
    assert_true(p.x > county->low.x && p.x < county->high.x && p.y > county->low.y &&
                p.y < county->high.y);
    assert_false(p.x > city->low.x && p.x < city->high.x && p.y > city->low.y &&
                 p.y < city->high.y);
}

/* ---- joining ---- */

static void joined_features_lose_the_border_between_them(void **state)
{
    (void)state;
    const GeometryJoin joins[] = {{"C000", "OLD"}, {"C001", "OLD"}, {"CITY", "OLD"}};
    GeometryOptions o = {.code_property = "code", .tolerance = -1, .joins = joins, .n_joins = 3};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autofree char *text = ground_geojson(3, 1, 10);
    g_autoptr(Geometry) apart = parse(text, &PLAIN, d), joined = parse(text, &o, d);
    assert_int_equal(joined->n_areas, 2);
    const GeometryArea *old = &joined->areas[geometry_find(joined, "OLD")];
    assert_int_equal(old->n_rings, 1);
    assert_float_equal(
        surface(joined, old),
        surface_of(apart, "C000") + surface_of(apart, "C001") + surface_of(apart, "CITY"), 1);
}

static void codes_can_be_kept_by_pattern(void **state)
{
    (void)state;
    g_autoptr(Pattern) keep = pattern_new("C00[01]", FALSE, NULL);
    GeometryOptions o = {.code_property = "code", .keep = keep};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autofree char *text = ground_geojson(3, 1, 10);
    g_autoptr(Geometry) g = parse(text, &o, d);
    assert_int_equal(g->n_areas, 2);
    assert_int_equal(geometry_find(g, "C002"), -1);
    assert_int_equal(geometry_find(g, "C001"), 1);
}

/* ---- hexagons ---- */

static void hexagons_touch_and_do_not_overlap(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_hexagons(3, 3);
    assert_int_equal(g->n_areas, 9);
    assert_int_equal(g->n_points, 54);
    for (guint i = 0; i < 9; i++) {
        assert_float_equal(surface(g, &g->areas[i]), 1.5 * sqrt(3), 1e-6);
        for (guint k = 0; k < i; k++) {
            GeoPoint a = g->areas[i].label, b = g->areas[k].label;
            assert_true(hypot(a.x - b.x, a.y - b.y) > sqrt(3) - 1e-6);
        }
    }
}

/* odd-r: the second row, counted from the bottom, is half a hexagon to the right. */
static void rows_go_up_and_odd_ones_to_the_right(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_hexagons(2, 2);
    GeoPoint first = g->areas[0].label, above = g->areas[2].label;
    assert_float_equal(above.x - first.x, sqrt(3) / 2, 1e-6);
    assert_float_equal(above.y - first.y, -1.5, 1e-6);
}

static void columns_can_be_shifted_instead(void **state)
{
    (void)state;
    GeometryOptions o = {.kind = GEOMETRY_HEXJSON};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g =
        parse("{\"layout\":\"even-q\",\"hexes\":{\"A\":{\"q\":0,\"r\":0},\"B\":{\"q\":1,\"r\":0}}}",
              &o, d);
    GeoPoint a = g->areas[0].label, b = g->areas[1].label;
    assert_float_equal(b.x - a.x, 1.5, 1e-6);
    assert_float_equal(b.y - a.y, sqrt(3) / 2, 1e-6); /* even columns, the first here, are higher */
}

static void two_hexagons_in_one_place_are_told(void **state)
{
    (void)state;
    GeometryOptions o = {.kind = GEOMETRY_HEXJSON};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g = parse("{\"layout\":\"odd-r\",\"hexes\":{\n\"A\":{\"q\":0,\"r\":0},\n"
                                  "\"B\":{\"q\":0,\"r\":0},\n\"C\":{\"q\":0.5,\"r\":0}}}",
                                  &o, d);
    assert_int_equal(g->n_areas, 2);
    assert_int_equal(support_count_rule(d, "map-same-place"), 1);
    assert_int_equal(support_count_rule(d, "map-bad-place"), 1);
    guint n;
    const Diag *items = diagnostics_sorted(d, &n);
    assert_int_equal(items[0].line, 3);
    assert_int_equal(items[1].line, 4);
}

/* ---- faults ---- */

static void features_that_cannot_be_used_are_told_with_their_lines(void **state)
{
    (void)state;
    static const char text[] =
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
        "{\"properties\":{\"code\":\"A\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[0,50],[1,50],[1,51],[0,50]]]}},\n"
        "{\"properties\":{\"name\":\"x\"},\"geometry\":null},\n"
        "{\"properties\":{\"code\":\"B\"},\"geometry\":null},\n"
        "{\"properties\":{\"code\":\"C\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[0,50],[1,50],[0,50]]]}},\n"
        "{\"properties\":{\"code\":\"D\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[400000,300000],[1,50],[1,51],[0,50]]]}},\n"
        "{\"properties\":{\"code\":\"E\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[0,50],[\"1\",50],[1,51],[0,50]]]}}]}";
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g = parse(text, &PLAIN, d);
    assert_int_equal(g->n_areas, 1);
    static const char *const rules[] = {"map-no-code", "map-no-shape", "map-no-shape",
                                        "map-bad-place", "map-bad-place"};
    guint n;
    const Diag *items = diagnostics_sorted(d, &n);
    assert_int_equal(n, G_N_ELEMENTS(rules));
    for (guint i = 0; i < n; i++) {
        assert_string_equal(items[i].rule, rules[i]);
        assert_int_equal(items[i].line, i + 3);
    }
}

static void assert_refused(const char *text, const GeometryOptions *o, const char *part)
{
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(GError) error = NULL;
    assert_null(geometry_parse(text, strlen(text), "map.json", o, d, &error));
    support_assert_contains(error->message, part);
}

static void other_files_are_refused_with_a_reason(void **state)
{
    (void)state;
    GeometryOptions hex = {.kind = GEOMETRY_HEXJSON};
    assert_refused("{\"type\":\n\n\"Feature", &PLAIN, "map.json:3: the file is no JSON");
    assert_refused("<html>", &PLAIN, "map.json:1: the file is no JSON");
    assert_refused("[]", &PLAIN, "no GeoJSON");
    assert_refused("{\"type\":\"Topology\"}", &PLAIN, "Topology");
    assert_refused("{\"type\":\"FeatureCollection\",\"features\":[]}", &PLAIN, "no area");
    assert_refused("{\"layout\":\"spiral\",\"hexes\":{}}", &hex, "spiral");
    assert_refused(
        "{\"layout\":\"odd-r\",\"hexes\":{\"A\":{\"q\":0,\"r\":0},\"A\":{\"q\":1,\"r\":0}}}", &hex,
        "duplicate");
    assert_refused(
        "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"code\":1},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0,0],[0,0],[0,0]]]}}]}",
        &PLAIN, "surface");
}

static void lines_are_found_behind_strings_that_look_like_json(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF{\"note\":\"features\\\":[\",\"x\":{\"features\":[1,2]},\n"
        "\"features\":[ {\"properties\":{\"code\":\"}]\"},\"geometry\":null}\n,\n"
        "{\"geometry\":null}],\"type\":\"FeatureCollection\"}";
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(GError) error = NULL;
    assert_null(geometry_parse(text, strlen(text), "map.json", &PLAIN, d, &error));
    guint n;
    const Diag *items = diagnostics_sorted(d, &n);
    assert_int_equal(n, 2);
    assert_int_equal(items[0].line, 2);
    assert_int_equal(items[1].line, 4);
}

static void nothing_cut_short_is_read(void **state)
{
    (void)state;
    g_autofree char *text = ground_geojson(2, 1, 4);
    gsize n = strlen(text);
    for (gsize k = 0; k + 3 < n; k += 7) {
        g_autoptr(Diagnostics) d = diagnostics_new();
        g_autoptr(GError) error = NULL;
        g_autofree char *part = g_memdup2(text, k + 1); /* not one byte more, for the sanitizers */
        assert_null(geometry_parse(part, k, "map.json", &PLAIN, d, &error));
        assert_non_null(error);
    }
}

static void the_same_file_gives_the_same_shapes(void **state)
{
    (void)state;
    g_autoptr(Geometry) a = ground_counties(3, 3), b = ground_counties(3, 3);
    assert_int_equal(a->n_points, b->n_points);
    assert_memory_equal(a->points, b->points, a->n_points * sizeof *a->points);
}

/* ---- England ---- */

static Geometry *england(void)
{
    g_autofree char *path = support_shared("data/boundaries_CTYUA_dec2023_UK_BSC.geojson");
    if (!path) {
        return NULL;
    }
    g_autoptr(Pattern) keep = pattern_new("E.*", FALSE, NULL);
    GeometryOptions o = {.code_property = "CTYUA23CD", .name_property = "CTYUA23NM", .keep = keep};
    g_autoptr(Diagnostics) d = diagnostics_new();
    Geometry *g = geometry_read(path, "boundaries.geojson", &o, d, NULL);
    assert_int_equal(diagnostics_count(d, DIAG_NOTE), 0);
    return g;
}

/* Extents in hectares of the Standard Area Measurements (ONS), to a hundred; the file is
 * generalised, and surfaces on a sphere are up to half a percent off. */
static void english_areas_have_their_known_size(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = england();
    if (!g) {
        skip();
    }
    static const struct {
        const char *code;
        double hectares;
    } known[] = {
        {"E08000035", 55200}, {"E08000025", 26800}, {"E06000052", 354600}, {"E06000014", 27200}};
    assert_int_equal(g->n_areas, 153);
    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        assert_float_equal(surface_of(g, known[i].code) / 1e4 / known[i].hectares, 1, 0.02);
    }

    double all = 0;
    for (guint i = 0; i < g->n_areas; i++) {
        all += surface(g, &g->areas[i]);
    }
    assert_float_equal(all / 1e6 / 130300, 1, 0.02); /* England: 130,300 square kilometres */
}

/* The publisher's own points within the areas, in degrees, lie in the same order from west to east
 * and from north to south as ours. */
static void english_areas_are_where_they_should_be(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = england();
    if (!g) {
        skip();
    }
    GeoPoint cornwall = g->areas[geometry_find(g, "E06000052")].label;
    GeoPoint northumberland = g->areas[geometry_find(g, "E06000057")].label;
    GeoPoint norfolk = g->areas[geometry_find(g, "E10000020")].label;
    assert_true(cornwall.x < northumberland.x && northumberland.x < norfolk.x);
    assert_true(northumberland.y < norfolk.y && norfolk.y < cornwall.y);
}

static void the_hexagons_of_england_are_read(void **state)
{
    (void)state;
    g_autofree char *path = support_shared("data/hexmap_upper_tier_las.hexjson.json");
    if (!path) {
        skip();
    }
    GeometryOptions o = {.kind = GEOMETRY_HEXJSON};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g = geometry_read(path, "hexmap.json", &o, d, NULL);
    assert_non_null(g);
    assert_int_equal(g->n_areas, 151);
    assert_int_equal(diagnostics_count(d, DIAG_NOTE), 0);
    assert_string_equal(g->areas[geometry_find(g, "E08000016")].name, "Barnsley");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(albers_gives_the_worked_example),
        cmocka_unit_test(equal_ground_is_equal_paper),
        cmocka_unit_test(the_equator_has_a_map_too),
        cmocka_unit_test(north_is_up),
        cmocka_unit_test(coordinates_of_a_named_system_are_taken_as_they_are),
        cmocka_unit_test(simplified_neighbours_keep_a_common_border),
        cmocka_unit_test(borders_move_by_no_more_than_the_tolerance),
        cmocka_unit_test(a_tiny_area_stays_on_the_map),
        cmocka_unit_test(a_city_is_a_hole_in_its_county),
        cmocka_unit_test(a_label_points_into_its_area),
        cmocka_unit_test(joined_features_lose_the_border_between_them),
        cmocka_unit_test(codes_can_be_kept_by_pattern),
        cmocka_unit_test(hexagons_touch_and_do_not_overlap),
        cmocka_unit_test(rows_go_up_and_odd_ones_to_the_right),
        cmocka_unit_test(columns_can_be_shifted_instead),
        cmocka_unit_test(two_hexagons_in_one_place_are_told),
        cmocka_unit_test(features_that_cannot_be_used_are_told_with_their_lines),
        cmocka_unit_test(other_files_are_refused_with_a_reason),
        cmocka_unit_test(lines_are_found_behind_strings_that_look_like_json),
        cmocka_unit_test(nothing_cut_short_is_read),
        cmocka_unit_test(the_same_file_gives_the_same_shapes),
        cmocka_unit_test(english_areas_have_their_known_size),
        cmocka_unit_test(english_areas_are_where_they_should_be),
        cmocka_unit_test(the_hexagons_of_england_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
