#ifndef PEERLINE_SRC_PUBLISH_HTML_WRITER_H
#define PEERLINE_SRC_PUBLISH_HTML_WRITER_H

#include "markup.h"
#include "peerline/publish/html.h"

/** What the parts of the HTML writer share while they write one page. */
typedef struct {
    GString *out;
    const HtmlPlace *place;
    GHashTable *here; /**< names of places in the blocks */
    char *subject;    /**< plain: the last heading or caption of a chart, which names a table that
                           has no caption */
    int top, level;   /**< level of the first heading; level written last */
    guint headings;   /**< written so far */
} HtmlWriter;

/** Inline text with its mark-up: bold and links. */
void html_write_runs(HtmlWriter *w, const char *text);
/** id="…", from an anchor; nothing for NULL. */
void html_write_id(HtmlWriter *w, const char *anchor);

void html_write_table(HtmlWriter *w, const Block *block);
/** The figure, its caption and the table behind it. */
void html_write_figure(HtmlWriter *w, const Block *block);

/** The address of a name's page, as a link from this page; NULL if it has none or is this page.
 *  New. */
char *html_address_of_name(const HtmlWriter *w, const char *name);

#endif
