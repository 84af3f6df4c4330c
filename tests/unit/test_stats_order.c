#include "stats_support.h"

#include "../../src/stats/select.h"
#include "../known/order.h"
#include "peerline/stats/adjust.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/rank.h"

#define MOST 40

/* One column of a table of `width` numbers a row. */
static size_t column(const double *table, size_t rows, size_t width, size_t at, double *out)
{
    for (size_t i = 0; i < rows; i++)
        out[i] = table[i * width + at];
    return rows;
}

static void groups_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_groups); i++) {
        double out[MOST];
        for (int invert = 0; invert < 2; invert++) {
            const double *want = invert ? known_groups[i].high_first : known_groups[i].low_first;
            quantile_groups(known_groups[i].v, (size_t)known_groups[i].n, known_groups[i].groups,
                            invert, out);
            for (int j = 0; j < known_groups[i].n; j++)
                assert_close(out[j], want[j], 0);
        }
    }
}

static void check_ranks(const double (*known)[9], size_t n)
{
    double v[MOST] = {0}, competition[MOST], percentile[MOST];
    Rank out[MOST];
    column(known[0], n, 9, 0, v);
    rank_all(v, n, out);
    rank_competition(v, n, FALSE, competition);
    rank_percentile(v, n, percentile);
    for (size_t i = 0; i < n; i++) {
        const double got[] = {out[i].min,       out[i].max,        out[i].average,
                              out[i].min_desc,  out[i].dense,      out[i].percent_rank,
                              out[i].cume_dist, out[i].midrank_pct};
        for (int j = 0; j < 8; j++)
            assert_close(got[j], known[i][j + 1], 1e-14);
        assert_close(competition[i], out[i].min, 0);
        assert_close(percentile[i], out[i].midrank_pct, 0);
    }
}

static void ranks_equal_the_reference(void **state)
{
    (void)state;
    check_ranks(known_ranks_k1, G_N_ELEMENTS(known_ranks_k1));
    check_ranks(known_ranks_k5, G_N_ELEMENTS(known_ranks_k5));
}

static void check_adjusted(const double (*known)[4], size_t n)
{
    double p[MOST] = {0}, out[MOST];
    column(known[0], n, 4, 0, p);
    void (*const methods[])(const double *, size_t, double *) = {adjust_bh, adjust_holm,
                                                                 adjust_bonferroni};
    for (int m = 0; m < 3; m++) {
        methods[m](p, n, out);
        for (size_t i = 0; i < n; i++)
            assert_close(out[i], known[i][m + 1], 1e-12);
    }
}

static void adjusted_p_values_equal_the_reference(void **state)
{
    (void)state;
    check_adjusted(known_adjusted_b1, G_N_ELEMENTS(known_adjusted_b1));
    check_adjusted(known_adjusted_b2, G_N_ELEMENTS(known_adjusted_b2));
    check_adjusted(known_adjusted_b3, G_N_ELEMENTS(known_adjusted_b3));
    check_adjusted(known_adjusted_b5, G_N_ELEMENTS(known_adjusted_b5));
    check_adjusted(known_adjusted_b6, G_N_ELEMENTS(known_adjusted_b6));
}

static void check_scores(const double (*known)[7], size_t n)
{
    double v[MOST] = {0}, z[MOST], robust[MOST], mean, sd;
    column(known[0], n, 7, 0, v);
    quantile_mean_sd(v, n, &mean, &sd);
    rank_z(v, n, z);
    rank_robust_z(v, n, robust);
    for (size_t i = 0; i < n; i++) {
        assert_close(mean, known[i][1], 1e-14);
        assert_close(sd, known[i][2], 1e-13);
        assert_close(z[i], known[i][3], 1e-12);
        assert_close(quantile_median(v, n), known[i][4], 1e-14);
        assert_close(quantile_mad(v, n), known[i][5], 1e-12);
        assert_close(robust[i], known[i][6], 1e-12);
    }
}

static void scores_equal_the_reference(void **state)
{
    (void)state;
    check_scores(known_scores_z2, G_N_ELEMENTS(known_scores_z2));
    check_scores(known_scores_z3, G_N_ELEMENTS(known_scores_z3));
    check_scores(known_scores_z4, G_N_ELEMENTS(known_scores_z4));
    check_scores(known_scores_z5, G_N_ELEMENTS(known_scores_z5));
    check_scores(known_scores_z6, G_N_ELEMENTS(known_scores_z6));
}

static void quantiles_equal_the_reference_sorted_or_selected(void **state)
{
    (void)state;
    double v[MOST], present[MOST];
    size_t n = column(known_scores_z6[0], G_N_ELEMENTS(known_scores_z6), 7, 0, v), m = 0;
    for (guint i = 0; i < G_N_ELEMENTS(known_quantiles_z6); i++) {
        double p = known_quantiles_z6[i][0], want = known_quantiles_z6[i][1];
        assert_close(quantile_of(v, n, p), want, 1e-14);
        m = 0;
        for (size_t j = 0; j < n; j++) {
            if (!isnan(v[j]))
                present[m++] = v[j];
        }
        assert_close(select_quantile(present, m, p), want, 1e-14);
    }
}

static void spread_survives_a_large_offset(void **state)
{
    (void)state;
    double v[] = {1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3, 1e9 + 0.4}, mean, sd;
    quantile_mean_sd(v, 4, &mean, &sd);
    assert_close(sd, 0.129099444873581, 1e-6);
}

/* The mean of equal decimals can be an ulp beside them; that is no spread. */
static void equal_values_have_no_score(void **state)
{
    (void)state;
    double v[7], z[7];
    for (int i = 0; i < 7; i++)
        v[i] = 0.1;
    rank_z(v, 7, z);
    assert_true(isnan(z[0]) && isnan(z[6]));
}

static void rank_intervals_equal_the_reference(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(known_rank_intervals) };
    double est[N], se[N], interval[N][2];
    column(known_rank_intervals[0], N, 9, 0, est);
    column(known_rank_intervals[0], N, 9, 1, se);
    for (int level = 0; level < 3; level++) {
        rank_interval(est, se, N, rank_critical((RankLevel)level, N, 0.95), interval);
        for (int i = 0; i < N; i++) {
            assert_close(interval[i][0], known_rank_intervals[i][3 + 2 * level], 0);
            assert_close(interval[i][1], known_rank_intervals[i][4 + 2 * level], 0);
        }
    }
}

static void an_area_without_error_may_be_anywhere(void **state)
{
    (void)state;
    double est[] = {1, 100, 50}, se[] = {0.1, 0.1, NAN}, interval[3][2];
    rank_interval(est, se, 3, 2, interval);
    assert_true(interval[0][0] == 1 && interval[0][1] == 2);
    assert_true(interval[1][0] == 2 && interval[1][1] == 3);
    assert_true(isnan(interval[2][0]));
}

static void rank_intervals_hold_the_rank(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(known_rank_intervals) };
    double est[N], se[N], rank[N], interval[N][2];
    column(known_rank_intervals[0], N, 9, 0, est);
    column(known_rank_intervals[0], N, 9, 1, se);
    rank_competition(est, N, FALSE, rank);
    rank_interval(est, se, N, rank_critical(RANK_SIDAK, N, 0.95), interval);
    for (int i = 0; i < N; i++)
        assert_true(interval[i][0] <= rank[i] && rank[i] <= interval[i][1]);
}

static void order_of_rows_and_scale_do_not_matter(void **state)
{
    (void)state;
    double v[] = {3, 1, 4, 1, 5, 9, 2, 6}, moved[8], a[8], b[8];
    for (int i = 0; i < 8; i++)
        moved[i] = 1000 * v[7 - i] + 5;
    rank_robust_z(v, 8, a);
    rank_robust_z(moved, 8, b);
    for (int i = 0; i < 8; i++)
        assert_close(a[i], b[7 - i], 1e-12);
    quantile_groups(v, 8, 4, TRUE, a);
    quantile_groups(moved, 8, 4, TRUE, b);
    for (int i = 0; i < 8; i++)
        assert_close(a[i], b[7 - i], 0);
}

static void adjusted_values_are_never_below_the_raw(void **state)
{
    (void)state;
    double p[] = {0.001, 0.2, NAN, 0.04, 0.04, 0.9, 0}, out[7];
    adjust_bh(p, 7, out);
    for (int i = 0; i < 7; i++)
        assert_true(isnan(p[i]) ? isnan(out[i]) : out[i] >= p[i] && out[i] <= 1);
    adjust_bh(p, 7, p); /* in place */
    for (int i = 0; i < 7; i++)
        assert_close(p[i], out[i], 0);
}

static void fewer_values_than_groups_give_none(void **state)
{
    (void)state;
    double v[] = {1, 2, NAN, 4}, out[4];
    quantile_groups(v, 4, 4, FALSE, out);
    assert_true(isnan(out[0]) && isnan(out[3]));
    quantile_groups(v, 4, 3, FALSE, out);
    assert_true(out[0] == 1 && out[3] == 3 && isnan(out[2]));
}

static void nothing_in_gives_nothing_out(void **state)
{
    (void)state;
    double none[] = {NAN, NAN}, out[2], mean, sd;
    assert_true(isnan(quantile_of(none, 2, 0.5)) && isnan(quantile_median(none, 0)));
    quantile_mean_sd(none, 2, &mean, &sd);
    assert_true(isnan(mean) && isnan(sd));
    rank_z(none, 2, out);
    assert_true(isnan(out[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_equal_the_reference),
        cmocka_unit_test(ranks_equal_the_reference),
        cmocka_unit_test(adjusted_p_values_equal_the_reference),
        cmocka_unit_test(scores_equal_the_reference),
        cmocka_unit_test(quantiles_equal_the_reference_sorted_or_selected),
        cmocka_unit_test(spread_survives_a_large_offset),
        cmocka_unit_test(equal_values_have_no_score),
        cmocka_unit_test(rank_intervals_equal_the_reference),
        cmocka_unit_test(an_area_without_error_may_be_anywhere),
        cmocka_unit_test(rank_intervals_hold_the_rank),
        cmocka_unit_test(order_of_rows_and_scale_do_not_matter),
        cmocka_unit_test(adjusted_values_are_never_below_the_raw),
        cmocka_unit_test(fewer_values_than_groups_give_none),
        cmocka_unit_test(nothing_in_gives_nothing_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
