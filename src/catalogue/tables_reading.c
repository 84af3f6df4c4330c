#include "study_tables.h"

#include <string.h>

/* How the rows of published files are read: filters, lookups, areas, periods, sources. */

/* ---- row filters --------------------------------------------------------------------------- */

static const YamlField FILTER_FIELDS[] = {
    {"column", COLUMN(RowFilter, column), REQUIRED},
    {"match", PATTERN(RowFilter, pattern)},
    {"not", PATTERN(RowFilter, pattern)},
    {"in", STRINGS(RowFilter, values)},
    {"blank", BY_FINISH},
    END_OF_FIELDS,
};

/* Of the four tests a filter has exactly one. */
static void filter_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    RowFilter *filter = record;
    const YamlNode *match = yaml_get(node, "match"), *not = yaml_get(node, "not");
    const YamlNode *in = yaml_get(node, "in"), *blank = yaml_get(node, "blank");
    int tests = (match != NULL) + (not != NULL) + (in != NULL) + (blank != NULL);
    gboolean is_blank = TRUE;
    if (tests != 1) {
        yaml_fault(m, node, tests ? "bad-value" : "missing-key",
                   "a row filter with %d tests: %s (one of match, not, in and blank)", tests,
                   filter->column);
        return;
    }
    if (blank && !yaml_read_boolean(m, blank, &is_blank))
        return;
    filter->test = match      ? FILTER_MATCH
                   : not      ? FILTER_NOT_MATCH
                   : in       ? FILTER_IN
                   : is_blank ? FILTER_BLANK
                              : FILTER_NOT_BLANK;
}

const YamlRecord FILTER_RECORD = {
    .name = "row filter", .fields = FILTER_FIELDS, WHERE(RowFilter), .finish = filter_finish};

/* ---- lookups ------------------------------------------------------------------------------- */

static const YamlField LOOKUP_FIELDS[] = {
    {"id", ID(Lookup, id, SPACE_LOOKUP), REQUIRED},
    {"source", REFERENCE(Lookup, source, SPACE_SOURCE), REQUIRED},
    {"key", COLUMN(Lookup, key), REQUIRED},
    {"value", COLUMN(Lookup, value), REQUIRED},
    {"rows", FILTERS(Lookup, rows)},
    {"names", BOOLEAN(Lookup, names)},
    {"alternatives", .type = &STUDY_ALTERNATIVES, COUNTED(Lookup, alternatives, n_alternatives)},
    END_OF_FIELDS,
};

const YamlRecord LOOKUP_RECORD = {.name = "lookup", .fields = LOOKUP_FIELDS, WHERE(Lookup)};

/* ---- which area, which period ---------------------------------------------------------------- */

static const YamlField AREA_RULE_FIELDS[] = {
    {"column", COLUMN(AreaRule, column)},
    {"joins", REFERENCES(AreaRule, joins, n_joins, SPACE_LOOKUP)},
    {"recode", .type = &STUDY_RECODES, COUNTED(AreaRule, recodes, n_recodes)},
    {"national", PATTERN(AreaRule, national)},
    {"ignore", PATTERN(AreaRule, ignore)},
    {"not_covered", .type = &STUDY_NOT_COVERED, COUNTED(AreaRule, not_covered, n_not_covered)},
    END_OF_FIELDS,
};

static const YamlRecord AREA_RULE_RECORD = {
    .name = "area", .fields = AREA_RULE_FIELDS, .size = sizeof(AreaRule)};

static const YamlChoice PERIOD_KINDS[] = {
    {"calendar_year", PERIOD_CALENDAR_YEAR},
    {"financial_year", PERIOD_FINANCIAL_YEAR},
    {"quarter", PERIOD_QUARTER},
    {"month", PERIOD_MONTH},
    {"range", PERIOD_RANGE},
    {NULL, 0},
};

static const YamlField PERIOD_RULE_FIELDS[] = {
    {"column", COLUMN(PeriodRule, column)},
    {"constant", BY_FINISH},
    {"file", PATTERN(PeriodRule, file_pattern)},
    {"pattern", PATTERN(PeriodRule, pattern)},
    {"kind", CHOICE(PeriodRule, kind, PERIOD_KINDS), GIVEN(PeriodRule, has_kind)},
    END_OF_FIELDS,
};

/* The groups without which a pattern can never give a period of this kind. */
static gboolean pattern_has_parts(const Pattern *p, PeriodKind kind)
{
    gboolean start = pattern_has_group(p, "start") || pattern_has_group(p, "year");
    gboolean end = pattern_has_group(p, "end");
    switch (kind) {
    case PERIOD_FINANCIAL_YEAR: return start || end;
    case PERIOD_QUARTER: return start && pattern_has_group(p, "quarter");
    case PERIOD_MONTH: return start && pattern_has_group(p, "month");
    case PERIOD_RANGE: return start && end;
    default: return start;
    }
}

static const char *parts_in_words(PeriodKind kind)
{
    static const char *const PARTS[N_PERIOD_KINDS] = {
        [PERIOD_CALENDAR_YEAR] = "a group (?<start>…)",
        [PERIOD_FINANCIAL_YEAR] = "a group (?<start>…) or (?<end>…)",
        [PERIOD_QUARTER] = "groups (?<year>…) and (?<quarter>…)",
        [PERIOD_MONTH] = "groups (?<year>…) and (?<month>…)",
        [PERIOD_RANGE] = "groups (?<start>…) and (?<end>…)",
    };
    return PARTS[kind];
}

static void check_period_pattern(YamlMapper *m, const YamlNode *node, const PeriodRule *rule)
{
    const YamlNode *kind = yaml_get(node, "kind");
    const YamlNode *pattern = yaml_get(node, rule->pattern ? "pattern" : "file");
    const Pattern *p = rule->pattern ? rule->pattern : rule->file_pattern;
    if (!kind)
        yaml_fault(m, node, "missing-key",
                   "missing key in period: kind (a pattern needs one: calendar_year, "
                   "financial_year, quarter, month or range)");
    else if (!pattern_has_parts(p, rule->kind))
        yaml_fault(m, pattern, "bad-pattern", "a pattern that cannot give a %s: %s (%s)",
                   kind->text, pattern->text, parts_in_words(rule->kind));
}

static void read_constant(YamlMapper *m, const YamlNode *constant, PeriodRule *rule)
{
    const char *text = constant->kind == YAML_TEXT ? constant->text : yaml_describe(constant);
    rule->has_constant = constant->kind == YAML_TEXT &&
                         (rule->has_kind ? period_read(text, rule->kind, NULL, &rule->constant)
                                         : period_parse(text, &rule->constant));
    if (!rule->has_constant)
        yaml_fault(m, constant, "bad-value", "bad value for constant: %s (%s%s)", text,
                   rule->has_kind ? "of the declared kind, " : "", YAML_PERIOD.accepts);
}

#define PLACES_OF_PERIOD "a period that is in %d places (one of column, constant and file)"

static void period_rule_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    PeriodRule *rule = record;
    const YamlNode *constant = yaml_get(node, "constant");
    int places = (rule->column != NULL) + (constant != NULL) + (rule->file_pattern != NULL);
    if (places > 1)
        yaml_fault(m, node, "bad-value", PLACES_OF_PERIOD, places);
    else if (places == 0 && !rule->pattern && rule->has_kind)
        return; /* enough for a table with a column per period, see check_period_columns() */
    else if (places == 0)
        yaml_fault(m, node, "missing-key", PLACES_OF_PERIOD, places);
    else if (rule->pattern && !rule->column)
        yaml_fault(m, yaml_get(node, "pattern"), "bad-value",
                   "a pattern without a column (column: the column that it reads)");
    else if (rule->pattern || rule->file_pattern)
        check_period_pattern(m, node, rule);
    else if (constant)
        read_constant(m, constant, rule);
}

static const YamlRecord PERIOD_RULE_RECORD = {.name = "period",
                                              .fields = PERIOD_RULE_FIELDS,
                                              .size = sizeof(PeriodRule),
                                              .finish = period_rule_finish};

/* ---- sources --------------------------------------------------------------------------------- */

static const YamlChoice ENCODINGS[] = {
    {"utf-8", TEXT_UTF8},
    {"windows-1252", TEXT_WINDOWS_1252},
    {"iso-8859-1", TEXT_LATIN1},
    {NULL, 0},
};

static const YamlChoice FORMATS[] = {
    {"csv", SOURCE_CSV},         {"tsv", SOURCE_TSV},         {"xlsx", SOURCE_XLSX},
    {"ods", SOURCE_ODS},         {"xls", SOURCE_XLS},         {"sql", SOURCE_SQL},
    {"geojson", SOURCE_GEOJSON}, {"hexjson", SOURCE_HEXJSON}, {NULL, 0},
};

static const YamlChoice SHAPES[] = {
    {"long", SHAPE_LONG},
    {"wide_by_area", SHAPE_WIDE_BY_AREA},
    {"wide_by_measure", SHAPE_WIDE_BY_MEASURE},
    {"wide_by_period", SHAPE_WIDE_BY_PERIOD},
    {NULL, 0},
};

enum { BLANK_ZERO = N_STATUS };
static const YamlChoice BLANKS[] = {
    {"not_reported", STATUS_NOT_REPORTED},
    {"suppressed", STATUS_SUPPRESSED},
    {"not_applicable", STATUS_NOT_APPLICABLE},
    {"zero", BLANK_ZERO},
    {NULL, 0},
};

static const YamlRange ROW_NUMBER = {1, 100000, FALSE, "a whole number from 1"};
static const YamlRange HEADER_ROWS = {1, 20, FALSE, "a whole number from 1 to 20"};

static const YamlField SOURCE_FIELDS[] = {
    {"id", ID(Source, id, SPACE_SOURCE), REQUIRED},
    {"title", STRING(Source, title), REQUIRED},
    {"publisher", STRING(Source, publisher), REQUIRED},
    {"licence", STRING(Source, licence)},
    {"page", .type = &STUDY_PAGE, MEMBER(Source, page)},
    {"note", STRING(Source, note)},
    {"published", DATE(Source, published)},
    /* where its bytes are */
    {"path", STRING(Source, path)},
    {"url", .type = &STUDY_URL, MEMBER(Source, url)},
    {"sql", RECORD(Source, sql, QUERY_RECORD), GIVEN(Source, has_sql)},
    {"file", STRING(Source, file)},
    {"sha256", .type = &STUDY_SHA256, MEMBER(Source, sha256)},
    {"hosts", STRINGS(Source, hosts)},
    /* how they are a table */
    {"format", CHOICE(Source, format, FORMATS), GIVEN(Source, has_format)},
    {"sheet", PATTERN(Source, sheet)},
    {"encoding", CHOICE(Source, encoding, ENCODINGS)},
    {"delimiter", .type = &STUDY_DELIMITER, MEMBER(Source, delimiter)},
    {"header_row", WHOLE(Source, header_row, ROW_NUMBER)},
    {"header", PATTERN(Source, header)},
    {"header_rows", WHOLE(Source, header_rows, HEADER_ROWS)},
    {"end", PATTERN(Source, end)},
    {"skip", PATTERN(Source, skip)},
    /* what its cells mean */
    {"missing", .type = &STUDY_MISSING, COUNTED(Source, missing, n_missing)},
    {"blank", CHOICE(Source, blank, BLANKS)},
    {"thousands", BOOLEAN(Source, thousands)},
    /* what its rows and columns are about */
    {"shape", CHOICE(Source, shape, SHAPES)},
    {"area_columns", PATTERN(Source, area_columns)},
    {"period_columns", PATTERN(Source, period_columns)},
    {"area", RECORD(Source, area, AREA_RULE_RECORD)},
    {"period", RECORD(Source, period, PERIOD_RULE_RECORD)},
    {"rows", FILTERS(Source, rows)},
    END_OF_FIELDS,
};

static void source_init(gpointer record)
{
    Source *s = record;
    s->blank = STATUS_NOT_REPORTED;
    s->delimiter = ',';
}

/* FALSE if none of the groups of a period's pattern is there: the header is read as it is. */
static gboolean has_period_groups(const Pattern *p)
{
    static const char *const GROUPS[] = {"start", "year", "end", "month", "quarter"};
    gboolean any = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(GROUPS); i++)
        any = any || pattern_has_group(p, GROUPS[i]);
    return any;
}

static void check_period_groups(YamlMapper *m, const YamlNode *columns, const Source *s)
{
    if (!has_period_groups(s->period_columns))
        return;
    if (!s->period.has_kind)
        yaml_fault(m, columns, "missing-key",
                   "missing key in period: kind (groups in period_columns need one: period: {kind: "
                   "calendar_year, financial_year, quarter, month or range})");
    else if (!pattern_has_parts(s->period_columns, s->period.kind))
        yaml_fault(m, columns, "bad-pattern", "a pattern that cannot give a %s: %s (%s)",
                   period_kind_name(s->period.kind), columns->text, parts_in_words(s->period.kind));
}

static void check_period_columns(YamlMapper *m, const YamlNode *node, const Source *s)
{
    const YamlNode *columns = yaml_get(node, "period_columns"), *period = yaml_get(node, "period");
    const PeriodRule *rule = &s->period;
    const gboolean elsewhere = rule->column || rule->has_constant || rule->file_pattern;
    if (s->shape != SHAPE_WIDE_BY_PERIOD) {
        if (columns)
            yaml_fault(m, columns, "bad-value",
                       "period_columns in a table that has no column per period (shape: "
                       "wide_by_period)");
        if (period && rule->has_kind && !elsewhere && !rule->pattern &&
            !yaml_get(period, "constant"))
            yaml_fault(m, period, "missing-key", PLACES_OF_PERIOD, 0);
        return;
    }
    if (elsewhere)
        yaml_fault(m, period, "bad-value",
                   "a period elsewhere in a table with a column per period (period: {kind: …} "
                   "alone, or none)");
    if (!columns)
        yaml_fault(m, node, "missing-key",
                   "missing key in source: period_columns (shape wide_by_period needs a pattern "
                   "for the headers of periods)");
    else if (s->period_columns)
        check_period_groups(m, columns, s);
}

static void check_shape(YamlMapper *m, const YamlNode *node, const Source *s)
{
    check_period_columns(m, node, s);
    const YamlNode *columns = yaml_get(node, "area_columns");
    if (s->shape != SHAPE_WIDE_BY_AREA) {
        if (columns)
            yaml_fault(m, columns, "bad-value",
                       "area_columns in a table that has a row per area (shape: wide_by_area)");
        return;
    }
    if (!columns)
        yaml_fault(m, node, "missing-key",
                   "missing key in source: area_columns (shape wide_by_area needs a pattern for "
                   "the headers of areas)");
    else if (!pattern_has_group(s->area_columns, "area"))
        yaml_fault(m, columns, "bad-pattern", "a pattern that does not give the area: %s (%s)",
                   columns->text, "a group (?<area>…)");
    if (s->area.column)
        yaml_fault(m, yaml_get(yaml_get(node, "area"), "column"), "bad-value",
                   "a column of areas in a table with a column per area: %s (area_columns alone)",
                   s->area.column);
}

/* The last part of a path or of an address without its query: what a mirror would call it. */
static char *file_name_of(const char *address)
{
    g_autofree char *bare = g_strndup(address, strcspn(address, "?#"));
    return g_path_get_basename(bare);
}

static void guess_format(Source *s, const char *name)
{
    static const struct {
        const char *ending;
        SourceFormat format;
    } ENDINGS[] = {{".xlsx", SOURCE_XLSX},       {".xlsm", SOURCE_XLSX},
                   {".ods", SOURCE_ODS},         {".xls", SOURCE_XLS},
                   {".tsv", SOURCE_TSV},         {".geojson", SOURCE_GEOJSON},
                   {".hexjson", SOURCE_HEXJSON}, {".hexjson.json", SOURCE_HEXJSON}};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (guint i = 0; i < G_N_ELEMENTS(ENDINGS); i++)
        if (g_str_has_suffix(lower, ENDINGS[i].ending))
            s->format = ENDINGS[i].format;
}

/* Shapes have no rows and columns that a key could be about. */
static void check_map(YamlMapper *m, const YamlNode *node)
{
    static const char *const OF_TABLES[] = {
        "sheet", "encoding", "delimiter", "header_row",   "header",         "header_rows",
        "end",   "skip",     "missing",   "blank",        "thousands",      "shape",
        "area",  "period",   "rows",      "area_columns", "period_columns",
    };
    for (guint i = 0; i < G_N_ELEMENTS(OF_TABLES); i++) {
        const YamlNode *at = yaml_get(node, OF_TABLES[i]);
        if (at)
            yaml_fault(m, at, "bad-value", "%s of a source that is a map (it is no table)",
                       OF_TABLES[i]);
    }
}

static void check_format(YamlMapper *m, const YamlNode *node, Source *s)
{
    static const char *const OF_TEXT[] = {"encoding", "delimiter"};
    static const char *const OF_BOOKS[] = {"sheet", "header_rows"};
    if (!s->has_format && s->file)
        guess_format(s, s->file);
    if (source_format_is_map(s->format)) {
        check_map(m, node);
        return;
    }
    const gboolean book = source_format_is_book(s->format);
    for (guint i = 0; i < G_N_ELEMENTS(OF_TEXT); i++) {
        const char *key = book ? OF_TEXT[i] : OF_BOOKS[i];
        const YamlNode *at = yaml_get(node, key);
        if (at)
            yaml_fault(m, at, "bad-value", "%s of a source that is %s: %s (%s)", key,
                       book ? "a workbook" : "no workbook", at->text ? at->text : "",
                       book ? "its text has none" : "format: xlsx, ods or xls");
    }
    if (s->format == SOURCE_TSV && !yaml_get(node, "delimiter"))
        s->delimiter = '\t';
    const YamlNode *end = yaml_get(node, "end");
    if (end && end->text && strcmp(end->text, "blank") == 0) {
        s->end = NULL;
        s->end_blank = TRUE;
    }
}

/* A name or an IP address alone: no scheme, port or path, which redirects are not compared with. */
static void check_hosts(YamlMapper *m, const YamlNode *node, const Source *s)
{
    const YamlNode *at = yaml_get(node, "hosts");
    if (at && !s->url)
        yaml_fault(m, at, "bad-value", "hosts of a source without url (hosts only with url)");
    for (char **host = s->hosts; host && *host; host++) {
        const char *c = *host;
        while (g_ascii_isalnum(*c) || *c == '.' || *c == '-')
            c++;
        if ((*c || !**host) && !g_hostname_is_ip_address(*host))
            yaml_fault(m, at, "bad-value", "not a host: '%s' (a name such as files.example.org)",
                       *host);
    }
}

static void source_finish(YamlMapper *m, const YamlNode *node, gpointer record)
{
    Source *s = record;
    /* a file that is not on the network under a stable address is found in a mirror by its name */
    if (s->has_sql)
        sql_source_finish(m, node, s);
    else if (s->format == SOURCE_SQL)
        yaml_fault(m, yaml_get(node, "format"), "missing-key",
                   "a source of format sql without a query (sql: {connection: …, query: …})");
    else if (s->path && s->url)
        yaml_fault(
            m, yaml_get(node, "url"), "bad-value",
            "a source with both path and url (one of path and url, or file alone for a mirror)");
    else if (!s->path && !s->url && !s->file)
        yaml_fault(m, node, "missing-key",
                   "a source with neither path nor url nor file (path, url, sql, or file for a "
                   "mirror)");
    else if (!s->file)
        s->file = store_take(m->store, file_name_of(s->path ? s->path : s->url), g_free);
    if (s->header && s->header_row)
        yaml_fault(m, yaml_get(node, "header_row"), "bad-value",
                   "both header and header_row (one of them)");
    if ((int)s->blank == BLANK_ZERO) {
        s->blank = STATUS_NOT_REPORTED;
        s->blank_is_zero = TRUE;
    }
    check_shape(m, node, s);
    check_hosts(m, node, s);
    if (!s->has_sql)
        check_format(m, node, s);
}

const YamlRecord SOURCE_RECORD = {.name = "source",
                                  .fields = SOURCE_FIELDS,
                                  WHERE(Source),
                                  .init = source_init,
                                  .finish = source_finish};
