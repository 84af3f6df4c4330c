/** Observing: small studies written to a temporary directory, every expected figure added up by
 * hand. */
#include "mini_study.h"

/* ---- a study around one source ------------------------------------------------------------------
 */

static const char AREAS[] = "area_code,area_name,type\nA,Alder,x\nB,Birch,x\nC,Cedar,y\n";

/** The study has one source `s` (further lines of its definition in `source`) and one indicator `i`
 *  (lines in `indicator`); `more` is added at the top level. */
static void world_open(World *w, void **state, const char *csv, const char *source,
                       const char *indicator, const char *more)
{
    g_autofree char *a = support_write(*state, "areas.csv", AREAS);
    g_autofree char *b = support_write(*state, "s.csv", csv);
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: area_code, name: area_name, singular: council, plural: "
        "councils, nation: England, classes: [{id: type, title: type, column: type}]}\n"
        "%s"
        "sources:\n"
        "  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - id: s\n    title: S\n    publisher: P\n    path: s.csv\n%s"
        "indicators:\n"
        "  - id: i\n    title: I\n    unit: per head\n    domain: D\n    polarity: neither\n    "
        "role: outcome\n%s",
        more, source, indicator);
    world_write_sound(w, *state, text);
}

static void assert_number(double found, double expected)
{
    if (fabs(found - expected) > 1e-12 * MAX(1, fabs(expected)))
        fail_msg("found %.17g, expected %.17g", found, expected);
}

static const char LONG_SOURCE[] = "    area: {column: code}\n    period: {column: year}\n"
                                  "    missing: {\"[c]\": suppressed, NA: not_reported}\n";
static const char RATE[] = "    measure: rate\n    per: 1000\n"
                           "    numerator: {source: s, columns: x}\n"
                           "    denominator: {source: s, columns: n}\n";

/* ---- values -------------------------------------------------------------------------------------
 */

static void test_rate_is_per_times_numerator_over_denominator(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,400\nB,2016,7,800\n", LONG_SOURCE, RATE, "");
    const Observation *a = at(&w, "2016", "A");
    assert_number(a->value, 7.5);
    assert_number(a->numerator, 3);
    assert_number(a->denominator, 400);
    assert_int_equal(a->line, 2);
    assert_int_equal(a->rows, 1);
    assert_int_equal(a->status, STATUS_OK);
    assert_int_equal(diagnostics_count(w.diags, DIAG_WARNING), 0);
    world_close(&w);
}

static void test_grid_holds_every_area_with_its_reason(void **state)
{
    World w;
    world_open(&w, state,
               "code,year,x,n\nA,2016,[c],400\nB,2016,7,NA\nA,2017,1,0\nB,2017,2,10\nC,2017,NA,5\n",
               LONG_SOURCE, RATE, "");
    assert_int_equal(at(&w, "2016", "A")->status, STATUS_SUPPRESSED);
    assert_int_equal(at(&w, "2016", "B")->status, STATUS_NO_DENOMINATOR);
    assert_number(at(&w, "2016", "B")->numerator, 7);
    assert_int_equal(at(&w, "2016", "C")->status, STATUS_NOT_REPORTED);
    assert_int_equal(at(&w, "2017", "A")->status, STATUS_ZERO_DENOMINATOR);
    assert_int_equal(at(&w, "2017", "C")->status, STATUS_NOT_REPORTED);
    assert_true(isnan(at(&w, "2017", "C")->value));
    world_close(&w);
}

static void test_sum_adds_rows_and_columns_and_scales(void **state)
{
    World w;
    world_open(&w, state,
               "code,year,kind,a1,a2,n\nA,2016,p,1,2.5,9\nA,2016,q,-4,10,0\nA,2016,z,99,99,1\n",
               LONG_SOURCE,
               "    measure: ratio\n"
               "    numerator: {source: s, rows: [{column: kind, in: [p, q]}], columns: 'a[12]', "
               "sum: true, scale: 1000}\n"
               "    denominator: {source: s, columns: n, sum: true}\n",
               "");
    assert_number(at(&w, "2016", "A")->numerator, 9500);
    assert_number(at(&w, "2016", "A")->denominator, 10);
    assert_number(at(&w, "2016", "A")->value, 950);
    assert_int_equal(at(&w, "2016", "A")->rows, 2);
    world_close(&w);
}

static void test_sum_with_a_suppressed_part_is_suppressed(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,1\nA,2016,[c],1\nA,2016,NA,1\n", LONG_SOURCE,
               "    measure: ratio\n    numerator: {source: s, columns: x, sum: true}\n"
               "    denominator: {source: s, columns: n, sum: true}\n",
               "");
    assert_int_equal(at(&w, "2016", "A")->status, STATUS_SUPPRESSED);
    assert_true(isnan(at(&w, "2016", "A")->value));
    world_close(&w);
}

static void test_two_rows_where_one_is_promised_are_both_named_and_not_believed(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,400\nB,2016,1,9\nA,2016,4,400\n", LONG_SOURCE,
               RATE, "");
    assert_int_equal(at(&w, "2016", "A")->status, STATUS_REJECTED);
    assert_number(at(&w, "2016", "B")->value, 1000.0 / 9);
    assert_int_equal(w.set->n_rejects, 1);
    assert_string_equal(w.set->rejects[0].rule, "duplicate-key");
    assert_non_null(strstr(w.set->rejects[0].text, "lines 2 and 4"));
    world_close(&w);
}

static void test_impossible_figures_are_rejected(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,11,10\nB,2016,-1,10\nC,2016,4,10\n", LONG_SOURCE,
               "    measure: proportion\n    numerator: {source: s, columns: x}\n"
               "    denominator: {source: s, columns: n}\n",
               "");
    assert_int_equal(at(&w, "2016", "A")->status, STATUS_REJECTED);
    assert_int_equal(at(&w, "2016", "B")->status, STATUS_REJECTED);
    assert_number(at(&w, "2016", "C")->value, 40);
    assert_int_equal(support_count_rule(w.diags, "out-of-domain"), 2);
    world_close(&w);
}

static void test_text_that_is_no_number_is_rejected_with_its_line(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,\"1,234\",400\nB,2016,12 people,400\n",
               "    area: {column: code}\n    period: {column: year}\n    thousands: true\n", RATE,
               "");
    assert_number(at(&w, "2016", "A")->numerator, 1234);
    assert_int_equal(at(&w, "2016", "B")->status, STATUS_REJECTED);
    assert_int_equal(w.set->rejects[0].line, 3);
    assert_string_equal(w.set->rejects[0].rule, "not-a-number");
    world_close(&w);
}

static void test_short_row_is_rejected_only_where_a_needed_column_is_cut_off(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n,note\nA,2016,3,400\nB,2016,3\n", LONG_SOURCE, RATE, "");
    assert_number(at(&w, "2016", "A")->value, 7.5);
    assert_int_equal(at(&w, "2016", "B")->status, STATUS_REJECTED);
    assert_int_equal(support_count_rule(w.diags, "row-too-short"), 1);
    world_close(&w);
}

static void test_publishers_limits_win(void **state)
{
    World w;
    world_open(&w, state, "code,year,v,l,u\nA,2016,44.5,40.25,48\nB,2016,,1,2\n", LONG_SOURCE,
               "    measure: published\n    value: {source: s, columns: v}\n"
               "    lower95: {columns: l}\n    upper95: {columns: u}\n",
               "");
    assert_number(at(&w, "2016", "A")->value, 44.5);
    assert_number(at(&w, "2016", "A")->lower95, 40.25);
    assert_number(at(&w, "2016", "A")->upper95, 48);
    assert_int_equal(w.set->series[0].kind, KIND_PUBLISHED);
    assert_int_equal(at(&w, "2016", "B")->status, STATUS_NOT_REPORTED);
    world_close(&w);
}

/* ---- the publisher's figures beside counts ------------------------------------------------------
 */

static const char BESIDE[] = "    measure: rate\n    per: 1000\n"
                             "    numerator: {source: s, columns: x}\n"
                             "    denominator: {source: s, columns: n}\n"
                             "    value: {source: s, columns: v}\n"
                             "    lower95: {columns: l}\n    upper95: {columns: u}\n";
/* 7.5, 8.75 and 16.67; Byar's 95 % limits of the 300 of 40,000 are 6.676 and 8.399. */
static const char BESIDE_ROWS[] = "code,year,x,n,v,l,u\n"
                                  "A,2016,300,40000,7.5,6.7,8.4\n"
                                  "B,2016,7,800,8.8,3.5,18\n"
                                  "C,2016,5,300,16.7,5.4,38.9\n";

static void open_beside(World *w, void **state, const char *rows, const char *kind)
{
    g_autofree char *indicator = g_strconcat(BESIDE, kind, NULL);
    world_open(w, state, rows, LONG_SOURCE, indicator, "");
}

static void test_published_limits_beside_counts_win_unless_counts_are_asked_for(void **state)
{
    World w;
    open_beside(&w, state, BESIDE_ROWS, "");
    assert_int_equal(w.set->series[0].kind, KIND_PUBLISHED);
    assert_number(at(&w, "2016", "B")->value, 8.8);
    assert_number(at(&w, "2016", "B")->lower95, 3.5);
    assert_number(at(&w, "2016", "B")->upper95, 18);
    assert_number(at(&w, "2016", "B")->numerator, 7);
    assert_number(at(&w, "2016", "B")->denominator, 800);
    assert_int_equal(support_count_rule(w.diags, "value-differs"), 0); /* but for the rounding */
    world_close(&w);
    open_beside(&w, state, BESIDE_ROWS, "    uncertainty: counts\n");
    assert_number(at(&w, "2016", "B")->value, 8.75);
    assert_true(isnan(at(&w, "2016", "B")->lower95));
    assert_false(w.set->series[0].contradicted);
    assert_int_equal(diagnostics_count(w.diags, DIAG_NOTE), 0);
    world_close(&w);
}

static void test_limits_stand_beside_a_computed_value_where_none_is_declared(void **state)
{
    World w;
    world_open(&w, state, BESIDE_ROWS, LONG_SOURCE,
               "    measure: rate\n    per: 1000\n    numerator: {source: s, columns: x}\n"
               "    denominator: {source: s, columns: n}\n"
               "    lower95: {source: s, columns: l}\n    upper95: {source: s, columns: u}\n",
               "");
    assert_int_equal(w.set->series[0].kind, KIND_PUBLISHED);
    assert_number(at(&w, "2016", "B")->value, 8.75);
    assert_number(at(&w, "2016", "B")->upper95, 18);
    world_close(&w);
}

static void test_a_published_value_that_is_another_is_noted_once(void **state)
{
    static const char ROWS[] = "code,year,x,n,v,l,u\n"
                               "A,2016,300,40000,7.6,6.7,8.4\n"
                               "B,2016,7,800,8.9,3.5,18\n"
                               "C,2016,5,300,16.7,5.4,38.9\n";
    World w;
    open_beside(&w, state, ROWS, "    uncertainty: counts\n");
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(n, 1);
    assert_string_equal(d->rule, "value-differs");
    assert_int_equal(d->line, 2);
    support_assert_contains(d->message,
                            "in 2 of 3 figures, the first for A in 2016: 7.6 published, "
                            "7.5 from the counts (shown is that of the counts");
    assert_true(w.set->series[0].contradicted);
    assert_number(at(&w, "2016", "A")->value, 7.5);
    world_close(&w);
    open_beside(&w, state, ROWS, "    uncertainty: published\n");
    assert_int_equal(support_count_rule(w.diags, "value-differs"), 1);
    assert_false(w.set->series[0].contradicted); /* nothing was said of counts */
    assert_number(at(&w, "2016", "A")->value, 7.6);
    world_close(&w);
}

static void test_limits_of_another_width_speak_against_counts(void **state)
{
    World w;
    open_beside(&w, state,
                "code,year,x,n,v,l,u\nA,2016,300,40000,7.5,5.2,9.8\nB,2016,7,800,8.8,3.5,18\n",
                "    uncertainty: counts\n");
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(n, 1);
    assert_string_equal(d->rule, "limits-differ");
    support_assert_contains(d->message,
                            "in 1 of 2 figures, the first for A in 2016: 4.6 published");
    assert_true(w.set->series[0].contradicted);
    world_close(&w);
}

static void test_a_published_value_is_shown_where_its_counts_are_not(void **state)
{
    World w;
    open_beside(&w, state,
                "code,year,x,n,v,l,u\nA,2016,[c],40000,7.5,6.7,8.4\nB,2016,[c],[c],8.8,3.5,18\n"
                "C,2016,5,300,NA,,\n",
                "");
    assert_number(at(&w, "2016", "B")->value, 8.8);
    assert_int_equal(at(&w, "2016", "B")->status, STATUS_OK);
    assert_int_equal(at(&w, "2016", "C")->status, STATUS_NOT_REPORTED);
    /* with the denominator it would give the count, which is suppressed */
    assert_true(isnan(at(&w, "2016", "A")->value));
    assert_int_equal(at(&w, "2016", "A")->status, STATUS_SUPPRESSED);
    world_close(&w);
}

/* ---- shapes -------------------------------------------------------------------------------------
 */

static void test_wide_by_area_reads_a_column_per_area(void **state)
{
    World w;
    world_open(&w, state, "year,what,1 - A,2 - B,total\n2016,x,3,7,10\n2016,n,400,800,1200\n",
               "    shape: wide_by_area\n    area_columns: '\\d - (?<area>.)'\n"
               "    period: {column: year}\n",
               "    measure: rate\n    per: 1000\n"
               "    numerator: {source: s, rows: [{column: what, match: x}]}\n"
               "    denominator: {source: s, rows: [{column: what, match: n}]}\n",
               "");
    assert_number(at(&w, "2016", "A")->value, 7.5);
    assert_number(at(&w, "2016", "B")->value, 8.75);
    assert_int_equal(at(&w, "2016", "C")->status, STATUS_NOT_REPORTED);
    world_close(&w);
}

static void test_period_in_the_file_name(void **state)
{
    World w;
    world_open(&w, state, "code,x,n\nA,3,400\n",
               "    shape: wide_by_measure\n    file: values_2018.csv\n    area: {column: code}\n"
               "    period: {file: '.*_(?<year>\\d{4})\\.csv', kind: calendar_year}\n",
               RATE, "");
    assert_number(at(&w, "2018", "A")->value, 7.5);
    world_close(&w);
}

/* ---- periods ------------------------------------------------------------------------------------
 */

static char *months(const char *code, int first_year, int n)
{
    static const char *const names[] = {"April",    "May",       "June",     "July",
                                        "August",   "September", "October",  "November",
                                        "December", "January",   "February", "March"};
    GString *s = g_string_new(NULL);
    for (int m = 0; m < n; m++)
        g_string_append_printf(s, "%s,%s %d,%d,100\n", code, names[m], first_year + (m >= 9),
                               m + 1);
    return g_string_free(s, FALSE);
}

static void test_months_make_a_year_only_when_complete(void **state)
{
    g_autofree char *a = months("A", 2016, 12), *b = months("B", 2016, 11);
    g_autofree char *csv = g_strconcat("code,month,x,n\n", a, b, NULL);
    World w;
    world_open(&w, state, csv, "    area: {column: code}\n    period: {column: month}\n",
               "    measure: total\n"
               "    numerator: {source: s, columns: x, gather: financial_year}\n",
               "");
    assert_number(at(&w, "2016-17", "A")->value, 78); /* 1 + 2 + … + 12 */
    assert_int_equal(at(&w, "2016-17", "A")->rows, 12);
    assert_int_equal(at(&w, "2016-17", "B")->status, STATUS_NOT_REPORTED);
    assert_string_equal(observation_reason(w.set, 0, 0, 1), "only 11 of 12 months are there");
    world_close(&w);
}

static void test_a_month_that_stands_twice_is_a_clash(void **state)
{
    g_autofree char *a = months("A", 2016, 12);
    g_autofree char *csv = g_strconcat("code,month,x,n\n", a, "A,May 2016,2,100\n", NULL);
    World w;
    world_open(&w, state, csv, "    area: {column: code}\n    period: {column: month}\n",
               "    measure: total\n"
               "    numerator: {source: s, columns: x, gather: financial_year}\n",
               "");
    assert_int_equal(at(&w, "2016-17", "A")->status, STATUS_REJECTED);
    assert_int_equal(w.set->n_rejects, 1);
    assert_non_null(strstr(w.set->rejects[0].text, "lines 3 and 14 both give A in 2016-05"));
    world_close(&w);
}

static void test_periods_outside_the_study_are_left_out_silently(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2014,1,1\nA,2015,1,10\nA,2016,2,10\nA,2017,3,10\n",
               LONG_SOURCE, RATE, "periods: {from: '2015', to: '2016'}\n");
    assert_int_equal(w.set->series[0].n_periods, 2);
    assert_number(at(&w, "2016", "A")->value, 200);
    assert_int_equal(w.set->n_rejects, 0);
    world_close(&w);
}

static void test_unreadable_period_is_rejected(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,2,10\nA,sometime,3,10\n", LONG_SOURCE, RATE, "");
    assert_int_equal(support_count_rule(w.diags, "unknown-period"), 1);
    assert_int_equal(w.set->rejects[0].line, 3);
    world_close(&w);
}

/* ---- areas
 * --------------------------------------------------------------------------------------- */

static void test_keys_go_through_recodes_and_joins(void **state)
{
    World w;
    /* d1 and d2 are districts whose parent has the letter b, which is council B; Z is A's new code;
     * Q leads nowhere. C has no entry in the lookups and stands for itself. */
    world_open(&w, state,
               "code,year,x,n,parent,letter\nd1,2016,1,10,b,\nd2,2016,2,30,b,\nZ,2016,5,10,,\n"
               "B,1990,0,1,,b\nQ,2016,7,10,,\nC,2016,4,8,,\n",
               "    area: {column: code, joins: [up, code], recode: {Z: A}}\n"
               "    period: {column: year}\n",
               "    measure: rate\n    per: 1\n"
               "    numerator: {source: s, columns: x, sum: true}\n"
               "    denominator: {source: s, columns: n, sum: true}\n",
               "periods: {from: '2016', to: '2016'}\n"
               "lookups:\n"
               "  - {id: up, source: s, key: code, value: parent}\n"
               "  - {id: code, source: s, key: letter, value: code}\n");
    assert_number(at(&w, "2016", "A")->value, 0.5);
    assert_number(at(&w, "2016", "B")->value, 3 / 40.0);
    assert_number(at(&w, "2016", "C")->value, 0.5);
    assert_int_equal(w.set->n_rejects, 1);
    assert_non_null(strstr(w.set->rejects[0].text, "'Q'"));
    world_close(&w);
}

/* A council's own code is in the second lookup, but not in the first, which knows only districts.
 */
static void test_a_join_without_an_entry_leaves_the_key_to_the_next(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,parent,own,letter\nd1,2016,1,k1,,\nk1,2016,2,,k1,A\n",
               "    area: {column: code, joins: [up, letter]}\n"
               "    period: {column: year}\n",
               "    measure: total\n    numerator: {source: s, columns: x, sum: true}\n",
               "lookups:\n"
               "  - {id: up, source: s, key: code, value: parent}\n"
               "  - {id: letter, source: s, key: own, value: letter}\n");
    assert_number(at(&w, "2016", "A")->value, 3);
    assert_int_equal(w.set->n_rejects, 0);
    world_close(&w);
}

static void test_recode_is_bounded_in_time(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nZ,2015,1,10\nZ,2016,5,10\nA,2016,3,10\n",
               "    area: {column: code, recode: [{from: Z, to: A, until: '2015'}]}\n"
               "    period: {column: year}\n",
               RATE, "");
    assert_number(at(&w, "2015", "A")->value, 100);
    assert_number(at(&w, "2016", "A")->value, 300);
    assert_int_equal(support_count_rule(w.diags, "unknown-area"), 1);
    world_close(&w);
}

static void test_national_row_is_a_comparator_and_its_difference_is_told(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,400\nB,2016,7,800\nENG,2016,15,1300\n",
               "    area: {column: code, national: ENG}\n    period: {column: year}\n", RATE, "");
    const Series *s = &w.set->series[0];
    assert_number(s->national[0].value, 1000 * 15 / 1300.0);
    assert_int_equal(w.set->n_rejects, 0);
    assert_string_equal(
        s->sum_note[0],
        "The publisher's row for England gives 15; the 2 councils with a figure add "
        "up to 10. The national value shown is the publisher's.");
    world_close(&w);
}

static void test_a_sum_that_differs_by_rounding_is_no_difference(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,400\nB,2016,7,800\nENG,2016,11,1300\n",
               "    area: {column: code, national: ENG}\n    period: {column: year}\n", RATE, "");
    assert_null(w.set->series[0].sum_note[0]);
    world_close(&w);
}

static void test_ignored_keys_are_no_rejects_and_unknown_ones_are(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,400\nR1,2016,7,800\nZZ,2016,7,800\n",
               "    area: {column: code, ignore: 'R\\d'}\n    period: {column: year}\n", RATE, "");
    assert_int_equal(w.set->n_rejects, 1);
    assert_int_equal(w.set->rejects[0].line, 4);
    assert_false(w.set->rejects[0].expected);
    assert_int_equal(diagnostics_count(w.diags, DIAG_WARNING), 1);
    world_close(&w);
}

static void test_expected_rejections_are_listed_but_do_not_warn(void **state)
{
    World w;
    world_open(
        &w, state, "code,year,x,n\nA,2016,3,400\nZZ,2016,7,800\n", LONG_SOURCE, RATE,
        "expected_rejections: [{rule: unknown-area, source: s, keys: ZZ, because: closed}]\n");
    assert_int_equal(w.set->n_rejects, 1);
    assert_true(w.set->rejects[0].expected);
    assert_int_equal(diagnostics_count(w.diags, DIAG_WARNING), 0);
    world_close(&w);
}

static void test_declared_gap_gives_its_status_and_words(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,400\n",
               "    area:\n      column: code\n      not_covered:\n"
               "        - {areas: [B], status: boundary_change, because: Birch was divided}\n"
               "    period: {column: year}\n",
               RATE, "");
    assert_int_equal(at(&w, "2016", "B")->status, STATUS_BOUNDARY_CHANGE);
    assert_string_equal(observation_reason(w.set, 0, 0, 1), "Birch was divided");
    assert_int_equal(at(&w, "2016", "C")->status, STATUS_NOT_REPORTED);
    assert_null(observation_reason(w.set, 0, 0, 2));
    world_close(&w);
}

/* ---- peers
 * --------------------------------------------------------------------------------------- */

static void test_declared_peers_come_in_their_order(void **state)
{
    World w;
    world_open(&w, state,
               "code,year,x,n,area_code,peer_code,rank\nA,2016,3,400,A,B,2\nB,2016,7,800,A,C,1\n"
               "C,2016,1,5,A,B,3\nC,2017,1,5,B,ZZ,1\n",
               LONG_SOURCE, RATE, "peers: [{id: p, title: P, method: list, source: s}]\n");
    const GArray *of_a = w.set->peer_lists[0].of_area[0];
    assert_int_equal(of_a->len, 2);
    assert_int_equal(g_array_index(of_a, guint, 0), 2); /* C before B, and B once */
    assert_int_equal(g_array_index(of_a, guint, 1), 1);
    assert_null(w.set->peer_lists[0].of_area[1]);
    assert_int_equal(support_count_rule(w.diags, "unknown-area"), 1);
    world_close(&w);
}

static void test_peer_variables_are_quotients_of_their_period(void **state)
{
    World w;
    world_open(
        &w, state, "code,year,x,n\nA,2015,1,10\nA,2016,3,400\nB,2015,1,4\n", LONG_SOURCE, RATE,
        "periods: {from: '2016'}\n"
        "peers:\n  - id: p\n    title: P\n    method: neighbours\n    variables:\n"
        "      - {id: a, title: A, numerator: {source: s, columns: x}, denominator: {source: s, "
        "columns: n}}\n"
        "      - {id: b, title: B, period: '2015', value: {source: s, columns: n}}\n");
    const double *v = w.set->peer_values[0].values;
    assert_number(v[0], 3 / 400.0); /* the latest found */
    assert_number(v[1], 10);        /* as declared, outside the study's periods too */
    assert_true(isnan(v[2]));
    assert_number(v[3], 4);
    world_close(&w);
}

/* ---- faults that stop
 * ----------------------------------------------------------------------------- */

static void test_missing_column_is_an_error_with_the_nearest_name(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,persons\nA,2016,3,400\n", LONG_SOURCE,
               "    measure: rate\n    numerator: {source: s, columns: x}\n"
               "    denominator: {source: s, columns: person}\n",
               "");
    assert_null(w.set);
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    assert_int_equal(n, 1);
    assert_string_equal(d[0].rule, "unknown-column");
    assert_non_null(strstr(d[0].message, "did you mean persons?"));
    assert_true(d[0].line > 0);
    world_close(&w);
}

static void test_an_area_that_definitions_name_must_exist(void **state)
{
    World w;
    world_open(&w, state, "code,year,x,n\nA,2016,3,400\n",
               "    area:\n      column: code\n      not_covered:\n"
               "        - {areas: [NOPE], status: boundary_change, because: x}\n"
               "    period: {column: year}\n",
               RATE, "");
    assert_null(w.set);
    assert_int_equal(support_count_rule(w.diags, "bad-reference"), 1);
    world_close(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_rate_is_per_times_numerator_over_denominator),
        TEST(test_grid_holds_every_area_with_its_reason),
        TEST(test_sum_adds_rows_and_columns_and_scales),
        TEST(test_sum_with_a_suppressed_part_is_suppressed),
        TEST(test_two_rows_where_one_is_promised_are_both_named_and_not_believed),
        TEST(test_impossible_figures_are_rejected),
        TEST(test_text_that_is_no_number_is_rejected_with_its_line),
        TEST(test_short_row_is_rejected_only_where_a_needed_column_is_cut_off),
        TEST(test_publishers_limits_win),
        TEST(test_published_limits_beside_counts_win_unless_counts_are_asked_for),
        TEST(test_limits_stand_beside_a_computed_value_where_none_is_declared),
        TEST(test_a_published_value_that_is_another_is_noted_once),
        TEST(test_limits_of_another_width_speak_against_counts),
        TEST(test_a_published_value_is_shown_where_its_counts_are_not),
        TEST(test_wide_by_area_reads_a_column_per_area),
        TEST(test_period_in_the_file_name),
        TEST(test_months_make_a_year_only_when_complete),
        TEST(test_a_month_that_stands_twice_is_a_clash),
        TEST(test_periods_outside_the_study_are_left_out_silently),
        TEST(test_unreadable_period_is_rejected),
        TEST(test_keys_go_through_recodes_and_joins),
        TEST(test_a_join_without_an_entry_leaves_the_key_to_the_next),
        TEST(test_recode_is_bounded_in_time),
        TEST(test_national_row_is_a_comparator_and_its_difference_is_told),
        TEST(test_a_sum_that_differs_by_rounding_is_no_difference),
        TEST(test_ignored_keys_are_no_rejects_and_unknown_ones_are),
        TEST(test_expected_rejections_are_listed_but_do_not_warn),
        TEST(test_declared_gap_gives_its_status_and_words),
        TEST(test_declared_peers_come_in_their_order),
        TEST(test_peer_variables_are_quotients_of_their_period),
        TEST(test_missing_column_is_an_error_with_the_nearest_name),
        TEST(test_an_area_that_definitions_name_must_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
