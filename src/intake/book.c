#include "peerline/intake/archive.h"
#include "peerline/base/error.h"
#include "sheet.h"
#include "xls.h"

static const BookOptions *or_defaults(const BookOptions *options)
{
    static const BookOptions defaults = {.format = BOOK_XLSX};
    return options ? options : &defaults;
}

/* Takes the archive. */
static Table *read_book(Archive *archive, const BookOptions *o, GError **error)
{
    static Sheet *(*const READERS[])(Archive *, const Pattern *, GError **) = {
        [BOOK_XLSX] = xlsx_read_sheet, [BOOK_ODS] = ods_read_sheet};
    if (!archive)
        return NULL;
    Sheet *sheet = READERS[o->format](archive, o->sheet, error);
    Table *table = sheet ? sheet_to_table(sheet, archive_name(archive), o, error) : NULL;
    archive_free(archive);
    return table;
}

static Table *parse_xls(const void *data, gsize n, const char *display_name, const BookOptions *o,
                        GError **error)
{
    Sheet *sheet = xls_read_sheet(data, n, display_name, o->sheet, error);
    return sheet ? sheet_to_table(sheet, display_name, o, error) : NULL;
}

/* Read, not mapped: a file that another program cuts short meanwhile must not stop this one. */
static Table *read_xls(const char *path, const char *display_name, const BookOptions *o,
                       GError **error)
{
    g_autofree char *data = NULL;
    g_autoptr(GError) why = NULL;
    gsize n = 0;
    if (g_file_get_contents(path, &data, &n, &why))
        return parse_xls(data, n, display_name, o, error);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot be read: %s",
                display_name, why->message);
    return NULL;
}

Table *table_read_book(const char *path, const char *display_name, const BookOptions *options,
                       GError **error)
{
    const BookOptions *o = or_defaults(options);
    if (o->format == BOOK_XLS)
        return read_xls(path, display_name, o, error);
    return read_book(archive_open(path, display_name, error), o, error);
}

Table *table_parse_book(const void *data, gsize n, const char *display_name,
                        const BookOptions *options, GError **error)
{
    const BookOptions *o = or_defaults(options);
    if (o->format == BOOK_XLS)
        return parse_xls(data, n, display_name, o, error);
    return read_book(archive_open_bytes(data, n, display_name, error), o, error);
}
