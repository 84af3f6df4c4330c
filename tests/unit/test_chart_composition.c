#include "support.h"

#include "more_samples.h"
#include "scene_checks.h"

static const char *const PARTS[] = {"Nursing", "Home care", "Income"};

static Scene *of_rows(const CompositionRow *rows, guint n)
{
    CompositionChart c = {.title = "T",
                          .what = "areas",
                          .unit = {.label = "pounds per person", .prefix = "\xC2\xA3"},
                          .parts = PARTS,
                          .n_parts = 3,
                          .rows = rows,
                          .n = n,
                          .highlight = 0};
    return composition_chart_scene(&c, 493);
}

static void nothing_covers_anything_whatever_the_data(void **state)
{
    (void)state;
    const guint n[] = {1, 7, 16, 400};
    for (int kind = 0; kind < N_SAMPLES; kind++) {
        for (guint i = 0; i < G_N_ELEMENTS(n); i++) {
            g_autofree char *which = g_strdup_printf("%u areas of sample %d", n[i], kind);
            g_autoptr(Scene) wide = sample_composition((SampleKind)kind, n[i], 8, 493);
            g_autoptr(Scene) narrow = sample_composition((SampleKind)kind, n[i], 3, 237);
            assert_int_equal(scene_faults(wide, which) + scene_faults(narrow, which), 0);
        }
    }
}

static void an_empty_one_says_so(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_composition(SAMPLE_MISSING, 7, 3, 493);
    assert_non_null(scene_written(s, "No values to show"));
}

static void parts_follow_each_other_from_zero_in_proportion(void **state)
{
    (void)state;
    const double parts[] = {30, 60, 10};
    const CompositionRow row = {"A", parts, 100, NULL};
    g_autoptr(Scene) s = of_rows(&row, 1);
    const Primitive *a = scene_titled(s, "A, Nursing"), *b = scene_titled(s, "A, Home care");
    assert_float_equal(b->w, 2 * a->w, 1e-9);
    assert_float_equal(b->x, a->x + a->w, 1e-9);
    assert_non_null(scene_written(s, "\xC2\xA3"
                                     "0"));
}

static void negative_parts_go_the_other_way(void **state)
{
    (void)state;
    const double parts[] = {30, 60, -20};
    const CompositionRow row = {"A", parts, 70,
                                "\xC2\xA3"
                                "70"};
    g_autoptr(Scene) s = of_rows(&row, 1);
    const Primitive *a = scene_titled(s, "A, Nursing"),
                    *c = scene_titled(s, "A, Income: \xE2\x88\x92\xC2\xA3"
                                         "20");
    assert_non_null(c);
    assert_float_equal(c->x + c->w, a->x, 1e-9);
    assert_float_equal(c->w, a->w * 2 / 3, 0.02); /* in hundredths of a point */
    assert_non_null(strstr(s->alt, "1 is below zero"));
    /* The line of the total stands at 70. */
    gboolean found = FALSE;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        found = found || (p->kind == PRIM_LINE && p->paint.width == 1.6 &&
                          fabs(p->x - (a->x + a->w * 7 / 3)) < 0.03);
    }
    assert_true(found);
}

static void all_parts_can_be_negative(void **state)
{
    (void)state;
    const double parts[] = {-30, -60, -10};
    const CompositionRow row = {"A", parts, -100, NULL};
    g_autoptr(Scene) s = of_rows(&row, 1);
    const Primitive *a = scene_titled(s, "A, Nursing"), *b = scene_titled(s, "A, Home care");
    assert_float_equal(b->x + b->w, a->x, 1e-9);
    assert_int_equal(scene_faults(s, "negative"), 0);
}

static void parts_are_numbered_in_bar_and_key(void **state)
{
    (void)state;
    const double parts[] = {30, 60, 10};
    const CompositionRow row = {"A", parts, NAN, NULL};
    g_autoptr(Scene) s = of_rows(&row, 1);
    assert_non_null(scene_written(s, "1 Nursing"));
    guint found = 0;
    for (guint i = 0; i < s->items->len; i++) {
        found += scene_item(s, i)->kind == PRIM_TEXT && g_str_equal(scene_item(s, i)->text, "2");
    }
    assert_int_equal(found, 1);
}

static void neighbours_differ_in_grey_or_by_hatching(void **state)
{
    (void)state;
    double parts[COMPOSITION_PARTS_MAX];
    char names[COMPOSITION_PARTS_MAX][8];
    const char *pointers[COMPOSITION_PARTS_MAX];
    for (guint k = 0; k < COMPOSITION_PARTS_MAX; k++) {
        parts[k] = 10;
        g_snprintf(names[k], sizeof names[k], "p%u", k);
        pointers[k] = names[k];
    }
    const CompositionRow row = {"A", parts, NAN, NULL};
    CompositionChart c = {
        .parts = pointers, .n_parts = COMPOSITION_PARTS_MAX, .rows = &row, .n = 1};
    g_autoptr(Scene) s = composition_chart_scene(&c, 493);
    const Primitive *before = scene_titled(s, "A, p0");
    for (guint k = 1; k < COMPOSITION_PARTS_MAX; k++) {
        g_autofree char *start = g_strdup_printf("A, p%u", k);
        const Primitive *p = scene_titled(s, start);
        gboolean hatched = p->kind == PRIM_PATH || before->kind == PRIM_PATH;
        assert_true(hatched ||
                    fabs(scene_grey(p->paint.fill) - scene_grey(before->paint.fill)) > 0.2);
        before = p;
    }
}

static void rows_without_data_are_told(void **state)
{
    (void)state;
    const double parts[] = {30, 60, 10}, none[] = {NAN, NAN, NAN};
    const CompositionRow rows[] = {{"A", parts, 100, "100"}, {"B", none, NAN, NULL}};
    g_autoptr(Scene) s = of_rows(rows, 2);
    assert_non_null(scene_written(s, "no data"));
    assert_non_null(strstr(s->alt, "1 without data"));
    assert_string_equal(scene_table_cell(s->table, 1, 2), "no data");
    assert_string_equal(scene_table_cell(s->table, 0, 4), "100");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_covers_anything_whatever_the_data),
        cmocka_unit_test(an_empty_one_says_so),
        cmocka_unit_test(parts_follow_each_other_from_zero_in_proportion),
        cmocka_unit_test(negative_parts_go_the_other_way),
        cmocka_unit_test(all_parts_can_be_negative),
        cmocka_unit_test(parts_are_numbered_in_bar_and_key),
        cmocka_unit_test(neighbours_differ_in_grey_or_by_hatching),
        cmocka_unit_test(rows_without_data_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
