#ifndef PEERLINE_PUBLISH_PDF_FILE_H
#define PEERLINE_PUBLISH_PDF_FILE_H

#include <glib.h>

/** A PDF file as a list of numbered objects. Dictionaries and arrays go into compressed object
 *  streams, which makes a tagged report a third of its size.
 *  Source: ISO 32000-1, 7.3 (objects) and 7.5 (structure of a file). */

typedef struct PdfFile PdfFile;

PdfFile *pdf_file_new(void);
void pdf_file_free(PdfFile *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfFile, pdf_file_free)

/** The number of an object that is written later. */
guint pdf_file_reserve(PdfFile *f);
/** Begins the object, which is no stream; its text is appended to what comes back, and ends with
 *  the next call of a function of this header. */
GString *pdf_file_object(PdfFile *f, guint number);
/** Writes a stream, compressed. `entries` of its dictionary, or NULL. */
void pdf_file_stream(PdfFile *f, guint number, const char *entries, const void *data, gsize n);
/** Writes a stream as it is; `entries` must name the filter, if there is one. */
void pdf_file_stream_as_is(PdfFile *f, guint number, const char *entries, const void *data,
                           gsize n);
/** Compressed as pdf_file_stream() does it; new. */
GByteArray *pdf_file_compressed(PdfFile *f, const void *data, gsize n);
/** The bytes of the finished file. Its identifier is a digest of its content. */
GByteArray *pdf_file_end(PdfFile *f, guint root, guint info);

/* ---- what objects are made of ---- */

/** A number with at most so many digits behind the point; what is no number becomes 0. */
void pdf_put_number(GString *s, double x, guint digits);
/** "12 0 R" */
void pdf_put_reference(GString *s, guint number);
/** A byte of a string in brackets. */
void pdf_put_byte(GString *s, char c);
/** Bytes in brackets. */
void pdf_put_bytes(GString *s, const char *bytes, gsize n);
/** Text for people, from UTF-8. */
void pdf_put_text(GString *s, const char *text);

#endif
