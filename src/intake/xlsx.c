#include <string.h>

#include "peerline/base/error.h"
#include "xlsx_cells.h"
#include "xlsx_value.h"

/* ---- relations between the parts of a package ----------------------------------------------- */

/* From one part to others, by id and by the last word of their type ("worksheet"). */
typedef struct {
    char *id, *type, *target;
} Relation;

typedef struct {
    XmlReader xml;
    char *folder; /* of the part that refers, with a slash at its end, or "" */
    GArray *items;
} Relations;

static void relation_clear(gpointer data)
{
    Relation *r = data;
    g_free(r->id);
    g_free(r->type);
    g_free(r->target);
}

/* "../x/y.xml" as seen from a folder; "/x/y.xml" from the top. */
static char *resolve(const char *folder, const char *target)
{
    g_autofree char *joined =
        target[0] == '/' ? g_strdup(target + 1) : g_strconcat(folder, target, NULL);
    g_auto(GStrv) parts = g_strsplit(joined, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (guint i = 0; parts[i]; i++) {
        if (strcmp(parts[i], "..") == 0)
            g_ptr_array_set_size(kept, (int)(kept->len ? kept->len - 1 : 0));
        else if (*parts[i] && strcmp(parts[i], ".") != 0)
            g_ptr_array_add(kept, parts[i]);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

static void relations_start(XmlReader *r, const char *name, const char **attributes)
{
    Relations *s = (Relations *)r;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        g_strcmp0(mode, "External") == 0)
        return;
    const char *slash = strrchr(type, '/');
    const Relation item = {.id = g_strdup(id),
                           .type = g_strdup(slash ? slash + 1 : type),
                           .target = resolve(s->folder, target)};
    g_array_append_val(s->items, item);
}

static void relations_end(XmlReader *r, const char *name)
{
    (void)r, (void)name;
}

/* The relations of a part ("" is the package itself); without a file of them there are none. */
static gboolean relations_read(Archive *a, const char *part, Relations *out, GError **error)
{
    const char *slash = strrchr(part, '/');
    *out = (Relations){.xml = {.start = relations_start, .end = relations_end},
                       .folder = slash ? g_strndup(part, (gsize)(slash + 1 - part)) : g_strdup(""),
                       .items = g_array_new(FALSE, FALSE, sizeof(Relation))};
    g_array_set_clear_func(out->items, relation_clear);
    g_autofree char *entry =
        g_strconcat(out->folder, "_rels/", slash ? slash + 1 : part, ".rels", NULL);
    return !archive_has(a, entry) || archive_read_xml(a, entry, &out->xml, error);
}

static void relations_clear(Relations *r)
{
    g_free(r->folder);
    g_array_unref(r->items);
}

static const char *target_of_type(const Relations *r, const char *type)
{
    for (guint i = 0; i < r->items->len; i++)
        if (strcmp(g_array_index(r->items, Relation, i).type, type) == 0)
            return g_array_index(r->items, Relation, i).target;
    return NULL;
}

static const char *worksheet_of_id(const Relations *r, const char *id)
{
    for (guint i = 0; i < r->items->len; i++) {
        const Relation *item = &g_array_index(r->items, Relation, i);
        if (strcmp(item->id, id) == 0 && strcmp(item->type, "worksheet") == 0)
            return item->target;
    }
    return NULL;
}

/* ---- workbook.xml --------------------------------------------------------------------------- */

typedef struct {
    XmlReader xml;
    const Relations *relations;
    GPtrArray *names, *parts; /* of the worksheets, in order */
    gboolean since_1904;
} Workbook;

static void workbook_start(XmlReader *r, const char *name, const char **attributes)
{
    Workbook *w = (Workbook *)r;
    if (strcmp(name, "workbookPr") == 0) {
        /* an extension has an element of the same name, which says nothing of it */
        const char *value = xml_attribute(attributes, "date1904");
        w->since_1904 =
            w->since_1904 || (value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0));
    } else if (strcmp(name, "sheet") == 0) {
        const char *title = xml_attribute(attributes, "name");
        const char *id = xml_attribute(attributes, "id");
        const char *part = title && id ? worksheet_of_id(w->relations, id) : NULL;
        if (!part) /* a sheet that is a chart */
            return;
        g_ptr_array_add(w->names, g_strdup(title));
        g_ptr_array_add(w->parts, g_strdup(part));
    }
}

static void workbook_end(XmlReader *r, const char *name)
{
    (void)r, (void)name;
}

/* ---- a sheet with what its cells refer to --------------------------------------------------- */

static Sheet *read_chosen(Archive *a, const Workbook *w, guint chosen, GError **error)
{
    const char *strings = target_of_type(w->relations, "sharedStrings");
    const char *styles = target_of_type(w->relations, "styles");
    g_autoptr(Sheet) sheet = sheet_new(w->names->pdata[chosen]);
    XlsxContext context = {.strings = g_ptr_array_new(), .since_1904 = w->since_1904};
    gboolean ok = !strings || !archive_has(a, strings) ||
                  xlsx_read_strings(a, strings, sheet, context.strings, error);
    if (ok && styles && archive_has(a, styles))
        ok = (context.styles = xlsx_read_styles(a, styles, error)) != NULL;
    else if (ok)
        context.styles = g_byte_array_new();
    ok = ok && xlsx_read_cells(a, w->parts->pdata[chosen], &context, sheet, error);
    g_ptr_array_unref(context.strings);
    if (context.styles)
        g_byte_array_unref(context.styles);
    return ok ? g_steal_pointer(&sheet) : NULL;
}

static Sheet *read_sheet(Archive *a, const char *part, const Relations *relations,
                         const Pattern *wanted, GError **error)
{
    Workbook w = {.xml = {.start = workbook_start, .end = workbook_end},
                  .relations = relations,
                  .names = g_ptr_array_new_with_free_func(g_free),
                  .parts = g_ptr_array_new_with_free_func(g_free)};
    guint chosen = 0;
    Sheet *sheet = NULL;
    if (archive_read_xml(a, part, &w.xml, error)) {
        if (sheet_choose(w.names, wanted, &chosen))
            sheet = read_chosen(a, &w, chosen, error);
        else
            sheet_not_chosen(archive_name(a), wanted, w.names, error);
    }
    g_ptr_array_unref(w.names);
    g_ptr_array_unref(w.parts);
    return sheet;
}

/* What another ZIP file is, for people. */
static void refuse(Archive *a, const char *part, GError **error)
{
    const char *what = "another ZIP file";
    if (archive_has(a, "content.xml"))
        what = "an ODS workbook (format: ods)";
    else if (part && g_str_has_suffix(part, ".bin"))
        what = "a binary workbook (.xlsb)";
    else if (archive_has(a, "word/document.xml"))
        what = "a text document (.docx)";
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s: the file is not an XLSX workbook: found %s (an XLSX workbook)",
                archive_name(a), what);
}

Sheet *xlsx_read_sheet(Archive *a, const Pattern *wanted, GError **error)
{
    Relations package, relations;
    Sheet *sheet = NULL;
    if (relations_read(a, "", &package, error)) {
        const char *part = target_of_type(&package, "officeDocument");
        if (!part || g_str_has_suffix(part, ".bin") || g_str_has_prefix(part, "word/")) {
            refuse(a, part, error);
        } else {
            if (relations_read(a, part, &relations, error))
                sheet = read_sheet(a, part, &relations, wanted, error);
            relations_clear(&relations);
        }
    }
    relations_clear(&package);
    return sheet;
}
