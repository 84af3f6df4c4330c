#ifndef PEERLINE_PUBLISH_PDF_FINISH_H
#define PEERLINE_PUBLISH_PDF_FINISH_H

#include "peerline/report/document.h"

/** The last pass over a drawn PDF, with qpdf: what a screen reader needs and cairo 1.16 cannot
 *  write. The language, the mark that the structure tree is to be used, the title in the window,
 *  the text alternative of every figure, the scope of every table header, tabbing in the order of
 *  the structure, and XMP metadata; small objects go into compressed streams, which makes a tagged
 *  report about a third of its size.
 *  Source: ISO 32000-1, 14.7 to 14.9 and 14.3.2. No claim of PDF/UA is made: that standard also
 *  asks to mark what is no content as artifacts, which cairo 1.16 cannot. */

/** What a tag was drawn for, in the order in which the tags were begun. */
typedef struct {
    enum { NOTE_FIGURE, NOTE_COLUMN_HEADER, NOTE_ROW_HEADER } kind;
    const char *alt; /**< of a figure; borrowed */
} TagNote;

/** `notes`: a TagNote for every tag Figure and TH of the drawing. The same input gives the same
 *  bytes. NULL with `error` where the structure is not the one that was noted, or qpdf fails. */
GByteArray *pdf_finish(const GByteArray *drawn, const Document *d, const GArray *notes,
                       GError **error);

#endif
