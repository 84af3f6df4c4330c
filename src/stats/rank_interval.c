#include "peerline/stats/rank.h"

#include <math.h>
#include <stdlib.h>
#include <Rmath.h>

double rank_critical(RankLevel level, size_t k, double confidence)
{
    if (k == 0 || !(confidence > 0 && confidence < 1))
        return NAN;
    double alpha = 1 - confidence, each = alpha;
    if (level == RANK_SIDAK)
        each = -expm1(log(confidence) / (double)k);
    else if (level == RANK_BONFERRONI)
        each = alpha / (double)k;
    return qnorm(each / 2, 0, 1, 0, 0);
}

static gboolean has_interval(double est, double se)
{
    return isfinite(est) && isfinite(se) && se >= 0;
}

size_t rank_interval_areas(const double *est, const double *se, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        k += has_interval(est[i], se[i]);
    return k;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* How many of the sorted values are below x, or (with `equal`) not above it. */
static size_t count_below(const double *sorted, size_t n, double x, gboolean equal)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < x || (equal && sorted[middle] == x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void rank_interval(const double *est, const double *se, size_t n, double critical,
                   double (*interval)[2])
{
    g_autofree double *lower = g_new(double, n + 1);
    g_autofree double *upper = g_new(double, n + 1);
    size_t k = 0, ranked = 0;
    for (size_t i = 0; i < n; i++) {
        ranked += isfinite(est[i]) ? 1 : 0;
        if (!has_interval(est[i], se[i]))
            continue;
        lower[k] = est[i] - critical * se[i];
        upper[k++] = est[i] + critical * se[i];
    }
    qsort(lower, k, sizeof *lower, ascending);
    qsort(upper, k, sizeof *upper, ascending);
    for (size_t i = 0; i < n; i++) {
        interval[i][0] = interval[i][1] = NAN;
        if (!has_interval(est[i], se[i]) || isnan(critical))
            continue;
        double low = est[i] - critical * se[i], high = est[i] + critical * se[i];
        interval[i][0] = 1 + (double)count_below(upper, k, low, FALSE);
        interval[i][1] = (double)(ranked - (k - count_below(lower, k, high, TRUE)));
    }
}
