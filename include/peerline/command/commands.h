#ifndef PEERLINE_COMMAND_COMMANDS_H
#define PEERLINE_COMMAND_COMMANDS_H

/** Every command takes its own arguments (argv[0] is its name) and returns the exit status:
 *  0 published, up to date, or answered; 1 failed, nothing published; 2 the call is wrong;
 *  3 published, but something was left out or is stale. stdout is for data, stderr for people. */

enum { EXIT_FINE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_PARTIAL = 3 };

int command_run(int argc, char **argv);
int command_assess(int argc, char **argv);
int command_fetch(int argc, char **argv);
int command_check(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_list(int argc, char **argv);

#endif
