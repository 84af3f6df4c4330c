#include "national.h"

#define NAMED_MOST 6

/* ---- one corner in words ---- */

static void write_corner(Pen *pen, Block *parent, const Pair *pair, const PairPlace *places,
                         guint k)
{
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    guint n = 0, of = 0;
    for (guint a = 0; a < c->set->n_areas; a++) {
        if (!places[a].there)
            continue;
        of++;
        if (places[a].corner != k)
            continue;
        n++;
        if (places[a].far > 0)
            g_ptr_array_add(names, (gpointer)phrase_area(c, a));
    }
    const char *corner = nation_corner(pen, indicator_of(c, (guint)pair->outcome), k);
    if (names->len == 0)
        pen_para(pen, parent, PARA_SMALL, WORD_NATION_PAIR_COUNT, "corner", corner, "n",
                 phrase_count(pen, n), "of", phrase_count(pen, of));
    else
        pen_para(pen, parent, PARA_SMALL, WORD_NATION_PAIR_COUNT_NAMES, "corner", corner, "n",
                 phrase_count(pen, n), "of", phrase_count(pen, of), "names",
                 phrase_names(pen, (const char *const *)names->pdata, names->len, NAMED_MOST));
}

static void write_pair(Pen *pen, Block *parent, const Pair *pair)
{
    const ReportContext *c = pen->c;
    const guint x = (guint)pair->spend, y = (guint)pair->outcome;
    Scene *scene = nation_quadrant(pen, pair);
    Block *group = document_container(pen->d, parent, BLOCK_GROUP);
    document_heading(pen->d, group, 2,
                     pen_say(pen, WORD_NATION_PAIR_TITLE, "spend",
                             phrase_indicator(indicator_of(c, x)), "outcome",
                             phrase_indicator(indicator_of(c, y))),
                     NULL)
        ->unlisted = TRUE;
    pen_text(pen, group, PARA_BODY, NULL, pair->note);
    if (!scene) {
        pen_para(pen, group, PARA_BODY, WORD_NATION_PAIR_NOTHING);
        return;
    }
    Block *columns = document_container(pen->d, group, BLOCK_COLUMNS);
    Block *chart = document_container(pen->d, columns, BLOCK_GROUP);
    Block *words = document_container(pen->d, columns, BLOCK_GROUP);
    chart->share = NATION_QUADRANT_WIDTH / (DOCUMENT_TEXT_WIDTH - DOCUMENT_COLUMN_GAP);
    words->share = 1 - chart->share;
    document_figure(pen->d, chart, scene,
                    pen_say(pen, WORD_NATION_PAIR_CAPTION, "+spend", phrase_link(pen, x),
                            "spend_period", phrase_period(c, x, (guint)joint_spend_period(c, pair)),
                            "+outcome", phrase_link(pen, y), "outcome_period",
                            phrase_period(c, y, (guint)latest_of(c, y))));
    g_autofree PairPlace *places = nation_pair_places(c, pair);
    for (guint k = 0; k < 4; k++)
        write_corner(pen, words, pair, places, k);
}

void national_pairs(NationalReport *r)
{
    Pen *pen = &r->pen;
    const Study *study = pen->c->study;
    if (study->n_pairs == 0)
        return;
    /* the heading never stands without a chart */
    Block *opening = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, opening, 1, WORD_NATION_PAIRS_HEADING, "pairs");
    pen_para(pen, opening, PARA_LEAD, WORD_NATION_PAIRS_LEAD);
    Block *box = document_container(pen->d, opening, BLOCK_CALLOUT);
    pen_para(pen, box, PARA_BODY, WORD_NATION_PAIRS_CAUTION);
    for (guint k = 0; k < study->n_pairs; k++)
        write_pair(pen, k ? NULL : opening, &study->pairs[k]);
}
