#include "support.h"

#include "geometry_samples.h"
#include "more_samples.h"
#include "scene_checks.h"

static const char *const CLASSES[] = {"c0", "c1", "c2", "c3", "c4", "c5", "c6"};

/* A map of squares in a row, the i-th in class i; the last has no data. */
static Scene *row_of(const Geometry *g, guint n_classes, MapScale scale)
{
    g_autofree MapItem *items = g_new0(MapItem, g->n_areas);
    for (guint i = 0; i < g->n_areas; i++) {
        gboolean city = g_str_equal(g->areas[i].code, "CITY");
        items[i] = (MapItem){.area = (int)i,
                             .name = g->areas[i].code,
                             .value_text = city || i > n_classes ? NULL : "1",
                             .class_index = (int)i - 1}; /* CITY sorts after C… */
        if (!city) {
            items[i].class_index = (int)i;
            items[i].value_text = i < n_classes ? "1" : NULL;
        }
    }
    MapChart c = {.title = "T",
                  .what = "areas",
                  .key_title = "K",
                  .geometry = g,
                  .items = items,
                  .n = g->n_areas,
                  .highlight = 0,
                  .classes = CLASSES,
                  .n_classes = n_classes,
                  .scale = scale};
    return area_map_scene(&c, 493, 200);
}

static void nothing_covers_anything_whatever_the_data(void **state)
{
    (void)state;
    const guint sides[] = {1, 3, 20};
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autoptr(Geometry) g = ground_counties(sides[i], sides[i]);
        for (int kind = 0; kind < N_SAMPLES; kind++) {
            g_autofree char *which =
                g_strdup_printf("%u areas of sample %d", sides[i] * sides[i], kind);
            MapSample wide = {(SampleKind)kind, MAP_FROM_LOW, 5, FALSE, 493, 400, g};
            MapSample narrow = {(SampleKind)kind, MAP_AROUND, 3, FALSE, 237, 240, g};
            g_autoptr(Scene) a = sample_map(&wide), b = sample_map(&narrow);
            assert_int_equal(scene_faults(a, which) + scene_faults(b, which), 0);
        }
    }
}

static void a_map_without_ground_says_so(void **state)
{
    (void)state;
    MapSample sample = {SAMPLE_USUAL, MAP_FROM_LOW, 5, FALSE, 493, 100, NULL};
    g_autoptr(Scene) s = sample_map(&sample);
    assert_non_null(scene_written(s, "No values to show"));
}

static void classes_get_darker_in_grey_from_low_to_high(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(8, 1);
    for (guint n = 2; n <= MAP_CLASSES_MAX; n++) {
        g_autoptr(Scene) s = row_of(g, n, MAP_FROM_LOW);
        double before = 1;
        for (guint k = 0; k < n; k++) {
            g_autofree char *start = g_strdup_printf("C%03u: 1, c%u", k, k);
            const Primitive *p = scene_titled(s, start);
            assert_non_null(p);
            double grey = scene_grey(p->paint.fill);
            assert_true(before - grey > (k ? 0.07 : 0.02));
            before = grey;
        }
    }
}

/* Lines of a width that only hatching has. */
static guint hatch_lines(const Scene *s)
{
    guint n = 0;
    for (guint i = 0; i < s->items->len; i++) {
        n += scene_item(s, i)->kind == PRIM_LINE && scene_item(s, i)->paint.width == 0.7;
    }
    return n;
}

static void above_the_middle_is_hatched_and_below_is_not(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(5, 1);
    g_autoptr(Scene) s = row_of(g, 5, MAP_AROUND);
    /* Hatching is drawn after the fill that it belongs to. */
    for (guint i = 0; i + 1 < s->items->len; i++) {
        const Primitive *p = scene_item(s, i), *q = scene_item(s, i + 1);
        if (p->title && g_str_has_prefix(p->title, "C00")) {
            gboolean hatched = q->kind == PRIM_LINE && q->paint.width == 0.7;
            assert_int_equal(hatched, p->title[3] >= '3');
        }
    }
}

static void no_data_is_hatched_and_in_the_key(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(3, 1);
    g_autoptr(Scene) s = row_of(g, 2, MAP_FROM_LOW);
    assert_non_null(scene_written(s, "no data"));
    assert_non_null(scene_titled(s, "C002: no data"));
    assert_true(hatch_lines(s) > 20);
}

/* An even hatching covers the share of an area that its lines' width has of their distance. */
static void hatching_stays_within_its_area(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(3, 1);
    g_autoptr(Scene) s = row_of(g, 2, MAP_FROM_LOW);
    const Primitive *p = scene_titled(s, "C002: no data");
    double low_x = INFINITY, high_x = -INFINITY, low_y = INFINITY, high_y = -INFINITY;
    for (guint k = 0; k < p->n_points; k++) {
        low_x = MIN(low_x, p->points[k].x);
        high_x = MAX(high_x, p->points[k].x);
        low_y = MIN(low_y, p->points[k].y);
        high_y = MAX(high_y, p->points[k].y);
    }
    double length = 0;
    for (const Primitive *q = p + 1; q->kind == PRIM_LINE; q++) {
        assert_true(MIN(q->x, q->w) >= low_x - 1e-6 && MAX(q->x, q->w) <= high_x + 1e-6);
        assert_true(MIN(q->y, q->h) >= low_y - 1e-6 && MAX(q->y, q->h) <= high_y + 1e-6);
        length += hypot(q->w - q->x, q->h - q->y);
    }
    double surface = 0;
    for (guint k = 0; k < p->n_points; k++) {
        Point a = p->points[k], b = p->points[(k + 1) % p->n_points];
        surface += (a.x * b.y - b.x * a.y) / 2;
    }
    assert_float_equal(length * 3.4 / sqrt(2) / fabs(surface), 1, 0.05);
}

static void a_city_lies_on_top_of_the_hole_in_its_county(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(1, 1);
    g_autoptr(Scene) s = row_of(g, 2, MAP_FROM_LOW);
    assert_int_equal(scene_titled(s, "C000")->n_rings, 2);
}

static void the_enlargement_shows_its_areas_again_and_larger(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(6, 6);
    MapItem items[37] = {{0}};
    for (guint i = 0; i < g->n_areas; i++) {
        items[i] = (MapItem){
            .area = (int)i, .name = g->areas[i].code, .value_text = "1", .enlarged = i < 2};
    }
    MapChart c = {.title = "T",
                  .geometry = g,
                  .items = items,
                  .n = g->n_areas,
                  .highlight = 0,
                  .classes = CLASSES,
                  .n_classes = 3,
                  .enlarged_label = "Here"};
    g_autoptr(Scene) s = area_map_scene(&c, 493, 300);
    double widths[3] = {0};
    guint found = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        if (p->title && g_str_has_prefix(p->title, "C000")) {
            double low = INFINITY, high = -INFINITY;
            for (guint k = 0; k < p->n_points; k++) {
                low = MIN(low, p->points[k].x);
                high = MAX(high, p->points[k].x);
            }
            widths[found++] = high - low;
        }
    }
    assert_int_equal(found, 2);
    assert_true(widths[1] > 1.1 * widths[0]);
    assert_non_null(scene_written(s, "Here"));
}

static void areas_that_are_not_on_the_map_are_counted(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_counties(1, 1);
    const MapItem items[] = {{.area = 0, .name = "A", .value_text = "1", .class_index = 1},
                             {.area = -1, .name = "B", .value_text = "2", .class_index = 0}};
    MapChart c = {.title = "T",
                  .geometry = g,
                  .items = items,
                  .n = 2,
                  .highlight = 0,
                  .classes = CLASSES,
                  .n_classes = 2};
    g_autoptr(Scene) s = area_map_scene(&c, 493, 200);
    assert_non_null(strstr(s->alt, "1 have no place on the map"));
    assert_non_null(strstr(s->alt, "A has 1: c1"));
    assert_int_equal(s->table->n_rows, 2);
    assert_string_equal(scene_table_cell(s->table, 1, 1), "c0");
    assert_non_null(scene_written(s, "A: 1"));
}

/* A triangle that leaves the top right and the bottom left of its box free. */
static Scene *of_slope(Geometry **out, gboolean enlarged, double *scale)
{
    static const char TEXT[] =
        "{\"type\": \"FeatureCollection\",\n"
        "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"EPSG:27700\"}},\n"
        "\"features\": [\n"
        "{\"type\": \"Feature\", \"properties\": {\"c\": \"A\"}, \"geometry\": {\"type\": "
        "\"Polygon\",\n"
        "\"coordinates\": [[[0,1000],[200,1000],[1000,0],[0,0],[0,1000]]]}},\n"
        "{\"type\": \"Feature\", \"properties\": {\"c\": \"B\"}, \"geometry\": {\"type\": "
        "\"Polygon\",\n"
        "\"coordinates\": [[[100,100],[150,100],[150,150],[100,150],[100,100]]]}}]}";
    Diagnostics *diags = diagnostics_new();
    const GeometryOptions options = {.kind = GEOMETRY_GEOJSON, .code_property = "c"};
    *out = geometry_parse(TEXT, strlen(TEXT), "slope", &options, diags, NULL);
    diagnostics_free(diags);
    assert_non_null(*out);
    const MapItem items[] = {
        {.area = 0, .name = "A", .value_text = "1", .class_index = 0},
        {.area = 1, .name = "B", .value_text = "2", .class_index = 1, .enlarged = enlarged}};
    MapChart c = {.title = "T",
                  .geometry = *out,
                  .items = items,
                  .n = 2,
                  .highlight = CHART_NO_ITEM,
                  .classes = CLASSES,
                  .n_classes = 2,
                  .enlarged_label = enlarged ? "Here" : NULL};
    const double height = map_chart_height(&c, 240, 235);
    Scene *s = area_map_scene(&c, 240, height);
    double most = 0;
    const Primitive *a = scene_titled(s, "A: 1, c0");
    for (guint k = 0; k < a->n_points; k++)
        most = MAX(most, a->points[k].x);
    *scale = most;
    return s;
}

static void a_key_in_a_free_corner_leaves_the_map_its_width(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = NULL;
    double right;
    g_autoptr(Scene) s = of_slope(&g, FALSE, &right);
    const Primitive *key = scene_written(s, "c1");
    assert_non_null(key);
    assert_true(right > 200); /* of 240: beside the key there would be less */
    assert_int_equal(scene_faults(s, "slope"), 0);
}

static void an_enlargement_stands_where_there_is_no_ground(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = NULL;
    double right;
    g_autoptr(Scene) s = of_slope(&g, TRUE, &right);
    const Primitive *label = scene_written(s, "Here");
    assert_non_null(label);
    guint frames = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        if (p->kind != PRIM_RECT || p->y < label->y || p->h < 20)
            continue;
        frames++; /* its lower left corner is on the free side of the slope */
        assert_true((p->x - 1) / (right - 1) > 1 - 0.8 * (p->y + p->h - 1) / (right - 1));
    }
    assert_int_equal(frames, 1);
    assert_int_equal(scene_faults(s, "slope with an enlargement"), 0);
}

static void a_map_fills_its_width(void **state)
{
    (void)state;
    g_autoptr(Geometry) wide = ground_counties(8, 1), high = ground_counties(1, 8);
    MapChart a = {.geometry = wide}, b = {.geometry = high};
    assert_true(map_chart_height(&a, 493, 420) < 200);
    assert_float_equal(map_chart_height(&b, 493, 420), 420, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_covers_anything_whatever_the_data),
        cmocka_unit_test(a_map_without_ground_says_so),
        cmocka_unit_test(classes_get_darker_in_grey_from_low_to_high),
        cmocka_unit_test(above_the_middle_is_hatched_and_below_is_not),
        cmocka_unit_test(no_data_is_hatched_and_in_the_key),
        cmocka_unit_test(hatching_stays_within_its_area),
        cmocka_unit_test(a_city_lies_on_top_of_the_hole_in_its_county),
        cmocka_unit_test(the_enlargement_shows_its_areas_again_and_larger),
        cmocka_unit_test(areas_that_are_not_on_the_map_are_counted),
        cmocka_unit_test(a_map_fills_its_width),
        cmocka_unit_test(a_key_in_a_free_corner_leaves_the_map_its_width),
        cmocka_unit_test(an_enlargement_stands_where_there_is_no_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
