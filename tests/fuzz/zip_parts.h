#ifndef PEERLINE_FUZZ_ZIP_PARTS_H
#define PEERLINE_FUZZ_ZIP_PARTS_H

/** A sound ZIP file in memory of which a fuzzer replaces one part: checksums would else keep it
 *  from ever reaching what is in it. */

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

typedef struct {
    char letter; /**< of the first byte of an input that replaces it */
    const char *name, *text;
} ZipPart;

/** What replaces the part of that letter. */
typedef struct {
    char letter;
    const guint8 *data;
    gsize n;
} ZipSeed;

static inline void fuzz_require(gboolean holds)
{
    if (!holds)
        abort();
}

static inline void zip_part_add(zip_t *zip, const char *name, const void *data, gsize n)
{
    const zip_int64_t at = zip_file_add(zip, name, zip_source_buffer(zip, data, n, 0), 0);
    fuzz_require(at >= 0);
    zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
}

/** All parts, one of them replaced; newly allocated. */
static inline guint8 *zip_parts_wrap(const ZipPart *parts, guint n_parts, const ZipSeed *seed,
                                     gsize *size)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *into = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(into);
    zip_t *zip = zip_open_from_source(into, ZIP_TRUNCATE, &error);
    fuzz_require(zip != NULL);
    for (guint i = 0; i < n_parts; i++) {
        const gboolean replaced = parts[i].letter == seed->letter;
        zip_part_add(zip, parts[i].name,
                     replaced ? (const void *)seed->data : (const void *)parts[i].text,
                     replaced ? seed->n : strlen(parts[i].text));
    }
    fuzz_require(zip_close(zip) == 0);
    zip_stat_t stat;
    fuzz_require(zip_source_open(into) == 0 && zip_source_stat(into, &stat) == 0);
    guint8 *bytes = g_malloc(stat.size + 1);
    fuzz_require(zip_source_read(into, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(into);
    zip_source_free(into);
    zip_error_fini(&error);
    *size = stat.size;
    return bytes;
}

#endif
