#include "study_glyphs.h"

typedef struct {
    Diagnostics *diags;
    const Study *study;
    GHashTable *told;
} Looking;

static gboolean is_new(Looking *l, const char *character)
{
    return g_hash_table_add(l->told, g_strdup(character));
}

/* Every font has ASCII. */
static gboolean is_plain(const char *text)
{
    return !text || g_str_is_ascii(text);
}

/* ---- messages ---------------------------------------------------------------------------------
 */

static void look_at_message(Looking *l, const char *key, const char *text)
{
    if (is_plain(text))
        return;
    const Where *at = &l->study->brand.where;
    char *const *files = l->study->template_files;
    const Fonts *fonts = l->study->brand.fonts;
    g_autofree char *none = fonts_lacking(fonts, text);
    g_autofree char *other = none ? NULL : fonts_stood_in_for(fonts, text);
    if (none && is_new(l, none))
        diag_add(l->diags, DIAG_ERROR, "missing-character",
                 files && !files[1] ? files[0] : at->file, 0, 0,
                 "no font has a character of the message \"%s\": %s (brand: font_more brings fonts "
                 "of other scripts)",
                 key, none);
    if (other && is_new(l, other))
        diag_add(l->diags, DIAG_NOTE, "missing-character", at->file, at->line, at->column,
                 "the font %s lacks a character of the message \"%s\", and another font stands in: "
                 "%s",
                 fonts_family(fonts), key, other);
}

static void look_at_messages(Looking *l)
{
    const Templates *all = l->study->templates ? l->study->templates : templates_builtin();
    for (guint k = 0; k < templates_count(all); k++) {
        const Template *t = templates_get(all, k);
        for (guint p = 0; p < t->n_parts; p++) {
            look_at_message(l, t->key, t->parts[p].text);
            look_at_message(l, t->key, t->parts[p].one);
            look_at_message(l, t->key, t->parts[p].many);
        }
    }
}

/* ---- definitions ------------------------------------------------------------------------------
 */

static void look_at_text(Looking *l, const YamlNode *node)
{
    if (is_plain(node->text))
        return;
    const Fonts *fonts = l->study->brand.fonts;
    g_autofree char *none = fonts_lacking(fonts, node->text);
    g_autofree char *other = none ? NULL : fonts_stood_in_for(fonts, node->text);
    if (none && is_new(l, none))
        diag_add(l->diags, DIAG_NOTE, "missing-character", node->file, node->line, node->column,
                 "no font has a character of this text, should it be printed: %s (brand: font_more "
                 "brings fonts of other scripts)",
                 none);
    if (other && is_new(l, other))
        diag_add(l->diags, DIAG_NOTE, "missing-character", node->file, node->line, node->column,
                 "the font %s lacks a character of this text, and another font stands in: %s",
                 fonts_family(fonts), other);
}

static void look_at_node(Looking *l, const YamlNode *node)
{
    if (node->kind == YAML_TEXT)
        look_at_text(l, node);
    for (guint k = 0; k < node->n; k++)
        look_at_node(l, node->items[k]);
}

void glyphs_check(YamlMapper *m, const Study *study, const GPtrArray *trees)
{
    Looking l = {m->diags, study, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    if (study->templates || study->brand.fonts)
        look_at_messages(&l);
    for (guint k = 0; k < trees->len; k++)
        if (yaml_tree_root(trees->pdata[k]))
            look_at_node(&l, yaml_tree_root(trees->pdata[k]));
    g_hash_table_unref(l.told);
}
