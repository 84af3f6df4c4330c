#include "quantity_pass.h"

gboolean reading_period(const PeriodRule *rule, const char *text, Period *out)
{
    return rule->has_kind || rule->pattern ? period_read(text, rule->kind, rule->pattern, out)
                                           : period_parse(text, out);
}

const Period *pass_row_period(Pass *p, guint row)
{
    if (p->has_fixed)
        return &p->fixed;
    const char *text = table_cell(p->t, row, (guint)p->period_column);
    gpointer known;
    if (g_hash_table_lookup_extended(p->periods, text, NULL, &known))
        return known;
    Period period;
    const gboolean good = reading_period(&p->source->period, text, &period);
    Period *kept = good ? g_memdup2(&period, sizeof period) : NULL;
    g_hash_table_insert(p->periods, (gpointer)text, kept);
    return kept;
}

static gboolean within_span(const Span *s, Period period)
{
    return (!s->has_from || period.start >= s->from.start) &&
           (!s->has_to || period.start + period.months <= s->to.start + s->to.months);
}

gboolean pass_target_period(const Pass *p, Period found, Period *target, guint64 *part)
{
    guint first = 0;
    *target = found;
    if (p->q->gather && !period_containing(found, p->q->gather_into, target, &first))
        return FALSE;
    const guint months = (guint)found.months;
    *part = (months >= 64 ? ~G_GUINT64_CONSTANT(0) : (G_GUINT64_CONSTANT(1) << months) - 1)
            << first;
    return within_span(p->span, *target);
}

gboolean pass_row_band(Pass *p, guint row, guint *band)
{
    *band = 0;
    if (p->band_column < 0)
        return TRUE;
    const char *text = table_cell(p->t, row, (guint)p->band_column);
    gpointer known;
    if (!g_hash_table_lookup_extended(p->ages, text, NULL, &known)) {
        AgeBand found;
        known = age_read(text, p->q->age.pattern, &found)
                    ? GUINT_TO_POINTER(pass_band(p, found) + 1)
                    : NULL;
        g_hash_table_insert(p->ages, (gpointer)text, known);
    }
    if (known) {
        *band = GPOINTER_TO_UINT(known) - 1;
        return TRUE;
    }
    g_autofree char *message = g_strdup_printf(
        "age cannot be read: '%s' (an age band such as 0-4 or 90+; rows: leaves out totals, age: "
        "{pattern: …} reads other spellings)",
        text);
    reading_reject(p->r, p->q->source, row, "unknown-age", text, message);
    return FALSE;
}
