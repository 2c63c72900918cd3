// SPDX-License-Identifier: GPL-3.0-or-later
/// A primitive's part of an HLS project.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "numerics/code_tensor.h"

namespace bitwright {

/// A constant array of the project: `firmware/weights/<name>.h`.
struct HlsArray {
    std::string name;
    std::shared_ptr<const CodeTensor> codes; ///< in the order in which the call reads them
};

/// Text and files that one primitive contributes; the exporter puts them together.
struct HlsFragment {
    std::set<std::string> headers;   ///< of `resources/hls` that the call needs: "bw_dense.h"
    std::vector<HlsArray> arrays;    ///< constants that the configuration or the call name
    std::string configuration;       ///< C++ declarations for parameters.h; empty if none
    std::string call;                ///< the statement in the top function
    std::int64_t interval_cycles = 1; ///< between two inputs of its pipeline
    bool is_sequential = false;      ///< holds a loop of its own, so the top function cannot be one pipeline
};

} // namespace bitwright
