#ifndef PEERLINE_BASE_NUMBER_H
#define PEERLINE_BASE_NUMBER_H

#include <glib.h>

/** Numbers as text, always in the C locale. A missing number is NAN inside the program and an
 *  empty field outside it; an infinity is never written. */

#define NUMBER_BUF 40

/** Shortest decimal that reads back as the same double; "" for NAN or an infinity; "0" for -0.
 *  A plain decimal from 0.0001 to below 10^15 and for every whole number there, else with an
 *  exponent ("1e+15", "2.5e-07"). `buf` holds NUMBER_BUF bytes. Returns buf. */
char *number_shortest(double x, char buf[NUMBER_BUF]);

/** Strict reading of a whole field: optional sign, digits, point, exponent; blanks around it are
 *  allowed; commas are allowed only as thousands separators in their right places and only if
 *  `thousands`. FALSE for anything else ("1.2.3", "0x10", "nan", "inf", ""). */
gboolean number_parse(const char *text, gboolean thousands, double *out);

/** For people: `decimals` places, comma between thousands, a real minus sign (U+2212), and "–"
 *  (en dash) for a missing number. Rounds half away from zero on the decimal expansion. Newly
 *  allocated. */
char *number_text(double x, int decimals);
/** For people, with this many significant figures: "1,690,000" for 1685926.67 with 3. */
char *number_text_significant(double x, int figures);
/** Short form for axes: "1.5 m", "20 k" are not used: "1.5 million", "20,000". `step` is the
 *  distance between ticks; it decides the decimals, the same for every tick of an axis. */
char *number_text_axis(double x, double step);

/** Neumaier compensated sum. */
typedef struct {
    double sum, carry;
} Sum;
void sum_add(Sum *s, double x);
double sum_total(const Sum *s);

#endif
