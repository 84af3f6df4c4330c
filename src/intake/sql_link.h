#ifndef PEERLINE_INTAKE_SQL_LINK_H
#define PEERLINE_INTAKE_SQL_LINK_H

#include <sql.h>
#include <sqlext.h>

#include "peerline/catalogue/study.h"
#include "sql_connection.h"

/** A connection to a database through ODBC that only reads, and a query that it executes. Texts go
 *  to and from drivers as UTF-16, which no driver converts by the locale of the process. */
typedef struct {
    SqlConnection connection;
    SQLHENV env;
    SQLHDBC dbc;
    gboolean connected;
    const struct SqlDriver *driver; /**< private: ways of its own; NULL: none */
    SQLHSTMT statement;             /**< prepared by sql_link_prepare() */
    GArray *values;                 /**< private: what is bound to its parameters */
} SqlLink;

/** Connects. FALSE with error. Clear in either case. */
gboolean sql_link_open(SqlLink *l, const SqlQuery *q, GError **error);
/** Prepares the query and binds its parameters; it must have as many `?` as there are parameters,
 *  and give a table. */
gboolean sql_link_prepare(SqlLink *l, const SqlQuery *q, GError **error);
/** Executes it; may be called again after SQLFreeStmt(SQL_CLOSE). */
gboolean sql_link_execute(SqlLink *l, GError **error);
/** Rolls back and lets go of everything. */
void sql_link_clear(SqlLink *l);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SqlLink, sql_link_clear)

/** Sets "what: [SQLSTATE] what the driver says", without secrets; returns FALSE. */
gboolean sql_link_fail(const SqlLink *l, SQLSMALLINT type, const char *what, GError **error);

/** UTF-16 of the driver, n units, appended as UTF-8. FALSE for a NUL or half a surrogate pair. */
gboolean sql_append_utf8(GString *out, const SQLWCHAR *text, gsize n);

#endif
