/** Names of places as keys: small studies in a temporary directory. */
#include "mini_study.h"

static const char REGISTER[] = "code,name\nE1,St Helens\nE2,Bristol\nE3,County Durham\nE4,York\n";
static const char NAMES[] =
    "name,code\nSt. Helens,E1\n\"Bristol, City of\",E2\nDurham,E3\nYork,E4\n";

/** `lookup` ends the definition of the lookup, `rows` are those of the data: key, number. */
static void world_open(World *w, void **state, const char *names, const char *lookup,
                       const char *rows)
{
    const char *dir = *state;
    g_autofree char *data = g_strconcat("place,x\n", rows, NULL);
    g_autofree char *a = support_write(dir, "areas.csv", REGISTER);
    g_autofree char *b = support_write(dir, "names.csv", names);
    g_autofree char *c = support_write(dir, "data.csv", data);
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: England}\n"
        "sources:\n"
        "  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - {id: names, title: Names, publisher: P, path: names.csv}\n"
        "  - {id: data, title: Data, publisher: P, path: data.csv,\n"
        "     area: {column: place, joins: [by_name]}, period: {constant: 2016}}\n"
        "lookups:\n"
        "  - {id: by_name, source: names, key: name, value: code%s}\n"
        "indicators:\n"
        "  - {id: i, title: I, unit: days, domain: D, role: spend, measure: total,\n"
        "     numerator: {source: data, columns: x}}\n",
        lookup);
    world_write(w, dir, text);
}

static double value(const World *w, const char *code)
{
    assert_non_null(w->set);
    return series_at(&w->set->series[0], w->set->n_areas, 0, (guint)observation_area(w->set, code))
        ->value;
}

static gboolean told(const World *w, const char *part)
{
    guint n;
    const Diag *d = diagnostics_sorted(w->diags, &n);
    for (guint i = 0; i < n; i++)
        if (strstr(d[i].message, part))
            return TRUE;
    return FALSE;
}

static void test_a_name_is_found_in_whatever_spelling(void **state)
{
    World w;
    world_open(&w, state, NAMES, ", names: yes",
               "St Helens,1\nCITY OF BRISTOL,2\nDurham County Council,3\nE4,4\n");
    assert_true(value(&w, "E1") == 1);
    assert_true(value(&w, "E2") == 2);
    assert_true(value(&w, "E3") == 3);
    assert_true(value(&w, "E4") == 4); /* the scheme may change to codes within one file */
    assert_int_equal(w.set->n_rejects, 0);
    world_close(&w);
}

static void test_without_names_a_key_is_exact(void **state)
{
    World w;
    world_open(&w, state, NAMES, "", "St Helens,1\nSt. Helens,2\n");
    assert_true(value(&w, "E1") == 2);
    assert_int_equal(w.set->n_rejects, 1);
    world_close(&w);
}

static void test_an_unmatched_name_is_listed_with_the_nearest(void **state)
{
    World w;
    world_open(&w, state, NAMES, ", names: yes", "Bristlo,1\nYork,2\n");
    assert_int_equal(w.set->n_rejects, 1);
    assert_string_equal(w.set->rejects[0].rule, "unknown-area");
    assert_non_null(strstr(w.set->rejects[0].text, "'Bristlo'"));
    assert_non_null(strstr(w.set->rejects[0].text, "nearest: Bristol, City of"));
    assert_true(value(&w, "E4") == 2);
    world_close(&w);
}

static void test_another_spelling_is_declared(void **state)
{
    World w;
    world_open(&w, state, NAMES, ", names: yes, alternatives: {Eboracum: York, Dunelm: Durham}",
               "EBORACUM,1\nDunelm,2\n");
    assert_true(value(&w, "E4") == 1);
    assert_true(value(&w, "E3") == 2);
    world_close(&w);
    world_open(&w, state, NAMES, ", alternatives: {Eboracum: York}", "Eboracum,3\n");
    assert_true(value(&w, "E4") == 3); /* also where keys are no names */
    world_close(&w);
}

static void test_an_alternative_for_nothing_is_a_fault(void **state)
{
    World w;
    world_open(&w, state, NAMES, ", names: yes, alternatives: {Eboracum: Yrok}", "York,1\n");
    assert_null(w.set);
    assert_true(told(&w, "does not have: Yrok (nearest: York)"));
    world_close(&w);
}

static void test_an_alternative_that_means_another_is_a_fault(void **state)
{
    World w;
    world_open(&w, state, NAMES, ", names: yes, alternatives: {Bristol: York}", "York,1\n");
    assert_null(w.set);
    assert_true(told(&w, "already with another answer: Bristol is E2, and York is E4"));
    world_close(&w);
}

static void test_two_names_that_fold_to_one_are_a_fault(void **state)
{
    World w;
    world_open(&w, state, "name,code\nDurham,E3\nCounty Durham,E4\n", ", names: yes", "York,1\n");
    assert_null(w.set);
    assert_true(told(&w, "two names that are read as one: Durham is E3 and County Durham is E4"));
    world_close(&w);
    world_open(&w, state, "name,code\nDurham,E3\nCounty Durham,E3\n", ", names: yes", "Durham,1\n");
    assert_true(value(&w, "E3") == 1); /* the same answer is no collision */
    world_close(&w);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, support_setup_dir, support_teardown_dir)
    const struct CMUnitTest tests[] = {
        T(test_a_name_is_found_in_whatever_spelling),
        T(test_without_names_a_key_is_exact),
        T(test_an_unmatched_name_is_listed_with_the_nearest),
        T(test_another_spelling_is_declared),
        T(test_an_alternative_for_nothing_is_a_fault),
        T(test_an_alternative_that_means_another_is_a_fault),
        T(test_two_names_that_fold_to_one_are_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
