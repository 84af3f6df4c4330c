#include "slips.h"

#include <math.h>
#include <stdlib.h>

#include "peerline/base/number.h"
#include "phrase.h"

static const Word PARTS[] = {WORD_SLIP_VALUE, WORD_SLIP_NUMERATOR, WORD_SLIP_DENOMINATOR};
static const Word AGAINST[] = {WORD_SLIP_AGAINST_AREAS, WORD_SLIP_AGAINST_PERIODS,
                               WORD_SLIP_AGAINST_COUNTS};

static const char *figure(Pen *pen, const Slip *s, double x)
{
    if (s->part == SLIP_VALUE)
        return phrase_value(pen, indicator_of(pen->c, s->indicator), x);
    return pen_number(pen, number_text_significant(x, 4));
}

static const char *who(Pen *pen, const Slip *s)
{
    if (s->area >= 0)
        return phrase_area(pen->c, (guint)s->area);
    return s->area == SLIP_NATION ? phrase_nation(pen->c) : pen_say(pen, WORD_SLIP_ALL);
}

static const char *times(Pen *pen, const Slip *s)
{
    const char *n = phrase_count(pen, (guint)pow(10, abs(s->power)));
    return pen_say(pen, s->power < 0 ? WORD_SLIP_FRACTION : WORD_SLIP_TIMES, "n", n);
}

static void write_item(Pen *pen, Block *list, const Slip *s)
{
    const char *title = indicator_of(pen->c, s->indicator)->title;
    const char *period = phrase_period(pen->c, s->indicator, s->period);
    if (s->because)
        pen_item(pen, list, WORD_SLIP_KNOWN, "indicator", title, "name", who(pen, s), "period",
                 period, "part", pen_say(pen, PARTS[s->part]), "found", figure(pen, s, s->found),
                 "because", s->because);
    else
        pen_item(pen, list, WORD_SLIP_FOUND, "indicator", title, "name", who(pen, s), "period",
                 period, "part", pen_say(pen, PARTS[s->part]), "found", figure(pen, s, s->found),
                 "times", times(pen, s), "against", pen_say(pen, AGAINST[s->against]), "usual",
                 figure(pen, s, s->usual));
}

Block *slips_national(Pen *pen, Block *list, guint most)
{
    const ObservationSet *set = pen->c->set;
    for (guint k = 0; k < set->n_slips && k < most; k++) {
        list = list ? list : document_list(pen->d, NULL);
        write_item(pen, list, &set->slips[k]);
    }
    if (set->n_slips > most)
        pen_item(pen, list, WORD_SLIP_MORE, "n", phrase_count(pen, set->n_slips - most));
    return list;
}

Block *slips_of_area(Pen *pen, Block *list, guint area)
{
    const ObservationSet *set = pen->c->set;
    for (guint k = 0; k < set->n_slips; k++) {
        const Slip *s = &set->slips[k];
        if (s->area != (int)area && s->area != SLIP_WHOLE_PERIOD)
            continue;
        list = list ? list : document_list(pen->d, NULL);
        write_item(pen, list, s);
    }
    return list;
}
