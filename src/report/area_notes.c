#include "area.h"
#include "corrections.h"
#include "slips.h"

#include <math.h>
#include <string.h>

/* ---- what is missing here ---- */

static guint write_missing(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Block *list = NULL;
    guint n = 0;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        if (p >= 0 && isfinite(observed(c, i, (guint)p, r->area)->value))
            continue;
        if (!list) {
            pen_para(pen, NULL, PARA_BODY, WORD_MISSING_LEAD);
            list = document_list(pen->d, NULL);
        }
        const char *title = indicator_of(c, i)->title;
        if (p < 0)
            pen_item(pen, list, WORD_MISSING_EVERYWHERE, "indicator", title, "why",
                     c->set->series[i].problem ? c->set->series[i].problem
                                               : pen_say(pen, WORD_NO_FIGURE_ANYWHERE));
        else
            pen_item(pen, list, WORD_MISSING_ITEM, "indicator", title, "period",
                     phrase_period(c, i, (guint)p), "why",
                     phrase_missing(pen, i, (guint)p, r->area));
        n++;
    }
    return n;
}

/* ---- remarks on figures that are there ---- */

/* Why a compared indicator's latest figure is not ranked here, or NULL. */
static const char *why_not_ranked(const AreaReport *r, guint i)
{
    const ReportContext *c = r->pen.c;
    int p = latest_of(c, i);
    return p >= 0 && is_compared(indicator_of(c, i))
               ? verdict_of(c, i, (guint)p, r->area)->not_ranked
               : NULL;
}

/* One item per reason, with all its indicators; `why` at place `first` is met for the first time.
 */
static void write_not_ranked(AreaReport *r, Block *list)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    guint n = c->study->n_indicators;
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint first = 0; first < n; first++) {
        const char *why = why_not_ranked(r, r->order[first]);
        if (!why || !g_hash_table_add(told, (gpointer)why))
            continue;
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (guint k = first; k < n; k++)
            if (g_strcmp0(why_not_ranked(r, r->order[k]), why) == 0)
                g_ptr_array_add(names, (gpointer)phrase_indicator(indicator_of(c, r->order[k])));
        pen_item(pen, list, WORD_REMARK_NOT_RANKED, "why", phrase_reason(pen, why), "names",
                 phrase_names(pen, (const char *const *)names->pdata, names->len, names->len));
    }
}

/* Whether the latest periods of the indicators are not all the same. */
static gboolean periods_differ(const AreaReport *r)
{
    const ReportContext *c = r->pen.c;
    const char *first = NULL;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        if (latest_of(c, i) < 0)
            continue;
        const char *latest = c->set->series[i].period_labels[latest_of(c, i)];
        if (first && strcmp(first, latest) != 0)
            return TRUE;
        first = latest;
    }
    return FALSE;
}

/* The latest of the earlier periods in which the area was another, and why its figure is as it is:
 * one item for the indicators of which the same is to be said. */
static const char *history(AreaReport *r, guint i, const char **period)
{
    const ReportContext *c = r->pen.c;
    for (int p = latest_of(c, i) - 1; p >= 0; p--) {
        const Status status = observed(c, i, (guint)p, r->area)->status;
        if (status != STATUS_BOUNDARY_CHANGE && status != STATUS_RESTATED &&
            status != STATUS_ESTIMATED)
            continue;
        *period = phrase_period(c, i, (guint)p);
        return phrase_note(&r->pen, observation_reason(c->set, i, (guint)p, r->area));
    }
    return NULL;
}

static void write_history(AreaReport *r, Block *list)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint k = 0; k < c->study->n_indicators; k++) {
        const char *period, *why = history(r, r->order[k], &period);
        const int length = why ? (int)strlen(why) - g_str_has_suffix(why, ".") : 0;
        const char *text = pen_format(pen, "%.*s", length, why ? why : "");
        const char *both = why ? pen_format(pen, "%s: %s", period, text) : NULL;
        if (both && g_hash_table_add(told, (gpointer)both))
            pen_item(pen, list, WORD_REMARK_HISTORY, "period", period, "why", text);
    }
}

/* Indicators whose national figure is not the sum of the areas, in one item: how much it differs is
 * not about this area, and stands in the national report. */
static void write_sums(AreaReport *r, Block *list)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = 0; k < c->study->n_indicators; k++) {
        const guint i = r->order[k];
        const int p = latest_of(c, i);
        if (p >= 0 && c->set->series[i].sum_note && c->set->series[i].sum_note[p])
            g_ptr_array_add(names, (gpointer)phrase_indicator(indicator_of(c, i)));
    }
    if (names->len > 0)
        pen_item(pen, list, WORD_REMARK_SUMS, "names",
                 phrase_names(pen, (const char *const *)names->pdata, names->len, names->len));
}

static void write_remarks(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Block *list = document_list(pen->d, NULL);
    write_not_ranked(r, list);
    write_history(r, list);
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        if (p < 0)
            continue;
        const Observation *o = observed(c, i, (guint)p, r->area);
        const char *title = indicator_of(c, i)->title;
        if (isfinite(o->value) && !status_is_missing(o->status) && o->status != STATUS_OK)
            pen_item(pen, list, WORD_REMARK_STATUS, "indicator", title, "status",
                     words_status(c->study, o->status));
        if (series_withheld(&c->set->series[i], (guint)p))
            pen_item(pen, list, WORD_REMARK, "indicator", title, "note",
                     phrase_note(pen, series_withheld(&c->set->series[i], (guint)p)));
        if (c->set->series[i].kind_note)
            pen_item(pen, list, WORD_REMARK, "indicator", title, "note",
                     c->set->series[i].kind_note);
    }
    write_sums(r, list);
    slips_of_area(pen, list, r->area);
    corrections_of_area(pen, list, r->area);
    if (periods_differ(r))
        pen_item(pen, list, WORD_REMARK_PERIODS);
    pen_item(pen, list, WORD_REMARK_NEUTRAL);
}

/* ---- caveats of the indicators that the front page names ---- */

static void write_caveats(AreaReport *r, Block *parent)
{
    Pen *pen = &r->pen;
    gboolean any = FALSE;
    for (int good = -1; good <= 1; good++) {
        const Finding *chosen[FRONT_PAGE_MOST];
        guint n = area_chosen(r, good, chosen);
        for (guint k = 0; k < n; k++) {
            const Indicator *i = indicator_of(pen->c, chosen[k]->indicator);
            if (!i->caveats || r->told[chosen[k]->indicator])
                continue;
            if (!any)
                pen_heading(pen, parent, 3, WORD_CAVEATS_OF_FRONT, NULL);
            any = TRUE;
            pen_text(pen, parent, PARA_SMALL,
                     pen_say(pen, WORD_BOLD_LEAD, "text", phrase_indicator(i)), i->caveats);
        }
    }
}

/* ---- where to find more ---- */

static void write_more(AreaReport *r, Block *parent)
{
    Pen *pen = &r->pen;
    const Study *study = pen->c->study;
    pen_heading(pen, parent, 3, WORD_MORE_HEADING, NULL);
    pen_para(pen, parent, PARA_SMALL, WORD_HOW_TO_READ_SHORT);
    pen_para(pen, parent, PARA_SMALL, WORD_MORE_FILES);
    if (study->n_peers > 0)
        pen_text(pen, parent, PARA_SMALL, pen_say(pen, WORD_PEERS_NOTE), study->peers[0].note);
    if (study->contact)
        pen_para(pen, parent, PARA_SMALL, WORD_CONTACT, "contact", study->contact);
    if (study->revision_note)
        pen_text(pen, parent, PARA_SMALL, pen_say(pen, WORD_REVISIONS), study->revision_note);
    if (study->next_release)
        pen_para(pen, parent, PARA_SMALL, WORD_NEXT_RELEASE, "date", study->next_release);
    if (study->licence)
        pen_para(pen, parent, PARA_SMALL, WORD_LICENCE, "licence", study->licence);
}

static void write_left_out(AreaReport *r)
{
    const char *const *left_out = r->pen.c->left_out;
    if (!left_out || !left_out[0])
        return;
    pen_para(&r->pen, NULL, PARA_BODY, WORD_LEFT_OUT_LEAD);
    Block *list = document_list(r->pen.d, NULL);
    for (; *left_out; left_out++)
        document_item(list, pen_escape(&r->pen, *left_out));
}

void area_notes(AreaReport *r)
{
    Pen *pen = &r->pen;
    pen_heading(pen, NULL, 2, WORD_NOTES_HEADING, "notes");
    if (write_missing(r) == 0)
        pen_para(pen, NULL, PARA_BODY, WORD_MISSING_NOTHING);
    write_remarks(r);
    write_left_out(r);
    Block *columns = document_container(pen->d, NULL, BLOCK_BALANCED);
    write_caveats(r, columns);
    write_more(r, columns);
}
