/** One file for everything: what each use of a source asks for is kept, whatever the others ask. */
#include "support.h"

#include "../../src/observe/plan.h"
#include "peerline/observe/observe.h"

/* `use` is a condition of the source, which the register does not share. */
static const char FILE_OF_ALL[] =
    "use,kind,code,name,year,key,x,y,other,price,area_code,peer_code\n"
    "no,area,A,Alder,,,,,,,,\n"
    "no,area,B,Birch,,,,,,,,\n"
    "yes,people,,,2015-16,a,10,,,,,\n"
    "yes,people,,,2015-16,b,20,,,,,\n"
    "yes,spend,,,2015-16,a,,100,,,,\n"
    "yes,spend,,,2015-16,b,,300,,,,\n"
    "no,spend,,,2015-16,b,,999,,,,\n"
    "yes,spend,,,2015-16,z,,5,,,,\n"
    "yes,map,A,,,a,,,,,,\n"
    "yes,map,B,,,b,,,,,,\n"
    "no,map,A,,,b,,,,,,\n"
    "yes,price,,,2015-16,,,,,50,,\n"
    "yes,price,,,2016-17,,,,,100,,\n"
    "no,price,,,2016-17,,,,,7,,\n"
    "no,peer,,,,,,,,,A,B\n";

static const char STUDY[] =
    "id: t\ntitle: T\npublisher: P\n"
    "areas: {source: all, code: code, name: name, nation: England,\n"
    "        rows: [{column: kind, match: area}]}\n"
    "sources:\n"
    "  - {id: all, title: A, publisher: P, path: all.csv, area: {column: key, joins: [map]},\n"
    "     period: {column: year}, rows: [{column: use, match: 'yes'}]}\n"
    "  - {id: prices, title: A, publisher: P, path: all.csv, period: {column: year},\n"
    "     rows: [{column: use, match: 'yes'}, {column: kind, match: price}]}\n"
    "lookups:\n"
    "  - {id: map, source: all, key: key, value: code, rows: [{column: kind, match: map}]}\n"
    "expected_rejections:\n"
    "  - {rule: unknown-area, keys: z, because: it is no area}\n"
    "indicators:\n"
    "  - id: i\n    title: I\n    unit: £ per person\n    domain: D\n    polarity: neither\n"
    "    role: spend\n    measure: ratio\n"
    "    numerator: {source: all, columns: y, rows: [{column: kind, match: spend}],\n"
    "                deflate: {source: prices, index: price, to: 2016-17}}\n"
    "    denominator: {source: all, columns: x, rows: [{column: kind, match: people}]}\n";

static Study *load(void **state, Diagnostics *diags)
{
    g_free(support_write(*state, "all.csv", FILE_OF_ALL));
    g_autofree char *path = support_write(*state, "study.yaml", STUDY);
    Study *study = study_load(path, diags);
    if (!study)
        diagnostics_print(diags, DIAG_NOTE);
    assert_non_null(study);
    return study;
}

static void all_uses_of_a_source_find_their_rows_and_columns(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = load(state, diags);
    ObservationSet *set = observe(study, &(FetchOptions){.offline = TRUE}, diags);
    assert_non_null(set);
    assert_int_equal(set->n_areas, 2);
    assert_int_equal(set->series[0].n_periods, 1);
    assert_true(series_at(&set->series[0], 2, 0, 0)->value == 20); /* 100 x 100/50 / 10 */
    assert_true(series_at(&set->series[0], 2, 0, 1)->value == 30); /* 300 x 100/50 / 20 */
    assert_int_equal(series_at(&set->series[0], 2, 0, 1)->line, 7);
    assert_int_equal(set->n_rejects, 1);
    assert_int_equal(set->rejects[0].line, 9);
    assert_int_equal(set->sources[0].rows_read, 15); /* of the file, not of what was kept */
    observation_set_free(set);
}

static gboolean keeps(const TablePlan *plan, const char *column)
{
    return plan->wants(plan->data, column);
}

static void what_nothing_asks_for_is_not_kept(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = load(state, diags);
    g_autoptr(SourcePlans) plans = source_plans_new(study);
    const TablePlan *all = source_plan(plans, 0), *prices = source_plan(plans, 1);
    assert_true(keeps(all, "x") && keeps(all, "y") && keeps(all, "key") && keeps(all, "code"));
    assert_false(keeps(all, "other") || keeps(all, "price") || keeps(all, "peer_code"));
    assert_true(keeps(prices, "price") && keeps(prices, "year") && keeps(prices, "use"));
    assert_false(keeps(prices, "x") || keeps(prices, "key"));
    assert_int_equal(prices->n_rows, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_uses_of_a_source_find_their_rows_and_columns),
        TEST(what_nothing_asks_for_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
