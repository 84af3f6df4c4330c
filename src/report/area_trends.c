#include "area.h"

#define TREND_COLUMNS 3

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

static void write_trend_words(AreaReport *r, Block *group)
{
    Pen *pen = &r->pen;
    gboolean any = FALSE;
    for (TrendMarker trend = TREND_INCREASING; trend <= TREND_DECREASING; trend++) {
        const char *names = trend_names(r, trend);
        if (names)
            pen_para(pen, group, PARA_BODY, trend_word(trend), "names", names);
        any = any || names;
    }
    if (!any)
        pen_para(pen, group, PARA_BODY, WORD_TREND_NO_VERDICT);
}

void area_trends(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) scenes = g_ptr_array_new();
    guint elsewhere = 0;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        elsewhere += r->in_depth[r->order[k]];
        Scene *scene = r->in_depth[r->order[k]] ? NULL : figure_trend(pen, r->order[k], r->area);
        if (scene)
            g_ptr_array_add(scenes, scene);
    }
    r->charts = scenes->len;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, group, 2, WORD_TRENDS_HEADING, "trends");
    if (scenes->len + elsewhere == 0) {
        pen_para(pen, group, PARA_BODY, WORD_TRENDS_EMPTY);
        return;
    }
    write_trend_words(r, group);
    Block *columns = NULL;
    for (guint k = 0; k < scenes->len; k++) {
        if (k % TREND_COLUMNS == 0)
            columns = document_container(pen->d, k == 0 ? group : NULL, BLOCK_COLUMNS);
        document_figure(pen->d, document_container(pen->d, columns, BLOCK_GROUP), scenes->pdata[k],
                        NULL);
    }
    for (guint k = scenes->len; k % TREND_COLUMNS != 0; k++) /* keep the width of the last row */
        document_container(pen->d, columns, BLOCK_GROUP);
    if (elsewhere > 0)
        pen_para(pen, NULL, PARA_SMALL, WORD_TRENDS_IN_DEPTH);
    if (scenes->len > 0)
        pen_para(pen, NULL, PARA_SMALL, WORD_TRENDS_NOTE);
}
