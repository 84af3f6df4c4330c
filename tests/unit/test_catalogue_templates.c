#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>

#include "peerline/catalogue/study.h"
#include "peerline/catalogue/templates.h"
#include "peerline/catalogue/words.h"

/** What a study may say instead of the built-in messages, and what is refused. */

typedef struct {
    char *directory, *path;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = g_new0(Fixture, 1);
    f->directory = g_dir_make_tmp("peerline-templates-XXXXXX", NULL);
    f->path = g_build_filename(f->directory, "wording.md", NULL);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    g_unlink(f->path);
    g_rmdir(f->directory);
    g_free(f->path);
    g_free(f->directory);
    g_free(f);
    return 0;
}

static Templates *read_text(const Fixture *f, const char *text, Diagnostics *diags)
{
    assert_true(g_file_set_contents(f->path, text, -1, NULL));
    char *const files[] = {f->path, NULL};
    return templates_read(files, diags);
}

static void assert_refused(const Fixture *f, const char *text, const char *expected)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Templates) t = read_text(f, text, diags);
    assert_null(t);
    guint n;
    const Diag *found = diagnostics_sorted(diags, &n);
    assert_int_equal(n, 1);
    g_autofree char *said = diag_text(&found[0]);
    g_autofree char *whole = g_strdup_printf("%s:%s", f->path, expected);
    assert_string_equal(said, whole);
}

static void a_study_can_say_it_in_other_words(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study study = {.areas = {.singular = "cyngor", .plural = "cynghorau", .nation = "Cymru"}};
    study.templates = read_text(*state,
                                "# Cymraeg\n\n<!-- a remark -->\n\n## contact\n\n"
                                "Cwestiynau: **{{contact}}**,\n[gwefan](#{{nation}}).\n\n"
                                "## outliers cut\n\n{{n}} {{n:arall|eraill}}.\n",
                                diags);
    assert_non_null(study.templates);
    g_autofree char *contact = words(&study, WORD_CONTACT, "contact", "a*b", NULL);
    assert_string_equal(contact, "Cwestiynau: **a\\*b**, [gwefan](#Cymru).");
    g_autofree char *one = words(&study, WORD_OUTLIERS_CUT, "n", "1", NULL);
    assert_string_equal(one, "1 arall.");
    g_autofree char *as_built_in = words(&study, WORD_COLUMN_AREA, NULL);
    assert_string_equal(as_built_in, "Cyngor");
    templates_free(study.templates);
}

static void faults_are_named_with_their_line(void **state)
{
    const Fixture *f = *state;
    assert_refused(f, "## contat\n\nx\n",
                   "1: unknown message: contat (did you mean contact?) [unknown-key]");
    assert_refused(f, "\n## contact\n\nAsk {{who}}.\n",
                   "4: unknown placeholder in \"contact\": {{who}} (contact) "
                   "[unknown-placeholder]");
    assert_refused(f, "## contact\n\nAsk {{contact.\n",
                   "3: \"contact\": a placeholder does not end: {{contact. (}}) [bad-template]");
    assert_refused(f, "## contact\n\nAsk {{contact:x}}.\n",
                   "3: \"contact\": a choice has one side only: {{contact:x}} "
                   "({{name:one|many}} or {{name:area}}) [bad-template]");
    assert_refused(f, "## contact\n\nAsk {{ }}.\n",
                   "3: \"contact\": a placeholder has no name: {{ }} ({{name}}, "
                   "{{name:one|many}}) [bad-template]");
    assert_refused(f, "## contact\n\nAsk *now*.\n",
                   "3: \"contact\": mark-up that reports do not have: emph (**bold** and "
                   "[links](…)) [bad-template]");
    assert_refused(f, "## contact\n\nx\n\n## contact\n\ny\n",
                   "5: a message stands twice: contact (once) [duplicate]");
    assert_refused(f, "## contact\n\nx\n\nA second paragraph.\n",
                   "5: not a message: paragraph (a heading \"## key\" and one paragraph below "
                   "it) [bad-template]");
    assert_refused(f, "## contact\n\n- x\n",
                   "1: not a message: list (a heading \"## key\" and one paragraph below it) "
                   "[bad-template]");
}

static void text_with_the_look_of_markup_stays_text(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study study = {.id = NULL};
    study.templates = read_text(*state, "## contact\n\nA \\*b\\* & c < d: {{contact}}\n", diags);
    assert_non_null(study.templates);
    g_autofree char *text = words(&study, WORD_CONTACT, "contact", "[x](y)", NULL);
    assert_string_equal(text, "A \\*b\\* & c < d: \\[x\\]\\(y\\)");
    templates_free(study.templates);
}

static void plain_text_has_no_markup(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study study = {.id = NULL};
    study.templates = read_text(
        *state, "## contact\n\n**Ask** [them](http://x/{{contact}}) at {{contact}}.\n", diags);
    assert_non_null(study.templates);
    g_autofree char *text = words_plain(&study, WORD_CONTACT, "contact", "(a*b)", NULL);
    assert_string_equal(text, "Ask them at (a*b).");
    g_autofree char *count =
        words_plain(NULL, WORD_CHART_BEYOND_EDGE, "#n", GUINT_TO_POINTER(0), NULL);
    assert_string_equal(count, "0 beyond the edge: arrows");
    templates_free(study.templates);
}

static void a_label_outlives_its_study(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study study = {.areas = {.plural = "cynghorau"}};
    study.templates = read_text(*state, "## chart what\n\nyr {{areas}}\n", diags);
    const char *label = words_label(&study, WORD_CHART_WHAT);
    templates_free(study.templates);
    assert_string_equal(label, "yr cynghorau");
    assert_string_equal(words_label(NULL, WORD_CHART_WHAT), "areas");
}

static void numbers_have_the_marks_of_the_study(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study study = {.id = NULL};
    study.templates = read_text(*state,
                                "## thousands mark\n\n\u00A0\n\n## decimal mark\n\n,\n\n"
                                "## millions\n\n{{n}} Mio.\n",
                                diags);
    assert_non_null(study.templates);
    g_autofree char *whole = words_number(&study, g_strdup("\u22121,234,567.8"));
    assert_string_equal(whole, "\u22121\u00A0234\u00A0567,8");
    g_autofree char *large = words_number(&study, g_strdup("1.5 million"));
    assert_string_equal(large, "1,5 Mio.");
    g_autofree char *built_in = words_number(NULL, g_strdup("1,234.5 billion"));
    assert_string_equal(built_in, "1,234.5 billion");
    templates_free(study.templates);
}

static void assert_retold(const Study *study, const char *reason, const char *expected)
{
    g_autofree char *said = words_reason(study, reason);
    assert_string_equal(said, expected);
}

static void reasons_are_found_by_their_text(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study study = {.areas = {.plural = "cynghorau"}};
    study.templates = read_text(
        *state,
        "## reason totals\n\nnid {{areas}}\n\n## month 4\n\nEbrill\n\n## and\n\na\n\n"
        "## reason closed since\n\n{{date}}: {{parts}}, nid {{name}}\n\n"
        "## reason both\n\n{{other}} / {{why}}\n\n## status not reported\n\nheb ei roi\n\n"
        "## reason ages missing\n\n[{{why}}] {{ages}}\n\n## thousands mark\n\n.\n\n"
        "## reason sum differs\n\n{{n}} {{theirs}} {{ours}} {{why}}\n",
        diags);
    assert_non_null(study.templates);
    assert_retold(&study, "totals are not compared between areas", "nid cynghorau");
    assert_retold(&study, "Old (E1) was closed on 1 April 2009; since then A and B (E2) and C (E3)",
                  "1 Ebrill 2009: A and B (E2) a C (E3), nid Old (E1)");
    assert_retold(&study, "numerator: no figure for ages 0-4 (not reported); denominator: lost",
                  "lost / [heb ei roi] 0-4");
    assert_retold(&study,
                  "The publisher's row for Wales gives 1,234; the 22 councils with a figure add up "
                  "to 1,200. The national value shown is the publisher's.",
                  "22 1.234 1.200 the publisher's");
    assert_null(words_reason(&study, "the study says so"));
    assert_null(words_reason(NULL, "totals are not compared between areas"));
    templates_free(study.templates);
}

static void dates_have_the_months_of_the_study(void **state)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study study = {.id = NULL};
    study.templates = read_text(
        *state, "## date\n\n{{day}}. {{month}} {{year}}\n\n## month 10\n\nOktober\n", diags);
    g_autofree char *date = words_date(&study, "2017-10-25");
    assert_string_equal(date, "25. Oktober 2017");
    g_autofree char *built_in = words_date(NULL, "2017-10-25");
    assert_string_equal(built_in, "25 October 2017");
    g_autofree char *none = words_date(&study, "soon");
    assert_string_equal(none, "soon");
    templates_free(study.templates);
}

static void a_file_that_is_not_there_is_named(void **state)
{
    const Fixture *f = *state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    char *const files[] = {f->path, NULL};
    g_autoptr(Templates) t = templates_read(files, diags);
    assert_null(t);
    guint n;
    const Diag *found = diagnostics_sorted(diags, &n);
    assert_int_equal(n, 1);
    assert_string_equal(found[0].rule, "cannot-read");
    assert_string_equal(found[0].file, f->path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_study_can_say_it_in_other_words),
        TEST(faults_are_named_with_their_line),
        TEST(text_with_the_look_of_markup_stays_text),
        TEST(plain_text_has_no_markup),
        TEST(a_label_outlives_its_study),
        TEST(numbers_have_the_marks_of_the_study),
        TEST(reasons_are_found_by_their_text),
        TEST(dates_have_the_months_of_the_study),
        TEST(a_file_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
