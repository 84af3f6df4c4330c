#ifndef PEERLINE_PUBLISH_PDF_H
#define PEERLINE_PUBLISH_PDF_H

#include "peerline/report/document.h"

/** The PDF writer: lays a Document out on A4 pages and writes them. The same document gives the
 * same bytes: no clock, no locale, no font but Inter. It computes no number that a reader sees but
 * page numbers. */

typedef struct {
    guint pages;
    GPtrArray *problems; /**< char*, in page order: a link to nowhere, text that does not fit its
                              column, a character that the font lacks, text below 7 pt in a figure,
                            a block higher than a page. Empty for a sound report. */
} PdfStats;

void pdf_stats_clear(PdfStats *stats);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PdfStats, pdf_stats_clear)

/** Writes the document to `path` (through a temporary name beside it, so that a half-written file
 *  never has that name). `stats` (or NULL) is filled in, also for a document with problems; the
 *  caller clears it. Thread-safe: several documents may be written at a time, each by one thread.
 */
gboolean pdf_write(const Document *d, const char *path, PdfStats *stats, GError **error);

#endif
