#ifndef PEERLINE_INTAKE_SQL_WATCH_H
#define PEERLINE_INTAKE_SQL_WATCH_H

#include <glib.h>
#include <sql.h>
#include <sqlext.h>

/** A thread that cancels what a statement is doing when its time is over. SQL_ATTR_QUERY_TIMEOUT is
 *  a wish that some drivers ignore (SQLite's among them), and no driver holds itself to it while
 *  rows are fetched; SQLCancel() is the one function that ODBC lets another thread call. */
typedef struct SqlWatch SqlWatch;

/** The statement must live until sql_watch_end(). */
SqlWatch *sql_watch_new(SQLHSTMT statement, guint seconds);
/** Frees it. TRUE if the time was over before. NULL is none. */
gboolean sql_watch_end(SqlWatch *w);

#endif
