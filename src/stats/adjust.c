#include "peerline/stats/adjust.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    double p;
    size_t at;
} Indexed;

static int by_p(const void *a, const void *b)
{
    const Indexed *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* The p values present in ascending order; `out` becomes missing where p is. */
static Indexed *sorted(const double *p, size_t n, double *out, size_t *m)
{
    Indexed *items = g_new(Indexed, n + 1);
    *m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i]))
            items[(*m)++] = (Indexed){p[i], i};
        else
            out[i] = NAN;
    }
    qsort(items, *m, sizeof *items, by_p);
    return items;
}

void adjust_bh(const double *p, size_t n, double *out)
{
    size_t m;
    g_autofree Indexed *items = sorted(p, n, out, &m);
    double running = 1;
    for (size_t r = m; r-- > 0;) {
        running = fmin(running, (double)m / (double)(r + 1) * items[r].p);
        out[items[r].at] = running;
    }
}

void adjust_holm(const double *p, size_t n, double *out)
{
    size_t m;
    g_autofree Indexed *items = sorted(p, n, out, &m);
    double running = 0;
    for (size_t r = 0; r < m; r++) {
        running = fmax(running, fmin(1, (double)(m - r) * items[r].p));
        out[items[r].at] = running;
    }
}

void adjust_bonferroni(const double *p, size_t n, double *out)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        m += !isnan(p[i]);
    for (size_t i = 0; i < n; i++)
        out[i] = isnan(p[i]) ? NAN : fmin(1, (double)m * p[i]);
}
