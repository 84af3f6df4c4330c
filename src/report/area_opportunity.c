#include "area.h"
#include "plain.h"

#include <math.h>

static const PenColumn OPPORTUNITY_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.32, FALSE},  {WORD_COLUMN_VALUE, 0.10, TRUE},
    {WORD_COLUMN_PEER_MEDIAN, 0.10, TRUE}, {WORD_COLUMN_OPPORTUNITY, 0.34, FALSE},
    {WORD_COLUMN_THERE, 0.14, TRUE},
};

gboolean area_has_opportunity(const AreaReport *r, guint i)
{
    int p = latest_of(r->pen.c, i);
    const Verdict *v = p < 0 ? NULL : verdict_of(r->pen.c, i, (guint)p, r->area);
    return v && v->opportunity > 0 && !(v->opportunity_lower <= 0);
}

const char *area_opportunity_text(AreaReport *r, guint i)
{
    Pen *pen = &r->pen;
    const Verdict *v = verdict_of(pen->c, i, (guint)latest_of(pen->c, i), r->area);
    gboolean pounds = g_strcmp0(pen->c->assessment->indicators[i].opportunity_unit, "pounds") == 0;
    gboolean ranged = isfinite(v->opportunity_lower) && isfinite(v->opportunity_upper);
    Word direction = report_good_sign(indicator_of(pen->c, i)) > 0 ? WORD_MORE
                     : pounds                                      ? WORD_LESS
                                                                   : WORD_FEWER;
    return pen_say(pen, ranged ? WORD_OPPORTUNITY_RANGE : WORD_OPPORTUNITY, "+amount",
                   plain_amount(pen, pounds, v->opportunity), "+fewer", pen_say(pen, direction),
                   "+lower", plain_amount(pen, pounds, v->opportunity_lower), "+upper",
                   plain_amount(pen, pounds, v->opportunity_upper));
}

/* How many peers have the median of the peers already, or are beyond it on the preferred side: half
 * of them by definition where all have figures, fewer where the median lies between two. */
static const char *peers_there(AreaReport *r, guint i, guint p)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Verdict *v = verdict_of(c, i, p, r->area);
    const PeerSet *peers = assessment_peers(c->assessment, 0, r->area);
    const int good = report_good_sign(indicator_of(c, i));
    guint there = 0, of = 0;
    for (guint k = 0; peers && k < peers->n; k++) {
        if (!verdict_of(c, i, p, peers->areas[k])->ranked)
            continue;
        of++;
        there += (observed(c, i, p, peers->areas[k])->value - v->peer_median) * good >= 0;
    }
    return of == 0 ? pen_say(pen, WORD_DASH)
                   : pen_say(pen, WORD_OPPORTUNITY_THERE, "n", phrase_count(pen, there), "of",
                             phrase_count(pen, of));
}

static void write_row(AreaReport *r, Block *table, guint i)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const guint p = (guint)latest_of(c, i);
    gboolean counted = indicator->numerator_text &&
                       g_strcmp0(c->assessment->indicators[i].opportunity_unit, "pounds") != 0;
    const char *amount = area_opportunity_text(r, i);
    table_add_text(table, phrase_row_title(pen, i, p));
    table_add_number(table, phrase_value(pen, indicator, observed(c, i, p, r->area)->value));
    table_add_number(table,
                     phrase_value(pen, indicator, verdict_of(c, i, p, r->area)->peer_median));
    table_add_text(table, counted ? pen_say(pen, WORD_OPPORTUNITY_COUNTED, "+amount", amount,
                                            "events", indicator->numerator_text)
                                  : amount);
    table_add_number(table, peers_there(r, i, p));
}

/* Where the area has the median already or a figure in the preferred direction. */
static void write_already(AreaReport *r, Block *group)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    guint already = 0, of = 0;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        const Verdict *v = p < 0 ? NULL : verdict_of(c, i, (guint)p, r->area);
        const int good = report_good_sign(indicator_of(c, i));
        if (!v || !v->ranked || good == 0 || !isfinite(v->peer_median))
            continue;
        of++;
        already += (observed(c, i, (guint)p, r->area)->value - v->peer_median) * good >= 0;
    }
    if (of > 0)
        pen_para(pen, group, PARA_SMALL, WORD_OPPORTUNITY_ALREADY, "n", phrase_count(pen, already),
                 "of", phrase_count(pen, of));
}

void area_opportunity(AreaReport *r)
{
    Pen *pen = &r->pen;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP), *table = NULL;
    pen_heading(pen, group, 2, WORD_OPPORTUNITY_HEADING, "opportunity");
    for (guint k = 0; k < pen->c->study->n_indicators; k++) {
        if (!area_has_opportunity(r, r->order[k]))
            continue;
        if (!table) {
            write_already(r, group);
            pen_para(pen, group, PARA_BODY, WORD_OPPORTUNITY_LEAD);
            group->lead = TRUE;
            table =
                pen_table(pen, NULL, NULL, OPPORTUNITY_COLUMNS, G_N_ELEMENTS(OPPORTUNITY_COLUMNS));
            table->table->compact = TRUE;
            table->table->row_headers = TRUE;
        }
        write_row(r, table, r->order[k]);
    }
    pen_para(pen, table ? NULL : group, table ? PARA_SMALL : PARA_BODY,
             table ? WORD_OPPORTUNITY_NOTE : WORD_OPPORTUNITY_EMPTY);
    if (!table)
        write_already(r, group);
}
