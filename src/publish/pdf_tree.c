#include "pdf_tree.h"

typedef enum { KID_ELEMENT, KID_MARK, KID_ANNOTATION } KidKind;

/* What an element holds, as a list in a common array. */
typedef struct {
    KidKind kind;
    guint value; /* element, number on the page, or object */
    guint page;  /* object */
    guint next;  /* 0: the last */
} Kid;

typedef struct {
    const char *type;
    const char *alternative;
    PdfScope scope;
    guint parent;
    guint page; /* object of the page that its first content is on; 0: none */
    guint first, last;
} Element;

/* Whose the pieces of a page are, or an annotation is: [first, first + n) of `owners`. */
typedef struct {
    gboolean page;
    guint first, n;
} Parent;

struct PdfTree {
    GArray *elements; /* from 1 */
    GArray *kids;     /* from 1 */
    GArray *owners;   /* guint: elements */
    GArray *parents;  /* Parent by key */
    guint open;
    guint page, page_key;
};

PdfTree *pdf_tree_new(void)
{
    PdfTree *t = g_new0(PdfTree, 1);
    t->elements = g_array_new(FALSE, TRUE, sizeof(Element));
    t->kids = g_array_new(FALSE, TRUE, sizeof(Kid));
    t->owners = g_array_new(FALSE, FALSE, sizeof(guint));
    t->parents = g_array_new(FALSE, FALSE, sizeof(Parent));
    g_array_set_size(t->elements, 1);
    g_array_set_size(t->kids, 1);
    return t;
}

void pdf_tree_free(PdfTree *t)
{
    g_array_unref(t->elements);
    g_array_unref(t->kids);
    g_array_unref(t->owners);
    g_array_unref(t->parents);
    g_free(t);
}

static Element *element_at(const PdfTree *t, guint i)
{
    return &g_array_index(t->elements, Element, i);
}

static void add_kid(PdfTree *t, guint element, Kid kid)
{
    Element *e = element_at(t, element);
    if (e->last) {
        g_array_index(t->kids, Kid, e->last).next = t->kids->len;
    } else {
        e->first = t->kids->len;
    }
    e->last = t->kids->len;
    g_array_append_val(t->kids, kid);
}

void pdf_tree_begin(PdfTree *t, const char *type, const char *alternative, PdfScope scope)
{
    const Element e = {.type = type, .alternative = alternative, .scope = scope, .parent = t->open};
    const guint number = t->elements->len;
    g_array_append_val(t->elements, e);
    add_kid(t, t->open, (Kid){KID_ELEMENT, number, 0, 0});
    t->open = number;
}

void pdf_tree_end(PdfTree *t, const char *type)
{
    g_assert(t->open && g_str_equal(element_at(t, t->open)->type, type));
    t->open = element_at(t, t->open)->parent;
}

guint pdf_tree_open(const PdfTree *t)
{
    return t->open;
}

const char *pdf_tree_type(const PdfTree *t, guint element)
{
    return element_at(t, element)->type;
}

guint pdf_tree_page(PdfTree *t, guint page)
{
    const Parent p = {TRUE, t->owners->len, 0};
    t->page = page;
    t->page_key = t->parents->len;
    g_array_append_val(t->parents, p);
    return t->page_key;
}

guint pdf_tree_mark(PdfTree *t)
{
    Parent *p = &g_array_index(t->parents, Parent, t->page_key);
    Element *e = element_at(t, t->open);
    e->page = e->page ? e->page : t->page;
    g_array_append_val(t->owners, t->open);
    add_kid(t, t->open, (Kid){KID_MARK, p->n, t->page, 0});
    return p->n++;
}

guint pdf_tree_annotation(PdfTree *t, guint annotation)
{
    const Parent p = {FALSE, t->open, 1};
    Element *e = element_at(t, t->open);
    e->page = e->page ? e->page : t->page;
    add_kid(t, t->open, (Kid){KID_ANNOTATION, annotation, t->page, 0});
    g_array_append_val(t->parents, p);
    return t->parents->len - 1;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static void put_kid(GString *s, const Kid *k, const Element *e, guint base)
{
    switch (k->kind) {
    case KID_ELEMENT: pdf_put_reference(s, base + k->value); return;
    case KID_MARK:
        if (k->page == e->page) {
            pdf_put_number(s, k->value, 0);
        } else {
            g_string_append_printf(s, "<< /Type /MCR /Pg %u 0 R /MCID %u >>", k->page, k->value);
        }
        return;
    case KID_ANNOTATION:
        g_string_append(s, "<< /Type /OBJR ");
        if (k->page != e->page) {
            g_string_append_printf(s, "/Pg %u 0 R ", k->page);
        }
        g_string_append_printf(s, "/Obj %u 0 R >>", k->value);
        return;
    }
}

static void put_kids(const PdfTree *t, GString *s, const Element *e, guint base)
{
    if (!e->first) {
        return;
    }
    const gboolean many = e->first != e->last;
    g_string_append(s, many ? " /K [" : " /K ");
    for (guint i = e->first; i; i = g_array_index(t->kids, Kid, i).next) {
        if (i != e->first) {
            g_string_append_c(s, ' ');
        }
        put_kid(s, &g_array_index(t->kids, Kid, i), e, base);
    }
    if (many) {
        g_string_append_c(s, ']');
    }
}

static void put_element(const PdfTree *t, GString *s, const Element *e, guint base, guint root)
{
    static const char *const scopes[] = {[SCOPE_ROW] = " /A << /O /Table /Scope /Row >>",
                                         [SCOPE_COLUMN] = " /A << /O /Table /Scope /Column >>"};
    g_string_append(s, "<< /S /");
    g_string_append(s, e->type);
    g_string_append(s, " /P ");
    pdf_put_reference(s, e->parent ? base + e->parent : root);
    if (e->page) {
        g_string_append(s, " /Pg ");
        pdf_put_reference(s, e->page);
    }
    if (e->scope) {
        g_string_append(s, scopes[e->scope]);
    }
    if (e->alternative) {
        g_string_append(s, " /Alt ");
        pdf_put_text(s, e->alternative);
    }
    put_kids(t, s, e, base);
    g_string_append(s, " >>");
}

static guint write_owners(const PdfTree *t, PdfFile *file, const Parent *p, guint base)
{
    const guint number = pdf_file_reserve(file);
    GString *s = pdf_file_object(file, number);
    g_string_append_c(s, '[');
    for (guint i = 0; i < p->n; i++) {
        g_string_append_c(s, ' ');
        pdf_put_reference(s, base + g_array_index(t->owners, guint, p->first + i));
    }
    g_string_append(s, " ]");
    return number;
}

static guint write_parents(const PdfTree *t, PdfFile *file, guint base)
{
    g_autofree guint *numbers = g_new(guint, MAX(t->parents->len, 1));
    for (guint key = 0; key < t->parents->len; key++) {
        const Parent *p = &g_array_index(t->parents, Parent, key);
        numbers[key] = p->page ? write_owners(t, file, p, base) : base + p->first;
    }
    const guint number = pdf_file_reserve(file);
    GString *s = pdf_file_object(file, number);
    g_string_append(s, "<< /Nums [");
    for (guint key = 0; key < t->parents->len; key++) {
        g_string_append_printf(s, " %u %u 0 R", key, numbers[key]);
    }
    g_string_append(s, " ] >>");
    return number;
}

guint pdf_tree_write(PdfTree *t, PdfFile *file)
{
    g_assert(t->open == 0);
    const guint root = pdf_file_reserve(file);
    const guint base = root; /* element 1 is the object after the root */
    for (guint i = 1; i < t->elements->len; i++) {
        pdf_file_reserve(file);
    }
    for (guint i = 1; i < t->elements->len; i++) {
        put_element(t, pdf_file_object(file, base + i), element_at(t, i), base, root);
    }
    const guint parents = write_parents(t, file, base);
    GString *s = pdf_file_object(file, root);
    g_string_append_printf(s, "<< /Type /StructTreeRoot /ParentTree %u 0 R /ParentTreeNextKey %u",
                           parents, t->parents->len);
    put_kids(t, s, element_at(t, 0), base);
    g_string_append(s, " >>");
    return root;
}
