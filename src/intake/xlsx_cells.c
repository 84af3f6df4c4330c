#include "xlsx_cells.h"

#include <string.h>

#include "xlsx_value.h"

/* ---- text with runs, shared or inline ------------------------------------------------------- */

/* Texts stand in <t>, alone or in runs; those in <rPh> say how the others are pronounced. */
typedef struct {
    guint phonetic; /* how deep within rPh */
    gboolean taking;
} Runs;

static void runs_start(Runs *r, const char *name)
{
    if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    else if (strcmp(name, "t") == 0)
        r->taking = r->phonetic == 0;
}

static void runs_end(Runs *r, const char *name)
{
    if (strcmp(name, "rPh") == 0 && r->phonetic > 0)
        r->phonetic--;
    else if (strcmp(name, "t") == 0)
        r->taking = FALSE;
}

/* ---- shared strings ------------------------------------------------------------------------- */

typedef struct {
    XmlReader xml;
    Sheet *sheet;
    GPtrArray *strings;
    Runs runs;
    GString *text;
} Strings;

static void strings_start(XmlReader *r, const char *name, const char **attributes)
{
    Strings *s = (Strings *)r;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        g_string_truncate(s->text, 0);
    runs_start(&s->runs, name);
}

static void strings_end(XmlReader *r, const char *name)
{
    Strings *s = (Strings *)r;
    runs_end(&s->runs, name);
    if (strcmp(name, "si") != 0)
        return;
    xlsx_unescape(s->text);
    g_ptr_array_add(s->strings, (gpointer)sheet_text(s->sheet, s->text->str, s->text->len));
}

static void strings_text(XmlReader *r, const char *text, gsize n)
{
    Strings *s = (Strings *)r;
    if (s->runs.taking)
        g_string_append_len(s->text, text, (gssize)n);
}

static void strings_restart(XmlReader *r)
{
    Strings *s = (Strings *)r;
    g_ptr_array_set_size(s->strings, 0);
    s->runs = (Runs){0};
}

gboolean xlsx_read_strings(Archive *archive, const char *entry, Sheet *sheet, GPtrArray *strings,
                           GError **error)
{
    Strings s = {.xml = {.start = strings_start,
                         .end = strings_end,
                         .text = strings_text,
                         .restart = strings_restart},
                 .sheet = sheet,
                 .strings = strings,
                 .text = g_string_new(NULL)};
    const gboolean ok = archive_read_xml(archive, entry, &s.xml, error);
    g_string_free(s.text, TRUE);
    return ok;
}

/* ---- cells ---------------------------------------------------------------------------------- */

typedef enum { TYPE_NUMBER, TYPE_SHARED, TYPE_INLINE, TYPE_BOOLEAN, TYPE_DATE, TYPE_TEXT } CellType;

typedef struct {
    XmlReader xml;
    const XlsxContext *context;
    Sheet *sheet;
    guint64 row, column; /* of the open cell; 1-based, 0-based */
    guint64 next_column;
    gboolean in_cell;
    CellType type;
    XlsxMeaning meaning;
    gboolean in_value;
    Runs runs;
    GString *text;
} Cells;

static CellType type_of(const char *t)
{
    static const struct {
        const char *name;
        CellType type;
    } TYPES[] = {
        {"s", TYPE_SHARED},  {"n", TYPE_NUMBER}, {"str", TYPE_TEXT}, {"inlineStr", TYPE_INLINE},
        {"b", TYPE_BOOLEAN}, {"e", TYPE_TEXT},   {"d", TYPE_DATE}};
    for (guint i = 0; t && i < G_N_ELEMENTS(TYPES); i++)
        if (TYPES[i].name[0] == t[0] && strcmp(TYPES[i].name, t) == 0)
            return TYPES[i].type;
    return TYPE_NUMBER;
}

static void row_start(Cells *s, const char **attributes)
{
    const char *r = xml_attribute(attributes, "r");
    s->next_column = 0;
    s->row++;
    if (r && !g_ascii_string_to_unsigned(r, 10, 1, SHEET_ROWS, &s->row, NULL))
        xml_stop(&s->xml, "row number is not usable: '%s' (1 to %d)", r, SHEET_ROWS);
}

static XlsxMeaning meaning_of_style(const Cells *s, const char *style)
{
    guint64 at;
    if (!style || s->context->styles->len == 0 ||
        !g_ascii_string_to_unsigned(style, 10, 0, s->context->styles->len - 1, &at, NULL))
        return XLSX_NUMBER;
    return (XlsxMeaning)s->context->styles->data[at];
}

static void cell_start(Cells *s, const char **attributes)
{
    const char *r = NULL, *t = NULL, *style = NULL;
    for (guint i = 0; attributes[i]; i += 2) {
        const char *name = attributes[i];
        const char **into = name[0] == 'r'   ? &r
                            : name[0] == 't' ? &t
                            : name[0] == 's' ? &style
                                             : NULL;
        if (into && !name[1])
            *into = attributes[i + 1];
    }
    s->column = s->next_column;
    if (r) {
        guint64 row;
        const char *end;
        if (!sheet_read_reference(r, &row, &s->column, &end) || *end || row != s->row) {
            xml_stop(&s->xml, "cell reference is not usable: '%s' in row %" G_GUINT64_FORMAT, r,
                     s->row);
            return;
        }
    }
    s->next_column = s->column + 1;
    s->type = type_of(t);
    s->meaning = meaning_of_style(s, style);
    s->in_cell = TRUE;
    g_string_truncate(s->text, 0);
}

static const char *shared_text(Cells *s)
{
    const GPtrArray *strings = s->context->strings;
    guint64 at = 0;
    gsize n = 0;
    for (; n < s->text->len && n < 10 && g_ascii_isdigit(s->text->str[n]); n++)
        at = at * 10 + (guint64)(s->text->str[n] - '0');
    if (n > 0 && n == s->text->len && at < strings->len)
        return strings->pdata[at];
    char place[16];
    xml_stop(&s->xml, "cell %s refers to a shared text that is not there: '%s' (there are %u)",
             sheet_reference(s->row, s->column, place), s->text->str, strings->len);
    return NULL;
}

static const char *number_or_text(Cells *s)
{
    char buf[XLSX_TEXT];
    g_strstrip(s->text->str);
    const char *text = xlsx_number_text(s->text->str, s->meaning, s->context->since_1904, buf);
    if (!text)
        text = s->text->str;
    return sheet_text(s->sheet, text, strlen(text));
}

/* "2016-04-01T00:00:00" is a date. */
static void drop_midnight(GString *date)
{
    const char *time = strchr(date->str, 'T');
    if (time && strspn(time, "T0:.Z") == strlen(time))
        g_string_truncate(date, (gsize)(time - date->str));
}

static const char *cell_text(Cells *s)
{
    if (s->text->len == 0)
        return "";
    switch (s->type) {
    case TYPE_SHARED: return shared_text(s);
    case TYPE_NUMBER: return number_or_text(s);
    case TYPE_BOOLEAN: return strcmp(s->text->str, "0") == 0 ? "FALSE" : "TRUE";
    case TYPE_DATE: drop_midnight(s->text); break;
    case TYPE_INLINE:
    case TYPE_TEXT: break;
    }
    xlsx_unescape(s->text);
    return sheet_text(s->sheet, s->text->str, s->text->len);
}

static void cell_end(Cells *s)
{
    s->in_cell = FALSE;
    const char *text = cell_text(s);
    const char *wrong = text ? sheet_add(s->sheet, s->row, s->column, text) : NULL;
    char place[16];
    if (wrong)
        xml_stop(&s->xml, "cell %s is %s", sheet_reference(s->row, s->column, place), wrong);
}

static void merge_cell(Cells *s, const char *range)
{
    guint64 row, column, last_row, last_column;
    const char *end = NULL;
    if (!range || !sheet_read_reference(range, &row, &column, &end))
        return;
    if (*end != ':' || !sheet_read_reference(end + 1, &last_row, &last_column, &end))
        return;
    if (last_row < row || last_column < column || last_row > SHEET_ROWS ||
        last_column >= SHEET_COLUMNS)
        return;
    sheet_merge(s->sheet, (SheetMerge){.row = (guint32)row,
                                       .column = (guint32)column,
                                       .rows = (guint32)(last_row - row + 1),
                                       .columns = (guint32)(last_column - column + 1)});
}

static void cells_start(XmlReader *r, const char *name, const char **attributes)
{
    Cells *s = (Cells *)r;
    if (name[0] == 'c' && !name[1])
        cell_start(s, attributes);
    else if (s->in_cell && name[0] == 'v' && !name[1])
        s->in_value = TRUE;
    else if (s->in_cell && s->type == TYPE_INLINE)
        runs_start(&s->runs, name);
    else if (strcmp(name, "row") == 0)
        row_start(s, attributes);
    else if (strcmp(name, "mergeCell") == 0)
        merge_cell(s, xml_attribute(attributes, "ref"));
}

static void cells_end(XmlReader *r, const char *name)
{
    Cells *s = (Cells *)r;
    if (!s->in_cell)
        return;
    if (name[0] == 'v' && !name[1])
        s->in_value = FALSE;
    else if (name[0] == 'c' && !name[1])
        cell_end(s);
    else if (s->type == TYPE_INLINE)
        runs_end(&s->runs, name);
}

static void cells_text(XmlReader *r, const char *text, gsize n)
{
    Cells *s = (Cells *)r;
    if (s->in_cell && (s->in_value || (s->type == TYPE_INLINE && s->runs.taking)))
        g_string_append_len(s->text, text, (gssize)n);
}

static void cells_restart(XmlReader *r)
{
    Cells *s = (Cells *)r;
    sheet_clear(s->sheet);
    s->row = s->column = s->next_column = 0;
    s->in_cell = s->in_value = FALSE;
    s->runs = (Runs){0};
}

gboolean xlsx_read_cells(Archive *archive, const char *entry, const XlsxContext *context,
                         Sheet *sheet, GError **error)
{
    Cells s = {.xml = {.start = cells_start,
                       .end = cells_end,
                       .text = cells_text,
                       .restart = cells_restart},
               .context = context,
               .sheet = sheet,
               .text = g_string_new(NULL)};
    const gboolean ok = archive_read_xml(archive, entry, &s.xml, error);
    g_string_free(s.text, TRUE);
    return ok;
}
