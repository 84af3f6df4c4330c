#ifndef REPORT_SLIPS_H
#define REPORT_SLIPS_H

#include "pen.h"

/** Figures that seem to be in another unit, or that the study declares as known to be unusual, as
 *  items of a list that is made with the first. Private to this folder. */

/** Those of the whole study, the first `most` of them; NULL stays NULL where there are none. */
Block *slips_national(Pen *pen, Block *list, guint most);
/** Those of one area, and of whole periods of indicators. */
Block *slips_of_area(Pen *pen, Block *list, guint area);

#endif
