#include "peerline/publish/data_json.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "data_table.h"
#include "json_file.h"
#include "peerline/base/error.h"

/* The version of the layout; raised when a key changes its meaning or goes. */
#define LAYOUT 1

/* Of assessment.csv, what a dashboard shows; the names and meanings are those of the columns. */
static const char *const SHOWN[] = {"numerator",
                                    "denominator",
                                    "value",
                                    "lower95",
                                    "upper95",
                                    "status",
                                    "rank",
                                    "rank_lower",
                                    "rank_upper",
                                    "areas_ranked",
                                    "peer_rank",
                                    "peers_ranked",
                                    "peer_median",
                                    "comparator_value",
                                    "z_adjusted",
                                    "outlier",
                                    "direction",
                                    "peer_direction",
                                    "peer_q",
                                    "judgement",
                                    "trend",
                                    "trend_reason",
                                    "opportunity",
                                    "opportunity_lower",
                                    "opportunity_upper"};

static const DataColumn *column_of(const DataTable *table, const char *name)
{
    for (guint c = 0; c < table->n_columns; c++)
        if (g_str_equal(table->columns[c].name, name))
            return &table->columns[c];
    g_error("%s has no column %s", table->file, name);
}

static void put_column(json_t *object, const DataRow *row, const DataColumn *column)
{
    const DataValue value = column->get(row, column);
    char date[16];
    if (column->type == DATA_DATE)
        json_put_text(object, column->name, data_date_text(value, date));
    else if (column->type == DATA_NUMBER || column->type == DATA_INTEGER)
        json_put_number(object, column->name, value.number);
    else
        json_put_text(object, column->name, value.text);
}

static json_t *figure(const DataRow *row)
{
    json_t *object = json_object();
    for (guint i = 0; i < G_N_ELEMENTS(SHOWN); i++)
        put_column(object, row, column_of(&assessment_table, SHOWN[i]));
    return object;
}

static json_t *all_columns(const DataTable *table, const DataRow *row)
{
    json_t *object = json_object();
    for (guint c = 0; c < table->n_columns; c++)
        put_column(object, row, &table->columns[c]);
    return object;
}

static json_t *indicator_facts(const ReportContext *context, guint i)
{
    const DataRow row = {.context = context,
                         .indicator_index = i,
                         .indicator = &context->study->indicators[i],
                         .series = &context->set->series[i],
                         .judged = &context->assessment->indicators[i]};
    return all_columns(&indicator_table, &row);
}

static json_t *area_facts(const ReportContext *context, guint a)
{
    const DataRow row = {.context = context, .area_index = a, .area = &context->set->areas[a]};
    json_t *object = all_columns(&area_table, &row), *classes = json_object();
    const AreaRegister *reg = &context->study->areas;
    for (guint k = 0; k < reg->n_classes; k++)
        json_put_text(classes, reg->classes[k].id, row.area->classes[k]);
    json_put_some(object, "classes", classes);
    return object;
}

/* What earlier editions had wrong: whoever shows a figure should be able to say so. */
static json_t *corrections(const ReportContext *context)
{
    json_t *list = json_array();
    for (guint i = 0; i < context->study->n_corrections; i++) {
        const DataRow row = {.context = context, .correction_index = i};
        json_array_append_new(list, all_columns(&correction_table, &row));
    }
    return list;
}

static json_t *head(const ReportContext *context)
{
    json_t *root = json_object(), *study = json_object();
    json_put_count(root, "layout", LAYOUT);
    json_put_text(study, "id", context->study->id);
    json_put_text(study, "title", context->title);
    json_put_text(study, "publisher", context->study->publisher);
    json_put_text(study, "licence", context->study->licence);
    json_put_text(study, "notice", context->study->notice);
    json_put_text(study, "status", context->study->status);
    json_put_text(study, "contact", context->study->contact);
    json_put_text(study, "next_release", context->study->next_release);
    json_put_text(study, "revision_note", context->study->revision_note);
    json_object_set_new(root, "study", study);
    json_put_text(root, "edition", context->edition_date);
    json_put_text(root, "embargo_until", context->embargo);
    json_put_some(root, "corrections", corrections(context));
    return root;
}

/* Periods in the order of their labels, each with its figure. */
static json_t *figures_of_area(const ReportContext *context, guint indicator, guint area)
{
    const Series *series = &context->set->series[indicator];
    g_autofree guint *order = data_period_order(series);
    json_t *list = json_array();
    for (guint k = 0; k < series->n_periods; k++) {
        const DataRow row = data_row_at(context, indicator, order[k], area);
        json_t *object = json_object(), *shown = figure(&row);
        json_put_text(object, "period", series->period_labels[order[k]]);
        json_object_update(object, shown);
        json_decref(shown);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *peers_of(const ReportContext *context, guint area)
{
    json_t *list = json_array();
    const PeerSet *peers = assessment_peers(context->assessment, 0, area);
    for (guint k = 0; peers && k < peers->n; k++)
        json_array_append_new(list, json_string(context->set->areas[peers->areas[k]].code));
    return list;
}

/* Columns of compositions.csv. */
static void put_shown(json_t *object, const DataRow *row, const char *const *names, guint n)
{
    for (guint i = 0; i < n; i++)
        put_column(object, row, column_of(&composition_table, names[i]));
}

static json_t *parts_of(const ReportContext *context, guint composition, guint area)
{
    static const char *const shown[] = {"part",       "part_title", "amount", "denominator",
                                        "value",      "share",      "status", "reason",
                                        "peer_value", "peer_share"};
    json_t *list = json_array();
    for (guint p = 0; p < context->study->compositions[composition].n_parts; p++) {
        const DataRow row = data_composition_row(context, composition, area, p);
        json_t *object = json_object();
        put_shown(object, &row, shown, G_N_ELEMENTS(shown));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *compositions_of(const ReportContext *context, guint area)
{
    static const char *const shown[] = {"composition_id", "composition",  "unit",         "period",
                                        "total",          "share_status", "peers_counted"};
    g_autofree guint *order = data_composition_order(context);
    json_t *list = json_array();
    for (guint k = 0; k < context->set->n_made; k++) {
        const DataRow row = data_composition_row(context, order[k], area, 0);
        json_t *object = json_object();
        put_shown(object, &row, shown, G_N_ELEMENTS(shown));
        json_object_set_new(object, "parts", parts_of(context, order[k], area));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *area_document(const ReportContext *context, guint area)
{
    json_t *root = head(context), *indicators = json_array();
    json_object_set_new(root, "area", area_facts(context, area));
    json_object_set_new(root, "peers", peers_of(context, area));
    for (guint k = 0; k < context->set->n_indicators; k++) {
        const guint i = context->assessment->indicator_order[k];
        json_t *object = indicator_facts(context, i);
        json_object_set_new(object, "figures", figures_of_area(context, i, area));
        json_array_append_new(indicators, object);
    }
    json_object_set_new(root, "indicators", indicators);
    json_put_some(root, "compositions", compositions_of(context, area));
    return root;
}

static json_t *indicator_document(const ReportContext *context, guint indicator)
{
    const Series *series = &context->set->series[indicator];
    g_autofree guint *order = data_period_order(series);
    json_t *root = head(context), *periods = json_array();
    json_object_set_new(root, "indicator", indicator_facts(context, indicator));
    for (guint k = 0; k < series->n_periods; k++) {
        json_t *period = json_object(), *figures = json_array();
        json_put_text(period, "period", series->period_labels[order[k]]);
        for (guint a = 0; a < context->set->n_areas; a++) {
            const DataRow row = data_row_at(context, indicator, order[k], a);
            json_t *object = json_object(), *shown = figure(&row);
            json_put_text(object, "area_code", row.area->code);
            json_object_update(object, shown);
            json_decref(shown);
            json_array_append_new(figures, object);
        }
        json_object_set_new(period, "figures", figures);
        json_array_append_new(periods, period);
    }
    json_object_set_new(root, "periods", periods);
    return root;
}

static gboolean write_into(json_t *root, const char *directory, const char *folder,
                           const char *name, GError **error)
{
    g_autofree char *place = g_build_filename(directory, folder, NULL);
    g_autofree char *file = g_strconcat(name, ".json", NULL);
    g_autofree char *path = g_build_filename(place, file, NULL);
    if (g_mkdir_with_parents(place, 0777) == 0)
        return json_file_write(root, path, error);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "cannot make the directory %s: %s",
                place, g_strerror(errno));
    json_decref(root);
    return FALSE;
}

gboolean data_json_area(const ReportContext *context, guint area, const char *directory,
                        GError **error)
{
    return write_into(area_document(context, area), directory, "areas",
                      context->set->areas[area].code, error);
}

gboolean data_json_indicator(const ReportContext *context, guint indicator, const char *directory,
                             GError **error)
{
    g_autofree char *name = data_json_indicator_name(context, indicator);
    return write_into(indicator_document(context, indicator), directory, "indicators", name, error);
}

/* Ids of studies are codes; those that assess finds may hold "/", "<" and blanks
 * (22401/Persons/65+). */
static char *safe_name(const char *id)
{
    char *name = g_strdup(id);
    for (char *c = name; *c; c++)
        if (!g_ascii_isalnum(*c) && *c != '-' && *c != '_')
            *c = '_';
    return name;
}

/* Whether the name of another indicator is the same where a host of files does not tell case. */
static gboolean is_taken(const ReportContext *context, guint indicator, const char *name)
{
    for (guint i = 0; i < context->study->n_indicators; i++) {
        g_autofree char *other =
            i == indicator ? NULL : safe_name(context->study->indicators[i].id);
        if (other && g_ascii_strcasecmp(other, name) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The digest is that of the id alone, so that an indicator keeps its address from one edition to
 * the next, whatever comes before it. */
char *data_json_indicator_name(const ReportContext *context, guint indicator)
{
    const char *id = context->study->indicators[indicator].id;
    g_autofree char *name = safe_name(id);
    if (!is_taken(context, indicator, name))
        return g_steal_pointer(&name);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, id, -1);
    return g_strdup_printf("%s-%.12s", name, digest);
}
