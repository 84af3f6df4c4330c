#include "peerline/base/error.h"

/* The formatter takes the name for a subtraction. */
/* clang-format off */
G_DEFINE_QUARK(peerline-error-quark, peerline_error)
/* clang-format on */
