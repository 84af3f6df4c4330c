#include "peerline/intake/table.h"

#include <string.h>

#include "columns.h"
#include "peerline/base/text.h"

void table_free(Table *t)
{
    if (!t)
        return;
    for (guint i = 0; i < t->n_columns; i++)
        g_free(t->columns[i]);
    g_free(t->columns);
    g_free(t->file);
    g_free(t->sheet);
    g_free(t->line);
    g_free(t->n_fields);
    g_free(t->cells);
    if (t->storage_free)
        t->storage_free(t->storage);
    else
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

char *column_name(GHashTable *seen, const char *field, guint number)
{
    g_autofree char *name = text_squeeze(field);
    if (!*name) {
        g_free(name);
        name = g_strdup_printf("column %u", number);
    }
    char *result = g_strdup(name);
    for (guint i = 2; g_hash_table_contains(seen, result); i++) {
        g_free(result);
        result = g_strdup_printf("%s (%u)", name, i);
    }
    g_hash_table_add(seen, result);
    return result;
}
