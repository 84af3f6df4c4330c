/** One quantity from several files: small studies in a temporary directory, expected figures added
 *  up by hand. */
#include "mini_study.h"

/** Two sources, `old` and `new`; `old_more` and `new_more` end their definitions, `indicator` that
 *  of the indicator. */
static void world_open(World *w, void **state, const char *old_csv, const char *new_csv,
                       const char *old_more, const char *new_more, const char *indicator)
{
    const char *dir = *state;
    g_autofree char *a = support_write(dir, "areas.csv", "code,name\nA,Alder\nB,Birch\n");
    g_autofree char *b = support_write(dir, "old.csv", old_csv);
    g_autofree char *c = support_write(dir, "new.csv", new_csv);
    g_autofree char *text =
        g_strdup_printf("id: t\ntitle: T\npublisher: P\n"
                        "areas: {source: areas, code: code, name: name, nation: England}\n"
                        "sources:\n"
                        "  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
                        "  - {id: old, title: Old, publisher: P, path: old.csv, %s}\n"
                        "  - {id: new, title: New, publisher: P, path: new.csv, %s}\n"
                        "indicators:\n"
                        "  - {id: i, title: I, unit: days, domain: D, role: spend, %s}\n",
                        old_more, new_more, indicator);
    world_write(w, dir, text);
}

static const char BY_YEAR[] = "area: {column: code}, period: {column: year}";
static const char TOTAL[] = "measure: total, numerator: {source: old, columns: x, scale: 1000, "
                            "further: [{source: new, columns: y}]}";

static void test_periods_come_from_the_source_that_has_them(void **state)
{
    World w;
    world_open(&w, state, "code,year,x\nA,2011,5\nB,2011,7\n", "code,year,z,y\nB,2012,1,9\n",
               BY_YEAR, BY_YEAR, TOTAL);
    assert_true(at(&w, "2011", "A")->value == 5000);
    assert_true(at(&w, "2011", "B")->value == 7000);
    assert_true(at(&w, "2012", "B")->value == 9000);
    assert_int_equal(at(&w, "2012", "A")->status, STATUS_NOT_REPORTED);
    assert_string_equal(w.study->sources[at(&w, "2012", "B")->source].id, "new");
    assert_int_equal(at(&w, "2012", "B")->line, 2);
    world_close(&w);
}

static void test_a_further_source_may_have_its_own_scale_and_rows(void **state)
{
    World w;
    world_open(&w, state, "code,year,x\nA,2011,5\n", "code,year,y,k\nA,2012,6,u\nA,2012,8,v\n",
               BY_YEAR, BY_YEAR,
               "measure: total, numerator: {source: old, columns: x, scale: 1000, further: "
               "[{source: new, columns: y, scale: 1, rows: [{column: k, match: v}]}]}");
    assert_true(at(&w, "2011", "A")->value == 5000);
    assert_true(at(&w, "2012", "A")->value == 8);
    world_close(&w);
}

static void test_two_sources_for_one_period_are_both_refused(void **state)
{
    World w;
    world_open(&w, state, "code,year,x\nA,2011,5\nB,2011,4\n", "code,year,y\n\nA,2011,5\n", BY_YEAR,
               BY_YEAR, TOTAL);
    assert_int_equal(at(&w, "2011", "A")->status, STATUS_REJECTED);
    assert_true(at(&w, "2011", "B")->value == 4000);
    assert_int_equal(w.set->n_rejects, 1);
    assert_string_equal(w.set->rejects[0].rule, "duplicate-key");
    assert_non_null(strstr(w.set->rejects[0].text, "line 2 of old.csv and line 3 of new.csv"));
    world_close(&w);
}

/* Three quarters by the old file, one by the new, in other units. */
static void test_quarters_are_gathered_from_two_files(void **state)
{
    World w;
    world_open(&w, state,
               "code,q,x\nA,2011-Q2,1\nA,2011-Q3,2\nA,2011-Q4,4\n"
               "B,2011-Q2,1\nB,2011-Q3,2\nB,2011-Q4,4\n",
               "code,q,y\nA,2012-Q1,8000\n", "area: {column: code}, period: {column: q}",
               "area: {column: code}, period: {column: q}",
               "measure: total, numerator: {source: old, columns: x, scale: 1000, gather: "
               "financial_year, further: [{source: new, columns: y, scale: 1}]}");
    assert_true(at(&w, "2011-12", "A")->value == 15000);
    assert_int_equal(at(&w, "2011-12", "A")->rows, 4);
    assert_int_equal(at(&w, "2011-12", "B")->status, STATUS_NOT_REPORTED);
    world_close(&w);
}

static void test_the_reason_is_that_of_the_source_of_the_period(void **state)
{
    World w;
    world_open(&w, state, "code,year,x\nA,2011,5\n", "code,year,y\nA,2012,6\n", BY_YEAR,
               "area: {column: code, not_covered: [{area: B, status: not_applicable, because: "
               "closed}]}, period: {column: year}",
               TOTAL);
    assert_int_equal(at(&w, "2011", "B")->status, STATUS_NOT_REPORTED);
    assert_int_equal(at(&w, "2012", "B")->status, STATUS_NOT_APPLICABLE);
    world_close(&w);
}

static void test_a_further_source_has_to_say_which_column(void **state)
{
    World w;
    world_open(&w, state, "code,year,x\nA,2011,5\n", "code,year,y\nA,2012,6\n", BY_YEAR, BY_YEAR,
               "measure: total, numerator: {source: old, columns: x, further: [{source: new}]}");
    assert_null(w.set);
    assert_int_equal(diagnostics_count(w.diags, DIAG_ERROR), 1);
    world_close(&w);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, support_setup_dir, support_teardown_dir)
    const struct CMUnitTest tests[] = {
        T(test_periods_come_from_the_source_that_has_them),
        T(test_a_further_source_may_have_its_own_scale_and_rows),
        T(test_two_sources_for_one_period_are_both_refused),
        T(test_quarters_are_gathered_from_two_files),
        T(test_the_reason_is_that_of_the_source_of_the_period),
        T(test_a_further_source_has_to_say_which_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
