#include "corrections.h"

#include <string.h>

#include "study_tables.h"

/* ---- the record ---------------------------------------------------------------------------- */

static const YamlChoice SERIOUSNESS[] = {
    {"minor", CORRECTION_MINOR},
    {"major", CORRECTION_MAJOR},
    {NULL, 0},
};

static const YamlField CORRECTION_FIELDS[] = {
    {"date", DATE(Correction, date), REQUIRED},
    {"indicators", REFERENCES(Correction, indicators, n_indicators, SPACE_INDICATOR)},
    {"areas", STRINGS(Correction, areas)},
    {"periods", STRINGS(Correction, periods)},
    {"seriousness", CHOICE(Correction, seriousness, SERIOUSNESS), REQUIRED},
    {"wrong", STRING(Correction, wrong), REQUIRED},
    {"right", STRING(Correction, right), REQUIRED},
    END_OF_FIELDS,
};

/* Periods in the one form in which the reports write them. */
static void correction_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    const Correction *c = record;
    for (char **text = c->periods; text && *text; text++) {
        Period period;
        if (period_parse(*text, &period))
            *text = store_take(m->store, period_label(period), g_free);
        else
            yaml_fault(m, yaml_get(node, "periods"), "bad-value",
                       "bad value for periods: %s (periods such as 2016-17, 2016 or 2016-04)",
                       *text);
    }
}

const YamlRecord CORRECTION_RECORD = {.name = "correction",
                                      .fields = CORRECTION_FIELDS,
                                      WHERE(Correction),
                                      .finish = correction_finish};

static int latest_first(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(((const Correction *)b)->date, ((const Correction *)a)->date);
}

void corrections_sort(Correction *corrections, guint n)
{
    g_qsort_with_data(corrections, (int)n, sizeof *corrections, latest_first, NULL);
}

/* ---- as a CSV file -------------------------------------------------------------------------- */

typedef struct {
    YamlMapper *mapper;
    const char *file; /* interned */
    const char *next, *end;
    const char *line_start;
    guint line;
} CsvFile;

static YamlNode *node_new(CsvFile *f, YamlKind kind, guint line, guint column)
{
    YamlNode *node = store_array(f->mapper->store, 1, sizeof *node);
    *node = (YamlNode){
        .kind = kind, .file = f->file, .line = line, .column = column, .weight = 1, .height = 1};
    return node;
}

static YamlNode *text_node(CsvFile *f, const char *text, guint line, guint column)
{
    YamlNode *node = node_new(f, YAML_TEXT, line, column);
    node->text = store_text(f->mapper->store, text);
    return node;
}

static void set_items(CsvFile *f, YamlNode *node, const GPtrArray *items)
{
    node->n = items->len;
    node->items = store_array(f->mapper->store, items->len, sizeof *node->items);
    for (guint i = 0; i < items->len; i++)
        node->items[i] = items->pdata[i];
}

static void next_line(CsvFile *f)
{
    f->line++;
    f->line_start = f->next;
}

/* The rest of a field in quotation marks; FALSE if it never ends. */
static gboolean read_quoted(CsvFile *f, GString *text)
{
    for (f->next++; f->next < f->end; f->next++) {
        if (*f->next == '"' && (f->next + 1 == f->end || f->next[1] != '"')) {
            f->next++;
            return TRUE;
        }
        f->next += *f->next == '"';
        g_string_append_c(text, *f->next);
        if (*f->next == '\n') {
            f->line++;
            f->line_start = f->next + 1;
        }
    }
    return FALSE;
}

static YamlNode *read_field(CsvFile *f)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const guint line = f->line, column = (guint)(f->next - f->line_start) + 1;
    const gboolean quoted = f->next < f->end && *f->next == '"';
    const gboolean closed = !quoted || read_quoted(f, text);
    while (f->next < f->end && !strchr(",\r\n", *f->next))
        g_string_append_c(text, *f->next++);
    g_strstrip(text->str);
    YamlNode *node = text_node(f, text->str, line, column);
    if (!closed)
        yaml_fault(f->mapper, node, "bad-value", "a quotation mark that is never closed");
    return node;
}

/* The fields of the next record; a blank line is one of one empty field. */
static GPtrArray *read_record(CsvFile *f)
{
    GPtrArray *fields = g_ptr_array_new();
    for (;;) {
        g_ptr_array_add(fields, read_field(f));
        if (f->next == f->end || *f->next != ',')
            break;
        f->next++;
    }
    f->next += f->next < f->end && *f->next == '\r';
    f->next += f->next < f->end && *f->next == '\n';
    next_line(f);
    return fields;
}

/* "E1; E2" as a list of two texts. */
static YamlNode *list_of(CsvFile *f, const YamlNode *cell)
{
    g_auto(GStrv) parts = g_strsplit(cell->text, ";", -1);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part))
            g_ptr_array_add(items, text_node(f, *part, cell->line, cell->column));
    YamlNode *list = node_new(f, YAML_LIST, cell->line, cell->column);
    set_items(f, list, items);
    return list;
}

/* A record as the mapping that it would be in YAML: an empty field is a key that is not there. */
static YamlNode *mapping_of(CsvFile *f, const GPtrArray *header, const GPtrArray *fields)
{
    static const char *const LISTS[] = {"indicators", "areas", "periods", NULL};
    const YamlNode *first = fields->pdata[0];
    YamlNode *map = node_new(f, YAML_MAP, first->line, first->column);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    map->keys = store_array(f->mapper->store, header->len, sizeof *map->keys);
    for (guint i = 0; i < header->len && i < fields->len; i++) {
        YamlNode *key = header->pdata[i], *cell = fields->pdata[i];
        if (!*cell->text)
            continue;
        map->keys[items->len] = key;
        g_ptr_array_add(items, g_strv_contains(LISTS, key->text) ? list_of(f, cell) : cell);
    }
    set_items(f, map, items);
    return map;
}

static gboolean good_header(CsvFile *f, const GPtrArray *header)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    gboolean good = TRUE;
    for (guint i = 0; i < header->len; i++) {
        const YamlNode *name = header->pdata[i];
        if (*name->text && g_hash_table_add(seen, name->text))
            continue;
        yaml_fault(
            f->mapper, name, "duplicate",
            "a column of corrections without a name, or with one that is there twice: \"%s\"",
            name->text);
        good = FALSE;
    }
    return good;
}

static void read_rows(CsvFile *f, GPtrArray *out)
{
    g_autoptr(GPtrArray) header = read_record(f);
    const gboolean good = good_header(f, header);
    while (good && f->next < f->end) {
        g_autoptr(GPtrArray) fields = read_record(f);
        const YamlNode *first = fields->pdata[0];
        if (fields->len == 1 && !*first->text)
            continue;
        if (fields->len != header->len)
            yaml_fault(f->mapper, first, "bad-value", "a row of %u fields (%u, as in the header)",
                       fields->len, header->len);
        else
            g_ptr_array_add(out, mapping_of(f, header, fields));
    }
}

GPtrArray *corrections_read_csv(YamlMapper *m, const char *file, const char *data, gsize n)
{
    GPtrArray *out = g_ptr_array_new();
    CsvFile f = {.mapper = m, .file = g_intern_string(file), .line = 1};
    const gsize mark = n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    f.next = f.line_start = data + mark;
    f.end = data + n;
    if (!g_utf8_validate_len(data, n, NULL))
        yaml_fault_at(m, (Where){f.file, 1, 1}, "cannot-read",
                      "%s is no text in UTF-8 (a CSV file in UTF-8)", file);
    else
        read_rows(&f, out);
    return out;
}
