#include "peerline/report/changes.h"

#include <string.h>

const char *change_name(ChangeKind kind)
{
    static const char *const names[] = {"new_figure",  "revised_figure",   "withdrawn_figure",
                                        "new_outlier", "resolved_outlier", "moved"};
    G_STATIC_ASSERT(G_N_ELEMENTS(names) == N_CHANGE_KINDS);
    return names[kind];
}

Changes *changes_new(void)
{
    Changes *c = g_new0(Changes, 1);
    c->items = g_array_new(FALSE, TRUE, sizeof(EditionChange));
    c->texts = g_string_chunk_new(4096);
    return c;
}

void changes_free(Changes *c)
{
    if (!c)
        return;
    g_array_unref(c->items);
    g_string_chunk_free(c->texts);
    g_free(c->edition);
    g_free(c->assessment);
    g_free(c);
}

static void own(Changes *c, const char **text)
{
    *text = *text && **text ? g_string_chunk_insert_const(c->texts, *text) : NULL;
}

static void own_side(Changes *c, ChangeSide *side)
{
    own(c, &side->outlier);
    own(c, &side->direction);
    own(c, &side->judgement);
}

void changes_add(Changes *c, const EditionChange *change)
{
    EditionChange copy = *change;
    own(c, &copy.indicator_id);
    own(c, &copy.indicator);
    own(c, &copy.area_code);
    own(c, &copy.area_name);
    own(c, &copy.period);
    own(c, &copy.period_before);
    own_side(c, &copy.before);
    own_side(c, &copy.now);
    g_array_append_val(c->items, copy);
    c->n[copy.kind]++;
}

static int compare(gconstpointer va, gconstpointer vb)
{
    const EditionChange *a = va, *b = vb;
    int order = g_strcmp0(a->indicator_id, b->indicator_id);
    order = order ? order : g_strcmp0(a->period, b->period);
    order = order ? order : g_strcmp0(a->area_code, b->area_code);
    return order ? order : (int)a->kind - (int)b->kind;
}

void changes_sort(Changes *c)
{
    g_array_sort(c->items, compare);
}
