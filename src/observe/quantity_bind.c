#include "quantity_pass.h"

guint pass_band(Pass *p, AgeBand band)
{
    for (guint i = 0; i < p->bands->len; i++)
        if (age_equal(g_array_index(p->bands, AgeBand, i), band))
            return i;
    g_array_append_val(p->bands, band);
    return p->bands->len - 1;
}

static gboolean bind_area_columns(Pass *p)
{
    static const char *const names[] = {"area", NULL};
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (guint c = 0; c < p->t->n_columns; c++) {
        char *key = NULL;
        if (pattern_capture(p->source->area_columns, p->t->columns[c], names, &key) ==
                PATTERN_YES &&
            key) {
            g_array_append_val(p->columns, c);
            g_ptr_array_add(keys, observation_set_string(p->r->set, key));
        }
        g_free(key);
    }
    p->column_area = g_new(const char *, keys->len + 1);
    for (guint i = 0; i < keys->len; i++)
        p->column_area[i] = keys->pdata[i];
    if (keys->len == 0)
        diag_add(p->r->diags, DIAG_ERROR, "unknown-column", p->source->where.file,
                 p->source->where.line, p->source->where.column,
                 "no column of %s is an area: pattern %s (its columns begin with %s)", p->t->file,
                 pattern_text(p->source->area_columns), p->t->columns[0]);
    return keys->len > 0;
}

gboolean reading_header_period(const Source *s, const char *header, Period *out)
{
    static const char *const GROUPS[] = {"start", "year", "end"};
    gboolean groups = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(GROUPS); i++)
        groups = groups || pattern_has_group(s->period_columns, GROUPS[i]);
    if (groups)
        return period_read(header, s->period.kind, s->period_columns, out);
    return reading_period(&s->period, header, out);
}

static gboolean period_column_fault(const Pass *p, const char *rule, const char *what,
                                    const char *header)
{
    diag_add(p->r->diags, DIAG_ERROR, rule, p->source->where.file, p->source->where.line,
             p->source->where.column, "%s %s: %s (period_columns %s)", what, p->t->file, header,
             pattern_text(p->source->period_columns));
    return FALSE;
}

static gboolean has_column_of(const Pass *p, Period period)
{
    for (guint i = 0; i < p->column_period->len; i++)
        if (period_equal(g_array_index(p->column_period, Period, i), period))
            return TRUE;
    return FALSE;
}

static gboolean bind_period_columns(Pass *p)
{
    p->column_period = g_array_new(FALSE, FALSE, sizeof(Period));
    for (guint c = 0; c < p->t->n_columns; c++) {
        const char *header = p->t->columns[c];
        Period period;
        if (pattern_match(p->source->period_columns, header) != PATTERN_YES)
            continue;
        if (!reading_header_period(p->source, header, &period))
            return period_column_fault(p, "unknown-period", "no period in a header of", header);
        if (!p->q->sum && has_column_of(p, period))
            return period_column_fault(p, "ambiguous-column", "a second column for one period in",
                                       header);
        g_array_append_val(p->columns, c);
        g_array_append_val(p->column_period, period);
    }
    return p->columns->len > 0 ||
           period_column_fault(p, "unknown-column", "no column is a period, the first of",
                               p->t->columns[0]);
}

static gboolean columns_clash(const Pass *p, guint n, const char *what)
{
    diag_add(p->r->diags, DIAG_ERROR, "ambiguous-column", p->q->where.file, p->q->where.line,
             p->q->where.column,
             "%u columns of %s %s: pattern %s (one column, or sum: true to add them up)", n,
             p->t->file, what, pattern_text(p->q->columns));
    return FALSE;
}

/** A column per age band: which band each is about, by the groups of `columns` or as it is. */
static gboolean bind_age_columns(Pass *p)
{
    const Pattern *groups =
        pattern_has_group(p->q->columns, "age") || pattern_has_group(p->q->columns, "from")
            ? p->q->columns
            : NULL;
    p->column_band = g_new(guint, p->columns->len + 1);
    for (guint i = 0; i < p->columns->len; i++) {
        const char *header = p->t->columns[g_array_index(p->columns, guint, i)];
        AgeBand band;
        if (!age_read(header, groups, &band)) {
            diag_add(p->r->diags, DIAG_ERROR, "unknown-age", p->q->where.file, p->q->where.line,
                     p->q->where.column,
                     "column of %s is no age band: %s (headers such as 0-4, 90+ or Age 7, groups "
                     "in columns:, or age: {column: …} where the age is in a cell)",
                     p->t->file, header);
            return FALSE;
        }
        p->column_band[i] = pass_band(p, band);
    }
    return p->q->sum || p->bands->len == p->columns->len ||
           columns_clash(p, p->columns->len, "are about fewer age bands");
}

static gboolean bind_value_columns(Pass *p)
{
    for (guint c = 0; c < p->t->n_columns; c++)
        if (pattern_match(p->q->columns, p->t->columns[c]) == PATTERN_YES)
            g_array_append_val(p->columns, c);
    if (p->columns->len == 0)
        /* the message with the nearest name is the helpful one */
        return reading_column(p->r, p->q->source, pattern_text(p->q->columns), &p->q->where) >= 0;
    if (p->q->by_age && !p->q->age.column)
        return bind_age_columns(p);
    return p->columns->len == 1 || p->q->sum || columns_clash(p, p->columns->len, "fit");
}

static gboolean bind_period(Pass *p)
{
    const PeriodRule *rule = &p->source->period;
    if (p->source->shape == SHAPE_WIDE_BY_PERIOD)
        return bind_period_columns(p);
    if (rule->has_constant) {
        p->fixed = rule->constant;
    } else if (rule->file_pattern) {
        if (!period_read(p->source->file, rule->kind, rule->file_pattern, &p->fixed)) {
            diag_add(p->r->diags, DIAG_ERROR, "unknown-period", p->source->where.file,
                     p->source->where.line, p->source->where.column,
                     "file name holds no period: %s (pattern %s)", p->source->file,
                     pattern_text(rule->file_pattern));
            return FALSE;
        }
    } else {
        p->period_column = reading_column(p->r, p->q->source, rule->column, &p->source->where);
        return p->period_column >= 0;
    }
    p->has_fixed = TRUE;
    return TRUE;
}

gboolean pass_bind(Pass *p)
{
    p->band_column = -1;
    if (!bind_period(p))
        return FALSE;
    if (p->q->by_age && p->q->age.column) {
        p->band_column = reading_column(p->r, p->q->source, p->q->age.column, &p->q->where);
        if (p->band_column < 0)
            return FALSE;
    }
    if (p->source->shape == SHAPE_WIDE_BY_AREA)
        return bind_area_columns(p);
    p->area_column = reading_column(p->r, p->q->source, p->source->area.column, &p->source->where);
    return (p->column_period || bind_value_columns(p)) && p->area_column >= 0;
}
