#include "area.h"

#include <math.h>

#define QUESTIONS_PER_INDICATOR 2
#define INDICATORS_ASKED_ABOUT  4
#define NAMES_MOST              4

static const PenColumn STEP_COLUMNS[] = {
    {WORD_COLUMN_STEP, 0.34, FALSE},
    {WORD_COLUMN_SAID_HERE, 0.42, FALSE},
    {WORD_COLUMN_OUR_ANSWER, 0.24, FALSE},
};

/* ---- what the report has to say to each step ---- */

static void add_title(const AreaReport *r, GPtrArray *titles, guint indicator)
{
    const char *title = phrase_indicator(indicator_of(r->pen.c, indicator));
    if (!g_ptr_array_find_with_equal_func(titles, title, g_str_equal, NULL))
        g_ptr_array_add(titles, (gpointer)title);
}

static const char *join(AreaReport *r, const GPtrArray *names)
{
    return phrase_names(&r->pen, (const char *const *)names->pdata, names->len, NAMES_MOST);
}

/* Indicators without a figure here, or with one that is estimated, restated or perhaps in another
 * unit. */
static const char *said_of_data(AreaReport *r)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) doubtful = g_ptr_array_new();
    guint missing = 0;
    for (guint k = 0; k < c->study->n_indicators; k++) {
        const guint i = r->order[k];
        const int p = latest_of(c, i);
        const Observation *o = p < 0 ? NULL : observed(c, i, (guint)p, r->area);
        missing += !o || !isfinite(o->value);
        if (o && isfinite(o->value) && o->status != STATUS_OK)
            add_title(r, doubtful, i);
    }
    for (guint k = 0; k < c->set->n_slips; k++)
        if (c->set->slips[k].area == (int)r->area)
            add_title(r, doubtful, c->set->slips[k].indicator);
    const char *gaps = pen_say(pen, missing ? WORD_STEP_DATA_MISSING : WORD_STEP_DATA_COMPLETE, "n",
                               phrase_count(pen, missing));
    if (doubtful->len == 0)
        return gaps;
    return pen_say(pen, WORD_STEP_DATA_DOUBTFUL, "+gaps", gaps, "names", join(r, doubtful));
}

/* Names of the findings whose indicator has one of the roles. */
static const char *findings_by_role(AreaReport *r, guint roles)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = 0; k < r->findings->len; k++) {
        const Finding *f = &g_array_index(r->findings, Finding, k);
        const Indicator *i = indicator_of(r->pen.c, f->indicator);
        if (roles & (1u << i->role))
            g_ptr_array_add(names, (gpointer)pen_say(&r->pen,
                                                     f->higher ? WORD_STEP_HIGHER : WORD_STEP_LOWER,
                                                     "indicator", phrase_indicator(i)));
    }
    return names->len ? join(r, names) : NULL;
}

static const char *said_of_need(AreaReport *r)
{
    const char *need = findings_by_role(r, 1u << ROLE_NEED);
    const char *activity = findings_by_role(r, 1u << ROLE_ACTIVITY);
    const char *both = need && activity ? pen_format(&r->pen, "%s; %s", need, activity)
                       : need           ? need
                                        : activity;
    return both ? pen_say(&r->pen, WORD_STEP_NEED, "+names", both)
                : pen_say(&r->pen, WORD_STEP_NEED_NONE);
}

static const char *said_of_choice(AreaReport *r)
{
    const char *names = findings_by_role(r, 1u << ROLE_SPEND | 1u << ROLE_PROCESS);
    return names ? pen_say(&r->pen, WORD_STEP_CHOICE, "+names", names)
                 : pen_say(&r->pen, WORD_STEP_CHOICE_NONE);
}

static const char *said_of_who(AreaReport *r)
{
    Pen *pen = &r->pen;
    const PeerSet *peers = assessment_peers(pen->c->assessment, 0, r->area);
    g_autoptr(GPtrArray) found = area_lessons(r), names = g_ptr_array_new();
    g_autoptr(GArray) places = area_teachers(r, found);
    for (guint k = 0; k < places->len; k++)
        g_ptr_array_add(
            names, (gpointer)phrase_area(pen->c, peers->areas[g_array_index(places, guint, k)]));
    return names->len ? pen_say(pen, WORD_STEP_WHO, "names", join(r, names))
                      : pen_say(pen, WORD_STEP_WHO_NONE);
}

static const char *said_of_stop(AreaReport *r)
{
    Pen *pen = &r->pen;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = 0; k < pen->c->study->n_indicators; k++)
        if (area_has_opportunity(r, r->order[k]))
            add_title(r, names, r->order[k]);
    return names->len ? pen_say(pen, WORD_STEP_STOP, "names", join(r, names))
                      : pen_say(pen, WORD_STEP_STOP_NONE);
}

static void write_steps(AreaReport *r)
{
    static const struct {
        Word question;
        const char *(*said)(AreaReport *);
    } steps[] = {
        {WORD_QUESTION_DATA, said_of_data},     {WORD_QUESTION_NEED, said_of_need},
        {WORD_QUESTION_CHOICE, said_of_choice}, {WORD_QUESTION_WHO, said_of_who},
        {WORD_QUESTION_STOP, said_of_stop},
    };
    Pen *pen = &r->pen;
    Block *table = pen_table(pen, NULL, NULL, STEP_COLUMNS, G_N_ELEMENTS(STEP_COLUMNS));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    for (guint k = 0; k < G_N_ELEMENTS(steps); k++) {
        pen_cell(pen, table, WORD_STEP_QUESTION, "n", phrase_count(pen, k + 1), "+question",
                 pen_say(pen, steps[k].question));
        table_add_text(table, steps[k].said(r));
        table_add_text(table, pen_say(pen, WORD_STEP_TO_FILL));
    }
}

/* ---- the study's own questions ---- */

static void write_own_questions(AreaReport *r, Block *parent, const Finding *f)
{
    Pen *pen = &r->pen;
    const Indicator *i = indicator_of(pen->c, f->indicator);
    Block *group = document_container(pen->d, parent, BLOCK_GROUP);
    pen_para(pen, group, PARA_BODY, WORD_QUESTIONS_ABOUT, "indicator", phrase_indicator(i),
             "+words", standout_words(pen, f));
    Block *list = document_list(pen->d, group);
    for (guint k = 0; k < QUESTIONS_PER_INDICATOR && i->questions[k]; k++)
        document_item(list, pen_escape(pen, i->questions[k]));
}

void area_questions(AreaReport *r)
{
    Pen *pen = &r->pen;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, group, 2, WORD_QUESTIONS_HEADING, "questions");
    pen_para(pen, group, PARA_BODY, WORD_QUESTIONS_LEAD);
    group->lead = TRUE;
    write_steps(r);
    Block *columns = NULL;
    guint asked = 0;
    for (int good = -1; good <= 0; good++) {
        const Finding *chosen[FRONT_PAGE_MOST];
        guint n = area_chosen(r, good, chosen);
        for (guint k = 0; k < n; k++) {
            const Indicator *i = indicator_of(pen->c, chosen[k]->indicator);
            if (!i->questions || !i->questions[0] || asked == INDICATORS_ASKED_ABOUT)
                continue;
            columns = columns ? columns : document_container(pen->d, NULL, BLOCK_BALANCED);
            write_own_questions(r, columns, chosen[k]);
            asked++;
        }
    }
}
