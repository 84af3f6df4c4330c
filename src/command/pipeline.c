#include "pipeline.h"

#include "drawing.h"
#include "peerline/base/clock.h"
#include "peerline/base/error.h"
#include "peerline/base/fonts.h"
#include "peerline/base/text.h"
#include "peerline/command/commands.h"
#include "peerline/judge/assessment.h"
#include "peerline/publish/changes.h"
#include "peerline/publish/edition.h"
#include "peerline/publish/inputs.h"
#include "peerline/publish/manifest.h"
#include "peerline/publish/provenance.h"
#include "summary.h"

#include <stdio.h>
#include <string.h>

int pipeline_fail(const char *command, const GError *error)
{
    fprintf(stderr, "peerline %s: %s\n", command, error->message);
    return g_error_matches(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE) ? EXIT_USAGE : EXIT_FAILED;
}

/* ---- what the call asks for -------------------------------------------------------------------
 */

/** Marks the areas whose reports are wanted: all that are there at the end of the study, unless
 * some are named. FALSE if a code is not in the register. */
static gboolean wanted_areas(const Pipeline *p, const ObservationSet *set, gboolean *wanted,
                             GError **error)
{
    char **codes = p->options->areas;
    for (guint a = 0; a < set->n_areas; a++)
        wanted[a] = codes == NULL && observation_is_open(set, a);
    for (; codes && *codes; codes++) {
        const int area = observation_area(set, *codes);
        if (area < 0) {
            g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                        "--area: no such area: %s (peerline list STUDY areas lists them)", *codes);
            return FALSE;
        }
        wanted[area] = TRUE;
    }
    return TRUE;
}

static gboolean holds(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/** A report of the earlier edition that this call would not draw again; NULL if there is none. New.
 */
static char *area_report_lost(const char *target, char **codes)
{
    g_autofree char *folder = g_build_filename(target, "areas", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
        g_autofree char *code = g_strndup(name, strcspn(name, "."));
        if (codes && !g_strv_contains((const char *const *)codes, code))
            return g_strdup_printf("areas/%s", name);
    }
    return NULL;
}

/** --area and --formats choose what is drawn; they must not take away what is published. */
static gboolean nothing_is_lost(const Pipeline *p, const char *target, guint formats,
                                GError **error)
{
    static const struct {
        guint bit;
        const char *name;
    } FILES[] = {{FORMAT_PDF, "national.pdf"},
                 {FORMAT_XLSX, "variation.xlsx"},
                 {FORMAT_DATA, "data"},
                 {FORMAT_HTML, "index.html"}};
    g_autofree char *earlier = provenance_study(target);
    if (!earlier || strcmp(earlier, p->study->id) != 0)
        return TRUE;
    g_autofree char *lost = area_report_lost(target, p->options->areas);
    for (guint i = 0; !lost && i < G_N_ELEMENTS(FILES); i++)
        if (!(formats & FILES[i].bit) && holds(target, FILES[i].name))
            lost = g_strdup(FILES[i].name);
    if (!lost)
        return TRUE;
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                "%s holds reports of this study that the call would remove: %s (give another --out "
                "for a selection)",
                target, lost);
    return FALSE;
}

/* ---- the edition's date and its gaps ------------------------------------------------------------
 */

/** SOURCE_DATE_EPOCH, else the study's date, else the newest download, else none. */
static char *edition_date(const Study *study, const ObservationSet *set)
{
    if (clock_is_fixed())
        return clock_date(clock_now());
    if (study->edition)
        return g_strdup(study->edition);
    const char *newest = NULL;
    for (guint i = 0; i < set->n_sources; i++) {
        const char *date = set->sources[i].retrieved;
        if (date && (!newest || strcmp(date, newest) > 0))
            newest = date;
    }
    return g_strdup(newest);
}

/** One sentence for all warnings of a rule in a file; they come sorted by file. */
static GPtrArray *left_out_sentences(Diagnostics *diags)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
    guint n;
    const Diag *d = diagnostics_sorted(diags, &n);
    g_autoptr(GHashTable) done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < n; i++) {
        if (d[i].severity != DIAG_WARNING ||
            !g_hash_table_add(done,
                              g_strdup_printf("%s:%s", d[i].file ? d[i].file : "", d[i].rule)))
            continue;
        guint same = 0;
        for (guint k = i; k < n; k++)
            same +=
                d[k].severity == DIAG_WARNING && d[k].file == d[i].file && d[k].rule == d[i].rule;
        g_autofree char *base = d[i].file ? g_path_get_basename(d[i].file) : g_strdup("");
        g_autofree char *place = d[i].line ? g_strdup_printf(", line %u", d[i].line) : g_strdup("");
        g_ptr_array_add(out, same == 1
                                 ? g_strdup_printf("%s%s: %s", base, place, d[i].message)
                                 : g_strdup_printf("%s: %u rows could not be used (rule %s); the "
                                                   "first%s: %s",
                                                   base, same, d[i].rule, place, d[i].message));
    }
    g_ptr_array_add(out, NULL);
    return out;
}

/* ---- what was there before ----------------------------------------------------------------------
 */

/** One run, from the target to the exit status. */
typedef struct {
    const Pipeline *p;
    Edition *edition;
    guint formats;
    Manifest *manifest;     /**< of the edition to come */
    Manifest *before;       /**< of the edition of this study that lies there; or NULL */
    const Earlier *earlier; /**< where files may be taken over from; or NULL */
    Earlier earlier_at;
    Summary *summary;
} Publishing;

static void publishing_clear(Publishing *r)
{
    g_clear_pointer(&r->edition, edition_free);
    g_clear_pointer(&r->manifest, manifest_free);
    g_clear_pointer(&r->before, manifest_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Publishing, publishing_clear)

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** What of the call shows in the edition, in one way of writing it. */
static char *choices(const Pipeline *p, guint formats)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (char **code = p->options->areas; code && *code; code++)
        g_ptr_array_add(codes, *code);
    g_ptr_array_sort(codes, compare_texts);
    g_string_printf(text, "%s\n%u\n%s\n%s", p->command, formats,
                    p->options->title ? p->options->title : "",
                    p->options->embargo ? p->options->embargo : "");
    for (guint i = 0; i < codes->len; i++)
        if (i == 0 || strcmp(codes->pdata[i], codes->pdata[i - 1]) != 0)
            g_string_append_printf(text, "\n%s", (const char *)codes->pdata[i]);
    return g_string_free(text, FALSE);
}

static void find_earlier(Publishing *r)
{
    const char *directory = edition_earlier(r->edition);
    g_autofree char *study = directory ? provenance_study(directory) : NULL;
    if (g_strcmp0(study, r->p->study->id) != 0)
        return;
    r->before = manifest_read(directory);
    r->earlier_at = (Earlier){.directory = directory, .manifest = r->before};
    if (r->before && !r->p->options->redraw)
        r->earlier = &r->earlier_at;
}

/** Learns what the edition will be made from, once the sources are there. */
static gboolean find_inputs(Publishing *r, GError **error)
{
    GError *cause = NULL;
    g_autofree char *text = choices(r->p, r->formats);
    r->manifest = manifest_new();
    r->manifest->program = program_digest();
    r->manifest->inputs = r->p->inputs(r->p->user, text, r->manifest->program, &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (r->before && g_strcmp0(r->before->inputs, r->manifest->inputs) == 0)
        edition_repairs(r->edition);
    else if (r->p->options->keep > 0 && edition_earlier(r->edition))
        r->manifest->replaces = manifest_identity(edition_earlier(r->edition));
    return TRUE;
}

static gboolean is_up_to_date(const Publishing *r)
{
    return r->earlier && g_strcmp0(r->before->inputs, r->manifest->inputs) == 0 &&
           manifest_is_whole(r->before, r->earlier->directory);
}

static int tell_up_to_date(const Publishing *r, const char *target)
{
    const char *command = r->p->command;
    Summary *s = r->summary;
    s->result = "up-to-date";
    s->areas = r->before->areas;
    s->files_kept = r->before->files->len + 1;
    for (char **line = r->before->warnings; line && *line; line++, s->warnings++)
        fprintf(stderr, "peerline %s: left out: %s\n", command, *line);
    for (guint i = 0; i < r->before->files->len; i++)
        s->reports_kept +=
            g_str_has_suffix(((ManifestFile *)r->before->files->pdata[i])->path, ".pdf");
    if (!r->p->options->quiet)
        fprintf(stderr, "peerline %s: up to date: %s (nothing is new; looked for %.2f seconds)\n",
                command, target, summary_seconds(s));
    return r->before->exit_status;
}

/* ---- judging and drawing
 * ------------------------------------------------------------------------- */

/** What the next run has to know about this one. */
static gboolean seal(Publishing *r, GError **error)
{
    const Pipeline *p = r->p;
    ManifestCounts files = {0};
    GPtrArray *warnings = left_out_sentences(p->diags);
    const char *directory = edition_directory(r->edition);
    r->summary->warnings = warnings->len - 1;
    r->manifest->warnings = (char **)(void *)g_ptr_array_free(warnings, FALSE);
    r->manifest->exit_status = diagnostics_count(p->diags, DIAG_WARNING) ? EXIT_PARTIAL : EXIT_FINE;
    if (!manifest_list(r->manifest, directory, r->earlier, &files, error) ||
        !manifest_write(r->manifest, directory, error))
        return FALSE;
    r->summary->files_kept = files.kept;
    r->summary->files_written = files.written + 1;
    return TRUE;
}

/** What is other than in the edition that lies there; NULL: nothing, or there is none. */
static Changes *find_changes(Publishing *r, const ReportContext *context)
{
    Changes *c = r->before ? changes_find(context, &r->earlier_at) : NULL;
    if (!c)
        return NULL;
    r->manifest->compared_with = g_strdup(c->assessment);
    r->manifest->compared_edition = g_strdup(c->edition);
    guint *const counts[] = {&r->summary->new_figures,       &r->summary->revised_figures,
                             &r->summary->withdrawn_figures, &r->summary->new_outliers,
                             &r->summary->resolved_outliers, &r->summary->moved};
    G_STATIC_ASSERT(G_N_ELEMENTS(counts) == N_CHANGE_KINDS);
    for (guint k = 0; k < N_CHANGE_KINDS; k++)
        *counts[k] = c->n[k];
    return c;
}

static gboolean draw(Publishing *r, const ObservationSet *set, GError **error)
{
    const Pipeline *p = r->p;
    const CommonOptions *o = p->options;
    g_autofree gboolean *wanted = g_new(gboolean, set->n_areas + 1);
    if (!wanted_areas(p, set, wanted, error))
        return FALSE;
    g_autoptr(Progress) progress = progress_new(o->quiet);
    progress_stage(progress, "Judging", 0);
    g_autoptr(Assessment) assessment = assess(p->study, set);
    g_autofree char *date = edition_date(p->study, set);
    g_autoptr(GPtrArray) left_out = left_out_sentences(p->diags);
    ReportContext context = {.study = p->study,
                             .set = set,
                             .assessment = assessment,
                             .title = o->title ? o->title : p->study->title,
                             .edition_date = date,
                             .embargo = o->embargo,
                             .left_out = (const char *const *)left_out->pdata};
    g_autoptr(Changes) changes = find_changes(r, &context);
    context.changes = changes;
    DrawingCounts counts = {0};
    const Drawing drawing = {.context = &context,
                             .directory = edition_directory(r->edition),
                             .formats = r->formats,
                             .areas = wanted,
                             .jobs = o->jobs > 0 ? (guint)o->jobs : g_get_num_processors(),
                             .progress = progress,
                             .diags = p->diags,
                             .manifest = r->manifest,
                             .earlier = r->earlier,
                             .counts = &counts};
    const gboolean drawn = drawing_write(&drawing, error);
    r->summary->areas = r->manifest->areas = set->n_areas;
    r->summary->reports_drawn = (guint)counts.drawn;
    r->summary->reports_kept = (guint)counts.kept;
    return drawn && seal(r, error);
}

/* What is published does not depend on the day of the run; that the stamp came too late is news for
 * whoever runs it. */
static void tell_of_embargo(const Pipeline *p)
{
    const char *until = p->options->embargo;
    g_autofree char *today = clock_date(clock_now());
    if (until && strncmp(until, today, strlen(today)) < 0)
        fprintf(stderr,
                "peerline %s: the pages say \"not for release before\" a day that is over: %s "
                "(without --embargo-until they say nothing)\n",
                p->command, until);
}

static int tell(const Publishing *r, const char *target)
{
    const Pipeline *p = r->p;
    const char *trouble = edition_trouble(r->edition);
    r->summary->result = "published";
    diagnostics_print(p->diags, p->tell);
    tell_of_embargo(p);
    if (!p->options->quiet)
        fprintf(stderr, "peerline %s: published %s%s\n", p->command, target,
                diagnostics_count(p->diags, DIAG_WARNING)
                    ? ", but something was left out (named above and in the report)"
                    : "");
    if (trouble)
        fprintf(stderr, "peerline %s: published, but the earlier edition is not kept: %s\n",
                p->command, trouble);
    return trouble ? EXIT_PARTIAL : r->manifest->exit_status;
}

static int publish(Publishing *r, const char *target)
{
    const Pipeline *p = r->p;
    g_autoptr(GError) error = NULL;
    r->formats = options_formats(p->options, &error);
    if (!r->formats || !nothing_is_lost(p, target, r->formats, &error) || !fonts_check(&error))
        return pipeline_fail(p->command, error);
    r->edition = edition_open(target, p->options->keep, &error);
    /* Where there is no edition yet, a place that will not do is told before anything is fetched.
     */
    if (!r->edition || (!edition_earlier(r->edition) && !edition_prepare(r->edition, &error)))
        return pipeline_fail(p->command, error);
    find_earlier(r);
    if (!find_inputs(r, &error))
        return pipeline_fail(p->command, error);
    if (is_up_to_date(r))
        return tell_up_to_date(r, target);
    g_autoptr(ObservationSet) set = p->read(p->user, p->diags);
    if (!set) {
        diagnostics_print(p->diags, p->tell);
        fprintf(stderr, "peerline %s: nothing was published\n", p->command);
        return EXIT_FAILED;
    }
    if (!edition_prepare(r->edition, &error) || !draw(r, set, &error) ||
        !edition_commit(r->edition, &error))
        return pipeline_fail(p->command, error);
    return tell(r, target);
}

int pipeline_publish(const Pipeline *p)
{
    const char *target = p->options->out ? p->options->out : p->default_out;
    Summary summary = {.study = p->study->id,
                       .target = target,
                       .result = "failed",
                       .indicators = p->study->n_indicators,
                       .started = g_get_monotonic_time()};
    g_auto(Publishing) r = {.p = p, .summary = &summary};
    summary.exit_status = publish(&r, target);
    summary_tell(&summary, p->options);
    return summary.exit_status;
}
