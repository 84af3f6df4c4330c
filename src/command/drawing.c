#include "drawing.h"

#include "options.h"
#include "peerline/base/error.h"
#include "peerline/base/fonts.h"
#include "peerline/publish/data.h"
#include "peerline/publish/data_json.h"
#include "peerline/publish/inputs.h"
#include "peerline/publish/pdf.h"
#include "peerline/publish/provenance.h"
#include "peerline/publish/site.h"
#include "peerline/publish/workbook.h"
#include "peerline/report/reports.h"

#include <errno.h>
#include <glib/gstdio.h>

/** One file, or one folder of files, to write. Tasks share nothing but constant input. */
typedef struct {
    gboolean (*write)(const Drawing *d, guint index, GError **error);
    guint index; /* of an area or an indicator, where the task is about one */
    GError *error;
} DrawingTask;

static gboolean write_document(const Drawing *d, Document *document, const char *name,
                               GError **error)
{
    g_autofree char *path = g_build_filename(d->directory, name, NULL);
    g_autofree char *digest = document_digest(document);
    if (manifest_take_over(d->manifest, d->earlier, name, digest, d->directory)) {
        manifest_note_document(d->manifest, name, digest);
        g_atomic_int_inc(&d->counts->kept);
        return TRUE;
    }
    g_auto(PdfStats) stats = {0};
    const gboolean done = pdf_write(document, path, &stats, error);
    g_atomic_int_inc(&d->counts->drawn);
    if (done && (!stats.problems || stats.problems->len == 0)) /* the others are told each time */
        manifest_note_document(d->manifest, name, digest);
    for (guint i = 0; stats.problems && i < stats.problems->len; i++)
        diag_add(d->diags, DIAG_WARNING, "page-problem", name, 0, 0, "%s",
                 (const char *)stats.problems->pdata[i]);
    return done;
}

/* A report is built once and read by the writers of both formats. */
static gboolean write_national(const Drawing *d, guint area, GError **error)
{
    (void)area;
    g_autoptr(Document) document = report_national(d->context);
    return (!(d->formats & FORMAT_PDF) || write_document(d, document, "national.pdf", error)) &&
           (!d->site || site_write_national(d->site, document, d->directory, error));
}

static gboolean write_area(const Drawing *d, guint area, GError **error)
{
    g_autoptr(Document) document = report_area(d->context, area);
    g_autofree char *name = g_strdup_printf("areas/%s.pdf", d->context->set->areas[area].code);
    return (!(d->formats & FORMAT_PDF) || write_document(d, document, name, error)) &&
           (!d->site || site_write_area(d->site, document, area, d->directory, error));
}

static gboolean write_workbook(const Drawing *d, guint area, GError **error)
{
    (void)area;
    g_autofree char *path = g_build_filename(d->directory, "variation.xlsx", NULL);
    return workbook_file_write(d->context, path, error);
}

static gboolean make_directory(const Drawing *d, const char *name, char **path, GError **error)
{
    *path = g_build_filename(d->directory, name, NULL);
    if (g_mkdir_with_parents(*path, 0777) == 0)
        return TRUE;
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "cannot make the directory %s: %s",
                *path, g_strerror(errno));
    return FALSE;
}

static gboolean write_data(const Drawing *d, guint area, GError **error)
{
    (void)area;
    g_autofree char *path = NULL;
    return make_directory(d, "data", &path, error) && data_write(d->context, path, error);
}

static gboolean write_area_data(const Drawing *d, guint area, GError **error)
{
    g_autofree char *path = g_build_filename(d->directory, "data", NULL);
    return data_json_area(d->context, area, path, error);
}

static gboolean write_indicator_data(const Drawing *d, guint indicator, GError **error)
{
    g_autofree char *path = g_build_filename(d->directory, "data", NULL);
    return data_json_indicator(d->context, indicator, path, error);
}

static gboolean write_provenance(const Drawing *d, guint area, GError **error)
{
    (void)area;
    g_autofree char *path = g_build_filename(d->directory, "provenance.json", NULL);
    return provenance_write(d->context, path, error);
}

static void add_task(GArray *tasks, gboolean (*write)(const Drawing *, guint, GError **),
                     guint index)
{
    const DrawingTask task = {.write = write, .index = index};
    g_array_append_val(tasks, task);
}

/** The long tasks come first, so that no thread is left alone with one at the end. */
static GArray *list_tasks(const Drawing *d)
{
    GArray *tasks = g_array_new(FALSE, TRUE, sizeof(DrawingTask));
    if (d->formats & FORMAT_XLSX)
        add_task(tasks, write_workbook, 0);
    if (d->formats & (FORMAT_PDF | FORMAT_HTML))
        add_task(tasks, write_national, 0);
    if (d->formats & FORMAT_DATA)
        add_task(tasks, write_data, 0);
    add_task(tasks, write_provenance, 0);
    for (guint a = 0; (d->formats & (FORMAT_PDF | FORMAT_HTML)) && a < d->context->set->n_areas;
         a++)
        if (d->areas[a])
            add_task(tasks, write_area, a);
    for (guint a = 0; (d->formats & FORMAT_DATA) && a < d->context->set->n_areas; a++)
        add_task(tasks, write_area_data, a);
    for (guint i = 0; (d->formats & FORMAT_DATA) && i < d->context->set->n_indicators; i++)
        add_task(tasks, write_indicator_data, i);
    return tasks;
}

static void run_task(gpointer data, gpointer user)
{
    DrawingTask *task = data;
    const Drawing *d = user;
    fonts_use(d->context->study->brand.fonts); /* charts measure their labels */
    task->write(d, task->index, &task->error);
    progress_step(d->progress);
}

static void run_tasks(const Drawing *d, GArray *tasks)
{
    GThreadPool *pool = g_thread_pool_new(run_task, (gpointer)d, (gint)d->jobs, FALSE, NULL);
    for (guint i = 0; i < tasks->len; i++)
        g_thread_pool_push(pool, &g_array_index(tasks, DrawingTask, i), NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
}

static gboolean make_directories(const Drawing *d, GError **error)
{
    g_autofree char *areas = NULL, *indicators = NULL;
    return (!(d->formats & (FORMAT_PDF | FORMAT_HTML)) ||
            make_directory(d, "areas", &areas, error)) &&
           (!(d->formats & FORMAT_HTML) || make_directory(d, "indicators", &indicators, error));
}

static Site *begin_site(const Drawing *d)
{
    const SiteOptions options = {.areas = d->areas,
                                 .pdf = (d->formats & FORMAT_PDF) != 0,
                                 .workbook = (d->formats & FORMAT_XLSX) != 0,
                                 .data = (d->formats & FORMAT_DATA) != 0};
    return d->formats & FORMAT_HTML ? site_new(d->context, &options) : NULL;
}

gboolean drawing_write(const Drawing *drawing, GError **error)
{
    g_autoptr(Site) site = begin_site(drawing);
    Drawing with_site = *drawing;
    with_site.site = site;
    const Drawing *d = &with_site;
    if (!make_directories(d, error))
        return FALSE;
    g_autoptr(GArray) tasks = list_tasks(d);
    progress_stage(d->progress, "Drawing reports", tasks->len);
    run_tasks(d, tasks);
    gboolean good = TRUE;
    for (guint i = 0; i < tasks->len; i++) {
        GError *found = g_array_index(tasks, DrawingTask, i).error;
        if (!found)
            continue;
        if (good)
            g_propagate_error(error, found);
        else
            g_error_free(found);
        good = FALSE;
    }
    return good;
}
