/** Measures by age: small studies written to a temporary directory. Expected figures come from the
 *  reference in tests/known or are worked out by hand in a comment. */
#include "mini_study.h"

#include "../known/life.h"
#include "../known/standardise.h"
#include "peerline/judge/assessment.h"

/** Reads a study of the councils A to D with the sources x.csv (events) and n.csv (people), both
 *  with `code` and `year`, and t.csv, a table without areas; `indicator` is all but what every
 *  indicator needs. set is NULL where the study is at fault. */
static void world_open(World *w, void **state, const char *indicator)
{
    g_free(support_write(*state, "areas.csv", "code,name\nA,Alder\nB,Birch\nC,Cedar\nD,Dogwood\n"));
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: England}\n"
        "sources:\n"
        "  - {id: areas, title: A, publisher: P, path: areas.csv}\n"
        "  - {id: x, title: X, publisher: P, path: x.csv, missing: {'[c]': suppressed},\n"
        "     area: {column: code, national: E92}, period: {column: year}}\n"
        "  - {id: n, title: N, publisher: P, path: n.csv, missing: ['-'],\n"
        "     area: {column: code, national: E92, recode: {E06000005: A}}, period: {column: "
        "year}}\n"
        "  - {id: t, title: T, publisher: P, path: t.csv}\n"
        "indicators:\n"
        "  - {id: i, title: I, unit: u, domain: D, polarity: low, role: outcome, %s}\n",
        indicator);
    world_write(w, *state, text);
}

static void put(void **state, const char *name, const char *text)
{
    g_free(support_write(*state, name, text));
}

static void assert_sound(const World *w)
{
    if (!w->set || diagnostics_count(w->diags, DIAG_WARNING))
        diagnostics_print(w->diags, DIAG_NOTE);
    assert_non_null(w->set);
}

/** The study is refused with this rule, in a message that holds `words`. */
static void assert_refused(World *w, const char *rule, const char *words)
{
    guint n;
    gboolean told = FALSE;
    const Diag *d = diagnostics_sorted(w->diags, &n);
    for (guint i = 0; i < n; i++)
        told = told || (g_strcmp0(d[i].rule, rule) == 0 && strstr(d[i].message, words));
    if (!told || w->set)
        diagnostics_print(w->diags, DIAG_NOTE);
    assert_null(w->set);
    assert_true(told);
    world_close(w);
}

static const Observation *figure(const World *w, const char *code)
{
    const int area = observation_area(w->set, code);
    assert_true(area >= 0);
    assert_true(w->set->series[0].n_periods > 0);
    return series_at(&w->set->series[0], w->set->n_areas, 0, (guint)area);
}

static const char *reason(const World *w, const char *code)
{
    return observation_reason(w->set, 0, 0, (guint)observation_area(w->set, code));
}

static void assert_number(double found, double expected)
{
    const gboolean same =
        isnan(expected) ? isnan(found) : fabs(found - expected) <= 1e-9 * MAX(1, fabs(expected));
    if (!same)
        fail_msg("found %.17g, expected %.17g", found, expected);
}

#define BY_CELL                                                                                    \
    "numerator: {source: x, columns: x, age: {column: age}}, "                                     \
    "denominator: {source: n, columns: n, age: {column: age}}"

/* ---- against the reference ----------------------------------------------------------------------
 */

static const char *band_of(guint k, GString *buffer)
{
    if (k + 1 == KNOWN_STRATA)
        g_string_assign(buffer, "90 and over");
    else
        g_string_printf(buffer, k % 2 ? "%u-%u" : "%u to %u", 5 * k, 5 * k + 4);
    return buffer->str;
}

static void write_known_strata(void **state)
{
    g_autoptr(GString) x = g_string_new("code,year,age,x\n"), n = g_string_new("code,year,age,n\n");
    g_autoptr(GString) t = g_string_new("band,events,people\n"), band = g_string_new(NULL);
    for (guint a = 0; a < G_N_ELEMENTS(known_strata); a++)
        for (guint k = 0; k < KNOWN_STRATA; k++) {
            band_of(k, band);
            g_string_append_printf(x, "%c,2016,%s,%.17g\n", 'A' + a, band->str,
                                   known_strata[a].x[k]);
            g_string_append_printf(n, "%c,2016,%s,%.17g\n", 'A' + a, band->str,
                                   known_strata[a].n[k]);
            if (a == 0)
                g_string_append_printf(t, "%s,%.17g,%.17g\n", band->str, known_strata[a].x_ref[k],
                                       known_strata[a].n_ref[k]);
        }
    put(state, "x.csv", x->str);
    put(state, "n.csv", n->str);
    put(state, "t.csv", t->str);
}

static void direct_rates_equal_the_reference(void **state)
{
    World w;
    write_known_strata(state);
    world_open(&w, state, "measure: dsr, " BY_CELL);
    assert_sound(&w);
    for (guint a = 0; a < G_N_ELEMENTS(known_strata); a++) {
        const char code[] = {(char)('A' + a), '\0'};
        const double *want = known_strata[a].dsr;
        const Observation *o = figure(&w, code);
        assert_number(o->numerator, want[0]);
        assert_number(o->denominator, want[1]);
        assert_number(o->value, want[2]);
        assert_number(o->lower95, want[3]);
        assert_number(o->upper95, want[4]);
        assert_number(o->lower99_8, want[5]);
        assert_number(o->upper99_8, want[6]);
        assert_int_equal(o->status, isnan(want[2]) ? STATUS_NOT_APPLICABLE : STATUS_OK);
        assert_int_equal(o->rows, KNOWN_STRATA);
        if (isnan(want[2]))
            assert_non_null(strstr(reason(&w, code), "fewer than 10 events"));
    }
    assert_int_equal(w.set->series[0].kind, KIND_PUBLISHED);
    world_close(&w);
}

static void indirect_ratios_equal_the_reference(void **state)
{
    World w;
    write_known_strata(state);
    world_open(&w, state,
               "measure: isr, reference: {source: t, band: band, events: events, people: "
               "people}, " BY_CELL);
    assert_sound(&w);
    g_autoptr(Assessment) judged = assess(w.study, w.set);
    for (guint a = 0; a < G_N_ELEMENTS(known_strata); a++) {
        const char code[] = {(char)('A' + a), '\0'};
        const double *want = known_strata[a].isratio;
        const Observation *o = figure(&w, code);
        const Verdict *v = verdict_at(judged, 0, 0, a);
        assert_number(o->numerator, want[0]);
        assert_number(o->denominator, want[1]);
        assert_number(o->value, want[2]);
        assert_number(v->lower95, want[3]);
        assert_number(v->upper95, want[4]);
        assert_number(v->lower99_8, want[5]);
        assert_number(v->upper99_8, want[6]);
    }
    assert_int_equal(w.set->series[0].kind, KIND_COUNTS);
    world_close(&w);
}

static void write_known_life(void **state)
{
    static const guint start[] = {0,  1,  5,  10, 15, 20, 25, 30, 35, 40,
                                  45, 50, 55, 60, 65, 70, 75, 80, 85, 90};
    g_autoptr(GString) x = g_string_new("code,year,age,x\n"), n = g_string_new("code,year,age,n\n");
    for (guint a = 0; a < G_N_ELEMENTS(known_life); a++)
        for (guint k = 0; k < G_N_ELEMENTS(start); k++) {
            g_autofree char *band = k == 0 ? g_strdup("under 1")
                                    : k == 19
                                        ? g_strdup("90+")
                                        : g_strdup_printf("%u-%u", start[k], start[k + 1] - 1);
            g_string_append_printf(x, "%c,2016,%s,%.17g\n", 'A' + a, band, known_life[a].deaths[k]);
            g_string_append_printf(n, "%c,2016,%s,%.17g\n", 'A' + a, band, known_life[a].pop[k]);
        }
    put(state, "x.csv", x->str);
    put(state, "n.csv", n->str);
    put(state, "t.csv", "a\n1\n");
}

static void life_expectancies_equal_the_reference(void **state)
{
    static const struct {
        const char *age;
        guint row;
    } ages[] = {{"", 0}, {"age: 65, ", 14}};
    for (guint i = 0; i < G_N_ELEMENTS(ages); i++) {
        World w;
        g_autofree char *text =
            g_strdup_printf("measure: life_expectancy, %s%s", ages[i].age, BY_CELL);
        write_known_life(state);
        world_open(&w, state, text);
        assert_sound(&w);
        for (guint a = 0; a < G_N_ELEMENTS(known_life); a++) {
            const char code[] = {(char)('A' + a), '\0'};
            const double *want = known_life[a].expected[ages[i].row];
            const Observation *o = figure(&w, code);
            assert_number(o->value, want[0]);
            assert_number(o->lower95, want[1]);
            assert_number(o->upper95, want[2]);
            assert_number(o->lower99_8, want[3]);
            assert_number(o->upper99_8, want[4]);
            assert_int_equal(o->status, isnan(want[0]) ? STATUS_NOT_APPLICABLE : STATUS_OK);
        }
        g_autoptr(Assessment) judged = assess(w.study, w.set);
        assert_null(judged->indicators[0].opportunity_unit); /* years times people are no events */
        assert_true(isnan(verdict_at(judged, 0, 0, 0)->opportunity));
        world_close(&w);
    }
}

static void a_life_table_needs_people_and_deaths_that_fit(void **state)
{
    g_autoptr(GString) x = g_string_new("code,year,age,x\n"), n = g_string_new("code,year,age,n\n");
    for (guint year = 0; year <= 90; year++) {
        const char *plus = year == 90 ? "+" : "";
        const guint last = year == 90 ? 200 : 1;
        const guint deaths[] = {1, last, last, year == 90 ? 0 : 1}; /* of A, B, C, D */
        for (guint a = 0; a < 4; a++) {
            const guint people = a == 0                 ? 10
                                 : a == 1 && year == 40 ? 0
                                 : a == 2 && year == 90 ? 0
                                                        : 1000;
            g_string_append_printf(x, "%c,2016,%u%s,%u\n", 'A' + a, year, plus, deaths[a]);
            g_string_append_printf(n, "%c,2016,%u%s,%u\n", 'A' + a, year, plus, people);
        }
    }
    put(state, "x.csv", x->str);
    put(state, "n.csv", n->str);
    put(state, "t.csv", "a\n1\n");
    World w;
    world_open(&w, state, "measure: life_expectancy, " BY_CELL);
    assert_sound(&w);
    assert_string_equal(reason(&w, "A"), "5,000 people or fewer: too few for a life expectancy");
    assert_true(isfinite(figure(&w, "B")->value)); /* only one year of its band is empty */
    assert_string_equal(reason(&w, "C"), "nobody aged 90+");
    assert_string_equal(reason(&w, "D"), "no deaths in the oldest age band");
    assert_int_equal(figure(&w, "D")->status, STATUS_NOT_APPLICABLE);
    assert_true(isnan(figure(&w, "D")->value));
    world_close(&w);
}

/* ---- where the ages are -------------------------------------------------------------------------
 */

/* Two bands, 0-1 and 2+, of weights 3 and 1. A: 8 of 400 and 20 of 100:
 * 1000 (3 x 8/400 + 20/100)/4 = 65. B: 4 of 100 and 6 of 50: 1000 (3 x 0.04 + 0.12)/4 = 60. */
static const char TWO_BANDS[] = "band,weight\n0-1,3\n2+,1\nAll,4\n";
#define BY_FILE                                                                                    \
    "standard: {source: t, band: band, weight: weight, rows: [{column: band, not: All}]}, "

static void single_years_in_headers_are_added_up(void **state)
{
    World w;
    put(state, "x.csv", "code,year,age,x\nA,2016,0-1,8\nA,2016,2+,20\nB,2016,0-1,4\nB,2016,2+,6\n");
    put(state, "n.csv",
        "code,year,All ages,Age 0,Age 1,Age 2,Aged 3+\nA,2016,500,300,100,60,40\n"
        "B,2016,150,40,60,20,30\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state,
               "measure: dsr, per: 1000, " BY_FILE
               "numerator: {source: x, columns: x, age: {column: age}}, "
               "denominator: {source: n, columns: 'Aged? \\d+\\+?'}");
    assert_sound(&w);
    assert_number(figure(&w, "A")->value, 65);
    assert_number(figure(&w, "A")->denominator, 500);
    assert_int_equal(figure(&w, "A")->denominator_rows, 1);
    assert_number(figure(&w, "B")->value, 60);
    /* both together: 12 of 500 and 26 of 150: 1000 (3 x 0.024 + 26/150)/4 */
    const double both = 1000 * (0.072 + 26.0 / 150) / 4;
    assert_number(w.set->series[0].pooled[0], both);
    g_autoptr(Assessment) judged = assess(w.study, w.set);
    assert_number(judged->indicators[0].periods[0].comparator, both);
    assert_string_equal(judged->indicators[0].periods[0].comparator_source, "sum of areas");
    world_close(&w);
}

static void events_in_runs_get_no_limits(void **state)
{
    World w;
    put(state, "x.csv", "code,year,age,x\nA,2016,0-1,8\nA,2016,2+,20\n");
    put(state, "n.csv", "code,year,age,n\nA,2016,0-1,400\nA,2016,2+,100\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state, "measure: dsr, per: 1000, uncertainty: clustered, " BY_FILE BY_CELL);
    assert_sound(&w);
    assert_number(figure(&w, "A")->value, 65);
    assert_true(isnan(figure(&w, "A")->lower95) && isnan(figure(&w, "A")->upper99_8));
    world_close(&w);
}

static void headers_may_say_the_age_by_groups(void **state)
{
    World w;
    put(state, "x.csv", "code,year,x_0_1,x_2_\nA,2016,8,20\nB,2016,4,6\n");
    put(state, "n.csv", "code,year,pop age 0 to 1,pop age 2+\nA,2016,400,100\nB,2016,100,50\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state,
               "measure: dsr, per: 1000, " BY_FILE
               "numerator: {source: x, columns: 'x_(?<from>\\d+)_(?<to>\\d+)?'}, "
               "denominator: {source: n, columns: 'pop (?<age>.*)'}");
    assert_sound(&w);
    assert_number(figure(&w, "A")->value, 65);
    assert_number(figure(&w, "B")->value, 60);
    world_close(&w);
}

static void rows_of_parts_are_added_up_only_when_told(void **state)
{
    const char *events = "code,year,sex,age,x\nA,2016,f,0-1,5\nA,2016,m,0-1,3\nA,2016,f,2+,20\n";
    static const char form[] = "measure: dsr, per: 1000, " BY_FILE
                               "numerator: {source: x, columns: x, age: {column: age}%s}, "
                               "denominator: {source: n, columns: n, age: {column: age}}";
    put(state, "x.csv", events);
    put(state, "n.csv", "code,year,age,n\nA,2016,0-1,400\nA,2016,2+,100\n");
    put(state, "t.csv", TWO_BANDS);
    World w;
    g_autofree char *summed = g_strdup_printf(form, ", sum: true");
    world_open(&w, state, summed);
    assert_number(figure(&w, "A")->value, 65);
    world_close(&w);
    g_autofree char *plain = g_strdup_printf(form, "");
    world_open(&w, state, plain);
    assert_int_equal(figure(&w, "A")->status, STATUS_REJECTED);
    assert_int_equal(support_count_rule(w.diags, "duplicate-key"), 1);
    world_close(&w);
}

static void cells_that_are_no_age_are_rejected(void **state)
{
    World w;
    put(state, "x.csv", "code,year,age,x\nA,2016,0-1,8\nA,2016,2+,20\nA,2016,Total,28\n");
    put(state, "n.csv", "code,year,age,n\nA,2016,0-1,400\nA,2016,2+,100\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state, "measure: dsr, per: 1000, " BY_FILE BY_CELL);
    assert_number(figure(&w, "A")->value, 65);
    assert_int_equal(w.set->n_rejects, 1);
    assert_string_equal(w.set->rejects[0].rule, "unknown-age");
    assert_int_equal(w.set->rejects[0].line, 4);
    world_close(&w);
}

/* ---- what is not there --------------------------------------------------------------------------
 */

static void a_figure_without_one_of_its_bands_is_missing(void **state)
{
    World w;
    put(state, "x.csv",
        "code,year,age,x\nA,2016,0-1,8\nA,2016,2+,[c]\nB,2016,0-1,9\nC,2016,0-1,9\nC,2016,2+,9\n");
    put(state, "n.csv",
        "code,year,age,n\nA,2016,0-1,400\nA,2016,2+,100\nB,2016,0-1,10\n"
        "B,2016,2+,10\nC,2016,0-1,10\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state, "measure: dsr, " BY_FILE BY_CELL);
    assert_int_equal(figure(&w, "A")->status, STATUS_SUPPRESSED);
    assert_string_equal(reason(&w, "A"),
                        "numerator: no figure for ages 2+ (suppressed by the publisher)");
    assert_int_equal(figure(&w, "B")->status, STATUS_NOT_REPORTED);
    assert_string_equal(reason(&w, "B"), "numerator: no figure for ages 2+ (no row)");
    assert_int_equal(figure(&w, "C")->status, STATUS_NO_DENOMINATOR);
    assert_number(figure(&w, "C")->numerator, 18);
    assert_int_equal(figure(&w, "D")->status, STATUS_NOT_REPORTED);
    for (guint a = 0; a < 4; a++)
        assert_true(isnan(series_at(&w.set->series[0], 4, 0, a)->value));
    assert_true(isnan(w.set->series[0].pooled[0]));
    world_close(&w);
}

static void absent_rows_can_mean_no_event(void **state)
{
    World w;
    put(state, "x.csv", "code,year,age,x\nA,2016,2+,20\n"); /* 1000 (0 + 20/100)/4 */
    put(state, "n.csv",
        "code,year,age,n\nA,2016,0-1,400\nA,2016,2+,100\nB,2016,0-1,1\nB,2016,2+,1\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state,
               "measure: dsr, per: 1000, " BY_FILE
               "numerator: {source: x, columns: x, age: {column: age, absent: zero}}, "
               "denominator: {source: n, columns: n, age: {column: age}}");
    assert_sound(&w);
    assert_number(figure(&w, "A")->value, 50);
    assert_int_equal(figure(&w, "B")->status, STATUS_NOT_REPORTED); /* no row at all is no zero */
    world_close(&w);
}

static void nobody_at_an_age_gives_no_rate(void **state)
{
    World w;
    put(state, "x.csv", "code,year,age,x\nA,2016,0-1,8\nA,2016,2+,20\n");
    put(state, "n.csv", "code,year,age,n\nA,2016,0-1,400\nA,2016,2+,0\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state, "measure: dsr, " BY_FILE BY_CELL);
    assert_int_equal(figure(&w, "A")->status, STATUS_ZERO_DENOMINATOR);
    assert_string_equal(reason(&w, "A"), "nobody aged 2+");
    world_close(&w);
}

static void negative_counts_are_rejected(void **state)
{
    World w;
    put(state, "x.csv", "code,year,age,x\nA,2016,0-1,-8\nA,2016,2+,20\n");
    put(state, "n.csv", "code,year,age,n\nA,2016,0-1,400\nA,2016,2+,100\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state, "measure: isr, " BY_CELL);
    assert_int_equal(figure(&w, "A")->status, STATUS_REJECTED);
    assert_int_equal(support_count_rule(w.diags, "out-of-domain"), 1);
    world_close(&w);
}

/* ---- whose rates are expected -------------------------------------------------------------------
 */

static const char EVENTS[] = "code,year,age,x\nA,2016,0-64,10\nA,2016,65+,30\nB,2016,0-64,20\n"
                             "B,2016,65+,20\nC,2016,0-64,7\n";
static const char PEOPLE[] = "code,year,age,n\nA,2016,0-64,1000\nA,2016,65+,300\nB,2016,0-64,500\n"
                             "B,2016,65+,100\nC,2016,0-64,9\nC,2016,65+,9\n";

static void all_areas_together_are_the_reference(void **state)
{
    World w;
    put(state, "x.csv", EVENTS);
    put(state, "n.csv", PEOPLE);
    put(state, "t.csv", "a\n1\n");
    world_open(&w, state, "measure: isr, " BY_CELL);
    assert_non_null(w.set);
    /* C is incomplete, so 30/1500 and 50/400: A expects 20 + 37.5, B expects 10 + 12.5 */
    assert_number(figure(&w, "A")->denominator, 57.5);
    assert_number(figure(&w, "A")->value, 100 * 40 / 57.5);
    assert_number(figure(&w, "B")->denominator, 22.5);
    assert_number(figure(&w, "B")->value, 100 * 40 / 22.5);
    g_autoptr(Assessment) judged = assess(w.study, w.set);
    assert_number(judged->indicators[0].periods[0].comparator, 100);
    assert_string_equal(judged->indicators[0].periods[0].comparator_source, "sum of areas");
    world_close(&w);
}

static void the_publishers_national_row_is_the_reference(void **state)
{
    World w;
    g_autofree char *x = g_strconcat(EVENTS, "E92,2016,0-64,40\nE92,2016,65+,60\n", NULL);
    g_autofree char *n = g_strconcat(PEOPLE, "E92,2016,0-64,2000\nE92,2016,65+,500\n", NULL);
    put(state, "x.csv", x);
    put(state, "n.csv", n);
    put(state, "t.csv", "a\n1\n");
    world_open(&w, state, "measure: isr, " BY_CELL);
    assert_non_null(w.set); /* 0.02 and 0.12: A expects 20 + 36 */
    assert_number(figure(&w, "A")->denominator, 56);
    assert_number(w.set->series[0].national[0].value, 100);
    world_close(&w);
}

static void only_the_ages_of_the_indicator_count(void **state)
{
    World w;
    put(state, "x.csv", EVENTS);
    put(state, "n.csv", PEOPLE);
    put(state, "t.csv", "a\n1\n");
    world_open(&w, state, "measure: isr, ages: 65+, " BY_CELL);
    assert_non_null(w.set); /* 50/400: A expects 37.5 of 30 */
    assert_number(figure(&w, "A")->numerator, 30);
    assert_number(figure(&w, "A")->denominator, 37.5);
    world_close(&w);
}

/* ---- bands that do not fit ----------------------------------------------------------------------
 */

static void open_with_bands(World *w, void **state, const char *first, const char *second,
                            const char *indicator)
{
    g_autofree char *x =
        g_strdup_printf("code,year,age,x\nA,2016,%s,8\nA,2016,%s,20\n", first, second);
    put(state, "x.csv", x);
    put(state, "n.csv", "code,year,age,n\nA,2016,0,200\nA,2016,1,200\nA,2016,2+,100\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(w, state, indicator);
}

static void bands_that_do_not_fit_are_refused(void **state)
{
    World w;
    open_with_bands(&w, state, "0-2", "3+", "measure: dsr, " BY_FILE BY_CELL);
    assert_refused(&w, "age-band",
                   "age band 0-2 of the numerator does not fit: the bands are 0-1, 2+");
    open_with_bands(&w, state, "0-1", "1", "measure: dsr, " BY_FILE BY_CELL);
    assert_refused(&w, "age-band", "age band 1 of the numerator overlaps another one");
    open_with_bands(&w, state, "0-1", "3+", "measure: dsr, " BY_FILE BY_CELL);
    assert_refused(&w, "age-band", "no age band of the numerator covers ages 2+");
    open_with_bands(&w, state, "0-1", "5+", "measure: isr, " BY_CELL);
    assert_refused(&w, "age-band", "of the numerator covers ages 2-4");
    open_with_bands(&w, state, "0-1", "2+", "measure: dsr, ages: 1+, " BY_FILE BY_CELL);
    assert_refused(&w, "age-band", "ages cut through an age band: 1+ through 0-1");
    open_with_bands(&w, state, "0-1", "2+",
                    "measure: dsr, standard: {source: t, band: band, weight: weight}, " BY_CELL);
    assert_refused(&w, "age-band", "not an age band");
}

static void headers_without_an_age_are_refused(void **state)
{
    World w;
    put(state, "x.csv", "code,year,x\nA,2016,8\n");
    put(state, "n.csv", "code,year,Age 0,age 0\nA,2016,8,9\n");
    put(state, "t.csv", TWO_BANDS);
    world_open(&w, state,
               "measure: dsr, " BY_FILE "numerator: {source: x, columns: x}, "
               "denominator: {source: n, columns: '[Aa]ge 0'}");
    assert_int_equal(support_count_rule(w.diags, "ambiguous-column"), 1);
    assert_refused(&w, "unknown-age", "no age band: x");
}

/* ---- definitions that make no sense -------------------------------------------------------------
 */

static void keys_without_a_use_are_refused(void **state)
{
    static const struct {
        const char *indicator, *words;
    } cases[] = {
        {"measure: rate, standard: esp2013, numerator: {source: x, columns: x}, "
         "denominator: {source: n, columns: n}",
         "standard in an indicator of measure rate"},
        {"measure: dsr, reference: {source: t, band: b, events: e, people: p}, " BY_CELL,
         "reference in an indicator of measure dsr"},
        {"measure: life_expectancy, age: 7, " BY_CELL, "bad value for age: 7"},
        {"measure: life_expectancy, ages: 65+, " BY_CELL, "ages in an indicator of measure"},
        {"measure: isr, ages: old, " BY_CELL, "bad value for ages: old"},
        {"measure: dsr, standard: esp1976, " BY_CELL, "bad value for standard: esp1976"},
        {"measure: dsr, uncertainty: counts, " BY_CELL,
         "uncertainty counts for measure dsr (published or clustered)"},
        {"measure: rate, denominator: {source: n, columns: n}, "
         "numerator: {source: x, columns: x, age: {column: age}}",
         "age in a quantity that is not by age"},
        {"measure: dsr, numerator: {source: x, columns: x, age: {column: a, pattern: '.*'}}, "
         "denominator: {source: n, columns: n}",
         "a pattern that does not give an age"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        World w;
        world_open(&w, state, cases[i].indicator);
        const char *rule = strstr(cases[i].words, "pattern") ? "bad-pattern" : "bad-value";
        assert_null(w.study);
        assert_refused(&w, rule, cases[i].words);
    }
}

/* ---- real data ----------------------------------------------------------------------------------
 */

/* Events invented (10, 20, … 190 by band); people of Darlington in 2016 by single year of age from
 * the file of the Office for National Statistics. The expected rate was worked out in Python. */
static void real_single_years_of_age_make_the_standards_bands(void **state)
{
    g_autofree char *shared = support_shared("data/ons_population_single_year_of_age_by_LA.csv");
    g_autofree char *people = NULL;
    g_autoptr(GString) x = g_string_new("code,year,age,x\n"), band = g_string_new(NULL);
    if (!shared || !g_file_get_contents(shared, &people, NULL, NULL))
        skip();
    for (guint k = 0; k < KNOWN_STRATA; k++)
        g_string_append_printf(x, "A,2016,%s,%u\n", band_of(k, band), 10 * (k + 1));
    put(state, "x.csv", x->str);
    put(state, "n.csv", people);
    put(state, "t.csv", "a\n1\n");
    World w;
    world_open(&w, state,
               "measure: dsr, numerator: {source: x, columns: x, age: {column: age}}, "
               "denominator: {source: n, rows: [{column: name, match: Darlington}], "
               "columns: 'Aged? \\d+\\+?'}");
    assert_sound(&w);
    const Observation *o = figure(&w, "A");
    assert_number(o->numerator, 1900);
    assert_number(o->denominator, 106327);
    assert_number(o->value, 1795.101968691133);
    world_close(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(direct_rates_equal_the_reference),
        TEST(indirect_ratios_equal_the_reference),
        TEST(life_expectancies_equal_the_reference),
        TEST(a_life_table_needs_people_and_deaths_that_fit),
        TEST(single_years_in_headers_are_added_up),
        TEST(events_in_runs_get_no_limits),
        TEST(headers_may_say_the_age_by_groups),
        TEST(rows_of_parts_are_added_up_only_when_told),
        TEST(cells_that_are_no_age_are_rejected),
        TEST(a_figure_without_one_of_its_bands_is_missing),
        TEST(absent_rows_can_mean_no_event),
        TEST(nobody_at_an_age_gives_no_rate),
        TEST(negative_counts_are_rejected),
        TEST(all_areas_together_are_the_reference),
        TEST(the_publishers_national_row_is_the_reference),
        TEST(only_the_ages_of_the_indicator_count),
        TEST(bands_that_do_not_fit_are_refused),
        TEST(headers_without_an_age_are_refused),
        TEST(keys_without_a_use_are_refused),
        TEST(real_single_years_of_age_make_the_standards_bands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
