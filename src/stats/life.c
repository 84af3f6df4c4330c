#include "peerline/stats/life.h"

#include <math.h>

#include "peerline/base/number.h"

#define RADIX          1e5
#define FEWEST_PEOPLE  5000 /* more than this many */
#define MOST_UNCERTAIN 10   /* years to either side */
#define LAST           (LIFE_BANDS - 1)

const double life_startage[LIFE_BANDS] = {0,  1,  5,  10, 15, 20, 25, 30, 35, 40,
                                          45, 50, 55, 60, 65, 70, 75, 80, 85, 90};

/* Columns of the life table, in the notation of Chiang. */
typedef struct {
    double width, a, mortality; /* n, a, M */
    double q, l, s2, e;
} Band;

static gboolean publishable(const double *pop, const double *deaths)
{
    Sum people = {0};
    for (int i = 0; i < LIFE_BANDS; i++) {
        if (!isfinite(pop[i]) || !isfinite(deaths[i]) || pop[i] <= 0 || deaths[i] < 0 ||
            deaths[i] > pop[i])
            return FALSE;
        sum_add(&people, pop[i]);
    }
    return deaths[LAST] > 0 && sum_total(&people) > FEWEST_PEOPLE;
}

static Band band_of(int i, double pop, double deaths)
{
    Band b = {.a = i == 0 ? 0.1 : 0.5, .mortality = deaths / pop};
    if (i == LAST) {
        b.width = 2 / b.mortality;
        b.q = 1;
        b.s2 = 4 / (deaths * b.mortality * b.mortality);
        return b;
    }
    b.width = life_startage[i + 1] - life_startage[i];
    double dying = b.width * b.mortality;
    b.q = deaths <= pop / b.width / b.a ? dying / (1 + dying * (1 - b.a)) : 1;
    b.s2 = b.q > 0 ? b.q * b.q * (1 - b.q) / deaths : 0;
    return b;
}

/* Expectancies from the oldest band down; returns nothing but fills l and e. */
static void fill_expectancy(Band *b)
{
    b[0].l = RADIX;
    for (int i = 1; i < LIFE_BANDS; i++)
        b[i].l = b[i - 1].l * (1 - b[i - 1].q);
    double years = 0;
    for (int i = LAST; i >= 0; i--) {
        double l_next = i == LAST ? 0 : b[i + 1].l, dying = b[i].l - l_next;
        years += i == LAST ? b[i].l / b[i].mortality : b[i].width * (l_next + b[i].a * dying);
        b[i].e = b[i].l > 0 ? years / b[i].l : 0;
    }
}

static double variance_share(const Band *b, int i)
{
    if (i == LAST)
        return b[i].l / 2 * b[i].l / 2 * b[i].s2;
    double reach = (1 - b[i].a) * b[i].width + b[i + 1].e;
    return b[i].s2 * b[i].l * b[i].l * reach * reach;
}

gboolean life_table(const double pop[LIFE_BANDS], const double deaths[LIFE_BANDS],
                    Estimate out[LIFE_BANDS])
{
    for (int i = 0; i < LIFE_BANDS; i++)
        out[i] = (Estimate){NAN, limits_none()};
    if (!publishable(pop, deaths))
        return FALSE;
    Band b[LIFE_BANDS];
    for (int i = 0; i < LIFE_BANDS; i++)
        b[i] = band_of(i, pop[i], deaths[i]);
    fill_expectancy(b);
    double variance = 0;
    for (int i = LAST; i >= 0; i--) {
        variance += variance_share(b, i);
        double se = b[i].l > 0 ? sqrt(variance) / b[i].l : NAN;
        out[i] = (Estimate){b[i].e, limits_normal(b[i].e, se)};
        if (!(1.96 * se <= MOST_UNCERTAIN))
            out[i].value = NAN;
    }
    return TRUE;
}
