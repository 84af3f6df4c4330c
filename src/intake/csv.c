#include "csv.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK 64

/* ---- what may end a field --------------------------------------------------------------------
 *
 * Marks, delimiters and line ends of 64 bytes become the bits of a word, so that the bytes between
 * them, most of a file, are looked at sixteen at a time. */

#ifdef __SSE2__
static inline guint64 classify(char delimiter, const char *p, guint64 *high)
{
    const __m128i d = _mm_set1_epi8(delimiter), q = _mm_set1_epi8('"');
    const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    guint64 hits = 0;
    *high = 0;
    for (guint i = 0; i < BLOCK; i += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        const __m128i line = _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr));
        const __m128i mark = _mm_or_si128(_mm_cmpeq_epi8(v, d), _mm_cmpeq_epi8(v, q));
        hits |= (guint64)(guint)_mm_movemask_epi8(_mm_or_si128(line, mark)) << i;
        *high |= (guint64)(guint)_mm_movemask_epi8(v) << i;
    }
    return hits;
}
#else
static inline guint64 classify(char delimiter, const char *p, guint64 *high)
{
    guint64 hits = 0;
    *high = 0;
    for (guint i = 0; i < BLOCK; i++) {
        const char c = p[i];
        hits |= (guint64)(c == delimiter || c == '"' || c == '\n' || c == '\r') << i;
        *high |= (guint64)((guchar)c >> 7) << i;
    }
    return hits;
}
#endif

/* Those before `from` are not of this piece. */
static void look_at(CsvScanner *s, const char *from)
{
    s->block = from;
    s->hits = classify(s->delimiter, from, &s->high_bits);
}

/* The next byte that may end a field, which is used up; the end of the piece if there is none. */
static inline const char *next_hit(CsvScanner *s)
{
    while (s->hits == 0) {
        if (s->end - s->block <= BLOCK)
            return s->end;
        look_at(s, s->block + BLOCK);
        s->high |= s->high_bits != 0;
    }
    const char *hit = s->block + __builtin_ctzll(s->hits);
    s->hits &= s->hits - 1;
    return hit;
}

/* ---- records ----------------------------------------------------------------------------------
 */

void csv_begin(CsvScanner *s, char delimiter)
{
    *s = (CsvScanner){
        .delimiter = delimiter, .next_line = 1, .unescaped = g_string_new(NULL), .capacity = 64};
    s->ends = g_new(const char *, s->capacity);
}

void csv_end(CsvScanner *s)
{
    g_clear_pointer(&s->ends, g_free);
    g_string_free(s->unescaped, TRUE);
}

void csv_feed(CsvScanner *s, const char *next, const char *end, gboolean last)
{
    s->next = next;
    s->end = end;
    s->last = last;
    look_at(s, next);
}

/* CRLF counts at its LF. TRUE if what follows a CR is not known yet. */
static inline gboolean count_line(const CsvScanner *s, const char *p, guint *lines)
{
    if (*p == '\n')
        ++*lines;
    else if (p + 1 == s->end && !s->last)
        return TRUE;
    else if (p + 1 == s->end || p[1] != '\n')
        ++*lines;
    return FALSE;
}

/* From the opening mark to the byte that ends the field; the end of the piece if it is not in it,
 * or not to be told yet. */
static const char *quoted_end(CsvScanner *s, guint *lines)
{
    const char *p = next_hit(s); /* the opening mark */
    for (;;) {
        p = next_hit(s);
        if (p == s->end) {
            s->open = TRUE;
            return p;
        }
        if (*p == '"') {
            if (p + 1 == s->end)
                return p + 1;
            if (p[1] != '"')
                break;
            next_hit(s);
        } else if (*p != s->delimiter && count_line(s, p, lines)) {
            return s->end;
        }
    }
    const char *close = p;
    do
        p = next_hit(s);
    while (p < s->end && *p == '"');
    while (++close < p && !s->stray)
        s->stray = *close != ' ' && *close != '\t';
    return p;
}

static inline void add_end(CsvScanner *s, const char *end)
{
    if (s->n == s->capacity) {
        s->capacity *= 2;
        s->ends = g_renew(const char *, s->ends, s->capacity);
    }
    s->ends[s->n++] = end;
}

/* Behind the line end at p; FALSE if more must be known for that. */
static gboolean pass_line_end(CsvScanner *s, const char *p)
{
    s->newline = p < s->end;
    if (!s->last && (p == s->end || (*p == '\r' && p + 1 == s->end)))
        return FALSE;
    if (p == s->end) {
        s->next = p;
        return TRUE;
    }
    if (*p == '\r' && p + 1 < s->end && p[1] == '\n')
        p = next_hit(s);
    s->next = p + 1;
    return TRUE;
}

CsvStep csv_next(CsvScanner *s)
{
    if (s->next == s->end)
        return s->last ? CSV_END : CSV_MORE;
    guint lines = s->next_line;
    const char *p = s->next;
    s->n = 0;
    s->start = p;
    s->line = lines;
    s->stray = s->open = FALSE;
    s->high = s->high_bits != 0;
    for (;;) {
        const char *end;
        if (p < s->end && *p == '"') {
            end = quoted_end(s, &lines);
        } else {
            do
                end = next_hit(s);
            while (end < s->end && *end == '"');
        }
        add_end(s, end);
        if (end == s->end || *end != s->delimiter) {
            p = end;
            break;
        }
        p = end + 1;
    }
    if (!pass_line_end(s, p))
        return CSV_MORE;
    s->next_line = lines + s->newline;
    return CSV_RECORD;
}

/* ---- fields -----------------------------------------------------------------------------------
 */

static inline gboolean is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What is between the marks, with doubled ones as one. */
static const char *unquote(CsvScanner *s, const char *p, const char *end, const char **content_end)
{
    const char *content = p;
    const char *mark = memchr(p, '"', (gsize)(end - p));
    if (!mark || mark + 1 == end || mark[1] != '"') {
        *content_end = mark ? mark : end;
        return content;
    }
    g_string_truncate(s->unescaped, 0);
    while (mark && mark + 1 < end && mark[1] == '"') {
        g_string_append_len(s->unescaped, p, mark + 1 - p);
        p = mark + 2;
        mark = memchr(p, '"', (gsize)(end - p));
    }
    g_string_append_len(s->unescaped, p, (mark ? mark : end) - p);
    *content_end = s->unescaped->str + s->unescaped->len;
    return s->unescaped->str;
}

const char *csv_field(CsvScanner *s, guint i, gsize *n)
{
    const char *start = i ? s->ends[i - 1] + 1 : s->start, *end = s->ends[i];
    if (start < end && *start == '"')
        start = unquote(s, start + 1, end, &end);
    for (;;) {
        if (start < end && is_blank(*start))
            start++;
        else if (end - start >= 2 && start[0] == '\xC2' && start[1] == '\xA0')
            start += 2;
        else
            break;
    }
    for (;;) {
        if (end > start && is_blank(end[-1]))
            end--;
        else if (end - start >= 2 && end[-2] == '\xC2' && end[-1] == '\xA0')
            end -= 2;
        else
            break;
    }
    *n = (gsize)(end - start);
    return start;
}
