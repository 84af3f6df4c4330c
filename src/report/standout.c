#include "standout.h"

#include "peerline/stats/limits.h"
#include "peerline/stats/scale.h"

#include <math.h>

static Evidence evidence_of(const Verdict *v, double value)
{
    gboolean beyond = value > v->peer_upper_quartile || value < v->peer_lower_quartile;
    if (v->peer_direction == DIRECTION_LOWER || v->peer_direction == DIRECTION_HIGHER)
        return v->peer_q < STANDOUT_LEVEL ? EVIDENCE_STRONG : EVIDENCE_POSSIBLE;
    return beyond ? EVIDENCE_MOST : EVIDENCE_NONE;
}

static gboolean is_higher(const Verdict *v, double value)
{
    if (v->peer_direction == DIRECTION_LOWER || v->peer_direction == DIRECTION_HIGHER)
        return v->peer_direction == DIRECTION_HIGHER;
    return value > v->peer_upper_quartile;
}

static int compare_findings(gconstpointer a, gconstpointer b)
{
    const Finding *x = a, *y = b;
    if (x->evidence != y->evidence)
        return x->evidence > y->evidence ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->indicator < y->indicator ? -1 : x->indicator > y->indicator;
}

GArray *standout_findings(const ReportContext *c, guint area, guint *compared)
{
    GArray *findings = g_array_new(FALSE, TRUE, sizeof(Finding));
    *compared = 0;
    for (guint i = 0; i < c->study->n_indicators; i++) {
        int p = latest_of(c, i);
        if (p < 0 || !is_compared(indicator_of(c, i)))
            continue;
        const Verdict *v = verdict_of(c, i, (guint)p, area);
        double value = observed(c, i, (guint)p, area)->value;
        if (!v->ranked || !isfinite(value))
            continue;
        *compared += v->peer_direction != DIRECTION_UNKNOWN;
        Evidence evidence = evidence_of(v, value);
        if (evidence == EVIDENCE_NONE)
            continue;
        gboolean higher = is_higher(v, value);
        Finding f = {.indicator = i,
                     .period = (guint)p,
                     .higher = higher,
                     .good = report_good_sign(indicator_of(c, i)) * (higher ? 1 : -1),
                     .evidence = evidence,
                     .weight = isfinite(v->peer_z) ? fabs(v->peer_z) : 0};
        g_array_append_val(findings, f);
    }
    g_array_sort(findings, compare_findings);
    return findings;
}

/* [evidence][figures without a known error][higher] */
static const Word CONFIDENCE[][2][2] = {
    [EVIDENCE_NONE] = {{WORD_PEERS_SIMILAR, WORD_PEERS_SIMILAR},
                       {WORD_PEERS_SIMILAR, WORD_PEERS_SIMILAR}},
    [EVIDENCE_MOST] = {{WORD_PEERS_MOST_LOWER, WORD_PEERS_MOST_HIGHER},
                       {WORD_PEERS_MOST_LOWER_UNKNOWN, WORD_PEERS_MOST_HIGHER_UNKNOWN}},
    [EVIDENCE_POSSIBLE] = {{WORD_PEERS_POSSIBLY_LOWER, WORD_PEERS_POSSIBLY_HIGHER},
                           {WORD_PEERS_UNUSUALLY_LOW, WORD_PEERS_UNUSUALLY_HIGH}},
    [EVIDENCE_STRONG] = {{WORD_PEERS_LOWER, WORD_PEERS_HIGHER},
                         {WORD_PEERS_VERY_UNUSUALLY_LOW, WORD_PEERS_VERY_UNUSUALLY_HIGH}},
};

const char *standout_words(Pen *pen, const Finding *f)
{
    gboolean unknown = report_without_error(pen->c, f->indicator);
    return pen_say(pen, CONFIDENCE[f->evidence][unknown][f->higher]);
}

/* ---- change ---- */

/* |z| of the difference, from both margins of error; NAN without them. */
static double change_z(const Verdict *before, const Verdict *after, double difference)
{
    double s =
        hypot(scale_se(before->lower95, before->upper95), scale_se(after->lower95, after->upper95));
    return fabs(difference) / s;
}

/* Tested changes go before untested ones, then the larger. */
typedef struct {
    gboolean tested;
    double size;
} Rating;

static gboolean rates_higher(Rating a, Rating b)
{
    return a.tested != b.tested ? a.tested : a.size > b.size;
}

static gboolean last_change(const ReportContext *c, guint i, guint area, Change *out)
{
    int to = latest_of(c, i);
    if (to < 1 || !is_compared(indicator_of(c, i)))
        return FALSE;
    guint from = (guint)to - 1;
    double after = observed(c, i, (guint)to, area)->value;
    double before = observed(c, i, from, area)->value;
    *out = (Change){i, from, (guint)to, before, after, FALSE};
    gboolean comparable =
        verdict_of(c, i, from, area)->ranked && verdict_of(c, i, (guint)to, area)->ranked;
    return comparable && isfinite(before) && isfinite(after) && before != 0 && before != after;
}

gboolean standout_change(const ReportContext *c, guint area, Change *out)
{
    gboolean found = FALSE;
    Rating highest = {FALSE, -1};
    for (guint i = 0; i < c->study->n_indicators; i++) {
        Change change;
        if (!last_change(c, i, area, &change))
            continue;
        double z = change_z(verdict_of(c, i, change.from, area), verdict_of(c, i, change.to, area),
                            change.after - change.before);
        change.tested = z > LIMITS_Z95;
        Rating rating = {change.tested, fabs(change.after / change.before - 1)};
        if (rates_higher(rating, highest)) {
            highest = rating;
            *out = change;
            found = TRUE;
        }
    }
    return found;
}
