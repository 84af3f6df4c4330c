#include "peerline/chart/spread.h"
#include "draw.h"
#include "tables.h"

#include <math.h>

typedef struct {
    Scene *scene;
    const SpreadChart *c;
    Axis y;
    Box plot;
    double first, step;
} Spread;

static void draw_bar(const Spread *f, double x, const double ends[2], double width, Paint paint)
{
    if (isfinite(ends[0]) && isfinite(ends[1])) {
        double a = axis_at(&f->y, ends[1]), b = axis_at(&f->y, ends[0]);
        scene_rect(f->scene, (Point){x - width / 2, a}, (Point){width, MAX(b - a, 0.5)}, paint,
                   NULL);
    }
}

static void draw_period(const Spread *f, guint i)
{
    const SpreadPeriod *p = &f->c->periods[i];
    double x = f->first + i * f->step, wide = MIN(f->step * 0.6, 22);
    if (isfinite(p->minimum) && isfinite(p->maximum)) {
        scene_line(f->scene, (Point){x, axis_at(&f->y, p->minimum)},
                   (Point){x, axis_at(&f->y, p->maximum)}, STROKED(COLOUR_MUTED, 0.6));
    }
    draw_bar(f, x, (const double[]){p->p10, p->p90}, wide * 0.6,
             (Paint){.fill = COLOUR_GRID, .stroke = COLOUR_MUTED, .width = 0.5});
    draw_bar(f, x, (const double[]){p->p25, p->p75}, wide, FILLED(COLOUR_LIGHT_BLUE));
    if (isfinite(p->median)) {
        double y = axis_at(&f->y, p->median);
        scene_line(f->scene, (Point){x - wide / 2, y}, (Point){x + wide / 2, y},
                   STROKED(COLOUR_INK, 1.4));
    }
    if (isfinite(p->area)) {
        scene_mark(f->scene, (Point){x, axis_at(&f->y, p->area)}, 6, MARK_DIAMOND,
                   (Paint){.fill = COLOUR_DARK_BLUE, .stroke = COLOUR_WHITE, .width = 0.7});
        g_autofree char *value = unit_value(&f->c->unit, p->area);
        g_autofree char *title = g_strdup_printf(
            "%s, %s: %s",
            f->c->area_label ? f->c->area_label : words_label(f->c->study, WORD_CHART_OWN_AREA),
            p->label, value);
        scene_entitle(f->scene, title);
    }
}

static gboolean has_data(const SpreadPeriod *p)
{
    return isfinite(p->median) || isfinite(p->minimum) || isfinite(p->area);
}

static const SpreadPeriod *last_period(const SpreadChart *c)
{
    for (guint i = c->n; i-- > 0;) {
        if (has_data(&c->periods[i])) {
            return &c->periods[i];
        }
    }
    return NULL;
}

enum { LABELS = 5 };

/* The parts are named beside the last period that has data. */
static void set_labels(const SpreadChart *c, MarginLabel labels[LABELS])
{
    const SpreadPeriod *p = last_period(c);
    const double middle = (p->p25 + p->p75) / 2;
    labels[0] =
        (MarginLabel){words_label(c->study, WORD_CHART_SPREAD_HIGHEST), p->maximum, STYLE_TICK};
    labels[1] =
        (MarginLabel){words_label(c->study, WORD_CHART_SPREAD_LOWEST), p->minimum, STYLE_TICK};
    labels[2] = (MarginLabel){words_label(c->study, WORD_CHART_SPREAD_MEDIAN),
                              isfinite(p->median) ? p->median : middle, STYLE_TICK};
    labels[3] = (MarginLabel){words_label(c->study, WORD_CHART_SPREAD_TAILS), p->p90, STYLE_TICK};
    labels[4] = (MarginLabel){c->area_label, p->area, STYLE_STRONG};
}

static void join(GString *to, char *words)
{
    g_string_append(to, words);
    g_free(words);
}

/* What follows the first median, in the same sentence. */
static char *tell_last(const SpreadChart *c, const SpreadPeriod *first, const SpreadPeriod *last)
{
    GString *more = g_string_new(NULL);
    if (last != first) {
        g_autofree char *to = unit_value(&c->unit, last->median);
        join(more, words_plain(c->study, WORD_ALT_SPREAD_LATER, "value", to, "period", last->label,
                               NULL));
    }
    if (isfinite(last->minimum) && isfinite(last->maximum)) {
        g_autofree char *lo = unit_value(&c->unit, last->minimum);
        g_autofree char *hi = unit_value(&c->unit, last->maximum);
        join(more, words_plain(c->study, WORD_ALT_SPREAD_RANGE, "period", last->label, "low", lo,
                               "high", hi, NULL));
    }
    if (isfinite(last->area) && c->area_label) {
        g_autofree char *own = unit_value(&c->unit, last->area);
        join(more,
             words_plain(c->study, WORD_ALT_SPREAD_OWN, "name", c->area_label, "value", own, NULL));
    }
    return g_string_free(more, FALSE);
}

static char *alt_text(const SpreadChart *c)
{
    GString *alt = g_string_new(NULL);
    tell(alt, words_plain(c->study, WORD_ALT_SPREAD, "what",
                          c->what ? c->what : words_label(c->study, WORD_CHART_WHAT), "title",
                          title_or(c->study, c->title), NULL));
    const SpreadPeriod *first = NULL, *last = NULL;
    for (guint i = 0; i < c->n; i++) {
        if (isfinite(c->periods[i].median)) {
            first = first ? first : &c->periods[i];
            last = &c->periods[i];
        }
    }
    if (!first) {
        tell(alt, words_plain(c->study, WORD_ALT_NO_VALUES, NULL));
        return g_string_free(alt, FALSE);
    }
    g_autofree char *from = unit_value(&c->unit, first->median), *more = tell_last(c, first, last);
    tell(alt, words_plain(c->study, WORD_ALT_SPREAD_MEDIAN, "value", from, "period", first->label,
                          "more", more, NULL));
    return g_string_free(alt, FALSE);
}

static Span span_of(const SpreadChart *c)
{
    Span span = SPAN_EMPTY;
    for (guint i = 0; i < c->n; i++) {
        const SpreadPeriod *p = &c->periods[i];
        const double all[] = {p->minimum, p->p10, p->p25,     p->median,
                              p->p75,     p->p90, p->maximum, p->area};
        for (guint k = 0; k < G_N_ELEMENTS(all); k++) {
            span_add(&span, all[k]);
        }
    }
    return span;
}

static void set_plot(Spread *f, Span span, double head)
{
    const SpreadChart *c = f->c;
    Scene *s = f->scene;
    MarginLabel labels[LABELS];
    set_labels(c, labels);
    double margin = margin_width(labels, LABELS, MAX(s->width * 0.24, 57));
    f->y = axis_linear(span, FALSE, (guint)CLAMP((s->height - head) / 32, 2, 6));
    f->plot =
        (Box){axis_widest(&f->y, &c->unit) + 5, head + 5, s->width - margin - 6, s->height - 14};
    f->y.from = f->plot.y1;
    f->y.to = f->plot.y0;
    f->step = (f->plot.x1 - f->plot.x0) / c->n;
    f->first = f->plot.x0 + f->step / 2;
    axis_draw_upright(s, &f->y, &c->unit, f->plot.x0, f->plot.x1);
    for (guint i = 0; i < LABELS; i++) {
        labels[i].y = axis_at(&f->y, labels[i].y);
    }
    margin_draw(s, labels, LABELS, (Box){f->plot.x1 + 4, f->plot.y0 - 5, s->width, f->plot.y1 + 5});
}

Scene *spread_chart_scene(const SpreadChart *c, double width, double height)
{
    Spread f = {.scene = scene_new(width, height), .c = c};
    f.scene->alt = alt_text(c);
    f.scene->table = spread_table(c);
    double head = draw_title(f.scene, c->title, c->unit.label, width);
    Span span = span_of(c);
    if (isnan(span.lo) || !last_period(c)) {
        draw_nothing(f.scene, c->study, (Box){0, head, width, height});
        return f.scene;
    }
    set_plot(&f, span, head);
    g_autofree const char **names = g_new(const char *, c->n);
    for (guint i = 0; i < c->n; i++) {
        draw_period(&f, i);
        names[i] = c->periods[i].label;
    }
    axis_draw_names(f.scene, names, c->n, (Point){f.first, f.plot.y1}, f.step);
    return f.scene;
}
