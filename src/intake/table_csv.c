#include "peerline/intake/table.h"

#include <string.h>

#include "columns.h"
#include "csv_input.h"
#include "encoding.h"
#include "peerline/base/error.h"
#include "peerline/base/text.h"
#include "table_store.h"

/* Short records are filled up with blank cells: a small file with a header of a million fields must
 * not ask for terabytes. Real tables stay far below. */
#define CELLS_PER_BYTE 8
#define CELLS_ALWAYS   (10 * 1000 * 1000)

typedef struct {
    Table *table;
    const CsvOptions *options;
    Diagnostics *diags;
    CsvInput input;
    CsvScanner scan;
    TableStore *store;
    GString *joined;   /* the record's fields as patterns see them */
    guint most_fields; /* of the records so far */
    gsize most_cells;
} Reader;

static gboolean fail(const Reader *r, guint line, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static gboolean fail(const Reader *r, guint line, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *at =
        line ? g_strdup_printf("%s:%u", r->table->file, line) : g_strdup(r->table->file);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", at, what);
    return FALSE;
}

/* ---- one record -------------------------------------------------------------------------- */

static gboolean record_blank(Reader *r)
{
    for (guint i = 0; i < r->scan.n; i++) {
        gsize n;
        csv_field(&r->scan, i, &n);
        if (n > 0)
            return FALSE;
    }
    return TRUE;
}

/* The 1-based number of the first field that is not valid text, 0 if all are. */
static guint record_invalid(Reader *r, guchar *byte)
{
    if (!r->scan.high ||
        g_utf8_validate_len(r->scan.start, (gsize)(csv_record_end(&r->scan) - r->scan.start), NULL))
        return 0;
    for (guint i = 0; i < r->scan.n; i++) {
        gsize n;
        const char *field = csv_field(&r->scan, i, &n), *where;
        if (!g_utf8_validate_len(field, n, &where)) {
            *byte = (guchar)*where;
            return i + 1;
        }
    }
    return 0;
}

static const char *record_joined(Reader *r)
{
    if (r->joined->len)
        return r->joined->str;
    for (guint i = 0; i < r->scan.n; i++) {
        if (i > 0)
            g_string_append_c(r->joined, r->scan.delimiter);
        gsize n;
        const char *field = csv_field(&r->scan, i, &n);
        const gsize before = r->joined->len;
        g_string_append_len(r->joined, field, (gssize)n);
        if (!strpbrk(r->joined->str + before, "\r\n"))
            continue;
        /* Squeezed, so that a pattern need not care how a heading was wrapped. */
        g_autofree char *one_line = text_squeeze(r->joined->str + before);
        g_string_truncate(r->joined, before);
        g_string_append(r->joined, one_line);
    }
    return r->joined->str;
}

/* FALSE with error only if the pattern gave up. */
static gboolean record_matches(Reader *r, const Pattern *p, gboolean *yes, GError **error)
{
    *yes = FALSE;
    if (!p)
        return TRUE;
    PatternResult result = pattern_match(p, record_joined(r));
    *yes = result == PATTERN_YES;
    return result != PATTERN_LIMIT ||
           fail(r, r->scan.line, error,
                "the pattern takes too many steps on this record: '%s' (a simpler pattern)",
                pattern_text(p));
}

/* FALSE with error at a field that never ends; *more is FALSE at the end of the file. */
static gboolean record_next(Reader *r, gboolean *more, GError **error)
{
    CsvStep step;
    g_string_truncate(r->joined, 0);
    while ((step = csv_next(&r->scan)) == CSV_MORE)
        if (!csv_input_feed(&r->input, &r->scan, error))
            return FALSE;
    *more = step == CSV_RECORD;
    return !*more || !r->scan.open ||
           fail(r, r->scan.line, error,
                "a quoted field of the record that begins here never ends: found the end of the "
                "file at line %u (a closing quotation mark; the file may be cut off)",
                r->scan.next_line);
}

/* ---- the header -------------------------------------------------------------------------- */

static gboolean is_header(Reader *r, guint number, gboolean *yes, GError **error)
{
    if (r->options->header)
        return record_matches(r, r->options->header, yes, error);
    *yes = r->options->header_row ? number == r->options->header_row : !record_blank(r);
    return TRUE;
}

static gboolean take_header(Reader *r, GError **error)
{
    guchar byte;
    guint field = record_invalid(r, &byte);
    if (field)
        return fail(r, r->scan.line, error,
                    "the header is not valid %s: found byte 0x%02X in field %u "
                    "(or declare another encoding: windows-1252, latin-1)",
                    encoding_name(r->options->encoding), byte, field);
    if (r->scan.stray)
        return fail(r, r->scan.line, error,
                    "the header has text after a closing quotation mark (a delimiter there)");
    Table *t = r->table;
    t->columns = g_new0(char *, r->scan.n);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (; t->n_columns < r->scan.n; t->n_columns++) {
        gsize n;
        const char *text = csv_field(&r->scan, t->n_columns, &n);
        g_autofree char *name = g_strndup(text, n);
        t->columns[t->n_columns] = column_name(seen, name, t->n_columns + 1);
    }
    r->store = table_store_new(t, r->options->plan);
    return TRUE;
}

static gboolean read_header(Reader *r, GError **error)
{
    gboolean more, yes, any = FALSE;
    guint number = 0;
    for (;;) {
        if (!record_next(r, &more, error))
            return FALSE;
        if (!more)
            break;
        number++;
        any = any || !record_blank(r);
        if (!is_header(r, number, &yes, error))
            return FALSE;
        if (yes && !record_blank(r))
            return take_header(r, error);
        if (yes)
            return fail(r, r->scan.line, error, "no header: record %u is blank (column names)",
                        number);
    }
    if (!any)
        return fail(r, 0, error, "the file is empty (a header and records)");
    if (r->options->header)
        return fail(r, 0, error, "no header: none of %u records matches '%s' (column names)",
                    number, pattern_text(r->options->header));
    return fail(r, 0, error, "no header: there are only %u records (column names in record %u)",
                number, r->options->header_row);
}

/* ---- the rows ---------------------------------------------------------------------------- */

static void warn(Reader *r, const char *rule, const char *what)
{
    guint last = r->scan.next_line - (r->scan.newline ? 1 : 0);
    g_autofree char *span = last > r->scan.line
                                ? g_strdup_printf("; the record goes on to line %u", last)
                                : g_strdup("");
    diag_add(r->diags, DIAG_WARNING, rule, r->table->file, r->scan.line, 0, "%s%s", what, span);
}

/* TRUE if the record can be a row; if not it has been named. */
static gboolean record_sound(Reader *r)
{
    guchar byte;
    guint n = r->scan.n, most = r->table->n_columns, field = record_invalid(r, &byte);
    g_autofree char *what = NULL;
    const char *rule;
    if (field) {
        rule = "invalid-text";
        what = g_strdup_printf("record left out, text is not valid: byte 0x%02X in field %u (%s)",
                               byte, field, encoding_name(r->options->encoding));
    } else if (r->scan.stray) {
        rule = "stray-quote";
        what = g_strdup("record left out, text after a closing quotation mark (a delimiter there; "
                        "marks inside a field are doubled)");
    } else if (n > most) {
        rule = "row-too-long";
        what = g_strdup_printf("record left out, more fields than the header: %u (%u)", n, most);
    } else {
        return TRUE;
    }
    warn(r, rule, what);
    return FALSE;
}

/* A file that ends in the middle of a record was cut: what else is missing cannot be known, so none
 * of it is used. Fewer fields than the header are no sign of it where every record has fewer. */
static gboolean record_whole(Reader *r, GError **error)
{
    guint n = r->scan.n;
    if (r->scan.newline || n >= r->table->n_columns || (r->most_fields && n >= r->most_fields))
        return TRUE;
    return fail(
        r, r->scan.line, error,
        "the file is cut short: it ends in the middle of a record, %u fields and no line end "
        "(%u)",
        n, r->most_fields ? r->most_fields : r->table->n_columns);
}

/* The kept fields from the first-th to before the last-th. */
static inline void put_fields(Reader *r, const guint *kept, guint first, guint last)
{
    for (guint i = first; i < last; i++) {
        gsize n = 0;
        const char *field = kept[i] < r->scan.n ? csv_field(&r->scan, kept[i], &n) : "";
        table_store_put(r->store, i, field, n);
    }
}

static gboolean add_row(Reader *r, GError **error)
{
    const Table *t = r->table;
    if (((gsize)t->rows_read + 1) * t->n_columns > r->most_cells)
        return fail(r, r->scan.line, error,
                    "too many short records for so long a header: %u fields in the header",
                    t->n_columns);
    guint n_kept;
    const guint *kept = table_store_kept(r->store, &n_kept);
    const guint early = table_store_early(r->store);
    table_store_begin(r->store, r->scan.line, r->scan.n);
    r->most_fields = MAX(r->most_fields, r->scan.n);
    put_fields(r, kept, 0, early);
    if (!table_store_wanted(r->store))
        return TRUE;
    put_fields(r, kept, early, n_kept);
    table_store_end(r->store);
    return TRUE;
}

static gboolean read_rows(Reader *r, GError **error)
{
    for (;;) {
        gboolean more, yes;
        if (!record_next(r, &more, error))
            return FALSE;
        if (!more || (r->options->end_blank && record_blank(r)))
            return TRUE;
        if (record_blank(r) && !(r->options->keep_empty && r->scan.n > 1))
            continue;
        if (!record_matches(r, r->options->end, &yes, error))
            return FALSE;
        if (yes)
            return TRUE;
        if (!record_matches(r, r->options->skip, &yes, error))
            return FALSE;
        if (yes)
            continue;
        if (!record_whole(r, error) || (record_sound(r) && !add_row(r, error)))
            return FALSE;
    }
}

/* ---- the file ---------------------------------------------------------------------------- */

static gboolean usable_delimiter(char c)
{
    return (guchar)c < 0x80 && !strchr("\"\r\n", c);
}

/* A byte that is no text makes the file unusable wherever it stands, and whatever else is wrong. */
static gboolean check_rest(Reader *r, gboolean ok, GError **error)
{
    g_autoptr(GError) why = NULL;
    if (!r->input.begun || csv_input_drain(&r->input, &r->scan, &why))
        return ok;
    g_clear_error(error);
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
}

static gboolean read_all(Reader *r, char delimiter, GError **error)
{
    r->most_cells = r->input.size * CELLS_PER_BYTE + CELLS_ALWAYS;
    r->input.encoding = r->options->encoding;
    r->joined = g_string_new(NULL);
    csv_begin(&r->scan, delimiter);
    gboolean ok =
        csv_input_feed(&r->input, &r->scan, error) && read_header(r, error) && read_rows(r, error);
    ok = check_rest(r, ok, error);
    if (ok)
        table_store_finish(r->store);
    table_store_free(r->store);
    csv_end(&r->scan);
    g_string_free(r->joined, TRUE);
    return ok;
}

/* Takes the input. */
static Table *parse(CsvInput input, const CsvOptions *options, Diagnostics *diags, GError **error)
{
    static const CsvOptions defaults = {.delimiter = ','};
    g_autoptr(Table) table = g_new0(Table, 1);
    table->file = g_strdup(input.name);
    Reader r = {
        .table = table, .options = options ? options : &defaults, .diags = diags, .input = input};
    const char delimiter = r.options->delimiter ? r.options->delimiter : ',';
    gboolean ok = FALSE;
    if (usable_delimiter(delimiter))
        ok = read_all(&r, delimiter, error);
    else
        fail(&r, 0, error, "the delimiter is not usable: found byte 0x%02X (one ASCII character)",
             (guchar)delimiter);
    csv_input_close(&r.input);
    return ok ? g_steal_pointer(&table) : NULL;
}

Table *table_parse_csv(const char *data, gsize n, const char *display_name,
                       const CsvOptions *options, Diagnostics *diags, GError **error)
{
    CsvInput input;
    csv_input_open_bytes(&input, data, n, display_name);
    return parse(input, options, diags, error);
}

Table *table_read_csv(const char *path, const char *display_name, const CsvOptions *options,
                      Diagnostics *diags, GError **error)
{
    CsvInput input;
    if (!csv_input_open(&input, path, display_name, error))
        return NULL;
    return parse(input, options, diags, error);
}
