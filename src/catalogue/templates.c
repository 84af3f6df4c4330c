#include "peerline/catalogue/templates.h"

#include <string.h>

#include "peerline/base/text.h"
#include "template_parts.h"

/* The files as the linker put them into the program (see the Makefile). */
extern const char _binary_templates_shared_md_start[], _binary_templates_shared_md_end[];
extern const char _binary_templates_area_md_start[], _binary_templates_area_md_end[];
extern const char _binary_templates_national_md_start[], _binary_templates_national_md_end[];
extern const char _binary_templates_methods_md_start[], _binary_templates_methods_md_end[];
extern const char _binary_templates_web_md_start[], _binary_templates_web_md_end[];
extern const char _binary_templates_charts_md_start[], _binary_templates_charts_md_end[];
extern const char _binary_templates_workbook_md_start[], _binary_templates_workbook_md_end[];
extern const char _binary_templates_terms_md_start[], _binary_templates_terms_md_end[];
extern const char _binary_templates_data_md_start[], _binary_templates_data_md_end[];

/* More than any wording needs. */
#define MOST_BYTES (1024 * 1024)

struct Templates {
    GPtrArray *items;   /* Template * */
    GHashTable *by_key; /* key -> index + 1 */
};

typedef struct {
    Templates *into;
    const char *file;
    Diagnostics *diags; /* NULL: the built-in files, in which a fault is a fault of the program */
    GHashTable *seen;   /* keys of this file */
    gboolean faulty;
} Reader;

static void template_free(gpointer data)
{
    Template *t = data;
    for (guint i = 0; i < t->n_parts; i++) {
        g_free(t->parts[i].text);
        g_free(t->parts[i].one);
        g_free(t->parts[i].many);
    }
    g_free(t->parts);
    g_free(t->key);
    g_free(t);
}

static Templates *templates_new(void)
{
    Templates *t = g_new0(Templates, 1);
    t->items = g_ptr_array_new_with_free_func(template_free);
    t->by_key = g_hash_table_new(g_str_hash, g_str_equal);
    return t;
}

void templates_free(Templates *t)
{
    if (!t)
        return;
    g_hash_table_unref(t->by_key);
    g_ptr_array_unref(t->items);
    g_free(t);
}

guint templates_count(const Templates *t)
{
    return t->items->len;
}

const Template *templates_get(const Templates *t, guint index)
{
    return g_ptr_array_index(t->items, index);
}

/* ---- faults ------------------------------------------------------------------------------------
 */

static void fault(Reader *r, int line, const char *rule, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static void fault(Reader *r, int line, const char *rule, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    r->faulty = TRUE;
    if (!r->diags)
        g_error("%s:%d: %s", r->file, line, message);
    diag_add(r->diags, DIAG_ERROR, rule, r->file, (guint)line, 0, "%s", message);
}

static char *suggest(const Templates *known, const char *key)
{
    g_autofree const char **keys = g_new0(const char *, known->items->len + 1);
    for (guint i = 0; i < known->items->len; i++)
        keys[i] = templates_get(known, i)->key;
    const char *nearest = text_nearest(key, keys);
    return nearest ? g_strdup_printf("did you mean %s?", nearest)
                   : g_strdup("templates/ of the program has all keys");
}

/* ---- messages ----------------------------------------------------------------------------------
 */

static gboolean uses(const Template *t, const char *name)
{
    for (guint i = 0; i < t->n_parts; i++)
        if (t->parts[i].kind >= TEMPLATE_VALUE && g_str_equal(t->parts[i].text, name))
            return TRUE;
    return FALSE;
}

static char *names_of(const Template *t)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < t->n_parts; i++) {
        const TemplatePart *p = &t->parts[i];
        if (p->kind >= TEMPLATE_VALUE && !template_is_noun(p->text) &&
            !g_ptr_array_find_with_equal_func(names, p->text, g_str_equal, NULL))
            g_ptr_array_add(names, p->text);
    }
    return names->len ? text_list((const char **)names->pdata, names->len, "and")
                      : g_strdup("none");
}

/* A message may use what the program gives to the built-in one. */
static void check_placeholders(Reader *r, int line, const Template *t, const Template *builtin)
{
    for (guint i = 0; i < t->n_parts; i++) {
        const TemplatePart *p = &t->parts[i];
        if (p->kind < TEMPLATE_VALUE || uses(builtin, p->text) ||
            (p->kind == TEMPLATE_VALUE && template_is_noun(p->text)))
            continue;
        g_autofree char *names = names_of(builtin);
        fault(r, line, "unknown-placeholder", "unknown placeholder in \"%s\": {{%s}} (%s)", t->key,
              p->text, names);
    }
}

static Template *take_message(Reader *r, const char *key, cmark_node *paragraph)
{
    GArray *parts = template_parts_new();
    g_autofree char *wrong = template_take_apart(paragraph, parts);
    if (wrong)
        fault(r, cmark_node_get_start_line(paragraph), "bad-template", "\"%s\": %s", key, wrong);
    Template *t = g_new0(Template, 1);
    t->key = g_strdup(key);
    t->n_parts = parts->len;
    t->parts = (TemplatePart *)(gpointer)g_array_steal(parts, NULL);
    g_array_unref(parts);
    return t;
}

static void put_message(Reader *r, const char *key, cmark_node *heading, cmark_node *paragraph)
{
    const int line = cmark_node_get_start_line(heading);
    if (!g_hash_table_add(r->seen, g_strdup(key))) {
        fault(r, line, "duplicate", "a message stands twice: %s (once)", key);
        return;
    }
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(r->into->by_key, key));
    if (!known && r->diags) {
        g_autofree char *hint = suggest(r->into, key);
        fault(r, line, "unknown-key", "unknown message: %s (%s)", key, hint);
        return;
    }
    Template *t = take_message(r, key, paragraph);
    if (known) {
        check_placeholders(r, cmark_node_get_start_line(paragraph), t,
                           templates_get(r->into, known - 1));
        Template *before = r->into->items->pdata[known - 1];
        g_hash_table_replace(r->into->by_key, t->key, GUINT_TO_POINTER(known));
        r->into->items->pdata[known - 1] = t;
        template_free(before);
    } else {
        g_ptr_array_add(r->into->items, t);
        g_hash_table_insert(r->into->by_key, t->key, GUINT_TO_POINTER(r->into->items->len));
    }
}

/* ---- files -------------------------------------------------------------------------------------
 */

static char *heading_text(cmark_node *heading)
{
    GString *text = g_string_new(NULL);
    for (cmark_node *n = cmark_node_first_child(heading); n; n = cmark_node_next(n)) {
        const char *literal = cmark_node_get_literal(n);
        g_string_append(text, literal ? literal : "?");
    }
    g_autofree char *raw = g_string_free(text, FALSE);
    return text_squeeze(raw);
}

/* Comments, which CommonMark calls HTML blocks, and headings of groups are passed over. */
static gboolean is_passed_over(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK ||
           (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
            cmark_node_get_heading_level(node) == 1);
}

static gboolean is_key(cmark_node *node)
{
    return node && cmark_node_get_type(node) == CMARK_NODE_HEADING &&
           cmark_node_get_heading_level(node) == 2;
}

static void read_blocks(Reader *r, cmark_node *document)
{
    for (cmark_node *n = cmark_node_first_child(document); n; n = cmark_node_next(n)) {
        if (is_passed_over(n))
            continue;
        cmark_node *body = is_key(n) ? cmark_node_next(n) : NULL;
        if (!body || cmark_node_get_type(body) != CMARK_NODE_PARAGRAPH) {
            fault(r, cmark_node_get_start_line(n), "bad-template",
                  "not a message: %s (a heading \"## key\" and one paragraph below it)",
                  cmark_node_get_type_string(body ? body : n));
            n = body && !is_key(body) ? body : n;
            continue;
        }
        g_autofree char *key = heading_text(n);
        put_message(r, key, n, body);
        n = body;
    }
}

static gboolean read_text(Reader *r, const char *text, gsize n)
{
    cmark_node *document = cmark_parse_document(text, n, CMARK_OPT_DEFAULT);
    r->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    read_blocks(r, document);
    g_hash_table_unref(r->seen);
    cmark_node_free(document);
    return !r->faulty;
}

static Templates *read_builtin(void)
{
    const struct {
        const char *name, *start, *end;
    } files[] = {
#define BUILT_IN(part)                                                                             \
    {"templates/" #part ".md", _binary_templates_##part##_md_start,                                \
     _binary_templates_##part##_md_end}
        BUILT_IN(shared), BUILT_IN(area),     BUILT_IN(national), BUILT_IN(methods), BUILT_IN(web),
        BUILT_IN(charts), BUILT_IN(workbook), BUILT_IN(terms),    BUILT_IN(data)};
    Templates *t = templates_new();
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        Reader r = {.into = t, .file = files[i].name};
        read_text(&r, files[i].start, (gsize)(files[i].end - files[i].start));
    }
    return t;
}

const Templates *templates_builtin(void)
{
    static gsize once; /* set once, constant from then on */
    if (g_once_init_enter(&once))
        g_once_init_leave(&once, (gsize)(gpointer)read_builtin());
    return (const Templates *)(gpointer)once;
}

static gboolean read_file(Reader *r)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    gsize n;
    if (!g_file_get_contents(r->file, &text, &n, &error))
        fault(r, 0, "cannot-read", "cannot read the templates: %s (a file of messages)",
              error->message);
    else if (n > MOST_BYTES || !g_utf8_validate_len(text, n, NULL))
        fault(r, 0, "cannot-read",
              "no file of templates: %" G_GSIZE_FORMAT " bytes (at most 1 MiB of UTF-8)", n);
    else
        return read_text(r, text, n);
    return FALSE;
}

Templates *templates_read(char *const *files, Diagnostics *diags)
{
    g_autoptr(Templates) t = read_builtin();
    gboolean good = TRUE;
    for (; files && *files; files++) {
        Reader r = {.into = t, .file = *files, .diags = diags};
        good = read_file(&r) && good;
    }
    return good ? g_steal_pointer(&t) : NULL;
}
