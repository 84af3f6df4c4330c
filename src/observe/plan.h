#ifndef OBSERVE_PLAN_H
#define OBSERVE_PLAN_H

#include "peerline/catalogue/study.h"
#include "peerline/intake/table.h"

/** What a study will ask of each of its sources, so that a reader keeps nothing else. Whatever in
 *  this folder is new in asking for a column of a source (reading_column()) has to be named here:
 *  a column that was not planned for ends the program (table_not_kept()). */
typedef struct SourcePlans SourcePlans;

SourcePlans *source_plans_new(const Study *s);
void source_plans_free(SourcePlans *p);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SourcePlans, source_plans_free)

/** NULL where nothing in the study refers to the source. */
const TablePlan *source_plan(const SourcePlans *p, guint source);

#endif
