#include <stdio.h>
#include <string.h>

#include "peerline/intake/archive.h"
#include "peerline/base/error.h"
#include "peerline/base/number.h"
#include "sheet.h"

/* OpenDocument 1.3 part 3: content.xml holds all sheets, one after the other. Rows and cells may
 * say how often they repeat; at the end of rows and sheets blank ones usually do so to the last
 * column and row. */

/* A few bytes may ask for 17 thousand million cells. */
#define MOST_REPEATED (4 * 1000 * 1000)

typedef struct {
    guint32 column, columns; /* how often it repeats */
    const char *text;
} RowCell;

typedef struct {
    XmlReader xml;
    const Pattern *wanted;
    GPtrArray *names;
    Sheet *sheet; /* the chosen one */
    guint fitting;
    gboolean exact;      /* it has exactly the wanted name */
    guint depth;         /* of tables within tables; 1 is a sheet */
    gboolean taking;     /* the open sheet is the chosen one */
    guint64 row, repeat; /* of the open row; 1-based */
    guint64 column;      /* of the open cell; 0-based */
    GArray *row_cells;   /* RowCell: the open row, to be repeated as a whole */
    guint64 cell_repeat;
    guint64 rows_spanned, columns_spanned;
    guint64 repeated; /* cells that are there by repeats alone */
    gboolean in_cell, covered;
    char *value;      /* from the attributes of the open cell, or NULL: its text */
    gboolean weak;    /* an old writer's 0 for an error: the text is looked at */
    guint paragraphs; /* of the open cell so far */
    gboolean in_paragraph;
    guint beside; /* how deep in what is no text of the cell */
    GString *text;
} Ods;

/* ---- values --------------------------------------------------------------------------------- */

static char *number_value(const char *stored)
{
    char buf[NUMBER_BUF];
    double x;
    return stored && number_parse(stored, FALSE, &x) ? g_strdup(number_shortest(x, buf))
                                                     : g_strdup(stored);
}

/* "2016-04-01T00:00:00" is a date; fractions of seconds are not kept. */
static char *date_value(const char *stored)
{
    if (!stored)
        return NULL;
    const char *time = strchr(stored, 'T');
    if (time && strspn(time, "T0:.") == strlen(time))
        return g_strndup(stored, (gsize)(time - stored));
    return g_strndup(stored, strcspn(stored, "."));
}

/* "PT12H30M00S" as "12:30:00"; anything else as it is. */
static char *time_value(const char *stored)
{
    guint hours, minutes, seconds;
    int end = 0;
    if (!stored)
        return NULL;
    if (sscanf(stored, "PT%5uH%2uM%2u%n", &hours, &minutes, &seconds, &end) == 3 && end > 0 &&
        stored[end + (int)strcspn(stored + end, "S")] == 'S')
        return g_strdup_printf("%02u:%02u:%02u", hours, minutes, seconds);
    return g_strdup(stored);
}

static gboolean is_error_text(const char *text)
{
    static const char *const ERRORS[] = {"#DIV/0!", "#N/A",  "#NAME?",  "#NULL!",
                                         "#NUM!",   "#REF!", "#VALUE!", NULL};
    return g_strv_contains(ERRORS, text) || g_str_has_prefix(text, "Err:");
}

static void take_value(Ods *s, const char **attributes)
{
    const char *type = xml_attribute(attributes, "value-type");
    const char *number = xml_attribute(attributes, "value");
    g_clear_pointer(&s->value, g_free);
    s->weak = FALSE;
    if (!type)
        return;
    if (strcmp(type, "date") == 0) {
        s->value = date_value(xml_attribute(attributes, "date-value"));
    } else if (strcmp(type, "time") == 0) {
        s->value = time_value(xml_attribute(attributes, "time-value"));
    } else if (strcmp(type, "boolean") == 0) {
        const char *is = xml_attribute(attributes, "boolean-value");
        s->value = g_strdup(g_strcmp0(is, "true") == 0 ? "TRUE" : "FALSE");
    } else if (strcmp(type, "string") == 0) {
        const char *text = xml_attribute(attributes, "string-value");
        s->value = text && *text ? g_strdup(text) : NULL;
    } else {
        s->value = number_value(number);
        s->weak = number != NULL;
    }
}

/* ---- repeats -------------------------------------------------------------------------------- */

static guint64 count_of(const char **attributes, const char *name)
{
    guint64 n;
    const char *text = xml_attribute(attributes, name);
    return text && g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT32, &n, NULL) ? n : 1;
}

static void add_cells(Ods *s, guint64 row)
{
    for (guint i = 0; i < s->row_cells->len; i++) {
        const RowCell *cell = &g_array_index(s->row_cells, RowCell, i);
        for (guint32 k = 0; k < cell->columns; k++) {
            const char *wrong = sheet_add(s->sheet, row, (guint64)cell->column + k, cell->text);
            char place[16];
            s->repeated += k > 0 || row > s->row;
            if (!wrong && s->repeated > MOST_REPEATED)
                wrong = "one repeat too many (at most 4 million cells by repeats)";
            if (!wrong)
                continue;
            xml_stop(&s->xml, "cell %s is %s", sheet_reference(row, cell->column + k, place),
                     wrong);
            return;
        }
    }
}

static void row_end(Ods *s)
{
    if (s->taking && s->row_cells->len > 0)
        for (guint64 k = 0; k < s->repeat && !s->xml.problem; k++)
            add_cells(s, s->row + k);
    s->row += s->repeat;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void cell_start(Ods *s, const char **attributes, gboolean covered)
{
    s->in_cell = TRUE;
    s->covered = covered;
    s->cell_repeat = count_of(attributes, "number-columns-repeated");
    s->columns_spanned = count_of(attributes, "number-columns-spanned");
    s->rows_spanned = count_of(attributes, "number-rows-spanned");
    s->paragraphs = s->beside = 0;
    s->in_paragraph = FALSE;
    g_string_truncate(s->text, 0);
    if (s->taking)
        take_value(s, attributes);
}

static const char *cell_text(Ods *s)
{
    if (s->weak && strcmp(s->value, "0") == 0 && is_error_text(s->text->str))
        g_clear_pointer(&s->value, g_free);
    const char *text = s->value ? s->value : s->text->str;
    return sheet_text(s->sheet, text, strlen(text));
}

static void cell_end(Ods *s)
{
    const char *text = s->taking && !s->covered ? cell_text(s) : "";
    s->in_cell = FALSE;
    if (*text && s->column + s->cell_repeat > SHEET_COLUMNS) {
        char place[16];
        xml_stop(&s->xml, "cell %s goes on beyond the last column (%d columns)",
                 sheet_reference(s->row, s->column, place), SHEET_COLUMNS);
        return;
    }
    if (*text) {
        const RowCell cell = {
            .column = (guint32)s->column, .columns = (guint32)s->cell_repeat, .text = text};
        g_array_append_val(s->row_cells, cell);
        sheet_merge(s->sheet, (SheetMerge){.row = (guint32)MIN(s->row, SHEET_ROWS),
                                           .column = (guint32)s->column,
                                           .rows = (guint32)s->rows_spanned,
                                           .columns = (guint32)s->columns_spanned});
    }
    s->column += s->cell_repeat;
}

/* ---- sheets --------------------------------------------------------------------------------- */

static void table_start(Ods *s, const char **attributes)
{
    if (++s->depth > 1)
        return;
    const char *name = xml_attribute(attributes, "name");
    name = name ? name : "";
    g_ptr_array_add(s->names, g_strdup(name));
    const gboolean exact = s->wanted && strcmp(name, pattern_text(s->wanted)) == 0;
    const gboolean fits = sheet_wanted(s->wanted, name);
    s->fitting += fits;
    s->taking = fits && (!s->sheet || (exact && !s->exact));
    if (s->taking) {
        g_clear_pointer(&s->sheet, sheet_free);
        s->sheet = sheet_new(name);
        s->exact = exact;
    }
    s->row = 1;
}

/* Elements that stand for white space within a paragraph. */
static void white_space(Ods *s, const char *name, const char **attributes)
{
    if (strcmp(name, "s") == 0)
        for (guint64 n = MIN(count_of(attributes, "c"), 1000); n > 0; n--)
            g_string_append_c(s->text, ' ');
    else if (strcmp(name, "tab") == 0)
        g_string_append_c(s->text, '\t');
    else if (strcmp(name, "line-break") == 0)
        g_string_append_c(s->text, '\n');
}

/* What stands in a cell beside its text: notes, pictures, shapes. */
static gboolean is_beside(const char *name)
{
    static const char *const BESIDE[] = {"annotation", "frame",     "custom-shape",
                                         "note",       "ruby-text", NULL};
    return g_strv_contains(BESIDE, name);
}

static void within_cell(Ods *s, const char *name, const char **attributes)
{
    if (s->beside > 0) {
        s->beside++;
    } else if (s->in_paragraph) {
        if (is_beside(name))
            s->beside++;
        else
            white_space(s, name, attributes);
    } else if (strcmp(name, "p") == 0) {
        s->in_paragraph = TRUE;
        if (s->paragraphs++ > 0)
            g_string_append_c(s->text, '\n');
    } else {
        s->beside++;
    }
}

static void within_cell_end(Ods *s, const char *name)
{
    if (s->beside > 0)
        s->beside--;
    else if (strcmp(name, "p") == 0)
        s->in_paragraph = FALSE;
    else if (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0)
        cell_end(s);
}

static void ods_start(XmlReader *r, const char *name, const char **attributes)
{
    Ods *s = (Ods *)r;
    if (strcmp(name, "table") == 0) {
        table_start(s, attributes);
    } else if (s->depth != 1) {
        return;
    } else if (s->in_cell) {
        within_cell(s, name, attributes);
    } else if (strcmp(name, "table-cell") == 0) {
        cell_start(s, attributes, FALSE);
    } else if (strcmp(name, "covered-table-cell") == 0) {
        cell_start(s, attributes, TRUE);
    } else if (strcmp(name, "table-row") == 0) {
        s->repeat = count_of(attributes, "number-rows-repeated");
        s->column = 0;
        g_array_set_size(s->row_cells, 0);
    }
}

static void ods_end(XmlReader *r, const char *name)
{
    Ods *s = (Ods *)r;
    if (strcmp(name, "table") == 0) {
        s->depth -= s->depth > 0;
        s->taking = s->taking && s->depth > 0;
    } else if (s->depth != 1) {
        return;
    } else if (s->in_cell) {
        within_cell_end(s, name);
    } else if (strcmp(name, "table-row") == 0) {
        row_end(s);
    }
}

static void ods_text(XmlReader *r, const char *text, gsize n)
{
    Ods *s = (Ods *)r;
    if (s->taking && s->depth == 1 && s->in_cell && s->in_paragraph && s->beside == 0)
        g_string_append_len(s->text, text, (gssize)n);
}

static void ods_restart(XmlReader *r)
{
    Ods *s = (Ods *)r;
    g_clear_pointer(&s->sheet, sheet_free);
    g_clear_pointer(&s->value, g_free);
    g_ptr_array_set_size(s->names, 0);
    g_array_set_size(s->row_cells, 0);
    g_string_truncate(s->text, 0);
    *s = (Ods){.xml = s->xml,
               .wanted = s->wanted,
               .names = s->names,
               .row_cells = s->row_cells,
               .text = s->text};
}

/* ---- the file ------------------------------------------------------------------------------- */

static gboolean check_kind(Archive *a, GError **error)
{
    g_autofree char *mime = archive_head(a, "mimetype", 100);
    g_autofree char *manifest = archive_head(a, "META-INF/manifest.xml", 1 << 20);
    const char *what = NULL;
    if (archive_has(a, "xl/workbook.xml"))
        what = "the file is not an ODS workbook: found an XLSX workbook (format: xlsx)";
    else if (!archive_has(a, "content.xml"))
        what = "the file is not an ODS workbook: found another ZIP file (an ODS workbook)";
    else if (mime && *mime &&
             !g_str_has_prefix(mime, "application/vnd.oasis.opendocument.spreadsheet"))
        what = "the file is not an ODS workbook: found another OpenDocument file (a spreadsheet)";
    else if (manifest && strstr(manifest, "encryption-data"))
        what = "the workbook is encrypted (save it without a password)";
    if (what)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", archive_name(a), what);
    return !what;
}

Sheet *ods_read_sheet(Archive *a, const Pattern *wanted, GError **error)
{
    if (!check_kind(a, error))
        return NULL;
    Ods s = {.xml = {.start = ods_start, .end = ods_end, .text = ods_text, .restart = ods_restart},
             .wanted = wanted,
             .names = g_ptr_array_new_with_free_func(g_free),
             .row_cells = g_array_new(FALSE, FALSE, sizeof(RowCell)),
             .text = g_string_new(NULL)};
    const gboolean ok = archive_read_xml(a, "content.xml", &s.xml, error);
    const gboolean chosen = s.sheet && (s.fitting == 1 || s.exact || !wanted);
    if (ok && !chosen)
        sheet_not_chosen(archive_name(a), wanted, s.names, error);
    if (!ok || !chosen)
        g_clear_pointer(&s.sheet, sheet_free);
    g_ptr_array_unref(s.names);
    g_array_unref(s.row_cells);
    g_string_free(s.text, TRUE);
    g_free(s.value);
    return s.sheet;
}
