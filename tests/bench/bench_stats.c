/* How long the statistics take on a table of the size of a full national study: 1,000,000 rows =
 * 6,667 indicator-years of 150 areas, through rates, proportions, the funnel, ranks and quantiles.
 * `make bench-stats` prints the processor seconds of the best of three rounds of each step. */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <time.h>
#include <Rmath.h>

#include "peerline/stats/funnel.h"
#include "peerline/stats/proportion.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/rank.h"
#include "peerline/stats/rate.h"
#include "simulate.h"

#define AREAS  150
#define GROUPS 6667
#define ROWS   ((size_t)AREAS * GROUPS)
#define ROUNDS 3

typedef struct {
    double *x, *n, *value;
    double check; /* so that nothing is optimised away */
} Data;

static Data data_new(void)
{
    Data d = {g_new(double, ROWS), g_new(double, ROWS), g_new(double, ROWS), 0};
    Random random = random_new(1);
    for (size_t i = 0; i < ROWS; i++) {
        /* A few events here, thousands there, as indicators differ. */
        double expected = exp(1 + 1.1 * (double)(i / AREAS % 7) + 0.6 * random_normal(&random));
        d.n[i] = ceil(expected * 40);
        d.x[i] = fmin(d.n[i], floor(expected * exp(0.1 * random_normal(&random))));
    }
    return d;
}

static void do_rates(Data *d)
{
    for (size_t i = 0; i < ROWS; i++) {
        Rate r = rate_of(d->x[i], d->n[i], 1e5);
        d->value[i] = r.value;
        d->check += r.limits.upper99_8;
    }
}

static void do_proportions(Data *d)
{
    for (size_t i = 0; i < ROWS; i++)
        d->check += proportion_of(d->x[i], d->n[i], 100).limits.upper95;
}

static void do_funnels(Data *d)
{
    for (size_t g = 0; g < GROUPS; g++) {
        const double *x = d->x + g * AREAS, *n = d->n + g * AREAS;
        FunnelBasis basis = funnel_counts(SCALE_SQRT, x, n, AREAS);
        for (size_t i = 0; i < AREAS; i++)
            d->check += funnel_counts_position(&basis, x[i], n[i]).z_adjusted;
    }
}

static void do_ranks(Data *d)
{
    Rank ranks[AREAS];
    for (size_t g = 0; g < GROUPS; g++) {
        rank_all(d->value + g * AREAS, AREAS, ranks);
        d->check += ranks[0].min;
    }
}

static void do_quantiles(Data *d)
{
    for (size_t g = 0; g < GROUPS; g++) {
        size_t m;
        double *sorted = quantile_sort(d->value + g * AREAS, AREAS, &m);
        for (int q = 1; q < 4; q++)
            d->check += quantile_sorted(sorted, m, q / 4.0);
        g_free(sorted);
    }
}

static double seconds_of(void (*step)(Data *), Data *d)
{
    double best = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        clock_t start = clock(); /* of this process: others on the machine do not count */
        step(d);
        best = fmin(best, (double)(clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

int main(void)
{
    static const struct {
        const char *name;
        void (*step)(Data *);
    } steps[] = {{"rates", do_rates},
                 {"proportions", do_proportions},
                 {"funnels", do_funnels},
                 {"ranks", do_ranks},
                 {"quantiles", do_quantiles}};
    Data d = data_new();
    double total = 0;
    printf("step,rows,seconds\n");
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        double seconds = seconds_of(steps[i].step, &d);
        total += seconds;
        printf("%s,%zu,%.3f\n", steps[i].name, ROWS, seconds);
    }
    printf("all,%zu,%.3f\n", ROWS, total);
    fprintf(stderr, "checksum %.6g\n", d.check);
    g_free(d.x);
    g_free(d.n);
    g_free(d.value);
    return total > 0 ? 0 : 1;
}
