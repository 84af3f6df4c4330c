#include <stddef.h>

#include "data_table.h"

/* What earlier editions had wrong, as the study declares it; the file can be a study's own
 * corrections.csv again. A list of codes is one text here, apart by ";": which of them belongs to
 * which is told by the sentences alone. */

static const Correction *correction_of(const DataRow *row)
{
    return &row->context->study->corrections[row->correction_index];
}

static DataValue of_correction(const DataRow *row, const DataColumn *c)
{
    return data_text(DATA_MEMBER(const char *, correction_of(row), c));
}

static DataValue seriousness(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(seriousness_name(correction_of(row)->seriousness));
}

/* Lives as long as the program: the lists of a study are few. */
static const char *joined(char **texts)
{
    g_autofree char *text = texts ? g_strjoinv(";", texts) : NULL;
    return text ? g_intern_string(text) : NULL;
}

static DataValue areas(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(joined(correction_of(row)->areas));
}

static DataValue periods(const DataRow *row, const DataColumn *c)
{
    (void)c;
    return data_text(joined(correction_of(row)->periods));
}

static DataValue indicators(const DataRow *row, const DataColumn *c)
{
    (void)c;
    const Correction *k = correction_of(row);
    if (k->n_indicators == 0)
        return data_text(NULL);
    g_autofree char **ids = g_new0(char *, k->n_indicators + 1);
    for (guint i = 0; i < k->n_indicators; i++)
        ids[i] = row->context->study->indicators[k->indicators[i]].id;
    return data_text(joined(ids));
}

static void rows_of_corrections(const ReportContext *context, DataRowFunc each, gpointer user_data)
{
    for (guint i = 0; i < context->study->n_corrections; i++) {
        const DataRow row = {.context = context, .correction_index = i};
        if (!each(&row, user_data))
            return;
    }
}

#define CORRECTION(member) of_correction, offsetof(Correction, member)

static const DataColumn correction_columns[] = {
    {"date", DATA_TEXT, "When it was corrected", CORRECTION(date), NULL},
    {"indicators", DATA_TEXT, "Which indicators, apart by \";\"; empty: no single ones", indicators,
     0, NULL},
    {"areas", DATA_TEXT, "Which areas, apart by \";\"; empty: all", areas, 0, NULL},
    {"periods", DATA_TEXT, "Which periods, apart by \";\"; empty: all", periods, 0, NULL},
    {"seriousness", DATA_TEXT, "Whether a reader may have drawn a wrong conclusion", seriousness, 0,
     "minor|major"},
    {"wrong", DATA_TEXT, "What was wrong", CORRECTION(wrong), NULL},
    {"right", DATA_TEXT, "What is so instead", CORRECTION(right), NULL},
};
const DataTable correction_table = {"corrections.csv",
                                    "What earlier editions had wrong",
                                    correction_columns,
                                    G_N_ELEMENTS(correction_columns),
                                    rows_of_corrections,
                                    NULL,
                                    NULL};
