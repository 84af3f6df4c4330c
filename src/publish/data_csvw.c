#include <string.h>

#include "data_describe.h"
#include "peerline/catalogue/words.h"
#include "json_file.h"

/* CSV on the Web: metadata beside each file, and for all files together. */

static const char *const TYPES[] = {[DATA_TEXT] = "string",
                                    [DATA_NUMBER] = "double",
                                    [DATA_INTEGER] = "integer",
                                    [DATA_BOOLEAN] = "boolean",
                                    [DATA_DATE] = "date"};

static json_t *csvw_context(const Study *study)
{
    json_t *list = json_array(), *language = json_object();
    json_put_text(language, "@language", study->language ? study->language : "en");
    json_array_append_new(list, json_string("http://www.w3.org/ns/csvw"));
    json_array_append_new(list, language);
    return list;
}

/* Texts of a closed list have a pattern. */
static json_t *datatype(const DataColumn *column)
{
    if (!column->allowed)
        return json_string(TYPES[column->type]);
    json_t *object = json_object();
    json_put_text(object, "base", TYPES[column->type]);
    json_put_text(object, "format", column->allowed);
    return object;
}

static json_t *column_description(const Study *study, const DataTable *table,
                                  const DataColumn *column)
{
    json_t *object = json_object();
    json_put_text(object, "name", column->name);
    json_put_text(object, "titles", column->name);
    json_put_text(object, "dc:description", words_data(study, column->title));
    json_object_set_new(object, "datatype", datatype(column));
    if (data_is_key(table, column->name))
        json_object_set_new(object, "required", json_true());
    return object;
}

static json_t *foreign_keys(const DataTable *table)
{
    json_t *list = json_array();
    for (const DataReference *r = table->references; r && r->column; r++) {
        json_t *key = json_object(), *reference = json_object();
        json_put_text(key, "columnReference", r->column);
        json_put_text(reference, "resource", r->table);
        json_put_text(reference, "columnReference", r->key);
        json_object_set_new(key, "reference", reference);
        json_array_append_new(list, key);
    }
    return list;
}

static json_t *table_schema(const Study *study, const DataTable *table, gboolean in_group)
{
    json_t *object = json_object(), *columns = json_array();
    for (guint c = 0; c < table->n_columns; c++)
        json_array_append_new(columns, column_description(study, table, &table->columns[c]));
    json_object_set_new(object, "columns", columns);
    g_auto(GStrv) key = data_key_columns(table);
    json_put_some(object, "primaryKey", json_of_strings(key));
    if (in_group)
        json_put_some(object, "foreignKeys", foreign_keys(table));
    return object;
}

/* A table may only refer to others of its group, so that the file for one table alone has no
 * references. */
static void describe(json_t *object, const Study *study, const DataTable *table, gboolean in_group)
{
    json_put_text(object, "url", table->file);
    json_put_text(object, "dc:title", words_data(study, table->title));
    json_object_set_new(object, "tableSchema", table_schema(study, table, in_group));
}

static void put_about(json_t *object, const ReportContext *context)
{
    const KnownLicence *licence = licence_find(context->study->licence);
    json_put_text(object, "dc:publisher", context->study->publisher);
    json_put_text(object, "dc:license", licence ? licence->address : NULL);
    json_put_text(object, "dc:issued", context->edition_date);
}

static gboolean write_alone(const ReportContext *context, const DataTable *table,
                            const char *directory, GError **error)
{
    json_t *root = json_object();
    json_object_set_new(root, "@context", csvw_context(context->study));
    describe(root, context->study, table, FALSE);
    put_about(root, context);
    g_autofree char *name = g_strconcat(table->file, "-metadata.json", NULL);
    g_autofree char *path = g_build_filename(directory, name, NULL);
    return json_file_write(root, path, error);
}

static gboolean write_group(const ReportContext *context, const char *directory, GError **error)
{
    json_t *root = json_object(), *tables = json_array();
    json_object_set_new(root, "@context", csvw_context(context->study));
    json_put_text(root, "dc:title", context->title);
    put_about(root, context);
    for (guint t = 0; data_tables[t]; t++) {
        json_t *object = json_object();
        describe(object, context->study, data_tables[t], TRUE);
        json_array_append_new(tables, object);
    }
    json_object_set_new(root, "tables", tables);
    g_autofree char *path = g_build_filename(directory, "csv-metadata.json", NULL);
    return json_file_write(root, path, error);
}

gboolean data_csvw_write(const ReportContext *context, const char *directory, GError **error)
{
    for (guint t = 0; data_tables[t]; t++)
        if (!write_alone(context, data_tables[t], directory, error))
            return FALSE;
    return write_group(context, directory, error);
}
