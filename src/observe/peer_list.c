#include "peer_list.h"

#include "peerline/base/number.h"

#include <string.h>

double listed_peer_rank(const Table *t, guint row)
{
    const char *const columns[] = {"rank", "distance"};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        const int column = table_column(t, columns[i]);
        double rank;
        if (column >= 0 && number_parse(table_cell(t, row, (guint)column), FALSE, &rank))
            return rank;
    }
    return row;
}

static int compare_listed(gconstpointer va, gconstpointer vb)
{
    const ListedPeer *a = va, *b = vb;
    if (a->area != b->area)
        return a->area < b->area ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

char *peer_twice_text(const Table *t, PeerTwice twice)
{
    return g_strdup_printf("a peer of one area stands twice: lines %u and %u (once; the first in "
                           "rank counts)",
                           t->line[twice.first], t->line[twice.second]);
}

GArray *peer_list_fill(PeerList *list, GArray *entries, guint n_areas)
{
    GArray *twice = g_array_new(FALSE, FALSE, sizeof(PeerTwice));
    g_array_sort(entries, compare_listed);
    list->of_area = g_new0(GArray *, n_areas + 1);
    g_autofree guint *seen = g_new0(guint, (gsize)n_areas + 1); /* row + 1 */
    for (guint i = 0; i < entries->len; i++) {
        const ListedPeer *at = &g_array_index(entries, ListedPeer, i);
        if (i == 0 || at[-1].area != at->area)
            memset(seen, 0, sizeof *seen * n_areas);
        if (!list->of_area[at->area])
            list->of_area[at->area] = g_array_new(FALSE, FALSE, sizeof(guint));
        if (seen[at->peer]) {
            const PeerTwice again = {seen[at->peer] - 1, at->row};
            g_array_append_val(twice, again);
            continue;
        }
        g_array_append_val(list->of_area[at->area], at->peer);
        seen[at->peer] = at->row + 1;
    }
    return twice;
}
