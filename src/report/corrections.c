#include "corrections.h"

#include "peerline/base/clock.h"
#include "phrase.h"

/* As many names as a reader can take in. */
#define MOST_NAMES 6

static void add_names(Pen *pen, GPtrArray *parts, const GPtrArray *names)
{
    if (names->len > 0)
        g_ptr_array_add(parts, (gpointer)phrase_names(pen, (const char *const *)names->pdata,
                                                      names->len, MOST_NAMES));
}

static const char *area_name(const ReportContext *c, const char *code)
{
    const int area = observation_area(c->set, code);
    return area >= 0 ? phrase_area(c, (guint)area) : code;
}

/* "Indicators; areas; periods"; of one that is about no single ones, that it is about all. */
static const char *concerns(Pen *pen, const Correction *k)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GPtrArray) indicators = g_ptr_array_new();
    g_autoptr(GPtrArray) areas = g_ptr_array_new();
    g_autoptr(GPtrArray) periods = g_ptr_array_new();
    for (guint i = 0; i < k->n_indicators; i++)
        g_ptr_array_add(indicators, (gpointer)indicator_of(pen->c, (guint)k->indicators[i])->title);
    for (char **code = k->areas; code && *code; code++)
        g_ptr_array_add(areas, (gpointer)area_name(pen->c, *code));
    for (char **period = k->periods; period && *period; period++)
        g_ptr_array_add(periods, *period);
    add_names(pen, parts, indicators);
    add_names(pen, parts, areas);
    add_names(pen, parts, periods);
    if (parts->len == 0)
        return pen_say(pen, WORD_CORRECTION_ALL);
    g_ptr_array_add(parts, NULL);
    return pen_keep(pen, g_strjoinv("; ", (char **)parts->pdata));
}

static const char *day(Pen *pen, const Correction *k)
{
    return pen_keep(pen, words_date(pen->c->study, k->date));
}

static Word seriousness(const Correction *k)
{
    static const Word words[N_SERIOUSNESS] = {WORD_CORRECTION_MINOR, WORD_CORRECTION_MAJOR};
    return words[k->seriousness];
}

static void write_table(Pen *pen)
{
    static const PenColumn columns[] = {{WORD_COLUMN_CORRECTED, 0.17, FALSE},
                                        {WORD_COLUMN_CONCERNS, 0.27, FALSE},
                                        {WORD_COLUMN_WRONG, 0.28, FALSE},
                                        {WORD_COLUMN_RIGHT, 0.28, FALSE}};
    const Study *study = pen->c->study;
    Block *table = pen_table(pen, NULL, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < study->n_corrections; i++) {
        const Correction *k = &study->corrections[i];
        pen_cell(pen, table, WORD_CORRECTION_DATE, "date", day(pen, k), "seriousness",
                 pen_say(pen, seriousness(k)));
        table_add_text(table, pen_escape(pen, concerns(pen, k)));
        table_add_text(table, pen_escape(pen, k->wrong));
        table_add_text(table, pen_escape(pen, k->right));
    }
}

void corrections_national(Pen *pen)
{
    const Study *study = pen->c->study;
    if (study->n_corrections == 0 && !study->revision_note)
        return;
    pen_heading(pen, NULL, 1, WORD_CORRECTIONS_HEADING, "corrections");
    pen_text(pen, NULL, PARA_BODY, pen_say(pen, WORD_REVISIONS), study->revision_note);
    if (study->n_corrections == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_CORRECTIONS_NONE);
        return;
    }
    pen_para(pen, NULL, PARA_BODY, WORD_CORRECTIONS_LEAD);
    write_table(pen);
}

void corrections_of_area(Pen *pen, Block *list, guint area)
{
    const Study *study = pen->c->study;
    for (guint i = 0; i < study->n_corrections; i++) {
        const Correction *k = &study->corrections[i];
        if (correction_concerns(k, pen->c->set->areas[area].code))
            pen_item(pen, list, WORD_REMARK_CORRECTION, "date", day(pen, k), "concerns",
                     concerns(pen, k), "wrong", k->wrong, "right", k->right);
    }
}
