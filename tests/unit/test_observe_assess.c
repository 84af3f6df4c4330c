/* The one CSV of `assess` becomes a study: which rows, which scale, which kind of uncertainty. */
#include "support.h"

#include "peerline/base/error.h"
#include "peerline/observe/assess_input.h"

typedef struct {
    Study *study;
    ObservationSet *set;
    Diagnostics *diags;
    GError *error;
    gboolean ok;
} Read;

static Read read_with(AssessOptions options)
{
    Read r = {.diags = diagnostics_new()};
    r.ok = assess_read(&options, &r.study, &r.set, r.diags, &r.error);
    return r;
}

static void read_clear(Read *r)
{
    observation_set_free(r->set);
    study_free(r->study);
    diagnostics_free(r->diags);
    g_clear_error(&r->error);
}

/* Writes the text as data.csv and reads it with the options. */
static Read read_text(const char *dir, const char *text, AssessOptions options)
{
    g_autofree char *path = support_write(dir, "data.csv", text);
    options.data = path;
    return read_with(options);
}

static const Observation *cell(const Read *r, guint indicator, guint period, const char *code)
{
    const int area = observation_area(r->set, code);
    assert_true(area >= 0);
    return series_at(&r->set->series[indicator], r->set->n_areas, period, (guint)area);
}

#define TIDY "indicator_id,area_code,period,numerator,denominator"
#define FINGERTIPS                                                                                 \
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"   \
    "Category Type,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,"   \
    "Value note,Time period Sortable\n"

/* ---- tidy ---------------------------------------------------------------------------------------
 */

static void tidy_counts_are_rates_per_100000(void **state)
{
    Read r = read_text(*state, TIDY "\nx,B,2016,3,1000\nx,A,2015,5,1000\n", (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.set->n_areas, 2);
    assert_string_equal(r.set->areas[0].code, "A");
    assert_int_equal(r.study->indicators[0].measure, MEASURE_RATE);
    assert_true(r.study->indicators[0].per == 100000);
    assert_int_equal(r.set->series[0].kind, KIND_COUNTS);
    assert_int_equal(r.set->series[0].n_periods, 2);
    assert_true(cell(&r, 0, 0, "A")->value == 500);
    assert_int_equal(cell(&r, 0, 0, "A")->line, 3);
    assert_int_equal(cell(&r, 0, 1, "A")->status, STATUS_NOT_REPORTED);
    assert_int_equal(r.set->series[0].period_order[1], 2016);
    assert_int_equal(diagnostics_count(r.diags, DIAG_NOTE), 0);
    read_clear(&r);
}

static void per_and_proportion_are_inferred_from_values(void **state)
{
    Read r = read_text(*state,
                       TIDY ",value\np,A,2016,30,60,50\np,B,2016,10,40,25\n"
                            "t,A,2016,30,60000,0.5\nt,B,2016,90,60000,1.5\n"
                            "c,A,2016,90,60,150\nc,B,2016,30,60,50\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.study->indicators[0].measure, MEASURE_PROPORTION);
    assert_true(r.study->indicators[0].per == 100);
    assert_int_equal(r.study->indicators[1].measure, MEASURE_RATE);
    assert_true(r.study->indicators[1].per == 1000);
    assert_int_equal(r.study->indicators[2].measure, MEASURE_RATE); /* 90 of 60 is no part */
    assert_true(r.study->indicators[2].per == 100);
    for (guint i = 0; i < 3; i++)
        assert_int_equal(r.set->series[i].kind, KIND_COUNTS);
    read_clear(&r);
}

static void own_columns_win_over_options(void **state)
{
    Read r = read_text(*state, TIDY ",per,measure,polarity\nx,A,2016,30,60,1000,rate,high\n",
                       (AssessOptions){.per = "10", .measure = "proportion", .polarity = "low"});
    assert_true(r.ok);
    assert_int_equal(r.study->indicators[0].measure, MEASURE_RATE);
    assert_true(r.study->indicators[0].per == 1000);
    assert_int_equal(r.study->indicators[0].polarity, POLARITY_HIGH);
    read_clear(&r);
}

static void options_hold_where_the_file_says_nothing(void **state)
{
    Read r = read_text(
        *state, TIDY "\nx,A,2016,30,60\n",
        (AssessOptions){.measure = "proportion", .polarity = "low", .uncertainty = "clustered"});
    assert_true(r.ok);
    assert_true(r.study->indicators[0].per == 100);
    assert_int_equal(r.study->indicators[0].polarity, POLARITY_LOW);
    assert_int_equal(r.set->series[0].kind, KIND_CLUSTERED);
    assert_true(cell(&r, 0, 0, "A")->value == 50);
    read_clear(&r);
}

static void ratio_is_of_amounts_without_limits(void **state)
{
    Read r = read_text(*state, TIDY "\nspend,A,2016-17,-30000,600\n",
                       (AssessOptions){.measure = "ratio"});
    assert_true(r.ok);
    assert_int_equal(r.set->series[0].kind, KIND_NONE);
    assert_true(r.study->indicators[0].per == 1);
    assert_true(cell(&r, 0, 0, "A")->value == -50);
    assert_int_equal(r.set->series[0].period_order[0], 2016);
    assert_int_equal(r.set->n_rejects, 0);
    read_clear(&r);
}

static void national_rows_are_no_areas(void **state)
{
    Read r = read_text(*state,
                       TIDY ",area_name\nx,E92000001,2016,100,10000,England\n"
                            "x,E12000007,2016,50,5000,London\nx,E09000002,2016,7,1000,Barking\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.set->n_areas, 1);
    assert_true(r.set->series[0].national[0].value == 1000);
    assert_string_equal(r.study->areas.nation, "England");
    read_clear(&r);
}

static void missing_parts_have_their_status(void **state)
{
    Read r = read_text(*state,
                       TIDY ",value\nx,A,2016,5,,\nx,B,2016,5,0,\nx,C,2016,*,1000,*\n"
                            "x,D,2016,,1000,\nx,E,2016,,,612.5\nx,F,2016,6,1000,600\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(cell(&r, 0, 0, "A")->status, STATUS_NO_DENOMINATOR);
    assert_int_equal(cell(&r, 0, 0, "B")->status, STATUS_ZERO_DENOMINATOR);
    assert_int_equal(cell(&r, 0, 0, "C")->status, STATUS_SUPPRESSED);
    assert_int_equal(cell(&r, 0, 0, "D")->status, STATUS_NOT_REPORTED);
    assert_int_equal(cell(&r, 0, 0, "E")->status, STATUS_OK);
    assert_true(cell(&r, 0, 0, "E")->value == 612.5);
    assert_true(isnan(cell(&r, 0, 0, "A")->value));
    assert_int_equal(r.set->series[0].kind, KIND_COUNTS);
    read_clear(&r);
}

static void bad_rows_cost_nothing_else(void **state)
{
    Read r = read_text(*state,
                       TIDY "\nx,A,2016,5,1000\nx,B,2016,many,1000\nx,C,2016,-1,1000\n"
                            "x,C d,2016,1,1000\nx,a,2016,1,1000\n,D,2016,1,1000\nx,E,2016,1\n"
                            "x,F,2016,nan,1000\nx,G,2016,inf,1000\nx,H,2016,2,1000,9\n"
                            "x,I,2016,4,1000\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_true(cell(&r, 0, 0, "A")->value == 500);
    assert_true(cell(&r, 0, 0, "I")->value == 400);
    assert_int_equal(cell(&r, 0, 0, "B")->status, STATUS_REJECTED);
    assert_int_equal(cell(&r, 0, 0, "C")->status, STATUS_REJECTED);
    assert_int_equal(r.set->n_rejects, 9);
    const struct {
        guint line;
        const char *rule;
    } expected[] = {{3, "bad-number"},    {4, "out-of-domain"}, {5, "bad-area-code"},
                    {6, "bad-area-code"}, {7, "missing-key"},   {8, "row-too-short"},
                    {9, "bad-number"},    {10, "bad-number"},   {11, "row-too-long"}};
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        assert_int_equal(r.set->rejects[i].line, expected[i].line);
        assert_string_equal(r.set->rejects[i].rule, expected[i].rule);
        assert_string_equal(r.set->rejects[i].file, "data.csv");
    }
    assert_int_equal(diagnostics_count(r.diags, DIAG_WARNING), 9);
    read_clear(&r);
}

static void two_figures_for_one_cell_reject_both(void **state)
{
    Read r = read_text(
        *state, TIDY "\nx,A,2016,5,1000\nx,A,2016,6,1000\nx,B,2016,5,1000\nx,B,2016,5,1000\n",
        (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(cell(&r, 0, 0, "A")->status, STATUS_REJECTED);
    assert_int_equal(r.set->n_rejects, 2);
    assert_string_equal(r.set->rejects[0].rule, "duplicate-key");
    assert_true(cell(&r, 0, 0, "B")->value == 500);
    assert_int_equal(cell(&r, 0, 0, "B")->rows, 2);
    read_clear(&r);
}

static void part_above_its_whole_is_rejected(void **state)
{
    Read r = read_text(*state, TIDY "\nx,A,2016,5,4\nx,B,2016,3,4\n",
                       (AssessOptions){.measure = "proportion"});
    assert_true(r.ok);
    assert_int_equal(cell(&r, 0, 0, "A")->status, STATUS_REJECTED);
    assert_true(cell(&r, 0, 0, "B")->value == 75);
    read_clear(&r);
}

/* ---- kind
 * ---------------------------------------------------------------------------------------- */

static void rounded_values_are_still_counts(void **state)
{
    Read r = read_text(*state, TIDY ",value\nx,A,2016,37,1234,3.0\nx,B,2016,41,1300,3.2\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.set->series[0].kind, KIND_COUNTS);
    assert_true(cell(&r, 0, 0, "A")->value == 100.0 * 37 / 1234);
    read_clear(&r);
}

static void one_contradiction_makes_all_published(void **state)
{
    Read r = read_text(*state,
                       TIDY ",value,lower95,upper95\nx,A,2016,37,1234,3.0,2.2,4.1\n"
                            "x,B,2016,40,1300,3.4,2.4,4.4\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.set->series[0].kind, KIND_PUBLISHED);
    assert_true(cell(&r, 0, 0, "A")->value == 3.0);
    assert_true(cell(&r, 0, 0, "B")->upper95 == 4.4);
    support_assert_contains(r.set->series[0].kind_note, "3.4");
    assert_int_equal(support_count_rule(r.diags, "uncertainty-kind"), 1);
    assert_int_equal(diagnostics_count(r.diags, DIAG_WARNING), 0);
    read_clear(&r);
}

static void contradiction_without_limits_is_none(void **state)
{
    Read r = read_text(*state, TIDY ",value\nx,A,2016,40,1300,3.4\nx,B,2016,39,1300,3.0\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.set->series[0].kind, KIND_NONE);
    assert_true(cell(&r, 0, 0, "A")->value == 3.4);
    read_clear(&r);
}

/* 37 of 1,234: the 95 % limits are 2.18 to 4.10 per cent (Wilson). */
static void limits_of_another_width_are_the_publishers(void **state)
{
    Read r = read_text(*state, TIDY ",value,lower95,upper95\nx,A,2016,37,1234,3.0,2.5,3.5\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.set->series[0].kind, KIND_PUBLISHED);
    read_clear(&r);
    r = read_text(*state, TIDY ",value,lower95,upper95\nx,A,2016,37,1234,3.0,2.2,4.1\n",
                  (AssessOptions){0});
    assert_int_equal(r.set->series[0].kind, KIND_COUNTS);
    read_clear(&r);
}

static void what_is_asked_for_is_not_second_guessed(void **state)
{
    Read r = read_text(*state, TIDY ",value,lower95,upper95\nx,A,2016,40,1300,3.4,2.4,4.4\n",
                       (AssessOptions){.uncertainty = "counts"});
    assert_true(r.ok);
    assert_int_equal(r.set->series[0].kind, KIND_COUNTS);
    assert_true(cell(&r, 0, 0, "A")->value == 100.0 * 40 / 1300);
    read_clear(&r);
}

/* ---- periods
 * ------------------------------------------------------------------------------------- */

static void labels_stay_verbatim_and_in_order(void **state)
{
    Read r = read_text(*state,
                       TIDY "\nx,A,2016/17,5,1000\nx,A,2014/15,6,1000\nx,A,2015/16,6,1000\n"
                            "y,A,2015 - 17,5,1000\ny,A,2012 - 14,5,1000\n",
                       (AssessOptions){0});
    assert_true(r.ok);
    assert_string_equal(r.set->series[0].period_labels[0], "2014/15");
    assert_string_equal(r.set->series[0].period_labels[2], "2016/17");
    assert_int_equal(r.set->series[0].period_order[2], 2016);
    assert_string_equal(r.set->series[1].period_labels[0], "2012 - 14");
    assert_int_equal(r.set->series[1].period_order[0], G_MININT32);
    read_clear(&r);
}

/* ---- Fingertips
 * ------------------------------------------------------------------------------------ */

static void fingertips_rows_are_chosen(void **state)
{
    Read r = read_text(
        *state,
        FINGERTIPS
        "7,Falls,,,E92000001,England,England,Persons,65+,,2016/"
        "17,2100,2000,2200,210,10000,,20160000\n"
        "7,Falls,E92000001,England,E12000007,London region,Region,Persons,65+,,2016/17,1,,,1,10,,"
        "20160000\n"
        "7,Falls,E12000007,London region,E09000002,Barking,County & UA,Persons,65+,,2016/17,2000,"
        "1130.6,3261.6,20,1000,,20160000\n"
        "7,Falls,E12000007,London region,E09000002,Barking,County & UA,Persons,65+,Deprivation,"
        "2016/17,9,1,2,9,1000,,20160000\n"
        "7,Falls,E12000007,London region,E09000002,Barking,County & UA,Female,65+,,2016/17,,,,,,"
        "Value suppressed for disclosure control,20160000\n"
        "8,Only England,,,E92000001,England,England,Persons,65+,,2016/17,1,,,,,,20160000\n",
        (AssessOptions){0});
    assert_true(r.ok);
    assert_int_equal(r.set->n_areas, 1);
    assert_int_equal(r.study->n_indicators, 2);
    assert_string_equal(r.study->indicators[0].id, "7/Persons/65+");
    assert_true(r.set->series[0].national[0].value == 2100);
    assert_true(cell(&r, 0, 0, "E09000002")->value == 2000);
    assert_int_equal(cell(&r, 1, 0, "E09000002")->status, STATUS_SUPPRESSED);
    assert_string_equal(r.study->areas.classes[0].id, "region");
    assert_string_equal(r.set->areas[0].classes[0], "London region");
    assert_int_equal(r.study->n_peers, 0);
    assert_int_equal(support_count_rule(r.diags, "no-areas"), 1);
    read_clear(&r);
}

static Read read_shared(const char *name, gboolean *there)
{
    g_autofree char *path = support_shared(name);
    *there = path != NULL;
    return path ? read_with((AssessOptions){.data = path}) : (Read){0};
}

static void campylobacter_download_is_counts(void **state)
{
    (void)state;
    gboolean there;
    Read r = read_shared("data/fingertips_UTLA_campylobacter_2015-2017.csv", &there);
    if (!there)
        skip();
    assert_true(r.ok);
    assert_int_equal(r.set->n_rejects, 0);
    assert_int_equal(r.set->n_areas, 152);
    assert_int_equal(r.study->n_indicators, 2);
    assert_string_equal(r.study->indicators[0].id, "93356/Persons/All ages");
    assert_int_equal(r.set->series[0].n_periods, 3);
    assert_int_equal(r.set->series[1].n_periods, 2);
    for (guint i = 0; i < 2; i++) {
        assert_int_equal(r.set->series[i].kind, KIND_COUNTS);
        assert_int_equal(r.study->indicators[i].measure, MEASURE_RATE);
        assert_true(r.study->indicators[i].per == 100000);
    }
    assert_true(fabs(r.set->series[0].national[0].value - 94.7261896202678) < 1e-9);
    assert_true(fabs(cell(&r, 0, 0, "E06000033")->value - 123.669572808363) < 1e-9);
    read_clear(&r);
}

static void social_isolation_download_is_published_on_one_scale(void **state)
{
    (void)state;
    gboolean there;
    Read r = read_shared("data/fingertips_UTLA_social_isolation_ascof1I.csv", &there);
    if (!there)
        skip();
    assert_true(r.ok);
    for (guint i = 0; i < r.study->n_indicators; i++) {
        const Series *s = &r.set->series[i];
        assert_int_equal(s->kind, KIND_PUBLISHED);
        assert_true(r.study->indicators[i].per == 100);
        assert_non_null(s->kind_note);
        for (guint c = 0; c < s->n_periods * r.set->n_areas; c++)
            if (!isnan(s->grid[c].value))
                assert_true(s->grid[c].value > 10 && s->grid[c].value < 70);
        for (guint p = 0; p < s->n_periods; p++)
            assert_true(s->national[p].value > 30 && s->national[p].value < 50);
    }
    assert_int_equal(support_count_rule(r.diags, "uncertainty-kind"), r.study->n_indicators);
    const int main_one = study_indicator(r.study, "90280/Persons/18+ yrs");
    assert_true(main_one >= 0);
    assert_int_equal(r.set->series[main_one].n_periods, 9);
    assert_string_equal(r.set->series[main_one].period_labels[0], "2010/11");
    assert_int_equal(r.set->series[main_one].period_order[0], 2010);
    read_clear(&r);
}

/* ---- peers and groups
 * -------------------------------------------------------------------------------- */

static void peers_come_first_and_groups_serve_the_charts(void **state)
{
    g_autofree char *peers =
        support_write(*state, "peers.csv", "area_code,peer_code,rank\nA,C,2\nA,B,1\nA,Z,3\n");
    g_autofree char *groups =
        support_write(*state, "groups.csv", "area_code,group\nA,one\nB,one\nC,two\n");
    Read r = read_text(*state, TIDY "\nx,A,2016,5,1000\nx,B,2016,5,1000\nx,C,2016,5,1000\n",
                       (AssessOptions){.peers = peers, .groups = groups});
    assert_true(r.ok);
    assert_int_equal(r.study->n_peers, 2);
    assert_int_equal(r.study->peers[0].method, PEERS_LIST);
    assert_string_equal(r.study->peers[0].id, "neighbours");
    assert_int_equal(r.study->peers[0].fallback, 0);
    const GArray *of_a = r.set->peer_lists[0].of_area[0];
    assert_int_equal(of_a->len, 2);
    assert_int_equal(g_array_index(of_a, guint, 0), 1);
    assert_null(r.set->peer_lists[0].of_area[1]);
    assert_int_equal(r.study->peers[1].method, PEERS_CLASS);
    assert_string_equal(r.set->areas[2].classes[0], "two");
    assert_int_equal(diagnostics_count(r.diags, DIAG_WARNING), 0);
    assert_int_equal(r.study->n_sources, 3);
    read_clear(&r);
}

static void peer_file_needs_its_columns(void **state)
{
    g_autofree char *peers = support_write(*state, "peers.csv", "area,peer\nA,B\n");
    Read r = read_text(*state, TIDY "\nx,A,2016,5,1000\n", (AssessOptions){.peers = peers});
    assert_false(r.ok);
    assert_int_equal(r.error->code, PEERLINE_ERROR_FAILED);
    support_assert_contains(r.error->message, "area_code");
    read_clear(&r);
}

/* ---- what cannot be read
 * ------------------------------------------------------------------------------ */

static void unknown_layout_says_what_is_lacking(void **state)
{
    Read r = read_text(*state, "area_code,period,value\nA,2016,5\n", (AssessOptions){0});
    assert_false(r.ok);
    assert_int_equal(r.error->code, PEERLINE_ERROR_FAILED);
    support_assert_contains(r.error->message, "lacks indicator_id, numerator and denominator");
    read_clear(&r);
}

static void file_that_is_not_there_is_named(void **state)
{
    (void)state;
    Read r = read_with((AssessOptions){.data = "/no/such/file.csv"});
    assert_false(r.ok);
    assert_int_equal(r.error->code, PEERLINE_ERROR_FAILED);
    support_assert_contains(r.error->message, "/no/such/file.csv");
    read_clear(&r);
}

static void wrong_options_are_usage_errors(void **state)
{
    const AssessOptions wrong[] = {{.measure = "total"},
                                   {.per = "0"},
                                   {.per = "x"},
                                   {.polarity = "good"},
                                   {.uncertainty = "some"}};
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        Read r = read_text(*state, TIDY "\nx,A,2016,5,1000\n", wrong[i]);
        assert_false(r.ok);
        assert_int_equal(r.error->code, PEERLINE_ERROR_USAGE);
        read_clear(&r);
    }
}

static void only_national_rows_cannot_be_assessed(void **state)
{
    Read r = read_text(*state, TIDY "\nx,E92000001,2016,5,1000\n", (AssessOptions){0});
    assert_false(r.ok);
    assert_int_equal(r.error->code, PEERLINE_ERROR_FAILED);
    read_clear(&r);
}

#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_DIR(tidy_counts_are_rates_per_100000),
        IN_DIR(per_and_proportion_are_inferred_from_values),
        IN_DIR(own_columns_win_over_options),
        IN_DIR(options_hold_where_the_file_says_nothing),
        IN_DIR(ratio_is_of_amounts_without_limits),
        IN_DIR(national_rows_are_no_areas),
        IN_DIR(missing_parts_have_their_status),
        IN_DIR(bad_rows_cost_nothing_else),
        IN_DIR(two_figures_for_one_cell_reject_both),
        IN_DIR(part_above_its_whole_is_rejected),
        IN_DIR(rounded_values_are_still_counts),
        IN_DIR(one_contradiction_makes_all_published),
        IN_DIR(contradiction_without_limits_is_none),
        IN_DIR(limits_of_another_width_are_the_publishers),
        IN_DIR(what_is_asked_for_is_not_second_guessed),
        IN_DIR(labels_stay_verbatim_and_in_order),
        IN_DIR(fingertips_rows_are_chosen),
        cmocka_unit_test(campylobacter_download_is_counts),
        cmocka_unit_test(social_isolation_download_is_published_on_one_scale),
        IN_DIR(peers_come_first_and_groups_serve_the_charts),
        IN_DIR(peer_file_needs_its_columns),
        IN_DIR(unknown_layout_says_what_is_lacking),
        cmocka_unit_test(file_that_is_not_there_is_named),
        IN_DIR(wrong_options_are_usage_errors),
        IN_DIR(only_national_rows_cannot_be_assessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
