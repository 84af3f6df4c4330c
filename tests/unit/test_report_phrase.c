#include "support.h"

#include "../../src/report/figures.h"
#include "../../src/report/phrase.h"
#include "fixture.h"

/** Figures, units and positions as people read them. */

typedef struct {
    Fixture f;
    Pen pen;
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    pen_init(&s->pen, &s->f.context, "Test");
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    document_free(pen_finish(&s->pen));
    g_free(s);
    return 0;
}

static void test_values_carry_sign_and_decimals(void **state)
{
    State *s = *state;
    const Indicator pounds = {.prefix = "£", .decimals = 0};
    const Indicator share = {.suffix = "%", .decimals = 1};
    assert_string_equal(phrase_value(&s->pen, &pounds, 1234.4), "£1,234");
    assert_string_equal(phrase_value(&s->pen, &pounds, -1234.4), "\u2212£1,234");
    assert_string_equal(phrase_value(&s->pen, &pounds, -0.2), "£0");
    assert_string_equal(phrase_value(&s->pen, &share, 64.18), "64.2%");
    assert_string_equal(phrase_value(&s->pen, &share, NAN), "\u2013");
    assert_string_equal(phrase_value(&s->pen, &pounds, INFINITY), "\u2013");
}

static void test_units_do_not_repeat_sign_or_suffix(void **state)
{
    State *s = *state;
    const Indicator pounds = {.prefix = "£", .unit = "£ per person"};
    const Indicator share = {.suffix = "%", .unit = "% of people", .decimals = 1};
    const Indicator words = {.suffix = "%", .unit = "per cent of people", .decimals = 1};
    const Indicator plain = {.suffix = "%", .unit = "%"};
    const Indicator million = {.prefix = "£", .suffix = " million", .unit = "£ million"};
    const Indicator short_million = {.prefix = "£", .suffix = "m", .unit = "£ million"};
    const Indicator score = {.unit = "score from 0 to 24", .decimals = 1};
    const Indicator days = {.unit = "days per 1,000 people"};
    assert_string_equal(phrase_value_unit(&s->pen, &pounds, 12), "£12 per person");
    assert_string_equal(phrase_value_unit(&s->pen, &share, 12), "12.0% of people");
    assert_string_equal(phrase_value_unit(&s->pen, &words, 12), "12.0% of people");
    assert_string_equal(phrase_value_unit(&s->pen, &plain, 12), "12%");
    assert_string_equal(phrase_value_unit(&s->pen, &million, 12), "£12 million");
    assert_string_equal(phrase_value_unit(&s->pen, &short_million, 12), "£12m (million)");
    assert_string_equal(phrase_value_unit(&s->pen, &score, 12), "12.0 (score from 0 to 24)");
    assert_string_equal(phrase_value_unit(&s->pen, &days, 12), "12 days per 1,000 people");
    assert_string_equal(phrase_value_unit(&s->pen, &days, NAN), "\u2013");
}

static void test_a_year_that_is_not_there_has_its_place(void **state)
{
    State *s = *state;
    Series *series = &s->f.set.series[0];
    char *labels[] = {"2013-14", "2016-17"};
    gint32 order[] = {2013, 2016};
    series->period_labels = labels;
    series->period_order = order;
    g_autoptr(GArray) places = figure_periods(&s->pen, 0);
    static const PeriodPlace expected[] = {
        {0, "2013-14"}, {-1, "2014-15"}, {-1, "2015-16"}, {1, "2016-17"}};
    assert_int_equal(places->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        assert_int_equal(g_array_index(places, PeriodPlace, i).period, expected[i].period);
        assert_string_equal(g_array_index(places, PeriodPlace, i).label, expected[i].label);
    }
    order[1] = G_MININT32; /* a range of years has no place among years */
    g_autoptr(GArray) plain = figure_periods(&s->pen, 0);
    assert_int_equal(plain->len, 2);
}

static void test_ranges_need_both_ends(void **state)
{
    State *s = *state;
    const Indicator i = {.decimals = 1, .suffix = "%"};
    assert_string_equal(phrase_range(&s->pen, &i, 1, 2.25), "1.0% to 2.3%");
    assert_string_equal(phrase_range(&s->pen, &i, 1, NAN), "");
}

static void test_folds_have_no_false_precision(void **state)
{
    State *s = *state;
    assert_string_equal(phrase_fold(&s->pen, 10.5, 10), "1.05");
    assert_string_equal(phrase_fold(&s->pen, 28.04, 10), "2.8");
    assert_string_equal(phrase_fold(&s->pen, 1234, 10), "120");
    assert_string_equal(phrase_fold(&s->pen, 3, 0), "\u2013");
    assert_string_equal(phrase_fold(&s->pen, 3, -1), "\u2013");
    assert_string_equal(phrase_fold(&s->pen, NAN, 1), "\u2013");
}

static void test_shares_are_said_as_people_say_them(void **state)
{
    State *s = *state;
    assert_string_equal(phrase_about(&s->pen, 0.19), "about 1 in 5");
    assert_string_equal(phrase_about(&s->pen, 0.48), "about half");
    assert_string_equal(phrase_about(&s->pen, 0.93), "about 19 in 20");
    assert_string_equal(phrase_about(&s->pen, 0.004), "fewer than 1 in 100");
    assert_string_equal(phrase_about(&s->pen, 0.99), "almost all");
    assert_string_equal(phrase_about(&s->pen, NAN), "\u2013");
    assert_string_equal(phrase_about_percent(&s->pen, 0.004), "less than 1%");
    assert_string_equal(phrase_about_percent(&s->pen, 0.034), "about 3%");
    assert_string_equal(phrase_about_percent(&s->pen, 0.62), "about 60%");
}

static void test_probabilities_are_rounded_for_people(void **state)
{
    State *s = *state;
    assert_string_equal(phrase_probability(&s->pen, 0.0004), "under 0.001");
    assert_string_equal(phrase_probability(&s->pen, 0.0336), "0.034");
    assert_string_equal(phrase_probability(&s->pen, 0.336), "0.34");
    assert_string_equal(phrase_probability(&s->pen, NAN), "\u2013");
}

static void test_a_rank_never_comes_without_its_interval(void **state)
{
    State *s = *state;
    Verdict *v = &s->f.verdicts[0][FIX_AREAS + 1];
    assert_string_equal(phrase_position(&s->pen, 0, 1, 1), "3 of 3 (between 2 and 3)");
    v->rank_lower = v->rank_upper = 0;
    /* three areas have no quarters */
    assert_string_equal(phrase_position(&s->pen, 0, 1, 1), "\u2013");
    PeriodSummary *summary = &s->f.summaries[0][1];
    summary->areas_ranked = 4;
    assert_string_equal(phrase_position(&s->pen, 0, 1, 1), "highest quarter");
    const double max = summary->max;
    summary->max = summary->min;
    assert_string_equal(phrase_position(&s->pen, 0, 1, 1), "\u2013");
    summary->max = max;
    v->percentile = 24.9;
    assert_string_equal(phrase_position(&s->pen, 0, 1, 1), "lowest quarter");
    v->percentile = 50;
    assert_string_equal(phrase_position(&s->pen, 0, 1, 1), "second highest quarter");
}

static void test_small_numbers_are_shown_and_not_ranked(void **state)
{
    State *s = *state;
    Verdict *v = &s->f.verdicts[0][FIX_AREAS + 1];
    v->ranked = FALSE;
    v->not_ranked = "the numerator is small";
    assert_string_equal(phrase_position(&s->pen, 0, 1, 1), "not ranked (see notes)");
    assert_string_equal(phrase_position(&s->pen, 0, 1, 3), "\u2013"); /* suppressed */
}

static void test_limits_are_named_by_kind(void **state)
{
    State *s = *state;
    assert_string_equal(phrase_limits(&s->pen, 0, 1, 1), "above the 99.8% limits");
    assert_string_equal(phrase_limits(&s->pen, 0, 1, 0), "within the limits");
    assert_string_equal(phrase_limits(&s->pen, 0, 1, 3), "\u2013");
    Verdict *v = &s->f.verdicts[1][FIX_AREAS];
    v->outlier = OUTLIER_ALERT;
    v->direction = DIRECTION_LOWER;
    assert_string_equal(phrase_limits(&s->pen, 1, 1, 0), "unusually low");
}

static void test_missing_values_give_their_reason(void **state)
{
    State *s = *state;
    assert_string_equal(phrase_missing(&s->pen, 0, 1, 3), "fewer than eight admissions");
    s->f.set.n_reasons = 0;
    assert_string_equal(phrase_missing(&s->pen, 0, 1, 3), status_words(STATUS_SUPPRESSED));
}

static void test_lists_of_names_stay_unambiguous(void **state)
{
    State *s = *state;
    const char *const names[] = {"Leeds", "Hull, City of", "York", "Bath"};
    const char *const plain[] = {"Leeds", "Hull", "York", "Bath"};
    assert_string_equal(phrase_names(&s->pen, names, 3, 9), "Leeds; Hull, City of; York");
    assert_string_equal(phrase_names(&s->pen, plain, 4, 9), "Leeds, Hull, York and Bath");
    assert_string_equal(phrase_names(&s->pen, plain, 4, 3), "Leeds, Hull and 2 more");
    assert_string_equal(phrase_names(&s->pen, plain, 1, 3), "Leeds");
}

static void test_indicators_are_ordered_by_domain(void **state)
{
    State *s = *state;
    g_autofree guint *order = report_indicator_order(&s->f.context);
    assert_int_equal(order[0], 0); /* Hospital use */
    assert_int_equal(order[1], 2); /* Hospital use */
    assert_int_equal(order[2], 1); /* Spending */
    assert_true(report_begins_domain(&s->f.context, order, 0));
    assert_false(report_begins_domain(&s->f.context, order, 1));
    assert_true(report_begins_domain(&s->f.context, order, 2));
}

#define IN_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FIXTURE(test_values_carry_sign_and_decimals),
        IN_FIXTURE(test_units_do_not_repeat_sign_or_suffix),
        IN_FIXTURE(test_a_year_that_is_not_there_has_its_place),
        IN_FIXTURE(test_ranges_need_both_ends),
        IN_FIXTURE(test_folds_have_no_false_precision),
        IN_FIXTURE(test_shares_are_said_as_people_say_them),
        IN_FIXTURE(test_probabilities_are_rounded_for_people),
        IN_FIXTURE(test_a_rank_never_comes_without_its_interval),
        IN_FIXTURE(test_small_numbers_are_shown_and_not_ranked),
        IN_FIXTURE(test_limits_are_named_by_kind),
        IN_FIXTURE(test_missing_values_give_their_reason),
        IN_FIXTURE(test_lists_of_names_stay_unambiguous),
        IN_FIXTURE(test_indicators_are_ordered_by_domain),
    };
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
