#include "support.h"

#include "fixture.h"
#include "peerline/report/reports.h"
#include "report_text.h"

/** What an area report says, and what it must never say. Area 1 of the fixture is flagged
 * nationally; each test gives it the position among peers it needs. */

typedef struct {
    Fixture f;
    char *text;
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    g_free(s->text);
    g_free(s);
    return 0;
}

static const char *text_of(State *s, guint area)
{
    g_autoptr(Document) d = report_area(&s->f.context, area);
    g_free(s->text);
    s->text = report_text(d);
    return s->text;
}

static void assert_contains(const char *text, const char *what)
{
    if (!strstr(text, what))
        fail_msg("\"%s\" is not in:\n%s", what, text);
}

static void assert_lacks(const char *text, const char *what)
{
    if (strstr(text, what))
        fail_msg("\"%s\" is in:\n%s", what, text);
}

/* A position among peers for an indicator of area 1 in the latest period. */
static Verdict *place(State *s, guint indicator, Direction direction, double q)
{
    Verdict *v = &s->f.verdicts[indicator][FIX_AREAS + 1];
    v->peer_direction = direction;
    v->peer_q = q;
    v->peer_z = direction == DIRECTION_HIGHER ? 2.5 : direction == DIRECTION_LOWER ? -2.5 : 0.1;
    v->peer_lower_quartile = 0.9 * s->f.grids[indicator][FIX_AREAS + 1].value;
    v->peer_upper_quartile = 1.1 * s->f.grids[indicator][FIX_AREAS + 1].value;
    v->peer_median = s->f.grids[indicator][FIX_AREAS + 1].value;
    return v;
}

static void test_the_front_page_names_the_peers(void **state)
{
    State *s = *state;
    const char *text = text_of(s, 0);
    assert_contains(text, "The comparison is with the 3 other areas of the same region: North.");
    assert_contains(text, "Comma, \"Quoted\" & <Marked>; Ynys Môn; Deep Haven.");
    s->f.peers[0].fell_back = TRUE;
    s->f.peers[0].why = "no value for this area of: density";
    assert_contains(text_of(s, 0), "could not be found (no value for this area of: density). The "
                                   "comparison is therefore with the 3 other areas of its group");
}

static void test_without_groupings_everybody_is_a_peer(void **state)
{
    State *s = *state;
    s->f.study.n_peers = s->f.assessment.n_groupings = 0;
    assert_contains(text_of(s, 0), "the comparison is with all 3 other areas.");
}

static void test_a_low_figure_is_a_strength_where_low_is_preferred(void **state)
{
    State *s = *state;
    place(s, 0, DIRECTION_LOWER, 0.01);
    const char *text = text_of(s, 1);
    g_autofree char *strengths =
        report_text_between(text, "Strengths to build on", "Worth asking about");
    assert_contains(strengths, "Falls");
    assert_contains(strengths, "Lower than peers; unlikely to be chance.");
    assert_contains(text,
                    "no indicator with a preferred direction differs from the peers in the other");
}

static void test_a_high_figure_is_asked_about_where_low_is_preferred(void **state)
{
    State *s = *state;
    place(s, 0, DIRECTION_HIGHER, 0.2);
    g_autofree char *ask =
        report_text_between(text_of(s, 1), "Worth asking about",
                            "Higher or lower than peers, neither good nor bad in itself");
    assert_contains(ask, "Falls");
    assert_contains(ask, "Higher than peers; could be chance, as many figures are compared.");
}

static void test_a_neutral_indicator_is_neither_good_nor_bad(void **state)
{
    State *s = *state;
    place(s, 1, DIRECTION_HIGHER, 0.001);
    const char *text = text_of(s, 1);
    g_autofree char *polar =
        report_text_between(text, "Strengths to build on",
                            "Higher or lower than peers, neither good nor bad in itself");
    g_autofree char *neutral = report_text_between(
        text, "Higher or lower than peers, neither good nor bad in itself", "Largest change");
    assert_lacks(polar, "Spending");
    assert_contains(neutral, "Spending");
    assert_contains(neutral, "Unusually high among peers"); /* no known error: not "unlikely" */
}

static void test_beyond_the_middle_half_may_be_chance(void **state)
{
    State *s = *state;
    Verdict *v = place(s, 0, DIRECTION_SIMILAR, 0.7);
    v->peer_upper_quartile = s->f.grids[0][FIX_AREAS + 1].value - 1;
    assert_contains(text_of(s, 1), "Higher than most peers; could be chance.");
}

static void test_nothing_standing_out_is_said(void **state)
{
    State *s = *state;
    place(s, 0, DIRECTION_SIMILAR, 0.9);
    place(s, 1, DIRECTION_SIMILAR, 0.9);
    const char *text = text_of(s, 1);
    assert_contains(text, "Nothing stands out here: no indicator with a preferred direction "
                          "differs from the peers in that");
    assert_contains(text, "Nothing stands out here: no indicator with a preferred direction "
                          "differs from the peers in the other");
    assert_contains(text, "Nothing stands out here: indicators without a preferred direction");
}

static void test_what_could_not_be_tested_is_not_in_line_with_the_peers(void **state)
{
    State *s = *state;
    const char *text = text_of(s, 0);
    assert_contains(text, "No indicator could be tested against the peers");
    assert_lacks(text, "Nothing stands out here");
}

static void test_the_number_of_chance_findings_is_printed(void **state)
{
    State *s = *state;
    place(s, 0, DIRECTION_HIGHER, 0.01);
    place(s, 1, DIRECTION_SIMILAR, 0.9);
    assert_contains(text_of(s, 1), "2 indicators were tested against the peers and 1 differs; by "
                                   "chance alone about 0.1 would.");
}

static void test_figures_that_are_not_ranked_never_stand_out(void **state)
{
    State *s = *state;
    Verdict *v = place(s, 0, DIRECTION_HIGHER, 0.001);
    v->ranked = FALSE;
    v->not_ranked = "the numerator is small";
    const char *text = text_of(s, 1);
    assert_lacks(text, "Higher than peers;");
    assert_contains(text, "not ranked (see notes)");
    assert_contains(text, "Shown, but not ranked, because the numerator is small: Falls.");
    assert_contains(text, "Not compared here: 2 indicators of 3, without a figure");
}

static void test_a_missing_figure_comes_with_its_reason(void **state)
{
    State *s = *state;
    const char *text = text_of(s, 3);
    assert_contains(text, "Admissions after falls, aged 65+, 2016-17: fewer than eight admissions");
    assert_contains(text, "no figure (see notes)");
    assert_contains(text, "Nothing: the column is not there");
}

static void test_national_flags_come_with_q_and_what_chance_gives(void **state)
{
    State *s = *state;
    const char *text = text_of(s, 1);
    assert_contains(text, "1 of 2 indicators lies outside the limits");
    assert_contains(text, "By chance alone about 0.1 would.");
    assert_contains(text, "above the 99.8% limits | under 0.001 | 2");
}

static void test_learning_names_the_peer_and_the_practice(void **state)
{
    State *s = *state;
    const char *text = text_of(s, 1);
    assert_contains(text, "| 428 | Deep Haven: 301, practice case below\n");
    assert_contains(text, "Balance classes, twice a week (Deep Haven)");
    assert_contains(text_of(s, 0), "No peer can be named");
    s->f.learn[0].spend_difference = -12.5;
    assert_contains(text_of(s, 1), "Deep Haven: 301, spends £12.50 less, practice case below");
    s->f.learn[0].spend_difference = 0;
    assert_contains(text_of(s, 1), "Deep Haven: 301, spends no more, practice case below");
}

static void test_one_period_is_said_to_be_no_trend(void **state)
{
    State *s = *state;
    assert_lacks(text_of(s, 0), "There is no chart of change over time");
    for (guint i = 0; i < FIX_INDICATORS; i++)
        for (guint a = 0; a < FIX_AREAS; a++)
            s->f.grids[i][a] = fixture_missing(STATUS_NOT_REPORTED);
    const char *text = text_of(s, 0);
    assert_contains(text, "There is no chart of change over time");
    assert_contains(text, "No change can be shown");
}

static void test_opportunity_only_where_the_interval_leaves_some(void **state)
{
    State *s = *state;
    assert_contains(text_of(s, 1), "Nothing to show: on no indicator");
    Verdict *v = &s->f.verdicts[0][FIX_AREAS + 1];
    v->opportunity = 1234;
    v->opportunity_lower = 456;
    v->opportunity_upper = 2345;
    assert_contains(text_of(s, 1), "about 1,200 fewer (between 460 and 2,300)");
}

static void test_totals_are_given_and_never_compared(void **state)
{
    State *s = *state;
    s->f.indicators[1].measure = MEASURE_TOTAL;
    place(s, 1, DIRECTION_HIGHER, 0.001);
    const char *text = text_of(s, 1);
    assert_contains(text, "never compared between areas");
    assert_lacks(text, "Unusually high among peers");
}

static void test_no_area_report_shows_a_missing_number(void **state)
{
    State *s = *state;
    for (guint a = 0; a < FIX_AREAS; a++) {
        g_autofree char *text = g_ascii_strdown(text_of(s, a), -1);
        static const char *const never[] = {" nan", "(nan", "-nan", " inf ", "(null)", "{", "}"};
        for (guint k = 0; k < G_N_ELEMENTS(never); k++)
            assert_lacks(text, never[k]);
    }
}

static void test_document_carries_notice_metadata_and_sound_structure(void **state)
{
    State *s = *state;
    g_autoptr(Document) d = report_area(&s->f.context, 2);
    assert_string_equal(d->title, "Ynys Môn");
    assert_string_equal(d->notice, "All data are invented.");
    assert_string_equal(d->author, "Nobody & Sons");
    assert_string_equal(d->date, "2017-10-25");
    assert_string_equal(d->language, "en-GB");
    assert_int_equal(report_structure_faults(d), 0);
}

#define IN_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FIXTURE(test_the_front_page_names_the_peers),
        IN_FIXTURE(test_without_groupings_everybody_is_a_peer),
        IN_FIXTURE(test_a_low_figure_is_a_strength_where_low_is_preferred),
        IN_FIXTURE(test_a_high_figure_is_asked_about_where_low_is_preferred),
        IN_FIXTURE(test_a_neutral_indicator_is_neither_good_nor_bad),
        IN_FIXTURE(test_beyond_the_middle_half_may_be_chance),
        IN_FIXTURE(test_nothing_standing_out_is_said),
        IN_FIXTURE(test_what_could_not_be_tested_is_not_in_line_with_the_peers),
        IN_FIXTURE(test_the_number_of_chance_findings_is_printed),
        IN_FIXTURE(test_figures_that_are_not_ranked_never_stand_out),
        IN_FIXTURE(test_a_missing_figure_comes_with_its_reason),
        IN_FIXTURE(test_national_flags_come_with_q_and_what_chance_gives),
        IN_FIXTURE(test_learning_names_the_peer_and_the_practice),
        IN_FIXTURE(test_one_period_is_said_to_be_no_trend),
        IN_FIXTURE(test_opportunity_only_where_the_interval_leaves_some),
        IN_FIXTURE(test_totals_are_given_and_never_compared),
        IN_FIXTURE(test_no_area_report_shows_a_missing_number),
        IN_FIXTURE(test_document_carries_notice_metadata_and_sound_structure),
    };
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
