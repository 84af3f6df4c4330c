#include "support.h"

#include "../fuzz/fuzz_xml.c"

static gboolean is_read(const char *text)
{
    g_autofree char *told = told_quickly((const guint8 *)text, strlen(text), 5);
    return told != NULL;
}

/* The fuzz target's own checks abort, so that reaching the end is the proof. */
static void feed(const char *text, gsize n)
{
    g_autofree guint8 *data = g_malloc(n + 1);
    memcpy(data + 1, text, n);
    for (guint piece = 0; piece < 70; piece++) {
        data[0] = (guint8)piece;
        LLVMFuzzerTestOneInput(data, n + 1);
    }
}

/* Else it would be right and of no use. */
static void test_what_programs_write_is_read(void **state)
{
    (void)state;
    assert_true(is_read("<a/>"));
    assert_true(
        is_read("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<a></a>\n"));
    assert_true(is_read("\xEF\xBB\xBF<a>\n<b c='d' x:e=\"&quot;&#163;\xC2\xA3\"/>\t</a>"));
    assert_true(is_read("<x:a>&lt;&gt;&amp;&apos;&#x20AC;\r\n]x]</x:a>"));
}

static void test_all_else_is_left_to_expat(void **state)
{
    (void)state;
    static const char *const others[] = {
        "",
        " ",
        "a",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>x",
        "x<a/>",
        "<a b='1' b='2'/>",
        "<a b='1'c='2'/>",
        "<a b=1/>",
        "<a b = '1'/>",
        "<a b='<'/>",
        "<a b='\n'/>",
        "<a b>",
        "<a>]]></a>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a>&#xFFFE;</a>",
        "<a>&#xD800;</a>",
        "<a>&#;</a>",
        "<a>&#163</a>",
        "<a>&</a>",
        "<a>\x01</a>",
        "<a>\xA3</a>",
        "<a>\xEF\xBF\xBE</a>",
        "<a>\xED\xA0\x80</a>",
        "<a><!-- --></a>",
        "<a><![CDATA[x]]></a>",
        "<a><?b?></a>",
        "<!DOCTYPE a><a/>",
        "<?xml version=\"1.0\" encoding=\"latin-1\"?><a/>",
        "<\xC3\xA4/>",
        "<1/>",
        "< a/>",
        "<a / >",
        "</a>",
        "<a></a x>",
        "\xFF\xFE<\0a\0/\0>\0",
    };
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (is_read(others[i]))
            fail_msg("read: %s", others[i]);
}

static void test_seeds_in_all_pieces_and_cuts(void **state)
{
    (void)state;
    static const char *const names[] = {"sheet", "blanks"};
    const char *root = g_getenv("PEERLINE_ROOT");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path =
            g_build_filename(root ? root : ".", "tests/fuzz/seeds/xml", names[i], NULL);
        g_autofree char *data = NULL;
        gsize n;
        if (!g_file_get_contents(path, &data, &n, NULL))
            skip();
        g_autofree char *told = told_quickly((const guint8 *)data + 1, n - 1, 3);
        assert_non_null(told);
        for (gsize cut = 1; cut < n; cut++)
            feed(data + 1, n - cut);
    }
}

/* Documents put together at random from what means something. */
static void test_random_documents(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "<a>",   "<a>",   "</a>",   "</a>",     "<b/>",      "<a c='d'>", "<a c=\"&amp;\" e=''/>",
        "<",     ">",     "/",      " ",        "\n",        "\r\n",      "\r",
        "x",     "&lt;",  "&",      "]",        "]]>",       "'",         "\"",
        "c='d'", "&#10;", "&#xA3;", "\xC2\xA3", "\xA3",      "!--",       "a:b",
        "<a:b",  "=",     "\t",     "&apos;",   "&#x110000;"};
    g_autoptr(GRand) rand = g_rand_new_with_seed(20171025);
    g_autoptr(GString) document = g_string_new(NULL);
    guint read = 0;
    for (int i = 0; i < 50000; i++) {
        g_string_assign(document, "\x03<a>");
        document->str[0] = (char)g_rand_int_range(rand, 1, 20);
        for (int n = g_rand_int_range(rand, 0, 9); n > 0; n--)
            g_string_append(document,
                            pieces[g_rand_int_range(rand, 0, (gint32)G_N_ELEMENTS(pieces))]);
        g_string_append(document, "</a>");
        LLVMFuzzerTestOneInput((const guint8 *)document->str, document->len);
        read += is_read(document->str + 1);
    }
    assert_true(read > 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_programs_write_is_read),
        cmocka_unit_test(test_all_else_is_left_to_expat),
        cmocka_unit_test(test_seeds_in_all_pieces_and_cuts),
        cmocka_unit_test(test_random_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
