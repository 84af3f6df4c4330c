#include "peerline/stats/tau.h"

#include <glib.h>
#include <math.h>

#include "peerline/base/number.h"
#include "select.h"

#define RELATIVE_TOLERANCE 1e-13
#define MOST_STEPS         300
#define WINSOR             0.1

/* The figures that take part, and room for the z of one trial. */
typedef struct {
    double *y, *s2, *z;
    size_t k;
    double target;         /* as given; NAN = inverse-variance mean */
    double mean, var_mean; /* at the latest trial */
} Trial;

static void trial_mean(Trial *t, double tau2)
{
    t->mean = t->target;
    t->var_mean = 0;
    if (!isnan(t->target))
        return;
    double weights = 0, weighted = 0;
    for (size_t i = 0; i < t->k; i++) {
        double w = 1 / (t->s2[i] + tau2);
        weights += w;
        weighted += w * (t->y[i] - t->y[0]); /* from a near origin: no cancellation */
    }
    t->mean = t->y[0] + weighted / weights;
    t->var_mean = 1 / weights;
}

/* Left side less right side of the equation in the header at this tau2. */
static double trial_excess(Trial *t, double tau2)
{
    trial_mean(t, tau2);
    for (size_t i = 0; i < t->k; i++)
        t->z[i] = (t->y[i] - t->mean) / sqrt(t->s2[i] + tau2);
    double low = select_quantile(t->z, t->k, WINSOR);
    double high = select_quantile(t->z, t->k, 1 - WINSOR);
    double squares = 0;
    for (size_t i = 0; i < t->k; i++) {
        double z = CLAMP(t->z[i], low, high);
        squares += z * z;
    }
    double k = (double)t->k;
    return squares / k / TAU_WINSOR_MEAN_SQUARE - (k - 1) / k;
}

/* One step of the search: a (the latest trial) and b bracket the root, c is the end given up. */
typedef struct {
    double a, fa, b, fb, c, fc;
} Bracket;

/* Where to try next, as a share of the way from b to a (Chandrupatla 1997: inverse quadratic
 * interpolation where it is safe, else the middle). */
static double next_share(const Bracket *r)
{
    double xi = (r->a - r->b) / (r->c - r->b), phi = (r->fa - r->fb) / (r->fc - r->fb);
    if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi))
        return 0.5;
    return r->fa / (r->fb - r->fa) * r->fc / (r->fb - r->fc) +
           (r->c - r->a) / (r->b - r->a) * r->fa / (r->fc - r->fa) * r->fb / (r->fc - r->fb);
}

/* The root between `low` (excess above 0) and `high` (not above 0). */
static double root_between(Trial *t, Bracket r)
{
    double share = 0.5;
    for (int step = 0; step < MOST_STEPS; step++) {
        double x = r.a + share * (r.b - r.a), fx = trial_excess(t, x);
        if ((fx > 0) == (r.fa > 0)) {
            r.c = r.a;
            r.fc = r.fa;
        } else {
            r.c = r.b;
            r.fc = r.fb;
            r.b = r.a;
            r.fb = r.fa;
        }
        r.a = x;
        r.fa = fx;
        double best = fabs(r.fa) < fabs(r.fb) ? r.a : r.b;
        double tolerance = RELATIVE_TOLERANCE * fabs(best), width = fabs(r.b - r.a);
        if (fx == 0 || width <= tolerance)
            return best;
        share = CLAMP(next_share(&r), tolerance / width / 2, 1 - tolerance / width / 2);
    }
    return r.a;
}

static double solve(Trial *t)
{
    double at_zero = trial_excess(t, 0);
    if (!(at_zero > 0))
        return 0;
    double low = 0, f_low = at_zero, high = 0;
    for (size_t i = 0; i < t->k; i++)
        high += t->s2[i] / (double)t->k;
    double f_high = trial_excess(t, high);
    for (int step = 0; f_high > 0 && step < MOST_STEPS; step++) {
        low = high;
        f_low = f_high;
        high *= 4;
        f_high = trial_excess(t, high);
    }
    if (f_high > 0)
        return 0;
    return root_between(t, (Bracket){high, f_high, low, f_low, low, f_low});
}

Tau tau_robust(const double *y, const double *s, size_t n, double target)
{
    g_autofree double *room = g_new(double, 3 * n + 1);
    Trial t = {.y = room, .s2 = room + n, .z = room + 2 * n, .target = target};
    for (size_t i = 0; i < n; i++) {
        if (isfinite(y[i]) && isfinite(s[i]) && s[i] > 0) {
            t.y[t.k] = y[i];
            t.s2[t.k++] = s[i] * s[i];
        }
    }
    if (t.k == 0)
        return (Tau){0, target, isnan(target) ? NAN : 0, 0};
    double tau2 = t.k < 2 ? 0 : solve(&t);
    trial_mean(&t, tau2);
    return (Tau){tau2, t.mean, t.var_mean, t.k};
}

double tau_dersimonian_laird(const double *s, size_t k, double phi)
{
    double n = (double)k;
    if (k < 2 || n * phi < n - 1)
        return 0;
    Sum weights = {0}, squares = {0};
    for (size_t i = 0; i < k; i++) {
        double w = 1 / (s[i] * s[i]);
        sum_add(&weights, w);
        sum_add(&squares, w * w);
    }
    double sum = sum_total(&weights);
    return fmax(0, (n * phi - (n - 1)) / (sum - sum_total(&squares) / sum));
}
