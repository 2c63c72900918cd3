// SPDX-License-Identifier: GPL-3.0-or-later
/// The list of operators, and what each of them can do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ops/op_descriptor.h"

namespace bitwright {

/// Every known operator, in the order of the list of builtin_ops.cpp.
const std::vector<const OpDescriptor*>& builtinOperators();
/// The descriptor, or null. @p domain in its canonical spelling, as imported models have it.
const OpDescriptor* findOperator(std::string_view domain, std::string_view op_type);
const OpDescriptor* findOperator(const Node& node);

/// One row of the coverage table. A reason is empty where the operator has the rule.
struct OperatorCoverage {
    std::string domain;
    std::string op_type;
    std::string shape_reason;
    std::string reference_reason;
};
/// Sorted by domain and operator.
std::vector<OperatorCoverage> operatorCoverage();

} // namespace bitwright
