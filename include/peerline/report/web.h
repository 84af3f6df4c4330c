#ifndef PEERLINE_REPORT_WEB_H
#define PEERLINE_REPORT_WEB_H

#include "peerline/report/context.h"
#include "peerline/report/document.h"

/** Documents that only the web site has, beside the national report and those of the areas. They
 *  link to places of other pages by name, which the site knows: "#area-CODE", "#indicator-N" (as
 *  the national report counts them), "#downloads", "#areas-index". `wanted` (per area, by index)
 *  says who has a page; open areas without one are named without a link. */

/** All indicators in one table, and a list of the areas. */
Document *report_web_dashboard(const ReportContext *c, const gboolean *wanted);
/** Areas from A to Z. */
Document *report_web_areas(const ReportContext *c, const gboolean *wanted);
/** Indicators by subject. */
Document *report_web_indicators(const ReportContext *c);
/** A table of all areas for an indicator's page; NULL where it has no figures. */
Document *report_web_indicator(const ReportContext *c, guint indicator);

/** Open areas by name; array of guint. */
GArray *report_web_area_order(const ReportContext *c);
/** "indicator-3": where the national report writes about an indicator. New. */
char *report_web_indicator_anchor(guint indicator);

#endif
