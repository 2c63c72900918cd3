// SPDX-License-Identifier: GPL-3.0-or-later
/// The codes of all findings; their texts live in `diagnostics.def` and the `diagnostics_<area>.def` files that it includes.
#pragma once

#include "support/diagnostic.h"

namespace bitwright {

enum class DiagnosticCode : std::uint16_t {
#ifndef Q_MOC_RUN // Qt's moc, which reads the window's headers, stops at an include inside an enumeration
#define BW_DIAG(code, severity, text) code,
#include "support/diagnostics.def"
#undef BW_DIAG
#endif
};

} // namespace bitwright
