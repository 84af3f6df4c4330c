#include "pdf_file.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

/* Objects in one object stream: more are packed closer, and a reader has to unpack more at once. */
enum { TOGETHER = 200 };
/* Beyond this level files hardly become smaller. */
enum { LEVEL = 6 };

/* Where an object is: at a byte of the file, or in an object stream. */
typedef struct {
    guint type;   /* 0: not written, 1: at a byte, 2: in a stream */
    guint at;     /* the byte, or the number of the stream */
    guint within; /* the stream: its how manieth object */
} Place;

struct PdfFile {
    GByteArray *out;
    GArray *places;   /* Place by number */
    GString *objects; /* of the object stream that is being filled */
    GArray *starts;   /* guint: number and start of each of them */
    guint holder;     /* number of that stream */
    z_stream packer;
};

PdfFile *pdf_file_new(void)
{
    PdfFile *f = g_new0(PdfFile, 1);
    f->out = g_byte_array_sized_new(1 << 17);
    f->places = g_array_new(FALSE, TRUE, sizeof(Place));
    f->objects = g_string_sized_new(1 << 15);
    f->starts = g_array_new(FALSE, FALSE, sizeof(guint));
    const Place none = {0, 0, 0xFFFF};
    g_array_append_val(f->places, none);
    if (deflateInit(&f->packer, LEVEL) != Z_OK) {
        g_error("zlib cannot be set up");
    }
    static const char HEAD[] = "%PDF-1.5\n%\xB5\xED\xAE\xFB\n";
    g_byte_array_append(f->out, (const guint8 *)HEAD, sizeof HEAD - 1);
    return f;
}

void pdf_file_free(PdfFile *f)
{
    if (f->out) {
        g_byte_array_unref(f->out);
    }
    g_array_unref(f->places);
    g_array_unref(f->starts);
    g_string_free(f->objects, TRUE);
    deflateEnd(&f->packer);
    g_free(f);
}

guint pdf_file_reserve(PdfFile *f)
{
    g_array_set_size(f->places, f->places->len + 1);
    return f->places->len - 1;
}

/* ---- streams -----------------------------------------------------------------------------------
 */

/* Appends the compressed data to `out`. */
static void pack(PdfFile *f, const void *data, gsize n, GByteArray *out)
{
    z_stream *z = &f->packer;
    deflateReset(z);
    const guint before = out->len;
    const guint room = (guint)deflateBound(z, n);
    g_byte_array_set_size(out, before + room);
    z->next_in = (Bytef *)data;
    z->avail_in = (uInt)n;
    z->next_out = out->data + before;
    z->avail_out = room;
    if (deflate(z, Z_FINISH) != Z_STREAM_END) {
        g_error("zlib cannot compress %" G_GSIZE_FORMAT " bytes", n);
    }
    g_byte_array_set_size(out, before + room - z->avail_out);
}

GByteArray *pdf_file_compressed(PdfFile *f, const void *data, gsize n)
{
    GByteArray *out = g_byte_array_new();
    pack(f, data, n, out);
    return out;
}

static void append(PdfFile *f, const char *text)
{
    g_byte_array_append(f->out, (const guint8 *)text, (guint)strlen(text));
}

void pdf_file_stream_as_is(PdfFile *f, guint number, const char *entries, const void *data, gsize n)
{
    g_array_index(f->places, Place, number) = (Place){1, f->out->len, 0};
    g_autofree char *head =
        g_strdup_printf("%u 0 obj\n<< /Length %" G_GSIZE_FORMAT " %s >>\nstream\n", number, n,
                        entries ? entries : "");
    append(f, head);
    g_byte_array_append(f->out, data, (guint)n);
    append(f, "\nendstream\nendobj\n");
}

void pdf_file_stream(PdfFile *f, guint number, const char *entries, const void *data, gsize n)
{
    g_autoptr(GByteArray) packed = pdf_file_compressed(f, data, n);
    g_autofree char *all = g_strconcat("/Filter /FlateDecode", entries ? " " : NULL, entries, NULL);
    pdf_file_stream_as_is(f, number, all, packed->data, packed->len);
}

/* ---- objects -----------------------------------------------------------------------------------
 */

static void end_object_stream(PdfFile *f)
{
    if (f->starts->len == 0) {
        return;
    }
    g_autoptr(GString) all = g_string_sized_new(f->objects->len + 16 * f->starts->len);
    for (guint i = 0; i < f->starts->len; i += 2) {
        g_string_append_printf(all, "%u %u ", g_array_index(f->starts, guint, i),
                               g_array_index(f->starts, guint, i + 1));
    }
    g_autofree char *entries =
        g_strdup_printf("/Type /ObjStm /N %u /First %u", f->starts->len / 2, (guint)all->len);
    g_string_append_len(all, f->objects->str, (gssize)f->objects->len);
    pdf_file_stream(f, f->holder, entries, all->str, all->len);
    g_array_set_size(f->starts, 0);
    g_string_truncate(f->objects, 0);
}

GString *pdf_file_object(PdfFile *f, guint number)
{
    if (f->starts->len >= 2 * TOGETHER) {
        end_object_stream(f);
    }
    if (f->starts->len == 0) {
        f->holder = pdf_file_reserve(f);
    } else {
        g_string_append_c(f->objects, '\n');
    }
    g_array_index(f->places, Place, number) = (Place){2, f->holder, f->starts->len / 2};
    const guint start[] = {number, (guint)f->objects->len};
    g_array_append_vals(f->starts, start, 2);
    return f->objects;
}

/* ---- the table of objects ----------------------------------------------------------------------
 */

enum { ROW = 8 }; /* bytes: 1 for the type, 4 and 3 for the place; before them the predictor's */

/* Each row as its difference from the one above, which packs to little (PNG's predictor "up"). */
static GByteArray *place_rows(const PdfFile *f)
{
    GByteArray *rows = g_byte_array_sized_new(f->places->len * (ROW + 1));
    guint8 above[ROW] = {0};
    for (guint i = 0; i < f->places->len; i++) {
        const Place *p = &g_array_index(f->places, Place, i);
        const guint8 row[ROW] = {
            (guint8)p->type,          (guint8)(p->at >> 24), (guint8)(p->at >> 16),
            (guint8)(p->at >> 8),     (guint8)p->at,         (guint8)(p->within >> 16),
            (guint8)(p->within >> 8), (guint8)p->within};
        guint8 difference[ROW + 1] = {2};
        for (guint k = 0; k < ROW; k++) {
            difference[k + 1] = (guint8)(row[k] - above[k]);
            above[k] = row[k];
        }
        g_byte_array_append(rows, difference, sizeof difference);
    }
    return rows;
}

GByteArray *pdf_file_end(PdfFile *f, guint root, guint info)
{
    end_object_stream(f);
    const guint number = pdf_file_reserve(f);
    const guint start = f->out->len;
    g_array_index(f->places, Place, number) = (Place){1, start, 0};
    g_autofree char *digest =
        g_compute_checksum_for_data(G_CHECKSUM_MD5, f->out->data, f->out->len);
    g_autoptr(GByteArray) rows = place_rows(f);
    g_autofree char *entries =
        g_strdup_printf("/Type /XRef /Size %u /W [1 4 3] /Root %u 0 R /Info %u 0 R /ID [<%s> <%s>] "
                        "/DecodeParms << /Predictor 12 /Columns %d >>",
                        f->places->len, root, info, digest, digest, ROW);
    pdf_file_stream(f, number, entries, rows->data, rows->len);
    g_autofree char *tail = g_strdup_printf("startxref\n%u\n%%%%EOF\n", start);
    append(f, tail);
    return g_steal_pointer(&f->out);
}

/* ---- what objects are made of ------------------------------------------------------------------
 */

void pdf_put_number(GString *s, double x, guint digits)
{
    static const double POWERS[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    char buffer[32], *at = buffer + sizeof buffer;
    gint64 n = isfinite(x) && fabs(x) < 1e9 ? (gint64)llround(x * POWERS[digits]) : 0;
    const gboolean negative = n < 0;
    n = negative ? -n : n;
    guint behind = digits;
    while (behind > 0 && n % 10 == 0) {
        n /= 10;
        behind--;
    }
    for (guint i = 0; i < behind; i++, n /= 10) {
        *--at = (char)('0' + n % 10);
    }
    if (behind > 0) {
        *--at = '.';
    }
    do {
        *--at = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    if (negative) {
        *--at = '-';
    }
    g_string_append_len(s, at, buffer + sizeof buffer - at);
}

void pdf_put_reference(GString *s, guint number)
{
    pdf_put_number(s, number, 0);
    g_string_append_len(s, " 0 R", 4);
}

void pdf_put_byte(GString *s, char c)
{
    switch (c) {
    case '(':
    case ')':
    case '\\':
        g_string_append_c(s, '\\');
        g_string_append_c(s, c);
        return;
    case '\n': /* as they are, a reader would take both for the same */
        g_string_append_len(s, "\\n", 2);
        return;
    case '\r': g_string_append_len(s, "\\r", 2); return;
    default: g_string_append_c(s, c);
    }
}

void pdf_put_bytes(GString *s, const char *bytes, gsize n)
{
    g_string_append_c(s, '(');
    for (gsize i = 0; i < n; i++) {
        pdf_put_byte(s, bytes[i]);
    }
    g_string_append_c(s, ')');
}

void pdf_put_text(GString *s, const char *text)
{
    if (g_str_is_ascii(text)) {
        pdf_put_bytes(s, text, strlen(text));
        return;
    }
    glong n = 0;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    g_string_append(s, "<FEFF");
    for (glong i = 0; wide && i < n; i++) {
        g_string_append_printf(s, "%04X", wide[i]);
    }
    g_string_append_c(s, '>');
}
