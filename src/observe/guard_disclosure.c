#include "guard.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"

/* What a publisher suppressed must not follow from what we publish. Each rule below closes one way;
 * docs/METHODS.md ("Suppression") lists them, and what no program can close. */

#define COUNTS (HIDDEN_NUMERATOR | HIDDEN_DENOMINATOR)
/* Of a suppressed denominator that another figure of the report shows, such as how many people live
 * there: it is no secret, so what needs it must not be shown. */
#define KNOWN_DENOMINATOR 8

/* The counts of a cell that nobody can know. */
static guint secret_counts(const Observation *o)
{
    const guint counts = o->hidden & COUNTS;
    return o->hidden & KNOWN_DENOMINATOR ? counts & ~(guint)HIDDEN_DENOMINATOR : counts;
}

static gboolean knows_denominator(const Observation *o)
{
    return isfinite(o->denominator) || (o->hidden & KNOWN_DENOMINATOR);
}

static const char *noun(const Guard *g, guint n)
{
    const char *word = n == 1 ? g->study->areas.singular : g->study->areas.plural;
    return word ? word : n == 1 ? "area" : "areas";
}

/* ---- withholding --------------------------------------------------------------------------------
 */

static void clear_limits(Observation *o)
{
    o->lower95 = o->upper95 = o->lower99_8 = o->upper99_8 = NAN;
}

static void clear_value(Observation *o)
{
    o->value = NAN;
    o->status = STATUS_SUPPRESSED;
    clear_limits(o);
}

static void tell(const Guard *g, guint i, guint p, const Observation *o, const char *text)
{
    const Series *s = &g->set->series[i];
    diag_add(g->diags, DIAG_NOTE, "suppression-withheld", observation_place(g->set, o->source),
             o->line, 0, "indicator %s, %s: %s", g->study->indicators[i].id, s->period_labels[p],
             text);
}

/* Takes figures of an area's cell away. */
static void withhold(Guard *g, guint i, guint p, int area, guint parts, const char *because)
{
    Observation *o = guard_cell(g, i, p, area);
    Series *s = &g->set->series[i];
    const Measure m = g->study->indicators[i].measure;
    o->hidden |= parts;
    if (parts & HIDDEN_NUMERATOR)
        o->numerator = NAN;
    if (parts & HIDDEN_DENOMINATOR)
        o->denominator = NAN;
    if ((parts & HIDDEN_VALUE) || m == MEASURE_TOTAL)
        clear_value(o);
    clear_limits(o);
    guard_reason(g, i, p, (guint)area, because);
    for (guint k = 0; s->ages && k < s->ages->n_bands; k++) {
        const gsize at = ((gsize)p * g->set->n_areas + (guint)area) * s->ages->n_bands + k;
        s->ages->x[at] = s->ages->n[at] = NAN;
    }
    if (s->pooled) /* it was made with this area */
        s->pooled[p] = NAN;
}

static void withhold_nation(Guard *g, guint i, guint p, const char *because)
{
    Series *s = &g->set->series[i];
    Observation *o = &s->national[p];
    tell(g, i, p, o, because);
    o->numerator = o->denominator = NAN;
    clear_value(o);
    o->hidden = COUNTS | HIDDEN_VALUE;
    if (!s->withheld)
        s->withheld = g_new0(char *, s->n_periods + 1);
    s->withheld[p] = observation_set_string(g->set, because);
}

/* ---- within a cell ------------------------------------------------------------------------------
 */

/* A status without marks comes from what the study declares about an area. */
static void mark(const Guard *g, guint i, Observation *o)
{
    if (o->status == STATUS_SUPPRESSED && !o->hidden)
        o->hidden =
            indicator_shows_published(&g->study->indicators[i]) ? HIDDEN_VALUE : HIDDEN_NUMERATOR;
    if (o->hidden) /* their middle is the value, and their width tells the count */
        clear_limits(o);
}

static gboolean close_cell(Guard *g, guint i, guint p, int area)
{
    const Observation *o = guard_cell(g, i, p, area);
    const guint counts = secret_counts(o);
    const gboolean x = isfinite(o->numerator), n = knows_denominator(o);
    if (counts && isfinite(o->value) &&
        ((counts == HIDDEN_NUMERATOR && n) || (counts == HIDDEN_DENOMINATOR && x))) {
        withhold(g, i, p, area, HIDDEN_VALUE,
                 counts == HIDDEN_NUMERATOR
                     ? "withheld, because with the denominator it would give the numerator, which "
                       "the publisher suppressed"
                     : "withheld, because with the numerator it would give the denominator, which "
                       "the publisher suppressed");
        return TRUE;
    }
    if ((counts & HIDDEN_NUMERATOR) && o->value == 0) {
        withhold(g, i, p, area, HIDDEN_VALUE,
                 "withheld, because a value of 0 would give the numerator, which the publisher "
                 "suppressed");
        return TRUE;
    }
    if ((o->hidden & HIDDEN_VALUE) && !counts && x && n) {
        withhold(g, i, p, area, HIDDEN_NUMERATOR,
                 "suppressed by the publisher; the numerator is withheld, because with the "
                 "denominator it would give the value");
        return TRUE;
    }
    return FALSE;
}

static gboolean close_cells(Guard *g)
{
    gboolean changed = FALSE;
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint p = 0; p < g->set->series[i].n_periods; p++)
            for (guint a = 0; a < g->set->n_areas; a++)
                if (guard_cell(g, i, p, (int)a)->hidden)
                    changed = close_cell(g, i, p, (int)a) || changed;
    return changed;
}

/* ---- between figures of one area ----------------------------------------------------------------
 */

typedef struct {
    const GuardColumn *columns[GUARD_MOST_PARTS + 1]; /* the parts, then the whole */
    guint n;
    int periods[GUARD_MOST_PARTS + 1];
    int area; /* below 0: the nation */
} Members;

static Observation *member(const Guard *g, const Members *s, guint k)
{
    return guard_cell(g, s->columns[k]->series, (guint)s->periods[k], s->area);
}

/* Which of them is the only one hidden while all others are known; -1 = none. */
static int given_away(const Guard *g, const Members *s)
{
    int hidden = -1;
    for (guint k = 0; k < s->n; k++) {
        const Observation *o = member(g, s, k);
        const guint part = s->columns[k]->part;
        if (part == HIDDEN_DENOMINATOR && (o->hidden & KNOWN_DENOMINATOR))
            continue;
        if (o->hidden & part) {
            if (hidden >= 0)
                return -1;
            hidden = (int)k;
        } else if (isnan(guard_number(o, part))) {
            return -1;
        }
    }
    return hidden;
}

/* What to give up for it: a part rather than the whole, events rather than people, the smaller. */
static guint to_withhold(const Guard *g, const Members *s, guint hidden)
{
    guint best = hidden;
    double cost = INFINITY;
    for (guint k = 0; k < s->n; k++) {
        const double size = fabs(guard_number(member(g, s, k), s->columns[k]->part));
        const double price = (s->columns[k]->part == HIDDEN_DENOMINATOR ? 4 : 0) +
                             (k + 1 == s->n && s->n > 2 ? 2 : 0) + size / (size + 1);
        if (k != hidden && price < cost) {
            best = k;
            cost = price;
        }
    }
    return best;
}

static void give_up(Guard *g, const Members *s, guint hidden)
{
    if (s->n == 2 && s->columns[0]->part == HIDDEN_DENOMINATOR &&
        s->columns[1]->part == HIDDEN_DENOMINATOR) {
        member(g, s, hidden)->hidden |= KNOWN_DENOMINATOR;
        return;
    }
    const guint k = to_withhold(g, s, hidden);
    const GuardColumn *column = s->columns[k];
    const char *title = g->study->indicators[s->columns[hidden]->series].title;
    g_autofree char *because = g_strdup_printf(
        "withheld, because with other figures of this report it would give one that the publisher "
        "suppressed: %s",
        title);
    if (s->area < 0)
        withhold_nation(g, column->series, (guint)s->periods[k], because);
    else
        withhold(g, column->series, (guint)s->periods[k], s->area, column->part, because);
}

static gboolean close_members(Guard *g, Members *s)
{
    gboolean changed = FALSE;
    for (s->area = -1; s->area < (int)g->set->n_areas; s->area++) {
        const int hidden = given_away(g, s);
        if (hidden < 0)
            continue;
        give_up(g, s, (guint)hidden);
        changed = TRUE;
    }
    return changed;
}

static gboolean close_times(Guard *g, const GArray *times)
{
    gboolean changed = FALSE;
    for (guint i = 0; i < times->len; i++) {
        const GuardTimes *t = &g_array_index(times, GuardTimes, i);
        Members s = {.n = t->n + 1};
        for (guint k = 0; k < t->n; k++) {
            s.columns[k] = &t->part;
            s.periods[k] = (int)t->parts[k];
        }
        s.columns[t->n] = &t->whole;
        s.periods[t->n] = (int)t->period;
        changed = close_members(g, &s) || changed;
    }
    return changed;
}

static gboolean close_relation(Guard *g, Members *s)
{
    gboolean changed = FALSE;
    const Series *first = &g->set->series[s->columns[0]->series];
    for (guint p = 0; p < first->n_periods; p++) {
        gboolean all = TRUE;
        for (guint k = 0; k < s->n; k++) {
            s->periods[k] = guard_period(g, s->columns[k]->series, first->period_labels[p]);
            all = all && s->periods[k] >= 0;
        }
        changed = (all && close_members(g, s)) || changed;
    }
    return changed;
}

static gboolean close_relations(Guard *g, const GArray *relations)
{
    gboolean changed = FALSE;
    for (guint r = 0; r < relations->len; r++) {
        const GuardRelation *relation = &g_array_index(relations, GuardRelation, r);
        Members s = {.n = relation->n_parts + 1};
        for (guint k = 0; k < relation->n_parts; k++)
            s.columns[k] = &relation->parts[k];
        s.columns[relation->n_parts] = &relation->whole;
        changed = close_relation(g, &s) || changed;
    }
    return changed;
}

/* ---- the nation less the other areas ------------------------------------------------------------
 */

/* Both counts of the area are hidden and its value is shown: value = k·x/n and the nation's value
 * V = k·(X + x)/(N + n) give n = (k·X − V·N)/(V − value), as exactly as V is published. */
static gboolean value_gives_counts(const Guard *g, guint i, guint p, int area)
{
    const double value = guard_cell(g, i, p, area)->value;
    const double nation = g->set->series[i].national[p].value;
    Sum x = {0}, n = {0}, vn = {0};
    for (guint a = 0; a < g->set->n_areas; a++) {
        const Observation *o = guard_cell(g, i, p, (int)a);
        if ((int)a == area || !observation_in_force(g->set, &g->set->series[i], p, a) ||
            isnan(o->numerator) || isnan(o->denominator) || isnan(o->value))
            continue;
        sum_add(&x, o->numerator);
        sum_add(&n, o->denominator);
        sum_add(&vn, o->value * o->denominator);
    }
    char text[NUMBER_BUF];
    const char *point = strchr(number_shortest(nation, text), '.');
    const double half = 0.5 * pow(10, point ? -(double)strlen(point + 1) : 0);
    const double k = sum_total(&vn) / sum_total(&x);
    const double size = (k * sum_total(&x) - nation * sum_total(&n)) / (nation - value);
    const double error = half * sum_total(&n) / fabs(nation - value);
    return isfinite(error) && (error < 5 || error < 0.5 * fabs(size));
}

static gboolean nation_gives_away(const Guard *g, guint i, guint p, int area)
{
    const Observation *o = guard_cell(g, i, p, area);
    const guint counts = secret_counts(o);
    if (counts == COUNTS)
        return isfinite(o->value) && value_gives_counts(g, i, p, area);
    if (counts == HIDDEN_NUMERATOR)
        return g->study->indicators[i].measure == MEASURE_TOTAL || knows_denominator(o);
    return counts ? isfinite(o->numerator) : knows_denominator(o);
}

static gboolean close_nation(Guard *g, guint i, guint p)
{
    const Observation *nation = &g->set->series[i].national[p];
    const int area = guard_only_hidden(g, i, p);
    if (area < 0 || (isnan(nation->value) && isnan(nation->numerator)) ||
        !nation_gives_away(g, i, p, area))
        return FALSE;
    g_autofree char *text = g_strdup_printf(
        "The publisher's figure for %s is not used: less those of all other %s it would give the "
        "one figure that is suppressed (%s). What is shown instead is made of the %s with a "
        "figure.",
        g->study->areas.nation ? g->study->areas.nation : "the nation", noun(g, 2),
        g->set->areas[area].name, noun(g, 2));
    withhold_nation(g, i, p, text);
    return TRUE;
}

static gboolean close_nations(Guard *g)
{
    gboolean changed = FALSE;
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint p = 0; p < g->set->series[i].n_periods; p++)
            changed = close_nation(g, i, p) || changed;
    return changed;
}

/* ---- the whole ----------------------------------------------------------------------------------
 */

/* One note for all areas of an indicator and period. */
static void tell_withheld(const Guard *g)
{
    for (guint k = 0; k < g->reasons->len;) {
        const Reason *first = &g_array_index(g->reasons, Reason, k);
        guint n = 0;
        for (guint m = 0; m < g->reasons->len; m++) {
            const Reason *r = &g_array_index(g->reasons, Reason, m);
            if (r->indicator != first->indicator || r->period != first->period)
                continue;
            if (m < k)
                break; /* told */
            n++;
        }
        k++;
        if (n == 0)
            continue;
        g_autofree char *text =
            g_strdup_printf("figures of %u %s are withheld; the first is %s: %s", n, noun(g, n),
                            g->set->areas[first->area].code, first->because);
        tell(g, first->indicator, first->period,
             guard_cell(g, first->indicator, first->period, (int)first->area), text);
    }
}

static gboolean mark_all(Guard *g)
{
    gboolean any = FALSE;
    for (guint i = 0; i < g->set->n_indicators; i++)
        for (guint p = 0; p < g->set->series[i].n_periods; p++)
            for (int a = -1; a < (int)g->set->n_areas; a++) {
                Observation *o = guard_cell(g, i, p, a);
                mark(g, i, o);
                any = any || o->hidden;
            }
    return any;
}

/* What one rule withholds can be worked out by another way: again until nothing is. It ends,
 * because every step takes a figure away. */
void guard_disclosure(Guard *g)
{
    if (!mark_all(g))
        return;
    g_autoptr(GArray) relations = guard_relations(g);
    g_autoptr(GArray) times = guard_times(g);
    gboolean changed = TRUE;
    while (changed) {
        changed = close_cells(g);
        changed = close_relations(g, relations) || changed;
        changed = close_times(g, times) || changed;
        changed = close_nations(g) || changed;
    }
    tell_withheld(g);
}
