#include "options.h"

#include "peerline/base/clock.h"
#include "peerline/base/error.h"
#include "peerline/base/text.h"
#include "peerline/command/commands.h"
#include "peerline/publish/edition.h"

#include <stdio.h>
#include <string.h>

void common_options_clear(CommonOptions *o)
{
    g_free(o->out);
    g_free(o->title);
    g_free(o->mirror);
    g_free(o->formats);
    g_free(o->embargo);
    g_free(o->summary);
    g_strfreev(o->areas);
}

static void add_source_options(GOptionContext *context, CommonOptions *o)
{
    const GOptionEntry entries[] = {
        {"mirror", 0, 0, G_OPTION_ARG_FILENAME, &o->mirror,
         "before the network look for DIR/<host>/<path>, then DIR/<file name>", "DIR"},
        {"offline", 0, 0, G_OPTION_ARG_NONE, &o->offline, "use the cache only", NULL},
        {"refresh", 0, 0, G_OPTION_ARG_NONE, &o->refresh,
         "get the files even if they did not change", NULL},
        {"quiet", 0, 0, G_OPTION_ARG_NONE, &o->quiet, "no progress on stderr", NULL},
        {0}};
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_publishing_options(GOptionContext *context, CommonOptions *o)
{
    const GOptionEntry entries[] = {
        {"out", 0, 0, G_OPTION_ARG_FILENAME, &o->out, "where to publish", "DIR"},
        {"area", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->areas,
         "only these area reports (may be repeated)", "CODE"},
        {"formats", 0, 0, G_OPTION_ARG_STRING, &o->formats, "pdf,xlsx,html,data (default: all)",
         "LIST"},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &o->jobs, "threads (default: all cores)", "N"},
        {"title", 0, 0, G_OPTION_ARG_STRING, &o->title, "title of the report", "TEXT"},
        {"embargo-until", 0, 0, G_OPTION_ARG_STRING, &o->embargo,
         "say on every page: not for release before DATE[THH:MM]", "DATE"},
        {"keep", 0, 0, G_OPTION_ARG_INT, &o->keep, "keep so many earlier editions in DIR.editions",
         "N"},
        {"redraw", 0, 0, G_OPTION_ARG_NONE, &o->redraw,
         "draw everything anew, even if nothing is new", NULL},
        {"summary", 0, 0, G_OPTION_ARG_FILENAME, &o->summary,
         "write what the run came to for monitoring (Prometheus text)", "FILE"},
        {0}};
    g_option_context_add_main_entries(context, entries, NULL);
}

int options_parse(CommonOptions *o, OptionSet set, const GOptionEntry *own, const char *summary,
                  int *argc, char ***argv)
{
    GOptionContext *context = g_option_context_new(summary);
    gboolean help = FALSE;
    const GOptionEntry help_entry[] = {
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help, "show the options", NULL}, {0}};
    g_option_context_set_help_enabled(context, FALSE);
    add_source_options(context, o);
    if (set == OPTIONS_PUBLISHING)
        add_publishing_options(context, o);
    if (own)
        g_option_context_add_main_entries(context, own, NULL);
    g_option_context_add_main_entries(context, help_entry, NULL);
    g_autoptr(GError) error = NULL;
    int status = -1;
    o->keep = EDITION_KEEP_NONE;
    if (!g_option_context_parse(context, argc, argv, &error)) {
        fprintf(stderr, "peerline %s: %s (see peerline help %s)\n", (*argv)[0], error->message,
                (*argv)[0]);
        status = EXIT_USAGE;
    } else if (help) {
        g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);
        fputs(text, stdout);
        status = EXIT_FINE;
    } else if (o->embargo && !clock_is_moment(o->embargo)) {
        fprintf(stderr, "peerline %s: --embargo-until: '%s' (2017-10-25 or 2017-10-25T09:30)\n",
                (*argv)[0], o->embargo);
        status = EXIT_USAGE;
    } else if (set == OPTIONS_PUBLISHING && o->jobs < 0) {
        fprintf(stderr, "peerline %s: --jobs: %d (1 or more)\n", (*argv)[0], o->jobs);
        status = EXIT_USAGE;
    } else if (o->keep < EDITION_KEEP_NONE) {
        fprintf(stderr, "peerline %s: --keep: %d (0 or more)\n", (*argv)[0], o->keep);
        status = EXIT_USAGE;
    }
    if (o->title) { /* stands on one line, in files that know no control characters */
        g_autofree char *title = g_steal_pointer(&o->title);
        o->title = text_squeeze(title);
    }
    g_option_context_free(context);
    return status;
}

guint options_formats(const CommonOptions *o, GError **error)
{
    static const struct {
        const char *name;
        guint bit;
    } FORMATS[] = {
        {"pdf", FORMAT_PDF}, {"xlsx", FORMAT_XLSX}, {"html", FORMAT_HTML}, {"data", FORMAT_DATA}};
    if (!o->formats)
        return FORMAT_ALL;
    guint formats = 0;
    g_auto(GStrv) words = g_strsplit(o->formats, ",", -1);
    for (char **w = words; *w; w++) {
        guint bit = 0;
        for (guint i = 0; i < G_N_ELEMENTS(FORMATS); i++)
            if (strcmp(g_strstrip(*w), FORMATS[i].name) == 0)
                bit = FORMATS[i].bit;
        if (!bit) {
            g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                        "--formats: no such format: '%s' (pdf, xlsx, html, data)", *w);
            return 0;
        }
        formats |= bit;
    }
    if (!formats)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                    "--formats: none given (pdf, xlsx, html, data)");
    return formats;
}

static void tell_stderr(const char *line)
{
    fprintf(stderr, "%s\n", line);
}

FetchOptions options_fetch(const CommonOptions *o)
{
    return (FetchOptions){.mirror = o->mirror,
                          .cache_dir = g_getenv("PEERLINE_CACHE"),
                          .offline = o->offline,
                          .refresh = o->refresh,
                          .reuse = TRUE,
                          .tell = tell_stderr};
}
