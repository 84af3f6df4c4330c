#include "changes_file.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"
#include "peerline/intake/table.h"

/* ---- cells ---- */

static Table *read_csv(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, "data", name, NULL);
    const CsvOptions options = {.encoding = ENCODING_UTF8};
    g_autoptr(Diagnostics) found = diagnostics_new();
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return NULL;
    Table *t = table_read_csv(path, name, &options, found, NULL);
    if (t && diagnostics_count(found, DIAG_NOTE) > 0)
        g_clear_pointer(&t, table_free); /* somebody edited it */
    return t;
}

/** NULL where the cell is empty or there is no such column. */
static const char *text_at(const Table *t, guint row, const char *name)
{
    const int column = table_column(t, name);
    const char *text = column < 0 ? "" : table_cell(t, row, (guint)column);
    return *text ? text : NULL;
}

static double number_at(const Table *t, guint row, const char *name)
{
    const char *text = text_at(t, row, name);
    double x;
    return text && number_parse(text, FALSE, &x) ? x : NAN;
}

static guint rank_at(const Table *t, guint row, const char *name)
{
    const double x = number_at(t, row, name);
    return x >= 1 && x < G_MAXINT ? (guint)x : 0;
}

/** `suffix`: that of the columns of the edition before, or "". */
static ChangeSide side_at(const Table *t, guint row, const char *suffix)
{
    static const char *const columns[] = {"value", "outlier",    "direction",  "judgement",
                                          "rank",  "rank_lower", "rank_upper", "percentile"};
    char names[G_N_ELEMENTS(columns)][40];
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        g_snprintf(names[i], sizeof names[i], "%s%s", columns[i], suffix);
    return (ChangeSide){.value = number_at(t, row, names[0]),
                        .outlier = text_at(t, row, names[1]),
                        .direction = text_at(t, row, names[2]),
                        .judgement = text_at(t, row, names[3]),
                        .rank = rank_at(t, row, names[4]),
                        .rank_lower = rank_at(t, row, names[5]),
                        .rank_upper = rank_at(t, row, names[6]),
                        .percentile = number_at(t, row, names[7])};
}

static gboolean has_columns(const Table *t, const char *const *names)
{
    for (; *names; names++)
        if (table_column(t, *names) < 0)
            return FALSE;
    return TRUE;
}

/* ---- assessment.csv ---- */

static char *key_of(const char *indicator_id, const char *period, const char *area_code)
{
    return g_strdup_printf("%s\x1f%s\x1f%s", indicator_id, period, area_code);
}

static const char *own(EarlierFigures *e, const char *text)
{
    return text ? g_string_chunk_insert_const(e->texts, text) : NULL;
}

static void add_row(EarlierFigures *e, const Table *t, guint row)
{
    EarlierFigure *f = g_new0(EarlierFigure, 1);
    const char *id = text_at(t, row, "indicator_id"), *code = text_at(t, row, "area_code");
    const char *period = text_at(t, row, "period");
    f->side = side_at(t, row, "");
    f->side.outlier = own(e, f->side.outlier);
    f->side.direction = own(e, f->side.direction);
    f->side.judgement = own(e, f->side.judgement);
    f->had_value = isfinite(f->side.value);
    f->indicator_id = own(e, id ? id : "");
    f->area_code = own(e, code ? code : "");
    f->period = own(e, period ? period : "");
    f->indicator = own(e, text_at(t, row, "indicator"));
    f->area_name = own(e, text_at(t, row, "area_name"));
    g_ptr_array_add(e->figures, f);
    g_hash_table_insert(e->by_key, key_of(f->indicator_id, f->period, f->area_code), f);
}

EarlierFigures *earlier_figures_read(const char *directory)
{
    static const char *const needed[] = {"indicator_id", "area_code", "period", "value",
                                         "outlier",      "direction", "rank",   NULL};
    g_autoptr(Table) t = read_csv(directory, "assessment.csv");
    if (!t || !has_columns(t, needed))
        return NULL;
    EarlierFigures *e = g_new0(EarlierFigures, 1);
    e->figures = g_ptr_array_new_with_free_func(g_free);
    e->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    e->texts = g_string_chunk_new(4096);
    for (guint row = 0; row < t->n_rows; row++)
        add_row(e, t, row);
    return e;
}

void earlier_figures_free(EarlierFigures *e)
{
    if (!e)
        return;
    g_ptr_array_unref(e->figures);
    g_hash_table_unref(e->by_key);
    g_string_chunk_free(e->texts);
    g_free(e);
}

EarlierFigure *earlier_figure(const EarlierFigures *e, const char *indicator_id, const char *period,
                              const char *area_code)
{
    g_autofree char *key = key_of(indicator_id, period, area_code);
    return g_hash_table_lookup(e->by_key, key);
}

/* ---- changes.csv ---- */

static int kind_at(const Table *t, guint row)
{
    const char *name = text_at(t, row, "change");
    for (int kind = 0; name && kind < N_CHANGE_KINDS; kind++)
        if (!strcmp(name, change_name((ChangeKind)kind)))
            return kind;
    return -1;
}

static int indicator_named(const ReportContext *context, const char *id)
{
    for (guint i = 0; id && i < context->study->n_indicators; i++)
        if (!strcmp(context->study->indicators[i].id, id))
            return (int)i;
    return -1;
}

Changes *changes_read(const ReportContext *context, const char *directory)
{
    g_autoptr(Table) t = read_csv(directory, "changes.csv");
    if (!t || t->n_rows == 0)
        return NULL;
    g_autoptr(Changes) changes = changes_new();
    for (guint row = 0; row < t->n_rows; row++) {
        const int kind = kind_at(t, row);
        const char *code = text_at(t, row, "area_code");
        if (kind < 0 || !code)
            return NULL;
        EditionChange change = {.kind = (ChangeKind)kind,
                                .indicator_id = text_at(t, row, "indicator_id"),
                                .indicator = text_at(t, row, "indicator"),
                                .area_code = code,
                                .area_name = text_at(t, row, "area_name"),
                                .period = text_at(t, row, "period"),
                                .period_before = text_at(t, row, "period_before"),
                                .before = side_at(t, row, "_before"),
                                .now = side_at(t, row, ""),
                                .area_index = observation_area(context->set, code)};
        change.indicator_index = indicator_named(context, change.indicator_id);
        changes_add(changes, &change);
    }
    changes_sort(changes);
    return g_steal_pointer(&changes);
}
