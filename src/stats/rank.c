#include "peerline/stats/rank.h"

#include <math.h>
#include <stdlib.h>

#include "peerline/stats/quantile.h"

typedef struct {
    double v;
    size_t at;
} Indexed;

static int by_value(const void *a, const void *b)
{
    const Indexed *x = a, *y = b;
    if (x->v != y->v)
        return x->v < y->v ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static Indexed *sorted(const double *v, size_t n, size_t *m)
{
    Indexed *items = g_new(Indexed, n + 1);
    *m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i]))
            items[(*m)++] = (Indexed){v[i], i};
    }
    qsort(items, *m, sizeof *items, by_value);
    return items;
}

/* One past the last of the ties that begin at `first`. */
static size_t ties_end(const Indexed *items, size_t m, size_t first)
{
    size_t end = first + 1;
    while (end < m && items[end].v == items[first].v)
        end++;
    return end;
}

static Rank rank_at(size_t first, size_t end, size_t m, size_t dense)
{
    double low = (double)first + 1, high = (double)end, count = (double)m;
    double average = (low + high) / 2;
    return (Rank){
        .min = low,
        .max = high,
        .average = average,
        .min_desc = count - high + 1,
        .dense = (double)dense,
        .percent_rank = m > 1 ? (low - 1) / (count - 1) : NAN,
        .cume_dist = high / count,
        .midrank_pct = 100 * (average - 0.5) / count,
    };
}

void rank_all(const double *v, size_t n, Rank *out)
{
    size_t m, dense = 0;
    g_autofree Indexed *items = sorted(v, n, &m);
    for (size_t i = 0; i < n; i++)
        out[i] = (Rank){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t first = 0, end; first < m; first = end) {
        end = ties_end(items, m, first);
        Rank rank = rank_at(first, end, m, ++dense);
        for (size_t i = first; i < end; i++)
            out[items[i].at] = rank;
    }
}

void rank_competition(const double *v, size_t n, gboolean descending, double *out)
{
    size_t m;
    g_autofree Indexed *items = sorted(v, n, &m);
    for (size_t i = 0; i < n; i++)
        out[i] = NAN;
    for (size_t first = 0, end; first < m; first = end) {
        end = ties_end(items, m, first);
        for (size_t i = first; i < end; i++)
            out[items[i].at] = descending ? (double)(m - end + 1) : (double)(first + 1);
    }
}

void rank_percentile(const double *v, size_t n, double *out)
{
    size_t m;
    g_autofree Indexed *items = sorted(v, n, &m);
    for (size_t i = 0; i < n; i++)
        out[i] = NAN;
    for (size_t first = 0, end; first < m; first = end) {
        end = ties_end(items, m, first);
        for (size_t i = first; i < end; i++)
            out[items[i].at] = rank_at(first, end, m, 0).midrank_pct;
    }
}

static gboolean all_equal(const double *v, size_t n)
{
    double first = NAN;
    for (size_t i = 0; i < n; i++) {
        if (isnan(first))
            first = v[i];
        else if (!isnan(v[i]) && v[i] != first)
            return FALSE;
    }
    return TRUE;
}

static void standardise(const double *v, size_t n, double centre, double spread, double *out)
{
    gboolean defined = spread > 0 && !all_equal(v, n);
    for (size_t i = 0; i < n; i++)
        out[i] = defined ? (v[i] - centre) / spread : NAN;
}

void rank_z(const double *v, size_t n, double *out)
{
    double mean, sd;
    quantile_mean_sd(v, n, &mean, &sd);
    standardise(v, n, mean, sd, out);
}

void rank_robust_z(const double *v, size_t n, double *out)
{
    standardise(v, n, quantile_median(v, n), quantile_mad(v, n), out);
}
