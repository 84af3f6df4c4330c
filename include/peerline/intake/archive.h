#ifndef PEERLINE_INTAKE_ARCHIVE_H
#define PEERLINE_INTAKE_ARCHIVE_H

#include <expat.h>
#include <glib.h>

/** The ZIP file below XLSX and ODS, and XML streamed out of it.
 *
 *  Whatever the file says of itself, no entry gives more than ARCHIVE_ENTRY_BYTES, and above
 *  ARCHIVE_FREE_BYTES none more than ARCHIVE_RATIO times its compressed size (published workbooks
 *  stay below 60): a small file cannot fill the memory. All that is read of one archive is no more
 *  than ARCHIVE_TOTAL_BYTES, however often it names the same entry: nor can it take hours. XML with
 * a document type is refused, so that there are no entities but the five of XML itself. */
typedef struct Archive Archive;

#define ARCHIVE_ENTRY_BYTES (G_GUINT64_CONSTANT(1) << 30)
#define ARCHIVE_FREE_BYTES  (G_GUINT64_CONSTANT(32) << 20)
#define ARCHIVE_RATIO       300
#define ARCHIVE_ENTRIES     65536
#define ARCHIVE_TOTAL_BYTES (G_GUINT64_CONSTANT(8) << 30)

/** Opens a file. `display_name` begins every message and is copied. */
Archive *archive_open(const char *path, const char *display_name, GError **error);
/** The same from memory, which must outlive the archive. */
Archive *archive_open_bytes(const void *data, gsize n, const char *display_name, GError **error);
void archive_free(Archive *a);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_free)

const char *archive_name(const Archive *a);
gboolean archive_has(Archive *a, const char *entry);
/** The names of all entries in the order of the file; NULL-terminated, free with g_strfreev. Bytes
 *  that are no UTF-8 are replaced. */
char **archive_entries(Archive *a);
/** The first bytes of a small entry as text, NUL-terminated, at most `most` of them; NULL if there
 * is no such entry or it cannot be read. Newly allocated. */
char *archive_head(Archive *a, const char *entry, gsize most);

/** Handlers for one entry. Names reach them without their namespace's prefix: "row" for "x:row". */
typedef struct XmlReader XmlReader;
struct XmlReader {
    void (*start)(XmlReader *r, const char *name, const char **attributes);
    void (*end)(XmlReader *r, const char *name);
    void (*text)(XmlReader *r, const char *text, gsize n); /**< NULL: not wanted */
    /** Begins again, having forgotten all that came so far. NULL: cannot; such a part is read by
     *  expat alone, and no faster than that. */
    void (*restart)(XmlReader *r);
    XML_Parser parser; /**< private */
    char *problem;     /**< private: why a handler stopped */
};

/** Called by a handler: stops reading with this message, which follows "file: entry: ". */
void xml_stop(XmlReader *r, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** The value of an attribute, whatever its prefix, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

/** Reads an entry through the handlers. FALSE with error if it is missing, damaged, encrypted, too
 *  large or no well-formed XML, or if a handler stopped. */
gboolean archive_read_xml(Archive *a, const char *entry, XmlReader *reader, GError **error);

#endif
