#include "peerline/stats/quantile.h"

#include <math.h>
#include <stdlib.h>

#include "peerline/base/number.h"
#include "peerline/stats/rank.h"

#define NORMAL_MAD 1.4826 /* makes the MAD of a normal distribution its standard deviation */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double *quantile_sort(const double *v, size_t n, size_t *m)
{
    double *sorted = g_new(double, n + 1);
    *m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i]))
            sorted[(*m)++] = v[i];
    }
    qsort(sorted, *m, sizeof *sorted, ascending);
    return sorted;
}

double quantile_sorted(const double *sorted, size_t n, double p)
{
    if (n == 0 || !(p >= 0 && p <= 1))
        return NAN;
    double h = (double)(n - 1) * p, floor_h = floor(h);
    size_t k = (size_t)floor_h;
    if (k + 1 >= n || h == floor_h)
        return sorted[MIN(k, n - 1)];
    return sorted[k] + (h - floor_h) * (sorted[k + 1] - sorted[k]);
}

double quantile_of(const double *v, size_t n, double p)
{
    size_t m;
    g_autofree double *sorted = quantile_sort(v, n, &m);
    return quantile_sorted(sorted, m, p);
}

/* The mean of the middle two rather than type 7, so that no rounding separates it from either when
 * they are equal; the two definitions agree. */
static double median_sorted(const double *sorted, size_t n)
{
    if (n == 0)
        return NAN;
    if (n % 2)
        return sorted[n / 2];
    double low = sorted[n / 2 - 1], high = sorted[n / 2];
    return low == high ? low : low / 2 + high / 2;
}

double quantile_median(const double *v, size_t n)
{
    size_t m;
    g_autofree double *sorted = quantile_sort(v, n, &m);
    return median_sorted(sorted, m);
}

double quantile_mad(const double *v, size_t n)
{
    size_t m;
    g_autofree double *sorted = quantile_sort(v, n, &m);
    double median = median_sorted(sorted, m);
    for (size_t i = 0; i < m; i++)
        sorted[i] = fabs(sorted[i] - median);
    qsort(sorted, m, sizeof *sorted, ascending);
    return NORMAL_MAD * median_sorted(sorted, m);
}

void quantile_mean_sd(const double *v, size_t n, double *mean, double *sd)
{
    Sum sum = {0}, squares = {0}, rest = {0};
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]))
            continue;
        sum_add(&sum, v[i]);
        m++;
    }
    *mean = m ? sum_total(&sum) / (double)m : NAN;
    *sd = NAN;
    if (m < 2)
        return;
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]))
            continue;
        sum_add(&squares, (v[i] - *mean) * (v[i] - *mean));
        sum_add(&rest, v[i] - *mean);
    }
    /* The second term removes what rounding of the mean left behind. */
    double left = sum_total(&rest);
    double variance = (sum_total(&squares) - left * left / (double)m) / (double)(m - 1);
    *sd = sqrt(fmax(0, variance));
}

void quantile_groups(const double *v, size_t n, unsigned groups, gboolean invert, double *out)
{
    rank_competition(v, n, invert, out);
    double present = 0, q = groups;
    for (size_t i = 0; i < n; i++)
        present += !isnan(v[i]);
    for (size_t i = 0; i < n; i++) {
        if (isnan(out[i]) || present < q || groups == 0) {
            out[i] = NAN;
            continue;
        }
        double group = floor((q + 1) - ceil(((present + 1) - out[i]) / (present / q)));
        out[i] = group == 0 ? 1 : group;
    }
}
