#include "peerline/command/commands.h"
#include "peerline/observe/observe.h"
#include "peerline/publish/inputs.h"
#include "pipeline.h"
#include "summary.h"

#include <stdio.h>

typedef struct {
    const Study *study;
    FetchOptions fetch;
    SourceFiles *files;
} RunInput;

/* Fetches the sources: nothing that a publisher has is asked for before the target is locked. */
static char *digest_study(gpointer user, const char *choices, const char *program, GError **error)
{
    RunInput *in = user;
    in->files = source_files_fetch(in->study, &in->fetch);
    const Inputs inputs = {
        .study = in->study, .files = in->files, .choices = choices, .program = program};
    return source_files_complete(in->files) ? inputs_digest(&inputs, error) : NULL;
}

static ObservationSet *read_study(gpointer user, Diagnostics *diags)
{
    const RunInput *in = user;
    return observe_files(in->study, in->files, diags);
}

static int run_study(const char *path, const CommonOptions *options)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_load(path, diags);
    if (!study) {
        diagnostics_print(diags, DIAG_WARNING);
        fputs("peerline run: the definitions have faults; nothing was published\n", stderr);
        return summary_failed(path, EXIT_FAILED, options);
    }
    g_autoptr(Progress) progress = progress_new(options->quiet);
    RunInput input = {.study = study, .fetch = options_fetch(options)};
    input.fetch.reuse = FALSE;
    input.fetch.progress = progress;
    g_autofree char *out = g_build_filename("out", study->id, NULL);
    const Pipeline pipeline = {.command = "run",
                               .study = study,
                               .options = options,
                               .default_out = out,
                               .inputs = digest_study,
                               .read = read_study,
                               .user = &input,
                               .diags = diags,
                               .tell = options->quiet ? DIAG_WARNING : DIAG_NOTE};
    const int status = pipeline_publish(&pipeline);
    source_files_free(input.files);
    return status;
}

int command_run(int argc, char **argv)
{
    CommonOptions options = {0};
    int status = options_parse(&options, OPTIONS_PUBLISHING, NULL, "STUDY", &argc, &argv);
    if (status < 0 && argc != 2) {
        fputs("peerline run: one study is needed (peerline run STUDY [options])\n", stderr);
        status = EXIT_USAGE;
    }
    if (status < 0)
        status = run_study(argv[1], &options);
    common_options_clear(&options);
    return status;
}
