#include "corrections.h"
#include "national.h"

#include "peerline/base/clock.h"
#include "peerline/base/version.h"

#define HASH_SHOWN 12

/* ---- methods ---- */

typedef struct {
    Word heading;
    const Word *paragraphs;
    guint n;
} MethodPart;

#define PART(heading, ...)                                                                         \
    {                                                                                              \
        heading, (const Word[]){__VA_ARGS__}, G_N_ELEMENTS(((const Word[]){__VA_ARGS__}))          \
    }

static const MethodPart METHODS[] = {
    PART(WORD_METHOD_SHORT_HEADING, WORD_METHOD_SHORT_1, WORD_METHOD_SHORT_2, WORD_METHOD_SHORT_3),
    PART(WORD_METHOD_KINDS_HEADING, WORD_METHOD_KINDS_LEAD, WORD_METHOD_KIND_COUNTS,
         WORD_METHOD_KIND_PUBLISHED, WORD_METHOD_KIND_CLUSTERED, WORD_METHOD_KIND_NONE),
    PART(WORD_METHOD_FIGURES_HEADING, WORD_METHOD_RATE, WORD_METHOD_PROPORTION, WORD_METHOD_SMALL),
    PART(WORD_METHOD_ALL_HEADING, WORD_METHOD_SCALE, WORD_METHOD_TARGET, WORD_METHOD_TAU,
         WORD_METHOD_LIMITS, WORD_METHOD_ROBUST, WORD_METHOD_Q, WORD_METHOD_TEN),
    PART(WORD_METHOD_PEERS_HEADING, WORD_METHOD_NEIGHBOURS, WORD_METHOD_PEER_TEST,
         WORD_METHOD_LEARN, WORD_METHOD_OPPORTUNITY),
    PART(WORD_METHOD_RANKS_HEADING, WORD_METHOD_RANKS, WORD_METHOD_QUARTERS),
    PART(WORD_METHOD_TIME_HEADING, WORD_METHOD_TREND, WORD_METHOD_PERSISTENT),
    PART(WORD_METHOD_SPREAD_HEADING, WORD_METHOD_SPREAD, WORD_METHOD_CHANCE, WORD_METHOD_MAPS),
    PART(WORD_METHOD_LIMITATIONS_HEADING, WORD_METHOD_LIMITATION_ADJUST,
         WORD_METHOD_LIMITATION_EXTREMES, WORD_METHOD_LIMITATION_SCORE),
};

/* Methods that only some studies use are told only there. */
static void write_special_methods(Pen *pen)
{
    static const struct {
        Measure measure;
        Word word;
    } of_measure[] = {{MEASURE_DSR, WORD_METHOD_DSR},
                      {MEASURE_ISR, WORD_METHOD_ISR},
                      {MEASURE_LIFE_EXPECTANCY, WORD_METHOD_LIFE}};
    const Study *s = pen->c->study;
    gboolean used[N_MEASURES] = {FALSE}, prices = FALSE;
    for (guint i = 0; i < s->n_indicators; i++) {
        const Indicator *d = &s->indicators[i];
        used[d->measure] = TRUE;
        prices = prices || d->numerator.deflates || d->denominator.deflates || d->value.deflates;
    }
    for (guint k = 0; k < G_N_ELEMENTS(of_measure); k++)
        if (used[of_measure[k].measure])
            pen_para(pen, NULL, PARA_BODY, of_measure[k].word);
    if (prices)
        pen_para(pen, NULL, PARA_BODY, WORD_METHOD_PRICES);
}

void national_methods(NationalReport *r)
{
    Pen *pen = &r->pen;
    pen_heading(pen, NULL, 1, WORD_METHOD_HEADING, "methods");
    for (guint k = 0; k < G_N_ELEMENTS(METHODS); k++) {
        pen_heading(pen, NULL, 2, METHODS[k].heading, NULL)->unlisted = TRUE;
        for (guint m = 0; m < METHODS[k].n; m++)
            pen_para(pen, NULL, PARA_BODY, METHODS[k].paragraphs[m]);
        if (METHODS[k].heading == WORD_METHOD_FIGURES_HEADING)
            write_special_methods(pen);
    }
    pen_para(pen, NULL, PARA_SMALL, WORD_METHOD_VERSION, "version", PEERLINE_VERSION, "methods",
             PEERLINE_METHODS_VERSION);
}

/* ---- sources ---- */

static const char *short_hash(Pen *pen, const char *sha256)
{
    return sha256 ? pen_keep(pen, g_strndup(sha256, HASH_SHOWN)) : pen_say(pen, WORD_DASH);
}

static void write_source(Pen *pen, guint k)
{
    const Source *source = &pen->c->study->sources[k];
    const SourceUsed *used = k < pen->c->set->n_sources ? &pen->c->set->sources[k] : NULL;
    const char *title = pen_escape(pen, source->title ? source->title : source->id);
    Block *group = document_container(pen->d, NULL, BLOCK_GROUP);
    document_heading(pen->d, group, 2, title, pen_format(pen, "source-%u", k + 1))->unlisted = TRUE;
    if (source->publisher || source->licence)
        pen_para(pen, group, PARA_SMALL,
                 source->licence ? WORD_SOURCE_PUBLISHER_LICENCE : WORD_SOURCE_PUBLISHER,
                 "publisher", source->publisher ? source->publisher : pen_say(pen, WORD_NOT_STATED),
                 "licence", source->licence);
    if (source->page)
        pen_para(pen, group, PARA_SMALL, WORD_SOURCE_PAGE, "+link", pen_escape(pen, source->page));
    if (used && used->sha256) {
        g_autofree char *date = used->retrieved ? words_date(pen->c->study, used->retrieved) : NULL;
        pen_para(pen, group, PARA_SMALL, date ? WORD_SOURCE_FILE_RETRIEVED : WORD_SOURCE_FILE,
                 "file", used->file ? used->file : "", "hash", short_hash(pen, used->sha256),
                 "date", date, "rows", phrase_count(pen, used->rows_read), "rejected",
                 phrase_count(pen, used->rows_rejected));
    } else {
        pen_para(pen, group, PARA_SMALL, WORD_SOURCE_NOT_READ, "why",
                 used && used->note ? used->note : pen_say(pen, WORD_NO_REASON));
    }
    pen_text(pen, group, PARA_SMALL, NULL, source->note);
}

void national_sources(NationalReport *r)
{
    Pen *pen = &r->pen;
    pen_heading(pen, NULL, 1, WORD_SOURCES_HEADING, "sources");
    if (pen->c->study->n_sources == 0) {
        pen_para(pen, NULL, PARA_BODY, WORD_SOURCES_NONE);
        return;
    }
    pen_para(pen, NULL, PARA_BODY, WORD_SOURCES_LEAD);
    for (guint k = 0; k < pen->c->study->n_sources; k++)
        write_source(pen, k);
}

void national_corrections(NationalReport *r)
{
    corrections_national(&r->pen);
}

/* ---- glossary ---- */

void national_glossary(NationalReport *r)
{
    static const Word entries[] = {
        WORD_GLOSSARY_CENTILE,  WORD_GLOSSARY_FOLD,    WORD_GLOSSARY_FUNNEL,
        WORD_GLOSSARY_INTERVAL, WORD_GLOSSARY_LIMITS,  WORD_GLOSSARY_MEDIAN,
        WORD_GLOSSARY_OVER,     WORD_GLOSSARY_PEERS,   WORD_GLOSSARY_POLARITY,
        WORD_GLOSSARY_Q,        WORD_GLOSSARY_QUARTER, WORD_GLOSSARY_RANK,
        WORD_GLOSSARY_TARGET,   WORD_GLOSSARY_UNUSUAL,
    };
    Pen *pen = &r->pen;
    pen_heading(pen, NULL, 1, WORD_GLOSSARY_HEADING, "glossary");
    for (guint k = 0; k < G_N_ELEMENTS(entries); k++)
        pen_para(pen, NULL, PARA_BODY, entries[k]);
}

/* ---- index of areas ---- */

/* "#one #two" of the rows that an area has in one of the tables; NULL: none. */
static const char *rows_of(NationalReport *r, RowsOf of, guint area)
{
    const char *all = NULL;
    for (guint k = 0; k < r->pen.c->study->n_indicators; k++) {
        const char *row = national_row(r, of, r->order[k], area);
        if (row)
            all = all ? pen_format(&r->pen, "%s %s", all, row) : row;
    }
    return all;
}

/* " 12, 35" where there are pages. */
static const char *pages_of(NationalReport *r, const char *places)
{
    return pen_format(&r->pen, "[%s](%s)", pen_say(&r->pen, WORD_INDEX_PAGES), places);
}

/* The pages of an indicator and of the area's row among the outliers. */
static const char *flag_entry(NationalReport *r, guint i, guint area, gboolean higher)
{
    Pen *pen = &r->pen;
    const char *row = national_row(r, ROWS_OUTLIERS, i, area);
    return pen_say(pen, higher ? WORD_INDEX_HIGHER : WORD_INDEX_LOWER, "+indicator",
                   phrase_link(pen, i), "+pages",
                   pages_of(r, pen_format(pen, "#%s%s%s", phrase_anchor(pen, i), row ? " " : "",
                                          row ? row : "")));
}

static const char *index_entries(NationalReport *r, guint area)
{
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    g_autoptr(GPtrArray) entries = g_ptr_array_new();
    for (guint k = 0; k < c->study->n_indicators; k++) {
        const guint i = r->order[k];
        int p = latest_of(c, i);
        const Verdict *v = p < 0 ? NULL : verdict_of(c, i, (guint)p, area);
        if (v && is_flagged(v))
            g_ptr_array_add(entries,
                            (gpointer)flag_entry(r, i, area, v->direction == DIRECTION_HIGHER));
    }
    const char *persistent = rows_of(r, ROWS_PERSISTENT, area);
    const char *learning = rows_of(r, ROWS_LEARNING, area);
    if (persistent)
        g_ptr_array_add(entries, (gpointer)pen_say(pen, WORD_INDEX_PERSISTENT, "+pages",
                                                   pages_of(r, persistent)));
    if (learning)
        g_ptr_array_add(
            entries, (gpointer)pen_say(pen, WORD_INDEX_LEARNING, "+pages", pages_of(r, learning)));
    if (entries->len == 0)
        return pen_say(pen, WORD_INDEX_NONE);
    g_ptr_array_add(entries, NULL);
    return pen_keep(pen, g_strjoinv("; ", (char **)entries->pdata));
}

static int compare_by_name(gconstpointer a, gconstpointer b, gpointer data)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    int order = g_strcmp0(phrase_area(data, x), phrase_area(data, y));
    return order ? order : x < y ? -1 : x > y;
}

void national_index(NationalReport *r)
{
    static const PenColumn columns[] = {{WORD_COLUMN_AREA, 0.26, FALSE},
                                        {WORD_COLUMN_CODE, 0.12, FALSE},
                                        {WORD_COLUMN_CLASS, 0.18, FALSE},
                                        {WORD_COLUMN_INDEX_WHERE, 0.44, FALSE}};
    Pen *pen = &r->pen;
    const ReportContext *c = pen->c;
    int class_index = figure_class(c->study);
    pen_heading(pen, NULL, 1, WORD_INDEX_HEADING, "index");
    pen_para(pen, NULL, PARA_BODY, WORD_INDEX_LEAD);
    Block *table = pen_table(pen, NULL, NULL, columns, G_N_ELEMENTS(columns));
    table->table->compact = TRUE;
    table->table->row_headers = TRUE;
    g_autofree guint *sorted = g_new(guint, MAX(c->set->n_areas, 1));
    guint n = 0;
    for (guint a = 0; a < c->set->n_areas; a++)
        if (observation_is_open(c->set, a))
            sorted[n++] = a;
    g_qsort_with_data(sorted, (int)n, sizeof(guint), compare_by_name, (gpointer)c);
    for (guint k = 0; k < n; k++) {
        const Area *area = &c->set->areas[sorted[k]];
        table_add_text(table, pen_escape(pen, phrase_area(c, sorted[k])));
        table_add_text(table, pen_escape(pen, area->code));
        table_add_text(table, class_index < 0 ? pen_say(pen, WORD_DASH)
                                              : pen_escape(pen, area->classes[class_index]));
        table_add_text(table, index_entries(r, sorted[k]));
    }
}
