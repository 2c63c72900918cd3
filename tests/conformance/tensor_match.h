// SPDX-License-Identifier: GPL-3.0-or-later
/// How two tensors differ, by the tolerances of ONNX's own test runner (onnx: backend/test/runner).
#pragma once

#include <string>

#include "model/tensor.h"

namespace bitwright::test {

struct Tolerance {
    double relative = 1e-3;
    double absolute = 1e-7;
};

/// One sentence on the first difference of type, shape or value; empty where there is none. Integers, booleans and
/// codes below 16 bits are compared exactly.
std::string difference(const Tensor& actual, const Tensor& expected, const Tolerance& tolerance = {});

} // namespace bitwright::test
