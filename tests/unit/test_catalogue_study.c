#include "support.h"

#include "../../src/catalogue/study_load.h"
#include "sample_study.h"

/* What a sound study is read as. */

static Study *sample(void)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Study *s = study_parse("/nowhere/study.yaml", SAMPLE_STUDY, strlen(SAMPLE_STUDY), diags);
    guint n;
    const Diag *d = diagnostics_sorted(diags, &n);
    for (guint i = 0; i < n; i++) {
        g_autofree char *text = diag_text(&d[i]);
        fail_msg("%s", text);
    }
    assert_non_null(s);
    return s;
}

static void the_study_itself_is_read(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    assert_string_equal(s->id, "demo");
    assert_string_equal(s->title, "Demo study");
    assert_null(s->subtitle);
    assert_null(s->edition);
    assert_true(s->has_from && s->has_to);
    assert_int_equal(s->from.start, 2015 * 12 + 3);
    assert_int_equal(s->to.kind, PERIOD_FINANCIAL_YEAR);
    assert_string_equal(s->directory, "/nowhere");
    assert_string_equal(s->definition_files[0], "/nowhere/study.yaml");
    assert_null(s->definition_files[1]);
}

static void areas_and_their_classes_are_read(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    const AreaRegister *a = &s->areas;
    assert_int_equal(a->source, study_source(s, "register"));
    assert_string_equal(a->code, "area_code");
    assert_null(a->short_name);
    assert_string_equal(a->plural, "councils");
    assert_int_equal(a->n_classes, 2);
    assert_string_equal(a->classes[0].column, "region"); /* by default the id */
    assert_string_equal(a->classes[1].column, "area_type");
    assert_string_equal(a->classes[1].title, "type of council");
}

static void a_source_is_read_in_full(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    const Source *src = &s->sources[study_source(s, "spend")];
    assert_string_equal(src->url, "https://files.digital.nhs.uk/x/ascfr.csv?v=1");
    assert_null(src->path);
    assert_string_equal(src->file, "ascfr.csv"); /* by default the last part of the address */
    assert_int_equal(src->encoding, TEXT_WINDOWS_1252);
    assert_int_equal(src->delimiter, ',');
    assert_int_equal(src->header_row, 0);
    assert_int_equal(src->n_missing, 2);
    assert_string_equal(src->missing[1].text, "[c]");
    assert_int_equal(src->missing[1].status, STATUS_SUPPRESSED);
    assert_true(src->blank_is_zero);
    assert_true(src->thousands);
    assert_int_equal(src->shape, SHAPE_LONG);
    assert_true(src->period.has_constant);
    assert_int_equal(src->period.constant.start, 2016 * 12 + 3);
    assert_int_equal(src->where.column, 5);
    assert_string_equal(src->where.file, "/nowhere/study.yaml");
}

static void an_area_rule_is_read_in_full(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    const AreaRule *a = &s->sources[study_source(s, "spend")].area;
    assert_string_equal(a->column, "GEOGRAPHY CODE"); /* blanks squeezed as in headers */
    assert_int_equal(a->n_joins, 1);
    assert_int_equal(a->joins[0], 0);
    assert_int_equal(a->n_recodes, 1);
    assert_string_equal(a->recodes[0].from, "E06000060");
    assert_string_equal(a->recodes[0].to, "E10000002");
    assert_false(a->recodes[0].has_since);
    assert_int_equal(pattern_match(a->national, "E92000001"), PATTERN_YES);
    assert_null(a->ignore);
    assert_int_equal(a->n_not_covered, 2);
    assert_string_equal(a->not_covered[1].area, "E06000029");
    assert_int_equal(a->not_covered[1].status, STATUS_BOUNDARY_CHANGE);
    assert_string_equal(a->not_covered[1].because, "Christchurch moved");
}

static void row_filters_know_their_test(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    const RowFilters *rows = &s->sources[study_source(s, "spend")].rows;
    assert_int_equal(rows->n, 3);
    assert_int_equal(rows->items[0].test, FILTER_MATCH);
    assert_int_equal(pattern_match(rows->items[0].pattern, "1"), PATTERN_YES);
    assert_int_equal(pattern_match(rows->items[0].pattern, "12"), PATTERN_NO);
    assert_int_equal(rows->items[1].test, FILTER_IN);
    assert_string_equal(rows->items[1].values[0], "18"); /* a number where text is wanted is text */
    assert_string_equal(rows->items[1].values[1], "65+");
    assert_null(rows->items[1].values[2]);
    assert_int_equal(rows->items[2].test, FILTER_BLANK);
}

static void peers_are_read_with_their_defaults(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    const PeerGrouping *near = &s->peers[0], *region = &s->peers[1];
    assert_int_equal(near->method, PEERS_NEIGHBOURS);
    assert_int_equal(near->k, 15);
    assert_int_equal(near->fallback, 1);
    assert_int_equal(near->source, -1);
    assert_int_equal(near->n_variables, 2);
    assert_true(near->variables[0].numerator.source >= 0);
    assert_int_equal(near->variables[0].denominator.source, -1);
    assert_true(near->variables[0].weight == 1 && near->variables[1].weight == 0.5);
    assert_true(near->variables[1].denominator.scale == 1);
    assert_int_equal(region->method, PEERS_CLASS);
    assert_int_equal(region->class_index, 0);
    assert_int_equal(region->fallback, -1);
}

static void measures_bring_their_defaults(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    const Indicator *ratio = &s->indicators[study_indicator(s, "spend_pp")];
    const Indicator *published = &s->indicators[study_indicator(s, "contact")];
    const Indicator *rate = &s->indicators[study_indicator(s, "falls")];
    assert_true(ratio->per == 1 && published->per == 1 && rate->per == 100000);
    assert_int_equal(ratio->kind, KIND_NONE);
    assert_int_equal(published->kind, KIND_PUBLISHED); /* because it has limits */
    assert_int_equal(rate->kind, KIND_COUNTS);
    assert_int_equal(rate->decimals, 1);
    assert_string_equal(rate->short_title, "Falls");
    assert_int_equal(rate->value.source, -1);
    assert_null(rate->questions);
    assert_true(ratio->numerator.sum && !ratio->denominator.sum);
    assert_true(ratio->numerator.scale == 1000 && ratio->denominator.scale == 1);
}

static void limits_stand_in_the_rows_of_the_value(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    const Indicator *i = &s->indicators[study_indicator(s, "contact")];
    assert_int_equal(i->lower95.source, i->value.source);
    assert_int_equal(i->lower95.rows.n, 1);
    assert_string_equal(i->lower95.rows.items[0].column, "Sex");
    assert_true(i->lower95.scale == 100);
    assert_true(i->upper95.scale == 1); /* its own */
    assert_int_equal(i->lower99_8.source, -1);
}

static void references_are_indices(void **state)
{
    (void)state;
    g_autoptr(Study) s = sample();
    assert_int_equal(s->pairs[0].spend, study_indicator(s, "spend_pp"));
    assert_int_equal(s->pairs[0].outcome, study_indicator(s, "falls"));
    assert_int_equal(s->practice[0].n_indicators, 1);
    assert_int_equal(s->practice[0].indicators[0], study_indicator(s, "falls"));
    assert_int_equal(s->expected[0].source, study_source(s, "spend"));
    assert_int_equal(study_source(s, "nowhere"), -1);
    assert_int_equal(study_indicator(s, "nothing"), -1);
}

/* ---- several files ----------------------------------------------------------------------------
 */

static void put(const char *dir, const char *name, const char *contents)
{
    g_free(support_write(dir, name, contents));
}

static void put_from(const char *dir, const char *name, const char *from, const char *to)
{
    const char *start = from ? strstr(SAMPLE_STUDY, from) : SAMPLE_STUDY;
    const char *end = to ? strstr(SAMPLE_STUDY, to) : SAMPLE_STUDY + strlen(SAMPLE_STUDY);
    g_autofree char *text = g_strndup(start, (gsize)(end - start));
    put(dir, name, text);
}

static Study *load(const char *dir, Diagnostics *diags)
{
    g_autofree char *path = g_build_filename(dir, "study.yaml", NULL);
    return study_load(path, diags);
}

/* The one fault, without the folder's name. */
static void assert_only_fault(const char *dir, Diagnostics *diags, const char *expected)
{
    guint n;
    const Diag *d = diagnostics_sorted(diags, &n);
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_autofree char *text = diag_text(&d[i]);
        g_string_append_printf(found, "%s%s", i ? "\n" : "", text);
    }
    g_autofree char *prefix = g_strconcat(dir, "/", NULL);
    g_string_replace(found, prefix, "", 0);
    assert_string_equal(found->str, expected);
}

static void sections_may_be_files_found_or_named(void **state)
{
    const char *dir = *state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(GString) top = g_string_new(NULL);
    put_from(dir, "areas.yaml", "areas:\n", "sources:\n");
    put_from(dir, "sources.yaml", "sources:\n", "lookups:\n");
    put_from(dir, "lookups.yaml", "  - {id: to_county", "peers:\n"); /* the list itself */
    put_from(dir, "peers.yaml", "peers:\n", "indicators:\n");
    put_from(dir, "money.yaml", "indicators:\n", "  - id: contact\n");
    put_from(dir, "lives.yaml", "  - id: contact\n", "pairs:\n");
    put_from(dir, "rest.yaml", "  - {spend: spend_pp", "practice:\n");
    put_from(dir, "practice.yaml", "practice:\n", "expected_rejections:\n");
    put(dir, "expected_rejections.yaml", "# none yet\n");
    g_string_append_len(top, SAMPLE_STUDY, strstr(SAMPLE_STUDY, "areas:\n") - SAMPLE_STUDY);
    g_string_append(top, "indicators: [money.yaml, lives.yaml]\npairs: rest.yaml\n");
    put(dir, "study.yaml", top->str);

    g_autoptr(Study) s = load(dir, diags);
    assert_only_fault(dir, diags, "");
    assert_non_null(s);
    assert_int_equal(s->n_indicators, 3);
    assert_int_equal(s->n_sources, 4);
    assert_int_equal(s->n_pairs, 1);
    assert_int_equal(s->n_practice, 1);
    assert_int_equal(s->n_expected, 0);
    assert_int_equal(g_strv_length(s->definition_files), 10);
    assert_true(g_str_has_suffix(s->indicators[1].where.file, "/lives.yaml"));
    assert_int_equal(s->indicators[1].where.line, 1);
    g_autofree char *csv = g_build_filename(dir, "areas.csv", NULL);
    assert_string_equal(s->sources[0].path, csv); /* beside the study */
}

static void a_fault_is_told_with_the_file_it_is_in(void **state)
{
    const char *dir = *state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    put_from(dir, "study.yaml", NULL, "practice:\n");
    put(dir, "practice.yaml",
        "# Cases\n- id: p1\n  title: T\n  area: E1\n  indicatrs: [falls]\n"
        "  indicators: [fals]\n  what: W\n  source: S\n");
    g_autoptr(Study) s = load(dir, diags);
    assert_null(s);
    assert_only_fault(dir, diags,
                      "practice.yaml:5:3: unknown key in practice case: indicatrs (did you mean "
                      "indicators?) [unknown-key]\n"
                      "practice.yaml:6:16: no such indicator: fals (did you mean falls?) "
                      "[bad-reference]");
}

static void a_section_file_that_is_not_there_is_told_where_it_is_named(void **state)
{
    const char *dir = *state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autofree char *text = g_strconcat("practice: cases.yaml\n", SAMPLE_STUDY, NULL);
    *strstr(strstr(text, "demo"), "practice:\n") = '\0';
    put(dir, "study.yaml", text);
    g_autoptr(Study) s = load(dir, diags);
    assert_null(s);
    assert_only_fault(dir, diags,
                      "study.yaml:1:11: cannot read cases.yaml: No such file or directory (a YAML "
                      "file beside study.yaml) [cannot-read]");
}

static void a_study_that_is_not_there_is_told(void **state)
{
    const char *dir = *state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) s = load(dir, diags);
    assert_null(s);
    assert_only_fault(dir, diags,
                      "study.yaml: cannot read the study: No such file or directory (a YAML file) "
                      "[cannot-read]");
}

static void faults_of_earlier_studies_do_not_spoil_this_one(void **state)
{
    const char *dir = *state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    diag_add(diags, DIAG_ERROR, "earlier", NULL, 0, 0, "something else");
    put(dir, "study.yaml", SAMPLE_STUDY);
    g_autoptr(Study) s = load(dir, diags);
    assert_non_null(s);
}

#define WITH_FOLDER(test)                                                                          \
    cmocka_unit_test_setup_teardown(test, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_study_itself_is_read),
        cmocka_unit_test(areas_and_their_classes_are_read),
        cmocka_unit_test(a_source_is_read_in_full),
        cmocka_unit_test(an_area_rule_is_read_in_full),
        cmocka_unit_test(row_filters_know_their_test),
        cmocka_unit_test(peers_are_read_with_their_defaults),
        cmocka_unit_test(measures_bring_their_defaults),
        cmocka_unit_test(limits_stand_in_the_rows_of_the_value),
        cmocka_unit_test(references_are_indices),
        WITH_FOLDER(sections_may_be_files_found_or_named),
        WITH_FOLDER(a_fault_is_told_with_the_file_it_is_in),
        WITH_FOLDER(a_section_file_that_is_not_there_is_told_where_it_is_named),
        WITH_FOLDER(a_study_that_is_not_there_is_told),
        WITH_FOLDER(faults_of_earlier_studies_do_not_spoil_this_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
