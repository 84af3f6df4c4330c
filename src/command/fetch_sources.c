#include "options.h"
#include "peerline/base/diag.h"
#include "peerline/base/progress.h"
#include "peerline/catalogue/study.h"
#include "peerline/command/commands.h"
#include "peerline/intake/source_fetch.h"

#include <stdio.h>

static void tell_one(const Source *s, const FetchResult *result, Diagnostics *diags)
{
    if (result->error)
        source_tell_error(s, result->error, diags);
    else
        source_tell_stale(s, result->fetched, diags);
}

static void fetch_sources(const Study *study, const FetchOptions *options, Diagnostics *diags)
{
    const guint n = study->n_sources;
    g_autofree FetchRequest *requests = g_new0(FetchRequest, n + 1);
    for (guint i = 0; i < n; i++)
        requests[i] = source_request(&study->sources[i]);
    FetchResult *results = fetch_all(requests, n, options);
    for (guint i = 0; i < n; i++)
        tell_one(&study->sources[i], &results[i], diags);
    fetch_results_free(results, n);
}

static int fetch_study(const char *path, const CommonOptions *options)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_load(path, diags);
    if (study) {
        g_autoptr(Progress) progress = progress_new(options->quiet);
        FetchOptions fetch = options_fetch(options);
        fetch.reuse = FALSE;
        fetch.progress = progress;
        fetch_sources(study, &fetch, diags);
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
