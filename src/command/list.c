#include "options.h"
#include "peerline/base/number.h"
#include "peerline/base/text.h"
#include "peerline/command/commands.h"
#include "peerline/judge/assessment.h"
#include "peerline/observe/observe.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** What a listing may look at; set and assessment are there only where the listing asks for them.
 */
typedef struct {
    const Study *study;
    const ObservationSet *set;
    const Assessment *assessment;
    GString *out;
} Listing;

static void put_row(GString *out, const char *const *fields, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        text_append_csv(out, fields[i] ? fields[i] : "");
    }
    g_string_append_c(out, '\n');
}

static void list_areas(Listing *l)
{
    const AreaRegister *r = &l->study->areas;
    g_autofree const char **fields = g_new(const char *, r->n_classes + 2);
    fields[0] = "area_code";
    fields[1] = "area_name";
    for (guint c = 0; c < r->n_classes; c++)
        fields[c + 2] = r->classes[c].id;
    put_row(l->out, fields, r->n_classes + 2);
    for (guint a = 0; a < l->set->n_areas; a++) {
        fields[0] = l->set->areas[a].code;
        fields[1] = l->set->areas[a].name;
        for (guint c = 0; c < r->n_classes; c++)
            fields[c + 2] = l->set->areas[a].classes[c];
        put_row(l->out, fields, r->n_classes + 2);
    }
}

static void list_indicators(Listing *l)
{
    static const char *const header[] = {"indicator_id", "title",    "measure", "uncertainty",
                                         "unit",         "polarity", "role",    "domain"};
    put_row(l->out, header, G_N_ELEMENTS(header));
    for (guint i = 0; i < l->study->n_indicators; i++) {
        const Indicator *d = &l->study->indicators[i];
        const char *const fields[] = {d->id,
                                      d->title,
                                      measure_name(d->measure),
                                      uncertainty_name(d->kind),
                                      d->unit,
                                      polarity_name(d->polarity),
                                      role_name(d->role),
                                      d->domain};
        put_row(l->out, fields, G_N_ELEMENTS(fields));
    }
}

static void list_sources(Listing *l)
{
    static const char *const header[] = {"source_id", "title", "publisher", "file",
                                         "url",       "page",  "licence"};
    put_row(l->out, header, G_N_ELEMENTS(header));
    for (guint i = 0; i < l->study->n_sources; i++) {
        const Source *s = &l->study->sources[i];
        const char *const fields[] = {s->id,  s->title, s->publisher, s->file,
                                      s->url, s->page,  s->licence};
        put_row(l->out, fields, G_N_ELEMENTS(fields));
    }
}

static void list_peers_of(Listing *l, guint grouping, guint area)
{
    const PeerSet *peers = assessment_peers(l->assessment, grouping, area);
    for (guint k = 0; peers && k < peers->n; k++) {
        char rank[16], distance[NUMBER_BUF];
        snprintf(rank, sizeof rank, "%u", k + 1);
        number_shortest(peers->distances ? peers->distances[k] : NAN, distance);
        const char *const fields[] = {l->study->peers[grouping].id,
                                      l->set->areas[area].code,
                                      l->set->areas[peers->areas[k]].code,
                                      rank,
                                      distance,
                                      peers->label};
        put_row(l->out, fields, G_N_ELEMENTS(fields));
    }
}

static void list_peers(Listing *l)
{
    static const char *const header[] = {"grouping", "area_code", "peer_code",
                                         "rank",     "distance",  "peer_group"};
    put_row(l->out, header, G_N_ELEMENTS(header));
    for (guint g = 0; g < l->study->n_peers; g++)
        for (guint a = 0; a < l->set->n_areas; a++)
            list_peers_of(l, g, a);
}

static const struct {
    const char *name;
    void (*list)(Listing *l);
    gboolean needs_data;
} LISTINGS[] = {{"areas", list_areas, TRUE},
                {"indicators", list_indicators, FALSE},
                {"sources", list_sources, FALSE},
                {"peers", list_peers, TRUE}};

static int list_study(const char *path, guint which, const CommonOptions *options)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_load(path, diags);
    const FetchOptions fetch = options_fetch(options);
    const gboolean needs = LISTINGS[which].needs_data;
    g_autoptr(ObservationSet) set = study && needs ? observe(study, &fetch, diags) : NULL;
    if (!study || (needs && !set)) {
        diagnostics_print(diags, DIAG_ERROR);
        return EXIT_FAILED;
    }
    g_autoptr(Assessment) assessment = set ? assess(study, set) : NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    Listing l = {.study = study, .set = set, .assessment = assessment, .out = out};
    LISTINGS[which].list(&l);
    fwrite(out->str, 1, out->len, stdout);
    return EXIT_FINE;
}

static int find_listing(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(LISTINGS); i++)
        if (strcmp(LISTINGS[i].name, name) == 0)
            return (int)i;
    return -1;
}

int command_list(int argc, char **argv)
{
    CommonOptions options = {0};
    int status = options_parse(&options, OPTIONS_SOURCES, NULL,
                               "STUDY areas|indicators|sources|peers", &argc, &argv);
    const int which = status < 0 && argc == 3 ? find_listing(argv[2]) : -1;
    if (status < 0 && which < 0) {
        fputs("peerline list: a study and what to list are needed (areas, indicators, sources or "
              "peers)\n",
              stderr);
        status = EXIT_USAGE;
    }
    if (status < 0)
        status = list_study(argv[1], (guint)which, &options);
    common_options_clear(&options);
    return status;
}
