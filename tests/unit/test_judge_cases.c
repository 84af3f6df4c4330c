/* Every column of a verdict against an independent computation (tests/known/judge_cases.py). */
#include "judge_support.h"
#include "judge_cases.h"

#define TOLERANCE 1e-8

static World *world_of(const JudgeCase *c)
{
    World *w = world_new(c->n_areas, 1);
    Indicator *d = world_indicator(w, 0, c->measure, c->kind, 1);
    d->per = c->per;
    d->polarity = c->polarity;
    d->suffix = c->percent ? (char *)"%" : NULL;
    for (guint a = 0; a < c->n_areas; a++) {
        const CaseRow *r = &c->rows[a];
        if (isnan(r->value))
            continue;
        if (c->kind == KIND_PUBLISHED) {
            world_published(w, 0, 0, a, r->value, r->lower95, r->upper95);
            world_cell(w, 0, 0, a)->denominator = r->n;
        } else {
            world_counts(w, 0, 0, a, r->x, r->n);
        }
    }
    world_ring(w, c->ring);
    return w;
}

static void figures_of(const Verdict *v, double out[N_EXPECTED])
{
    const double all[N_EXPECTED] = {
        v->lower95,
        v->upper95,
        v->lower99_8,
        v->upper99_8,
        v->rank,
        v->rank_lower,
        v->rank_upper,
        v->percentile,
        v->peers_ranked,
        v->peer_rank,
        v->peer_median,
        v->peer_lower_quartile,
        v->peer_upper_quartile,
        v->z,
        v->z_adjusted,
        v->p_value,
        v->q_value,
        v->funnel[0],
        v->funnel[1],
        v->funnel[2],
        v->funnel[3],
        v->adjusted[0],
        v->adjusted[1],
        v->adjusted[2],
        v->adjusted[3],
        v->outlier,
        v->direction,
        v->judgement,
        v->opportunity,
        v->opportunity_lower,
        v->opportunity_upper,
        v->peer_z,
        v->peer_q,
        v->peer_direction,
    };
    memcpy(out, all, sizeof all);
}

static void check_verdict(const JudgeCase *c, const Assessment *a, guint area)
{
    double got[N_EXPECTED];
    figures_of(verdict_at(a, 0, 0, area), got);
    for (guint f = 0; f < N_EXPECTED; f++)
        if (!is_near(got[f], c->expected[area][f], TOLERANCE))
            fail_msg("%s, area %u, %s: %.15g, expected %.15g", c->name, area, expected_names[f],
                     got[f], c->expected[area][f]);
}

static void check_learn(const JudgeCase *c, const Assessment *a)
{
    assert_int_equal(a->n_learn, c->n_learn);
    for (guint i = 0; i < c->n_learn; i++) {
        const LearnFrom *l = &a->learn[i];
        assert_int_equal(l->area, c->learn[i].area);
        assert_int_equal(l->peer, c->learn[i].peer);
        assert_true(is_near(l->q, c->learn[i].q, TOLERANCE));
        assert_true(isnan(l->spend_difference));
        assert_int_equal(l->practice, -1);
    }
}

static void check_case(const JudgeCase *c)
{
    World *w = world_of(c);
    g_autoptr(Assessment) a = assess(&w->study, &w->set);
    const PeriodSummary *s = &a->indicators[0].periods[0];
    assert_true(is_near(s->target, c->target, TOLERANCE));
    assert_true(is_near(s->phi, c->phi, TOLERANCE));
    assert_true(is_near(s->tau2, c->tau2, TOLERANCE));
    assert_true(is_near(s->comparator, c->comparator, TOLERANCE));
    for (guint area = 0; area < c->n_areas; area++)
        check_verdict(c, a, area);
    check_learn(c, a);
    world_free(w);
}

static void case_matches(void **state)
{
    check_case(*state);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(judge_cases)];
    for (guint i = 0; i < G_N_ELEMENTS(judge_cases); i++)
        tests[i] = (struct CMUnitTest){judge_cases[i].name, case_matches, NULL, NULL,
                                       (void *)&judge_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
