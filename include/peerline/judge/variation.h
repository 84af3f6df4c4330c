#ifndef PEERLINE_JUDGE_VARIATION_H
#define PEERLINE_JUDGE_VARIATION_H

#include "peerline/judge/assessment.h"
#include "peerline/stats/variation.h"

/** Whether the differences between the areas grew, tested on the areas that both periods rank.
 *  Only for counts (KIND_COUNTS). */
typedef enum {
    VARIATION_TREND_UNKNOWN, /**< no counts, no earlier period, or too few areas */
    VARIATION_SAME,          /**< no more than chance would give */
    VARIATION_WIDER,
    VARIATION_NARROWER
} VariationDirection;

/** A change is told where chance would give one like it in less than so many cases. */
#define VARIATION_TREND_LEVEL 0.05

typedef struct {
    VariationChange change; /**< of the systematic component since `from`; stats/variation.h */
    int from;               /**< the earliest period with ranked areas; -1: no change is known */
    VariationDirection direction;
} VariationTrend;

VariationTrend judge_variation_trend(const Study *study, const ObservationSet *set,
                                     const Assessment *a, guint indicator, guint period);

/** All measures of variation of one period, among the areas it ranks. */
typedef struct {
    Variation all;          /**< a negative systematic component is set to 0 */
    Variation trimmed;      /**< the same without the 5 % extremes at each end */
    gboolean no_systematic; /**< areas differ by less than chance alone would make them */
    VariationTrend trend;
} VariationMeasures;

VariationMeasures judge_variation_measures(const Study *study, const ObservationSet *set,
                                           const Assessment *a, guint indicator, guint period);

/** What the differences between the areas are made of. All shares and ratios are NAN where they
 *  cannot be told. */
typedef struct {
    /** The part of the differences that chance alone would give: df / Q, at most 1, which is
     *  1 - I^2 (Higgins & Thompson 2002), with Q the chi-square of heterogeneity; for proportions
     *  Q / (1 - m). Only for counts. */
    double chance;
    VariationTrend trend;
    /** The 90th centile over the 10th of crude rates, and of those standardised for age, of the
     * same areas. Only for dsr and isr. */
    double crude_fold, standardised_fold;
} VariationFacts;

VariationFacts judge_variation(const Study *study, const ObservationSet *set, const Assessment *a,
                               guint indicator, guint period);

#endif
