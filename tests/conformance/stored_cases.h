// SPDX-License-Identifier: GPL-3.0-or-later
/// Cases of ONNX's own test runner: `<case>/model.onnx`, `<case>/test_data_set_<n>/input_<i>.pb, output_<i>.pb`
/// (onnx: docs/OnnxBackendTest.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/tensor.h"

namespace bitwright::test {

struct CaseOutcome {
    std::string name;
    std::string problem; ///< empty where everything matches
};

/// Names of the cases in @p folder, sorted, that @p filter lets through: part of the name, or "op:" and an operator.
std::vector<std::string> caseNames(const std::string& folder, const std::string& filter);

/// The tensors `<prefix>_0.pb`, `<prefix>_1.pb`, ... of one data set; nothing where one is no numeric tensor.
std::optional<std::vector<Tensor>> readTensors(const std::string& folder, const std::string& prefix);

/// Runs the cases in parallel; outcomes in the order of @p names.
std::vector<CaseOutcome> runCases(const std::string& folder, const std::vector<std::string>& names);

} // namespace bitwright::test
