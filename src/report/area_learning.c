#include "area.h"
#include "practice.h"

#include "peerline/base/number.h"

#include <math.h>
#include <stdlib.h>

#define TREND_COLUMNS           3
#define LEARN_PEERS_NAMED       3
#define QUESTIONS_PER_INDICATOR 3
#define OPPORTUNITY_FIGURES     2

/* ---- trends ---- */

static Word trend_word(TrendMarker trend)
{
    return trend == TREND_INCREASING ? WORD_TREND_UP : WORD_TREND_DOWN;
}

/* Indicators whose five-year trend goes that way. */
static const char *trend_names(AreaReport *r, TrendMarker trend)
{
    const ReportContext *c = r->pen.c;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        if (p >= 0 && verdict_of(c, i, (guint)p, r->area)->trend == trend)
            g_ptr_array_add(names, (gpointer)phrase_indicator(indicator_of(c, i)));
    }
    return names->len
               ? phrase_names(&r->pen, (const char *const *)names->pdata, names->len, names->len)
               : NULL;
}

static void write_trend_words(AreaReport *r)
{
    Pen *pen = &r->pen;
    gboolean any = FALSE;
    for (TrendMarker trend = TREND_INCREASING; trend <= TREND_DECREASING; trend++) {
        const char *names = trend_names(r, trend);
        if (names)
            pen_para(pen, NULL, PARA_BODY, trend_word(trend), "names", names);
        any = any || names;
    }
    if (!any)
        pen_para(pen, NULL, PARA_BODY, WORD_TREND_NO_VERDICT);
}

void area_trends(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) scenes = g_ptr_array_new();
    for (guint k = 0; k < c->study->n_indicators; k++) {
        Scene *scene = figure_trend(pen, r->order[k], r->area);
        if (scene)
            g_ptr_array_add(scenes, scene);
    }
    pen_heading(pen, NULL, 2, WORD_TRENDS_HEADING, "trends");
    if (scenes->len == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_TRENDS_EMPTY);
        return;
    }
    write_trend_words(r);
    Block *columns = NULL;
    for (guint k = 0; k < scenes->len; k++) {
        if (k % TREND_COLUMNS == 0)
            columns = document_container(pen->d, NULL, BLOCK_COLUMNS);
        document_figure(pen->d, document_container(pen->d, columns, BLOCK_GROUP), scenes->pdata[k],
                        NULL);
    }
    for (guint k = scenes->len; k % TREND_COLUMNS != 0; k++) /* keep the width of the last row */
        document_container(pen->d, columns, BLOCK_GROUP);
    pen_para(pen, NULL, PARA_SMALL, WORD_TRENDS_NOTE);
}

/* ---- who to learn from ---- */

static const PenColumn LEARN_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.34, FALSE},
    {WORD_COLUMN_THIS_AREA, 0.11, TRUE},
    {WORD_COLUMN_PEER, 0.55, FALSE},
};

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

/* "Emberlow: 1,443, spends £323 less, practice case below" */
static const char *lesson_text(Pen *pen, const LearnFrom *l)
{
    const char *peer =
        pen_say(pen, WORD_LEARN_PEER, "name", phrase_area(pen->c, l->peer), "value",
                phrase_value(pen, indicator_of(pen->c, l->indicator), l->peer_value));
    return pen_format(pen, "%s%s%s", peer, spend_text(pen, l),
                      l->practice >= 0 ? pen_say(pen, WORD_LEARN_HAS_PRACTICE) : "");
}

/* The lessons of one indicator, found[from] to found[to - 1], as a row. */
static void learn_row(AreaReport *r, Block *table, const GPtrArray *found, guint from, guint to)
{
    Pen *pen = &r->pen;
    const LearnFrom *first = found->pdata[from];
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint k = from; k < MIN(to, from + LEARN_PEERS_NAMED); k++)
        g_ptr_array_add(texts, (gpointer)lesson_text(pen, found->pdata[k]));
    g_ptr_array_add(texts, NULL);
    table_add_text(table, phrase_row_title(pen, first->indicator, first->period));
    table_add_number(table,
                     phrase_value(pen, indicator_of(pen->c, first->indicator), first->value));
    table_add_text(table, pen_keep(pen, g_strjoinv("; ", (char **)texts->pdata)));
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

static GPtrArray *lessons(const AreaReport *r)
{
    const Assessment *a = r->pen.c->assessment;
    GPtrArray *found = g_ptr_array_new();
    for (guint k = 0; k < a->n_learn; k++)
        if (is_lesson(r, &a->learn[k]))
            g_ptr_array_add(found, &a->learn[k]);
    g_ptr_array_sort(found, compare_lessons);
    return found;
}

static void write_lessons(AreaReport *r, const GPtrArray *found)
{
    Pen *pen = &r->pen;
    pen_para(pen, NULL, PARA_BODY, WORD_LEARN_LEAD);
    Block *table = pen_table(pen, NULL, NULL, LEARN_COLUMNS, G_N_ELEMENTS(LEARN_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    guint left_out = 0;
    for (guint from = 0, to; from < found->len; from = to) {
        guint indicator = ((const LearnFrom *)found->pdata[from])->indicator;
        for (to = from + 1; to < found->len; to++)
            if (((const LearnFrom *)found->pdata[to])->indicator != indicator)
                break;
        learn_row(r, table, found, from, to);
        left_out += to - from > LEARN_PEERS_NAMED ? to - from - LEARN_PEERS_NAMED : 0;
    }
    pen_para(pen, NULL, PARA_SMALL, WORD_LEARN_NOTE);
    if (left_out > 0)
        pen_para(pen, NULL, PARA_SMALL, WORD_LEARN_MORE, "n", phrase_count(pen, left_out));
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
    gboolean any = FALSE;
    for (guint k = 0; k < c->study->n_practice; k++) {
        const Practice *practice = &c->study->practice[k];
        if (!is_peer(r, observation_area(c->set, practice->area)))
            continue;
        if (!any)
            pen_heading(pen, NULL, 3, WORD_PRACTICE_OF_PEERS, NULL);
        practice_write(pen, NULL, practice);
        any = TRUE;
    }
    if (!any)
        pen_para(pen, NULL, PARA_BODY,
                 c->study->n_practice ? WORD_PRACTICE_NO_PEER : WORD_PRACTICE_NO_REGISTER);
}

/* ---- opportunity ---- */

static const PenColumn OPPORTUNITY_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.36, FALSE},
    {WORD_COLUMN_VALUE, 0.12, TRUE},
    {WORD_COLUMN_PEER_MEDIAN, 0.12, TRUE},
    {WORD_COLUMN_OPPORTUNITY, 0.40, FALSE},
};

static const char *amount_text(Pen *pen, gboolean pounds, double amount)
{
    g_autofree char *number = number_text_significant(amount, OPPORTUNITY_FIGURES);
    return pen_format(pen, "%s%s", pounds ? "£" : "", number);
}

static const char *opportunity_text(AreaReport *r, guint i, const Verdict *v)
{
    Pen *pen = &r->pen;
    const Indicator *indicator = indicator_of(pen->c, i);
    gboolean pounds = g_strcmp0(pen->c->assessment->indicators[i].opportunity_unit, "pounds") == 0;
    gboolean ranged = isfinite(v->opportunity_lower) && isfinite(v->opportunity_upper);
    Word direction = report_good_sign(indicator) > 0 ? WORD_MORE : pounds ? WORD_LESS : WORD_FEWER;
    const char *amount =
        pen_say(pen, ranged ? WORD_OPPORTUNITY_RANGE : WORD_OPPORTUNITY, "amount",
                amount_text(pen, pounds, v->opportunity), "fewer", pen_say(pen, direction), "lower",
                amount_text(pen, pounds, v->opportunity_lower), "upper",
                amount_text(pen, pounds, v->opportunity_upper));
    if (pounds || !indicator->numerator_text)
        return amount;
    return pen_say(pen, WORD_OPPORTUNITY_COUNTED, "+amount", amount, "events",
                   indicator->numerator_text);
}

static void opportunity_row(AreaReport *r, Block *table, guint i, guint p)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, r->area);
    table_add_text(table, phrase_row_title(pen, i, p));
    table_add_number(table, phrase_value(pen, indicator, observed(c, i, p, r->area)->value));
    table_add_number(table, phrase_value(pen, indicator, v->peer_median));
    table_add_text(table, opportunity_text(r, i, v));
}

static void write_opportunity(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP), *table = NULL;
    pen_heading(pen, group, 3, WORD_OPPORTUNITY_HEADING, NULL);
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        const Verdict *v = p < 0 ? NULL : verdict_of(c, i, (guint)p, r->area);
        if (!v || !(v->opportunity > 0) || v->opportunity_lower <= 0)
            continue;
        if (!table) {
            pen_para(pen, group, PARA_BODY, WORD_OPPORTUNITY_LEAD);
            table =
                pen_table(pen, group, NULL, OPPORTUNITY_COLUMNS, G_N_ELEMENTS(OPPORTUNITY_COLUMNS));
            table->table->compact = TRUE;
            table->table->row_headers = TRUE;
        }
        opportunity_row(r, table, i, (guint)p);
    }
    pen_para(pen, group, table ? PARA_SMALL : PARA_BODY,
             table ? WORD_OPPORTUNITY_NOTE : WORD_OPPORTUNITY_EMPTY);
}

void area_learning(AreaReport *r)
{
    Pen *pen = &r->pen;
    pen_heading(pen, NULL, 2, WORD_LEARN_HEADING, "learn-from");
    g_autoptr(GPtrArray) found = lessons(r);
    if (found->len > 0)
        write_lessons(r, found);
    else
        pen_para(pen, NULL, PARA_BODY, WORD_LEARN_EMPTY);
    write_practice(r);
    write_opportunity(r);
}

/* ---- questions ---- */

static void write_own_questions(AreaReport *r, Block *parent, const Finding *f)
{
    Pen *pen = &r->pen;
    const Indicator *i = indicator_of(pen->c, f->indicator);
    if (!i->questions || !i->questions[0])
        return;
    Block *group = document_container(pen->d, parent, BLOCK_GROUP);
    pen_para(pen, group, PARA_BODY, WORD_QUESTIONS_ABOUT, "indicator", phrase_indicator(i),
             "+words", standout_words(pen, f));
    Block *list = document_list(pen->d, group);
    for (guint k = 0; k < QUESTIONS_PER_INDICATOR && i->questions[k]; k++)
        document_item(list, pen_escape(pen, i->questions[k]));
}

void area_questions(AreaReport *r)
{
    static const Word general[] = {WORD_QUESTION_DATA, WORD_QUESTION_NEED, WORD_QUESTION_CHOICE,
                                   WORD_QUESTION_WHO, WORD_QUESTION_STOP};
    Pen *pen = &r->pen;
    pen_heading(pen, NULL, 2, WORD_QUESTIONS_HEADING, "questions");
    Block *columns = document_container(pen->d, NULL, BLOCK_BALANCED);
    pen_para(pen, columns, PARA_BODY, WORD_QUESTIONS_LEAD);
    Block *list = document_list(pen->d, columns);
    for (guint k = 0; k < G_N_ELEMENTS(general); k++)
        pen_item(pen, list, general[k]);
    for (int good = -1; good <= 1; good++) {
        const Finding *chosen[FRONT_PAGE_MOST];
        guint n = area_chosen(r, good, chosen);
        for (guint k = 0; k < n && good != 1; k++)
            write_own_questions(r, columns, chosen[k]);
    }
}
