#include "archive.h"
#include "sheet.h"

/* Takes the archive. */
static Table *read_book(Archive *archive, const BookOptions *options, GError **error)
{
    static const BookOptions defaults = {.format = BOOK_XLSX};
    static Sheet *(*const READERS[])(Archive *, const Pattern *, GError **) = {
        [BOOK_XLSX] = xlsx_read_sheet, [BOOK_ODS] = ods_read_sheet};
    if (!archive)
        return NULL;
    const BookOptions *o = options ? options : &defaults;
    Sheet *sheet = READERS[o->format](archive, o->sheet, error);
    Table *table = sheet ? sheet_to_table(sheet, archive_name(archive), o, error) : NULL;
    archive_free(archive);
    return table;
}

Table *table_read_book(const char *path, const char *display_name, const BookOptions *options,
                       GError **error)
{
    return read_book(archive_open(path, display_name, error), options, error);
}

Table *table_parse_book(const void *data, gsize n, const char *display_name,
                        const BookOptions *options, GError **error)
{
    return read_book(archive_open_bytes(data, n, display_name, error), options, error);
}
