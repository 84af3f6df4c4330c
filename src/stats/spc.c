#include "peerline/stats/spc.h"

#include <glib.h>
#include <math.h>

#include "peerline/base/number.h"

#define LIMIT_FACTOR  2.66  /* 3 sigma from the mean moving range */
#define SCREEN_FACTOR 3.267 /* upper limit of a moving range */
#define RUN           7     /* points of a trend, or on one side */

const char *spc_cause_name(SpcCause cause)
{
    static const char *const names[] = {
        [SPC_COMMON_CAUSE] = "Common Cause",
        [SPC_SEVEN_ONE_SIDE_ABOVE] = "7 Points Above CL",
        [SPC_SEVEN_ONE_SIDE_BELOW] = "7 Points Below CL",
        [SPC_TWO_IN_THREE_ABOVE] = "2 in 3 Above CL",
        [SPC_TWO_IN_THREE_BELOW] = "2 in 3 Below CL",
        [SPC_TREND_UP] = "7 Point Trend (Increasing)",
        [SPC_TREND_DOWN] = "7 Point Trend (Decreasing)",
        [SPC_ABOVE_UPL] = "Above UCL",
        [SPC_BELOW_LPL] = "Below LCL",
    };
    return names[cause];
}

/* Mean of the moving ranges below `limit`; NAN if there is none. */
static double mean_range(const double *y, size_t n, double limit)
{
    double total = 0;
    size_t count = 0;
    for (size_t i = 1; i < n; i++) {
        double range = fabs(y[i] - y[i - 1]);
        if (range < limit) {
            total += range;
            count++;
        }
    }
    return count ? total / (double)count : NAN;
}

static SpcChart chart_of(const double *y, size_t n)
{
    SpcChart c = {NAN, NAN, NAN, NAN, NAN};
    if (n == 0)
        return c;
    Sum total = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&total, y[i]);
    c.mean = sum_total(&total) / (double)n;
    double range = mean_range(y, n, SCREEN_FACTOR * mean_range(y, n, INFINITY));
    c.lpl = c.mean - LIMIT_FACTOR * range;
    c.upl = c.mean + LIMIT_FACTOR * range;
    c.near_lpl = c.mean - 2 * LIMIT_FACTOR / 3 * range;
    c.near_upl = c.mean + 2 * LIMIT_FACTOR / 3 * range;
    return c;
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

/* The series while it is judged: per point which side of the mean, whether near a limit, outside
 * one, and what was found. */
typedef struct {
    const double *y;
    size_t n;
    int *side, *near, *outside;
    gboolean *seven, *two, *trend;
} Judging;

static void mark(gboolean *flags, size_t last, size_t length)
{
    for (size_t j = 0; j < length; j++)
        flags[last - j] = TRUE;
}

static void find_runs(Judging *g)
{
    size_t run = 0, steps = 0;
    for (size_t i = 0; i < g->n; i++) {
        gboolean continues = i > 0 && g->side[i] == g->side[i - 1];
        run = g->side[i] == 0 ? 0 : continues ? run + 1 : 1;
        if (run >= RUN)
            mark(g->seven, i, RUN);
        int step = i > 0 ? sign(g->y[i] - g->y[i - 1]) : 0;
        int before = i > 1 ? sign(g->y[i - 1] - g->y[i - 2]) : 0;
        steps = step == 0 ? 0 : step == before ? steps + 1 : 1;
        if (steps >= RUN - 1)
            mark(g->trend, i, RUN);
    }
}

static void find_two_in_three(Judging *g)
{
    for (size_t i = 2; i < g->n; i++) {
        int side = g->side[i];
        if (side == 0 || g->side[i - 1] != side || g->side[i - 2] != side)
            continue;
        if (g->near[i] + g->near[i - 1] + g->near[i - 2] < 2)
            continue;
        for (size_t j = i - 2; j <= i; j++)
            g->two[j] = g->two[j] || g->near[j];
    }
}

/* Which way the trend runs at point i: forward where it goes on, else back. */
static int trend_way(const Judging *g, size_t i)
{
    if (i == 0 || (i + 1 < g->n && g->trend[i + 1]))
        return sign(g->y[i + 1] - g->y[i]);
    return sign(g->y[i] - g->y[i - 1]);
}

static SpcCause cause_of(const Judging *g, size_t i)
{
    gboolean above = g->side[i] > 0;
    if (g->outside[i])
        return above ? SPC_ABOVE_UPL : SPC_BELOW_LPL;
    if (g->trend[i])
        return trend_way(g, i) > 0 ? SPC_TREND_UP : SPC_TREND_DOWN;
    if (g->two[i])
        return above ? SPC_TWO_IN_THREE_ABOVE : SPC_TWO_IN_THREE_BELOW;
    if (g->seven[i])
        return above ? SPC_SEVEN_ONE_SIDE_ABOVE : SPC_SEVEN_ONE_SIDE_BELOW;
    return SPC_COMMON_CAUSE;
}

/* Judges the n points without gaps. */
static void judge(const double *y, size_t n, const SpcChart *c, SpcPoint *points)
{
    g_autofree int *ints = g_new0(int, 6 * n + 1);
    Judging g = {y, n, ints, ints + n, ints + 2 * n, ints + 3 * n, ints + 4 * n, ints + 5 * n};
    for (size_t i = 0; i < n; i++) {
        g.side[i] = sign(y[i] - c->mean);
        g.outside[i] = y[i] > c->upl || y[i] < c->lpl;
        g.near[i] = !g.outside[i] && (y[i] > c->near_upl || y[i] < c->near_lpl);
    }
    find_runs(&g);
    find_two_in_three(&g);
    for (size_t i = 0; i < n; i++)
        points[i] = (SpcPoint){isnan(c->upl) ? NAN : (double)g.outside[i], cause_of(&g, i)};
}

SpcChart spc_xmr(const double *y, size_t n, SpcPoint *points)
{
    g_autofree double *present = g_new(double, n + 1);
    g_autofree SpcPoint *judged = g_new(SpcPoint, n + 1);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(y[i]))
            present[m++] = y[i];
    }
    SpcChart chart = chart_of(present, m);
    judge(present, m, &chart, judged);
    for (size_t i = 0, j = 0; i < n; i++)
        points[i] = isnan(y[i]) ? (SpcPoint){NAN, SPC_COMMON_CAUSE} : judged[j++];
    return chart;
}
