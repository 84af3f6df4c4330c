#ifndef PEERLINE_TESTS_WORKBOOK_FILES_H
#define PEERLINE_TESTS_WORKBOOK_FILES_H

#include <zip.h>

#include "support.h"

/** Small workbooks written as the parts they consist of, so that a test can have any of them as it
 *  wants. */

/** Writes a ZIP file from pairs of name and text, ending with NULL; returns its path. */
static inline char *book_zip(const char *dir, const char *name, const char *const *parts)
{
    char *path = g_build_filename(dir, name, NULL);
    g_unlink(path);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, NULL);
    assert_non_null(zip);
    for (; parts[0]; parts += 2) {
        zip_source_t *s = zip_source_buffer(zip, parts[1], strlen(parts[1]), 0);
        assert_true(zip_file_add(zip, parts[0], s, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    return path;
}

#define XML  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

/** What an XLSX workbook of the tests consists of; NULL: left out, or a plain one. */
typedef struct {
    const char *sheet_data;  /**< inside <worksheet> of the first sheet */
    const char *second_data; /**< of a second one, called "Second one " */
    const char *strings;     /**< inside <sst> */
    const char *styles;      /**< inside <styleSheet> */
    const char *workbook_pr; /**< before <sheets> */
} BookParts;

static inline char *book_xlsx(const char *dir, const char *name, BookParts b)
{
    g_autofree char *workbook = g_strdup_printf(
        XML "<workbook xmlns=\"x\" xmlns:r=\"r\">%s<sheets><sheet name=\"First\" sheetId=\"1\" "
            "r:id=\"rId1\"/>%s</sheets></workbook>",
        b.workbook_pr ? b.workbook_pr : "",
        b.second_data ? "<sheet name=\"Second one \" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/>"
                      : "");
    g_autofree char *first =
        g_strdup_printf(XML "<worksheet xmlns=\"x\">%s</worksheet>", b.sheet_data);
    g_autofree char *second = g_strdup_printf(XML "<worksheet xmlns=\"x\">%s</worksheet>",
                                              b.second_data ? b.second_data : "");
    g_autofree char *strings =
        g_strdup_printf(XML "<sst xmlns=\"x\">%s</sst>", b.strings ? b.strings : "");
    g_autofree char *styles =
        g_strdup_printf(XML "<styleSheet xmlns=\"x\">%s</styleSheet>", b.styles ? b.styles : "");
    const char *const parts[] = {
        "_rels/.rels",
        XML "<Relationships xmlns=\"x\"><Relationship Id=\"rId1\" Type=\"" RELS
            "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        "xl/_rels/workbook.xml.rels",
        XML
        "<Relationships xmlns=\"x\">"
        "<Relationship Id=\"rId1\" Type=\"" RELS "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
        "<Relationship Id=\"rId2\" Type=\"" RELS
        "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
        "<Relationship Id=\"rId3\" Type=\"" RELS "sharedStrings\" Target=\"sharedStrings.xml\"/>"
        "<Relationship Id=\"rId4\" Type=\"" RELS "styles\" Target=\"../xl/styles.xml\"/>"
        "</Relationships>",
        "xl/workbook.xml",
        workbook,
        "xl/worksheets/sheet1.xml",
        first,
        "xl/worksheets/sheet2.xml",
        second,
        "xl/sharedStrings.xml",
        strings,
        "xl/styles.xml",
        styles,
        NULL};
    return book_zip(dir, name, parts);
}

/** An ODS workbook with this inside <office:spreadsheet>. */
static inline char *book_ods(const char *dir, const char *name, const char *sheets)
{
    g_autofree char *content = g_strdup_printf(
        XML "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" "
            "xmlns:calcext=\"c\" xmlns:draw=\"d\"><office:body><office:spreadsheet>%s"
            "</office:spreadsheet></office:body></office:document-content>",
        sheets);
    const char *const parts[] = {"mimetype", "application/vnd.oasis.opendocument.spreadsheet",
                                 "content.xml", content, NULL};
    return book_zip(dir, name, parts);
}

#endif
