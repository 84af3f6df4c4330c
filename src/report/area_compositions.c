#include "area.h"

#include "peerline/base/number.h"

#include <math.h>
#include <string.h>

/* A share that differs by less points from that of the peers is about the same. */
#define POINTS_LEAST 2.0

static const PenColumn PART_COLUMNS[] = {
    {WORD_COLUMN_PART, 0.40, FALSE},        {WORD_COLUMN_AMOUNT_HERE, 0.15, TRUE},
    {WORD_COLUMN_SHARE_HERE, 0.15, TRUE},   {WORD_COLUMN_SHARE_PEERS, 0.15, TRUE},
    {WORD_COLUMN_SHARE_NATION, 0.15, TRUE},
};

static const char *share_text(Pen *pen, double share)
{
    return isfinite(share) ? pen_format(pen, "%s%%", pen_keep(pen, number_text(share, 1)))
                           : pen_say(pen, WORD_DASH);
}

static const double *of_area(const double *cells, const Composition *what, guint area)
{
    return cells + (gsize)area * what->n_parts;
}

/* A sentence of the study as the end of one of ours. */
static const char *without_stop(Pen *pen, const char *text)
{
    const gsize n = strlen(text);
    return n && text[n - 1] == '.' ? pen_keep(pen, g_strndup(text, n - 1)) : text;
}

/* Why there is no bar, from the first part that is missing. */
static const char *why_missing(Pen *pen, guint k, guint area)
{
    const Composition *what = &pen->c->study->compositions[k];
    const MadeFigure *figures = pen->c->set->made[k].figures + (gsize)area * what->n_parts;
    for (guint p = 0; p < what->n_parts; p++)
        if (status_is_missing(figures[p].status))
            return figures[p].because ? without_stop(pen, phrase_reason(pen, figures[p].because))
                                      : words_status(pen->c->study, figures[p].status);
    return words_status(pen->c->study, STATUS_NOT_REPORTED);
}

/* ---- in words ---- */

/* The parts whose shares are furthest above and below the peers'. */
static void write_lead(AreaReport *r, Block *parent, guint k, const MadeGroup *peers)
{
    Pen *pen = &r->pen;
    const Composition *what = &pen->c->study->compositions[k];
    const Made *made = &pen->c->set->made[k];
    const double *shares = of_area(made->shares, what, r->area);
    const char *total = figure_amount(pen, what, made->total[r->area]);
    const char *unit = figure_amount_unit(pen, what);
    guint more = 0, less = 0;
    if (!peers || !isfinite(peers->shares[0]) || !isfinite(shares[0])) {
        pen_para(pen, parent, PARA_BODY, WORD_OWN_PARTS_ALONE, "total", total, "unit", unit,
                 "period", made->period_text);
        return;
    }
    for (guint p = 1; p < what->n_parts; p++) {
        const double gap = shares[p] - peers->shares[p];
        more = gap > shares[more] - peers->shares[more] ? p : more;
        less = gap < shares[less] - peers->shares[less] ? p : less;
    }
    if (shares[more] - peers->shares[more] < POINTS_LEAST ||
        peers->shares[less] - shares[less] < POINTS_LEAST)
        pen_para(pen, parent, PARA_BODY, WORD_OWN_PARTS_ALIKE, "total", total, "unit", unit,
                 "period", made->period_text);
    else
        pen_para(pen, parent, PARA_BODY, WORD_OWN_PARTS_DIFFER, "total", total, "unit", unit,
                 "period", made->period_text, "more", what->parts[more].title, "more_share",
                 share_text(pen, shares[more]), "more_peers", share_text(pen, peers->shares[more]),
                 "less", what->parts[less].title, "less_share", share_text(pen, shares[less]),
                 "less_peers", share_text(pen, peers->shares[less]));
}

/* ---- chart and table ---- */

static CompositionRow row_of_group(Pen *pen, guint k, const MadeGroup *group, const char *name)
{
    return (CompositionRow){name, group->parts, group->total,
                            figure_amount(pen, &pen->c->study->compositions[k], group->total)};
}

static Scene *parts_chart(AreaReport *r, guint k, const MadeGroup *peers)
{
    Pen *pen = &r->pen;
    const Composition *what = &pen->c->study->compositions[k];
    const Made *made = &pen->c->set->made[k];
    const MadeGroup *nation = &made->groups[0];
    CompositionRow rows[3];
    guint n = 0;
    rows[n++] =
        (CompositionRow){phrase_area_short(pen->c, r->area), of_area(made->parts, what, r->area),
                         made->total[r->area], figure_amount(pen, what, made->total[r->area])};
    if (peers)
        rows[n++] = row_of_group(
            pen, k, peers, pen_say(pen, WORD_OWN_PARTS_PEERS, "n", phrase_count(pen, peers->n)));
    if (nation->n > 0)
        rows[n++] = row_of_group(pen, k, nation, nation->name);
    return figure_parts(pen, k, rows, n, 0);
}

static void write_table(AreaReport *r, guint k, const MadeGroup *peers)
{
    Pen *pen = &r->pen;
    const Composition *what = &pen->c->study->compositions[k];
    const Made *made = &pen->c->set->made[k];
    Block *table = pen_table(pen, NULL, NULL, PART_COLUMNS, G_N_ELEMENTS(PART_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint p = 0; p < what->n_parts; p++) {
        const gsize at = (gsize)r->area * what->n_parts + p;
        table_add_text(table, pen_escape(pen, what->parts[p].title));
        table_add_number(table, figure_amount(pen, what, made->parts[at]));
        table_add_number(table, share_text(pen, made->shares[at]));
        table_add_number(table, share_text(pen, peers ? peers->shares[p] : NAN));
        table_add_number(table, share_text(pen, made->groups[0].shares[p]));
    }
}

static void write_composition(AreaReport *r, guint k)
{
    Pen *pen = &r->pen;
    const Composition *what = &pen->c->study->compositions[k];
    const MadeGroup *peers = assessment_made_peers(pen->c->assessment, k, r->area);
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    /* the only one is its section */
    const gboolean only = pen->c->set->n_made == 1;
    document_heading(pen->d, group, only ? 2 : 3, pen_escape(pen, what->title),
                     only ? "parts" : NULL);
    if (!isfinite(pen->c->set->made[k].total[r->area])) {
        pen_para(pen, group, PARA_BODY, WORD_OWN_PARTS_NOTHING, "why",
                 why_missing(pen, k, r->area));
        return;
    }
    write_lead(r, group, k, peers);
    document_figure(
        pen->d, group, parts_chart(r, k, peers),
        pen_say(pen, WORD_OWN_PARTS_CAPTION, "period", pen->c->set->made[k].period_text));
    write_table(r, k, peers);
    pen_para(pen, NULL, PARA_SMALL, WORD_OWN_PARTS_NOTE);
}

void area_compositions(AreaReport *r)
{
    const guint n = r->pen.c->set->n_made;
    if (n > 1)
        pen_heading(&r->pen, NULL, 2, WORD_PARTS_HEADING, "parts");
    for (guint k = 0; k < n; k++)
        write_composition(r, k);
}
