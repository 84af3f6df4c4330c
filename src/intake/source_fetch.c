#include "peerline/intake/source_fetch.h"

FetchRequest source_request(const Source *s)
{
    return (FetchRequest){.id = s->id,
                          .path = s->path,
                          .url = s->url,
                          .sql = s->has_sql ? &s->sql : NULL,
                          .file = s->file,
                          .sha256 = s->sha256,
                          .licence = s->licence,
                          .hosts = (const char *const *)s->hosts};
}

void source_tell_error(const Source *s, const GError *error, Diagnostics *diags)
{
    diag_add(diags, DIAG_ERROR, "cannot-read", s->where.file, s->where.line, s->where.column, "%s",
             error->message);
}

void source_tell_stale(const Source *s, const Fetched *fetched, Diagnostics *diags)
{
    if (fetched->note)
        diag_add(diags, DIAG_WARNING, "stale-source", s->where.file, s->where.line, s->where.column,
                 "source '%s': %s", s->id, fetched->note);
}
