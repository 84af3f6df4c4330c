#include "options.h"
#include "peerline/base/diag.h"
#include "peerline/base/progress.h"
#include "peerline/catalogue/study.h"
#include "peerline/command/commands.h"

#include <stdio.h>

static void fetch_one(const Source *s, const FetchOptions *options, Diagnostics *diags)
{
    const FetchRequest request = {
        .id = s->id, .path = s->path, .url = s->url, .file = s->file, .sha256 = s->sha256};
    g_autoptr(GError) error = NULL;
    g_autoptr(Fetched) fetched = fetch_source(&request, options, &error);
    if (!fetched)
        diag_add(diags, DIAG_ERROR, "cannot-read", s->where.file, s->where.line, s->where.column,
                 "%s", error->message);
    else if (fetched->note)
        diag_add(diags, DIAG_WARNING, "stale-source", s->where.file, s->where.line, s->where.column,
                 "source %s: %s", s->id, fetched->note);
}

static int fetch_study(const char *path, const CommonOptions *options)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_load(path, diags);
    FetchOptions fetch = options_fetch(options);
    fetch.refresh = !fetch.offline;
    if (study) {
        g_autoptr(Progress) progress = progress_new(options->quiet);
        progress_stage(progress, "Fetching sources", study->n_sources);
        for (guint i = 0; i < study->n_sources; i++) {
            fetch_one(&study->sources[i], &fetch, diags);
            progress_step(progress);
        }
    }
    diagnostics_print(diags, DIAG_WARNING);
    if (diagnostics_count(diags, DIAG_ERROR))
        return EXIT_FAILED;
    return diagnostics_count(diags, DIAG_WARNING) ? EXIT_PARTIAL : EXIT_FINE;
}

int command_fetch(int argc, char **argv)
{
    CommonOptions options = {0};
    int status = options_parse(&options, OPTIONS_SOURCES, NULL, "STUDY", &argc, &argv);
    if (status < 0 && argc != 2) {
        fputs("peerline fetch: one study is needed (peerline fetch STUDY [options])\n", stderr);
        status = EXIT_USAGE;
    }
    if (status < 0)
        status = fetch_study(argv[1], &options);
    common_options_clear(&options);
    return status;
}
