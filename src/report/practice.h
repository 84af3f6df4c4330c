#ifndef PEERLINE_SRC_REPORT_PRACTICE_H
#define PEERLINE_SRC_REPORT_PRACTICE_H

#include "phrase.h"

/** One case of the practice register: title, area, years, indicators, what was done, result,
 * source. */
void practice_write(Pen *pen, Block *parent, const Practice *practice);

#endif
