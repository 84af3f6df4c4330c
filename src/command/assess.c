#include "peerline/command/commands.h"
#include "peerline/observe/assess_input.h"
#include "peerline/publish/inputs.h"
#include "pipeline.h"
#include "summary.h"

#include <stdio.h>
#include <string.h>

/** The option texts that belong to `assess` alone. */
typedef struct {
    char *peers, *groups, *measure, *per, *polarity, *uncertainty;
} OwnOptions;

static void own_options_clear(OwnOptions *o)
{
    g_free(o->peers);
    g_free(o->groups);
    g_free(o->measure);
    g_free(o->per);
    g_free(o->polarity);
    g_free(o->uncertainty);
}

/** What hand_over() and digest_data() need. */
typedef struct {
    const Study *study;
    ObservationSet *set;
    const OwnOptions *own;
} AssessInput;

static char *digest_data(gpointer user, const char *choices, const char *program, GError **error)
{
    const AssessInput *in = user;
    const OwnOptions *o = in->own;
    const char *const texts[] = {choices, o->measure, o->per, o->polarity, o->uncertainty};
    g_autoptr(GString) all = g_string_new(o->peers ? "peers " : "");
    g_string_append(all, o->groups ? "groups " : "");
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_string_append_printf(all, "\n%s", texts[i] ? texts[i] : "");
    const Inputs inputs = {
        .study = in->study, .set = in->set, .choices = all->str, .program = program};
    return inputs_digest(&inputs, error);
}

/** The set was read before the target was known to be free, because the study comes out of the same
 *  file; it is handed over here. */
static ObservationSet *hand_over(gpointer user, Diagnostics *diags)
{
    (void)diags;
    AssessInput *in = user;
    return g_steal_pointer(&in->set);
}

/** "out/<file name without extension>". New. */
static char *default_target(const char *data)
{
    g_autofree char *base = g_path_get_basename(data);
    char *dot = strrchr(base, '.');
    if (dot && dot != base)
        *dot = '\0';
    return g_build_filename("out", base, NULL);
}

static int assess_file(const char *data, const CommonOptions *common, const OwnOptions *own)
{
    const AssessOptions options = {.data = data,
                                   .peers = own->peers,
                                   .groups = own->groups,
                                   .measure = own->measure,
                                   .per = own->per,
                                   .polarity = own->polarity,
                                   .uncertainty = own->uncertainty,
                                   .title = common->title};
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = NULL;
    g_autoptr(ObservationSet) set = NULL;
    g_autoptr(GError) error = NULL;
    if (!assess_read(&options, &study, &set, diags, &error)) {
        diagnostics_print(diags, DIAG_WARNING);
        return summary_failed(data, pipeline_fail("assess", error), common);
    }
    g_autofree char *out = default_target(data);
    AssessInput input = {.study = study, .set = g_steal_pointer(&set), .own = own};
    const Pipeline pipeline = {.command = "assess",
                               .study = study,
                               .options = common,
                               .default_out = out,
                               .inputs = digest_data,
                               .read = hand_over,
                               .user = &input,
                               .diags = diags,
                               .tell = DIAG_NOTE};
    const int status = pipeline_publish(&pipeline);
    observation_set_free(input.set);
    return status;
}

int command_assess(int argc, char **argv)
{
    CommonOptions common = {0};
    OwnOptions own = {0};
    const GOptionEntry entries[] = {
        {"peers", 0, 0, G_OPTION_ARG_FILENAME, &own.peers, "area_code,peer_code[,rank,distance]",
         "FILE"},
        {"groups", 0, 0, G_OPTION_ARG_FILENAME, &own.groups, "area_code,group", "FILE"},
        {"measure", 0, 0, G_OPTION_ARG_STRING, &own.measure, "rate, proportion or ratio", "WORD"},
        {"per", 0, 0, G_OPTION_ARG_STRING, &own.per,
         "multiplier (default: inferred, else 100000 for rates, 100 for proportions)", "N"},
        {"polarity", 0, 0, G_OPTION_ARG_STRING, &own.polarity, "low, high or neither (the default)",
         "WORD"},
        {"uncertainty", 0, 0, G_OPTION_ARG_STRING, &own.uncertainty,
         "counts, published, clustered or none (default: found from the data)", "WORD"},
        {0}};
    int status = options_parse(&common, OPTIONS_PUBLISHING, entries, "DATA.csv", &argc, &argv);
    if (status < 0 && argc != 2) {
        fputs("peerline assess: one data file is needed (peerline assess DATA.csv [options])\n",
              stderr);
        status = EXIT_USAGE;
    }
    if (status < 0)
        status = assess_file(argv[1], &common, &own);
    common_options_clear(&common);
    own_options_clear(&own);
    return status;
}
