#include "pdf_canvas.h"

#include <math.h>
#include <string.h>

static const guint PLACES = 2;          /* digits behind the point: hundredths of a point */
static const double ARC = 0.5522847498; /* of the radius: control points of a quarter of a circle */

Canvas *canvas_new(PdfFile *file, double width, double height)
{
    Canvas *c = g_new0(Canvas, 1);
    c->file = file;
    c->tree = pdf_tree_new();
    c->fonts = pdf_fonts_new();
    c->content = g_string_sized_new(1 << 16);
    c->path = g_string_sized_new(1 << 12);
    c->links = g_string_new(NULL);
    c->images = g_string_new(NULL);
    c->pages = g_array_new(FALSE, FALSE, sizeof(guint));
    c->resources = pdf_file_reserve(file);
    c->page_list = pdf_file_reserve(file);
    c->width = width;
    c->height = height;
    c->scale = 1;
    return c;
}

void canvas_free(Canvas *c)
{
    pdf_tree_free(c->tree);
    pdf_fonts_free(c->fonts);
    g_string_free(c->content, TRUE);
    g_string_free(c->path, TRUE);
    g_string_free(c->links, TRUE);
    g_string_free(c->images, TRUE);
    g_array_unref(c->pages);
    g_free(c);
}

void canvas_frame(Canvas *c, Point origin, double scale)
{
    c->origin = origin;
    c->scale = scale;
}

/* ---- what operators are made of ----------------------------------------------------------------
 */

static void put_point(const Canvas *c, GString *s, double x, double y)
{
    pdf_put_number(s, c->origin.x + x * c->scale, PLACES);
    g_string_append_c(s, ' ');
    pdf_put_number(s, c->height - c->origin.y - y * c->scale, PLACES);
    g_string_append_c(s, ' ');
}

static void put_length(const Canvas *c, GString *s, double length)
{
    pdf_put_number(s, length * c->scale, PLACES);
    g_string_append_c(s, ' ');
}

static gboolean same_colour(Colour a, Colour b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static void put_colour(Canvas *c, Colour colour, gboolean fill)
{
    Colour *now = fill ? &c->state.fill : &c->state.stroke;
    if (same_colour(*now, colour)) {
        return;
    }
    if (now->a != colour.a) {
        c->opacities[fill][colour.a] = TRUE;
        g_string_append_printf(c->content, "/%c%u gs\n", fill ? 'f' : 's', colour.a);
    }
    const guint8 parts[] = {colour.r, colour.g, colour.b};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        pdf_put_number(c->content, parts[i] / 255.0, 5);
        g_string_append_c(c->content, ' ');
    }
    g_string_append(c->content, fill ? "rg\n" : "RG\n");
    *now = colour;
}

static void put_pen(Canvas *c, double width, double dash, gboolean round)
{
    width *= c->scale;
    dash *= c->scale;
    if (c->state.width != width) {
        pdf_put_number(c->content, width, 3);
        g_string_append(c->content, " w\n");
        c->state.width = width;
    }
    if (c->state.dash != dash) {
        g_string_append_c(c->content, '[');
        if (dash > 0) {
            pdf_put_number(c->content, dash, 3);
            g_string_append_c(c->content, ' ');
            pdf_put_number(c->content, dash * 0.8, 3);
        }
        g_string_append(c->content, "] 0 d\n");
        c->state.dash = dash;
    }
    if (c->state.round != round) {
        g_string_append(c->content, round ? "1 J\n" : "0 J\n");
        c->state.round = round;
    }
}

/* ---- marked content ----------------------------------------------------------------------------
 */

static void end_marked(Canvas *c)
{
    if (c->marked) {
        g_string_append(c->content, "EMC\n");
        c->marked = 0;
    }
}

/* Called before anything is drawn. */
static void mark(Canvas *c)
{
    const guint element = c->artifact ? 0 : pdf_tree_open(c->tree);
    if (c->marked == element + 1) {
        return;
    }
    end_marked(c);
    c->marked = element + 1;
    if (!element) {
        g_string_append(c->content, "/Artifact BMC\n");
        return;
    }
    g_string_append_c(c->content, '/');
    g_string_append(c->content, pdf_tree_type(c->tree, element));
    g_string_append(c->content, " <</MCID ");
    pdf_put_number(c->content, pdf_tree_mark(c->tree), 0);
    g_string_append(c->content, ">> BDC\n");
}

void canvas_artifact(Canvas *c, gboolean begins)
{
    c->artifact += begins ? 1 : -1;
}

/* ---- paths -------------------------------------------------------------------------------------
 */

void canvas_move(Canvas *c, double x, double y)
{
    put_point(c, c->path, x, y);
    g_string_append(c->path, "m\n");
}

void canvas_line(Canvas *c, double x, double y)
{
    put_point(c, c->path, x, y);
    g_string_append(c->path, "l\n");
}

void canvas_close(Canvas *c)
{
    g_string_append(c->path, "h\n");
}

void canvas_rectangle(Canvas *c, double x, double y, double width, double height)
{
    put_point(c, c->path, x, y + height);
    put_length(c, c->path, width);
    put_length(c, c->path, height);
    g_string_append(c->path, "re\n");
}

void canvas_circle(Canvas *c, double x, double y, double radius)
{
    const double r = radius, k = radius * ARC;
    const double quarters[4][6] = {
        {r, k, k, r, 0, r}, {-k, r, -r, k, -r, 0}, {-r, -k, -k, -r, 0, -r}, {k, -r, r, -k, r, 0}};
    canvas_move(c, x + r, y);
    for (guint i = 0; i < G_N_ELEMENTS(quarters); i++) {
        for (guint p = 0; p < 6; p += 2) {
            put_point(c, c->path, x + quarters[i][p], y + quarters[i][p + 1]);
        }
        g_string_append(c->path, "c\n");
    }
    canvas_close(c);
}

void canvas_dot(Canvas *c, double x, double y)
{
    canvas_move(c, x, y);
    canvas_line(c, x, y);
}

static void end_path(Canvas *c, const char *operator)
{
    g_string_append_len(c->content, c->path->str, (gssize)c->path->len);
    g_string_append(c->content, operator);
}

void canvas_paint(Canvas *c, const Paint *paint)
{
    const gboolean fills = paint->fill.a > 0;
    const gboolean strokes = paint->stroke.a > 0 && paint->width > 0;
    if (c->path->len > 0 && (fills || strokes)) {
        mark(c);
        if (fills) {
            put_colour(c, paint->fill, TRUE);
        }
        if (strokes) {
            put_colour(c, paint->stroke, FALSE);
            put_pen(c, paint->width, paint->dash, FALSE);
        }
        if (fills && strokes && paint->fill.a == 0xFF && paint->stroke.a == 0xFF) {
            end_path(c, "B\n");
        } else { /* one after the other, so that the outline lets the filling show through */
            if (fills) {
                end_path(c, "f\n");
            }
            if (strokes) {
                end_path(c, "S\n");
            }
        }
    }
    g_string_truncate(c->path, 0);
}

void canvas_paint_dots(Canvas *c, Colour colour, double size)
{
    mark(c);
    put_colour(c, colour, FALSE);
    put_pen(c, size, 0, TRUE);
    end_path(c, "S\n");
    g_string_truncate(c->path, 0);
}

void canvas_box(Canvas *c, Point corner, Point size, Colour colour)
{
    canvas_artifact(c, TRUE);
    canvas_rectangle(c, corner.x, corner.y, size.x, size.y);
    canvas_paint(c, &(Paint){.fill = colour});
    canvas_artifact(c, FALSE);
}

void canvas_rule(Canvas *c, Point from, Point to, double width, Colour colour)
{
    canvas_artifact(c, TRUE);
    canvas_move(c, from.x, from.y);
    canvas_line(c, to.x, to.y);
    canvas_paint(c, &(Paint){.stroke = colour, .width = width});
    canvas_artifact(c, FALSE);
}

/* ---- text --------------------------------------------------------------------------------------
 */

/* A string of glyphs that is being written. */
typedef struct {
    Canvas *c;
    double size; /* on the page */
    double at;   /* where the next glyph comes by itself, in thousandths of the size */
    double rise;
    gboolean open;
} Line;

static void line_close(Line *l)
{
    if (l->open) {
        g_string_append(l->c->content, ")]TJ\n");
        l->open = FALSE;
    }
}

static void line_font(Line *l, guint font)
{
    Canvas *c = l->c;
    if (c->state.font == (int)font && c->state.size == l->size) {
        return;
    }
    line_close(l);
    g_string_append(c->content, "/F");
    pdf_put_number(c->content, font, 0);
    g_string_append_c(c->content, ' ');
    pdf_put_number(c->content, l->size, 3);
    g_string_append(c->content, " Tf\n");
    c->state.font = (int)font;
    c->state.size = l->size;
}

static void line_rise(Line *l, double rise)
{
    if (fabs(rise - l->rise) > 0.5) {
        line_close(l);
        pdf_put_number(l->c->content, rise * l->size / 1000, 3);
        g_string_append(l->c->content, " Ts\n");
        l->rise = rise;
    }
}

static void line_glyph(Line *l, const Glyph *g, const FontFace *face)
{
    GString *s = l->c->content;
    const PdfCode code = pdf_fonts_code(l->c->fonts, face, g->id, g->text);
    line_font(l, code.font);
    line_rise(l, g->y);
    const double gap = round(g->x - l->at);
    if (!l->open) {
        g_string_append_c(s, '[');
    }
    if (gap != 0) {
        if (l->open) {
            g_string_append_c(s, ')');
        }
        pdf_put_number(s, -gap, 0);
        g_string_append_c(s, '(');
        l->at += gap;
    } else if (!l->open) {
        g_string_append_c(s, '(');
    }
    l->open = TRUE;
    pdf_put_byte(s, (char)code.code);
    l->at += face->widths[g->id];
}

static void put_place(Canvas *c, const TextPlace *p)
{
    if (p->angle == 0) {
        put_point(c, c->content, p->at.x, p->at.y);
        g_string_append(c->content, "Td\n");
        return;
    }
    const double angle = p->angle * G_PI / 180, x = cos(angle), y = sin(angle);
    const double turned[] = {x, y, -y, x};
    for (guint i = 0; i < G_N_ELEMENTS(turned); i++) {
        pdf_put_number(c->content, turned[i], 5);
        g_string_append_c(c->content, ' ');
    }
    put_point(c, c->content, p->at.x, p->at.y);
    g_string_append(c->content, "Tm\n");
}

void canvas_text(Canvas *c, const GlyphText *t, const GlyphRun *run, const TextPlace *place)
{
    if (run->n == 0) {
        return;
    }
    mark(c);
    put_colour(c, place->colour, TRUE);
    g_string_append(c->content, "BT\n");
    put_place(c, place);
    Line line = {.c = c, .size = place->size * c->scale};
    for (guint i = 0; i < run->n; i++) {
        line_glyph(&line, &t->glyphs[run->first + i], run->face);
    }
    line_close(&line);
    line_rise(&line, 0);
    g_string_append(c->content, "ET\n");
}

/* ---- pictures and links ------------------------------------------------------------------------
 */

void canvas_add_image(Canvas *c, guint object)
{
    g_string_append_printf(c->images, "/I%u %u 0 R ", object, object);
}

void canvas_image(Canvas *c, guint object, Point corner, Point size)
{
    mark(c);
    g_string_append(c->content, "q ");
    put_length(c, c->content, size.x);
    g_string_append(c->content, "0 0 ");
    put_length(c, c->content, size.y);
    put_point(c, c->content, corner.x, corner.y + size.y);
    g_string_append_printf(c->content, "cm /I%u Do Q\n", object);
}

void canvas_link(Canvas *c, Point corner, Point size, const char *destination, const char *uri)
{
    const guint number = pdf_file_reserve(c->file);
    GString *s = pdf_file_object(c->file, number);
    g_string_append(s, "<< /Type /Annot /Subtype /Link /BS << /W 0 >> /Rect [");
    put_point(c, s, corner.x, corner.y + size.y);
    put_point(c, s, corner.x + size.x, corner.y);
    g_string_append(s, "] ");
    g_string_append(s, destination ? "/Dest " : "/A << /Type /Action /S /URI /URI ");
    const char *where = destination ? destination : uri;
    pdf_put_bytes(s, where, strlen(where));
    g_string_append_printf(s, "%s /StructParent %u >>", destination ? "" : " >>",
                           pdf_tree_annotation(c->tree, number));
    g_string_append_c(c->links, ' ');
    pdf_put_reference(c->links, number);
}

/* ---- pages -------------------------------------------------------------------------------------
 */

guint canvas_page_object(Canvas *c, guint page)
{
    while (c->pages->len <= page) {
        const guint object = pdf_file_reserve(c->file);
        g_array_append_val(c->pages, object);
    }
    return g_array_index(c->pages, guint, page);
}

void canvas_begin_page(Canvas *c)
{
    c->page_key = pdf_tree_page(c->tree, canvas_page_object(c, c->n_pages));
    c->n_pages++;
    g_string_assign(c->content, "1 j\n");
    g_string_truncate(c->links, 0);
    memset(&c->state, 0, sizeof c->state);
    c->state.stroke = c->state.fill = (Colour){0, 0, 0, 0xFF};
    c->state.width = 1;
    c->state.font = -1;
}

/* A group with a colour space of its own: what is drawn over each other half transparent is mixed
 * in the colours of the screen also on printers. */
void canvas_end_page(Canvas *c)
{
    end_marked(c);
    const guint content = pdf_file_reserve(c->file);
    pdf_file_stream(c->file, content, NULL, c->content->str, c->content->len);
    GString *s = pdf_file_object(c->file, canvas_page_object(c, c->n_pages - 1));
    g_string_append_printf(s,
                           "<< /Type /Page /Parent %u 0 R /Contents %u 0 R /Resources %u 0 R "
                           "/Group << /Type /Group /S /Transparency /I true /CS /DeviceRGB >> "
                           "/StructParents %u /Tabs /S /MediaBox [0 0 ",
                           c->page_list, content, c->resources, c->page_key);
    pdf_put_number(s, c->width, 3);
    g_string_append_c(s, ' ');
    pdf_put_number(s, c->height, 3);
    g_string_append_c(s, ']');
    if (c->links->len > 0) {
        g_string_append_printf(s, " /Annots [%s ]", c->links->str);
    }
    g_string_append(s, " >>");
}

static void put_opacities(const Canvas *c, GString *s)
{
    for (guint fill = 0; fill < 2; fill++) {
        for (guint a = 0; a < 256; a++) {
            if (c->opacities[fill][a]) {
                g_string_append_printf(s, "/%c%u << /%s ", fill ? 'f' : 's', a, fill ? "ca" : "CA");
                pdf_put_number(s, a / 255.0, 4);
                g_string_append(s, " >> ");
            }
        }
    }
}

void canvas_write(Canvas *c)
{
    g_autoptr(GString) fonts = g_string_new(NULL);
    pdf_fonts_write(c->fonts, c->file, fonts);
    GString *s = pdf_file_object(c->file, c->resources);
    g_string_append_printf(s, "<< /Font << %s>> /XObject << %s>> /ExtGState << ", fonts->str,
                           c->images->str);
    put_opacities(c, s);
    g_string_append(s, ">> >>");
    s = pdf_file_object(c->file, c->page_list);
    g_string_append_printf(s, "<< /Type /Pages /Count %u /Kids [", c->n_pages);
    for (guint i = 0; i < c->n_pages; i++) {
        g_string_append_c(s, ' ');
        pdf_put_reference(s, canvas_page_object(c, i));
    }
    g_string_append(s, " ] >>");
}
