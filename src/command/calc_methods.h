#ifndef PEERLINE_COMMAND_CALC_METHODS_H
#define PEERLINE_COMMAND_CALC_METHODS_H

#include "calc_table.h"

/** The run functions of the methods, one family per file; calc.c names them in its table. */

void calc_rate(Calc *c, const CalcGroup *g, guint record);
void calc_proportion(Calc *c, const CalcGroup *g, guint record);
void calc_smr(Calc *c, const CalcGroup *g, guint record);

void calc_mean(Calc *c, const CalcGroup *g, guint record);
void calc_dsr(Calc *c, const CalcGroup *g, guint record);
void calc_isratio(Calc *c, const CalcGroup *g, guint record);
void calc_israte(Calc *c, const CalcGroup *g, guint record);

void calc_quantile(Calc *c, const CalcGroup *g, guint record);
void calc_rank(Calc *c, const CalcGroup *g, guint record);
void calc_zscore(Calc *c, const CalcGroup *g, guint record);
void calc_adjust(Calc *c, const CalcGroup *g, guint record);
void calc_rank_interval(Calc *c, const CalcGroup *g, guint record);

void calc_funnel(Calc *c, const CalcGroup *g, guint record);

void calc_variation(Calc *c, const CalcGroup *g, guint record);
void calc_shrink(Calc *c, const CalcGroup *g, guint record);

void calc_trend(Calc *c, const CalcGroup *g, guint record);
void calc_spc(Calc *c, const CalcGroup *g, guint record);

void calc_neighbours(Calc *c, const CalcGroup *g, guint record);
void calc_life(Calc *c, const CalcGroup *g, guint record);

/** Whether numerators may not exceed denominators with these options. */
gboolean calc_funnel_within(const CalcOptions *o);
gboolean calc_trend_within(const CalcOptions *o);

#endif
