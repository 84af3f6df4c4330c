/* drawing PAGES TEXTS STROKES FILLS FILE: the pages of `ceiling`, from a document tree to a
 * finished report: layout, tags, alternatives, the finishing pass. Prints the processor seconds
 * that it took. */
#include "peerline/publish/pdf.h"

#include <stdlib.h>
#include <time.h>

enum { WORDS = 400 }; /* as in ceiling.c */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void add_texts(Scene *s, guint page, guint n)
{
    const TextStyle style = {8, FALSE, COLOUR_INK, ALIGN_START, 0};
    for (guint i = 0; i < n; i++) {
        char text[32];
        const guint word = (page * 7 + i * 13) % WORDS;
        g_snprintf(text, sizeof text, word % 2 ? "area %u of all" : "1,%03u.5", word);
        scene_text(s, (Point){i % 8 * 60, 10 + i / 8 * 9 % 660}, text, style);
    }
}

/* Neighbours differ, so that none joins the one before: the file has as many marks as asked for. */
static void add_marks(Scene *s, guint strokes, guint fills)
{
    for (guint i = 0; i < fills; i++) {
        const Paint paint = {.fill = i % 2 ? COLOUR_DARK_BLUE : COLOUR_GREY};
        scene_rect(s, (Point){i % 400, i * 5 % 660}, (Point){30 + i % 60, 6}, paint, NULL);
    }
    for (guint i = 0; i < strokes; i++) {
        const Paint paint = {.stroke = COLOUR_GRID, .width = i % 2 ? 0.5 : 0.6};
        const double y = i * 3 % 660;
        scene_line(s, (Point){i % 20, y}, (Point){480 - i % 30, y}, paint);
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        g_printerr("usage: drawing PAGES TEXTS STROKES FILLS FILE\n");
        return 2;
    }
    const guint pages = (guint)atoi(argv[1]), texts = (guint)atoi(argv[2]);
    const guint strokes = (guint)atoi(argv[3]), fills = (guint)atoi(argv[4]);
    g_autoptr(Document) d = document_new("Pages of marks");
    for (guint page = 0; page < pages; page++) {
        Scene *s = scene_new(DOCUMENT_TEXT_WIDTH, 680);
        s->alt = g_strdup("Marks");
        add_marks(s, strokes, fills);
        add_texts(s, page, texts);
        if (page > 0) {
            document_page_break(d);
        }
        document_figure(d, NULL, s, NULL);
    }
    const double begin = seconds();
    g_autoptr(GError) error = NULL;
    if (!pdf_write(d, argv[5], NULL, &error)) {
        g_printerr("%s\n", error->message);
        return 1;
    }
    g_print("%.3f\n", seconds() - begin);
    return 0;
}
