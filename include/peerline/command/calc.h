#ifndef PEERLINE_COMMAND_CALC_H
#define PEERLINE_COMMAND_CALC_H

/** `peerline calc METHOD [options] < in.csv > out.csv`: one statistical method on a table.
 *  argv[0] is "calc". Returns the exit status: 0; 1 for a fault of the table, named with line and
 *  column on stderr, nothing on stdout; 2 for a fault of the call. */
int command_calc(int argc, char **argv);

#endif
