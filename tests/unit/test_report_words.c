#include "support.h"

#include "peerline/report/words.h"

/** The sentences themselves: how parameters are filled in, and what no sentence may say. */

static const Study COUNCILS = {
    .areas = {.singular = "council", .plural = "councils", .nation = "England"}};

static void assert_says(char *text, const char *expected)
{
    assert_string_equal(text, expected);
    g_free(text);
}

static void test_counts_choose_singular_and_plural(void **state)
{
    (void)state;
    assert_says(words(&COUNCILS, WORD_PEERS_BY_LIST, "n", "1", "title", "Ours", NULL),
                "The comparison is with 1 council from a given list: Ours.");
    assert_says(words(&COUNCILS, WORD_PEERS_BY_LIST, "n", "12", "title", "Ours", NULL),
                "The comparison is with 12 councils from a given list: Ours.");
    assert_says(words(&COUNCILS, WORD_OUTLIERS_CUT, "n", "1", NULL),
                "1 more is in the data file outliers.csv.");
    assert_says(words(&COUNCILS, WORD_OUTLIERS_CUT, "n", "0", NULL),
                "0 more are in the data file outliers.csv.");
}

static void test_the_register_names_the_areas(void **state)
{
    (void)state;
    assert_says(words(&COUNCILS, WORD_COLUMN_AREA, NULL), "Council");
    assert_says(words(&COUNCILS, WORD_COLUMN_NATIONAL, NULL), "England");
    const Study unnamed = {.id = "x"};
    assert_says(words(&unnamed, WORD_COLUMN_AREA, NULL), "Area");
    assert_says(words(&unnamed, WORD_UNUSUAL_LOW, "n", "1", "names", "A", NULL),
                "**Unusually low (1):** A.");
}

static void test_a_value_cannot_become_markup(void **state)
{
    (void)state;
    assert_says(words(&COUNCILS, WORD_CONTACT, "contact", "**[x](http://y)**", NULL),
                "Questions about these figures: \\*\\*\\[x\\]\\(http://y\\)\\*\\*.");
    assert_says(words(&COUNCILS, WORD_CONTACT, "+contact", "**x**", NULL),
                "Questions about these figures: **x**.");
    assert_says(words(&COUNCILS, WORD_CONTACT, "contact", "{n}", NULL),
                "Questions about these figures: {n}.");
}

static void test_every_template_is_complete(void **state)
{
    (void)state;
    for (guint id = 0; id < N_WORDS; id++) {
        const char *text = words_template((Word)id);
        assert_non_null(text);
        assert_true(*text != 0);
        assert_true(g_utf8_validate(text, -1, NULL));
        int depth = 0;
        for (const char *c = text; *c; c++) {
            depth += *c == '{' ? 1 : *c == '}' ? -1 : 0;
            assert_true(depth == 0 || depth == 1);
        }
        assert_int_equal(depth, 0);
        assert_null(strstr(text, "  ")); /* two blanks where lines were joined */
    }
}

static void test_no_sentence_blames_or_praises(void **state)
{
    (void)state;
    static const char *const banned[] = {
        "worst",   "best",   "failing", "poor perform", "lottery",
        "success", "winner", " loser",  "outturn",      "variance against"};
    for (guint id = 0; id < N_WORDS; id++) {
        g_autofree char *text = g_ascii_strdown(words_template((Word)id), -1);
        for (guint k = 0; k < G_N_ELEMENTS(banned); k++)
            if (strstr(text, banned[k]))
                fail_msg("\"%s\" in: %s", banned[k], text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_choose_singular_and_plural),
        cmocka_unit_test(test_the_register_names_the_areas),
        cmocka_unit_test(test_a_value_cannot_become_markup),
        cmocka_unit_test(test_every_template_is_complete),
        cmocka_unit_test(test_no_sentence_blames_or_praises),
    };
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
