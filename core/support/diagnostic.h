// SPDX-License-Identifier: GPL-3.0-or-later
/// Findings fit to be shown as they are: what happened, where, and what to do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bitwright {

enum class Severity { Note, Warning, Error };

/// Every sentence that a user can read has one code. The list is in `support/diagnostic_codes.h`, for those who
/// make findings; whoever only passes them on is not recompiled when one is added.
enum class DiagnosticCode : std::uint16_t;

/// A place in a file. Lines and columns are 1-based; 0 means unknown.
struct FileLocation {
    std::string path;
    int line = 0;
    int column = 0;
    bool operator==(const FileLocation&) const = default;
};

/// A node of the model in @p path, by its shown name.
struct NodeLocation {
    std::string path;
    std::string node;
    bool operator==(const NodeLocation&) const = default;
};

/// A layer of the configuration and, if known, one of its slots: what the canvas selects.
struct LayerLocation {
    std::string layer;
    std::string slot;
    bool operator==(const LayerLocation&) const = default;
};

using Location = std::variant<std::monostate, FileLocation, NodeLocation, LayerLocation>;

struct Diagnostic {
    DiagnosticCode code{};
    std::vector<std::string> arguments{};
    Location where{};
    std::string remedy{}; ///< empty, or one imperative sentence

    Severity severity() const;
    /// The catalogue text with {0}, {1}, ... replaced; a full sentence.
    std::string message() const;
    /// The command line's form: `path:line: error: text Remedy.`
    std::string rendered() const;

    bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// Stable name of a code as written in the catalogue, for JSON and tests.
std::string_view codeName(DiagnosticCode code);
std::string_view severityName(Severity severity);
/// "path:line" or "path: node 'x'" or "layer 'x' (slot)"; empty for no location.
std::string describe(const Location& where);
bool hasErrors(const Diagnostics& diagnostics);

} // namespace bitwright
