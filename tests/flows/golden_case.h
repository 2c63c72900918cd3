// SPDX-License-Identifier: GPL-3.0-or-later
/// Stored runs of hls4ml 1.3.0: which model, which configuration, which layers came out.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "flows/flow.h"

namespace bitwright::test {

struct GoldenCase {
    std::string name;
    std::string folder;
    nlohmann::json description; ///< case.json
};

/// All cases of that kind ("dense"), by name.
std::vector<GoldenCase> goldenCases(const std::string& kind);

/// A case taken as far as the circuit. `problem` is not empty where that failed.
struct LoweredCase {
    std::shared_ptr<const Model> model; ///< normal form
    Configuration configuration;
    Lowering lowering;
    std::string problem;
};
LoweredCase lowerCase(const GoldenCase& golden);

} // namespace bitwright::test
