#include "area.h"

#include "peerline/base/number.h"

#include <math.h>

/* A spine longer than this does not fit on a page with its heading; a heat map has the names of the
 * peers and its key besides. */
#define SPINE_ROWS_MOST 23
#define HEAT_ROWS_MOST  24
/* Points; long names of indicators and peers make a row and the heads of the columns high. */
#define HEAT_HEIGHT_MOST 590
#define HEAT_ROWS_LEAST  4
/* So many peers beside the area: names of more would fill half a page. */
#define HEAT_PEERS_MOST 15

/* ---- spine ---- */

/* Indicators of the report's order that can stand in a spine. */
static GArray *compared_indicators(const AreaReport *r)
{
    const ReportContext *c = r->pen.c;
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint k = 0; k < c->study->n_indicators; k++)
        if (is_compared(indicator_of(c, r->order[k])) && latest_of(c, r->order[k]) >= 0)
            g_array_append_val(kept, r->order[k]);
    return kept;
}

/* How many of the indicators from `from` on stand in one figure of at most `most` rows: it breaks
 * where a domain begins, if one does in the latter half. */
static guint rows_together(const AreaReport *r, const GArray *shown, guint from, guint most)
{
    const guint *rest = (const guint *)shown->data + from;
    const guint left = shown->len - from;
    if (left <= most)
        return left;
    for (guint m = most; m > most / 2; m--)
        if (report_begins_domain(r->pen.c, rest, m))
            return m;
    return most;
}

static void write_spine(AreaReport *r, const GArray *shown)
{
    Pen *pen = &r->pen;
    const guint *all = (const guint *)shown->data;
    for (guint from = 0; from < shown->len;) {
        const guint n = rows_together(r, shown, from, SPINE_ROWS_MOST);
        Scene *scene = figure_spine(pen, r->area, all + from, n);
        document_figure(pen->d, NULL, scene, from == 0 ? pen_say(pen, WORD_SPINE_CAPTION) : NULL);
        from += n;
    }
    pen_para(pen, NULL, PARA_SMALL, WORD_SPINE_NOTE);
}

/* ---- table ---- */

/* The medians of the peers and the nation stand in the spine above. */
static const PenColumn POSITION_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.35, FALSE},  {WORD_COLUMN_VALUE_RANGE, 0.15, TRUE},
    {WORD_COLUMN_PEER_MIDDLE, 0.14, TRUE}, {WORD_COLUMN_POSITION, 0.16, FALSE},
    {WORD_COLUMN_LIMITS, 0.20, FALSE},
};

/* "above the 99.8% limits; 2 periods in a row; q 0.01"; how sure and for how long only where it is
 * flagged. */
static const char *limits_cell(AreaReport *r, guint i, guint p)
{
    Pen *pen = &r->pen;
    const Verdict *v = verdict_of(pen->c, i, p, r->area);
    const char *limits = v->ranked ? phrase_limits(pen, i, p, r->area) : pen_say(pen, WORD_DASH);
    if (!v->ranked || !is_flagged(v))
        return limits;
    return pen_say(pen, WORD_POSITION_FLAGGED, "limits", limits, "q",
                   phrase_probability(pen, v->q_area), "n",
                   phrase_count(pen, v->persistent_periods));
}

static const char *value_with_range(Pen *pen, guint i, guint p, guint area)
{
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    const Verdict *v = verdict_of(c, i, p, area);
    double value = observed(c, i, p, area)->value;
    if (!isfinite(value))
        return pen_say(pen, WORD_DASH);
    const char *range = phrase_range(pen, indicator, v->lower95, v->upper95);
    return *range ? pen_format(pen, "%s (%s)", phrase_value(pen, indicator, value), range)
                  : phrase_value(pen, indicator, value);
}

static void position_row(AreaReport *r, Block *table, guint i)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *indicator = indicator_of(c, i);
    guint p = (guint)latest_of(c, i);
    const Verdict *v = verdict_of(c, i, p, r->area);
    const char *peers =
        phrase_range(pen, indicator, v->peer_lower_quartile, v->peer_upper_quartile);
    table_add_text(table, phrase_row_title(pen, i, p));
    table_add_number(table, value_with_range(pen, i, p, r->area));
    table_add_number(table, *peers ? peers : pen_say(pen, WORD_DASH));
    table_add_text(table, isfinite(observed(c, i, p, r->area)->value)
                              ? phrase_position(pen, i, p, r->area)
                              : pen_say(pen, WORD_NO_VALUE));
    table_add_text(table, limits_cell(r, i, p));
}

static void write_table(AreaReport *r, const GArray *shown)
{
    Pen *pen = &r->pen;
    Block *table = pen_table(pen, NULL, pen_say(pen, WORD_POSITION_CAPTION), POSITION_COLUMNS,
                             G_N_ELEMENTS(POSITION_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < shown->len; k++)
        position_row(r, table, g_array_index(shown, guint, k));
    pen_para(pen, NULL, PARA_SMALL, WORD_POSITION_NOTE);
}

/* ---- plain amounts ---- */

static void write_totals(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Block *list = NULL;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        guint i = r->order[k];
        int p = latest_of(c, i);
        if (is_compared(indicator_of(c, i)) || p < 0)
            continue;
        if (!list) {
            pen_para(pen, NULL, PARA_BODY, WORD_TOTALS_LEAD);
            list = document_list(pen->d, NULL);
        }
        pen_item(
            pen, list, WORD_TOTAL_ITEM, "indicator", indicator_of(c, i)->title, "period",
            phrase_period(c, i, (guint)p), "value",
            phrase_value_unit(pen, indicator_of(c, i), observed(c, i, (guint)p, r->area)->value));
    }
}

/* ---- against all ---- */

static void write_limits(AreaReport *r, const GArray *shown)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    guint judged = 0, flagged = 0;
    for (guint k = 0; k < shown->len; k++) {
        guint i = g_array_index(shown, guint, k);
        const Verdict *v = verdict_of(c, i, (guint)latest_of(c, i), r->area);
        gboolean has = v->ranked && v->outlier != OUTLIER_NOT_ESTIMABLE;
        judged += has;
        flagged += has && is_flagged(v);
    }
    if (judged == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_NATIONAL_LIMITS_NO_FIGURE);
        return;
    }
    g_autofree char *expected =
        words_number(pen->c->study, number_text(judged * STANDOUT_LEVEL, 1));
    pen_para(pen, NULL, PARA_BODY,
             flagged       ? WORD_NATIONAL_LIMITS_LEAD
             : judged == 1 ? WORD_NATIONAL_LIMITS_NOT_THE_ONE
                           : WORD_NATIONAL_LIMITS_NONE,
             "flagged", phrase_count(pen, flagged), "n", phrase_count(pen, judged), "expected",
             expected);
    if (flagged > 0)
        pen_para(pen, NULL, PARA_SMALL, WORD_NATIONAL_LIMITS_NOTE);
}

/* ---- with the peers ---- */

/* The next `n` indicators, as many as fit on a page. */
static Scene *next_heat(AreaReport *r, const GArray *shown, guint from, guint *n)
{
    const guint *rest = (const guint *)shown->data + from;
    *n = rows_together(r, shown, from, HEAT_ROWS_MOST);
    Scene *scene = figure_heat(&r->pen, r->area, rest, *n, HEAT_PEERS_MOST);
    while (scene && scene->height > HEAT_HEIGHT_MOST && *n > HEAT_ROWS_LEAST) {
        scene_free(scene);
        *n = MAX(HEAT_ROWS_LEAST, *n * 3 / 4);
        scene = figure_heat(&r->pen, r->area, rest, *n, HEAT_PEERS_MOST);
    }
    return scene;
}

static void write_heat(AreaReport *r, const GArray *shown)
{
    Pen *pen = &r->pen;
    guint n;
    Scene *scene = next_heat(r, shown, 0, &n);
    if (!scene)
        return;
    const PeerSet *peers = assessment_peers(pen->c->assessment, 0, r->area);
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, group, 2, WORD_HEAT_HEADING, "with-peers");
    pen_para(pen, group, PARA_BODY, WORD_HEAT_LEAD);
    document_figure(pen->d, group, scene, pen_say(pen, WORD_HEAT_CAPTION));
    for (guint from = n; from < shown->len; from += n) {
        scene = next_heat(r, shown, from, &n);
        document_figure(pen->d, NULL, scene, NULL);
        group = NULL; /* the note stands below the last one */
    }
    pen_para(pen, group, PARA_SMALL,
             peers->n > HEAT_PEERS_MOST ? WORD_HEAT_NOTE_CUT : WORD_HEAT_NOTE, "n",
             phrase_count(pen, HEAT_PEERS_MOST), "of", phrase_count(pen, peers->n));
}

void area_position(AreaReport *r)
{
    Pen *pen = &r->pen;
    g_autoptr(GArray) shown = compared_indicators(r);
    pen_heading(pen, NULL, 2, WORD_SPINE_HEADING, "all-indicators");
    if (shown->len == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_SPINE_EMPTY);
    } else {
        write_spine(r, shown);
        write_table(r, shown);
        write_limits(r, shown);
    }
    write_totals(r);
    if (shown->len > 0)
        write_heat(r, shown);
}
