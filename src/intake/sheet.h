#ifndef PEERLINE_INTAKE_SHEET_H
#define PEERLINE_INTAKE_SHEET_H

#include "peerline/intake/table.h"

/** One sheet of a workbook as its cells that are not blank, in order: what the readers of XLSX and
 *  ODS fill and what becomes a Table. */

#define SHEET_ROWS    1048576
#define SHEET_COLUMNS 16384
/** Of one sheet. */
#define SHEET_CELLS (32 * 1000 * 1000)

typedef struct {
    guint32 column; /**< 0-based */
    const char *text;
} SheetCell;

typedef struct {
    guint32 number;   /**< 1-based */
    guint32 first, n; /**< its cells */
} SheetRow;

/** A rectangle of cells joined into one: its value is that of its first cell. */
typedef struct {
    guint32 row;           /**< 1-based */
    guint32 column;        /**< 0-based */
    guint32 rows, columns; /**< at least 1 */
} SheetMerge;

typedef struct {
    char *name;
    GArray *cells;  /**< SheetCell */
    GArray *rows;   /**< SheetRow, by number; only rows with cells */
    GArray *merges; /**< SheetMerge */
    GStringChunk *texts;
} Sheet;

Sheet *sheet_new(const char *name);
void sheet_free(Sheet *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

/** Forgets all cells; texts stay. */
void sheet_clear(Sheet *s);

/** Keeps a text for the life of the sheet, trimmed of blanks at both ends ("" if nothing is left).
 */
const char *sheet_text(Sheet *s, const char *text, gsize n);
/** Adds a cell behind all earlier ones; `text` lives as long as the sheet; a blank one is dropped.
 *  NULL, or what is wrong: outside a sheet's bounds, not behind the earlier cells, too many. */
const char *sheet_add(Sheet *s, guint64 row, guint64 column, const char *text);
/** Notes joined cells; a single cell is ignored. */
void sheet_merge(Sheet *s, SheetMerge merge);
/** Removes what stands in joined cells beside the first one. FALSE if they overlap so much that
 * this would never end. */
gboolean sheet_drop_covered(Sheet *s);

/** The text of a cell, "" where there is none. */
const char *sheet_cell(const Sheet *s, const SheetRow *row, guint column);

/** "B7" for row 7, column 1. `buf` holds 16 bytes; returns buf. */
char *sheet_reference(guint64 row, guint64 column, char buf[16]);
/** Reads "B7" or "$B$7"; *end is behind it. FALSE if it is none. */
gboolean sheet_read_reference(const char *text, guint64 *row, guint64 *column, const char **end);

/** The table on a sheet; takes the sheet (also on failure). */
Table *sheet_to_table(Sheet *sheet, const char *display_name, const BookOptions *options,
                      GError **error);

/** Which sheet is wanted: exactly so named, or named as the pattern says; NULL: every one. */
gboolean sheet_wanted(const Pattern *wanted, const char *name);

/** The readers. FALSE/NULL with error. */
struct Archive;
Sheet *xlsx_read_sheet(struct Archive *archive, const Pattern *wanted, GError **error);
Sheet *ods_read_sheet(struct Archive *archive, const Pattern *wanted, GError **error);

/** Which of these names is wanted: exactly so called, else the only one that fits; NULL: the first.
 *  FALSE if there is none, or several. */
gboolean sheet_choose(const GPtrArray *names, const Pattern *wanted, guint *chosen);

/** The error for no or several sheets of that name; `names` are those of the workbook. */
void sheet_not_chosen(const char *file, const Pattern *wanted, const GPtrArray *names,
                      GError **error);

#endif
