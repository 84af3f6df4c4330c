/* Feeds bytes to the CSV reader. The first byte chooses delimiter, encoding and header; the rest is
 * the file. Built for libFuzzer by tests/fuzz/run; tests/unit/test_intake_csv_seeds.c runs the same
 * body over the seeds in every test run. */
#include <stdlib.h>

#include "peerline/intake/table.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static void check(gboolean holds)
{
    if (!holds)
        abort();
}

/* What the header promises of every table. */
static void check_table(const Table *t, gsize n)
{
    for (guint c = 0; c < t->n_columns; c++) {
        check(t->columns[c][0] && g_utf8_validate(t->columns[c], -1, NULL));
        check(table_column(t, t->columns[c]) == (int)c);
    }
    guint before = 0;
    for (guint r = 0; r < t->n_rows; r++) {
        check(t->line[r] > before && t->line[r] <= n);
        check(t->n_fields[r] >= 1 && t->n_fields[r] <= t->n_columns);
        before = t->line[r];
        gboolean blank = TRUE;
        for (guint c = 0; c < t->n_columns; c++) {
            const char *cell = table_cell(t, r, c);
            check(g_utf8_validate(cell, -1, NULL));
            check(c < t->n_fields[r] || !*cell);
            blank = blank && !*cell;
        }
        check(!blank);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    if (n < 1 || n > 100000)
        return 0;
    g_autoptr(Pattern) header = pattern_new("a,.*", FALSE, NULL);
    g_autoptr(Pattern) end = pattern_new("Notes?.*", TRUE, NULL);
    g_autoptr(Pattern) skip_rows = pattern_new(".*total.*", FALSE, NULL);
    CsvOptions options = {
        .delimiter = delimiters[data[0] & 3],
        .encoding = (Encoding)(data[0] >> 2 & 3),
        .header_row = data[0] >> 4 & 3,
        .header = data[0] & 0x40 ? header : NULL,
        .end = data[0] & 0x80 ? end : NULL,
        .skip = data[0] & 0x80 ? skip_rows : NULL,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t =
        table_parse_csv((const char *)data + 1, n - 1, "fuzz.csv", &options, d, &error);
    check((t == NULL) == (error != NULL));
    if (t)
        check_table(t, n);
    return 0;
}
