#include "peerline/intake/source_fetch.h"
#include "reading.h"

#include <string.h>

/** Every source that something in the study refers to. */
static void mark_quantity(const Quantity *q, gboolean *used)
{
    if (q->source >= 0)
        used[q->source] = TRUE;
    if (q->source >= 0 && q->deflates)
        used[q->deflate.source] = TRUE;
    for (guint i = 0; i < q->n_further; i++)
        mark_quantity(&q->further[i], used);
}

static void mark_age_table(const AgeTable *t, gboolean *used)
{
    if (t->declared)
        used[t->source] = TRUE;
}

static gboolean *sources_used(const Study *s)
{
    gboolean *used = g_new0(gboolean, s->n_sources + 1);
    used[s->areas.source] = TRUE;
    for (guint i = 0; i < s->n_indicators; i++) {
        const Indicator *d = &s->indicators[i];
        const Quantity *all[] = {&d->numerator, &d->denominator, &d->value,    &d->lower95,
                                 &d->upper95,   &d->lower99_8,   &d->upper99_8};
        for (guint k = 0; k < G_N_ELEMENTS(all); k++)
            mark_quantity(all[k], used);
        mark_age_table(&d->standard, used);
        mark_age_table(&d->reference, used);
    }
    for (guint g = 0; g < s->n_peers; g++) {
        if (s->peers[g].source >= 0)
            used[s->peers[g].source] = TRUE;
        for (guint v = 0; v < s->peers[g].n_variables; v++) {
            mark_quantity(&s->peers[g].variables[v].numerator, used);
            mark_quantity(&s->peers[g].variables[v].denominator, used);
        }
    }
    for (guint i = 0; i < s->n_sources; i++)
        for (guint j = 0; used[i] && j < s->sources[i].area.n_joins; j++)
            used[s->lookups[s->sources[i].area.joins[j]].source] = TRUE;
    return used;
}

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

static Table *read_sheet(const Source *s, const Fetched *fetched, GError **error)
{
    const BookOptions options = {.format = s->format == SOURCE_ODS ? BOOK_ODS : BOOK_XLSX,
                                 .sheet = s->sheet,
                                 .header_row = s->header_row,
                                 .header = s->header,
                                 .header_rows = s->header_rows,
                                 .end = s->end,
                                 .end_blank = s->end_blank,
                                 .skip = s->skip};
    return table_read_book(fetched->path, s->file, &options, error);
}

static Table *read_table(Reading *r, int source, const Fetched *fetched, GError **error)
{
    const Source *s = &r->study->sources[source];
    if (source_format_is_book(s->format)) {
        Table *t = read_sheet(s, fetched, error);
        r->set->sources[source].sheet = observation_set_string(r->set, t ? t->sheet : NULL);
        return t;
    }
    const CsvOptions options = {.delimiter = s->delimiter,
                                .encoding = encoding_of(s->encoding),
                                .header_row = s->header_row,
                                .header = s->header,
                                .end = s->end,
                                .end_blank = s->end_blank,
                                .skip = s->skip};
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

/** Takes the error. */
static void load_one(Reading *r, int source, FetchResult *got)
{
    const Source *s = &r->study->sources[source];
    g_autoptr(GError) error = g_steal_pointer(&got->error);
    if (got->fetched) {
        note_source(r, source, got->fetched);
        r->tables[source] = read_table(r, source, got->fetched, &error);
    }
    if (!r->tables[source]) {
        source_tell_error(s, error, r->diags);
        return;
    }
    r->set->sources[source].rows_read = r->tables[source]->n_rows;
    source_tell_stale(s, got->fetched, r->diags);
}

void reading_load_tables(Reading *r, const FetchOptions *options)
{
    const Study *s = r->study;
    g_autofree gboolean *used = sources_used(s);
    g_autofree FetchRequest *requests = g_new0(FetchRequest, s->n_sources + 1);
    guint n = 0;
    r->tables = g_new0(Table *, s->n_sources + 1);
    r->set->n_sources = s->n_sources;
    r->set->sources = g_new0(SourceUsed, s->n_sources + 1);
    for (guint i = 0; i < s->n_sources; i++) {
        r->set->sources[i].id = observation_set_string(r->set, s->sources[i].id);
        r->set->sources[i].file = observation_set_string(r->set, s->sources[i].file);
        if (used[i])
            requests[n++] = source_request(&s->sources[i]);
    }
    FetchResult *results = fetch_all(requests, n, options);
    for (guint i = 0, k = 0; i < s->n_sources; i++) {
        if (used[i])
            load_one(r, (int)i, &results[k++]);
    }
    fetch_results_free(results, n);
}

void reading_reject_line(Reading *r, int source, guint line, const char *rule, const char *key,
                         const char *text)
{
    char *identity = g_strdup_printf("%d:%u:%s:%s", source, line, rule, text);
    if (!g_hash_table_add(r->rejected, identity))
        // cppcheck-suppress memleak ; the set frees what it has already
        return;
    const Reject reject = {.file = r->tables[source] && r->tables[source]->sheet
                                       ? observation_set_string(r->set, r->tables[source]->file)
                                       : r->set->sources[source].file,
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
