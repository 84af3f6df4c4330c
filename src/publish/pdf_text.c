#include "pdf_layout.h"

#include "peerline/base/fonts.h"

#include <math.h>
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

static void link_clear(gpointer data)
{
    TextLink *l = data;
    g_free(l->target);
}

void text_block_free(gpointer data)
{
    TextBlock *t = data;
    glyph_text_unref(t->set);
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
            /* The colour itself is drawn by draw_run(); this makes the link a run of its own. */
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
 * a study share most of their sentences: each thread keeps what it has set, as set text may not
 * change threads. When full it is emptied, which costs time and changes nothing. */
enum { TEXTS_KEPT = 3000 };

typedef struct {
    GlyphText *set;
    GArray *links; /* or NULL */
} SetText;

static void set_text_free(gpointer data)
{
    SetText *k = data;
    glyph_text_unref(k->set);
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
    return kept->texts;
}

static SetText *set_text(PdfJob *job, const char *markup, const TextFormat *format, int width)
{
    SetText *k = g_new0(SetText, 1);
    PangoLayout *layout = pango_layout_new(job->context);
    pango_layout_set_font_description(layout, face_of(job, format));
    pango_layout_set_width(layout, width);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    const PangoAttrList *base = format->figures ? job->figures : job->plain;
    if (strpbrk(markup, "\\*[")) {
        k->links = set_runs(layout, base, markup);
    } else {
        pango_layout_set_text(layout, markup, -1);
        pango_layout_set_attributes(layout, (PangoAttrList *)base);
    }
    k->set = glyph_text_new(layout, format->size);
    g_object_unref(layout);
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
    t->set = glyph_text_ref(k->set);
    t->links = k->links ? g_array_ref(k->links) : NULL;
    t->n_lines = k->set->n_lines;
    if (k->set->unknown) {
        g_autofree char *plain = plain_text(markup);
        tell_unknown(job, plain);
    }
    return t;
}

double text_block_height(const TextBlock *t)
{
    return t->n_lines * t->format.leading;
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

static void show_run(const TextBlock *t, const GlyphRun *run, Pen *pen, Point base, Colour colour)
{
    canvas_text(pen->canvas, t->set, run, &(TextPlace){base, t->format.size, 0, colour});
}

static void draw_link(const TextBlock *t, const GlyphRun *run, Pen *pen, Point base)
{
    const double y = base.y + 1.6, width = run->width * t->format.size / 1000;
    const Colour colour = pen->job->document->brand.colour;
    show_run(t, run, pen, base, colour);
    canvas_move(pen->canvas, base.x, y);
    canvas_line(pen->canvas, base.x + width, y);
    canvas_paint(pen->canvas, &(Paint){.stroke = colour, .width = 0.5});
    tag_end(pen, "Link");
}

static void draw_run(const TextBlock *t, const GlyphRun *run, Pen *pen, Point base)
{
    const TextLink *l = link_at(t, (int)run->offset);
    const Point size = {run->width * t->format.size / 1000, t->format.leading};
    if (l && !pen->untagged &&
        link_begin(pen, l->target, (Point){base.x, base.y - t->format.size}, size)) {
        draw_link(t, run, pen, base);
        return;
    }
    /* Beside a link, loose text has a tag of its own. */
    if (t->links) {
        tag_begin(pen, "Span");
    }
    show_run(t, run, pen, base, t->format.colour);
    if (t->links) {
        tag_end(pen, "Span");
    }
}

void text_draw_line(const TextBlock *t, guint index, Pen *pen, Point at)
{
    const GlyphLine *line = &t->set->lines[index];
    const double unit = t->format.size / 1000;
    /* Cap height is 0.73 of the size: its middle comes to the middle of the line. */
    Point base = {at.x + (t->right ? t->width - line->width * unit : 0),
                  at.y + t->format.leading / 2 + 0.36 * t->format.size};
    for (guint i = 0; i < line->n; i++) {
        const GlyphRun *run = &t->set->runs[line->first + i];
        draw_run(t, run, pen, base);
        base.x += run->width * unit;
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
    const double width =
        style->align == ALIGN_START ? 0 : fonts_text_width(text, style->size, style->bold);
    const GlyphText *set = fonts_label(text, style->bold);
    if (!set) {
        return;
    }
    if (set->unknown) {
        tell_unknown(pen->job, text);
    }
    const double angle = style->angle * G_PI / 180, x = cos(angle), y = -sin(angle);
    double along = style->align == ALIGN_MIDDLE ? -width / 2 : -width;
    for (guint i = 0; set->n_lines > 0 && i < set->lines[0].n; i++) {
        const GlyphRun *run = &set->runs[set->lines[0].first + i];
        const Point base = {at.x + along * x, at.y + along * y};
        canvas_text(pen->canvas, set, run,
                    &(TextPlace){base, style->size, style->angle, style->colour});
        along += run->width * style->size / 1000;
    }
}
