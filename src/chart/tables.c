#include "tables.h"
#include "draw.h"

#include <math.h>

enum { COLUMNS_MOST = 12 };

/* A row under way, whose cells are freed with it. */
typedef struct {
    char *cells[COLUMNS_MOST];
    guint n;
} Row;

static void row_words(Row *r, const char *text)
{
    r->cells[r->n++] = g_strdup(text);
}

static void row_value(Row *r, const ChartUnit *unit, double value)
{
    r->cells[r->n++] = isfinite(value) ? unit_value(unit, value) : NULL;
}

static void row_range(Row *r, const ChartUnit *unit, double lower, double upper)
{
    r->cells[r->n++] = unit_range(unit, lower, upper);
}

static void row_end(Row *r, SceneTable *t)
{
    scene_table_add(t, (const char *const *)r->cells);
    for (guint i = 0; i < r->n; i++) {
        g_free(r->cells[i]);
    }
    *r = (Row){.n = 0};
}

static const char * or (const char *text, const char *otherwise)
{
    return text && *text ? text : otherwise;
}

/* ---- areas in order ---- */

static void add_ranked(SceneTable *t, const RankedChart *c, guint i, gboolean limits)
{
    const RankedItem *item = &c->items[i];
    Row r = {.n = 0};
    row_words(&r, item->name);
    if (item->value_text && isfinite(item->value)) {
        row_words(&r, item->value_text);
    } else {
        row_value(&r, &c->unit, item->value);
    }
    if (limits) {
        row_range(&r, &c->unit, item->lower, item->upper);
    }
    row_end(&r, t);
}

SceneTable *ranked_table(const RankedChart *c, const guint *order, guint n)
{
    gboolean limits = FALSE;
    for (guint i = 0; i < c->n; i++) {
        limits = limits || (isfinite(c->items[i].lower) && isfinite(c->items[i].upper));
    }
    const char *const heads[] = {words_label(c->study, WORD_CHART_COLUMN_AREA),
                                 or (c->unit.label, words_label(c->study, WORD_CHART_COLUMN_VALUE)),
                                 limits ? words_label(c->study, WORD_CHART_COLUMN_INTERVAL) : NULL,
                                 NULL};
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_RANKED, heads, 1);
    for (guint i = 0; i < n; i++) {
        add_ranked(t, c, order[i], limits);
    }
    for (guint i = 0; i < c->n; i++) {
        if (!isfinite(c->items[i].value)) {
            add_ranked(t, c, i, limits);
        }
    }
    return t;
}

/* ---- funnel ---- */

Word funnel_where(Emphasis e)
{
    return e == EMPHASIS_ALARM   ? WORD_FUNNEL_BEYOND_998
           : e == EMPHASIS_ALERT ? WORD_FUNNEL_BEYOND_95
                                 : WORD_FUNNEL_WITHIN;
}

SceneTable *funnel_table(const FunnelChart *c)
{
    const char *const heads[] = {
        words_label(c->study, WORD_CHART_COLUMN_AREA),
        words_label(c->study, WORD_CHART_COLUMN_WHERE),
        or (c->x_unit.label, words_label(c->study, WORD_CHART_COLUMN_SIZE)),
        or (c->y_unit.label, words_label(c->study, WORD_CHART_COLUMN_VALUE)), NULL};
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_FUNNEL, heads, 2);
    for (guint i = 0; i < c->n; i++) {
        const FunnelItem *item = &c->items[i];
        gboolean there = isfinite(item->x) && isfinite(item->y);
        Row r = {.n = 0};
        row_words(&r, item->name);
        row_words(&r, there ? words_label(c->study, funnel_where(item->emphasis)) : NULL);
        row_value(&r, &c->x_unit, item->x);
        row_value(&r, &c->y_unit, item->y);
        row_end(&r, t);
    }
    return t;
}

/* ---- dots by group ---- */

SceneTable *dots_table(const DotChart *c)
{
    gboolean own = FALSE;
    for (guint i = 0; i < c->n; i++) {
        own = own || c->groups[i].highlight < c->groups[i].n;
    }
    const char *area = or (c->highlight_label, words_label(c->study, WORD_CHART_COLUMN_OWN_AREA));
    const char *const heads[] = {words_label(c->study, WORD_CHART_COLUMN_GROUP),
                                 words_label(c->study, WORD_CHART_COLUMN_AREAS),
                                 words_label(c->study, WORD_CHART_COLUMN_LOWEST),
                                 words_label(c->study, WORD_CHART_COLUMN_GROUP_MEDIAN),
                                 words_label(c->study, WORD_CHART_COLUMN_HIGHEST),
                                 own ? area : NULL,
                                 NULL};
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_DOTS, heads, 1);
    for (guint i = 0; i < c->n; i++) {
        const DotGroup *g = &c->groups[i];
        Span span = SPAN_EMPTY;
        guint shown = 0;
        for (guint k = 0; k < g->n; k++) {
            span_add(&span, g->values[k]);
            shown += isfinite(g->values[k]) ? 1 : 0;
        }
        g_autofree char *count = g_strdup_printf("%u", shown);
        Row r = {.n = 0};
        row_words(&r, g->name);
        row_words(&r, count);
        row_value(&r, &c->unit, span.lo);
        row_value(&r, &c->unit, g->median);
        row_value(&r, &c->unit, span.hi);
        if (own && g->highlight < g->n) {
            row_value(&r, &c->unit, g->values[g->highlight]);
        } else if (own) {
            row_words(&r, words_label(c->study, WORD_CHART_OTHER_GROUP));
        }
        row_end(&r, t);
    }
    return t;
}

/* ---- spine ---- */

SceneTable *spine_table(const SpineChart *c, const Word *marks)
{
    static const Word preferred[] = {[SPINE_NEUTRAL] = WORD_CHART_PREFERRED_NONE,
                                     [SPINE_HIGH_IS_BETTER] = WORD_CHART_PREFERRED_HIGH,
                                     [SPINE_LOW_IS_BETTER] = WORD_CHART_PREFERRED_LOW};
    const char *const heads[] = {
        words_label(c->study, WORD_CHART_COLUMN_INDICATOR),
        words_label(c->study, WORD_CHART_COLUMN_PREFERRED),
        words_label(c->study, WORD_CHART_COLUMN_COMPARED),
        or (c->area_label, words_label(c->study, WORD_CHART_COLUMN_OWN_AREA)),
        or (c->peer_label, words_label(c->study, WORD_CHART_COLUMN_PEERS)),
        or (c->national_label, words_label(c->study, WORD_CHART_COLUMN_NATION)),
        NULL};
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_SPINE, heads, 3);
    for (guint i = 0; i < c->n; i++) {
        const SpineRow *row = &c->rows[i];
        const char *cells[] = {row->name,
                               words_label(c->study, preferred[row->polarity]),
                               isfinite(row->value) ? words_label(c->study, marks[row->mark])
                                                    : NULL,
                               row->area_text,
                               row->peer_text,
                               row->national_text};
        scene_table_add(t, cells);
    }
    return t;
}

/* ---- periods ---- */

SceneTable *spread_table(const SpreadChart *c)
{
    static const Word columns[] = {WORD_CHART_COLUMN_PERIOD, WORD_CHART_COLUMN_LOWEST,
                                   WORD_CHART_COLUMN_P10,    WORD_CHART_COLUMN_P25,
                                   WORD_CHART_COLUMN_MEDIAN, WORD_CHART_COLUMN_P75,
                                   WORD_CHART_COLUMN_P90,    WORD_CHART_COLUMN_HIGHEST};
    const char *heads[COLUMNS_MOST] = {NULL};
    for (guint k = 0; k < G_N_ELEMENTS(columns); k++) {
        heads[k] = words_label(c->study, columns[k]);
    }
    heads[G_N_ELEMENTS(columns)] = c->area_label;
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_SPREAD, heads, 1);
    for (guint i = 0; i < c->n; i++) {
        const SpreadPeriod *p = &c->periods[i];
        const double values[] = {p->minimum, p->p10, p->p25, p->median, p->p75, p->p90, p->maximum};
        Row r = {.n = 0};
        row_words(&r, p->label);
        for (guint k = 0; k < G_N_ELEMENTS(values); k++) {
            row_value(&r, &c->unit, values[k]);
        }
        if (c->area_label) {
            row_value(&r, &c->unit, p->area);
        }
        row_end(&r, t);
    }
    return t;
}

SceneTable *trend_table(const TrendChart *c)
{
    gboolean limits = FALSE, breaks = FALSE;
    for (guint i = 0; i < c->n; i++) {
        limits = limits || (isfinite(c->periods[i].lower) && isfinite(c->periods[i].upper));
        breaks = breaks || c->periods[i].break_before;
    }
    const char *heads[COLUMNS_MOST] = {words_label(c->study, WORD_CHART_COLUMN_PERIOD)};
    guint n = 1;
    heads[n] = breaks ? words_label(c->study, WORD_CHART_COLUMN_COMPARABLE) : NULL;
    n += breaks ? 1 : 0;
    guint n_words = n;
    heads[n++] =
        or (c->area_label, or (c->area_name, words_label(c->study, WORD_CHART_COLUMN_OWN_AREA)));
    const char *others[] = {limits ? words_label(c->study, WORD_CHART_COLUMN_INTERVAL) : NULL,
                            c->peer_label, c->national_label};
    for (guint k = 0; k < G_N_ELEMENTS(others); k++) {
        heads[n] = others[k];
        n += others[k] ? 1 : 0;
    }
    SceneTable *t = table_of_chart(c->study, c->title, WORD_TABLE_TREND, heads, n_words);
    for (guint i = 0; i < c->n; i++) {
        const TrendPeriod *p = &c->periods[i];
        Row r = {.n = 0};
        row_words(&r, p->label);
        if (breaks) {
            row_words(&r, words_label(c->study, p->break_before ? WORD_CHART_NOT_COMPARABLE
                                                                : WORD_CHART_COMPARABLE));
        }
        row_value(&r, &c->unit, p->value);
        if (limits) {
            row_range(&r, &c->unit, p->lower, p->upper);
        }
        if (c->peer_label) {
            row_value(&r, &c->unit, p->peer);
        }
        if (c->national_label) {
            row_value(&r, &c->unit, p->national);
        }
        row_end(&r, t);
    }
    return t;
}
