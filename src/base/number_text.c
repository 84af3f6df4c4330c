#include "peerline/base/number.h"

#include <math.h>
#include <stdlib.h>

#define MISSING      "\u2013"
#define MINUS        "\u2212"
#define MAX_DECIMALS 15

/* A double as its shortest decimal: 0.d1d2d3... * 10^point. People check a printed figure against
 * the published decimal, so that is what is rounded, not the binary value behind it. */
typedef struct {
    int digit[NUMBER_BUF];
    int n, point;
} Decimal;

static Decimal decimal_of(double x)
{
    Decimal d = {.n = 0, .point = 0};
    char buf[NUMBER_BUF];
    number_shortest(fabs(x), buf);
    gboolean after = FALSE;
    for (const char *p = buf; *p; p++) {
        if (*p == '.') {
            after = TRUE;
        } else if (*p == 'e') {
            d.point += atoi(p + 1);
            break;
        } else {
            gboolean leading = d.n == 0 && *p == '0';
            if (!leading)
                d.digit[d.n++] = *p - '0';
            if (after ? leading : !leading)
                d.point += after ? -1 : 1;
        }
    }
    return d;
}

/* Keeps the first `keep` digits, half away from zero. */
static void decimal_round(Decimal *d, int keep)
{
    if (keep >= d->n)
        return;
    gboolean up = keep >= 0 && d->digit[keep] >= 5;
    d->n = MAX(keep, 0);
    if (!up)
        return;
    while (d->n > 0 && d->digit[d->n - 1] == 9)
        d->n--;
    if (d->n > 0) {
        d->digit[d->n - 1]++;
    } else { /* 9.99 became 10 */
        d->digit[d->n++] = 1;
        d->point++;
    }
}

static int decimal_digit(const Decimal *d, int i)
{
    return i >= 0 && i < d->n ? d->digit[i] : 0;
}

static char *decimal_text(const Decimal *d, gboolean negative, int decimals)
{
    GString *out = g_string_new(negative && d->n > 0 ? MINUS : "");
    int whole = MAX(d->point, 0);
    if (whole == 0 || d->n == 0)
        g_string_append_c(out, '0');
    else
        for (int i = 0; i < whole; i++) {
            if (i > 0 && (whole - i) % 3 == 0)
                g_string_append_c(out, ',');
            g_string_append_c(out, (char)('0' + decimal_digit(d, i)));
        }
    if (decimals > 0)
        g_string_append_c(out, '.');
    for (int i = 0; i < decimals; i++)
        g_string_append_c(out, (char)('0' + decimal_digit(d, d->point + i)));
    return g_string_free(out, FALSE);
}

char *number_text(double x, int decimals)
{
    if (!isfinite(x))
        return g_strdup(MISSING);
    decimals = CLAMP(decimals, 0, MAX_DECIMALS);
    Decimal d = decimal_of(x);
    decimal_round(&d, d.point + decimals);
    return decimal_text(&d, x < 0, decimals);
}

char *number_text_significant(double x, int figures)
{
    if (!isfinite(x))
        return g_strdup(MISSING);
    figures = CLAMP(figures, 1, MAX_DECIMALS);
    Decimal d = decimal_of(x);
    decimal_round(&d, figures);
    /* After rounding, because 9.996 with 3 figures is 10.0. Nothing is known of zero's size. */
    int decimals = d.n == 0 ? 0 : CLAMP(figures - d.point, 0, MAX_DECIMALS);
    return decimal_text(&d, x < 0, decimals);
}

/* Decimals that ticks this far apart need, at most 6. */
static int decimals_of_step(double step)
{
    Decimal d = decimal_of(step);
    decimal_round(&d, 6); /* a step of 0.1 may arrive as 0.30000000000000004 - 0.2 */
    while (d.n > 0 && d.digit[d.n - 1] == 0)
        d.n--;
    return CLAMP(d.n - d.point, 0, 6);
}

char *number_text_axis(double x, double step)
{
    static const struct {
        double unit;
        const char *word;
    } words[] = {{1e9, " billion"}, {1e6, " million"}};
    if (!isfinite(x))
        return g_strdup(MISSING);
    step = isfinite(step) && step != 0 ? fabs(step) : 1;
    /* Ticks are computed: one that is zero but for rounding error is zero. */
    if (fabs(x) < step * 1e-9)
        x = 0;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        int decimals = decimals_of_step(step / words[i].unit);
        /* "1.002 million" says less than "1,002,000". */
        if (fabs(x) >= words[i].unit && decimals <= 2) {
            g_autofree char *figure = number_text(x / words[i].unit, decimals);
            return g_strconcat(figure, words[i].word, NULL);
        }
    }
    return number_text(x, decimals_of_step(step));
}
