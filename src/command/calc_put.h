#ifndef PEERLINE_COMMAND_CALC_PUT_H
#define PEERLINE_COMMAND_CALC_PUT_H

#include "calc_table.h"
#include "peerline/stats/limits.h"

/** lower95, upper95, lower99_8, upper99_8 into four columns from `column` on. */
static inline void calc_put_limits(Calc *c, guint record, guint column, Limits l)
{
    calc_put(c, record, column, l.lower95);
    calc_put(c, record, column + 1, l.upper95);
    calc_put(c, record, column + 2, l.lower99_8);
    calc_put(c, record, column + 3, l.upper99_8);
}

/** Value and limits into five columns. */
static inline void calc_put_estimate(Calc *c, guint record, guint column, Estimate e)
{
    calc_put(c, record, column, e.value);
    calc_put_limits(c, record, column + 1, e.limits);
}

#endif
