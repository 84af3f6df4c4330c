#include "support.h"

#include "more_samples.h"
#include "scene_checks.h"

static Scene *of_items(const QuadrantItem *items, guint n, gboolean low_is_better)
{
    QuadrantChart c = {.title = "T",
                       .what = "areas",
                       .x_unit = {.label = "pounds per person", .prefix = "\xC2\xA3"},
                       .y_unit = {.label = "deaths per 1,000"},
                       .x_centre = 100,
                       .y_centre = 10,
                       .x_near = NAN,
                       .y_near = NAN,
                       .corners = {"less, more", "more, more", "less, less", "more, less"},
                       .y_low_is_better = low_is_better,
                       .items = items,
                       .n = n,
                       .highlight = 0};
    return quadrant_chart_scene(&c, 493, 340);
}

static QuadrantItem item_of(const char *name, double x, double y)
{
    return (QuadrantItem){.name = name,
                          .x = x,
                          .y = y,
                          .x_lower = x - 5,
                          .x_upper = x + 5,
                          .y_lower = y - 1,
                          .y_upper = y + 1};
}

static void nothing_covers_anything_whatever_the_data(void **state)
{
    (void)state;
    const guint n[] = {1, 7, 151, 400};
    for (int kind = 0; kind < N_SAMPLES; kind++) {
        for (guint i = 0; i < G_N_ELEMENTS(n); i++) {
            g_autofree char *which = g_strdup_printf("%u areas of sample %d", n[i], kind);
            g_autoptr(Scene) wide = sample_quadrant((SampleKind)kind, n[i], 493, FALSE);
            g_autoptr(Scene) narrow = sample_quadrant((SampleKind)kind, n[i], 300, TRUE);
            assert_int_equal(scene_faults(wide, which) + scene_faults(narrow, which), 0);
        }
    }
}

static void an_empty_one_says_so(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_quadrant(SAMPLE_MISSING, 7, 493, FALSE);
    assert_non_null(scene_written(s, "No values to show"));
    assert_non_null(strstr(s->alt, "no values"));
}

static void places_are_in_proportion(void **state)
{
    (void)state;
    const QuadrantItem items[] = {item_of("A", 100, 10), item_of("B", 120, 14),
                                  item_of("C", 90, 8)};
    g_autoptr(Scene) s = of_items(items, 3, FALSE);
    const Primitive *a = scene_titled(s, "A"), *b = scene_titled(s, "B"), *c = scene_titled(s, "C");
    assert_float_equal(b->x - a->x, 2 * (a->x - c->x), 0.03); /* in hundredths of a point */
    assert_float_equal(a->y - b->y, 2 * (c->y - a->y), 0.03);
    assert_true(b->y < a->y);
}

static void the_preferred_direction_is_up(void **state)
{
    (void)state;
    const QuadrantItem items[] = {item_of("A", 100, 10), item_of("B", 120, 14),
                                  item_of("C", 90, 8)};
    g_autoptr(Scene) high = of_items(items, 3, FALSE), low = of_items(items, 3, TRUE);
    assert_true(scene_titled(high, "B")->y < scene_titled(high, "C")->y);
    assert_true(scene_titled(low, "B")->y > scene_titled(low, "C")->y);
    /* Words stay with their quadrant. */
    const Primitive *words = scene_written(high, "more, more"), *mark = scene_titled(high, "B");
    assert_true(words->y < mark->y && words->x > 250);
    words = scene_written(low, "more, more");
    assert_true(words->y > scene_titled(low, "B")->y && words->x > 250);
}

static void the_highlighted_area_has_its_interval_as_a_cross(void **state)
{
    (void)state;
    const QuadrantItem items[] = {item_of("A", 100, 10), item_of("B", 120, 14)};
    g_autoptr(Scene) s = of_items(items, 2, FALSE);
    const Primitive *a = scene_titled(s, "A"), *b = scene_titled(s, "B");
    double per_pound = (b->x - a->x) / 20, per_death = (a->y - b->y) / 4;
    guint crossing = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        if (p->kind != PRIM_LINE || p->paint.width != 1.2) {
            continue;
        }
        gboolean level = p->y == p->h;
        double length = level ? p->w - p->x : fabs(p->h - p->y);
        assert_float_equal(length, level ? 10 * per_pound : 2 * per_death, 0.02);
        crossing++;
    }
    assert_int_equal(crossing, 2);
    assert_int_equal(a->shape, MARK_DIAMOND);
    assert_true(scene_written(s, "A")->bold);
}

static void one_far_out_becomes_an_arrow_and_does_not_squeeze_the_others(void **state)
{
    (void)state;
    enum { N = 41 };
    QuadrantItem items[N];
    char names[N][8];
    for (guint i = 0; i < N; i++) {
        g_snprintf(names[i], sizeof names[i], "n%02u", i);
        items[i] = item_of(names[i], 90 + i * 0.5, 8 + 0.1 * i);
    }
    items[7].x = 1e6;
    g_autoptr(Scene) s = of_items(items, N, FALSE);
    assert_int_equal(scene_titled(s, "n07")->kind, PRIM_PATH);
    assert_non_null(scene_written(s, "n07: \xC2\xA3"
                                     "1,000,000; 8.7"));
    assert_non_null(scene_written(s, "1 beyond the edge"));
    assert_true(scene_titled(s, "n40")->x - scene_titled(s, "n00")->x > 250);
}

static void areas_without_both_values_are_counted(void **state)
{
    (void)state;
    const QuadrantItem items[] = {item_of("A", 100, 10), item_of("B", 120, NAN),
                                  item_of("C", NAN, 8)};
    g_autoptr(Scene) s = of_items(items, 3, FALSE);
    assert_non_null(strstr(s->alt, "2 without both values"));
    assert_null(scene_titled(s, "B"));
    assert_string_equal(scene_table_cell(s->table, 1, 3), "no data");
    assert_string_equal(scene_table_cell(s->table, 1, 5), "no data");
}

static void the_table_says_the_quadrant(void **state)
{
    (void)state;
    const QuadrantItem items[] = {item_of("A", 90, 8), item_of("B", 120, 14)};
    g_autoptr(Scene) s = of_items(items, 2, FALSE);
    assert_string_equal(scene_table_cell(s->table, 0, 5), "less, less");
    assert_string_equal(scene_table_cell(s->table, 1, 5), "more, more");
    assert_string_equal(scene_table_cell(s->table, 1, 1), "\xC2\xA3"
                                                          "120");
    assert_string_equal(scene_table_cell(s->table, 1, 2), "\xC2\xA3"
                                                          "115 to \xC2\xA3"
                                                          "125");
    assert_non_null(strstr(s->alt, "1: less, less; 0: more, less"));
}

/* At the centre counts as higher, or as better where low is better (METHODS 9). */
static void what_is_at_the_centre_counts_as_higher_or_better(void **state)
{
    (void)state;
    assert_int_equal(quadrant_corner(0, 0, FALSE), 1);
    assert_int_equal(quadrant_corner(0, 0, TRUE), 3);
    assert_int_equal(quadrant_corner(-1, 2, TRUE), 0);
    assert_int_equal(quadrant_corner(-1, -2, FALSE), 2);
}

static void a_verdict_stands_for_the_corner_and_what_is_clear_is_counted(void **state)
{
    (void)state;
    QuadrantItem items[] = {item_of("A", 101, 14), item_of("B", 120, 14), item_of("C", 130, 15)};
    items[0].verdict = "much the same";
    const QuadrantChart c = {.x_centre = 100,
                             .y_centre = 10,
                             .x_near = 5,
                             .y_near = 1,
                             .corners = {"less, more", "more, more", "less, less", "more, less"},
                             .items = items,
                             .n = 3,
                             .highlight = 0};
    g_autoptr(Scene) s = quadrant_chart_scene(&c, 493, 340);
    assert_non_null(strstr(s->alt, "3: more, more (outside both bands: 2)"));
    assert_non_null(strstr(s->alt, "A: 101; 14.0: much the same."));
    assert_string_equal(scene_titled(s, "A")->title, "A: 101; 14.0: much the same");
    assert_string_equal(scene_table_cell(s->table, 0, 5), "much the same");
    assert_string_equal(scene_table_cell(s->table, 1, 5), "more, more");
}

/* Rounded outwards, the axes would go from 0 to 3,000 and from 0 to 20,000. */
static void axes_end_where_the_figures_do(void **state)
{
    (void)state;
    const QuadrantItem items[] = {item_of("A", 443, 900), item_of("B", 2083, 15029),
                                  item_of("C", 800, 8000)};
    g_autoptr(Scene) s = of_items(items, 3, FALSE);
    assert_null(scene_written(s, "\xC2\xA3"
                                 "3,000"));
    assert_non_null(scene_written(s, "\xC2\xA3"
                                     "1,000"));
    assert_null(scene_written(s, "20,000"));
    assert_non_null(scene_written(s, "10,000"));
}

static void peers_differ_from_others_without_colour(void **state)
{
    (void)state;
    QuadrantItem items[] = {item_of("A", 100, 10), item_of("B", 120, 14), item_of("C", 90, 8)};
    items[1].emphasis = EMPHASIS_PEER;
    g_autoptr(Scene) s = of_items(items, 3, FALSE);
    assert_true(scene_titled(s, "B")->paint.width > 2 * scene_titled(s, "C")->paint.width);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_covers_anything_whatever_the_data),
        cmocka_unit_test(an_empty_one_says_so),
        cmocka_unit_test(places_are_in_proportion),
        cmocka_unit_test(the_preferred_direction_is_up),
        cmocka_unit_test(the_highlighted_area_has_its_interval_as_a_cross),
        cmocka_unit_test(one_far_out_becomes_an_arrow_and_does_not_squeeze_the_others),
        cmocka_unit_test(areas_without_both_values_are_counted),
        cmocka_unit_test(the_table_says_the_quadrant),
        cmocka_unit_test(what_is_at_the_centre_counts_as_higher_or_better),
        cmocka_unit_test(a_verdict_stands_for_the_corner_and_what_is_clear_is_counted),
        cmocka_unit_test(axes_end_where_the_figures_do),
        cmocka_unit_test(peers_differ_from_others_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
