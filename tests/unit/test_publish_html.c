#include "support.h"

#include "peerline/publish/html.h"

#include <expat.h>
#include <string.h>

/* ---- the pages of a document, as a reader of XML that is not ours takes them ---- */

typedef struct {
    GString *outline; /* names of elements and texts, in order */
} Seen;

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    Seen *seen = data;
    g_string_append_printf(seen->outline, "<%s", name);
    for (guint i = 0; attributes[i]; i += 2)
        if (!g_str_equal(attributes[i], "class"))
            g_string_append_printf(seen->outline, " %s=%s", attributes[i], attributes[i + 1]);
    g_string_append_c(seen->outline, '>');
}

static void on_text(void *data, const XML_Char *text, int n)
{
    Seen *seen = data;
    if (n != 1 || *text != '\n')
        g_string_append_len(seen->outline, text, n);
}

/* What the blocks become, as elements and texts; fails where it is not well-formed. New. */
static char *outline_of(const Document *d, const HtmlPlace *place)
{
    g_autofree char *html =
        html_from_blocks((Block *const *)d->blocks->pdata, d->blocks->len, place);
    g_autofree char *whole = g_strconcat("<x>", html, "</x>", NULL);
    g_autofree char *xml = g_strdup(whole);
    /* An attribute without a value is HTML and no XML. */
    for (char *at = strstr(xml, " data-sort>"); at; at = strstr(at, " data-sort>"))
        memset(at, ' ', strlen(" data-sort"));
    Seen seen = {g_string_new(NULL)};
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &seen);
    XML_SetElementHandler(parser, on_start, NULL);
    XML_SetCharacterDataHandler(parser, on_text);
    const enum XML_Status status = XML_Parse(parser, xml, (int)strlen(xml), 1);
    XML_ParserFree(parser);
    assert_int_equal(status, XML_STATUS_OK);
    return g_string_free(seen.outline, FALSE);
}

static HtmlPlace plain_place(void)
{
    return (HtmlPlace){.root = "", .address = "a.html", .data_of_chart = "Data", .chart = "Chart"};
}

static void assert_outline(const Document *d, const HtmlPlace *place, const char *expected)
{
    g_autofree char *found = outline_of(d, place);
    assert_string_equal(found, expected);
}

/* ---- tests ---- */

static void text_cannot_become_markup(void **state)
{
    (void)state;
    g_autoptr(Document) d = document_new("t");
    g_autofree char *evil = document_escape("</p><script>alert(\"1\")</script>&amp; [x](#y) **b**");
    document_paragraph(d, NULL, PARA_BODY, evil);
    const HtmlPlace place = plain_place();
    assert_outline(d, &place, "<x><p></p><script>alert(\"1\")</script>&amp; [x](#y) **b**");
    g_autofree char *html =
        html_from_blocks((Block *const *)d->blocks->pdata, d->blocks->len, &place);
    assert_null(strstr(html, "<script"));
}

static void headings_begin_with_one_and_skip_none(void **state)
{
    (void)state;
    g_autoptr(Document) d = document_new("t");
    document_heading(d, NULL, 1, "Title", NULL);
    document_heading(d, NULL, 3, "Deep", NULL);
    document_heading(d, NULL, 2, "Part", "here");
    Block *group = document_container(d, NULL, BLOCK_GROUP);
    document_heading(d, group, 3, "Deeper", NULL);
    document_heading(d, NULL, 1, "Again", NULL);
    const HtmlPlace place = plain_place();
    assert_outline(d, &place,
                   "<x><h1 id=part-0>Title<h2 id=part-1>Deep<h2 id=here>Part<h3 id=part-3>Deeper"
                   "<h2 id=part-4>Again");
    g_autoptr(GArray) list = html_headings((Block *const *)d->blocks->pdata, d->blocks->len);
    assert_int_equal(list->len, 5);
    assert_string_equal(g_array_index(list, HtmlHeading, 3).id, "part-3");
    assert_int_equal(g_array_index(list, HtmlHeading, 3).level, 3);
}

static void links_lead_to_places_and_the_web_only(void **state)
{
    (void)state;
    g_autoptr(GHashTable) anchors = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(anchors, (gpointer) "far", (gpointer) "b.html#far");
    g_hash_table_insert(anchors, (gpointer) "self", (gpointer) "areas/a.html#self");
    const HtmlPlace place = {.root = "../",
                             .address = "areas/a.html",
                             .anchors = anchors,
                             .data_of_chart = "",
                             .chart = ""};
    g_autoptr(Document) d = document_new("t");
    Block *list = document_list(d, NULL);
    static const char *const items[] = {"[1](#far)",
                                        "[2](#self)",
                                        "[3](#nowhere)",
                                        "[4](https://example.org/?a=1&b=2)",
                                        "[5](javascript:alert)",
                                        "[6](data:text/html,x)",
                                        "[7](site:data/x.csv)",
                                        "[8](x.html)"};
    for (guint k = 0; k < G_N_ELEMENTS(items); k++)
        document_item(list, items[k]);
    assert_outline(d, &place,
                   "<x><ul><li><a href=../b.html#far>1<li><a href=#self>2<li>3"
                   "<li><a href=https://example.org/?a=1&b=2>4<li>5<li>6"
                   "<li><a href=../data/x.csv>7<li>8");
}

static void names_lead_to_their_pages_where_they_stand_alone(void **state)
{
    (void)state;
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(names, (gpointer) "Hull, City of", (gpointer) "areas/H.html");
    g_hash_table_insert(names, (gpointer) "Falls", (gpointer) "indicators/falls.html");
    g_hash_table_insert(names, (gpointer) "Twice", (gpointer) "");
    HtmlPlace place = plain_place();
    place.names = names;
    g_autoptr(Document) d = document_new("t");
    document_paragraph(d, NULL, PARA_BODY, "**Falls.** In Hull, City of, **Twice**");
    Block *table = document_table(d, NULL, "T");
    table_add_column(table, "Area", 0, FALSE);
    table->table->row_headers = TRUE;
    table_add_text(table, "Hull, City of");
    assert_outline(d, &place,
                   "<x><p><a href=indicators/falls.html><strong>Falls. In Hull, City of, "
                   "<strong>Twice<div role=group tabindex=0 aria-label=T><table><caption>T<thead>"
                   "<tr><th scope=col>Area<tbody><tr><th scope=row><a href=areas/H.html>"
                   "Hull, City of");
}

static void a_table_has_a_name_and_heads(void **state)
{
    (void)state;
    g_autoptr(Document) d = document_new("t");
    document_heading(d, NULL, 1, "Spending", NULL);
    Block *table = document_table(d, NULL, NULL);
    table_add_column(table, "Year", 0, FALSE);
    table_add_column(table, "£", 0, TRUE);
    table_add_text(table, "2016");
    table_add_number(table, "<5");
    const HtmlPlace place = plain_place();
    assert_outline(d, &place,
                   "<x><h1 id=part-0>Spending<div role=group tabindex=0 aria-label=Spending><table>"
                   "<caption>Spending<thead><tr><th scope=col>Year<th scope=col>£<tbody><tr>"
                   "<td>2016<td><5");
}

static void a_chart_comes_with_its_data(void **state)
{
    (void)state;
    g_autoptr(Document) d = document_new("t");
    Scene *scene = scene_new(100, 50);
    scene->alt = g_strdup("Two bars");
    const char *const columns[] = {"Area", "Value", NULL};
    scene->table = scene_table_new(NULL, "Bars & more", columns, 1);
    scene_table_add(scene->table, (const char *const[]){"A", "1.5"});
    scene_table_add(scene->table, (const char *const[]){"B", NULL});
    document_figure(d, NULL, scene, "Caption");
    const HtmlPlace place = plain_place();
    g_autofree char *found = outline_of(d, &place);
    assert_non_null(strstr(found, "<figcaption>Caption"));
    assert_non_null(strstr(found, "aria-label=Two bars"));
    assert_non_null(strstr(found, "<details><summary>Data<span>: Bars & more"));
    assert_non_null(strstr(found, "<th scope=row>A<td>1.5<tr><th scope=row>B<td>no data"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_cannot_become_markup),
        cmocka_unit_test(headings_begin_with_one_and_skip_none),
        cmocka_unit_test(links_lead_to_places_and_the_web_only),
        cmocka_unit_test(names_lead_to_their_pages_where_they_stand_alone),
        cmocka_unit_test(a_table_has_a_name_and_heads),
        cmocka_unit_test(a_chart_comes_with_its_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
