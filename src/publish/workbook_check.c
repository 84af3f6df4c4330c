#include "peerline/publish/workbook_check.h"

#include <string.h>

#include "peerline/base/error.h"
#include "workbook_check_parts.h"

#define MOST_SHEETS 4096

/* ---- breaches ---------------------------------------------------------------------------------
 */

static void breach_free(gpointer data)
{
    WorkbookBreach *b = data;
    g_free(b->rule);
    g_free(b->sheet);
    g_free(b->cell);
    g_free(b->message);
    g_free(b);
}

static void add_breach(Check *c, const char *rule, const char *sheet, const char *cell,
                       const char *message)
{
    WorkbookBreach *b = g_new(WorkbookBreach, 1);
    *b = (WorkbookBreach){.rule = g_strdup(rule),
                          .sheet = g_strdup(sheet),
                          .cell = g_strdup(cell),
                          .message = g_utf8_make_valid(message, -1)};
    g_ptr_array_add(c->breaches, b);
}

void check_breach(Check *c, const char *rule, const char *sheet, const char *cell,
                  const char *format, ...)
{
    char *key = g_strdup_printf("%s\t%s", rule, sheet);
    const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(c->counts, key)) + 1;
    if (n == 1)
        g_ptr_array_add(c->told, g_strdup(key));
    g_hash_table_replace(c->counts, key, GUINT_TO_POINTER(n));
    if (n > WORKBOOK_BREACHES_SHOWN)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    add_breach(c, rule, sheet, cell, message);
}

gboolean check_breach_more(Check *c, const char *rule, const char *sheet, guint n)
{
    g_autofree char *key = g_strdup_printf("%s\t%s", rule, sheet);
    const guint before = GPOINTER_TO_UINT(g_hash_table_lookup(c->counts, key));
    if (before < WORKBOOK_BREACHES_SHOWN)
        return FALSE;
    g_hash_table_replace(c->counts, g_steal_pointer(&key),
                         GUINT_TO_POINTER(MIN(before, G_MAXUINT - n) + n));
    return TRUE;
}

/* Where a rule is broken more often than is listed. */
static void tell_the_rest(Check *c)
{
    for (guint i = 0; i < c->told->len; i++) {
        const char *key = c->told->pdata[i];
        const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(c->counts, key));
        if (n <= WORKBOOK_BREACHES_SHOWN)
            continue;
        g_auto(GStrv) parts = g_strsplit(key, "\t", 2);
        g_autofree char *message = g_strdup_printf("and %u more of the same rule in this worksheet",
                                                   n - WORKBOOK_BREACHES_SHOWN);
        add_breach(c, parts[0], parts[1], "", message);
    }
    g_ptr_array_set_size(c->told, 0);
    g_hash_table_remove_all(c->counts);
}

/* ---- cells ------------------------------------------------------------------------------------
 */

gboolean check_parse_cell(const char *text, guint *row, guint *column)
{
    guint64 letters = 0, digits = 0;
    const char *p = text;
    for (; *p == '$' || g_ascii_isalpha(*p); p++)
        if (*p != '$' && letters <= CHECK_COLUMNS)
            letters = letters * 26 + (guint64)(g_ascii_toupper(*p) - 'A') + 1;
    for (; *p == '$' || g_ascii_isdigit(*p); p++)
        if (*p != '$' && digits <= CHECK_ROWS)
            digits = digits * 10 + (guint64)(*p - '0');
    *row = (guint)digits;
    *column = (guint)letters;
    return (*p == '\0' || *p == ':') && letters >= 1 && letters <= CHECK_COLUMNS && digits >= 1 &&
           digits <= CHECK_ROWS;
}

char *check_cell_name(guint row, guint column)
{
    char letters[8];
    gsize at = sizeof letters;
    letters[--at] = '\0';
    for (; column > 0 && at > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    return g_strdup_printf("%s%u", letters + at, row);
}

/* ---- xl/workbook.xml --------------------------------------------------------------------------
 */

typedef struct {
    char *name, *id, *state;
} Declared;

typedef struct {
    XmlReader xml;
    GArray *sheets; /* Declared */
    guint64 active;
} Book;

static void declared_clear(gpointer data)
{
    Declared *d = data;
    g_free(d->name);
    g_free(d->id);
    g_free(d->state);
}

static void book_start(XmlReader *r, const char *name, const char **attributes)
{
    Book *b = (Book *)r;
    if (!strcmp(name, "workbookView")) {
        const char *active = xml_attribute(attributes, "activeTab");
        b->active = active ? g_ascii_strtoull(active, NULL, 10) : 0;
    } else if (!strcmp(name, "sheet")) {
        const char *called = xml_attribute(attributes, "name");
        const char *id = xml_attribute(attributes, "id");
        const Declared d = {.name = g_strdup(called ? called : ""),
                            .id = g_strdup(id ? id : ""),
                            .state = g_strdup(xml_attribute(attributes, "state"))};
        g_array_append_val(b->sheets, d);
        if (b->sheets->len > MOST_SHEETS)
            xml_stop(r, "more than %d worksheets", MOST_SHEETS);
    }
}

/* ---- sheets as the book declares them ----------------------------------------------------------
 */

static gboolean is_default_name(const char *name)
{
    g_autofree char *lower = g_utf8_strdown(name, -1);
    const gsize n = strlen("sheet");
    return g_str_has_prefix(lower, "sheet") &&
           strspn(lower + n, "0123456789 ()") == strlen(lower + n);
}

static void check_sheet_name(Check *c, const Declared *d, GHashTable *seen)
{
    const char *name = d->name;
    if (!*name || g_utf8_strlen(name, -1) > 31 || strpbrk(name, "[]:*?/\\"))
        check_breach(c, "S1", name, "", "a worksheet's name that Excel does not take (31 letters)");
    else if (g_ascii_isspace(*name) || g_ascii_isspace(name[strlen(name) - 1]))
        check_breach(c, "S1", name, "", "a worksheet's name with a blank at its beginning or end");
    else if (g_ascii_isdigit(*name))
        check_breach(c, "S1", name, "", "a worksheet's name that begins with a digit");
    else if (is_default_name(name))
        check_breach(c, "S1", name, "", "a worksheet's name that says nothing (what it holds)");
    if (!g_hash_table_add(seen, g_utf8_casefold(name, -1)))
        check_breach(c, "S1", name, "", "a worksheet's name that is there twice");
    if (d->state && strcmp(d->state, "visible"))
        check_breach(c, "T9", name, "", "a hidden worksheet");
}

static const CheckRelation *relation_of(const GArray *relations, const char *id)
{
    for (guint i = 0; i < relations->len; i++) {
        const CheckRelation *r = &g_array_index(relations, CheckRelation, i);
        if (!strcmp(r->id, id))
            return r;
    }
    return NULL;
}

static const CheckRelation *relation_of_type(const GArray *relations, const char *type)
{
    for (guint i = 0; i < relations->len; i++) {
        const CheckRelation *r = &g_array_index(relations, CheckRelation, i);
        if (!strcmp(r->type, type))
            return r;
    }
    return NULL;
}

static gboolean damaged(GError **error, const char *what, const char *found)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s (an XLSX workbook)", what,
                found);
    return FALSE;
}

static gboolean check_declared(Check *c, const Declared *d, guint index, const GArray *relations,
                               GError **error)
{
    const CheckRelation *r = relation_of(relations, d->id);
    if (!r)
        return damaged(error, "a worksheet without a part", d->name);
    if (!g_hash_table_add(c->sheets, g_strdup(r->target)))
        return damaged(error, "two worksheets of one part", r->target);
    if (strcmp(r->type, "worksheet")) {
        check_breach(c, "F4", d->name, "", "a sheet without cells, and so without a title: %s",
                     r->type);
        return TRUE;
    }
    const CheckSheet sheet = {.name = d->name, .part = r->target, .index = index};
    return check_sheet(c, &sheet, error);
}

static gboolean check_sheets(Check *c, const Book *book, const GArray *relations, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (book->active > 0)
        check_breach(c, "P4", "", "", "opens at worksheet %" G_GUINT64_FORMAT " (the first)",
                     book->active + 1);
    for (guint i = 0; i < book->sheets->len; i++) {
        const Declared *d = &g_array_index(book->sheets, Declared, i);
        check_sheet_name(c, d, seen);
        if (!check_declared(c, d, i, relations, error))
            return FALSE;
        tell_the_rest(c);
    }
    return TRUE;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static gboolean check_parts(Check *c, const GArray *relations, Book *book, const char *part,
                            GError **error)
{
    const CheckRelation *styles = relation_of_type(relations, "styles");
    const CheckRelation *strings = relation_of_type(relations, "sharedStrings");
    if ((styles && !check_read_styles(c, styles->target, error)) ||
        (strings && !check_read_strings(c, strings->target, error)) ||
        !archive_read_xml(c->archive, part, &book->xml, error))
        return FALSE;
    check_entries(c);
    if (!check_properties(c, error) || !check_sheets(c, book, relations, error))
        return FALSE;
    check_references(c);
    tell_the_rest(c);
    return TRUE;
}

static gboolean check_book(Check *c, GError **error)
{
    g_autoptr(GArray) top = NULL, relations = NULL;
    if (!check_relations(c, "", &top, error))
        return FALSE;
    const CheckRelation *office = relation_of_type(top, "officeDocument");
    if (!office)
        return damaged(error, "no workbook in the file", archive_name(c->archive));
    if (!check_relations(c, office->target, &relations, error))
        return FALSE;
    Book book = {.xml = {.start = book_start, .end = check_no_end},
                 .sheets = g_array_new(FALSE, TRUE, sizeof(Declared))};
    g_array_set_clear_func(book.sheets, declared_clear);
    const gboolean done = check_parts(c, relations, &book, office->target, error);
    g_array_unref(book.sheets);
    return done;
}

static GHashTable *texts_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static GHashTable *set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static GPtrArray *run_check(Archive *archive, GError **error)
{
    if (!archive)
        return NULL;
    Check c = {.archive = archive,
               .breaches = g_ptr_array_new_with_free_func(breach_free),
               .counts = set_new(),
               .told = g_ptr_array_new_with_free_func(g_free),
               .styles = g_array_new(FALSE, TRUE, sizeof(CheckStyle)),
               .strings = g_array_new(FALSE, TRUE, sizeof(CheckText)),
               .sheets = set_new(),
               .tables = set_new(),
               .marks = texts_new(),
               .declared = set_new(),
               .notes = texts_new(),
               .explained = set_new()};
    if (!check_book(&c, error))
        g_clear_pointer(&c.breaches, g_ptr_array_unref);
    g_hash_table_unref(c.counts);
    g_ptr_array_unref(c.told);
    g_array_unref(c.styles);
    g_array_unref(c.strings);
    g_hash_table_unref(c.sheets);
    g_hash_table_unref(c.tables);
    g_hash_table_unref(c.marks);
    g_hash_table_unref(c.declared);
    g_hash_table_unref(c.notes);
    g_hash_table_unref(c.explained);
    return c.breaches;
}

GPtrArray *workbook_check(const char *path, GError **error)
{
    g_autoptr(Archive) archive = archive_open(path, path, error);
    return run_check(archive, error);
}

GPtrArray *workbook_check_bytes(const void *data, gsize n, GError **error)
{
    g_autoptr(Archive) archive = archive_open_bytes(data, n, "workbook", error);
    return run_check(archive, error);
}
