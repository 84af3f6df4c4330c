/* Feeds bytes to the checker of workbooks, which takes any file. The first byte says what the rest
 * is: one part of an otherwise sound workbook (FUZZ_PARTS), since checksums of a ZIP file would
 * else keep a fuzzer from the XML; anything else: a whole file. The seeds are parts of the demo
 * study's workbook. Built for libFuzzer by tests/fuzz/run; tests/unit/test_workbook_check_seeds.c
 * runs the same body over the seeds in every test run. */
#include "zip_parts.h"

#include "peerline/publish/workbook_check.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

#define FUZZ_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define FUZZ_RELATION(id, type, to)                                                                \
    "<Relationship Id='" id "' Type='" FUZZ_TYPE type "' Target='" to "'/>"

/* The parts of a sound workbook by the letter that replaces them. */
static const ZipPart FUZZ_PARTS[] = {
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

static guint8 *fuzz_wrap(char letter, const guint8 *data, gsize n, gsize *size)
{
    const ZipSeed seed = {letter, data, n};
    return zip_parts_wrap(FUZZ_PARTS, G_N_ELEMENTS(FUZZ_PARTS), &seed, size);
}

/* What the header promises of every breach. */
static void fuzz_check_breach(const WorkbookBreach *b)
{
    fuzz_require(b->rule && *b->rule && b->sheet && b->cell);
    fuzz_require(b->message && *b->message && g_utf8_validate(b->message, -1, NULL));
    fuzz_require(g_utf8_validate(b->sheet, -1, NULL) && g_utf8_validate(b->cell, -1, NULL));
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
    fuzz_require((breaches == NULL) == (error != NULL));
    fuzz_require(!error || g_utf8_validate(error->message, -1, NULL));
    for (guint i = 0; breaches && i < breaches->len; i++)
        fuzz_check_breach(breaches->pdata[i]);
    if (breaches)
        g_ptr_array_unref(breaches);
    return 0;
}
