#include "support.h"

#include "peerline/base/error.h"
#include "peerline/base/pattern.h"

static PatternResult match(const char *text, const char *subject)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Pattern) p = pattern_new(text, FALSE, &error);
    if (error)
        fail_msg("%s", error->message);
    return pattern_match(p, subject);
}

static void test_matches_the_whole_string(void **state)
{
    (void)state;
    assert_int_equal(match("Age \\d+", "Age 65"), PATTERN_YES);
    assert_int_equal(match("Age \\d+", "Age 65+"), PATTERN_NO);
    assert_int_equal(match("Age \\d+", " Age 65"), PATTERN_NO);
    assert_int_equal(match("Age \\d+", "Age 65\n"), PATTERN_NO);
    assert_int_equal(match("a|ab", "ab"), PATTERN_YES);
    assert_int_equal(match("", ""), PATTERN_YES);
    assert_int_equal(match("", "x"), PATTERN_NO);
}

static void test_plain_text_is_compared(void **state)
{
    (void)state;
    assert_int_equal(match("Long-term: 65 # \xC2\xA3", "Long-term: 65 # \xC2\xA3"), PATTERN_YES);
    assert_int_equal(match("Long-term", "long-term"), PATTERN_NO);
    assert_int_equal(match("Long", "Long-term"), PATTERN_NO);
}

static void test_caseless(void **state)
{
    (void)state;
    g_autoptr(Pattern) p = pattern_new("\xC3\x89t\xC3\xA9", TRUE, NULL);
    assert_int_equal(pattern_match(p, "\xC3\xA9T\xC3\x89"), PATTERN_YES);
}

static void test_counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(match("...", "\xC2\xA3\xE2\x80\xA6x"), PATTERN_YES);
    assert_int_equal(match(".*", "bad \xC2"), PATTERN_NO);
}

static void test_named_groups(void **state)
{
    (void)state;
    static const char *const names[] = {"start", "end", "absent", NULL};
    char *out[3];
    g_autoptr(Pattern) p = pattern_new("(?<start>\\d{4})(?:[-/](?<end>\\d{2,4}))?", FALSE, NULL);
    assert_true(pattern_has_group(p, "start"));
    assert_false(pattern_has_group(p, "absent"));
    assert_int_equal(pattern_capture(p, "2016-17", names, out), PATTERN_YES);
    assert_string_equal(out[0], "2016");
    assert_string_equal(out[1], "17");
    assert_null(out[2]);
    g_free(out[0]);
    g_free(out[1]);
    assert_int_equal(pattern_capture(p, "2016", names, out), PATTERN_YES);
    assert_string_equal(out[0], "2016");
    assert_null(out[1]); /* took no part */
    g_free(out[0]);
    assert_int_equal(pattern_capture(p, "no", names, out), PATTERN_NO);
    assert_null(out[0]);
}

static void test_more_groups_than_usual(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 60; i++)
        g_string_append_printf(text, "(?<g%d>%c)", i, 'a' + i % 26);
    g_autoptr(GString) subject = g_string_new(NULL);
    for (int i = 0; i < 60; i++)
        g_string_append_c(subject, (char)('a' + i % 26));
    static const char *const names[] = {"g59", NULL};
    char *out[1];
    g_autoptr(Pattern) p = pattern_new(text->str, FALSE, NULL);
    assert_int_equal(pattern_capture(p, subject->str, names, out), PATTERN_YES);
    assert_string_equal(out[0], "h");
    g_free(out[0]);
}

static void test_faults_are_explained(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(pattern_new("(ab", FALSE, &error));
    assert_true(g_error_matches(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED));
    support_assert_contains(error->message, "(ab");
    support_assert_contains(error->message, "offset 3");
    g_clear_error(&error);
    assert_null(pattern_new("a\\Cb", FALSE, &error)); /* \C can cut a character in two */
    assert_non_null(error);
    g_clear_error(&error);
    assert_null(pattern_new("\xC2(", FALSE, &error));
    assert_non_null(error);
}

/* No pattern may hang a run, with the JIT or without it. */
static void test_runaway_patterns_stop(void **state)
{
    (void)state;
    g_autofree char *as = g_strnfill(60, 'a');
    g_autofree char *subject = g_strconcat(as, "b", NULL);
    static const char *const patterns[] = {"(a+)+", "(*NO_JIT)(a+)+", "(a|aa)+", "(?:a*)*c"};
    for (guint i = 0; i < G_N_ELEMENTS(patterns); i++) {
        gint64 before = g_get_monotonic_time();
        assert_int_not_equal(match(patterns[i], subject), PATTERN_YES);
        assert_true(g_get_monotonic_time() - before < 5 * G_USEC_PER_SEC);
    }
    assert_int_equal(match("(*NO_JIT)(a+)+", subject), PATTERN_LIMIT);
}

static gpointer match_many(gpointer data)
{
    gsize yes = 0;
    for (int i = 0; i < 2000; i++)
        yes += pattern_match(data, i % 2 ? "x12y" : "x1") == PATTERN_YES;
    return GSIZE_TO_POINTER(yes);
}

static void test_shared_between_threads(void **state)
{
    (void)state;
    g_autoptr(Pattern) p = pattern_new("x(\\d+)y", FALSE, NULL);
    GThread *threads[4];
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("matcher", match_many, p);
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        assert_int_equal(GPOINTER_TO_SIZE(g_thread_join(threads[i])), 1000);
}

static void test_reference_keeps_it(void **state)
{
    (void)state;
    Pattern *p = pattern_new("a+", FALSE, NULL);
    Pattern *same = pattern_ref(p);
    pattern_unref(p);
    assert_string_equal(pattern_text(same), "a+");
    assert_int_equal(pattern_match(same, "aaa"), PATTERN_YES);
    pattern_unref(same);
    pattern_unref(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches_the_whole_string),
        cmocka_unit_test(test_plain_text_is_compared),
        cmocka_unit_test(test_caseless),
        cmocka_unit_test(test_counts_characters_not_bytes),
        cmocka_unit_test(test_named_groups),
        cmocka_unit_test(test_more_groups_than_usual),
        cmocka_unit_test(test_faults_are_explained),
        cmocka_unit_test(test_runaway_patterns_stop),
        cmocka_unit_test(test_shared_between_threads),
        cmocka_unit_test(test_reference_keeps_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
