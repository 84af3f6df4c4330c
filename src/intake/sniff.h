#ifndef PEERLINE_INTAKE_SNIFF_H
#define PEERLINE_INTAKE_SNIFF_H

#include <glib.h>

/** What a file is, by its first bytes, where that is certainly no delimited text: "an HTML page",
 *  "a ZIP archive or XLSX workbook", …; NULL where it may be one. Looks at most at 1 KiB. */
const char *sniff_foreign(const char *data, gsize n);

/** TRUE if the bytes begin like an HTML page: what a web server sends with status 200 when the file
 *  has moved or wants a login. */
gboolean sniff_html(const char *data, gsize n);

#endif
