#ifndef PEERLINE_PUBLISH_XLSX_BOOK_H
#define PEERLINE_PUBLISH_XLSX_BOOK_H

#include <glib.h>

/** An accessible workbook, sheet by sheet, through one guarded door to libxlsxwriter.
 *
 *  Form (checklist of the Analysis Function, docs of the publisher): a title in A1, lines of text
 * below it, then one marked-up table against the left edge and nothing after it; no filter,
 * banding, fill, merged cells or frozen panes; Arial 12; widths from the text; no empty cell.
 *
 *  Refused, because libxlsxwriter would write a file that others reject: numbers that are none,
 * bytes that are no UTF-8, texts beyond 32,767 characters, sheet and table names that are taken,
 * too long or look like a cell, headers that differ in case only, rows with too few or too many
 * cells, more rows than a worksheet has. The first refusal is kept and told by xlsx_book_close().
 */
typedef struct XlsxBook XlsxBook;
typedef struct XlsxSheet XlsxSheet;

typedef struct {
    const char *title, *subject, *author, *keywords, *comments;
    const char *date; /**< "2017-10-25"; NULL: a fixed technical date */
} XlsxProperties;

#define XLSX_MOST_ROWS 1048000u /**< of one table; a worksheet has 1,048,576 */

XlsxBook *xlsx_book_new(const char *path, const XlsxProperties *properties);
/** Writes the file; PEERLINE_ERROR_FAILED with the first refusal or the error of the disk, and then
 *  there is no file to rely on. Frees `book`. */
gboolean xlsx_book_close(XlsxBook *book, GError **error);

/** Begins a sheet, in the order in which readers see them. Owned by the book. Several may be under
 *  way: a cover can be filled when all else is known. */
XlsxSheet *xlsx_sheet_new(XlsxBook *book, const char *name, const char *title);
/** One line of text in column A; `wrap` only where there is no table below. */
void xlsx_line(XlsxSheet *sheet, const char *text, gboolean wrap);
void xlsx_heading(XlsxSheet *sheet, const char *text);
/** A line that leads to an address ("https://…", "mailto:…"); the address is shown if it is no
 * link. */
void xlsx_line_link(XlsxSheet *sheet, const char *text, const char *address);

/** Begins the table. `headers` has `n` texts. */
void xlsx_table(XlsxSheet *sheet, const char *name, const char *const *headers, guint n);
/** The cells of a row from left to right. An absent or empty text becomes "[z]". */
void xlsx_text(XlsxSheet *sheet, const char *text);
/** As a number, shown with so many decimals. */
void xlsx_number(XlsxSheet *sheet, double x, int decimals);
/** Shorthand in the place of a number: "[c]"; right aligned, so that it stands where numbers do. */
void xlsx_mark(XlsxSheet *sheet, const char *mark);
/** "internal:'Sheet'!A1", "https://…" or "mailto:…". */
void xlsx_link(XlsxSheet *sheet, const char *text, const char *address);
void xlsx_end_row(XlsxSheet *sheet);
/** A chart of bars beside the table: the first column names them, all others are their lengths. The
 *  table has numbers in these. */
typedef struct {
    const char *about; /**< what it shows, for those who do not see it */
    const char *axis;  /**< what the lengths are */
} XlsxBars;
void xlsx_bars(XlsxSheet *sheet, const XlsxBars *bars);
/** Whether a cell so far is this shorthand, "[c]". */
gboolean xlsx_book_uses(const XlsxBook *book, const char *mark);
/** Ends the sheet. A table without rows gets one that says why. */
void xlsx_sheet_end(XlsxSheet *sheet, const char *why_empty);

/** Width of a text in Arial 12, in units of Excel's column widths. */
double xlsx_text_width(const char *text);
/** The same of its longest word. */
double xlsx_word_width(const char *text);

#endif
