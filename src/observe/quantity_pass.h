#ifndef OBSERVE_QUANTITY_PASS_H
#define OBSERVE_QUANTITY_PASS_H

#include "reading.h"

/** One pass over one source for one quantity: what its steps share. Private to quantity_*.c.
 *
 *  quantity_bind.c   finds the columns that the definition means
 *  quantity_place.c  says which period and age a row is about
 *  quantity_cells.c  reads numbers and gathers them
 *  quantity.c        goes through the rows
 *  quantity_find.c   answers what was gathered
 *  quantity_further.c  puts together what several sources give */

/** The cells of one period: which of all cells belongs to which area and age band. */
typedef struct {
    Period period;
    GPtrArray *bands; /**< of guint *, [area + 1]: index + 1 into cells; 0 = none yet; [0] is the
                           nation. One band where a quantity is not by age */
} Slot;

/** Where the number of a row belongs. */
typedef struct {
    Period period;
    Period found; /**< the row's own, which is gathered into the other */
    guint64 part; /**< the months that it covers, as bits */
    const char *key;
    int area;
    guint band;
} Place;

/** One pass over one source for one quantity. */
typedef struct {
    Reading *r;
    const Quantity *q;
    const Source *source;
    const Table *t;
    const Span *span;
    int area_column, period_column, band_column;
    GArray *columns;          /**< guint: columns that hold numbers */
    guint *column_band;       /**< ages in the headers: band of each of them */
    GArray *bands;            /**< AgeBand, by index of band; NULL: not by age */
    GHashTable *ages;         /**< text of an age cell -> index of its band + 1; 0 = unreadable */
    const char **column_area; /**< wide by area: key of each of them, in the same order */
    GArray *column_period;    /**< wide by period: Period of each of them, in the same order */
    GHashTable *periods;      /**< text of a period cell -> Period*, NULL value = unreadable */
    gboolean has_fixed;
    Period fixed; /**< from a constant or the file's name */
    GArray *slots, *cells;
    guint last_slot;
    GHashTable *part_lines; /**< what is gathered: cell and month -> line that gave it; else NULL */
} Pass;

/** Fits the definition to the table; FALSE and diagnostics where it does not. */
gboolean pass_bind(Pass *p);
/** The index of an age band, which is new if it was not met before. */
guint pass_band(Pass *p, AgeBand band);

/** The period of a row; NULL where its cell is none. */
const Period *pass_row_period(Pass *p, guint row);
/** The period a row counts for, after gathering; FALSE where it is not wanted. `part` is the
 *  months it covers, as bits. */
gboolean pass_target_period(const Pass *p, Period found, Period *target, guint64 *part);
/** The band that a row is about; FALSE (and a reject) where its cell cannot be read. */
gboolean pass_row_band(Pass *p, guint row, guint *band);

/** All that a row says about one area and period: in a table with a column per area or period that
 *  is column `group`. */
void pass_add_row(Pass *p, guint row, Place at, guint group);
/** Which of two reasons for a missing part is told for the whole; STATUS_OK is none. */
Status quantity_graver(Status a, Status b);
/** QuantityCell by period, area, band. */
int quantity_compare_cells(gconstpointer a, gconstpointer b);

#endif
