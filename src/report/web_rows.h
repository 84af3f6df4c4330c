#ifndef PEERLINE_SRC_REPORT_WEB_ROWS_H
#define PEERLINE_SRC_REPORT_WEB_ROWS_H

#include "phrase.h"

/** Cells that the pages of the web site share. Marked-up text of the pen, unless said otherwise. */

/** The indicator as a link to its page, and its unit. */
const char *web_indicator_cell(Pen *pen, guint indicator);
const char *web_domain(Pen *pen, guint indicator);
/** The area's name, as a link if it has a page. */
const char *web_area_link(Pen *pen, guint area, const gboolean *wanted);
/** A plain text for a block's `search`: newly allocated. */
char *web_label(Pen *pen, Word word);

#endif
