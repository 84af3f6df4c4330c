#include "peerline/base/pattern.h"

#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "peerline/base/error.h"

/* Generous for any column name or note, far below a noticeable delay (about 10 ms). */
#define MATCH_LIMIT       200000u
#define DEPTH_LIMIT       20000u
#define HEAP_LIMIT_KIB    20000u
#define MAX_PATTERN_BYTES 8192u

struct Pattern {
    gatomicrefcount refs;
    char *text;
    gboolean literal; /* no metacharacter in it: compared, not matched */
    pcre2_code *code; /* NULL if literal */
    pcre2_match_context *limits;
    guint32 groups;
};

static void match_data_free(gpointer data)
{
    pcre2_match_data_free(data);
}

/* Match data is scratch space that must not be shared between threads: one block per thread. */
static pcre2_match_data *match_data(const Pattern *p)
{
    static GPrivate scratch = G_PRIVATE_INIT(match_data_free);
    pcre2_match_data *data = g_private_get(&scratch);
    if (!data || pcre2_get_ovector_count(data) <= p->groups) {
        data = pcre2_match_data_create(MAX(p->groups + 1, 16), NULL);
        g_private_replace(&scratch, data);
    }
    return data;
}

static gboolean compile(Pattern *p, gboolean caseless, GError **error)
{
    int code = 0;
    PCRE2_SIZE offset = 0;
    guint32 flags = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_max_pattern_length(context, MAX_PATTERN_BYTES);
    p->code = pcre2_compile((PCRE2_SPTR)p->text, PCRE2_ZERO_TERMINATED,
                            flags | (caseless ? PCRE2_CASELESS : 0), &code, &offset, context);
    pcre2_compile_context_free(context);
    if (!p->code) {
        PCRE2_UCHAR why[256] = "unknown error";
        pcre2_get_error_message(code, why, sizeof why);
        g_autofree char *shown = g_utf8_make_valid(p->text, -1);
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "pattern is not valid: '%s': %s at offset %zu (a PCRE2 regular expression)",
                    shown, (const char *)why, (size_t)offset);
        return FALSE;
    }
    /* The JIT may be absent or forbidden; matching then interprets the same code. */
    (void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
    pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &p->groups);
    p->limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(p->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(p->limits, HEAP_LIMIT_KIB);
    return TRUE;
}

Pattern *pattern_new(const char *text, gboolean caseless, GError **error)
{
    g_autoptr(Pattern) p = g_new0(Pattern, 1);
    g_atomic_ref_count_init(&p->refs);
    p->text = g_strdup(text);
    p->literal = !caseless && !strpbrk(text, "\\^$.[|()?*+{") && g_utf8_validate(text, -1, NULL);
    if (!p->literal && !compile(p, caseless, error))
        return NULL;
    return g_steal_pointer(&p);
}

Pattern *pattern_ref(Pattern *p)
{
    g_atomic_ref_count_inc(&p->refs);
    return p;
}

void pattern_unref(Pattern *p)
{
    if (!p || !g_atomic_ref_count_dec(&p->refs))
        return;
    pcre2_match_context_free(p->limits);
    pcre2_code_free(p->code);
    g_free(p->text);
    g_free(p);
}

const char *pattern_text(const Pattern *p)
{
    return p->text;
}

static PatternResult run(const Pattern *p, const char *subject, pcre2_match_data *data)
{
    size_t n = strlen(subject);
    int rc = pcre2_match(p->code, (PCRE2_SPTR)subject, n, 0, 0, data, p->limits);
    /* The JIT's small stack says nothing about the pattern; the interpreter has the real limits. */
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
        rc = pcre2_match(p->code, (PCRE2_SPTR)subject, n, 0, PCRE2_NO_JIT, data, p->limits);
    if (rc >= 0)
        return PATTERN_YES;
    if (rc == PCRE2_ERROR_NOMATCH || (rc <= PCRE2_ERROR_UTF8_ERR1 && rc >= PCRE2_ERROR_UTF8_ERR21))
        return PATTERN_NO; /* no pattern describes bytes that are not text */
    return PATTERN_LIMIT;
}

PatternResult pattern_match(const Pattern *p, const char *subject)
{
    if (p->literal)
        return strcmp(p->text, subject) == 0 ? PATTERN_YES : PATTERN_NO;
    return run(p, subject, match_data(p));
}

PatternResult pattern_capture(const Pattern *p, const char *subject, const char *const *names,
                              char **out)
{
    for (guint i = 0; names[i]; i++)
        out[i] = NULL;
    if (p->literal)
        return pattern_match(p, subject);
    pcre2_match_data *data = match_data(p);
    PatternResult result = run(p, subject, data);
    if (result != PATTERN_YES)
        return result;
    for (guint i = 0; names[i]; i++) {
        PCRE2_UCHAR *value = NULL;
        PCRE2_SIZE n = 0;
        if (pcre2_substring_get_byname(data, (PCRE2_SPTR)names[i], &value, &n) == 0) {
            out[i] = g_strndup((const char *)value, n);
            pcre2_substring_free(value);
        }
    }
    return PATTERN_YES;
}

gboolean pattern_has_group(const Pattern *p, const char *name)
{
    if (p->literal)
        return FALSE;
    int rc = pcre2_substring_number_from_name(p->code, (PCRE2_SPTR)name);
    return rc > 0 || rc == PCRE2_ERROR_NOUNIQUESUBSTRING;
}
