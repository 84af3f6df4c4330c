#include "calc_methods.h"

#include <math.h>

#include "peerline/stats/standardise.h"
#include "calc_put.h"

void calc_mean(Calc *c, const CalcGroup *g, guint record)
{
    g_autofree double *v = calc_gather(c, g, 0);
    Mean mean = standardise_mean(v, g->n);
    calc_put(c, record, 0, mean.sum);
    calc_put(c, record, 1, mean.count);
    calc_put(c, record, 2, mean.sd);
    calc_put_estimate(c, record, 3, (Estimate){mean.value, mean.limits});
}

void calc_dsr(Calc *c, const CalcGroup *g, guint record)
{
    g_autofree double *x = calc_gather(c, g, 0);
    g_autofree double *n = calc_gather(c, g, 1);
    g_autofree double *w = calc_gather(c, g, 2);
    DirectStrata strata = {x, n, w, g->n};
    DirectRate rate = standardise_direct(&strata, calc_per(c, 100000));
    calc_put(c, record, 0, rate.total_count);
    calc_put(c, record, 1, rate.total_pop);
    calc_put_estimate(c, record, 2, (Estimate){rate.value, rate.limits});
}

typedef IndirectRate (*Indirect)(const IndirectStrata *s, double per);

/* Fills observed, expected, where asked for the reference rate, and the rest. */
static void put_indirect(Calc *c, const CalcGroup *g, guint record, Indirect compute, double per)
{
    g_autofree double *x = calc_gather(c, g, 0);
    g_autofree double *n = calc_gather(c, g, 1);
    g_autofree double *x_ref = calc_gather(c, g, 2);
    g_autofree double *n_ref = calc_gather(c, g, 3);
    IndirectStrata strata = {x, n, x_ref, n_ref, g->n};
    IndirectRate rate = compute(&strata, per);
    guint column = 0;
    calc_put(c, record, column++, rate.observed);
    calc_put(c, record, column++, rate.expected);
    if (compute == standardise_rate)
        calc_put(c, record, column++, rate.ref_rate);
    calc_put_estimate(c, record, column, (Estimate){rate.value, rate.limits});
    if (!isnan(rate.value))
        calc_put_text(c, record, column + 5, rate_method_name(rate.method));
}

void calc_isratio(Calc *c, const CalcGroup *g, guint record)
{
    put_indirect(c, g, record, standardise_ratio, calc_per(c, 100));
}

void calc_israte(Calc *c, const CalcGroup *g, guint record)
{
    put_indirect(c, g, record, standardise_rate, calc_per(c, 100000));
}
