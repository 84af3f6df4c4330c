#include "support.h"

#include "../../src/catalogue/study_tables.h"

/* Definitions as files: the faulty ones of tests/faults/studies, the packs of this repository, and
 * the manual, which has to know every key. */

static char *in_repository(const char *name)
{
    const char *root = g_getenv("PEERLINE_ROOT");
    return g_build_filename(root ? root : ".", name, NULL);
}

static char *read_or_skip(const char *name)
{
    g_autofree char *path = in_repository(name);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        skip();
    return text;
}

static char *faults_of(const char *directory)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autofree char *path = g_build_filename(directory, "study.yaml", NULL);
    g_autofree char *prefix = g_strconcat(directory, "/", NULL);
    g_autoptr(Study) study = study_load(path, diags);
    GString *found = g_string_new(NULL);
    guint n;
    const Diag *d = diagnostics_sorted(diags, &n);
    for (guint i = 0; i < n; i++) {
        g_autofree char *text = diag_text(&d[i]);
        g_string_append_printf(found, "%s\n", text);
    }
    g_string_replace(found, prefix, "", 0);
    if (diagnostics_count(diags, DIAG_ERROR) > 0)
        assert_null(study);
    return g_string_free(found, FALSE);
}

static void faulty_studies_are_told_as_expected(void **state)
{
    (void)state;
    g_autofree char *root = in_repository("tests/faults/studies");
    g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
    if (!dir)
        skip();
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *directory = g_build_filename(root, name, NULL);
        g_autofree char *path = g_build_filename(directory, "expected", NULL);
        g_autofree char *expected = NULL;
        g_autofree char *found = faults_of(directory);
        assert_true(g_file_get_contents(path, &expected, NULL, NULL));
        if (!g_str_equal(found, expected))
            fail_msg("%s\nfound\n%s\nexpected\n%s", name, found, expected);
    }
}

static void the_packs_of_this_repository_are_sound(void **state)
{
    (void)state;
    g_autofree char *root = in_repository("indicators");
    g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
    if (!dir)
        skip();
    for (const char *name; (name = g_dir_read_name(dir));) {
        if (g_str_equal(name, "registers")) /* files that studies share */
            continue;
        g_autofree char *directory = g_build_filename(root, name, NULL);
        g_autofree char *found = faults_of(directory);
        if (*found)
            fail_msg("%s\n%s", name, found);
    }
}

/* ---- the manual -------------------------------------------------------------------------------
 */

static void assert_keys_are_told(const YamlRecord *record, const char *manual)
{
    for (const YamlField *f = record->fields; f->key; f++) {
        g_autofree char *quoted = g_strdup_printf("`%s`", f->key);
        if (!strstr(manual, quoted))
            fail_msg("docs/STUDY_FORMAT.md does not tell the key %s of %s", f->key, record->name);
        if (f->type == &YAML_RECORD || f->type == &YAML_RECORDS)
            assert_keys_are_told(f->with, manual);
        for (const YamlChoice *c = f->type == &YAML_CHOICE ? f->with : NULL; c && c->name; c++) {
            g_autofree char *word = g_strdup_printf("`%s`", c->name);
            if (!strstr(manual, word))
                fail_msg("docs/STUDY_FORMAT.md does not tell the value %s of %s", c->name, f->key);
        }
    }
}

static void the_manual_tells_every_key_and_every_word(void **state)
{
    (void)state;
    static const YamlRecord *const RECORDS_OF_FORMAT[] = {
        &STUDY_RECORD,    &AREAS_RECORD,     &SOURCE_RECORD, &LOOKUP_RECORD,
        &PEERS_RECORD,    &INDICATOR_RECORD, &PAIR_RECORD,   &PRACTICE_RECORD,
        &EXPECTED_RECORD, &QUANTITY_RECORD,  &FILTER_RECORD,
    };
    g_autofree char *manual = read_or_skip("docs/STUDY_FORMAT.md");
    for (guint i = 0; i < G_N_ELEMENTS(RECORDS_OF_FORMAT); i++)
        assert_keys_are_told(RECORDS_OF_FORMAT[i], manual);
}

static void the_manuals_first_example_is_a_sound_study(void **state)
{
    g_autofree char *manual = read_or_skip("docs/STUDY_FORMAT.md");
    const char *start = strstr(manual, "```yaml\n") + strlen("```yaml\n");
    g_autofree char *example = g_strndup(start, (gsize)(strstr(start, "```") - start));
    g_free(support_write(*state, "study.yaml", example));
    g_autofree char *found = faults_of(*state);
    assert_string_equal(found, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faulty_studies_are_told_as_expected),
        cmocka_unit_test(the_packs_of_this_repository_are_sound),
        cmocka_unit_test(the_manual_tells_every_key_and_every_word),
        cmocka_unit_test_setup_teardown(the_manuals_first_example_is_a_sound_study,
                                        support_setup_dir, support_teardown_dir),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
