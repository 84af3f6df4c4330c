#include "national.h"

#include "peerline/base/number.h"
#include "peerline/judge/variation.h"

#include <math.h>

/** What the findings are told from: the compared indicators in the report's order. */
typedef struct {
    guint n;
    guint *indicators;
    VariationFacts *facts;
} Findings;

static Findings gather(const NationalReport *r)
{
    const ReportContext *c = r->pen.c;
    const guint n = MAX(c->study->n_indicators, 1);
    Findings f = {0, g_new(guint, n), g_new(VariationFacts, n)};
    for (guint k = 0; k < c->study->n_indicators; k++) {
        const guint i = r->order[k];
        if (latest_of(c, i) < 0 || !is_compared(indicator_of(c, i)))
            continue;
        f.indicators[f.n] = i;
        f.facts[f.n++] =
            judge_variation(c->study, c->set, c->assessment, i, (guint)latest_of(c, i));
    }
    return f;
}

/* ---- chance ---- */

static void chance_item(Pen *pen, Block *list, Word word, guint i, double chance)
{
    pen_item(pen, list, word, "+indicator", phrase_link(pen, i), "share",
             phrase_about_percent(pen, chance));
}

/* Each of the findings that not every study has says whether it could be told. */
static gboolean write_chance(Pen *pen, const Findings *f)
{
    guint n = 0, mostly = 0;
    int least = -1, most = -1;
    for (guint k = 0; k < f->n; k++) {
        const double chance = f->facts[k].chance;
        if (!isfinite(chance))
            continue;
        n++;
        mostly += chance >= 0.5;
        least = least < 0 || chance < f->facts[least].chance ? (int)k : least;
        most = most < 0 || chance > f->facts[most].chance ? (int)k : most;
    }
    if (n == 0)
        return FALSE;
    pen_para(pen, NULL, PARA_BODY, mostly ? WORD_FINDING_CHANCE : WORD_FINDING_CHANCE_LITTLE, "n",
             phrase_count(pen, n), "mostly", phrase_count(pen, mostly));
    Block *list = document_list(pen->d, NULL);
    chance_item(pen, list, WORD_FINDING_CHANCE_LEAST, f->indicators[least], f->facts[least].chance);
    if (most != least)
        chance_item(pen, list, WORD_FINDING_CHANCE_MOST, f->indicators[most],
                    f->facts[most].chance);
    return TRUE;
}

/* ---- who cannot be told apart ---- */

static void write_not_apart(Pen *pen, const Findings *f)
{
    const ReportContext *c = pen->c;
    guint judged = 0, within = 0, figures = 0;
    for (guint k = 0; k < f->n; k++) {
        const guint i = f->indicators[k];
        const PeriodSummary *s = summary_of(c, i, (guint)latest_of(c, i));
        judged += s->judged;
        within += s->judged - MIN(s->judged, s->alerts + s->alarms);
        figures += s->judged > 0;
    }
    if (judged > 0)
        pen_para(pen, NULL, PARA_BODY, WORD_FINDING_NOT_APART, "within", phrase_count(pen, within),
                 "judged", phrase_count(pen, judged), "share",
                 phrase_about(pen, (double)within / judged));
}

/* ---- age ---- */

static gboolean write_age(Pen *pen, const Findings *f)
{
    Block *list = NULL;
    for (guint k = 0; k < f->n; k++) {
        const VariationFacts *facts = &f->facts[k];
        if (!isfinite(facts->crude_fold) || !isfinite(facts->standardised_fold))
            continue;
        if (!list) {
            pen_para(pen, NULL, PARA_BODY, WORD_FINDING_AGE);
            list = document_list(pen->d, NULL);
        }
        pen_item(pen, list, WORD_FINDING_AGE_ITEM, "+indicator", phrase_link(pen, f->indicators[k]),
                 "crude", phrase_fold(pen, facts->crude_fold, 1), "standardised",
                 phrase_fold(pen, facts->standardised_fold, 1));
    }
    return list != NULL;
}

/* ---- narrowing or widening ---- */

static const char *changed_links(Pen *pen, const Findings *f, VariationDirection direction,
                                 guint *n)
{
    g_autoptr(GPtrArray) links = g_ptr_array_new();
    for (guint k = 0; k < f->n; k++)
        if (f->facts[k].trend.direction == direction)
            g_ptr_array_add(links, (gpointer)phrase_link(pen, f->indicators[k]));
    *n = links->len;
    g_ptr_array_add(links, NULL);
    return pen_keep(pen, g_strjoinv("; ", (char **)links->pdata));
}

static gboolean write_change(Pen *pen, const Findings *f)
{
    guint tested = 0, wider, narrower;
    for (guint k = 0; k < f->n; k++)
        tested += f->facts[k].trend.direction != VARIATION_TREND_UNKNOWN;
    if (tested == 0)
        return FALSE;
    const char *more = changed_links(pen, f, VARIATION_WIDER, &wider);
    const char *less = changed_links(pen, f, VARIATION_NARROWER, &narrower);
    pen_para(pen, NULL, PARA_BODY, WORD_FINDING_CHANGE, "tested", phrase_count(pen, tested), "same",
             phrase_count(pen, tested - wider - narrower));
    if (wider + narrower == 0)
        return TRUE;
    Block *list = document_list(pen->d, NULL);
    if (wider > 0)
        pen_item(pen, list, WORD_FINDING_WIDER, "+indicators", more);
    if (narrower > 0)
        pen_item(pen, list, WORD_FINDING_NARROWER, "+indicators", less);
    return TRUE;
}

/* What the reader would look for in vain, and why. */
static void write_not_told(Pen *pen, gboolean chance, gboolean age, gboolean change)
{
    g_autoptr(GString) what = g_string_new(NULL);
    const struct {
        gboolean told;
        Word why;
    } findings[] = {{chance, WORD_FINDING_NOT_TOLD_CHANCE},
                    {age, WORD_FINDING_NOT_TOLD_AGE},
                    {change, WORD_FINDING_NOT_TOLD_CHANGE}};
    for (guint k = 0; k < G_N_ELEMENTS(findings); k++)
        if (!findings[k].told)
            g_string_append_printf(what, "%s%s", what->len ? " " : "",
                                   pen_say(pen, findings[k].why));
    if (what->len)
        pen_para(pen, NULL, PARA_SMALL, WORD_FINDING_NOT_TOLD, "+what", what->str);
}

void national_findings(NationalReport *r)
{
    Pen *pen = &r->pen;
    Findings f = gather(r);
    const gboolean chance = write_chance(pen, &f);
    write_not_apart(pen, &f);
    const gboolean age = write_age(pen, &f), change = write_change(pen, &f);
    write_not_told(pen, chance, age, change);
    g_free(f.indicators);
    g_free(f.facts);
}
