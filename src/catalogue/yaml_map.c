#include "yaml_map.h"

#include <stdarg.h>
#include <string.h>

#include "peerline/base/text.h"

/* ---- messages ----------------------------------------------------------------------------- */

/* A message is one line that can be read, whatever text was found. */
static void make_printable(char *message)
{
    enum { LONGEST = 600 };
    g_strdelimit(message, "\n\t", ' ');
    if (g_utf8_strlen(message, -1) > LONGEST)
        strcpy(g_utf8_offset_to_pointer(message, LONGEST - 3), "...");
}

static void report(YamlMapper *m, Where at, const char *rule, const char *format, va_list args)
    G_GNUC_PRINTF(4, 0);

static void report(YamlMapper *m, Where at, const char *rule, const char *format, va_list args)
{
    g_autofree char *message = g_strdup_vprintf(format, args);
    make_printable(message);
    diag_add(m->diags, DIAG_ERROR, rule, at.file, at.line, at.column, "%s", message);
}

void yaml_fault(YamlMapper *m, const YamlNode *at, const char *rule, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(m, yaml_where(at), rule, format, args);
    va_end(args);
}

void yaml_fault_at(YamlMapper *m, Where at, const char *rule, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(m, at, rule, format, args);
    va_end(args);
}

Where yaml_where(const YamlNode *node)
{
    return (Where){.file = node->file, .line = node->line, .column = node->column};
}

char *yaml_suggest(const char *word, const char *const *accepted)
{
    const char *nearest = text_nearest(word, accepted);
    if (nearest)
        return g_strdup_printf("(did you mean %s?)", nearest);
    guint n = g_strv_length((char **)accepted);
    if (n == 0)
        return g_strdup("(none is declared)");
    g_autofree char *list = text_list(accepted, n, "or");
    return g_strdup_printf("(%s)", list);
}

static const char **field_keys(const YamlRecord *record)
{
    GPtrArray *keys = g_ptr_array_new();
    for (const YamlField *f = record->fields; f->key; f++)
        g_ptr_array_add(keys, (gpointer)f->key);
    g_ptr_array_add(keys, NULL);
    return (const char **)g_ptr_array_free(keys, FALSE);
}

static const char **choice_names(const YamlChoice *choices)
{
    GPtrArray *names = g_ptr_array_new();
    for (; choices->name; choices++)
        g_ptr_array_add(names, (gpointer)choices->name);
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

/* What a field accepts, in words; newly allocated. */
static char *field_accepts(const YamlField *field)
{
    if (field->type == &YAML_CHOICE) {
        g_autofree const char **names = choice_names(field->with);
        return text_list(names, g_strv_length((char **)names), "or");
    }
    if (field->type == &YAML_NUMBER || field->type == &YAML_WHOLE)
        return g_strdup(((const YamlRange *)field->with)->accepts);
    return g_strdup(field->type->accepts);
}

/* ---- records ------------------------------------------------------------------------------- */

static const YamlField *find_field(const YamlRecord *record, const char *key)
{
    for (const YamlField *f = record->fields; f->key; f++)
        if (g_str_equal(f->key, key))
            return f;
    return NULL;
}

static gboolean node_fits(YamlMapper *m, const YamlField *field, const YamlNode *node)
{
    if (field->type == &YAML_ANY || ((field->type->kinds & node->kind) && !yaml_is_null(node)))
        return TRUE;
    g_autofree char *accepts = field_accepts(field);
    if (yaml_is_null(node))
        yaml_fault(m, node, "wrong-type", "%s has no value (%s; or leave the key out)", field->key,
                   accepts);
    else
        yaml_fault(m, node, "wrong-type", "wrong type for %s: %s (%s)", field->key,
                   yaml_describe(node), accepts);
    return FALSE;
}

static gboolean map_field(YamlMapper *m, const YamlField *field, const YamlNode *node, char *out)
{
    if (!node_fits(m, field, node) || !field->type->set(m, field, node, out + field->offset))
        return FALSE;
    if (field->flag)
        *(gboolean *)(out + field->flag) = TRUE;
    return TRUE;
}

static gboolean report_unknown_key(YamlMapper *m, const YamlRecord *record, const YamlNode *key)
{
    g_autofree const char **keys = field_keys(record);
    g_autofree char *suggestion = yaml_suggest(key->text, keys);
    yaml_fault(m, key, "unknown-key", "unknown key in %s: %s %s", record->name, key->text,
               suggestion);
    return FALSE;
}

static gboolean report_missing_key(YamlMapper *m, const YamlRecord *record, const YamlNode *node,
                                   const YamlField *field)
{
    g_autofree char *accepts = field_accepts(field);
    yaml_fault(m, node, "missing-key", "missing key in %s: %s (%s)", record->name, field->key,
               accepts);
    return FALSE;
}

gboolean yaml_map_record(YamlMapper *m, const YamlRecord *record, const YamlNode *node,
                         gpointer out)
{
    gboolean ok = TRUE;
    if (record->init)
        record->init(out);
    if (record->has_where)
        *(Where *)((char *)out + record->where) = yaml_where(node);
    if (node->kind != YAML_MAP) {
        yaml_fault(m, node, "wrong-type", "wrong type for %s: %s (a mapping of keys to values)",
                   record->name, yaml_describe(node));
        return FALSE;
    }
    for (guint i = 0; i < node->n; i++) {
        const YamlField *field = find_field(record, node->keys[i]->text);
        ok = (field ? map_field(m, field, node->items[i], out)
                    : report_unknown_key(m, record, node->keys[i])) &&
             ok;
    }
    for (const YamlField *f = record->fields; f->key; f++)
        if (f->required && !yaml_get(node, f->key))
            ok = report_missing_key(m, record, node, f);
    if (ok && record->finish)
        record->finish(m, node, out);
    return ok;
}

gpointer yaml_map_records(YamlMapper *m, const YamlRecord *record, YamlNode *const *nodes, guint n)
{
    char *out = store_array(m->store, n, record->size);
    for (guint i = 0; i < n; i++)
        yaml_map_record(m, record, nodes[i], out + i * record->size);
    return out;
}

/* ---- ids and references ---------------------------------------------------------------------- */

/* The ids of one name space ("source") in the order of their declaration. */
typedef struct {
    GPtrArray *ids;      /* char *, owned by the store */
    GHashTable *indices; /* lower-case id to index + 1 */
    GArray *wheres;
} NameSpace;

typedef struct {
    const char *space;
    const YamlNode *node;
    int *slot;
} Reference;

static void name_space_free(gpointer data)
{
    NameSpace *s = data;
    g_ptr_array_unref(s->ids);
    g_hash_table_unref(s->indices);
    g_array_unref(s->wheres);
    g_free(s);
}

static NameSpace *name_space(YamlMapper *m, const char *name)
{
    NameSpace *s = g_hash_table_lookup(m->names, name);
    if (s)
        return s;
    s = g_new0(NameSpace, 1);
    s->ids = g_ptr_array_new();
    s->indices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->wheres = g_array_new(FALSE, FALSE, sizeof(Where));
    g_hash_table_insert(m->names, g_strdup(name), s);
    return s;
}

void yaml_mapper_init(YamlMapper *m, Store *store, Diagnostics *diags)
{
    m->diags = diags;
    m->store = store;
    m->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, name_space_free);
    m->references = g_array_new(FALSE, FALSE, sizeof(Reference));
}

void yaml_mapper_clear(YamlMapper *m)
{
    g_hash_table_unref(m->names);
    g_array_unref(m->references);
}

/* Ids name files and sheets, where capitals may not count. */
static gboolean declare_id(YamlMapper *m, const char *space, const YamlNode *node, char *id)
{
    NameSpace *s = name_space(m, space);
    g_autofree char *folded = g_ascii_strdown(id, -1);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(s->indices, folded));
    if (known > 0) {
        const Where *w = &g_array_index(s->wheres, Where, known - 1);
        yaml_fault(m, node, "duplicate", "duplicate %s id: %s (already declared at %s:%u:%u)",
                   space, id, w->file, w->line, w->column);
        return FALSE;
    }
    Where where = yaml_where(node);
    g_ptr_array_add(s->ids, id);
    g_array_append_val(s->wheres, where);
    g_hash_table_insert(s->indices, g_steal_pointer(&folded), GUINT_TO_POINTER(s->ids->len));
    return TRUE;
}

static void resolve(YamlMapper *m, NameSpace *s, const Reference *r)
{
    g_autofree char *folded = g_ascii_strdown(r->node->text, -1);
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(s->indices, folded));
    if (found > 0 && g_str_equal(s->ids->pdata[found - 1], r->node->text)) {
        *r->slot = (int)found - 1;
        return;
    }
    g_ptr_array_add(s->ids, NULL);
    g_autofree char *suggestion = yaml_suggest(r->node->text, (const char *const *)s->ids->pdata);
    g_ptr_array_set_size(s->ids, (int)s->ids->len - 1);
    yaml_fault(m, r->node, "bad-reference", "no such %s: %s %s", r->space, r->node->text,
               suggestion);
}

void yaml_mapper_resolve(YamlMapper *m)
{
    for (guint i = 0; i < m->references->len; i++) {
        const Reference *r = &g_array_index(m->references, Reference, i);
        resolve(m, name_space(m, r->space), r);
    }
}

/* An id that is not usable is declared all the same: its references are not a second fault. */
static gboolean set_id(YamlMapper *m, const YamlField *field, const YamlNode *node, gpointer member)
{
    gboolean usable = text_is_code(node->text);
    if (!usable)
        yaml_fault(m, node, "bad-value", "not usable as %s: %s (%s)", field->key, node->text,
                   field->type->accepts);
    char *id = *(char **)member = store_text(m->store, node->text);
    return declare_id(m, field->with, node, id) && usable;
}

static gboolean set_reference(YamlMapper *m, const YamlField *field, const YamlNode *node,
                              gpointer member)
{
    Reference r = {field->with, node, member};
    *r.slot = -1;
    g_array_append_val(m->references, r);
    return TRUE;
}

/* ---- lists of texts ---------------------------------------------------------------------------
 */

/* One text may stand for a list of one. The texts of a list, or FALSE and a fault. */
static gboolean texts_of(YamlMapper *m, const YamlField *field, const YamlNode *const *node,
                         const YamlNode *const **items, guint *n)
{
    gboolean list = (*node)->kind == YAML_LIST;
    *items = list ? (const YamlNode *const *)(*node)->items : node;
    *n = list ? (*node)->n : 1;
    gboolean ok = TRUE;
    for (guint i = 0; i < *n; i++) {
        if ((*items)[i]->kind == YAML_TEXT && !yaml_is_null((*items)[i]))
            continue;
        yaml_fault(m, (*items)[i], "wrong-type", "wrong type in the list of %s: %s (text)",
                   field->key, yaml_describe((*items)[i]));
        ok = FALSE;
    }
    return ok;
}

static gboolean set_strings(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    const YamlNode *const *items;
    guint n;
    if (!texts_of(m, field, &node, &items, &n))
        return FALSE;
    char **texts = *(char ***)member = store_array(m->store, n + 1, sizeof(char *));
    for (guint i = 0; i < n; i++)
        texts[i] = store_text(m->store, items[i]->text);
    return TRUE;
}

static gboolean set_references(YamlMapper *m, const YamlField *field, const YamlNode *node,
                               gpointer member)
{
    const YamlNode *const *items;
    guint n;
    if (!texts_of(m, field, &node, &items, &n))
        return FALSE;
    int *slots = *(int **)member = store_array(m->store, n, sizeof(int));
    for (guint i = 0; i < n; i++)
        set_reference(m, field, items[i], &slots[i]);
    *yaml_count(field, member) = n;
    return TRUE;
}

/* ---- nested records ----------------------------------------------------------------------------
 */

static gboolean set_record(YamlMapper *m, const YamlField *field, const YamlNode *node,
                           gpointer member)
{
    return yaml_map_record(m, field->with, node, member);
}

static gboolean set_records(YamlMapper *m, const YamlField *field, const YamlNode *node,
                            gpointer member)
{
    *(gpointer *)member = yaml_map_records(m, field->with, node->items, node->n);
    *yaml_count(field, member) = node->n;
    return TRUE;
}

const YamlType YAML_ID = {set_id, YAML_TEXT, "a code of letters, digits, '-' and '_'"};
const YamlType YAML_REFERENCE = {set_reference, YAML_TEXT, "the id of one that is declared"};
const YamlType YAML_REFERENCES = {set_references, YAML_TEXT | YAML_LIST, "a list of ids"};
const YamlType YAML_STRINGS = {set_strings, YAML_TEXT | YAML_LIST, "a list of texts"};
const YamlType YAML_RECORD = {set_record, YAML_MAP, "a mapping"};
const YamlType YAML_RECORDS = {set_records, YAML_LIST, "a list of mappings"};
