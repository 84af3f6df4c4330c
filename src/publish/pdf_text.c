#include "pdf_layout.h"

#include "peerline/base/fonts.h"

#include <hb.h>
#include <string.h>

#define INK                                                                                        \
    {                                                                                              \
        0x0B, 0x0C, 0x0C, 0xFF                                                                     \
    }
#define MUTED                                                                                      \
    {                                                                                              \
        0x59, 0x59, 0x59, 0xFF                                                                     \
    }
#define BLUE                                                                                       \
    {                                                                                              \
        0x12, 0x43, 0x6D, 0xFF                                                                     \
    }

const TextFormat FORMAT_BODY = {10, 14, 0, 6, FALSE, FALSE, INK};
const TextFormat FORMAT_LEAD = {12, 17, 0, 9, FALSE, FALSE, INK};
const TextFormat FORMAT_SMALL = {8.5, 11.5, 0, 5, FALSE, FALSE, MUTED};
const TextFormat FORMAT_CAPTION = {8.5, 11.5, 6, 4, TRUE, FALSE, INK};
const TextFormat FORMAT_FOOT = {8, 11, 0, 0, FALSE, FALSE, MUTED};
const TextFormat FORMAT_NOTICE = {8, 11, 0, 0, TRUE, FALSE, INK};
const TextFormat FORMAT_COVER_TITLE = {30, 37, 0, 14, TRUE, FALSE, BLUE};
const TextFormat FORMAT_COVER_SUBTITLE = {15, 21, 14, 10, FALSE, FALSE, INK};

static const TextFormat HEADINGS[] = {
    {20, 25, 28, 8, TRUE, FALSE, BLUE},
    {14, 18, 16, 5, TRUE, FALSE, BLUE},
    {11.5, 15, 12, 3, TRUE, FALSE, INK},
};

const TextFormat *heading_format(int level)
{
    return &HEADINGS[CLAMP(level, 1, 3) - 1];
}

void set_colour(cairo_t *cr, Colour c)
{
    if (c.a == 0xFF) {
        cairo_set_source_rgb(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0);
    } else {
        cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
    }
}

static void link_clear(gpointer data)
{
    TextLink *l = data;
    g_free(l->target);
}

void text_block_free(gpointer data)
{
    TextBlock *t = data;
    g_object_unref(t->layout);
    if (t->links) {
        g_array_unref(t->links);
    }
    g_free(t);
}

static const PangoFontDescription *face_of(PdfJob *job, const TextFormat *f)
{
    gpointer key = GINT_TO_POINTER((int)(f->size * 100) * 2 + (f->bold ? 1 : 0));
    PangoFontDescription *face = g_hash_table_lookup(job->faces, key);
    if (!face) {
        face = pango_font_description_new();
        pango_font_description_set_family(face, fonts_families());
        pango_font_description_set_weight(face,
                                          f->bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(face, f->size * PANGO_SCALE);
        g_hash_table_insert(job->faces, key, face);
    }
    return face;
}

static void insert_attribute(PangoAttrList *list, PangoAttribute *a, gsize start, gsize end)
{
    a->start_index = (guint)start;
    a->end_index = (guint)end;
    pango_attr_list_insert(list, a);
}

/* Sets text and weights from inline mark-up; returns the links, or NULL. */
static GArray *set_runs(PangoLayout *layout, const PangoAttrList *base, const char *markup)
{
    g_autoptr(GPtrArray) runs = document_runs(markup);
    g_autoptr(GString) text = g_string_new(NULL);
    PangoAttrList *list = pango_attr_list_copy((PangoAttrList *)base);
    GArray *links = NULL;
    for (guint i = 0; i < runs->len; i++) {
        const Run *r = g_ptr_array_index(runs, i);
        gsize start = text->len;
        g_string_append(text, r->text);
        if (r->bold) {
            insert_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), start, text->len);
        }
        if (r->link) {
            /* The colour itself is drawn by text_draw_line(); this makes the link a run of its own.
             */
            insert_attribute(list, pango_attr_foreground_new(0, 0, 0xFFFF), start, text->len);
            if (!links) {
                links = g_array_new(FALSE, FALSE, sizeof(TextLink));
                g_array_set_clear_func(links, link_clear);
            }
            TextLink l = {(guint)start, (guint)text->len, g_strdup(r->link)};
            g_array_append_val(links, l);
        }
    }
    pango_layout_set_text(layout, text->str, (int)text->len);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    return links;
}

/* ---- text once set, kept ----------------------------------------------------------------------
 */

/* Setting text (finding lines, shaping glyphs) is most of the work of a report, and the reports of
 * a study share most of their sentences: each thread keeps what it has set, because layouts may not
 * change threads. When full it is emptied, which costs time and changes nothing. */
enum { TEXTS_KEPT = 3000 };

typedef struct {
    PangoLayout *layout;
    GArray *links; /* or NULL */
    guint n_lines;
    gboolean unknown; /* the font lacks a character */
} SetText;

static void set_text_free(gpointer data)
{
    SetText *k = data;
    g_object_unref(k->layout);
    g_clear_pointer(&k->links, g_array_unref);
    g_free(k);
}

typedef struct {
    PangoContext *context; /* what they are set with: other fonts, other texts */
    GHashTable *texts;
} KeptTexts;

static void kept_texts_free(gpointer data)
{
    KeptTexts *kept = data;
    g_hash_table_unref(kept->texts);
    g_object_unref(kept->context);
    g_free(kept);
}

static GPrivate kept_key = G_PRIVATE_INIT(kept_texts_free);

static GHashTable *kept_texts(PangoContext *context)
{
    KeptTexts *kept = g_private_get(&kept_key);
    if (!kept || kept->context != context) {
        kept = g_new(KeptTexts, 1);
        kept->context = g_object_ref(context);
        kept->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, set_text_free);
        g_private_replace(&kept_key, kept);
    }
    if (g_hash_table_size(kept->texts) >= TEXTS_KEPT) {
        g_hash_table_remove_all(kept->texts);
    }
    // cppcheck-suppress memleak ; the thread has it
    return kept->texts;
}

static SetText *set_text(PdfJob *job, const char *markup, const TextFormat *format, int width)
{
    SetText *k = g_new0(SetText, 1);
    k->layout = pango_layout_new(job->context);
    pango_layout_set_font_description(k->layout, face_of(job, format));
    pango_layout_set_width(k->layout, width);
    pango_layout_set_wrap(k->layout, PANGO_WRAP_WORD_CHAR);
    const PangoAttrList *base = format->figures ? job->figures : job->plain;
    if (strpbrk(markup, "\\*[")) {
        k->links = set_runs(k->layout, base, markup);
    } else {
        pango_layout_set_text(k->layout, markup, -1);
        pango_layout_set_attributes(k->layout, (PangoAttrList *)base);
    }
    k->n_lines = (guint)pango_layout_get_line_count(k->layout);
    k->unknown = pango_layout_get_unknown_glyphs_count(k->layout) > 0;
    return k;
}

/* The key names everything that set_text() looks at. */
static const SetText *text_once(PdfJob *job, const char *markup, const TextFormat *format,
                                int width)
{
    GHashTable *kept = kept_texts(job->context);
    char *key = g_strdup_printf("%d %d %d %d %s", (int)(format->size * 100), format->bold,
                                format->figures, width, markup);
    SetText *k = g_hash_table_lookup(kept, key);
    if (k) {
        g_free(key);
        return k;
    }
    k = set_text(job, markup, format, width);
    g_hash_table_insert(kept, key, k);
    return k;
}

/* The formats say where the publisher's colour goes by the program's own. */
static Colour branded(const Document *d, Colour c)
{
    const Colour own = COLOUR_DARK_BLUE;
    return c.r == own.r && c.g == own.g && c.b == own.b ? d->brand.colour : c;
}

static void tell_unknown(PdfJob *job, const char *text)
{
    g_autofree char *which = fonts_lacking(fonts_used(), text);
    g_autofree char *fault =
        g_strdup_printf("no font has the character %s:", which ? which : "that is meant");
    for (guint k = 0; k < job->stats->problems->len; k++) {
        if (g_str_has_prefix(job->stats->problems->pdata[k], fault)) {
            return; /* once a report will do */
        }
    }
    problem_add(job, "%s %s (brand: font_more brings fonts of other scripts)", fault, text);
}

TextBlock *text_block(PdfJob *job, const char *markup, TextFormat format, double width)
{
    g_autofree char *named = markup ? pages_named(job, markup) : NULL;
    const SetText *k = text_once(job,
                                 named    ? named
                                 : markup ? markup
                                          : "",
                                 &format, (int)(width * PANGO_SCALE) + 1);
    TextBlock *t = g_new0(TextBlock, 1);
    g_ptr_array_add(job->texts, t);
    t->format = format;
    t->format.colour = branded(job->document, format.colour);
    t->width = width;
    t->layout = g_object_ref(k->layout);
    t->links = k->links ? g_array_ref(k->links) : NULL;
    t->n_lines = k->n_lines;
    if (k->unknown) {
        tell_unknown(job, pango_layout_get_text(t->layout));
    }
    return t;
}

double text_block_height(const TextBlock *t)
{
    return t->n_lines * t->format.leading;
}

/* Gives the blank that a line was wrapped at its glyph back. */
static void show_last_blank(PangoGlyphItem *run)
{
    PangoGlyphInfo *last = &run->glyphs->glyphs[run->glyphs->num_glyphs - 1];
    hb_codepoint_t blank;
    if (last->glyph == PANGO_GLYPH_EMPTY &&
        hb_font_get_nominal_glyph(pango_font_get_hb_font(run->item->analysis.font), ' ', &blank)) {
        last->glyph = blank;
    }
}

/* The last run of a line. Pango makes the blank that the line was wrapped at an empty glyph, for
 * which cairo writes an empty cluster, and PDF readers lose text. One blank becomes a glyph again,
 * without a width: without it, who has the text read out, or copies it, finds the last word of the
 * line joined to the first one of the next. Others are cut off. */
static PangoGlyphItem *run_trimmed(PangoGlyphItem *run, const char *text, gboolean wrapped)
{
    PangoGlyphItem *copy = pango_glyph_item_copy(run);
    int length = copy->item->length;
    while (length > 0 && text[copy->item->offset + length - 1] == ' ') {
        length--;
    }
    if (wrapped && length > 0 && length + 1 == copy->item->length) {
        show_last_blank(copy);
        return copy;
    }
    if (length == copy->item->length) {
        return copy;
    }
    if (length == 0) {
        pango_glyph_item_free(copy);
        return NULL;
    }
    PangoGlyphItem *head = pango_glyph_item_split(copy, text, length);
    pango_glyph_item_free(copy);
    return head;
}

static const TextLink *link_at(const TextBlock *t, int offset)
{
    for (guint i = 0; t->links && i < t->links->len; i++) {
        const TextLink *l = &g_array_index(t->links, TextLink, i);
        if ((guint)offset >= l->start && (guint)offset < l->end) {
            return l;
        }
    }
    return NULL;
}

static double run_width(const PangoGlyphItem *run)
{
    return (double)pango_glyph_string_get_width(run->glyphs) / PANGO_SCALE;
}

static void show_run(const TextBlock *t, PangoGlyphItem *run, Pen *pen, Point base)
{
    cairo_move_to(pen->cr, base.x, base.y);
    pango_cairo_show_glyph_item(pen->cr, pango_layout_get_text(t->layout), run);
}

static void show_link(const TextBlock *t, PangoGlyphItem *run, Pen *pen, Point base)
{
    double width = run_width(run);
    set_colour(pen->cr, pen->job->document->brand.colour);
    show_run(t, run, pen, base);
    cairo_set_line_width(pen->cr, 0.5);
    cairo_move_to(pen->cr, base.x, base.y + 1.6);
    cairo_line_to(pen->cr, base.x + width, base.y + 1.6);
    cairo_stroke(pen->cr);
}

static double draw_run(const TextBlock *t, PangoGlyphItem *run, Pen *pen, Point base)
{
    double width = run_width(run);
    const TextLink *l = link_at(t, run->item->offset);
    if (l && !pen->untagged &&
        link_begin(pen, l->target, (Point){base.x, base.y - t->format.size},
                   (Point){width, t->format.leading})) {
        show_link(t, run, pen, base);
        tag_end(pen, CAIRO_TAG_LINK);
        return width;
    }
    /* Beside a link, loose text needs a tag of its own: cairo keeps the content of innermost tags
     * only. */
    if (t->links) {
        tag_begin(pen, "Span");
    }
    set_colour(pen->cr, t->format.colour);
    show_run(t, run, pen, base);
    if (t->links) {
        tag_end(pen, "Span");
    }
    return width;
}

void text_draw_line(const TextBlock *t, guint index, Pen *pen, Point at)
{
    PangoLayoutLine *line = pango_layout_get_line_readonly(t->layout, (int)index);
    if (!line || !line->runs || pen_is_dead(pen)) {
        return;
    }
    const char *text = pango_layout_get_text(t->layout);
    g_autoptr(GPtrArray) copies =
        g_ptr_array_new_with_free_func((GDestroyNotify)pango_glyph_item_free);
    double width = 0;
    for (GSList *l = line->runs; l; l = l->next) {
        PangoGlyphItem *run = l->next ? pango_glyph_item_copy(l->data)
                                      : run_trimmed(l->data, text, index + 1 < t->n_lines);
        if (run) {
            width += run_width(run);
            g_ptr_array_add(copies, run);
        }
    }
    /* Cap height is 0.73 of the size: its middle comes to the middle of the line. */
    Point base = {at.x + (t->right ? t->width - width : 0),
                  at.y + t->format.leading / 2 + 0.36 * t->format.size};
    for (guint i = 0; i < copies->len; i++) {
        base.x += draw_run(t, g_ptr_array_index(copies, i), pen, base);
    }
}

void text_draw(const TextBlock *t, Pen *pen, Point at)
{
    for (guint i = 0; i < t->n_lines; i++) {
        text_draw_line(t, i, pen, at);
        at.y += t->format.leading;
    }
}

void text_draw_label(Pen *pen, const char *text, const TextStyle *style, Point at)
{
    cairo_t *cr = pen->cr;
    double width =
        style->align == ALIGN_START ? 0 : fonts_text_width(text, style->size, style->bold);
    PangoLayout *layout = fonts_label(text, style->bold);
    PangoLayoutLine *line = layout ? pango_layout_get_line_readonly(layout, 0) : NULL;
    if (!line || pen_is_dead(pen)) {
        return;
    }
    if (pango_layout_get_unknown_glyphs_count(layout) > 0) {
        tell_unknown(pen->job, text);
    }
    cairo_save(cr);
    set_colour(cr, style->colour);
    cairo_translate(cr, at.x, at.y);
    if (style->angle != 0) {
        cairo_rotate(cr, -style->angle * G_PI / 180.0);
    }
    double scale = style->size / FONTS_LABEL_SIZE;
    cairo_move_to(cr, style->align == ALIGN_MIDDLE ? -width / 2 : -width, 0);
    cairo_scale(cr, scale, scale);
    pango_cairo_show_layout_line(cr, line);
    cairo_restore(cr);
}
