// SPDX-License-Identifier: GPL-3.0-or-later
/// A primitive's part of an HLS project.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace bitwright {

/// Text and files that one primitive contributes; the exporter puts them together.
struct HlsFragment {
    std::set<std::string> headers;   ///< of `resources/hls` that the call needs: "bw_dense.h"
    std::string configuration;       ///< C++ struct for parameters.h; empty if none
    std::string call;                ///< the statement in the top function
};

} // namespace bitwright
