#ifndef PEERLINE_PUBLISH_HTML_H
#define PEERLINE_PUBLISH_HTML_H

#include "peerline/report/document.h"

/** Blocks of a Document as HTML: what the PDF writer sets on pages, as the content of a web page.
 *  Every text is escaped; links lead nowhere but to places of the site and to http, https and
 *  mailto addresses, others become plain text. Charts are SVG with their table in <details>. The
 *  writer computes no number and knows no file. */

/** Where the content stands, and where its links lead. */
typedef struct {
    const char *root;    /**< from this page to the root of the site: "" or "../" */
    const char *address; /**< of this page, from the root: "areas/E01.html" */
    GHashTable *anchors; /**< name of a place to the address of its page, from the root; or NULL.
                              Places in the blocks themselves are found without it */
    GHashTable *names;   /**< a text that is the name of something to the address of its page: it
                              becomes a link where it stands alone in a cell or in bold; or NULL */
    const char *data_of_chart; /**< what opens the table behind a chart: "Data of this chart" */
    const char *chart;         /**< what a chart that can be scrolled is called: "Chart" */
    const char *below_title;   /**< mark-up of ours to put below the first heading; or NULL */
} HtmlPlace;

/** A heading, for a list of what is on the page. */
typedef struct {
    char *text; /**< plain */
    char *id;
    int level;
} HtmlHeading;

/** The blocks as HTML; the first heading becomes <h1>, no level is skipped. New. */
char *html_from_blocks(Block *const *blocks, guint n, const HtmlPlace *place);

/** Headings in reading order, as html_from_blocks() writes them (HtmlHeading); free with
 *  g_array_unref(). */
GArray *html_headings(Block *const *blocks, guint n);

/** The id that the place called `anchor` has on its page. New. */
char *html_id(const char *anchor);

/** A marked-up text without its marks. New. */
char *html_plain(const char *text);

#endif
