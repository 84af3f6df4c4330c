/* Feeds bytes to the quick reader of XML and to expat: what the quick one accepts expat must accept
 * too, with the same elements, attributes and text. The first byte says in which pieces the rest
 * comes. Built for libFuzzer by tests/fuzz/run; tests/unit/test_intake_workbook_quick.c runs the
 * same body over the seeds and over random documents in every test run. */
#include <stdlib.h>
#include <string.h>

#include "../../src/intake/xml_quick.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

/* What a reader was told, as text. */
typedef struct {
    XmlReader xml;
    GString *told;
} Recorder;

static const char *without_prefix(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void record_start(XmlReader *r, const char *name, const char **attributes)
{
    GString *told = ((Recorder *)r)->told;
    g_string_append_printf(told, "\x01%s", name);
    for (guint i = 0; attributes[i]; i++)
        g_string_append_printf(told, "\x02%s", attributes[i]);
    g_string_append_c(told, '\x03');
}

static void record_end(XmlReader *r, const char *name)
{
    g_string_append_printf(((Recorder *)r)->told, "\x04%s\x03", name);
}

static void record_text(XmlReader *r, const char *text, gsize n)
{
    g_string_append_len(((Recorder *)r)->told, text, (gssize)n);
}

static void XMLCALL expat_start(void *data, const char *name, const char **attributes)
{
    record_start(data, without_prefix(name), attributes);
}

static void XMLCALL expat_end(void *data, const char *name)
{
    record_end(data, without_prefix(name));
}

static void XMLCALL expat_text(void *data, const char *text, int n)
{
    record_text(data, text, (gsize)n);
}

/* NULL: refused. */
static char *told_by_expat(const guint8 *data, gsize n)
{
    Recorder r = {.told = g_string_new(NULL)};
    XML_Parser p = XML_ParserCreate(NULL);
    XML_SetUserData(p, &r);
    XML_SetElementHandler(p, expat_start, expat_end);
    XML_SetCharacterDataHandler(p, expat_text);
    const gboolean good = XML_Parse(p, (const char *)data, (int)n, TRUE) == XML_STATUS_OK;
    XML_ParserFree(p);
    char *told = g_string_free(r.told, FALSE);
    if (!good)
        g_clear_pointer(&told, g_free);
    return told;
}

/* NULL: not read. */
static char *told_quickly(const guint8 *data, gsize n, gsize piece)
{
    Recorder r = {.xml = {.start = record_start, .end = record_end, .text = record_text},
                  .told = g_string_new(NULL)};
    g_autoptr(XmlQuick) q = xml_quick_new(&r.xml);
    QuickStep step = QUICK_GOOD;
    for (gsize at = 0; step == QUICK_GOOD && at < n; at += piece) {
        const gsize length = MIN(piece, n - at);
        memcpy(xml_quick_room(q, length), data + at, length);
        step = xml_quick_take(q, length);
    }
    if (step == QUICK_GOOD) {
        xml_quick_room(q, 1);
        step = xml_quick_take(q, 0);
    }
    char *told = g_string_free(r.told, FALSE);
    if (step != QUICK_GOOD)
        g_clear_pointer(&told, g_free);
    return told;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    if (n < 1 || n > 100000)
        return 0;
    g_autofree char *quick = told_quickly(data + 1, n - 1, data[0] ? data[0] : 65536);
    if (!quick)
        return 0;
    g_autofree char *expat = told_by_expat(data + 1, n - 1);
    if (!expat || strcmp(quick, expat) != 0)
        abort();
    return 0;
}
