#include "summary.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define SECOND 1e6

typedef struct {
    const char *key;    /**< in the line */
    const char *metric; /**< in the file; NULL: part of peerline_changes */
    const char *help;
    guint value;
} Count;

double summary_seconds(const Summary *s)
{
    return (double)(g_get_monotonic_time() - s->started) / SECOND;
}

/* ---- the line ---- */

static void tell_line(const Summary *s, const Count *counts, guint n)
{
    g_autofree char *study = g_uri_escape_string(s->study, "/", TRUE);
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "peerline-summary study=%s result=%s exit=%d", study, s->result,
                    s->exit_status);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(line, " %s=%u", counts[i].key, counts[i].value);
    char seconds[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(seconds, sizeof seconds, "%.2f", summary_seconds(s));
    fprintf(stderr, "%s seconds=%s\n", line->str, seconds);
}

/* ---- the file ---- */

static char *label_text(const char *text)
{
    GString *out = g_string_new(NULL);
    for (; *text; text++) {
        if (*text == '\\' || *text == '"')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *text == '\n' ? ' ' : *text);
    }
    return g_string_free(out, FALSE);
}

static void metric(GString *out, const char *name, const char *labels, const char *help,
                   double value)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.15g", value);
    g_string_append_printf(out, "# HELP %s %s\n# TYPE %s gauge\n%s{%s} %s\n", name, help, name,
                           name, labels, number);
}

/* When the edition that lies there now was put there; -1: none does. */
static double published_at(const char *target)
{
    g_autofree char *path = target ? g_build_filename(target, "manifest.json", NULL) : NULL;
    struct stat info;
    return path && stat(path, &info) == 0 ? (double)info.st_mtim.tv_sec : -1;
}

static GString *metrics(const Summary *s, const Count *counts, guint n)
{
    GString *out = g_string_new(NULL);
    g_autofree char *study = label_text(s->study);
    g_autofree char *labels = g_strdup_printf("study=\"%s\"", study);
    metric(out, "peerline_exit_status", labels,
           "0 published or up to date, 1 failed, 2 wrong call, 3 something left out or stale",
           s->exit_status);
    metric(out, "peerline_up_to_date", labels, "1 if nothing was new",
           strcmp(s->result, "up-to-date") == 0);
    metric(out, "peerline_run_timestamp_seconds", labels, "when the run ended",
           (double)(g_get_real_time() / G_USEC_PER_SEC));
    metric(out, "peerline_run_duration_seconds", labels, "how long it took", summary_seconds(s));
    const double published = published_at(s->target);
    if (published >= 0)
        metric(out, "peerline_edition_timestamp_seconds", labels,
               "when the present edition was published", published);
    for (guint i = 0; i < n; i++)
        if (counts[i].metric)
            metric(out, counts[i].metric, labels, counts[i].help, counts[i].value);
    g_string_append(out, "# HELP peerline_changes against the edition before\n"
                         "# TYPE peerline_changes gauge\n");
    for (guint i = 0; i < n; i++)
        if (!counts[i].metric)
            g_string_append_printf(out, "peerline_changes{%s,kind=\"%s\"} %u\n", labels,
                                   counts[i].key, counts[i].value);
    return out;
}

void summary_tell(const Summary *s, const CommonOptions *options)
{
    const Count counts[] = {
        {"areas", "peerline_areas", "areas of the study", s->areas},
        {"indicators", "peerline_indicators", "indicators of the study", s->indicators},
        {"reports_drawn", "peerline_reports_drawn", "PDF files drawn", s->reports_drawn},
        {"reports_kept", "peerline_reports_kept", "PDF files taken over", s->reports_kept},
        {"files_written", "peerline_files_written", "files that are new", s->files_written},
        {"files_kept", "peerline_files_kept", "files that stayed as they were", s->files_kept},
        {"warnings", "peerline_warnings", "what was left out or is stale", s->warnings},
        {"new_figures", NULL, NULL, s->new_figures},
        {"revised_figures", NULL, NULL, s->revised_figures},
        {"withdrawn_figures", NULL, NULL, s->withdrawn_figures},
        {"new_outliers", NULL, NULL, s->new_outliers},
        {"resolved_outliers", NULL, NULL, s->resolved_outliers},
        {"moved", NULL, NULL, s->moved}};
    if (options->summary) {
        g_autoptr(GString) text = metrics(s, counts, G_N_ELEMENTS(counts));
        g_autoptr(GError) error = NULL;
        if (!g_file_set_contents(options->summary, text->str, (gssize)text->len, &error))
            fprintf(stderr, "peerline: --summary: %s\n", error->message);
    }
    if (!options->quiet)
        tell_line(s, counts, G_N_ELEMENTS(counts));
}

int summary_failed(const char *name, int exit_status, const CommonOptions *options)
{
    const Summary summary = {.study = name,
                             .target = options->out,
                             .result = "failed",
                             .exit_status = exit_status,
                             .started = g_get_monotonic_time()};
    summary_tell(&summary, options);
    return exit_status;
}
