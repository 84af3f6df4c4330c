/** Guard rails: what a publisher suppressed cannot be worked out, sums that differ and slips of
 * unit are named. Every expected figure follows from the made tables by hand. */
#include "mini_study.h"

#include "peerline/observe/assess_input.h"
#include "peerline/stats/slip.h"

enum { COUNCILS = 12 };

static void open_study(World *w, void **state, const char *csv, const char *indicators)
{
    g_autoptr(GString) areas = g_string_new("code,name\n");
    for (int a = 1; a <= COUNCILS; a++)
        g_string_append_printf(areas, "K%02d,Council %d\n", a, a);
    g_autofree char *a = support_write(*state, "areas.csv", areas->str);
    g_autofree char *b = support_write(*state, "s.csv", csv);
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, singular: council, plural: councils, "
        "nation: England}\n"
        "sources:\n"
        "  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - {id: s, title: S, publisher: P, path: s.csv, area: {column: code, national: ENG},\n"
        "     period: {column: year}, missing: {\"[c]\": suppressed, NA: not_reported}}\n"
        "indicators:\n%s",
        indicators);
    world_write_sound(w, *state, text);
    assert_non_null(w->set);
}

#define INDICATOR(id, lines)                                                                       \
    "  - id: " id "\n    title: Title of " id                                                      \
    "\n    unit: per head\n    domain: D\n    polarity: neither\n    role: outcome\n" lines
#define RATE                                                                                       \
    "    measure: rate\n    per: 1000\n    numerator: {source: s, columns: x}\n"                   \
    "    denominator: {source: s, columns: n}\n"

static const Observation *cell(const World *w, guint indicator, const char *code, guint period)
{
    const int area = observation_area(w->set, code);
    assert_true(area >= 0);
    return series_at(&w->set->series[indicator], w->set->n_areas, period, (guint)area);
}

static guint notes(const World *w, const char *rule)
{
    return support_count_rule(w->diags, rule);
}

/* A row per council and year: x = 10a + 1 events of n = 1000a people, value per 1,000, and a row
 * for England; `x7` and `n7` stand for the counts of council 7 (71 of 7000). */
static char *counts(const char *x7, const char *n7)
{
    GString *csv = g_string_new("code,year,x,n,v,lo,hi\n");
    for (int a = 1; a <= COUNCILS; a++) {
        g_autofree char *x = g_strdup_printf("%d", 10 * a + 1);
        g_autofree char *n = g_strdup_printf("%d", 1000 * a);
        g_string_append_printf(csv, "K%02d,2016,%s,%s,%.10g,%.10g,%.10g\n", a, a == 7 ? x7 : x,
                               a == 7 ? n7 : n, (10.0 * a + 1) / a, (8.0 * a + 1) / a,
                               (12.0 * a + 1) / a);
    }
    g_string_append(csv, "ENG,2016,792,78000,10.153846153846153,10,11\n");
    return g_string_free(csv, FALSE);
}

/* ---- the nation less the others -----------------------------------------------------------------
 */

static void test_a_national_row_that_gives_one_suppressed_count_is_not_used(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "7000");
    open_study(&w, state, csv, INDICATOR("i", RATE));
    const Series *s = &w.set->series[0];
    assert_true(isnan(s->national[0].value));
    assert_true(isnan(s->national[0].numerator));
    assert_non_null(strstr(series_withheld(s, 0), "(Council 7)"));
    assert_null(s->sum_note[0]);
    assert_int_equal(notes(&w, "suppression-withheld"), 1);
    assert_int_equal(diagnostics_count(w.diags, DIAG_WARNING), 0);
    world_close(&w);
}

static void test_the_denominator_of_one_area_is_kept_too(void **state)
{
    World w;
    g_autofree char *csv = counts("71", "[c]");
    open_study(&w, state, csv, INDICATOR("i", RATE));
    assert_true(isnan(w.set->series[0].national[0].value));
    world_close(&w);
}

static void test_two_suppressed_areas_leave_the_national_row_in_use(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "7000");
    g_autoptr(GString) two = g_string_new(csv);
    assert_int_equal(g_string_replace(two, "K03,2016,31,", "K03,2016,[c],", 0), 1);
    open_study(&w, state, two->str, INDICATOR("i", RATE));
    assert_true(w.set->series[0].national[0].numerator == 792);
    assert_null(series_withheld(&w.set->series[0], 0));
    assert_non_null(strstr(w.set->series[0].sum_note[0], "add up to 690"));
    world_close(&w);
}

static void test_a_ratio_of_two_suppressed_counts_gives_neither(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "[c]");
    open_study(&w, state, csv, INDICATOR("i", RATE));
    assert_true(w.set->series[0].national[0].numerator == 792);
    assert_null(w.set->series[0].sum_note[0]); /* 792 less the sum would be the count */
    world_close(&w);
}

static void test_a_total_needs_no_denominator_to_be_worked_out(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "7000");
    open_study(&w, state, csv,
               INDICATOR("i", "    measure: total\n    numerator: {source: s, columns: x}\n"));
    assert_true(isnan(w.set->series[0].national[0].value));
    world_close(&w);
}

#define PUBLISHED                                                                                  \
    "    measure: published\n    value: {source: s, columns: v}\n    lower95: {columns: lo}\n"     \
    "    upper95: {columns: hi}\n    numerator: {source: s, columns: x}\n"                         \
    "    denominator: {source: s, columns: n}\n"

static void test_an_exact_national_value_and_a_shown_one_give_both_counts(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "[c]");
    open_study(&w, state, csv, INDICATOR("i", PUBLISHED));
    assert_true(isfinite(cell(&w, 0, "K07", 0)->value));
    assert_true(isnan(w.set->series[0].national[0].value));
    world_close(&w);
}

static void test_a_rounded_national_value_does_not(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "[c]");
    g_autoptr(GString) rounded = g_string_new(csv);
    g_string_replace(rounded, "10.153846153846153", "10.2", 0);
    open_study(&w, state, rounded->str, INDICATOR("i", PUBLISHED));
    assert_true(w.set->series[0].national[0].value == 10.2);
    world_close(&w);
}

/* ---- within a cell ------------------------------------------------------------------------------
 */

static void test_a_value_with_its_denominator_gives_no_suppressed_numerator(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "7000");
    open_study(&w, state, csv, INDICATOR("i", PUBLISHED));
    const Observation *o = cell(&w, 0, "K07", 0);
    assert_true(isnan(o->value) && isnan(o->lower95) && isnan(o->upper95));
    assert_int_equal(o->status, STATUS_SUPPRESSED);
    assert_non_null(strstr(observation_reason(w.set, 0, 0, 6), "with the denominator"));
    assert_true(cell(&w, 0, "K08", 0)->value == 81 / 8.0);
    world_close(&w);
}

static void test_limits_do_not_tell_the_size_of_suppressed_counts(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "[c]");
    open_study(&w, state, csv, INDICATOR("i", PUBLISHED));
    const Observation *o = cell(&w, 0, "K07", 0);
    assert_true(fabs(o->value - 71 / 7.0) < 1e-8);
    assert_true(isnan(o->lower95) && isnan(o->upper95));
    assert_true(isfinite(cell(&w, 0, "K08", 0)->lower95));
    world_close(&w);
}

static void test_counts_and_limits_do_not_give_a_suppressed_value(void **state)
{
    World w;
    g_autofree char *csv = counts("71", "7000");
    g_autoptr(GString) hidden = g_string_new(csv);
    assert_int_equal(g_string_replace(hidden, ",10.14285714,", ",[c],", 0), 1);
    open_study(&w, state, hidden->str, INDICATOR("i", PUBLISHED));
    const Observation *o = cell(&w, 0, "K07", 0);
    assert_true(isnan(o->numerator) && isnan(o->lower95) && isnan(o->upper95));
    assert_true(o->denominator == 7000);
    world_close(&w);
}

static void test_a_value_of_nothing_gives_no_suppressed_numerator(void **state)
{
    World w;
    g_autofree char *csv = counts("[c]", "[c]");
    g_autoptr(GString) zero = g_string_new(csv);
    assert_int_equal(g_string_replace(zero, ",10.14285714,", ",0,", 0), 1);
    open_study(&w, state, zero->str, INDICATOR("i", PUBLISHED));
    assert_true(isnan(cell(&w, 0, "K07", 0)->value));
    world_close(&w);
}

static void test_a_sum_of_which_a_part_is_suppressed_is_suppressed(void **state)
{
    World w;
    open_study(&w, state,
               "code,year,x,n\nK01,2016,5,100\nK01,2016,[c],100\nK02,2016,[c],100\nK02,2016,?,100\n"
               "K03,2016,5,100\nK03,2016,6,100\n",
               INDICATOR("i", "    measure: rate\n"
                              "    numerator: {source: s, columns: x, sum: true}\n"
                              "    denominator: {source: s, columns: n, sum: true}\n"));
    assert_int_equal(cell(&w, 0, "K01", 0)->status, STATUS_SUPPRESSED);
    assert_int_equal(cell(&w, 0, "K02", 0)->status, STATUS_SUPPRESSED); /* not only rejected */
    assert_true(isnan(cell(&w, 0, "K01", 0)->numerator));
    assert_true(cell(&w, 0, "K03", 0)->numerator == 11);
    world_close(&w);
}

static void test_a_year_of_which_a_month_is_suppressed_is_suppressed(void **state)
{
    World w;
    g_autoptr(GString) csv = g_string_new("code,year,x\n");
    for (int m = 1; m <= 12; m++)
        g_string_append_printf(csv, "K01,2016-%02d,%s\nK02,2016-%02d,4\n", m, m == 5 ? "[c]" : "4",
                               m);
    open_study(&w, state, csv->str,
               INDICATOR("i", "    measure: total\n    numerator: {source: s, columns: x, "
                              "sum: true, gather: calendar_year}\n"));
    assert_int_equal(cell(&w, 0, "K01", 0)->status, STATUS_SUPPRESSED);
    assert_true(cell(&w, 0, "K02", 0)->value == 48);
    world_close(&w);
}

/* ---- between indicators -------------------------------------------------------------------------
 */

/* all = men + women; council 7's women are suppressed. */
static char *by_sex(void)
{
    GString *csv = g_string_new("code,year,all,men,women,n\n");
    for (int a = 1; a <= COUNCILS; a++) {
        g_string_append_printf(csv, "K%02d,2016,%d,%d,", a, 30 + 3 * a, 10 + 2 * a);
        if (a == 7)
            g_string_append(csv, "[c]");
        else
            g_string_append_printf(csv, "%d", 20 + a);
        g_string_append_printf(csv, ",%d\n", 1000 * a);
    }
    g_string_append(csv, "ENG,2016,594,276,318,78000\n");
    return g_string_free(csv, FALSE);
}

#define OF(column)                                                                                 \
    "    measure: rate\n    per: 1000\n    numerator: {source: s, columns: " column "}\n"          \
    "    denominator: {source: s, columns: n}\n"

static void test_the_other_part_of_a_sum_is_withheld(void **state)
{
    World w;
    g_autofree char *csv = by_sex();
    open_study(&w, state, csv,
               INDICATOR("all", OF("all")) INDICATOR("men", OF("men"))
                   INDICATOR("women", OF("women")));
    const Observation *men = cell(&w, 1, "K07", 0);
    assert_true(isnan(men->numerator) && isnan(men->value));
    assert_int_equal(men->status, STATUS_SUPPRESSED);
    assert_non_null(strstr(observation_reason(w.set, 1, 0, 6), "Title of women"));
    assert_true(cell(&w, 0, "K07", 0)->numerator == 51); /* the whole stays */
    assert_true(cell(&w, 1, "K08", 0)->numerator == 26);
    /* now one of each is hidden, so neither national row may stand */
    assert_true(isnan(w.set->series[1].national[0].value));
    assert_true(isnan(w.set->series[2].national[0].value));
    assert_true(isfinite(w.set->series[0].national[0].value));
    world_close(&w);
}

static void test_two_parts_without_the_whole_give_nothing(void **state)
{
    World w;
    g_autofree char *csv = by_sex();
    open_study(&w, state, csv, INDICATOR("men", OF("men")) INDICATOR("women", OF("women")));
    assert_true(cell(&w, 0, "K07", 0)->numerator == 24);
    world_close(&w);
}

static void test_the_rest_of_a_proportion_is_withheld(void **state)
{
    World w;
    g_autofree char *csv = by_sex();
    open_study(&w, state, csv,
               INDICATOR("men",
                         "    measure: proportion\n    numerator: {source: s, columns: men}\n"
                         "    denominator: {source: s, columns: all}\n")
                   INDICATOR("women",
                             "    measure: proportion\n    numerator: {source: s, columns: women}\n"
                             "    denominator: {source: s, columns: all}\n"));
    assert_true(isnan(cell(&w, 0, "K07", 0)->numerator));
    assert_true(isnan(cell(&w, 0, "K07", 0)->value));
    assert_true(cell(&w, 0, "K07", 0)->denominator == 51);
    world_close(&w);
}

static void test_the_same_figure_is_withheld_wherever_it_stands(void **state)
{
    World w;
    g_autoptr(GString) twice = g_string_new("code,year,women,again,n\n");
    for (int a = 1; a <= COUNCILS; a++) {
        g_autofree char *women = a == 7 ? g_strdup("[c]") : g_strdup_printf("%d", 20 + a);
        g_string_append_printf(twice, "K%02d,2016,%s,%d,1000\n", a, women, 20 + a);
    }
    open_study(&w, state, twice->str,
               INDICATOR("women", OF("women")) INDICATOR("again", OF("again")));
    assert_true(isnan(cell(&w, 1, "K07", 0)->numerator));
    world_close(&w);
}

/* Twelve months of each council, and its year as the publisher adds it up, in another column. */
static void test_a_year_beside_its_months_gives_no_suppressed_month(void **state)
{
    World w;
    g_autoptr(GString) csv = g_string_new("code,year,days,total\n");
    for (int a = 1; a <= COUNCILS; a++) {
        for (int m = 1; m <= 12; m++) {
            g_autofree char *days =
                a == 7 && m == 5 ? g_strdup("[c]") : g_strdup_printf("%d", 10 * a + m);
            g_string_append_printf(csv, "K%02d,2016-%02d,%s,NA\n", a, m, days);
        }
        g_string_append_printf(csv, "K%02d,2016,NA,%d\n", a, 120 * a + 78);
    }
    open_study(&w, state, csv->str,
               INDICATOR("months", "    measure: total\n    numerator: {source: s, columns: days, "
                                   "rows: [{column: year, match: '\\d+-\\d+'}]}\n")
                   INDICATOR("year", "    measure: total\n    numerator: {source: s, columns: "
                                     "total, rows: [{column: year, match: '\\d+'}]}\n"));
    assert_true(cell(&w, 1, "K07", 0)->numerator == 918);
    assert_int_equal(cell(&w, 0, "K07", 4)->status, STATUS_SUPPRESSED);
    assert_true(isnan(cell(&w, 0, "K07", 0)->numerator)); /* the smallest of the others */
    assert_true(cell(&w, 0, "K07", 1)->numerator == 72);
    assert_true(cell(&w, 0, "K08", 0)->numerator == 81);
    world_close(&w);
}

/* ---- expected events by the nation's rates
 * --------------------------------------------------------
 */

static double expected_of_first(void **state, const char *people)
{
    World w;
    g_autoptr(GString) csv = g_string_new("code,year,age,x,n\n");
    for (int a = 1; a <= COUNCILS; a++) {
        g_autofree char *x = a == 7 ? g_strdup(people) : g_strdup_printf("%d", 10 + a);
        g_string_append_printf(csv, "K%02d,2016,0-64,%s,1000\nK%02d,2016,65+,%d,500\n", a, x, a,
                               40 + a);
    }
    g_string_append(csv, "ENG,2016,0-64,1998,12000\nENG,2016,65+,5580,6000\n");
    open_study(&w, state, csv->str,
               INDICATOR("i", "    measure: isr\n"
                              "    numerator: {source: s, columns: x, age: {column: age}}\n"
                              "    denominator: {source: s, columns: n, age: {column: age}}\n"));
    const double expected = cell(&w, 0, "K01", 0)->denominator;
    world_close(&w);
    return expected;
}

static void
test_expected_events_do_not_carry_the_nations_rates_where_one_is_suppressed(void **state)
{
    assert_true(fabs(expected_of_first(state, "17") - (166.5 + 465)) < 1e-9);
    /* the other eleven: 181 of 11,000 below 65 and 511 of 5,500 from 65 on */
    const double areas = 1000 * (110 + 78 - 7) / 11000.0 + 500 * (440 + 78 - 7) / 5500.0;
    assert_true(fabs(expected_of_first(state, "[c]") - areas) < 1e-9);
}

static void test_two_areas_that_suppress_the_same_band_leave_the_national_row(void **state)
{
    World w;
    g_autoptr(GString) csv = g_string_new("code,year,age,x,n\n");
    for (int a = 1; a <= COUNCILS; a++)
        g_string_append_printf(csv, "K%02d,2016,0-64,%s,1000\nK%02d,2016,65+,%d,500\n", a,
                               a == 7 || a == 8 ? "[c]" : "15", a, 40 + a);
    g_string_append(csv, "ENG,2016,0-64,198,12000\nENG,2016,65+,558,6000\n");
    open_study(&w, state, csv->str,
               INDICATOR("i", "    measure: isr\n"
                              "    numerator: {source: s, columns: x, age: {column: age}}\n"
                              "    denominator: {source: s, columns: n, age: {column: age}}\n"));
    assert_true(w.set->series[0].national[0].numerator == 756);
    world_close(&w);
}

/* ---- areas over time ----------------------------------------------------------------------------
 */

static void
test_a_restated_figure_of_a_suppressed_part_is_suppressed_and_no_second_secret(void **state)
{
    World w;
    g_autoptr(GString) areas = g_string_new("code,name,from,to\n");
    g_autoptr(GString) csv = g_string_new("code,year,x,n\n");
    for (int a = 1; a <= COUNCILS; a++) {
        g_string_append_printf(areas, "K%02d,Council %d,2009-04-01,\n", a, a);
        g_string_append_printf(csv, "K%02d,2016,%d,1000\nK%02d,2017,%d,1000\n", a, a, a, a);
    }
    g_string_append(areas, "P1,One,2009-04-01,2016-12-31\nP2,Two,2009-04-01,2016-12-31\n"
                           "S,Both,2017-01-01,\n");
    g_string_append(csv, "P1,2016,[c],1000\nP2,2016,50,1000\nS,2017,90,2000\nENG,2016,171,14000\n");
    g_autofree char *a = support_write(*state, "areas.csv", areas->str);
    g_autofree char *b = support_write(*state, "s.csv", csv->str);
    g_autofree char *c = support_write(*state, "changes.csv",
                                       "date,from_code,to_code,share\n2017-01-01,P1,S,1\n"
                                       "2017-01-01,P2,S,1\n");
    g_autofree char *path = support_write(
        *state, "study.yaml",
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: England, valid_from: from,\n"
        "        valid_to: to, changes: {source: changes}}\n"
        "sources:\n"
        "  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - {id: changes, title: Changes, publisher: P, path: changes.csv}\n"
        "  - {id: s, title: S, publisher: P, path: s.csv, area: {column: code, national: ENG},\n"
        "     period: {column: year}, missing: {\"[c]\": suppressed}}\n"
        "indicators:\n" INDICATOR("i", RATE "    boundaries: restate\n"));
    world_read(&w, *state, path);
    assert_non_null(w.set);
    assert_int_equal(cell(&w, 0, "S", 0)->status, STATUS_SUPPRESSED);
    assert_true(isnan(cell(&w, 0, "S", 0)->numerator));
    /* 171 less the 12 councils' 78 and P2's 50 would be what P1 suppresses */
    assert_true(isnan(w.set->series[0].national[0].value));
    assert_null(w.set->series[0].sum_note[0]);
    world_close(&w);
}

/* ---- a file of one's own ------------------------------------------------------------------------
 */

static void test_assess_keeps_what_its_file_suppresses(void **state)
{
    g_autofree char *csv = counts("*", "7000");
    g_autoptr(GString) tidy =
        g_string_new("indicator_id,area_code,period,numerator,denominator,value\n");
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    for (guint i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) f = g_strsplit(lines[i], ",", -1);
        const gboolean nation = g_str_equal(f[0], "ENG");
        g_string_append_printf(tidy, "i,%s,2016,%s,%s,%s\n", nation ? "E92000001" : f[0], f[2],
                               f[3], f[4]);
    }
    g_autofree char *path = support_write(*state, "own.csv", tidy->str);
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = NULL;
    g_autoptr(ObservationSet) set = NULL;
    const AssessOptions options = {.data = path};
    assert_true(assess_read(&options, &study, &set, diags, NULL));
    assert_true(isnan(series_at(&set->series[0], set->n_areas, 0, 6)->value));
    assert_true(isnan(set->series[0].national[0].value));
    assert_non_null(series_withheld(&set->series[0], 0));
}

/* ---- sums ---------------------------------------------------------------------------------------
 */

static void open_sum(World *w, void **state, int unit, long nation)
{
    g_autoptr(GString) csv = g_string_new("code,year,x,n\n");
    for (int a = 1; a <= COUNCILS; a++)
        g_string_append_printf(csv, "K%02d,2016,%d,1000\n", a, unit * (10 + a));
    g_string_append_printf(csv, "ENG,2016,%ld,12000\n", nation);
    open_study(w, state, csv->str, INDICATOR("i", RATE));
}

/* 12 areas and the nation: 5·√(13/12) = 5.2 roundings in the root mean square, in units. */
static void test_a_sum_within_rounding_is_no_difference(void **state)
{
    World w;
    open_sum(&w, state, 1, 198 + 5);
    assert_null(w.set->series[0].sum_note[0]);
    world_close(&w);
    open_sum(&w, state, 5, 5 * (198 + 5));
    assert_null(w.set->series[0].sum_note[0]);
    world_close(&w);
}

static void test_a_sum_beyond_rounding_is_told_with_lines_and_numbers(void **state)
{
    World w;
    open_sum(&w, state, 1, 198 + 6);
    assert_non_null(w.set->series[0].sum_note[0]);
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(n, 1);
    assert_string_equal(d->rule, "sum-differs");
    assert_int_equal(d->severity, DIAG_NOTE);
    assert_int_equal(d->line, 14);
    assert_non_null(strstr(d->message, "gives 204"));
    assert_non_null(strstr(d->message, "add up to 198"));
    assert_non_null(strstr(d->message, "lines 2 to 13"));
    world_close(&w);
    open_sum(&w, state, 5, 5 * (198 + 6));
    assert_non_null(w.set->series[0].sum_note[0]);
    world_close(&w);
}

static void open_bases(World *w, void **state, const char *last, long nation)
{
    g_autoptr(GString) csv = g_string_new("code,year,x,n\n");
    for (int a = 1; a < COUNCILS; a++)
        g_string_append_printf(csv, "K%02d,2016,%d,%d\n", a, 10 + a, 1001);
    g_string_append_printf(csv, "K%02d,2016,%d,%s\n", COUNCILS, 10 + COUNCILS, last);
    g_string_append_printf(csv, "ENG,2016,198,%ld\n", nation);
    open_study(w, state, csv->str, INDICATOR("i", RATE));
}

static void test_denominators_are_added_up_too(void **state)
{
    World w;
    open_bases(&w, state, "1001", 12012 + 5);
    assert_null(w.set->series[0].sum_note[0]);
    world_close(&w);
    open_bases(&w, state, "1001", 12012 + 6);
    assert_non_null(strstr(w.set->series[0].sum_note[0], "gives 12,018 as the denominator"));
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(n, 1);
    assert_string_equal(d->rule, "sum-differs");
    assert_non_null(strstr(d->message, "add up to 12,012 ("));
    world_close(&w);
}

static void test_a_sum_that_several_indicators_share_is_told_once(void **state)
{
    World w;
    g_autoptr(GString) csv = g_string_new("code,year,x,n\n");
    for (int a = 1; a <= COUNCILS; a++)
        g_string_append_printf(csv, "K%02d,2016,%d,1001\n", a, 10 + a);
    g_string_append(csv, "ENG,2016,198,12018\n");
    open_study(&w, state, csv->str, INDICATOR("i", RATE) INDICATOR("j", RATE) INDICATOR("k", RATE));
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(n, 1);
    assert_int_equal(strncmp(d->message, "indicators i, j and k, 2016: the row for ", 41), 0);
    world_close(&w);
    open_study(&w, state, csv->str,
               INDICATOR("i", RATE) INDICATOR("j", RATE) INDICATOR("k", RATE) INDICATOR("l", RATE)
                   INDICATOR("m", RATE));
    d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(n, 1);
    assert_int_equal(strncmp(d->message, "indicators i, j, k and 2 more, 2016: ", 37), 0);
    world_close(&w);
}

static void test_denominators_are_not_added_up_where_one_is_missing(void **state)
{
    World w;
    open_bases(&w, state, "", 12012);
    assert_null(w.set->series[0].sum_note[0]);
    world_close(&w);
}

/* ---- keys that stand twice ----------------------------------------------------------------------
 */

static gboolean told(const World *w, const char *rule, const char *part)
{
    for (guint i = 0; i < w->set->n_rejects; i++)
        if (g_str_equal(w->set->rejects[i].rule, rule) && strstr(w->set->rejects[i].text, part))
            return TRUE;
    return FALSE;
}

static void test_two_columns_of_one_area_are_named_as_columns(void **state)
{
    World w;
    g_autofree char *areas = support_write(*state, "areas.csv", "code,name\nK01,One\nK02,Two\n");
    g_autofree char *csv = support_write(*state, "s.csv", "what,K01,K02,K01\nevents,1,2,3\n");
    g_autofree char *study = support_write(
        *state, "study.yaml",
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: England}\n"
        "sources:\n  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - {id: s, title: S, publisher: P, path: s.csv, shape: wide_by_area,\n"
        "     area_columns: '(?<area>K\\d+)( .*)?', period: {constant: '2016'}}\n"
        "indicators:\n" INDICATOR("i", "    measure: total\n    numerator: {source: s}\n"));
    world_read(&w, *state, study);
    assert_non_null(w.set);
    assert_true(told(&w, "duplicate-key",
                     "two columns for one area and period: on line 2 "
                     "column K01 (2) is a second one for K01 in 2016"));
    assert_int_equal(cell(&w, 0, "K01", 0)->status, STATUS_REJECTED);
    world_close(&w);
}

static void test_a_peer_listed_twice_is_named_with_both_lines(void **state)
{
    g_autofree char *csv = support_write(
        *state, "own.csv",
        "indicator_id,area_code,period,numerator,denominator\ni,A,2016,1,9\ni,B,2016,2,9\n");
    g_autofree char *peers =
        support_write(*state, "peers.csv", "area_code,peer_code,rank\nA,B,1\nB,A,1\nA,B,2\n");
    g_autofree char *groups =
        support_write(*state, "groups.csv", "area_code,group\nA,north\nA,south\nB,north\n");
    World w = {.diags = diagnostics_new()};
    const AssessOptions options = {.data = csv, .peers = peers, .groups = groups};
    assert_true(assess_read(&options, &w.study, &w.set, w.diags, NULL));
    assert_true(told(&w, "duplicate-key", "a peer of one area stands twice: lines 2 and 4"));
    assert_true(told(&w, "duplicate-key", "two groups for one area: lines 2 and 3"));
    assert_string_equal(w.set->areas[0].classes[0], "north");
    world_close(&w);
}

/* ---- slips of unit ------------------------------------------------------------------------------
 */

/* Four years of 12 councils, 100 to 140 events per 1,000 of 10,000 people; one figure is replaced.
 */
typedef struct {
    int area, year; /* 0: all of the year */
    double x, n, v; /* factors */
} Slipped;

static char *years(Slipped at)
{
    GString *csv = g_string_new("code,year,x,n,v\n");
    for (int y = 2014; y <= 2017; y++)
        for (int a = 1; a <= COUNCILS; a++) {
            const gboolean here = y == at.year && (a == at.area || at.area == 0);
            const double x = 1000 + 30 * a + 10 * (y - 2014), n = 10000;
            g_string_append_printf(csv, "K%02d,%d,%.10g,%.10g,%.10g\n", a, y, here ? at.x * x : x,
                                   here ? at.n * n : n, 1000 * x / n * (here ? at.v : 1));
        }
    return g_string_free(csv, FALSE);
}

static void open_slip(World *w, void **state, Slipped at, const char *indicator)
{
    g_autofree char *csv = years(at);
    open_study(w, state, csv, indicator);
}

static void expect_slip(const World *w, guint i, int area, SlipPart part, int power)
{
    assert_true(i < w->set->n_slips);
    assert_int_equal(w->set->slips[i].area, area);
    assert_int_equal(w->set->slips[i].part, part);
    assert_int_equal(w->set->slips[i].power, power);
}

static void test_sound_figures_are_not_named(void **state)
{
    World w;
    open_slip(&w, state, (Slipped){1, 1999, 1, 1, 1}, INDICATOR("i", RATE));
    assert_int_equal(w.set->n_slips, 0);
    world_close(&w);
}

static void test_a_denominator_in_thousands_is_named_with_its_value(void **state)
{
    World w;
    open_slip(&w, state, (Slipped){5, 2016, 1, 0.001, 1}, INDICATOR("i", RATE));
    assert_int_equal(w.set->n_slips, 2);
    expect_slip(&w, 0, 4, SLIP_VALUE, 3);
    expect_slip(&w, 1, 4, SLIP_DENOMINATOR, -3);
    assert_true(w.set->slips[1].usual == 10000);
    assert_int_equal(notes(&w, "unit-slip"), 2);
    assert_int_equal(diagnostics_count(w.diags, DIAG_WARNING), 0);
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(d->line, 1 + 24 + 5);
    assert_non_null(strstr(d->message, "K05"));
    assert_true(isfinite(cell(&w, 0, "K05", 2)->value)); /* never left out */
    world_close(&w);
}

static void test_counts_that_slip_together_are_named_though_the_value_is_sound(void **state)
{
    World w;
    open_slip(&w, state, (Slipped){5, 2016, 0.01, 0.01, 1}, INDICATOR("i", RATE));
    assert_int_equal(w.set->n_slips, 2);
    expect_slip(&w, 0, 4, SLIP_NUMERATOR, -2);
    expect_slip(&w, 1, 4, SLIP_DENOMINATOR, -2);
    world_close(&w);
}

static void test_a_whole_period_is_named_once(void **state)
{
    World w;
    open_slip(&w, state, (Slipped){0, 2017, 100, 1, 1}, INDICATOR("i", RATE));
    assert_int_equal(w.set->n_slips, 2);
    expect_slip(&w, 0, SLIP_WHOLE_PERIOD, SLIP_VALUE, 2);
    expect_slip(&w, 1, SLIP_WHOLE_PERIOD, SLIP_NUMERATOR, 2);
    world_close(&w);
}

static void test_a_published_value_is_held_against_its_own_counts(void **state)
{
    World w;
    g_autofree char *csv = years((Slipped){3, 2015, 1, 1, 0.01});
    g_autoptr(GString) one_year = g_string_new("code,year,x,n,v\n");
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (strstr(lines[i], ",2015,"))
            g_string_append_printf(one_year, "%s\n", lines[i]);
    open_study(&w, state, one_year->str,
               INDICATOR("i", "    measure: published\n    value: {source: s, columns: v}\n"
                              "    numerator: {source: s, columns: x}\n"
                              "    denominator: {source: s, columns: n}\n"));
    assert_int_equal(w.set->n_slips, 1);
    expect_slip(&w, 0, 2, SLIP_VALUE, -2);
    assert_int_equal(w.set->slips[0].against, SLIP_AGAINST_COUNTS);
    assert_true(fabs(w.set->slips[0].usual - 110) < 1e-9); /* 1100 of 10,000 */
    world_close(&w);
}

static void test_a_few_events_are_few_by_chance(void **state)
{
    World w;
    g_autofree char *csv = counts("1", "7000000");
    open_study(&w, state, csv, INDICATOR("i", RATE));
    assert_int_equal(notes(&w, "unit-slip"), 0);
    world_close(&w);
}

#define KNOWN(area, period)                                                                        \
    "    known_values: [{area: " area ", period: " period ", because: the council counts days}]\n"

static void test_a_known_value_says_why_instead_of_asking(void **state)
{
    World w;
    open_slip(&w, state, (Slipped){5, 2016, 100, 1, 1}, INDICATOR("i", RATE KNOWN("K05", "2016")));
    assert_int_equal(notes(&w, "unit-slip"), 0);
    expect_slip(&w, 0, 4, SLIP_VALUE, 2);
    assert_string_equal(w.set->slips[0].because, "the council counts days");
    world_close(&w);
}

static void test_a_known_value_is_told_where_no_rule_names_it(void **state)
{
    World w;
    open_slip(&w, state, (Slipped){5, 2016, 11, 1, 1}, INDICATOR("i", RATE KNOWN("K05", "2016")));
    assert_int_equal(w.set->n_slips, 1);
    expect_slip(&w, 0, 4, SLIP_VALUE, 0);
    world_close(&w);
}

static void test_a_known_value_of_nothing_is_a_fault_of_the_study(void **state)
{
    World w;
    open_slip(&w, state, (Slipped){5, 2016, 1, 1, 1}, INDICATOR("i", RATE KNOWN("K05", "1999")));
    assert_int_equal(notes(&w, "unused"), 1);
    world_close(&w);
}

/* ---- the rule itself ----------------------------------------------------------------------------
 */

static void test_skewed_figures_raise_no_alarm(void **state)
{
    (void)state;
    double v[20];
    for (int i = 0; i < 20; i++)
        v[i] = pow(10, i / 5.0); /* from 1 to 6,300 */
    const SlipUsual usual = slip_usual(v, 20);
    for (int i = 0; i < 20; i++)
        assert_int_equal(slip_among(&usual, v[i]), 0);
}

static void test_the_band_around_a_power_is_a_factor_of_1_6(void **state)
{
    (void)state;
    const double v[] = {98, 99, 99, 100, 100, 100, 100, 101, 101, 102};
    const SlipUsual usual = slip_usual(v, 10);
    assert_int_equal(slip_among(&usual, 10000), 2);
    assert_int_equal(slip_among(&usual, 15800), 2);
    assert_int_equal(slip_among(&usual, 16000), 0);
    assert_int_equal(slip_among(&usual, 1), -2);
    assert_int_equal(slip_among(&usual, 1e6), 4);
    assert_int_equal(slip_among(&usual, 1000), 0);
    assert_int_equal(slip_among(&usual, 0), 0);
    assert_int_equal(slip_among(&usual, NAN), 0);
}

static void test_history_needs_two_other_periods_that_agree(void **state)
{
    (void)state;
    double median;
    assert_int_equal(slip_in_history((const double[]){10, 12}, 2, 1100, &median), 2);
    assert_true(median == 11);
    assert_int_equal(slip_in_history((const double[]){10}, 1, 1000, &median), 0);
    assert_int_equal(slip_in_history((const double[]){1, 100}, 2, 1000, &median), 0);
    assert_true(isnan(median));
    assert_int_equal(slip_in_history((const double[]){10, 0, NAN, 12}, 4, 1100, &median), 2);
}

#define GUARDED(test) cmocka_unit_test_setup_teardown(test, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GUARDED(test_a_national_row_that_gives_one_suppressed_count_is_not_used),
        GUARDED(test_the_denominator_of_one_area_is_kept_too),
        GUARDED(test_two_suppressed_areas_leave_the_national_row_in_use),
        GUARDED(test_a_ratio_of_two_suppressed_counts_gives_neither),
        GUARDED(test_a_total_needs_no_denominator_to_be_worked_out),
        GUARDED(test_an_exact_national_value_and_a_shown_one_give_both_counts),
        GUARDED(test_a_rounded_national_value_does_not),
        GUARDED(test_a_value_with_its_denominator_gives_no_suppressed_numerator),
        GUARDED(test_limits_do_not_tell_the_size_of_suppressed_counts),
        GUARDED(test_counts_and_limits_do_not_give_a_suppressed_value),
        GUARDED(test_a_value_of_nothing_gives_no_suppressed_numerator),
        GUARDED(test_a_sum_of_which_a_part_is_suppressed_is_suppressed),
        GUARDED(test_a_year_of_which_a_month_is_suppressed_is_suppressed),
        GUARDED(test_the_other_part_of_a_sum_is_withheld),
        GUARDED(test_two_parts_without_the_whole_give_nothing),
        GUARDED(test_the_rest_of_a_proportion_is_withheld),
        GUARDED(test_the_same_figure_is_withheld_wherever_it_stands),
        GUARDED(test_a_year_beside_its_months_gives_no_suppressed_month),
        GUARDED(test_expected_events_do_not_carry_the_nations_rates_where_one_is_suppressed),
        GUARDED(test_two_areas_that_suppress_the_same_band_leave_the_national_row),
        GUARDED(test_a_restated_figure_of_a_suppressed_part_is_suppressed_and_no_second_secret),
        GUARDED(test_assess_keeps_what_its_file_suppresses),
        GUARDED(test_a_sum_within_rounding_is_no_difference),
        GUARDED(test_a_sum_beyond_rounding_is_told_with_lines_and_numbers),
        GUARDED(test_denominators_are_added_up_too),
        GUARDED(test_a_sum_that_several_indicators_share_is_told_once),
        GUARDED(test_denominators_are_not_added_up_where_one_is_missing),
        GUARDED(test_two_columns_of_one_area_are_named_as_columns),
        GUARDED(test_a_peer_listed_twice_is_named_with_both_lines),
        GUARDED(test_sound_figures_are_not_named),
        GUARDED(test_a_denominator_in_thousands_is_named_with_its_value),
        GUARDED(test_counts_that_slip_together_are_named_though_the_value_is_sound),
        GUARDED(test_a_whole_period_is_named_once),
        GUARDED(test_a_published_value_is_held_against_its_own_counts),
        GUARDED(test_a_few_events_are_few_by_chance),
        GUARDED(test_a_known_value_says_why_instead_of_asking),
        GUARDED(test_a_known_value_is_told_where_no_rule_names_it),
        GUARDED(test_a_known_value_of_nothing_is_a_fault_of_the_study),
        cmocka_unit_test(test_skewed_figures_raise_no_alarm),
        cmocka_unit_test(test_the_band_around_a_power_is_a_factor_of_1_6),
        cmocka_unit_test(test_history_needs_two_other_periods_that_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
