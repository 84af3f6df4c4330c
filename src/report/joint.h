#ifndef PEERLINE_SRC_REPORT_JOINT_H
#define PEERLINE_SRC_REPORT_JOINT_H

#include "phrase.h"

/** Spending and an outcome of one area together, against its peers' medians, in the outcome's
 *  latest period. What is within one standard deviation of the median counts as about the same; the
 *  deviation is that of a normal distribution with the peers' quartiles (their distance / 1.349),
 *  which extremes do not move (METHODS 9, the box of the SPOT chart). Not a measure of value for
 *  money: outcomes have other causes, and spending others than these. */

typedef struct {
    const Pair *pair;
    guint spend, outcome;               /**< indicators */
    guint spend_period, outcome_period; /**< joint_spend_period() and the outcome's latest */
    double spend_value, outcome_value, spend_median, outcome_median;
    double spend_near, outcome_near; /**< one standard deviation of the peers */
    int spend_way, outcome_way;      /**< -1 lower, 0 about the same, +1 higher */
    int good;                        /**< of the outcome: +1 high, -1 low, 0 neither */
    double weight;                   /**< how far from both medians, in such deviations */
} Joint;

/** The period of the spend that goes with the outcome's latest: the one of the same name, in which
 *  areas are ranked, else the latest; -1: none. All reports pair the same two. */
int joint_spend_period(const ReportContext *c, const Pair *pair);

/** FALSE where the area has no figure for one of the two that is compared, or the peers no median.
 */
gboolean joint_of(const ReportContext *c, const Pair *pair, guint area, Joint *out);

static inline gboolean joint_less_good(const Joint *j)
{
    return j->good != 0 && j->outcome_way == -j->good;
}
static inline gboolean joint_better(const Joint *j)
{
    return j->good != 0 && j->outcome_way == j->good;
}

/** Of the peers that spend less than the median of the area's peers: how many there are (`spend`),
 *  and for how many the outcome is on the less good side of the median too (`both`). */
typedef struct {
    guint spend, both;
} JointCount;
JointCount joint_count(const ReportContext *c, const Joint *j, guint area);

/** The words of a quadrant: "lower spend, better outcome". Marked up. */
const char *joint_corner(Pen *pen, const Joint *j, gboolean high_spend, gboolean high_outcome);

/** Where these two figures lie against the medians of `j`, by what counts as about the same: "Lower
 *  spend, better outcome", "About as much spent as by the peers". Marked up. */
const char *joint_where(Pen *pen, const Joint *j, double spend, double outcome);

#endif
