#ifndef PEERLINE_JUDGE_ASSESSMENT_H
#define PEERLINE_JUDGE_ASSESSMENT_H

#include "peerline/catalogue/study.h"
#include "peerline/observe/observation.h"
#include "peerline/stats/funnel.h"
#include "peerline/stats/trend.h"

/** The judgement on every observation: position against all areas and among peers, outliers,
 * trends, opportunity (METHODS section 11). One Verdict per indicator × period × area, parallel to
 * the grid of the ObservationSet. Numbers are NAN and ranks 0 where there are none. */

typedef enum { OUTLIER_NONE, OUTLIER_ALERT, OUTLIER_ALARM, OUTLIER_NOT_ESTIMABLE } Outlier;
typedef enum { DIRECTION_UNKNOWN, DIRECTION_LOWER, DIRECTION_SIMILAR, DIRECTION_HIGHER } Direction;
typedef enum {
    JUDGEMENT_UNKNOWN,
    JUDGEMENT_BETTER,
    JUDGEMENT_WORSE,
    JUDGEMENT_LOWER,
    JUDGEMENT_HIGHER,
    JUDGEMENT_SIMILAR
} Judgement;

typedef struct {
    double lower95, upper95, lower99_8, upper99_8; /**< of value: computed, or the publisher's */
    guint rank, rank_lower, rank_upper;            /**< competition, ascending; 0 = none */
    double percentile;
    guint peers_ranked, peer_rank;
    double peer_median, peer_lower_quartile, peer_upper_quartile;
    double z, z_adjusted, p_value, q_value;
    double funnel[4]; /**< lower95, upper95, lower99_8, upper99_8, on the scale of value */
    double adjusted[4];
    Outlier outlier;
    Direction direction;
    Judgement judgement;
    guint persistent_periods;
    TrendMarker trend;        /**< stats/trend.h; the row's own period is the last of the five */
    const char *trend_reason; /**< static text; NULL = none */
    double opportunity, opportunity_lower, opportunity_upper;
    double peer_z, peer_q;
    Direction peer_direction;
    double q_area;
    gboolean ranked;        /**< has a value that takes part in ranks */
    const char *not_ranked; /**< why a value is shown but not ranked (small numbers, …), or NULL */
} Verdict;

/** What holds for all areas of one indicator and period. */
typedef struct {
    double comparator;             /**< national value: publisher's, or from sums; NAN = none */
    const char *comparator_source; /**< "published", "sum of areas", or NULL */
    double comparator_numerator, comparator_denominator; /**< of the sums, NAN = none */
    double target;                                       /**< on the scale of value */
    double tau2, phi;
    guint areas_ranked;
    guint areas_with_value;
    guint areas_missing;
    guint judged;              /**< areas with a position against all areas */
    guint alerts, alarms;      /**< alarms are not counted among the alerts */
    double expected_alerts;    /**< by chance alone at 95 %: 5 % of those judged */
    const char *not_estimable; /**< why there is no judgement, or NULL */
    double median, lower_quartile, upper_quartile, p10, p90, min, max; /**< of ranked values */
    FunnelBasis basis; /**< to draw the limits for any size: funnel_unadjusted() × unit */
    double unit;       /**< value = unit × the plain ratio of `basis` */
} PeriodSummary;

typedef struct {
    Verdict *grid;          /**< [period * n_areas + area] */
    PeriodSummary *periods; /**< n_periods */
    UncertaintyKind kind;
    const char *opportunity_unit; /**< "events", "pounds" or NULL */
    int latest;                   /**< index of the latest period that has any value; -1 = none */
} IndicatorAssessment;

/** One area's peers under one grouping. */
typedef struct {
    guint n;
    guint *areas;       /**< nearest first where computed or ranked, else in code order */
    double *distances;  /**< rebased 0 to 1, or NULL */
    const char *label;  /**< what to print in `peer_group`: "neighbours", the class's text … */
    gboolean fell_back; /**< no neighbours: the fallback class serves */
    const char *why;    /**< e.g. which variable is missing; or NULL */
} PeerSet;

/** Someone to learn from: a peer that is credibly better at no more spend. */
typedef struct {
    guint indicator, area, period, peer;
    double value, peer_value, difference, q;
    double spend_difference; /**< peer − area; NAN where no pair is declared or no value */
    int practice;            /**< index of a practice case of that peer and indicator, or -1 */
} LearnFrom;

typedef struct {
    guint n_areas, n_indicators;
    IndicatorAssessment *indicators;
    guint n_groupings; /**< as the study's; 0: all areas are compared with all */
    PeerSet *peers;    /**< [grouping * n_areas + area] */
    guint n_learn;
    LearnFrom *learn;       /**< sorted by indicator id, period, area code, then q */
    guint *indicator_order; /**< indices of indicators sorted by the bytes of their id */
    MadeGroup *made_peers;  /**< the peers of each area together, [composition * n_areas + area],
                               without  the area; NULL where there are no compositions */
    gpointer storage;
} Assessment;

void assessment_free(Assessment *a);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assessment, assessment_free)

/** Judges everything. Never fails: what cannot be judged says why. */
Assessment *assess(const Study *study, const ObservationSet *set);

static inline const Verdict *verdict_at(const Assessment *a, guint indicator, guint period,
                                        guint area)
{
    return &a->indicators[indicator].grid[(gsize)period * a->n_areas + area];
}
/** The quarter of the ranked areas that the value lies in, 0 the lowest to 3 the highest; -1 where
 * it lies in none: not ranked, fewer than four are, or all of them have one value. */
static inline int verdict_quarter(const Verdict *v, const PeriodSummary *s)
{
    if (!(v->percentile >= 0) || s->areas_ranked < 4 || !(s->min < s->max))
        return -1;
    return v->percentile < 75 ? (int)(v->percentile / 25) : 3;
}
/** The area's peers of the first grouping (NULL where the study has none). */
const PeerSet *assessment_peers(const Assessment *a, guint grouping, guint area);

/** What the amount is made of at the area's peers together, as `judge` chose them for the peer
 *  columns: those of which every part is known. NULL where none is. */
const MadeGroup *assessment_made_peers(const Assessment *a, guint composition, guint area);

const char *outlier_name(Outlier o);     /**< "none", "alert", … */
const char *direction_name(Direction d); /**< "" when unknown */
const char *judgement_name(Judgement j);
const char *trend_name(TrendMarker t); /**< as in outputs: no change is "none" */

#endif
