/* Rules of the judge that are told in words: who is ranked, who is a peer, what counts as lasting,
 * what is learnt from whom. */
#include "judge_support.h"

#include "peerline/stats/proportion.h"
#include "peerline/stats/rate.h"

/* Twelve areas of 10,000 people with 100 events each, give or take what `extra` says. */
static World *plain_world(guint periods)
{
    World *w = world_new(12, 1);
    world_indicator(w, 0, MEASURE_RATE, KIND_COUNTS, periods);
    for (guint p = 0; p < periods; p++)
        for (guint a = 0; a < 12; a++)
            world_counts(w, 0, p, a, 95 + a % 11, 10000);
    return w;
}

/* ---- who is ranked ----------------------------------------------------------------------------
 */

static void missing_area_has_nothing(void **state)
{
    (void)state;
    World *w = plain_world(1);
    *world_cell(w, 0, 0, 4) = (Observation){.numerator = 3,
                                            .denominator = NAN,
                                            .value = NAN,
                                            .lower95 = NAN,
                                            .upper95 = NAN,
                                            .lower99_8 = NAN,
                                            .upper99_8 = NAN,
                                            .status = STATUS_SUPPRESSED};
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    const Verdict *v = verdict_at(a, 0, 0, 4);
    assert_false(v->ranked);
    assert_null(v->not_ranked);
    assert_int_equal(v->rank, 0);
    assert_int_equal(v->peers_ranked, 0);
    assert_true(isnan(v->lower95) && isnan(v->z_adjusted) && isnan(v->peer_median));
    assert_int_equal(v->outlier, OUTLIER_NOT_ESTIMABLE);
    assert_string_equal(direction_name(v->direction), "");
    assert_int_equal(a->indicators[0].periods[0].areas_ranked, 11);
    assert_int_equal(a->indicators[0].periods[0].areas_missing, 1);
    world_free(w);
}

static void small_numbers_are_shown_not_ranked(void **state)
{
    (void)state;
    World *w = plain_world(1);
    w->study.indicators[0].min_numerator = 10;
    world_counts(w, 0, 0, 2, 9, 100);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    const Verdict *v = verdict_at(a, 0, 0, 2);
    assert_false(v->ranked);
    assert_non_null(v->not_ranked);
    assert_false(isnan(v->lower95));
    assert_int_equal(v->rank, 0);
    assert_int_equal(verdict_at(a, 0, 0, 3)->peers_ranked, 11);
    assert_int_equal(a->indicators[0].periods[0].areas_with_value, 12);
    world_free(w);
}

static guint32 julian(GDateDay day, GDateMonth month, GDateYear year)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, day, month, year);
    return g_date_get_julian(&date);
}

/* The years 2011 and 2012; area 5 ends with March 2012, area 7 begins in April. */
static World *world_with_a_closing(Period periods[2])
{
    World *w = plain_world(2);
    for (gint32 p = 0; p < 2; p++)
        periods[p] = (Period){PERIOD_CALENDAR_YEAR, (2011 + p) * 12, 12};
    w->set.series[0].periods = periods;
    world_ring(w, 6);
    w->set.areas[5].valid_to = julian(31, G_DATE_MARCH, 2012);
    w->set.areas[7].valid_from = julian(1, G_DATE_APRIL, 2012);
    return w;
}

static void area_takes_part_while_it_exists(void **state)
{
    (void)state;
    Period periods[2];
    World *w = world_with_a_closing(periods);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_true(verdict_at(a, 0, 0, 5)->ranked);
    assert_false(verdict_at(a, 0, 1, 5)->ranked);
    assert_string_equal(verdict_at(a, 0, 1, 5)->not_ranked,
                        "the area did not exist at the end of the period");
    assert_false(verdict_at(a, 0, 0, 7)->ranked);
    assert_true(verdict_at(a, 0, 1, 7)->ranked);
    for (guint p = 0; p < 2; p++) {
        assert_int_equal(a->indicators[0].periods[p].areas_ranked, 11);
        assert_int_equal(a->indicators[0].periods[p].areas_with_value, 11);
        /* 95 + i % 11 for each of 12 areas, less the one that is not there */
        assert_true(is_near(a->indicators[0].periods[p].comparator_numerator,
                            11 * 95 + 55 + 95 - (p ? 100 : 102), 1e-12));
    }
    world_free(w);
}

static void closed_area_is_nobodys_peer(void **state)
{
    (void)state;
    Period periods[2];
    World *w = world_with_a_closing(periods);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_int_equal(assessment_peers(a, 0, 4)->n, 5); /* without 5, which has gone */
    assert_int_equal(assessment_peers(a, 0, 6)->n, 6);
    /* those of its own time: all six but the one that did not exist yet */
    assert_int_equal(assessment_peers(a, 0, 5)->n, 5);
    const PeerSet *odd = assessment_peers(a, 0, 5);
    for (guint k = 0; k < odd->n; k++)
        assert_int_not_equal(odd->areas[k], 7);
    world_free(w);
}

static void estimate_is_shown_not_ranked(void **state)
{
    (void)state;
    World *w = plain_world(1);
    world_cell(w, 0, 0, 3)->status = STATUS_ESTIMATED;
    world_cell(w, 0, 0, 4)->status = STATUS_RESTATED;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_false(verdict_at(a, 0, 0, 3)->ranked);
    assert_true(isnan(verdict_at(a, 0, 0, 3)->lower95));
    assert_true(verdict_at(a, 0, 0, 4)->ranked);
    assert_false(isnan(verdict_at(a, 0, 0, 4)->lower95));
    assert_int_equal(a->indicators[0].periods[0].areas_with_value, 12);
    world_free(w);
}

static void total_is_never_compared(void **state)
{
    (void)state;
    World *w = world_new(12, 1);
    world_indicator(w, 0, MEASURE_TOTAL, KIND_NONE, 1);
    for (guint a = 0; a < 12; a++) {
        Observation *o = world_cell(w, 0, 0, a);
        o->value = o->numerator = 1000 + a;
        o->status = STATUS_OK;
    }
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    for (guint i = 0; i < 12; i++) {
        const Verdict *v = verdict_at(a, 0, 0, i);
        assert_int_equal(v->rank, 0);
        assert_true(isnan(v->peer_median) && isnan(v->z_adjusted) && isnan(v->opportunity));
        assert_int_equal(v->outlier, OUTLIER_NOT_ESTIMABLE);
    }
    /* the nation's amount is the sum of its areas' */
    assert_true(is_near(a->indicators[0].periods[0].comparator, 12066, 1e-12));
    assert_true(is_near(a->indicators[0].periods[0].comparator_numerator, 12066, 1e-12));
    assert_null(a->indicators[0].opportunity_unit);
    world_free(w);
}

/* ---- national figure ----------------------------------------------------------------------------
 */

static void publishers_national_row_comes_first(void **state)
{
    (void)state;
    World *w = plain_world(1);
    w->set.series[0].national[0].value = 1234.5;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_true(a->indicators[0].periods[0].comparator == 1234.5);
    assert_string_equal(a->indicators[0].periods[0].comparator_source, "published");
    world_free(w);
}

/* Survey figures beside grossed-up counts: the quotient of the counts is on another footing. */
static void sum_outside_the_range_of_areas_is_no_comparator(void **state)
{
    (void)state;
    World *w = world_new(12, 1);
    world_indicator(w, 0, MEASURE_PUBLISHED, KIND_PUBLISHED, 1)->suffix = (char *)"%";
    w->study.indicators[0].per = 100;
    for (guint i = 0; i < 12; i++) {
        world_published(w, 0, 0, i, 40 + i, 38 + i, 42 + i);
        world_cell(w, 0, 0, i)->numerator = 4000 + 100 * i;
        world_cell(w, 0, 0, i)->denominator = 10;
    }
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_true(isnan(a->indicators[0].periods[0].comparator));
    assert_true(a->indicators[0].periods[0].target > 40 && a->indicators[0].periods[0].target < 51);
    world_free(w);
}

/* ---- rows of counts without counts --------------------------------------------------------------
 */

static void value_without_counts_keeps_published_limits_and_no_interval(void **state)
{
    (void)state;
    World *w = plain_world(1);
    world_cell(w, 0, 0, 7)->numerator = NAN;
    world_published(w, 0, 0, 7, 1001, 900, 1100);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    const Verdict *v = verdict_at(a, 0, 0, 7);
    assert_true(v->lower95 == 900 && v->upper95 == 1100);
    assert_true(v->rank > 0 && v->rank_lower == 0 && v->rank_upper == 0);
    assert_int_equal(v->outlier, OUTLIER_NOT_ESTIMABLE);
    assert_int_equal(a->indicators[0].periods[0].judged, 11);
    assert_int_equal(a->indicators[0].periods[0].areas_ranked, 12);
    world_free(w);
}

static void amounts_have_no_limits_whatever_the_file_says(void **state)
{
    (void)state;
    World *w = plain_world(1);
    w->set.series[0].kind = KIND_CLUSTERED;
    world_cell(w, 0, 0, 0)->lower95 = 1;
    world_cell(w, 0, 0, 0)->upper95 = 2;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_true(isnan(verdict_at(a, 0, 0, 0)->lower95));
    assert_string_equal(trend_name(verdict_at(a, 0, 0, 0)->trend), "not_calculable");
    world_free(w);
}

/* ---- peers --------------------------------------------------------------------------------------
 */

static World *neighbour_world(void)
{
    World *w = plain_world(1);
    PeerGrouping *g = world_grouping(w, PEERS_NEIGHBOURS);
    g->k = 3;
    g->fallback = 0;
    g->n_variables = 2;
    g->variables = world_take(w, g_new0(PeerVariable, 2));
    g->variables[0] =
        (PeerVariable){.id = (char *)"age", .title = (char *)"people over 85", .weight = 1};
    g->variables[1] = (PeerVariable){.id = (char *)"imd", .weight = 1};
    double *values = world_take(w, g_new(double, 24));
    for (guint a = 0; a < 12; a++) {
        values[2 * a] = a * a;
        values[2 * a + 1] = 3;
        w->set.areas[a].classes[0] = (char *)(a < 6 ? "North" : "South");
    }
    w->set.peer_values[0] = (PeerValues){2, values};
    return w;
}

static void neighbours_are_nearest_first(void **state)
{
    (void)state;
    World *w = neighbour_world();
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    const PeerSet *p = assessment_peers(a, 0, 5); /* 25: 16 and 36 are 9 and 11 away, 9 is 16 */
    const guint expected[] = {4, 6, 3};
    assert_int_equal(p->n, 3);
    for (guint i = 0; i < 3; i++)
        assert_int_equal(p->areas[i], expected[i]);
    assert_true(is_near(p->distances[0], 9.0 / 121, 1e-12));
    assert_string_equal(p->label, "neighbours");
    assert_false(p->fell_back);
    world_free(w);
}

static void area_without_a_variable_falls_back_and_says_which(void **state)
{
    (void)state;
    World *w = neighbour_world();
    w->set.peer_values[0].values[2 * 5] = NAN;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    const PeerSet *p = assessment_peers(a, 0, 5);
    assert_true(p->fell_back);
    assert_int_equal(p->n, 5);
    assert_string_equal(p->label, "North");
    assert_non_null(strstr(p->why, "people over 85"));
    for (guint i = 0; i < 12; i++)
        for (guint j = 0; i != 5 && j < assessment_peers(a, 0, i)->n; j++)
            if (!assessment_peers(a, 0, i)->fell_back)
                assert_int_not_equal(assessment_peers(a, 0, i)->areas[j], 5);
    world_free(w);
}

static void excluded_area_has_and_is_no_neighbour(void **state)
{
    (void)state;
    World *w = neighbour_world();
    char *exclude[] = {(char *)"A004", NULL};
    w->study.peers[0].exclude = exclude;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_true(assessment_peers(a, 0, 4)->fell_back);
    assert_non_null(assessment_peers(a, 0, 4)->why);
    assert_int_equal(assessment_peers(a, 0, 5)->areas[0], 6);
    world_free(w);
}

static void without_a_grouping_all_others_are_peers(void **state)
{
    (void)state;
    World *w = plain_world(1);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_null(assessment_peers(a, 0, 0));
    assert_int_equal(verdict_at(a, 0, 0, 0)->peers_ranked, 12);
    assert_int_equal(verdict_at(a, 0, 0, 0)->peer_rank, verdict_at(a, 0, 0, 0)->rank);
    world_free(w);
}

static void class_peers_share_the_class(void **state)
{
    (void)state;
    World *w = neighbour_world();
    w->study.peers[0].method = PEERS_CLASS;
    w->study.peers[0].class_index = 0;
    w->set.areas[11].classes[0] = (char *)"";
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_int_equal(assessment_peers(a, 0, 7)->n, 4);
    assert_string_equal(assessment_peers(a, 0, 7)->label, "South");
    assert_int_equal(assessment_peers(a, 0, 11)->n, 0);
    assert_non_null(assessment_peers(a, 0, 11)->why);
    assert_true(isnan(verdict_at(a, 0, 0, 11)->peer_median));
    world_free(w);
}

/* ---- time ---------------------------------------------------------------------------------------
 */

static void flags_last_while_on_the_same_side(void **state)
{
    (void)state;
    World *w = plain_world(6);
    const double x[] = {250, 250, 20, 250, 250, 250};
    for (guint p = 0; p < 6; p++)
        world_counts(w, 0, p, 3, x[p], 10000);
    const guint expected[] = {1, 2, 1, 1, 2, 3};
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    for (guint p = 0; p < 6; p++) {
        assert_int_equal(verdict_at(a, 0, p, 3)->persistent_periods, expected[p]);
        assert_int_equal(verdict_at(a, 0, p, 5)->persistent_periods, 0);
    }
    world_free(w);
}

static void missing_period_ends_what_lasts(void **state)
{
    (void)state;
    World *w = plain_world(3);
    for (guint p = 0; p < 3; p++)
        world_counts(w, 0, p, 3, 250, 10000);
    world_cell(w, 0, 1, 3)->value = NAN;
    world_cell(w, 0, 1, 3)->status = STATUS_NOT_REPORTED;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_int_equal(verdict_at(a, 0, 2, 3)->persistent_periods, 1);
    world_free(w);
}

static World *rising_world(Measure measure)
{
    World *w = world_new(12, 1);
    world_indicator(w, 0, measure, KIND_COUNTS, 6);
    for (guint p = 0; p < 6; p++)
        for (guint a = 0; a < 12; a++)
            world_counts(w, 0, p, a, 1000 + 150 * p, 10000);
    return w;
}

static void trend_needs_five_consecutive_years(void **state)
{
    (void)state;
    const Measure measures[] = {MEASURE_RATE, MEASURE_PROPORTION};
    for (guint m = 0; m < 2; m++) {
        World *w = rising_world(measures[m]);
        g_autoptr(Assessment) a = assess(&w->study, &w->set);
        assert_string_equal(trend_name(verdict_at(a, 0, 3, 0)->trend), "not_calculable");
        assert_string_equal(verdict_at(a, 0, 3, 0)->trend_reason,
                            trend_reason_text(TREND_FEW_POINTS));
        assert_string_equal(trend_name(verdict_at(a, 0, 4, 0)->trend), "increasing");
        assert_string_equal(trend_name(verdict_at(a, 0, 5, 0)->trend), "increasing");
        assert_null(verdict_at(a, 0, 5, 0)->trend_reason);
        world_free(w);
    }
}

static void gap_in_the_years_stops_the_trend(void **state)
{
    (void)state;
    World *w = rising_world(MEASURE_RATE);
    w->set.series[0].period_order[5] = 2017; /* 2016 is missing, five years are there */
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_string_equal(verdict_at(a, 0, 5, 0)->trend_reason, trend_reason_text(TREND_GAP));
    w->set.series[0].period_order[5] = G_MININT32;
    g_autoptr(Assessment) b = assess(&w->study, &w->set);
    assert_int_equal(verdict_at(b, 0, 5, 0)->trend, TREND_NOT_CALCULABLE);
    assert_non_null(verdict_at(b, 0, 5, 0)->trend_reason);
    world_free(w);
}

static void proportion_of_none_or_all_has_no_trend(void **state)
{
    (void)state;
    World *w = rising_world(MEASURE_PROPORTION);
    world_counts(w, 0, 5, 1, 10000, 10000);
    world_counts(w, 0, 3, 2, 0, 10000);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_int_equal(verdict_at(a, 0, 5, 1)->trend, TREND_NOT_CALCULABLE);
    assert_int_equal(verdict_at(a, 0, 5, 2)->trend, TREND_NOT_CALCULABLE);
    assert_int_equal(verdict_at(a, 0, 5, 3)->trend, TREND_INCREASING);
    world_free(w);
}

/* ---- opportunity, learning
 * ------------------------------------------------------------------------ */

static void better_than_the_peers_means_no_opportunity(void **state)
{
    (void)state;
    const Polarity both[] = {POLARITY_LOW, POLARITY_HIGH};
    for (guint k = 0; k < 2; k++) {
        World *w = plain_world(1);
        w->study.indicators[0].polarity = both[k];
        g_autoptr(Assessment) a = assess(&w->study, &w->set);
        for (guint i = 0; i < 12; i++) {
            const Verdict *v = verdict_at(a, 0, 0, i);
            const double gap = world_cell(w, 0, 0, i)->value - v->peer_median;
            const gboolean better = both[k] == POLARITY_LOW ? gap <= 0 : gap >= 0;
            assert_true(better ? v->opportunity == 0 : v->opportunity > 0);
            assert_true(v->opportunity_lower <= v->opportunity);
            assert_true(v->opportunity_upper >= v->opportunity);
        }
        assert_string_equal(a->indicators[0].opportunity_unit, "events");
        world_free(w);
    }
}

static void neither_is_never_better_or_worse(void **state)
{
    (void)state;
    World *w = plain_world(1);
    w->study.indicators[0].polarity = POLARITY_NEITHER;
    world_counts(w, 0, 0, 0, 400, 10000);
    world_counts(w, 0, 0, 1, 10, 10000);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_string_equal(judgement_name(verdict_at(a, 0, 0, 0)->judgement), "higher");
    assert_string_equal(judgement_name(verdict_at(a, 0, 0, 1)->judgement), "lower");
    assert_string_equal(judgement_name(verdict_at(a, 0, 0, 5)->judgement), "similar");
    assert_true(isnan(verdict_at(a, 0, 0, 0)->opportunity));
    assert_int_equal(a->n_learn, 0);
    world_free(w);
}

static World *paired_world(void)
{
    World *w = world_new(12, 2);
    world_indicator(w, 0, MEASURE_RATE, KIND_COUNTS, 1);
    world_indicator(w, 1, MEASURE_RATIO, KIND_NONE, 1)->polarity = POLARITY_NEITHER;
    for (guint a = 0; a < 12; a++) {
        world_counts(w, 0, 0, a, a < 2 ? 40 : 100, 10000);
        world_counts(w, 1, 0, a, 1000 + 10 * a, 10);
    }
    w->study.pairs = world_take(w, g_new0(Pair, 1));
    w->study.pairs[0] = (Pair){.spend = 1, .outcome = 0};
    w->study.n_pairs = 1;
    return w;
}

static void nobody_learns_from_a_peer_that_spends_more(void **state)
{
    (void)state;
    World *w = paired_world();
    world_counts(w, 1, 0, 1, 5000, 10);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_int_equal(a->n_learn, 10); /* the ten from area 0, none from area 1 */
    for (guint i = 0; i < a->n_learn; i++) {
        assert_int_equal(a->learn[i].peer, 0);
        assert_int_equal(a->learn[i].area, i + 2);
        assert_true(is_near(a->learn[i].spend_difference, -(double)(i + 2), 1e-12));
        assert_true(is_near(a->learn[i].difference, -600, 1e-12));
    }
    world_free(w);
}

static void unknown_spend_is_not_less_spend(void **state)
{
    (void)state;
    World *w = paired_world();
    world_cell(w, 1, 0, 0)->value = NAN;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    for (guint i = 0; i < a->n_learn; i++)
        assert_int_equal(a->learn[i].peer, 1);
    world_free(w);
}

static void practice_of_the_peer_is_named(void **state)
{
    (void)state;
    World *w = paired_world();
    int about[] = {0};
    Practice practice[] = {
        {.id = (char *)"other", .area = (char *)"A005", .indicators = about, .n_indicators = 1},
        {.id = (char *)"case", .area = (char *)"A001", .indicators = about, .n_indicators = 1},
    };
    w->study.practice = practice;
    w->study.n_practice = 2;
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_int_equal(a->n_learn, 20);
    for (guint i = 0; i < a->n_learn; i++)
        assert_int_equal(a->learn[i].practice, a->learn[i].peer == 1 ? 1 : -1);
    world_free(w);
}

/* ---- several indicators, order
 * ---------------------------------------------------------------------- */

static void area_q_is_over_its_indicators(void **state)
{
    (void)state;
    World *w = world_new(12, 3);
    for (guint i = 0; i < 3; i++) {
        world_indicator(w, i, MEASURE_RATE, KIND_COUNTS, 2);
        for (guint p = 0; p < 2; p++)
            for (guint a = 0; a < 12; a++)
                world_counts(w, i, p, a, 90 + (a * (i + 3) + p) % 23, 10000);
    }
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    for (guint area = 0; area < 12; area++) {
        double p[3];
        for (guint i = 0; i < 3; i++)
            p[i] = verdict_at(a, i, 1, area)->p_value;
        for (guint i = 0; i < 3; i++) { /* Benjamini-Hochberg, written out for three */
            double q = 1;
            for (guint j = 0; j < 3; j++) {
                const guint rank = (p[0] <= p[j]) + (p[1] <= p[j]) + (p[2] <= p[j]);
                if (p[j] >= p[i])
                    q = fmin(q, p[j] * 3 / rank);
            }
            assert_true(is_near(verdict_at(a, i, 1, area)->q_area, q, 1e-12));
            assert_true(isnan(verdict_at(a, i, 0, area)->q_area));
        }
    }
    world_free(w);
}

/* Areas in another order: every area keeps its verdict. */
static void order_of_areas_does_not_matter(void **state)
{
    (void)state;
    World *w = world_new(12, 1), *other = world_new(12, 1);
    world_indicator(w, 0, MEASURE_RATE, KIND_COUNTS, 1);
    world_indicator(other, 0, MEASURE_RATE, KIND_COUNTS, 1);
    for (guint a = 0; a < 12; a++) {
        world_counts(w, 0, 0, a, 80 + 7 * ((a * 5) % 12), 9000 + 300 * a);
        world_counts(other, 0, 0, 11 - a, 80 + 7 * ((a * 5) % 12), 9000 + 300 * a);
    }
    g_autoptr(Assessment) x = assess(&w->study, &w->set);
    g_autoptr(Assessment) y = assess(&other->study, &other->set);
    for (guint a = 0; a < 12; a++) {
        const Verdict *u = verdict_at(x, 0, 0, a), *v = verdict_at(y, 0, 0, 11 - a);
        assert_int_equal(u->rank, v->rank);
        assert_int_equal(u->rank_lower, v->rank_lower);
        assert_int_equal(u->rank_upper, v->rank_upper);
        assert_int_equal(u->outlier, v->outlier);
        assert_true(is_near(u->z_adjusted, v->z_adjusted, 1e-9));
        assert_true(is_near(u->peer_z, v->peer_z, 1e-9));
        assert_true(is_near(u->opportunity_upper, v->opportunity_upper, 1e-9));
    }
    world_free(w);
    world_free(other);
}

static void nothing_is_infinite(void **state)
{
    (void)state;
    World *w = world_new(11, 1);
    world_indicator(w, 0, MEASURE_RATE, KIND_COUNTS, 1);
    for (guint a = 0; a < 11; a++)
        world_counts(w, 0, 0, a, a == 10 ? 1 : 0, a == 10 ? 1e-6 : 1e9);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    for (guint i = 0; i < 11; i++) {
        const Verdict *v = verdict_at(a, 0, 0, i);
        const double all[] = {
            v->lower95,     v->upper95,     v->lower99_8,         v->upper99_8, v->z,
            v->z_adjusted,  v->p_value,     v->q_value,           v->funnel[0], v->funnel[3],
            v->adjusted[0], v->adjusted[3], v->opportunity_upper, v->peer_z};
        for (guint k = 0; k < G_N_ELEMENTS(all); k++)
            assert_false(isinf(all[k]));
    }
    world_free(w);
}

static void empty_world_is_judged(void **state)
{
    (void)state;
    World *w = world_new(0, 1);
    world_indicator(w, 0, MEASURE_RATE, KIND_COUNTS, 0);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    assert_int_equal(a->indicators[0].latest, -1);
    assert_int_equal(a->n_learn, 0);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_area_has_nothing),
        cmocka_unit_test(small_numbers_are_shown_not_ranked),
        cmocka_unit_test(area_takes_part_while_it_exists),
        cmocka_unit_test(closed_area_is_nobodys_peer),
        cmocka_unit_test(estimate_is_shown_not_ranked),
        cmocka_unit_test(total_is_never_compared),
        cmocka_unit_test(publishers_national_row_comes_first),
        cmocka_unit_test(sum_outside_the_range_of_areas_is_no_comparator),
        cmocka_unit_test(value_without_counts_keeps_published_limits_and_no_interval),
        cmocka_unit_test(amounts_have_no_limits_whatever_the_file_says),
        cmocka_unit_test(neighbours_are_nearest_first),
        cmocka_unit_test(area_without_a_variable_falls_back_and_says_which),
        cmocka_unit_test(excluded_area_has_and_is_no_neighbour),
        cmocka_unit_test(without_a_grouping_all_others_are_peers),
        cmocka_unit_test(class_peers_share_the_class),
        cmocka_unit_test(flags_last_while_on_the_same_side),
        cmocka_unit_test(missing_period_ends_what_lasts),
        cmocka_unit_test(trend_needs_five_consecutive_years),
        cmocka_unit_test(gap_in_the_years_stops_the_trend),
        cmocka_unit_test(proportion_of_none_or_all_has_no_trend),
        cmocka_unit_test(better_than_the_peers_means_no_opportunity),
        cmocka_unit_test(neither_is_never_better_or_worse),
        cmocka_unit_test(nobody_learns_from_a_peer_that_spends_more),
        cmocka_unit_test(unknown_spend_is_not_less_spend),
        cmocka_unit_test(practice_of_the_peer_is_named),
        cmocka_unit_test(area_q_is_over_its_indicators),
        cmocka_unit_test(order_of_areas_does_not_matter),
        cmocka_unit_test(nothing_is_infinite),
        cmocka_unit_test(empty_world_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
