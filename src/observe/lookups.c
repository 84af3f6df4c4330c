#include "reading.h"

#include <string.h>

#include "peerline/base/place_name.h"
#include "peerline/base/text.h"

/* Keys that mean other keys: exact texts, or names of places in whatever spelling. */

typedef struct {
    const char *key, *value; /**< owned by the table */
    guint line;              /**< 0: an alternative of the study */
} Entry;

struct LookupTable {
    const Lookup *lookup;
    GHashTable *entries; /**< key, folded where it is a name -> Entry */
    GPtrArray *names;    /**< keys as they are spelt, for suggestions */
};

static char *fold(const Lookup *l, const char *key)
{
    return l->names ? place_name_fold(key) : g_strdup(key);
}

static const Entry *find(const LookupTable *t, const char *key)
{
    g_autofree char *folded = fold(t->lookup, key);
    return g_hash_table_lookup(t->entries, folded);
}

static void add_entry(LookupTable *t, Entry fresh)
{
    Entry *entry = g_new(Entry, 1);
    *entry = fresh;
    g_hash_table_insert(t->entries, fold(t->lookup, fresh.key), entry);
    g_ptr_array_add(t->names, (gpointer)fresh.key);
}

static void tell_ambiguous(Reading *r, const Lookup *l, guint row, const Entry *before,
                           const Entry *now)
{
    const Table *t = r->tables[l->source];
    if (strcmp(before->key, now->key) == 0)
        diag_add(r->diags, DIAG_ERROR, "ambiguous-lookup", t->file, t->line[row], 0,
                 "lookup %s has two answers for one key: %s is both %s and %s (lines %u and %u; "
                 "narrow it with rows:)",
                 l->id, now->key, before->value, now->value, before->line, now->line);
    else
        diag_add(r->diags, DIAG_ERROR, "ambiguous-lookup", t->file, t->line[row], 0,
                 "lookup %s has two names that are read as one: %s is %s and %s is %s "
                 "(lines %u and %u; narrow it with rows:, or leave out names: yes)",
                 l->id, before->key, before->value, now->key, now->value, before->line, now->line);
}

static void read_entries(Reading *r, LookupTable *out)
{
    const Lookup *l = out->lookup;
    const Table *t = r->tables[l->source];
    const int key = reading_column(r, l->source, l->key, &l->where);
    const int value = reading_column(r, l->source, l->value, &l->where);
    g_autoptr(BoundFilters) rows = filters_bind(r, l->source, &l->rows);
    g_autoptr(BoundFilters) all = filters_bind(r, l->source, &r->study->sources[l->source].rows);
    if (key < 0 || value < 0 || !rows || !all)
        return;
    for (guint row = 0; row < t->n_rows; row++) {
        const Entry now = {table_cell(t, row, (guint)key), table_cell(t, row, (guint)value),
                           t->line[row]};
        if (!*now.key || !*now.value || !filters_keep(all, t, row) || !filters_keep(rows, t, row))
            continue;
        const Entry *before = find(out, now.key);
        if (!before)
            add_entry(out, now);
        else if (strcmp(before->value, now.value) != 0)
            tell_ambiguous(r, l, row, before, &now);
    }
}

static void fault(Reading *r, const Recode *at, const char *rule, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
static void fault(Reading *r, const Recode *at, const char *rule, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    diag_add(r->diags, DIAG_ERROR, rule, at->where.file, at->where.line, at->where.column, "%s",
             text);
}

/* Another spelling stands for a key that is there, and for no other. */
static void add_alternatives(Reading *r, LookupTable *t)
{
    const Lookup *l = t->lookup;
    for (guint i = 0; i < l->n_alternatives; i++) {
        const Recode *a = &l->alternatives[i];
        const Entry *means = find(t, a->to), *before = find(t, a->from);
        g_autofree char *near = means ? NULL : lookup_nearest(t, a->to);
        if (!means)
            fault(r, a, "bad-reference",
                  "an alternative for a key that lookup %s does not have: %s (%s)", l->id, a->to,
                  near ? near : "a text of its key column");
        else if (before && strcmp(before->value, means->value) != 0)
            fault(r, a, "ambiguous-lookup",
                  "an alternative that lookup %s has already with another answer: %s is %s, and %s "
                  "is %s (a spelling that it does not have)",
                  l->id, a->from, before->value, a->to, means->value);
        else if (!before)
            add_entry(t, (Entry){.key = a->from, .value = means->value});
    }
}

static LookupTable *lookup_new(Reading *r, const Lookup *l)
{
    LookupTable *t = g_new(LookupTable, 1);
    t->lookup = l;
    t->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    t->names = g_ptr_array_new();
    read_entries(r, t);
    add_alternatives(r, t);
    return t;
}

void lookup_free(LookupTable *t)
{
    if (!t)
        return;
    g_hash_table_unref(t->entries);
    g_ptr_array_unref(t->names);
    g_free(t);
}

void reading_load_lookups(Reading *r)
{
    r->lookups = g_new0(LookupTable *, r->study->n_lookups + 1);
    for (guint i = 0; i < r->study->n_lookups; i++)
        if (r->tables[r->study->lookups[i].source])
            r->lookups[i] = lookup_new(r, &r->study->lookups[i]);
}

const char *lookup_find(const LookupTable *t, const char *key)
{
    const Entry *found = t ? find(t, key) : NULL;
    return found ? found->value : NULL;
}

/* Spelt as in the lookup, compared as names are. */
char *lookup_nearest(const LookupTable *t, const char *key)
{
    enum { MOST = 3 };
    const char *near[MOST];
    g_autofree char *folded = fold(t->lookup, key);
    g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < t->names->len; i++)
        g_ptr_array_add(candidates, fold(t->lookup, t->names->pdata[i]));
    g_ptr_array_add(candidates, NULL);
    const guint n = text_nearest_few(folded, (const char *const *)candidates->pdata, near, MOST);
    for (guint k = 0; k < n; k++) {
        const Entry *entry = g_hash_table_lookup(t->entries, near[k]);
        g_string_append_printf(out, "%s%s", k ? ", " : "nearest: ", entry->key);
    }
    return n ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

char *reading_nearest_names(const Reading *r, int source, const char *key)
{
    const AreaRule *rule = &r->study->sources[source].area;
    for (guint j = 0; j < rule->n_joins; j++) {
        const LookupTable *t = r->lookups[rule->joins[j]];
        const char *next = lookup_find(t, key);
        if (!next && t && t->lookup->names)
            return lookup_nearest(t, key);
        key = next ? next : key;
    }
    return NULL;
}
