/** Areas over time: a made-up country with a merger (A and B became M in April 2019), a county C
 * that was split (into P and Q, April 2021), a council under a new code (X1 became X2 in April
 * 2013) and a district D that went, with a part of E, into F and G (no share stated; April 2019).
 * Expected figures are added up by hand. */
#include "mini_study.h"

static const char REGISTER[] = "code,name,first,last\n"
                               "A,Alder,,2019-03-31\n"
                               "B,Birch,,2019-03-31\n"
                               "M,Merle,2019-04-01,\n"
                               "C,Cedar,,2021-03-31\n"
                               "P,Pine,2021-04-01,\n"
                               "Q,Quince,2021-04-01,\n"
                               "X1,Yew,,2013-03-31\n"
                               "X2,Yew,2013-04-01,\n"
                               "D,Date,,2019-03-31\n"
                               "E,Elm,,2019-03-31\n"
                               "F,Fig,2019-04-01,\n"
                               "G,Gean,2019-04-01,\n"
                               "Z,Zelkova,,\n";

static const char CHANGES[] = "date,from_code,to_code,kind,share,basis\n"
                              "2013-04-01,X1,X2,code,1,\n"
                              "2019-04-01,A,M,merger,1,the whole area\n"
                              "2019-04-01,B,M,merger,,the whole area\n"
                              "2019-04-01,D,F,merger,1,the whole area\n"
                              "2019-04-01,E,F,split,,\n"
                              "2019-04-01,E,G,split,,\n"
                              "2021-04-01,C,P,split,0.25,people 2020\n"
                              "2021-04-01,C,Q,split,0.75,people 2020\n";

typedef struct {
    const char *areas;     /**< more keys of areas */
    const char *indicator; /**< more keys of the indicator */
    const char *quantity;  /**< more keys of both quantities */
    const char *source;    /**< more keys of the source of the data */
    const char *changes;   /**< the file; NULL: CHANGES */
    const char *data;      /**< code,year,x,n */
} Case;

static void world_open(World *w, void **state, Case c)
{
    const char *dir = *state;
    g_autofree char *data = g_strconcat("code,year,x,n,age\n", c.data, NULL);
    g_autofree char *a = support_write(dir, "areas.csv", REGISTER);
    g_autofree char *b = support_write(dir, "changes.csv", c.changes ? c.changes : CHANGES);
    g_autofree char *d = support_write(dir, "data.csv", data);
    const char *quantity = c.quantity ? c.quantity : "";
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: England, valid_from: first,\n"
        "        valid_to: last, changes: {source: changes}%s}\n"
        "sources:\n"
        "  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - {id: changes, title: Changes, publisher: P, path: changes.csv}\n"
        "  - {id: data, title: Data, publisher: P, path: data.csv, missing: {'[c]': suppressed},\n"
        "     area: {column: code, national: England%s}, period: {column: year}}\n"
        "indicators:\n"
        "  - {id: i, title: I, domain: D, role: outcome, %s, per: 100,\n"
        "     numerator: {source: data, columns: x%s}, denominator: {source: data, columns: "
        "n%s}}\n",
        c.areas ? c.areas : "", c.source ? c.source : "", c.indicator, quantity, quantity);
    world_write(w, dir, text);
}

static const char *why(const World *w, const char *period, const char *code)
{
    return observation_reason(w->set, 0, period_of(w, period),
                              (guint)observation_area(w->set, code));
}

static void assert_why(const World *w, const char *period, const char *code, Status status,
                       const char *because)
{
    assert_int_equal(at(w, period, code)->status, status);
    assert_non_null(why(w, period, code));
    assert_string_equal(why(w, period, code), because);
}

static gboolean in_force(const World *w, const char *period, const char *code)
{
    return observation_in_force(w->set, &w->set->series[0], period_of(w, period),
                                (guint)observation_area(w->set, code));
}

#define BREAK   "measure: rate, polarity: low, unit: per 100"
#define RESTATE "measure: rate, polarity: low, unit: per 100, boundaries: restate"

/* ---- who is there -----------------------------------------------------------------------------
 */

static const char MERGER[] = "A,2018,10,100,\nB,2018,5,200,\nM,2019,18,310,\nZ,2018,1,2,\n"
                             "Z,2019,1,2,\n";

static void test_an_area_is_there_on_the_last_day_of_a_period(void **state)
{
    World w;
    world_open(&w, state, (Case){.indicator = BREAK, .data = MERGER});
    assert_true(in_force(&w, "2018", "A"));
    assert_false(in_force(&w, "2019", "A")); /* it closed in March */
    assert_false(in_force(&w, "2018", "M"));
    assert_true(in_force(&w, "2019", "M"));
    assert_true(in_force(&w, "2018", "Z") && in_force(&w, "2019", "Z"));
    world_close(&w);
    world_open(&w, state,
               (Case){.indicator = BREAK, .data = "A,2018-19,10,100,\nM,2019-20,18,310,\n"});
    assert_true(in_force(&w, "2018-19", "A")); /* to the very day */
    assert_false(in_force(&w, "2018-19", "M"));
    assert_true(in_force(&w, "2019-20", "M"));
    world_close(&w);
}

static void test_a_series_breaks_unless_told_otherwise(void **state)
{
    World w;
    world_open(&w, state, (Case){.indicator = BREAK, .data = MERGER});
    assert_true(at(&w, "2018", "A")->value == 10);
    assert_int_equal(at(&w, "2018", "A")->status, STATUS_OK);
    assert_why(&w, "2019", "A", STATUS_BOUNDARY_CHANGE,
               "Alder (A) was closed on 31 March 2019; since then Merle (M)");
    assert_why(&w, "2018", "M", STATUS_BOUNDARY_CHANGE,
               "Merle (M) exists since 1 April 2019; before it Alder (A) and Birch (B)");
    assert_int_equal(at(&w, "2018", "C")->status, STATUS_NOT_REPORTED); /* it was there */
    assert_int_equal(w.set->n_rejects, 0);
    world_close(&w);
}

static void test_what_became_of_a_closed_area_is_kept(void **state)
{
    World w;
    world_open(&w, state, (Case){.indicator = BREAK, .data = MERGER});
    assert_string_equal(
        w.set->areas[observation_area(w.set, "C")].fate,
        "Cedar (C) was closed on 31 March 2021; since then Pine (P) and Quince (Q).");
    assert_null(w.set->areas[observation_area(w.set, "M")].fate);
    assert_false(observation_is_open(w.set, (guint)observation_area(w.set, "A")));
    assert_true(observation_is_open(w.set, (guint)observation_area(w.set, "M")));
    assert_true(observation_is_open(w.set, (guint)observation_area(w.set, "C"))); /* until 2021 */
    assert_false(observation_is_open(w.set, (guint)observation_area(w.set, "P")));
    world_close(&w);
}

/* ---- one council, two codes -------------------------------------------------------------------
 */

static void test_a_new_code_of_the_same_council_is_no_break(void **state)
{
    World w;
    world_open(&w, state,
               (Case){.indicator = BREAK, .data = "X1,2012,1,50,\nX2,2014,3,60,\nX1,2015,4,80,\n"});
    assert_int_equal(observation_area(w.set, "X1"), -1);
    assert_true(at(&w, "2012", "X2")->value == 2);
    assert_true(at(&w, "2014", "X2")->value == 5);
    assert_true(at(&w, "2015", "X2")->value == 5); /* also where the publisher is late */
    assert_int_equal(at(&w, "2012", "X2")->status, STATUS_OK);
    assert_true(in_force(&w, "2012", "X2"));
    world_close(&w);
}

static void test_the_code_is_that_of_the_day(void **state)
{
    World w;
    world_open(&w, state,
               (Case){.areas = ", as_of: 2012-06-30",
                      .indicator = BREAK,
                      .data = "X1,2012,1,50,\nX2,2014,3,60,\n"});
    assert_int_equal(observation_area(w.set, "X2"), -1);
    assert_true(at(&w, "2012", "X1")->value == 2);
    assert_true(at(&w, "2014", "X1")->value == 5);
    world_close(&w);
}

/* ---- restating --------------------------------------------------------------------------------
 */

static void test_counts_are_added_up_onto_the_successor(void **state)
{
    World w;
    world_open(&w, state, (Case){.indicator = RESTATE, .data = MERGER});
    const Observation *o = at(&w, "2018", "M");
    assert_true(o->numerator == 15 && o->denominator == 300 && o->value == 5);
    assert_int_equal(o->rows, 2);
    assert_int_equal(o->line, 2);
    assert_why(&w, "2018", "M", STATUS_RESTATED, "the sum of Alder (A) and Birch (B)");
    assert_false(in_force(&w, "2018", "M"));
    assert_int_equal(at(&w, "2018", "A")->status, STATUS_OK);
    assert_int_equal(at(&w, "2019", "M")->status, STATUS_OK);
    assert_int_equal(at(&w, "2019", "A")->status, STATUS_BOUNDARY_CHANGE); /* it stays closed */
    world_close(&w);
}

static void test_a_missing_part_makes_the_whole_missing(void **state)
{
    World w;
    world_open(&w, state, (Case){.indicator = RESTATE, .data = "A,2018,10,100,\nM,2019,18,310,\n"});
    assert_true(isnan(at(&w, "2018", "M")->value));
    assert_why(&w, "2018", "M", STATUS_NOT_REPORTED, "Birch (B), a part of it: not reported");
    world_close(&w);
    world_open(&w, state, (Case){.indicator = RESTATE, .data = "A,2018,10,100,\nB,2018,[c],9,\n"});
    assert_true(isnan(at(&w, "2018", "M")->value) && isnan(at(&w, "2018", "M")->numerator));
    assert_why(&w, "2018", "M", STATUS_SUPPRESSED,
               "Birch (B), a part of it: suppressed by the publisher");
    world_close(&w);
}

static void test_a_declared_gap_of_a_part_is_the_reason(void **state)
{
    World w;
    world_open(&w, state,
               (Case){.indicator = RESTATE,
                      .source = ", not_covered: [{area: B, status: not_applicable, because: its "
                                "own scheme}]",
                      .data = "A,2018,10,100,\nM,2019,18,310,\n"});
    assert_why(&w, "2018", "M", STATUS_NOT_APPLICABLE, "Birch (B), a part of it: its own scheme");
    world_close(&w);
}

static void test_a_stated_share_is_an_estimate(void **state)
{
    World w;
    world_open(&w, state, (Case){.indicator = RESTATE, .data = "C,2020,8,40,\nP,2021,3,11,\n"});
    const Observation *p = at(&w, "2020", "P"), *q = at(&w, "2020", "Q");
    assert_true(p->numerator == 2 && p->denominator == 10 && p->value == 20);
    assert_true(q->numerator == 6 && q->denominator == 30 && q->value == 20);
    assert_why(&w, "2020", "P", STATUS_ESTIMATED, "estimated as 0.25 of Cedar (C) (people 2020)");
    assert_int_equal(q->status, STATUS_ESTIMATED);
    world_close(&w);
}

static void test_without_a_share_it_is_refused(void **state)
{
    World w;
    world_open(&w, state,
               (Case){.indicator = RESTATE, .data = "D,2018,8,40,\nE,2018,8,40,\nF,2019,3,11,\n"});
    assert_why(&w, "2018", "F", STATUS_BOUNDARY_CHANGE,
               "what part of Elm (E) went to Fig (F) is not stated");
    assert_why(&w, "2018", "G", STATUS_BOUNDARY_CHANGE,
               "what part of Elm (E) went to Gean (G) is not stated");
    world_close(&w);
}

static void test_one_quantity_may_be_restated_alone(void **state)
{
    World w; /* a population on the boundaries of today, events on those of their time */
    world_open(&w, state,
               (Case){.indicator = RESTATE,
                      .quantity = ", rows: [{column: n, blank: no}]",
                      .data = "A,2018,10,1,\nB,2018,5,1,\nM,2018,18,300,\n"});
    assert_int_equal(at(&w, "2018", "M")->status, STATUS_OK);
    world_close(&w);
    const char *dir = *state;
    g_autofree char *people =
        support_write(dir, "people.csv", "code,year,n\nM,2018,300\nZ,2018,7\n");
    g_autofree char *events =
        support_write(dir, "events.csv", "code,year,x\nA,2018,10\nB,2018,5\n");
    g_autofree char *path = support_write(
        dir, "study.yaml",
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: code, name: name, nation: England, valid_from: first,\n"
        "        valid_to: last, changes: {source: changes}}\n"
        "sources:\n"
        "  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - {id: changes, title: Changes, publisher: P, path: changes.csv}\n"
        "  - {id: events, title: E, publisher: P, path: events.csv, area: {column: code},\n"
        "     period: {column: year}}\n"
        "  - {id: people, title: N, publisher: P, path: people.csv, area: {column: code},\n"
        "     period: {column: year}}\n"
        "indicators:\n"
        "  - {id: i, title: I, domain: D, role: outcome, measure: rate, polarity: low, unit: u,\n"
        "     per: 100, boundaries: restate, numerator: {source: events, columns: x},\n"
        "     denominator: {source: people, columns: n}}\n");
    world_read(&w, *state, path);
    assert_true(at(&w, "2018", "M")->value == 5);
    assert_why(&w, "2018", "M", STATUS_RESTATED, "the sum of Alder (A) and Birch (B)");
    assert_why(&w, "2018", "A", STATUS_BOUNDARY_CHANGE, "Merle (M) is made of more than Alder (A)");
    world_close(&w);
}

/* ---- a fixed map ------------------------------------------------------------------------------
 */

static void test_a_fixed_map_has_the_areas_of_its_day_in_all_periods(void **state)
{
    World w;
    world_open(&w, state,
               (Case){.areas = ", as_of: 2022-01-01", .indicator = RESTATE, .data = MERGER});
    assert_int_equal(observation_area(w.set, "A"), -1);
    assert_int_equal(w.set->n_rejects, 0); /* its rows are known all the same */
    assert_true(at(&w, "2018", "M")->value == 5);
    assert_true(in_force(&w, "2018", "M") && in_force(&w, "2018", "Z"));
    world_close(&w);
    world_open(&w, state,
               (Case){.areas = ", as_of: 2022-01-01", .indicator = BREAK, .data = MERGER});
    assert_int_equal(at(&w, "2018", "M")->status, STATUS_BOUNDARY_CHANGE);
    world_close(&w);
}

static void test_successors_are_added_up_onto_the_former_area(void **state)
{
    World w;
    world_open(&w, state,
               (Case){.areas = ", as_of: 2020-01-01",
                      .indicator = RESTATE,
                      .data = "C,2020,8,40,\nP,2021,3,11,\nQ,2021,4,29,\nM,2021,1,1,\n"});
    assert_true(at(&w, "2021", "C")->numerator == 7 && at(&w, "2021", "C")->denominator == 40);
    assert_why(&w, "2021", "C", STATUS_RESTATED, "the sum of Pine (P) and Quince (Q)");
    world_close(&w);
    world_open(&w, state,
               (Case){.areas = ", as_of: 2018-01-01",
                      .indicator = RESTATE,
                      .data = "A,2018,8,40,\nM,2019,3,11,\n"});
    assert_why(&w, "2019", "A", STATUS_BOUNDARY_CHANGE, "Merle (M) is made of more than Alder (A)");
    world_close(&w);
}

static void test_changes_follow_each_other(void **state)
{
    static const char CHAIN[] = "date,from_code,to_code\n2013-04-01,X1,X2\n2019-04-01,A,M\n"
                                "2019-04-01,B,M\n2021-04-01,M,P\n2021-04-01,X2,P\n";
    World w;
    world_open(&w, state,
               (Case){.areas = ", as_of: 2022-01-01",
                      .indicator = RESTATE,
                      .changes = CHAIN,
                      .data = "A,2012,1,10,\nB,2012,2,20,\nX1,2012,4,40,\nM,2020,8,80,\n"
                              "X2,2020,16,10,\n"});
    assert_true(at(&w, "2012", "P")->numerator == 7 && at(&w, "2012", "P")->denominator == 70);
    assert_true(at(&w, "2020", "P")->numerator == 24 && at(&w, "2020", "P")->denominator == 90);
    assert_why(&w, "2012", "P", STATUS_RESTATED, "the sum of Alder (A), Birch (B) and Yew (X1)");
    world_close(&w);
}

/* ---- suppression ------------------------------------------------------------------------------
 */

static void test_restating_gives_no_suppressed_figure_away(void **state)
{
    const char *data = "C,2020,[c],40,\nZ,2020,5,10,\nX2,2020,1,10,\nEngland,2020,9,60,\n";
    World w; /* 9 less 5 and 1 would be Cedar's 3, and a quarter of it Pine's */
    world_open(&w, state, (Case){.indicator = RESTATE, .data = data});
    assert_int_equal(at(&w, "2020", "C")->status, STATUS_SUPPRESSED);
    assert_int_equal(at(&w, "2020", "P")->status, STATUS_SUPPRESSED);
    assert_true(isnan(w.set->series[0].national[0].numerator));
    world_close(&w);
    world_open(&w, state,
               (Case){.areas = ", as_of: 2022-01-01", .indicator = RESTATE, .data = data});
    assert_int_equal(at(&w, "2020", "P")->status, STATUS_SUPPRESSED);
    assert_int_equal(at(&w, "2020", "Q")->status, STATUS_SUPPRESSED);
    assert_true(isnan(w.set->series[0].national[0].numerator)); /* two, but of one area */
    world_close(&w);
}

/* ---- by age, by month -------------------------------------------------------------------------
 */

static void test_bands_are_added_up_each_for_itself(void **state)
{
    World
        w; /* 20 and 30 events of 1,000 people each, weighted 500 of 5,500 and so on: like alone */
    world_open(&w, state,
               (Case){.indicator = "measure: isr, polarity: low, unit: ratio, boundaries: restate",
                      .quantity = ", age: {column: age}",
                      .data = "A,2018,10,100,0-64\nA,2018,20,50,65+\nB,2018,5,200,0-64\n"
                              "B,2018,30,50,65+\n"});
    const guint p = period_of(&w, "2018"), m = (guint)observation_area(w.set, "M");
    const AgeFigures *ages = w.set->series[0].ages;
    const gsize place = ((gsize)p * w.set->n_areas + m) * ages->n_bands;
    assert_int_equal(ages->n_bands, 2);
    assert_true(ages->x[place] == 15 && ages->x[place + 1] == 50);
    assert_true(ages->n[place] == 300 && ages->n[place + 1] == 100);
    /* the reference are A and B, not M beside them: M has just the expected number */
    assert_true(fabs(at(&w, "2018", "M")->value - 100) < 1e-9);
    assert_why(&w, "2018", "M", STATUS_RESTATED, "the sum of Alder (A) and Birch (B)");
    world_close(&w);
}

static void test_a_part_without_a_band_makes_the_whole_missing(void **state)
{
    World w;
    world_open(&w, state,
               (Case){.indicator = "measure: isr, polarity: low, unit: ratio, boundaries: restate",
                      .quantity = ", age: {column: age}",
                      .data = "A,2018,10,100,0-64\nA,2018,20,50,65+\nB,2018,5,200,0-64\n"});
    assert_why(&w, "2018", "M", STATUS_NOT_REPORTED,
               "numerator: Birch (B), a part of it: not reported");
    world_close(&w);
}

static void test_months_must_be_complete_in_every_part(void **state)
{
    GString *data = g_string_new(NULL);
    World w;
    for (guint month = 1; month <= 12; month++) {
        g_string_append_printf(data, "A,2018-%02u,1,2,\n", month);
        if (month < 12)
            g_string_append_printf(data, "B,2018-%02u,1,2,\n", month);
    }
    g_autofree char *eleven = g_strdup(data->str);
    g_string_append(data, "B,2018-12,1,2,\n");
    g_autofree char *twelve = g_string_free(data, FALSE);
    const char *gather = ", gather: calendar_year";
    world_open(&w, state, (Case){.indicator = RESTATE, .quantity = gather, .data = twelve});
    assert_true(at(&w, "2018", "M")->numerator == 24 && at(&w, "2018", "M")->denominator == 48);
    world_close(&w);
    world_open(&w, state, (Case){.indicator = RESTATE, .quantity = gather, .data = eleven});
    assert_true(isnan(at(&w, "2018", "M")->value));
    assert_int_equal(at(&w, "2018", "M")->status, STATUS_NOT_REPORTED);
    world_close(&w);
}

/* ---- faults -----------------------------------------------------------------------------------
 */

static void assert_fault(void **state, Case c, const char *rule)
{
    World w;
    world_open(&w, state, c);
    assert_null(w.set);
    assert_true(support_count_rule(w.diags, rule) > 0);
    world_close(&w);
}

static void test_changes_that_cannot_be_right_are_faults(void **state)
{
    const char *data = "A,2018,10,100,\n";
    assert_fault(state,
                 (Case){.indicator = BREAK,
                        .data = data,
                        .changes = "date,from_code,to_code,share\n2021-04-01,C,P,0.5\n"
                                   "2021-04-01,C,Q,0.6\n"},
                 "bad-change");
    assert_fault(state,
                 (Case){.indicator = BREAK,
                        .data = data,
                        .changes = "date,from_code,to_code,share\n2021-04-01,C,P,half\n"},
                 "bad-change");
    assert_fault(state,
                 (Case){.indicator = BREAK,
                        .data = data,
                        .changes = "date,from_code,to_code\n2021-02-30,C,P\n"},
                 "bad-change");
    assert_fault(state,
                 (Case){.indicator = BREAK,
                        .data = data,
                        .changes = "date,from_code,to_code\n2021-04-01,C,C\n"},
                 "bad-change");
    static const char *const slips[] = {
        "2019-04-01,A,M,merger\n2019-05-01,B,M,merger\n", /* Birch ended on 31 March */
        "2019-04-01,A,P,merger\n",                        /* Pine began two years later */
        "2019-04-01,E,F,split\n2019-04-01,EE,G,split\n",  /* Elm was split into one part? */
    };
    for (guint i = 0; i < G_N_ELEMENTS(slips); i++) {
        g_autofree char *changes = g_strconcat("date,from_code,to_code,kind\n", slips[i], NULL);
        assert_fault(state, (Case){.indicator = BREAK, .data = data, .changes = changes},
                     "bad-change");
    }
    assert_fault(state,
                 (Case){.areas = ", as_of: 1066-10-14",
                        .indicator = "measure: rate, "
                                     "polarity: low, unit: u, boundaries: mend",
                        .data = data},
                 "bad-value");
}

static void test_a_part_outside_the_register_is_never_left_out(void **state)
{
    World w; /* a register without Birch: what M was made of cannot be known */
    world_open(&w, state,
               (Case){.areas = ", rows: [{column: code, not: B}]",
                      .indicator = RESTATE,
                      .data = "A,2018,10,100,\nM,2019,18,310,\n"});
    assert_why(&w, "2018", "M", STATUS_NOT_REPORTED, "B, a part of it: not reported");
    assert_int_equal(support_count_rule(w.diags, "bad-change"), 1); /* a note */
    assert_int_equal(diagnostics_count(w.diags, DIAG_WARNING), 0);
    world_close(&w);
}

static guint faults_of(const char *dir, const char *areas, const char *indicator, const char *rule)
{
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: s, code: code, name: name, nation: England%s}\n"
        "sources: [{id: s, title: S, publisher: P, path: s.csv, area: {column: code},\n"
        "           period: {column: year}}]\n"
        "indicators:\n"
        "  - {id: i, title: I, domain: D, role: spend, measure: total, unit: u,\n"
        "     numerator: {source: s, columns: x}%s}\n",
        areas, indicator);
    g_autofree char *path = support_write(dir, "faulty.yaml", text);
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_load(path, diags);
    assert_true((study == NULL) == (diagnostics_count(diags, DIAG_ERROR) > 0));
    return support_count_rule(diags, rule);
}

static void test_keys_that_need_each_other_are_asked_for(void **state)
{
    const char *both = ", valid_from: a, valid_to: b", *changes = ", changes: {source: s}";
    g_autofree char *all = g_strconcat(both, changes, NULL);
    assert_int_equal(faults_of(*state, "", "", "missing-key"), 0);
    assert_int_equal(faults_of(*state, ", valid_from: a", "", "missing-key"), 1);
    assert_int_equal(faults_of(*state, ", as_of: 2020-01-01", "", "missing-key"), 1);
    assert_int_equal(faults_of(*state, changes, "", "missing-key"), 1);
    assert_int_equal(faults_of(*state, all, ", boundaries: restate", "bad-reference"), 0);
    assert_int_equal(faults_of(*state, both, ", boundaries: restate", "bad-reference"), 1);
}

static void test_only_counts_can_be_restated(void **state)
{
    const char *data = "A,2018,10,100,\n";
    assert_fault(state,
                 (Case){.indicator = "measure: published, polarity: low, unit: u, boundaries: "
                                     "restate, value: {source: data, columns: x}",
                        .data = data},
                 "bad-value");
}

static void test_an_area_with_impossible_days_is_left_out(void **state)
{
    World w;
    const char *dir = *state;
    world_open(&w, state, (Case){.indicator = BREAK, .data = MERGER});
    world_close(&w);
    g_autofree char *a = support_write(dir, "areas.csv",
                                       "code,name,first,last\nA,Alder,2019-04-01,2019-03-31\n"
                                       "B,Birch,1.4.2019,\nZ,Zelkova,,\n");
    g_autofree char *path = g_build_filename(dir, "study.yaml", NULL);
    world_read(&w, *state, path);
    assert_non_null(w.set);
    assert_int_equal(w.set->n_areas, 1);
    assert_int_equal(support_count_rule(w.diags, "bad-validity"), 2);
    world_close(&w);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, support_setup_dir, support_teardown_dir)
    const struct CMUnitTest tests[] = {
        T(test_an_area_is_there_on_the_last_day_of_a_period),
        T(test_a_series_breaks_unless_told_otherwise),
        T(test_what_became_of_a_closed_area_is_kept),
        T(test_a_new_code_of_the_same_council_is_no_break),
        T(test_the_code_is_that_of_the_day),
        T(test_counts_are_added_up_onto_the_successor),
        T(test_a_missing_part_makes_the_whole_missing),
        T(test_a_declared_gap_of_a_part_is_the_reason),
        T(test_a_stated_share_is_an_estimate),
        T(test_without_a_share_it_is_refused),
        T(test_one_quantity_may_be_restated_alone),
        T(test_a_fixed_map_has_the_areas_of_its_day_in_all_periods),
        T(test_successors_are_added_up_onto_the_former_area),
        T(test_changes_follow_each_other),
        T(test_restating_gives_no_suppressed_figure_away),
        T(test_bands_are_added_up_each_for_itself),
        T(test_a_part_without_a_band_makes_the_whole_missing),
        T(test_months_must_be_complete_in_every_part),
        T(test_changes_that_cannot_be_right_are_faults),
        T(test_a_part_outside_the_register_is_never_left_out),
        T(test_keys_that_need_each_other_are_asked_for),
        T(test_only_counts_can_be_restated),
        T(test_an_area_with_impossible_days_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
