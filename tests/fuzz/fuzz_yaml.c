/* Feeds bytes to the reader of definitions, as a study that names no file. Built for libFuzzer by
 * tests/fuzz/run; tests/unit/test_catalogue_yaml.c runs the same body over the faulty studies and
 * over random ones. */
#include <stdlib.h>

#include "../../src/catalogue/study_load.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static void require(gboolean holds)
{
    if (!holds)
        abort();
}

/* What the header promises of every study: references lie within their arrays. */
static void check_study(const Study *s)
{
    require(s->id && s->title && s->publisher && s->n_indicators > 0 && s->n_sources > 0);
    require(s->areas.source >= 0 && (guint)s->areas.source < s->n_sources);
    for (guint i = 0; i < s->n_indicators; i++) {
        const Indicator *x = &s->indicators[i];
        require(x->id && x->title && x->unit && x->per > 0 && x->measure < N_MEASURES);
        require(x->numerator.source < (int)s->n_sources && x->value.source < (int)s->n_sources);
        require(x->numerator.source >= 0 || x->value.source >= 0);
    }
    for (guint i = 0; i < s->n_pairs; i++)
        require(s->pairs[i].spend >= 0 && (guint)s->pairs[i].spend < s->n_indicators);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    g_autoptr(Diagnostics) diags = diagnostics_new();
    g_autoptr(Study) study = study_parse("/nonexistent/study.yaml", (const char *)data, n, diags);
    require((study == NULL) == (diagnostics_count(diags, DIAG_ERROR) > 0));
    guint n_diags;
    const Diag *d = diagnostics_sorted(diags, &n_diags);
    for (guint i = 0; i < n_diags; i++)
        require(d[i].file && d[i].rule && g_utf8_validate(d[i].message, -1, NULL));
    if (study)
        check_study(study);
    return 0;
}
