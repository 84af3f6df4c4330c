#include "peerline/catalogue/study_make.h"

#include "store.h"

Study *study_make(void)
{
    Study *s = g_new0(Study, 1);
    s->storage = store_new();
    s->areas.source = -1;
    s->definition_files = study_make_array(s, 1, sizeof(char *));
    return s;
}

char *study_make_text(Study *s, const char *text)
{
    return text ? store_text(s->storage, text) : NULL;
}

gpointer study_make_array(Study *s, guint n, gsize size)
{
    return store_array(s->storage, n, size);
}

Quantity study_make_no_quantity(void)
{
    return (Quantity){.source = -1, .scale = 1};
}
