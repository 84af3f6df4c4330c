#include "peerline/command/commands.h"
#include "peerline/observe/observe.h"
#include "check_here.h"
#include "options.h"

#include <math.h>
#include <stdio.h>

/** Counts of people that are all multiples of five were rounded, and often grossed up: limits
 * computed from them would be too narrow (METHODS 11). */
static gboolean all_multiples_of_five(const Series *s, guint n_areas)
{
    guint counted = 0;
    for (gsize i = 0; i < (gsize)s->n_periods * n_areas; i++) {
        const double x = s->grid[i].numerator;
        if (isnan(x) || x == 0)
            continue;
        if (fmod(x, 5) != 0)
            return FALSE;
        counted++;
    }
    return counted >= 10;
}

static void check_rounding(const Study *study, const ObservationSet *set, Diagnostics *diags)
{
    for (guint i = 0; i < study->n_indicators; i++) {
        const Indicator *d = &study->indicators[i];
        if (d->kind == KIND_COUNTS && all_multiples_of_five(&set->series[i], set->n_areas))
            diag_add(diags, DIAG_WARNING, "rounded-counts", d->where.file, d->where.line,
                     d->where.column,
                     "indicator %s is declared as counts, but every count is a multiple of 5 "
                     "(rounded or grossed-up figures are published, clustered or none)",
                     d->id);
    }
}

static int check_study(const char *path, const CommonOptions *options)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_load(path, diags);
    FetchOptions fetch = options_fetch(options);
    fetch.offline = !options->refresh;
    g_autoptr(StudyHere) here = study ? study_here_new(study, &fetch, diags) : NULL;
    g_autoptr(ObservationSet) set =
        here && here->readable ? observe(&here->study, &fetch, diags) : NULL;
    if (set)
        check_rounding(&here->study, set, diags);
    diagnostics_print(diags, DIAG_NOTE);
    const guint errors = diagnostics_count(diags, DIAG_ERROR);
    const guint warnings = diagnostics_count(diags, DIAG_WARNING) - errors;
    if (!options->quiet)
        fprintf(stderr, "peerline check: %s: %u %s, %u %s\n", path, errors,
                errors == 1 ? "error" : "errors", warnings, warnings == 1 ? "warning" : "warnings");
    return errors ? EXIT_FAILED : warnings ? EXIT_PARTIAL : EXIT_FINE;
}

int command_check(int argc, char **argv)
{
    CommonOptions options = {0};
    int status = options_parse(&options, OPTIONS_SOURCES, NULL, "STUDY", &argc, &argv);
    if (status < 0 && argc != 2) {
        fputs("peerline check: one study is needed (peerline check STUDY [options])\n", stderr);
        status = EXIT_USAGE;
    }
    if (status < 0)
        status = check_study(argv[1], &options);
    common_options_clear(&options);
    return status;
}
