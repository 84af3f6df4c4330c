#include "guard.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"
#include "peerline/stats/quantile.h"
#include "peerline/stats/slip.h"

/* Figures that seem to be in another unit than those beside them. They are named, never changed. */

/* Below so many events a figure is far from the others by chance, not by its unit. */
#define FEW_EVENTS 10
#define MOST_TOLD  20

typedef struct {
    Guard *g;
    GArray *slips;
    guint indicator, n_areas;
    const Indicator *d;
    const Series *s;
    double *work; /* one number per area, or per period */
    gboolean
        *off; /* [part * n_periods + period]: the whole period is off, so its areas are not told */
} Search;

static double part_of(const Observation *o, SlipPart part)
{
    return part == SLIP_VALUE ? o->value : part == SLIP_NUMERATOR ? o->numerator : o->denominator;
}

static const Observation *cell(const Search *q, guint period, int area)
{
    return guard_cell(q->g, q->indicator, period, area);
}

static gboolean few_events(const Observation *o)
{
    return o->numerator < FEW_EVENTS && o->numerator == floor(o->numerator);
}

static gboolean has(const Search *q, guint period, int area, SlipPart part)
{
    for (guint i = q->slips->len; i-- > 0;) {
        const Slip *s = &g_array_index(q->slips, Slip, i);
        if (s->indicator != q->indicator)
            return FALSE;
        if (s->period == period && s->area == area && s->part == part)
            return TRUE;
    }
    return FALSE;
}

static void found(Search *q, Slip slip)
{
    slip.indicator = q->indicator;
    if (slip.power && !has(q, slip.period, slip.area, slip.part))
        g_array_append_val(q->slips, slip);
}

/* ---- against the other areas ------------------------------------------------------------------
 */

static void among_areas(Search *q, guint period)
{
    for (guint a = 0; a < q->n_areas; a++)
        q->work[a] = cell(q, period, (int)a)->value;
    const SlipUsual usual = slip_usual(q->work, q->n_areas);
    for (int a = SLIP_NATION; a < (int)q->n_areas; a++) {
        const Observation *o = cell(q, period, a);
        const int power = few_events(o) ? 0 : slip_among(&usual, o->value);
        found(q, (Slip){.period = period,
                        .area = a,
                        .part = SLIP_VALUE,
                        .against = SLIP_AGAINST_AREAS,
                        .found = o->value,
                        .usual = usual.median,
                        .power = power});
    }
}

/* A published value beside its own counts: their ratio is the same for all areas. */
static double against_counts(const Observation *o)
{
    return o->value / (o->numerator / o->denominator);
}

static void against_own_counts(Search *q, guint period)
{
    for (guint a = 0; a < q->n_areas; a++)
        q->work[a] = against_counts(cell(q, period, (int)a));
    const SlipUsual usual = slip_usual(q->work, q->n_areas);
    for (guint a = 0; a < q->n_areas && usual.n >= SLIP_FEWEST; a++) {
        const Observation *o = cell(q, period, (int)a);
        const double per = usual.median;
        found(q, (Slip){.period = period,
                        .area = (int)a,
                        .part = SLIP_VALUE,
                        .against = SLIP_AGAINST_COUNTS,
                        .found = o->value,
                        .usual = per * o->numerator / o->denominator,
                        .power = slip_of_ratio(against_counts(o) / per)});
    }
}

/* ---- against other periods --------------------------------------------------------------------
 */

/* The other periods of an area into q->work; how many. */
static guint others(const Search *q, guint period, int area, SlipPart part)
{
    guint n = 0;
    for (guint p = 0; p < q->s->n_periods; p++)
        if (p != period)
            q->work[n++] = part_of(cell(q, p, area), part);
    return n;
}

static void in_history(Search *q, guint period, int area, SlipPart part)
{
    const Observation *o = cell(q, period, area);
    double usual;
    const guint n = others(q, period, area, part);
    const int power = slip_in_history(q->work, n, part_of(o, part), &usual);
    if (part != SLIP_DENOMINATOR && few_events(o))
        return;
    found(q, (Slip){.period = period,
                    .area = area,
                    .part = part,
                    .against = SLIP_AGAINST_PERIODS,
                    .found = part_of(o, part),
                    .usual = usual,
                    .power = power});
}

/* All areas of a period against their own other periods. */
static void whole_period(Search *q, guint period, SlipPart part)
{
    g_autofree double *ratios = g_new(double, (gsize)q->n_areas + 1);
    g_autofree double *now = g_new(double, (gsize)q->n_areas + 1);
    g_autofree double *then = g_new(double, (gsize)q->n_areas + 1);
    guint m = 0;
    for (guint a = 0; a < q->n_areas; a++) {
        const double x = part_of(cell(q, period, (int)a), part);
        const guint n = others(q, period, (int)a, part);
        double usual;
        slip_in_history(q->work, n, x, &usual);
        if (!(x > 0) || isnan(usual))
            continue;
        ratios[m] = x / usual;
        now[m] = x;
        then[m++] = usual;
    }
    const int power = m >= SLIP_FEWEST ? slip_of_ratio(quantile_median(ratios, m)) : 0;
    q->off[part * q->s->n_periods + period] = power != 0;
    found(q, (Slip){.period = period,
                    .area = SLIP_WHOLE_PERIOD,
                    .part = part,
                    .against = SLIP_AGAINST_PERIODS,
                    .found = quantile_median(now, m),
                    .usual = quantile_median(then, m),
                    .power = power});
}

static void over_time(Search *q, SlipPart part)
{
    const guint n = q->s->n_periods;
    if (n < 3)
        return;
    for (guint p = 0; p < n; p++)
        whole_period(q, p, part);
    for (guint p = 0; p < n; p++)
        for (int a = SLIP_NATION; a < (int)q->n_areas && !q->off[part * n + p]; a++)
            in_history(q, p, a, part);
}

/* ---- what the study declares ------------------------------------------------------------------
 */

static gboolean is_known(const KnownValue *k, const Search *q, const Slip *s)
{
    const int area = observation_area(q->g->set, k->area);
    return area >= 0 && (s->area == area || s->area == SLIP_WHOLE_PERIOD) &&
           period_equal(k->period, q->s->periods[s->period]);
}

/* A known value that no rule names is told all the same: the study says that it is unusual. */
static void declare(Search *q, const KnownValue *k)
{
    gboolean told = FALSE;
    const int area = observation_area(q->g->set, k->area);
    for (guint i = 0; i < q->slips->len; i++) {
        Slip *s = &g_array_index(q->slips, Slip, i);
        if (s->indicator != q->indicator || s->area != area || !is_known(k, q, s))
            continue;
        s->because = k->because;
        told = TRUE;
    }
    for (guint p = 0; p < q->s->n_periods && !told && area >= 0; p++) {
        Slip s = {.indicator = q->indicator, .period = p, .area = area, .because = k->because};
        if (!is_known(k, q, &s) || isnan(cell(q, p, area)->value))
            continue;
        s.found = cell(q, p, area)->value;
        s.usual = NAN;
        g_array_append_val(q->slips, s);
        told = TRUE;
    }
    if (!told)
        diag_add(q->g->diags, DIAG_WARNING, "unused", k->where.file, k->where.line, k->where.column,
                 "known_values names no figure: indicator %s has none for %s in that period",
                 q->d->id, k->area);
}

/* ---- telling ----------------------------------------------------------------------------------
 */

static const char *const PARTS[] = {"value", "numerator", "denominator"};
static const char *const AGAINST[] = {"the median of the areas", "the median of its other periods",
                                      "what its numerator and denominator give"};

static void tell(const Guard *g, const Slip *s)
{
    const Series *series = &g->set->series[s->indicator];
    const int area = s->area == SLIP_WHOLE_PERIOD ? SLIP_NATION : s->area;
    const Observation *o = guard_cell(g, s->indicator, s->period, area);
    for (guint a = 0; s->area == SLIP_WHOLE_PERIOD && a < g->set->n_areas && o->source < 0; a++)
        o = guard_cell(g, s->indicator, s->period, (int)a);
    const gboolean bottom = s->part == SLIP_DENOMINATOR;
    const gint32 source = bottom ? o->denominator_source : o->source;
    char found_text[NUMBER_BUF], usual[NUMBER_BUF];
    diag_add(
        g->diags, DIAG_NOTE, "unit-slip", observation_place(g->set, source),
        bottom ? o->denominator_line : o->line, 0,
        "indicator %s, %s, %s: %s is about %s%d times %s: %s, where %s is usual (another unit? "
        "known_values if it is right)",
        g->study->indicators[s->indicator].id, series->period_labels[s->period],
        s->area >= 0             ? g->set->areas[s->area].code
        : s->area == SLIP_NATION ? g->study->areas.nation
                                 : "all areas, median",
        PARTS[s->part], s->power < 0 ? "1/" : "", (int)pow(10, abs(s->power)), AGAINST[s->against],
        number_shortest(s->found, found_text), number_shortest(s->usual, usual));
}

/* A source in another unit throughout would flood the terminal. */
static void tell_all(const Guard *g, const GArray *slips)
{
    for (guint k = 0, told = 0, left = 0; k < slips->len; k++) {
        const Slip *s = &g_array_index(slips, Slip, k);
        const gboolean last =
            k + 1 == slips->len || g_array_index(slips, Slip, k + 1).indicator != s->indicator;
        if (!s->because && told < MOST_TOLD) {
            tell(g, s);
            told++;
        } else if (!s->because) {
            left++;
        }
        if (last && left)
            diag_add(g->diags, DIAG_NOTE, "unit-slip", NULL, 0, 0,
                     "indicator %s: %u more figures may be in another unit",
                     g->study->indicators[s->indicator].id, left);
        if (last)
            told = left = 0;
    }
}

static void search_indicator(Search *q)
{
    const gboolean total = q->d->measure == MEASURE_TOTAL;
    g_autofree double *work = g_new(double, (gsize)MAX(q->n_areas, q->s->n_periods) + 1);
    g_autofree gboolean *off = g_new0(gboolean, 3 * (gsize)q->s->n_periods + 1);
    q->work = work;
    q->off = off;
    over_time(q, SLIP_VALUE);
    for (guint p = 0; p < q->s->n_periods && !total; p++) {
        if (indicator_shows_published(q->d))
            against_own_counts(q, p);
        if (!q->off[p])
            among_areas(q, p);
    }
    if (!total) {
        over_time(q, SLIP_NUMERATOR);
        over_time(q, SLIP_DENOMINATOR);
    }
    for (guint k = 0; k < q->d->n_known_values; k++)
        declare(q, &q->d->known_values[k]);
}

static int compare_slips(gconstpointer va, gconstpointer vb)
{
    const Slip *a = va, *b = vb;
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    return a->area != b->area ? (a->area < b->area ? -1 : 1) : (int)a->part - (int)b->part;
}

void guard_slips(Guard *g)
{
    GArray *slips = g_array_new(FALSE, FALSE, sizeof(Slip));
    for (guint i = 0; i < g->set->n_indicators; i++) {
        Search q = {.g = g,
                    .slips = slips,
                    .indicator = i,
                    .n_areas = g->set->n_areas,
                    .d = &g->study->indicators[i],
                    .s = &g->set->series[i]};
        if (q.s->n_periods > 0)
            search_indicator(&q);
    }
    g_array_sort(slips, compare_slips);
    tell_all(g, slips);
    g->set->n_slips = slips->len;
    g->set->slips = (Slip *)(void *)g_array_free(slips, FALSE);
}
