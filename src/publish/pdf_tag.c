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

void link_begin_target(Pen *pen, const Target *t, Point corner, Point size)
{
    g_autofree char *name = target_name(pen->job, t);
    tag_begin(pen, "Link");
    canvas_link(pen->canvas, corner, size, name, NULL);
}

gboolean link_begin(Pen *pen, const char *target, Point corner, Point size)
{
    if (target[0] != '#') {
        tag_begin(pen, "Link");
        canvas_link(pen->canvas, corner, size, NULL, target);
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

static void begin(Pen *pen, const char *name, const char *alternative, PdfScope scope)
{
    if (!pen->untagged) {
        pdf_tree_begin(pen->canvas->tree, name, alternative, scope);
    }
}

void tag_begin(Pen *pen, const char *name)
{
    begin(pen, name, NULL, SCOPE_NONE);
}

void tag_begin_figure(Pen *pen, const char *alt)
{
    begin(pen, "Figure", alt && *alt ? alt : "Chart", SCOPE_NONE);
}

void tag_begin_header(Pen *pen, gboolean of_row)
{
    begin(pen, "TH", NULL, of_row ? SCOPE_ROW : SCOPE_COLUMN);
}

void tag_end(Pen *pen, const char *name)
{
    if (!pen->untagged) {
        pdf_tree_end(pen->canvas->tree, name);
    }
}

void tags_off(Pen *pen, gboolean off)
{
    pen->untagged = off;
    canvas_artifact(pen->canvas, off);
}
