#ifndef PEERLINE_INTAKE_SQL_ANSWER_H
#define PEERLINE_INTAKE_SQL_ANSWER_H

#include "sql_link.h"

/** Where the text of an answer goes. */
typedef struct SqlSink SqlSink;
struct SqlSink {
    /** Takes bytes; FALSE with error ends the reading. */
    gboolean (*take)(SqlSink *s, const char *bytes, gsize n, GError **error);
    /** The answer begins anew: forget what was taken. */
    gboolean (*restart)(SqlSink *s, GError **error);
};

/** Reads the answer of a statement that was executed, as CSV (RFC 4180, UTF-8, LF): the columns'
 *  names, then its rows, NULL as an empty field, numbers as the driver writes them, dates and times
 *  as in workbooks (2016-04-01, 2016-04-01T12:30:00). Rows come by up to a thousand at once into
 *  buffers of a bounded size. A text that is longer than its column was declared makes it execute
 *  the statement again, with more room. FALSE with error if anything is not complete. */
gboolean sql_answer_read(SqlLink *l, const SqlQuery *q, SqlSink *sink, GError **error);

#endif
