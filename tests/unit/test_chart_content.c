#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "chart_samples.h"

#include <string.h>

/* What a chart shows must be what it was given. */

static const Primitive *item(const Scene *s, guint i)
{
    return &g_array_index(s->items, Primitive, i);
}

static const Primitive *find_text(const Scene *s, const char *text)
{
    for (guint i = 0; i < s->items->len; i++) {
        if (item(s, i)->kind == PRIM_TEXT && strcmp(item(s, i)->text, text) == 0) {
            return item(s, i);
        }
    }
    return NULL;
}

static const Primitive *find_rect(const Scene *s, const char *title)
{
    for (guint i = 0; i < s->items->len; i++) {
        if (item(s, i)->kind == PRIM_RECT && g_strcmp0(item(s, i)->title, title) == 0) {
            return item(s, i);
        }
    }
    return NULL;
}

static guint count_marks(const Scene *s, MarkShape shape)
{
    guint n = 0;
    for (guint i = 0; i < s->items->len; i++) {
        n += item(s, i)->kind == PRIM_MARK && item(s, i)->shape == shape;
    }
    return n;
}

static const Primitive *first_mark(const Scene *s, MarkShape shape)
{
    for (guint i = 0; i < s->items->len; i++) {
        if (item(s, i)->kind == PRIM_MARK && item(s, i)->shape == shape) {
            return item(s, i);
        }
    }
    return NULL;
}

static gboolean same_colour(Colour a, Colour b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static Scene *rows_of(const RankedItem *items, guint n)
{
    RankedChart c = {.title = "T",
                     .what = "areas",
                     .items = items,
                     .n = n,
                     .highlight = 1,
                     .comparator = NAN,
                     .median = NAN};
    return ranked_chart_scene(&c, 493, ranked_chart_height(n));
}

static void lengths_are_in_proportion_to_values(void **state)
{
    (void)state;
    const RankedItem items[] = {{.name = "A", .value = 30, .lower = NAN, .upper = NAN},
                                {.name = "B", .value = 90, .lower = NAN, .upper = NAN},
                                {.name = "C", .value = -15, .lower = NAN, .upper = NAN}};
    g_autoptr(Scene) s = rows_of(items, 3);
    const Primitive *a = find_rect(s, "A"), *b = find_rect(s, "B"), *c = find_rect(s, "C");
    /* in hundredths of a point */
    assert_float_equal(b->w, 3 * a->w, 0.03);
    assert_float_equal(c->w, 0.5 * a->w, 0.02);
    assert_float_equal(c->x + c->w, a->x, 1e-9); /* zero is where both begin */
    assert_true(b->y < a->y && a->y < c->y);     /* the highest on top */
}

static void the_highlighted_row_is_dark_blue_and_named(void **state)
{
    (void)state;
    const RankedItem items[] = {{.name = "A", .value = 30, .lower = NAN, .upper = NAN},
                                {.name = "B", .value = 90, .lower = NAN, .upper = NAN}};
    g_autoptr(Scene) s = rows_of(items, 2);
    assert_true(same_colour(find_rect(s, "B")->paint.fill, COLOUR_DARK_BLUE));
    assert_true(same_colour(find_rect(s, "A")->paint.fill, COLOUR_GREY));
    assert_true(find_text(s, "B")->bold);
    assert_false(find_text(s, "A")->bold);
}

static const Primitive *text_with(const Scene *s, const char *part)
{
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        if (p->kind == PRIM_TEXT && strstr(p->text, part)) {
            return p;
        }
    }
    return NULL;
}

/* In half a page, a name of 78 letters takes three lines of 7 pt; none of it is lost. */
static void a_long_name_takes_the_lines_it_needs_and_a_higher_row(void **state)
{
    (void)state;
    const RankedItem items[] = {
        {.name = "Lower Marsh upon Withering under Great Snoring with Saint Aldhelm and Underhill",
         .value = 90,
         .lower = NAN,
         .upper = NAN},
        {.name = "B", .value = 60, .lower = NAN, .upper = NAN},
        {.name = "C", .value = 30, .lower = NAN, .upper = NAN}};
    RankedChart c = {.items = items,
                     .n = 3,
                     .highlight = CHART_NO_ITEM,
                     .comparator = 70,
                     .comparator_label = "England 70",
                     .median = NAN};
    g_autoptr(Scene) s = ranked_chart_scene(&c, 237, ranked_chart_height(3));
    const Primitive *first = text_with(s, "Lower Marsh"), *last = text_with(s, "Underhill");
    assert_true(last->y > first->y + 2 * 7);
    assert_null(text_with(s, "\xE2\x80\xA6"));
    assert_true(text_with(s, "B")->y > last->y + 7);
    assert_true(s->height > ranked_chart_height(3) - 1);
}

static void columns_go_from_high_to_low_and_heights_are_in_proportion(void **state)
{
    (void)state;
    enum { N = 60 };
    RankedItem items[N];
    char names[N][8];
    for (guint i = 0; i < N; i++) {
        g_snprintf(names[i], sizeof names[i], "n%u", i);
        items[i] =
            (RankedItem){.name = names[i], .value = 100 + i * 7 % 59, .lower = NAN, .upper = NAN};
    }
    RankedChart c = {
        .items = items, .n = N, .highlight = CHART_NO_ITEM, .comparator = NAN, .median = NAN};
    g_autoptr(Scene) s = ranked_chart_scene(&c, 493, 200);
    const Primitive *first = find_rect(s, "n0");
    for (guint i = 1; i < N; i++) {
        const Primitive *p = find_rect(s, names[i]);
        assert_float_equal(p->h / first->h, items[i].value / items[0].value, 1e-9);
        assert_true(items[i].value > items[0].value ? p->x < first->x : p->x > first->x);
    }
}

static void outliers_have_a_mark_besides_their_colour(void **state)
{
    (void)state;
    const RankedItem items[] = {
        {.name = "A", .value = 30, .lower = NAN, .upper = NAN, .emphasis = EMPHASIS_ALERT},
        {.name = "B", .value = 90, .lower = NAN, .upper = NAN, .emphasis = EMPHASIS_ALARM}};
    g_autoptr(Scene) s = rows_of(items, 2);
    assert_int_equal(count_marks(s, MARK_DIAMOND), 1);
    assert_int_equal(count_marks(s, MARK_SQUARE), 1);
}

static void missing_values_are_left_out_and_counted(void **state)
{
    (void)state;
    const RankedItem items[] = {{.name = "A", .value = 30, .lower = NAN, .upper = NAN},
                                {.name = "B", .value = NAN, .lower = NAN, .upper = NAN}};
    g_autoptr(Scene) s = rows_of(items, 2);
    assert_null(find_text(s, "B"));
    assert_non_null(strstr(s->alt, "1 without a value"));
}

static void an_empty_chart_says_so(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_funnel(SAMPLE_MISSING, 151, 493, TRUE);
    assert_non_null(find_text(s, "No values to show"));
    assert_non_null(strstr(s->alt, "no values"));
}

static void ticks_are_round_with_unit_and_thousands(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_ranked(SAMPLE_USUAL, 151, 493);
    assert_non_null(find_text(s, "\xC2\xA3"
                                 "0"));
    assert_non_null(find_text(s, "\xC2\xA3"
                                 "1,000"));
    assert_non_null(find_text(s, "\xC2\xA3"
                                 "1,500"));
}

static Scene *funnel_of(const FunnelItem *items, guint n)
{
    static const FunnelCurvePoint curves[] = {{0, 40, 160, 10, 190, NAN, NAN, NAN, NAN},
                                              {100, 80, 120, 70, 130, NAN, NAN, NAN, NAN}};
    FunnelChart c = {.title = "T",
                     .what = "areas",
                     .curves = curves,
                     .n_curves = 2,
                     .items = items,
                     .n = n,
                     .highlight = 0,
                     .target = 100,
                     .target_label = "England 100"};
    return funnel_chart_scene(&c, 493, 260);
}

static void a_funnel_names_outliers_and_the_highlighted_area_only(void **state)
{
    (void)state;
    const FunnelItem items[] = {{"Own", 50, 100, EMPHASIS_NORMAL},
                                {"Usual", 20, 95, EMPHASIS_NORMAL},
                                {"Outlier", 80, 150, EMPHASIS_ALARM}};
    g_autoptr(Scene) s = funnel_of(items, 3);
    assert_non_null(find_text(s, "Own"));
    assert_non_null(find_text(s, "Outlier"));
    assert_null(find_text(s, "Usual"));
    assert_non_null(strstr(s->alt, "1 is beyond the 99.8% limits"));
}

static void a_funnel_point_on_the_target_lies_on_the_target_line(void **state)
{
    (void)state;
    const FunnelItem items[] = {{"Own", 50, 100, EMPHASIS_NORMAL},
                                {"B", 100, 180, EMPHASIS_NORMAL}};
    g_autoptr(Scene) s = funnel_of(items, 2);
    const Primitive *own = NULL;
    for (guint i = 0; i < s->items->len; i++) {
        if (item(s, i)->kind == PRIM_MARK &&
            same_colour(item(s, i)->paint.fill, COLOUR_DARK_BLUE)) {
            own = item(s, i);
        }
    }
    assert_non_null(own);
    gboolean on_line = FALSE;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = item(s, i);
        on_line = on_line ||
                  (p->kind == PRIM_LINE && p->paint.width == 1 && p->y == p->h && p->y == own->y);
    }
    assert_true(on_line);
}

static guint area_paths(const Scene *s)
{
    guint n = 0;
    for (guint i = 0; i < s->items->len; i++) {
        n += item(s, i)->kind == PRIM_PATH &&
             same_colour(item(s, i)->paint.stroke, COLOUR_DARK_BLUE);
    }
    return n;
}

static Scene *trend_of(const double *values, guint n, guint break_at)
{
    static const char *const labels[] = {"2011", "2012", "2013", "2014", "2015", "2016"};
    TrendPeriod periods[6];
    for (guint i = 0; i < n; i++) {
        periods[i] = (TrendPeriod){labels[i], values[i], NAN, NAN, NAN, NAN, i == break_at};
    }
    TrendChart c = {.title = "T", .periods = periods, .n = n, .area_label = "Leeds"};
    return trend_chart_scene(&c, 237, 140);
}

static void a_missing_period_is_a_gap_in_the_line(void **state)
{
    (void)state;
    g_autoptr(Scene) whole = trend_of((const double[]){1, 2, 3, 4, 5, 6}, 6, 0);
    g_autoptr(Scene) gap = trend_of((const double[]){1, 2, NAN, 4, 5, 6}, 6, 0);
    assert_int_equal(area_paths(whole), 1);
    assert_int_equal(area_paths(gap), 2);
    assert_int_equal(count_marks(gap, MARK_CIRCLE), 5);
    assert_non_null(strstr(gap->alt, "1 of 6 periods have no value"));
}

static void a_break_is_a_gap_and_is_told(void **state)
{
    (void)state;
    g_autoptr(Scene) s = trend_of((const double[]){1, 2, 3, 4, 5, 6}, 6, 3);
    assert_int_equal(area_paths(s), 2);
    assert_non_null(strstr(s->alt, "break"));
}

static Scene *spine_of(double value, SpinePolarity polarity, SpineMark mark)
{
    SpineRow row = {.name = "I",
                    .area_text = "1",
                    .peer_text = "2",
                    .national_text = "3",
                    .value = value,
                    .peer_lower = 90,
                    .peer_upper = 110,
                    .minimum = 50,
                    .maximum = 150,
                    .national = 100,
                    .polarity = polarity,
                    .mark = mark};
    SpineChart c = {.title = "T",
                    .area_label = "Leeds",
                    .peer_label = "Peers",
                    .national_label = "England",
                    .rows = &row,
                    .n = 1};
    return spine_chart_scene(&c, 493, spine_chart_height(1));
}

/* x of the mark in the row and of the national line. */
static void spine_places(const Scene *s, MarkShape shape, double *mark, double *middle)
{
    *mark = first_mark(s, shape)->x;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = item(s, i);
        if (p->kind == PRIM_LINE && p->x == p->w && p->x > 200) {
            *middle = p->x;
            return;
        }
    }
}

static void better_is_to_the_right_whatever_the_polarity(void **state)
{
    (void)state;
    double high, low, middle = 0;
    g_autoptr(Scene) a = spine_of(130, SPINE_HIGH_IS_BETTER, SPINE_BETTER);
    g_autoptr(Scene) b = spine_of(70, SPINE_LOW_IS_BETTER, SPINE_BETTER);
    spine_places(a, MARK_TRIANGLE_UP, &high, &middle);
    assert_true(high > middle);
    spine_places(b, MARK_TRIANGLE_UP, &low, &middle);
    assert_true(low > middle);
    assert_float_equal(high - middle, low - middle, 1e-9); /* both 30 off, reach 50 */
}

/* Two rows: the first with a national figure, the second without; one area is far above all. */
static Scene *spine_without_nation(double median)
{
    SpineRow rows[] = {{.name = "With",
                        .area_text = "1",
                        .value = 130,
                        .minimum = 50,
                        .maximum = 150,
                        .national = 100,
                        .median = 90,
                        .peer_lower = NAN,
                        .peer_upper = NAN,
                        .mark = SPINE_DIFFERENT},
                       {.name = "Without",
                        .area_text = "1",
                        .value = 3138,
                        .minimum = 100,
                        .maximum = 18232,
                        .national = NAN,
                        .median = median,
                        .peer_lower = NAN,
                        .peer_upper = NAN,
                        .mark = SPINE_SIMILAR}};
    const SpineChart c = {.area_label = "Leeds", .national_label = "England", .rows = rows, .n = 2};
    return spine_chart_scene(&c, 493, spine_chart_height(2));
}

/* The upright line of a spine chart that is solid, or dashed, above the key. */
static const Primitive *centre_line(const Scene *s, gboolean dashed)
{
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = item(s, i);
        if (p->kind == PRIM_LINE && p->x == p->w && fabs(p->h - p->y) > 15 &&
            (p->paint.dash > 0) == dashed)
            return p;
    }
    return NULL;
}

static void no_place_in_the_order_is_told_without_its_range(void **state)
{
    (void)state;
    const RankedItem items[] = {{.name = "A", .value = 30, .lower = NAN, .upper = NAN},
                                {.name = "B", .value = 20, .lower = NAN, .upper = NAN},
                                {.name = "C", .value = 10, .lower = NAN, .upper = NAN}};
    const RankedChart c = {
        .items = items, .n = 3, .highlight = 1, .comparator = NAN, .median = NAN};
    g_autoptr(Scene) s = ranked_chart_scene(&c, 493, 230);
    assert_non_null(strstr(s->alt, "B has 20."));
    assert_null(strstr(s->alt, "number"));
}

static void a_row_without_a_national_figure_is_centred_on_the_median_of_all(void **state)
{
    (void)state;
    g_autoptr(Scene) s = spine_without_nation(1599);
    const Primitive *solid = centre_line(s, FALSE), *dashed = centre_line(s, TRUE);
    assert_non_null(solid);
    assert_non_null(dashed);
    assert_float_equal(solid->x, dashed->x, 1e-9);
    assert_float_equal(solid->h, dashed->y, 1e-9); /* each over its own row only */
    assert_true(first_mark(s, MARK_CIRCLE)->x > dashed->x);
    assert_non_null(strstr(s->alt, "For 1 indicator without a figure for"));
    assert_non_null(strstr(s->alt, "the middle is the median of all"));
}

static void a_row_without_nation_and_median_has_no_line(void **state)
{
    (void)state;
    g_autoptr(Scene) s = spine_without_nation(NAN);
    assert_non_null(centre_line(s, FALSE));
    assert_null(centre_line(s, TRUE));
    assert_null(strstr(s->alt, "median of all"));
}

static void each_verdict_has_a_shape_of_its_own(void **state)
{
    (void)state;
    static const MarkShape shapes[] = {MARK_CIRCLE, MARK_TRIANGLE_UP, MARK_TRIANGLE_DOWN,
                                       MARK_DIAMOND, MARK_SQUARE};
    for (guint m = 0; m < G_N_ELEMENTS(shapes); m++) {
        g_autoptr(Scene) s = spine_of(120, SPINE_NEUTRAL, (SpineMark)m);
        assert_int_equal(count_marks(s, shapes[m]), 2); /* in the row and in the key */
    }
}

static void a_dot_per_value_and_one_diamond(void **state)
{
    (void)state;
    const double values[] = {1, 2, 2, 2, NAN, 5};
    DotGroup g = {"London", values, 6, 2, 5};
    DotChart c = {.title = "T", .groups = &g, .n = 1, .highlight_label = "Leeds", .national = NAN};
    g_autoptr(Scene) s = dot_chart_scene(&c, 493, dot_chart_height(1));
    assert_int_equal(count_marks(s, MARK_CIRCLE), 4);
    assert_int_equal(count_marks(s, MARK_DIAMOND), 2); /* in the row and in the key */
}

static void the_spread_names_its_parts_and_the_area(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_spread(SAMPLE_USUAL, 8, 493, 200);
    assert_non_null(find_text(s, "highest"));
    assert_non_null(find_text(s, "lowest"));
    assert_non_null(find_text(s, "Kingston upon Hull, City of"));
    assert_int_equal(count_marks(s, MARK_DIAMOND), 8);
}

/* The outer bars, one to a period, are named and can be seen on white paper. */
static void the_outer_bars_of_the_spread_are_named_and_outlined(void **state)
{
    (void)state;
    g_autoptr(Scene) s = sample_spread(SAMPLE_USUAL, 8, 493, 200);
    guint outlined = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = item(s, i);
        outlined +=
            p->kind == PRIM_RECT && p->paint.width > 0 && p->paint.stroke.r == COLOUR_MUTED.r;
    }
    assert_int_equal(outlined, 8);
    assert_non_null(find_text(s, "eight in ten"));
    assert_string_equal(s->table->columns[2], "10th percentile");
    assert_string_equal(s->table->columns[6], "90th percentile");
}

static void text_width_grows_with_text_and_size(void **state)
{
    (void)state;
    double one = text_width("Leeds", 8, FALSE);
    assert_true(one > 15 && one < 30);
    assert_float_equal(text_width("Leeds", 16, FALSE), 2 * one, 1e-9);
    assert_true(text_width("Leeds", 8, TRUE) > one);
    assert_float_equal(text_width("111", 8, FALSE), text_width("888", 8, FALSE),
                       1e-9); /* tabular */
    assert_float_equal(text_width("", 8, FALSE), 0, 0);
    assert_float_equal(text_width(NULL, 8, FALSE), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_in_proportion_to_values),
        cmocka_unit_test(the_highlighted_row_is_dark_blue_and_named),
        cmocka_unit_test(a_long_name_takes_the_lines_it_needs_and_a_higher_row),
        cmocka_unit_test(columns_go_from_high_to_low_and_heights_are_in_proportion),
        cmocka_unit_test(outliers_have_a_mark_besides_their_colour),
        cmocka_unit_test(missing_values_are_left_out_and_counted),
        cmocka_unit_test(an_empty_chart_says_so),
        cmocka_unit_test(ticks_are_round_with_unit_and_thousands),
        cmocka_unit_test(a_funnel_names_outliers_and_the_highlighted_area_only),
        cmocka_unit_test(a_funnel_point_on_the_target_lies_on_the_target_line),
        cmocka_unit_test(a_missing_period_is_a_gap_in_the_line),
        cmocka_unit_test(a_break_is_a_gap_and_is_told),
        cmocka_unit_test(better_is_to_the_right_whatever_the_polarity),
        cmocka_unit_test(no_place_in_the_order_is_told_without_its_range),
        cmocka_unit_test(a_row_without_a_national_figure_is_centred_on_the_median_of_all),
        cmocka_unit_test(a_row_without_nation_and_median_has_no_line),
        cmocka_unit_test(each_verdict_has_a_shape_of_its_own),
        cmocka_unit_test(a_dot_per_value_and_one_diamond),
        cmocka_unit_test(the_spread_names_its_parts_and_the_area),
        cmocka_unit_test(the_outer_bars_of_the_spread_are_named_and_outlined),
        cmocka_unit_test(text_width_grows_with_text_and_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
