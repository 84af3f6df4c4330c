#include "strata.h"

#include <math.h>

#include "age_table.h"

static AgeBand entry_band(const GArray *entries, guint i)
{
    return g_array_index(entries, AgeEntry, i).band;
}

static void fault(const Filling *f, const Where *where, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
static void fault(const Filling *f, const Where *where, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    diag_add(f->r->diags, DIAG_ERROR, "age-band", where->file, where->line, where->column,
             "indicator %s: %s", f->d->id, text);
}

/* "0-4, 5-9, 10-14, …": enough of them to see what kind of bands they are. */
static char *bands_in_words(const GArray *entries)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < entries->len; i++) {
        if (i == 4 && entries->len > 6) {
            g_string_append(text, ", …");
            i = entries->len - 1;
        }
        g_autofree char *label = age_label(entry_band(entries, i));
        g_string_append_printf(text, "%s%s", i ? ", " : "", label);
    }
    return g_string_free(text, FALSE);
}

/* ---- the bands --------------------------------------------------------------------------------
 */

static int compare_entries(gconstpointer a, gconstpointer b)
{
    return age_compare(((const AgeEntry *)a)->band, ((const AgeEntry *)b)->band);
}

/* Events against the rates of all areas: any bands will do, so those of the events. */
static GArray *bands_of_numerator(const Filling *f)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(AgeEntry));
    for (guint i = 0; i < f->numerator->bands->len; i++) {
        const AgeEntry entry = {g_array_index(f->numerator->bands, AgeBand, i), NAN, NAN, NAN};
        g_array_append_val(entries, entry);
    }
    g_array_sort(entries, compare_entries);
    return entries;
}

static GArray *all_bands(const Filling *f)
{
    const Indicator *d = f->d;
    if (d->measure == MEASURE_LIFE_EXPECTANCY)
        return age_table_life();
    if (d->measure == MEASURE_DSR)
        return d->standard.declared ? age_table_read(f->r, &d->standard) : age_table_esp2013();
    return d->reference.declared ? age_table_read(f->r, &d->reference) : bands_of_numerator(f);
}

/* Leaves the bands within the indicator's ages; FALSE where one is cut. */
static gboolean keep_ages(const Filling *f, GArray *entries)
{
    for (guint i = entries->len; f->d->has_ages && i-- > 0;) {
        const AgeBand band = entry_band(entries, i);
        if (age_within(band, f->d->ages))
            continue;
        if (age_overlap(band, f->d->ages)) {
            g_autofree char *ages = age_label(f->d->ages), *cut = age_label(band);
            fault(f, &f->d->where, "ages cut through an age band: %s through %s (whole bands)",
                  ages, cut);
            return FALSE;
        }
        g_array_remove_index(entries, i);
    }
    if (entries->len > 0)
        return TRUE;
    fault(f, &f->d->where, "no age band lies within its ages");
    return FALSE;
}

/* ---- how the bands of a source go into them -----------------------------------------------------
 */

typedef struct {
    const Filling *f;
    const Quantity *q;
    const QuantityCells *cells;
    const GArray *entries;
    const char *what;
} Fit;

static gboolean place_band(const Fit *fit, AgeBand band, guint *stratum)
{
    *stratum = STRATA_OUTSIDE;
    for (guint i = 0; i < fit->entries->len; i++) {
        if (age_within(band, entry_band(fit->entries, i))) {
            *stratum = i;
            return TRUE;
        }
        if (age_overlap(band, entry_band(fit->entries, i))) {
            g_autofree char *label = age_label(band), *words = bands_in_words(fit->entries);
            fault(
                fit->f, &fit->q->where,
                "age band %s of the %s does not fit: the bands are %s (each band of a source lies "
                "within one of them)",
                label, fit->what, words);
            return FALSE;
        }
    }
    return TRUE;
}

static int compare_bands(gconstpointer a, gconstpointer b)
{
    return age_compare(*(const AgeBand *)a, *(const AgeBand *)b);
}

/* The bands of the source that go into one stratum, ascending, must follow each other. */
static gboolean tiles(const Fit *fit, AgeBand whole, const GArray *parts)
{
    guint next = whole.from;
    for (guint i = 0; i < parts->len; i++) {
        const AgeBand part = g_array_index(parts, AgeBand, i);
        if (part.from < next) {
            g_autofree char *label = age_label(part);
            fault(fit->f, &fit->q->where,
                  "age band %s of the %s overlaps another one (rows: or columns: that choose one "
                  "set of bands)",
                  label, fit->what);
            return FALSE;
        }
        if (part.from > next)
            break;
        next = part.to + 1;
    }
    if (next > whole.to || fit->q->age.absent_is_zero)
        return TRUE;
    g_autofree char *label = age_label((AgeBand){next, whole.to});
    fault(fit->f, &fit->q->where,
          "no age band of the %s covers ages %s (all ages; or age: {absent: zero} where no row "
          "means no event)",
          fit->what, label);
    return FALSE;
}

static gboolean all_tiled(const Fit *fit, const guint *of)
{
    for (guint k = 0; k < fit->entries->len; k++) {
        g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(AgeBand));
        for (guint i = 0; i < fit->cells->bands->len; i++)
            if (of[i] == k)
                g_array_append_val(parts, g_array_index(fit->cells->bands, AgeBand, i));
        g_array_sort(parts, compare_bands);
        if (!tiles(fit, entry_band(fit->entries, k), parts))
            return FALSE;
    }
    return TRUE;
}

static gboolean fit_bands(const Fit *fit, guint **of)
{
    const guint n = fit->cells->bands->len;
    *of = g_new(guint, n + 1);
    for (guint i = 0; i < n; i++)
        if (!place_band(fit, g_array_index(fit->cells->bands, AgeBand, i), &(*of)[i]))
            return FALSE;
    return all_tiled(fit, *of);
}

/* Bands taken from the events themselves leave a gap unseen: it is looked for here. */
static gboolean without_gaps(const Filling *f, const GArray *entries)
{
    for (guint i = 1; i < entries->len && !f->d->numerator.age.absent_is_zero; i++) {
        const guint next = entry_band(entries, i - 1).to + 1;
        if (entry_band(entries, i).from <= next)
            continue;
        g_autofree char *label = age_label((AgeBand){next, entry_band(entries, i).from - 1});
        fault(f, &f->d->numerator.where, "no age band of the numerator covers ages %s", label);
        return FALSE;
    }
    return TRUE;
}

Strata *strata_new(Filling *f)
{
    Strata *s = g_new0(Strata, 1);
    s->entries = all_bands(f);
    const Fit numerator = {f, &f->d->numerator, f->numerator, s->entries, "numerator"};
    const Fit denominator = {f, &f->d->denominator, f->denominator, s->entries, "denominator"};
    if (s->entries && keep_ages(f, s->entries) && fit_bands(&numerator, &s->of_numerator) &&
        without_gaps(f, s->entries) && fit_bands(&denominator, &s->of_denominator))
        return s;
    strata_free(s);
    return NULL;
}

void strata_free(Strata *s)
{
    if (!s)
        return;
    if (s->entries)
        g_array_unref(s->entries);
    g_free(s->of_numerator);
    g_free(s->of_denominator);
    g_free(s);
}

/* ---- numbers ----------------------------------------------------------------------------------
 */

/* A row with a column per age says something about every band, but is one row. */
static void count_rows(StrataNumbers *n, const Quantity *q, const QuantityCell *cell)
{
    n->rows = q->age.column ? n->rows + cell->rows : MAX(n->rows, cell->rows);
    if (!n->first || cell->first_line < n->first->first_line)
        n->first = cell;
}

static void note_missing(StrataNumbers *n, AgeBand band, const QuantityCell *cell, Status status)
{
    if (n->status != STATUS_OK)
        return;
    g_autofree char *label = age_label(band);
    n->status = status;
    n->because = cell && cell->no_index  ? g_strdup("there is no price index for the period")
                 : cell && cell->because ? g_strdup(cell->because)
                                         : g_strdup_printf("no figure for ages %s (%s)", label,
                                                           cell ? status_words(status) : "no row");
}

StrataNumbers strata_numbers(const Filling *f, gboolean denominator, Period period, int area,
                             double *out)
{
    const Strata *s = f->strata;
    const Quantity *q = denominator ? &f->d->denominator : &f->d->numerator;
    const QuantityCells *cells = denominator ? f->denominator : f->numerator;
    const guint *of = denominator ? s->of_denominator : s->of_numerator;
    StrataNumbers n = {.status = STATUS_OK};
    g_autofree Sum *sums = g_new0(Sum, s->entries->len + 1);
    const gboolean any = quantity_has(cells, period, area);
    for (guint i = 0; any && i < cells->bands->len; i++) {
        const QuantityCell *cell = quantity_find_band(cells, period, area, i);
        Status status = STATUS_OK;
        if (of[i] == STRATA_OUTSIDE || (!cell && q->age.absent_is_zero))
            continue;
        const double number = quantity_number(cell, &status);
        if (cell)
            count_rows(&n, q, cell);
        if (cell && cell->basis != STATUS_OK && n.basis.status != STATUS_ESTIMATED)
            n.basis = (Basis){cell->basis, cell->because};
        if (status == STATUS_OK)
            sum_add(&sums[of[i]], number);
        else
            note_missing(&n, g_array_index(cells->bands, AgeBand, i), cell, status);
    }
    if (!any)
        n.status = STATUS_NOT_REPORTED;
    for (guint k = 0; k < s->entries->len; k++)
        out[k] = n.status == STATUS_OK ? sum_total(&sums[k]) : NAN;
    return n;
}
