#include <string.h>

#include "workbook_check_parts.h"

#define MOST_RELATIONS 20000

/* ---- relations ------------------------------------------------------------------------------- */

typedef struct {
    XmlReader xml;
    char *folder;
    GArray *items;
} Relations;

static void relation_clear(gpointer data)
{
    CheckRelation *r = data;
    g_free(r->id);
    g_free(r->type);
    g_free(r->target);
}

/* "../x/y.xml" as seen from a folder; "/x/y.xml" from the top. */
static char *resolve(const char *folder, const char *target)
{
    g_autofree char *joined =
        *target == '/' ? g_strdup(target + 1) : g_strconcat(folder, "/", target, NULL);
    g_auto(GStrv) steps = g_strsplit(joined, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **step = steps; *step; step++) {
        if (!strcmp(*step, "..") && kept->len > 0)
            g_ptr_array_set_size(kept, (int)kept->len - 1);
        else if (**step && strcmp(*step, ".") && strcmp(*step, ".."))
            g_ptr_array_add(kept, *step);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

static void relation_start(XmlReader *r, const char *name, const char **attributes)
{
    Relations *s = (Relations *)r;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") || !id || !type || !target ||
        !g_strcmp0(xml_attribute(attributes, "TargetMode"), "External"))
        return;
    const char *slash = strrchr(type, '/');
    const CheckRelation item = {.id = g_strdup(id),
                                .type = g_strdup(slash ? slash + 1 : type),
                                .target = resolve(s->folder, target)};
    g_array_append_val(s->items, item);
    if (s->items->len > MOST_RELATIONS)
        xml_stop(r, "more than %d relations of one part", MOST_RELATIONS);
}

void check_no_end(XmlReader *r, const char *name)
{
    (void)r, (void)name;
}

gboolean check_relations(Check *c, const char *part, GArray **out, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(part);
    g_autofree char *base = *part ? g_path_get_basename(part) : g_strdup("");
    g_autofree char *rels = strcmp(folder, ".") ? g_strdup_printf("%s/_rels/%s.rels", folder, base)
                                                : g_strdup_printf("_rels/%s.rels", base);
    Relations s = {.xml = {.start = relation_start, .end = check_no_end},
                   .folder = folder,
                   .items = g_array_new(FALSE, FALSE, sizeof(CheckRelation))};
    g_array_set_clear_func(s.items, relation_clear);
    *out = s.items;
    return !archive_has(c->archive, rels) || archive_read_xml(c->archive, rels, &s.xml, error);
}

/* ---- what a workbook should not have within it ------------------------------------------------
 */

void check_entries(Check *c)
{
    static const struct {
        const char *part, *rule, *what; /* of the entry's name, in lower case */
    } KNOWN[] = {
        {"vbaproject", "F12", "macros"},
        {"xl/macrosheets/", "F12", "a sheet of macros"},
        {"xl/embeddings/", "F6", "an embedded object"},
        {"xl/activex/", "F6", "a control"},
        {"xl/ctrlprops/", "F6", "a control"},
        {"customui/", "F6", "a toolbar of its own"},
    };
    g_auto(GStrv) entries = archive_entries(c->archive);
    for (char **entry = entries; *entry; entry++) {
        g_autofree char *lower = g_utf8_strdown(*entry, -1);
        for (guint i = 0; i < G_N_ELEMENTS(KNOWN); i++)
            if (strstr(lower, KNOWN[i].part))
                check_breach(c, KNOWN[i].rule, "", "", "%s: %s (none)", KNOWN[i].what, *entry);
    }
}

/* ---- properties -------------------------------------------------------------------------------
 */

static const char *const PROPERTIES[] = {"title", "creator", "subject", "keywords", "language"};

typedef struct {
    XmlReader xml;
    int inside; /* index of PROPERTIES, or -1 */
    gboolean found[G_N_ELEMENTS(PROPERTIES)];
} Properties;

static void property_start(XmlReader *r, const char *name, const char **attributes)
{
    (void)attributes;
    Properties *p = (Properties *)r;
    p->inside = -1;
    for (guint i = 0; i < G_N_ELEMENTS(PROPERTIES); i++)
        if (!strcmp(name, PROPERTIES[i]))
            p->inside = (int)i;
}

static void property_end(XmlReader *r, const char *name)
{
    (void)name;
    ((Properties *)r)->inside = -1;
}

static void property_text(XmlReader *r, const char *text, gsize n)
{
    Properties *p = (Properties *)r;
    for (gsize i = 0; p->inside >= 0 && i < n; i++)
        if (!g_ascii_isspace(text[i]))
            p->found[p->inside] = TRUE;
}

gboolean check_properties(Check *c, GError **error)
{
    static const char CORE[] = "docProps/core.xml";
    Properties p = {.xml = {.start = property_start, .end = property_end, .text = property_text},
                    .inside = -1};
    if (archive_has(c->archive, CORE) && !archive_read_xml(c->archive, CORE, &p.xml, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(PROPERTIES) - 1; i++)
        if (!p.found[i])
            check_breach(c, "P3", "", "",
                         "the property %s is not set (title, author, subject and keywords)",
                         i == 1 ? "author" : PROPERTIES[i]);
    c->language = p.found[G_N_ELEMENTS(PROPERTIES) - 1];
    return TRUE;
}

/* ---- drawings ---------------------------------------------------------------------------------
 */

typedef struct {
    XmlReader xml;
    Check *check;
    const char *sheet;
    enum { KIND_NOTHING, KIND_IMAGE, KIND_SHAPE, KIND_CHART } kind;
    gboolean named; /* the object's properties were seen: those of its parts come later */
    guint row, column;
    GString *number; /* of an anchor's row or column; NULL: not within one */
    gboolean anchored;
} Drawing;

static void drawing_object(Drawing *d, int kind)
{
    d->kind = kind;
    d->named = FALSE;
}

static void drawing_properties(Drawing *d, const char **attributes)
{
    const char *about = xml_attribute(attributes, "descr");
    const char *name = xml_attribute(attributes, "name");
    g_autofree char *cell = check_cell_name(d->row + 1, d->column + 1);
    name = name && *name ? name : "without a name";
    if (d->kind == KIND_IMAGE)
        check_breach(d->check, "F11", d->sheet, cell, "an image: %s (none)", name);
    else if (d->kind == KIND_SHAPE)
        check_breach(d->check, "F6", d->sheet, cell, "a text box or shape: %s (text in cells)",
                     name);
    else if (d->kind == KIND_CHART && (!about || !*about))
        check_breach(d->check, "X2", d->sheet, cell,
                     "a chart without a text alternative: %s (what it shows, in words)", name);
    d->named = TRUE;
}

static void drawing_start(XmlReader *r, const char *name, const char **attributes)
{
    Drawing *d = (Drawing *)r;
    if (!strcmp(name, "from"))
        d->anchored = TRUE;
    else if (d->anchored && !d->number && (!strcmp(name, "row") || !strcmp(name, "col")))
        d->number = g_string_new(NULL);
    else if (!strcmp(name, "pic"))
        drawing_object(d, KIND_IMAGE);
    else if (!strcmp(name, "sp") || !strcmp(name, "cxnSp"))
        drawing_object(d, KIND_SHAPE);
    else if (!strcmp(name, "graphicFrame"))
        drawing_object(d, KIND_CHART);
    else if (!strcmp(name, "cNvPr") && !d->named && d->kind != KIND_NOTHING)
        drawing_properties(d, attributes);
}

static void drawing_end(XmlReader *r, const char *name)
{
    Drawing *d = (Drawing *)r;
    if (!strcmp(name, "from"))
        d->anchored = FALSE;
    if (!d->number || (strcmp(name, "row") && strcmp(name, "col")))
        return;
    const guint64 n = g_ascii_strtoull(d->number->str, NULL, 10);
    if (!strcmp(name, "row"))
        d->row = (guint)MIN(n, CHECK_ROWS - 1);
    else
        d->column = (guint)MIN(n, CHECK_COLUMNS - 1);
    g_string_free(d->number, TRUE);
    d->number = NULL;
}

static void drawing_text(XmlReader *r, const char *text, gsize n)
{
    Drawing *d = (Drawing *)r;
    if (d->number && d->number->len + n < 20)
        g_string_append_len(d->number, text, (gssize)n);
}

gboolean check_drawing(Check *c, const char *part, const char *sheet, GError **error)
{
    Drawing d = {.xml = {.start = drawing_start, .end = drawing_end, .text = drawing_text},
                 .check = c,
                 .sheet = sheet};
    const gboolean done = archive_read_xml(c->archive, part, &d.xml, error);
    if (d.number)
        g_string_free(d.number, TRUE);
    return done;
}
