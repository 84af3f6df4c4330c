#include "support.h"

#include "fixture.h"
#include "peerline/report/reports.h"
#include "report_text.h"

/** What the national report says, and that its structure holds together. */

typedef struct {
    Fixture f;
    Document *d;
    char *text;
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    for (guint p = 0; p < FIX_PERIODS; p++)
        s->f.summaries[0][p].judged = 3;
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    document_free(s->d);
    g_free(s->text);
    g_free(s);
    return 0;
}

static const char *text_of(State *s)
{
    document_free(s->d);
    g_free(s->text);
    s->d = report_national(&s->f.context);
    s->text = report_text(s->d);
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

static void test_the_cover_says_who_when_and_what(void **state)
{
    const char *text = text_of(*state);
    assert_contains(text, "A tiny study\n");
    assert_contains(text, "Nobody & Sons\nPublished 25 October 2017\nStatus: invented\n");
    assert_contains(text, "4 areas and 3 indicators, Nowhere\n");
}

static void test_variation_is_given_with_and_without_extremes(void **state)
{
    const char *text = text_of(*state);
    /* 365/335 = 1.0896, 370/333 = 1.111 */
    assert_contains(text, "335 to 365 | 1.09 | 1.1 | 1 (0) | 1\n");
    assert_contains(text, "One in ten had less than 335 and one in ten more than 365");
    assert_contains(text, "All areas lie between 333 and 370 (1.1 times as high).");
}

static void test_every_flagged_area_is_listed_in_both_directions(void **state)
{
    State *s = *state;
    Verdict *low = &s->f.verdicts[0][FIX_AREAS];
    low->outlier = OUTLIER_ALERT;
    low->direction = DIRECTION_LOWER;
    low->z_adjusted = -2.2;
    low->q_value = 0.04;
    low->persistent_periods = 1;
    s->f.summaries[0][1].alerts = 1;
    const char *text = text_of(s);
    assert_contains(text, "2016-17: 2 of 3 areas flagged; chance alone would give about 0.2.");
    assert_contains(text, "above the 99.8% limits | 0.001 | 2\n");
    assert_contains(text, "Plain | 412 | 348 | below the 95% limits | 0.040 | 1\n");
    assert_contains(text, "Above the limits (1): Comma, \"Quoted\" & <Marked> (429).");
    assert_contains(text, "Below the limits (1): Plain (412).");
    assert_contains(text, "A starting point for questions, not a judgement.");
}

static void test_figures_without_error_are_unusual_not_outside(void **state)
{
    State *s = *state;
    Verdict *v = &s->f.verdicts[1][FIX_AREAS];
    v->outlier = OUTLIER_ALERT;
    v->direction = DIRECTION_HIGHER;
    v->z_adjusted = 2.5;
    s->f.summaries[1][1].alerts = 1;
    s->f.summaries[1][1].judged = 4;
    const char *text = text_of(s);
    g_autofree char *section =
        report_text_between(text, "Spending per person", "All areas outside the limits");
    assert_contains(section, "1 of 4 areas is unusual among areas");
    assert_contains(section, "Unusually high (1): Plain (£");
    assert_lacks(section, "Above the limits");
}

static void test_missing_areas_come_with_their_reasons(void **state)
{
    const char *text = text_of(*state);
    assert_contains(text, "Fewer than eight admissions (1): Deep Haven");
    assert_contains(text, "Falls, 2016-17 | 3 | 0 | suppressed by the publisher: 1\n");
    assert_contains(text, "There is nothing to show for this indicator: the column is not there.");
}

static void test_nobody_judged_is_said_with_the_reason(void **state)
{
    State *s = *state;
    s->f.summaries[0][1].not_estimable = "fewer than 10 areas have what a comparison needs";
    assert_contains(text_of(s),
                    "No area is judged here: fewer than 10 areas have what a comparison "
                    "needs.");
}

static void test_data_quality_counts_rejects_and_left_out(void **state)
{
    const char *text = text_of(*state);
    assert_contains(text, "2 rows were left out because no rule could use them.");
    assert_contains(text, "admissions.csv | not a number | 1 | no\n");
    assert_contains(text, "admissions.csv | unknown area | 1 | yes, all\n");
    assert_contains(text, "empty: the column is not there\n");
    assert_contains(text, "Every area is compared with the peers intended for it.");
}

static void test_sources_carry_hash_licence_and_date(void **state)
{
    const char *text = text_of(*state);
    assert_contains(text, "Nobody. Licence: Invented.");
    assert_contains(text,
                    "File admissions.csv, SHA-256 00ff, retrieved 20 October 2017, 9 rows read, "
                    "2 rejected.");
}

static void test_learning_counts_the_learners(void **state)
{
    const char *text = text_of(*state);
    g_autofree char *learning = report_text_between(text, "Areas to learn from", "Methods");
    assert_contains(learning, "Falls, 2016-17 | Deep Haven | \u2013 | 1 | see below\n");
    assert_contains(learning, "Balance classes, twice a week (Deep Haven)");
}

static void test_the_index_has_every_area_and_its_flags(void **state)
{
    const char *text = text_of(*state);
    assert_contains(text, "Comma, \"Quoted\" & <Marked> | A2 | North | Falls (high)\n");
    assert_contains(text, "Plain | A1 | North | none\n");
    assert_contains(text, "Deep Haven | A4 | North | to learn from\n");
}

/* ---- maps, parts, spend and outcome ---- */

static void test_areas_that_are_not_on_the_map_are_named(void **state)
{
    static const char hexes[] = "{\"layout\": \"odd-r\", \"hexes\": {"
                                "\"A1\": {\"n\": \"One\", \"q\": 0, \"r\": 0},"
                                "\"A2\": {\"n\": \"Two\", \"q\": 1, \"r\": 0}}}";
    State *s = *state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    const GeometryOptions options = {.kind = GEOMETRY_HEXJSON};
    g_autoptr(Geometry) map = geometry_parse(hexes, strlen(hexes), "h", &options, diags, NULL);
    MapDefinition definition = {.id = "m", .title = "Map"};
    s->f.study.maps = &definition;
    s->f.set.maps = &map;
    s->f.study.n_maps = s->f.set.n_maps = 1;
    const char *text = text_of(s);
    assert_contains(text, "Where figures are high and low, 2016-17");
    assert_contains(text, "Not on the map: ");
    assert_lacks(text, "Not on the map: Plain");
    assert_contains(text, "Maps show the same figures where the areas lie");
}

static void test_without_a_map_none_is_explained(void **state)
{
    const char *text = text_of(*state);
    assert_lacks(text, "Where figures are high and low");
    assert_lacks(text, "Maps show the same figures");
}

static void test_the_largest_part_is_told_with_its_range(void **state)
{
    State *s = *state;
    CompositionPart parts[2] = {{.title = "Homes"}, {.title = "Care at home"}};
    Composition what = {.id = "c",
                        .title = "Support",
                        .unit = "per person",
                        .prefix = "£",
                        .parts = parts,
                        .n_parts = 2};
    /* shares of homes: 60/100, 30/40, 45/90; the fourth area lacks a part */
    double values[] = {60, 40, 30, 10, 45, 45, 20, NAN}, totals[] = {100, 40, 90, NAN};
    MadeGroup nation = {
        .class_index = -1, .name = "Nowhere", .n = 3, .parts = {45, 35}, .total = 80};
    Period period;
    assert_true(period_parse("2016-17", &period));
    Made made = {.known = TRUE,
                 .period = period,
                 .parts = values,
                 .total = totals,
                 .groups = &nation,
                 .n_groups = 1};
    s->f.study.compositions = &what;
    s->f.set.made = &made;
    s->f.study.n_compositions = s->f.set.n_made = 1;
    const char *text = text_of(s);
    assert_contains(text, "The largest part is Homes: 56% of £80 per person. Among areas it is "
                          "between 50% and 75%.");
    assert_contains(text, "Without a bar (1), as a part is not known: ");
    assert_contains(text, "Areas 1 to 3 of 3, the largest total first");
}

static void test_flags_of_three_periods_in_a_row_are_persistent(void **state)
{
    State *s = *state;
    Verdict *v = &s->f.verdicts[0][FIX_AREAS + 1];
    assert_int_equal(v->outlier, OUTLIER_ALARM);
    v->persistent_periods = 2;
    assert_lacks(text_of(s), "Outside the limits for years"); /* no indicator has three periods */
}

/* One more period of the first indicator than the fixture has: the last one again. */
typedef struct {
    Observation grid[(FIX_PERIODS + 1) * FIX_AREAS], national[FIX_PERIODS + 1];
    Verdict verdicts[(FIX_PERIODS + 1) * FIX_AREAS];
    PeriodSummary summaries[FIX_PERIODS + 1];
    char *labels[FIX_PERIODS + 1], *notes[FIX_PERIODS + 1];
} ThreePeriods;

static void add_period(Fixture *f, ThreePeriods *t)
{
    Series *s = &f->series[0];
    IndicatorAssessment *a = &f->judged[0];
    for (guint p = 0; p <= FIX_PERIODS; p++) {
        const guint from = MIN(p, FIX_PERIODS - 1);
        memcpy(&t->grid[p * FIX_AREAS], &s->grid[from * FIX_AREAS], FIX_AREAS * sizeof *t->grid);
        memcpy(&t->verdicts[p * FIX_AREAS], &a->grid[from * FIX_AREAS],
               FIX_AREAS * sizeof *t->verdicts);
        t->national[p] = s->national[from];
        t->summaries[p] = a->periods[from];
        t->labels[p] = p < FIX_PERIODS ? s->period_labels[p] : "2017-18";
    }
    s->n_periods = FIX_PERIODS + 1;
    s->grid = t->grid;
    s->national = t->national;
    s->period_labels = t->labels;
    s->sum_note = t->notes;
    a->grid = t->verdicts;
    a->periods = t->summaries;
    a->latest = FIX_PERIODS;
}

static void flag(Verdict *v, Outlier level, Direction direction, guint periods)
{
    v->outlier = level;
    v->direction = direction;
    v->persistent_periods = periods;
}

/* Two of three flagged areas have been for three periods or more: the longest first. */
static void test_the_table_of_years_has_the_longest_first(void **state)
{
    State *s = *state;
    ThreePeriods t = {0};
    add_period(&s->f, &t);
    Verdict *latest = &t.verdicts[FIX_PERIODS * FIX_AREAS];
    flag(&latest[0], OUTLIER_ALERT, DIRECTION_LOWER, 3);
    flag(&latest[1], OUTLIER_ALARM, DIRECTION_HIGHER, 2);
    flag(&latest[2], OUTLIER_ALARM, DIRECTION_HIGHER, 5);
    g_autofree char *years =
        report_text_between(text_of(s), "Outside the limits for years", "Areas to learn from");
    const char *longest = strstr(years, "Ynys M\u00f4n | Falls | above the 99.8% limits | 5\n");
    const char *next = strstr(years, "Plain | Falls | below the 95% limits | 3");
    assert_true(longest && next && longest < next);
    assert_lacks(years, "Quoted");
    assert_contains(s->text, "Ynys M\u00f4n | A3 | North | Falls (high); outside for years");
}

/* Percentages and large amounts as a person would say them, beside the figures. */
static void test_shares_and_millions_are_said_in_plain_words(void **state)
{
    State *s = *state;
    Indicator *spend = &s->f.indicators[1];
    s->f.indicators[0].prefix = NULL;
    s->f.indicators[0].suffix = "%";
    for (guint p = 0; p < FIX_PERIODS; p++)
        s->f.summaries[0][p].median = 20.4;
    spend->measure = MEASURE_TOTAL;
    spend->prefix = "\u00a3";
    spend->suffix = " million";
    spend->unit = "\u00a3 million";
    spend->decimals = 1;
    s->f.summaries[1][FIX_PERIODS - 1].comparator = 14578.1;
    const char *text = text_of(s);
    assert_contains(text, "about 1 in 5. One in ten had");
    assert_contains(text, "\u00a314,578.1 million (about \u00a315 billion) in 2016-17");
    spend->suffix = NULL;
    spend->unit = "\u00a3";
    s->f.summaries[1][FIX_PERIODS - 1].comparator = 1234567;
    assert_contains(text_of(s), "\u00a31,234,567.0 (about \u00a31.2 million) in 2016-17");
}

/* Three areas spend the same; the outcome, of which little is good, is at the median for one. */
static void set_pair_at_the_medians(Fixture *f)
{
    static const double outcome[] = {10, 5, 20};
    for (guint a = 0; a < 3; a++) {
        f->grids[1][FIX_AREAS + a].value = 100;
        f->grids[0][FIX_AREAS + a].value = outcome[a];
    }
    f->verdicts[1][FIX_AREAS + 3].ranked = f->verdicts[0][FIX_AREAS + 3].ranked = FALSE;
    PeriodSummary *x = &f->summaries[1][1], *y = &f->summaries[0][1];
    x->median = x->lower_quartile = x->upper_quartile = 100;
    y->median = 10;
    y->lower_quartile = 7.5;
    y->upper_quartile = 15;
}

static void test_words_and_chart_count_the_corners_of_a_pair_alike(void **state)
{
    State *s = *state;
    set_pair_at_the_medians(&s->f);
    const char *text = text_of(s);
    assert_contains(text, "Higher spending, better outcome: 2 of 3 areas");
    assert_contains(text, "Higher spending, less good outcome: 1 of 3 areas");
    assert_contains(text, "Lower spending, better outcome: 0 of 3 areas");
    assert_contains(text, "2: Higher spending, better outcome");
    assert_contains(text, "1: Higher spending, less good outcome");
    assert_contains(text, "0: Lower spending, better outcome");
}

static void test_nobody_is_said_to_have_more_than_the_highest(void **state)
{
    State *s = *state;
    s->f.indicators[0].suffix = "%";
    PeriodSummary *latest = &s->f.summaries[0][1];
    latest->median = latest->p90 = latest->max = 100;
    latest->p10 = 66;
    latest->min = 50;
    const char *text = text_of(s);
    assert_contains(text, "One in ten had less than 66%, at least one in ten had the highest "
                          "figure, 100%.");
    assert_lacks(text, "more than 100%");
    latest->p10 = latest->min = 50;
    latest->max = 101;
    assert_contains(text_of(s), "At least one in ten had the lowest figure, 50%, one in ten had "
                                "more than 100%.");
}

enum { MANY = 100, MANY_HIGH = 70, MANY_LOW = 20 };

/* A hundred areas of which 70 lie above the limits and 20 below, "Area 00" to "Area 99". */
typedef struct {
    Area areas[MANY];
    char names[MANY][12];
    Observation grid[FIX_PERIODS * MANY];
    Verdict verdicts[FIX_PERIODS * MANY];
} Many;

static void flag_many(Fixture *f, Many *m)
{
    for (guint a = 0; a < MANY; a++) {
        g_snprintf(m->names[a], sizeof m->names[a], "Area %02u", a);
        m->areas[a] = f->areas[0];
        m->areas[a].code = m->areas[a].name = m->areas[a].short_name = m->names[a];
    }
    for (guint k = 0; k < FIX_PERIODS * MANY; k++) {
        const guint a = k % MANY;
        const gboolean flagged = a < MANY_HIGH + MANY_LOW;
        m->grid[k] = fixture_observation(100 + a, 30000, 100000);
        m->verdicts[k] = fixture_verdict(m->grid[k].value);
        m->verdicts[k].outlier = flagged ? OUTLIER_ALERT : OUTLIER_NONE;
        m->verdicts[k].direction = a < MANY_HIGH ? DIRECTION_HIGHER : DIRECTION_LOWER;
        m->verdicts[k].z_adjusted = 4 - a / 100.0;
    }
    f->set.areas = m->areas;
    f->set.n_areas = f->assessment.n_areas = MANY;
    f->series[0].grid = m->grid;
    f->judged[0].grid = m->verdicts;
    f->summaries[0][1].alerts = MANY_HIGH + MANY_LOW;
    f->study.n_indicators = f->set.n_indicators = f->assessment.n_indicators = 1;
    f->order[0] = 0;
    f->study.n_pairs = f->study.n_peers = f->study.n_practice = 0;
    f->assessment.n_groupings = f->assessment.n_learn = 0;
}

static void test_a_list_that_is_cut_keeps_both_directions(void **state)
{
    State *s = *state;
    g_autofree Many *many = g_new0(Many, 1);
    flag_many(&s->f, many);
    assert_contains(text_of(s), "Area 89 | "); /* the last of the 20 below */
    assert_contains(text_of(s), "Area 39 | "); /* and 40 of those above */
    assert_lacks(text_of(s), "Area 40 | 467");
}

/* ---- structure ---- */

static void test_links_lead_somewhere_and_headings_skip_no_level(void **state)
{
    State *s = *state;
    text_of(s);
    assert_int_equal(report_structure_faults(s->d), 0);
}

static void test_no_missing_number_is_shown(void **state)
{
    g_autofree char *text = g_ascii_strdown(text_of(*state), -1);
    static const char *const never[] = {" nan", "(nan", "-nan", " inf ", "(null)", "{", "}"};
    for (guint k = 0; k < G_N_ELEMENTS(never); k++)
        assert_lacks(text, never[k]);
}

static void test_an_empty_study_still_makes_a_report(void **state)
{
    State *s = *state;
    s->f.study.n_indicators = s->f.study.n_sources = s->f.study.n_practice = 0;
    s->f.study.n_peers = s->f.assessment.n_groupings = s->f.assessment.n_learn = 0;
    s->f.set.n_areas = s->f.set.n_rejects = 0;
    s->f.context.left_out = NULL;
    const char *text = text_of(s);
    assert_contains(text, "No indicator has figures from which the variation");
    assert_contains(text, "No indicator of this study has figures that can be judged.");
    assert_contains(text, "This study has no register of practice cases");
    assert_contains(text, "This study names no sources.");
    assert_contains(text, "Nothing was left out");
}

#define IN_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FIXTURE(test_the_cover_says_who_when_and_what),
        IN_FIXTURE(test_variation_is_given_with_and_without_extremes),
        IN_FIXTURE(test_every_flagged_area_is_listed_in_both_directions),
        IN_FIXTURE(test_figures_without_error_are_unusual_not_outside),
        IN_FIXTURE(test_missing_areas_come_with_their_reasons),
        IN_FIXTURE(test_nobody_judged_is_said_with_the_reason),
        IN_FIXTURE(test_data_quality_counts_rejects_and_left_out),
        IN_FIXTURE(test_sources_carry_hash_licence_and_date),
        IN_FIXTURE(test_learning_counts_the_learners),
        IN_FIXTURE(test_the_index_has_every_area_and_its_flags),
        IN_FIXTURE(test_areas_that_are_not_on_the_map_are_named),
        IN_FIXTURE(test_without_a_map_none_is_explained),
        IN_FIXTURE(test_the_largest_part_is_told_with_its_range),
        IN_FIXTURE(test_flags_of_three_periods_in_a_row_are_persistent),
        IN_FIXTURE(test_the_table_of_years_has_the_longest_first),
        IN_FIXTURE(test_shares_and_millions_are_said_in_plain_words),
        IN_FIXTURE(test_words_and_chart_count_the_corners_of_a_pair_alike),
        IN_FIXTURE(test_nobody_is_said_to_have_more_than_the_highest),
        IN_FIXTURE(test_a_list_that_is_cut_keeps_both_directions),
        IN_FIXTURE(test_links_lead_somewhere_and_headings_skip_no_level),
        IN_FIXTURE(test_no_missing_number_is_shown),
        IN_FIXTURE(test_an_empty_study_still_makes_a_report),
    };
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
