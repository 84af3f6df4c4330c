#include "support.h"

#include "chart_samples.h"
#include "peerline/chart/quadrant.h"
#include "scene_checks.h"

/* The data behind a chart, as its table says them. */

static void every_chart_has_a_complete_table(void **state)
{
    (void)state;
    for (int k = 0; k < N_SAMPLES; k++) {
        SampleKind kind = (SampleKind)k;
        Scene *scenes[] = {sample_ranked(kind, 16, 493),      sample_ranked(kind, 151, 493),
                           sample_ranked(kind, 0, 493),       sample_funnel(kind, 151, 493, TRUE),
                           sample_funnel(kind, 0, 493, TRUE), sample_dots(kind, 5, 493),
                           sample_dots(kind, 0, 493),         sample_spine(kind, 5, 493),
                           sample_trend(kind, 8, 237, 150),   sample_trend(kind, 0, 237, 150),
                           sample_spread(kind, 8, 237, 150)};
        for (guint i = 0; i < G_N_ELEMENTS(scenes); i++) {
            g_autofree char *which = g_strdup_printf("chart %u of sample %d", i, k);
            assert_int_equal(check_words(scenes[i], which), 0);
            scene_free(scenes[i]);
        }
    }
}

static void assert_row(const SceneTable *t, guint row, const char *const *cells)
{
    for (guint i = 0; i < t->n_columns; i++) {
        assert_non_null(cells[i]);
        assert_string_equal(scene_table_cell(t, row, i), cells[i]);
    }
    assert_null(cells[t->n_columns]);
}

/* A list of the tables of a page is of use only if no two of them are called the same. */
static void tables_of_one_title_have_captions_of_their_own(void **state)
{
    (void)state;
    const RankedChart ranked = {.title = "Falls", .highlight = CHART_NO_ITEM};
    const FunnelChart funnel = {.title = "Falls", .highlight = CHART_NO_ITEM};
    const SpineChart spine = {.title = "Falls"};
    const QuadrantChart pair = {.title = "Falls", .highlight = CHART_NO_ITEM};
    const SpreadChart spread = {.title = "Falls"};
    const TrendChart trend = {.title = "Falls"};
    Scene *scenes[] = {ranked_chart_scene(&ranked, 400, 200), funnel_chart_scene(&funnel, 400, 200),
                       spine_chart_scene(&spine, 493, 60),    quadrant_chart_scene(&pair, 400, 200),
                       spread_chart_scene(&spread, 400, 200), trend_chart_scene(&trend, 400, 200)};
    for (guint i = 0; i < G_N_ELEMENTS(scenes); i++) {
        assert_true(g_str_has_prefix(scenes[i]->table->caption, "Falls: "));
        for (guint k = 0; k < i; k++) {
            assert_string_not_equal(scenes[i]->table->caption, scenes[k]->table->caption);
        }
    }
    for (guint i = 0; i < G_N_ELEMENTS(scenes); i++) {
        scene_free(scenes[i]);
    }
}

/* As the page beside the chart has them: 1,785 and not 1,790, and nothing below zero that is not.
 */
static void figures_have_the_decimals_of_their_unit(void **state)
{
    (void)state;
    const RankedItem items[] = {{.name = "A", .value = 1785.4, .lower = 1700.6, .upper = 1850.2},
                                {.name = "B", .value = -0.4, .lower = NAN, .upper = NAN}};
    const RankedChart c = {.unit = {.prefix = "\xC2\xA3", .fixed = TRUE},
                           .items = items,
                           .n = 2,
                           .highlight = CHART_NO_ITEM,
                           .comparator = NAN,
                           .median = NAN};
    g_autoptr(Scene) s = ranked_chart_scene(&c, 493, 230);
    assert_string_equal(scene_table_cell(s->table, 0, 1), "\xC2\xA3"
                                                          "1,785");
    assert_string_equal(scene_table_cell(s->table, 0, 2), "\xC2\xA3"
                                                          "1,701 to \xC2\xA3"
                                                          "1,850");
    assert_string_equal(scene_table_cell(s->table, 1, 1), "\xC2\xA3"
                                                          "0");
    assert_non_null(strstr(s->alt, "\xC2\xA3"
                                   "1,785 (A)"));
}

static void areas_are_listed_from_the_highest_and_missing_ones_last(void **state)
{
    (void)state;
    const RankedItem items[] = {
        {.name = "A", .value = NAN, .lower = NAN, .upper = NAN},
        {.name = "B", .value = 30, .lower = 20, .upper = 40},
        {.name = "C", .value = 90, .lower = NAN, .upper = NAN, .value_text = "90.0"}};
    RankedChart c = {.unit = {.suffix = "%"},
                     .items = items,
                     .n = 3,
                     .highlight = CHART_NO_ITEM,
                     .comparator = NAN,
                     .median = NAN};
    g_autoptr(Scene) s = ranked_chart_scene(&c, 493, 200);
    assert_int_equal(s->table->n_rows, 3);
    assert_row(s->table, 0, (const char *[]){"C", "90.0", "no data", NULL});
    assert_row(s->table, 1, (const char *[]){"B", "30.0%", "20.0% to 40.0%", NULL});
    assert_row(s->table, 2, (const char *[]){"A", "no data", "no data", NULL});
}

static void a_column_of_intervals_needs_one(void **state)
{
    (void)state;
    const RankedItem items[] = {{.name = "B", .value = 30, .lower = NAN, .upper = NAN}};
    RankedChart c = {.items = items, .n = 1, .highlight = 0, .comparator = NAN, .median = NAN};
    g_autoptr(Scene) s = ranked_chart_scene(&c, 493, 200);
    assert_row(s->table, 0, (const char *[]){"B", "30.0", NULL});
}

static void the_funnel_says_where_an_area_is(void **state)
{
    (void)state;
    const FunnelItem items[] = {{"A", 50, 100, EMPHASIS_ALARM}, {"B", 20, NAN, EMPHASIS_NORMAL}};
    FunnelChart c = {.items = items, .n = 2, .highlight = 0, .target = 90};
    g_autoptr(Scene) s = funnel_chart_scene(&c, 493, 260);
    assert_row(s->table, 0, (const char *[]){"A", "beyond the 99.8% limits", "50.0", "100", NULL});
    assert_row(s->table, 1, (const char *[]){"B", "no data", "20.0", "no data", NULL});
    assert_non_null(scene_titled(s, "A: 100"));
}

static void groups_are_summed_up(void **state)
{
    (void)state;
    const double values[] = {3, 1, NAN, 7};
    const DotGroup groups[] = {{"London", values, 4, 3, 3}, {"North", values, 2, 2, CHART_NO_ITEM}};
    DotChart c = {.groups = groups, .n = 2, .highlight_label = "Barnet", .national = NAN};
    g_autoptr(Scene) s = dot_chart_scene(&c, 493, dot_chart_height(2));
    assert_string_equal(s->table->columns[5], "Barnet");
    assert_row(s->table, 0, (const char *[]){"London", "3", "1.00", "3.00", "7.00", "7.00", NULL});
    assert_row(s->table, 1,
               (const char *[]){"North", "2", "1.00", "2.00", "3.00", "in another group", NULL});
    assert_non_null(scene_titled(s, "London: 1.00"));
    assert_non_null(scene_titled(s, "Barnet: 7.00"));
}

static void periods_say_breaks_and_gaps(void **state)
{
    (void)state;
    const TrendPeriod periods[] = {{"2015", 1, NAN, NAN, 2, 3, FALSE},
                                   {"2016", NAN, NAN, NAN, 2.5, NAN, TRUE}};
    TrendChart c = {.periods = periods,
                    .n = 2,
                    .area_label = "Leeds",
                    .peer_label = "Peers",
                    .national_label = "England"};
    g_autoptr(Scene) s = trend_chart_scene(&c, 237, 150);
    assert_int_equal(s->table->n_words, 2);
    assert_row(s->table, 0, (const char *[]){"2015", "yes", "1.00", "2.00", "3.00", NULL});
    assert_row(
        s->table, 1,
        (const char *[]){"2016", "not with the period before", "no data", "2.50", "no data", NULL});
}

static void columns_of_one_name_are_told_apart(void **state)
{
    (void)state;
    const char *const heads[] = {"Area", "Newport", "Newport", "Newport", NULL};
    g_autoptr(SceneTable) t = scene_table_new(NULL, "T", heads, 1);
    assert_string_equal(t->columns[2], "Newport (2)");
    assert_string_equal(t->columns[3], "Newport (3)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chart_has_a_complete_table),
        cmocka_unit_test(tables_of_one_title_have_captions_of_their_own),
        cmocka_unit_test(figures_have_the_decimals_of_their_unit),
        cmocka_unit_test(areas_are_listed_from_the_highest_and_missing_ones_last),
        cmocka_unit_test(a_column_of_intervals_needs_one),
        cmocka_unit_test(the_funnel_says_where_an_area_is),
        cmocka_unit_test(groups_are_summed_up),
        cmocka_unit_test(periods_say_breaks_and_gaps),
        cmocka_unit_test(columns_of_one_name_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
