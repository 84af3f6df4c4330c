#include "figures.h"
#include "phrase.h"

/* What amounts are made of. */

static Indicator unit_of(const Composition *c)
{
    return (Indicator){
        .unit = c->unit, .prefix = c->prefix, .suffix = c->suffix, .decimals = c->decimals};
}

const char *figure_amount(Pen *pen, const Composition *c, double amount)
{
    const Indicator unit = unit_of(c);
    return phrase_value(pen, &unit, amount);
}

const char *figure_amount_unit(Pen *pen, const Composition *c)
{
    const Indicator unit = unit_of(c);
    return c->unit ? phrase_unit(pen, &unit) : "";
}

Scene *figure_parts(Pen *pen, guint composition, const CompositionRow *rows, guint n,
                    guint highlight)
{
    const Composition *what = &pen->c->study->compositions[composition];
    const char *parts[COMPOSITION_PARTS];
    const Indicator unit = unit_of(what);
    for (guint p = 0; p < what->n_parts; p++)
        parts[p] = what->parts[p].title;
    const CompositionChart chart = {.study = pen->c->study,
                                    .title = what->title,
                                    .what = phrase_areas(pen->c),
                                    .unit = figure_unit(pen, &unit),
                                    .parts = parts,
                                    .n_parts = what->n_parts,
                                    .rows = rows,
                                    .n = n,
                                    .highlight = highlight};
    return composition_chart_scene(&chart, DOCUMENT_TEXT_WIDTH);
}
