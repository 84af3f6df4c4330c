/** What amounts are made of at the peers of an area, worked out by hand. */
#include "judge_support.h"

/* Amounts of two parts at four areas, and their people: the last lacks a part. */
static MadeFigure figures[] = {
    {.number = 10}, {.number = 30}, {.number = 20},  {.number = -5},
    {.number = 60}, {.number = 40}, {.number = 100}, {.number = NAN, .status = STATUS_NOT_REPORTED},
};
static MadeFigure people[] = {{.number = 1}, {.number = 2}, {.number = 3}, {.number = 4}};

typedef struct {
    World *w;
    CompositionPart parts[2];
    Composition what;
    Made made;
    double total[4];
} Amounts;

/* The peers of an area are the next two in the ring; width 0: all others. */
static void amounts_open(Amounts *x, guint width, gboolean per_person)
{
    *x = (Amounts){.w = world_new(4, 1),
                   .what = {.n_parts = 2, .per = 1, .denominator = {.source = per_person ? 0 : -1}},
                   .made = {.known = TRUE, .figures = figures},
                   .total = {40, 15, 100, NAN}};
    assert_true(period_parse("2016-17", &x->made.period));
    x->what.parts = x->parts;
    x->made.total = x->total;
    x->made.denominator = per_person ? people : NULL;
    world_indicator(x->w, 0, MEASURE_RATIO, KIND_NONE, 1);
    world_ring(x->w, width);
    x->w->study.compositions = &x->what;
    x->w->set.made = &x->made;
    x->w->study.n_compositions = x->w->set.n_made = 1;
}

static void peers_are_summed_before_they_are_divided(void **state)
{
    (void)state;
    Amounts x;
    amounts_open(&x, 2, TRUE);
    g_autoptr(Assessment) a = assess(&x.w->study, &x.w->set);
    const MadeGroup *g = assessment_made_peers(a, 0, 0); /* areas 1 and 2 */
    assert_non_null(g);
    assert_int_equal(g->n, 2);
    assert_true(g->amounts[0] == 80 && g->amounts[1] == 35 && g->denominator == 5);
    assert_true(g->parts[0] == 16 && g->parts[1] == 7 && g->total == 23);
    assert_true(is_near(g->shares[0], 100 * 16.0 / 23, 1e-14));
    world_free(x.w);
}

static void a_peer_that_lacks_a_part_takes_no_part(void **state)
{
    (void)state;
    Amounts x;
    amounts_open(&x, 2, FALSE);
    g_autoptr(Assessment) a = assess(&x.w->study, &x.w->set);
    const MadeGroup *g = assessment_made_peers(a, 0, 1); /* areas 2 and 3 */
    assert_int_equal(g->n, 1);
    assert_true(g->parts[0] == 60 && g->parts[1] == 40 && isnan(g->denominator));
    world_free(x.w);
}

static void a_closed_peer_takes_no_part(void **state)
{
    (void)state;
    Amounts x;
    amounts_open(&x, 2, FALSE);
    GDate day;
    g_date_clear(&day, 1);
    g_date_set_dmy(&day, 31, G_DATE_DECEMBER, 2015);
    x.w->set.areas[1].valid_to = x.w->set.areas[2].valid_to = g_date_get_julian(&day);
    g_autoptr(Assessment) a = assess(&x.w->study, &x.w->set);
    assert_null(assessment_made_peers(a, 0, 0));
    world_free(x.w);
}

static void without_peer_groups_all_others_are_peers(void **state)
{
    (void)state;
    Amounts x;
    amounts_open(&x, 0, FALSE);
    g_autoptr(Assessment) a = assess(&x.w->study, &x.w->set);
    const MadeGroup *g = assessment_made_peers(a, 0, 3);
    assert_int_equal(g->n, 3);
    assert_true(g->parts[0] == 90 && g->parts[1] == 65);
    world_free(x.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(peers_are_summed_before_they_are_divided),
        cmocka_unit_test(a_peer_that_lacks_a_part_takes_no_part),
        cmocka_unit_test(a_closed_peer_takes_no_part),
        cmocka_unit_test(without_peer_groups_all_others_are_peers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
