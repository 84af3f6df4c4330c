#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "chart_samples.h"

/* Whatever the data, labels must not cover each other, leave the picture or become too small. */

typedef Scene *(*Sample)(SampleKind);

static Scene *ranked_151(SampleKind k)
{
    return sample_ranked(k, 151, 493);
}
static Scene *ranked_16(SampleKind k)
{
    return sample_ranked(k, 16, 493);
}
static Scene *ranked_16_narrow(SampleKind k)
{
    return sample_ranked(k, 16, 237);
}
static Scene *ranked_1(SampleKind k)
{
    return sample_ranked(k, 1, 493);
}
static Scene *ranked_40_narrow(SampleKind k)
{
    return sample_ranked(k, 40, 237);
}
static Scene *ranked_7000(SampleKind k)
{
    return sample_ranked(k, 7000, 493);
}
static Scene *ranked_0(SampleKind k)
{
    return sample_ranked(k, 0, 493);
}
static Scene *funnel_151(SampleKind k)
{
    return sample_funnel(k, 151, 493, TRUE);
}
static Scene *funnel_narrow(SampleKind k)
{
    return sample_funnel(k, 151, 237, FALSE);
}
static Scene *funnel_7000(SampleKind k)
{
    return sample_funnel(k, 7000, 493, TRUE);
}
static Scene *funnel_1(SampleKind k)
{
    return sample_funnel(k, 1, 493, TRUE);
}
static Scene *dots_6(SampleKind k)
{
    return sample_dots(k, 6, 493);
}
static Scene *dots_narrow(SampleKind k)
{
    return sample_dots(k, 4, 237);
}
static Scene *spine_9(SampleKind k)
{
    return sample_spine(k, 9, 493);
}
static Scene *spine_narrow(SampleKind k)
{
    return sample_spine(k, 3, 400);
}
static Scene *spine_0(SampleKind k)
{
    return sample_spine(k, 0, 493);
}
static Scene *trend_10(SampleKind k)
{
    return sample_trend(k, 10, 237, 150);
}
static Scene *trend_small(SampleKind k)
{
    return sample_trend(k, 3, 152, 120);
}
static Scene *trend_1(SampleKind k)
{
    return sample_trend(k, 1, 237, 150);
}
static Scene *spread_8(SampleKind k)
{
    return sample_spread(k, 8, 237, 160);
}
static Scene *spread_small(SampleKind k)
{
    return sample_spread(k, 3, 152, 120);
}

#define SAMPLE(f)                                                                                  \
    {                                                                                              \
#f, f                                                                                      \
    }
static const struct {
    const char *name;
    Sample make;
} SAMPLES[] = {
    SAMPLE(ranked_151),       SAMPLE(ranked_16),   SAMPLE(ranked_16_narrow), SAMPLE(ranked_1),
    SAMPLE(ranked_40_narrow), SAMPLE(ranked_7000), SAMPLE(ranked_0),         SAMPLE(funnel_151),
    SAMPLE(funnel_narrow),    SAMPLE(funnel_7000), SAMPLE(funnel_1),         SAMPLE(dots_6),
    SAMPLE(dots_narrow),      SAMPLE(spine_9),     SAMPLE(spine_narrow),     SAMPLE(spine_0),
    SAMPLE(trend_10),         SAMPLE(trend_small), SAMPLE(trend_1),          SAMPLE(spread_8),
    SAMPLE(spread_small),
};

typedef void (*Check)(const Scene *, const char *which);

static void check_all(Check check)
{
    for (guint i = 0; i < G_N_ELEMENTS(SAMPLES); i++) {
        for (int kind = 0; kind < N_SAMPLES; kind++) {
            g_autofree char *which = g_strdup_printf("%s of sample %d", SAMPLES[i].name, kind);
            g_autoptr(Scene) s = SAMPLES[i].make((SampleKind)kind);
            check(s, which);
        }
    }
}

static void check_apart(const Scene *s, const char *which)
{
    assert_int_equal(scene_text_overlaps(s, which), 0);
}

static void labels_never_overlap_or_leave_the_scene(void **state)
{
    (void)state;
    check_all(check_apart);
}

static void check_sizes(const Scene *s, const char *which)
{
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        if (p->kind == PRIM_TEXT && p->size < 7) {
            fail_msg("%s: %s is %f pt", which, p->text, p->size);
        }
    }
}

static void no_text_is_below_7_points(void **state)
{
    (void)state;
    check_all(check_sizes);
}

static void check_finite(const Scene *s, const char *which)
{
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        gboolean finite = isfinite(p->x) && isfinite(p->y) && isfinite(p->w) && isfinite(p->h);
        for (guint k = 0; k < p->n_points; k++) {
            finite = finite && isfinite(p->points[k].x) && isfinite(p->points[k].y);
        }
        if (!finite) {
            fail_msg("%s: primitive %u of kind %d has no place", which, i, p->kind);
        }
    }
}

static void every_primitive_has_a_place(void **state)
{
    (void)state;
    check_all(check_finite);
}

static void check_marks_inside(const Scene *s, const char *which)
{
    for (guint i = 0; i < s->items->len; i++) {
        const Primitive *p = &g_array_index(s->items, Primitive, i);
        gboolean mark = p->kind == PRIM_MARK, rect = p->kind == PRIM_RECT;
        double right = rect ? p->x + p->w : p->x, bottom = rect ? p->y + p->h : p->y;
        if ((mark || rect) &&
            (p->x < -1 || p->y < -1 || right > s->width + 1 || bottom > s->height + 1)) {
            fail_msg("%s: a mark at %f %f is outside", which, p->x, p->y);
        }
    }
}

static void marks_are_inside_the_scene(void **state)
{
    (void)state;
    check_all(check_marks_inside);
}

static void check_alt(const Scene *s, const char *which)
{
    if (!s->alt || strlen(s->alt) < 20 || strstr(s->alt, "nan") || strstr(s->alt, "inf")) {
        fail_msg("%s: text alternative: %s", which, s->alt);
    }
}

static void every_chart_has_a_text_alternative(void **state)
{
    (void)state;
    check_all(check_alt);
}

static void same_data_give_the_same_scene(void **state)
{
    (void)state;
    g_autoptr(Scene) a = funnel_151(SAMPLE_USUAL);
    g_autoptr(Scene) b = funnel_151(SAMPLE_USUAL);
    assert_int_equal(a->items->len, b->items->len);
    for (guint i = 0; i < a->items->len; i++) {
        const Primitive *p = &g_array_index(a->items, Primitive, i);
        const Primitive *q = &g_array_index(b->items, Primitive, i);
        assert_true(p->kind == q->kind && p->x == q->x && p->y == q->y);
        assert_int_equal(g_strcmp0(p->text, q->text), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_never_overlap_or_leave_the_scene),
        cmocka_unit_test(no_text_is_below_7_points),
        cmocka_unit_test(every_primitive_has_a_place),
        cmocka_unit_test(marks_are_inside_the_scene),
        cmocka_unit_test(every_chart_has_a_text_alternative),
        cmocka_unit_test(same_data_give_the_same_scene),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
