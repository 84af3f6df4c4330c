#ifndef PEERLINE_SRC_REPORT_AREA_H
#define PEERLINE_SRC_REPORT_AREA_H

#include "figures.h"
#include "standout.h"

/** The sections of an area report, in the order in which they are written. */
typedef struct {
    Pen pen;
    guint area;
    GArray *findings; /**< Finding, strongest first */
    guint compared;   /**< indicators that could be tested against the peers */
    guint *order;     /**< indicators by domain */
    guint closer;     /**< charts of the closer look, once it is written */
} AreaReport;

void area_front(AreaReport *r);       /**< page 1: peers, what stands out, largest change */
void area_closer_look(AreaReport *r); /**< the area in order among its peers, where it stands out */
void area_position(AreaReport *r);    /**< spine, table, national limits */
void area_trends(AreaReport *r);
void area_learning(AreaReport *r); /**< who to learn from, practice, opportunity */
void area_questions(AreaReport *r);
void area_notes(AreaReport *r); /**< what is missing and why, how to read */

/** How many findings of a direction (+1, -1, 0) the front page names. */
#define FRONT_PAGE_MOST 3
/** The front page's choice: writes up to FRONT_PAGE_MOST findings of the direction, returns how
 * many. */
guint area_chosen(const AreaReport *r, int good, const Finding *out[FRONT_PAGE_MOST]);

#endif
