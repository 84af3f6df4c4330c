#include "peerline/intake/table.h"

#include <string.h>

void table_free(Table *t)
{
    if (!t)
        return;
    for (guint i = 0; i < t->n_columns; i++)
        g_free(t->columns[i]);
    g_free(t->columns);
    g_free(t->file);
    g_free(t->line);
    g_free(t->n_fields);
    g_free(t->cells);
    g_free(t->storage);
    g_free(t);
}

int table_column(const Table *t, const char *name)
{
    for (guint i = 0; i < t->n_columns; i++) {
        if (strcmp(t->columns[i], name) == 0)
            return (int)i;
    }
    return -1;
}
