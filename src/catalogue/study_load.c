#include "study_load.h"

#include <math.h>
#include <string.h>

#include "corrections.h"
#include "study_glyphs.h"
#include "study_tables.h"
#include "tables_brand.h"

#define MOST_QUERY (1024 * 1024)

/* A study is read in this order: study.yaml, the files of its sections, all records, all
 * references, and then the rules between them. */

typedef struct {
    const char *name;
    const YamlRecord *record;
    gsize items, n; /* members of Study; not used for areas, which is one record */
} Section;

#define SECTION(name, record, items, n)                                                            \
    {                                                                                              \
        name, &record, offsetof(Study, items), offsetof(Study, n)                                  \
    }

enum {
    SECTION_AREAS = 0,
    SECTION_SOURCES,
    SECTION_INDICATORS = 4,
    SECTION_CORRECTIONS = 8,
    N_SECTIONS = 11
};
static const Section SECTIONS[N_SECTIONS] = {
    [SECTION_AREAS] = {"areas", &AREAS_RECORD, offsetof(Study, areas), 0},
    [SECTION_SOURCES] = SECTION("sources", SOURCE_RECORD, sources, n_sources),
    SECTION("lookups", LOOKUP_RECORD, lookups, n_lookups),
    SECTION("peers", PEERS_RECORD, peers, n_peers),
    [SECTION_INDICATORS] = SECTION("indicators", INDICATOR_RECORD, indicators, n_indicators),
    SECTION("pairs", PAIR_RECORD, pairs, n_pairs),
    SECTION("practice", PRACTICE_RECORD, practice, n_practice),
    SECTION("expected_rejections", EXPECTED_RECORD, expected, n_expected),
    [SECTION_CORRECTIONS] = SECTION("corrections", CORRECTION_RECORD, corrections, n_corrections),
    SECTION("maps", MAP_RECORD, maps, n_maps),
    SECTION("compositions", COMPOSITION_RECORD, compositions, n_compositions),
};

typedef struct {
    YamlMapper mapper;
    Study *study;
    const char *path;             /* of study.yaml */
    guint faults_before;          /* errors that were there already */
    GPtrArray *trees;             /* of every file: nodes stay alive until the study is complete */
    GPtrArray *files;             /* char *, owned by the store */
    GPtrArray *items[N_SECTIONS]; /* YamlNode *, from all files of a section */
} Loader;

static gboolean has_faults(const Loader *l)
{
    return diagnostics_count(l->mapper.diags, DIAG_ERROR) > l->faults_before;
}

/* ---- files --------------------------------------------------------------------------------- */

/* A name in the definitions is relative to study.yaml. */
static char *beside(const Loader *l, const char *name)
{
    if (g_path_is_absolute(name) || g_str_equal(l->study->directory, "."))
        return g_strdup(name);
    return g_build_filename(l->study->directory, name, NULL);
}

static gboolean read_file(const char *path, char **data, gsize *n, char **reason)
{
    g_autoptr(GError) error = NULL;
    if (g_file_get_contents(path, data, n, &error))
        return TRUE;
    const char *last = strrchr(error->message, ':'); /* GLib's text repeats the name */
    *reason = g_strdup(last ? last + 2 : error->message);
    return FALSE;
}

/* Parses a file that is in memory and keeps its tree. NULL after a fault or if it is empty. */
static const YamlNode *parse(Loader *l, const char *path, const char *data, gsize n)
{
    YamlTree *tree = yaml_tree_parse(data, n, path, l->mapper.diags);
    g_ptr_array_add(l->files, store_text(l->mapper.store, path));
    if (!tree)
        return NULL;
    g_ptr_array_add(l->trees, tree);
    return yaml_tree_root(tree);
}

static const YamlNode *read_yaml(Loader *l, const char *path, const YamlNode *named_at)
{
    g_autofree char *data = NULL, *reason = NULL;
    gsize n;
    if (read_file(path, &data, &n, &reason))
        return parse(l, path, data, n);
    yaml_fault(&l->mapper, named_at, "cannot-read", "cannot read %s: %s (a YAML file beside %s)",
               path, reason, l->path);
    return NULL;
}

/* ---- sections ------------------------------------------------------------------------------- */

static void add_item(Loader *l, guint section, const YamlNode *node)
{
    g_ptr_array_add(l->items[section], (gpointer)node);
}

/* The contents of a section file: the section itself, or a mapping with its name as the only key.
 */
static void add_file_contents(Loader *l, guint section, const YamlNode *root)
{
    const YamlNode *named = root->n == 1 ? yaml_get(root, SECTIONS[section].name) : NULL;
    const YamlNode *contents = named ? named : root;
    gboolean list = section != SECTION_AREAS;
    if (list && contents->kind != YAML_LIST) {
        yaml_fault(&l->mapper, contents, "wrong-type", "wrong type for %s: %s (a list of mappings)",
                   SECTIONS[section].name, yaml_describe(contents));
        return;
    }
    if (!list)
        add_item(l, section, contents);
    for (guint i = 0; list && i < contents->n; i++)
        add_item(l, section, contents->items[i]);
}

/* Corrections alone may be a table. */
static gboolean is_csv(guint section, const char *path)
{
    return section == SECTION_CORRECTIONS && g_str_has_suffix(path, ".csv");
}

static void add_csv(Loader *l, const char *path, const YamlNode *named_at)
{
    g_autofree char *data = NULL, *reason = NULL;
    gsize n;
    if (!read_file(path, &data, &n, &reason)) {
        yaml_fault(&l->mapper, named_at, "cannot-read", "cannot read %s: %s (a CSV file)", path,
                   reason);
        return;
    }
    g_ptr_array_add(l->files, store_text(l->mapper.store, path));
    g_autoptr(GPtrArray) rows = corrections_read_csv(&l->mapper, path, data, n);
    for (guint i = 0; i < rows->len; i++)
        add_item(l, SECTION_CORRECTIONS, rows->pdata[i]);
}

static void add_path(Loader *l, guint section, const char *path, const YamlNode *named_at)
{
    const YamlNode *root = NULL;
    if (is_csv(section, path))
        add_csv(l, path, named_at);
    else
        root = read_yaml(l, path, named_at);
    if (root)
        add_file_contents(l, section, root);
}

static void add_file(Loader *l, guint section, const YamlNode *name)
{
    g_autofree char *path = beside(l, name->text);
    add_path(l, section, path, name);
}

/* A section in study.yaml: written there, or the name of a file, or a list of both. */
static void add_section(Loader *l, guint section, const YamlNode *node)
{
    if (yaml_is_null(node))
        yaml_fault(&l->mapper, node, "wrong-type",
                   "%s has no value (the section, or the name of a file; or leave the key out)",
                   SECTIONS[section].name);
    else if (node->kind == YAML_TEXT)
        add_file(l, section, node);
    else if (section == SECTION_AREAS)
        add_item(l, section, node);
    else if (node->kind == YAML_MAP)
        yaml_fault(&l->mapper, node, "wrong-type",
                   "wrong type for %s: a mapping (a list, or the name of a file)",
                   SECTIONS[section].name);
    for (guint i = 0; node->kind == YAML_LIST && section != SECTION_AREAS && i < node->n; i++) {
        if (node->items[i]->kind == YAML_TEXT && !yaml_is_null(node->items[i]))
            add_file(l, section, node->items[i]);
        else
            add_item(l, section, node->items[i]);
    }
}

/* A file that has the name of the section. */
static void find_file(Loader *l, guint section, const char *ending, const YamlNode *root)
{
    g_autofree char *name = g_strconcat(SECTIONS[section].name, ending, NULL);
    g_autofree char *path = beside(l, name);
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
        add_path(l, section, path, root);
}

static void find_sections(Loader *l, const YamlNode *root)
{
    for (guint i = 0; i < N_SECTIONS; i++) {
        const YamlNode *node = yaml_get(root, SECTIONS[i].name);
        if (node) {
            add_section(l, i, node);
            continue;
        }
        find_file(l, i, ".yaml", root);
        if (i == SECTION_CORRECTIONS)
            find_file(l, i, ".csv", root);
    }
}

static void map_sections(Loader *l)
{
    for (guint i = 0; i < N_SECTIONS; i++) {
        const Section *s = &SECTIONS[i];
        char *member = (char *)l->study + s->items;
        YamlNode *const *nodes = (YamlNode *const *)l->items[i]->pdata;
        if (i == SECTION_AREAS) {
            if (l->items[i]->len > 0)
                yaml_map_record(&l->mapper, s->record, nodes[0], member);
            continue;
        }
        *(gpointer *)member = yaml_map_records(&l->mapper, s->record, nodes, l->items[i]->len);
        *(guint *)((char *)l->study + s->n) = l->items[i]->len;
    }
}

static void require_sections(Loader *l, const YamlNode *root)
{
    static const guint NEEDED[] = {SECTION_AREAS, SECTION_SOURCES, SECTION_INDICATORS};
    gboolean known = !has_faults(l); /* else one may be missing only because of a fault in it */
    for (guint i = 0; i < G_N_ELEMENTS(NEEDED); i++) {
        const char *name = SECTIONS[NEEDED[i]].name;
        if (known && l->items[NEEDED[i]]->len == 0)
            yaml_fault(&l->mapper, root, "missing-key",
                       "missing section in study: %s (here or in %s.yaml beside it)", name, name);
    }
}

/* ---- after the references -------------------------------------------------------------------- */

/* A published limit that gives only its column stands in the rows of the value. */
static void inherit(Quantity *limit, const Quantity *value)
{
    if (!quantity_is_declared(limit) || !quantity_is_declared(value) || limit->source >= 0)
        return;
    limit->source = value->source;
    if (isnan(limit->scale))
        limit->scale = value->scale;
    if (limit->rows.n == 0)
        limit->rows = value->rows;
    if (!limit->deflates && value->deflates) {
        limit->deflates = TRUE;
        limit->deflate = value->deflate;
    }
}

/* A scale that was not given: of a limit the value's, else 1. What a further source does not say
 * for itself is the quantity's. */
static void settle(Quantity *q)
{
    if (isnan(q->scale))
        q->scale = 1;
    for (guint i = 0; i < q->n_further; i++) {
        Quantity *f = &q->further[i];
        f->scale = isnan(f->scale) ? q->scale : f->scale;
        f->sum = q->sum;
        f->gather = q->gather;
        f->gather_into = q->gather_into;
        f->deflates = q->deflates;
        f->deflate = q->deflate;
        f->by_age = q->by_age;
        f->age = q->age;
    }
}

static void complete_quantities(Study *s)
{
    for (guint k = 0; k < s->n_indicators; k++) {
        Indicator *i = &s->indicators[k];
        Quantity *all[] = {&i->numerator, &i->denominator, &i->value,    &i->lower95,
                           &i->upper95,   &i->lower99_8,   &i->upper99_8};
        inherit(&i->lower95, &i->value);
        inherit(&i->upper95, &i->value);
        inherit(&i->lower99_8, &i->value);
        inherit(&i->upper99_8, &i->value);
        for (guint q = 0; q < G_N_ELEMENTS(all); q++)
            settle(all[q]);
    }
    for (guint k = 0; k < s->n_compositions; k++) {
        settle(&s->compositions[k].denominator);
        for (guint p = 0; p < s->compositions[k].n_parts; p++)
            settle(&s->compositions[k].parts[p].amount);
    }
    for (guint k = 0; k < s->n_peers; k++) {
        for (guint v = 0; v < s->peers[k].n_variables; v++) {
            settle(&s->peers[k].variables[v].numerator);
            settle(&s->peers[k].variables[v].denominator);
        }
    }
}

static void resolve_paths(Loader *l)
{
    for (guint i = 0; i < l->study->n_sources; i++) {
        Source *s = &l->study->sources[i];
        if (s->path)
            s->path = store_take(l->mapper.store, beside(l, s->path), g_free);
    }
}

/* The texts of queries that stand in files of their own. */
static void read_query(Loader *l, SqlQuery *q)
{
    g_autofree char *path = beside(l, q->file);
    g_autofree char *data = NULL, *reason = NULL;
    gsize n = 0;
    if (!read_file(path, &data, &n, &reason))
        yaml_fault_at(&l->mapper, q->where, "cannot-read", "cannot read %s: %s (a query in SQL)",
                      path, reason);
    else if (n > MOST_QUERY || !g_utf8_validate_len(data, n, NULL))
        yaml_fault_at(&l->mapper, q->where, "cannot-read",
                      "%s is no query: %" G_GSIZE_FORMAT " bytes (at most 1 MiB of text in UTF-8)",
                      path, n);
    else
        q->text = store_text(l->mapper.store, data);
    g_ptr_array_add(l->files, store_text(l->mapper.store, path));
}

static void read_queries(Loader *l)
{
    for (guint i = 0; i < l->study->n_sources; i++)
        if (l->study->sources[i].sql.file)
            read_query(l, &l->study->sources[i].sql);
}

/* Sentences of the study's own. */
static void read_templates(Loader *l)
{
    Study *s = l->study;
    if (!s->template_files)
        return;
    for (char **file = s->template_files; *file; file++) {
        *file = store_take(l->mapper.store, beside(l, *file), g_free);
        g_ptr_array_add(l->files, *file);
    }
    s->templates = templates_read(s->template_files, l->mapper.diags);
}

static void read_logo(Loader *l)
{
    Brand *b = &l->study->brand;
    if (!b->logo)
        return;
    b->logo = store_take(l->mapper.store, beside(l, b->logo), g_free);
    g_ptr_array_add(l->files, b->logo);
    brand_read_logo(&l->mapper, b);
}

static char *font_path(Loader *l, const char *name)
{
    char *path = store_take(l->mapper.store, beside(l, name), g_free);
    g_ptr_array_add(l->files, path);
    return path;
}

static void read_fonts(Loader *l)
{
    Brand *b = &l->study->brand;
    if (b->font && b->font_bold) {
        b->font = font_path(l, b->font);
        b->font_bold = font_path(l, b->font_bold);
    }
    for (char **more = b->font_more; more && *more; more++)
        *more = font_path(l, *more);
    if (b->font || (b->font_more && *b->font_more))
        brand_read_fonts(&l->mapper, b);
}

static void keep_file_names(Loader *l)
{
    Study *s = l->study;
    s->definition_files = store_array(l->mapper.store, l->files->len + 1, sizeof(char *));
    for (guint i = 0; i < l->files->len; i++)
        s->definition_files[i] = l->files->pdata[i];
}

static void load(Loader *l, const YamlNode *root)
{
    yaml_map_record(&l->mapper, &STUDY_RECORD, root, l->study);
    if (root->kind != YAML_MAP)
        return;
    find_sections(l, root);
    map_sections(l);
    require_sections(l, root);
    yaml_mapper_resolve(&l->mapper);
    if (has_faults(l))
        return;
    corrections_sort(l->study->corrections, l->study->n_corrections);
    complete_quantities(l->study);
    resolve_paths(l);
    read_queries(l);
    sql_bind_periods(&l->mapper, l->study);
    read_templates(l);
    read_logo(l);
    read_fonts(l);
    glyphs_check(&l->mapper, l->study, l->trees);
    keep_file_names(l);
    study_check(&l->mapper, l->study);
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static void tree_destroy(gpointer tree)
{
    yaml_tree_free(tree);
}

static Loader loader_new(const char *path, Diagnostics *diags)
{
    Loader l = {.path = path, .faults_before = diagnostics_count(diags, DIAG_ERROR)};
    Store *store = store_new();
    yaml_mapper_init(&l.mapper, store, diags);
    l.study = g_new0(Study, 1);
    l.study->storage = store;
    l.study->directory = store_take(store, g_path_get_dirname(path), g_free);
    l.trees = g_ptr_array_new_with_free_func(tree_destroy);
    l.files = g_ptr_array_new();
    for (guint i = 0; i < N_SECTIONS; i++)
        l.items[i] = g_ptr_array_new();
    return l;
}

static void loader_clear(Loader *l)
{
    yaml_mapper_clear(&l->mapper);
    g_ptr_array_unref(l->trees);
    g_ptr_array_unref(l->files);
    for (guint i = 0; i < N_SECTIONS; i++)
        g_ptr_array_unref(l->items[i]);
}

Study *study_parse(const char *path, const char *data, gsize n, Diagnostics *diags)
{
    Loader l = loader_new(path, diags);
    g_autoptr(Study) study = l.study;
    const YamlNode *root = parse(&l, path, data, n);
    if (root)
        load(&l, root);
    else if (!has_faults(&l))
        diag_add(diags, DIAG_ERROR, "wrong-type", path, 1, 1,
                 "an empty file (a mapping with id, title, areas, sources and indicators)");
    gboolean ok = !has_faults(&l);
    loader_clear(&l);
    return ok ? g_steal_pointer(&study) : NULL;
}

Study *study_load(const char *path, Diagnostics *diags)
{
    g_autofree char *data = NULL, *reason = NULL;
    gsize n;
    if (read_file(path, &data, &n, &reason))
        return study_parse(path, data, n, diags);
    diag_add(diags, DIAG_ERROR, "cannot-read", path, 0, 0,
             "cannot read the study: %s (a YAML file)", reason);
    return NULL;
}

void study_free(Study *s)
{
    if (!s)
        return;
    templates_free(s->templates);
    store_free(s->storage);
    g_free(s);
}

int study_indicator(const Study *s, const char *id)
{
    for (guint i = 0; i < s->n_indicators; i++)
        if (g_str_equal(s->indicators[i].id, id))
            return (int)i;
    return -1;
}

int study_source(const Study *s, const char *id)
{
    for (guint i = 0; i < s->n_sources; i++)
        if (g_str_equal(s->sources[i].id, id))
            return (int)i;
    return -1;
}
