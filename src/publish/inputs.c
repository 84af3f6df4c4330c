#include "peerline/publish/inputs.h"

#include <cairo.h>
#include <pango/pango.h>
#include <qpdf/qpdf-c.h>
#include <string.h>
#include <xlsxwriter.h>
#include <zlib.h>

#include "peerline/base/clock.h"
#include "peerline/base/fingerprint.h"
#include "peerline/base/fonts.h"
#include "peerline/base/text.h"
#include "peerline/base/version.h"
#include "peerline/build_id.h"
#include "provenance_files.h"

/* ---- sources ---- */

typedef struct {
    const char *id, *url, *sha256, *retrieved, *note;
} InputFile;

static void add_file(Fingerprint *f, InputFile file)
{
    const char *const parts[] = {file.id, file.url, file.sha256, file.retrieved, file.note};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        fingerprint_text(f, parts[i]);
}

static void add_fetched(Fingerprint *f, const Inputs *in)
{
    const Study *s = in->study;
    for (guint i = 0; i < s->n_sources; i++) {
        const Fetched *got = source_files_get(in->files, i);
        fingerprint_text(f, s->sources[i].has_sql ? s->sources[i].sql.text : NULL);
        if (got)
            add_file(
                f, (InputFile){s->sources[i].id, got->url, got->sha256, got->retrieved, got->note});
    }
}

static void add_read(Fingerprint *f, const ObservationSet *set)
{
    for (guint i = 0; i < set->n_sources; i++) {
        const SourceUsed *used = &set->sources[i];
        add_file(f, (InputFile){used->file, used->url, used->sha256, used->retrieved, used->note});
    }
}

/* ---- definitions ---- */

static gboolean add_definitions(Fingerprint *f, const Study *study, GError **error)
{
    for (char **path = study->definition_files; path && *path; path++) {
        guint64 bytes;
        g_autofree char *hash = fingerprint_file(*path, &bytes, error);
        if (!hash)
            return FALSE;
        fingerprint_text(f, provenance_relative_name(study, *path));
        fingerprint_text(f, hash);
    }
    return TRUE;
}

char *inputs_digest(const Inputs *in, GError **error)
{
    Fingerprint *f = fingerprint_new();
    fingerprint_text(f, in->program);
    fingerprint_text(f, in->choices);
    fingerprint_text(f, in->study->id);
    g_autofree char *date = clock_is_fixed() ? clock_date(clock_now()) : NULL;
    fingerprint_text(f, date);
    const Brand *brand = &in->study->brand;
    g_autofree char *logo =
        brand->logo_data ? text_sha256(brand->logo_data, brand->logo_size) : NULL;
    fingerprint_text(f, logo);
    const gboolean good = add_definitions(f, in->study, error);
    if (in->files)
        add_fetched(f, in);
    else
        add_read(f, in->set);
    g_autofree char *digest = fingerprint_end(f);
    return good ? g_steal_pointer(&digest) : NULL;
}

/* ---- the program ---- */

char *program_digest(void)
{
    static const char *const fonts[] = {"Inter-Regular.otf", "Inter-SemiBold.otf"};
    const char *const parts[] = {
        PEERLINE_VERSION,       PEERLINE_METHODS_VERSION, PEERLINE_SOURCES, cairo_version_string(),
        pango_version_string(), qpdf_get_qpdf_version(),  lxw_version(),    zlibVersion()};
    Fingerprint *f = fingerprint_new();
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        fingerprint_text(f, parts[i]);
    for (guint i = 0; i < G_N_ELEMENTS(fonts); i++) {
        g_autofree char *path = g_build_filename(FONTS_DIRECTORY, fonts[i], NULL);
        guint64 bytes;
        g_autofree char *hash = fingerprint_file(path, &bytes, NULL);
        fingerprint_text(f, hash);
    }
    return fingerprint_end(f);
}
