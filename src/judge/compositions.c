#include "judge.h"

static void sum_peers(const Judge *judge, guint composition, guint area, MadeGroup *group)
{
    const Composition *what = &judge->study->compositions[composition];
    const Made *made = &judge->set->made[composition];
    const PeerSet *peers = judge_peers(judge, area);
    group->class_index = -1;
    group->name = peers->label;
    for (guint k = 0; k < peers->n; k++)
        if (area_in_force(&judge->set->areas[peers->areas[k]], made->period))
            made_group_add(group, what, made, peers->areas[k]);
    made_group_end(group, what);
}

void judge_compositions(const Judge *judge)
{
    Assessment *a = judge->a;
    if (judge->set->n_made == 0)
        return;
    a->made_peers = g_new0(MadeGroup, (gsize)judge->set->n_made * a->n_areas + 1);
    for (guint k = 0; k < judge->set->n_made; k++)
        for (guint i = 0; i < a->n_areas; i++)
            sum_peers(judge, k, i, &a->made_peers[(gsize)k * a->n_areas + i]);
}

const MadeGroup *assessment_made_peers(const Assessment *a, guint composition, guint area)
{
    const MadeGroup *group =
        a->made_peers ? &a->made_peers[(gsize)composition * a->n_areas + area] : NULL;
    return group && group->n > 0 ? group : NULL;
}
