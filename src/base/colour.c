#include "peerline/base/colour.h"

#include <math.h>
#include <string.h>

gboolean colour_parse(const char *text, guint8 rgb[3])
{
    if (!text || text[0] != '#' || strlen(text) != 7) {
        return FALSE;
    }
    for (guint i = 0; i < 3; i++) {
        const int high = g_ascii_xdigit_value(text[1 + 2 * i]);
        const int low = g_ascii_xdigit_value(text[2 + 2 * i]);
        if (high < 0 || low < 0) {
            return FALSE;
        }
        rgb[i] = (guint8)(high * 16 + low);
    }
    return TRUE;
}

static double linear(guint8 value)
{
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double colour_contrast_on_white(const guint8 rgb[3])
{
    const double luminance =
        0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
    return 1.05 / (luminance + 0.05);
}
