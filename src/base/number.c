#include "peerline/base/number.h"

#include <math.h>

/* Digits that a double always carries: integers below 10^15 and decimals of up to 15 digits. */
#define SAFE_INTEGER 1e15
#define SAFE_DIGITS  15
#define MOST_DIGITS  17

static const double power_of_ten[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* Writes value / 10^decimals without trailing zeros. */
static char *write_decimal(gboolean negative, guint64 value, int decimals, char *buf)
{
    char digits[NUMBER_BUF];
    int n = 0;
    for (; decimals > 0 && value % 10 == 0; decimals--)
        value /= 10;
    do
        digits[n++] = (char)('0' + value % 10);
    while ((value /= 10) || n <= decimals);
    char *out = buf;
    if (negative)
        *out++ = '-';
    while (n > 0) {
        *out++ = digits[--n];
        if (n == decimals && n > 0)
            *out++ = '.';
    }
    *out = '\0';
    return buf;
}

/* For numbers of any size, by trying. One digit longer than need be for a few powers of two. */
static char *shortest_by_trial(double x, char *buf)
{
    /* Subnormal numbers carry fewer than 15 digits, so the search begins at one. */
    int first = isnormal(x) ? SAFE_DIGITS : 1;
    for (int digits = first; digits <= MOST_DIGITS; digits++) {
        char format[8] = {'%', '.', (char)('0' + digits / 10), (char)('0' + digits % 10), 'g', 0};
        g_ascii_formatd(buf, NUMBER_BUF, format, x);
        if (digits == MOST_DIGITS || g_ascii_strtod(buf, NULL) == x)
            break;
    }
    return buf;
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 Wide;

/* A double is m * 2^-s, and every number within half a unit of m reads back as it (the ends too if
 * m is even). So the shortest decimal is the one with the fewest places k for which an integer
 * D / 10^k lies there. Between 10^-4 and 10^15 all of it is exact in 128 bits:
 * 2m * 10^k < 2^54 * 10^20. TRUE if there is such a D for this k. */
static gboolean decimal_within(guint64 m, int s, int k, guint64 *found)
{
    Wide scale = 1;
    for (int i = 0; i < k; i++)
        scale *= 10;
    Wide twice = 2 * (Wide)m * scale, unit = (Wide)1 << (s + 1);
    guint64 below = (guint64)(twice >> (s + 1));
    Wide under = twice & (unit - 1), over = unit - under; /* distances to D and to D + 1 */
    gboolean even = m % 2 == 0;
    /* Below a power of two the doubles lie twice as close. */
    Wide under_scaled = m == G_GUINT64_CONSTANT(1) << 52 ? 2 * under : under;
    gboolean below_in = even ? under_scaled <= scale : under_scaled < scale;
    gboolean above_in = even ? over <= scale : over < scale;
    /* Of two at the same distance the even one, as printf does. */
    gboolean below_nearer = under < over || (under == over && below % 2 == 0);
    if (below_in && (below_nearer || !above_in))
        *found = below;
    else if (above_in)
        *found = below + 1;
    return below_in || above_in;
}

static char *shortest_exactly(double x, char *buf)
{
    int exponent;
    double magnitude = fabs(x);
    guint64 m = (guint64)ldexp(frexp(magnitude, &exponent), 53);
    int s = 53 - exponent, whole = -3;
    for (double bound = 1e-3; whole < SAFE_DIGITS && magnitude >= bound; whole++)
        bound = whole < 0 ? 1 / power_of_ten[-whole - 1] : power_of_ten[whole + 1];
    for (int k = MAX(SAFE_DIGITS - whole, 0); k <= MOST_DIGITS + 1 - whole; k++) {
        guint64 d;
        if (decimal_within(m, s, k, &d))
            return write_decimal(x < 0, d, k, buf);
    }
    return shortest_by_trial(x, buf);
}
#else
#define shortest_exactly shortest_by_trial
#endif

char *number_shortest(double x, char buf[NUMBER_BUF])
{
    if (!isfinite(x)) {
        buf[0] = '\0';
        return buf;
    }
    if (fabs(x) < SAFE_INTEGER && x == trunc(x))
        return write_decimal(x < 0, (guint64)fabs(x), 0, buf);
    /* The range in which "%g" too writes a plain decimal. */
    if (fabs(x) >= 1e-4 && fabs(x) < SAFE_INTEGER)
        return shortest_exactly(x, buf);
    return shortest_by_trial(x, buf);
}

/* A number while it is read: what strtod gets to see, and the value itself while that is exact. */
typedef struct {
    char text[512];
    gsize n;
    guint64 mantissa;
    int digits, decimals;
} Scan;

static gboolean put(Scan *s, char c)
{
    if (s->n + 1 >= sizeof s->text)
        return FALSE;
    s->text[s->n++] = c;
    s->text[s->n] = '\0';
    return TRUE;
}

static gboolean put_digit(Scan *s, char c)
{
    if (s->digits < 18)
        s->mantissa = s->mantissa * 10 + (guint64)(c - '0');
    if (s->mantissa)
        s->digits++;
    return put(s, c);
}

/* The digits before the point, with commas in their places if allowed. NULL if they are wrong. */
static const char *scan_whole(Scan *s, const char *p, gboolean thousands)
{
    const char *start = p;
    int since_comma = -1; /* no comma yet */
    for (; g_ascii_isdigit(*p) || (*p == ',' && thousands); p++) {
        if (*p != ',') {
            if (!put_digit(s, *p))
                return NULL;
            since_comma += since_comma >= 0;
            continue;
        }
        /* "0,123" is a continental decimal, not a thousand. */
        gboolean first_ok = p > start && p - start <= 3 && *start != '0';
        if (since_comma < 0 ? !first_ok : since_comma != 3)
            return NULL;
        since_comma = 0;
    }
    return since_comma < 0 || since_comma == 3 ? p : NULL;
}

static const char *scan_decimals(Scan *s, const char *p)
{
    if (*p != '.')
        return p;
    if (!put(s, *p++))
        return NULL;
    for (; g_ascii_isdigit(*p); p++) {
        if (!put_digit(s, *p))
            return NULL;
        s->decimals++;
    }
    return p;
}

static const char *scan_exponent(Scan *s, const char *p)
{
    if (*p != 'e' && *p != 'E')
        return p;
    put(s, *p++);
    if (*p == '+' || *p == '-')
        put(s, *p++);
    if (!g_ascii_isdigit(*p))
        return NULL;
    for (; g_ascii_isdigit(*p); p++) {
        if (!put(s, *p))
            return NULL;
    }
    return p;
}

static double scan_value(const Scan *s, gboolean with_exponent)
{
    /* Both parts are exact doubles, so one division gives the correctly rounded value. */
    if (!with_exponent && s->digits <= SAFE_DIGITS && s->decimals <= SAFE_DIGITS)
        return (double)s->mantissa / power_of_ten[s->decimals];
    return g_ascii_strtod(s->text, NULL);
}

gboolean number_parse(const char *text, gboolean thousands, double *out)
{
    if (!text)
        return FALSE;
    Scan s;
    s.n = 0;
    s.mantissa = 0;
    s.digits = s.decimals = 0;
    const char *p = text;
    while (g_ascii_isspace(*p))
        p++;
    gboolean negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    const char *first = p;
    p = scan_whole(&s, p, thousands);
    if (!p)
        return FALSE;
    gboolean some = p > first;
    p = scan_decimals(&s, p);
    if (!p || !(some || s.decimals > 0))
        return FALSE;
    const char *exponent = p;
    p = scan_exponent(&s, p);
    if (!p)
        return FALSE;
    gboolean with_exponent = p > exponent;
    while (g_ascii_isspace(*p))
        p++;
    if (*p)
        return FALSE;
    double value = scan_value(&s, with_exponent);
    if (!isfinite(value))
        return FALSE;
    *out = negative ? -value : value;
    return TRUE;
}

void sum_add(Sum *s, double x)
{
    double t = s->sum + x;
    if (fabs(s->sum) >= fabs(x))
        s->carry += (s->sum - t) + x;
    else
        s->carry += (x - t) + s->sum;
    s->sum = t;
}

double sum_total(const Sum *s)
{
    return s->sum + s->carry;
}
