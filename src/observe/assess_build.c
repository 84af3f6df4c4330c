#include "assess_rows.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"
#include "peerline/base/text.h"
#include "peerline/catalogue/study_make.h"
#include "peerline/stats/quantile.h"

/* ---- areas ------------------------------------------------------------------------------------
 */

static gboolean any_region(const AssessReading *r)
{
    for (guint a = 0; a < r->areas->len; a++)
        if (g_array_index(r->areas, AssessArea, a).region)
            return TRUE;
    return FALSE;
}

/* Classes: the group of --groups first, then the region, where there are such. The texts of the
 * group are filled in when that file is read. */
static void build_classes(AssessReading *r)
{
    AreaRegister *reg = &r->study->areas;
    reg->classes = study_make_array(r->study, 2, sizeof(AreaClass));
    if (r->options->groups)
        reg->classes[reg->n_classes++] = (AreaClass){.id = study_make_text(r->study, "group"),
                                                     .title = study_make_text(r->study, "group"),
                                                     .column = study_make_text(r->study, "group")};
    if (any_region(r))
        reg->classes[reg->n_classes++] = (AreaClass){.id = study_make_text(r->study, "region"),
                                                     .title = study_make_text(r->study, "region"),
                                                     .column = study_make_text(r->study, "region")};
}

static void build_areas(AssessReading *r)
{
    build_classes(r);
    const guint n_classes = r->study->areas.n_classes;
    const gboolean grouped = r->options->groups != NULL;
    char *unknown = observation_set_string(r->set, "");
    GArray *areas = g_array_new(FALSE, FALSE, sizeof(Area));
    for (guint a = 0; a < r->areas->len; a++) {
        const AssessArea *from = &g_array_index(r->areas, AssessArea, a);
        Area area = {.code = from->code, .name = from->name ? from->name : from->code};
        area.short_name = area.name;
        area.classes = g_new0(char *, n_classes + 1);
        for (guint c = 0; c < n_classes; c++)
            area.classes[c] = c == 0 && grouped ? unknown : from->region ? from->region : unknown;
        g_array_append_val(areas, area);
        // cppcheck-suppress memleak ; the array has the classes now
    }
    observation_set_areas(r->set, areas);
    AreaRegister *reg = &r->study->areas;
    reg->source = 0;
    reg->singular = study_make_text(r->study, "area");
    reg->plural = study_make_text(r->study, "areas");
    reg->nation = study_make_text(r->study, r->nation && *r->nation ? r->nation : "all areas");
}

/* ---- indicators -------------------------------------------------------------------------------
 */

static gboolean shares_id(const AssessReading *r, const AssessIndicator *indicator)
{
    for (guint i = 0; i < r->indicators->len; i++) {
        const AssessIndicator *other = r->indicators->pdata[i];
        if (other != indicator && g_str_equal(other->id, indicator->id))
            return TRUE;
    }
    return FALSE;
}

static void name_indicator(AssessReading *r, const AssessIndicator *from, Indicator *to)
{
    const gboolean several = shares_id(r, from);
    g_autofree char *id =
        several ? g_strdup_printf("%s/%s/%s", from->id, from->sex, from->age) : g_strdup(from->id);
    g_autofree char *title = several
                                 ? g_strdup_printf("%s (%s, %s)", from->title, from->sex, from->age)
                                 : g_strdup(from->title);
    to->id = study_make_text(r->study, id);
    to->title = to->short_title = study_make_text(r->study, title);
}

static char *unit_text(AssessReading *r, const AssessIndicator *from)
{
    if (from->percentage && from->per == 100)
        return study_make_text(r->study, "%");
    if (from->measure == MEASURE_PUBLISHED && isnan(from->per))
        return NULL;
    g_autofree char *number = number_text(from->per, 0);
    g_autofree char *unit = g_strdup_printf("per %s", number);
    return from->per == 1 ? NULL : study_make_text(r->study, unit);
}

static Indicator build_indicator(AssessReading *r, const AssessIndicator *from)
{
    const Quantity none = study_make_no_quantity();
    Indicator to = {.measure = from->measure,
                    .kind = from->kind,
                    .per = from->per,
                    .polarity = from->polarity,
                    .role = ROLE_OUTCOME,
                    .decimals = 1,
                    .numerator = none,
                    .denominator = none,
                    .value = none,
                    .lower95 = none,
                    .upper95 = none,
                    .lower99_8 = none,
                    .upper99_8 = none,
                    .where = {.file = r->table->file, .line = 1}};
    to.where.file = g_intern_string(r->table->file);
    name_indicator(r, from, &to);
    to.unit = unit_text(r, from);
    if (from->percentage && from->per == 100)
        to.suffix = study_make_text(r->study, "%");
    return to;
}

/* ---- periods ----------------------------------------------------------------------------------
 */

static gint64 order_of(const AssessPeriod *p)
{
    if (p->has_order)
        return p->order;
    return p->parsed ? (gint64)(p->period.start / 12) * 10000 + p->period.start % 12 : G_MAXINT64;
}

static int compare_periods(gconstpointer va, gconstpointer vb, gpointer data)
{
    const AssessPeriod *all = (const AssessPeriod *)(gpointer)((GArray *)data)->data;
    const AssessPeriod *a = &all[*(const guint *)va], *b = &all[*(const guint *)vb];
    const gint64 first = order_of(a), second = order_of(b);
    if (first != second)
        return first < second ? -1 : 1;
    if (a->parsed && b->parsed && period_compare(a->period, b->period) != 0)
        return period_compare(a->period, b->period);
    return strcmp(a->label, b->label);
}

/* The place on a yearly axis, of single years only. */
static gint32 year_of(const AssessPeriod *p)
{
    const gboolean year = p->parsed && (p->period.kind == PERIOD_CALENDAR_YEAR ||
                                        p->period.kind == PERIOD_FINANCIAL_YEAR);
    return year ? p->period.start / 12 : G_MININT32;
}

/* Periods in which some area has a row, in order; place[i] of reading period i, -1 = left out. */
static int *build_periods(AssessReading *r, const AssessIndicator *from, Series *s)
{
    int *place = g_new(int, r->periods->len + 1);
    g_autofree guint *order = g_new(guint, r->periods->len + 1);
    for (guint p = 0; p < r->periods->len; p++)
        place[p] = -1;
    for (guint i = 0; i < from->rows->len; i++) {
        const AssessRow *row = &g_array_index(from->rows, AssessRow, i);
        if (row->area == ROW_NATIONAL || place[row->period] >= 0)
            continue;
        place[row->period] = 0;
        order[s->n_periods++] = row->period;
    }
    g_qsort_with_data(order, (gint)s->n_periods, sizeof *order, compare_periods, r->periods);
    s->periods = g_new0(Period, s->n_periods + 1);
    s->period_labels = g_new0(char *, s->n_periods + 1);
    s->period_order = g_new(gint32, s->n_periods + 1);
    for (guint p = 0; p < s->n_periods; p++) {
        const AssessPeriod *period = &g_array_index(r->periods, AssessPeriod, order[p]);
        place[order[p]] = (int)p;
        s->periods[p] = period->period;
        s->period_labels[p] = period->label;
        s->period_order[p] = year_of(period);
    }
    return place;
}

/* ---- observations -----------------------------------------------------------------------------
 */

static gboolean out_of_domain(AssessReading *r, const AssessIndicator *from, const AssessRow *row)
{
    const gboolean part =
        from->measure == MEASURE_PROPORTION || (from->percentage && from->kind == KIND_COUNTS);
    if (row->n < 0 || (row->x < 0 && from->measure != MEASURE_RATIO) ||
        (part && row->n > 0 && row->x > row->n)) {
        assess_reject(r, row->row, "out-of-domain",
                      "numerator and denominator cannot be: %.10g of %.10g (0 or more%s)", row->x,
                      row->n, part ? ", the numerator no more than the denominator" : "");
        return TRUE;
    }
    if (row->limits[0] > row->limits[1] || row->limits[2] > row->limits[3]) {
        assess_reject(r, row->row, "out-of-domain",
                      "the lower limit is above the upper one: %.10g to %.10g (in order)",
                      row->limits[0] > row->limits[1] ? row->limits[0] : row->limits[2],
                      row->limits[0] > row->limits[1] ? row->limits[1] : row->limits[3]);
        return TRUE;
    }
    return FALSE;
}

/* Computed from counts where these are what the figure is; else as published. */
static double value_of(const AssessIndicator *from, const AssessRow *row)
{
    const gboolean counts = isfinite(row->x) && isfinite(row->n) && row->n > 0;
    const double computed = counts ? from->per * row->x / row->n : NAN;
    if (from->kind == KIND_COUNTS && isfinite(row->n) && row->n <= 0)
        return NAN;
    if (counts && (from->kind == KIND_COUNTS || (from->kind != KIND_PUBLISHED && from->agrees)))
        return computed;
    if (isfinite(row->value) || from->has_values)
        return row->value;
    return computed;
}

static Status status_of(const AssessRow *row)
{
    if (row->missing != STATUS_NOT_REPORTED)
        return row->missing;
    if (isfinite(row->x) && isfinite(row->n) && row->n <= 0)
        return STATUS_ZERO_DENOMINATOR;
    return isfinite(row->x) && isnan(row->n) ? STATUS_NO_DENOMINATOR : STATUS_NOT_REPORTED;
}

/* Which of the figures that the others have are suppressed here. */
static guint32 hidden_of(const AssessIndicator *from, const AssessRow *row)
{
    if (row->missing != STATUS_SUPPRESSED)
        return 0;
    return (isnan(row->x) ? HIDDEN_NUMERATOR : 0) | (isnan(row->n) ? HIDDEN_DENOMINATOR : 0) |
           (isnan(row->value) && from->has_values ? HIDDEN_VALUE : 0);
}

static Observation observe_row(const AssessIndicator *from, const AssessRow *row)
{
    Observation o = observation_missing(STATUS_OK);
    o.source = 0;
    o.line = row->line;
    o.rows = 1;
    o.numerator = row->x;
    o.denominator = row->n;
    if (isfinite(row->n)) {
        o.denominator_source = 0;
        o.denominator_line = row->line;
        o.denominator_rows = 1;
    }
    o.value = value_of(from, row);
    o.hidden = hidden_of(from, row);
    if (!isfinite(o.value)) {
        o.value = NAN;
        o.status = status_of(row);
        return o;
    }
    o.lower95 = row->limits[0];
    o.upper95 = row->limits[1];
    o.lower99_8 = row->limits[2];
    o.upper99_8 = row->limits[3];
    return o;
}

/* The nation's own row: its published value, unless that is on another scale than the areas'. */
static Observation observe_nation(const AssessIndicator *from, const AssessRow *row)
{
    Observation o = observe_row(from, row);
    const gboolean same = !(fabs(row->value - o.value) > 0.01 * fabs(o.value));
    if (isfinite(row->value) && same)
        o.value = row->value;
    return o;
}

static gboolean same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static gboolean same_figures(const AssessRow *a, const AssessRow *b)
{
    gboolean same =
        same_number(a->x, b->x) && same_number(a->n, b->n) && same_number(a->value, b->value);
    for (guint i = 0; i < 4; i++)
        same = same && same_number(a->limits[i], b->limits[i]);
    return same;
}

static Observation rejected_at(const AssessRow *row)
{
    Observation o = observation_missing(STATUS_REJECTED);
    o.source = 0;
    o.line = row->line;
    o.rows = 1;
    return o;
}

/* Puts a row into its cell. `filled` remembers which row a cell has, so that two rows that say
 * different things about one cell cost the cell, not one of them by chance. */
static void place_row(AssessReading *r, const AssessIndicator *from, const AssessRow *row,
                      Observation *cell, const AssessRow **filled)
{
    const AssessRow *first = *filled;
    *filled = first ? first : row;
    if (row->bad || out_of_domain(r, from, row)) {
        if (!first)
            *cell = rejected_at(row);
        return;
    }
    if (!first || (first->bad && cell->status == STATUS_REJECTED)) {
        *cell = row->area == ROW_NATIONAL ? observe_nation(from, row) : observe_row(from, row);
        *filled = row;
        return;
    }
    if (same_figures(first, row)) {
        cell->rows++;
        return;
    }
    assess_reject(r, row->row, "duplicate-key",
                  "the same indicator, area and period as line %u with other figures (one row)",
                  first->line);
    if (cell->status != STATUS_REJECTED)
        assess_reject(r, first->row, "duplicate-key",
                      "the same indicator, area and period as line %u with other figures (one row)",
                      row->line);
    *cell = rejected_at(first);
}

static void build_series(AssessReading *r, const AssessIndicator *from, Series *s,
                         const guint *area_index)
{
    const guint n = r->set->n_areas;
    s->kind = from->kind;
    s->kind_note = observation_set_string(r->set, from->kind_note);
    g_autofree int *place = build_periods(r, from, s);
    series_make_grid(s, n, STATUS_NOT_REPORTED);
    g_autofree const AssessRow **filled = g_new0(const AssessRow *, (gsize)s->n_periods *(n + 1));
    for (guint i = 0; i < from->rows->len; i++) {
        const AssessRow *row = &g_array_index(from->rows, AssessRow, i);
        if (place[row->period] < 0)
            continue;
        const gsize p = (gsize)place[row->period];
        if (row->area == ROW_NATIONAL) {
            place_row(r, from, row, &s->national[p], &filled[p * (n + 1) + n]);
        } else {
            const guint area = area_index[row->area];
            place_row(r, from, row, &s->grid[p * n + area], &filled[p * (n + 1) + area]);
        }
    }
}

/* ---- decimals ---------------------------------------------------------------------------------
 */

#define USUAL_DECIMALS 1
#define MOST_DECIMALS  6

/* A file of one's own says no decimals. One is enough, but for figures below 1, of which three
 * digits are shown: those of the median, so that one odd figure changes nothing. */
static int decimals_for(const Series *s, guint n_areas)
{
    const gsize cells = (gsize)s->n_periods * n_areas;
    g_autofree double *sizes = g_new(double, cells + 1);
    gsize n = 0;
    for (gsize i = 0; i < cells; i++)
        if (isfinite(s->grid[i].value) && s->grid[i].value != 0)
            sizes[n++] = fabs(s->grid[i].value);
    const double median = n ? quantile_median(sizes, n) : 1;
    return median >= 1 ? USUAL_DECIMALS : (int)fmin(2 - floor(log10(median)), MOST_DECIMALS);
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void name_study(AssessReading *r, guint kept)
{
    Study *s = r->study;
    g_autofree char *id = g_path_get_basename(r->options->data);
    char *dot = strrchr(id, '.');
    if (dot && dot != id)
        *dot = '\0';
    s->id = study_make_text(s, id);
    const char *title = r->options->title ? r->options->title
                        : kept == 1       ? s->indicators[0].title
                                          : id;
    s->title = study_make_text(s, title);
    s->language = study_make_text(s, "en-GB");
    g_autofree char *directory = g_path_get_dirname(r->options->data);
    s->directory = study_make_text(s, directory);
}

static void tell_left_out(AssessReading *r, GPtrArray *left_out)
{
    if (!left_out->len)
        return;
    g_autofree char *list = text_list((const char *const *)left_out->pdata, left_out->len, "and");
    diag_add(r->diags, DIAG_NOTE, "no-areas", r->table->file, 0, 0,
             "left out, because the rows are about England or regions only: %s", list);
}

void assess_build(AssessReading *r)
{
    build_areas(r);
    g_autofree guint *area_index = g_new(guint, r->areas->len + 1);
    for (guint a = 0; a < r->areas->len; a++)
        area_index[a] =
            (guint)observation_area(r->set, g_array_index(r->areas, AssessArea, a).code);
    Study *s = r->study;
    s->indicators = study_make_array(s, r->indicators->len, sizeof(Indicator));
    r->set->series = g_new0(Series, r->indicators->len + 1);
    g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < r->indicators->len; i++) {
        const AssessIndicator *from = r->indicators->pdata[i];
        if (!from->area_rows) {
            g_ptr_array_add(left_out,
                            g_strdup_printf("%s (%s, %s)", from->id, from->sex, from->age));
            continue;
        }
        s->indicators[s->n_indicators] = build_indicator(r, from);
        Series *series = &r->set->series[s->n_indicators];
        build_series(r, from, series, area_index);
        s->indicators[s->n_indicators].decimals = decimals_for(series, r->set->n_areas);
        s->n_indicators++;
        r->set->n_indicators = s->n_indicators;
    }
    tell_left_out(r, left_out);
    name_study(r, s->n_indicators);
}
