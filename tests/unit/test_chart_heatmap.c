#include "support.h"

#include "more_samples.h"
#include "scene_checks.h"

static const char *const AREAS[] = {"Leeds", "York", "Hull", NULL};

static Scene *small(const HeatCell cells[3], SpinePolarity polarity)
{
    HeatRow row = {"Falls", polarity, cells};
    HeatChart c = {.title = "T",
                   .comparator_label = "England",
                   .columns = AREAS,
                   .n_columns = 3,
                   .rows = &row,
                   .n = 1,
                   .highlight = 0};
    return heat_chart_scene(&c, 493);
}

static void nothing_covers_anything_whatever_the_data(void **state)
{
    (void)state;
    const guint columns[] = {1, 7, 16, 60, 400};
    for (int kind = 0; kind < N_SAMPLES; kind++) {
        for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
            g_autofree char *which = g_strdup_printf("%u columns of sample %d", columns[i], kind);
            g_autoptr(Scene) wide = sample_heat((SampleKind)kind, 5, columns[i], 493);
            g_autoptr(Scene) narrow = sample_heat((SampleKind)kind, 2, columns[i], 300);
            assert_int_equal(scene_faults(wide, which) + scene_faults(narrow, which), 0);
        }
    }
}

static void an_empty_one_says_so(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_heat(SAMPLE_USUAL, 0, 0, 493);
    assert_non_null(scene_written(s, "No values to show"));
}

static void every_cell_has_a_sign_and_a_title(void **state)
{
    (void)state;
    const HeatCell cells[] = {{HEAT_MUCH_HIGHER, "12"}, {HEAT_LOWER, "3"}, {HEAT_SIMILAR, "7"}};
    g_autoptr(Scene) s = small(cells, SPINE_LOW_IS_BETTER);
    /* In the cells and in the key. */
    assert_int_equal(scene_count_marks(s, MARK_TRIANGLE_UP), 4);
    assert_int_equal(scene_count_marks(s, MARK_TRIANGLE_DOWN), 2);
    assert_int_equal(scene_count_marks(s, MARK_CIRCLE), 2);
    assert_non_null(scene_titled(s, "Leeds, Falls: 12, much higher than England"));
    assert_non_null(scene_titled(s, "York, Falls: 3, lower than England"));
    assert_non_null(scene_titled(s, "Hull, Falls: 7, no clear difference"));
}

static gboolean is_filled(const Primitive *p, Colour c)
{
    return p && p->paint.fill.r == c.r && p->paint.fill.g == c.g && p->paint.fill.b == c.b;
}

static void colours_follow_the_polarity(void **state)
{
    (void)state;
    const HeatCell cells[] = {{HEAT_MUCH_HIGHER, "12"}, {HEAT_LOWER, "3"}, {HEAT_SIMILAR, "7"}};
    g_autoptr(Scene) low = small(cells, SPINE_LOW_IS_BETTER);
    g_autoptr(Scene) high = small(cells, SPINE_HIGH_IS_BETTER);
    g_autoptr(Scene) neutral = small(cells, SPINE_NEUTRAL);
    assert_true(is_filled(scene_titled(low, "Leeds"), COLOUR_DARK_PINK));
    assert_true(is_filled(scene_titled(high, "Leeds"), COLOUR_DARK_BLUE));
    assert_true(is_filled(scene_titled(neutral, "Leeds"), COLOUR_MUTED));
    assert_true(is_filled(scene_titled(low, "York"), COLOUR_LIGHT_BLUE));
    assert_true(is_filled(scene_titled(high, "York"), COLOUR_ORANGE));
}

static void the_preferred_direction_is_in_words_too(void **state)
{
    (void)state;
    const HeatCell cells[] = {{HEAT_LOWER, "1"}, {HEAT_LOWER, "3"}, {HEAT_SIMILAR, "7"}};
    g_autoptr(Scene) s = small(cells, SPINE_LOW_IS_BETTER);
    assert_non_null(scene_written(s, "Falls (lower preferred)"));
}

static void figures_are_written_only_when_all_fit(void **state)
{
    (void)state;
    const HeatCell fit[] = {{HEAT_LOWER, "111"}, {HEAT_LOWER, "333"}, {HEAT_SIMILAR, "777"}};
    const HeatCell wide[] = {
        {HEAT_LOWER, "111"}, {HEAT_LOWER, "333,333,333.33 million"}, {HEAT_SIMILAR, "777"}};
    g_autoptr(Scene) a = small(fit, SPINE_NEUTRAL), b = small(wide, SPINE_NEUTRAL);
    assert_non_null(scene_written(a, "111"));
    assert_null(scene_written(b, "111"));
    assert_non_null(scene_titled(b, "Leeds, Falls: 111"));
}

static void a_missing_figure_is_hatched_and_told(void **state)
{
    (void)state;
    const HeatCell cells[] = {{HEAT_MISSING, NULL}, {HEAT_LOWER, "3"}, {HEAT_SIMILAR, "7"}};
    g_autoptr(Scene) s = small(cells, SPINE_NEUTRAL);
    assert_non_null(scene_titled(s, "Leeds, Falls: no data"));
    assert_string_equal(scene_table_cell(s->table, 0, 1), "no data");
    assert_non_null(strstr(s->alt, "Leeds: 1 no data"));
}

static void the_table_has_a_column_per_area(void **state)
{
    (void)state;
    const HeatCell cells[] = {{HEAT_HIGHER, "12"}, {HEAT_LOWER, "3"}, {HEAT_SIMILAR, "7"}};
    g_autoptr(Scene) s = small(cells, SPINE_NEUTRAL);
    assert_int_equal(s->table->n_columns, 4);
    assert_string_equal(s->table->columns[3], "Hull");
    assert_string_equal(scene_table_cell(s->table, 0, 2), "3, lower than England");
}

static void text_on_colours_can_be_read(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_heat(SAMPLE_USUAL, 6, 16, 493);
    for (guint i = 1; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        if (p->kind != PRIM_TEXT || !g_str_equal(p->text, "12.3")) {
            continue;
        }
        guint k = i;
        while (scene_item(s, k)->kind != PRIM_RECT) {
            k--;
        }
        double ink = scene_grey(p->paint.fill), ground = scene_grey(scene_item(s, k)->paint.fill);
        assert_true(fabs(ink - ground) > 0.35);
    }
}

static void areas_go_on_in_further_bands(void **state)
{
    (void)state;
    g_autoptr(Scene) one = sample_heat(SAMPLE_USUAL, 2, 16, 493);
    g_autoptr(Scene) three = sample_heat(SAMPLE_USUAL, 2, 48, 493);
    assert_true(three->height > 2.2 * one->height);
    guint cells = 0;
    for (guint i = 0; i < three->items->len; i++) {
        const Primitive *p = scene_item(three, i);
        cells += p->kind == PRIM_RECT && p->title;
        assert_true(p->kind != PRIM_RECT || !p->title || p->w >= 17);
    }
    assert_int_equal(cells, 96);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_covers_anything_whatever_the_data),
        cmocka_unit_test(an_empty_one_says_so),
        cmocka_unit_test(every_cell_has_a_sign_and_a_title),
        cmocka_unit_test(colours_follow_the_polarity),
        cmocka_unit_test(the_preferred_direction_is_in_words_too),
        cmocka_unit_test(figures_are_written_only_when_all_fit),
        cmocka_unit_test(a_missing_figure_is_hatched_and_told),
        cmocka_unit_test(the_table_has_a_column_per_area),
        cmocka_unit_test(text_on_colours_can_be_read),
        cmocka_unit_test(areas_go_on_in_further_bands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
