#include "data_describe.h"
#include "peerline/catalogue/words.h"
#include "json_file.h"

/* catalog.jsonld: the edition as a DCAT catalogue of one dataset with a distribution per file, so
 * that data portals can harvest it. */

static json_t *vocabularies(void)
{
    static const char *const names[][2] = {
        {"dcat", "http://www.w3.org/ns/dcat#"},
        {"dct", "http://purl.org/dc/terms/"},
        {"foaf", "http://xmlns.com/foaf/0.1/"},
        {"spdx", "http://spdx.org/rdf/terms#"},
        {"xsd", "http://www.w3.org/2001/XMLSchema#"},
        {"vcard", "http://www.w3.org/2006/vcard/ns#"},
        {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    };
    json_t *object = json_object();
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        json_put_text(object, names[i][0], names[i][1]);
    return object;
}

static json_t *typed(const char *type, const char *value)
{
    json_t *object = json_object();
    json_put_text(object, "@type", type);
    json_put_text(object, "@value", value);
    return object;
}

static json_t *reference(const char *address)
{
    json_t *object = json_object();
    json_put_text(object, "@id", address);
    return object;
}

static json_t *checksum(const char *sha256)
{
    json_t *object = json_object();
    json_put_text(object, "@type", "spdx:Checksum");
    json_object_set_new(object, "spdx:algorithm", reference("spdx:checksumAlgorithm_sha256"));
    json_object_set_new(object, "spdx:checksumValue", typed("xsd:hexBinary", sha256));
    return object;
}

static json_t *distribution(const Study *study, const DataTable *table, const char *directory,
                            GError **error)
{
    gsize bytes;
    g_autofree char *sha256 = NULL;
    if (!data_file_facts(directory, table->file, &bytes, &sha256, error))
        return NULL;
    g_autofree char *size = g_strdup_printf("%" G_GSIZE_FORMAT, bytes);
    json_t *object = json_object();
    json_put_text(object, "@type", "dcat:Distribution");
    json_put_text(object, "dct:title", words_data(study, table->title));
    json_object_set_new(object, "dcat:downloadURL", reference(table->file));
    json_object_set_new(object, "dcat:mediaType",
                        reference("https://www.iana.org/assignments/media-types/text/csv"));
    json_object_set_new(object, "dcat:byteSize", typed("xsd:nonNegativeInteger", size));
    json_object_set_new(object, "spdx:checksum", checksum(sha256));
    return object;
}

static json_t *distributions(const Study *study, const char *directory, GError **error)
{
    json_t *list = json_array();
    for (guint t = 0; data_tables[t]; t++) {
        json_t *object = distribution(study, data_tables[t], directory, error);
        if (!object) {
            json_decref(list);
            return NULL;
        }
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *publisher(const char *name)
{
    json_t *object = json_object();
    json_put_text(object, "@type", "foaf:Organization");
    json_put_text(object, "foaf:name", name);
    return object;
}

/* Something of a class that has no address, by its name; NULL without one. */
static json_t *named(const char *type, const char *property, const char *name)
{
    json_t *object = name ? json_object() : NULL;
    if (name) {
        json_put_text(object, "@type", type);
        json_put_text(object, property, name);
    }
    return object;
}

static void put_day(json_t *object, const char *key, const GDate *day)
{
    g_autofree char *text = g_strdup_printf("%04d-%02d-%02d", g_date_get_year(day),
                                            g_date_get_month(day), g_date_get_day(day));
    json_object_set_new(object, key, typed("xsd:date", text));
}

/* The first and the last day of the periods that are known as such; NULL if none is. */
static json_t *temporal(const ObservationSet *set)
{
    Period first = {0}, last = {0};
    for (guint i = 0; i < set->n_indicators; i++) {
        const Series *series = &set->series[i];
        for (guint p = 0; series->periods && p < series->n_periods; p++) {
            const Period period = series->periods[p];
            if (period.months <= 0)
                continue;
            if (first.months == 0 || period.start < first.start)
                first = period;
            if (last.months == 0 || period_last_day(period) > period_last_day(last))
                last = period;
        }
    }
    if (first.months == 0 || !period_last_day(first) || !period_last_day(last))
        return NULL;
    GDate day;
    g_date_clear(&day, 1);
    json_t *object = json_object();
    json_put_text(object, "@type", "dct:PeriodOfTime");
    g_date_set_dmy(&day, 1, (GDateMonth)(first.start % 12 + 1), (GDateYear)(first.start / 12));
    put_day(object, "dcat:startDate", &day);
    g_date_set_julian(&day, period_last_day(last));
    put_day(object, "dcat:endDate", &day);
    return object;
}

/* Until the embargo is over, harvesters must not show what they have found. */
static json_t *access_rights(const char *embargo)
{
    g_autofree char *text = embargo ? g_strconcat("Not for release before ", embargo, NULL) : NULL;
    return named("dct:RightsStatement", "rdfs:label", text);
}

static json_t *dataset(const ReportContext *context, json_t *found)
{
    const Study *study = context->study;
    const KnownLicence *licence = licence_find(study->licence);
    json_t *object = json_object();
    json_put_text(object, "@type", "dcat:Dataset");
    json_put_text(object, "dct:identifier", study->id);
    json_put_text(object, "dct:title", context->title);
    json_put_text(object, "dct:description", study->summary);
    json_put_some(object, "dct:language",
                  named("dct:LinguisticSystem", "rdfs:label", study->language));
    json_put_some(object, "dct:spatial", named("dct:Location", "rdfs:label", study->areas.nation));
    json_put_some(object, "dct:temporal", temporal(context->set));
    json_put_some(object, "dcat:contactPoint", named("vcard:Kind", "vcard:fn", study->contact));
    json_put_some(object, "dct:accessRights", access_rights(context->embargo));
    if (context->edition_date) {
        json_object_set_new(object, "dct:issued", typed("xsd:date", context->edition_date));
        json_object_set_new(object, "dct:modified", typed("xsd:date", context->edition_date));
    }
    if (study->publisher)
        json_object_set_new(object, "dct:publisher", publisher(study->publisher));
    if (licence)
        json_object_set_new(object, "dct:license", reference(licence->address));
    else
        json_put_text(object, "dct:rights", study->licence);
    json_object_set_new(object, "dcat:distribution", found);
    return object;
}

gboolean data_catalog_write(const ReportContext *context, const char *directory, GError **error)
{
    json_t *found = distributions(context->study, directory, error);
    if (!found)
        return FALSE;
    json_t *root = json_object();
    json_object_set_new(root, "@context", vocabularies());
    json_put_text(root, "@type", "dcat:Catalog");
    json_put_text(root, "dct:title", context->title);
    json_object_set_new(root, "dcat:dataset", dataset(context, found));
    g_autofree char *path = g_build_filename(directory, "catalog.jsonld", NULL);
    return json_file_write(root, path, error);
}
