/* Feeds bytes to the CSV reader. The first byte chooses delimiter, encoding and header; the rest is
 * the file. Built for libFuzzer by tests/fuzz/run; tests/unit/test_intake_csv_seeds.c runs the same
 * body over the seeds in every test run. */
#include <stdlib.h>
#include <string.h>

#include "../../src/intake/csv.h"
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

/* ---- the same in pieces -----------------------------------------------------------------------
 */

/* All that the scanner says of a text, as text; it is given `piece` more bytes whenever it asks. */
static char *scanned(const char *text, gsize n, char delimiter, gsize piece)
{
    GString *out = g_string_new(NULL);
    CsvScanner s;
    CsvStep step = CSV_MORE;
    g_autofree char *held = NULL;
    gsize from = 0, to = 0;
    csv_begin(&s, delimiter);
    while (step != CSV_END) {
        if (step == CSV_MORE) {
            check(to < n || held == NULL || s.next == s.end || !s.last);
            from = held ? from + (gsize)(s.next - held) : 0;
            to = MIN(n, MAX(to, from) + piece);
            g_free(held);
            held = g_malloc0(to - from + CSV_PADDING);
            memcpy(held, text + from, to - from);
            csv_feed(&s, held, held + (to - from), to == n);
        }
        step = csv_next(&s);
        if (step != CSV_RECORD)
            continue;
        g_string_append_printf(out, "\x01%u %u%d%d%d", s.line, s.next_line, s.stray, s.open,
                               s.newline);
        for (guint i = 0; i < s.n; i++) {
            gsize length;
            const char *field = csv_field(&s, i, &length);
            g_string_append_c(out, '\x02');
            g_string_append_len(out, field, (gssize)length);
        }
    }
    csv_end(&s);
    return g_string_free(out, FALSE);
}

/* Where a text is cut into pieces makes no difference. */
static void check_pieces(const char *text, gsize n, char delimiter)
{
    if (memchr(text, '\0', n) || n > 2000)
        return;
    g_autofree char *whole = scanned(text, n, delimiter, n + 1);
    for (gsize piece = 1; piece < 4; piece++) {
        g_autofree char *parts = scanned(text, n, delimiter, piece);
        check(strcmp(whole, parts) == 0);
    }
}

/* ---- the same by a plan -----------------------------------------------------------------------
 */

static gboolean wants_odd(gconstpointer data, const char *column)
{
    (void)data;
    return strlen(column) % 2;
}

static gboolean is_short(gconstpointer data, const char *text)
{
    (void)data;
    return strlen(text) < 2;
}

static gboolean is_blank(gconstpointer data, const char *text)
{
    (void)data;
    return !*text;
}

/* What a plan wants is as in the whole table, and nothing else is there. */
static void check_planned(const Table *all, const Table *planned, int first, int last)
{
    check(planned->n_columns == all->n_columns && planned->rows_read == all->n_rows);
    guint found = 0;
    for (guint r = 0; r < all->n_rows; r++) {
        const char *a = table_cell(all, r, (guint)first), *b = table_cell(all, r, (guint)last);
        if (!(is_short(NULL, a) && is_short(NULL, b)) && !is_blank(NULL, b))
            continue;
        check(found < planned->n_rows && planned->line[found] == all->line[r] &&
              planned->n_fields[found] == all->n_fields[r]);
        for (guint c = 0; c < all->n_columns; c++) {
            const gboolean kept =
                (int)c == first || (int)c == last || wants_odd(NULL, all->columns[c]);
            check(kept == (planned->place[c] >= 0));
            check(!kept || strcmp(table_cell(all, r, c), table_cell(planned, found, c)) == 0);
            check(!kept || table_code(planned, found, c) < table_codes(planned, c));
        }
        found++;
    }
    check(found == planned->n_rows);
}

static void check_plan(const char *text, gsize n, CsvOptions options, const Table *all)
{
    const char *first = all->columns[0], *last = all->columns[all->n_columns - 1];
    const CellTest both[] = {
        {first, is_short, NULL}, {last, is_short, NULL}, {"no such", is_short, NULL}};
    const CellTest one[] = {{last, is_blank, NULL}};
    const RowTest rows[] = {{both, G_N_ELEMENTS(both)}, {one, G_N_ELEMENTS(one)}};
    const TablePlan plan = {.wants = wants_odd, .rows = rows, .n_rows = G_N_ELEMENTS(rows)};
    options.plan = &plan;
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) planned = table_parse_csv(text, n, "fuzz.csv", &options, d, &error);
    check(planned != NULL);
    check_planned(all, planned, 0, (int)all->n_columns - 1);
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
    check_pieces((const char *)data + 1, n - 1, options.delimiter);
    if (t) {
        check_table(t, n);
        check_plan((const char *)data + 1, n - 1, options, t);
    }
    return 0;
}
