#include "support.h"

#include "../../src/catalogue/yaml_tree.h"
#include "../fuzz/fuzz_yaml.c"
#include "sample_study.h"

/* The tree that YAML is read into, and that no input can upset the reader. */

static YamlTree *parse(const char *text, Diagnostics *diags)
{
    return yaml_tree_parse(text, strlen(text), "f.yaml", diags);
}

static char *only_fault(const char *text, gsize n)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(YamlTree) tree = yaml_tree_parse(text, n, "f.yaml", diags);
    guint count;
    const Diag *d = diagnostics_sorted(diags, &count);
    return count == 1 ? diag_text(d) : g_strdup_printf("%u faults", count);
}

static void nodes_know_their_place_and_their_text(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(YamlTree) tree = parse("a: 100k\n\"b\": ['x', \"no\", ~]\nää: {c: d}\n", diags);
    const YamlNode *root = yaml_tree_root(tree);
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->n, 3);
    assert_string_equal(yaml_get(root, "a")->text, "100k");
    assert_true(yaml_get(root, "a")->plain);
    const YamlNode *b = yaml_get(root, "b");
    assert_int_equal(b->kind, YAML_LIST);
    assert_false(b->items[1]->plain);
    assert_string_equal(b->items[1]->text, "no");
    assert_true(yaml_is_null(b->items[2]));
    const YamlNode *d = yaml_get(yaml_get(root, "ää"), "c");
    assert_int_equal(d->line, 3);
    assert_int_equal(d->column, 9); /* characters, not bytes */
    assert_null(yaml_get(root, "c"));
    assert_null(yaml_get(b, "x"));
}

static void only_what_is_written_as_nothing_is_null(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(YamlTree) tree = parse("[~, null, 'null', '', no, 0]", diags);
    const gboolean nulls[] = {TRUE, TRUE, FALSE, FALSE, FALSE, FALSE};
    const YamlNode *list = yaml_tree_root(tree);
    for (guint i = 0; i < G_N_ELEMENTS(nulls); i++)
        assert_int_equal(yaml_is_null(list->items[i]), nulls[i]);
}

static void an_alias_is_the_node_it_names(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(YamlTree) tree = parse("a: &x [1, 2]\nb: *x\n", diags);
    const YamlNode *root = yaml_tree_root(tree);
    assert_ptr_equal(yaml_get(root, "a"), yaml_get(root, "b"));
}

static void a_byte_order_mark_and_crlf_do_not_matter(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(YamlTree) tree = parse("\xef\xbb\xbf"
                                     "a: b\r\nc: d\r\n",
                                     diags);
    const YamlNode *root = yaml_tree_root(tree);
    assert_string_equal(yaml_get(root, "a")->text, "b");
    assert_string_equal(yaml_get(root, "c")->text, "d");
    assert_int_equal(yaml_get(root, "c")->line, 2);
}

static void an_empty_document_has_no_root(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(YamlTree) tree = parse("# nothing\n", diags);
    assert_non_null(tree);
    assert_null(yaml_tree_root(tree));
    assert_int_equal(diagnostics_count(diags, DIAG_NOTE), 0);
}

static void what_definitions_may_not_hold_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } FAULTS[] = {
        {"a: *x\n",
         "f.yaml:1:4: no such anchor: *x (one that was written out above) [yaml-syntax]"},
        {"a: &x [*x]\n",
         "f.yaml:1:8: no such anchor: *x (one that was written out above) [yaml-syntax]"},
        {"[a]: b\n", "f.yaml:1:1: a key that is not text [yaml-syntax]"},
        {"a: \"x\\0y\"\n",
         "f.yaml:1:4: text with a control character in it (printable text) [yaml-syntax]"},
        {"a: \"x\\ey\"\n",
         "f.yaml:1:4: text with a control character in it (printable text) [yaml-syntax]"},
        {"a: 1\nb: 2\na: 3\n",
         "f.yaml:3:1: duplicate key: a (already given on line 1) [duplicate]"},
        {"a: !x b\n", "f.yaml:1:4: a YAML tag: !x (definitions have none) [yaml-syntax]"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autofree char *fault = only_fault(FAULTS[i].text, strlen(FAULTS[i].text));
        assert_string_equal(fault, FAULTS[i].fault);
    }
    g_autofree char *nul = only_fault("a: b\0c\n", 7);
    assert_string_equal(nul, "f.yaml:1:5: not text in UTF-8: byte 0x00 (save the file as UTF-8) "
                             "[yaml-syntax]");
}

static void what_is_too_deep_is_told_and_not_walked(void **state)
{
    (void)state;
    g_autoptr(GString) deep = g_string_new(NULL);
    for (int i = 0; i < 5000; i++)
        g_string_append_c(deep, '[');
    g_autofree char *fault = only_fault(deep->str, deep->len);
    assert_string_equal(fault, "f.yaml:1:33: nested too deeply (at most 32 levels) [yaml-syntax]");
}

static void aliases_do_not_add_up_to_endless_depth(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("a0: &a0 x\n");
    for (int i = 1; i <= 40; i++)
        g_string_append_printf(text, "a%d: &a%d [*a%d]\n", i, i, i - 1);
    g_autofree char *fault = only_fault(text->str, text->len);
    assert_non_null(strstr(fault, "nested too deeply (at most 32 levels) [yaml-syntax]"));
}

/* ---- the fuzz target's body
 * ---------------------------------------------------------------------- */

static void feed(const char *text, gsize n)
{
    g_autofree guint8 *copy =
        g_memdup2(n ? text : "", MAX(n, 1)); /* exact ends for the sanitizer */
    LLVMFuzzerTestOneInput(copy, n);
}

static void a_study_cut_off_anywhere_is_told(void **state)
{
    (void)state;
    for (gsize n = 0; n <= strlen(SAMPLE_STUDY); n++)
        feed(SAMPLE_STUDY, n);
}

static void a_study_with_wrong_bytes_is_told(void **state)
{
    (void)state;
    static const char BYTES[] = "{}[]:,-#&*!|>'\"%@~ \n\t\\\x80\xc3x1";
    g_autoptr(GRand) random = g_rand_new_with_seed(20171025);
    for (int i = 0; i < 3000; i++) {
        g_autofree char *text = g_strdup(SAMPLE_STUDY);
        gint32 n = (gint32)strlen(text);
        for (int k = g_rand_int_range(random, 1, 6); k > 0; k--)
            text[g_rand_int_range(random, 0, n)] =
                BYTES[g_rand_int_range(random, 0, (gint32)sizeof BYTES - 1)];
        feed(text, (gsize)n);
    }
}

/* Whole lines taken out, doubled or moved: YAML that is well formed more often than not. */
static void a_study_with_lines_shuffled_is_told(void **state)
{
    (void)state;
    g_auto(GStrv) lines = g_strsplit(SAMPLE_STUDY, "\n", 0);
    gint32 n_lines = (gint32)g_strv_length(lines);
    g_autoptr(GRand) random = g_rand_new_with_seed(17);
    for (int i = 0; i < 3000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        gint32 here = g_rand_int_range(random, 0, n_lines);
        gint32 other = g_rand_int_range(random, 0, n_lines);
        gboolean drop = g_rand_boolean(random);
        for (gint32 k = 0; k < n_lines; k++)
            if (k != here)
                g_string_append_printf(text, "%s\n", lines[k]);
            else if (!drop)
                g_string_append_printf(text, "%s\n%s\n", lines[other], lines[k]);
        feed(text->str, text->len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_know_their_place_and_their_text),
        cmocka_unit_test(only_what_is_written_as_nothing_is_null),
        cmocka_unit_test(an_alias_is_the_node_it_names),
        cmocka_unit_test(a_byte_order_mark_and_crlf_do_not_matter),
        cmocka_unit_test(an_empty_document_has_no_root),
        cmocka_unit_test(what_definitions_may_not_hold_is_told),
        cmocka_unit_test(what_is_too_deep_is_told_and_not_walked),
        cmocka_unit_test(aliases_do_not_add_up_to_endless_depth),
        cmocka_unit_test(a_study_cut_off_anywhere_is_told),
        cmocka_unit_test(a_study_with_wrong_bytes_is_told),
        cmocka_unit_test(a_study_with_lines_shuffled_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
