#include "peerline/base/text.h"
#include "peerline/command/commands.h"
#include "peerline/observe/observe.h"
#include "peerline/publish/workbook_check.h"
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

/** Names that no font of the reports can show. */
static void check_characters(const Study *study, const ObservationSet *set, Diagnostics *diags)
{
    const Where *at = &study->areas.where;
    for (guint a = 0; a < set->n_areas; a++) {
        const Area *area = &set->areas[a];
        g_autofree char *names = g_strconcat(area->name, area->short_name, NULL);
        g_autofree char *which = fonts_lacking(study->brand.fonts, names);
        if (which)
            diag_add(diags, DIAG_WARNING, "missing-character", at->file, at->line, at->column,
                     "no font has a character of the name of area %s: %s (brand: font_more brings "
                     "fonts of other scripts)",
                     area->code, which);
    }
}

/* As METHODS 11 has it, of figures that the publisher gives beside the counts. */
static void check_counts(const Study *study, const ObservationSet *set, Diagnostics *diags)
{
    for (guint i = 0; i < study->n_indicators; i++) {
        const Indicator *d = &study->indicators[i];
        if (set->series[i].contradicted)
            diag_add(diags, DIAG_WARNING, "not-counts", d->where.file, d->where.line,
                     d->where.column,
                     "indicator %s is declared as counts, but the values or limits that the "
                     "publisher gives beside them are others (published, clustered or none)",
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
    if (set) {
        check_rounding(&here->study, set, diags);
        check_characters(&here->study, set, diags);
        check_counts(&here->study, set, diags);
    }
    diagnostics_print(diags, DIAG_NOTE);
    const guint errors = diagnostics_count(diags, DIAG_ERROR);
    const guint warnings = diagnostics_count(diags, DIAG_WARNING) - errors;
    if (!options->quiet)
        fprintf(stderr, "peerline check: %s: %u %s, %u %s\n", path, errors,
                errors == 1 ? "error" : "errors", warnings, warnings == 1 ? "warning" : "warnings");
    return errors ? EXIT_FAILED : warnings ? EXIT_PARTIAL : EXIT_FINE;
}

/* ---- workbooks --------------------------------------------------------------------------------
 */

static void print_breaches(const GPtrArray *breaches)
{
    g_autoptr(GString) out = g_string_new("rule,sheet,cell,message\n");
    for (guint i = 0; i < breaches->len; i++) {
        const WorkbookBreach *b = breaches->pdata[i];
        const char *const fields[] = {b->rule, b->sheet, b->cell, b->message};
        for (guint k = 0; k < G_N_ELEMENTS(fields); k++) {
            if (k)
                g_string_append_c(out, ',');
            text_append_csv(out, fields[k]);
        }
        g_string_append_c(out, '\n');
    }
    fputs(out->str, stdout);
}

static int check_workbook(const char *path, const CommonOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) breaches = workbook_check(path, &error);
    if (!breaches) {
        fprintf(stderr, "peerline check: %s\n", error->message);
        return EXIT_FAILED;
    }
    print_breaches(breaches);
    if (!options->quiet)
        fprintf(stderr, "peerline check: %s: %u %s\n", path, breaches->len,
                breaches->len == 1 ? "breach" : "breaches");
    return breaches->len ? EXIT_FAILED : EXIT_FINE;
}

int command_check(int argc, char **argv)
{
    CommonOptions options = {0};
    g_autofree char *workbook = NULL;
    const GOptionEntry entries[] = {
        {"workbook", 0, 0, G_OPTION_ARG_FILENAME, &workbook,
         "check an XLSX workbook against the checklist for accessible spreadsheets instead; "
         "breaches as CSV on stdout",
         "FILE"},
        {0}};
    int status =
        options_parse(&options, OPTIONS_SOURCES, entries, "STUDY | --workbook FILE", &argc, &argv);
    if (status < 0 && argc != (workbook ? 1 : 2)) {
        fputs(workbook ? "peerline check: a workbook alone (peerline check --workbook FILE)\n"
                       : "peerline check: one study is needed (peerline check STUDY [options])\n",
              stderr);
        status = EXIT_USAGE;
    }
    if (status < 0)
        status = workbook ? check_workbook(workbook, &options) : check_study(argv[1], &options);
    common_options_clear(&options);
    return status;
}
