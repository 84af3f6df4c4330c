#include "national.h"
#include "slips.h"

#include <math.h>
#include <string.h>

/* A source in another unit throughout would fill pages; the rest is for `check`. */
#define MOST_SLIPS 30

/* ---- missing values ---- */

static const PenColumn MISSING_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.34, FALSE},
    {WORD_COLUMN_WITH_VALUE, 0.12, TRUE},
    {WORD_COLUMN_NOT_RANKED, 0.12, TRUE},
    {WORD_COLUMN_MISSING_WHY, 0.42, FALSE},
};

static const char *missing_counts(Pen *pen, guint i, guint p)
{
    const ReportContext *c = pen->c;
    guint counts[N_STATUS] = {0};
    for (guint a = 0; a < c->set->n_areas; a++)
        if (!isfinite(observed(c, i, p, a)->value) && is_in_force(c, i, p, a))
            counts[observed(c, i, p, a)->status]++;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (guint s = 0; s < N_STATUS; s++)
        if (counts[s] > 0)
            g_ptr_array_add(parts,
                            (gpointer)pen_format(pen, "%s: %s", words_status(c->study, (Status)s),
                                                 phrase_count(pen, counts[s])));
    if (parts->len == 0)
        return pen_say(pen, WORD_NONE_MISSING);
    g_ptr_array_add(parts, NULL);
    return pen_escape(pen, pen_keep(pen, g_strjoinv("; ", (char **)parts->pdata)));
}

static guint count_not_ranked(const ReportContext *c, guint i, guint p)
{
    guint n = 0;
    for (guint a = 0; a < c->set->n_areas; a++)
        n += is_in_force(c, i, p, a) && verdict_of(c, i, p, a)->not_ranked;
    return n;
}

static void write_missing(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    pen_heading(pen, NULL, 2, WORD_QUALITY_MISSING_HEADING, NULL)->unlisted = TRUE;
    pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_MISSING_LEAD);
    Block *table = pen_table(pen, NULL, NULL, MISSING_COLUMNS, G_N_ELEMENTS(MISSING_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        const char *title = phrase_indicator(indicator_of(c, i));
        if (p < 0) {
            const char *problem = c->set->series[i].problem;
            table_add_text(table, pen_escape(pen, title));
            table_add_number(table, phrase_count(pen, 0));
            table_add_number(table, phrase_count(pen, 0));
            table_add_text(table, problem ? pen_escape(pen, problem)
                                          : pen_say(pen, WORD_NO_FIGURE_ANYWHERE));
            continue;
        }
        pen_cell(pen, table, WORD_CELL_INDICATOR_PERIOD, "indicator", title, "period",
                 phrase_period(c, i, (guint)p));
        table_add_number(table, phrase_count(pen, summary_of(c, i, (guint)p)->areas_with_value));
        table_add_number(table, phrase_count(pen, count_not_ranked(c, i, (guint)p)));
        table_add_text(table, missing_counts(pen, i, (guint)p));
    }
}

/* ---- figures on other areas than the publisher's ---- */

static const PenColumn BOUNDARY_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.52, FALSE},
    {WORD_COLUMN_RESTATED, 0.16, TRUE},
    {WORD_COLUMN_ESTIMATED, 0.16, TRUE},
    {WORD_COLUMN_BOUNDARY, 0.16, TRUE},
};

/* Over all periods: how many figures were made of other areas' ones, and how many could not be. */
static void count_made(const ReportContext *c, guint i, guint counts[N_STATUS])
{
    const Series *series = &c->set->series[i];
    for (guint p = 0; p < series->n_periods; p++)
        for (guint a = 0; a < c->set->n_areas; a++)
            counts[observed(c, i, p, a)->status]++;
}

static void boundary_row(Pen *pen, Block **table, guint i)
{
    guint counts[N_STATUS] = {0};
    count_made(pen->c, i, counts);
    if (counts[STATUS_RESTATED] + counts[STATUS_ESTIMATED] + counts[STATUS_BOUNDARY_CHANGE] == 0)
        return;
    if (!*table) {
        pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_BOUNDARIES_LEAD);
        *table = pen_table(pen, NULL, NULL, BOUNDARY_COLUMNS, G_N_ELEMENTS(BOUNDARY_COLUMNS));
        (*table)->table->compact = TRUE;
        (*table)->table->row_headers = TRUE;
    }
    table_add_text(*table, phrase_link(pen, i));
    table_add_number(*table, phrase_count(pen, counts[STATUS_RESTATED]));
    table_add_number(*table, phrase_count(pen, counts[STATUS_ESTIMATED]));
    table_add_number(*table, phrase_count(pen, counts[STATUS_BOUNDARY_CHANGE]));
}

static void write_fates(Pen *pen)
{
    const ObservationSet *set = pen->c->set;
    Block *list = NULL;
    for (guint a = 0; a < set->n_areas; a++) {
        if (!set->areas[a].fate)
            continue;
        list = list ? list : document_list(pen->d, NULL);
        pen_item(pen, list, WORD_QUALITY_FATE, "name", phrase_area(pen->c, a), "fate",
                 phrase_note(pen, set->areas[a].fate));
    }
}

static void write_boundaries(NationalReport *r)
{
    Pen *pen = &r->pen;
    Block *table = NULL;
    pen_heading(pen, NULL, 2, WORD_QUALITY_BOUNDARIES_HEADING, NULL)->unlisted = TRUE;
    for (guint k = 0; k < pen->c->study->n_indicators; k++)
        boundary_row(pen, &table, r->order[k]);
    if (!table)
        pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_BOUNDARIES_NONE);
    write_fates(pen);
}

/* ---- figures that need a remark ---- */

static void write_remarks(NationalReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Block *list = NULL;
    pen_heading(pen, NULL, 2, WORD_QUALITY_REMARKS_HEADING, NULL)->unlisted = TRUE;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        const Series *series = &c->set->series[i];
        int p = latest_of(c, i);
        const char *notes[] = {p >= 0 && series->sum_note ? series->sum_note[p] : NULL,
                               p >= 0 ? series_withheld(series, (guint)p) : NULL,
                               series->kind_note};
        for (guint m = 0; m < G_N_ELEMENTS(notes); m++) {
            if (!notes[m])
                continue;
            list = list ? list : document_list(pen->d, NULL);
            pen_item(pen, list, WORD_REMARK, "indicator", indicator_of(c, i)->title, "note",
                     phrase_note(pen, notes[m]));
        }
    }
    if (!slips_national(pen, list, MOST_SLIPS))
        pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_REMARKS_NONE);
}

/* ---- rejected rows: counted by file and rule, in the order of the rejects ---- */

static const PenColumn REJECT_COLUMNS[] = {
    {WORD_COLUMN_FILE, 0.40, FALSE},
    {WORD_COLUMN_RULE, 0.24, FALSE},
    {WORD_COLUMN_ROWS, 0.12, TRUE},
    {WORD_COLUMN_EXPECTED, 0.24, FALSE},
};

typedef struct {
    const Reject *first;
    guint rows, expected;
} RejectGroup;

static GArray *reject_groups(const ObservationSet *set)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(RejectGroup));
    for (guint k = 0; k < set->n_rejects; k++) {
        const Reject *reject = &set->rejects[k];
        RejectGroup *group = NULL;
        for (guint m = 0; m < groups->len && !group; m++) {
            RejectGroup *g = &g_array_index(groups, RejectGroup, m);
            if (g_strcmp0(g->first->file, reject->file) == 0 &&
                g_strcmp0(g->first->rule, reject->rule) == 0)
                group = g;
        }
        if (!group) {
            RejectGroup fresh = {reject, 0, 0};
            g_array_append_val(groups, fresh);
            group = &g_array_index(groups, RejectGroup, groups->len - 1);
        }
        group->rows++;
        group->expected += reject->expected;
    }
    return groups;
}

static const char *rule_words(Pen *pen, const char *rule)
{
    g_autofree char *text = g_strdup(rule ? rule : "");
    return pen_escape(pen,
                      phrase_note(pen, pen_keep(pen, g_strdup(g_strdelimit(text, "-_", ' ')))));
}

static void write_rejects(Pen *pen)
{
    const ObservationSet *set = pen->c->set;
    pen_heading(pen, NULL, 2, WORD_QUALITY_REJECTS_HEADING, NULL)->unlisted = TRUE;
    if (set->n_rejects == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_REJECTS_NONE);
        return;
    }
    pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_REJECTS_LEAD, "n",
             phrase_count(pen, set->n_rejects));
    g_autoptr(GArray) groups = reject_groups(set);
    Block *table = pen_table(pen, NULL, NULL, REJECT_COLUMNS, G_N_ELEMENTS(REJECT_COLUMNS));
    table->table->compact = TRUE;
    for (guint k = 0; k < groups->len; k++) {
        const RejectGroup *g = &g_array_index(groups, RejectGroup, k);
        table_add_text(table, pen_escape(pen, g->first->file));
        table_add_text(table, rule_words(pen, g->first->rule));
        table_add_number(table, phrase_count(pen, g->rows));
        pen_cell(pen, table,
                 g->expected == g->rows ? WORD_REJECTS_EXPECTED
                 : g->expected == 0     ? WORD_REJECTS_UNEXPECTED
                                        : WORD_REJECTS_PARTLY,
                 "n", phrase_count(pen, g->expected));
    }
}

/* ---- peers ---- */

static void write_fallbacks(Pen *pen)
{
    const ReportContext *c = pen->c;
    Block *list = NULL;
    pen_heading(pen, NULL, 2, WORD_QUALITY_PEERS_HEADING, NULL)->unlisted = TRUE;
    for (guint a = 0; a < c->set->n_areas; a++) {
        const PeerSet *peers = assessment_peers(c->assessment, 0, a);
        if (!peers || !peers->fell_back || !observation_is_open(c->set, a))
            continue;
        if (!list) {
            pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_PEERS_LEAD);
            list = document_list(pen->d, NULL);
        }
        pen_item(pen, list, WORD_QUALITY_PEERS_ITEM, "name", phrase_area(c, a), "label",
                 peers->label ? phrase_note(pen, peers->label) : "", "why",
                 peers->why ? phrase_reason(pen, peers->why)
                            : pen_say(pen, WORD_PEERS_NO_NEIGHBOURS));
    }
    if (!list)
        pen_para(pen, NULL, PARA_BODY,
                 c->assessment->n_groupings ? WORD_QUALITY_PEERS_ALL
                                            : WORD_QUALITY_PEERS_NO_GROUPS);
}

/* ---- left out ---- */

static void write_left_out(Pen *pen)
{
    const char *const *left_out = pen->c->left_out;
    pen_heading(pen, NULL, 2, WORD_QUALITY_LEFT_OUT_HEADING, NULL)->unlisted = TRUE;
    if (!left_out || !left_out[0]) {
        pen_para(pen, NULL, PARA_BODY, WORD_QUALITY_LEFT_OUT_NONE);
        return;
    }
    Block *list = document_list(pen->d, NULL);
    for (; *left_out; left_out++)
        document_item(list, pen_escape(pen, *left_out));
}

void national_quality(NationalReport *r)
{
    Pen *pen = &r->pen;
    pen_heading(pen, NULL, 1, WORD_QUALITY_HEADING, "data-quality");
    write_missing(r);
    write_boundaries(r);
    write_remarks(r);
    write_rejects(pen);
    write_fallbacks(pen);
    write_left_out(pen);
    if (pen->c->study->revision_note)
        pen_text(pen, NULL, PARA_BODY, pen_say(pen, WORD_REVISIONS), pen->c->study->revision_note);
}
