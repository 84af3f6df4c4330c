#include "ranked_parts.h"
#include "tables.h"

#include <math.h>

static int by_value(gconstpointer a, gconstpointer b, gpointer data)
{
    const RankedChart *c = data;
    guint i = *(const guint *)a, k = *(const guint *)b;
    double v = c->items[i].value, w = c->items[k].value;
    return v > w ? -1 : v < w ? 1 : (i > k) - (i < k);
}

static char *alt_text(const Ranked *r)
{
    const RankedChart *c = r->chart;
    GString *alt = g_string_new(NULL);
    tell(alt, words_plain(c->study, WORD_ALT_RANKED, "title", title_or(c->study, c->title), NULL));
    if (r->n == 0) {
        tell(alt, words_plain(c->study, WORD_ALT_NO_VALUES, NULL));
        return g_string_free(alt, FALSE);
    }
    const RankedItem *high = &c->items[r->order[0]], *low = &c->items[r->order[r->n - 1]];
    g_autofree char *from = unit_value(&c->unit, high->value);
    g_autofree char *to = unit_value(&c->unit, low->value);
    g_autofree char *count = count_text(c->study, r->n, c->what);
    if (r->n == 1) {
        tell(alt, words_plain(c->study, WORD_ALT_RANKED_ONE, "count", count, "name", high->name,
                              "value", from, NULL));
    } else {
        tell(alt, words_plain(c->study, WORD_ALT_RANKED_RANGE, "count", count, "high", from,
                              "highname", high->name, "low", to, "lowname", low->name, NULL));
    }
    /* A place in the order is not told: without its range it would say more than is known. */
    if (r->n > 1 && c->highlight < c->n && isfinite(c->items[c->highlight].value)) {
        g_autofree char *own = unit_value(&c->unit, c->items[c->highlight].value);
        tell(alt, words_plain(c->study, WORD_ALT_RANKED_OWN, "name", c->items[c->highlight].name,
                              "value", own, NULL));
    }
    if (isfinite(c->comparator) && c->comparator_label) {
        tell(alt, words_plain(c->study, WORD_ALT_LINE, "what", c->comparator_label, NULL));
    }
    if (isfinite(c->median) && c->median_label) {
        tell(alt, words_plain(c->study, WORD_ALT_DASHED_LINE, "what", c->median_label, NULL));
    }
    if (r->n < c->n) {
        tell(alt,
             words_plain(c->study, WORD_ALT_NOT_SHOWN, "#n", GUINT_TO_POINTER(c->n - r->n), NULL));
    }
    return g_string_free(alt, FALSE);
}

double ranked_chart_height(guint n)
{
    return n <= RANKED_ROWS_MAX ? 52 + 15.0 * MAX(n, 1) : 230;
}

Scene *ranked_chart_scene(const RankedChart *c, double width, double height)
{
    Scene *s = scene_new(width, height);
    g_autofree guint *order = g_new(guint, MAX(c->n, 1));
    Ranked r = {.chart = c, .order = order, .span = SPAN_EMPTY};
    for (guint i = 0; i < c->n; i++) {
        if (isfinite(c->items[i].value)) {
            order[r.n++] = i;
            span_add(&r.span, c->items[i].value);
            span_add(&r.span, c->items[i].lower);
            span_add(&r.span, c->items[i].upper);
        }
    }
    if (r.n > 0) {
        span_add(&r.span, c->comparator);
        span_add(&r.span, c->median);
    }
    g_qsort_with_data(order, (int)r.n, sizeof *order, by_value, (gpointer)c);
    if (r.n == 0) {
        draw_nothing(s, c->study, (Box){0, 0, width, height});
    } else if (c->n <= RANKED_ROWS_MAX) {
        ranked_draw_rows(s, &r);
    } else {
        ranked_draw_columns(s, &r);
    }
    s->alt = alt_text(&r);
    s->table = ranked_table(c, order, r.n);
    return s;
}
