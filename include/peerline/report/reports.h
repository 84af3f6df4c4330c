#ifndef PEERLINE_REPORT_REPORTS_H
#define PEERLINE_REPORT_REPORTS_H

#include "peerline/report/context.h"
#include "peerline/report/document.h"

/** The national variation report. */
Document *report_national(const ReportContext *context);
/** The report of one area (index into the set's areas). Thread-safe. */
Document *report_area(const ReportContext *context, guint area);

/** "Not for release before …" in the study's words; plain text, newly allocated; NULL without an
 *  embargo. */
char *report_embargo(const ReportContext *context);
/** What stands on every page: the embargo, and the study's notice. NULL: nothing. */
char *report_notice(const ReportContext *context);

#endif
