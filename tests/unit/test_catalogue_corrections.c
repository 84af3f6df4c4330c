#include "support.h"

#include "peerline/catalogue/study.h"

/* A study in a folder of its own, with these corrections beside it. */

static const char STUDY[] =
    "id: s\ntitle: T\npublisher: P\n"
    "areas: {source: areas, code: code, name: name, nation: England}\n"
    "sources:\n"
    "  - {id: areas, title: A, publisher: P, path: areas.csv}\n"
    "  - {id: data, title: D, publisher: P, path: d.csv, area: {column: a}, period: {column: p}}\n"
    "indicators:\n"
    "  - {id: one, title: One, domain: D, role: outcome, measure: rate, polarity: low, unit: u,\n"
    "     numerator: {source: data, columns: x}, denominator: {source: data, columns: n}}\n";

#define HEADER "date,indicators,areas,periods,seriousness,wrong,right\n"

typedef struct {
    char *directory;
    Diagnostics *diags;
    Study *study;
} State;

static void put(const State *s, const char *name, const char *text, gssize n)
{
    g_autofree char *path = g_build_filename(s->directory, name, NULL);
    assert_true(g_file_set_contents(path, text, n, NULL));
}

static void load(State *s, const char *name, const char *corrections, gssize n)
{
    s->directory = g_dir_make_tmp("peerline-corrections-XXXXXX", NULL);
    s->diags = diagnostics_new();
    put(s, "study.yaml", STUDY, -1);
    put(s, name, corrections, n);
    g_autofree char *path = g_build_filename(s->directory, "study.yaml", NULL);
    s->study = study_load(path, s->diags);
    g_autofree char *other = g_build_filename(s->directory, name, NULL);
    g_unlink(other);
    g_unlink(path);
    g_rmdir(s->directory);
}

static void clear(State *s)
{
    study_free(s->study);
    diagnostics_free(s->diags);
    g_free(s->directory);
}

static void assert_fault(const char *rows, const char *rule, guint line, const char *part)
{
    State s = {0};
    g_autofree char *text = g_strconcat(HEADER, rows, NULL);
    load(&s, "corrections.csv", text, -1);
    assert_null(s.study);
    guint n, found = 0;
    const Diag *d = diagnostics_sorted(s.diags, &n);
    for (guint i = 0; i < n; i++)
        found += g_str_equal(d[i].rule, rule) && d[i].line == line && strstr(d[i].message, part);
    assert_int_equal(found, 1);
    clear(&s);
}

static void a_table_gives_the_same_as_a_list(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"corrections.csv", "\xEF\xBB\xBF" HEADER
                            "2018-02-08,one,E1; E2,2016/17,major,\"It said \"\"1\"\",\nor 2.\",It "
                            "is 3.\r\n"},
        {"corrections.yaml", "- {date: 2018-02-08, indicators: one, areas: [E1, E2], periods: "
                             "2016/17,\n   seriousness: major, wrong: \"It said \\\"1\\\",\\nor "
                             "2.\", right: It is 3.}\n"}};
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        State s = {0};
        load(&s, files[i][0], files[i][1], -1);
        assert_non_null(s.study);
        assert_int_equal(s.study->n_corrections, 1);
        const Correction *c = s.study->corrections;
        assert_string_equal(c->date, "2018-02-08");
        assert_int_equal(c->n_indicators, 1);
        assert_int_equal(c->indicators[0], 0);
        assert_string_equal(c->areas[0], "E1");
        assert_string_equal(c->areas[1], "E2");
        assert_null(c->areas[2]);
        assert_string_equal(c->periods[0], "2016-17");
        assert_int_equal(c->seriousness, CORRECTION_MAJOR);
        assert_string_equal(c->wrong, "It said \"1\",\nor 2.");
        assert_string_equal(c->right, "It is 3.");
        clear(&s);
    }
}

static void the_latest_comes_first_and_order_within_a_day_stays(void **state)
{
    (void)state;
    State s = {0};
    load(&s, "corrections.csv",
         HEADER "2018-01-01,,,,minor,a,r\n2018-03-01,,,,minor,b,r\n\n"
                "2018-01-01,,,,minor,c,r",
         -1);
    assert_non_null(s.study);
    assert_int_equal(s.study->n_corrections, 3);
    assert_string_equal(s.study->corrections[0].wrong, "b");
    assert_string_equal(s.study->corrections[1].wrong, "a");
    assert_string_equal(s.study->corrections[2].wrong, "c");
    clear(&s);
}

static void one_without_areas_concerns_every_area(void **state)
{
    (void)state;
    char *areas[] = {(char *)"E1", NULL};
    assert_true(correction_concerns(&(Correction){0}, "E9"));
    assert_true(correction_concerns(&(Correction){.areas = areas}, "E1"));
    assert_false(correction_concerns(&(Correction){.areas = areas}, "E9"));
}

static void faults_name_the_line(void **state)
{
    (void)state;
    assert_fault("2018-02-30,,,,minor,a,b\n", "bad-value", 2, "2018-02-30");
    assert_fault("2018-02-01,,,,huge,a,b\n", "bad-value", 2, "huge");
    assert_fault("2018-02-01,,,,,a,b\n", "missing-key", 2, "seriousness");
    assert_fault("2018-02-01,,,,minor,a,\n", "missing-key", 2, "right");
    assert_fault("2018-02-01,two,,,minor,a,b\n", "bad-reference", 2, "two");
    assert_fault("2018-02-01,,,soon,minor,a,b\n", "bad-value", 2, "soon");
    assert_fault("2018-02-01,,,,minor,\"a\nb\",c\n2018-02-01,,,,minor,a\n", "bad-value", 4,
                 "6 fields");
    assert_fault("2018-02-01,,,,minor,a,\"b\n", "bad-value", 2, "never closed");
}

static void a_header_that_is_unknown_twice_or_blank_is_a_fault(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rule;
    } cases[] = {{"date,dates\n2018-01-01,x\n", "unknown-key"},
                 {"date,date\n2018-01-01,x\n", "duplicate"},
                 {"date,,wrong\n", "duplicate"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        State s = {0};
        load(&s, "corrections.csv", cases[i].text, -1);
        assert_null(s.study);
        guint n, found = 0;
        const Diag *d = diagnostics_sorted(s.diags, &n);
        for (guint k = 0; k < n; k++)
            found += g_str_equal(d[k].rule, cases[i].rule);
        assert_true(found >= 1);
        clear(&s);
    }
}

static void bytes_that_are_no_utf8_are_a_fault(void **state)
{
    (void)state;
    State s = {0};
    load(&s, "corrections.csv", HEADER "2018-01-01,,,,minor,\xff,b\n", -1);
    assert_null(s.study);
    clear(&s);
    State nul = {0};
    load(&nul, "corrections.csv", "date\0,", 6);
    assert_null(nul.study);
    clear(&nul);
}

static void an_empty_table_is_no_fault(void **state)
{
    (void)state;
    State s = {0};
    load(&s, "corrections.csv", HEADER, -1);
    assert_non_null(s.study);
    assert_int_equal(s.study->n_corrections, 0);
    clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_gives_the_same_as_a_list),
        cmocka_unit_test(the_latest_comes_first_and_order_within_a_day_stays),
        cmocka_unit_test(one_without_areas_concerns_every_area),
        cmocka_unit_test(faults_name_the_line),
        cmocka_unit_test(a_header_that_is_unknown_twice_or_blank_is_a_fault),
        cmocka_unit_test(bytes_that_are_no_utf8_are_a_fault),
        cmocka_unit_test(an_empty_table_is_no_fault),
    };
    return cmocka_run_group_tests_name("catalogue_corrections", tests, NULL, NULL);
}
