#include "peerline/intake/source_fetch.h"
#include "peerline/observe/observe.h"
#include "plan.h"
#include "reading.h"

#include <string.h>

static Encoding encoding_of(TextEncoding e)
{
    static const Encoding same[] = {[TEXT_AUTO] = ENCODING_AUTO,
                                    [TEXT_UTF8] = ENCODING_UTF8,
                                    [TEXT_WINDOWS_1252] = ENCODING_WINDOWS_1252,
                                    [TEXT_LATIN1] = ENCODING_LATIN1};
    return same[e];
}

static gboolean is_expected(const Reading *r, int source, const char *rule, const char *key)
{
    for (guint i = 0; i < r->study->n_expected; i++) {
        const ExpectedRejection *e = &r->study->expected[i];
        if (strcmp(e->rule, rule) == 0 && (e->source < 0 || e->source == source) &&
            (!e->keys || pattern_match(e->keys, key) == PATTERN_YES))
            return TRUE;
    }
    return FALSE;
}

/** The reader's warnings about single records (too long, not valid text) are rejects of ours: they
 *  are moved over, so that a study may expect them and rejects.csv lists them. */
static void take_over_warnings(Reading *r, int source, Diagnostics *found)
{
    guint n;
    const Diag *d = diagnostics_sorted(found, &n);
    for (guint i = 0; i < n; i++) {
        const Reject reject = {.file = d[i].file,
                               .rule = d[i].rule,
                               .line = d[i].line,
                               .text = d[i].message,
                               .expected = is_expected(r, source, d[i].rule, d[i].message)};
        rejects_add(r->rejects, r->set, (guint)source, reject);
    }
}

static Table *read_sheet(const Source *s, const Fetched *fetched, const TablePlan *plan,
                         GError **error)
{
    const BookOptions options = {.format = s->format == SOURCE_ODS   ? BOOK_ODS
                                           : s->format == SOURCE_XLS ? BOOK_XLS
                                                                     : BOOK_XLSX,
                                 .sheet = s->sheet,
                                 .header_row = s->header_row,
                                 .header = s->header,
                                 .header_rows = s->header_rows,
                                 .end = s->end,
                                 .end_blank = s->end_blank,
                                 .skip = s->skip,
                                 .plan = plan};
    return table_read_book(fetched->path, s->file, &options, error);
}

static Table *read_table(Reading *r, int source, const Fetched *fetched, const TablePlan *plan,
                         GError **error)
{
    const Source *s = &r->study->sources[source];
    if (source_format_is_book(s->format)) {
        Table *t = read_sheet(s, fetched, plan, error);
        r->set->sources[source].sheet = observation_set_string(r->set, t ? t->sheet : NULL);
        return t;
    }
    const CsvOptions options = {.delimiter = s->delimiter,
                                .encoding = encoding_of(s->encoding),
                                .header_row = s->header_row,
                                .header = s->header,
                                .end = s->end,
                                .end_blank = s->end_blank,
                                .skip = s->skip,
                                .plan = plan};
    g_autoptr(Diagnostics) found = diagnostics_new();
    Table *t = table_read_csv(fetched->path, s->file, &options, found, error);
    if (t)
        take_over_warnings(r, source, found);
    return t;
}

static void note_source(Reading *r, int source, const Fetched *f)
{
    SourceUsed *used = &r->set->sources[source];
    used->path = observation_set_string(r->set, f->path);
    used->url = observation_set_string(r->set, f->url);
    used->origin = observation_set_string(r->set, f->origin);
    used->sha256 = observation_set_string(r->set, f->sha256);
    used->retrieved = observation_set_string(r->set, f->retrieved);
    used->note = observation_set_string(r->set, f->note);
    used->bytes = f->bytes;
}

static void load_one(Reading *r, int source, const FetchResult *got, const TablePlan *plan)
{
    const Source *s = &r->study->sources[source];
    g_autoptr(GError) error = got->error ? g_error_copy(got->error) : NULL;
    if (got->fetched) {
        note_source(r, source, got->fetched);
        if (!source_format_is_map(s->format))
            r->tables[source] = read_table(r, source, got->fetched, plan, &error);
    }
    if (got->fetched && source_format_is_map(s->format)) {
        source_tell_stale(s, got->fetched, r->diags);
        return; /* reading_load_maps() reads it when the areas are known */
    }
    if (!r->tables[source]) {
        source_tell_error(s, error, r->diags);
        return;
    }
    r->set->sources[source].rows_read = r->tables[source]->rows_read;
    r->set->sources[source].place = observation_set_string(r->set, r->tables[source]->file);
    source_tell_stale(s, got->fetched, r->diags);
}

SourceFiles *source_files_fetch(const Study *s, const FetchOptions *options)
{
    SourceFiles *f = g_new0(SourceFiles, 1);
    g_autoptr(SourcePlans) plans = source_plans_new(s);
    g_autofree FetchRequest *requests = g_new0(FetchRequest, s->n_sources + 1);
    f->n_sources = s->n_sources;
    f->place = g_new(int, s->n_sources + 1);
    for (guint i = 0; i < s->n_sources; i++) {
        f->place[i] = source_plan(plans, i) ? (int)f->n : -1;
        if (f->place[i] >= 0)
            requests[f->n++] = source_request(&s->sources[i]);
    }
    f->results = fetch_all(requests, f->n, options);
    return f;
}

const Fetched *source_files_get(const SourceFiles *f, guint source)
{
    return f->place[source] < 0 ? NULL : f->results[f->place[source]].fetched;
}

gboolean source_files_complete(const SourceFiles *f)
{
    for (guint i = 0; i < f->n; i++)
        if (f->results[i].error)
            return FALSE;
    return TRUE;
}

void source_files_free(SourceFiles *f)
{
    if (!f)
        return;
    fetch_results_free(f->results, f->n);
    g_free(f->place);
    g_free(f);
}

void reading_load_tables(Reading *r, const SourceFiles *files)
{
    const Study *s = r->study;
    g_autoptr(SourcePlans) plans = source_plans_new(s);
    r->tables = g_new0(Table *, s->n_sources + 1);
    r->set->n_sources = s->n_sources;
    r->set->sources = g_new0(SourceUsed, s->n_sources + 1);
    for (guint i = 0; i < s->n_sources; i++) {
        r->set->sources[i].id = observation_set_string(r->set, s->sources[i].id);
        r->set->sources[i].file = observation_set_string(r->set, s->sources[i].file);
    }
    for (guint i = 0; i < s->n_sources; i++)
        if (files->place[i] >= 0)
            load_one(r, (int)i, &files->results[files->place[i]], source_plan(plans, i));
}

void reading_reject_line(Reading *r, int source, guint line, const char *rule, const char *key,
                         const char *text)
{
    char *identity = g_strdup_printf("%d:%u:%s:%s", source, line, rule, text);
    if (!g_hash_table_add(r->rejected, identity))
        // cppcheck-suppress memleak ; the set frees what it has already
        return;
    const Reject reject = {.file = observation_place(r->set, source),
                           .rule = rule,
                           .line = line,
                           .text = text,
                           .expected = is_expected(r, source, rule, key)};
    rejects_add(r->rejects, r->set, (guint)source, reject);
    // cppcheck-suppress memleak ; the set has the identity now
}

void reading_reject(Reading *r, int source, guint row, const char *rule, const char *key,
                    const char *text)
{
    reading_reject_line(r, source, r->tables[source]->line[row], rule, key, text);
}
