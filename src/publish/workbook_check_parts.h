#ifndef PUBLISH_WORKBOOK_CHECK_PARTS_H
#define PUBLISH_WORKBOOK_CHECK_PARTS_H

#include "peerline/intake/archive.h"
#include "peerline/publish/workbook_check.h"

/** The parts of the workbook checker. Private to this folder. */

enum { CHECK_COLUMNS = 16384, CHECK_ROWS = 1048576 };
/** Of text in one cell: Excel takes 32,767 characters, of at most seven bytes ("_x000D_"). */
enum { CHECK_TEXT_BYTES = 7 * 32767 };
#define CHECK_TEXT_LONG "more text in a cell than Excel takes (32,767 characters)"

/** What a text of the workbook is, beside its letters. */
typedef struct {
    char *text;
    gboolean raised;   /**< a part of it is superscript or subscript */
    const char *fault; /**< of its runs: what F3 says, or NULL; a constant */
} CheckText;

/** What is wrong with a cell format, worked out once. */
typedef struct {
    char *font;  /**< F3, or NULL */
    char *color; /**< F10, or NULL */
    char *fill;  /**< F8, or NULL */
    char *place; /**< F3: alignment of texts, or NULL */
    gboolean raised, wraps, bold;
} CheckStyle;

typedef struct {
    char *name, *part;            /**< of the table; its file in the package */
    guint row1, col1, row2, col2; /**< 1-based */
    guint header_rows, totals_rows;
    gboolean filter, banded;
    GPtrArray *headers; /**< char * */
} CheckTable;

/** From a part to others. */
typedef struct {
    char *id, *type, *target;
} CheckRelation;

typedef struct {
    Archive *archive;
    GPtrArray *breaches;   /**< WorkbookBreach * */
    GHashTable *counts;    /**< "rule\tsheet" -> how many so far */
    GPtrArray *told;       /**< the keys of `counts` in the order in which they came */
    GArray *styles;        /**< CheckStyle */
    GArray *strings;       /**< CheckText */
    GHashTable *sheets;    /**< the parts of all worksheets */
    GHashTable *tables;    /**< names of all tables, in lower case */
    GHashTable *marks;     /**< shorthand used: "[c]" -> "Sheet\tB7", where first */
    GHashTable *declared;  /**< shorthand that a text explains */
    GHashTable *notes;     /**< notes used: "note 1" -> where first */
    GHashTable *explained; /**< notes that a notes sheet explains */
    guint64 text;          /**< bytes of text in all cells so far */
    gboolean language;     /**< the first sheet says in which language the workbook is */
} Check;

void check_breach(Check *c, const char *rule, const char *sheet, const char *cell,
                  const char *format, ...) G_GNUC_PRINTF(5, 6);

/** For `n` more breaches of a rule of which more than are listed were met: counts them. FALSE where
 *  they have to be told one by one. */
gboolean check_breach_more(Check *c, const char *rule, const char *sheet, guint n);

/* ---- workbook_check_package.c: parts beside the sheets ---- */

/** The relations of a part, CheckRelation; empty if it has none. */
gboolean check_relations(Check *c, const char *part, GArray **out, GError **error);
/** Macros, images, embedded objects by the names of the entries. */
void check_entries(Check *c);
/** Title, author, subject, keywords, language. */
gboolean check_properties(Check *c, GError **error);
/** One drawing of a sheet: images, text boxes, charts without a text alternative. */
gboolean check_drawing(Check *c, const char *part, const char *sheet, GError **error);

/* ---- workbook_check_styles.c ---- */

gboolean check_read_styles(Check *c, const char *part, GError **error);
gboolean check_read_strings(Check *c, const char *part, GError **error);
/** Texts as they come, element by element: of shared strings and of cells. */
typedef struct CheckRuns CheckRuns;
CheckRuns *check_runs_new(void);
void check_runs_free(CheckRuns *s);
void check_runs_begin(CheckRuns *s);
void check_runs_start(CheckRuns *s, const char *name, const char **attributes);
void check_runs_end(CheckRuns *s, const char *name);
/** FALSE if that is more than a cell can hold. */
gboolean check_runs_text(CheckRuns *s, const char *text, gsize n);
/** The text is the runs' own, until the next begins. */
CheckText check_runs_result(CheckRuns *s);
/** The fonts that a reader is known to see without serifs. */
gboolean check_is_sans(const char *name);

/* ---- workbook_check_table.c ---- */

CheckTable *check_read_table(Check *c, const char *part, GError **error);
void check_table_free(gpointer table);
/** What can be said of a sheet's tables without its cells. */
void check_tables(Check *c, const char *sheet, const GPtrArray *tables);

/* ---- workbook_check_sheet.c ---- */

typedef struct {
    const char *name, *part;
    guint index; /**< 0: the first */
} CheckSheet;

gboolean check_sheet(Check *c, const CheckSheet *sheet, GError **error);

/* ---- workbook_check_text.c: what a text says ---- */

/** Where a text stands. */
typedef enum { CHECK_LINE, CHECK_HEADER, CHECK_BODY } CheckPlace;

typedef struct {
    const char *sheet, *cell;
    CheckPlace place;
    const char *header;   /**< of its column, in the body; or NULL */
    gboolean first_sheet; /**< texts of the cover may explain shorthand */
    gboolean notes_sheet;
} CheckWhere;

void check_text(Check *c, const char *text, const CheckWhere *where);
/** "Click here": the text of a link that does not say where it leads. */
gboolean check_says_nothing(const char *text);
/** After the last sheet: shorthand and notes that are used and not explained. */
void check_references(Check *c);

/* ---- cells ---- */

/** "AB12" to 1-based numbers; FALSE if it is no cell of a worksheet. A range gives its first. */
gboolean check_parse_cell(const char *text, guint *row, guint *column);
/** "AB12"; newly allocated. */
char *check_cell_name(guint row, guint column);

/** For readers of parts that have elements alone. */
void check_no_end(XmlReader *r, const char *name);

#endif
