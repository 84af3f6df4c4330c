#include "calc_methods.h"

#include <math.h>
#include <stdlib.h>

#include "peerline/stats/proportion.h"
#include "peerline/stats/rate.h"
#include "peerline/stats/spc.h"
#include "peerline/stats/trend.h"

typedef struct {
    double t, x, n;
} Point;

static gboolean of_proportions(const CalcOptions *o)
{
    return g_strcmp0(o->measure, "proportion") == 0;
}

gboolean calc_trend_within(const CalcOptions *o)
{
    return of_proportions(o) || g_strcmp0(o->method, "proportion") == 0;
}

static int latest_last(const void *a, const void *b)
{
    const Point *p = a, *q = b;
    return p->t < q->t ? -1 : p->t > q->t;
}

/* The five latest points with x, n and t, oldest first; or why there are none. */
static TrendReason latest_five(const Calc *c, const CalcGroup *g, double *x, double *n)
{
    g_autofree Point *points = g_new(Point, g->n + 1);
    guint m = 0;
    for (guint i = 0; i < g->n; i++) {
        guint row = g->rows[i];
        Point p = {c->in[2][row], c->in[0][row], c->in[1][row]};
        if (!isnan(p.t) && !isnan(p.x) && !isnan(p.n))
            points[m++] = p;
    }
    if (m < TREND_POINTS)
        return TREND_FEW_POINTS;
    qsort(points, m, sizeof *points, latest_last);
    for (guint i = 0; i < TREND_POINTS; i++) {
        const Point *p = &points[m - TREND_POINTS + i];
        if (p->t != floor(p->t) || (i > 0 && p->t != p[-1].t + 1))
            return TREND_GAP;
        x[i] = p->x;
        n[i] = p->n;
    }
    return TREND_OK;
}

static Trend general_trend(const Calc *c, const double *x, const double *n)
{
    double v[TREND_POINTS], lower[TREND_POINTS], upper[TREND_POINTS];
    gboolean proportion = of_proportions(c->options);
    double per = calc_per(c, proportion ? 100 : 100000);
    for (int i = 0; i < TREND_POINTS; i++) {
        Estimate e = proportion ? proportion_of(x[i], n[i], per)
                                : (Estimate){per * x[i] / n[i], rate_of(x[i], n[i], per).limits};
        v[i] = e.value;
        lower[i] = e.limits.lower95;
        upper[i] = e.limits.upper95;
    }
    return trend_general(v, lower, upper);
}

void calc_trend(Calc *c, const CalcGroup *g, guint record)
{
    double x[TREND_POINTS], n[TREND_POINTS];
    TrendReason reason = latest_five(c, g, x, n);
    Trend t = trend_not_calculable(reason);
    if (reason == TREND_OK)
        t = g_strcmp0(c->options->method, "proportion") == 0 ? trend_proportion(x, n)
                                                             : general_trend(c, x, n);
    calc_put(c, record, 0, t.slope);
    calc_put(c, record, 1, t.chi2);
    calc_put(c, record, 2, t.marker == TREND_NOT_CALCULABLE ? NAN : (double)t.same_sign);
    calc_put_text(c, record, 3, trend_marker_name(t.marker));
    calc_put_text(c, record, 4, trend_reason_text(t.reason));
}

void calc_spc(Calc *c, const CalcGroup *g, guint record)
{
    (void)record;
    g_autofree double *y = calc_gather(c, g, 0);
    g_autofree SpcPoint *points = g_new(SpcPoint, g->n + 1);
    SpcChart chart = spc_xmr(y, g->n, points);
    for (guint i = 0; i < g->n; i++) {
        guint row = g->rows[i];
        calc_put(c, row, 0, chart.mean);
        calc_put(c, row, 1, chart.lpl);
        calc_put(c, row, 2, chart.upl);
        calc_put(c, row, 3, points[i].outside);
        calc_put_text(c, row, 4, isnan(y[i]) ? "" : spc_cause_name(points[i].cause));
    }
}
