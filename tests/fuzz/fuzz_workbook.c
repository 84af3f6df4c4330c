/* Feeds bytes to the checker of workbooks, which takes any file. The first byte says what the rest
 * is: one part of an otherwise sound workbook (FUZZ_PARTS), since checksums of a ZIP file would
 * else keep a fuzzer from the XML; anything else: a whole file. The seeds are parts of the demo
 * study's workbook. Built for libFuzzer by tests/fuzz/run; tests/unit/test_workbook_check_seeds.c
 * runs the same body over the seeds in every test run. */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "peerline/publish/workbook_check.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static void check(gboolean holds)
{
    if (!holds)
        abort();
}

#define FUZZ_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define FUZZ_RELATION(id, type, to)                                                                \
    "<Relationship Id='" id "' Type='" FUZZ_TYPE type "' Target='" to "'/>"

/* The parts of a sound workbook by the letter that replaces them. */
static const struct {
    char letter;
    const char *name, *text;
} FUZZ_PARTS[] = {
    {'r', "_rels/.rels",
     "<Relationships>" FUZZ_RELATION("rId1", "officeDocument",
                                     "xl/workbook.xml") "</Relationships>"},
    {'R', "xl/_rels/workbook.xml.rels",
     "<Relationships>" FUZZ_RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
         FUZZ_RELATION("rId2", "worksheet", "worksheets/sheet2.xml")
             FUZZ_RELATION("rId3", "sharedStrings", "sharedStrings.xml")
                 FUZZ_RELATION("rId4", "styles", "styles.xml") "</Relationships>"},
    {'w', "xl/workbook.xml",
     "<workbook><sheets><sheet name='Cover' id='rId1'/><sheet name='Notes' id='rId2'/></sheets>"
     "</workbook>"},
    {'S', "xl/worksheets/_rels/sheet1.xml.rels",
     "<Relationships>" FUZZ_RELATION("rId1", "table", "../tables/table1.xml")
         FUZZ_RELATION("rId2", "drawing", "../drawings/drawing1.xml") "</Relationships>"},
    {'x', "xl/worksheets/sheet1.xml",
     "<worksheet><cols><col min='1' max='2' width='20'/></cols><sheetData><row r='1'><c r='A1' "
     "t='s' s='1'><v>0</v></c></row><row r='3'><c r='A3' t='s'><v>1</v></c><c r='B3' "
     "t='inlineStr'><is><t>Rate [note 1]</t></is></c></row><row r='4'><c r='A4' t='str'><v>[x]</v>"
     "</c><c r='B4'><v>1.5</v></c></row></sheetData><hyperlinks><hyperlink ref='A1'/></hyperlinks>"
     "</worksheet>"},
    {'y', "xl/worksheets/sheet2.xml",
     "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData></worksheet>"},
    {'s', "xl/sharedStrings.xml", "<sst><si><t>Table 1</t></si><si><r><t>Code</t></r></si></sst>"},
    {'t', "xl/styles.xml",
     "<styleSheet><fonts><font><sz val='12'/><name val='Arial'/></font><font><b/><i/></font>"
     "</fonts><fills><fill><patternFill patternType='none'/></fill></fills><cellXfs><xf "
     "fontId='0'/>"
     "<xf fontId='1'><alignment wrapText='1'/></xf></cellXfs></styleSheet>"},
    {'b', "xl/tables/table1.xml",
     "<table displayName='rates' ref='A3:B4'><tableColumns><tableColumn name='Code'/>"
     "<tableColumn name='Rate [note 1]'/></tableColumns></table>"},
    {'d', "xl/drawings/drawing1.xml",
     "<wsDr><twoCellAnchor><from><col>1</col><row>2</row></from><graphicFrame><cNvPr name='c'/>"
     "</graphicFrame></twoCellAnchor></wsDr>"},
    {'c', "docProps/core.xml",
     "<coreProperties><title>a</title><creator>b</creator></coreProperties>"},
};

static void fuzz_add(zip_t *zip, const char *name, const void *data, gsize n)
{
    const zip_int64_t at = zip_file_add(zip, name, zip_source_buffer(zip, data, n, 0), 0);
    check(at >= 0);
    zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
}

/* A ZIP file in memory, with one part replaced by these bytes. */
static guint8 *fuzz_wrap(char letter, const guint8 *data, gsize n, gsize *size)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *into = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(into);
    zip_t *zip = zip_open_from_source(into, ZIP_TRUNCATE, &error);
    check(zip != NULL);
    for (guint i = 0; i < G_N_ELEMENTS(FUZZ_PARTS); i++) {
        const gboolean replaced = FUZZ_PARTS[i].letter == letter;
        fuzz_add(zip, FUZZ_PARTS[i].name, replaced ? (const void *)data : FUZZ_PARTS[i].text,
                 replaced ? n : strlen(FUZZ_PARTS[i].text));
    }
    check(zip_close(zip) == 0);
    zip_stat_t stat;
    check(zip_source_open(into) == 0 && zip_source_stat(into, &stat) == 0);
    guint8 *bytes = g_malloc(stat.size + 1);
    check(zip_source_read(into, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(into);
    zip_source_free(into);
    zip_error_fini(&error);
    *size = stat.size;
    return bytes;
}

/* What the header promises of every breach. */
static void fuzz_check_breach(const WorkbookBreach *b)
{
    check(b->rule && *b->rule && b->sheet && b->cell);
    check(b->message && *b->message && g_utf8_validate(b->message, -1, NULL));
    check(g_utf8_validate(b->sheet, -1, NULL) && g_utf8_validate(b->cell, -1, NULL));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    if (n < 1 || n > 100000)
        return 0;
    gboolean wrapped = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(FUZZ_PARTS); i++)
        wrapped = wrapped || FUZZ_PARTS[i].letter == (char)data[0];
    gsize size = n - 1;
    g_autofree guint8 *bytes =
        wrapped ? fuzz_wrap((char)data[0], data + 1, n - 1, &size) : g_memdup2(data + 1, n - 1);
    g_autoptr(GError) error = NULL;
    GPtrArray *breaches = workbook_check_bytes(bytes, size, &error);
    check((breaches == NULL) == (error != NULL));
    check(!error || g_utf8_validate(error->message, -1, NULL));
    for (guint i = 0; breaches && i < breaches->len; i++)
        fuzz_check_breach(breaches->pdata[i]);
    if (breaches)
        g_ptr_array_unref(breaches);
    return 0;
}
