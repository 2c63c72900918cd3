// SPDX-License-Identifier: GPL-3.0-or-later
/// Ctrl-C as a stop request: the work ends where it can, and the program says so.
#pragma once

#include <stop_token>

namespace bitwright::cli {

/// From now on SIGINT and SIGTERM request a stop; a second one ends the program at once. Call once.
std::stop_token stopOnInterrupt();

} // namespace bitwright::cli
