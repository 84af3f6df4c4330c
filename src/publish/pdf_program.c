#include "pdf_program.h"

#include <math.h>
#include <string.h>

/* ---- numbers -----------------------------------------------------------------------------------
 */

static void put_byte(GByteArray *out, guint byte)
{
    const guint8 b = (guint8)byte;
    g_byte_array_append(out, &b, 1);
}

static void put_big(GByteArray *out, guint32 value, guint bytes)
{
    while (bytes-- > 0) {
        put_byte(out, value >> (8 * bytes) & 0xFF);
    }
}

/* As both charstrings and dictionaries write an integer. */
static void put_integer(GByteArray *out, int v)
{
    if (v >= -107 && v <= 107) {
        put_byte(out, (guint)(v + 139));
    } else if (v >= 108 && v <= 1131) {
        put_byte(out, (guint)((v - 108) / 256 + 247));
        put_byte(out, (guint)((v - 108) % 256));
    } else if (v >= -1131 && v <= -108) {
        put_byte(out, (guint)((-v - 108) / 256 + 251));
        put_byte(out, (guint)((-v - 108) % 256));
    } else {
        put_byte(out, 28);
        put_big(out, (guint32)CLAMP(v, G_MININT16, G_MAXINT16), 2);
    }
}

/* Always of the same length, so that offsets do not move what they point to. */
static void put_offset(GByteArray *out, guint value)
{
    put_byte(out, 29);
    put_big(out, value, 4);
}

/* Half bytes: figures, a for the point, c for E-, f for the end. */
static void put_real(GByteArray *out, double v)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.9f", v);
    g_autoptr(GByteArray) halves = g_byte_array_new();
    for (const char *c = text; *c; c++) {
        put_byte(halves, *c == '.' ? 0xA : (guint)(*c - '0'));
    }
    put_byte(halves, 0xF);
    if (halves->len % 2) {
        put_byte(halves, 0xF);
    }
    put_byte(out, 30);
    for (guint i = 0; i < halves->len; i += 2) {
        put_byte(out, (guint)(halves->data[i] << 4 | halves->data[i + 1]));
    }
}

/* ---- charstrings -------------------------------------------------------------------------------
 */

enum {
    OP_VLINETO = 7,
    OP_HLINETO = 6,
    OP_RLINETO = 5,
    OP_RRCURVETO = 8,
    OP_ENDCHAR = 14,
    OP_RMOVETO = 21,
    OP_VHCURVETO = 30,
    OP_HVCURVETO = 31,
    MOST_ARGUMENTS = 48
};

typedef struct {
    GByteArray *out;
    GArray *arguments; /* int: of the operator that is being collected */
    guint operator;    /* 0: none */
    int x, y;
    int width; /* written before the first operator */
    gboolean begun;
} Outline;

static void outline_flush(Outline *o)
{
    if (!o->operator) {
        return;
    }
    if (!o->begun) {
        put_integer(o->out, o->width);
        o->begun = TRUE;
    }
    for (guint i = 0; i < o->arguments->len; i++) {
        put_integer(o->out, g_array_index(o->arguments, int, i));
    }
    put_byte(o->out, o->operator);
    g_array_set_size(o->arguments, 0);
    o->operator= 0;
}

/* Lines and curves of one kind share an operator. */
static void outline_add(Outline *o, guint operator, const int * arguments, guint n)
{
    const gboolean joins = operator== OP_RLINETO || operator== OP_RRCURVETO;
    if (o->operator!= operator|| !joins || o->arguments->len + n> MOST_ARGUMENTS) {
        outline_flush(o);
    }
    o->operator= operator;
    g_array_append_vals(o->arguments, arguments, n);
}

/* Rounded where it is, so that errors do not add up. */
static void step(Outline *o, double x, double y, int d[2])
{
    const int to_x = (int)lround(x), to_y = (int)lround(y);
    d[0] = to_x - o->x;
    d[1] = to_y - o->y;
    o->x = to_x;
    o->y = to_y;
}

static void move_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y,
                    void *unused)
{
    (void)f, (void)s, (void)unused;
    int d[2];
    step(data, x, y, d);
    outline_add(data, OP_RMOVETO, d, 2);
}

static void line_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x, float y,
                    void *unused)
{
    (void)f, (void)s, (void)unused;
    int d[2];
    step(data, x, y, d);
    if (d[0] && d[1]) {
        outline_add(data, OP_RLINETO, d, 2);
    } else if (d[0]) {
        outline_add(data, OP_HLINETO, &d[0], 1);
    } else if (d[1]) {
        outline_add(data, OP_VLINETO, &d[1], 1);
    }
}

static void curve(Outline *o, const double p[6])
{
    int d[6];
    for (guint i = 0; i < 6; i += 2) {
        step(o, p[i], p[i + 1], d + i);
    }
    if (d[1] == 0 && d[4] == 0) {
        outline_add(o, OP_HVCURVETO, (const int[]){d[0], d[2], d[3], d[5]}, 4);
    } else if (d[0] == 0 && d[5] == 0) {
        outline_add(o, OP_VHCURVETO, (const int[]){d[1], d[2], d[3], d[4]}, 4);
    } else {
        outline_add(o, OP_RRCURVETO, d, 6);
    }
}

static void cubic_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x1, float y1,
                     float x2, float y2, float x, float y, void *unused)
{
    (void)f, (void)s, (void)unused;
    curve(data, (const double[]){x1, y1, x2, y2, x, y});
}

/* Of TrueType; as a cubic curve it is the same. */
static void quadratic_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *s, float x1, float y1,
                         float x, float y, void *unused)
{
    (void)f, (void)unused;
    curve(data, (const double[]){(s->current_x + 2.0 * x1) / 3, (s->current_y + 2.0 * y1) / 3,
                                 (x + 2.0 * x1) / 3, (y + 2.0 * y1) / 3, x, y});
}

static hb_draw_funcs_t *draw_functions(void)
{
    hb_draw_funcs_t *f = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(f, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(f, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(f, cubic_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(f, quadratic_to, NULL, NULL);
    return f;
}

/* Of all glyphs, one after the other; `ends` has the end of each. */
static GByteArray *charstrings(const FontFace *face, const guint16 *glyphs, guint n, GArray *ends)
{
    GByteArray *all = g_byte_array_new();
    hb_draw_funcs_t *functions = draw_functions();
    Outline o = {.out = all, .arguments = g_array_new(FALSE, FALSE, sizeof(int))};
    for (guint i = 0; i < n; i++) {
        o.x = o.y = 0;
        o.begun = FALSE;
        o.width = hb_font_get_glyph_h_advance(face->font, glyphs[i]);
        hb_font_get_glyph_shape(face->font, glyphs[i], functions, &o);
        outline_flush(&o);
        o.operator= OP_ENDCHAR;
        outline_flush(&o);
        g_array_append_val(ends, all->len);
    }
    g_array_unref(o.arguments);
    hb_draw_funcs_destroy(functions);
    return all;
}

/* ---- the file ----------------------------------------------------------------------------------
 */

static void put_index(GByteArray *out, const guint8 *data, const guint *ends, guint n)
{
    put_big(out, n, 2);
    if (n == 0) {
        return;
    }
    const guint total = ends[n - 1], bytes = total < 0xFF ? 1 : total < 0xFFFF ? 2 : 4;
    put_byte(out, bytes);
    put_big(out, 1, bytes);
    for (guint i = 0; i < n; i++) {
        put_big(out, ends[i] + 1, bytes);
    }
    g_byte_array_append(out, data, total);
}

static void put_names(GByteArray *out, const guint16 *glyphs, guint n)
{
    g_autoptr(GByteArray) names = g_byte_array_new();
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < n; i++) {
        char name[8];
        pdf_program_glyph_name(glyphs[i], name);
        g_byte_array_append(names, (const guint8 *)name, (guint)strlen(name));
        g_array_append_val(ends, names->len);
    }
    put_index(out, names->data, (const guint *)(const void *)ends->data, n);
}

/* Where the parts are that the dictionary points to. */
typedef struct {
    guint charset, glyphs, private;
} Parts;

enum { FIRST_OWN_NAME = 391, PRIVATE_BYTES = 4 };

static void put_dictionary(GByteArray *out, const FontFace *face, Parts at)
{
    g_autoptr(GByteArray) d = g_byte_array_new();
    const double unit = 1.0 / face->units_per_em;
    for (guint i = 0; i < 6; i++) {
        if (i == 0 || i == 3) {
            put_real(d, unit);
        } else {
            put_integer(d, 0);
        }
    }
    put_big(d, 12 << 8 | 7, 2); /* FontMatrix */
    for (guint i = 0; i < 4; i++) {
        put_integer(d, (int)lround(face->box[i] * face->units_per_em / 1000));
    }
    put_byte(d, 5); /* FontBBox */
    put_offset(d, at.charset);
    put_byte(d, 15);
    put_offset(d, at.glyphs);
    put_byte(d, 17);
    put_integer(d, PRIVATE_BYTES);
    put_offset(d, at.private);
    put_byte(d, 18);
    put_index(out, d->data, &d->len, 1);
}

static GByteArray *assembled(const FontFace *face, const guint16 *glyphs, guint n, const char *name,
                             Parts *at)
{
    GByteArray *out = g_byte_array_new();
    const guint name_bytes = (guint)strlen(name);
    put_big(out, 0x01000404, 4); /* version 1.0, 4 bytes of header, offsets of 4 bytes */
    put_index(out, (const guint8 *)name, &name_bytes, 1);
    put_dictionary(out, face, *at);
    put_names(out, glyphs + 1, n - 1);
    put_index(out, NULL, NULL, 0); /* subroutines */
    at->charset = out->len;
    put_byte(out, 2); /* one range of names */
    put_big(out, FIRST_OWN_NAME, 2);
    put_big(out, n > 1 ? n - 2 : 0, 2);
    at->private = out->len;
    put_integer(out, 0);
    put_byte(out, 20); /* defaultWidthX */
    put_integer(out, 0);
    put_byte(out, 21); /* nominalWidthX */
    at->glyphs = out->len;
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GByteArray) shapes = charstrings(face, glyphs, n, ends);
    put_index(out, shapes->data, (const guint *)(const void *)ends->data, n);
    return out;
}

GByteArray *pdf_program_new(const FontFace *face, const guint16 *glyphs, guint n, const char *name)
{
    g_autofree guint16 *all = g_new(guint16, n + 1);
    const guint zero = n > 0 && glyphs[0] == 0 ? 0 : 1;
    all[0] = 0;
    if (n > 0) {
        memcpy(all + zero, glyphs, n * sizeof *glyphs);
    }
    Parts at = {0, 0, 0};
    /* The first time tells where the parts are: offsets are of one length. */
    g_byte_array_unref(assembled(face, all, n + zero, name, &at));
    return assembled(face, all, n + zero, name, &at);
}

void pdf_program_glyph_name(guint16 glyph, char name[8])
{
    g_snprintf(name, 8, "g%u", glyph);
}
