#include "area.h"
#include "joint.h"
#include "plain.h"

#define PAIR_COLUMNS 2
/* More do not fit on a page: the others are told in words. */
#define PAIRS_MOST 4

static const Finding *finding_of(const AreaReport *r, guint indicator)
{
    for (guint k = 0; k < r->findings->len; k++) {
        const Finding *f = &g_array_index(r->findings, Finding, k);
        if (f->indicator == indicator)
            return f;
    }
    return NULL;
}

/* What chance may have to do with the outcome. */
static const char *outcome_words(AreaReport *r, const Joint *j)
{
    const Finding *f = finding_of(r, j->outcome);
    return f ? standout_words(&r->pen, f) : pen_say(&r->pen, WORD_PEERS_SIMILAR);
}

/* The pairs of which this area has both figures, as declared. */
static GArray *joints(const AreaReport *r)
{
    const ReportContext *c = r->pen.c;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Joint));
    for (guint k = 0; k < c->study->n_pairs; k++) {
        Joint j;
        if (joint_of(c, &c->study->pairs[k], r->area, &j))
            g_array_append_val(found, j);
    }
    return found;
}

/* ---- questions about both ---- */

static Word question_about(const Joint *j)
{
    if (!joint_less_good(j))
        return WORD_JOINT_STRENGTH;
    /* events that are to be few are paid for by somebody */
    return j->spend_way > 0 ? WORD_JOINT_MORE
           : j->good < 0    ? WORD_JOINT_LESS
                            : WORD_JOINT_LESS_SAID;
}

/* A question is asked where spending and outcome both differ, save for what everybody expects. */
static gboolean has_question(const Joint *j)
{
    return j->spend_way != 0 && (joint_less_good(j) || (joint_better(j) && j->spend_way < 0));
}

static const char *other_peers(AreaReport *r, const Joint *j)
{
    if (!joint_less_good(j) || j->spend_way > 0)
        return "";
    Pen *pen = &r->pen;
    JointCount n = joint_count(pen->c, j, r->area);
    return n.spend == 0 ? ""
                        : pen_say(pen, WORD_JOINT_PEERS, "n", phrase_count(pen, n.spend), "both",
                                  phrase_count(pen, n.both));
}

static void write_question(AreaReport *r, Block *list, const Joint *j)
{
    Pen *pen = &r->pen;
    const Indicator *outcome = indicator_of(pen->c, j->outcome);
    pen_item(pen, list, question_about(j), "spend",
             phrase_indicator(indicator_of(pen->c, j->spend)), "outcome", phrase_indicator(outcome),
             "+gap", plain_gap(pen, outcome, j->outcome_value, j->outcome_median), "+peers",
             other_peers(r, j));
}

static void write_questions(AreaReport *r, Block *parent, const GArray *found)
{
    Pen *pen = &r->pen;
    Block *group = document_container(pen->d, parent, BLOCK_GROUP), *list = NULL;
    pen_heading(pen, group, 3, WORD_JOINT_HEADING, NULL);
    for (guint k = 0; k < found->len; k++) {
        const Joint *j = &g_array_index(found, Joint, k);
        if (!has_question(j))
            continue;
        list = list ? list : document_list(pen->d, group);
        write_question(r, list, j);
    }
    if (!list)
        pen_para(pen, group, PARA_BODY, WORD_JOINT_NONE);
}

void area_joint_question(AreaReport *r, Block *parent)
{
    Pen *pen = &r->pen;
    g_autoptr(GArray) found = joints(r);
    const Joint *most = NULL;
    for (guint k = 0; k < found->len; k++) {
        const Joint *j = &g_array_index(found, Joint, k);
        if (joint_less_good(j) && j->spend_way < 0 && (!most || j->weight > most->weight))
            most = j;
    }
    if (most)
        pen_para(pen, parent, PARA_BODY, most->good < 0 ? WORD_JOINT_FRONT : WORD_JOINT_FRONT_SAID,
                 "spend", phrase_indicator(indicator_of(pen->c, most->spend)), "outcome",
                 phrase_indicator(indicator_of(pen->c, most->outcome)), "+gap",
                 plain_gap(pen, indicator_of(pen->c, most->outcome), most->outcome_value,
                           most->outcome_median));
}

/* ---- quadrants ---- */

static void write_pair(AreaReport *r, Block *columns, const Joint *j)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    const Indicator *spend = indicator_of(c, j->spend), *outcome = indicator_of(c, j->outcome);
    Block *group = document_container(pen->d, columns, BLOCK_GROUP);
    document_figure(pen->d, group, figure_pair(pen, j, r->area),
                    pen_say(pen, WORD_PAIR_CAPTION, "spend", phrase_indicator(spend), "outcome",
                            phrase_indicator(outcome)));
    pen_para(pen, group, PARA_SMALL, WORD_PAIR_HERE, "+where",
             joint_where(pen, j, j->spend_value, j->outcome_value), "spend",
             phrase_value(pen, spend, j->spend_value), "spendmedian",
             phrase_value(pen, spend, j->spend_median), "outcome",
             phrase_value(pen, outcome, j->outcome_value), "outcomemedian",
             phrase_value(pen, outcome, j->outcome_median), "+words", outcome_words(r, j));
}

static int compare_weights(gconstpointer a, gconstpointer b)
{
    const Joint *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->pair < y->pair ? -1 : x->pair > y->pair;
}

/* Those that have no chart: where they are, in words. */
static void write_others(AreaReport *r, Block *parent, const GArray *found)
{
    Pen *pen = &r->pen;
    for (guint k = PAIRS_MOST; k < found->len; k++) {
        const Joint *j = &g_array_index(found, Joint, k);
        pen_para(pen, parent, PARA_SMALL, WORD_PAIR_OTHER, "spend",
                 phrase_indicator(indicator_of(pen->c, j->spend)), "outcome",
                 phrase_indicator(indicator_of(pen->c, j->outcome)), "+where",
                 joint_where(pen, j, j->spend_value, j->outcome_value));
    }
}

void area_pairs(AreaReport *r)
{
    Pen *pen = &r->pen;
    if (pen->c->study->n_pairs == 0)
        return;
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    pen_heading(pen, group, 2, WORD_PAIRS_HEADING, "spending-and-outcomes");
    g_autoptr(GArray) found = joints(r);
    if (found->len == 0) {
        pen_para(pen, group, PARA_BODY, WORD_PAIRS_EMPTY);
        return;
    }
    if (found->len > PAIRS_MOST) /* those farthest from the peers have a chart */
        g_array_sort(found, compare_weights);
    pen_para(pen, group, PARA_SMALL, WORD_PAIRS_LEAD);
    Block *columns = NULL;
    guint n = MIN(found->len, PAIRS_MOST);
    for (guint k = 0; k < n; k++) {
        if (k % PAIR_COLUMNS == 0)
            columns = document_container(pen->d, k == 0 ? group : NULL, BLOCK_COLUMNS);
        write_pair(r, columns, &g_array_index(found, Joint, k));
    }
    /* the place of a quadrant that is not there holds the questions */
    const gboolean beside = n % PAIR_COLUMNS != 0;
    if (beside)
        write_questions(r, columns, found);
    write_others(r, NULL, found);
    pen_para(pen, NULL, PARA_SMALL, WORD_PAIRS_NOTE);
    if (!beside)
        write_questions(r, NULL, found);
}
