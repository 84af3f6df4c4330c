/* Feeds bytes to the readers of workbooks. The first byte says what the rest is: 'x' a worksheet,
 * 's' shared strings, 't' styles, 'w' workbook.xml, each put into an otherwise sound XLSX file, 'o'
 * the content.xml of an ODS file; anything else: a whole file, ODS if odd. Checksums of a ZIP file
 * would else keep a fuzzer from ever reaching the XML. Built for libFuzzer by tests/fuzz/run;
 * tests/unit/test_intake_workbook_seeds.c runs the same body over the seeds in every test run. */
#include "zip_parts.h"

#include "peerline/intake/table.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

#define FUZZ_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

/* The parts of a sound workbook by the letter that replaces them. */
static const ZipPart FUZZ_PARTS[] = {
    {'r', "_rels/.rels",
     "<Relationships><Relationship Id='a' Type='" FUZZ_TYPE
     "officeDocument' Target='xl/workbook.xml'/></Relationships>"},
    {'R', "xl/_rels/workbook.xml.rels",
     "<Relationships><Relationship Id='a' Type='" FUZZ_TYPE "worksheet' Target='s.xml'/>"
     "<Relationship Id='b' Type='" FUZZ_TYPE "sharedStrings' Target='t.xml'/>"
     "<Relationship Id='c' Type='" FUZZ_TYPE "styles' Target='/xl/y.xml'/></Relationships>"},
    {'w', "xl/workbook.xml", "<workbook><sheets><sheet name='One' id='a'/></sheets></workbook>"},
    {'x', "xl/s.xml",
     "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' "
     "t='s'><v>1</v></c></row>"
     "<row r='2'><c r='A2' s='1'><v>42461.5</v></c><c r='B2' s='2'><v>1.5</v></c></row></sheetData>"
     "</worksheet>"},
    {'s', "xl/t.xml", "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>"},
    {'t', "xl/y.xml",
     "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[h]:mm'/></numFmts><cellXfs>"
     "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/></cellXfs></styleSheet>"},
};

static guint8 *fuzz_wrap(char letter, const guint8 *data, gsize n, gsize *size)
{
    static const ZipPart ODS[] = {{'o', "content.xml", ""}};
    const ZipSeed seed = {letter, data, n};
    return letter == 'o' ? zip_parts_wrap(ODS, 1, &seed, size)
                         : zip_parts_wrap(FUZZ_PARTS, G_N_ELEMENTS(FUZZ_PARTS), &seed, size);
}

/* What the header promises of every table. */
static void fuzz_check_table(const Table *t)
{
    for (guint c = 0; c < t->n_columns; c++) {
        fuzz_require(t->columns[c][0] && g_utf8_validate(t->columns[c], -1, NULL));
        fuzz_require(c >= 200 || table_column(t, t->columns[c]) == (int)c);
    }
    guint before = 0;
    for (guint r = 0; r < t->n_rows; r++) {
        fuzz_require(t->line[r] > before && t->line[r] <= 1048576);
        fuzz_require(t->n_fields[r] == t->n_columns);
        before = t->line[r];
        gboolean blank = TRUE;
        for (guint c = 0; c < t->n_columns; c++) {
            fuzz_require(r >= 200 || g_utf8_validate(table_cell(t, r, c), -1, NULL));
            blank = blank && !*table_cell(t, r, c);
        }
        fuzz_require(!blank);
    }
}

static void fuzz_read(const guint8 *data, gsize n, const BookOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Table) t = table_parse_book(data, n, "fuzz", options, &error);
    fuzz_require((t == NULL) == (error != NULL));
    if (t)
        fuzz_check_table(t);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    if (n < 1 || n > 100000)
        return 0;
    const char letter = (char)data[0];
    g_autoptr(Pattern) end = pattern_new("Notes?.*", TRUE, NULL);
    const gboolean wrapped = letter != '\0' && strchr("xstwo", letter) != NULL;
    BookOptions options = {.format =
                               letter == 'o' || (!wrapped && (letter & 1)) ? BOOK_ODS : BOOK_XLSX};
    gsize size = n - 1;
    g_autofree guint8 *bytes = wrapped ? fuzz_wrap(letter, data + 1, n - 1, &size) : NULL;
    fuzz_read(wrapped ? bytes : data + 1, size, &options);
    options.header_rows = 2;
    options.end = end;
    fuzz_read(wrapped ? bytes : data + 1, size, &options);
    return 0;
}
