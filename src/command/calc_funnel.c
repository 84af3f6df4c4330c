#include "calc_methods.h"

#include "peerline/stats/overdispersion.h"
#include "calc_put.h"

static OverdispersionType type_of(const CalcOptions *o)
{
    if (g_strcmp0(o->type, "pr") == 0)
        return OVERDISPERSION_PR;
    if (g_strcmp0(o->type, "rc") == 0)
        return OVERDISPERSION_RC;
    return g_strcmp0(o->form, "shmi") == 0 ? OVERDISPERSION_SR_SHMI : OVERDISPERSION_SR_CQC;
}

gboolean calc_funnel_within(const CalcOptions *o)
{
    return type_of(o) == OVERDISPERSION_PR;
}

static void put_row(Calc *c, guint row, const OverdispersionRow *r, const Overdispersion *all)
{
    calc_put(c, row, 0, r->rr);
    calc_put(c, row, 1, r->z);
    calc_put(c, row, 2, r->trimmed);
    calc_put(c, row, 3, r->z_winsorised);
    calc_put(c, row, 4, all->phi);
    calc_put(c, row, 5, all->tau2);
    calc_put_limits(c, row, 6, r->unadjusted);
    calc_put_limits(c, row, 10, r->adjusted);
    calc_put(c, row, 14, r->outlier95);
    calc_put(c, row, 15, r->outlier99_8);
}

void calc_funnel(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    g_autofree double *num = calc_gather(c, g, 0);
    g_autofree double *den = calc_gather(c, g, 1);
    g_autofree OverdispersionRow *rows = g_new(OverdispersionRow, g->n + 1);
    OverdispersionInput in = {num,           den, g->n, type_of(c->options), c->options->trim,
                              calc_per(c, 1)};
    Overdispersion all = overdispersion_funnel(&in, rows);
    for (guint i = 0; i < g->n; i++) {
        if (overdispersion_valid(in.type, num[i], den[i]))
            put_row(c, g->rows[i], &rows[i], &all);
    }
}
