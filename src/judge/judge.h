#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "peerline/judge/assessment.h"
#include "peerline/stats/scale.h"

/** What the steps of judging share. Private to this folder. */

typedef struct {
    const Study *study;
    const ObservationSet *set;
    Assessment *a;
    PeerSet *everyone; /**< per area: all others; serves where the study has no grouping */
    GStringChunk *texts;
    guint32 last_day; /**< of the study, as in GDate; 0: its periods have no days */
} Judge;

/** One indicator in one period. The columns hold one number per area, NAN where the area takes no
 *  part; they are scratch, made anew for each frame. */
typedef struct {
    const Judge *judge;
    guint indicator, period, n;
    const Indicator *def;
    const Series *series;
    const Observation *obs; /**< n */
    Verdict *verdicts;      /**< n */
    PeriodSummary *summary;
    ScaleKind scale;
    double unit;          /**< value = unit × the ratio that goes on the scale */
    double per;           /**< value = per × numerator / denominator */
    double *value;        /**< of ranked areas */
    double *x, *size;     /**< numerator and denominator of ranked areas, where they are valid */
    double *y, *s;        /**< on `scale`, ranked areas; s only where there is a sampling error */
    double *se;           /**< on the scale of value */
    double *work[4];      /**< scratch of a single step */
    guint *order, ranked; /**< ranked areas by value, ties by index; how many */
    guint *members;       /**< scratch of a single step: peers that take part */
    gboolean *is_member;  /**< n, all FALSE between uses */
    GArray *learn;        /**< LearnFrom of this indicator */
} Frame;

/** Peer sets of every grouping, and `everyone`. */
void judge_peer_sets(Judge *judge);
void judge_peer_sets_free(PeerSet *sets, guint n);
/** The peers that fill the peer columns. */
static inline const PeerSet *judge_peers(const Judge *judge, guint area)
{
    return judge->everyone ? &judge->everyone[area] : &judge->a->peers[area];
}

/** The ranked ones of an area's peers into f->members, by value; how many. */
guint judge_ranked_peers(Frame *f, guint area);

/** Steps of one indicator and period, in this order. */
void judge_ranked(Frame *f);      /**< who takes part, and why not */
void judge_scale(Frame *f);       /**< scale, unit, per */
void judge_limits(Frame *f);      /**< limits of each value */
void judge_points(Frame *f);      /**< x and size, y and s, se */
void judge_comparator(Frame *f);  /**< national value, spread of the ranked values */
void judge_position(Frame *f);    /**< against all areas */
void judge_ranks(Frame *f);       /**< among all areas */
void judge_among_peers(Frame *f); /**< rank, quartiles, position among peers */
void judge_opportunity(Frame *f);
void judge_learn(Frame *f); /**< latest period only */

/** Steps of one indicator over its periods. */
void judge_persistence(const Judge *judge, guint indicator);
void judge_trends(const Judge *judge, guint indicator);

/** Steps over all indicators. */
void judge_across_indicators(const Judge *judge);

/** What amounts are made of at the peers of each area. */
void judge_compositions(const Judge *judge);

/** A verdict with nothing in it. */
Verdict judge_verdict_none(void);
/** "events", "pounds" or NULL. */
const char *judge_opportunity_unit(const Indicator *def);
/** +1 high is good, -1 low is good, 0 neither. */
int judge_good(Polarity polarity);
/** No sampling error is known: clustered and none. */
gboolean judge_without_error(UncertaintyKind kind);

#endif
