#ifndef PEERLINE_PUBLISH_SITE_H
#define PEERLINE_PUBLISH_SITE_H

#include "peerline/report/context.h"
#include "peerline/report/document.h"

/** The web site of an edition: plain files that need no server and no script, and ask nobody for
 *  anything. A page holds its style and its script, named by their hashes in its
 *  Content-Security-Policy, so that it can be sent as one file and nothing else can run in it. Only
 *  the publisher's logo is a file beside them, logo.png; without it a page says its text.
 *
 *  index.html            all indicators at a glance, and who is compared
 *  areas.html            areas from A to Z; areas/CODE.html the twin of areas/CODE.pdf
 *  indicators.html       indicators by subject; indicators/ID.html a page for each
 *  methods.html, sources.html, …   a page for each further part of the national report (its
 *                        headings of level 1), called as its anchor is
 *  downloads.html        the files of the edition
 *
 *  ID is data_json_indicator_name(). The same input gives the same bytes. */

/** What the edition holds beside the site. */
typedef struct {
    const gboolean *areas; /**< per area, by index: has a report */
    gboolean pdf, workbook, data;
} SiteOptions;

typedef struct Site Site;

/** What all pages share; constant from then on and read by several threads. Borrows the context
 *  and the array of the options. */
Site *site_new(const ReportContext *context, const SiteOptions *options);
void site_free(Site *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Site, site_free)

/** The page of an area from its report (report_area()) into directory/areas, which exists.
 *  Thread-safe. */
gboolean site_write_area(const Site *site, const Document *report, guint area,
                         const char *directory, GError **error);
/** All other pages, from the national report (report_national()); directory/indicators exists. */
gboolean site_write_national(const Site *site, const Document *report, const char *directory,
                             GError **error);

#endif
