#include "peerline/base/version.h"
#include "peerline/command/calc.h"
#include "peerline/command/commands.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name, *arguments, *does;
    int (*run)(int argc, char **argv);
} CommandEntry;

static int command_help(int argc, char **argv);

static const CommandEntry COMMANDS[] = {
    {"run", "STUDY [options]", "fetch, normalise, rank, judge and publish a study", command_run},
    {"assess", "DATA.csv [options]", "the same judgement and outputs from one CSV", command_assess},
    {"fetch", "STUDY [options]", "get the sources only", command_fetch},
    {"check", "STUDY [options]", "validate definitions and data, write nothing", command_check},
    {"explain", "STUDY AREA INDICATOR [PERIOD]", "how one figure came about", command_explain},
    {"list", "STUDY areas|indicators|sources|peers", "what a study holds, as CSV", command_list},
    {"calc", "METHOD [options] < in.csv > out.csv", "one statistical method on a table",
     command_calc},
    {"help", "[COMMAND]", "this list, or the options of a command", command_help},
};

static const CommandEntry *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return &COMMANDS[i];
    return NULL;
}

static void print_commands(FILE *to)
{
    fputs("Peerline turns published local data into a variation report.\n\n", to);
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        fprintf(to, "  peerline %s %s\n      %s\n", COMMANDS[i].name, COMMANDS[i].arguments,
                COMMANDS[i].does);
    fputs("  peerline --version\n\nExit status: 0 done; 1 failed, nothing published; 2 wrong call; "
          "3 published, but something was left out.\n",
          to);
}

static int command_help(int argc, char **argv)
{
    if (argc < 2) {
        print_commands(stdout);
        return EXIT_FINE;
    }
    const CommandEntry *c = find_command(argv[1]);
    if (!c || c->run == command_help) {
        print_commands(c ? stdout : stderr);
        return c ? EXIT_FINE : EXIT_USAGE;
    }
    char help[] = "--help", name[32];
    snprintf(name, sizeof name, "%s", c->name);
    char *arguments[] = {name, help, NULL};
    return c->run(2, arguments);
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        print_commands(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("peerline %s (methods %s)\n", PEERLINE_VERSION, PEERLINE_METHODS_VERSION);
        return EXIT_FINE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return command_help(1, argv);
    const CommandEntry *c = find_command(argv[1]);
    if (!c) {
        fprintf(stderr, "peerline: no such command: %s (peerline help lists them)\n", argv[1]);
        return EXIT_USAGE;
    }
    return c->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    const int status = dispatch(argc, argv);
    /* A full disk or a closed pipe shows only here: data that did not arrive is a failure. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("peerline: cannot write to standard output\n", stderr);
        return EXIT_FAILED;
    }
    return status;
}
