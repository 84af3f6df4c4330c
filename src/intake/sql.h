#ifndef PEERLINE_INTAKE_SQL_H
#define PEERLINE_INTAKE_SQL_H

#include "download.h"
#include "peerline/catalogue/study.h"

/** What a database answers, fetched like a file: into a part in the cache's directory, complete or
 *  not at all. */

/** What the answer is called in the cache, where a URL has its address: "sql:" and a hash of the
 *  connection as declared, the query and its parameters; newly allocated. */
char *sql_identity(const SqlQuery *q);

/** Asks the database named by `q`; `id` is for progress. Sets either out->part, sha256 and bytes or
 *  out->error. */
void sql_download(const SqlQuery *q, const char *id, const char *dir, const FetchOptions *options,
                  Download *out);

#endif
