#include "assess_rows.h"

#include <math.h>
#include <string.h>

#include "peerline/base/error.h"
#include "peerline/base/number.h"
#include "peerline/base/text.h"

/* ---- layout -----------------------------------------------------------------------------------
 */

static gboolean fits(const AssessFormat *format, const Table *t)
{
    for (guint f = 0; f < N_FIELDS; f++)
        if (format->required[f] && table_column(t, format->columns[f]) < 0)
            return FALSE;
    return TRUE;
}

/* Which needed columns a layout lacks, in words; NULL if it has none of them. */
static char *lacking(const AssessFormat *format, const Table *t)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    guint wanted = 0;
    for (guint f = 0; f < N_FIELDS; f++) {
        wanted += format->required[f] ? 1 : 0;
        if (format->required[f] && table_column(t, format->columns[f]) < 0)
            g_ptr_array_add(missing, (gpointer)format->columns[f]);
    }
    g_autofree char *list = text_list((const char *const *)missing->pdata, missing->len, "and");
    return missing->len == wanted ? g_strdup_printf("none of the columns of %s", format->name)
                                  : g_strdup_printf("%s lacks %s", format->name, list);
}

static gboolean is_only_help(guint field)
{
    return field == FIELD_SORTABLE || field == FIELD_NOTE || field == FIELD_REGION ||
           field == FIELD_REGION_CODE;
}

gboolean assess_recognise(AssessReading *r, GError **error)
{
    const AssessFormat *const formats[] = {&ASSESS_FINGERTIPS, &ASSESS_TIDY};
    for (guint i = 0; i < G_N_ELEMENTS(formats) && !r->format; i++)
        if (fits(formats[i], r->table))
            r->format = formats[i];
    if (!r->format) {
        g_autofree char *a = lacking(formats[0], r->table), *b = lacking(formats[1], r->table);
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s:1: the header is of no layout that can be assessed: %s; %s (Indicator ID, "
                    "Area Code, Time period, Value; or indicator_id, area_code, period, numerator, "
                    "denominator)",
                    r->options->data, a, b);
        return FALSE;
    }
    for (guint f = 0; f < N_FIELDS; f++) {
        const char *name = r->format->columns[f];
        r->columns[f] = name ? table_column(r->table, name) : -1;
        if (r->columns[f] >= 0 && !is_only_help(f))
            r->needed_fields = MAX(r->needed_fields, (guint)r->columns[f] + 1);
    }
    return TRUE;
}

const char *assess_cell(const AssessReading *r, guint row, AssessField field)
{
    return r->columns[field] < 0 ? "" : table_cell(r->table, row, (guint)r->columns[field]);
}

/* ---- cells ------------------------------------------------------------------------------------
 */

/* Texts that publishers put where a number is missing. */
static gboolean is_missing(const char *text, Status *why)
{
    static const struct {
        const char *text;
        Status status;
    } markers[] = {
        {"", STATUS_NOT_REPORTED},  {"NA", STATUS_NOT_REPORTED},    {"N/A", STATUS_NOT_REPORTED},
        {"-", STATUS_NOT_REPORTED}, {":", STATUS_NOT_REPORTED},     {"..", STATUS_NOT_REPORTED},
        {"…", STATUS_NOT_REPORTED}, {"[x]", STATUS_NOT_REPORTED},   {"*", STATUS_SUPPRESSED},
        {"[c]", STATUS_SUPPRESSED}, {"[z]", STATUS_NOT_APPLICABLE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(markers); i++)
        if (g_str_equal(markers[i].text, text)) {
            *why = markers[i].status;
            return TRUE;
        }
    return FALSE;
}

static gboolean read_number(AssessReading *r, guint row, AssessField field, AssessRow *out,
                            double *number)
{
    const char *text = assess_cell(r, row, field);
    Status why;
    *number = NAN;
    if (is_missing(text, &why)) {
        if (why != STATUS_NOT_REPORTED && out->missing == STATUS_NOT_REPORTED)
            out->missing = why;
        return TRUE;
    }
    if (number_parse(text, TRUE, number) && isfinite(*number))
        return TRUE;
    *number = NAN;
    assess_reject(r, row, "bad-number", "%s is not a number: '%s' (a number, or empty)",
                  r->format->columns[field], text);
    return FALSE;
}

static gboolean read_numbers(AssessReading *r, guint row, AssessRow *out)
{
    const struct {
        AssessField field;
        double *to;
    } numbers[] = {
        {FIELD_VALUE, &out->value},         {FIELD_NUMERATOR, &out->x},
        {FIELD_DENOMINATOR, &out->n},       {FIELD_LOWER95, &out->limits[0]},
        {FIELD_UPPER95, &out->limits[1]},   {FIELD_LOWER99_8, &out->limits[2]},
        {FIELD_UPPER99_8, &out->limits[3]},
    };
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (!read_number(r, row, numbers[i].field, out, numbers[i].to))
            return FALSE;
    const char *note = assess_cell(r, row, FIELD_NOTE);
    if (isnan(out->value) && (strstr(note, "suppress") || strstr(note, "disclos")))
        out->missing = STATUS_SUPPRESSED;
    return TRUE;
}

/* ---- keys -------------------------------------------------------------------------------------
 */

/* 0 a ranked area, 1 the nation, 2 a region. */
static int level_of(const AssessReading *r, guint row)
{
    const char *code = assess_cell(r, row, FIELD_AREA_CODE);
    const char *type = assess_cell(r, row, FIELD_AREA_TYPE);
    if (g_str_has_prefix(code, "E12") || g_str_equal(type, "Region"))
        return 2;
    return g_str_has_prefix(code, "E92") || g_str_equal(type, "England") ||
           g_str_equal(type, "Country");
}

static void complete_area(AssessReading *r, guint row, AssessArea *area)
{
    const char *name = assess_cell(r, row, FIELD_AREA_NAME);
    const char *region = assess_cell(r, row, FIELD_REGION);
    if (r->columns[FIELD_REGION_CODE] >= 0 &&
        !g_str_has_prefix(assess_cell(r, row, FIELD_REGION_CODE), "E12"))
        region = "";
    if (!area->name && *name)
        area->name = observation_set_line(r->set, name);
    if (!area->region && *region)
        area->region = observation_set_line(r->set, region);
}

/* Index of the row's area; FALSE after rejecting the row. */
static gboolean find_area(AssessReading *r, guint row, int *out)
{
    const char *code = assess_cell(r, row, FIELD_AREA_CODE);
    gpointer found;
    if (!g_hash_table_lookup_extended(r->area_index, code, NULL, &found)) {
        g_autofree char *lower = g_ascii_strdown(code, -1);
        const char *other = g_hash_table_lookup(r->area_caseless, lower);
        if (other || !text_is_code(code)) {
            assess_reject(r, row, "bad-area-code",
                          other
                              ? "area code differs only by case from '%s': '%s' (one spelling)"
                              : "area code cannot name a file%.0s: '%s' (letters, digits, - and _)",
                          other ? other : "", code);
            return FALSE;
        }
        const AssessArea area = {.code = observation_set_string(r->set, code)};
        g_array_append_val(r->areas, area);
        found = GUINT_TO_POINTER(r->areas->len - 1);
        g_hash_table_insert(r->area_index, g_strdup(code), found);
        g_hash_table_insert(r->area_caseless, g_steal_pointer(&lower), g_strdup(code));
    }
    *out = (int)GPOINTER_TO_UINT(found);
    complete_area(r, row, &g_array_index(r->areas, AssessArea, *out));
    return TRUE;
}

/* The period of this name, new if there was none. */
static gpointer period_named(AssessReading *r, const char *label)
{
    char *line = observation_set_line(r->set, label);
    gpointer found;
    if (g_hash_table_lookup_extended(r->period_index, line, NULL, &found))
        return found;
    AssessPeriod p = {.label = line};
    p.parsed = period_parse(line, &p.period);
    g_array_append_val(r->periods, p);
    found = GUINT_TO_POINTER(r->periods->len - 1);
    g_hash_table_insert(r->period_index, g_strdup(line), found);
    return found;
}

static guint find_period(AssessReading *r, guint row)
{
    const char *label = assess_cell(r, row, FIELD_PERIOD);
    gpointer found;
    if (!g_hash_table_lookup_extended(r->period_index, label, NULL, &found)) {
        found = period_named(r, label);
        g_hash_table_insert(r->period_index, g_strdup(label), found);
    }
    AssessPeriod *p = &g_array_index(r->periods, AssessPeriod, GPOINTER_TO_UINT(found));
    double order;
    if (!p->has_order && number_parse(assess_cell(r, row, FIELD_SORTABLE), FALSE, &order) &&
        fabs(order) < 1e15) {
        p->has_order = TRUE;
        p->order = (gint64)order;
    }
    return GPOINTER_TO_UINT(found);
}

static AssessIndicator *find_indicator(AssessReading *r, guint row)
{
    const char *id = assess_cell(r, row, FIELD_INDICATOR_ID);
    const char *sex = assess_cell(r, row, FIELD_SEX), *age = assess_cell(r, row, FIELD_AGE);
    g_autofree char *key = g_strdup_printf("%s\n%s\n%s", id, sex, age);
    AssessIndicator *found = g_hash_table_lookup(r->indicator_index, key);
    if (!found) {
        const char *title = assess_cell(r, row, FIELD_INDICATOR);
        found = g_new0(AssessIndicator, 1);
        found->id = g_strdup(id);
        found->sex = g_strdup(sex);
        found->age = g_strdup(age);
        found->title = text_squeeze(*title ? title : id);
        found->rows = g_array_new(FALSE, FALSE, sizeof(AssessRow));
        g_ptr_array_add(r->indicators, found);
        g_hash_table_insert(r->indicator_index, g_steal_pointer(&key), found);
    }
    return found;
}

/* ---- a tidy file's own measure, per and polarity ------------------------------------------------
 */

static gboolean contradicts(AssessReading *r, guint row, AssessField field)
{
    assess_reject(r, row, "bad-value",
                  "%s is not usable or is not that of the indicator's other "
                  "rows: '%s' (the same in all rows of an indicator: %s)",
                  r->format->columns[field], assess_cell(r, row, field),
                  field == FIELD_MEASURE    ? "rate, proportion or ratio"
                  : field == FIELD_POLARITY ? "low, high or neither"
                                            : "a number above 0");
    return FALSE;
}

static gboolean own_measure(AssessReading *r, guint row, AssessIndicator *i)
{
    static const Measure accepted[] = {MEASURE_RATE, MEASURE_PROPORTION, MEASURE_RATIO};
    const char *text = assess_cell(r, row, FIELD_MEASURE);
    for (guint m = 0; m < G_N_ELEMENTS(accepted); m++) {
        if (!g_str_equal(text, measure_name(accepted[m])))
            continue;
        if (i->has_measure && i->measure != accepted[m])
            break;
        i->has_measure = TRUE;
        i->measure = accepted[m];
        return TRUE;
    }
    return !*text || contradicts(r, row, FIELD_MEASURE);
}

static gboolean own_polarity(AssessReading *r, guint row, AssessIndicator *i)
{
    const char *text = assess_cell(r, row, FIELD_POLARITY);
    for (guint p = 0; p < N_POLARITIES; p++) {
        if (!g_str_equal(text, polarity_name((Polarity)p)))
            continue;
        if (i->has_polarity && i->polarity != (Polarity)p)
            break;
        i->has_polarity = TRUE;
        i->polarity = (Polarity)p;
        return TRUE;
    }
    return !*text || contradicts(r, row, FIELD_POLARITY);
}

static gboolean own_per(AssessReading *r, guint row, AssessIndicator *i)
{
    const char *text = assess_cell(r, row, FIELD_PER);
    double per;
    if (!*text)
        return TRUE;
    if (!number_parse(text, TRUE, &per) || !(per > 0) || (i->has_per && i->per != per))
        return contradicts(r, row, FIELD_PER);
    i->has_per = TRUE;
    i->per = per;
    return TRUE;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static gboolean has_keys(AssessReading *r, guint row)
{
    static const AssessField keys[] = {FIELD_INDICATOR_ID, FIELD_AREA_CODE, FIELD_PERIOD};
    if (r->table->n_fields[row] < r->needed_fields) {
        assess_reject(r, row, "row-too-short", "fields are missing: %u found (at least %u)",
                      r->table->n_fields[row], r->needed_fields);
        return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        if (!*assess_cell(r, row, keys[i])) {
            assess_reject(r, row, "missing-key", "%s is empty (it must say what the row is about)",
                          r->format->columns[keys[i]]);
            return FALSE;
        }
    return TRUE;
}

static void gather_row(AssessReading *r, guint row)
{
    const int level = level_of(r, row);
    AssessRow out = {.row = row, .line = r->table->line[row], .missing = STATUS_NOT_REPORTED};
    AssessIndicator *indicator = find_indicator(r, row);
    if (level == 2)
        return;
    out.area = ROW_NATIONAL;
    if (level == 0 && !find_area(r, row, &out.area))
        return;
    if (level == 1 && !r->nation)
        r->nation = observation_set_string(r->set, assess_cell(r, row, FIELD_AREA_NAME));
    out.period = find_period(r, row);
    out.bad = !read_numbers(r, row, &out) || !own_measure(r, row, indicator) ||
              !own_per(r, row, indicator) || !own_polarity(r, row, indicator);
    g_array_append_val(indicator->rows, out);
    indicator->area_rows += level == 0;
}

void assess_gather(AssessReading *r)
{
    for (guint row = 0; row < r->table->n_rows; row++)
        if (!*assess_cell(r, row, FIELD_CATEGORY) && has_keys(r, row))
            gather_row(r, row);
}
