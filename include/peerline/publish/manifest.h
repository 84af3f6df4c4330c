#ifndef PEERLINE_PUBLISH_MANIFEST_H
#define PEERLINE_PUBLISH_MANIFEST_H

#include <glib.h>

/** manifest.json of an edition: what it was made from, as one hash; every file with its length and
 *  SHA-256; and what a run that finds nothing new has to tell again. The next run compares with it.
 *
 *  {"layout": 1, "inputs": HASH, "program": HASH, "exit_status": 0, "areas": 60,
 *   "warnings": [TEXT],   "replaces": HASH, "compared_with": {"assessment": HASH, "edition": DATE},
 *   "files": [{"path", "bytes", "sha256", "document": HASH}]}
 *
 *  `program` is about what can alter a page without a new input: the sources the program was built
 *  from and the libraries that draw. `replaces` is the hash of the manifest of the edition before.
 *  `document` is the hash of the contents that a report was drawn from. */

typedef struct {
    char *path; /**< below the edition's directory */
    guint64 bytes;
    char *sha256;
    char *document; /**< or NULL */
} ManifestFile;

typedef struct {
    char *inputs, *program;
    int exit_status;
    guint areas;            /**< of the study */
    char **warnings;        /**< sentences, NULL-terminated; or NULL */
    char *replaces;         /**< or NULL: there was none */
    char *compared_with;    /**< SHA-256 of the data/assessment.csv that data/changes.csv begins
                                 from; or NULL */
    char *compared_edition; /**< the date of its edition; or NULL */
    GPtrArray *files;       /**< ManifestFile*, sorted by path */
    gint64 written;         /**< when the file was written, in nanoseconds; 0: it was not read */
    /* private: contents of the reports being drawn */
    GHashTable *documents;
    GMutex lock;
} Manifest;

Manifest *manifest_new(void);
void manifest_free(Manifest *m);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Manifest, manifest_free)

/** NULL if there is none, or none that we understand. */
Manifest *manifest_read(const char *directory);
gboolean manifest_write(const Manifest *m, const char *directory, GError **error);
/** The hash of DIRECTORY/manifest.json, new; NULL if there is none. */
char *manifest_identity(const char *directory);
static inline const char *manifest_replaces(const Manifest *m)
{
    return m->replaces;
}

/** NULL if the edition has no such file. */
const ManifestFile *manifest_find(const Manifest *m, const char *path);
/** Whether the file is there as it was written: of its length, and older than the manifest or with
 *  the same hash. */
gboolean manifest_holds(const Manifest *m, const char *directory, const ManifestFile *file);
/** Whether all files are. What else lies in the directory does not matter. */
gboolean manifest_is_whole(const Manifest *m, const char *directory);

/** An edition that files may be taken over from; the manifest belongs to someone else. */
typedef struct {
    const char *directory;
    const Manifest *manifest;
} Earlier;

/** Notes the contents that a report is drawn from. Thread-safe. */
void manifest_note_document(Manifest *m, const char *path, const char *document);
/** Takes a report over from the earlier edition, if it was drawn by the same program from the same
 *  contents and is intact: the file is linked, so that it keeps its time. Thread-safe. */
gboolean manifest_take_over(const Manifest *m, const Earlier *earlier, const char *path,
                            const char *document, const char *directory);

typedef struct {
    guint written, kept; /**< files */
} ManifestCounts;

/** Lists all files of a directory that is ready to be published. A file with the same bytes as in
 *  the earlier edition (or NULL) is replaced by that one, so that it keeps its time. */
gboolean manifest_list(Manifest *m, const char *directory, const Earlier *earlier,
                       ManifestCounts *counts, GError **error);

#endif
