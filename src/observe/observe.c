#include "peerline/observe/observe.h"

#include "guard.h"
#include "reading.h"

static void reading_clear(Reading *r)
{
    for (guint i = 0; r->tables && i < r->study->n_sources; i++) {
        table_free(r->tables[i]);
        if (r->resolved)
            g_hash_table_unref(r->resolved[i]);
    }
    for (guint i = 0; r->lookups && i < r->study->n_lookups; i++)
        lookup_free(r->lookups[i]);
    boundaries_free(r->boundaries);
    g_free(r->tables);
    g_free(r->resolved);
    g_free(r->lookups);
    g_hash_table_unref(r->rejected);
    if (r->rejects)
        g_array_unref(r->rejects);
    if (r->reasons)
        g_array_unref(r->reasons);
}

static int compare_reasons(gconstpointer va, gconstpointer vb)
{
    const Reason *a = va, *b = vb;
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    return (a->area > b->area) - (a->area < b->area);
}

/** Areas that definitions name must exist, or a typing slip would silently change nothing. */
static void check_area(Reading *r, const char *code, const Where *where, const char *what)
{
    if (observation_area(r->set, code) < 0)
        diag_add(r->diags, DIAG_ERROR, "bad-reference", where->file, where->line, where->column,
                 "%s names an area that is not in the register: %s (a code of the register)", what,
                 code);
}

static void check_areas(Reading *r)
{
    const Study *s = r->study;
    for (guint i = 0; i < s->n_practice; i++)
        check_area(r, s->practice[i].area, &s->practice[i].where, "practice case");
    for (guint i = 0; i < s->n_sources; i++)
        for (guint k = 0; k < s->sources[i].area.n_not_covered; k++)
            check_area(r, s->sources[i].area.not_covered[k].area,
                       &s->sources[i].area.not_covered[k].where, "not_covered");
    for (guint i = 0; i < s->n_indicators; i++)
        for (guint k = 0; k < s->indicators[i].n_not_covered; k++)
            check_area(r, s->indicators[i].not_covered[k].area,
                       &s->indicators[i].not_covered[k].where, "not_covered");
    for (guint i = 0; i < s->n_indicators; i++)
        for (guint k = 0; k < s->indicators[i].n_known_values; k++)
            check_area(r, s->indicators[i].known_values[k].area,
                       &s->indicators[i].known_values[k].where, "known_values");
    for (guint g = 0; g < s->n_peers; g++)
        for (char **code = s->peers[g].exclude; code && *code; code++)
            check_area(r, *code, &s->peers[g].where, "exclude");
    for (guint i = 0; i < s->n_corrections; i++)
        for (char **code = s->corrections[i].areas; code && *code; code++)
            check_area(r, *code, &s->corrections[i].where, "correction");
}

static void tell_rejects(const ObservationSet *set, Diagnostics *diags)
{
    for (guint i = 0; i < set->n_rejects; i++)
        if (!set->rejects[i].expected)
            diag_add(diags, DIAG_WARNING, set->rejects[i].rule, set->rejects[i].file,
                     set->rejects[i].line, 0, "%s", set->rejects[i].text);
}

static void read_all(Reading *r, const SourceFiles *files)
{
    const Study *s = r->study;
    reading_load_tables(r, files);
    if (diagnostics_count(r->diags, DIAG_ERROR) > 0)
        return; /* what follows would only repeat that files are missing */
    reading_load_lookups(r);
    reading_load_areas(r);
    r->resolved = g_new(GHashTable *, s->n_sources + 1);
    for (guint i = 0; i < s->n_sources; i++)
        r->resolved[i] = g_hash_table_new(g_str_hash, g_str_equal);
    check_areas(r);
    r->set->n_indicators = s->n_indicators;
    r->set->series = g_new0(Series, s->n_indicators + 1);
    for (guint i = 0; i < s->n_indicators; i++)
        reading_series(r, i);
    reading_load_peers(r);
    reading_load_maps(r);
    reading_load_compositions(r);
}

static void keep_reasons(Reading *r)
{
    g_array_sort(r->reasons, compare_reasons);
    r->set->n_reasons = r->reasons->len;
    r->set->reasons = (Reason *)(void *)g_array_free(g_steal_pointer(&r->reasons), FALSE);
}

ObservationSet *observe_files(const Study *study, const SourceFiles *files, Diagnostics *diags)
{
    g_autoptr(ObservationSet) set = observation_set_new();
    Reading r = {.study = study,
                 .set = set,
                 .diags = diags,
                 .rejects = g_array_new(FALSE, TRUE, sizeof(Reject)),
                 .rejected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                 .reasons = g_array_new(FALSE, TRUE, sizeof(Reason))};
    read_all(&r, files);
    keep_reasons(&r);
    observation_set_rejects(set, g_steal_pointer(&r.rejects));
    tell_rejects(set, diags);
    reading_clear(&r);
    if (diagnostics_count(diags, DIAG_ERROR) > 0)
        return NULL;
    guard_set(study, set, diags);
    compositions_make(study, set);
    return g_steal_pointer(&set);
}

ObservationSet *observe(const Study *study, const FetchOptions *options, Diagnostics *diags)
{
    g_autoptr(SourceFiles) files = source_files_fetch(study, options);
    return observe_files(study, files, diags);
}
