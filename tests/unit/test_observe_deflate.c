/** Amounts in the prices of one year. */
#include "mini_study.h"

/** `deflators` are the lines of the source of price indices, `index` its column and a comma, or
 *  NULL, `to` the period to deflate to. */
static void world_open(World *w, void **state, const char *deflators, const char *index,
                       const char *to)
{
    g_free(support_write(*state, "areas.csv", "code,name\nA,Alder\n"));
    g_free(support_write(*state, "money.csv",
                         "code,year,spend,people\nA,2014-15,90,10\nA,2015-16,100,10\n"
                         "A,2016-17,110,10\nA,2029-30,200,10\n"));
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: England}\n"
        "sources:\n"
        "  - {id: areas, title: A, publisher: P, path: areas.csv}\n"
        "  - {id: money, title: M, publisher: P, path: money.csv, area: {column: code},\n"
        "     period: {column: year}}\n"
        "  - id: prices\n    title: Prices\n    publisher: Treasury\n%s"
        "indicators:\n"
        "  - id: i\n    title: I\n    unit: £ per person in %s prices\n    domain: D\n"
        "    polarity: neither\n    role: spend\n    measure: ratio\n"
        "    numerator: {source: money, columns: spend, scale: 1000,\n"
        "                deflate: {source: prices, %s%s to: %s}}\n"
        "    denominator: {source: money, columns: people}\n",
        deflators, to, index ? "index: " : "", index ? index : "", to);
    world_write_sound(w, *state, text);
}

static const Observation *in(const World *w, guint period)
{
    assert_true(period < w->set->series[0].n_periods);
    return series_at(&w->set->series[0], 1, period, 0);
}

static void assert_number(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-12 * fabs(expected)))
        fail_msg("found %.17g, expected %.17g", found, expected);
}

static const char SMALL[] = "    path: prices.csv\n    period: {column: year}\n";

static void amounts_are_put_into_the_prices_of_one_year(void **state)
{
    World w;
    g_free(support_write(*state, "prices.csv", "year,p\n2014-15,95\n2015-16,96\n2016-17,100\n"));
    world_open(&w, state, SMALL, "p,", "2016-17");
    assert_non_null(w.set);
    assert_number(in(&w, 0)->numerator, 90000 * 100.0 / 95);
    assert_number(in(&w, 0)->value, 9000 * 100.0 / 95);
    assert_number(in(&w, 1)->value, 10000 * 100.0 / 96);
    assert_number(in(&w, 2)->value, 11000);
    assert_number(in(&w, 2)->denominator, 10);
    world_close(&w);
}

static void a_period_without_an_index_is_missing_with_its_reason(void **state)
{
    World w;
    g_free(support_write(*state, "prices.csv", "year,p\n2014-15,95\n2015-16,\n2016-17,100\n"));
    world_open(&w, state, SMALL, "p,", "2016-17");
    assert_non_null(w.set);
    assert_int_equal(in(&w, 1)->status, STATUS_NOT_REPORTED);
    assert_int_equal(in(&w, 3)->status, STATUS_NOT_REPORTED);
    assert_true(isnan(in(&w, 3)->value));
    assert_string_equal(observation_reason(w.set, 0, 1, 0), "there is no price index for 2015-16");
    assert_string_equal(observation_reason(w.set, 0, 3, 0), "there is no price index for 2029-30");
    world_close(&w);
}

static void the_base_must_have_an_index(void **state)
{
    World w;
    g_free(support_write(*state, "prices.csv", "year,p\n2014-15,95\n2015-16,96\n"));
    world_open(&w, state, SMALL, "p,", "2016-17");
    assert_null(w.set);
    assert_int_equal(support_count_rule(w.diags, "unknown-period"), 1);
    world_close(&w);
}

static void unusable_indices_are_rejected(void **state)
{
    World w;
    g_free(support_write(*state, "prices.csv",
                         "year,p\n2014-15,0\n2015-16,96\n2015-16,97\n2016-17,100\nsoon,1\n"));
    world_open(&w, state, SMALL, "p,", "2016-17");
    assert_non_null(w.set);
    assert_int_equal(support_count_rule(w.diags, "not-a-number"), 1);
    assert_int_equal(support_count_rule(w.diags, "duplicate-key"), 1);
    assert_int_equal(support_count_rule(w.diags, "unknown-period"), 1);
    assert_true(isnan(in(&w, 0)->value));
    assert_true(isnan(in(&w, 1)->value)); /* neither of two is believed */
    assert_number(in(&w, 2)->value, 11000);
    world_close(&w);
}

/* The Treasury's file: two tables side by side under a preamble, line ends within headers. Its
 * index is 81.870 for 2014-15 and 84.335 for 2016-17. */
static void the_treasurys_file_is_read_as_published(void **state)
{
    g_autofree char *shared = support_shared("data/hmt_gdp_deflators_dec2023.csv");
    char *text = NULL;
    if (!shared || !g_file_get_contents(shared, &text, NULL, NULL))
        skip();
    g_free(support_write(*state, "prices.csv", text));
    g_free(text);
    World w;
    world_open(&w, state,
               "    path: prices.csv\n    header: ',Financial year,2022-23 = 100,.*'\n"
               "    period: {column: Financial year}\n"
               "    rows: [{column: Financial year, match: '\\d{4}-\\d{2}'}]\n",
               "2022-23 = 100,", "2016-17");
    assert_non_null(w.set);
    assert_int_equal(w.set->n_rejects, 0);
    assert_number(in(&w, 0)->value, 9000 * 84.335 / 81.870);
    assert_number(in(&w, 2)->value, 11000);
    assert_string_equal(observation_reason(w.set, 0, 3, 0), "there is no price index for 2029-30");
    world_close(&w);
}

static const char WIDE[] = "    path: prices.csv\n    shape: wide_by_period\n"
                           "    period_columns: '\\d{4}-\\d{2}'\n"
                           "    rows: [{column: series, match: GDP}]\n";

static void a_column_per_period_gives_a_price_index_too(void **state)
{
    World w;
    g_free(support_write(*state, "prices.csv",
                         "series,2014-15,2015-16,2016-17,note\nCPI,1,2,3,\nGDP,95,96,100,x\n"));
    world_open(&w, state, WIDE, NULL, "2016-17");
    assert_non_null(w.set);
    assert_int_equal(w.set->n_rejects, 0);
    assert_number(in(&w, 0)->numerator, 90000 * 100.0 / 95);
    assert_number(in(&w, 1)->value, 10000 * 100.0 / 96);
    assert_number(in(&w, 2)->value, 11000);
    assert_string_equal(observation_reason(w.set, 0, 3, 0), "there is no price index for 2029-30");
    world_close(&w);
}

static void of_two_rows_with_a_price_index_neither_is_believed(void **state)
{
    World w;
    g_free(support_write(*state, "prices.csv",
                         "series,2014-15,2015-16,2016-17\nGDP,95,0,100\nGDP,94,,100\n"));
    world_open(&w, state, WIDE, NULL, "2016-17");
    assert_non_null(w.set);
    assert_int_equal(support_count_rule(w.diags, "duplicate-key"), 1);
    assert_int_equal(support_count_rule(w.diags, "not-a-number"), 1);
    assert_true(isnan(in(&w, 0)->value));
    assert_true(isnan(in(&w, 1)->value));
    assert_number(in(&w, 2)->value, 11000);
    world_close(&w);
}

static void headers_without_periods_are_faults(void **state)
{
    World w;
    g_free(support_write(*state, "prices.csv", "series,a,b\nGDP,95,96\n"));
    world_open(&w, state, WIDE, NULL, "2016-17");
    assert_null(w.set);
    assert_int_equal(support_count_rule(w.diags, "unknown-column"), 1);
    world_close(&w);
    g_free(support_write(*state, "prices.csv", "series,2014-16\nGDP,95\n"));
    world_open(&w, state, WIDE, NULL, "2016-17");
    assert_null(w.set);
    assert_int_equal(support_count_rule(w.diags, "unknown-period"), 1);
    world_close(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(amounts_are_put_into_the_prices_of_one_year),
        TEST(a_period_without_an_index_is_missing_with_its_reason),
        TEST(the_base_must_have_an_index),
        TEST(unusable_indices_are_rejected),
        TEST(the_treasurys_file_is_read_as_published),
        TEST(a_column_per_period_gives_a_price_index_too),
        TEST(of_two_rows_with_a_price_index_neither_is_believed),
        TEST(headers_without_periods_are_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
