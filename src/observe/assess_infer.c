#include "assess_rows.h"

#include <math.h>
#include <string.h>

#include "peerline/stats/proportion.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/rate.h"

#define WIDTH_TOLERANCE 0.2  /* METHODS 11: limits that differ in width by over 20 % */
#define VALUE_TOLERANCE 1e-9 /* relative: what is lost in writing a double as text */
#define LARGEST_POWER   9
#define SMALLEST_POWER  (-2)

/* What the rows about ranked areas show. */
typedef struct {
    guint with_value, with_counts, with_limits;
    gboolean part_above_whole;
    double power; /* the power of ten nearest to value × n / x over the rows; NAN = not known */
} Evidence;

static gboolean usable(const AssessRow *row)
{
    return !row->bad && row->area != ROW_NATIONAL;
}

static gboolean has_counts(const AssessRow *row)
{
    return isfinite(row->x) && isfinite(row->n) && row->x >= 0 && row->n > 0;
}

static Evidence weigh(const AssessIndicator *indicator)
{
    Evidence e = {.power = NAN};
    g_autofree double *logs = g_new(double, indicator->rows->len + 1);
    guint n = 0;
    for (guint i = 0; i < indicator->rows->len; i++) {
        const AssessRow *row = &g_array_index(indicator->rows, AssessRow, i);
        if (!usable(row))
            continue;
        e.with_value += isfinite(row->value);
        e.with_limits += isfinite(row->limits[0]) && isfinite(row->limits[1]);
        if (!has_counts(row))
            continue;
        e.with_counts++;
        e.part_above_whole = e.part_above_whole || row->x > row->n;
        if (!isfinite(row->value))
            continue;
        if (row->value > 0 && row->x > 0)
            logs[n++] = log10(row->value * row->n / row->x);
    }
    const double power = n ? round(quantile_median(logs, n)) : NAN;
    if (power >= SMALLEST_POWER && power <= LARGEST_POWER)
        e.power = pow(10, power);
    return e;
}

/* Without counts there is nothing to infer from but the title. */
static gboolean titled_percentage(const AssessIndicator *indicator)
{
    g_autofree char *title = g_utf8_casefold(indicator->title, -1);
    if (!strstr(title, "percent") && !strchr(title, '%') && !strstr(title, "proportion"))
        return FALSE;
    for (guint i = 0; i < indicator->rows->len; i++) {
        const AssessRow *row = &g_array_index(indicator->rows, AssessRow, i);
        if (usable(row) && (row->value < 0 || row->value > 100))
            return FALSE;
    }
    return TRUE;
}

static double default_per(Measure measure)
{
    return measure == MEASURE_PROPORTION ? 100 : measure == MEASURE_RATIO ? 1 : 100000;
}

static void infer_measure(const AssessReading *r, AssessIndicator *indicator, const Evidence *e)
{
    const AssessChoices *c = &r->choices;
    const gboolean per_told = indicator->has_per || c->has_per;
    if (!indicator->has_per)
        indicator->per = c->has_per ? c->per : e->power;
    if (!indicator->has_measure) {
        const gboolean hundred = indicator->per == 100 && !e->part_above_whole;
        const gboolean titled = !e->with_counts && !per_told && titled_percentage(indicator);
        indicator->measure = c->has_measure      ? c->measure
                             : hundred || titled ? MEASURE_PROPORTION
                                                 : MEASURE_RATE;
    }
    if (!isfinite(indicator->per))
        indicator->per = default_per(indicator->measure);
    if (!indicator->has_polarity)
        indicator->polarity = c->polarity;
}

/* Half a unit of the last decimal place that is written; 0 where there is an exponent. */
static double rounding_of(const char *text)
{
    const char *point = strchr(text, '.');
    if (strpbrk(text, "eE"))
        return 0;
    return 0.5 * pow(10, point ? -(double)strspn(point + 1, "0123456789") : 0);
}

static gboolean value_contradicts(const AssessReading *r, const AssessIndicator *indicator,
                                  const AssessRow *row)
{
    const double computed = indicator->per * row->x / row->n;
    const double rounding = rounding_of(assess_cell(r, row->row, FIELD_VALUE));
    return fabs(row->value - computed) > rounding + VALUE_TOLERANCE * fabs(computed);
}

static gboolean width_contradicts(const AssessReading *r, const AssessIndicator *indicator,
                                  const AssessRow *row)
{
    const gboolean part = indicator->measure == MEASURE_PROPORTION;
    if (part && !proportion_valid(row->x, row->n))
        return FALSE;
    const Limits l = part ? proportion_of(row->x, row->n, indicator->per).limits
                          : rate_of(row->x, row->n, indicator->per).limits;
    const double computed = l.upper95 - l.lower95, published = row->limits[1] - row->limits[0];
    const double rounding = rounding_of(assess_cell(r, row->row, FIELD_LOWER95)) +
                            rounding_of(assess_cell(r, row->row, FIELD_UPPER95));
    return fabs(published - computed) > WIDTH_TOLERANCE * computed + rounding;
}

/* The first row that speaks against independent counts, in words; NULL if none does. */
static char *contradiction(const AssessReading *r, const AssessIndicator *indicator, guint32 *line)
{
    for (guint i = 0; i < indicator->rows->len; i++) {
        const AssessRow *row = &g_array_index(indicator->rows, AssessRow, i);
        if (!usable(row) || !has_counts(row))
            continue;
        *line = row->line;
        if (isfinite(row->value) && value_contradicts(r, indicator, row))
            return g_strdup_printf("the published value %s is not %.10g × %.10g / %.10g = %.6g",
                                   assess_cell(r, row->row, FIELD_VALUE), indicator->per, row->x,
                                   row->n, indicator->per * row->x / row->n);
        if (isfinite(row->limits[0]) && isfinite(row->limits[1]) &&
            width_contradicts(r, indicator, row))
            return g_strdup_printf("the published limits %s to %s are over 20 %% wider or narrower "
                                   "than those of %.10g in %.10g as independent events",
                                   assess_cell(r, row->row, FIELD_LOWER95),
                                   assess_cell(r, row->row, FIELD_UPPER95), row->x, row->n);
    }
    return NULL;
}

static void say(AssessReading *r, AssessIndicator *indicator, const char *because, guint32 line)
{
    indicator->kind_note = g_strdup_printf(
        "%s; so the figures are taken as %s", because,
        indicator->kind == KIND_PUBLISHED ? "published, with the publisher's limits"
                                          : "they are, without limits: no sampling error is known");
    diag_add(r->diags, DIAG_NOTE, "uncertainty-kind", r->table->file, line, 0,
             "indicator %s (%s, %s, %s): %s", indicator->id, indicator->title,
             *indicator->sex ? indicator->sex : "all", *indicator->age ? indicator->age : "all",
             indicator->kind_note);
}

static void infer_kind(AssessReading *r, AssessIndicator *indicator, const Evidence *e)
{
    guint32 line = 0;
    const UncertaintyKind published = e->with_limits ? KIND_PUBLISHED : KIND_NONE;
    g_autofree char *because = contradiction(r, indicator, &line);
    indicator->agrees = !because;
    indicator->kind = KIND_COUNTS;
    if (r->choices.has_kind) {
        indicator->kind = r->choices.kind;
    } else if (indicator->measure == MEASURE_RATIO) {
        indicator->kind = KIND_NONE;
    } else if (because) {
        indicator->kind = published;
        say(r, indicator, because, line);
    } else if (e->with_value && !e->with_counts) {
        indicator->kind = published;
        say(r, indicator, "no area has both a numerator and a denominator", 0);
    }
    /* A ratio of amounts has no sampling limits, whatever is asked for. */
    if (indicator->measure == MEASURE_RATIO && indicator->kind != KIND_CLUSTERED)
        indicator->kind = KIND_NONE;
}

void assess_infer(AssessReading *r, AssessIndicator *indicator)
{
    const Evidence e = weigh(indicator);
    infer_measure(r, indicator, &e);
    infer_kind(r, indicator, &e);
    indicator->percentage = indicator->measure == MEASURE_PROPORTION;
    indicator->has_values = e.with_value > 0;
    /* The publisher's own figures need not be the quotient of the counts beside them. */
    if (!indicator->agrees || (!e.with_counts && e.with_value))
        indicator->measure =
            indicator->kind == KIND_COUNTS ? indicator->measure : MEASURE_PUBLISHED;
}
