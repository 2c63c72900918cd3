// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/version.h"

namespace bitwright {

std::string_view programVersion()
{
    return BITWRIGHT_VERSION; // of the build
}

} // namespace bitwright
