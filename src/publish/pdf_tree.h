#ifndef PEERLINE_PUBLISH_PDF_TREE_H
#define PEERLINE_PUBLISH_PDF_TREE_H

#include "pdf_file.h"

/** The structure tree of a tagged PDF: what the pieces of its pages are, in reading order, for who
 *  has it read out. Elements are begun and ended like brackets; content that is drawn meanwhile
 *  belongs to the innermost one. Source: ISO 32000-1, 14.7 and 14.8. */

typedef struct PdfTree PdfTree;

typedef enum { SCOPE_NONE, SCOPE_ROW, SCOPE_COLUMN } PdfScope;

PdfTree *pdf_tree_new(void);
void pdf_tree_free(PdfTree *t);

/** Begins an element; the name of its type is borrowed, and so is the text alternative (or NULL).
 */
void pdf_tree_begin(PdfTree *t, const char *type, const char *alternative, PdfScope scope);
/** Ends the innermost element, which must be of this type. */
void pdf_tree_end(PdfTree *t, const char *type);
/** The innermost open element, or 0. */
guint pdf_tree_open(const PdfTree *t);
const char *pdf_tree_type(const PdfTree *t, guint element);

/** Begins a page, which is object `page`; returns its key in the tree of parents. */
guint pdf_tree_page(PdfTree *t, guint page);
/** Gives the innermost element another piece of the page; returns its number there. */
guint pdf_tree_mark(PdfTree *t);
/** Gives the innermost element an annotation; returns the key. */
guint pdf_tree_annotation(PdfTree *t, guint annotation);

/** Writes the tree; returns the number of its root. All elements must have ended. */
guint pdf_tree_write(PdfTree *t, PdfFile *file);

#endif
