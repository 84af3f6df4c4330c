#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>

#include "fixture.h"
#include "peerline/base/version.h"
#include "peerline/publish/provenance.h"

typedef struct {
    Fixture f;
    char *directory, *path, *definition;
    char *definitions[2];
    json_t *root;
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    s->directory = g_dir_make_tmp("peerline-provenance-XXXXXX", NULL);
    s->path = g_build_filename(s->directory, "provenance.json", NULL);
    s->definition = g_build_filename(s->directory, "study.yaml", NULL);
    g_file_set_contents(s->definition, "abc", 3, NULL);
    s->definitions[0] = s->definition;
    s->f.study.directory = s->directory;
    s->f.study.definition_files = s->definitions;
    assert_true(provenance_write(&s->f.context, s->path, NULL));
    s->root = json_load_file(s->path, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(s->root);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    json_decref(s->root);
    g_unlink(s->path);
    g_unlink(s->definition);
    g_rmdir(s->directory);
    g_free(s->path);
    g_free(s->definition);
    g_free(s->directory);
    g_free(s);
    return 0;
}

static const char *text_at(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void it_names_the_program_the_method_and_the_study(void **state)
{
    State *s = *state;
    json_t *program = json_object_get(s->root, "program");
    assert_string_equal(text_at(program, "version"), PEERLINE_VERSION);
    assert_string_equal(text_at(program, "methods_version"), PEERLINE_METHODS_VERSION);
    assert_string_equal(text_at(json_object_get(s->root, "study"), "id"), "tiny");
    assert_string_equal(text_at(s->root, "edition"), "2017-10-25");
}

static void every_source_has_address_hash_size_date_and_licence(void **state)
{
    State *s = *state;
    json_t *sources = json_object_get(s->root, "sources");
    assert_int_equal(json_array_size(sources), FIX_SOURCES);
    json_t *source = json_array_get(sources, 0);
    assert_string_equal(text_at(source, "url"), "https://example.org/admissions.csv");
    assert_string_equal(text_at(source, "sha256"), "00ff");
    assert_string_equal(text_at(source, "retrieved"), "2017-10-20");
    assert_string_equal(text_at(source, "licence"), "Invented");
    assert_int_equal(json_integer_value(json_object_get(source, "bytes")), 1234);
    assert_int_equal(json_integer_value(json_object_get(source, "rows_rejected")), 2);
}

static void definitions_are_named_from_the_study_and_hashed(void **state)
{
    State *s = *state;
    json_t *file = json_array_get(json_object_get(s->root, "definitions"), 0);
    assert_string_equal(text_at(file, "file"), "study.yaml");
    /* FIPS 180-2, appendix B.1 */
    assert_string_equal(text_at(file, "sha256"),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void neither_places_on_the_disk_nor_the_way_the_bytes_came_are_told(void **state)
{
    State *s = *state;
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(s->path, &text, NULL, NULL));
    assert_null(strstr(text, s->directory));
    assert_null(strstr(text, "/somewhere"));
    assert_null(strstr(text, "\"cache\""));
    assert_true(g_str_has_suffix(text, "}\n"));
}

static void methods_and_what_was_left_out_are_told(void **state)
{
    State *s = *state;
    json_t *methods = json_object_get(s->root, "methods");
    assert_true(json_number_value(json_object_get(methods, "alarm_outside_percent")) == 99.8);
    json_t *indicator = json_array_get(json_object_get(s->root, "indicators"), 0);
    assert_string_equal(text_at(indicator, "kind"), "counts");
    assert_int_equal(json_integer_value(json_object_get(indicator, "per")), 100000);
    const char *line = json_string_value(json_array_get(json_object_get(s->root, "left_out"), 0));
    assert_string_equal(line, "empty: the column is not there");
}

static void it_marks_a_directory_as_ours(void **state)
{
    State *s = *state;
    g_autofree char *study = provenance_study(s->directory);
    assert_string_equal(study, "tiny");
}

static void other_files_do_not(void **state)
{
    State *s = *state;
    static const char *const others[] = {"",
                                         "[]",
                                         "{}",
                                         "{\"program\": \"peerline\"}",
                                         "{\"program\": {\"name\": \"peerline\"}}",
                                         "{\"study\": {\"id\": \"tiny\"}}"};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_file_set_contents(s->path, others[i], -1, NULL);
        assert_null(provenance_study(s->directory));
    }
    g_unlink(s->path);
    assert_null(provenance_study(s->directory));
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    State *s = *state;
    g_autofree char *before = NULL, *after = NULL;
    g_file_get_contents(s->path, &before, NULL, NULL);
    assert_true(provenance_write(&s->f.context, s->path, NULL));
    g_file_get_contents(s->path, &after, NULL, NULL);
    assert_string_equal(before, after);
}

static void numbers_and_texts_that_are_none_do_not_break_it(void **state)
{
    State *s = *state;
    s->f.indicators[0].per = NAN;
    s->f.sources[0].title = "B\xe4"
                            "d";
    assert_true(provenance_write(&s->f.context, s->path, NULL));
    json_t *root = json_load_file(s->path, 0, NULL);
    assert_non_null(root);
    json_decref(root);
}

static void a_definition_that_is_gone_is_an_error(void **state)
{
    State *s = *state;
    g_unlink(s->definition);
    g_autoptr(GError) error = NULL;
    assert_false(provenance_write(&s->f.context, s->path, &error));
    assert_non_null(strstr(error->message, "study.yaml"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(it_names_the_program_the_method_and_the_study),
        T(every_source_has_address_hash_size_date_and_licence),
        T(definitions_are_named_from_the_study_and_hashed),
        T(neither_places_on_the_disk_nor_the_way_the_bytes_came_are_told),
        T(methods_and_what_was_left_out_are_told),
        T(it_marks_a_directory_as_ours),
        T(other_files_do_not),
        T(the_same_input_gives_the_same_bytes),
        T(numbers_and_texts_that_are_none_do_not_break_it),
        T(a_definition_that_is_gone_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
