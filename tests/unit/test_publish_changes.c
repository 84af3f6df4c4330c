#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fixture.h"
#include "peerline/publish/changes.h"
#include "peerline/publish/data.h"
#include "peerline/publish/provenance.h"

/** An edition is published from the fixture; then figures of the fixture are altered, and the
 *  changes against that edition are named. */

typedef struct {
    Fixture f;
    char *directory;
    Manifest *manifest;
    Earlier earlier;
    Changes *changes;
} State;

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

static void publish(State *s)
{
    g_autofree char *data = g_build_filename(s->directory, "data", NULL);
    g_autofree char *provenance = g_build_filename(s->directory, "provenance.json", NULL);
    g_mkdir_with_parents(data, 0777);
    assert_true(data_write(&s->f.context, data, NULL));
    assert_true(provenance_write(&s->f.context, provenance, NULL));
}

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    s->directory = g_dir_make_tmp("peerline-changes-XXXXXX", NULL);
    s->manifest = manifest_new();
    s->earlier = (Earlier){s->directory, s->manifest};
    publish(s);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    nftw(s->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    changes_free(s->changes);
    manifest_free(s->manifest);
    g_free(s->directory);
    g_free(s);
    return 0;
}

static Observation *figure(State *s, guint indicator, guint period, guint area)
{
    return &s->f.grids[indicator][period * FIX_AREAS + area];
}

static Verdict *verdict(State *s, guint indicator, guint period, guint area)
{
    return &s->f.verdicts[indicator][period * FIX_AREAS + area];
}

static void compare(State *s)
{
    g_clear_pointer(&s->changes, changes_free);
    s->changes = changes_find(&s->f.context, &s->earlier);
}

/* "kind indicator area period", of the only change. */
static void assert_only(State *s, const char *expected)
{
    compare(s);
    assert_non_null(s->changes);
    assert_int_equal(s->changes->items->len, 1);
    const EditionChange *c = changes_at(s->changes, 0);
    g_autofree char *found = g_strdup_printf("%s %s %s %s", change_name(c->kind), c->indicator_id,
                                             c->area_code, c->period);
    assert_string_equal(found, expected);
}

static void the_same_figures_have_no_changes(void **state)
{
    State *s = *state;
    compare(s);
    assert_null(s->changes);
}

static void without_data_nothing_is_compared(void **state)
{
    State *s = *state;
    g_autofree char *path = g_build_filename(s->directory, "data", "assessment.csv", NULL);
    figure(s, 0, 0, 0)->value = 1;
    g_unlink(path);
    compare(s);
    assert_null(s->changes);
}

static void a_revised_figure_has_its_value_before(void **state)
{
    State *s = *state;
    const double before = figure(s, 0, 0, 1)->value;
    figure(s, 0, 0, 1)->value = 400.5;
    assert_only(s, "revised_figure falls A2 2015-16");
    assert_true(changes_at(s->changes, 0)->before.value == before);
    assert_true(changes_at(s->changes, 0)->now.value == 400.5);
    assert_string_equal(changes_at(s->changes, 0)->area_name, "Comma, \"Quoted\" & <Marked>");
    assert_string_equal(s->changes->edition, "2017-10-25");
}

static void a_last_digit_is_no_revision(void **state)
{
    State *s = *state;
    figure(s, 0, 0, 1)->value *= 1 + 1e-12;
    compare(s);
    assert_null(s->changes);
}

static void a_figure_where_there_was_none_is_new(void **state)
{
    State *s = *state;
    *figure(s, 0, 1, 3) = fixture_observation(150, 40000, 100000);
    assert_only(s, "new_figure falls A4 2016-17");
    assert_true(isnan(changes_at(s->changes, 0)->before.value));
    assert_null(changes_at(s->changes, 0)->period_before);
}

static void a_figure_that_is_gone_is_withdrawn(void **state)
{
    State *s = *state;
    const double before = figure(s, 1, 0, 2)->value;
    *figure(s, 1, 0, 2) = fixture_missing(STATUS_NOT_REPORTED);
    assert_only(s, "withdrawn_figure Spend A3 2015-16");
    assert_true(changes_at(s->changes, 0)->before.value == before);
}

static void a_figure_that_is_suppressed_now_is_not_repeated(void **state)
{
    State *s = *state;
    *figure(s, 0, 0, 2) = fixture_missing(STATUS_SUPPRESSED);
    assert_only(s, "withdrawn_figure falls A3 2015-16");
    assert_true(isnan(changes_at(s->changes, 0)->before.value));
}

static void an_outlier_now_that_was_none_is_new(void **state)
{
    State *s = *state;
    Verdict *v = verdict(s, 0, 1, 0);
    v->outlier = OUTLIER_ALERT;
    v->direction = DIRECTION_LOWER;
    assert_only(s, "new_outlier falls A1 2016-17");
    assert_string_equal(changes_at(s->changes, 0)->before.outlier, "none");
    assert_string_equal(changes_at(s->changes, 0)->now.outlier, "alert");
}

static void an_outlier_that_is_none_now_is_resolved(void **state)
{
    State *s = *state;
    verdict(s, 0, 1, 1)->outlier = OUTLIER_NONE;
    assert_only(s, "resolved_outlier falls A2 2016-17");
    assert_string_equal(changes_at(s->changes, 0)->before.direction, "higher");
}

static void an_outlier_without_judgement_now_is_not_called_resolved(void **state)
{
    State *s = *state;
    verdict(s, 0, 1, 1)->outlier = OUTLIER_NOT_ESTIMABLE;
    compare(s);
    assert_null(s->changes);
}

static void an_outlier_that_changes_sides_is_both(void **state)
{
    State *s = *state;
    verdict(s, 0, 1, 1)->direction = DIRECTION_LOWER;
    compare(s);
    assert_int_equal(s->changes->items->len, 2);
    assert_int_equal(s->changes->n[CHANGE_NEW_OUTLIER], 1);
    assert_int_equal(s->changes->n[CHANGE_RESOLVED_OUTLIER], 1);
}

static void an_earlier_period_is_no_news_of_outliers(void **state)
{
    State *s = *state;
    verdict(s, 0, 0, 0)->outlier = OUTLIER_ALARM;
    compare(s);
    assert_null(s->changes);
}

/* The edition before ends a period earlier: it is compared by its own latest one. */
static void a_new_period_is_compared_with_the_latest_then(void **state)
{
    State *s = *state;
    verdict(s, 1, 0, 2)->outlier = OUTLIER_ALERT;
    verdict(s, 1, 0, 2)->direction = DIRECTION_HIGHER;
    s->f.series[1].n_periods = 1;
    s->f.judged[1].latest = 0;
    publish(s);
    s->f.series[1].n_periods = 2;
    s->f.judged[1].latest = 1;
    compare(s);
    assert_int_equal(s->changes->n[CHANGE_NEW_FIGURE], FIX_AREAS);
    assert_int_equal(s->changes->n[CHANGE_RESOLVED_OUTLIER], 1);
    assert_int_equal(s->changes->items->len, FIX_AREAS + 1);
    for (guint i = 0; i < s->changes->items->len; i++)
        if (changes_at(s->changes, i)->kind == CHANGE_RESOLVED_OUTLIER) {
            assert_string_equal(changes_at(s->changes, i)->period_before, "2015-16");
            assert_string_equal(changes_at(s->changes, i)->period, "2016-17");
        }
}

static void set_rank(Verdict *v, guint rank, guint lower, guint upper)
{
    v->rank = rank;
    v->rank_lower = lower;
    v->rank_upper = upper;
    v->percentile = 25.0 * rank;
}

static void ranks_move_if_their_intervals_part(void **state)
{
    State *s = *state;
    set_rank(verdict(s, 0, 1, 2), 1, 1, 2);
    publish(s);
    set_rank(verdict(s, 0, 1, 2), 4, 3, 4);
    assert_only(s, "moved falls A3 2016-17");
    assert_int_equal(changes_at(s->changes, 0)->before.rank_upper, 2);
    set_rank(verdict(s, 0, 1, 2), 4, 2, 4);
    compare(s);
    assert_null(s->changes);
}

static void ranks_without_intervals_move_by_a_quarter_of_the_areas(void **state)
{
    State *s = *state;
    set_rank(verdict(s, 1, 1, 2), 1, 0, 0);
    publish(s);
    set_rank(verdict(s, 1, 1, 2), 2, 0, 0);
    assert_only(s, "moved Spend A3 2016-17");
    verdict(s, 1, 1, 2)->percentile = 49;
    compare(s);
    assert_null(s->changes);
}

static void an_indicator_that_is_no_more_is_withdrawn(void **state)
{
    State *s = *state;
    s->f.indicators[1].id = "Other";
    compare(s);
    assert_int_equal(s->changes->n[CHANGE_NEW_FIGURE], FIX_PERIODS * FIX_AREAS);
    assert_int_equal(s->changes->n[CHANGE_WITHDRAWN_FIGURE], FIX_PERIODS * FIX_AREAS);
    for (guint i = 0; i < s->changes->items->len; i++)
        if (changes_at(s->changes, i)->kind == CHANGE_WITHDRAWN_FIGURE) {
            assert_string_equal(changes_at(s->changes, i)->indicator, "Spending per person");
            assert_int_equal(changes_at(s->changes, i)->indicator_index, -1);
        }
}

static void changes_are_sorted_as_the_other_files(void **state)
{
    State *s = *state;
    figure(s, 0, 1, 0)->value = figure(s, 0, 0, 2)->value = figure(s, 1, 1, 3)->value = 1;
    compare(s);
    assert_int_equal(s->changes->items->len, 3);
    assert_string_equal(changes_at(s->changes, 0)->indicator_id, "Spend");
    assert_string_equal(changes_at(s->changes, 1)->period, "2015-16");
    assert_string_equal(changes_at(s->changes, 2)->period, "2016-17");
}

static void the_same_figures_again_keep_what_was_told_of_them(void **state)
{
    State *s = *state;
    figure(s, 0, 0, 1)->value = 400.5;
    compare(s);
    s->f.context.changes = s->changes;
    s->manifest->compared_with = g_strdup("00ff");
    s->manifest->compared_edition = g_strdup("2016-10-25");
    publish(s);
    Changes *told = changes_find(&s->f.context, &s->earlier);
    assert_non_null(told);
    assert_int_equal(told->items->len, 1);
    assert_int_equal(changes_at(told, 0)->kind, CHANGE_REVISED_FIGURE);
    assert_true(changes_at(told, 0)->now.value == 400.5);
    assert_string_equal(told->edition, "2016-10-25");
    assert_string_equal(told->assessment, "00ff");
    changes_free(told);
}

static void a_file_that_somebody_broke_is_not_compared(void **state)
{
    State *s = *state;
    g_autofree char *path = g_build_filename(s->directory, "data", "assessment.csv", NULL);
    figure(s, 0, 0, 0)->value = 1;
    g_file_set_contents(path, "indicator_id,area_code\nfalls,\"A1", -1, NULL);
    compare(s);
    assert_null(s->changes);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_same_figures_have_no_changes),
        T(without_data_nothing_is_compared),
        T(a_revised_figure_has_its_value_before),
        T(a_last_digit_is_no_revision),
        T(a_figure_where_there_was_none_is_new),
        T(a_figure_that_is_gone_is_withdrawn),
        T(a_figure_that_is_suppressed_now_is_not_repeated),
        T(an_outlier_now_that_was_none_is_new),
        T(an_outlier_that_is_none_now_is_resolved),
        T(an_outlier_without_judgement_now_is_not_called_resolved),
        T(an_outlier_that_changes_sides_is_both),
        T(an_earlier_period_is_no_news_of_outliers),
        T(a_new_period_is_compared_with_the_latest_then),
        T(ranks_move_if_their_intervals_part),
        T(ranks_without_intervals_move_by_a_quarter_of_the_areas),
        T(an_indicator_that_is_no_more_is_withdrawn),
        T(changes_are_sorted_as_the_other_files),
        T(the_same_figures_again_keep_what_was_told_of_them),
        T(a_file_that_somebody_broke_is_not_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
