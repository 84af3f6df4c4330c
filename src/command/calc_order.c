#include "calc_methods.h"

#include "peerline/stats/adjust.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/rank.h"

#define CONFIDENCE 0.95

static void scatter(Calc *c, const CalcGroup *g, guint column, const double *values)
{
    for (guint i = 0; i < g->n; i++)
        calc_put(c, g->rows[i], column, values[i]);
}

static void scatter_one(Calc *c, const CalcGroup *g, guint column, double value)
{
    for (guint i = 0; i < g->n; i++)
        calc_put(c, g->rows[i], column, value);
}

void calc_quantile(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    g_autofree double *v = calc_gather(c, g, 0);
    g_autofree double *out = g_new(double, g->n + 1);
    quantile_groups(v, g->n, (unsigned)c->options->groups, c->options->invert, out);
    scatter(c, g, 0, out);
}

void calc_rank(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    g_autofree double *v = calc_gather(c, g, 0);
    g_autofree Rank *ranks = g_new(Rank, g->n + 1);
    rank_all(v, g->n, ranks);
    for (guint i = 0; i < g->n; i++) {
        const Rank *r = &ranks[i];
        const double columns[] = {r->min,   r->max,          r->average,   r->min_desc,
                                  r->dense, r->percent_rank, r->cume_dist, r->midrank_pct};
        for (guint j = 0; j < G_N_ELEMENTS(columns); j++)
            calc_put(c, g->rows[i], j, columns[j]);
    }
}

void calc_zscore(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    g_autofree double *v = calc_gather(c, g, 0);
    g_autofree double *z = g_new(double, g->n + 1);
    double mean, sd;
    quantile_mean_sd(v, g->n, &mean, &sd);
    scatter_one(c, g, 0, mean);
    scatter_one(c, g, 1, sd);
    rank_z(v, g->n, z);
    scatter(c, g, 2, z);
    scatter_one(c, g, 3, quantile_median(v, g->n));
    scatter_one(c, g, 4, quantile_mad(v, g->n));
    rank_robust_z(v, g->n, z);
    scatter(c, g, 5, z);
}

void calc_adjust(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    g_autofree double *p = calc_gather(c, g, 0);
    g_autofree double *out = g_new(double, g->n + 1);
    adjust_bh(p, g->n, out);
    scatter(c, g, 0, out);
    adjust_holm(p, g->n, out);
    scatter(c, g, 1, out);
    adjust_bonferroni(p, g->n, out);
    scatter(c, g, 2, out);
}

void calc_rank_interval(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    static const RankLevel levels[] = {RANK_INDIVIDUAL, RANK_SIDAK};
    g_autofree double *est = calc_gather(c, g, 0);
    g_autofree double *se = calc_gather(c, g, 1);
    g_autofree double *rank = g_new(double, g->n + 1);
    double(*interval)[2] = g_malloc_n(g->n + 1, sizeof *interval);
    size_t k = rank_interval_areas(est, se, g->n);
    rank_competition(est, g->n, FALSE, rank);
    scatter(c, g, 0, rank);
    for (guint level = 0; level < G_N_ELEMENTS(levels); level++) {
        double critical = rank_critical(levels[level], k, CONFIDENCE);
        rank_interval(est, se, g->n, critical, interval);
        for (guint i = 0; i < g->n; i++) {
            calc_put(c, g->rows[i], 1 + 2 * level, interval[i][0]);
            calc_put(c, g->rows[i], 2 + 2 * level, interval[i][1]);
        }
    }
    g_free(interval);
}
