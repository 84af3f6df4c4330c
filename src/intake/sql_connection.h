#ifndef PEERLINE_INTAKE_SQL_CONNECTION_H
#define PEERLINE_INTAKE_SQL_CONNECTION_H

#include <glib.h>

/** Connection strings of ODBC: `Key=value;Key={value with ; in it}`, with ${NAME} for environment
 *  variables. What the variables hold is secret: it goes to the driver and nowhere else. */
typedef struct {
    GString *text;      /**< as the driver gets it */
    GPtrArray *names;   /**< variables that were put in */
    GPtrArray *secrets; /**< what each of them held */
} SqlConnection;

void sql_connection_clear(SqlConnection *c);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SqlConnection, sql_connection_clear)

/** Puts the variables in. One that stands for a whole value is braced where its text needs that,
 *  so that no password can end the value early; one that is a part of a value may not hold any of
 *  the characters ; { } =. One that is the whole connection string is taken as it is. FALSE with
 *  error for one that is not set, or cannot stand there. */
gboolean sql_connection_expand(const char *declared, SqlConnection *out, GError **error);

/** Adds "Key=value" unless there is such a key. TRUE if it was added. */
gboolean sql_connection_default(SqlConnection *c, const char *key, const char *value);

/** A message of the driver without what the variables held: "${NAME}" stands there instead; newly
 *  allocated. */
char *sql_connection_redact(const SqlConnection *c, const char *message);

#endif
