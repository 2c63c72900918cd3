// SPDX-License-Identifier: GPL-3.0-or-later
/// The program's own version.
#pragma once

#include <string_view>

namespace bitwright {

std::string_view programVersion(); ///< "0.1.0"

} // namespace bitwright
