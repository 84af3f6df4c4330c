#include "peerline/catalogue/words.h"
#include "peerline/chart/scene.h"

/* Two areas of one name: "Newport", "Newport (2)". */
static void part_columns(SceneTable *t)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < t->n_columns; i++) {
        g_autofree char *name = g_strdup(t->columns[i]);
        for (guint n = 2; g_hash_table_contains(seen, t->columns[i]); n++) {
            g_free(t->columns[i]);
            t->columns[i] = g_strdup_printf("%s (%u)", name, n);
        }
        g_hash_table_add(seen, t->columns[i]);
    }
}

SceneTable *scene_table_new(const Study *study, const char *caption, const char *const *columns,
                            guint n_words)
{
    SceneTable *t = g_new0(SceneTable, 1);
    t->caption = g_strdup(caption ? caption : "");
    t->columns = g_strdupv((char **)(gpointer)columns);
    t->n_columns = g_strv_length(t->columns);
    part_columns(t);
    t->missing = words_label(study, WORD_CHART_NO_DATA);
    t->n_words = n_words;
    t->cells = g_ptr_array_new_with_free_func(g_free);
    return t;
}

void scene_table_add(SceneTable *t, const char *const *cells)
{
    for (guint i = 0; i < t->n_columns; i++) {
        const char *cell = cells[i] && *cells[i] ? cells[i] : t->missing;
        g_ptr_array_add(t->cells, g_strdup(cell));
    }
    t->n_rows++;
}

const char *scene_table_cell(const SceneTable *t, guint row, guint column)
{
    return g_ptr_array_index(t->cells, row * t->n_columns + column);
}

void scene_table_free(SceneTable *t)
{
    if (!t) {
        return;
    }
    g_free(t->caption);
    g_strfreev(t->columns);
    g_ptr_array_unref(t->cells);
    g_free(t);
}
