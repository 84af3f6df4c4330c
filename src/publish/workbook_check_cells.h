#ifndef PUBLISH_WORKBOOK_CHECK_CELLS_H
#define PUBLISH_WORKBOOK_CHECK_CELLS_H

#include "workbook_check_parts.h"

/** One worksheet, as a stream of cells. Its tables are read before it, so that each cell is judged
 *  by where it stands; of a table no more is kept than a few numbers for each column. Private to
 *  this folder. */

typedef struct {
    guint first, last; /**< columns */
    double width;
} Widths;

typedef struct {
    XmlReader xml;
    Check *check;
    const CheckSheet *sheet;
    GPtrArray *tables;       /* CheckTable * */
    const CheckTable *table; /* the first, or NULL */
    gboolean notes_sheet;
    /* the cell being read */
    guint row, column, style;
    char type;
    gboolean has_style, in_value, in_inline, in_header_footer;
    GString *value;
    CheckRuns *runs;
    /* the sheet so far */
    guint cells, beyond_a;
    gboolean has_title, says_one_table;
    GArray *widths; /* Widths */
    double default_width;
    char *header_footer;
    GHashTable *poor_links; /* cells with a text that says nothing, should they be links */
    /* its table */
    guint n_columns, filled_in_row, rows_done; /* the last row of the body that was judged */
    guint8 *filled;                            /* of the row being read */
    guint *with_text;                          /* per column: cells that are not empty */
    double *widest;                            /* per column */
    char **headers;                            /* per column, lower case */
} SheetCheck;

#define BREACH(s, rule, cell, ...)                                                                 \
    check_breach((s)->check, rule, (s)->sheet->name, cell, __VA_ARGS__)

static inline guint body_first(const SheetCheck *s)
{
    return s->table->row1 + s->table->header_rows;
}

static inline gboolean in_table(const SheetCheck *s)
{
    const CheckTable *t = s->table;
    return t && s->row >= t->row1 && s->row <= t->row2 && s->column >= t->col1 &&
           s->column <= t->col2;
}

static inline CheckPlace place_of(const SheetCheck *s)
{
    if (!in_table(s))
        return CHECK_LINE;
    return s->row < body_first(s) ? CHECK_HEADER : CHECK_BODY;
}

void check_cell_begin(SheetCheck *s, const char **attributes);
void check_cell_end(SheetCheck *s);
/** Everything of the table's body up to `row` has been seen. */
void check_rows_up_to(SheetCheck *s, guint row);

#endif
