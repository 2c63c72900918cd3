// SPDX-License-Identifier: GPL-3.0-or-later
/// What a person may type where a tunable is asked for, and the steps between legal values.
#pragma once

#include <optional>

#include <QString>

#include "flows/flow.h"

namespace bitwright {

struct TunableInput {
    std::optional<TunableChoice> choice; ///< nothing unsets it
    QString problem;                     ///< a sentence, or empty
};

/// Reads @p text for @p info: one of its legal values, "auto", "+1", "*2" relative to @p current, or nothing to unset.
TunableInput parseTunableInput(const TunableInfo& info, const QString& text, const TunableChoice& current);
/// The next legal value above (+1) or below (-1) @p current; nothing at the end.
std::optional<TunableChoice> neighbour(const TunableInfo& info, const TunableChoice& current, int direction);

/// "Reuse factor" for "reuse_factor".
QString tunableTitle(const std::string& name);
/// "latency" -> "latency", true -> "yes": as shown to people.
QString tunableText(const TunableChoice& choice);

} // namespace bitwright
