#include <string.h>

#include "data_describe.h"
#include "peerline/catalogue/words.h"
#include "json_file.h"

/* datapackage.json: what is in the folder, for programs that read Frictionless data packages. */

static const char *const TYPES[] = {[DATA_TEXT] = "string",
                                    [DATA_NUMBER] = "number",
                                    [DATA_INTEGER] = "integer",
                                    [DATA_BOOLEAN] = "boolean",
                                    [DATA_DATE] = "date"};

static json_t *constraints(const DataTable *table, const DataColumn *column)
{
    json_t *object = json_object();
    if (data_is_key(table, column->name))
        json_object_set_new(object, "required", json_true());
    if (column->allowed) {
        g_auto(GStrv) texts = g_strsplit(column->allowed, "|", -1);
        json_object_set_new(object, "enum", json_of_strings(texts));
    }
    return object;
}

static json_t *field(const Study *study, const DataTable *table, const DataColumn *column)
{
    json_t *object = json_object();
    json_put_text(object, "name", column->name);
    json_put_text(object, "type", TYPES[column->type]);
    json_put_text(object, "title", words_data(study, column->title));
    json_put_some(object, "constraints", constraints(table, column));
    return object;
}

/* Resources are named as their files without the ending. */
static char *resource_name(const char *file)
{
    return g_strndup(file, strcspn(file, "."));
}

static json_t *foreign_keys(const DataTable *table)
{
    json_t *list = json_array();
    for (const DataReference *r = table->references; r && r->column; r++) {
        g_autofree char *name = resource_name(r->table);
        json_t *key = json_object(), *reference = json_object();
        json_put_text(key, "fields", r->column);
        json_put_text(reference, "resource", name);
        json_put_text(reference, "fields", r->key);
        json_object_set_new(key, "reference", reference);
        json_array_append_new(list, key);
    }
    return list;
}

static json_t *schema(const Study *study, const DataTable *table)
{
    json_t *object = json_object(), *fields = json_array(), *missing = json_array();
    for (guint c = 0; c < table->n_columns; c++)
        json_array_append_new(fields, field(study, table, &table->columns[c]));
    json_array_append_new(missing, json_string(""));
    json_object_set_new(object, "fields", fields);
    json_object_set_new(object, "missingValues", missing);
    g_auto(GStrv) key = data_key_columns(table);
    json_put_some(object, "primaryKey", json_of_strings(key));
    json_put_some(object, "foreignKeys", foreign_keys(table));
    return object;
}

static json_t *resource(const Study *study, const DataTable *table, const char *directory,
                        GError **error)
{
    gsize bytes;
    g_autofree char *sha256 = NULL;
    if (!data_file_facts(directory, table->file, &bytes, &sha256, error))
        return NULL;
    g_autofree char *name = resource_name(table->file);
    g_autofree char *hash = g_strconcat("sha256:", sha256, NULL);
    json_t *object = json_object();
    json_put_text(object, "name", name);
    json_put_text(object, "path", table->file);
    json_put_text(object, "profile", "tabular-data-resource");
    json_put_text(object, "title", words_data(study, table->title));
    json_put_text(object, "format", "csv");
    json_put_text(object, "mediatype", "text/csv");
    json_put_text(object, "encoding", "utf-8");
    json_put_count(object, "bytes", bytes);
    json_put_text(object, "hash", hash);
    json_object_set_new(object, "schema", schema(study, table));
    return object;
}

static json_t *resources(const Study *study, const char *directory, GError **error)
{
    json_t *list = json_array();
    for (guint t = 0; data_tables[t]; t++) {
        json_t *object = resource(study, data_tables[t], directory, error);
        if (!object) {
            json_decref(list);
            return NULL;
        }
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *licences(const Study *study)
{
    json_t *list = json_array();
    const KnownLicence *licence = licence_find(study->licence);
    if (licence) {
        json_t *object = json_object();
        json_put_text(object, "name", licence->id);
        json_put_text(object, "title", licence->title);
        json_put_text(object, "path", licence->address);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *contributors(const Study *study)
{
    json_t *list = json_array(), *object = json_object();
    json_put_text(object, "title", study->publisher);
    json_put_text(object, "role", "publisher");
    json_array_append_new(list, object);
    return list;
}

static json_t *sources(const Study *study)
{
    json_t *list = json_array();
    for (guint i = 0; i < study->n_sources; i++) {
        const Source *s = &study->sources[i];
        if (!s->title)
            continue;
        json_t *object = json_object();
        json_put_text(object, "title", s->title);
        json_put_text(object, "path", s->page ? s->page : s->url);
        json_array_append_new(list, object);
    }
    return list;
}

static char *created(const ReportContext *context)
{
    return context->edition_date ? g_strconcat(context->edition_date, "T00:00:00Z", NULL) : NULL;
}

gboolean data_package_write(const ReportContext *context, const char *directory, GError **error)
{
    const Study *study = context->study;
    json_t *found = resources(context->study, directory, error);
    if (!found)
        return FALSE;
    g_autofree char *date = created(context);
    g_autofree char *name = study->id ? g_ascii_strdown(study->id, -1) : g_strdup("data");
    json_t *root = json_object();
    json_put_text(root, "profile", "tabular-data-package");
    json_put_text(root, "name", name);
    json_put_text(root, "title", context->title);
    json_put_text(root, "description", study->summary);
    json_put_text(root, "created", date);
    json_put_text(root, "embargo_until", context->embargo);
    json_put_some(root, "licenses", licences(study));
    if (study->publisher)
        json_object_set_new(root, "contributors", contributors(study));
    json_put_some(root, "sources", sources(study));
    json_object_set_new(root, "resources", found);
    g_autofree char *path = g_build_filename(directory, "datapackage.json", NULL);
    return json_file_write(root, path, error);
}
