#include "peerline/publish/data.h"

#include "csv_out.h"
#include "data_describe.h"
#include "data_table.h"

const DataTable *const data_tables[] = {
    &observation_table, &assessment_table,        &variation_table,
    &outlier_table,     &good_practice_table,     &reject_table,
    &area_table,        &area_class_table,        &indicator_table,
    &source_table,      &correction_table,        &change_table,
    &composition_table, &composition_group_table, NULL};

typedef struct {
    CsvOut *out;
    const DataTable *table;
} Writing;

static gboolean write_row(const DataRow *row, gpointer user_data)
{
    const Writing *w = user_data;
    for (guint c = 0; c < w->table->n_columns; c++) {
        const DataColumn *column = &w->table->columns[c];
        DataValue value = column->get(row, column);
        char date[16];
        if (column->type == DATA_DATE)
            csv_out_text(w->out, data_date_text(value, date));
        else if (column->type == DATA_NUMBER || column->type == DATA_INTEGER)
            csv_out_number(w->out, value.number);
        else
            csv_out_text(w->out, value.text);
    }
    csv_out_end_row(w->out);
    return TRUE;
}

static gboolean write_table(const ReportContext *context, const DataTable *table,
                            const char *directory, GError **error)
{
    g_autofree char *path = g_build_filename(directory, table->file, NULL);
    CsvOut *out = csv_out_open(path, error);
    if (!out)
        return FALSE;
    for (guint c = 0; c < table->n_columns; c++)
        csv_out_text(out, table->columns[c].name);
    csv_out_end_row(out);
    Writing writing = {out, table};
    table->rows(context, write_row, &writing);
    return csv_out_close(out, error);
}

gboolean data_write(const ReportContext *context, const char *directory, GError **error)
{
    for (guint t = 0; data_tables[t]; t++) {
        if (!write_table(context, data_tables[t], directory, error))
            return FALSE;
    }
    return data_package_write(context, directory, error) &&
           data_csvw_write(context, directory, error) &&
           data_catalog_write(context, directory, error);
}
