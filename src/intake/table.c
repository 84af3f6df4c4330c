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
    for (guint i = 0; t->texts && i < t->n_kept; i++)
        g_free(t->texts[i]);
    for (guint i = 0; i < t->n_stripes; i++)
        g_free(t->stripes[i]);
    g_free(t->place);
    g_free(t->texts);
    g_free(t->n_codes);
    g_free(t->stripes);
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

void table_not_kept(const Table *t, guint column)
{
    g_error("%s: column '%s' is read but was not planned for", t->file, t->columns[column]);
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
