#include <math.h>
#include <stddef.h>
#include <string.h>

#include "data_table.h"

/* The tables that the others refer to: areas, indicators, sources. */

/* ---- getters: one member of a struct, by its offset ---- */

static DataValue of_area(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, row->area, c));
}

static DataValue day_of_area(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(guint32, row->area, c));
}

static DataValue of_indicator(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, row->indicator, c));
}

static DataValue of_source(const DataRow *row, const DataColumn *c)
{
    return data_text(row->source ? DATA_MEMBER(const char *, row->source, c) : NULL);
}

static DataValue as_used(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, row->used, c));
}

static DataValue rows_of_source(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(guint, row->used, c));
}

static DataValue bytes_of_source(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->used->bytes ? (double)row->used->bytes : NAN);
}

/* ---- getters: indicators ---- */

static DataValue role(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(role_name(row->indicator->role));
}

static DataValue measure(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(measure_name(row->indicator->measure));
}

static DataValue kind(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(uncertainty_name(row->series->kind));
}

static DataValue polarity(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(polarity_name(row->indicator->polarity));
}

static DataValue per(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->indicator->per);
}

static DataValue decimals(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->indicator->decimals);
}

static DataValue latest_period(const DataRow *row, const DataColumn *c)
{
    (void)c;
    const int latest = row->judged->latest;
    return data_text(latest >= 0 ? row->series->period_labels[latest] : NULL);
}

/* ---- getters: classes of areas ---- */

static const AreaClass *class_of(const DataRow *row)
{
    return &row->context->study->areas.classes[row->class_index];
}

static DataValue class_id(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(class_of(row)->id);
}

static DataValue class_title(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(class_of(row)->title);
}

static DataValue class_value(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->area->classes[row->class_index]);
}

/* ---- rows ---- */

static void rows_of_areas(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint a = 0; a < context->set->n_areas; a++) {
        const DataRow row = {.context = context, .area_index = a, .area = &context->set->areas[a]};
        if (!each(&row, user_data))
            return;
    }
}

static void rows_of_classes(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint a = 0; a < context->set->n_areas; a++) {
        for (guint k = 0; k < context->study->areas.n_classes; k++) {
            const DataRow row = {.context = context,
                                 .area_index = a,
                                 .area = &context->set->areas[a],
                                 .class_index = k};
            if (!each(&row, user_data))
                return;
        }
    }
}

static void rows_of_indicators(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint k = 0; k < context->set->n_indicators; k++) {
        const guint i = context->assessment->indicator_order[k];
        const DataRow row = {.context = context,
                             .indicator_index = i,
                             .indicator = &context->study->indicators[i],
                             .series = &context->set->series[i],
                             .judged = &context->assessment->indicators[i]};
        if (!each(&row, user_data))
            return;
    }
}

static int by_source_id(gconstpointer a, gconstpointer b, gpointer sources)
{
    const SourceUsed *s = sources;
    return strcmp(s[*(const guint *)a].id, s[*(const guint *)b].id);
}

static void rows_of_sources(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    const ObservationSet *set = context->set;
    g_autofree guint *order = g_new(guint, set->n_sources + 1);
    for (guint i = 0; i < set->n_sources; i++)
        order[i] = i;
    g_qsort_with_data(order, (int)set->n_sources, sizeof *order, by_source_id, set->sources);
    for (guint k = 0; k < set->n_sources; k++) {
        const guint i = order[k];
        const DataRow row = {.context = context,
                             .source_index = i,
                             .used = &set->sources[i],
                             .source = i < context->study->n_sources ? &context->study->sources[i]
                                                                     : NULL};
        if (!each(&row, user_data))
            return;
    }
}

/* ---- the tables ---- */

#define AREA(member)      of_area, offsetof(Area, member)
#define INDICATOR(member) of_indicator, offsetof(Indicator, member)
#define SOURCE(member)    of_source, offsetof(Source, member)
#define USED(member)      as_used, offsetof(SourceUsed, member)

static const DataColumn area_columns[] = {
    {"area_code", DATA_TEXT, "Area code", AREA(code), NULL},
    {"area_name", DATA_TEXT, "Area", AREA(name), NULL},
    {"short_name", DATA_TEXT, "Short name, as in charts", AREA(short_name), NULL},
    {"valid_from", DATA_DATE, "First day on which it is compared; empty: from the beginning",
     day_of_area, offsetof(Area, valid_from), NULL},
    {"valid_to", DATA_DATE, "Last day on which it is compared; empty: to the end", day_of_area,
     offsetof(Area, valid_to), NULL},
    {"history", DATA_TEXT, "Where it came from and what became of it", AREA(fate), NULL},
};
const DataTable area_table = {"areas.csv",   "The areas of the study",
                              area_columns,  G_N_ELEMENTS(area_columns),
                              rows_of_areas, "area_code",
                              NULL};

static const DataReference of_its_area[] = {{"area_code", "areas.csv", "area_code"},
                                            {NULL, NULL, NULL}};
static const DataColumn area_class_columns[] = {
    {"area_code", DATA_TEXT, "Area code", AREA(code), NULL},
    {"class", DATA_TEXT, "Kind of group", class_id, 0, NULL},
    {"class_title", DATA_TEXT, "Kind of group, in words", class_title, 0, NULL},
    {"value", DATA_TEXT, "The group that the area belongs to", class_value, 0, NULL},
};
const DataTable area_class_table = {"area_classes.csv", "The groups that the areas belong to",
                                    area_class_columns, G_N_ELEMENTS(area_class_columns),
                                    rows_of_classes,    "area_code,class",
                                    of_its_area};

static const DataColumn indicator_columns[] = {
    {"indicator_id", DATA_TEXT, "Indicator", INDICATOR(id), NULL},
    {"indicator", DATA_TEXT, "Title of the indicator", INDICATOR(title), NULL},
    {"domain", DATA_TEXT, "Subject", INDICATOR(domain), NULL},
    {"role", DATA_TEXT, "What it is about", role, 0,
     "need|spend|activity|outcome|experience|process"},
    {"measure", DATA_TEXT, "How the value is made", measure, 0,
     "rate|proportion|ratio|published|total|dsr|isr|life_expectancy"},
    {"kind", DATA_TEXT, "Kind of uncertainty", kind, 0, "counts|published|clustered|none"},
    {"polarity", DATA_TEXT, "Whether low or high values are preferred", polarity, 0,
     "low|high|neither"},
    {"per", DATA_NUMBER, "Factor of the value: numerator over denominator times this", per, 0,
     NULL},
    {"unit", DATA_TEXT, "Unit of the value", INDICATOR(unit), NULL},
    {"decimals", DATA_INTEGER, "Decimal places in the reports", decimals, 0, NULL},
    {"latest_period", DATA_TEXT, "Latest period with figures", latest_period, 0, NULL},
    {"numerator", DATA_TEXT, "Numerator, in words", INDICATOR(numerator_text), NULL},
    {"denominator", DATA_TEXT, "Denominator, in words", INDICATOR(denominator_text), NULL},
    {"why", DATA_TEXT, "Why it matters", INDICATOR(why), NULL},
    {"caveats", DATA_TEXT, "What it does not say", INDICATOR(caveats), NULL},
    {"owner", DATA_TEXT, "Who looks after the definition", INDICATOR(owner), NULL},
    {"reviewed", DATA_TEXT, "When the definition was last looked at", INDICATOR(reviewed), NULL},
};
const DataTable indicator_table = {"indicators.csv",
                                   "The indicators and their definitions",
                                   indicator_columns,
                                   G_N_ELEMENTS(indicator_columns),
                                   rows_of_indicators,
                                   "indicator_id",
                                   NULL};

static const DataColumn source_columns[] = {
    {"source", DATA_TEXT, "Source", USED(id), NULL},
    {"title", DATA_TEXT, "Title", SOURCE(title), NULL},
    {"publisher", DATA_TEXT, "Publisher", SOURCE(publisher), NULL},
    {"licence", DATA_TEXT, "Licence", SOURCE(licence), NULL},
    {"page", DATA_TEXT, "Page about it", SOURCE(page), NULL},
    {"published", DATA_TEXT, "When the publisher released it", SOURCE(published), NULL},
    {"url", DATA_TEXT, "Address of the file", USED(url), NULL},
    {"file", DATA_TEXT, "Name of the file", USED(file), NULL},
    {"sheet", DATA_TEXT, "Sheet of a workbook", USED(sheet), NULL},
    {"sha256", DATA_TEXT, "SHA-256 of the file", USED(sha256), NULL},
    {"bytes", DATA_INTEGER, "Size of the file", bytes_of_source, 0, NULL},
    {"retrieved", DATA_TEXT, "When this file was first seen", USED(retrieved), NULL},
    {"rows_read", DATA_INTEGER, "Rows read", rows_of_source, offsetof(SourceUsed, rows_read), NULL},
    {"rows_rejected", DATA_INTEGER, "Rows that could not be used", rows_of_source,
     offsetof(SourceUsed, rows_rejected), NULL},
};
const DataTable source_table = {"sources.csv",
                                "The files that the figures come from",
                                source_columns,
                                G_N_ELEMENTS(source_columns),
                                rows_of_sources,
                                "source",
                                NULL};
