#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include "peerline/intake/fetch.h"

/** Options that several commands share, as parsed. Free with common_options_clear(). */
typedef struct {
    char *out, *title, *mirror, *formats, *embargo;
    char *summary; /**< a file for monitoring; or NULL */
    char **areas;
    int jobs;
    int keep; /**< earlier editions; EDITION_KEEP_NONE: not given */
    gboolean quiet, offline, refresh, redraw;
} CommonOptions;

enum {
    FORMAT_PDF = 1 << 0,
    FORMAT_XLSX = 1 << 1,
    FORMAT_HTML = 1 << 2,
    FORMAT_DATA = 1 << 3,
    FORMAT_ALL = FORMAT_PDF | FORMAT_XLSX | FORMAT_HTML | FORMAT_DATA
};

void common_options_clear(CommonOptions *o);

/** Which of the shared options a command takes. */
typedef enum { OPTIONS_SOURCES, OPTIONS_PUBLISHING } OptionSet;

/** Parses the command line: shared options and, if not NULL, the command's `own`. What is left over
 *  stays in argv (argv[0] included). -1: go on; otherwise the exit status (after --help, or after a
 *  wrong call was told). */
int options_parse(CommonOptions *o, OptionSet set, const GOptionEntry *own, const char *summary,
                  int *argc, char ***argv);

/** The formats as bits; 0 with an error for a word that is none. */
guint options_formats(const CommonOptions *o, GError **error);

/** Cached copies serve without asking for newer ones; run and fetch set `reuse` to FALSE. */
FetchOptions options_fetch(const CommonOptions *o);

#endif
