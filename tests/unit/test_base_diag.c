#include "support.h"

#include "peerline/base/error.h"
#include "peerline/base/progress.h"

static void test_sorted_whatever_the_order_of_adding(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    diag_add(d, DIAG_WARNING, "b-rule", "b.csv", 2, 0, "second file");
    diag_add(d, DIAG_WARNING, "b-rule", "a.csv", 10, 0, "line ten");
    diag_add(d, DIAG_ERROR, "b-rule", "a.csv", 9, 4, "line nine, column four");
    diag_add(d, DIAG_NOTE, "a-rule", "a.csv", 9, 4, "an earlier rule");
    diag_add(d, DIAG_NOTE, "z-rule", NULL, 0, 0, "no place");
    guint n;
    const Diag *items = diagnostics_sorted(d, &n);
    assert_int_equal(n, 5);
    static const char *const expected[] = {
        "no place [z-rule]",
        "a.csv:9:4: an earlier rule [a-rule]",
        "a.csv:9:4: line nine, column four [b-rule]",
        "a.csv:10: line ten [b-rule]",
        "b.csv:2: second file [b-rule]",
    };
    for (guint i = 0; i < n; i++) {
        g_autofree char *text = diag_text(&items[i]);
        assert_string_equal(text, expected[i]);
    }
}

static void test_counts_by_severity(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    assert_int_equal(diagnostics_count(d, DIAG_NOTE), 0);
    diag_add(d, DIAG_NOTE, "r", NULL, 0, 0, "x");
    diag_add(d, DIAG_WARNING, "r", NULL, 0, 0, "x");
    diag_add(d, DIAG_ERROR, "r", NULL, 0, 0, "x");
    assert_int_equal(diagnostics_count(d, DIAG_NOTE), 3);
    assert_int_equal(diagnostics_count(d, DIAG_WARNING), 2);
    assert_int_equal(diagnostics_count(d, DIAG_ERROR), 1);
}

/* What a file contains must not be able to clear a screen or forge a second line. */
static void test_control_characters_are_shown_not_sent(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    diag_add(d, DIAG_NOTE, "r", "f", 1, 0, "found '%s'", "\x1b[2J\nline \xC3\xA9");
    guint n;
    const Diag *items = diagnostics_sorted(d, &n);
    assert_string_equal(items[0].message, "found '\\x1b[2J\\nline \xC3\xA9'");
}

static void test_the_same_twice_is_said_once(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    for (guint i = 0; i < 2; i++) {
        diag_add(d, DIAG_ERROR, "r", "f", 1, 2, "found %s", "x");
        diag_add(d, DIAG_WARNING, "r", "f", 1, 2, "found %s", "x");
        diag_add(d, DIAG_ERROR, "q", "f", 1, 2, "found %s", "x");
        diag_add(d, DIAG_ERROR, "r", "g", 1, 2, "found %s", "x");
        diag_add(d, DIAG_ERROR, "r", "f", 3, 2, "found %s", "x");
        diag_add(d, DIAG_ERROR, "r", "f", 1, 4, "found %s", "x");
        diag_add(d, DIAG_ERROR, "r", NULL, 0, 0, "found %s", "x");
        diag_add(d, DIAG_ERROR, "r", "f", 1, 2, "found %s", "y");
        assert_int_equal(diagnostics_count(d, DIAG_NOTE), 8);
    }
}

typedef struct {
    Diagnostics *d;
    guint number;
} Adder;

static gpointer add_many(gpointer data)
{
    const Adder *a = data;
    for (guint i = 0; i < 1000; i++)
        diag_add(a->d, DIAG_WARNING, "r", "f", i, 0, "message %u of %u", i, a->number);
    return NULL;
}

static void test_adding_from_several_threads(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    GThread *threads[4];
    Adder adders[4];
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++) {
        adders[i] = (Adder){d, i};
        threads[i] = g_thread_new("adder", add_many, &adders[i]);
    }
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    assert_int_equal(diagnostics_count(d, DIAG_WARNING), 4000);
}

static void test_quiet_progress_and_no_progress_do_nothing(void **state)
{
    (void)state;
    g_autoptr(Progress) quiet = progress_new(TRUE);
    Progress *both[] = {quiet, NULL};
    for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
        progress_stage(both[i], "Reading", 3);
        progress_step(both[i]);
    }
}

static void test_error_domain(void **state)
{
    (void)state;
    assert_string_equal(g_quark_to_string(PEERLINE_ERROR), "peerline-error-quark");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorted_whatever_the_order_of_adding),
        cmocka_unit_test(test_counts_by_severity),
        cmocka_unit_test(test_the_same_twice_is_said_once),
        cmocka_unit_test(test_control_characters_are_shown_not_sent),
        cmocka_unit_test(test_adding_from_several_threads),
        cmocka_unit_test(test_quiet_progress_and_no_progress_do_nothing),
        cmocka_unit_test(test_error_domain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
