#include "support.h"

#include "peerline/catalogue/templates.h"
#include "peerline/catalogue/words.h"

#include <string.h>

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

static void test_a_name_with_a_full_stop_brings_that_of_the_sentence(void **state)
{
    (void)state;
    assert_says(
        words(&COUNCILS, WORD_QUESTIONS_ABOUT, "indicator", "Learning dis.", "words", "x", NULL),
        "**Learning dis.** x");
    assert_says(words(&COUNCILS, WORD_QUESTIONS_ABOUT, "indicator", "Falls", "words", "x", NULL),
                "**Falls.** x");
}

/* The noun of the study may begin with any letter: "an council". */
static void test_no_article_stands_before_the_noun_of_the_study(void **state)
{
    (void)state;
    g_autoptr(GRegex) article = g_regex_new("\\b[Aa]n? $", 0, 0, NULL);
    for (guint id = 0; id < N_WORDS; id++) {
        const Template *t = templates_get(templates_builtin(), id);
        for (guint i = 0; i + 1 < t->n_parts; i++) {
            const TemplatePart *here = &t->parts[i], *next = &t->parts[i + 1];
            const gboolean noun = next->kind == TEMPLATE_VALUE && g_str_equal(next->text, "area");
            if (here->kind == TEMPLATE_TEXT && noun && g_regex_match(article, here->text, 0, NULL))
                fail_msg("an article before the noun: %s", t->key);
        }
    }
}

/* A message as it stands in the file, without its mark-up. */
static char *message_text(guint id)
{
    const Template *t = templates_get(templates_builtin(), id);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < t->n_parts; i++) {
        const TemplatePart *part = &t->parts[i];
        if (part->kind == TEMPLATE_VALUE)
            g_string_append_printf(text, "{{%s}}", part->text);
        else if (part->kind == TEMPLATE_CHOICE)
            g_string_append_printf(text, "{{%s:%s|%s}}", part->text, part->one,
                                   part->many ? part->many : "");
        else if (part->kind == TEMPLATE_TEXT)
            g_string_append(text, part->text);
    }
    return g_string_free(text, FALSE);
}

static void test_every_word_has_its_message(void **state)
{
    (void)state;
    static const char *const keys[] = {
#define WORD(id, key) [WORD_##id] = key,
#include "peerline/catalogue/words_ids.h"
#undef WORD
    };
    assert_int_equal(templates_count(templates_builtin()), N_WORDS);
    for (guint id = 0; id < N_WORDS; id++) {
        assert_string_equal(templates_get(templates_builtin(), id)->key, keys[id]);
        g_autofree char *text = message_text(id);
        assert_true(*text != 0);
        assert_true(g_utf8_validate(text, -1, NULL));
        assert_null(strstr(text, "  "));
        assert_null(strstr(text, "**")); /* bold that does not close stays in the text */
        assert_null(strstr(text, "](")); /* and so does a link that is none */
    }
}

static void test_no_sentence_blames_or_praises(void **state)
{
    (void)state;
    static const char *const banned[] = {
        "worst",   "best",   "failing", "poor perform", "lottery",
        "success", "winner", " loser",  "outturn",      "variance against"};
    for (guint id = 0; id < N_WORDS; id++) {
        g_autofree char *as_written = message_text(id);
        g_autofree char *text = g_ascii_strdown(as_written, -1);
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
        cmocka_unit_test(test_every_word_has_its_message),
        cmocka_unit_test(test_a_name_with_a_full_stop_brings_that_of_the_sentence),
        cmocka_unit_test(test_no_article_stands_before_the_noun_of_the_study),
        cmocka_unit_test(test_no_sentence_blames_or_praises),
    };
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
