#include "calc_methods.h"

#include <math.h>

#include "peerline/stats/proportion.h"
#include "peerline/stats/rate.h"
#include "peerline/stats/standardise.h"
#include "calc_put.h"

void calc_rate(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    for (guint i = 0; i < g->n; i++) {
        guint row = g->rows[i];
        Rate rate = rate_of(c->in[0][row], c->in[1][row], calc_per(c, 100000));
        calc_put_estimate(c, row, 0, (Estimate){rate.value, rate.limits});
        calc_put_text(c, row, 5, isnan(rate.value) ? "" : rate_method_name(rate.method));
    }
}

void calc_proportion(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    for (guint i = 0; i < g->n; i++) {
        guint row = g->rows[i];
        calc_put_estimate(c, row, 0, proportion_of(c->in[0][row], c->in[1][row], calc_per(c, 100)));
    }
}

void calc_smr(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    for (guint i = 0; i < g->n; i++) {
        guint row = g->rows[i];
        Rate ratio = standardise_smr(c->in[0][row], c->in[1][row], calc_per(c, 100));
        calc_put_estimate(c, row, 0, (Estimate){ratio.value, ratio.limits});
        calc_put_text(c, row, 5, isnan(ratio.value) ? "" : rate_method_name(ratio.method));
    }
}
