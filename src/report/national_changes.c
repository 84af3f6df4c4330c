#include "national.h"

#include "peerline/base/clock.h"

#include <math.h>

/* Lists longer than this are the data file's business. */
#define MOST_ROWS 60

/* ---- how many, by indicator ---- */

static const PenColumn COUNT_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.40, FALSE},      {WORD_COLUMN_CHANGES_NEW, 0.10, TRUE},
    {WORD_COLUMN_CHANGES_REVISED, 0.10, TRUE}, {WORD_COLUMN_CHANGES_WITHDRAWN, 0.10, TRUE},
    {WORD_COLUMN_CHANGES_STARTED, 0.10, TRUE}, {WORD_COLUMN_CHANGES_ENDED, 0.10, TRUE},
    {WORD_COLUMN_CHANGES_MOVED, 0.10, TRUE},
};

/* Changes come sorted by indicator: where the next one begins. */
static guint count_from(const Changes *c, guint first, guint counts[N_CHANGE_KINDS])
{
    guint i = first;
    for (; i < c->items->len; i++) {
        const EditionChange *change = changes_at(c, i);
        if (g_strcmp0(change->indicator_id, changes_at(c, first)->indicator_id) != 0)
            break;
        counts[change->kind]++;
    }
    return i;
}

static void write_counts(Pen *pen, const Changes *c)
{
    Block *table = pen_table(pen, NULL, pen_say(pen, WORD_CHANGES_TABLE), COUNT_COLUMNS,
                             G_N_ELEMENTS(COUNT_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint first = 0; first < c->items->len;) {
        guint counts[N_CHANGE_KINDS] = {0};
        const EditionChange *change = changes_at(c, first);
        const char *title = change->indicator ? change->indicator : change->indicator_id;
        table_add_text(table, pen_escape(pen, change->indicator_index < 0
                                                  ? title
                                                  : phrase_indicator(indicator_of(
                                                        pen->c, (guint)change->indicator_index))));
        first = count_from(c, first, counts);
        for (guint k = 0; k < N_CHANGE_KINDS; k++)
            table_add_number(table, phrase_count(pen, counts[k]));
    }
}

/* ---- the changes themselves ---- */

static const PenColumn CHANGE_COLUMNS[] = {
    {WORD_COLUMN_INDICATOR, 0.36, FALSE},
    {WORD_COLUMN_AREA, 0.24, FALSE},
    {WORD_COLUMN_CHANGES_BEFORE, 0.20, FALSE},
    {WORD_COLUMN_CHANGES_NOW, 0.20, FALSE},
};

/* A rank is never printed without its interval. */
static const char *rank_text(Pen *pen, const ChangeSide *side)
{
    if (!side->rank)
        return "";
    if (!side->rank_lower)
        return pen_say(pen, WORD_CHANGES_RANK, "rank", phrase_count(pen, side->rank));
    return pen_say(pen, WORD_CHANGES_RANK_RANGE, "rank", phrase_count(pen, side->rank), "lower",
                   phrase_count(pen, side->rank_lower), "upper",
                   phrase_count(pen, side->rank_upper));
}

static void add_side(Pen *pen, Block *table, const EditionChange *change, const ChangeSide *side)
{
    const Indicator *indicator = indicator_of(pen->c, (guint)change->indicator_index);
    const char *period = side == &change->now ? change->period : change->period_before;
    if (!isfinite(side->value))
        table_add_text(table, pen_say(pen, WORD_CHANGES_NO_FIGURE));
    else if (change->kind == CHANGE_MOVED)
        pen_cell(pen, table, WORD_CHANGES_CELL_RANK, "value",
                 phrase_value(pen, indicator, side->value), "period", period, "+rank",
                 rank_text(pen, side));
    else
        pen_cell(pen, table, WORD_CHANGES_CELL, "value", phrase_value(pen, indicator, side->value),
                 "period", period);
}

static void add_row(Pen *pen, Block *table, const EditionChange *change)
{
    const ReportContext *c = pen->c;
    table_add_text(
        table, pen_escape(pen, phrase_indicator(indicator_of(c, (guint)change->indicator_index))));
    table_add_text(table, pen_escape(pen, phrase_area(c, (guint)change->area_index)));
    add_side(pen, table, change, &change->before);
    add_side(pen, table, change, &change->now);
}

static void write_list(Pen *pen, const Changes *c, ChangeKind kind, Word heading, Word lead)
{
    if (c->n[kind] == 0)
        return;
    Block *table = NULL;
    guint shown = 0;
    pen_heading(pen, NULL, 2, heading, NULL)->unlisted = TRUE;
    for (guint i = 0; i < c->items->len && shown < MOST_ROWS; i++) {
        const EditionChange *change = changes_at(c, i);
        if (change->kind != kind || change->indicator_index < 0 || change->area_index < 0)
            continue;
        if (!table) {
            table = pen_table(pen, NULL, pen_say(pen, lead), CHANGE_COLUMNS,
                              G_N_ELEMENTS(CHANGE_COLUMNS));
            table->table->compact = TRUE;
            table->table->row_headers = TRUE;
        }
        add_row(pen, table, change);
        shown++;
    }
    if (c->n[kind] > shown)
        pen_para(pen, NULL, PARA_SMALL, WORD_CHANGES_CUT, "n",
                 phrase_count(pen, c->n[kind] - shown));
}

void national_changes(NationalReport *r)
{
    Pen *pen = &r->pen;
    const Changes *c = pen->c->changes;
    if (!c)
        return; /* the first edition, or the same figures as in the first one */
    g_autofree char *date = c->edition ? words_date(pen->c->study, c->edition) : NULL;
    document_soft_break(pen->d);
    pen_heading(pen, NULL, 1, WORD_CHANGES_HEADING, "changes");
    if (date)
        pen_para(pen, NULL, PARA_BODY, WORD_CHANGES_SINCE, "date", date);
    else
        pen_para(pen, NULL, PARA_BODY, WORD_CHANGES_SINCE_UNDATED);
    pen_para(pen, NULL, PARA_SMALL, WORD_CHANGES_NOTE);
    write_counts(pen, c);
    write_list(pen, c, CHANGE_NEW_OUTLIER, WORD_CHANGES_STARTED_HEADING, WORD_CHANGES_STARTED_LEAD);
    write_list(pen, c, CHANGE_RESOLVED_OUTLIER, WORD_CHANGES_ENDED_HEADING,
               WORD_CHANGES_ENDED_LEAD);
    write_list(pen, c, CHANGE_MOVED, WORD_CHANGES_MOVED_HEADING, WORD_CHANGES_MOVED_LEAD);
    write_list(pen, c, CHANGE_REVISED_FIGURE, WORD_CHANGES_REVISED_HEADING,
               WORD_CHANGES_REVISED_LEAD);
    write_list(pen, c, CHANGE_WITHDRAWN_FIGURE, WORD_CHANGES_WITHDRAWN_HEADING,
               WORD_CHANGES_WITHDRAWN_LEAD);
}
