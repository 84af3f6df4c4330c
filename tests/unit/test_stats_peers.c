#include "stats_support.h"

#include <Rmath.h>

#include "../known/neighbours.h"
#include "../known/product.h"
#include "peerline/stats/neighbours.h"
#include "peerline/stats/opportunity.h"
#include "peerline/stats/peers.h"
#include "peerline/stats/scale.h"

static void position_among_peers_equals_an_independent_computation(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(product_counts) };
    double y[N], s[N];
    for (int i = 0; i < N; i++) {
        ScalePoint at = scale_counts(SCALE_SQRT, product_counts[i][0], product_counts[i][1]);
        y[i] = at.y;
        s[i] = at.s;
    }
    PeerBasis b = peers_basis(y + 1, s + 1, N - 1);
    PeerPosition p = peers_position(&b, y[0], s[0]);
    assert_close(b.mu, product_peers[0], 1e-11);
    assert_close(b.tau2, product_peers[1], 1e-9);
    assert_close(b.var_mu, product_peers[2], 1e-9);
    assert_close(p.z, product_peers[3], 1e-9);
    assert_close(p.p, product_peers[4], 1e-9);
}

static void too_few_peers_give_no_position(void **state)
{
    (void)state;
    double y[] = {1, 2, 3, 4, 5, 6, 7}, s[] = {1, 1, 1, 1, 1, 1, 1};
    PeerBasis four = peers_basis(y, s, 4), five = peers_basis(y, s, 5);
    assert_true(isnan(peers_position(&four, 9, 1).z));
    assert_false(isnan(peers_position(&five, 9, 1).z));
    assert_true(isnan(peers_position(&five, 9, NAN).z));
    s[1] = NAN;
    five = peers_basis(y, s, 5);
    assert_true(isnan(five.mu));
    assert_true(isnan(peers_robust(y, 7).mu));
}

static void without_errors_peers_are_judged_robustly(void **state)
{
    (void)state;
    double y[] = {1, 2, 3, 4, 5, 6, 7, 90};
    PeerBasis b = peers_robust(y, 8);
    assert_close(b.mu, 4.5, 0);
    assert_close(b.spread, 1.4826 * 2, 1e-14);
    assert_close(peers_position(&b, 10, NAN).z, 5.5 / (1.4826 * 2), 1e-14);
    double same[] = {5, 5, 5, 5, 5, 1, 2, 3};
    assert_true(isnan(peers_robust(same, 8).mu));
}

static void a_pair_is_judged_in_the_good_direction(void **state)
{
    (void)state;
    PeerFigure area = {10, 3}, peer = {20, 4};
    assert_close(peers_pair(area, peer, 1).z, 2, 1e-14);
    assert_close(peers_pair(area, peer, 1).p, pnorm(2, 0, 1, 0, 0), 1e-14);
    assert_close(peers_pair(area, peer, -1).p, pnorm(2, 0, 1, 1, 0), 1e-14);
    assert_true(isnan(peers_pair(area, (PeerFigure){20, NAN}, 1).p));
    assert_true(isnan(peers_pair(area, peer, 0).p));
}

static void opportunity_equals_an_independent_computation(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(product_values) };
    OpportunityArea area = {product_values[0], product_errors[0], 5000, 1000, -1};
    Opportunity o =
        opportunity_of(area, (OpportunityPeers){product_values + 1, product_errors + 1, N - 1});
    assert_close(o.gap, product_opportunity[0], 1e-10);
    assert_close(o.amount, product_opportunity[1], 1e-10);
    assert_close(o.lower95, product_opportunity[2], 1e-9);
    assert_close(o.upper95, product_opportunity[3], 1e-9);
}

static void an_area_better_than_its_peers_has_no_opportunity(void **state)
{
    (void)state;
    double value[] = {50, 51, 52, 53, 54, 55}, s[] = {1, 1, 1, 1, 1, 1};
    OpportunityPeers peers = {value, s, 6};
    Opportunity o = opportunity_of((OpportunityArea){20, 1, 1000, 100, -1}, peers);
    assert_true(o.gap < 0 && o.amount == 0 && o.lower95 == 0 && o.upper95 == 0);
    o = opportunity_of((OpportunityArea){80, 1, 1000, 100, 1}, peers);
    assert_true(o.gap < 0 && o.amount == 0 && o.upper95 == 0);
    o = opportunity_of((OpportunityArea){80, 1, 1000, 100, -1}, peers);
    assert_close(o.amount, (80 - 52.5) * 10, 1e-12);
    assert_true(0 < o.lower95 && o.lower95 < o.amount && o.amount < o.upper95);
}

static void opportunity_needs_a_direction_five_peers_and_errors(void **state)
{
    (void)state;
    double value[] = {1, 2, 3, 4, 5}, s[] = {1, 1, 1, 1, NAN};
    OpportunityArea area = {9, 1, 100, 1, -1};
    assert_true(isnan(opportunity_of(area, (OpportunityPeers){value, s, 4}).amount));
    Opportunity o = opportunity_of(area, (OpportunityPeers){value, s, 5});
    assert_close(o.amount, 600, 1e-12);
    assert_true(isnan(o.lower95));
    assert_true(isnan(opportunity_of(area, (OpportunityPeers){value, NULL, 5}).upper95));
    area.good = 0;
    assert_true(isnan(opportunity_of(area, (OpportunityPeers){value, s, 5}).gap));
}

static void neighbours_equal_the_reference(void **state)
{
    (void)state;
    NeighbourTable t = {known_areas[0], KNOWN_AREAS, KNOWN_VARIABLES, NULL};
    Neighbour out[KNOWN_AREAS * 15];
    size_t count[KNOWN_AREAS];
    neighbours_find(&t, 15, out, count);
    for (int a = 0; a < 4; a++) {
        assert_int_equal(count[a], 15);
        for (int i = 0; i < 15; i++) {
            assert_int_equal(out[a * 15 + i].area, known_neighbours[a][i].area);
            assert_close(out[a * 15 + i].distance, known_neighbours[a][i].distance, 1e-10);
            assert_close(out[a * 15 + i].rebased, known_neighbours[a][i].rebased, 1e-10);
        }
    }
}

static void weights_ties_and_gaps_are_treated_as_stated(void **state)
{
    (void)state;
    /* The second variable is constant in decimals, the third is missing for the last area. */
    double values[] = {0, 0.1, 0, 1, 0.1, 5, -1, 0.1, -5, 9, 0.1, NAN}, weights[] = {1, 1, 0};
    NeighbourTable t = {values, 4, 3, weights};
    Neighbour out[12];
    size_t count[4];
    neighbours_find(&t, 3, out, count);
    assert_int_equal(count[3], 0);
    assert_int_equal(count[0], 2);
    assert_int_equal(out[0].area, 1); /* a tie: in row order */
    assert_int_equal(out[1].area, 2);
    assert_close(out[0].distance, 1, 1e-14); /* sd of 0, 1, -1 is 1 */
    assert_close(out[3].distance, 1, 1e-14);
    assert_close(out[4].rebased, 1, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(position_among_peers_equals_an_independent_computation),
        cmocka_unit_test(too_few_peers_give_no_position),
        cmocka_unit_test(without_errors_peers_are_judged_robustly),
        cmocka_unit_test(a_pair_is_judged_in_the_good_direction),
        cmocka_unit_test(opportunity_equals_an_independent_computation),
        cmocka_unit_test(an_area_better_than_its_peers_has_no_opportunity),
        cmocka_unit_test(opportunity_needs_a_direction_five_peers_and_errors),
        cmocka_unit_test(neighbours_equal_the_reference),
        cmocka_unit_test(weights_ties_and_gaps_are_treated_as_stated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
