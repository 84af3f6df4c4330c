#include "pdf_font.h"

#include "pdf_program.h"

#include <string.h>

enum { CODES = 256 };
enum { PROGRAMS_KEPT = 64 }; /* per thread; emptied when full */

/* ---- codes -------------------------------------------------------------------------------------
 */

/* A font of the file. */
typedef struct {
    const FontFace *face;
    guint used;
    guint16 glyph[CODES];
    gunichar text[CODES];
    gboolean taken[CODES];
} Font;

typedef struct {
    gunichar text;
    PdfCode code;
    gboolean known;
} Known;

typedef struct {
    guint16 glyph;
    Known known;
} Second;

/* What is known of the glyphs of a face. */
typedef struct {
    const FontFace *face;
    Known *first;    /* by glyph */
    GArray *seconds; /* Second: glyphs that stand for another character too */
} FaceCodes;

struct PdfFonts {
    GPtrArray *fonts; /* Font */
    GPtrArray *faces; /* FaceCodes, in the order of their first use */
};

static void face_codes_free(gpointer data)
{
    FaceCodes *c = data;
    g_free(c->first);
    g_array_unref(c->seconds);
    g_free(c);
}

PdfFonts *pdf_fonts_new(void)
{
    PdfFonts *f = g_new0(PdfFonts, 1);
    f->fonts = g_ptr_array_new_with_free_func(g_free);
    f->faces = g_ptr_array_new_with_free_func(face_codes_free);
    return f;
}

void pdf_fonts_free(PdfFonts *f)
{
    g_ptr_array_unref(f->fonts);
    g_ptr_array_unref(f->faces);
    g_free(f);
}

static FaceCodes *codes_of(PdfFonts *f, const FontFace *face)
{
    for (guint i = 0; i < f->faces->len; i++) {
        FaceCodes *c = g_ptr_array_index(f->faces, i);
        if (c->face == face) {
            return c;
        }
    }
    FaceCodes *c = g_new(FaceCodes, 1);
    *c = (FaceCodes){face, g_new0(Known, MAX(face->n_glyphs, 1)),
                     g_array_new(FALSE, FALSE, sizeof(Second))};
    g_ptr_array_add(f->faces, c);
    return c;
}

/* Code 0 stays free: some readers end a string there. */
static guint free_code(const Font *font, gunichar text)
{
    if (text >= 0x20 && text < 0x7F && !font->taken[text]) {
        return text;
    }
    for (guint i = 0x80; i < CODES; i++) {
        if (!font->taken[i]) {
            return i;
        }
    }
    for (guint i = 0x7F; i > 0; i--) {
        if (!font->taken[i]) {
            return i;
        }
    }
    return 0;
}

static PdfCode new_code(PdfFonts *f, const FontFace *face, guint16 glyph, gunichar text)
{
    guint n = f->fonts->len;
    Font *font = NULL;
    while (n > 0 && !font) {
        Font *last = g_ptr_array_index(f->fonts, --n);
        font = last->face == face && last->used < CODES - 1 ? last : NULL;
    }
    if (!font) {
        n = f->fonts->len;
        font = g_new0(Font, 1);
        font->face = face;
        g_ptr_array_add(f->fonts, font);
    }
    const guint code = free_code(font, text);
    font->taken[code] = TRUE;
    font->used++;
    font->glyph[code] = glyph;
    font->text[code] = text;
    return (PdfCode){(guint16)n, (guint8)code};
}

static PdfCode second_code(PdfFonts *f, FaceCodes *c, guint16 glyph, gunichar text)
{
    for (guint i = 0; i < c->seconds->len; i++) {
        const Second *s = &g_array_index(c->seconds, Second, i);
        if (s->glyph == glyph && s->known.text == text) {
            return s->known.code;
        }
    }
    const Second s = {glyph, {text, new_code(f, c->face, glyph, text), TRUE}};
    g_array_append_val(c->seconds, s);
    return s.known.code;
}

PdfCode pdf_fonts_code(PdfFonts *f, const FontFace *face, guint16 glyph, gunichar text)
{
    FaceCodes *c = codes_of(f, face);
    Known *k = &c->first[glyph];
    if (!k->known) {
        *k = (Known){text, new_code(f, face, glyph, text), TRUE};
    }
    return k->text == text ? k->code : second_code(f, c, glyph, text);
}

/* ---- the font program --------------------------------------------------------------------------
 */

typedef struct {
    char tag[7]; /* six letters that say which glyphs there are */
    GByteArray *packed;
} Program;

static void program_free(gpointer data)
{
    Program *p = data;
    g_byte_array_unref(p->packed);
    g_free(p);
}

static int compare_glyphs(gconstpointer a, gconstpointer b)
{
    return (int)*(const guint16 *)a - (int)*(const guint16 *)b;
}

static gboolean has_glyph(const GArray *sorted, guint16 glyph)
{
    return g_array_binary_search((GArray *)sorted, &glyph, compare_glyphs, NULL);
}

static void sort_once_each(GArray *glyphs)
{
    g_array_sort(glyphs, compare_glyphs);
    guint n = 0;
    guint16 *g = (guint16 *)(void *)glyphs->data;
    for (guint i = 0; i < glyphs->len; i++) {
        if (n == 0 || g[n - 1] != g[i]) {
            g[n++] = g[i];
        }
    }
    g_array_set_size(glyphs, n);
}

/* The glyphs that have codes, ascending. A font that much of ASCII is set in gets the rest of it as
 * well: nearly all reports of a study then have the same font program, which is made once. */
static GArray *wanted_glyphs(const Font *font)
{
    const FontFace *face = font->face;
    GArray *glyphs = g_array_new(FALSE, FALSE, sizeof(guint16));
    for (guint i = 0; i < CODES; i++) {
        if (font->taken[i]) {
            g_array_append_val(glyphs, font->glyph[i]);
        }
    }
    sort_once_each(glyphs);
    guint of_ascii = 0;
    for (guint i = 0; i < face->n_usual; i++) {
        of_ascii += has_glyph(glyphs, face->usual[i]);
    }
    if (3 * of_ascii > face->n_usual) {
        g_array_append_vals(glyphs, face->usual, face->n_usual);
        sort_once_each(glyphs);
    }
    return glyphs;
}

static Program *program_new(const FontFace *face, const GArray *glyphs, const char *key,
                            PdfFile *file)
{
    Program *p = g_new0(Program, 1);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_MD5, key, -1);
    for (guint i = 0; i < 6; i++) {
        p->tag[i] = (char)('A' + (g_ascii_xdigit_value(digest[2 * i]) * 16 +
                                  g_ascii_xdigit_value(digest[2 * i + 1])) %
                                     26);
    }
    g_autofree char *name = g_strconcat(p->tag, "+", face->name, NULL);
    g_autoptr(GByteArray) bytes =
        pdf_program_new(face, (const guint16 *)(const void *)glyphs->data, glyphs->len, name);
    p->packed = pdf_file_compressed(file, bytes->data, bytes->len);
    return p;
}

static GPrivate kept_key = G_PRIVATE_INIT((GDestroyNotify)g_hash_table_unref);

static GHashTable *kept_programs(void)
{
    GHashTable *kept = g_private_get(&kept_key);
    if (!kept) {
        kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, program_free);
        g_private_set(&kept_key, kept);
    }
    if (g_hash_table_size(kept) >= PROGRAMS_KEPT) {
        g_hash_table_remove_all(kept);
    }
    return kept;
}

static const Program *program_of(const Font *font, PdfFile *file)
{
    g_autoptr(GArray) glyphs = wanted_glyphs(font);
    /* The tag is made of the key as well, and so does not say where the file is. */
    GString *key = g_string_new(font->face->name);
    for (guint i = 0; i < glyphs->len; i++) {
        g_string_append_printf(key, " %u", g_array_index(glyphs, guint16, i));
    }
    GHashTable *kept = kept_programs();
    g_autofree char *kept_as = g_strconcat(font->face->key, " ", key->str, NULL);
    Program *p = g_hash_table_lookup(kept, kept_as);
    if (!p) {
        p = program_new(font->face, glyphs, key->str, file);
        g_hash_table_insert(kept, g_steal_pointer(&kept_as), p);
    }
    g_string_free(key, TRUE);
    return p;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static guint write_descriptor(const Font *font, const Program *p, PdfFile *file)
{
    const FontFace *f = font->face;
    const guint program = pdf_file_reserve(file), number = pdf_file_reserve(file);
    pdf_file_stream_as_is(file, program, "/Filter /FlateDecode /Subtype /Type1C", p->packed->data,
                          p->packed->len);
    GString *s = pdf_file_object(file, number);
    g_string_append_printf(s, "<< /Type /FontDescriptor /FontName /%s+%s /Flags 4 /FontBBox [",
                           p->tag, f->name);
    for (guint i = 0; i < 4; i++) {
        g_string_append_c(s, ' ');
        pdf_put_number(s, f->box[i], 0);
    }
    g_string_append(s, " ] /ItalicAngle 0 /Ascent ");
    pdf_put_number(s, f->ascent, 0);
    g_string_append(s, " /Descent ");
    pdf_put_number(s, f->descent, 0);
    g_string_append(s, " /CapHeight ");
    pdf_put_number(s, f->cap_height, 0);
    g_string_append_printf(s, " /StemV 80 /FontFile3 %u 0 R >>", program);
    return number;
}

/* Names of the glyphs that have codes: the font program knows them by the same. */
static void put_encoding(GString *s, const Font *font)
{
    g_string_append(s, "<< /Type /Encoding /Differences [");
    for (guint i = 0; i < CODES; i++) {
        char name[8];
        if (!font->taken[i]) {
            continue;
        }
        if (i == 0 || !font->taken[i - 1]) {
            g_string_append_printf(s, " %u", i);
        }
        pdf_program_glyph_name(font->glyph[i], name);
        g_string_append_printf(s, "/%s", font->glyph[i] ? name : ".notdef");
    }
    g_string_append(s, " ] >>");
}

static guint write_meaning(const Font *font, PdfFile *file)
{
    g_autoptr(GString) s =
        g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                     "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<00> <ff>\nendcodespacerange\n");
    guint codes[CODES], n = 0;
    for (guint i = 0; i < CODES; i++) {
        if (font->taken[i] && font->text[i]) {
            codes[n++] = i;
        }
    }
    for (guint i = 0; i < n; i++) {
        if (i % 100 == 0) {
            g_string_append_printf(s, "%u beginbfchar\n", MIN(n - i, 100));
        }
        const gunichar c = font->text[codes[i]];
        if (c < 0x10000) {
            g_string_append_printf(s, "<%02x> <%04x>\n", codes[i], c);
        } else {
            g_string_append_printf(s, "<%02x> <%04x%04x>\n", codes[i],
                                   0xD800 + ((c - 0x10000) >> 10),
                                   0xDC00 + ((c - 0x10000) & 0x3FF));
        }
        if (i % 100 == 99 || i + 1 == n) {
            g_string_append(s, "endbfchar\n");
        }
    }
    g_string_append(s, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    const guint number = pdf_file_reserve(file);
    pdf_file_stream(file, number, NULL, s->str, s->len);
    return number;
}

static guint write_font(const Font *font, const Program *p, PdfFile *file)
{
    guint first = 0, last = CODES - 1;
    while (first < last && !font->taken[first]) {
        first++;
    }
    while (last > first && !font->taken[last]) {
        last--;
    }
    const guint descriptor = write_descriptor(font, p, file);
    const guint meaning = write_meaning(font, file);
    const guint number = pdf_file_reserve(file);
    GString *s = pdf_file_object(file, number);
    g_string_append_printf(s,
                           "<< /Type /Font /Subtype /Type1 /BaseFont /%s+%s /FontDescriptor %u 0 R "
                           "/ToUnicode %u 0 R /FirstChar %u /LastChar %u /Widths [",
                           p->tag, font->face->name, descriptor, meaning, first, last);
    for (guint i = first; i <= last; i++) {
        g_string_append_c(s, ' ');
        pdf_put_number(s, font->taken[i] ? font->face->widths[font->glyph[i]] : 0, 2);
    }
    g_string_append(s, " ] /Encoding ");
    put_encoding(s, font);
    g_string_append(s, " >>");
    return number;
}

void pdf_fonts_write(PdfFonts *f, PdfFile *file, GString *resources)
{
    for (guint i = 0; i < f->fonts->len; i++) {
        const Font *font = g_ptr_array_index(f->fonts, i);
        const guint number = write_font(font, program_of(font, file), file);
        g_string_append_printf(resources, "/F%u %u 0 R ", i, number);
    }
}
