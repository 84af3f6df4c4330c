#include "pdf_layout.h"

#include "peerline/base/version.h"

#include <string.h>

/* What belongs to the document as a whole: its catalogue and properties, named places, outline, and
 * the metadata that programs other than readers look at.
 * Source: ISO 32000-1, 7.7.2, 12.3 (destinations, outline), 14.3 (metadata), 14.9.2 (language). No
 * claim of PDF/UA is made. */

/* A date for documents that state none: the metadata must not depend on the clock. */
static const char NO_DATE[] = "2000-01-01";
static const char LANGUAGE[] = "en-GB"; /* of documents that state none */
enum { OPEN_OUTLINE = 40 };             /* up to so many headings the outline is shown open */

/* ---- properties --------------------------------------------------------------------------------
 */

static const char *date_of(const Document *d)
{
    return d->date && *d->date ? d->date : NO_DATE;
}

static void put_property(GString *s, const char *key, const char *text)
{
    if (text && *text) {
        g_string_append_printf(s, " /%s ", key);
        pdf_put_text(s, text);
    }
}

static guint write_properties(const Document *d, PdfFile *file)
{
    g_auto(GStrv) parts = g_strsplit(date_of(d), "-", -1);
    g_autofree char *day = g_strjoinv("", parts);
    g_autofree char *date = g_strconcat("D:", day, "000000Z", NULL);
    const guint number = pdf_file_reserve(file);
    GString *s = pdf_file_object(file, number);
    g_string_append(s, "<<");
    put_property(s, "Title", d->title);
    put_property(s, "Author", d->author);
    put_property(s, "Subject", d->subject);
    put_property(s, "Creator", "Peerline " PEERLINE_VERSION);
    put_property(s, "Producer", "Peerline " PEERLINE_VERSION);
    put_property(s, "CreationDate", date);
    put_property(s, "ModDate", date);
    g_string_append(s, " >>");
    return number;
}

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

static guint write_metadata(const Document *d, PdfFile *file)
{
    GString *xmp = xmp_packet(d);
    const guint number = pdf_file_reserve(file);
    pdf_file_stream_as_is(file, number, "/Type /Metadata /Subtype /XML", xmp->str, xmp->len);
    g_string_free(xmp, TRUE);
    return number;
}

/* ---- places ------------------------------------------------------------------------------------
 */

/* A little above the place, so that its first line is not cut. */
static void put_destination(GString *s, Canvas *c, const Target *t)
{
    g_string_append_printf(s, "[%u 0 R /XYZ %d ", canvas_page_object(c, t->page - 1),
                           (int)PAGE_LEFT);
    pdf_put_number(s, PAGE_HEIGHT - ((int)t->y - 4), 2);
    g_string_append(s, " 0]");
}

typedef struct {
    char *name;
    const Target *target;
} Named;

static void named_clear(gpointer data)
{
    g_free(((Named *)data)->name);
}

static int compare_named(gconstpointer a, gconstpointer b)
{
    return strcmp(((const Named *)a)->name, ((const Named *)b)->name);
}

/* Named places: for links of this document, and so that others and web pages can link into it. A
 * name that is there twice leads to one of its places, which is noted as a problem elsewhere. */
static guint write_names(const PdfJob *job, Canvas *c)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Named));
    g_array_set_clear_func(all, named_clear);
    for (guint i = 0; i < job->targets->len; i++) {
        const Target *t = &g_array_index(job->targets, Target, i);
        if (t->page > 0) {
            const Named n = {target_name(job, t), t};
            g_array_append_val(all, n);
        }
    }
    g_array_sort(all, compare_named);
    const guint number = pdf_file_reserve(c->file);
    GString *s = pdf_file_object(c->file, number);
    g_string_append(s, "<< /Dests << /Names [");
    for (guint i = 0; i < all->len; i++) {
        const Named *n = &g_array_index(all, Named, i);
        if (i > 0 && compare_named(n - 1, n) == 0) {
            continue;
        }
        g_string_append_c(s, ' ');
        pdf_put_bytes(s, n->name, strlen(n->name));
        g_string_append_c(s, ' ');
        put_destination(s, c, n->target);
    }
    g_string_append(s, " ] >> >>");
    return number;
}

/* ---- outline -----------------------------------------------------------------------------------
 */

typedef struct {
    const Target *target;
    int parent; /* -1: the outline itself */
    int previous, next, first, last;
    int n; /* entries below it */
} Entry;

static GArray *outline_entries(const PdfJob *job)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Entry));
    int last[2] = {-1, -1}; /* of each level */
    for (guint i = 0; i < job->targets->len; i++) {
        const Target *t = &g_array_index(job->targets, Target, i);
        if (t->block->kind != BLOCK_HEADING || t->block->level > 2 || t->page == 0) {
            continue;
        }
        const int own = (int)all->len, level = t->block->level == 1 || last[0] < 0 ? 0 : 1;
        Entry e = {t, level ? last[0] : -1, last[level], -1, -1, -1, 0};
        g_array_append_val(all, e);
        if (last[level] >= 0) {
            g_array_index(all, Entry, last[level]).next = own;
        }
        if (level) {
            Entry *parent = &g_array_index(all, Entry, last[0]);
            parent->first = parent->first < 0 ? own : parent->first;
            parent->last = own;
            parent->n++;
        } else {
            last[1] = -1;
        }
        last[level] = own;
    }
    return all;
}

static void put_neighbour(GString *s, const char *key, guint base, int entry)
{
    if (entry >= 0) {
        g_string_append_printf(s, " /%s %u 0 R", key, base + (guint)entry);
    }
}

/* Entry i is object base + i; the outline itself is the object before the first. */
static void write_entry(const Entry *e, Canvas *c, guint base, guint i, gboolean open)
{
    g_autofree char *title = plain_text(e->target->block->text);
    GString *s = pdf_file_object(c->file, base + i);
    g_string_append(s, "<< /Title ");
    pdf_put_text(s, title);
    g_string_append_printf(s, " /Parent %u 0 R",
                           e->parent >= 0 ? base + (guint)e->parent : base - 1);
    put_neighbour(s, "Prev", base, e->previous);
    put_neighbour(s, "Next", base, e->next);
    put_neighbour(s, "First", base, e->first);
    put_neighbour(s, "Last", base, e->last);
    if (e->n > 0) {
        g_string_append_printf(s, " /Count %d", open ? e->n : -e->n);
    }
    g_string_append(s, " /Dest ");
    put_destination(s, c, e->target);
    g_string_append(s, " >>");
}

/* 0: a document without headings has none. */
static guint write_outline(const PdfJob *job, Canvas *c)
{
    g_autoptr(GArray) all = outline_entries(job);
    if (all->len == 0) {
        return 0;
    }
    const gboolean open = job->targets->len <= OPEN_OUTLINE;
    const guint root = pdf_file_reserve(c->file), base = root + 1;
    for (guint i = 0; i < all->len; i++) {
        pdf_file_reserve(c->file);
    }
    guint shown = 0, last = 0;
    for (guint i = 0; i < all->len; i++) {
        const Entry *e = &g_array_index(all, Entry, i);
        write_entry(e, c, base, i, open);
        shown += open || e->parent < 0;
        last = e->parent < 0 ? i : last;
    }
    g_string_append_printf(pdf_file_object(c->file, root),
                           "<< /Type /Outlines /First %u 0 R /Last %u 0 R /Count %u >>", base,
                           base + last, shown);
    return root;
}

/* ---- the catalogue -----------------------------------------------------------------------------
 */

void catalog_write(const PdfJob *job, Canvas *c, guint *root, guint *info)
{
    const Document *d = job->document;
    const guint metadata = write_metadata(d, c->file), names = write_names(job, c);
    const guint outline = write_outline(job, c), tree = pdf_tree_write(c->tree, c->file);
    canvas_write(c);
    *info = write_properties(d, c->file);
    *root = pdf_file_reserve(c->file);
    GString *s = pdf_file_object(c->file, *root);
    g_string_append_printf(s,
                           "<< /Type /Catalog /Pages %u 0 R /StructTreeRoot %u 0 R /Names %u 0 R "
                           "/Metadata %u 0 R /MarkInfo << /Marked true >> "
                           "/ViewerPreferences << /DisplayDocTitle true >> /Lang ",
                           c->page_list, tree, names, metadata);
    pdf_put_text(s, language_of(d));
    if (outline) {
        g_string_append_printf(s, " /Outlines %u 0 R", outline);
    }
    g_string_append(s, " >>");
}
