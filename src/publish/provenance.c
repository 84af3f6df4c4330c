#include "peerline/publish/provenance.h"

#include <string.h>

#include "json_file.h"
#include "peerline/base/error.h"
#include "peerline/base/text.h"
#include "peerline/base/version.h"
#include "provenance_files.h"
#include "provenance_methods.h"

#define PROGRAM "peerline"

static json_t *program(void)
{
    json_t *object = json_object();
    json_put_text(object, "name", PROGRAM);
    json_put_text(object, "version", PEERLINE_VERSION);
    json_put_text(object, "methods_version", PEERLINE_METHODS_VERSION);
    return object;
}

static json_t *study_facts(const ReportContext *context)
{
    const Study *study = context->study;
    json_t *object = json_object();
    json_put_text(object, "id", study->id);
    json_put_text(object, "title", context->title ? context->title : study->title);
    json_put_text(object, "publisher", study->publisher);
    json_put_text(object, "status", study->status);
    json_put_text(object, "contact", study->contact);
    json_put_text(object, "next_release", study->next_release);
    json_put_text(object, "revision_note", study->revision_note);
    json_put_text(object, "licence", study->licence);
    json_put_text(object, "notice", study->notice);
    return object;
}

const char *provenance_relative_name(const Study *study, const char *path)
{
    gsize n = study->directory ? strlen(study->directory) : 0;
    while (n > 1 && study->directory[n - 1] == '/')
        n--;
    if (n > 0 && !strncmp(path, study->directory, n) && path[n] == '/')
        return path + n + 1;
    const char *slash = strrchr(path, '/');
    return slash && g_path_is_absolute(path) ? slash + 1 : path;
}

static json_t *definition(const Study *study, const char *path, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize n;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &bytes, &n, &cause)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: cannot read again to note its hash: %s", path, cause->message);
        return NULL;
    }
    g_autofree char *hash = text_sha256(bytes, n);
    json_t *object = json_object();
    json_put_text(object, "file", provenance_relative_name(study, path));
    json_put_count(object, "bytes", n);
    json_put_text(object, "sha256", hash);
    return object;
}

static json_t *definitions(const Study *study, GError **error)
{
    json_t *list = json_array();
    for (char **path = study->definition_files; path && *path; path++) {
        json_t *object = definition(study, *path, error);
        if (!object) {
            json_decref(list);
            return NULL;
        }
        json_array_append_new(list, object);
    }
    return list;
}

/* Neither the path nor where the bytes came from this time (cache, mirror): a second run takes the
 * same bytes from elsewhere and must write the same file. */
static json_t *source(const ReportContext *context, guint i)
{
    const SourceUsed *used = &context->set->sources[i];
    const Source *declared = i < context->study->n_sources ? &context->study->sources[i] : NULL;
    json_t *object = json_object();
    json_put_text(object, "id", used->id);
    if (declared) {
        json_put_text(object, "title", declared->title);
        json_put_text(object, "publisher", declared->publisher);
        json_put_text(object, "licence", declared->licence);
        json_put_text(object, "page", declared->page);
        json_put_text(object, "published", declared->published);
    }
    json_put_text(object, "url", used->url);
    json_put_text(object, "file", used->file);
    if (used->sheet)
        json_put_text(object, "sheet", used->sheet);
    json_put_text(object, "sha256", used->sha256);
    json_put_count(object, "bytes", used->bytes);
    json_put_text(object, "retrieved", used->retrieved);
    json_put_count(object, "rows_read", used->rows_read);
    json_put_count(object, "rows_rejected", used->rows_rejected);
    json_put_text(object, "note", used->note);
    return object;
}

static json_t *sources(const ReportContext *context)
{
    json_t *list = json_array();
    for (guint i = 0; i < context->set->n_sources; i++)
        json_array_append_new(list, source(context, i));
    return list;
}

static json_t *indicator(const ReportContext *context, guint i)
{
    const Indicator *declared = &context->study->indicators[i];
    const Series *series = &context->set->series[i];
    json_t *object = json_object();
    json_put_text(object, "id", declared->id);
    json_put_text(object, "measure", measure_name(declared->measure));
    json_put_text(object, "kind", uncertainty_name(series->kind));
    json_put_text(object, "kind_note", series->kind_note);
    json_put_number(object, "per", declared->per);
    json_put_text(object, "polarity", polarity_name(declared->polarity));
    if (declared->min_numerator > 0)
        json_put_number(object, "min_numerator", declared->min_numerator);
    if (declared->min_denominator > 0)
        json_put_number(object, "min_denominator", declared->min_denominator);
    json_put_text(object, "problem", series->problem);
    return object;
}

static json_t *indicators(const ReportContext *context)
{
    json_t *list = json_array();
    for (guint i = 0; i < context->study->n_indicators; i++)
        json_array_append_new(list, indicator(context, i));
    return list;
}

static json_t *peer_variables(const PeerGrouping *peers)
{
    json_t *list = json_array();
    for (guint v = 0; v < peers->n_variables; v++) {
        json_t *object = json_object();
        json_put_text(object, "id", peers->variables[v].id);
        json_put_number(object, "weight", peers->variables[v].weight);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *peer_groupings(const Study *study)
{
    static const char *const methods[] = {
        [PEERS_NEIGHBOURS] = "neighbours", [PEERS_CLASS] = "class", [PEERS_LIST] = "list"};
    json_t *list = json_array();
    for (guint i = 0; i < study->n_peers; i++) {
        const PeerGrouping *peers = &study->peers[i];
        json_t *object = json_object();
        json_put_text(object, "id", peers->id);
        json_put_text(object, "method", methods[peers->method]);
        if (peers->method == PEERS_NEIGHBOURS) {
            json_put_count(object, "k", peers->k);
            json_object_set_new(object, "variables", peer_variables(peers));
        }
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *method_settings(void)
{
    json_t *object = json_object();
    for (gsize i = 0; i < G_N_ELEMENTS(method_settings_table); i++) {
        const MethodSetting *setting = &method_settings_table[i];
        if (setting->text)
            json_put_text(object, setting->name, setting->text);
        else
            json_put_number(object, setting->name, setting->number);
    }
    return object;
}

static json_t *left_out(const ReportContext *context)
{
    json_t *list = json_array();
    for (const char *const *line = context->left_out; line && *line; line++) {
        g_autofree char *valid = g_utf8_make_valid(*line, -1);
        json_array_append_new(list, json_string(valid));
    }
    return list;
}

static json_t *compared_with(const ReportContext *context)
{
    json_t *object = json_object();
    if (context->changes) {
        json_put_text(object, "edition", context->changes->edition);
        json_put_text(object, "assessment_sha256", context->changes->assessment);
    }
    return object;
}

static json_t *document(const ReportContext *context, GError **error)
{
    json_t *files = definitions(context->study, error);
    if (!files)
        return NULL;
    json_t *root = json_object();
    json_object_set_new(root, "program", program());
    json_object_set_new(root, "study", study_facts(context));
    json_put_text(root, "edition", context->edition_date);
    json_put_text(root, "embargo_until", context->embargo);
    json_object_set_new(root, "definitions", files);
    json_object_set_new(root, "sources", sources(context));
    json_object_set_new(root, "indicators", indicators(context));
    json_object_set_new(root, "peers", peer_groupings(context->study));
    json_object_set_new(root, "methods", method_settings());
    json_object_set_new(root, "left_out", left_out(context));
    json_put_some(root, "compared_with", compared_with(context));
    return root;
}

gboolean provenance_write(const ReportContext *context, const char *path, GError **error)
{
    json_t *root = document(context, error);
    if (!root)
        return FALSE;
    return json_file_write(root, path, error);
}

char *provenance_study(const char *directory)
{
    g_autofree char *path = g_build_filename(directory, "provenance.json", NULL);
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    const char *name = json_string_value(json_object_get(json_object_get(root, "program"), "name"));
    const char *study = json_string_value(json_object_get(json_object_get(root, "study"), "id"));
    char *id = name && !strcmp(name, PROGRAM) ? g_strdup(study) : NULL;
    json_decref(root);
    return id;
}

char *provenance_edition(const char *directory)
{
    g_autofree char *path = g_build_filename(directory, "provenance.json", NULL);
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    const char *date = json_string_value(json_object_get(root, "edition"));
    char *edition = date && text_is_code(date) ? g_strdup(date) : NULL;
    json_decref(root);
    return edition;
}
