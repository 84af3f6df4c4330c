#include "peerline/base/glyphs.h"

#include <string.h>

enum { PARTS = 8 }; /* glyphs of a cluster that have a character of their own */

typedef struct {
    GArray *glyphs, *runs, *lines;
    const char *text;
    double unit; /* a unit of Pango in thousandths of the type size */
} Setting;

/* The characters of a cluster go to its glyphs one by one. Where there are fewer glyphs, the font
 * has composed a letter and its accent, and so does the text. */
static void characters(const char *from, gssize bytes, gunichar *chars, guint n_glyphs)
{
    g_autofree char *composed = NULL;
    if ((guint)g_utf8_strlen(from, bytes) > n_glyphs) {
        composed = g_utf8_normalize(from, bytes, G_NORMALIZE_NFC);
    }
    const char *c = composed ? composed : from;
    const char *end = composed ? composed + strlen(composed) : from + bytes;
    for (guint i = 0; i < n_glyphs; i++) {
        chars[i] = c < end ? g_utf8_get_char(c) : 0;
        c = c < end ? g_utf8_next_char(c) : c;
    }
}

/* The number of a glyph in the file; FALSE: nothing is drawn. Pango makes the blank that a line was
 * wrapped at an empty glyph: it becomes a blank again. */
static gboolean glyph_id(const PangoGlyphItem *run, PangoGlyph glyph, gunichar text, guint16 *id)
{
    hb_codepoint_t blank;
    if (glyph == PANGO_GLYPH_EMPTY) {
        if (text != ' ' || !hb_font_get_nominal_glyph(
                               pango_font_get_hb_font(run->item->analysis.font), ' ', &blank)) {
            return FALSE;
        }
        glyph = blank;
    }
    *id = glyph < font_face_of(run->item->analysis.font)->n_glyphs ? (guint16)glyph : 0;
    return TRUE;
}

/* Where a cluster ends: where the one of this glyph begins. */
static int cluster_end(const PangoGlyphItem *run, int glyph)
{
    return glyph >= 0 && glyph < run->glyphs->num_glyphs ? run->glyphs->log_clusters[glyph]
                                                         : run->item->length;
}

/* The glyphs of the first `length` bytes. */
static void add_run(Setting *s, const PangoGlyphItem *run, int length)
{
    const PangoGlyphString *g = run->glyphs;
    const gboolean leftwards = run->item->analysis.level % 2;
    GlyphRun r = {s->glyphs->len, 0, (guint)run->item->offset,
                  font_face_of(run->item->analysis.font), 0};
    for (int i = 0, end; i < g->num_glyphs; i = end) {
        const int cluster = g->log_clusters[i];
        for (end = i + 1; end < g->num_glyphs && g->log_clusters[end] == cluster;) {
            end++;
        }
        if (cluster >= length) {
            continue;
        }
        gunichar chars[PARTS] = {0};
        characters(s->text + run->item->offset + cluster,
                   cluster_end(run, leftwards ? i - 1 : end) - cluster, chars,
                   MIN((guint)(end - i), PARTS));
        for (int k = i; k < end; k++) {
            const PangoGlyphInfo *info = &g->glyphs[k];
            Glyph glyph = {.text = k - i < PARTS ? chars[k - i] : 0,
                           .x = (float)(r.width + info->geometry.x_offset * s->unit),
                           .y = (float)(-info->geometry.y_offset * s->unit)};
            if (glyph_id(run, info->glyph, glyph.text, &glyph.id)) {
                g_array_append_val(s->glyphs, glyph);
            }
            r.width += info->geometry.width * s->unit;
        }
    }
    r.n = s->glyphs->len - r.first;
    if (r.n > 0 || r.width > 0) {
        g_array_append_val(s->runs, r);
    }
}

/* How many bytes of the last run of a line are shown. */
static int shown_length(const Setting *s, const PangoGlyphItem *run, gboolean wrapped)
{
    int length = run->item->length;
    if (run->item->analysis.level % 2) { /* from right to left: the blank is its first glyph */
        return length;
    }
    while (length > 0 && s->text[run->item->offset + length - 1] == ' ') {
        length--;
    }
    return wrapped && length > 0 && length + 1 == run->item->length ? length + 1 : length;
}

static void add_line(Setting *s, PangoLayoutLine *line, gboolean wrapped)
{
    GlyphLine l = {s->runs->len, 0, 0};
    for (GSList *r = line->runs; r; r = r->next) {
        const PangoGlyphItem *run = r->data;
        add_run(s, run, r->next ? run->item->length : shown_length(s, run, wrapped));
    }
    l.n = s->runs->len - l.first;
    for (guint i = 0; i < l.n; i++) {
        l.width += g_array_index(s->runs, GlyphRun, l.first + i).width;
    }
    g_array_append_val(s->lines, l);
}

GlyphText *glyph_text_new(PangoLayout *layout, double size)
{
    Setting s = {g_array_new(FALSE, FALSE, sizeof(Glyph)),
                 g_array_new(FALSE, FALSE, sizeof(GlyphRun)),
                 g_array_new(FALSE, FALSE, sizeof(GlyphLine)), pango_layout_get_text(layout),
                 1000.0 / PANGO_SCALE / size};
    const int n = pango_layout_get_line_count(layout);
    for (int i = 0; i < n; i++) {
        add_line(&s, pango_layout_get_line_readonly(layout, i), i + 1 < n);
    }
    GlyphText *t = g_new(GlyphText, 1);
    *t = (GlyphText){.n_lines = s.lines->len,
                     .unknown = pango_layout_get_unknown_glyphs_count(layout) > 0,
                     .references = 1};
    t->glyphs = (Glyph *)(void *)g_array_free(s.glyphs, FALSE);
    t->runs = (GlyphRun *)(void *)g_array_free(s.runs, FALSE);
    t->lines = (GlyphLine *)(void *)g_array_free(s.lines, FALSE);
    return t;
}

GlyphText *glyph_text_ref(GlyphText *t)
{
    t->references++;
    return t;
}

void glyph_text_unref(GlyphText *t)
{
    if (--t->references > 0) {
        return;
    }
    g_free(t->glyphs);
    g_free(t->runs);
    g_free(t->lines);
    g_free(t);
}
