#include "pen.h"

#include "peerline/base/text.h"
#include "peerline/report/reports.h"

#include <stdarg.h>

static Colour opaque(const guint8 rgb[3])
{
    return (Colour){rgb[0], rgb[1], rgb[2], 0xFF};
}

/* An accent of its own, else the colour, else the program's. */
static void take_brand(Document *d, const Brand *b)
{
    if (b->has_colour)
        d->brand.colour = d->brand.accent = opaque(b->colour_rgb);
    if (b->has_accent)
        d->brand.accent = opaque(b->accent_rgb);
    if (b->logo_data) {
        d->brand.logo = g_bytes_new_static(b->logo_data, b->logo_size);
        d->brand.logo_alt = g_strdup(b->logo_alt);
    }
    d->brand.fonts = fonts_ref(b->fonts);
}

void pen_init(Pen *pen, const ReportContext *context, const char *title)
{
    pen->c = context;
    pen->d = document_new(title);
    pen->kept = g_ptr_array_new_with_free_func(g_free);
    const Study *study = context->study;
    take_brand(pen->d, &study->brand);
    document_page_number(pen->d, study);
    pen->d->author = g_strdup(study->publisher);
    pen->d->notice = report_notice(context);
    pen->d->date = g_strdup(context->edition_date);
    if (study->language) {
        g_free(pen->d->language);
        pen->d->language = g_strdup(study->language);
    }
}

Document *pen_finish(Pen *pen)
{
    g_ptr_array_unref(pen->kept);
    return pen->d;
}

const char *pen_keep(Pen *pen, char *text)
{
    g_ptr_array_add(pen->kept, text);
    return text;
}

const char *pen_number(Pen *pen, char *number)
{
    return pen_keep(pen, words_number(pen->c->study, number));
}

const char *pen_format(Pen *pen, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    char *text = g_strdup_vprintf(format, list);
    va_end(list);
    return pen_keep(pen, text);
}

const char *pen_escape(Pen *pen, const char *text)
{
    return pen_keep(pen, document_escape(text ? text : ""));
}

const char *pen_say_words(Pen *pen, Word id, ...)
{
    va_list list;
    va_start(list, id);
    char *text = words_va(pen->c->study, id, list);
    va_end(list);
    return pen_keep(pen, text);
}

Block *pen_para_words(Pen *pen, Block *parent, ParaStyle style, Word id, ...)
{
    va_list list;
    va_start(list, id);
    g_autofree char *text = words_va(pen->c->study, id, list);
    va_end(list);
    return document_paragraph(pen->d, parent, style, text);
}

void pen_item_words(Pen *pen, Block *list, Word id, ...)
{
    va_list parameters;
    va_start(parameters, id);
    g_autofree char *text = words_va(pen->c->study, id, parameters);
    va_end(parameters);
    document_item(list, text);
}

void pen_cell_words(Pen *pen, Block *table, Word id, ...)
{
    va_list list;
    va_start(list, id);
    g_autofree char *text = words_va(pen->c->study, id, list);
    va_end(list);
    table_add_text(table, text);
}

Block *pen_heading(Pen *pen, Block *parent, int level, Word id, const char *anchor)
{
    return document_heading(pen->d, parent, level, pen_say(pen, id), anchor);
}

void pen_text(Pen *pen, Block *parent, ParaStyle style, const char *lead, const char *text)
{
    if (!text)
        return;
    g_auto(GStrv) parts = g_regex_split_simple("\\n[ \\t]*\\n", text, 0, 0);
    for (char **part = parts; *part; part++) {
        g_autofree char *folded = text_squeeze(*part);
        if (!*folded)
            continue;
        g_autofree char *escaped = document_escape(folded);
        g_autofree char *whole = lead ? g_strconcat(lead, " ", escaped, NULL) : NULL;
        document_paragraph(pen->d, parent, style, whole ? whole : escaped);
        lead = NULL;
    }
}

Block *pen_table(Pen *pen, Block *parent, const char *caption, const PenColumn *columns, guint n)
{
    Block *table = document_table(pen->d, parent, caption);
    for (guint i = 0; i < n; i++)
        table_add_column(table, pen_say(pen, columns[i].header), columns[i].width,
                         columns[i].numeric);
    return table;
}
