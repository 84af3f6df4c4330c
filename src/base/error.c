#include "peerline/base/error.h"

G_DEFINE_QUARK(peerline-error-quark, peerline_error)
