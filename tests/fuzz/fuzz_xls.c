/* Feeds bytes to the reader of XLS workbooks. The first byte says what the rest is: 's' the stream
 * of records, which is put into a sound compound file, so that a fuzzer need not find the way
 * through its tables; anything else: a whole file. Built for libFuzzer by tests/fuzz/run;
 * tests/unit/test_intake_xls_seeds.c runs the same body over the seeds in every test run. */
#include <stdlib.h>
#include <string.h>

#include "peerline/intake/table.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static void check(gboolean holds)
{
    if (!holds)
        abort();
}

static void fuzz_u32(GByteArray *b, guint32 x)
{
    const guint8 bytes[] = {(guint8)x, (guint8)(x >> 8), (guint8)(x >> 16), (guint8)(x >> 24)};
    g_byte_array_append(b, bytes, 4);
}

static void fuzz_pad(GByteArray *b, gsize n)
{
    static const guint8 ZEROS[64];
    while (b->len < n)
        g_byte_array_append(b, ZEROS, (guint)MIN(n - b->len, sizeof ZEROS));
}

/* A stream of at most 60 KB as a file: the table in sector 0, the directory in sector 1. */
static GByteArray *fuzz_wrap(const guint8 *data, gsize n)
{
    static const guint8 NAME[] = "W\0o\0r\0k\0b\0o\0o\0k\0";
    const gsize size = MAX(n, 4096), sectors = (size + 511) / 512;
    GByteArray *b = g_byte_array_new();
    g_byte_array_append(b, (const guint8 *)"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    fuzz_pad(b, 28);
    fuzz_u32(b, 0x0009FFFE);
    fuzz_u32(b, 6);
    fuzz_pad(b, 44);
    fuzz_u32(b, 1);
    fuzz_u32(b, 1);
    fuzz_u32(b, 0);
    fuzz_u32(b, 4096);
    fuzz_pad(b, 512);
    fuzz_u32(b, 0xFFFFFFFD);
    fuzz_u32(b, 0xFFFFFFFE);
    for (gsize i = 0; i < sectors; i++)
        fuzz_u32(b, i + 1 < sectors ? (guint32)(i + 3) : 0xFFFFFFFE);
    fuzz_pad(b, 1024 + 66);
    fuzz_u32(b, 0xFFFF0105); /* the root; no sisters, one child */
    fuzz_u32(b, 0xFFFFFFFF);
    fuzz_pad(b, 1024 + 76);
    fuzz_u32(b, 1);
    fuzz_pad(b, 1024 + 128);
    g_byte_array_append(b, NAME, sizeof NAME - 1);
    fuzz_pad(b, 1024 + 128 + 64);
    fuzz_u32(b, 0x01020012);
    fuzz_u32(b, 0xFFFFFFFF);
    fuzz_u32(b, 0xFFFFFFFF);
    fuzz_u32(b, 0xFFFFFFFF);
    fuzz_pad(b, 1024 + 128 + 116);
    fuzz_u32(b, 2);
    fuzz_u32(b, (guint32)size);
    fuzz_pad(b, 1536);
    g_byte_array_append(b, data, (guint)n);
    fuzz_pad(b, 1536 + 512 * sectors);
    return b;
}

/* What the header promises of every table. */
static void fuzz_check_table(const Table *t)
{
    guint before = 0;
    for (guint c = 0; c < t->n_columns; c++)
        check(t->columns[c][0] && g_utf8_validate(t->columns[c], -1, NULL));
    for (guint r = 0; r < t->n_rows; r++) {
        check(t->line[r] > before && t->line[r] <= 65536 && t->n_fields[r] == t->n_columns);
        before = t->line[r];
        gboolean blank = TRUE;
        for (guint c = 0; c < t->n_columns; c++) {
            check(r >= 200 || g_utf8_validate(table_cell(t, r, c), -1, NULL));
            blank = blank && !*table_cell(t, r, c);
        }
        check(!blank);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    if (n < 1 || n > 60000)
        return 0;
    g_autoptr(Pattern) wanted = pattern_new("Data.*", TRUE, NULL);
    g_autoptr(GByteArray) file = data[0] == 's' ? fuzz_wrap(data + 1, n - 1) : NULL;
    for (guint named = 0; named < 2; named++) {
        const BookOptions options = {
            .format = BOOK_XLS, .sheet = named ? wanted : NULL, .header_rows = 1 + named};
        g_autoptr(GError) error = NULL;
        g_autoptr(Table) t = table_parse_book(file ? file->data : data + 1,
                                              file ? file->len : n - 1, "fuzz", &options, &error);
        check((t == NULL) == (error != NULL));
        if (t)
            fuzz_check_table(t);
    }
    return 0;
}
