#include "peerline/intake/archive.h"

#include <string.h>
#include <zip.h>

#include "peerline/base/error.h"
#include "sniff.h"
#include "xml_quick.h"

#define CHUNK (64 * 1024)

struct Archive {
    zip_t *zip;
    char *name;
    guint64 read; /* bytes of all entries, unpacked, each time that one was read */
};

static gboolean fail(const char *name, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean fail(const char *name, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", name, what);
    return FALSE;
}

/* ---- opening ------------------------------------------------------------------------------- */

/* What the file is if it is no ZIP file, by its first bytes. */
static gboolean check_head(const char *head, gsize n, const char *name, GError **error)
{
    if (n == 0)
        return fail(name, error, "the file is empty (an XLSX or ODS workbook)");
    if (n >= 4 && memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0)
        return fail(
            name, error,
            "the file is not an XLSX or ODS workbook: found an encrypted workbook or one of "
            "Excel 97-2003 (.xls) (save it as XLSX without a password)");
    if (n >= 4 && memcmp(head, "PK\x03\x04", 4) == 0)
        return TRUE;
    const char *foreign = sniff_foreign(head, n);
    return fail(name, error, "the file is not an XLSX or ODS workbook: found %s (a ZIP file)",
                foreign ? foreign : "other bytes, perhaps text");
}

static Archive *open_source(zip_source_t *source, const char *name, GError **error)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    if (!zip) {
        fail(name, error, "the workbook is damaged or cut short: %s (a whole ZIP file)",
             zip_error_strerror(&why));
        zip_error_fini(&why);
        zip_source_free(source);
        return NULL;
    }
    zip_error_fini(&why);
    Archive *a = g_new(Archive, 1);
    *a = (Archive){.zip = zip, .name = g_strdup(name)};
    if (zip_get_num_entries(zip, 0) <= ARCHIVE_ENTRIES)
        return a;
    fail(name, error, "the workbook has too many parts: %" G_GINT64_FORMAT " (at most %d)",
         (gint64)zip_get_num_entries(zip, 0), ARCHIVE_ENTRIES);
    archive_free(a);
    return NULL;
}

Archive *archive_open_bytes(const void *data, gsize n, const char *display_name, GError **error)
{
    if (!check_head(data, n, display_name, error))
        return NULL;
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(data, n, 0, &why);
    zip_error_fini(&why);
    return open_source(source, display_name, error);
}

static gboolean read_head(const char *path, char *head, gsize *n, const char *name, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(GIOChannel) file = g_io_channel_new_file(path, "r", &why);
    if (!file)
        return fail(name, error, "cannot be read: %s", why->message);
    g_io_channel_set_encoding(file, NULL, NULL);
    gsize most = *n;
    if (g_io_channel_read_chars(file, head, most, n, &why) == G_IO_STATUS_ERROR)
        return fail(name, error, "cannot be read: %s", why->message);
    return TRUE;
}

Archive *archive_open(const char *path, const char *display_name, GError **error)
{
    char head[1024];
    gsize n = sizeof head;
    if (!read_head(path, head, &n, display_name, error) ||
        !check_head(head, n, display_name, error))
        return NULL;
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_file_create(path, 0, -1, &why);
    zip_error_fini(&why);
    return open_source(source, display_name, error);
}

void archive_free(Archive *a)
{
    if (!a)
        return;
    zip_discard(a->zip);
    g_free(a->name);
    g_free(a);
}

const char *archive_name(const Archive *a)
{
    return a->name;
}

gboolean archive_has(Archive *a, const char *entry)
{
    return zip_name_locate(a->zip, entry, 0) >= 0;
}

char **archive_entries(Archive *a)
{
    const gint64 n = zip_get_num_entries(a->zip, 0);
    GPtrArray *names = g_ptr_array_new();
    for (gint64 i = 0; i < n; i++) {
        const char *name = zip_get_name(a->zip, (zip_uint64_t)i, 0);
        g_ptr_array_add(names, g_utf8_make_valid(name ? name : "", -1));
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

char *archive_head(Archive *a, const char *entry, gsize most)
{
    zip_file_t *file = zip_fopen(a->zip, entry, 0);
    if (!file)
        return NULL;
    char *head = g_malloc(most + 1);
    zip_int64_t n = zip_fread(file, head, most);
    zip_fclose(file);
    head[MAX(n, 0)] = '\0';
    if (n < 0)
        g_clear_pointer(&head, g_free);
    return head;
}

/* ---- XML ----------------------------------------------------------------------------------- */

static const char *local_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (guint i = 0; attributes[i]; i += 2)
        if (strcmp(local_name(attributes[i]), name) == 0)
            return attributes[i + 1];
    return NULL;
}

void xml_stop(XmlReader *r, const char *format, ...)
{
    if (r->problem)
        return;
    va_list args;
    va_start(args, format);
    r->problem = g_strdup_vprintf(format, args);
    va_end(args);
    if (r->parser)
        XML_StopParser(r->parser, XML_FALSE);
}

/* After a stop expat may still hand over what it has at hand. */
static void XMLCALL on_start(void *data, const char *name, const char **attributes)
{
    XmlReader *r = data;
    if (!r->problem)
        r->start(r, local_name(name), attributes);
}

static void XMLCALL on_end(void *data, const char *name)
{
    XmlReader *r = data;
    if (!r->problem)
        r->end(r, local_name(name));
}

static void XMLCALL on_text(void *data, const char *text, int n)
{
    XmlReader *r = data;
    if (!r->problem)
        r->text(r, text, (gsize)n);
}

static void XMLCALL on_doctype(void *data, const char *name, const char *system_id,
                               const char *public_id, int internal)
{
    (void)system_id, (void)public_id, (void)internal;
    xml_stop(data, "a document type is declared: %s (none, workbooks have no entities)", name);
}

static XML_Parser parser_new(XmlReader *r)
{
    XML_Parser p = XML_ParserCreate(NULL);
    XML_SetUserData(p, r);
    XML_SetElementHandler(p, on_start, on_end);
    if (r->text)
        XML_SetCharacterDataHandler(p, on_text);
    XML_SetStartDoctypeDeclHandler(p, on_doctype);
    return p;
}

/* ---- one entry ----------------------------------------------------------------------------- */

typedef struct {
    Archive *archive;
    const char *entry;
    zip_file_t *file;
    guint64 compressed, seen;
} Entry;

static gboolean entry_fail(const Entry *e, GError **error, const char *what, const char *found)
{
    return fail(e->archive->name, error, "%s: %s%s%s", e->entry, what, found ? ": " : "",
                found ? found : "");
}

static gboolean entry_open(Entry *e, GError **error)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(e->archive->zip, e->entry, 0, &stat) < 0)
        return entry_fail(e, error, "the workbook lacks this part (or it is damaged)", NULL);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return entry_fail(e, error, "the workbook is encrypted (save it without a password)", NULL);
    e->compressed = (stat.valid & ZIP_STAT_COMP_SIZE) ? stat.comp_size : 0;
    e->file = zip_fopen(e->archive->zip, e->entry, 0);
    return e->file || entry_fail(e, error, "the workbook is damaged",
                                 zip_error_strerror(zip_get_error(e->archive->zip)));
}

/* Counted as it comes: sizes in the directory of the archive may be lies. */
static gboolean entry_bounded(Entry *e, gsize more, GError **error)
{
    e->seen += more;
    e->archive->read += more;
    if (e->archive->read > ARCHIVE_TOTAL_BYTES)
        return entry_fail(e, error, "the parts of the workbook are too large together",
                          "more than 8 GiB");
    if (e->seen <= ARCHIVE_FREE_BYTES)
        return TRUE;
    if (e->seen > ARCHIVE_ENTRY_BYTES || e->seen / ARCHIVE_RATIO > e->compressed) {
        g_autofree char *found =
            g_strdup_printf("more than %" G_GUINT64_FORMAT " MiB out of %" G_GUINT64_FORMAT
                            " bytes (at most 1 GiB, and %d times the compressed size)",
                            e->seen >> 20, e->compressed, ARCHIVE_RATIO);
        return entry_fail(e, error, "this part is too large", found);
    }
    return TRUE;
}

static gboolean entry_parse(Entry *e, XmlReader *r, GError **error)
{
    for (gboolean last = FALSE; !last;) {
        void *buffer = XML_GetBuffer(r->parser, CHUNK);
        zip_int64_t n = buffer ? zip_fread(e->file, buffer, CHUNK) : -1;
        if (n < 0)
            return entry_fail(e, error, "the workbook is damaged",
                              zip_error_strerror(zip_file_get_error(e->file)));
        if (!entry_bounded(e, (gsize)n, error))
            return FALSE;
        last = n == 0;
        if (XML_ParseBuffer(r->parser, (int)n, last) == XML_STATUS_OK)
            continue;
        if (r->problem)
            return entry_fail(e, error, r->problem, NULL);
        g_autofree char *found =
            g_strdup_printf("line %lu: %s", (gulong)XML_GetCurrentLineNumber(r->parser),
                            XML_ErrorString(XML_GetErrorCode(r->parser)));
        return entry_fail(e, error, "not well-formed XML", found);
    }
    return TRUE;
}

/* The same without expat. *known is FALSE if it takes expat to read this part, or to judge it. */
static gboolean entry_parse_quickly(Entry *e, XmlReader *r, gboolean *known, GError **error)
{
    g_autoptr(XmlQuick) quick = xml_quick_new(r);
    *known = TRUE;
    for (zip_int64_t n = 1; n > 0;) {
        n = zip_fread(e->file, xml_quick_room(quick, CHUNK), CHUNK);
        if (n < 0)
            return entry_fail(e, error, "the workbook is damaged",
                              zip_error_strerror(zip_file_get_error(e->file)));
        if (!entry_bounded(e, (gsize)n, error))
            return FALSE;
        switch (xml_quick_take(quick, (gsize)n)) {
        case QUICK_GOOD: break;
        case QUICK_STOPPED: return entry_fail(e, error, r->problem, NULL);
        case QUICK_UNKNOWN: *known = FALSE; return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_quickly(Archive *a, const char *entry, XmlReader *reader, gboolean *known,
                             GError **error)
{
    Entry e = {.archive = a, .entry = entry};
    *known = TRUE;
    if (!entry_open(&e, error))
        return FALSE;
    const gboolean ok = entry_parse_quickly(&e, reader, known, error);
    zip_fclose(e.file);
    g_clear_pointer(&reader->problem, g_free);
    return ok;
}

gboolean archive_read_xml(Archive *a, const char *entry, XmlReader *reader, GError **error)
{
    gboolean known;
    reader->problem = NULL;
    reader->parser = NULL;
    if (reader->restart) {
        const gboolean ok = read_quickly(a, entry, reader, &known, error);
        if (known)
            return ok;
        reader->restart(reader);
    }
    Entry e = {.archive = a, .entry = entry};
    if (!entry_open(&e, error))
        return FALSE;
    reader->parser = parser_new(reader);
    gboolean ok = entry_parse(&e, reader, error);
    XML_ParserFree(reader->parser);
    g_clear_pointer(&reader->problem, g_free);
    zip_fclose(e.file);
    return ok;
}
