#include "study_tables.h"

/* What follows from an indicator's measure: the quantities it needs, the kinds of uncertainty that
 * make sense (METHODS, section 11), and the defaults. */

typedef enum { REFUSED, ALLOWED, NEEDED } Need;

typedef struct {
    Need numerator, denominator, value, limits;
    double per;
    guint kinds;          /* set of 1 << UncertaintyKind */
    UncertaintyKind kind; /* default */
} MeasureRule;

enum {
    COUNTS = 1 << KIND_COUNTS,
    PUBLISHED = 1 << KIND_PUBLISHED,
    CLUSTERED = 1 << KIND_CLUSTERED,
    NONE = 1 << KIND_NONE,
};

static const MeasureRule RULES[N_MEASURES] = {
    [MEASURE_RATE] = {NEEDED, NEEDED, ALLOWED, ALLOWED, 100000,
                      COUNTS | PUBLISHED | CLUSTERED | NONE, KIND_COUNTS},
    [MEASURE_PROPORTION] = {NEEDED, NEEDED, ALLOWED, ALLOWED, 100,
                            COUNTS | PUBLISHED | CLUSTERED | NONE, KIND_COUNTS},
    [MEASURE_RATIO] = {NEEDED, NEEDED, REFUSED, REFUSED, 1, CLUSTERED | NONE, KIND_NONE},
    [MEASURE_PUBLISHED] = {ALLOWED, ALLOWED, NEEDED, ALLOWED, 1, PUBLISHED | CLUSTERED | NONE,
                           KIND_NONE},
    [MEASURE_TOTAL] = {NEEDED, REFUSED, REFUSED, REFUSED, 1, NONE, KIND_NONE},
    /* limits are computed from the events of each age band, and then kept as if published */
    [MEASURE_DSR] = {NEEDED, NEEDED, REFUSED, REFUSED, 100000, PUBLISHED | CLUSTERED,
                     KIND_PUBLISHED},
    [MEASURE_ISR] = {NEEDED, NEEDED, REFUSED, REFUSED, 100, COUNTS | CLUSTERED, KIND_COUNTS},
    [MEASURE_LIFE_EXPECTANCY] = {NEEDED, NEEDED, REFUSED, REFUSED, 1, PUBLISHED, KIND_PUBLISHED},
};

static void check_need(YamlMapper *m, const YamlNode *node, const char *key, Need need)
{
    const YamlNode *quantity = yaml_get(node, key);
    const char *measure = yaml_get(node, "measure")->text;
    if (need == NEEDED && !quantity)
        yaml_fault(m, node, "missing-key", "missing key in indicator: %s (measure %s needs it)",
                   key, measure);
    if (need == REFUSED && quantity)
        yaml_fault(m, quantity, "bad-value",
                   "%s in an indicator of measure %s (it has no use there)", key, measure);
}

static const char *const LIMITS[] = {"lower95", "upper95", "lower99_8", "upper99_8"};

static void check_quantities(YamlMapper *m, const YamlNode *node, const MeasureRule *rule)
{
    static const char *const OWN_SOURCE[] = {"numerator", "denominator", "value"};
    check_need(m, node, "numerator", rule->numerator);
    check_need(m, node, "denominator", rule->denominator);
    check_need(m, node, "value", rule->value);
    for (guint i = 0; i < G_N_ELEMENTS(LIMITS); i++)
        check_need(m, node, LIMITS[i], rule->limits);
    for (guint i = 0; i < G_N_ELEMENTS(OWN_SOURCE); i++) {
        const YamlNode *quantity = yaml_get(node, OWN_SOURCE[i]);
        if (quantity && !yaml_get(quantity, "source"))
            yaml_fault(m, quantity, "missing-key", "missing key in %s: source (the id of a source)",
                       OWN_SOURCE[i]);
    }
}

/* A limit stands beside its other end, and takes from `value` the source it does not name. */
static void check_limits(YamlMapper *m, const YamlNode *node)
{
    for (guint i = 0; i < G_N_ELEMENTS(LIMITS); i++) {
        const YamlNode *limit = yaml_get(node, LIMITS[i]);
        if (!limit)
            continue;
        if (!yaml_get(node, LIMITS[i ^ 1]))
            yaml_fault(m, limit, "missing-key", "%s without %s (both limits or none)", LIMITS[i],
                       LIMITS[i ^ 1]);
        if (!yaml_get(limit, "source") && !yaml_get(node, "value"))
            yaml_fault(m, limit, "missing-key",
                       "missing key in %s: source (there is no value to take it from)", LIMITS[i]);
    }
}

/* "counts, published or none"; newly allocated. */
static char *kinds_in_words(guint kinds)
{
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < N_KINDS; k++) {
        const guint later = kinds >> (k + 1);
        if (!(kinds & 1u << k))
            continue;
        g_string_append_printf(text, "%s%s", text->len ? later ? ", " : " or " : "",
                               uncertainty_name(k));
    }
    return g_string_free(text, FALSE);
}

static void check_kind(YamlMapper *m, const YamlNode *node, const Indicator *i,
                       const MeasureRule *rule)
{
    const YamlNode *declared = yaml_get(node, "uncertainty");
    if (!declared)
        return;
    g_autofree char *accepted = kinds_in_words(rule->kinds);
    if (!(rule->kinds & 1u << i->kind))
        yaml_fault(m, declared, "bad-value", "uncertainty %s for measure %s (%s)", declared->text,
                   measure_name(i->measure), accepted);
    else if (i->kind == KIND_PUBLISHED && rule->limits != REFUSED && !yaml_get(node, "lower95"))
        yaml_fault(m, declared, "missing-key",
                   "uncertainty published without limits (lower95 and upper95)");
}

static UncertaintyKind default_kind(const YamlNode *node, const MeasureRule *rule)
{
    const gboolean published = rule->limits != REFUSED && yaml_get(node, "lower95");
    return published ? KIND_PUBLISHED : rule->kind;
}

/* A total is not compared, so no direction of it is good. */
static void check_polarity(YamlMapper *m, const YamlNode *node, const Indicator *i)
{
    const YamlNode *polarity = yaml_get(node, "polarity");
    if (i->measure == MEASURE_TOTAL) {
        if (polarity && i->polarity != POLARITY_NEITHER)
            yaml_fault(m, polarity, "bad-value", "polarity %s for measure total (neither)",
                       polarity->text);
    } else if (!polarity) {
        yaml_fault(m, node, "missing-key",
                   "missing key in indicator: polarity (low, high or neither)");
    }
}

/* Keys that only some of the measures by age have a use for. */
static const struct {
    const char *key;
    guint measures; /* set of 1 << Measure */
    const char *in_words;
} AGE_KEYS[] = {
    {"standard", 1u << MEASURE_DSR, "measure dsr"},
    {"reference", 1u << MEASURE_ISR, "measure isr"},
    {"ages", 1u << MEASURE_DSR | 1u << MEASURE_ISR, "measures dsr and isr"},
    {"age", 1u << MEASURE_LIFE_EXPECTANCY, "measure life_expectancy"},
};

static void check_age_keys(YamlMapper *m, const YamlNode *node, Indicator *i)
{
    for (guint k = 0; k < G_N_ELEMENTS(AGE_KEYS); k++) {
        const YamlNode *value = yaml_get(node, AGE_KEYS[k].key);
        if (value && !(AGE_KEYS[k].measures & 1u << i->measure))
            yaml_fault(m, value, "bad-value",
                       "%s in an indicator of measure %s (it has a use only in %s)",
                       AGE_KEYS[k].key, measure_name(i->measure), AGE_KEYS[k].in_words);
    }
    if (i->measure == MEASURE_LIFE_EXPECTANCY && i->life_age != 1 && i->life_age % 5 != 0)
        yaml_fault(m, yaml_get(node, "age"), "bad-value",
                   "bad value for age: %u (0, 1, or a multiple of 5 up to 90)", i->life_age);
    if (i->measure == MEASURE_LIFE_EXPECTANCY && i->per != 1)
        yaml_fault(m, yaml_get(node, "per"), "bad-value",
                   "per in an indicator of measure life_expectancy (it is in years)");
    if (measure_by_age(i->measure))
        i->numerator.by_age = i->denominator.by_age = TRUE;
}

/* A rate cannot be added up, and a publisher's limits would no longer be its own. */
static void check_boundaries(YamlMapper *m, const YamlNode *node, const Indicator *i)
{
    static const char *const PUBLISHED_ONES[] = {"value",     "lower95",   "upper95",
                                                 "lower99_8", "upper99_8", NULL};
    const YamlNode *at = yaml_get(node, "boundaries");
    for (guint k = 0; at && i->boundaries == BOUNDARIES_RESTATE && PUBLISHED_ONES[k]; k++)
        if (yaml_get(node, PUBLISHED_ONES[k]))
            yaml_fault(m, at, "bad-value",
                       "boundaries restate in an indicator with a published %s (break: only counts "
                       "can be added up)",
                       PUBLISHED_ONES[k]);
}

/* A percentage needs no unit: everything else does, or a reader could not know what a number is. */
static void complete_words(YamlMapper *m, const YamlNode *node, Indicator *i)
{
    gboolean percentage = i->measure == MEASURE_PROPORTION && i->per == 100;
    i->short_title = i->short_title ? i->short_title : i->title;
    if (percentage && !i->suffix)
        i->suffix = store_text(m->store, "%");
    if (percentage && !i->unit)
        i->unit = i->suffix;
    if (i->measure == MEASURE_LIFE_EXPECTANCY && !i->unit)
        i->unit = store_text(m->store, "years");
    if (!i->unit)
        yaml_fault(m, node, "missing-key",
                   "missing key in indicator: unit (text such as \"per 100,000 people\")");
}

void indicator_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    Indicator *i = record;
    const MeasureRule *rule = &RULES[i->measure];
    if (!yaml_get(node, "per"))
        i->per = rule->per;
    if (!yaml_get(node, "uncertainty"))
        i->kind = default_kind(node, rule);
    check_quantities(m, node, rule);
    check_limits(m, node);
    check_kind(m, node, i, rule);
    check_polarity(m, node, i);
    check_age_keys(m, node, i);
    check_boundaries(m, node, i);
    complete_words(m, node, i);
}
