#ifndef PEERLINE_SRC_REPORT_AREA_H
#define PEERLINE_SRC_REPORT_AREA_H

#include "figures.h"
#include "standout.h"

/** The sections of an area report, in the order in which they are written. */
typedef struct {
    Pen pen;
    guint area;
    GArray *findings;   /**< Finding, strongest first */
    guint compared;     /**< indicators that could be tested against the peers */
    guint *order;       /**< indicators by domain */
    gboolean *in_depth; /**< by indicator: whether it has a chart over time in depth */
    guint charts;       /**< over time, in the section of trends */
    gboolean *told;     /**< by indicator: whether its cautions stand in depth already */
} AreaReport;

void area_front(AreaReport *r);    /**< page 1: peers, what stands out, largest change */
void area_position(AreaReport *r); /**< spine, table, heat map with the peers, limits */
void area_depth(AreaReport *r);    /**< the indicators that stand out, each with its charts */
void area_trends(AreaReport *r);   /**< the other indicators over time */
void area_pairs(AreaReport *r);    /**< spending and outcomes, each declared pair in a quadrant */
void area_opportunity(AreaReport *r); /**< what the peers' median would mean */
/** Both, in the order that leaves less of the pages empty: quadrants fill a page, so the short
 *  section goes first where the trends leave half of theirs. */
void area_pairs_and_opportunity(AreaReport *r);
void area_compositions(AreaReport *r); /**< what amounts are made of, beside the peers */
void area_learning(AreaReport *r);     /**< who to learn from, what they share, practice */
void area_questions(AreaReport *r);    /**< self-assessment in steps */
void area_notes(AreaReport *r);        /**< what is missing and why, how to read */

/** One sentence for the front page where an outcome is less good and the spending that belongs to
 *  it is lower than at the peers (or higher): a question about health and care together. */
void area_joint_question(AreaReport *r, Block *parent);

/** The lessons of this area in the latest periods, by place of the indicator in the report, then
 *  strongest first: array of LearnFrom, borrowed. */
GPtrArray *area_lessons(const AreaReport *r);
/** The few peers that have most to tell of these lessons, the most alike first: their places among
 * the peers (guint), new. The same ones wherever the report names somebody to talk to. */
GArray *area_teachers(const AreaReport *r, const GPtrArray *found);
/** Whether the opportunity of this indicator is worth listing: more than its margin of error. */
gboolean area_has_opportunity(const AreaReport *r, guint indicator);
/** "about 1,700 fewer (between 1,300 and 2,000)", marked up. */
const char *area_opportunity_text(AreaReport *r, guint indicator);

/** How many findings of a direction (+1, -1, 0) the front page names. */
#define FRONT_PAGE_MOST 3
/** The front page's choice: writes up to FRONT_PAGE_MOST findings of the direction, returns how
 * many. */
guint area_chosen(const AreaReport *r, int good, const Finding *out[FRONT_PAGE_MOST]);

#endif
