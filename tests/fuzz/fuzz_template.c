/* Feeds bytes to what takes the messages of templates apart: every paragraph of the file is taken
 * for one. Built for libFuzzer by tests/fuzz/run; tests/unit/test_catalogue_template_seeds.c runs
 * the same body over the seeds in every test run, and reads them as a study's files too. */
#include <stdlib.h>
#include <string.h>

#include "../../src/catalogue/template_parts.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static void check(gboolean holds)
{
    if (!holds)
        abort();
}

/* What the header promises of every part. */
static void check_part(const TemplatePart *p)
{
    check(p->kind <= TEMPLATE_CHOICE && p->text && g_utf8_validate(p->text, -1, NULL));
    check((p->kind == TEMPLATE_CHOICE) == (p->one != NULL));
    check(!p->many || p->one);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    if (n > 100000 || !g_utf8_validate_len((const char *)data, n, NULL))
        return 0; /* refused before */
    cmark_node *document = cmark_parse_document((const char *)data, n, CMARK_OPT_DEFAULT);
    for (cmark_node *at = cmark_node_first_child(document); at; at = cmark_node_next(at)) {
        if (cmark_node_get_type(at) != CMARK_NODE_PARAGRAPH)
            continue;
        GArray *parts = template_parts_new();
        g_autofree char *fault = template_take_apart(at, parts);
        check(!fault || *fault);
        for (guint i = 0; i < parts->len; i++)
            check_part(&g_array_index(parts, TemplatePart, i));
        g_array_unref(parts);
    }
    cmark_node_free(document);
    return 0;
}
