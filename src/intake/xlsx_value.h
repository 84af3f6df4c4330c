#ifndef PEERLINE_INTAKE_XLSX_VALUE_H
#define PEERLINE_INTAKE_XLSX_VALUE_H

#include "peerline/intake/archive.h"

/** What the number of a cell means by its format, and how it is written. */
typedef enum { XLSX_NUMBER, XLSX_DATE, XLSX_TIME } XlsxMeaning;

#define XLSX_TEXT 48

/** Reads the meaning of each cell format (cellXfs) of styles.xml: a GByteArray of XlsxMeaning. */
GByteArray *xlsx_read_styles(Archive *archive, const char *entry, GError **error);

/** Of a number format's code: a date if it shows a day or year (or a month alone), a time if it
 * shows hours, minutes or seconds only. Quoted text, escapes, fill characters, colours and
 * conditions do not count, and only the part before the first semicolon does. */
XlsxMeaning xlsx_meaning_of_code(const char *code);

/** Of a number format that has a number and no code; the same in XLSX and XLS. */
XlsxMeaning xlsx_meaning_of_builtin(guint id);

/** Writes a day number as intake/table.h says; FALSE where it is no date (negative, after the year
 *  9999, 29 February 1900, which there never was). */
gboolean xlsx_date_text(double serial, XlsxMeaning meaning, gboolean since_1904,
                        char buf[XLSX_TEXT]);

/** The text of a stored number: shortest form, or date or time; NULL if it is no number. */
const char *xlsx_number_text(const char *stored, XlsxMeaning meaning, gboolean since_1904,
                             char buf[XLSX_TEXT]);

/** Replaces the escapes _xHHHH_ of ECMA-376 part 1, 22.9.2.19 (ST_Xstring), in place. */
void xlsx_unescape(GString *text);

#endif
