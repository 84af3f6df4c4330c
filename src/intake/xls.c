#include "xls.h"

#include <string.h>

#include "compound.h"
#include "peerline/base/error.h"
#include "sniff.h"
#include "xls_cells.h"
#include "xlsx_value.h"

enum { BIFF8 = 0x0600, BIFF5 = 0x0500, WORKSHEET = 0, PLAIN_TEXT = 0x8001 };

/* What stands before the sheets. */
typedef struct {
    Biff biff;
    const char *file;
    guint version;
    char *charset; /* of BIFF5 */
    gboolean since_1904, encrypted;
    GPtrArray *names;     /* of the worksheets, in order */
    GArray *offsets;      /* guint32: where they begin */
    GHashTable *formats;  /* number of a format + 1 -> XlsxMeaning + 1 */
    GArray *cell_formats; /* guint16: number of the format of each cell format */
    Sheet *sheet;         /* owner of the shared texts until it is known which sheet it is */
    GPtrArray *strings;
    GString *text;
} Globals;

static gboolean fail(const Globals *g, const char *what, GError **error)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", g->file, what);
    return FALSE;
}

/* ---- records of the workbook ----------------------------------------------------------------- */

static void read_name(Globals *g, gsize n)
{
    if (g->version == BIFF8)
        biff_text(&g->biff, n, g->text);
    else
        biff_bytes(&g->biff, n, g->charset, g->text);
}

static void on_boundsheet(Globals *g)
{
    const guint32 offset = biff_u32(&g->biff);
    biff_u8(&g->biff); /* hidden sheets are data like others */
    const guint kind = biff_u8(&g->biff);
    read_name(g, biff_u8(&g->biff));
    if (kind != WORKSHEET || g->biff.failed)
        return;
    g_ptr_array_add(g->names, g_strdup(g->text->str));
    g_array_append_val(g->offsets, offset);
}

static void on_format(Globals *g)
{
    const guint id = biff_u16(&g->biff);
    read_name(g, g->version == BIFF8 ? biff_u16(&g->biff) : biff_u8(&g->biff));
    g_hash_table_insert(g->formats, GUINT_TO_POINTER(id + 1),
                        GUINT_TO_POINTER((guint)xlsx_meaning_of_code(g->text->str) + 1));
}

static void on_xf(Globals *g)
{
    biff_u16(&g->biff); /* the font */
    const guint16 format = biff_u16(&g->biff);
    g_array_append_val(g->cell_formats, format);
}

/* Every text takes three bytes at least, which bounds what the number of texts may ask for. */
static void on_sst(Globals *g)
{
    biff_u32(&g->biff);
    const guint32 n = biff_u32(&g->biff);
    for (guint32 i = 0; i < n && !g->biff.failed; i++) {
        biff_text(&g->biff, biff_u16(&g->biff), g->text);
        if (!g->biff.failed)
            g_ptr_array_add(g->strings, (gpointer)sheet_text(g->sheet, g->text->str, g->text->len));
    }
}

static void on_codepage(Globals *g)
{
    g_free(g->charset);
    g->charset = biff_charset(biff_u16(&g->biff));
}

static void on_datemode(Globals *g)
{
    g->since_1904 = biff_u16(&g->biff) == 1;
}

static void on_filepass(Globals *g)
{
    g->encrypted = TRUE;
}

static void take_record(Globals *g)
{
    static const struct {
        guint id;
        void (*take)(Globals *g);
    } RECORDS[] = {{BIFF_BOUNDSHEET, on_boundsheet},
                   {BIFF_FORMAT, on_format},
                   {BIFF_XF, on_xf},
                   {BIFF_SST, on_sst},
                   {BIFF_CODEPAGE, on_codepage},
                   {BIFF_DATEMODE, on_datemode},
                   {BIFF_FILEPASS, on_filepass}};
    for (guint i = 0; i < G_N_ELEMENTS(RECORDS); i++)
        if (RECORDS[i].id == g->biff.id)
            RECORDS[i].take(g);
}

static gboolean read_globals(Globals *g, GError **error)
{
    if (!biff_next(&g->biff) || g->biff.id != BIFF_BOF)
        return fail(g, "the workbook is damaged: it has no beginning (a whole XLS file)", error);
    g->version = biff_u16(&g->biff);
    if (g->version != BIFF8 && g->version != BIFF5)
        return fail(g, "a workbook older than Excel 5 (save it again as XLSX)", error);
    while (biff_next(&g->biff)) {
        if (g->biff.id == BIFF_EOF)
            return TRUE;
        take_record(g);
        if (g->encrypted)
            return fail(g, "the workbook is protected by a password (one without)", error);
        if (g->biff.failed)
            break;
    }
    return fail(g, "the workbook is damaged or cut short before its sheets (a whole XLS file)",
                error);
}

/* ---- a sheet with what its cells refer to ------------------------------------------------------
 */

static GByteArray *meanings(const Globals *g)
{
    GByteArray *styles = g_byte_array_new();
    for (guint i = 0; i < g->cell_formats->len; i++) {
        const guint id = g_array_index(g->cell_formats, guint16, i);
        gpointer declared = g_hash_table_lookup(g->formats, GUINT_TO_POINTER(id + 1));
        const guint8 meaning = declared ? (guint8)(GPOINTER_TO_UINT(declared) - 1)
                                        : (guint8)xlsx_meaning_of_builtin(id);
        g_byte_array_append(styles, &meaning, 1);
    }
    return styles;
}

static gboolean read_chosen(Globals *g, guint chosen, GError **error)
{
    XlsContext context = {.strings = g->strings,
                          .styles = meanings(g),
                          .charset = g->version == BIFF8 ? NULL : g->charset,
                          .since_1904 = g->since_1904};
    g_free(g->sheet->name);
    g->sheet->name = g_strdup(g->names->pdata[chosen]);
    g->biff.next = g_array_index(g->offsets, guint32, chosen);
    g_autofree char *wrong = NULL;
    if (g->biff.next >= g->biff.n)
        wrong = g_strdup("the sheet does not begin");
    else
        wrong = xls_read_cells(&g->biff, &context, g->sheet);
    g_byte_array_unref(context.styles);
    if (!wrong)
        return TRUE;
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s!%s: the sheet is damaged or cut short: %s (a whole XLS file)", g->file,
                g->sheet->name, wrong);
    return FALSE;
}

static gboolean read_sheet(Globals *g, const Pattern *wanted, GError **error)
{
    guint chosen = 0;
    if (!read_globals(g, error))
        return FALSE;
    if (!sheet_choose(g->names, wanted, &chosen)) {
        sheet_not_chosen(g->file, wanted, g->names, error);
        return FALSE;
    }
    return read_chosen(g, chosen, error);
}

/* What is often called .xls and is none: Excel opens it all the same. */
static void refuse(const guint8 *data, gsize n, const char *file, GError **error)
{
    const char *what = n > 0 ? sniff_foreign((const char *)data, n) : "an empty file";
    if (n >= 2 && data[0] == 0x09 && data[1] <= 0x08)
        what = "a workbook older than Excel 5";
    else if (!what && n > 0 && g_strstr_len((const char *)data, (gssize)MIN(n, 1024), "<?xml"))
        what = "an XML document";
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s: the file is not an XLS workbook: found %s (an XLS workbook, or another "
                "format:)",
                file, what ? what : "something else, perhaps text");
}

Sheet *xls_read_sheet(const guint8 *data, gsize n, const char *display_name, const Pattern *wanted,
                      GError **error)
{
    static const char *const STREAMS[] = {"Workbook", "Book", NULL};
    if (!compound_is(data, n)) {
        refuse(data, n, display_name, error);
        return NULL;
    }
    GByteArray *stream = compound_stream(data, n, display_name, STREAMS, error);
    if (!stream)
        return NULL;
    Globals g = {.biff = {.stream = stream->data, .n = stream->len},
                 .file = display_name,
                 .charset = biff_charset(PLAIN_TEXT),
                 .names = g_ptr_array_new_with_free_func(g_free),
                 .offsets = g_array_new(FALSE, FALSE, sizeof(guint32)),
                 .formats = g_hash_table_new(NULL, NULL),
                 .cell_formats = g_array_new(FALSE, FALSE, sizeof(guint16)),
                 .sheet = sheet_new(""),
                 .strings = g_ptr_array_new(),
                 .text = g_string_new(NULL)};
    const gboolean ok = read_sheet(&g, wanted, error);
    g_free(g.charset);
    g_ptr_array_unref(g.names);
    g_array_unref(g.offsets);
    g_hash_table_unref(g.formats);
    g_array_unref(g.cell_formats);
    g_ptr_array_unref(g.strings);
    g_string_free(g.text, TRUE);
    g_byte_array_unref(stream);
    if (!ok)
        sheet_free(g.sheet);
    return ok ? g.sheet : NULL;
}
