#include "template_parts.h"

#include <string.h>

/* Mark-up comes from the parsed tree alone: what a text or a value holds stays text. */

static void part_clear(gpointer data)
{
    TemplatePart *p = data;
    g_free(p->text);
    g_free(p->one);
    g_free(p->many);
}

GArray *template_parts_new(void)
{
    GArray *parts = g_array_new(FALSE, TRUE, sizeof(TemplatePart));
    g_array_set_clear_func(parts, part_clear);
    return parts;
}

static void add(GArray *parts, TemplatePartKind kind, char *text)
{
    const TemplatePart part = {.kind = kind, .text = text};
    g_array_append_val(parts, part);
}

gboolean template_is_noun(const char *name)
{
    static const char *const nouns[] = {"area", "areas", "Area", "Areas", "nation", "space", NULL};
    return g_strv_contains(nouns, name);
}

/* "name", "name:one|many" or "name:area", between the braces. */
static char *add_placeholder(GArray *parts, const char *from, gsize n)
{
    g_autofree char *inside = g_strndup(from, n);
    char *colon = strchr(inside, ':');
    if (colon)
        *colon = '\0';
    g_strstrip(inside);
    if (!*inside ||
        strspn(inside, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") !=
            strlen(inside))
        return g_strdup_printf("a placeholder has no name: {{%.*s}} ({{name}}, {{name:one|many}})",
                               (int)n, from);
    if (!colon) {
        add(parts, TEMPLATE_VALUE, g_strdup(inside));
        return NULL;
    }
    char *bar = strchr(colon + 1, '|');
    TemplatePart part = {.kind = TEMPLATE_CHOICE, .text = g_strdup(inside)};
    part.one = bar ? g_strndup(colon + 1, (gsize)(bar - colon - 1)) : g_strdup(colon + 1);
    part.many = bar ? g_strdup(bar + 1) : NULL;
    g_array_append_val(parts, part);
    if (bar || g_str_equal(part.one, "area"))
        return NULL;
    return g_strdup_printf("a choice has one side only: {{%.*s}} ({{name:one|many}} or "
                           "{{name:area}})",
                           (int)n, from);
}

static char *add_text(GArray *parts, const char *text)
{
    while (*text) {
        const char *open = strstr(text, "{{");
        const gsize plain = open ? (gsize)(open - text) : strlen(text);
        if (plain > 0)
            add(parts, TEMPLATE_TEXT, g_strndup(text, plain));
        if (!open)
            return NULL;
        const char *close = strstr(open, "}}");
        if (!close)
            return g_strdup_printf("a placeholder does not end: %.40s (}})", open);
        char *fault = add_placeholder(parts, open + 2, (gsize)(close - open - 2));
        if (fault)
            return fault;
        text = close + 2;
    }
    return NULL;
}

static void add_mark(GArray *parts, const char *mark)
{
    add(parts, TEMPLATE_MARK, g_strdup(mark));
}

static char *add_link_end(GArray *parts, cmark_node *link)
{
    add_mark(parts, "](");
    char *fault = add_text(parts, cmark_node_get_url(link));
    add_mark(parts, ")");
    return fault;
}

/* cmark gives text in pieces: those beside each other are one, or a placeholder would be cut. */
static char *flush(GArray *parts, GString *text)
{
    char *fault = add_text(parts, text->str);
    g_string_truncate(text, 0);
    return fault;
}

static char *take_event(cmark_event_type event, cmark_node *node, GArray *parts, GString *text)
{
    const cmark_node_type type = cmark_node_get_type(node);
    const gboolean enter = event == CMARK_EVENT_ENTER;
    if (type == CMARK_NODE_TEXT) {
        g_string_append(text, cmark_node_get_literal(node));
        return NULL;
    }
    if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
        g_string_append_c(text, ' ');
        return NULL;
    }
    char *fault = flush(parts, text);
    if (fault || type == CMARK_NODE_PARAGRAPH)
        return fault;
    if (type == CMARK_NODE_STRONG)
        add_mark(parts, "**");
    else if (type == CMARK_NODE_LINK && enter)
        add_mark(parts, "[");
    else if (type == CMARK_NODE_LINK)
        return add_link_end(parts, node);
    else
        return g_strdup_printf("mark-up that reports do not have: %s (**bold** and [links](…))",
                               cmark_node_get_type_string(node));
    return NULL;
}

char *template_take_apart(cmark_node *paragraph, GArray *parts)
{
    cmark_iter *walk = cmark_iter_new(paragraph);
    g_autoptr(GString) text = g_string_new(NULL);
    char *fault = NULL;
    for (cmark_event_type event; !fault && (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;)
        fault = take_event(event, cmark_iter_get_node(walk), parts, text);
    cmark_iter_free(walk);
    return fault;
}
