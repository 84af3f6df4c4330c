#include "compound.h"

#include <string.h>

#include "peerline/base/error.h"

enum {
    HEADER = 512,
    IN_HEADER = 109, /* sectors of the table that the header itself names */
    ENTRY = 128,     /* bytes of an entry of the directory */
    NAME_BYTES = 64,
    STREAM = 2,
    ROOT = 5
};
/* Numbers of sectors that are none: free, end of a chain, and what tables are made of. */
#define LAST_SECTOR 0xFFFFFFFAu
#define NO_ENTRY    0xFFFFFFFFu

typedef struct {
    const char *name;
    const guint8 *data;
    gsize n;
    guint shift;  /* of a sector's size */
    guint32 *fat; /* by sector: the next one of its chain */
    guint32 n_fat;
    GByteArray *directory, *small, *small_fat;
    guint32 cutoff;
} Compound;

static guint32 u16(const guint8 *p)
{
    return (guint32)p[0] | (guint32)p[1] << 8;
}

static guint32 u32(const guint8 *p)
{
    return u16(p) | u16(p + 2) << 16;
}

static gboolean damaged(const Compound *c, const char *what, GError **error)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s: the workbook is damaged or cut short: %s (a whole XLS file)", c->name, what);
    return FALSE;
}

gboolean compound_is(const guint8 *data, gsize n)
{
    return n >= 8 && memcmp(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

/* ---- sectors --------------------------------------------------------------------------------- */

static gsize sector_size(const Compound *c)
{
    return (gsize)1 << c->shift;
}

/* NULL if the file ends before it. The last one may be short, as some programs write it. */
static const guint8 *sector(const Compound *c, guint32 number, gsize *n)
{
    const gsize at = ((gsize)number + 1) << c->shift;
    if (number >= LAST_SECTOR || at >= c->n)
        return NULL;
    *n = MIN(sector_size(c), c->n - at);
    return c->data + at;
}

static gboolean add_fat_sector(Compound *c, guint32 number, guint32 capacity)
{
    gsize n = 0;
    const guint8 *p = sector(c, number, &n);
    if (!p || n < sector_size(c) || c->n_fat + n / 4 > capacity)
        return FALSE;
    for (gsize i = 0; i < n / 4; i++)
        c->fat[c->n_fat++] = u32(p + 4 * i);
    return TRUE;
}

/* The table of chains: the header names its first sectors, a chain of lists the others. */
static gboolean read_fat(Compound *c, GError **error)
{
    const gsize in_sector = sector_size(c) / 4, in_file = c->n >> c->shift;
    guint32 left = u32(c->data + 44), list = u32(c->data + 68);
    if (left > in_file)
        return damaged(c, "its table is larger than the file", error);
    const guint32 capacity = (guint32)(left * in_sector);
    c->fat = g_new(guint32, capacity + 1);
    for (guint i = 0; i < IN_HEADER && left > 0; i++, left--)
        if (!add_fat_sector(c, u32(c->data + 76 + 4 * i), capacity))
            return damaged(c, "a sector of its table is missing", error);
    while (left > 0) { /* every turn takes some of what is left */
        gsize n = 0;
        const guint8 *p = sector(c, list, &n);
        if (!p || n < sector_size(c))
            return damaged(c, "a list of its table is missing", error);
        for (gsize i = 0; i + 1 < in_sector && left > 0; i++, left--)
            if (!add_fat_sector(c, u32(p + 4 * i), capacity))
                return damaged(c, "a sector of its table is missing", error);
        list = u32(p + sector_size(c) - 4);
    }
    return TRUE;
}

/* A chain as one piece; a chain that goes round is longer than the file. */
static GByteArray *chain(const Compound *c, guint32 first, GError **error)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    for (guint32 s = first; s < LAST_SECTOR; s = c->fat[s]) {
        gsize n = 0;
        const guint8 *p = sector(c, s, &n);
        if (!p || s >= c->n_fat || out->len + n > c->n) {
            damaged(c, "a chain of sectors does not end", error);
            return NULL;
        }
        g_byte_array_append(out, p, (guint)n);
    }
    return g_steal_pointer(&out);
}

/* The same among the small sectors, which lie in a chain of their own. */
static GByteArray *small_chain(const Compound *c, guint32 first, guint32 size, GError **error)
{
    enum { SMALL = 64 };
    g_autoptr(GByteArray) out = g_byte_array_new();
    for (guint32 s = first; out->len < size; s = u32(c->small_fat->data + 4 * (gsize)s)) {
        if (s >= c->small_fat->len / 4 || ((gsize)s + 1) * SMALL > c->small->len) {
            damaged(c, "a chain of small sectors is cut", error);
            return NULL;
        }
        g_byte_array_append(out, c->small->data + (gsize)s * SMALL, MIN(SMALL, size - out->len));
    }
    return g_steal_pointer(&out);
}

/* ---- the directory --------------------------------------------------------------------------- */

static const guint8 *entry_at(const Compound *c, guint32 i)
{
    return i < c->directory->len / ENTRY ? c->directory->data + (gsize)i * ENTRY : NULL;
}

static gboolean is_called(const guint8 *entry, const char *name)
{
    const gsize n = strlen(name);
    if (u16(entry + NAME_BYTES) != 2 * (n + 1))
        return FALSE;
    for (gsize i = 0; i < n; i++)
        if (entry[2 * i + 1] || g_ascii_tolower((char)entry[2 * i]) != g_ascii_tolower(name[i]))
            return FALSE;
    return TRUE;
}

/* What lies directly in the root: what is embedded may be a workbook too, and is not wanted. */
static const guint8 *find_stream(const Compound *c, const char *name)
{
    const guint8 *root = entry_at(c, 0);
    const guint32 n = c->directory->len / ENTRY;
    if (!root || root[66] != ROOT)
        return NULL;
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(guint32));
    guint32 next = u32(root + 76);
    g_array_append_val(waiting, next);
    for (guint32 seen = 0; waiting->len > 0 && seen <= 2 * n + 1; seen++) {
        const guint8 *e = entry_at(c, g_array_index(waiting, guint32, waiting->len - 1));
        g_array_set_size(waiting, waiting->len - 1);
        if (!e)
            continue;
        if (e[66] == STREAM && is_called(e, name))
            return e;
        for (guint side = 68; side <= 72; side += 4) {
            next = u32(e + side);
            if (next != NO_ENTRY)
                g_array_append_val(waiting, next);
        }
    }
    return NULL;
}

static GByteArray *contents(Compound *c, const guint8 *entry, GError **error)
{
    const guint32 first = u32(entry + 116), size = u32(entry + 120);
    const guint8 *root = entry_at(c, 0);
    GByteArray *out;
    if (size >= c->cutoff) {
        out = chain(c, first, error);
    } else {
        c->small = chain(c, u32(root + 116), error);
        c->small_fat = c->small ? chain(c, u32(c->data + 60), error) : NULL;
        out = c->small_fat ? small_chain(c, first, size, error) : NULL;
    }
    if (out && out->len < size) {
        g_byte_array_unref(out);
        damaged(c, "its stream is shorter than declared", error);
        return NULL;
    }
    if (out)
        g_byte_array_set_size(out, size);
    return out;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static gboolean open_file(Compound *c, GError **error)
{
    if (c->n < HEADER || !compound_is(c->data, c->n))
        return damaged(c, "it does not begin like one", error);
    c->shift = u16(c->data + 30);
    c->cutoff = u32(c->data + 56);
    if ((c->shift != 9 && c->shift != 12) || u16(c->data + 32) != 6 || c->cutoff > 65536)
        return damaged(c, "sectors of another size", error);
    if (!read_fat(c, error))
        return FALSE;
    c->directory = chain(c, u32(c->data + 48), error);
    return c->directory != NULL;
}

GByteArray *compound_stream(const guint8 *data, gsize n, const char *display_name,
                            const char *const *names, GError **error)
{
    Compound c = {.name = display_name, .data = data, .n = n};
    GByteArray *out = NULL;
    if (n > G_MAXUINT32 / 2) {
        damaged(&c, "larger than any", error);
    } else if (open_file(&c, error)) {
        const guint8 *entry = NULL;
        for (guint i = 0; names[i] && !entry; i++)
            entry = find_stream(&c, names[i]);
        if (entry)
            out = contents(&c, entry, error);
        else
            g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                        "%s: the file is not an XLS workbook: found no stream called %s (an XLS "
                        "workbook; another old Office document looks alike)",
                        display_name, names[0]);
    }
    g_free(c.fat);
    if (c.directory)
        g_byte_array_unref(c.directory);
    if (c.small)
        g_byte_array_unref(c.small);
    if (c.small_fat)
        g_byte_array_unref(c.small_fat);
    return out;
}
