#ifndef PEERLINE_INTAKE_TABLE_STORE_H
#define PEERLINE_INTAKE_TABLE_STORE_H

#include "peerline/intake/table.h"

/** Fills a table row by row: what every reader ends in.
 *
 *      TableStore *s = table_store_new(table, plan);   when the column names are known
 *      for each record:
 *          table_store_begin(s, line, n_fields);
 *          for (i < table_store_early(s)) table_store_put(s, i, text, n);   in this order
 *          if (!table_store_wanted(s)) continue;
 *          for (the rest of table_store_kept(s)) table_store_put(s, i, text, n);
 *          table_store_end(s);
 *      table_store_finish(s);
 *
 *  so that of a row that is not wanted only the cells are looked at that say so. */
typedef struct TableStore TableStore;

/** The table must have its columns; it is filled in by the store. */
TableStore *table_store_new(Table *t, const TablePlan *plan);

/** The columns that are kept, those first on which conditions are. */
const guint *table_store_kept(const TableStore *s, guint *n);
/** How many of them conditions are on. */
guint table_store_early(const TableStore *s);

/** Counts a row of the file. */
void table_store_begin(TableStore *s, guint32 line, guint32 n_fields);
/** The text (n bytes, no NUL among them) of the i-th kept column. */
void table_store_put(TableStore *s, guint i, const char *text, gsize n);
/** The text that was put into this column last; only for columns that no condition is on. */
void table_store_put_again(TableStore *s, guint i);
/** Whether the row is wanted. */
gboolean table_store_wanted(TableStore *s);
void table_store_end(TableStore *s);

/** Gives the table what was kept. */
void table_store_finish(TableStore *s);
/** After finishing or instead of it. */
void table_store_free(TableStore *s);

#endif
