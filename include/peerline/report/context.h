#ifndef PEERLINE_REPORT_CONTEXT_H
#define PEERLINE_REPORT_CONTEXT_H

#include "peerline/base/diag.h"
#include "peerline/catalogue/study.h"
#include "peerline/judge/assessment.h"
#include "peerline/observe/observation.h"
#include "peerline/report/changes.h"

/** Everything a report or a data file is made from. All of it constant; shared between threads. */
typedef struct {
    const Study *study;
    const ObservationSet *set;
    const Assessment *assessment;
    const char *title;           /**< --title or the study's */
    const char *edition_date;    /**< "2017-10-25", or NULL: none is printed */
    const char *embargo;         /**< "2017-10-25" or "2017-10-25T09:30": not to be released before;
                                      NULL: nothing is said about it */
    const Changes *changes;      /**< against an earlier edition; NULL: nothing to tell */
    const char *const *left_out; /**< sentences: what was left out or is stale; NULL-terminated */
} ReportContext;

#endif
