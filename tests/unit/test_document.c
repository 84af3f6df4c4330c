#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "peerline/report/document.h"

static const Run *run_at(const GPtrArray *runs, guint i)
{
    return g_ptr_array_index(runs, i);
}

static void assert_run(const GPtrArray *runs, guint i, const char *text, gboolean bold,
                       const char *link)
{
    assert_true(i < runs->len);
    assert_string_equal(run_at(runs, i)->text, text);
    assert_int_equal(run_at(runs, i)->bold, bold);
    assert_int_equal(g_strcmp0(run_at(runs, i)->link, link), 0);
}

static void bold_and_links_become_runs(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) r = document_runs("a **b** c [d](https://x.y/z) e");
    assert_int_equal(r->len, 5);
    assert_run(r, 0, "a ", FALSE, NULL);
    assert_run(r, 1, "b", TRUE, NULL);
    assert_run(r, 2, " c ", FALSE, NULL);
    assert_run(r, 3, "d", FALSE, "https://x.y/z");
    assert_run(r, 4, " e", FALSE, NULL);
}

static void marks_nest(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) r = document_runs("[a **b**](#c)**[d](#e)f**");
    assert_int_equal(r->len, 4);
    assert_run(r, 0, "a ", FALSE, "#c");
    assert_run(r, 1, "b", TRUE, "#c");
    assert_run(r, 2, "d", TRUE, "#e");
    assert_run(r, 3, "f", TRUE, NULL);
}

static void what_is_no_markup_stays_text(void **state)
{
    (void)state;
    static const char *const plain[] = {"[c] suppressed", "**open", "a * b", "[x](",
                                        "[x]()",          "****",   "]("};
    for (guint i = 0; i < G_N_ELEMENTS(plain); i++) {
        g_autoptr(GPtrArray) r = document_runs(plain[i]);
        assert_int_equal(r->len, 1);
        assert_run(r, 0, plain[i], FALSE, NULL);
    }
}

static void no_text_gives_no_runs(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) empty = document_runs("");
    g_autoptr(GPtrArray) none = document_runs(NULL);
    assert_int_equal(empty->len, 0);
    assert_int_equal(none->len, 0);
}

static void an_escaped_value_reads_back_as_itself(void **state)
{
    (void)state;
    static const char letters[] = "ab*[]()\\ #";
    guint seed = 1;
    for (guint n = 0; n < 5000; n++) {
        char value[12];
        guint length = 1 + n % 11;
        for (guint i = 0; i < length; i++) {
            seed = seed * 1103515245u + 12345u;
            value[i] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        value[length] = '\0';
        g_autofree char *escaped = document_escape(value);
        g_autoptr(GPtrArray) alone = document_runs(escaped);
        assert_int_equal(alone->len, 1);
        assert_run(alone, 0, value, FALSE, NULL);
        g_autofree char *inside = g_strdup_printf("**%s** [%s](#x)", escaped, escaped);
        g_autoptr(GPtrArray) r = document_runs(inside);
        assert_int_equal(r->len, 3);
        assert_run(r, 0, value, TRUE, NULL);
        assert_run(r, 2, value, FALSE, "#x");
    }
}

static void blocks_are_kept_in_order_under_their_parents(void **state)
{
    (void)state;
    g_autoptr(Document) d = document_new("T");
    document_heading(d, NULL, 9, "H", "h");
    Block *group = document_container(d, NULL, BLOCK_GROUP);
    document_paragraph(d, group, PARA_LEAD, "P");
    Block *list = document_list(d, group);
    document_item(list, "1");
    document_item(list, "2");
    document_page_break(d);
    assert_int_equal(d->blocks->len, 3);
    const Block *h = g_ptr_array_index(d->blocks, 0);
    assert_int_equal(h->level, 3);
    assert_string_equal(h->anchor, "h");
    assert_int_equal(group->children->len, 2);
    assert_int_equal(list->children->len, 2);
    assert_string_equal(((const Block *)g_ptr_array_index(list->children, 1))->text, "2");
}

static void a_table_keeps_columns_and_cells(void **state)
{
    (void)state;
    g_autoptr(Document) d = document_new("T");
    Block *t = document_table(d, NULL, "C");
    table_add_column(t, "Area", 0.4, FALSE);
    table_add_column(t, "Value", 0, TRUE);
    table_add_text(t, "Leeds");
    table_add_number(t, "1,234");
    table_add_text(t, "York");
    table_add_figure(t, scene_new(10, 10), "a small chart");
    assert_int_equal(t->table->n_columns, 2);
    assert_int_equal(t->table->cells->len, 4);
    const Cell *last = &g_array_index(t->table->cells, Cell, 3);
    assert_int_equal(last->kind, CELL_FIGURE);
    assert_string_equal(last->text, "a small chart");
    assert_true(t->table->columns[1].numeric);
}

static void the_cover_has_title_and_subtitle(void **state)
{
    (void)state;
    g_autoptr(Document) d = document_new("T");
    Block *c = document_cover(d, "Title", "Subtitle");
    assert_int_equal(c->kind, BLOCK_COVER);
    assert_string_equal(c->text, "Title");
    const Block *p = g_ptr_array_index(c->children, 0);
    assert_string_equal(p->text, "Subtitle");
    assert_string_equal(d->language, "en-GB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bold_and_links_become_runs),
        cmocka_unit_test(marks_nest),
        cmocka_unit_test(what_is_no_markup_stays_text),
        cmocka_unit_test(no_text_gives_no_runs),
        cmocka_unit_test(an_escaped_value_reads_back_as_itself),
        cmocka_unit_test(blocks_are_kept_in_order_under_their_parents),
        cmocka_unit_test(a_table_keeps_columns_and_cells),
        cmocka_unit_test(the_cover_has_title_and_subtitle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
