#include <math.h>
#include <stddef.h>
#include <string.h>

#include "data_table.h"

/* What amounts are made of: a row for each part of each area's amount, missing ones included, and
 * one for each part of the sums over groups of areas. In two files, so that nobody who adds up a
 * column counts an area twice. */

/* ---- getters: which composition, which part ---- */

static DataValue of_composition(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, row->composition, c));
}

static DataValue period(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->made->period_text);
}

static DataValue part(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->part_index + 1);
}

static DataValue part_title(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->composition->parts[row->part_index].title);
}

/* ---- getters: an area's part ---- */

static gsize place(const DataRow *row)
{
    return (gsize)row->area_index * row->composition->n_parts + row->part_index;
}

static DataValue of_area(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, row->area, c));
}

static DataValue of_cell(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(const double *, row->made, c)[place(row)]);
}

static DataValue total(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->made->total[row->area_index]);
}

static DataValue share_status(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(status_name(made_share_status(row->composition, row->made, row->area_index)));
}

/* NULL: the composition divides by nothing. */
static const MadeFigure *denominator_of(const DataRow *row)
{
    return row->made->denominator ? &row->made->denominator[row->area_index] : NULL;
}

static const MadeFigure *amount_of(const DataRow *row)
{
    return &row->made->figures[place(row)];
}

static DataValue number_of(const MadeFigure *figure)
{
    return data_number(figure ? figure->number : NAN);
}

static DataValue id_of(const DataRow *row, const MadeFigure *figure)
{
    return data_text(figure && figure->source >= 0 ? row->context->set->sources[figure->source].id
                                                   : NULL);
}

static DataValue file_of(const DataRow *row, const MadeFigure *figure)
{
    return data_text(figure ? observation_place(row->context->set, figure->source) : NULL);
}

/* 0 lines or rows: there was none. */
static DataValue count_of(const MadeFigure *figure, const DataColumn *c)
{
    const guint32 n = figure ? DATA_MEMBER(guint32, figure, c) : 0;
    return data_number(n ? (double)n : NAN);
}

static DataValue amount(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return number_of(amount_of(row));
}

static DataValue denominator(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return number_of(denominator_of(row));
}

static DataValue status(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(status_name(amount_of(row)->status));
}

static DataValue reason(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(amount_of(row)->because);
}

static DataValue source(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return id_of(row, amount_of(row));
}

static DataValue file(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return file_of(row, amount_of(row));
}

static DataValue rows_of_amount(const DataRow *row, const DataColumn *c)
{
    return count_of(amount_of(row), c);
}

static DataValue denominator_source(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return id_of(row, denominator_of(row));
}

static DataValue denominator_file(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return file_of(row, denominator_of(row));
}

static DataValue rows_of_denominator(const DataRow *row, const DataColumn *c)
{
    return count_of(denominator_of(row), c);
}

/* ---- getters: the peers, and groups of areas ---- */

static const MadeGroup *peers_of(const DataRow *row)
{
    return assessment_made_peers(row->context->assessment, row->composition_index, row->area_index);
}

static DataValue of_peers(const DataRow *row, const DataColumn *c)
{
    const MadeGroup *peers = peers_of(row);
    return data_number(peers ? (&DATA_MEMBER(double, peers, c))[row->part_index] : NAN);
}

static DataValue peers_counted(const DataRow *row, const DataColumn *c)
{
    (void)c;
    const MadeGroup *peers = peers_of(row);
    return data_number(peers ? peers->n : 0);
}

static DataValue part_of_group(const DataRow *row, const DataColumn *c)
{
    return data_number((&DATA_MEMBER(double, row->group, c))[row->part_index]);
}

static DataValue of_group(const DataRow *row, const DataColumn *c)
{
    return data_number(DATA_MEMBER(double, row->group, c));
}

static DataValue class_of_group(const DataRow *row, const DataColumn *c)
{
    (void)c;
    const int k = row->group->class_index;
    return data_text(k < 0 ? "nation" : row->context->study->areas.classes[k].id);
}

static DataValue name_of_group(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(row->group->name);
}

static DataValue areas_counted(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_number(row->group->n);
}

static DataValue group_status(const DataRow *row, const DataColumn *c)
{
    (void)c;
    const MadeGroup *g = row->group;
    return data_text(status_name(g->n == 0      ? STATUS_NOT_REPORTED
                                 : g->total > 0 ? STATUS_OK
                                                : STATUS_NOT_APPLICABLE));
}

/* ---- rows ---- */

static int by_id(gconstpointer a, gconstpointer b, gpointer compositions)
{
    const Composition *c = compositions;
    return strcmp(c[*(const guint *)a].id, c[*(const guint *)b].id);
}

guint *data_composition_order(const ReportContext *context)
{
    const guint n = context->set->n_made;
    guint *order = g_new(guint, n + 1);
    for (guint k = 0; k < n; k++)
        order[k] = k;
    g_qsort_with_data(order, (int)n, sizeof *order, by_id, context->study->compositions);
    return order;
}

static DataRow row_of(const ReportContext *context, guint composition)
{
    return (DataRow){.context = context,
                     .composition_index = composition,
                     .composition = &context->study->compositions[composition],
                     .made = &context->set->made[composition]};
}

DataRow data_composition_row(const ReportContext *context, guint composition, guint area,
                             guint part_index)
{
    DataRow row = row_of(context, composition);
    row.area_index = area;
    row.area = &context->set->areas[area];
    row.part_index = part_index;
    return row;
}

static gboolean each_part(DataRow *row, DataRowFunc each, gpointer user_data)
{
    for (row->part_index = 0; row->part_index < row->composition->n_parts; row->part_index++)
        if (!each(row, user_data))
            return FALSE;
    return TRUE;
}

static void rows_of_areas(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    g_autofree guint *order = data_composition_order(context);
    for (guint k = 0; k < context->set->n_made; k++)
        for (guint a = 0; a < context->set->n_areas; a++) {
            DataRow row = data_composition_row(context, order[k], a, 0);
            if (!each_part(&row, each, user_data))
                return;
        }
}

static void rows_of_groups(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    g_autofree guint *order = data_composition_order(context);
    for (guint k = 0; k < context->set->n_made; k++) {
        DataRow row = row_of(context, order[k]);
        for (guint g = 0; g < row.made->n_groups; g++) {
            row.group = &row.made->groups[g];
            if (!each_part(&row, each, user_data))
                return;
        }
    }
}

/* ---- the tables ---- */

#define COMPOSITION(member) of_composition, offsetof(Composition, member), NULL
#define CELL(member)        of_cell, offsetof(Made, member), NULL
#define PEERS(member)       of_peers, offsetof(MadeGroup, member), NULL
#define GROUP_PART(member)  part_of_group, offsetof(MadeGroup, member), NULL
#define GROUP(member)       of_group, offsetof(MadeGroup, member), NULL
#define KEY_COMPOSITION                                                                            \
    {                                                                                              \
        "composition_id", DATA_TEXT, "Composition", COMPOSITION(id)                                \
    }
#define KEY_PART                                                                                   \
    {                                                                                              \
        "part", DATA_INTEGER, "Number of the part, in the order of the charts", part, 0, NULL      \
    }
#define PART_TITLE                                                                                 \
    {                                                                                              \
        "part_title", DATA_TEXT, "What the part is spent on", part_title, 0, NULL                  \
    }
#define PERIOD                                                                                     \
    {                                                                                              \
        "period", DATA_TEXT, "Period; empty: there are no figures", period, 0, NULL                \
    }
#define TITLE                                                                                      \
    {                                                                                              \
        "composition", DATA_TEXT, "Title of the composition", COMPOSITION(title)                   \
    }
#define UNIT                                                                                       \
    {                                                                                              \
        "unit", DATA_TEXT, "Unit of value and total", COMPOSITION(unit)                            \
    }

static const DataColumn composition_columns[] = {
    KEY_COMPOSITION,
    {"area_code", DATA_TEXT, "Area code", of_area, offsetof(Area, code), NULL},
    PERIOD,
    KEY_PART,
    PART_TITLE,
    {"amount", DATA_NUMBER, "Amount of the part, which may be negative", amount, 0, NULL},
    {"denominator", DATA_NUMBER, "What amounts are divided by; empty: by nothing", denominator, 0,
     NULL},
    {"value", DATA_NUMBER, "Amount, on the scale of the charts", CELL(parts)},
    {"share", DATA_NUMBER, "Per cent of the total of all parts", CELL(shares)},
    {"status", DATA_TEXT, "Why the value is missing", status, 0, DATA_STATUSES},
    {"share_status", DATA_TEXT,
     "Why the share is missing: what a part lacks; not_applicable where the total is not above 0",
     share_status, 0, DATA_STATUSES},
    {"total", DATA_NUMBER, "Total of all parts, on the scale of the charts", total, 0, NULL},
    {"peer_value", DATA_NUMBER, "The same part at the area's peers together", PEERS(parts)},
    {"peer_share", DATA_NUMBER, "Its per cent of the total of the peers", PEERS(shares)},
    {"peers_counted", DATA_INTEGER, "Peers of which every part is known", peers_counted, 0, NULL},
    {"source", DATA_TEXT, "Source of the amount", source, 0, NULL},
    {"file", DATA_TEXT, "File of the source", file, 0, NULL},
    {"line", DATA_INTEGER, "Line of the first row combined", rows_of_amount,
     offsetof(MadeFigure, line), NULL},
    {"rows", DATA_INTEGER, "Rows combined", rows_of_amount, offsetof(MadeFigure, rows), NULL},
    {"denominator_source", DATA_TEXT, "Source of the denominator", denominator_source, 0, NULL},
    {"denominator_file", DATA_TEXT, "File of the denominator", denominator_file, 0, NULL},
    {"denominator_line", DATA_INTEGER, "Line of the denominator's first row", rows_of_denominator,
     offsetof(MadeFigure, line), NULL},
    {"denominator_rows", DATA_INTEGER, "Rows combined into the denominator", rows_of_denominator,
     offsetof(MadeFigure, rows), NULL},
    {"reason", DATA_TEXT, "The status in words", reason, 0, NULL},
    TITLE,
    UNIT,
    {"area_name", DATA_TEXT, "Area", of_area, offsetof(Area, name), NULL},
};
static const DataReference composition_references[] = {
    {"area_code", "areas.csv", "area_code"},
    {"source", "sources.csv", "source"},
    {"denominator_source", "sources.csv", "source"},
    {NULL, NULL, NULL}};
const DataTable composition_table = {
    "compositions.csv",    "What amounts are made of, by area and part",
    composition_columns,   G_N_ELEMENTS(composition_columns),
    rows_of_areas,         "composition_id,area_code,part",
    composition_references};

static const DataColumn composition_group_columns[] = {
    KEY_COMPOSITION,
    {"class", DATA_TEXT, "Kind of group; nation: all areas", class_of_group, 0, NULL},
    {"group", DATA_TEXT, "The group", name_of_group, 0, NULL},
    PERIOD,
    KEY_PART,
    PART_TITLE,
    {"amount", DATA_NUMBER, "Sum of the part over the areas counted", GROUP_PART(amounts)},
    {"denominator", DATA_NUMBER, "Sum of what amounts are divided by; empty: by nothing",
     GROUP(denominator)},
    {"value", DATA_NUMBER, "Amount, on the scale of the charts", GROUP_PART(parts)},
    {"share", DATA_NUMBER, "Per cent of the total of all parts", GROUP_PART(shares)},
    {"status", DATA_TEXT,
     "not_reported where no area has every part; not_applicable where there is no share because "
     "the total is not above 0",
     group_status, 0, DATA_STATUSES},
    {"total", DATA_NUMBER, "Total of all parts, on the scale of the charts", GROUP(total)},
    {"areas_counted", DATA_INTEGER, "Areas of which every part is known", areas_counted, 0, NULL},
    TITLE,
    UNIT,
};
const DataTable composition_group_table = {"composition_groups.csv",
                                           "What amounts are made of, by group of areas and part",
                                           composition_group_columns,
                                           G_N_ELEMENTS(composition_group_columns),
                                           rows_of_groups,
                                           "composition_id,class,group,part",
                                           NULL};
