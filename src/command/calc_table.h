#ifndef PEERLINE_COMMAND_CALC_TABLE_H
#define PEERLINE_COMMAND_CALC_TABLE_H

#include <glib.h>

#include "peerline/intake/table.h"

/** What a method of `calc` works on: the table from standard input, its columns as numbers, its
 *  rows in groups; and what it fills in: one record of results per row, group or pair. Nothing is
 *  printed before all of it is there, so a fault leaves standard output empty. */

/** What a column accepts. A missing cell is accepted unless CALC_PRESENT is added. */
typedef enum {
    CALC_ANY = 0,
    CALC_NOT_NEGATIVE = 1,
    CALC_POSITIVE = 2,
    CALC_UNIT = 3, /**< 0 to 1 */
    CALC_DOMAIN = 7,
    CALC_PRESENT = 8,
} CalcDomain;

typedef struct {
    const char *name;
    CalcDomain domain;
} CalcColumn;

typedef struct {
    const char *by;                                   /**< NULL = one group */
    double per;                                       /**< NAN = not given */
    const char *type, *form, *method, *measure, *key; /**< NULL = not given */
    double trim;
    int groups, k;
    gboolean invert;
} CalcOptions;

/** Rows of one group, in input order. */
typedef struct {
    guint *rows;
    guint n;
} CalcGroup;

#define CALC_MOST_COLUMNS 5

typedef struct Calc {
    const struct CalcMethod *spec;
    const CalcOptions *options;
    Table *table;
    Diagnostics *diags;
    double *in[CALC_MOST_COLUMNS]; /**< the columns the method names, by row; NAN = missing */
    GArray *by;                    /**< int: indices of the --by columns */
    GArray *groups;                /**< CalcGroup, in order of first appearance */
    guint n_results;               /**< result columns */
    guint n_records;               /**< rows, groups or pairs */
    double *numbers;               /**< n_records x n_results; NAN = empty */
    const char **texts;            /**< the same; where not NULL it wins over the number */
} Calc;

typedef enum { CALC_ROWS, CALC_GROUPS, CALC_PAIRS } CalcShape;

typedef struct CalcMethod {
    const char *name;
    const char *about;
    CalcShape shape;
    CalcColumn columns[CALC_MOST_COLUMNS];
    const char *within[2]; /**< column that may not exceed another; NULL = none */
    gboolean (*within_applies)(const CalcOptions *o); /**< NULL = always */
    const char *results; /**< names of the result columns, comma-separated */
    const char *options; /**< names of the options taken, comma-separated */
    /** Fills the results of one group: records numbered as the rows, or `record` for a group. */
    void (*run)(Calc *c, const CalcGroup *g, guint record);
} CalcMethod;

/** Reads, checks and groups the table. FALSE with faults in c->diags or `error`. */
gboolean calc_read(Calc *c, const char *data, gsize n, GError **error);
/** Makes room for n records, all empty. */
void calc_set_records(Calc *c, guint n);
/** The finished table. */
GString *calc_write(const Calc *c);
void calc_clear(Calc *c);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Calc, calc_clear)

void calc_put(Calc *c, guint record, guint column, double value);
/** `text` must be static or live as long as the table. */
void calc_put_text(Calc *c, guint record, guint column, const char *text);
/** The group's values of input column `column`, newly allocated. */
double *calc_gather(const Calc *c, const CalcGroup *g, guint column);
/** The given --per, or this. */
double calc_per(const Calc *c, double otherwise);

#endif
