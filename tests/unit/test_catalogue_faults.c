#include "support.h"

#include "../../src/catalogue/study_load.h"
#include "sample_study.h"

/* Each rule of the format: one place of a sound study is changed, and the one fault has to be told
 * at the place marked with '@' in the change, which is worked out here and not by the reader. */

typedef struct {
    const char *from, *to;
    const char *message, *rule;
} Change;

/* The sample with the change made, without the mark; where the mark was. */
static char *changed(const Change *c, guint *line, guint *column)
{
    const char *at = strstr(SAMPLE_STUDY, c->from);
    if (!at || strstr(at + 1, c->from))
        fail_msg("'%s' is %s the sample", c->from, at ? "more than once in" : "not in");
    const char *mark = strchr(c->to, '@');
    if (!mark)
        fail_msg("no mark in '%s'", c->to);
    GString *text = g_string_new_len(SAMPLE_STUDY, at - SAMPLE_STUDY);
    g_string_append_len(text, c->to, mark - c->to);
    *line = 1;
    for (gsize i = 0; i < text->len; i++)
        *line += text->str[i] == '\n';
    const char *start = strrchr(text->str, '\n');
    *column = (guint)g_utf8_strlen(start ? start + 1 : text->str, -1) + 1;
    g_string_append(text, mark + 1);
    g_string_append(text, at + strlen(c->from));
    return g_string_free(text, FALSE);
}

static char *all_faults(const char *text, Study **study)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    GString *found = g_string_new(NULL);
    *study = study_parse("/nowhere/s.yaml", text, strlen(text), diags);
    guint n;
    const Diag *d = diagnostics_sorted(diags, &n);
    for (guint i = 0; i < n; i++) {
        g_autofree char *line = diag_text(&d[i]);
        g_string_append_printf(found, "%s%s", i ? "\n" : "", line + strlen("/nowhere/"));
    }
    return g_string_free(found, FALSE);
}

static void assert_faults(const Change *changes, guint n)
{
    for (guint i = 0; i < n; i++) {
        guint line, column;
        g_autoptr(Study) study = NULL;
        g_autofree char *text = changed(&changes[i], &line, &column);
        g_autofree char *found = all_faults(text, &study);
        g_autofree char *expected = g_strdup_printf("s.yaml:%u:%u: %s [%s]", line, column,
                                                    changes[i].message, changes[i].rule);
        if (!g_str_equal(found, expected))
            fail_msg("for '%s'\n  found    %s\n  expected %s", changes[i].to, found, expected);
        if (!g_str_equal(changes[i].rule, "unused"))
            assert_null(study);
    }
}

#define ASSERT_FAULTS(changes) assert_faults(changes, G_N_ELEMENTS(changes))

static void unknown_keys_come_with_the_nearest_known_one(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"polarity: low", "polarity: low\n    @polarty: low",
         "unknown key in indicator: polarty (did you mean polarity?)", "unknown-key"},
        {"blank: zero", "@blanks: zero", "unknown key in source: blanks (did you mean blank?)",
         "unknown-key"},
        {"key: gss", "key: gss, @zzzzzz: x",
         "unknown key in lookup: zzzzzz (id, source, key, value, rows, names or alternatives)",
         "unknown-key"},
        {"publisher: Peerline", "publisher: Peerline\n@sections: x",
         "unknown key in study: sections (id, title, subtitle, summary, publisher, status, "
         "contact, "
         "next_release, revision_note, templates, licence, language, edition, notice, brand, "
         "periods, areas, "
         "sources, "
         "lookups, peers, indicators, pairs, practice, expected_rejections, corrections, "
         "maps or compositions)",
         "unknown-key"},
        {"sum: true", "@summ: true", "unknown key in quantity: summ (did you mean sum?)",
         "unknown-key"},
        {"plural: councils", "plural: councils\n  @<<: {}",
         "unknown key in areas: << (source, code, name, short_name, singular, plural, nation, "
         "classes, rows, valid_from, valid_to, as_of or changes)",
         "unknown-key"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void missing_keys_are_told_where_the_record_begins(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"  - id: falls\n    title: Falls\n    measure: rate\n    unit: per 100,000\n    polarity: "
         "low\n",
         "  - @id: falls\n    title: Falls\n    measure: rate\n    unit: per 100,000\n",
         "missing key in indicator: polarity (low, high or neither)", "missing-key"},
        {"  - id: falls\n    title: Falls\n    measure: rate\n    unit: per 100,000\n",
         "  - @id: falls\n    title: Falls\n    measure: rate\n",
         "missing key in indicator: unit (text such as \"per 100,000 people\")", "missing-key"},
        {"  - id: falls\n    title: Falls\n    measure: rate\n",
         "  - @id: falls\n    title: Falls\n",
         "missing key in indicator: measure (rate, proportion, ratio, published, total, dsr, isr "
         "or life_expectancy)",
         "missing-key"},
        {"id: demo\n", "@", "missing key in study: id (a code of letters, digits, '-' and '_')",
         "missing-key"},
        {"{id: to_county, source: codes, key: gss, value: county}",
         "@{id: to_county, source: codes, value: county}",
         "missing key in lookup: key (the name of a column)", "missing-key"},
        {"{id: codes, title: Codes, publisher: ONS, path: codes.csv}",
         "@{id: codes, title: Codes, publisher: ONS}",
         "a source with neither path nor url nor file (path, url, sql, or file for a mirror)",
         "missing-key"},
        {"{column: DataType, match: 1}", "@{column: DataType}",
         "a row filter with 0 tests: DataType (one of match, not, in and blank)", "missing-key"},
        {"{constant: 2016-17}", "@{kind: month}",
         "a period that is in 0 places (one of column, constant and file)", "missing-key"},
        {"period: {file: '.*_(?<start>\\d{4})\\.csv', kind: financial_year}",
         "period: @{file: '.*_(?<start>\\d{4})\\.csv'}",
         "missing key in period: kind (a pattern needs one: calendar_year, financial_year, "
         "quarter, "
         "month or range)",
         "missing-key"},
        {"value: {source: survey, columns: pop}}", "value: @{columns: pop}}",
         "missing key in quantity: source (the id of a source)", "missing-key"},
        {"{id: pop, value: {source: survey, columns: pop}}", "@{id: pop}",
         "a variable with neither value nor numerator: pop (value, or numerator and denominator)",
         "missing-key"},
        {"{id: same_region, title: Same region, method: class, class: region}",
         "@{id: same_region, title: Same region, method: class}",
         "missing key in peer group: class (method class needs it)", "missing-key"},
        {"{areas: [E06000028, E06000029], status", "@{status",
         "an entry of not_covered without its areas (area: a code, or areas: a list of codes)",
         "missing-key"},
        {"  source: register\n  code: area_code\n  name: area_name\n  singular: council\n",
         "  @source: register\n  code: area_code\n  name: area_name\n",
         "missing key in areas: singular (singular and plural together)", "missing-key"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void wrong_types_say_what_was_found_and_what_is_accepted(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"title: Falls", "title: @[Falls]", "wrong type for title: a list (text)", "wrong-type"},
        {"title: Falls", "title: @{a: b}", "wrong type for title: a mapping (text)", "wrong-type"},
        {"title: Falls", "title: @~", "title has no value (text; or leave the key out)",
         "wrong-type"},
        {"title: Falls", "title: @null", "title has no value (text; or leave the key out)",
         "wrong-type"},
        {"polarity: low", "polarity: @~",
         "polarity has no value (low, high or neither; or leave the key out)", "wrong-type"},
        {"numerator: {source: survey, columns: falls}", "numerator: @falls",
         "wrong type for numerator: text (a mapping)", "wrong-type"},
        {"[{column: Sex, match: Persons}]", "@{column: Sex, match: Persons}",
         "wrong type for rows: a mapping (a list of {column, match, not, in or blank})",
         "wrong-type"},
        {"[{column: Sex, match: Persons}]", "[@Sex]",
         "wrong type for row filter: text (a mapping of keys to values)", "wrong-type"},
        {"in: [18, 65+]", "in: [18, @[65+]]", "wrong type in the list of in: a list (text)",
         "wrong-type"},
        {"{\"NA\": not_reported, \"[c]\": suppressed}", "@NA",
         "wrong type for missing: text (a mapping from text to status, or a list of texts)",
         "wrong-type"},
        {"{E06000060: E10000002}", "{E06000060: @[]}",
         "wrong type for the new key of E06000060: a list (text)", "wrong-type"},
        {"pairs:\n  - {spend: spend_pp, outcome: falls}",
         "pairs:\n  @spend: spend_pp\n  outcome: falls",
         "wrong type for pairs: a mapping (a list, or the name of a file)", "wrong-type"},
        {"pairs:\n  - {spend: spend_pp, outcome: falls}\n", "pairs: @~\n",
         "pairs has no value (the section, or the name of a file; or leave the key out)",
         "wrong-type"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"scale: 1000", "scale: @100k", "bad value for scale: 100k (a number)", "bad-value"},
        {"scale: 1000", "scale: @'0,95'", "bad value for scale: 0,95 (a number)", "bad-value"},
        {"scale: 1000", "scale: @0x10", "bad value for scale: 0x10 (a number)", "bad-value"},
        {"scale: 1000", "scale: @.inf", "bad value for scale: .inf (a number)", "bad-value"},
        {"scale: 1000", "scale: @nan", "bad value for scale: nan (a number)", "bad-value"},
        {"scale: 1000", "scale: @1e999", "bad value for scale: 1e999 (a number)", "bad-value"},
        {"scale: 1000", "scale: @0", "bad value for scale: 0 (any other number)", "bad-value"},
        {"weight: 0.5", "weight: @0", "bad value for weight: 0 (a number above 0)", "bad-value"},
        {"polarity: low", "polarity: low\n    decimals: @1.5",
         "bad value for decimals: 1.5 (a whole number from 0 to 6)", "bad-value"},
        {"polarity: low", "polarity: low\n    decimals: @7",
         "bad value for decimals: 7 (a whole number from 0 to 6)", "bad-value"},
        {"polarity: low", "polarity: low\n    min_numerator: @-1",
         "bad value for min_numerator: -1 (a number from 0)", "bad-value"},
        {"polarity: low", "polarity: low\n    per: @-5", "bad value for per: -5 (a number above 0)",
         "bad-value"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void scalars_of_other_types_are_strict_too(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"thousands: yes", "thousands: @on", "bad value for thousands: on (true, false, yes or no)",
         "bad-value"},
        {"thousands: yes", "thousands: @True",
         "bad value for thousands: True (true, false, yes or no)", "bad-value"},
        {"blank: true", "blank: @1", "neither true nor false: 1 (true, false, yes or no)",
         "bad-value"},
        {"publisher: Peerline", "publisher: Peerline\nedition: @2017-02-29",
         "bad value for edition: 2017-02-29 (a date as YYYY-MM-DD)", "bad-value"},
        {"publisher: Peerline", "publisher: Peerline\nedition: @25/10/2017",
         "bad value for edition: 25/10/2017 (a date as YYYY-MM-DD)", "bad-value"},
        {"publisher: Peerline", "publisher: Peerline\nedition: @2017-1-1",
         "bad value for edition: 2017-1-1 (a date as YYYY-MM-DD)", "bad-value"},
        {"from: 2015-16", "from: @2015-18",
         "bad value for from: 2015-18 (a period such as 2016-17, 2016 or 2016-04)", "bad-value"},
        {"{from: 2015-16, to: 2017-18}", "@{from: 2018-19, to: 2017-18}",
         "periods from 2018-19 to 2017-18 (from before to)", "bad-value"},
        {"constant: 2016-17", "constant: @last",
         "bad value for constant: last (a period such as 2016-17, 2016 or 2016-04)", "bad-value"},
        {"constant: 2016-17", "constant: @2016, kind: month",
         "bad value for constant: 2016 (of the declared kind, a period such as 2016-17, 2016 or "
         "2016-04)",
         "bad-value"},
        {"measure: rate", "measure: @rat", "bad value for measure: rat (did you mean rate?)",
         "bad-value"},
        {"polarity: low", "polarity: @best", "bad value for polarity: best (low, high or neither)",
         "bad-value"},
        {"blank: zero", "blank: @none",
         "bad value for blank: none (not_reported, suppressed, not_applicable or zero)",
         "bad-value"},
        {"encoding: windows-1252", "encoding: @latin",
         "bad value for encoding: latin (utf-8, windows-1252 or iso-8859-1)", "bad-value"},
        {"\"[c]\": suppressed", "\"[c]\": @surpressed",
         "bad value for missing: surpressed (did you mean suppressed?)", "bad-value"},
        {"\"[c]\": suppressed", "@\"\": suppressed",
         "not a missing marker: text (the text of a cell; blank: for empty cells)", "bad-value"},
        {"blank: zero", "delimiter: @\"x\"", "bad value for delimiter: x (one of , ; | : and tab)",
         "bad-value"},
        {"blank: zero", "sha256: @abc", "bad value for sha256: abc (64 hexadecimal digits)",
         "bad-value"},
        {"blank: zero", "header_row: @0", "bad value for header_row: 0 (a whole number from 1)",
         "bad-value"},
        {"blank: zero", "header: x\n    header_row: @2", "both header and header_row (one of them)",
         "bad-value"},
        {"id: p1", "id: @p 1", "not usable as id: p 1 (a code of letters, digits, '-' and '_')",
         "bad-value"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void addresses_are_https_or_on_this_machine(void **state)
{
    (void)state;
    static const char FROM[] = "https://files.digital.nhs.uk/x/ascfr.csv?v=1";
    static const char *const REFUSED[] = {
        "http://example.org/x.csv",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "example.org/x.csv",
        "https:///x.csv",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://127.0.0.1@example.org/x",
        "HTTPS//x",
    };
    static const char *const ACCEPTED[] = {
        "https://example.org/x?a=1&b=2",
        "http://127.0.0.1:8080/x",
        "http://127.9.0.1/x",
        "http://localhost/x",
        "http://[::1]:99/x",
    };
    for (guint i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        g_autofree char *to = g_strconcat("@'", REFUSED[i], "'", NULL);
        /* the mark is the first @ */
        g_autofree char *message = g_strdup_printf(
            "bad value for url: %s (an address that begins with https://; http:// only on this "
            "machine)",
            REFUSED[i]);
        assert_faults(&(Change){FROM, to, message, "bad-value"}, 1);
    }
    for (guint i = 0; i < G_N_ELEMENTS(ACCEPTED); i++) {
        guint line, column;
        g_autofree char *to = g_strconcat("@'", ACCEPTED[i], "'", NULL);
        g_autofree char *text = changed(&(Change){FROM, to, NULL, NULL}, &line, &column);
        g_autoptr(Study) study = NULL;
        g_autofree char *found = all_faults(text, &study);
        assert_string_equal(found, "");
        assert_string_equal(study->sources[2].url, ACCEPTED[i]);
    }
}

static void duplicates_are_told_with_the_first_one(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"title: Demo study\n", "title: Demo study\n@title: Again\n",
         "duplicate key: title (already given on line 2)", "duplicate"},
        {"{id: codes, title", "{id: codes, title: x, @title",
         "duplicate key: title (already given on line 17)", "duplicate"},
        {"{areas: [E06000028, E06000029], status: boundary_change, because: Christchurch moved}",
         "@{areas: [E1, E1], status: suppressed, because: x}",
         "duplicate area in not_covered: E1 (each area once)", "duplicate"},
        {"{id: old, weight", "@{id: pop, weight", "duplicate variable id: pop (each once)",
         "duplicate"},
        {"  - {spend: spend_pp, outcome: falls}\n",
         "  - {spend: spend_pp, outcome: falls}\n  - @{spend: spend_pp, outcome: falls}\n",
         "duplicate pair: spend_pp and falls (each pair once)", "duplicate"},
        {"    - {id: type, title", "    - {id: @Region}\n    - {id: type, title",
         "duplicate class id: Region (already declared at /nowhere/s.yaml:13:12)", "duplicate"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void references_name_something_that_is_declared(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"  source: register", "  source: @registr",
         "no such source: registr (did you mean register?)", "bad-reference"},
        {"joins: [to_county]", "joins: [@to_country]",
         "no such lookup: to_country (did you mean to_county?)", "bad-reference"},
        {"joins: [to_county]", "joins: @To_county",
         "no such lookup: To_county (did you mean to_county?)", "bad-reference"},
        {"fallback: type", "fallback: @zzzzz", "no such class: zzzzz (region or type)",
         "bad-reference"},
        {"indicators: [falls]", "indicators: [@zzzzz]",
         "no such indicator: zzzzz (spend_pp, contact or falls)", "bad-reference"},
        {"{spend: spend_pp, outcome: falls}", "@{spend: contact, outcome: falls}",
         "the spend of a pair is an indicator of role outcome: contact (role spend)",
         "bad-reference"},
        {"{spend: spend_pp, outcome: falls}", "@{spend: spend_pp, outcome: spend_pp}",
         "the outcome of a pair is an indicator of role spend: spend_pp (role outcome or "
         "experience)",
         "bad-reference"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void patterns_have_to_compile_and_to_name_what_is_needed(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"file: '.*_(?<start>\\d{4})\\.csv'", "file: @'.*_(\\d{4})\\.csv'",
         "a pattern that cannot give a financial_year: .*_(\\d{4})\\.csv (a group (?<start>…) or "
         "(?<end>…))",
         "bad-pattern"},
        {"file: '.*_(?<start>\\d{4})\\.csv', kind: financial_year",
         "file: @'.*_(?<start>\\d{4})\\.csv', kind: month",
         "a pattern that cannot give a month: .*_(?<start>\\d{4})\\.csv (groups (?<year>…) and "
         "(?<month>…))",
         "bad-pattern"},
        {"shape: wide_by_measure\n    area: {column: code}",
         "shape: wide_by_area\n    area_columns: @'\\d+ - .*'",
         "a pattern that does not give the area: \\d+ - .* (a group (?<area>…))", "bad-pattern"},
    };
    ASSERT_FAULTS(CHANGES);
}

/* PCRE2's own words are not ours to fix: only the place, the rule and the beginning are. */
static void a_pattern_that_does_not_compile_is_told(void **state)
{
    (void)state;
    guint line, column;
    const Change change = {"'E92.*'", "@'E92.*('", NULL, NULL};
    g_autoptr(Study) study = NULL;
    g_autofree char *text = changed(&change, &line, &column);
    g_autofree char *found = all_faults(text, &study);
    g_autofree char *start = g_strdup_printf("s.yaml:%u:%u: national: ", line, column);
    assert_true(g_str_has_prefix(found, start));
    assert_true(g_str_has_suffix(found, " [bad-pattern]"));
    assert_non_null(strstr(found, "E92.*("));
    assert_null(study);
}

static void a_measure_says_which_quantities_and_kinds_fit(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"  - id: falls\n    title: Falls\n    measure: rate\n    unit: per 100,000\n    polarity: "
         "low\n    role: outcome\n    domain: Lives\n    numerator: {source: survey, columns: "
         "falls}\n    denominator: {source: survey, columns: pop}\n",
         "  - @id: falls\n    title: Falls\n    measure: proportion\n    polarity: low\n    role: "
         "outcome\n    domain: Lives\n    numerator: {source: survey, columns: falls}\n",
         "missing key in indicator: denominator (measure proportion needs it)", "missing-key"},
        {"numerator: {source: survey, columns: falls}", "numerator: @{columns: falls}",
         "missing key in numerator: source (the id of a source)", "missing-key"},
        {"numerator: {source: spend",
         "value: @{source: survey, columns: x}\n    numerator: "
         "{source: spend",
         "value in an indicator of measure ratio (it has no use there)", "bad-value"},
        {"    lower95: {columns: contact_l}\n    upper95: {columns: contact_u, scale: 1}\n",
         "    lower95: @{columns: contact_l}\n", "lower95 without upper95 (both limits or none)",
         "missing-key"},
        {"    lower95: {columns: contact_l}\n    upper95: {columns: contact_u, scale: 1}\n",
         "    uncertainty: @published\n",
         "uncertainty published without limits (lower95 and upper95)", "missing-key"},
        {"measure: ratio", "measure: ratio\n    uncertainty: @counts",
         "uncertainty counts for measure ratio (clustered or none)", "bad-value"},
        {"measure: published", "measure: published\n    uncertainty: @counts",
         "uncertainty counts for measure published (published, clustered or none)", "bad-value"},
        {"measure: ratio\n    unit: £ per person\n    polarity: neither\n    role: spend\n    "
         "domain: Money\n    numerator: {source: spend, columns: Value, sum: true, scale: 1000}\n"
         "    denominator: {source: survey, columns: pop}\n",
         "measure: total\n    unit: £\n    polarity: @low\n    role: spend\n    domain: Money\n"
         "    numerator: {source: spend, columns: Value}\n",
         "polarity low for measure total (neither)", "bad-value"},
        {"method: class, class: region", "method: class, class: region, k: @5",
         "k in a peer group of method class (it has no use there)", "bad-value"},
    };
    ASSERT_FAULTS(CHANGES);
}

static void a_source_of_numbers_says_which_area_and_period(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"numerator: {source: spend, columns: Value, sum: true, scale: 1000}",
         "numerator: @{source: spend, sum: true}",
         "missing key in quantity: columns (the pattern of the column that holds the number in "
         "source spend)",
         "missing-key"},
        {"shape: wide_by_measure\n", "shape: @wide\n",
         "bad value for shape: wide (long, wide_by_area, wide_by_measure or wide_by_period)",
         "bad-value"},
        {"    shape: wide_by_measure\n", "    area_columns: @'(?<area>.*)'\n",
         "area_columns in a table that has a row per area (shape: wide_by_area)", "bad-value"},
        {"column: GEOGRAPHY  CODE", "column: GEOGRAPHY CODE\n      @colum: x",
         "unknown key in area: colum (did you mean column?)", "unknown-key"},
        {"path: survey.csv", "path: survey.csv\n    url: @https://example.org/",
         "a source with both path and url (one of path and url, or file alone for a mirror)",
         "bad-value"},
        {"{column: Note, blank: true}", "@{column: Note, blank: true, not: x}",
         "a row filter with 2 tests: Note (one of match, not, in and blank)", "bad-value"},
        {"{constant: 2016-17}", "@{constant: 2016-17, column: x}",
         "a period that is in 2 places (one of column, constant and file)", "bad-value"},
        {"{constant: 2016-17}", "{constant: 2016-17, pattern: @x}",
         "a pattern without a column (column: the column that it reads)", "bad-value"},
    };
    ASSERT_FAULTS(CHANGES);
}

/* Faults that are told elsewhere than where the change is: only that they are told. */
static void assert_told(const char *from, const char *to, const char *message)
{
    guint line, column;
    g_autoptr(Study) study = NULL;
    g_autofree char *text = changed(&(Change){from, to, NULL, NULL}, &line, &column);
    g_autofree char *found = all_faults(text, &study);
    assert_null(study);
    if (!strstr(found, message))
        fail_msg("not told: %s\nfound: %s", message, found);
}

static void a_source_that_lacks_area_or_period_is_told_where_it_is_used(void **state)
{
    (void)state;
    assert_told("    period: {constant: 2016-17}\n", "@",
                "s.yaml:65:16: a source that does not say what period it is about: spend (period: "
                "{column, constant or file: …}) [missing-key]");
    assert_told("      column: GEOGRAPHY  CODE\n", "@",
                "s.yaml:65:16: a source that does not say which column is the area: spend (area: "
                "{column: …}) [missing-key]");
    assert_told("    shape: wide_by_measure\n", "@    shape: wide_by_area\n",
                ": missing key in source: area_columns (shape wide_by_area needs a pattern for the "
                "headers of areas) [missing-key]");
    assert_told("    shape: wide_by_measure\n",
                "@    shape: wide_by_area\n    area_columns: '(?<area>.*)'\n",
                ": a column of areas in a table with a column per area: code (area_columns alone) "
                "[bad-value]");
    assert_told("    shape: wide_by_measure\n    area: {column: code}\n",
                "@    shape: wide_by_area\n    area_columns: '(?<area>.*)'\n",
                ": columns chosen in a table with a column per area: survey (rows alone) "
                "[bad-value]");
}

static void a_message_is_one_line_of_bearable_length(void **state)
{
    (void)state;
    g_autofree char *long_text = g_strnfill(5000, 'x');
    g_autofree char *to = g_strdup_printf("polarity: @\"a\\n\\tb %s\"", long_text);
    guint line, column;
    g_autoptr(Study) study = NULL;
    g_autofree char *text = changed(&(Change){"polarity: low", to, NULL, NULL}, &line, &column);
    g_autofree char *found = all_faults(text, &study);
    assert_null(strchr(found, '\n'));
    assert_true(strlen(found) < 700);
    assert_non_null(strstr(found, "bad value for polarity: a  b xxx"));
    assert_non_null(strstr(found, "... [bad-value]"));
}

static void what_nothing_uses_is_a_warning_and_no_error(void **state)
{
    (void)state;
    static const Change CHANGES[] = {
        {"lookups:\n", "  - @{id: x, title: X, publisher: X, path: x.csv}\nlookups:\n",
         "a source that nothing uses: x (use it or leave it out)", "unused"},
        {"peers:\n", "  - @{id: x, source: codes, key: a, value: b}\npeers:\n",
         "a lookup that nothing uses: x (use it or leave it out)", "unused"},
    };
    ASSERT_FAULTS(CHANGES);
    guint line, column;
    g_autoptr(Study) study = NULL;
    g_autofree char *text = changed(&CHANGES[0], &line, &column);
    g_autofree char *found = all_faults(text, &study);
    assert_non_null(study);
}

static void faults_are_told_all_in_one_go(void **state)
{
    (void)state;
    g_autoptr(Study) study = NULL;
    g_autofree char *found = all_faults("id: a b\n"
                                        "tittle: x\n"
                                        "publisher: [P]\n"
                                        "areas: {source: s, code: c, name: n, nation: ~}\n"
                                        "sources:\n"
                                        "  - {id: t, title: T, publisher: P, path: p, end: '('}\n"
                                        "indicators: []\n",
                                        &study);
    assert_null(study);
    static const char *const EXPECTED[] = {
        "s.yaml:1:1: missing key in study: title (text) [missing-key]",
        "s.yaml:1:5: not usable as id: a b (a code of letters, digits, '-' and '_') [bad-value]",
        "s.yaml:2:1: unknown key in study: tittle (did you mean title?) [unknown-key]",
        "s.yaml:3:12: wrong type for publisher: a list (text) [wrong-type]",
        "s.yaml:4:17: no such source: s (t) [bad-reference]",
        "s.yaml:4:46: nation has no value (text; or leave the key out) [wrong-type]",
        "s.yaml:6:51: end: ",
    };
    for (guint i = 0; i < G_N_ELEMENTS(EXPECTED); i++)
        if (!strstr(found, EXPECTED[i]))
            fail_msg("not told: %s\nfound:\n%s", EXPECTED[i], found);
}

static void a_study_needs_areas_sources_and_indicators(void **state)
{
    (void)state;
    g_autoptr(Study) study = NULL;
    g_autofree char *found = all_faults("id: x\ntitle: T\npublisher: P\n", &study);
    assert_null(study);
    assert_string_equal(
        found, "s.yaml:1:1: missing section in study: areas (here or in areas.yaml beside it) "
               "[missing-key]\n"
               "s.yaml:1:1: missing section in study: indicators (here or in indicators.yaml "
               "beside it) [missing-key]\n"
               "s.yaml:1:1: missing section in study: sources (here or in sources.yaml beside it) "
               "[missing-key]");
}

static void a_study_is_a_mapping(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } STUDIES[] = {
        {"", "s.yaml:1:1: an empty file (a mapping with id, title, areas, sources and indicators) "
             "[wrong-type]"},
        {"# nothing\n",
         "s.yaml:1:1: an empty file (a mapping with id, title, areas, sources and indicators) "
         "[wrong-type]"},
        {"- a\n- b\n",
         "s.yaml:1:1: wrong type for study: a list (a mapping of keys to values) [wrong-type]"},
        {"text", "s.yaml:1:1: wrong type for study: text (a mapping of keys to values) "
                 "[wrong-type]"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(STUDIES); i++) {
        g_autoptr(Study) study = NULL;
        g_autofree char *found = all_faults(STUDIES[i].text, &study);
        assert_null(study);
        assert_string_equal(found, STUDIES[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_keys_come_with_the_nearest_known_one),
        cmocka_unit_test(missing_keys_are_told_where_the_record_begins),
        cmocka_unit_test(wrong_types_say_what_was_found_and_what_is_accepted),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(scalars_of_other_types_are_strict_too),
        cmocka_unit_test(addresses_are_https_or_on_this_machine),
        cmocka_unit_test(duplicates_are_told_with_the_first_one),
        cmocka_unit_test(references_name_something_that_is_declared),
        cmocka_unit_test(patterns_have_to_compile_and_to_name_what_is_needed),
        cmocka_unit_test(a_pattern_that_does_not_compile_is_told),
        cmocka_unit_test(a_measure_says_which_quantities_and_kinds_fit),
        cmocka_unit_test(a_source_of_numbers_says_which_area_and_period),
        cmocka_unit_test(a_source_that_lacks_area_or_period_is_told_where_it_is_used),
        cmocka_unit_test(a_message_is_one_line_of_bearable_length),
        cmocka_unit_test(what_nothing_uses_is_a_warning_and_no_error),
        cmocka_unit_test(faults_are_told_all_in_one_go),
        cmocka_unit_test(a_study_needs_areas_sources_and_indicators),
        cmocka_unit_test(a_study_is_a_mapping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
