#include "pdf_layout.h"

#include <string.h>

/* Tags: links, the structure tree, and the strings they need. */

char *plain_text(const char *markup)
{
    if (!markup || !strpbrk(markup, "\\*[")) {
        return g_strdup(markup ? markup : "");
    }
    g_autoptr(GPtrArray) runs = document_runs(markup);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < runs->len; i++) {
        g_string_append(text, ((const Run *)g_ptr_array_index(runs, i))->text);
    }
    return g_string_free(text, FALSE);
}

char *tag_string(const char *s)
{
    GString *out = g_string_new(NULL);
    for (; *s; s++) {
        if (*s == '\'' || *s == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *s);
    }
    return g_string_free(out, FALSE);
}

static char *tag_number(double x, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
    return g_ascii_formatd(buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.2f", x);
}

static void begin_link(Pen *pen, const char *place, Point corner, Point size)
{
    char b[4][G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *attributes = g_strdup_printf(
        "rect=[%s %s %s %s] %s", tag_number(corner.x, b[0]), tag_number(corner.y, b[1]),
        tag_number(size.x, b[2]), tag_number(size.y, b[3]), place);
    cairo_tag_begin(pen->cr, CAIRO_TAG_LINK, attributes);
}

/* By name: cairo 1.16 writes a link to the number of a page that is not drawn yet without the page.
 */
void link_begin_target(Pen *pen, const Target *t, Point corner, Point size)
{
    g_autofree char *name = target_name(pen->job, t);
    g_autofree char *quoted = tag_string(name);
    g_autofree char *place = g_strdup_printf("dest='%s'", quoted);
    begin_link(pen, place, corner, size);
}

gboolean link_begin(Pen *pen, const char *target, Point corner, Point size)
{
    if (target[0] != '#') {
        g_autofree char *uri = tag_string(target);
        g_autofree char *place = g_strdup_printf("uri='%s'", uri);
        begin_link(pen, place, corner, size);
        return TRUE;
    }
    const Target *t = target_find(pen->job, target + 1);
    if (!t) {
        problem_add(pen->job, "a link points to nowhere: %s", target);
        return FALSE;
    }
    link_begin_target(pen, t, corner, size);
    return TRUE;
}

void tag_begin(Pen *pen, const char *name)
{
    if (!pen->untagged) {
        cairo_tag_begin(pen->cr, name, NULL);
    }
}

static void tag_begin_noted(Pen *pen, const char *name, TagNote note)
{
    if (!pen->untagged) {
        g_array_append_val(pen->job->notes, note);
        tag_begin(pen, name);
    }
}

void tag_begin_figure(Pen *pen, const char *alt)
{
    tag_begin_noted(pen, "Figure", (TagNote){NOTE_FIGURE, alt});
}

void tag_begin_header(Pen *pen, gboolean of_row)
{
    tag_begin_noted(pen, "TH", (TagNote){of_row ? NOTE_ROW_HEADER : NOTE_COLUMN_HEADER, NULL});
}

void tag_end(Pen *pen, const char *name)
{
    if (!pen->untagged) {
        cairo_tag_end(pen->cr, name);
    }
}

gboolean pen_is_dead(const Pen *pen)
{
    return cairo_status(pen->cr) != CAIRO_STATUS_SUCCESS;
}
