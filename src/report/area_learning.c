#include "area.h"
#include "improved.h"
#include "practice.h"

#include "peerline/base/number.h"

#include <math.h>
#include <stdlib.h>

/* So many peers to talk to, each about so many indicators: a call list, not a table of results. */
#define PEERS_MOST    5
#define SUBJECTS_MOST 3
#define IMPROVED_MOST 3
#define CASES_MOST    2

/* ---- what a peer can tell about ---- */

static int spend_pair(const Study *study, guint outcome)
{
    for (guint k = 0; k < study->n_pairs; k++)
        if (study->pairs[k].outcome == (int)outcome)
            return study->pairs[k].spend;
    return -1;
}

static const char *spend_text(Pen *pen, const LearnFrom *l)
{
    int spend = spend_pair(pen->c->study, l->indicator);
    if (spend < 0 || !isfinite(l->spend_difference))
        return "";
    if (l->spend_difference >= 0)
        return pen_say(pen, WORD_LEARN_SPENDS_THE_SAME);
    return pen_say(pen, WORD_LEARN_SPENDS_LESS, "amount",
                   phrase_value(pen, indicator_of(pen->c, (guint)spend), -l->spend_difference));
}

/* "Falls: 1,443 (here 1,602), spends £323 less, practice case below" */
static const char *lesson_text(Pen *pen, const LearnFrom *l)
{
    const Indicator *i = indicator_of(pen->c, l->indicator);
    return pen_say(pen, WORD_LEARN_SUBJECT, "indicator", phrase_indicator(i), "value",
                   phrase_value(pen, i, l->peer_value), "here", phrase_value(pen, i, l->value),
                   "+spend", spend_text(pen, l), "+practice",
                   l->practice >= 0 ? pen_say(pen, WORD_LEARN_HAS_PRACTICE) : "");
}

/* TRUE for a lesson of this area in the indicator's latest period. */
static gboolean is_lesson(const AreaReport *r, const LearnFrom *l)
{
    return l->area == r->area && (int)l->period == latest_of(r->pen.c, l->indicator);
}

static int compare_lessons(gconstpointer a, gconstpointer b)
{
    const LearnFrom *x = *(const LearnFrom *const *)a, *y = *(const LearnFrom *const *)b;
    if (x->indicator != y->indicator)
        return x->indicator < y->indicator ? -1 : 1;
    if ((x->practice >= 0) != (y->practice >= 0))
        return x->practice >= 0 ? -1 : 1;
    double dx = fabs(x->difference), dy = fabs(y->difference);
    return dx != dy ? (dx > dy ? -1 : 1) : x->peer < y->peer ? -1 : x->peer > y->peer;
}

GPtrArray *area_lessons(const AreaReport *r)
{
    const Assessment *a = r->pen.c->assessment;
    GPtrArray *found = g_ptr_array_new();
    for (guint k = 0; k < a->n_learn; k++)
        if (is_lesson(r, &a->learn[k]))
            g_ptr_array_add(found, &a->learn[k]);
    g_ptr_array_sort(found, compare_lessons);
    return found;
}

/* ---- whom to talk to ---- */

static const PenColumn PEER_COLUMNS[] = {
    {WORD_COLUMN_PEER_NAME, 0.20, FALSE},
    {WORD_COLUMN_SHARED, 0.27, FALSE},
    {WORD_COLUMN_TALK_ABOUT, 0.53, FALSE},
};

/* "same region (Eastwold), same type of area (rural)" */
static const char *shared_classes(AreaReport *r, guint peer)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) shared = g_ptr_array_new();
    for (guint k = 0; k < c->study->areas.n_classes; k++) {
        const char *own = c->set->areas[r->area].classes[k];
        if (own && *own && g_strcmp0(own, c->set->areas[peer].classes[k]) == 0)
            g_ptr_array_add(shared,
                            (gpointer)pen_say(pen, WORD_SHARED_CLASS, "title",
                                              c->study->areas.classes[k].title, "text", own));
    }
    g_ptr_array_add(shared, NULL);
    return shared->len > 1 ? pen_keep(pen, g_strjoinv(", ", (char **)shared->pdata))
                           : pen_say(pen, WORD_SHARED_NONE);
}

/* "3rd most alike of 15 (distance 0.12)"; without distances that it is in the group. */
static const char *how_alike(AreaReport *r, const PeerSet *peers, guint place)
{
    Pen *pen = &r->pen;
    if (!peers->distances || !isfinite(peers->distances[place]))
        return pen_say(pen, WORD_ALIKE_GROUP, "label",
                       peers->label ? phrase_note(pen, peers->label) : "");
    const char *distance = pen_number(pen, number_text(peers->distances[place], 2));
    return pen_say(pen, WORD_ALIKE_DISTANCE, "place", phrase_count(pen, place + 1), "n",
                   phrase_count(pen, peers->n), "distance", distance);
}

static guint lessons_of(const GPtrArray *found, guint peer)
{
    guint n = 0;
    for (guint k = 0; k < found->len; k++)
        n += ((const LearnFrom *)found->pdata[k])->peer == peer;
    return n;
}

typedef struct {
    guint place, lessons;
} Candidate;

static int by_lessons(gconstpointer a, gconstpointer b)
{
    const Candidate *x = a, *y = b;
    return x->lessons != y->lessons ? (x->lessons > y->lessons ? -1 : 1)
                                    : (x->place > y->place) - (x->place < y->place);
}

static int by_place(gconstpointer a, gconstpointer b)
{
    const Candidate *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

GArray *area_teachers(const AreaReport *r, const GPtrArray *found)
{
    const PeerSet *peers = assessment_peers(r->pen.c->assessment, 0, r->area);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Candidate));
    for (guint k = 0; peers && k < peers->n; k++) {
        Candidate one = {k, lessons_of(found, peers->areas[k])};
        if (one.lessons > 0)
            g_array_append_val(all, one);
    }
    g_array_sort(all, by_lessons);
    g_array_set_size(all, MIN(all->len, PEERS_MOST));
    g_array_sort(all, by_place);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint k = 0; k < all->len; k++)
        g_array_append_val(places, g_array_index(all, Candidate, k).place);
    return places;
}

static guint peer_row(AreaReport *r, Block *table, const GPtrArray *found, guint place)
{
    Pen *pen = &r->pen;
    const PeerSet *peers = assessment_peers(pen->c->assessment, 0, r->area);
    const guint peer = peers->areas[place];
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint k = 0; k < found->len && texts->len < SUBJECTS_MOST; k++) {
        const LearnFrom *l = found->pdata[k];
        if (l->peer == peer)
            g_ptr_array_add(texts, (gpointer)lesson_text(pen, l));
    }
    const guint told = texts->len;
    g_ptr_array_add(texts, NULL);
    pen_cell(pen, table, WORD_CELL_INDICATOR_ALONE, "indicator", phrase_area(pen->c, peer));
    table_add_text(table, pen_say(pen, WORD_SHARED_HOW, "+alike", how_alike(r, peers, place),
                                  "+shared", shared_classes(r, peer)));
    table_add_text(table, pen_keep(pen, g_strjoinv("; ", (char **)texts->pdata)));
    return told;
}

static void write_lessons(AreaReport *r, Block *group, const GPtrArray *found)
{
    Pen *pen = &r->pen;
    const PeerSet *peers = assessment_peers(pen->c->assessment, 0, r->area);
    g_autoptr(GArray) chosen = area_teachers(r, found);
    pen_para(pen, group, PARA_BODY, WORD_LEARN_LEAD);
    group->lead = TRUE;
    Block *table = pen_table(pen, NULL, NULL, PEER_COLUMNS, G_N_ELEMENTS(PEER_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    guint told = 0;
    for (guint k = 0; k < chosen->len; k++)
        told += peer_row(r, table, found, g_array_index(chosen, guint, k));
    pen_para(pen, NULL, PARA_SMALL, peers->distances ? WORD_LEARN_NOTE_DISTANCE : WORD_LEARN_NOTE);
    if (found->len > told)
        pen_para(pen, NULL, PARA_SMALL, WORD_LEARN_MORE, "n", phrase_count(pen, found->len - told));
}

/* ---- peers that moved far ---- */

static void write_improved(AreaReport *r, const GArray *improved)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    if (improved->len == 0)
        return;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_para(pen, group, PARA_BODY, WORD_IMPROVED_LEAD);
    Block *list = document_list(pen->d, group);
    for (guint k = 0; k < MIN(improved->len, IMPROVED_MOST); k++) {
        const Improved *one = &g_array_index(improved, Improved, k);
        const Indicator *i = indicator_of(c, one->indicator);
        pen_item(pen, list, WORD_IMPROVED_ITEM, "name", phrase_area(c, one->area), "indicator",
                 phrase_indicator(i), "before", phrase_value(pen, i, one->before), "from",
                 phrase_period(c, one->indicator, one->from), "after",
                 phrase_value(pen, i, one->after), "to", phrase_period(c, one->indicator, one->to));
    }
}

/* ---- practice of this area and of its peers ---- */

static gboolean is_peer(const AreaReport *r, int area)
{
    if (area < 0)
        return FALSE;
    const PeerSet *peers = assessment_peers(r->pen.c->assessment, 0, r->area);
    for (guint k = 0; peers && k < peers->n; k++)
        if (peers->areas[k] == (guint)area)
            return TRUE;
    return (guint)area == r->area;
}

static void write_practice(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    guint n = 0;
    for (guint k = 0; k < c->study->n_practice; k++) {
        const Practice *practice = &c->study->practice[k];
        if (!is_peer(r, observation_area(c->set, practice->area)))
            continue;
        if (n == 0)
            pen_heading(pen, NULL, 3, WORD_PRACTICE_OF_PEERS, NULL);
        if (n < CASES_MOST)
            practice_write(pen, NULL, practice);
        n++;
    }
    if (n > CASES_MOST)
        pen_para(pen, NULL, PARA_SMALL, WORD_PRACTICE_MORE, "n", phrase_count(pen, n - CASES_MOST));
    if (n == 0)
        pen_para(pen, NULL, PARA_BODY,
                 c->study->n_practice ? WORD_PRACTICE_NO_PEER : WORD_PRACTICE_NO_REGISTER);
}

void area_learning(AreaReport *r)
{
    Pen *pen = &r->pen;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, group, 2, WORD_LEARN_HEADING, "learn-from");
    g_autoptr(GPtrArray) found = area_lessons(r);
    g_autoptr(GArray) improved = improved_peers(pen->c, r->area);
    if (found->len > 0 && assessment_peers(pen->c->assessment, 0, r->area))
        write_lessons(r, group, found);
    else
        pen_para(pen, group, PARA_BODY, WORD_LEARN_EMPTY);
    write_improved(r, improved);
    write_practice(r);
}
