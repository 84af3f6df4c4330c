#ifndef REPORT_CORRECTIONS_H
#define REPORT_CORRECTIONS_H

#include "pen.h"

/** What earlier editions had wrong, as the study declares it. Private to this folder. */

/** The section of the national report, with the study's note on revisions. Nothing where the study
 *  says nothing of either. */
void corrections_national(Pen *pen);
/** Those that concern an area, as items of a list. */
void corrections_of_area(Pen *pen, Block *list, guint area);

#endif
