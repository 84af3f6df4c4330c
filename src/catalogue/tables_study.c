#include "study_tables.h"
#include "tables_brand.h"

#include <math.h>

/* What is measured and compared: peers, quantities, indicators, pairs, practice. */

static const YamlRange ABOVE_ZERO = {0, 1e15, TRUE, "a number above 0"};
static const YamlRange NOT_NEGATIVE = {0, 1e15, FALSE, "a number from 0"};
static const YamlRange ANY_NUMBER = {-1e15, 1e15, FALSE, "a number"};
static const YamlRange PLACES = {0, 6, FALSE, "a whole number from 0 to 6"};
static const YamlRange NEIGHBOURS = {1, 1000, FALSE, "a whole number from 1"};

/* ---- quantities --------------------------------------------------------------------------------
 */

static const YamlChoice GATHER_INTO[] = {
    {"calendar_year", PERIOD_CALENDAR_YEAR},
    {"financial_year", PERIOD_FINANCIAL_YEAR},
    {"quarter", PERIOD_QUARTER},
    {NULL, 0},
};

static const YamlField DEFLATOR_FIELDS[] = {
    {"source", REFERENCE(Deflator, source, SPACE_SOURCE), REQUIRED},
    {"index", COLUMN(Deflator, index)},
    {"to", PERIOD(Deflator, to), REQUIRED},
    END_OF_FIELDS,
};

static const YamlRecord DEFLATOR_RECORD = {
    .name = "deflate", .fields = DEFLATOR_FIELDS, WHERE(Deflator)};

static const YamlChoice ABSENT[] = {
    {"zero", TRUE},
    {"not_reported", FALSE},
    {NULL, 0},
};

static const YamlField AGE_RULE_FIELDS[] = {
    {"column", COLUMN(AgeRule, column), REQUIRED},
    {"pattern", .type = &STUDY_AGE_PATTERN, MEMBER(AgeRule, pattern)},
    {"absent", CHOICE(AgeRule, absent_is_zero, ABSENT)},
    END_OF_FIELDS,
};

static const YamlRecord AGE_RULE_RECORD = {
    .name = "age", .fields = AGE_RULE_FIELDS, .size = sizeof(AgeRule)};

/* What a further source says for itself; the rest is the quantity's. */
static const YamlField FURTHER_FIELDS[] = {
    {"source", REFERENCE(Quantity, source, SPACE_SOURCE), REQUIRED},
    {"rows", FILTERS(Quantity, rows)},
    {"columns", PATTERN(Quantity, columns)},
    {"scale", NUMBER(Quantity, scale, ANY_NUMBER)},
    END_OF_FIELDS,
};

static void quantity_init(gpointer record);
static void quantity_finish(YamlMapper *m, const YamlNode *node, gpointer record);

static const YamlRecord FURTHER_RECORD = {.name = "further source",
                                          .fields = FURTHER_FIELDS,
                                          WHERE(Quantity),
                                          .init = quantity_init,
                                          .finish = quantity_finish};

static const YamlField QUANTITY_FIELDS[] = {
    {"source", REFERENCE(Quantity, source, SPACE_SOURCE)},
    {"rows", FILTERS(Quantity, rows)},
    {"columns", PATTERN(Quantity, columns)},
    {"sum", BOOLEAN(Quantity, sum)},
    {"gather", CHOICE(Quantity, gather_into, GATHER_INTO), GIVEN(Quantity, gather)},
    {"scale", NUMBER(Quantity, scale, ANY_NUMBER)},
    {"age", RECORD(Quantity, age, AGE_RULE_RECORD), GIVEN(Quantity, by_age)},
    {"deflate", RECORD(Quantity, deflate, DEFLATOR_RECORD), GIVEN(Quantity, deflates)},
    {"further", RECORDS(Quantity, further, n_further, FURTHER_RECORD)},
    END_OF_FIELDS,
};

Quantity quantity_absent(void)
{
    return (Quantity){.source = -1, .scale = 1};
}

static void quantity_init(gpointer record)
{
    *(Quantity *)record = quantity_absent();
    ((Quantity *)record)->scale = NAN; /* until it is known whether it is inherited */
}

static void quantity_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    if (((Quantity *)record)->scale == 0)
        yaml_fault(m, yaml_get(node, "scale"), "bad-value",
                   "bad value for scale: 0 (any other "
                   "number)");
}

const YamlRecord QUANTITY_RECORD = {.name = "quantity",
                                    .fields = QUANTITY_FIELDS,
                                    WHERE(Quantity),
                                    .init = quantity_init,
                                    .finish = quantity_finish};

/* ---- peer groups -------------------------------------------------------------------------------
 */

static const YamlField VARIABLE_FIELDS[] = {
    {"id", STRING(PeerVariable, id), REQUIRED},
    {"title", STRING(PeerVariable, title)},
    {"numerator", RECORD(PeerVariable, numerator, QUANTITY_RECORD)},
    {"denominator", RECORD(PeerVariable, denominator, QUANTITY_RECORD)},
    {"value", RECORD(PeerVariable, numerator, QUANTITY_RECORD)},
    {"weight", NUMBER(PeerVariable, weight, ABOVE_ZERO)},
    {"period", PERIOD(PeerVariable, period), GIVEN(PeerVariable, has_period)},
    END_OF_FIELDS,
};

static void variable_init(gpointer record)
{
    PeerVariable *v = record;
    v->numerator = v->denominator = quantity_absent();
    v->weight = 1;
}

static void variable_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    PeerVariable *v = record;
    const YamlNode *value = yaml_get(node, "value"), *numerator = yaml_get(node, "numerator");
    const YamlNode *denominator = yaml_get(node, "denominator");
    v->title = v->title ? v->title : v->id;
    if (!value == !numerator)
        yaml_fault(m, node, numerator ? "bad-value" : "missing-key",
                   "a variable with %s: %s (value, or numerator and denominator)",
                   numerator ? "both value and numerator" : "neither value nor numerator", v->id);
    else if (value && denominator)
        yaml_fault(m, denominator, "bad-value",
                   "a denominator beside a value: %s (numerator and denominator)", v->id);
}

static const YamlRecord VARIABLE_RECORD = {.name = "variable",
                                           .fields = VARIABLE_FIELDS,
                                           WHERE(PeerVariable),
                                           .init = variable_init,
                                           .finish = variable_finish};

static const YamlChoice METHODS[] = {
    {"neighbours", PEERS_NEIGHBOURS},
    {"class", PEERS_CLASS},
    {"list", PEERS_LIST},
    {NULL, 0},
};

static const YamlField PEERS_FIELDS[] = {
    {"id", ID(PeerGrouping, id, SPACE_PEERS), REQUIRED},
    {"title", STRING(PeerGrouping, title), REQUIRED},
    {"note", STRING(PeerGrouping, note)},
    {"method", CHOICE(PeerGrouping, method, METHODS), REQUIRED},
    {"k", WHOLE(PeerGrouping, k, NEIGHBOURS)},
    {"variables", RECORDS(PeerGrouping, variables, n_variables, VARIABLE_RECORD)},
    {"class", REFERENCE(PeerGrouping, class_index, SPACE_CLASS)},
    {"source", REFERENCE(PeerGrouping, source, SPACE_SOURCE)},
    {"fallback", REFERENCE(PeerGrouping, fallback, SPACE_CLASS)},
    {"exclude", STRINGS(PeerGrouping, exclude)},
    END_OF_FIELDS,
};

static void peers_init(gpointer record)
{
    PeerGrouping *p = record;
    p->k = 15;
    p->class_index = p->source = p->fallback = -1;
}

/* Which keys a method needs (n), may have (m) or has no use for (-). */
static const struct {
    const char *key;
    const char *use; /* by method: neighbours, class, list */
} METHOD_KEYS[] = {
    {"variables", "n--"}, {"k", "m--"},      {"exclude", "m--"},
    {"class", "-n-"},     {"source", "--n"}, {"fallback", "m-m"},
};

static void check_variable_ids(YamlMapper *m, const PeerGrouping *p)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < p->n_variables; i++) {
        const PeerVariable *v = &p->variables[i];
        if (v->id && !g_hash_table_add(seen, v->id))
            yaml_fault_at(m, v->where, "duplicate", "duplicate variable id: %s (each once)", v->id);
    }
}

static void peers_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    const PeerGrouping *p = record;
    const char *method = yaml_get(node, "method")->text;
    for (guint i = 0; i < G_N_ELEMENTS(METHOD_KEYS); i++) {
        const YamlNode *value = yaml_get(node, METHOD_KEYS[i].key);
        char use = METHOD_KEYS[i].use[p->method];
        if (use == 'n' && !value)
            yaml_fault(m, node, "missing-key", "missing key in peer group: %s (method %s needs it)",
                       METHOD_KEYS[i].key, method);
        if (use == '-' && value)
            yaml_fault(m, value, "bad-value",
                       "%s in a peer group of method %s (it has no use there)", METHOD_KEYS[i].key,
                       method);
    }
    if (yaml_get(node, "variables") && p->n_variables == 0)
        yaml_fault(m, yaml_get(node, "variables"), "bad-value",
                   "no variables: an empty list (at least one)");
    check_variable_ids(m, p);
}

const YamlRecord PEERS_RECORD = {.name = "peer group",
                                 .fields = PEERS_FIELDS,
                                 WHERE(PeerGrouping),
                                 .init = peers_init,
                                 .finish = peers_finish};

/* ---- indicators --------------------------------------------------------------------------------
 */

static const YamlChoice MEASURES[] = {
    {"rate", MEASURE_RATE},
    {"proportion", MEASURE_PROPORTION},
    {"ratio", MEASURE_RATIO},
    {"published", MEASURE_PUBLISHED},
    {"total", MEASURE_TOTAL},
    {"dsr", MEASURE_DSR},
    {"isr", MEASURE_ISR},
    {"life_expectancy", MEASURE_LIFE_EXPECTANCY},
    {NULL, 0},
};

static const YamlField STANDARD_FIELDS[] = {
    {"source", REFERENCE(AgeTable, source, SPACE_SOURCE), REQUIRED},
    {"band", COLUMN(AgeTable, band), REQUIRED},
    {"weight", COLUMN(AgeTable, weight), REQUIRED},
    {"rows", FILTERS(AgeTable, rows)},
    END_OF_FIELDS,
};

const YamlRecord STANDARD_RECORD = {.name = "standard", .fields = STANDARD_FIELDS, WHERE(AgeTable)};

static const YamlField REFERENCE_FIELDS[] = {
    {"source", REFERENCE(AgeTable, source, SPACE_SOURCE), REQUIRED},
    {"band", COLUMN(AgeTable, band), REQUIRED},
    {"events", COLUMN(AgeTable, events), REQUIRED},
    {"people", COLUMN(AgeTable, people), REQUIRED},
    {"rows", FILTERS(AgeTable, rows)},
    END_OF_FIELDS,
};

static const YamlRecord REFERENCE_RECORD = {
    .name = "reference", .fields = REFERENCE_FIELDS, WHERE(AgeTable)};

/* The first ages of the bands of a life table. */
static const YamlRange LIFE_AGES = {0, 90, FALSE, "0, 1, or a multiple of 5 up to 90"};

static const YamlChoice KINDS[] = {
    {"counts", KIND_COUNTS},
    {"published", KIND_PUBLISHED},
    {"clustered", KIND_CLUSTERED},
    {"none", KIND_NONE},
    {NULL, 0},
};

static const YamlChoice POLARITIES[] = {
    {"low", POLARITY_LOW},
    {"high", POLARITY_HIGH},
    {"neither", POLARITY_NEITHER},
    {NULL, 0},
};

static const YamlChoice ROLES[] = {
    {"need", ROLE_NEED},
    {"spend", ROLE_SPEND},
    {"activity", ROLE_ACTIVITY},
    {"outcome", ROLE_OUTCOME},
    {"experience", ROLE_EXPERIENCE},
    {"process", ROLE_PROCESS},
    {NULL, 0},
};

static const YamlField KNOWN_VALUE_FIELDS[] = {
    {"area", STRING(KnownValue, area), REQUIRED},
    {"period", PERIOD(KnownValue, period), REQUIRED},
    {"because", STRING(KnownValue, because), REQUIRED},
    END_OF_FIELDS,
};

static const YamlRecord KNOWN_VALUE_RECORD = {
    .name = "known_values", .fields = KNOWN_VALUE_FIELDS, WHERE(KnownValue)};

static const YamlChoice BOUNDARIES[] = {
    {"break", BOUNDARIES_BREAK},
    {"restate", BOUNDARIES_RESTATE},
    {NULL, 0},
};

static const YamlField INDICATOR_FIELDS[] = {
    {"id", ID(Indicator, id, SPACE_INDICATOR), REQUIRED},
    {"title", STRING(Indicator, title), REQUIRED},
    {"short_title", STRING(Indicator, short_title)},
    {"domain", STRING(Indicator, domain), REQUIRED},
    {"role", CHOICE(Indicator, role, ROLES), REQUIRED},
    /* how it is measured */
    {"measure", CHOICE(Indicator, measure, MEASURES), REQUIRED},
    {"uncertainty", CHOICE(Indicator, kind, KINDS)},
    {"polarity", CHOICE(Indicator, polarity, POLARITIES)},
    {"per", NUMBER(Indicator, per, ABOVE_ZERO)},
    {"min_numerator", NUMBER(Indicator, min_numerator, NOT_NEGATIVE)},
    {"min_denominator", NUMBER(Indicator, min_denominator, NOT_NEGATIVE)},
    {"numerator", RECORD(Indicator, numerator, QUANTITY_RECORD)},
    {"denominator", RECORD(Indicator, denominator, QUANTITY_RECORD)},
    {"value", RECORD(Indicator, value, QUANTITY_RECORD)},
    {"lower95", RECORD(Indicator, lower95, QUANTITY_RECORD)},
    {"upper95", RECORD(Indicator, upper95, QUANTITY_RECORD)},
    {"lower99_8", RECORD(Indicator, lower99_8, QUANTITY_RECORD)},
    {"upper99_8", RECORD(Indicator, upper99_8, QUANTITY_RECORD)},
    {"not_covered", .type = &STUDY_NOT_COVERED, COUNTED(Indicator, not_covered, n_not_covered)},
    {"known_values", RECORDS(Indicator, known_values, n_known_values, KNOWN_VALUE_RECORD)},
    {"boundaries", CHOICE(Indicator, boundaries, BOUNDARIES)},
    /* standardised for age */
    {"standard", .type = &STUDY_STANDARD, MEMBER(Indicator, standard)},
    {"reference", RECORD(Indicator, reference, REFERENCE_RECORD),
     GIVEN(Indicator, reference.declared)},
    {"ages", .type = &STUDY_AGES, MEMBER(Indicator, ages), GIVEN(Indicator, has_ages)},
    {"age", WHOLE(Indicator, life_age, LIFE_AGES)},
    /* how it is written */
    {"unit", STRING(Indicator, unit)},
    {"prefix", STRING(Indicator, prefix)},
    {"suffix", STRING(Indicator, suffix)},
    {"decimals", WHOLE(Indicator, decimals, PLACES)},
    {"numerator_text", STRING(Indicator, numerator_text)},
    {"denominator_text", STRING(Indicator, denominator_text)},
    /* what it means */
    {"why", STRING(Indicator, why)},
    {"caveats", STRING(Indicator, caveats)},
    {"variation_note", STRING(Indicator, variation_note)},
    {"options", STRING(Indicator, options)},
    {"resources", STRING(Indicator, resources)},
    {"questions", STRINGS(Indicator, questions)},
    {"owner", STRING(Indicator, owner)},
    {"reviewed", DATE(Indicator, reviewed)},
    END_OF_FIELDS,
};

static void indicator_init(gpointer record)
{
    Indicator *i = record;
    i->decimals = 1;
    i->numerator = i->denominator = i->value = quantity_absent();
    i->lower95 = i->upper95 = i->lower99_8 = i->upper99_8 = quantity_absent();
}

const YamlRecord INDICATOR_RECORD = {.name = "indicator",
                                     .fields = INDICATOR_FIELDS,
                                     WHERE(Indicator),
                                     .init = indicator_init,
                                     .finish = indicator_finish};

/* ---- pairs, practice, expected rejections -----------------------------------------------------
 */

static const YamlField PAIR_FIELDS[] = {
    {"spend", REFERENCE(Pair, spend, SPACE_INDICATOR), REQUIRED},
    {"outcome", REFERENCE(Pair, outcome, SPACE_INDICATOR), REQUIRED},
    {"note", STRING(Pair, note)},
    END_OF_FIELDS,
};

const YamlRecord PAIR_RECORD = {.name = "pair", .fields = PAIR_FIELDS, WHERE(Pair)};

static const YamlField PRACTICE_FIELDS[] = {
    {"id", ID(Practice, id, SPACE_PRACTICE), REQUIRED},
    {"title", STRING(Practice, title), REQUIRED},
    {"area", STRING(Practice, area), REQUIRED},
    {"years", STRING(Practice, years)},
    {"indicators", REFERENCES(Practice, indicators, n_indicators, SPACE_INDICATOR), REQUIRED},
    {"what", STRING(Practice, what), REQUIRED},
    {"result", STRING(Practice, result)},
    {"source", STRING(Practice, source), REQUIRED},
    {"link", .type = &STUDY_PAGE, MEMBER(Practice, link)},
    {"contact", STRING(Practice, contact)},
    END_OF_FIELDS,
};

const YamlRecord PRACTICE_RECORD = {
    .name = "practice case", .fields = PRACTICE_FIELDS, WHERE(Practice)};

static const YamlField EXPECTED_FIELDS[] = {
    {"rule", STRING(ExpectedRejection, rule), REQUIRED},
    {"source", REFERENCE(ExpectedRejection, source, SPACE_SOURCE)},
    {"keys", PATTERN(ExpectedRejection, keys)},
    {"because", STRING(ExpectedRejection, because), REQUIRED},
    END_OF_FIELDS,
};

static void expected_init(gpointer record)
{
    ((ExpectedRejection *)record)->source = -1;
}

const YamlRecord EXPECTED_RECORD = {.name = "expected rejection",
                                    .fields = EXPECTED_FIELDS,
                                    WHERE(ExpectedRejection),
                                    .init = expected_init};

/* ---- the study
 * ----------------------------------------------------------------------------------- */

static const YamlField PERIODS_FIELDS[] = {
    {"from", PERIOD(Study, from), GIVEN(Study, has_from)},
    {"to", PERIOD(Study, to), GIVEN(Study, has_to)},
    END_OF_FIELDS,
};

static void periods_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    const Study *s = record;
    if (s->has_from && s->has_to && s->from.start > s->to.start)
        yaml_fault(m, node, "bad-value", "periods from %s to %s (from before to)",
                   yaml_get(node, "from")->text, yaml_get(node, "to")->text);
}

/* Its fields are members of the study itself. */
static const YamlRecord PERIODS_RECORD = {
    .name = "periods", .fields = PERIODS_FIELDS, .finish = periods_finish};

static const YamlField STUDY_FIELDS[] = {
    {"id", ID(Study, id, "study"), REQUIRED},
    {"title", STRING(Study, title), REQUIRED},
    {"subtitle", STRING(Study, subtitle)},
    {"summary", STRING(Study, summary)},
    {"publisher", STRING(Study, publisher), REQUIRED},
    {"status", STRING(Study, status)},
    {"contact", STRING(Study, contact)},
    {"next_release", STRING(Study, next_release)},
    {"revision_note", STRING(Study, revision_note)},
    {"templates", STRINGS(Study, template_files)},
    {"licence", STRING(Study, licence)},
    {"language", STRING(Study, language)},
    {"edition", DATE(Study, edition)},
    {"notice", STRING(Study, notice)},
    {"brand", RECORD(Study, brand, BRAND_RECORD), GIVEN(Study, branded)},
    {"periods", .type = &YAML_RECORD, .offset = 0, .with = &PERIODS_RECORD},
    /* sections, here or in files of their own: study_load.c */
    {"areas", BY_FINISH},
    {"sources", BY_FINISH},
    {"lookups", BY_FINISH},
    {"peers", BY_FINISH},
    {"indicators", BY_FINISH},
    {"pairs", BY_FINISH},
    {"practice", BY_FINISH},
    {"expected_rejections", BY_FINISH},
    {"corrections", BY_FINISH},
    {"maps", BY_FINISH},
    {"compositions", BY_FINISH},
    END_OF_FIELDS,
};

const YamlRecord STUDY_RECORD = {.name = "study", .fields = STUDY_FIELDS, .size = sizeof(Study)};
