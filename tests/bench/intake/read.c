/* read FILE all|study: reads a table as the program does and types its numbers, as the scripts
 * beside this do with other tools. Prints seconds, rows and the sum of the values.
 *   all    every column and row
 *   study  the ten columns that a study of the file asks for, of persons in England and counties */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peerline/base/number.h"
#include "peerline/intake/table.h"

static const char *const NUMBERS[] = {"Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit",
                                      "Count", "Denominator"};
static const char *const TEXTS[] = {"Indicator ID", "Area Code", "Area Type", "Sex", "Time period"};

static gboolean wants(gconstpointer data, const char *column)
{
    (void)data;
    gboolean yes = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(NUMBERS); i++)
        yes = yes || strcmp(NUMBERS[i], column) == 0 || strcmp(TEXTS[i], column) == 0;
    return yes;
}

static gboolean matches(gconstpointer pattern, const char *text)
{
    return pattern_match(pattern, text) == PATTERN_YES;
}

/* The numbers of one column, NAN where there is none. */
static double *type_column(const Table *t, const char *name)
{
    const guint column = (guint)table_column(t, name);
    double *out = g_new(double, (gsize)t->n_rows + 1);
    for (guint row = 0; row < t->n_rows; row++) {
        out[row] = NAN;
        number_parse(table_cell(t, row, column), FALSE, &out[row]);
    }
    return out;
}

static Table *read_file(const char *path, const TablePlan *plan)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    const CsvOptions csv = {.plan = plan};
    const BookOptions book = {.plan = plan};
    Table *t = g_str_has_suffix(path, ".csv") ? table_read_csv(path, path, &csv, diags, &error)
                                              : table_read_book(path, path, &book, &error);
    if (t)
        return t;
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    g_autoptr(Pattern) persons = pattern_new("Persons", FALSE, NULL);
    g_autoptr(Pattern) types = pattern_new("England|Counties.*", FALSE, NULL);
    const CellTest tests[] = {{"Sex", matches, persons}, {"Area Type", matches, types}};
    const RowTest rows = {tests, G_N_ELEMENTS(tests)};
    const TablePlan plan = {.wants = wants, .rows = &rows, .n_rows = 1};
    const gint64 begin = g_get_monotonic_time();
    Table *t = read_file(argv[1], strcmp(argv[2], "study") == 0 ? &plan : NULL);
    double *numbers[G_N_ELEMENTS(NUMBERS)];
    guint typed = 0;
    for (; typed < G_N_ELEMENTS(NUMBERS) && table_column(t, NUMBERS[typed]) >= 0; typed++)
        numbers[typed] = type_column(t, NUMBERS[typed]);
    const double seconds = (double)(g_get_monotonic_time() - begin) / 1e6;
    double sum = 0;
    for (guint row = 0; typed && row < t->n_rows; row++)
        sum += isnan(numbers[0][row]) ? 0 : numbers[0][row];
    printf("%.3f %u %.0f\n", seconds, t->n_rows, sum);
    for (guint i = 0; i < typed; i++)
        g_free(numbers[i]);
    table_free(t);
    return 0;
}
