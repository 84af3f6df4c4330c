#include "yaml_tree.h"

#include <yaml.h>

/* Definitions are written by people: whatever is beyond these is a mistake or an attack. */
enum { MAX_BYTES = 8 * 1024 * 1024, MAX_HEIGHT = 32, MAX_WEIGHT = 500000 };

struct YamlTree {
    GPtrArray *nodes; /* owns them */
    YamlNode *root;
};

typedef struct {
    yaml_parser_t parser;
    yaml_event_t event;
    YamlTree *tree;
    GHashTable *anchors; /* name to finished node */
    Diagnostics *diags;
    const char *file;
} Reader;

static void node_free(gpointer data)
{
    YamlNode *node = data;
    g_free(node->text);
    g_free(node->keys);
    g_free(node->items);
    g_free(node);
}

void yaml_tree_free(YamlTree *tree)
{
    if (!tree)
        return;
    g_ptr_array_unref(tree->nodes);
    g_free(tree);
}

const YamlNode *yaml_tree_root(const YamlTree *tree)
{
    return tree->root;
}

const YamlNode *yaml_get(const YamlNode *map, const char *key)
{
    for (guint i = 0; map->kind == YAML_MAP && i < map->n; i++)
        if (g_str_equal(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

gboolean yaml_is_null(const YamlNode *node)
{
    static const char *const NULLS[] = {"", "~", "null", "Null", "NULL", NULL};
    return node->kind == YAML_TEXT && node->plain && g_strv_contains(NULLS, node->text);
}

const char *yaml_describe(const YamlNode *node)
{
    if (yaml_is_null(node))
        return "nothing";
    return node->kind == YAML_TEXT ? "text" : node->kind == YAML_LIST ? "a list" : "a mapping";
}

/* ---- events ------------------------------------------------------------------------------- */

static gboolean fault(Reader *r, yaml_mark_t mark, const char *message)
{
    diag_add(r->diags, DIAG_ERROR, "yaml-syntax", r->file, (guint)mark.line + 1,
             (guint)mark.column + 1, "%s", message);
    return FALSE;
}

static gboolean parser_fault(Reader *r)
{
    const yaml_parser_t *p = &r->parser;
    g_autoptr(GString) message = g_string_new("not valid YAML: ");
    g_string_append(message, p->problem ? p->problem : "unreadable");
    if (p->context)
        g_string_append_printf(message, " %s that begins on line %lu", p->context,
                               (unsigned long)p->context_mark.line + 1);
    yaml_mark_t mark = p->error == YAML_READER_ERROR ? p->mark : p->problem_mark;
    return fault(r, mark, message->str);
}

static gboolean next_event(Reader *r)
{
    yaml_event_delete(&r->event);
    return yaml_parser_parse(&r->parser, &r->event) || parser_fault(r);
}

static YamlNode *node_new(Reader *r, YamlKind kind)
{
    YamlNode *node = g_new0(YamlNode, 1);
    node->kind = kind;
    node->file = r->file;
    node->line = (guint)r->event.start_mark.line + 1;
    node->column = (guint)r->event.start_mark.column + 1;
    node->weight = node->height = 1;
    g_ptr_array_add(r->tree->nodes, node);
    return node;
}

/* Called when a node is complete, so that an alias can never lead back into its own anchor. */
static void remember(Reader *r, const char *anchor, YamlNode *node)
{
    if (anchor)
        g_hash_table_replace(r->anchors, g_strdup(anchor), node);
}

static YamlNode *read_node(Reader *r, guint depth);

static gboolean has_control_character(const char *text, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (g_ascii_iscntrl(text[i]) && text[i] != '\n' && text[i] != '\t')
            return TRUE;
    return FALSE;
}

static YamlNode *read_text(Reader *r)
{
    const char *text = (const char *)r->event.data.scalar.value;
    gsize n = r->event.data.scalar.length;
    if (has_control_character(text, n)) {
        fault(r, r->event.start_mark, "text with a control character in it (printable text)");
        return NULL;
    }
    YamlNode *node = node_new(r, YAML_TEXT);
    node->plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->text = g_strndup(text, n);
    remember(r, (const char *)r->event.data.scalar.anchor, node);
    return node;
}

static YamlNode *read_alias(Reader *r)
{
    const char *name = (const char *)r->event.data.alias.anchor;
    YamlNode *node = g_hash_table_lookup(r->anchors, name);
    if (!node) {
        g_autofree char *message =
            g_strdup_printf("no such anchor: *%s (one that was written out above)", name);
        fault(r, r->event.start_mark, message);
    }
    return node;
}

static gboolean grow(Reader *r, YamlNode *node, const YamlNode *child)
{
    node->weight += child->weight;
    node->height = MAX(node->height, child->height + 1);
    if (node->weight > MAX_WEIGHT)
        return fault(r, r->event.start_mark,
                     "too large with every alias written out (at most 500,000 values)");
    if (node->height > MAX_HEIGHT)
        return fault(r, r->event.start_mark, "nested too deeply (at most 32 levels)");
    return TRUE;
}

static YamlNode *read_list(Reader *r, guint depth)
{
    g_autofree char *anchor = g_strdup((const char *)r->event.data.sequence_start.anchor);
    YamlNode *node = node_new(r, YAML_LIST);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (;;) {
        if (!next_event(r))
            return NULL;
        if (r->event.type == YAML_SEQUENCE_END_EVENT)
            break;
        YamlNode *item = read_node(r, depth + 1);
        if (!item || !grow(r, node, item))
            return NULL;
        g_ptr_array_add(items, item);
    }
    node->n = items->len;
    node->items = (YamlNode **)g_ptr_array_free(g_steal_pointer(&items), FALSE);
    remember(r, anchor, node);
    return node;
}

static gboolean key_is_new(Reader *r, GHashTable *seen, YamlNode *key)
{
    const YamlNode *first = g_hash_table_lookup(seen, key->text);
    if (!first)
        return g_hash_table_insert(seen, key->text, key);
    diag_add(r->diags, DIAG_ERROR, "duplicate", r->file, key->line, key->column,
             "duplicate key: %s (already given on line %u)", key->text, first->line);
    return FALSE;
}

/* The key that begins with the current event, or NULL at the end of the mapping or on a fault. */
static YamlNode *read_key(Reader *r, gboolean *end)
{
    *end = FALSE;
    if (!next_event(r))
        return NULL;
    *end = r->event.type == YAML_MAPPING_END_EVENT;
    if (*end)
        return NULL;
    if (r->event.type != YAML_SCALAR_EVENT) {
        fault(r, r->event.start_mark, "a key that is not text");
        return NULL;
    }
    return read_text(r);
}

static YamlNode *read_map(Reader *r, guint depth)
{
    g_autofree char *anchor = g_strdup((const char *)r->event.data.mapping_start.anchor);
    YamlNode *node = node_new(r, YAML_MAP);
    g_autoptr(GPtrArray) keys = g_ptr_array_new(), items = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (;;) {
        gboolean end;
        YamlNode *key = read_key(r, &end);
        if (end)
            break;
        YamlNode *value = key && next_event(r) ? read_node(r, depth + 1) : NULL;
        if (!value || !grow(r, node, value))
            return NULL;
        if (!key_is_new(r, seen, key))
            continue;
        g_ptr_array_add(keys, key);
        g_ptr_array_add(items, value);
    }
    node->n = items->len;
    node->keys = (YamlNode **)g_ptr_array_free(g_steal_pointer(&keys), FALSE);
    node->items = (YamlNode **)g_ptr_array_free(g_steal_pointer(&items), FALSE);
    remember(r, anchor, node);
    return node;
}

static const char *event_tag(const yaml_event_t *e)
{
    const yaml_char_t *tag = e->type == YAML_SCALAR_EVENT           ? e->data.scalar.tag
                             : e->type == YAML_SEQUENCE_START_EVENT ? e->data.sequence_start.tag
                             : e->type == YAML_MAPPING_START_EVENT  ? e->data.mapping_start.tag
                                                                    : NULL;
    return (const char *)tag;
}

/* The node that begins with the current event. */
static YamlNode *read_node(Reader *r, guint depth)
{
    const char *tag = event_tag(&r->event);
    if (tag) {
        g_autofree char *message = g_strdup_printf("a YAML tag: %s (definitions have none)", tag);
        fault(r, r->event.start_mark, message);
        return NULL;
    }
    if (depth > MAX_HEIGHT) {
        fault(r, r->event.start_mark, "nested too deeply (at most 32 levels)");
        return NULL;
    }
    switch (r->event.type) {
    case YAML_SCALAR_EVENT: return read_text(r);
    case YAML_ALIAS_EVENT: return read_alias(r);
    case YAML_SEQUENCE_START_EVENT: return read_list(r, depth);
    case YAML_MAPPING_START_EVENT: return read_map(r, depth);
    default: fault(r, r->event.start_mark, "not valid YAML: a value is missing"); return NULL;
    }
}

static gboolean read_stream(Reader *r)
{
    if (!next_event(r) || !next_event(r)) /* stream start, then a document or the end */
        return FALSE;
    if (r->event.type == YAML_STREAM_END_EVENT)
        return TRUE;
    if (!next_event(r))
        return FALSE;
    r->tree->root = read_node(r, 1);
    if (!r->tree->root || !next_event(r) || !next_event(r)) /* document end, stream end */
        return FALSE;
    return r->event.type == YAML_STREAM_END_EVENT ||
           fault(r, r->event.start_mark, "a second document (one per file)");
}

/* ---- the file as a whole -------------------------------------------------------------------- */

static gboolean is_text(const char *data, gsize n, const char *file, Diagnostics *diags)
{
    const char *bad;
    if (n > MAX_BYTES) {
        diag_add(diags, DIAG_ERROR, "yaml-syntax", file, 0, 0,
                 "too large: %" G_GSIZE_FORMAT " bytes (at most 8 MiB)", n);
        return FALSE;
    }
    if (g_utf8_validate(data, (gssize)n, &bad))
        return TRUE;
    guint line = 1;
    const char *start = data;
    for (const char *s = data; s < bad; s++) {
        if (*s == '\n') {
            line++;
            start = s + 1;
        }
    }
    diag_add(diags, DIAG_ERROR, "yaml-syntax", file, line,
             (guint)g_utf8_strlen(start, bad - start) + 1,
             "not text in UTF-8: byte 0x%02X (save the file as UTF-8)", (guint)(guchar)*bad);
    return FALSE;
}

YamlTree *yaml_tree_parse(const char *data, gsize n, const char *file, Diagnostics *diags)
{
    if (!is_text(data, n, file, diags))
        return NULL;
    g_autoptr(YamlTree) tree = g_new0(YamlTree, 1);
    tree->nodes = g_ptr_array_new_with_free_func(node_free);

    Reader r = {.tree = tree, .diags = diags, .file = g_intern_string(file)};
    if (!yaml_parser_initialize(&r.parser))
        g_error("yaml_parser_initialize: out of memory");
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)data, n);
    r.anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    gboolean ok = read_stream(&r);
    yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    g_hash_table_unref(r.anchors);
    return ok ? g_steal_pointer(&tree) : NULL;
}
