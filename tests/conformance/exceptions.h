// SPDX-License-Identifier: GPL-3.0-or-later
/// The stored cases that cannot match, with the reason why.
#pragma once

#include <span>
#include <string_view>

namespace bitwright::test {

// Reasons of both lists.
inline constexpr std::string_view kTraining = "Training is not done here.";
inline constexpr std::string_view kText = "Text has no place on a chip.";
inline constexpr std::string_view kTerms = "Counting terms of texts is not supported.";
inline constexpr std::string_view kSequence = "Sequences of tensors are not supported.";
inline constexpr std::string_view kOptional = "Optional values are not supported.";
inline constexpr std::string_view kRandom = "The result is random.";

struct Exception {
    std::string_view name; ///< of the case
    std::string_view reason;
};

std::span<const Exception> exceptions();
/// The same for the cases that an onnx package generates.
std::span<const Exception> generatedExceptions();

} // namespace bitwright::test
