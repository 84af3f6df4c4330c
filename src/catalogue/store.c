#include "store.h"

typedef struct {
    gpointer item;
    GDestroyNotify destroy;
} Owned;

struct Store {
    GArray *owned;
};

static void owned_clear(gpointer data)
{
    Owned *o = data;
    o->destroy(o->item);
}

Store *store_new(void)
{
    Store *s = g_new0(Store, 1);
    s->owned = g_array_new(FALSE, FALSE, sizeof(Owned));
    g_array_set_clear_func(s->owned, owned_clear);
    return s;
}

void store_free(Store *s)
{
    if (!s)
        return;
    g_array_unref(s->owned);
    g_free(s);
}

gpointer store_take(Store *s, gpointer item, GDestroyNotify destroy)
{
    Owned o = {item, destroy};
    g_array_append_val(s->owned, o);
    return item;
}

gpointer store_array(Store *s, guint n, gsize size)
{
    return n > 0 ? store_take(s, g_malloc0_n(n, size), g_free) : NULL;
}

char *store_text(Store *s, const char *text)
{
    return store_take(s, g_strdup(text), g_free);
}
