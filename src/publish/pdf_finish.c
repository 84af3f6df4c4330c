#include "pdf_finish.h"

#include "peerline/base/error.h"
#include "peerline/base/version.h"

#include <qpdf/qpdf-c.h>

static const char LANGUAGE[] = "en-GB"; /* of documents that state none */
enum { DEEPEST = 64 };                  /* structure elements within each other */

typedef struct {
    qpdf_data pdf;
    const Document *document;
    const GArray *notes;
    guint next; /* of the notes */
    gboolean strange;
} Finish;

static qpdf_oh parsed(Finish *f, const char *text)
{
    return qpdf_oh_parse(f->pdf, text);
}

/* Handles are kept by qpdf until they are released: a report has a hundred thousand. */
static void put(Finish *f, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(f->pdf, dictionary, key, value);
    qpdf_oh_release(f->pdf, value);
}

/* ---- the structure tree ------------------------------------------------------------------------
 */

static void describe_figure(Finish *f, qpdf_oh element, const TagNote *note)
{
    const char *alt = note->alt && *note->alt ? note->alt : "Chart";
    put(f, element, "/Alt", qpdf_oh_new_unicode_string(f->pdf, alt));
}

static void describe_header(Finish *f, qpdf_oh element, const TagNote *note)
{
    put(f, element, "/A",
        parsed(f, note->kind == NOTE_ROW_HEADER ? "<< /O /Table /Scope /Row >>"
                                                : "<< /O /Table /Scope /Column >>"));
}

static void describe(Finish *f, qpdf_oh element)
{
    qpdf_oh type = qpdf_oh_get_key(f->pdf, element, "/S");
    const gboolean figure = qpdf_oh_is_name_and_equals(f->pdf, type, "/Figure");
    const gboolean header = qpdf_oh_is_name_and_equals(f->pdf, type, "/TH");
    qpdf_oh_release(f->pdf, type);
    if (!figure && !header)
        return;
    const TagNote *note =
        f->next < f->notes->len ? &g_array_index(f->notes, TagNote, f->next) : NULL;
    f->next++;
    if (!note || figure != (note->kind == NOTE_FIGURE))
        f->strange = TRUE;
    else
        (figure ? describe_figure : describe_header)(f, element, note);
}

static void walk(Finish *f, qpdf_oh element, guint depth)
{
    if (depth > DEEPEST || !qpdf_oh_is_dictionary(f->pdf, element))
        return;
    describe(f, element);
    qpdf_oh children = qpdf_oh_get_key(f->pdf, element, "/K");
    if (qpdf_oh_is_array(f->pdf, children)) {
        const int n = qpdf_oh_get_array_n_items(f->pdf, children);
        for (int i = 0; i < n; i++) {
            qpdf_oh child = qpdf_oh_get_array_item(f->pdf, children, i);
            walk(f, child, depth + 1);
            qpdf_oh_release(f->pdf, child);
        }
    } else {
        walk(f, children, depth + 1);
    }
    qpdf_oh_release(f->pdf, children);
}

static void finish_structure(Finish *f, qpdf_oh root)
{
    qpdf_oh tree = qpdf_oh_get_key(f->pdf, root, "/StructTreeRoot");
    walk(f, tree, 0);
    qpdf_oh_release(f->pdf, tree);
    f->strange = f->strange || f->next != f->notes->len;
}

/* ---- the document ------------------------------------------------------------------------------
 */

static const char *language_of(const Document *d)
{
    return d->language && *d->language ? d->language : LANGUAGE;
}

static void add_xmp_text(GString *xmp, const char *before, const char *text, const char *after)
{
    if (!text || !*text)
        return;
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(xmp, "%s%s%s\n", before, escaped, after);
}

static GString *xmp_packet(const Document *d)
{
    GString *x =
        g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                     "<rdf:Description rdf:about=\"\""
                     " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                     " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
                     "<dc:format>application/pdf</dc:format>\n");
    static const char ALT[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    g_autofree char *title = g_strconcat("<dc:title>", ALT, NULL);
    g_autofree char *about = g_strconcat("<dc:description>", ALT, NULL);
    add_xmp_text(x, title, d->title, "</rdf:li></rdf:Alt></dc:title>");
    add_xmp_text(x, about, d->subject, "</rdf:li></rdf:Alt></dc:description>");
    add_xmp_text(x, "<dc:creator><rdf:Seq><rdf:li>", d->author, "</rdf:li></rdf:Seq></dc:creator>");
    add_xmp_text(x, "<dc:language><rdf:Bag><rdf:li>", language_of(d),
                 "</rdf:li></rdf:Bag></dc:language>");
    add_xmp_text(x, "<xmp:CreatorTool>", "Peerline " PEERLINE_VERSION, "</xmp:CreatorTool>");
    add_xmp_text(x, "<xmp:CreateDate>", d->date, "</xmp:CreateDate>");
    g_string_append(x, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return x;
}

static void finish_metadata(Finish *f, qpdf_oh root)
{
    GString *xmp = xmp_packet(f->document);
    qpdf_oh stream = qpdf_oh_new_stream(f->pdf);
    qpdf_oh none = qpdf_oh_new_null(f->pdf);
    qpdf_oh_replace_stream_data(f->pdf, stream, (const unsigned char *)xmp->str, xmp->len, none,
                                none);
    qpdf_oh dictionary = qpdf_oh_get_dict(f->pdf, stream);
    put(f, dictionary, "/Type", qpdf_oh_new_name(f->pdf, "/Metadata"));
    put(f, dictionary, "/Subtype", qpdf_oh_new_name(f->pdf, "/XML"));
    qpdf_oh_release(f->pdf, dictionary);
    qpdf_oh_release(f->pdf, none);
    put(f, root, "/Metadata", stream);
    g_string_free(xmp, TRUE);
}

static void finish_pages(Finish *f)
{
    const int n = qpdf_get_num_pages(f->pdf);
    for (int i = 0; i < n; i++) {
        qpdf_oh page = qpdf_get_page_n(f->pdf, (size_t)i);
        put(f, page, "/Tabs", qpdf_oh_new_name(f->pdf, "/S"));
        qpdf_oh_release(f->pdf, page);
    }
}

static void finish_catalog(Finish *f)
{
    qpdf_oh root = qpdf_get_root(f->pdf);
    put(f, root, "/Lang", qpdf_oh_new_unicode_string(f->pdf, language_of(f->document)));
    put(f, root, "/MarkInfo", parsed(f, "<< /Marked true >>"));
    put(f, root, "/ViewerPreferences", parsed(f, "<< /DisplayDocTitle true >>"));
    finish_metadata(f, root);
    finish_structure(f, root);
    finish_pages(f);
    qpdf_oh_release(f->pdf, root);
}

/* ---- reading and writing -----------------------------------------------------------------------
 */

static void set_qpdf_error(qpdf_data pdf, GError **error)
{
    qpdf_error e = qpdf_has_error(pdf) ? qpdf_get_error(pdf) : NULL;
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "the PDF cannot be finished: %s",
                e ? qpdf_get_error_full_text(pdf, e) : "unknown error");
}

static gboolean open_drawn(Finish *f, const GByteArray *drawn, GError **error)
{
    qpdf_set_suppress_warnings(f->pdf, QPDF_TRUE);
    qpdf_silence_errors(f->pdf);
    if ((qpdf_read_memory(f->pdf, "drawing", (const char *)drawn->data, drawn->len, NULL) &
         QPDF_ERRORS) == 0)
        return TRUE;
    set_qpdf_error(f->pdf, error);
    return FALSE;
}

static GByteArray *written(Finish *f, GError **error)
{
    if (qpdf_init_write_memory(f->pdf) & QPDF_ERRORS) {
        set_qpdf_error(f->pdf, error);
        return NULL;
    }
    qpdf_set_object_stream_mode(f->pdf, qpdf_o_generate);
    qpdf_set_deterministic_ID(f->pdf, QPDF_TRUE);
    if (qpdf_write(f->pdf) & QPDF_ERRORS) {
        set_qpdf_error(f->pdf, error);
        return NULL;
    }
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, qpdf_get_buffer(f->pdf), (guint)qpdf_get_buffer_length(f->pdf));
    return out;
}

GByteArray *pdf_finish(const GByteArray *drawn, const Document *d, const GArray *notes,
                       GError **error)
{
    Finish f = {.pdf = qpdf_init(), .document = d, .notes = notes};
    GByteArray *out = NULL;
    if (open_drawn(&f, drawn, error)) {
        finish_catalog(&f);
        if (f.strange)
            g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                        "the PDF cannot be finished: its structure has %u figures and headers "
                        "where %u were drawn, or in another order",
                        f.next, notes->len);
        else
            out = written(&f, error);
    }
    qpdf_cleanup(&f.pdf);
    return out;
}
