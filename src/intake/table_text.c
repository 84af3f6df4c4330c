#include "table_text.h"

#include <string.h>

#include "peerline/intake/table.h"

/* When a column is known well enough to say that most of its texts are new. */
#define ENOUGH_TEXTS 65536
/* Steps to a text's slot, at most; far more than texts that nobody chose for it ever take. */
#define MOST_STEPS  256
#define FIRST_SLOTS 64

typedef struct TextSlot {
    guint32 hash;
    guint32 code; /* 0: free */
} TextSlot;

static inline guint64 load(const char *p, gsize n)
{
    guint64 word = 0;
    memcpy(&word, p, n);
    return word;
}

/* Eight bytes at a time, the last eight once more where they do not come out even. */
static inline guint32 hash_of(const char *p, gsize n)
{
    const guint64 factor = G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    guint64 h = n * factor;
    if (n >= 8) {
        for (gsize i = 0; i + 8 < n; i += 8) {
            h = (h ^ load(p + i, 8)) * factor;
            h ^= h >> 32;
        }
        h ^= load(p + n - 8, 8);
    } else if (n >= 4) {
        h ^= load(p, 4) | load(p + n - 4, 4) << 32;
    } else {
        h ^= (guint64)(guchar)p[0] | (guint64)(guchar)p[n / 2] << 8 |
             (guint64)(guchar)p[n - 1] << 16;
    }
    h *= factor;
    h ^= h >> 29;
    return (guint32)((h * factor) >> 32);
}

void table_text_begin(TableText *t)
{
    *t = (TableText){0};
}

guint32 table_text_codes(const TableText *t)
{
    return MAX((guint32)(t->used / TABLE_CODE_BYTES), 1);
}

/* The blank text, of which a code of 0 is the place. */
static void begin_texts(TableText *t)
{
    t->room = 64;
    t->texts = g_malloc(t->room);
    memset(t->texts, 0, TABLE_CODE_BYTES);
    t->used = TABLE_CODE_BYTES;
    t->n_slots = FIRST_SLOTS;
    t->slots = g_new0(TextSlot, t->n_slots);
}

static guint32 append(TableText *t, const char *text, gsize n)
{
    const gsize needs = (n + TABLE_CODE_BYTES) / TABLE_CODE_BYTES * TABLE_CODE_BYTES;
    if (t->used + needs > t->room) {
        t->room = MAX(t->room + t->room / 2, t->used + needs);
        t->texts = g_realloc(t->texts, t->room);
    }
    char *to = t->texts + t->used;
    memset(to + needs - TABLE_CODE_BYTES, 0, TABLE_CODE_BYTES);
    memcpy(to, text, n);
    const guint32 code = (guint32)(t->used / TABLE_CODE_BYTES);
    t->used += needs;
    return code;
}

static void become_plain(TableText *t)
{
    t->plain = TRUE;
    g_clear_pointer(&t->slots, g_free);
}

static void grow(TableText *t)
{
    const guint n = t->n_slots * 2;
    TextSlot *slots = g_new0(TextSlot, n);
    for (guint i = 0; i < t->n_slots; i++) {
        if (t->slots[i].code == 0)
            continue;
        guint at = t->slots[i].hash & (n - 1);
        while (slots[at].code)
            at = (at + 1) & (n - 1);
        slots[at] = t->slots[i];
    }
    g_free(t->slots);
    t->slots = slots;
    t->n_slots = n;
}

/* The bytes at a code may be those of several short texts: but then one NUL is among them. */
static inline gboolean is_text(const TableText *t, guint32 code, const char *text, gsize n)
{
    const gsize at = (gsize)code * TABLE_CODE_BYTES;
    return at + n < t->used && memcmp(t->texts + at, text, n) == 0 && t->texts[at + n] == '\0';
}

static guint32 find(TableText *t, const char *text, gsize n)
{
    const guint32 hash = hash_of(text, n);
    guint at = hash & (t->n_slots - 1), steps = 0;
    for (; t->slots[at].code; at = (at + 1) & (t->n_slots - 1)) {
        if (t->slots[at].hash == hash && is_text(t, t->slots[at].code, text, n))
            return t->slots[at].code;
        steps++;
    }
    const guint32 code = append(t, text, n);
    t->slots[at] = (TextSlot){.hash = hash, .code = code};
    t->n_texts++;
    if (steps > MOST_STEPS || (t->n_texts >= ENOUGH_TEXTS && t->n_texts > t->n_asked / 2))
        become_plain(t);
    else if (t->n_texts > t->n_slots / 2)
        grow(t);
    return code;
}

guint32 table_text_code(TableText *t, const char *text, gsize n)
{
    if (n == 0)
        return 0;
    if (n == t->last_n && is_text(t, t->last, text, n))
        return t->last;
    if (!t->texts)
        begin_texts(t);
    t->n_asked++;
    t->last = t->plain ? append(t, text, n) : find(t, text, n);
    t->last_n = n;
    return t->last;
}

char *table_text_end(TableText *t)
{
    g_clear_pointer(&t->slots, g_free);
    char *texts = t->texts ? g_realloc(t->texts, t->used) : g_malloc0(TABLE_CODE_BYTES);
    t->texts = NULL;
    return texts;
}

void table_text_clear(TableText *t)
{
    g_free(t->texts);
    g_free(t->slots);
}
