#include "check_here.h"

#include "peerline/base/error.h"
#include "peerline/intake/source_fetch.h"

/** By source: TRUE where its data are neither in the cache nor in a mirror. */
static gboolean *find_absent(const Study *s, const FetchOptions *options, Diagnostics *diags)
{
    g_autofree FetchRequest *requests = g_new0(FetchRequest, s->n_sources + 1);
    g_autofree guint *source = g_new0(guint, s->n_sources + 1);
    gboolean *absent = g_new0(gboolean, s->n_sources + 1);
    guint n = 0;
    for (guint i = 0; options->offline && i < s->n_sources; i++) {
        if (s->sources[i].path)
            continue;
        source[n] = i;
        requests[n++] = source_request(&s->sources[i]);
    }
    FetchResult *results = fetch_all(requests, n, options);
    for (guint k = 0; k < n; k++) {
        const Where *where = &s->sources[source[k]].where;
        if (!g_error_matches(results[k].error, PEERLINE_ERROR, PEERLINE_ERROR_NOT_HERE))
            continue;
        absent[source[k]] = TRUE;
        diag_add(
            diags, DIAG_NOTE, "source-not-here", where->file, where->line, where->column,
            "only the definition of source '%s' was checked: its data are neither in the cache "
            "nor in a mirror (peerline fetch gets them, or --mirror)",
            requests[k].id);
    }
    fetch_results_free(results, n);
    return absent;
}

/** A source can be read if it and the lookups that its area keys go through are here. */
static gboolean source_is_here(const Study *s, int source, const gboolean *absent)
{
    if (source < 0)
        return TRUE;
    const AreaRule *area = &s->sources[source].area;
    gboolean here = !absent[source];
    for (guint i = 0; i < area->n_joins; i++)
        here = here && !absent[s->lookups[area->joins[i]].source];
    return here;
}

static gboolean quantity_is_here(const Study *s, const Quantity *q, const gboolean *absent)
{
    gboolean here = source_is_here(s, q->source, absent) &&
                    (q->source < 0 || !q->deflates || source_is_here(s, q->deflate.source, absent));
    for (guint i = 0; i < q->n_further; i++)
        here = here && source_is_here(s, q->further[i].source, absent);
    return here;
}

static gboolean age_table_is_here(const AgeTable *t, const gboolean *absent)
{
    return !t->declared || !absent[t->source];
}

static gboolean indicator_is_here(const Study *s, const Indicator *d, const gboolean *absent)
{
    const Quantity *all[] = {&d->numerator, &d->denominator, &d->value,    &d->lower95,
                             &d->upper95,   &d->lower99_8,   &d->upper99_8};
    gboolean here =
        age_table_is_here(&d->standard, absent) && age_table_is_here(&d->reference, absent);
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        here = here && quantity_is_here(s, all[i], absent);
    return here;
}

static gboolean peers_are_here(const Study *s, const PeerGrouping *p, const gboolean *absent)
{
    gboolean here = source_is_here(s, p->source, absent);
    for (guint i = 0; i < p->n_variables; i++)
        here = here && quantity_is_here(s, &p->variables[i].numerator, absent) &&
               quantity_is_here(s, &p->variables[i].denominator, absent);
    return here;
}

static gboolean composition_is_here(const Study *s, const Composition *c, const gboolean *absent)
{
    gboolean here = quantity_is_here(s, &c->denominator, absent);
    for (guint i = 0; i < c->n_parts; i++)
        here = here && quantity_is_here(s, &c->parts[i].amount, absent);
    return here;
}

static void keep_drawn(StudyHere *h, const Study *study, const gboolean *absent)
{
    h->maps = g_new0(MapDefinition, study->n_maps + 1);
    h->compositions = g_new0(Composition, study->n_compositions + 1);
    h->study.maps = h->maps;
    h->study.compositions = h->compositions;
    h->study.n_maps = h->study.n_compositions = 0;
    for (guint i = 0; i < study->n_maps; i++)
        if (!absent[study->maps[i].source])
            h->maps[h->study.n_maps++] = study->maps[i];
    for (guint i = 0; i < study->n_compositions; i++)
        if (composition_is_here(study, &study->compositions[i], absent))
            h->compositions[h->study.n_compositions++] = study->compositions[i];
}

StudyHere *study_here_new(const Study *study, const FetchOptions *options, Diagnostics *diags)
{
    g_autofree gboolean *absent = find_absent(study, options, diags);
    StudyHere *h = g_new0(StudyHere, 1);
    h->study = *study;
    h->indicators = g_new0(Indicator, study->n_indicators + 1);
    h->peers = g_new0(PeerGrouping, study->n_peers + 1);
    h->readable = !absent[study->areas.source] &&
                  !(study->areas.changes.declared && absent[study->areas.changes.source]);
    h->study.indicators = h->indicators;
    h->study.peers = h->peers;
    h->study.n_indicators = h->study.n_peers = 0;
    /* Pairs refer to indicators by their number, and nobody reads them in a check. */
    h->study.n_pairs = 0;
    for (guint i = 0; i < study->n_indicators; i++)
        if (indicator_is_here(study, &study->indicators[i], absent))
            h->indicators[h->study.n_indicators++] = study->indicators[i];
    for (guint i = 0; i < study->n_peers; i++)
        if (peers_are_here(study, &study->peers[i], absent))
            h->peers[h->study.n_peers++] = study->peers[i];
    keep_drawn(h, study, absent);
    return h;
}

void study_here_free(StudyHere *h)
{
    if (!h)
        return;
    g_free(h->indicators);
    g_free(h->peers);
    g_free(h->maps);
    g_free(h->compositions);
    g_free(h);
}
