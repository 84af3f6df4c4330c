#include "calc_methods.h"

#include "peerline/stats/variation.h"

void calc_variation(Calc *c, const CalcGroup *g, guint record)
{
    g_autofree double *o = calc_gather(c, g, 0);
    g_autofree double *n = calc_gather(c, g, 1);
    Variation v = variation_of(o, n, g->n, VARIATION_COUNTS);
    const double columns[] = {
        v.k,
        v.overall_rate,
        v.eq,
        v.p90_p10,
        v.iq_ratio,
        v.cv,
        v.cv_pop_weighted,
        v.scv_diehr,
        v.chisq,
        v.df,
        v.p,
        v.gini_pop_weighted,
        v.theil_pop_weighted,
    };
    for (guint j = 0; j < G_N_ELEMENTS(columns); j++)
        calc_put(c, record, j, columns[j]);
}

void calc_shrink(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    g_autofree double *o = calc_gather(c, g, 0);
    g_autofree double *n = calc_gather(c, g, 1);
    g_autofree double *raw = g_new(double, g->n + 1);
    g_autofree double *shrunk = g_new(double, g->n + 1);
    variation_shrink(o, n, g->n, raw, shrunk);
    for (guint i = 0; i < g->n; i++) {
        calc_put(c, g->rows[i], 0, raw[i]);
        calc_put(c, g->rows[i], 1, shrunk[i]);
    }
}
