#include "support.h"

#include "geometry_samples.h"
#include "more_samples.h"
#include "scene_checks.h"

static void nothing_covers_anything_whatever_the_data(void **state)
{
    (void)state;
    const guint sides[] = {1, 3, 12, 20};
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autoptr(Geometry) g = ground_hexagons(sides[i], sides[i]);
        for (int kind = 0; kind < N_SAMPLES; kind++) {
            g_autofree char *which =
                g_strdup_printf("%u hexagons of sample %d", sides[i] * sides[i], kind);
            MapSample wide = {(SampleKind)kind, MAP_AROUND, 5, TRUE, 493, 400, g};
            MapSample narrow = {(SampleKind)kind, MAP_FROM_LOW, 7, TRUE, 237, 260, g};
            g_autoptr(Scene) a = sample_map(&wide), b = sample_map(&narrow);
            assert_int_equal(scene_faults(a, which) + scene_faults(b, which), 0);
        }
    }
}

static void every_area_is_as_large_as_the_others(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_hexagons(4, 4);
    MapSample sample = {SAMPLE_EQUAL, MAP_FROM_LOW, 3, TRUE, 493, 300, g};
    g_autoptr(Scene) s = sample_map(&sample);
    double first = NAN;
    guint found = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        if (p->kind != PRIM_PATH || !p->title) {
            continue;
        }
        assert_int_equal(p->n_points, 6);
        double width = 0;
        for (guint k = 0; k < 6; k++) {
            width = MAX(width, fabs(p->points[k].x - p->points[0].x));
        }
        first = found++ == 0 ? width : first;
        assert_float_equal(width, first, 0.41); /* corners are on a grid of 0.2 pt */
    }
    assert_int_equal(found, 16);
}

static void only_short_names_that_fit_are_written(void **state)
{
    (void)state;
    g_autoptr(Geometry) g = ground_hexagons(12, 12);
    MapSample sample = {SAMPLE_EQUAL, MAP_FROM_LOW, 3, TRUE, 493, 400, g};
    g_autoptr(Scene) s = sample_map(&sample);
    assert_non_null(scene_written(s, "Abc"));
    assert_null(scene_written(s, "Wide"));
}

static void the_hexagons_of_england_make_a_map(void **state)
{
    (void)state;
    g_autofree char *path = support_shared("data/hexmap_upper_tier_las.hexjson.json");
    if (!path) {
        skip();
    }
    GeometryOptions o = {.kind = GEOMETRY_HEXJSON};
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Geometry) g = geometry_read(path, "hexmap.json", &o, d, NULL);
    for (int kind = 0; kind < N_SAMPLES; kind++) {
        MapSample sample = {(SampleKind)kind, MAP_AROUND, 5, TRUE, 493, 400, g};
        g_autoptr(Scene) s = sample_map(&sample);
        assert_int_equal(scene_faults(s, "England"), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_covers_anything_whatever_the_data),
        cmocka_unit_test(every_area_is_as_large_as_the_others),
        cmocka_unit_test(only_short_names_that_fit_are_written),
        cmocka_unit_test(the_hexagons_of_england_make_a_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
