#include "support.h"

#include "geometry_samples.h"
#include "more_samples.h"
#include "peerline/base/fonts.h"
#include "peerline/publish/svg.h"
#include "scene_checks.h"

#include <expat.h>
#include <locale.h>

/* ---- what a reader of XML, which is not ours, sees ---- */

typedef struct {
    GString *texts, *titles; /* contents, one per line */
    char *label;             /* of the picture */
    guint paths, deepest, depth;
    GString *into; /* where characters go */
    gboolean in_text;
    guint numbers; /* wrong ones */
} Seen;

static void check_number(Seen *seen, const char *name, const char *value)
{
    static const char *const numbers[] = {"x", "y",         "cx",           "cy",
                                          "r", "font-size", "stroke-width", "textLength"};
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (g_str_equal(name, numbers[i])) {
            char *end;
            double v = g_ascii_strtod(value, &end);
            seen->numbers += *end || !isfinite(v) || strchr(value, 'e') ? 1 : 0;
        }
    }
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    Seen *seen = data;
    seen->depth++;
    seen->deepest = MAX(seen->deepest, seen->depth);
    seen->paths += g_str_equal(name, "path") || g_str_equal(name, "circle");
    for (guint i = 0; attributes[i]; i += 2) {
        check_number(seen, attributes[i], attributes[i + 1]);
        assert_false(g_str_has_prefix(attributes[i], "on"));
        if (g_str_equal(attributes[i], "aria-label")) {
            seen->label = g_strdup(attributes[i + 1]);
        }
    }
    seen->in_text = seen->in_text || g_str_equal(name, "text");
    seen->into = g_str_equal(name, "text")    ? seen->texts
                 : g_str_equal(name, "title") ? seen->titles
                                              : NULL;
}

static void on_end(void *data, const XML_Char *name)
{
    Seen *seen = data;
    seen->depth--;
    if (seen->into) {
        g_string_append_c(seen->into, '\n');
    }
    seen->in_text = seen->in_text && !g_str_equal(name, "text");
    seen->into = seen->in_text ? seen->texts : NULL;
}

static void on_text(void *data, const XML_Char *text, int n)
{
    Seen *seen = data;
    if (seen->into) {
        g_string_append_len(seen->into, text, n);
    }
}

static Seen read_svg(const char *svg)
{
    Seen seen = {g_string_new(NULL), g_string_new(NULL), NULL, 0, 0, 0, NULL, FALSE, 0};
    XML_Parser p = XML_ParserCreate("UTF-8");
    XML_SetUserData(p, &seen);
    XML_SetElementHandler(p, on_start, on_end);
    XML_SetCharacterDataHandler(p, on_text);
    if (XML_Parse(p, svg, (int)strlen(svg), 1) != XML_STATUS_OK) {
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(p), XML_ErrorString(XML_GetErrorCode(p)));
    }
    XML_ParserFree(p);
    assert_int_equal(seen.numbers, 0);
    return seen;
}

static void seen_clear(Seen *seen)
{
    g_string_free(seen->texts, TRUE);
    g_string_free(seen->titles, TRUE);
    g_free(seen->label);
}

static const TextStyle PLAIN = {8, FALSE, {0, 0, 0, 0xFF}, ALIGN_START, 0};

/* ---- tests ---- */

static void text_stays_text(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 50);
    s->alt = g_strdup("What it shows");
    scene_text(s, (Point){10, 20},
               "Leeds \xC2\xA3"
               "1,234",
               PLAIN);
    g_autofree char *svg = svg_from_scene(s);
    Seen seen = read_svg(svg);
    assert_string_equal(seen.texts->str, "Leeds \xC2\xA3"
                                         "1,234\n");
    assert_string_equal(seen.label, "What it shows");
    support_assert_contains(svg, "role=\"img\"");
    support_assert_contains(svg, "viewBox=\"0 0 100 50\"");
    seen_clear(&seen);
}

static void the_smallest_text_has_eleven_pixels(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(70, 35);
    g_autofree char *bare = svg_from_scene(s); /* a point is a point: 70 pt are 93.33 px */
    support_assert_contains(bare, "width=\"93.33\" height=\"46.67\"");
    TextStyle style = PLAIN;
    style.size = 11;
    scene_text(s, (Point){10, 20}, "large", style);
    assert_true(fabs(svg_width(s) - 70 * 4.0 / 3) < 1e-9);
    style.size = 7;
    scene_text(s, (Point){10, 30}, "small", style);
    g_autofree char *svg = svg_from_scene(s);
    support_assert_contains(svg, "width=\"110\" height=\"55\"");
}

static void no_name_becomes_mark_up(void **state)
{
    (void)state;
    static const char nasty[] =
        "</text><script>alert(1)</script> & \"a\" 'b' <![CDATA[ ]]> &amp; <!--";
    g_autoptr(Scene) s = scene_new(100, 50);
    s->alt = g_strdup(nasty);
    scene_text(s, (Point){10, 20}, nasty, PLAIN);
    scene_rect(s, (Point){0, 0}, (Point){5, 5}, (Paint){.fill = COLOUR_INK}, nasty);
    g_autofree char *svg = svg_from_scene(s);
    assert_null(strstr(svg, "<script"));
    Seen seen = read_svg(svg);
    g_autofree char *line = g_strconcat(nasty, "\n", NULL);
    assert_string_equal(seen.texts->str, line);
    assert_string_equal(seen.titles->str, line);
    assert_string_equal(seen.label, nasty);
    assert_int_equal(seen.deepest, 3);
    seen_clear(&seen);
}

static void characters_that_xml_cannot_hold_are_replaced(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 50);
    scene_text(s, (Point){10, 20},
               "a\x01"
               "b\xEF\xBF\xBF"
               "c\xFF"
               "d\x0B"
               "e\xF0\x9F\x98\x80",
               PLAIN);
    g_autofree char *svg = svg_from_scene(s);
    Seen seen = read_svg(svg);
    assert_string_equal(seen.texts->str, "a\xEF\xBF\xBD"
                                         "b\xEF\xBF\xBD"
                                         "c\xEF\xBF\xBD"
                                         "d\xEF\xBF\xBD"
                                         "e\xF0\x9F\x98\x80\n");
    seen_clear(&seen);
}

static void every_mark_has_its_title(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 50);
    for (int shape = MARK_CIRCLE; shape <= MARK_TRIANGLE_DOWN; shape++) {
        scene_mark(s, (Point){10 * shape, 20}, 6, (MarkShape)shape, (Paint){.fill = COLOUR_INK});
        g_autofree char *title = g_strdup_printf("mark %d", shape);
        scene_entitle(s, title);
    }
    g_autofree char *svg = svg_from_scene(s);
    Seen seen = read_svg(svg);
    assert_int_equal(seen.paths, 5);
    assert_string_equal(seen.titles->str, "mark 0\nmark 1\nmark 2\nmark 3\nmark 4\n");
    seen_clear(&seen);
}

static void numbers_have_two_decimals_and_no_locale(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 50);
    scene_line(s, (Point){0.125, -0.001}, (Point){-1.5, 1e12},
               (Paint){.stroke = COLOUR_INK, .width = 0.7});
    setlocale(LC_ALL, "de_DE.UTF-8");
    g_autofree char *svg = svg_from_scene(s);
    setlocale(LC_ALL, "C");
    support_assert_contains(svg, "M0.13 0L-1.5 1000000000\"");
    support_assert_contains(svg, "stroke-width=\"0.7\"");
    g_autofree char *again = svg_from_scene(s);
    assert_string_equal(svg, again);
}

static void what_has_no_place_is_left_out(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 50);
    const Point points[] = {{1, 2}, {NAN, 3}, {4, 5}};
    scene_line(s, (Point){NAN, 0}, (Point){1, 1}, (Paint){.stroke = COLOUR_INK, .width = 1});
    scene_path(s, points, 3, FALSE, (Paint){.stroke = COLOUR_INK, .width = 1});
    scene_text(s, (Point){INFINITY, 0}, "x", PLAIN);
    g_autofree char *svg = svg_from_scene(s);
    Seen seen = read_svg(svg);
    assert_int_equal(seen.paths, 0);
    assert_string_equal(seen.texts->str, "");
    assert_null(strstr(svg, "nan"));
    seen_clear(&seen);
}

static void steps_of_a_path_add_up(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 100);
    Point points[301];
    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        points[i] = (Point){i / 3.0, 50 + 40 * sin(i * 0.1)};
    }
    scene_path(s, points, G_N_ELEMENTS(points), FALSE, (Paint){.stroke = COLOUR_INK, .width = 1});
    g_autofree char *svg = svg_from_scene(s);
    const char *d = strstr(svg, " d=\"M") + 5;
    double x = g_ascii_strtod(d, (char **)&d), y = g_ascii_strtod(d, (char **)&d);
    guint n = 1;
    for (; *d == 'l'; n++) {
        d++;
        x += g_ascii_strtod(d, (char **)&d);
        y += g_ascii_strtod(d, (char **)&d);
        assert_float_equal(x, points[n].x, 0.0051);
        assert_float_equal(y, points[n].y, 0.0051);
    }
    assert_int_equal(n, G_N_ELEMENTS(points));
}

static void neighbours_of_one_paint_become_one_element(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 50);
    for (guint i = 0; i < 30; i++) {
        scene_line(s, (Point){i, 0}, (Point){i, 50}, (Paint){.stroke = COLOUR_GRID, .width = 0.5});
    }
    scene_line(s, (Point){0, 0}, (Point){9, 50}, (Paint){.stroke = COLOUR_INK, .width = 0.5});
    g_autofree char *svg = svg_from_scene(s);
    Seen seen = read_svg(svg);
    assert_int_equal(seen.paths, 2);
    seen_clear(&seen);
}

static void holes_are_rings_of_the_same_path(void **state)
{
    (void)state;
    const Point points[] = {{0, 0}, {9, 0}, {9, 9}, {3, 3}, {3, 6}, {6, 6}};
    const guint ends[] = {3, 6};
    g_autoptr(Scene) s = scene_new(100, 50);
    scene_area(s, (Rings){points, ends, 2}, (Paint){.fill = COLOUR_INK}, "A");
    g_autofree char *svg = svg_from_scene(s);
    support_assert_contains(svg, "d=\"M0 0l9 0l0 9ZM3 3l0 3l3 0Z\"");
}

static void upright_text_is_turned_about_its_anchor(void **state)
{
    (void)state;
    g_autoptr(Scene) s = scene_new(100, 50);
    TextStyle style = PLAIN;
    style.angle = 90;
    scene_text(s, (Point){10, 20.5}, "up", style);
    g_autofree char *svg = svg_from_scene(s);
    support_assert_contains(svg, "transform=\"rotate(-90 10 20.5)\"");
}

/* All texts and titles of a scene arrive, for each kind of chart and data. */
/* All figures of DejaVu Sans are 1303 of 2048 units wide (table hmtx). */
static void the_font_of_the_study_is_named_and_measured(void **state)
{
    (void)state;
    const FontFiles files = {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                             "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", NULL};
    if (!g_file_test(files.regular, G_FILE_TEST_EXISTS) ||
        !g_file_test(files.bold, G_FILE_TEST_EXISTS))
        skip();
    Fonts *fonts = fonts_new(&files, NULL);
    g_autoptr(Scene) s = scene_new(100, 20);
    scene_text(s, (Point){0, 10}, "1234567890", (TextStyle){10, FALSE, COLOUR_INK, ALIGN_START, 0});
    fonts_use(fonts);
    g_autofree char *own = svg_from_scene(s);
    fonts_use(NULL);
    g_autofree char *usual = svg_from_scene(s);
    fonts_unref(fonts);
    assert_non_null(strstr(own, "font-family=\"'DejaVu Sans', Inter, "));
    assert_non_null(strstr(own, "textLength=\"63.6")); /* 10 x 10 x 1303 / 2048 = 63.62 */
    assert_non_null(strstr(usual, "font-family=\"Inter, "));
    assert_null(strstr(usual, "textLength=\"63.6"));
}

static void assert_complete(Scene *s)
{
    g_autoptr(GString) texts = g_string_new(NULL);
    guint titles = 0;
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = scene_item(s, i);
        titles += p->title && *p->title;
        if (p->kind == PRIM_TEXT) {
            g_string_append_printf(texts, "%s\n", p->text);
        }
    }
    g_autofree char *svg = svg_from_scene(s);
    Seen seen = read_svg(svg);
    assert_string_equal(seen.texts->str, texts->str);
    guint arrived = 0;
    for (const char *c = seen.titles->str; *c; c++) {
        arrived += *c == '\n';
    }
    assert_int_equal(arrived, titles);
    assert_string_equal(seen.label, s->alt);
    seen_clear(&seen);
    scene_free(s);
}

static void every_chart_can_be_painted(void **state)
{
    (void)state;
    g_autoptr(Geometry) counties = ground_counties(3, 3), hexagons = ground_hexagons(4, 4);
    for (int k = 0; k < N_SAMPLES; k++) {
        SampleKind kind = (SampleKind)k;
        MapSample areas = {kind, MAP_AROUND, 5, FALSE, 493, 300, counties};
        MapSample hexes = {kind, MAP_FROM_LOW, 5, TRUE, 493, 300, hexagons};
        assert_complete(sample_ranked(kind, 16, 493));
        assert_complete(sample_ranked(kind, 151, 493));
        assert_complete(sample_funnel(kind, 151, 493, TRUE));
        assert_complete(sample_dots(kind, 5, 493));
        assert_complete(sample_spine(kind, 5, 493));
        assert_complete(sample_trend(kind, 8, 237, 150));
        assert_complete(sample_spread(kind, 8, 237, 150));
        assert_complete(sample_heat(kind, 4, 16, 493));
        assert_complete(sample_quadrant(kind, 40, 493, FALSE));
        assert_complete(sample_composition(kind, 9, 6, 493));
        assert_complete(sample_map(&areas));
        assert_complete(sample_map(&hexes));
    }
}

/* As thousands of dots are: each is an element, because the outline of one lies over the next. */
static void marks_of_one_paint_say_it_once(void **state)
{
    (void)state;
    const Paint dots = {.fill = COLOUR_GREY, .stroke = COLOUR_INK, .width = 0.3};
    g_autoptr(Scene) s = scene_new(100, 50);
    for (int i = 0; i < 4; i++)
        scene_mark(s, (Point){10 + i, 20}, 6, MARK_CIRCLE, dots);
    scene_entitle(s, "the last");
    scene_mark(s, (Point){30, 20}, 6, MARK_CIRCLE, (Paint){.fill = COLOUR_INK});
    g_autofree char *svg = svg_from_scene(s);
    support_assert_contains(svg, "<g fill=\"#bfbfbf\" stroke=\"#0b0c0c\" stroke-width=\"0.3\">\n"
                                 "<circle cx=\"10\" cy=\"20\" r=\"3\"");
    support_assert_contains(svg,
                            "<circle cx=\"13\" cy=\"20\" r=\"3\"><title>the last</title></circle>\n"
                            "</g>\n<circle cx=\"30\" cy=\"20\" r=\"3\" fill=\"#0b0c0c\"");
    Seen seen = read_svg(svg);
    assert_int_equal(seen.paths, 5);
    seen_clear(&seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(the_smallest_text_has_eleven_pixels),
        cmocka_unit_test(no_name_becomes_mark_up),
        cmocka_unit_test(characters_that_xml_cannot_hold_are_replaced),
        cmocka_unit_test(every_mark_has_its_title),
        cmocka_unit_test(marks_of_one_paint_say_it_once),
        cmocka_unit_test(numbers_have_two_decimals_and_no_locale),
        cmocka_unit_test(what_has_no_place_is_left_out),
        cmocka_unit_test(steps_of_a_path_add_up),
        cmocka_unit_test(neighbours_of_one_paint_become_one_element),
        cmocka_unit_test(holes_are_rings_of_the_same_path),
        cmocka_unit_test(upright_text_is_turned_about_its_anchor),
        cmocka_unit_test(the_font_of_the_study_is_named_and_measured),
        cmocka_unit_test(every_chart_can_be_painted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
