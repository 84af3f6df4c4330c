#include <math.h>
#include <string.h>

#include "workbook_check_parts.h"

#define SMALLEST       12.0
#define LEAST_CONTRAST 4.5
#define FAMILY_SWISS   2
#define MOST_STYLES    100000

gboolean check_is_sans(const char *name)
{
    static const char *const SANS[] = {"arial",     "calibri",  "helvetica",   "liberation sans",
                                       "verdana",   "tahoma",   "open sans",   "noto sans",
                                       "aptos",     "segoe ui", "dejavu sans", "inter",
                                       "carlito",   "roboto",   "source sans", "gill sans",
                                       "trebuchet", "lato",     "arimo",       "gds transport"};
    g_autofree char *lower = g_utf8_strdown(name, -1);
    for (guint i = 0; i < G_N_ELEMENTS(SANS); i++)
        if (g_str_has_prefix(lower, SANS[i]))
            return TRUE;
    return FALSE;
}

/* ---- fonts ------------------------------------------------------------------------------------
 */

typedef struct {
    char *name, *color;
    double size, contrast; /* with white; 21 is black */
    int family;
    gboolean bold, italic, raised;
} Font;

static void font_clear(gpointer data)
{
    Font *f = data;
    g_free(f->name);
    g_free(f->color);
}

/* WCAG 2: relative luminance, and contrast with white paper. */
static double contrast_with_white(const char *rgb)
{
    const gsize n = strlen(rgb);
    const guint64 value = g_ascii_strtoull(n >= 6 ? rgb + n - 6 : rgb, NULL, 16);
    const double weights[] = {0.0722, 0.7152, 0.2126};
    double luminance = 0;
    for (guint i = 0; i < 3; i++) {
        const double part = (double)((value >> (8 * i)) & 0xFF) / 255;
        luminance +=
            weights[i] * (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return 1.05 / (luminance + 0.05);
}

static gboolean is_on(const char **attributes)
{
    const char *value = xml_attribute(attributes, "val");
    return !value || (strcmp(value, "0") && strcmp(value, "false") && strcmp(value, "none") &&
                      strcmp(value, "baseline"));
}

/* One property of a font, in styles and in runs of a text. */
static void font_property(Font *f, const char *name, const char **attributes)
{
    const char *value = xml_attribute(attributes, "val");
    if (!strcmp(name, "b"))
        f->bold = is_on(attributes);
    else if (!strcmp(name, "i"))
        f->italic = is_on(attributes);
    else if (!strcmp(name, "vertAlign"))
        f->raised = is_on(attributes);
    else if (!strcmp(name, "sz") && value)
        f->size = g_ascii_strtod(value, NULL);
    else if (!strcmp(name, "family") && value)
        f->family = (int)g_ascii_strtoll(value, NULL, 10);
    else if ((!strcmp(name, "name") || !strcmp(name, "rFont")) && value) {
        g_free(f->name);
        f->name = g_strdup(value);
    } else if (!strcmp(name, "color")) {
        const char *rgb = xml_attribute(attributes, "rgb");
        const char *theme = xml_attribute(attributes, "theme");
        f->contrast = rgb ? contrast_with_white(rgb) : !g_strcmp0(theme, "0") ? 1 : 21;
        g_free(f->color);
        f->color = g_strdup(rgb ? rgb : "white");
    }
}

static char *font_fault(const Font *f)
{
    if (f->italic)
        return g_strdup("italics (upright letters)");
    if (f->size > 0 && f->size < SMALLEST)
        return g_strdup_printf("a font of %g pt (12 pt or more)", f->size);
    if (f->name && f->family != FAMILY_SWISS && !check_is_sans(f->name))
        return g_strdup_printf("the font %s (one without serifs, such as Arial)", f->name);
    return NULL;
}

/* ---- styles.xml -------------------------------------------------------------------------------
 */

typedef struct {
    XmlReader xml;
    Check *check;
    GArray *fonts; /* Font */
    GArray *fills; /* char *, what is wrong, or NULL */
    gboolean in_fonts, in_fills, in_formats;
    Font font;
} Styles;

static void text_clear(gpointer data)
{
    g_free(*(char **)data);
}

static void style_clear(gpointer data)
{
    CheckStyle *s = data;
    g_free(s->font);
    g_free(s->color);
    g_free(s->fill);
    g_free(s->place);
}

static guint index_of(const char **attributes, const char *name)
{
    const char *text = xml_attribute(attributes, name);
    return text ? (guint)MIN(g_ascii_strtoull(text, NULL, 10), G_MAXINT) : 0;
}

static void format_begin(Styles *s, const char **attributes)
{
    GArray *styles = s->check->styles;
    const guint font = index_of(attributes, "fontId"), fill = index_of(attributes, "fillId");
    g_array_set_size(styles, styles->len + 1);
    CheckStyle *style = &g_array_index(styles, CheckStyle, styles->len - 1);
    if (font < s->fonts->len) {
        const Font *f = &g_array_index(s->fonts, Font, font);
        style->font = font_fault(f);
        style->raised = f->raised;
        style->bold = f->bold;
        if (f->color && f->contrast < LEAST_CONTRAST)
            style->color = g_strdup_printf(
                "text in colour %s, contrast with white %.1f (4.5 or more)", f->color, f->contrast);
    }
    if (fill < s->fills->len)
        style->fill = g_strdup(g_array_index(s->fills, char *, fill));
    if (styles->len > MOST_STYLES)
        xml_stop(&s->xml, "more than %d cell formats", MOST_STYLES);
}

static void format_alignment(Styles *s, const char **attributes)
{
    if (s->check->styles->len == 0)
        return;
    CheckStyle *style = &g_array_index(s->check->styles, CheckStyle, s->check->styles->len - 1);
    const char *wrap = xml_attribute(attributes, "wrapText");
    const char *across = xml_attribute(attributes, "horizontal");
    const char *turned = xml_attribute(attributes, "textRotation");
    style->wraps = wrap && (!strcmp(wrap, "1") || !strcmp(wrap, "true"));
    g_free(style->place);
    style->place = NULL;
    if (turned && strcmp(turned, "0"))
        style->place = g_strdup_printf("text turned by %s degrees (horizontal)", turned);
    else if (across && strcmp(across, "left") && strcmp(across, "general"))
        style->place = g_strdup_printf("text aligned %s (left)", across);
}

static void pattern_fill(Styles *s, const char **attributes)
{
    const char *type = xml_attribute(attributes, "patternType");
    char **fill = &g_array_index(s->fills, char *, s->fills->len - 1);
    /* Excel and its likes always write gray125 as the second fill, and no cell uses it. */
    if (type && strcmp(type, "none")) {
        g_free(*fill);
        *fill = g_strdup_printf("a background: %s (none)", type);
    }
}

static void styles_start(XmlReader *r, const char *name, const char **attributes)
{
    Styles *s = (Styles *)r;
    if (!strcmp(name, "fonts"))
        s->in_fonts = TRUE;
    else if (!strcmp(name, "fills"))
        s->in_fills = TRUE;
    else if (!strcmp(name, "cellXfs"))
        s->in_formats = TRUE;
    else if (s->in_fonts && !strcmp(name, "font"))
        s->font = (Font){0};
    else if (s->in_fonts)
        font_property(&s->font, name, attributes);
    else if (s->in_fills && !strcmp(name, "fill"))
        g_array_set_size(s->fills, s->fills->len + 1);
    else if (s->in_fills && s->fills->len && !strcmp(name, "patternFill"))
        pattern_fill(s, attributes);
    else if (s->in_fills && s->fills->len && !strcmp(name, "gradientFill"))
        pattern_fill(s, (const char *[]){"patternType", "gradient", NULL});
    else if (s->in_formats && !strcmp(name, "xf"))
        format_begin(s, attributes);
    else if (s->in_formats && !strcmp(name, "alignment"))
        format_alignment(s, attributes);
}

static void styles_end(XmlReader *r, const char *name)
{
    Styles *s = (Styles *)r;
    if (!strcmp(name, "fonts"))
        s->in_fonts = FALSE;
    else if (!strcmp(name, "fills"))
        s->in_fills = FALSE;
    else if (!strcmp(name, "cellXfs"))
        s->in_formats = FALSE;
    else if (s->in_fonts && !strcmp(name, "font")) {
        g_array_append_val(s->fonts, s->font);
        s->font = (Font){0};
    }
}

gboolean check_read_styles(Check *c, const char *part, GError **error)
{
    Styles s = {.xml = {.start = styles_start, .end = styles_end},
                .check = c,
                .fonts = g_array_new(FALSE, TRUE, sizeof(Font)),
                .fills = g_array_new(FALSE, TRUE, sizeof(char *))};
    g_array_set_clear_func(s.fonts, font_clear);
    g_array_set_clear_func(s.fills, text_clear);
    g_array_set_clear_func(c->styles, style_clear);
    const gboolean done = archive_read_xml(c->archive, part, &s.xml, error);
    font_clear(&s.font);
    g_array_unref(s.fonts);
    g_array_unref(s.fills);
    return done;
}

/* ---- texts and their runs ---------------------------------------------------------------------
 */

struct CheckRuns {
    GString *text;
    Font run;
    gboolean in_text, in_phonetic, in_run;
    CheckText item;
};

CheckRuns *check_runs_new(void)
{
    CheckRuns *s = g_new0(CheckRuns, 1);
    s->text = g_string_new(NULL);
    return s;
}

void check_runs_free(CheckRuns *s)
{
    font_clear(&s->run);
    g_string_free(s->text, TRUE);
    g_free(s);
}

void check_runs_begin(CheckRuns *s)
{
    s->item = (CheckText){0};
    s->in_text = s->in_phonetic = s->in_run = FALSE;
    g_string_truncate(s->text, 0);
}

CheckText check_runs_result(CheckRuns *s)
{
    s->item.text = s->text->str;
    return s->item;
}

static const char *fault_of_run(const Font *f)
{
    if (f->italic)
        return "a part in italics (upright letters)";
    if (f->size > 0 && f->size < SMALLEST)
        return "a part in letters below 12 pt (12 pt or more)";
    return NULL;
}

void check_runs_start(CheckRuns *s, const char *name, const char **attributes)
{
    if (!strcmp(name, "rPh"))
        s->in_phonetic = TRUE;
    else if (!strcmp(name, "rPr"))
        s->in_run = TRUE;
    else if (!strcmp(name, "t"))
        s->in_text = !s->in_phonetic;
    else if (s->in_run)
        font_property(&s->run, name, attributes);
}

void check_runs_end(CheckRuns *s, const char *name)
{
    if (!strcmp(name, "t"))
        s->in_text = FALSE;
    else if (!strcmp(name, "rPh"))
        s->in_phonetic = FALSE;
    else if (!strcmp(name, "rPr")) {
        s->in_run = FALSE;
        s->item.raised = s->item.raised || s->run.raised;
        const char *fault = fault_of_run(&s->run);
        s->item.fault = s->item.fault ? s->item.fault : fault;
        font_clear(&s->run);
        s->run = (Font){0};
    }
}

gboolean check_runs_text(CheckRuns *s, const char *text, gsize n)
{
    if (s->in_text)
        g_string_append_len(s->text, text, (gssize)n);
    return s->text->len <= CHECK_TEXT_BYTES;
}

/* ---- sharedStrings.xml ------------------------------------------------------------------------
 */

typedef struct {
    XmlReader xml;
    Check *check;
    CheckRuns *runs;
} Strings;

static void check_text_clear(gpointer data)
{
    g_free(((CheckText *)data)->text);
}

static void strings_start(XmlReader *r, const char *name, const char **attributes)
{
    Strings *s = (Strings *)r;
    if (!strcmp(name, "si"))
        check_runs_begin(s->runs);
    else
        check_runs_start(s->runs, name, attributes);
}

static void strings_end(XmlReader *r, const char *name)
{
    Strings *s = (Strings *)r;
    check_runs_end(s->runs, name);
    if (!strcmp(name, "si")) {
        CheckText item = check_runs_result(s->runs);
        item.text = g_strdup(item.text);
        g_array_append_val(s->check->strings, item);
    }
}

static void strings_text(XmlReader *r, const char *text, gsize n)
{
    if (!check_runs_text(((Strings *)r)->runs, text, n))
        xml_stop(r, CHECK_TEXT_LONG);
}

gboolean check_read_strings(Check *c, const char *part, GError **error)
{
    Strings s = {.xml = {.start = strings_start, .end = strings_end, .text = strings_text},
                 .check = c,
                 .runs = check_runs_new()};
    g_array_set_clear_func(c->strings, check_text_clear);
    const gboolean done = archive_read_xml(c->archive, part, &s.xml, error);
    check_runs_free(s.runs);
    return done;
}
