#include "plain.h"

#include "peerline/base/number.h"

#include <math.h>
#include <string.h>

#define FIGURES    2 /* more than two are not plain */
#define MILLION    1e6
#define BILLION    1e9
#define HALF_ROUND 0.995 /* of a million: what is printed as one */
#define SHARE_NEAR 1.0   /* percentage points */
#define SAME       0.02  /* of the median */
#define TIMES_FROM 2.0

/* ---- fractions ---- */

typedef struct {
    guint part, of;
} Fraction;

static const Fraction FRACTIONS[] = {{1, 2}, {1, 3}, {2, 3},  {1, 4},  {3, 4},  {1, 5},  {2, 5},
                                     {3, 5}, {4, 5}, {1, 10}, {9, 10}, {1, 6},  {5, 6},  {1, 8},
                                     {7, 8}, {1, 7}, {6, 7},  {3, 10}, {7, 10}, {1, 20}, {19, 20}};

static gboolean is_percentage(const Indicator *i)
{
    return g_strcmp0(i->suffix, "%") == 0;
}

const char *plain_share(Pen *pen, const Indicator *i, double value)
{
    if (!is_percentage(i) || !isfinite(value))
        return "";
    for (guint k = 0; k < G_N_ELEMENTS(FRACTIONS); k++) {
        const Fraction *f = &FRACTIONS[k];
        if (fabs(value - 100.0 * f->part / f->of) <= SHARE_NEAR)
            return f->of == 2 ? pen_say(pen, WORD_PLAIN_HALF)
                              : pen_say(pen, WORD_PLAIN_SHARE, "part", phrase_count(pen, f->part),
                                        "of", phrase_count(pen, f->of));
    }
    return "";
}

const char *plain_share_behind(Pen *pen, const Indicator *i, double value)
{
    const char *share = plain_share(pen, i, value);
    return *share ? pen_say(pen, WORD_DEPTH_SHARE, "+share", share) : "";
}

const char *plain_share_beside(Pen *pen, const Indicator *i, double value)
{
    const char *share = plain_share(pen, i, value);
    return *share ? pen_say(pen, WORD_PLAIN_SHARE_BESIDE, "+share", share) : "";
}

/* ---- differences ---- */

/* "£ per person", "per 1,000": nothing is nothing, so that a ratio means something. */
static gboolean has_true_zero(const Study *study, const Indicator *i)
{
    g_autofree char *per = g_strdup_printf("%s ", words_label(study, WORD_UNIT_PER));
    return i->measure != MEASURE_PUBLISHED || (i->prefix && strstr(i->prefix, "£")) ||
           (i->unit && strstr(i->unit, per));
}

static const char *gap_in_unit(Pen *pen, const Indicator *i, double value, double median)
{
    const char *by = phrase_value(pen, i, fabs(value - median));
    return pen_say(pen, value > median ? WORD_PLAIN_UNIT_HIGHER : WORD_PLAIN_UNIT_LOWER, "by", by);
}

static const char *gap_in_points(Pen *pen, const Indicator *i, double value, double median)
{
    const char *by = pen_number(pen, number_text(fabs(value - median), MAX(i->decimals, 0)));
    return pen_say(pen, value > median ? WORD_PLAIN_POINTS_HIGHER : WORD_PLAIN_POINTS_LOWER, "by",
                   by);
}

static const char *gap_in_percent(Pen *pen, double ratio)
{
    if (ratio >= TIMES_FROM)
        return pen_say(pen, WORD_PLAIN_TIMES, "n", pen_number(pen, number_text(ratio, 1)));
    const char *by = pen_number(pen, number_text(fabs(ratio - 1) * 100, 0));
    return pen_say(pen, ratio > 1 ? WORD_PLAIN_PERCENT_HIGHER : WORD_PLAIN_PERCENT_LOWER, "by", by);
}

const char *plain_gap(Pen *pen, const Indicator *i, double value, double median)
{
    if (!isfinite(value) || !isfinite(median))
        return "";
    /* what looks the same as printed is the same */
    if (g_str_equal(phrase_value(pen, i, value), phrase_value(pen, i, median)))
        return pen_say(pen, WORD_PLAIN_SAME);
    if (is_percentage(i))
        return gap_in_points(pen, i, value, median);
    if (!has_true_zero(pen->c->study, i) || !(median > 0) || value < 0)
        return gap_in_unit(pen, i, value, median);
    return fabs(value / median - 1) < SAME ? pen_say(pen, WORD_PLAIN_SAME)
                                           : gap_in_percent(pen, value / median);
}

/* ---- amounts ---- */

static const char *money(Pen *pen, const char *number)
{
    return pen_keep(pen, words_plain(pen->c->study, WORD_PLAIN_MONEY, "n", number, NULL));
}

const char *plain_amount(Pen *pen, gboolean pounds, double amount)
{
    if (!(amount >= HALF_ROUND * MILLION)) {
        const char *number = pen_number(pen, number_text_significant(amount, FIGURES));
        return pounds ? money(pen, number) : number;
    }
    const gboolean billions = amount >= HALF_ROUND * BILLION;
    const double parts = amount / (billions ? BILLION : MILLION);
    const char *number = pen_number(pen, parts < 9.95 ? number_text(parts, 1)
                                                      : number_text_significant(parts, FIGURES));
    return pen_say(pen, billions ? WORD_PLAIN_BILLION : WORD_PLAIN_MILLION, "amount",
                   pounds ? money(pen, number) : number);
}

const char *plain_total_behind(Pen *pen, const Indicator *i, double value)
{
    g_autofree char *suffix = g_strstrip(g_strdup(i->suffix ? i->suffix : ""));
    const gboolean millions =
        *suffix && g_str_equal(suffix, words_label(pen->c->study, WORD_UNIT_MILLION));
    const double amount = millions ? value * MILLION : value;
    if (g_strcmp0(i->prefix, "£") != 0 || (*suffix && !millions) || !(amount >= MILLION))
        return "";
    return pen_say(pen, WORD_PLAIN_TOTAL, "+amount", plain_amount(pen, TRUE, amount));
}
