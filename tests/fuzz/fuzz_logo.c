/* Feeds bytes to what looks at a publisher's logo, a PNG file. The first byte, if odd, makes the
 * checksums of its chunks right, which would else keep a fuzzer from the picture. Built for
 * libFuzzer by tests/fuzz/run; tests/unit/test_catalogue_logo_seeds.c runs the same body over the
 * seeds in every test run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "../../src/catalogue/tables_brand.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static void check(gboolean holds)
{
    if (!holds)
        abort();
}

static guint32 big_endian_at(const guint8 *at)
{
    return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

static void mend_checksums(guint8 *png, gsize n)
{
    for (gsize at = 8; n >= 12 && at <= n - 12;) {
        const gsize length = big_endian_at(png + at);
        if (length > n - at - 12)
            return;
        const guint32 sum = (guint32)crc32(0, png + at + 4, (uInt)length + 4);
        for (guint i = 0; i < 4; i++)
            png[at + 8 + length + i] = (guint8)(sum >> (24 - 8 * i));
        at += length + 12;
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    if (n < 1 || n > 100000)
        return 0;
    g_autofree guint8 *png = g_malloc(n);
    memcpy(png, data + 1, n - 1);
    if (data[0] & 1)
        mend_checksums(png, n - 1);
    const int fd = memfd_create("logo", MFD_CLOEXEC);
    check(fd >= 0 && write(fd, png, n - 1) == (ssize_t)(n - 1));
    g_autoptr(Diagnostics) diags = diagnostics_new();
    Store *store = store_new();
    YamlMapper mapper;
    yaml_mapper_init(&mapper, store, diags);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    Brand brand = {.logo = path};
    brand_read_logo(&mapper, &brand);
    close(fd);
    check((brand.logo_data == NULL) == (diagnostics_count(diags, DIAG_ERROR) == 1));
    check(!brand.logo_data || brand.logo_size == n - 1);
    yaml_mapper_clear(&mapper);
    store_free(store);
    return 0;
}
