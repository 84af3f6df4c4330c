#include "peerline/base/diag.h"

#include <stdio.h>

struct Diagnostics {
    GMutex lock;
    GArray *items;   /* of Diag */
    GHashTable *met; /* each of them as text: what is said twice of one place is said once */
    gboolean sorted;
};

static void diag_clear(gpointer item)
{
    g_free(((Diag *)item)->message);
}

Diagnostics *diagnostics_new(void)
{
    Diagnostics *d = g_new0(Diagnostics, 1);
    g_mutex_init(&d->lock);
    d->items = g_array_new(FALSE, FALSE, sizeof(Diag));
    g_array_set_clear_func(d->items, diag_clear);
    d->met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    d->sorted = TRUE;
    return d;
}

void diagnostics_free(Diagnostics *d)
{
    if (!d)
        return;
    g_array_unref(d->items);
    g_hash_table_unref(d->met);
    g_mutex_clear(&d->lock);
    g_free(d);
}

/* Messages quote what was found in a file that somebody else wrote: control characters in it must
 * reach neither a terminal nor break the one-line-per-message rule. Takes ownership. */
static char *printable(char *message)
{
    gboolean clean = TRUE;
    for (const char *p = message; *p && clean; p++)
        clean = (guchar)*p >= 0x20 && *p != 0x7f;
    if (clean)
        return message;
    GString *out = g_string_new(NULL);
    for (const char *p = message; *p; p++) {
        if (*p == '\n')
            g_string_append(out, "\\n");
        else if ((guchar)*p < 0x20 || *p == 0x7f)
            g_string_append_printf(out, "\\x%02x", (guchar)*p);
        else
            g_string_append_c(out, *p);
    }
    g_free(message);
    return g_string_free(out, FALSE);
}

void diag_add(Diagnostics *d, DiagSeverity severity, const char *rule, const char *file, guint line,
              guint column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *message = g_strdup_vprintf(format, args);
    va_end(args);
    Diag item = {
        .severity = severity,
        .rule = g_intern_string(rule),
        .file = g_intern_string(file),
        .line = line,
        .column = column,
        .message = printable(message),
    };
    char *key = g_strdup_printf("%d\t%s\t%s\t%u\t%u\t%s", severity, rule, file ? file : "", line,
                                column, item.message);
    g_mutex_lock(&d->lock);
    if (g_hash_table_add(d->met, key)) {
        g_array_append_val(d->items, item);
        d->sorted = FALSE;
    } else {
        diag_clear(&item);
    }
    g_mutex_unlock(&d->lock);
}

guint diagnostics_count(const Diagnostics *d, DiagSeverity at_least)
{
    guint n = 0;
    GMutex *lock = &((Diagnostics *)d)->lock; /* counting does not change what it counts */
    g_mutex_lock(lock);
    for (guint i = 0; i < d->items->len; i++)
        n += g_array_index(d->items, Diag, i).severity >= at_least;
    g_mutex_unlock(lock);
    return n;
}

static int compare(gconstpointer pa, gconstpointer pb)
{
    const Diag *a = pa, *b = pb;
    int by = g_strcmp0(a->file, b->file);
    if (by == 0)
        by = (a->line > b->line) - (a->line < b->line);
    if (by == 0)
        by = (a->column > b->column) - (a->column < b->column);
    if (by == 0)
        by = g_strcmp0(a->rule, b->rule);
    if (by == 0)
        by = g_strcmp0(a->message, b->message);
    /* The same message as a warning and as an error: still one order. */
    return by ? by : (a->severity > b->severity) - (a->severity < b->severity);
}

const Diag *diagnostics_sorted(Diagnostics *d, guint *n)
{
    g_mutex_lock(&d->lock);
    if (!d->sorted) {
        g_array_sort(d->items, compare);
        d->sorted = TRUE;
    }
    *n = d->items->len;
    const Diag *first = (const Diag *)(gpointer)d->items->data;
    g_mutex_unlock(&d->lock);
    return first;
}

char *diag_text(const Diag *diag)
{
    GString *out = g_string_new(NULL);
    if (diag->file)
        g_string_append_printf(out, "%s:", diag->file);
    if (diag->line)
        g_string_append_printf(out, "%u:", diag->line);
    if (diag->line && diag->column)
        g_string_append_printf(out, "%u:", diag->column);
    if (out->len)
        g_string_append_c(out, ' ');
    g_string_append(out, diag->message);
    if (diag->rule)
        g_string_append_printf(out, " [%s]", diag->rule);
    return g_string_free(out, FALSE);
}

void diagnostics_print(Diagnostics *d, DiagSeverity at_least)
{
    guint n;
    const Diag *items = diagnostics_sorted(d, &n);
    for (guint i = 0; i < n; i++) {
        if (items[i].severity < at_least)
            continue;
        g_autofree char *text = diag_text(&items[i]);
        fprintf(stderr, "%s\n", text);
    }
}
