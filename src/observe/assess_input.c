#include "assess_rows.h"

#include <math.h>
#include <stdarg.h>

#include "peerline/base/error.h"
#include "peerline/base/number.h"
#include "peerline/base/text.h"
#include "guard.h"
#include "peerline/catalogue/study_make.h"

/* ---- options ----------------------------------------------------------------------------------
 */

static gboolean choose(const char *option, const char *text, const char *const *names,
                       guint *chosen, GError **error)
{
    for (guint i = 0; names[i]; i++)
        if (g_str_equal(names[i], text)) {
            *chosen = i;
            return TRUE;
        }
    g_autofree char *accepted = text_list(names, g_strv_length((char **)names), "or");
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE, "%s: no such choice: '%s' (%s)",
                option, text, accepted);
    return FALSE;
}

static gboolean check_options(const AssessOptions *o, AssessChoices *c, GError **error)
{
    static const char *const measures[] = {"rate", "proportion", "ratio", NULL};
    static const char *const polarities[] = {"neither", "low", "high", NULL};
    static const char *const kinds[] = {"counts", "published", "clustered", "none", NULL};
    guint measure = MEASURE_RATE, polarity = POLARITY_NEITHER, kind = KIND_COUNTS;
    if ((o->measure && !choose("--measure", o->measure, measures, &measure, error)) ||
        (o->polarity && !choose("--polarity", o->polarity, polarities, &polarity, error)) ||
        (o->uncertainty && !choose("--uncertainty", o->uncertainty, kinds, &kind, error)))
        return FALSE;
    double per = NAN;
    if (o->per && (!number_parse(o->per, FALSE, &per) || !(per > 0))) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                    "--per: not a multiplier: '%s' (a number above 0, such as 100000)", o->per);
        return FALSE;
    }
    *c = (AssessChoices){.has_measure = o->measure != NULL,
                         .has_per = o->per != NULL,
                         .has_polarity = o->polarity != NULL,
                         .has_kind = o->uncertainty != NULL,
                         .measure = (Measure)measure,
                         .per = per,
                         .polarity = (Polarity)polarity,
                         .kind = (UncertaintyKind)kind};
    return TRUE;
}

/* ---- files ------------------------------------------------------------------------------------
 */

static void note_source(AssessReading *r, guint source, const char *path, const char *data, gsize n)
{
    SourceUsed *used = &r->set->sources[source];
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *hash = text_sha256(data, n);
    used->id = observation_set_string(r->set, r->study->sources[source].id);
    used->file = observation_set_string(r->set, name);
    used->path = observation_set_string(r->set, path);
    used->origin = observation_set_string(r->set, "file");
    used->sha256 = observation_set_string(r->set, hash);
    used->bytes = n;
}

void assess_take_warnings(AssessReading *r, guint source, Diagnostics *found)
{
    guint n;
    const Diag *d = diagnostics_sorted(found, &n);
    for (guint i = 0; i < n; i++) {
        const Reject reject = {
            .file = d[i].file, .rule = d[i].rule, .line = d[i].line, .text = d[i].message};
        rejects_add(r->rejects, r->set, source, reject);
    }
}

Table *assess_load(AssessReading *r, guint source, const char *path, GError **error)
{
    g_autofree char *data = NULL;
    gsize n;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &data, &n, &cause)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot be read: %s", path,
                    cause->message);
        return NULL;
    }
    note_source(r, source, path, data, n);
    g_autoptr(Diagnostics) found = diagnostics_new();
    const CsvOptions options = {0};
    Table *t = table_parse_csv(data, n, r->set->sources[source].file, &options, found, error);
    if (!t)
        return NULL;
    assess_take_warnings(r, source, found);
    r->set->sources[source].rows_read = t->n_rows + r->set->sources[source].rows_rejected;
    return t;
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void indicator_free(gpointer data)
{
    AssessIndicator *i = data;
    g_free(i->id);
    g_free(i->sex);
    g_free(i->age);
    g_free(i->title);
    g_free(i->kind_note);
    g_array_unref(i->rows);
    g_free(i);
}

static void reading_init(AssessReading *r)
{
    r->indicators = g_ptr_array_new_with_free_func(indicator_free);
    r->areas = g_array_new(FALSE, FALSE, sizeof(AssessArea));
    r->periods = g_array_new(FALSE, FALSE, sizeof(AssessPeriod));
    r->rejects = g_array_new(FALSE, FALSE, sizeof(Reject));
    r->indicator_index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    r->area_index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    r->area_caseless = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    r->period_index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void reading_clear(AssessReading *r)
{
    g_ptr_array_unref(r->indicators);
    g_array_unref(r->areas);
    g_array_unref(r->periods);
    if (r->rejects)
        g_array_unref(r->rejects);
    g_hash_table_unref(r->indicator_index);
    g_hash_table_unref(r->area_index);
    g_hash_table_unref(r->area_caseless);
    g_hash_table_unref(r->period_index);
    table_free(r->table);
}

static Source plain_source(Study *s, const char *id, const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    return (Source){.id = study_make_text(s, id),
                    .title = study_make_text(s, name),
                    .path = study_make_text(s, path),
                    .file = study_make_text(s, name),
                    .blank = STATUS_NOT_REPORTED,
                    .where = {.file = g_intern_string(name), .line = 1, .column = 1}};
}

static void make_sources(AssessReading *r)
{
    const struct {
        const char *id, *path;
    } files[] = {
        {"data", r->options->data}, {"peers", r->options->peers}, {"groups", r->options->groups}};
    Study *s = r->study;
    s->sources = study_make_array(s, G_N_ELEMENTS(files), sizeof(Source));
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        if (files[i].path)
            s->sources[s->n_sources++] = plain_source(s, files[i].id, files[i].path);
    r->set->n_sources = s->n_sources;
    r->set->sources = g_new0(SourceUsed, s->n_sources + 1);
}

static void tell_rejects(const ObservationSet *set, Diagnostics *diags)
{
    for (guint i = 0; i < set->n_rejects; i++) {
        const Reject *reject = &set->rejects[i];
        diag_add(diags, DIAG_WARNING, reject->rule, reject->file, reject->line, 0, "%s",
                 reject->text);
    }
}

static gboolean has_area_rows(const AssessReading *r)
{
    for (guint i = 0; i < r->indicators->len; i++)
        if (((const AssessIndicator *)r->indicators->pdata[i])->area_rows > 0)
            return TRUE;
    return FALSE;
}

static gboolean read_all(AssessReading *r, GError **error)
{
    make_sources(r);
    r->table = assess_load(r, 0, r->options->data, error);
    if (!r->table || !assess_recognise(r, error))
        return FALSE;
    assess_gather(r);
    if (!has_area_rows(r)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: no row can be assessed: %u rows read (rows about areas other than England "
                    "and its regions, in the layout of %s)",
                    r->options->data, r->table->n_rows, r->format->name);
        return FALSE;
    }
    for (guint i = 0; i < r->indicators->len; i++)
        assess_infer(r, r->indicators->pdata[i]);
    assess_build(r);
    return assess_read_groupings(r, error);
}

gboolean assess_read(const AssessOptions *options, Study **study, ObservationSet **set,
                     Diagnostics *diags, GError **error)
{
    AssessReading r = {.options = options, .diags = diags};
    if (!check_options(options, &r.choices, error))
        return FALSE;
    g_autoptr(Study) made = r.study = study_make();
    g_autoptr(ObservationSet) observed = r.set = observation_set_new();
    reading_init(&r);
    const gboolean ok = read_all(&r, error);
    observation_set_rejects(observed, g_steal_pointer(&r.rejects));
    reading_clear(&r);
    tell_rejects(observed, diags); /* where nothing is left, they say why */
    if (!ok)
        return FALSE;
    guard_set(made, observed, diags);
    *study = g_steal_pointer(&made);
    *set = g_steal_pointer(&observed);
    return TRUE;
}

void assess_reject(AssessReading *r, guint row, const char *rule, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    const Reject reject = {.file = g_intern_string(r->table->file),
                           .rule = rule,
                           .line = r->table->line[row],
                           .text = text};
    rejects_add(r->rejects, r->set, 0, reject);
}
