// SPDX-License-Identifier: GPL-3.0-or-later
/// The stored cases that cannot match, with the reason why.
#pragma once

#include <span>
#include <string_view>

namespace bitwright::test {

struct Exception {
    std::string_view name; ///< of the case
    std::string_view reason;
};

std::span<const Exception> exceptions();
/// The same for the cases that an onnx package generates.
std::span<const Exception> generatedExceptions();

} // namespace bitwright::test
