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

/* Peers that are high together make a figure low among them that is high among all. */
static void test_a_strength_among_peers_that_is_none_among_all_says_so(void **state)
{
    State *s = *state;
    place(s, 0, DIRECTION_LOWER, 0.01);
    PeriodSummary *summary = &s->f.summaries[0][1];
    const double value = s->f.grids[0][FIX_AREAS + 1].value;
    summary->median = 2 * value;
    assert_null(strstr(text_of(s, 1), "the other way round"));
    summary->median = value / 2;
    assert_contains(text_of(s, 1),
                    "unlikely to be chance. Among all areas it is the other way round: "
                    "their median is ");
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

/* ---- what amounts are made of ---- */

/* Shares of homes: here 60 %, at the peers 45 %; the second area lacks a part. */
static void with_parts(State *s)
{
    static CompositionPart parts[2] = {{.title = "Homes"}, {.title = "Care at home"}};
    static Composition what = {.id = "c",
                               .title = "What support is spent on",
                               .unit = "£ per person",
                               .prefix = "£",
                               .parts = parts,
                               .n_parts = 2};
    static double values[] = {60, 40, 30, NAN, 45, 55, 20, NAN};
    static double shares[] = {60, 40, NAN, NAN, 45, 55, NAN, NAN};
    static double totals[] = {100, NAN, 100, NAN};
    static MadeFigure figures[8] = {
        [3] = {.number = NAN, .status = STATUS_SUPPRESSED, .because = "few people live there."}};
    static MadeGroup nation = {.class_index = -1,
                               .name = "Nowhere",
                               .n = 2,
                               .parts = {52, 48},
                               .shares = {52, 48},
                               .total = 100};
    static MadeGroup peers[FIX_AREAS] = {
        {.class_index = -1, .n = 1, .parts = {45, 55}, .shares = {45, 55}, .total = 100}};
    static Made made = {.known = TRUE,
                        .period_text = (char *)"2016-17",
                        .figures = figures,
                        .parts = values,
                        .shares = shares,
                        .total = totals,
                        .groups = &nation,
                        .n_groups = 1};
    s->f.study.compositions = &what;
    s->f.set.made = &made;
    s->f.assessment.made_peers = peers;
    s->f.study.n_compositions = s->f.set.n_made = 1;
}

static void test_parts_are_told_beside_those_of_the_peers(void **state)
{
    State *s = *state;
    assert_lacks(text_of(s, 0), "What support is spent on");
    with_parts(s);
    const char *text = text_of(s, 0);
    assert_contains(text,
                    "Of £100 per person in 2016-17, a larger share than at the peers together "
                    "goes to Homes (60.0%, at the peers 45.0%), and a smaller one to Care at "
                    "home (40.0%, at the peers 55.0%).");
    assert_contains(text, "52.0%");
}

static void test_parts_without_peers_are_told_alone(void **state)
{
    State *s = *state;
    with_parts(s);
    assert_contains(text_of(s, 2),
                    "The total is £100 per person in 2016-17. There are no peers with "
                    "which its shares can be compared.");
}

static void test_parts_that_are_missing_say_why(void **state)
{
    State *s = *state;
    with_parts(s);
    assert_contains(text_of(s, 1), "No bar can be shown for this area: few people live there.");
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
    assert_contains(text, "above the 99.8% limits; q under 0.001, 2 periods in a row");
}

static void test_learning_names_the_peer_and_the_practice(void **state)
{
    State *s = *state;
    const char *text = text_of(s, 1);
    assert_contains(text, "| Falls 301 (here 428), practice case below\n");
    assert_contains(text, "Deep Haven | in the same group: North; same region (North) | Falls");
    assert_contains(text, "Balance classes, twice a week (Deep Haven)");
    assert_contains(text_of(s, 0), "No peer can be named");
    s->f.learn[0].spend_difference = -12.5;
    assert_contains(text_of(s, 1), "Falls 301 (here 428), spends £12.50 less, practice case below");
    s->f.learn[0].spend_difference = 0;
    assert_contains(text_of(s, 1), "Falls 301 (here 428), spends no more, practice case below");
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
    assert_string_equal(d->title, "Ynys Môn: A tiny study");
    assert_string_equal(d->notice, "All data are invented.");
    assert_string_equal(d->author, "Nobody & Sons");
    assert_string_equal(d->date, "2017-10-25");
    assert_string_equal(d->language, "en-GB");
    assert_int_equal(report_structure_faults(d), 0);
}

static void test_a_finding_is_told_with_its_distance_from_the_median(void **state)
{
    State *s = *state;
    Verdict *v = place(s, 0, DIRECTION_HIGHER, 0.01);
    v->peer_median = s->f.grids[0][FIX_AREAS + 1].value / 1.25;
    g_autofree char *ask =
        report_text_between(text_of(s, 1), "Worth asking about",
                            "Higher or lower than peers, neither good nor bad in itself");
    assert_contains(ask, "about 25% higher than the peers’ median of 343");
    v->peer_median = s->f.grids[0][FIX_AREAS + 1].value / 2.5;
    assert_contains(text_of(s, 1), "about 2.5 times the peers’ median of 171");
}

static void test_the_first_question_stands_beside_what_is_asked_about(void **state)
{
    State *s = *state;
    static char *questions[] = {"Who falls, and where?", "And why?", NULL};
    s->f.indicators[0].questions = questions;
    place(s, 0, DIRECTION_HIGHER, 0.01);
    assert_contains(text_of(s, 1), "To ask: Who falls, and where?\n");
    place(s, 0, DIRECTION_LOWER, 0.01);
    assert_lacks(text_of(s, 1), "To ask:");
}

static void test_what_stands_out_is_shown_in_depth(void **state)
{
    State *s = *state;
    place(s, 0, DIRECTION_HIGHER, 0.01);
    s->f.indicators[0].why = "Falls cost lives.";
    g_autofree char *depth = report_text_between(text_of(s, 1), "In depth", "Change over time");
    assert_contains(depth, "Falls, 2016-17\n");
    assert_contains(depth, "Place among all, lowest first: 3 of 3 (between 2 and 3).");
    assert_contains(depth, "Against the limits: above the 99.8% limits.");
    assert_contains(depth, "Five years: no verdict (fewer than five years).");
    assert_lacks(depth, "Why it matters."); /* three charts take all the room */
    s->f.summaries[0][1].not_estimable = "too few areas";
    assert_contains(text_of(s, 1), "Why it matters. Falls cost lives.");
}

static void test_peers_that_cannot_be_told_apart_are_counted(void **state)
{
    State *s = *state;
    place(s, 0, DIRECTION_SIMILAR, 0.9);
    static const double values[FIX_AREAS] = {400, 410, 500, NAN};
    for (guint a = 0; a < FIX_AREAS; a++) {
        Verdict *v = &s->f.verdicts[0][FIX_AREAS + a];
        s->f.grids[0][FIX_AREAS + a].value = values[a];
        v->lower95 = values[a] - 19.6; /* a standard error of 10 each: 10 apart is 0.7 of */
        v->upper95 = values[a] + 19.6; /* the error of the difference, 90 apart 6.4 */
    }
    assert_contains(text_of(s, 1), "by the margins of error, not to be told apart from 1 of 2.");
}

static void test_area_and_peers_stand_side_by_side(void **state)
{
    State *s = *state;
    assert_contains(text_of(s, 1), "Heat map: Comma, \"Quoted\" & <Marked>, 2 indicators of 4");
    s->f.study.n_peers = s->f.assessment.n_groupings = 0;
    assert_lacks(text_of(s, 1), "Side by side with the peers");
}

/* Area 1 among peers with medians of spending and falls that lie one way or the other. */
static void pair_at(State *s, double spend, double falls)
{
    Verdict *v = place(s, 0, DIRECTION_SIMILAR, 0.9), *w = place(s, 1, DIRECTION_SIMILAR, 0.9);
    v->peer_median = 400;
    v->peer_lower_quartile = 390;
    v->peer_upper_quartile = 410;
    w->peer_median = 125;
    w->peer_lower_quartile = 120;
    w->peer_upper_quartile = 130;
    s->f.grids[0][FIX_AREAS + 1].value = falls;
    s->f.grids[1][FIX_AREAS + 1].value = spend;
}

static void test_less_spending_with_more_admissions_is_a_question(void **state)
{
    State *s = *state;
    pair_at(s, 100, 480);
    const char *text = text_of(s, 1);
    assert_contains(text,
                    "Spending and outcomes together. Less is spent than by most peers (Spending). "
                    "Falls: about 20% higher than the peers’ median. Do the two");
    assert_contains(text, "Lower spend, outcome less good. £100.00 spent, peers’ median £125.00");
    assert_contains(text, "Is care that is not given here paid for elsewhere, or do both");
    assert_contains(text, "This is not value for money.");
}

static void test_less_spending_with_a_good_outcome_is_no_verdict_either(void **state)
{
    State *s = *state;
    pair_at(s, 100, 320);
    const char *text = text_of(s, 1);
    assert_contains(text, "Lower spend, better outcome.");
    assert_contains(text, "does somebody else bear the cost");
    assert_lacks(text, "Spending and outcomes together. Less is spent");
    assert_lacks(text, "efficien"
                       "t");
}

static void test_within_one_deviation_is_about_the_same(void **state)
{
    State *s = *state;
    /* quartiles 20 and 10 apart: deviations of 14.8 and 7.4 */
    pair_at(s, 118, 414);
    assert_contains(text_of(s, 1), "About as the peers in both.");
    pair_at(s, 117, 415);
    assert_contains(text_of(s, 1), "Lower spend, outcome less good.");
}

/* What a reader who cannot see it hears of the chart is what stands beside it. */
static void test_the_chart_of_a_pair_says_what_the_words_beside_it_say(void **state)
{
    State *s = *state;
    pair_at(s, 100, 401);
    const char *text = text_of(s, 1);
    assert_contains(text, "About the same outcome as the peers. £100.00 spent");
    assert_contains(text, ": £100.00; 401: About the same outcome as the peers.");
    assert_lacks(text, ": Lower spend, outcome less good.");
}

/* A year of spending for which there is no outcome yet is not set against the year before. */
static void test_spending_is_paired_with_the_outcome_of_its_own_period(void **state)
{
    State *s = *state;
    pair_at(s, 100, 480);
    s->f.judged[0].latest = 0;
    s->f.verdicts[0][1] = s->f.verdicts[0][FIX_AREAS + 1];
    s->f.verdicts[1][1] = s->f.verdicts[1][FIX_AREAS + 1];
    s->f.grids[0][1].value = 480;
    s->f.grids[1][1].value = 101;
    assert_contains(text_of(s, 1), "£101.00 spent, peers’ median £125.00");
}

static void test_a_peer_that_came_a_long_way_is_named(void **state)
{
    State *s = *state;
    Verdict *first = &s->f.verdicts[0][2], *last = &s->f.verdicts[0][FIX_AREAS + 2];
    s->f.grids[0][2].value = 500;
    s->f.grids[0][FIX_AREAS + 2].value = 300;
    *first = (Verdict){.ranked = TRUE, .percentile = 100, .lower95 = 480, .upper95 = 520};
    *last = (Verdict){.ranked = TRUE, .percentile = 0, .lower95 = 280, .upper95 = 320};
    assert_contains(text_of(s, 1), "Ynys Môn, Falls: from 500 in 2015-16 to 300 in 2016-17");
    first->percentile = 75; /* not among the last fifth at first */
    assert_lacks(text_of(s, 1), "come a long way");
    first->percentile = 100;
    last->upper95 = 900; /* may be chance */
    last->lower95 = 0;
    assert_lacks(text_of(s, 1), "come a long way");
}

static void test_the_steps_of_self_assessment_say_what_the_figures_say(void **state)
{
    State *s = *state;
    place(s, 1, DIRECTION_HIGHER, 0.001);
    const char *text = text_of(s, 1);
    g_autofree char *steps =
        report_text_between(text, "Questions for leaders", "Notes on the data");
    assert_contains(steps, "1. Is it the data or the coding?");
    assert_contains(steps, "1 indicator has no figure here");
    assert_contains(steps, "Spending (higher than at most peers).");
    assert_contains(steps, "To talk to: Deep Haven");
    assert_contains(steps, "5. What would we stop");
}

static void test_the_opportunity_says_how_many_are_there_already(void **state)
{
    State *s = *state;
    Verdict *v = place(s, 0, DIRECTION_HIGHER, 0.01);
    v->peer_median = 425;
    v->opportunity = 1234567;
    v->opportunity_lower = 456;
    v->opportunity_upper = 23456789;
    const char *text = text_of(s, 1);
    assert_contains(text, "about 1.2 million fewer (between 460 and 23 million)");
    assert_contains(text, "| 1 of 2\n"); /* 420 and 440 are ranked */
    assert_contains(text, "On 0 of 1 indicator with a preferred direction");
}

#define IN_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FIXTURE(test_the_front_page_names_the_peers),
        IN_FIXTURE(test_without_groupings_everybody_is_a_peer),
        IN_FIXTURE(test_a_low_figure_is_a_strength_where_low_is_preferred),
        IN_FIXTURE(test_a_strength_among_peers_that_is_none_among_all_says_so),
        IN_FIXTURE(test_a_high_figure_is_asked_about_where_low_is_preferred),
        IN_FIXTURE(test_a_neutral_indicator_is_neither_good_nor_bad),
        IN_FIXTURE(test_beyond_the_middle_half_may_be_chance),
        IN_FIXTURE(test_nothing_standing_out_is_said),
        IN_FIXTURE(test_what_could_not_be_tested_is_not_in_line_with_the_peers),
        IN_FIXTURE(test_the_number_of_chance_findings_is_printed),
        IN_FIXTURE(test_figures_that_are_not_ranked_never_stand_out),
        IN_FIXTURE(test_parts_are_told_beside_those_of_the_peers),
        IN_FIXTURE(test_parts_without_peers_are_told_alone),
        IN_FIXTURE(test_parts_that_are_missing_say_why),
        IN_FIXTURE(test_a_missing_figure_comes_with_its_reason),
        IN_FIXTURE(test_national_flags_come_with_q_and_what_chance_gives),
        IN_FIXTURE(test_learning_names_the_peer_and_the_practice),
        IN_FIXTURE(test_one_period_is_said_to_be_no_trend),
        IN_FIXTURE(test_opportunity_only_where_the_interval_leaves_some),
        IN_FIXTURE(test_totals_are_given_and_never_compared),
        IN_FIXTURE(test_a_finding_is_told_with_its_distance_from_the_median),
        IN_FIXTURE(test_the_first_question_stands_beside_what_is_asked_about),
        IN_FIXTURE(test_what_stands_out_is_shown_in_depth),
        IN_FIXTURE(test_peers_that_cannot_be_told_apart_are_counted),
        IN_FIXTURE(test_area_and_peers_stand_side_by_side),
        IN_FIXTURE(test_less_spending_with_more_admissions_is_a_question),
        IN_FIXTURE(test_less_spending_with_a_good_outcome_is_no_verdict_either),
        IN_FIXTURE(test_within_one_deviation_is_about_the_same),
        IN_FIXTURE(test_the_chart_of_a_pair_says_what_the_words_beside_it_say),
        IN_FIXTURE(test_spending_is_paired_with_the_outcome_of_its_own_period),
        IN_FIXTURE(test_a_peer_that_came_a_long_way_is_named),
        IN_FIXTURE(test_the_steps_of_self_assessment_say_what_the_figures_say),
        IN_FIXTURE(test_the_opportunity_says_how_many_are_there_already),
        IN_FIXTURE(test_no_area_report_shows_a_missing_number),
        IN_FIXTURE(test_document_carries_notice_metadata_and_sound_structure),
    };
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
