#include "assess_rows.h"
#include "peer_list.h"

#include <math.h>
#include <string.h>

#include "peerline/base/error.h"
#include "peerline/catalogue/study_make.h"

/* A file of peers or groups, with the columns it must have. */
typedef struct {
    AssessReading *r;
    guint source;
    Table *table;
    int first, second; /* columns */
    guint unknown;     /* rows about areas that the data do not have */
} Listing;

static gboolean listing_open(Listing *l, const char *path, const char *second, GError **error)
{
    l->table = assess_load(l->r, l->source, path, error);
    if (!l->table)
        return FALSE;
    l->first = table_column(l->table, "area_code");
    l->second = table_column(l->table, second);
    if (l->first >= 0 && l->second >= 0)
        return TRUE;
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s:1: a column is missing: %s (area_code and %s)", path,
                l->first < 0 ? "area_code" : second, second);
    return FALSE;
}

static const char *listing_cell(const Listing *l, guint row, int column)
{
    return table_cell(l->table, row, (guint)column);
}

static void listing_reject(Listing *l, guint row, const char *rule, const char *text)
{
    const Reject reject = {.file = g_intern_string(l->table->file),
                           .rule = rule,
                           .line = l->table->line[row],
                           .text = text};
    rejects_add(l->r->rejects, l->r->set, l->source, reject);
}

/* Rows about areas without data are nothing wrong: a list may serve many files. */
static void listing_close(Listing *l)
{
    if (l->unknown)
        diag_add(l->r->diags, DIAG_NOTE, "unknown-area", l->table->file, 0, 0,
                 "%u %s that the data do not have", l->unknown,
                 l->unknown == 1 ? "row names an area" : "rows name areas");
    table_free(l->table);
}

/* ---- peers ------------------------------------------------------------------------------------
 */

static gboolean listed_peer(Listing *l, guint row, ListedPeer *out)
{
    const char *area = listing_cell(l, row, l->first), *peer = listing_cell(l, row, l->second);
    if (!*area || !*peer) {
        listing_reject(l, row, "missing-key", "area_code or peer_code is empty (a code each)");
        return FALSE;
    }
    const int a = observation_area(l->r->set, area), p = observation_area(l->r->set, peer);
    if (a < 0 || p < 0) {
        l->unknown++;
        return FALSE;
    }
    *out = (ListedPeer){(guint)a, (guint)p, listed_peer_rank(l->table, row), row};
    return a != p;
}

static void fill_list(Listing *l, PeerList *list)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(ListedPeer));
    ListedPeer one;
    for (guint row = 0; row < l->table->n_rows; row++)
        if (listed_peer(l, row, &one))
            g_array_append_val(all, one);
    g_autoptr(GArray) twice = peer_list_fill(list, all, l->r->set->n_areas);
    for (guint i = 0; i < twice->len; i++) {
        const PeerTwice *again = &g_array_index(twice, PeerTwice, i);
        g_autofree char *text = peer_twice_text(l->table, *again);
        listing_reject(l, again->second, "duplicate-key", text);
    }
}

/* ---- groups -----------------------------------------------------------------------------------
 */

static void reject_second_group(Listing *l, guint first, guint row)
{
    g_autofree char *text =
        g_strdup_printf("two groups for one area: lines %u and %u (one; the first counts)",
                        l->table->line[first], l->table->line[row]);
    listing_reject(l, row, "duplicate-key", text);
}

static void fill_groups(Listing *l)
{
    g_autofree guint *seen = g_new0(guint, (gsize)l->r->set->n_areas + 1); /* row + 1 */
    for (guint row = 0; row < l->table->n_rows; row++) {
        const char *code = listing_cell(l, row, l->first);
        const char *group = listing_cell(l, row, l->second);
        if (!*code || !*group) {
            listing_reject(l, row, "missing-key",
                           "area_code or group is empty (a code and a group)");
            continue;
        }
        const int area = observation_area(l->r->set, code);
        char **own = area < 0 ? NULL : &l->r->set->areas[area].classes[0];
        if (!own) {
            l->unknown++;
        } else if (!seen[area]) {
            *own = observation_set_string(l->r->set, group);
            seen[area] = row + 1;
        } else if (!g_str_equal(*own, group)) {
            reject_second_group(l, seen[area] - 1, row);
        }
    }
}

/* ---- both -------------------------------------------------------------------------------------
 */

static gboolean read_peers(AssessReading *r, PeerList *list, GError **error)
{
    Listing l = {.r = r, .source = 1};
    const gboolean ok = listing_open(&l, r->options->peers, "peer_code", error);
    if (ok)
        fill_list(&l, list);
    if (l.table)
        listing_close(&l);
    return ok;
}

static gboolean read_groups(AssessReading *r, GError **error)
{
    Listing l = {.r = r, .source = r->options->peers ? 2 : 1};
    const gboolean ok = listing_open(&l, r->options->groups, "group", error);
    if (ok)
        fill_groups(&l);
    if (l.table)
        listing_close(&l);
    return ok;
}

static void add_grouping(AssessReading *r, const char *id, PeerMethod method, int source)
{
    Study *s = r->study;
    s->peers[s->n_peers++] =
        (PeerGrouping){.id = study_make_text(s, id),
                       .title = study_make_text(s, id),
                       .method = method,
                       .class_index = method == PEERS_CLASS ? 0 : -1,
                       .source = source,
                       .fallback = method == PEERS_LIST && r->options->groups ? 0 : -1};
}

/* The first grouping fills the peer columns: peers where there are both. */
gboolean assess_read_groupings(AssessReading *r, GError **error)
{
    r->study->peers = study_make_array(r->study, 2, sizeof(PeerGrouping));
    if (r->options->peers)
        add_grouping(r, "neighbours", PEERS_LIST, 1);
    if (r->options->groups)
        add_grouping(r, "group", PEERS_CLASS, -1);
    r->set->n_groupings = r->study->n_peers;
    r->set->peer_values = g_new0(PeerValues, r->study->n_peers + 1);
    r->set->peer_lists = g_new0(PeerList, r->study->n_peers + 1);
    return (!r->options->peers || read_peers(r, &r->set->peer_lists[0], error)) &&
           (!r->options->groups || read_groups(r, error));
}
