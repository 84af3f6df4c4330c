#include "practice.h"

#include "peerline/base/text.h"

static const char *indicator_titles(Pen *pen, const Practice *practice)
{
    g_autofree const char **titles = g_new(const char *, MAX(practice->n_indicators, 1));
    for (guint k = 0; k < practice->n_indicators; k++)
        titles[k] = phrase_indicator(indicator_of(pen->c, (guint)practice->indicators[k]));
    return pen_keep(
        pen, text_list(titles, practice->n_indicators, words_label(pen->c->study, WORD_AND)));
}

static const char *source_text(Pen *pen, const Practice *practice)
{
    const char *source = pen_escape(pen, practice->source ? practice->source : practice->link);
    if (!practice->link)
        return source;
    return pen_format(pen, "[%s](%s)", source, pen_escape(pen, practice->link));
}

void practice_write(Pen *pen, Block *parent, const Practice *practice)
{
    Block *group = document_container(pen->d, parent, BLOCK_GROUP);
    int area = observation_area(pen->c->set, practice->area);
    pen_para(pen, group, PARA_BODY,
             practice->years ? WORD_PRACTICE_TITLE_YEARS : WORD_PRACTICE_TITLE, "title",
             practice->title, "name", area >= 0 ? phrase_area(pen->c, (guint)area) : practice->area,
             "years", practice->years ? practice->years : "");
    if (practice->n_indicators > 0)
        pen_para(pen, group, PARA_SMALL, WORD_PRACTICE_INDICATORS, "names",
                 indicator_titles(pen, practice));
    pen_text(pen, group, PARA_BODY, NULL, practice->what);
    pen_text(pen, group, PARA_BODY, pen_say(pen, WORD_PRACTICE_RESULT), practice->result);
    if (practice->source || practice->link)
        pen_para(pen, group, PARA_SMALL, WORD_PRACTICE_SOURCE, "+source",
                 source_text(pen, practice));
    if (practice->contact)
        pen_para(pen, group, PARA_SMALL, WORD_PRACTICE_CONTACT, "contact", practice->contact);
}
