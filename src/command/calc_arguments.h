#ifndef PEERLINE_COMMAND_CALC_ARGUMENTS_H
#define PEERLINE_COMMAND_CALC_ARGUMENTS_H

#include "calc_table.h"

/** The options of one call; owns the texts that `options` points to. */
typedef struct {
    CalcOptions options;
    char *by, *per, *type, *form, *method, *measure, *key, *trim, *groups, *k;
} CalcArguments;

/** Reads argv (argv[0] = the method): options as "--name value" or "--name=value", only those the
 *  method takes. A fault is a usage error. */
gboolean calc_arguments_parse(CalcArguments *a, const CalcMethod *method, int argc, char **argv,
                              GError **error);
void calc_arguments_clear(CalcArguments *a);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CalcArguments, calc_arguments_clear)

#endif
