/* Simulation under known truth: how often the product's rules are wrong, and how often they find
 * what is there. `make calibrate` prints one CSV row per scenario and measure, with the standard
 * error of the simulation; docs/CALIBRATION.md explains the result. */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <Rmath.h>

#include "peerline/stats/adjust.h"
#include "peerline/stats/funnel.h"
#include "peerline/stats/opportunity.h"
#include "peerline/stats/overdispersion.h"
#include "peerline/stats/peers.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/rank.h"
#include "peerline/stats/rate.h"
#include "peerline/stats/trend.h"
#include "peerline/stats/variation.h"
#include "candidates.h"
#include "truth.h"

static int replicates = 2000;

/* ---- funnels ---------------------------------------------------------------------------- */

enum {
    PLAIN95,
    PLAIN99,
    OURS95,
    OURS99,
    USUAL95,
    USUAL99,
    EXACT95,
    EXACT99,
    MIDP95,
    MIDP99,
    RULES
};
static const char *const rule_names[RULES] = {
    "plain 95 %",         "plain 99.8 %",        "ours 95 %",        "ours 99.8 %",
    "usual 95 %",         "usual 99.8 %",        "exact plain 95 %", "exact plain 99.8 %",
    "gamma-Poisson 95 %", "gamma-Poisson 99.8 %"};

typedef struct {
    Tally wrong[RULES], found[RULES], tau;
    Tally false_discovery[2], discovered[2]; /* ours, gamma-Poisson */
} FunnelTallies;

static gboolean outside(double v, double lower, double upper)
{
    return v < lower || v > upper;
}

static void positions(const Truth *t, const Sample *s, FunnelPosition *p, double *tau2)
{
    ScaleKind scale = t->kind == POISSON    ? SCALE_SQRT
                      : t->kind == BINOMIAL ? SCALE_ARCSINE
                                            : SCALE_LOG;
    size_t k = (size_t)s->k;
    FunnelBasis b = t->kind == PUBLISHED ? funnel_published(scale, s->y, s->s, k)
                                         : funnel_counts(scale, s->x, s->n, k);
    for (size_t i = 0; i < k; i++)
        p[i] = t->kind == PUBLISHED ? funnel_published_position(&b, s->y[i], s->s[i])
                                    : funnel_counts_position(&b, s->x[i], s->n[i]);
    *tau2 = b.tau2;
}

/* The field's rule: winsorised phi, DerSimonian and Laird's tau2. */
static void usual(const Truth *t, const Sample *s, OverdispersionRow *rows)
{
    double events = 0, size = 0;
    g_autofree double *expected = g_new(double, (gsize)s->k + 1);
    for (int i = 0; i < s->k; i++) {
        events += s->x[i];
        size += s->n[i];
    }
    for (int i = 0; i < s->k; i++)
        expected[i] = t->kind == POISSON ? s->n[i] * events / size : s->n[i];
    OverdispersionInput in = {
        s->x,         expected,
        (size_t)s->k, t->kind == POISSON ? OVERDISPERSION_SR_CQC : OVERDISPERSION_PR,
        0.1,          1};
    overdispersion_funnel(&in, rows);
}

static void count_discoveries(const Sample *s, double *p, double planted, FunnelTallies *out,
                              int rule)
{
    double discoveries = 0, wrong = 0;
    adjust_bh(p, (gsize)s->k, p);
    for (int i = 0; i < s->k; i++) {
        discoveries += p[i] < 0.05;
        wrong += p[i] < 0.05 && !s->planted[i];
    }
    tally(&out->false_discovery[rule], discoveries > 0 ? wrong / discoveries : 0);
    tally_of(&out->discovered[rule], discoveries - wrong, planted);
}

/* The rules that are not the product's: on counts over a population only. */
static void count_candidates(const Sample *s, gboolean (*hit)[RULES], double *p)
{
    double events = 0, size = 0;
    g_autofree double *expected = g_new(double, (gsize)s->k + 1);
    for (int i = 0; i < s->k; i++) {
        events += s->x[i];
        size += s->n[i];
    }
    for (int i = 0; i < s->k; i++)
        expected[i] = s->n[i] * events / size;
    double tau2 = candidate_tau2(s->x, expected, s->k);
    for (int i = 0; i < s->k; i++) {
        int exact = candidate_exact(s->x[i], expected[i]);
        double z = candidate_gamma_poisson_score(s->x[i], expected[i], tau2);
        hit[i][EXACT95] = exact > 0;
        hit[i][EXACT99] = exact > 1;
        hit[i][MIDP95] = fabs(z) > LIMITS_Z95;
        hit[i][MIDP99] = fabs(z) > LIMITS_Z99_8;
        p[i] = limits_p(z);
    }
}

static void count_funnel(const Truth *t, const Sample *s, FunnelTallies *out)
{
    gsize k = (gsize)s->k;
    g_autofree FunnelPosition *p = g_new(FunnelPosition, k + 1);
    g_autofree OverdispersionRow *u = g_new0(OverdispersionRow, k + 1);
    g_autofree double *q = g_new(double, k + 1);
    g_autofree double *candidate = g_new(double, k + 1);
    gboolean(*hit)[RULES] = g_malloc0_n(k + 1, sizeof *hit);
    double tau2, wrong[RULES] = {0}, found[RULES] = {0}, planted = 0;
    positions(t, s, p, &tau2);
    if (t->kind != PUBLISHED)
        usual(t, s, u);
    if (t->kind == POISSON)
        count_candidates(s, hit, candidate);
    for (gsize i = 0; i < k; i++) {
        double value = t->kind == PUBLISHED ? exp(s->y[i]) : s->x[i] / s->n[i];
        hit[i][PLAIN95] = outside(value, p[i].unadjusted.lower95, p[i].unadjusted.upper95);
        hit[i][PLAIN99] = outside(value, p[i].unadjusted.lower99_8, p[i].unadjusted.upper99_8);
        hit[i][OURS95] = p[i].outlier == FUNNEL_ALERT || p[i].outlier == FUNNEL_ALARM;
        hit[i][OURS99] = p[i].outlier == FUNNEL_ALARM;
        hit[i][USUAL95] = u[i].outlier95;
        hit[i][USUAL99] = u[i].outlier99_8;
        for (int r = 0; r < RULES; r++)
            *(s->planted[i] ? &found[r] : &wrong[r]) += hit[i][r];
        planted += s->planted[i];
        q[i] = p[i].p;
    }
    for (int r = 0; r < RULES; r++) {
        tally_of(&out->wrong[r], wrong[r], (double)k - planted);
        tally_of(&out->found[r], found[r], planted);
    }
    count_discoveries(s, q, planted, out, 0);
    if (t->kind == POISSON)
        count_discoveries(s, candidate, planted, out, 1);
    tally(&out->tau, sqrt(tau2));
    g_free(hit);
}

static void run_funnel(const Truth *t)
{
    Random r = seeded("funnel", t);
    g_auto(Sample) s = sample_new(t->areas);
    FunnelTallies out = {0};
    /* Of thousands of areas fewer replicates tell as much. */
    int rounds = t->areas > 2000 ? MAX(2, replicates / 10) : replicates;
    for (int i = 0; i < rounds; i++) {
        draw(t, &r, &s);
        count_funnel(t, &s, &out);
    }
    static const char *const ways[] = {"ours", "gamma-Poisson"};
    int rules = t->kind == PUBLISHED ? USUAL95 : t->kind == BINOMIAL ? EXACT95 : RULES;
    for (int rule = 0; rule < rules; rule++) {
        g_autofree char *wrong = g_strdup_printf("false %s", rule_names[rule]);
        g_autofree char *found = g_strdup_printf("found %s", rule_names[rule]);
        print("funnel", t, wrong, rule % 2 ? 0.002 : 0.05, &out.wrong[rule]);
        if (t->planted > 0)
            print("funnel", t, found, NAN, &out.found[rule]);
    }
    for (int way = 0; way < (t->kind == POISSON ? 2 : 1); way++) {
        g_autofree char *wrong = g_strdup_printf("false discovery rate %s q<0.05", ways[way]);
        g_autofree char *found = g_strdup_printf("found %s q<0.05", ways[way]);
        print("funnel", t, wrong, 0.05, &out.false_discovery[way]);
        if (t->planted > 0)
            print("funnel", t, found, NAN, &out.discovered[way]);
    }
    print("funnel", t, "tau estimated", t->between, &out.tau);
}

/* ---- ranks ------------------------------------------------------------------------------ */

static gboolean all_within(const double *rank, double (*interval)[2], int k, double *share)
{
    int inside = 0;
    for (int i = 0; i < k; i++)
        inside += rank[i] >= interval[i][0] && rank[i] <= interval[i][1];
    *share = (double)inside / k;
    return inside == k;
}

static void run_ranks(const Truth *t)
{
    Random r = seeded("ranks", t);
    g_auto(Sample) s = sample_new(t->areas);
    gsize k = (gsize)t->areas;
    g_autofree double *rank = g_new(double, k + 1);
    double(*interval)[2] = g_malloc_n(k + 1, sizeof *interval);
    Tally joint[2] = {{0}}, each[2] = {{0}}, width = {0};
    for (int i = 0; i < replicates; i++) {
        draw(t, &r, &s);
        rank_competition(s.level, k, FALSE, rank);
        for (int level = 0; level < 2; level++) {
            double share, critical = rank_critical(level ? RANK_SIDAK : RANK_INDIVIDUAL, k, 0.95);
            rank_interval(s.y, s.s, k, critical, interval);
            tally(&joint[level], all_within(rank, interval, t->areas, &share));
            tally(&each[level], share);
        }
        double total = 0;
        for (gsize j = 0; j < k; j++)
            total += interval[j][1] - interval[j][0] + 1;
        tally(&width, total / (double)k / (double)k);
    }
    print("ranks", t, "all ranks covered, individual", NAN, &joint[0]);
    print("ranks", t, "each rank covered, individual", NAN, &each[0]);
    print("ranks", t, "all ranks covered, joint", 0.95, &joint[1]);
    print("ranks", t, "each rank covered, joint", NAN, &each[1]);
    print("ranks", t, "mean width of joint interval, share of all", NAN, &width);
    g_free(interval);
}

/* ---- peers ------------------------------------------------------------------------------ */

/* Area 0 against the others. */
static void run_peers(const Truth *t)
{
    Random r = seeded("peers", t);
    g_auto(Sample) s = sample_new(t->areas);
    gsize peers = (gsize)t->areas - 1;
    Tally alarm = {0}, normal = {0}, in_use = {0}, any = {0}, wrong = {0};
    for (int i = 0; i < replicates * 5; i++) {
        draw(t, &r, &s);
        PeerBasis b = peers_basis(s.y + 1, s.s + 1, peers);
        tally(&alarm, peers_position(&b, s.y[0], s.s[0]).p < 0.05);
        PeerBasis m = peers_robust(s.y + 1, peers);
        PeerPosition at = peers_position(&m, s.y[0], NAN);
        tally(&normal, isnan(at.z) ? NAN : 2 * pnorm(-fabs(at.z), 0, 1, 1, 0) < 0.05);
        tally(&in_use, isnan(at.p) ? NAN : at.p < 0.05);
        g_autofree double *q = g_new(double, peers + 1);
        double declared = 0, false_ones = 0;
        for (gsize j = 0; j < peers; j++)
            q[j] =
                peers_pair((PeerFigure){s.y[0], s.s[0]}, (PeerFigure){s.y[j + 1], s.s[j + 1]}, 1).p;
        adjust_bh(q, peers, q);
        for (gsize j = 0; j < peers; j++) {
            declared += q[j] < 0.05;
            false_ones += q[j] < 0.05 && s.level[j + 1] <= s.level[0];
        }
        tally(&any, declared > 0);
        tally(&wrong, declared > 0 ? false_ones / declared : 0);
    }
    print("peers", t, "false, with errors", 0.05, &alarm);
    if (peers >= PEERS_MIN_ROBUST) {
        print("peers", t, "false, without errors (normal p)", 0.05, &normal);
        print("peers", t, "false, without errors (in use)", 0.05, &in_use);
    }
    print("peers", t, "someone to learn from named", NAN, &any);
    print("peers", t, "wrongly named among those named", 0.05, &wrong);
}

/* ---- opportunity ------------------------------------------------------------------------ */

typedef enum { ANY_AREA, PLANTED_AREA, HIGHEST_AREA } Which;

static int chosen(const Sample *s, Which which)
{
    int best = 0;
    for (int i = 1; which == HIGHEST_AREA && i < s->k; i++)
        best = s->x[i] / s->n[i] > s->x[best] / s->n[best] ? i : best;
    return best;
}

/* One area (of all, the planted first one, or that with the highest value) against the others. */
static void run_opportunity(const Truth *t, Which which, const char *name)
{
    Random r = seeded("opportunity", t);
    g_auto(Sample) s = sample_new(t->areas);
    gsize k = (gsize)t->areas;
    g_autofree double *value = g_new(double, k + 1);
    g_autofree double *se = g_new(double, k + 1);
    g_autofree double *level = g_new(double, k + 1);
    Tally of_peers = {0}, of_all = {0}, bias = {0};
    for (int i = 0; i < replicates * 5; i++) {
        draw(t, &r, &s);
        int a = chosen(&s, which);
        gsize m = 0;
        OpportunityArea area = {0};
        for (gsize j = 0; j < k; j++) {
            Rate rate = rate_of(s.x[j], s.n[j], 1);
            double error = scale_se(rate.limits.lower95, rate.limits.upper95);
            if ((int)j == a) {
                area = (OpportunityArea){rate.value, error, s.n[j], 1, -1};
                continue;
            }
            value[m] = rate.value;
            se[m] = error;
            level[m++] = s.level[j];
        }
        Opportunity o = opportunity_of(area, (OpportunityPeers){value, se, m});
        double true_peers = s.level[a] - quantile_median(level, m), true_all = s.level[a] - 1;
        double unit = RATE * s.n[a];
        double peers_gain = fmax(0, true_peers) * unit, all_gain = fmax(0, true_all) * unit;
        tally(&of_peers, peers_gain >= o.lower95 - 1e-9 && peers_gain <= o.upper95 + 1e-9);
        tally(&of_all, all_gain >= o.lower95 - 1e-9 && all_gain <= o.upper95 + 1e-9);
        tally(&bias, (o.amount - peers_gain) / unit);
    }
    g_autofree char *a = g_strdup_printf("%s: covers gap to these peers", name);
    g_autofree char *b = g_strdup_printf("%s: covers gap to peers' level", name);
    g_autofree char *c = g_strdup_printf("%s: bias as share of expected", name);
    print("opportunity", t, a, 0.95, &of_peers);
    print("opportunity", t, b, 0.95, &of_all);
    print("opportunity", t, c, 0, &bias);
}

/* ---- the rest --------------------------------------------------------------------------- */

/* Figures without errors: normal, or with the heavy tails of Student t with 4 df. */
static void run_robust(const Truth *t, gboolean heavy)
{
    Random r = seeded(heavy ? "robust heavy" : "robust", t);
    gsize k = (gsize)t->areas;
    g_autofree double *y = g_new(double, k + 1);
    Tally alert = {0}, alarm = {0}, alert_few = {0}, alarm_few = {0};
    for (int i = 0; i < replicates; i++) {
        double alerts = 0, alarms = 0, alerts_few = 0, alarms_few = 0;
        for (gsize j = 0; j < k; j++)
            y[j] = heavy ? qt(random_uniform(&r), 4, 1, 0) : random_normal(&r);
        FunnelBasis b = funnel_robust(SCALE_PLAIN, y, k);
        for (gsize j = 0; j < k; j++) {
            FunnelPosition p = funnel_robust_position(&b, y[j]);
            alerts += p.outlier == FUNNEL_ALERT || p.outlier == FUNNEL_ALARM;
            alarms += p.outlier == FUNNEL_ALARM;
            double few = candidate_robust_p(p.z_adjusted, (double)k);
            alerts_few += few < 0.05;
            alarms_few += few < 0.002;
        }
        tally_of(&alert_few, alerts_few, (double)k);
        tally_of(&alarm_few, alarms_few, (double)k);
        tally_of(&alert, alerts, (double)k);
        tally_of(&alarm, alarms, (double)k);
    }
    const char *family = heavy ? "no errors; heavy tails" : "no errors; normal";
    print(family, t, "beyond 95 %", 0.05, &alert);
    print(family, t, "beyond 99.8 %", 0.002, &alarm);
    print(family, t, "beyond 95 % with few df", 0.05, &alert_few);
    print(family, t, "beyond 99.8 % with few df", 0.002, &alarm_few);
}

static void run_trend(const Truth *t)
{
    Random r = seeded("trend", t);
    Tally flagged = {0};
    Truth one = *t;
    one.areas = TREND_POINTS;
    g_auto(Sample) s = sample_new(TREND_POINTS);
    for (int i = 0; i < replicates * 20; i++) {
        draw(&one, &r, &s);
        double v[TREND_POINTS], lower[TREND_POINTS], upper[TREND_POINTS];
        for (int j = 0; j < TREND_POINTS; j++) {
            Rate rate = rate_of(s.x[j], s.n[j], 1e5);
            v[j] = rate.value;
            lower[j] = rate.limits.lower95;
            upper[j] = rate.limits.upper95;
        }
        Trend trend =
            t->kind == POISSON ? trend_general(v, lower, upper) : trend_proportion(s.x, s.n);
        tally(&flagged, trend.marker == TREND_INCREASING || trend.marker == TREND_DECREASING);
    }
    print("trend", t, "marked where nothing changes", 0.002, &flagged);
}

static void run_change(const Truth *t)
{
    Random r = seeded("change", t);
    g_auto(Sample) first = sample_new(t->areas);
    g_auto(Sample) second = sample_new(t->areas);
    Tally covers = {0}, estimable = {0};
    for (int i = 0; i < replicates; i++) {
        draw(t, &r, &first);
        draw(t, &r, &second);
        VariationChange c = variation_change((VariationPeriod){first.x, first.n},
                                             (VariationPeriod){second.x, second.n}, (gsize)t->areas,
                                             VARIATION_COUNTS);
        tally(&estimable, !isnan(c.ratio));
        tally(&covers, isnan(c.ratio) ? NAN : c.lower95 <= 1 && c.upper95 >= 1);
    }
    print("change of SCV", t, "interval covers 1", 0.95, &covers);
    print("change of SCV", t, "estimable", NAN, &estimable);
}

/* Not simulated but summed: how often chance alone puts an area with this expected count outside
 * limits, where the target is known and there is no variance between areas. */
static void sum_by_expected(double expected)
{
    static const char *const names[] = {"plain 95 %", "plain 99.8 %", "exact plain 95 %",
                                        "exact plain 99.8 %"};
    Limits l = rate_poisson_limits(expected);
    Tally sum[4] = {{0}};
    Truth t = {POISSON, 1, expected, 0, 0, 0, 1};
    double outside_by[4] = {0};
    for (double x = 0; x < expected + 12 * sqrt(expected) + 30; x++) {
        double p = dpois(x, expected, 0);
        int exact = candidate_exact(x, expected);
        outside_by[0] += outside(x, l.lower95, l.upper95) ? p : 0;
        outside_by[1] += outside(x, l.lower99_8, l.upper99_8) ? p : 0;
        outside_by[2] += exact > 0 ? p : 0;
        outside_by[3] += exact > 1 ? p : 0;
    }
    for (int i = 0; i < 4; i++) {
        tally(&sum[i], outside_by[i]);
        print("by expected count", &t, names[i], i % 2 ? 0.002 : 0.05, &sum[i]);
    }
}

static void funnels(void)
{
    static const int areas[] = {20, 50, 150, 1000, 7000};
    static const double between[] = {0, 0.05, 0.15};
    for (guint b = 0; b < G_N_ELEMENTS(between); b++) {
        for (guint a = 0; a < G_N_ELEMENTS(areas); a++)
            run_funnel(&(Truth){POISSON, areas[a], 200, 1, between[b], 0, 1});
        for (guint a = 0; a < 3; a++) {
            run_funnel(&(Truth){BINOMIAL, areas[a], 200, 1, between[b] / 2, 0, 1});
            run_funnel(&(Truth){PUBLISHED, areas[a], 200, 1, between[b] * 2, 0, 1});
        }
        run_funnel(&(Truth){POISSON, 10, 200, 1, between[b], 0, 1});
        run_funnel(&(Truth){POISSON, 150, 2, 1, between[b], 0, 1});
        run_funnel(&(Truth){POISSON, 150, 5, 1, between[b], 0, 1});
        run_funnel(&(Truth){POISSON, 150, 20, 1, between[b], 0, 1});
        run_funnel(&(Truth){POISSON, 150, 5000, 1, between[b], 0, 1});
        run_funnel(&(Truth){POISSON, 20, 200, 1, between[b], 0.05, 1.2});
        run_funnel(&(Truth){POISSON, 150, 200, 1, between[b], 0.05, 1.2});
        run_funnel(&(Truth){POISSON, 150, 2000, 1, between[b], 0.05, 1.2});
        run_funnel(&(Truth){POISSON, 150, 200, 1, between[b], 0.05, 1.5});
        run_funnel(&(Truth){POISSON, 150, 200, 1, between[b], 0.15, 1.5});
        run_funnel(&(Truth){POISSON, 150, 200, 1, between[b], 0.25, 1.5});
        run_funnel(&(Truth){BINOMIAL, 150, 200, 1, between[b] / 2, 0.05, 1.2});
        run_funnel(&(Truth){PUBLISHED, 150, 200, 1, between[b] * 2, 0.05, 1.5});
    }
}

static void comparisons(void)
{
    static const int peers[] = {6, 9, 11, 16, 31};
    static const double between[] = {0, 0.05, 0.15};
    for (guint b = 0; b < G_N_ELEMENTS(between); b++) {
        for (guint p = 0; p < G_N_ELEMENTS(peers); p++) {
            run_peers(&(Truth){POISSON, peers[p], 200, 0.7, between[b], 0, 1});
            run_peers(&(Truth){POISSON, peers[p], 20, 0.7, between[b], 0, 1});
            run_opportunity(&(Truth){POISSON, peers[p], 200, 0.7, between[b], 0, 1}, ANY_AREA,
                            "any area");
        }
        run_opportunity(&(Truth){POISSON, 16, 200, 0.7, between[b], 0.06, 1.3}, PLANTED_AREA,
                        "area at +30 %");
        run_opportunity(&(Truth){POISSON, 16, 20, 0.7, between[b], 0.06, 1.3}, PLANTED_AREA,
                        "area at +30 %");
        run_opportunity(&(Truth){POISSON, 16, 200, 0.7, between[b], 0, 1}, HIGHEST_AREA,
                        "highest of 16");
    }
    for (guint b = 1; b < G_N_ELEMENTS(between); b++) {
        run_ranks(&(Truth){POISSON, 20, 200, 0.7, between[b], 0, 1});
        run_ranks(&(Truth){POISSON, 150, 200, 0.7, between[b], 0, 1});
        run_ranks(&(Truth){POISSON, 150, 5, 0.7, between[b], 0, 1});
        run_ranks(&(Truth){BINOMIAL, 150, 200, 0.7, between[b] / 2, 0, 1});
        run_change(&(Truth){POISSON, 20, 200, 0.7, between[b], 0, 1});
        run_change(&(Truth){POISSON, 150, 200, 0.7, between[b], 0, 1});
    }
}

int main(int argc, char **argv)
{
    static const int areas[] = {10, 20, 50, 150, 1000};
    if (argc > 1)
        replicates = MAX(2, atoi(argv[1]));
    printf("family,kind,areas,size,between_sd,planted_share,planted_factor,measure,nominal,"
           "simulated,standard_error,replicates\n");
    static const double expected[] = {1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 2000};
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        sum_by_expected(expected[i]);
    comparisons();
    for (guint a = 0; a < G_N_ELEMENTS(areas); a++) {
        run_robust(&(Truth){PUBLISHED, areas[a], 0, 0, 1, 0, 1}, FALSE);
        run_robust(&(Truth){PUBLISHED, areas[a], 0, 0, 1, 0, 1}, TRUE);
    }
    run_trend(&(Truth){POISSON, 5, 20, 0.1, 0, 0, 1});
    run_trend(&(Truth){POISSON, 5, 500, 0.1, 0, 0, 1});
    run_trend(&(Truth){BINOMIAL, 5, 20, 0.1, 0, 0, 1});
    run_trend(&(Truth){BINOMIAL, 5, 500, 0.1, 0, 0, 1});
    funnels();
    return 0;
}
