#include "area.h"
#include "plain.h"

#include "peerline/base/clock.h"
#include "peerline/base/number.h"
#include "peerline/base/text.h"

#include <math.h>

/* Longer lists of peers are cut: a class can have 90 members. */
#define PEERS_NAMED          20
#define NEUTRAL_BESIDE_THREE 2

/* ---- who the peers are ---- */

static const char *peer_names(AreaReport *r, const PeerSet *peers)
{
    g_autofree const char **names = g_new(const char *, MAX(peers->n, 1));
    for (guint k = 0; k < peers->n; k++)
        names[k] = phrase_area(r->pen.c, peers->areas[k]);
    return phrase_names(&r->pen, names, peers->n, PEERS_NAMED);
}

static const char *variable_titles(Pen *pen, const PeerGrouping *g)
{
    g_autofree const char **titles = g_new(const char *, MAX(g->n_variables, 1));
    for (guint k = 0; k < g->n_variables; k++)
        titles[k] = g->variables[k].title ? g->variables[k].title : g->variables[k].id;
    return pen_keep(pen, text_list(titles, g->n_variables, words_label(pen->c->study, WORD_AND)));
}

static const char *chosen_how(AreaReport *r, const PeerGrouping *g, const PeerSet *peers)
{
    Pen *pen = &r->pen;
    const char *n = phrase_count(pen, peers->n);
    if (peers->fell_back)
        return pen_say(pen, WORD_PEERS_FELL_BACK, "n", n, "label",
                       peers->label ? phrase_note(pen, peers->label) : "", "why",
                       peers->why ? phrase_reason(pen, peers->why)
                                  : pen_say(pen, WORD_PEERS_NO_NEIGHBOURS));
    if (g->method == PEERS_NEIGHBOURS)
        return pen_say(pen, WORD_PEERS_BY_DISTANCE, "n", n, "variables", variable_titles(pen, g));
    if (g->method == PEERS_CLASS)
        return pen_say(pen, WORD_PEERS_BY_CLASS, "n", n, "label",
                       peers->label ? phrase_note(pen, peers->label) : "", "class",
                       pen->c->study->areas.classes[g->class_index].title);
    return pen_say(pen, WORD_PEERS_BY_LIST, "n", n, "title", g->title ? g->title : g->id);
}

static void write_peers(AreaReport *r)
{
    Pen *pen = &r->pen;
    const PeerSet *peers = assessment_peers(pen->c->assessment, 0, r->area);
    Block *box = document_container(pen->d, NULL, BLOCK_CALLOUT);
    if (!peers) {
        pen_para(pen, box, PARA_BODY, WORD_PEERS_ARE_ALL, "n",
                 phrase_count(pen, open_areas(pen->c) - 1));
        return;
    }
    if (peers->n == 0) {
        pen_para(pen, box, PARA_BODY, WORD_PEERS_NONE, "why",
                 peers->why ? phrase_reason(pen, peers->why) : "");
        return;
    }
    pen_para(pen, box, PARA_BODY, WORD_PEERS_CHOSEN, "+how",
             chosen_how(r, &pen->c->study->peers[0], peers));
    pen_para(pen, box, PARA_SMALL, WORD_PEERS_NAMED, "names", peer_names(r, peers));
}

/* ---- what stands out ---- */

static const PenColumn FINDING_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.38, FALSE},  {WORD_COLUMN_HERE, 0.09, TRUE},
    {WORD_COLUMN_PEER_MEDIAN, 0.10, TRUE}, {WORD_COLUMN_NATIONAL, 0.11, TRUE},
    {WORD_COLUMN_SURE, 0.32, FALSE},
};

/* "1,027 per 100,000 people, about 31% higher than the peers' median of 782" */
static const char *finding_figures(AreaReport *r, const Finding *f)
{
    Pen *pen = &r->pen;
    const Indicator *i = indicator_of(pen->c, f->indicator);
    const Verdict *v = verdict_of(pen->c, f->indicator, f->period, r->area);
    double value = observed(pen->c, f->indicator, f->period, r->area)->value;
    const char *said = phrase_value_unit(pen, i, value);
    if (!isfinite(v->peer_median))
        return pen_escape(pen, said);
    return pen_say(pen, WORD_FINDING_AGAINST, "value", said, "+gap",
                   plain_gap(pen, i, value, v->peer_median), "median",
                   phrase_value(pen, i, v->peer_median));
}

/* What a leader might ask of it first. */
static void write_first_question(AreaReport *r, Block *group, const Finding *f)
{
    const Indicator *i = indicator_of(r->pen.c, f->indicator);
    if (i->questions && i->questions[0])
        pen_para(&r->pen, group, PARA_SMALL, WORD_FINDING_QUESTION, "question", i->questions[0]);
}

/* What the comparison says. Peers can be high or low together: then the median of all areas lies on
 * the other side of the figure, and a strength among peers is none among all. */
static const char *finding_words(AreaReport *r, const Finding *f)
{
    Pen *pen = &r->pen;
    const char *words = standout_words(pen, f);
    const double value = observed(pen->c, f->indicator, f->period, r->area)->value;
    const double median = summary_of(pen->c, f->indicator, f->period)->median;
    const gboolean apart = f->higher ? value < median : value > median;
    return apart ? pen_say(pen, WORD_FINDING_APART, "+words", words, "median",
                           phrase_value(pen, indicator_of(pen->c, f->indicator), median))
                 : words;
}

/* The findings of one direction, each in a sentence or two; where there are none, why. */
static Block *write_side(AreaReport *r, Block *parent, int good)
{
    Pen *pen = &r->pen;
    Block *group = document_container(pen->d, parent, BLOCK_GROUP);
    pen_heading(pen, group, 3, good > 0 ? WORD_STRENGTHS_HEADING : WORD_ASK_HEADING, NULL);
    const Finding *chosen[FRONT_PAGE_MOST];
    guint n = area_chosen(r, good, chosen);
    if (n == 0)
        pen_para(pen, group, PARA_BODY, good > 0 ? WORD_STRENGTHS_EMPTY : WORD_ASK_EMPTY);
    for (guint k = 0; k < n; k++) {
        const Finding *f = chosen[k];
        pen_para(pen, group, PARA_BODY, WORD_FINDING, "indicator",
                 phrase_indicator(indicator_of(pen->c, f->indicator)), "period",
                 phrase_period(pen->c, f->indicator, f->period), "+figures", finding_figures(r, f),
                 "+words", finding_words(r, f));
        if (good < 0)
            write_first_question(r, group, f);
    }
    return group;
}

static void write_finding(AreaReport *r, Block *table, const Finding *f)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *i = indicator_of(c, f->indicator);
    const Verdict *v = verdict_of(c, f->indicator, f->period, r->area);
    double value = observed(c, f->indicator, f->period, r->area)->value;
    table_add_text(table, phrase_row_title(pen, f->indicator, f->period));
    table_add_number(table, phrase_value(pen, i, value));
    table_add_number(table, phrase_value(pen, i, v->peer_median));
    table_add_number(table, phrase_value(pen, i, report_nation_value(c, f->indicator, f->period)));
    table_add_text(table, standout_words(pen, f));
}

/* Those without a preferred direction; the page has room for the third where no side has three. */
static void write_neutral(AreaReport *r)
{
    Pen *pen = &r->pen;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, group, 3, WORD_NEUTRAL_HEADING, NULL);
    const Finding *chosen[FRONT_PAGE_MOST];
    guint sides = MAX(area_chosen(r, 1, chosen), area_chosen(r, -1, chosen));
    guint n = area_chosen(r, 0, chosen);
    if (n == 0) {
        pen_para(pen, group, PARA_BODY, WORD_NEUTRAL_EMPTY);
        return;
    }
    Block *table = pen_table(pen, group, NULL, FINDING_COLUMNS, G_N_ELEMENTS(FINDING_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < MIN(n, sides < FRONT_PAGE_MOST ? n : NEUTRAL_BESIDE_THREE); k++)
        write_finding(r, table, chosen[k]);
}

/* Whether any indicator that is compared has a preferred direction, or any has none. */
static gboolean has_polarity(const ReportContext *c, gboolean preferred)
{
    for (guint i = 0; i < c->study->n_indicators; i++)
        if (is_compared(indicator_of(c, i)) &&
            (report_good_sign(indicator_of(c, i)) != 0) == preferred)
            return TRUE;
    return FALSE;
}

static guint flagged_against_peers(const AreaReport *r)
{
    guint n = 0;
    for (guint k = 0; k < r->findings->len; k++)
        n += g_array_index(r->findings, Finding, k).evidence >= EVIDENCE_POSSIBLE;
    return n;
}

static void write_chance(AreaReport *r)
{
    Pen *pen = &r->pen;
    if (r->compared == 0) {
        pen_para(pen, NULL, PARA_SMALL, WORD_CHANCE_NO_TEST);
        return;
    }
    g_autofree char *expected =
        words_number(pen->c->study, number_text(r->compared * STANDOUT_LEVEL, 1));
    guint flagged = flagged_against_peers(r);
    pen_para(pen, NULL, PARA_SMALL, flagged ? WORD_CHANCE_AMONG_PEERS : WORD_CHANCE_NONE_DIFFERS,
             "flagged", phrase_count(pen, flagged), "n", phrase_count(pen, r->compared), "expected",
             expected);
}

static void write_not_compared(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    guint all = 0, ranked = 0;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        gboolean compared = is_compared(indicator_of(c, i));
        all += compared;
        ranked += compared && p >= 0 && verdict_of(c, i, (guint)p, r->area)->ranked;
    }
    if (ranked < all)
        pen_para(pen, NULL, PARA_SMALL, WORD_FRONT_NOT_COMPARED, "n",
                 phrase_count(pen, all - ranked), "all", phrase_count(pen, all));
}

/* ---- the largest change ---- */

static void write_change(AreaReport *r, Block *parent)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    Change change;
    Block *group = document_container(pen->d, parent, BLOCK_GROUP);
    pen_heading(pen, group, 3, WORD_CHANGE_HEADING, NULL);
    if (!standout_change(c, r->area, &change)) {
        pen_para(pen, group, PARA_BODY, WORD_CHANGE_NONE);
        return;
    }
    const Indicator *i = indicator_of(c, change.indicator);
    gboolean rose = change.after > change.before;
    Word confidence = change.tested                               ? WORD_CHANGE_TESTED
                      : report_without_error(c, change.indicator) ? WORD_CHANGE_UNKNOWN
                                                                  : WORD_CHANGE_UNTESTED;
    const char *unit = i->unit ? i->unit : "";
    pen_para(
        pen, group, PARA_BODY, rose ? WORD_CHANGE_ROSE : WORD_CHANGE_FELL, "indicator",
        phrase_indicator(i), "+unit", *unit ? pen_say(pen, WORD_CHANGE_UNIT, "unit", unit) : "",
        "before", phrase_value(pen, i, change.before), "from",
        phrase_period(c, change.indicator, change.from), "after",
        phrase_value(pen, i, change.after), "to", phrase_period(c, change.indicator, change.to),
        "+confidence", pen_say(pen, confidence));
}

/* ---- the page ---- */

static const char *period_range(AreaReport *r)
{
    const ReportContext *c = r->pen.c;
    const char *first = NULL, *last = NULL;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        const char *label = p < 0 ? NULL : phrase_period(c, i, (guint)p);
        if (label && (!first || g_strcmp0(label, first) < 0))
            first = label;
        if (label && (!last || g_strcmp0(label, last) > 0))
            last = label;
    }
    if (!first)
        return pen_say(&r->pen, WORD_NO_PERIOD);
    return g_str_equal(first, last)
               ? first
               : pen_say(&r->pen, WORD_PERIOD_RANGE, "first", first, "last", last);
}

static void write_published(Pen *pen, const char *code)
{
    const ReportContext *c = pen->c;
    const char *publisher = c->study->publisher;
    g_autofree char *date = c->edition_date ? words_date(c->study, c->edition_date) : NULL;
    const Word word = date && publisher ? WORD_AREA_PUBLISHED_BY
                      : date            ? WORD_AREA_PUBLISHED
                      : publisher       ? WORD_AREA_NOT_DATED_BY
                                        : WORD_AREA_NOT_DATED;
    pen_para(pen, NULL, PARA_SMALL, word, "date", date ? date : "", "publisher",
             publisher ? publisher : "", "code", code);
}

static void write_title(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    document_heading(pen->d, NULL, 1, pen_escape(pen, phrase_area(c, r->area)), "area");
    pen_para(pen, NULL, PARA_LEAD, WORD_AREA_SUBTITLE, "title", c->title, "periods",
             period_range(r));
    write_published(pen, c->set->areas[r->area].code);
    if (!observation_is_open(c->set, r->area)) {
        pen_para(pen, NULL, PARA_BODY, WORD_AREA_CLOSED);
        pen_text(pen, NULL, PARA_BODY, NULL, c->set->areas[r->area].fate);
    }
}

void area_front(AreaReport *r)
{
    Pen *pen = &r->pen;
    write_title(r);
    write_peers(r);
    pen_heading(pen, NULL, 2, WORD_STANDOUT_HEADING, "stands-out");
    write_chance(r);
    /* where nothing could be tested, nothing is "in line with the peers" either */
    const gboolean any = r->compared > 0 || r->findings->len > 0;
    gboolean beside = FALSE;
    const gboolean sided = any && has_polarity(pen->c, TRUE);
    if (sided) { /* the side without questions has room for the largest change */
        Block *sides = document_container(pen->d, NULL, BLOCK_COLUMNS);
        const Finding *strengths[FRONT_PAGE_MOST];
        Block *left = write_side(r, sides, 1);
        write_change(r, left);
        beside = area_chosen(r, 1, strengths) < 2;
        if (beside)
            area_joint_question(r, left);
        write_side(r, sides, -1);
    }
    if (any && has_polarity(pen->c, FALSE))
        write_neutral(r);
    if (!sided)
        write_change(r, NULL);
    if (!beside)
        area_joint_question(r, NULL);
    write_not_compared(r);
    document_soft_break(pen->d);
}
