#ifndef PEERLINE_TESTS_MINI_STUDY_H
#define PEERLINE_TESTS_MINI_STUDY_H

/** A small study in a temporary directory, read as a run reads it. */

#include "support.h"

#include "peerline/observe/observe.h"

typedef struct {
    const char *dir;
    Diagnostics *diags;
    Study *study;        /**< NULL: at fault */
    ObservationSet *set; /**< NULL: at fault */
} World;

/** Reads the study of a path. */
static inline void world_read(World *w, const char *dir, const char *path)
{
    const FetchOptions options = {.offline = TRUE};
    *w = (World){.dir = dir, .diags = diagnostics_new()};
    w->study = study_load(path, w->diags);
    if (w->study)
        w->set = observe(w->study, &options, w->diags);
}

/** Writes study.yaml beside its files and reads it. */
static inline void world_write(World *w, const char *dir, const char *text)
{
    g_autofree char *path = support_write(dir, "study.yaml", text);
    world_read(w, dir, path);
}

/** The same, and nothing may be wrong with the definitions. */
static inline void world_write_sound(World *w, const char *dir, const char *text)
{
    world_write(w, dir, text);
    if (!w->study)
        diagnostics_print(w->diags, DIAG_NOTE);
    assert_non_null(w->study);
}

static inline void world_close(World *w)
{
    observation_set_free(w->set);
    study_free(w->study);
    diagnostics_free(w->diags);
}

/** The index of a period of the first indicator. */
static inline guint period_of(const World *w, const char *label)
{
    assert_non_null(w->set);
    const Series *s = &w->set->series[0];
    for (guint p = 0; p < s->n_periods; p++)
        if (strcmp(s->period_labels[p], label) == 0)
            return p;
    fail_msg("no period %s", label);
    return 0;
}

/** A cell of the first indicator. */
static inline const Observation *at(const World *w, const char *period, const char *code)
{
    const guint p = period_of(w, period);
    const int area = observation_area(w->set, code);
    if (area < 0)
        fail_msg("no area %s", code);
    return series_at(&w->set->series[0], w->set->n_areas, p, (guint)area);
}

#endif
