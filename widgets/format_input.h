// SPDX-License-Identifier: GPL-3.0-or-later
/// What a person may type where a number format is asked for (gui.md 3.3, multi-edit rule).
#pragma once

#include <optional>
#include <variant>

#include <QString>

#include "configuration/configuration.h"

namespace bitwright {

/// "+1", "-2", "*2": changes the width of each edited format and keeps its integer bits; "i+1" changes the integer
/// bits and keeps the fraction.
struct RelativeFormat {
    enum class Field { Width, IntegerBits };
    Field field = Field::Width;
    int add = 0;
    int multiply = 1;
    bool operator==(const RelativeFormat&) const = default;
};
/// Empty text: nothing is decided here any more.
struct UnsetFormat {
    bool operator==(const UnsetFormat&) const = default;
};
using FormatInput = std::variant<UnsetFormat, FormatChoice, RelativeFormat>;

/// Reads `fixed<8,3,RND,SAT>`, `int4`, `uint8`, `bipolar`, `auto`, `8,3` (signed fixed), `+1`, `-2`, `*2`, `i+1`, or nothing.
/// @error FormatSyntax, FormatRange, FormatUnsupported
Result<FormatInput> parseFormatInput(const QString& text);

/// @p input applied to what is in effect now. A relative change of something that is not fixed point, or that has no
/// known format yet, changes nothing.
/// @return nothing for "unset"
/// @error FormatRange
Result<std::optional<FormatChoice>> resolveInput(const FormatInput& input,
                                                 const std::optional<NumberFormat>& effective);

} // namespace bitwright
