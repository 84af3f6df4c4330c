#ifndef PEERLINE_SRC_REPORT_PEN_H
#define PEERLINE_SRC_REPORT_PEN_H

#include "peerline/report/context.h"
#include "peerline/report/document.h"
#include "peerline/catalogue/words.h"

/** What a section of a report writes with: the context it reads, the document it appends to, and a
 *  keeper of the small texts made on the way, which live as long as the pen. Texts that the pen
 *  returns are its own. Plain texts (names, figures) become marked-up text only by pen_say(). */
typedef struct {
    const ReportContext *c;
    Document *d;
    GPtrArray *kept;
} Pen;

/** Begins a document with what all reports of a study say of themselves: author, date, language and
 *  the notice for every page. */
void pen_init(Pen *pen, const ReportContext *context, const char *title);
/** Gives the document away and lets the kept texts go. */
Document *pen_finish(Pen *pen);

/** Takes ownership and returns the text. */
const char *pen_keep(Pen *pen, char *text);
/** Takes over a number as base/number.h writes it and returns it with the marks of the study. */
const char *pen_number(Pen *pen, char *number);
const char *pen_format(Pen *pen, const char *format, ...) G_GNUC_PRINTF(2, 3);
const char *pen_escape(Pen *pen, const char *text);

/* Sentences: a Word, then pairs of name and text as words(). */
#define pen_say(pen, ...)                 pen_say_words(pen, __VA_ARGS__, NULL)
#define pen_para(pen, parent, style, ...) pen_para_words(pen, parent, style, __VA_ARGS__, NULL)
#define pen_item(pen, list, ...)          pen_item_words(pen, list, __VA_ARGS__, NULL)
#define pen_cell(pen, table, ...)         pen_cell_words(pen, table, __VA_ARGS__, NULL)

const char *pen_say_words(Pen *pen, Word id, ...) G_GNUC_NULL_TERMINATED;
Block *pen_para_words(Pen *pen, Block *parent, ParaStyle style, Word id,
                      ...) G_GNUC_NULL_TERMINATED;
void pen_item_words(Pen *pen, Block *list, Word id, ...) G_GNUC_NULL_TERMINATED;
void pen_cell_words(Pen *pen, Block *table, Word id, ...) G_GNUC_NULL_TERMINATED;

/** A heading without parameters. */
Block *pen_heading(Pen *pen, Block *parent, int level, Word id, const char *anchor);

/** Text from a definition: one paragraph per blank-line separated part, white space folded,
 * escaped; each begins with the marked-up `lead`, if it is the first and `lead` is not NULL. */
void pen_text(Pen *pen, Block *parent, ParaStyle style, const char *lead, const char *text);

/** A table from a list of columns; ended by a column without header. */
typedef struct {
    Word header;
    double width;
    gboolean numeric;
} PenColumn;
Block *pen_table(Pen *pen, Block *parent, const char *caption, const PenColumn *columns, guint n);

#endif
