// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/diagnostic.h"

#include <algorithm>
#include <array>

#include <fmt/args.h>
#include <fmt/format.h>

#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

struct CatalogueEntry {
    std::string_view name;
    Severity severity;
    std::string_view text;
};

constexpr std::array kCatalogue{
#define BW_DIAG(code, severity, text) CatalogueEntry{#code, Severity::severity, text},
#include "support/diagnostics.def"
#undef BW_DIAG
};

const CatalogueEntry& entry(DiagnosticCode code)
{
    return kCatalogue[static_cast<std::size_t>(code)];
}

} // namespace

Severity Diagnostic::severity() const
{
    return entry(code).severity;
}

std::string Diagnostic::message() const
{
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const std::string& argument : arguments)
        store.push_back(argument);
    try {
        return fmt::vformat(entry(code).text, store);
    } catch (const fmt::format_error&) {
        return std::string(entry(code).text); // fewer arguments than holes: show the text itself
    }
}

std::string Diagnostic::rendered() const
{
    std::string text = describe(where);
    if (!text.empty()) text += ": ";
    text += fmt::format("{}: {}", severityName(severity()), message());
    if (!remedy.empty()) text += " " + remedy;
    return text;
}

std::string_view codeName(DiagnosticCode code)
{
    return entry(code).name;
}

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Note: return "note";
    case Severity::Warning: return "warning";
    case Severity::Error: break;
    }
    return "error";
}

std::string describe(const Location& where)
{
    if (const auto* file = std::get_if<FileLocation>(&where)) {
        if (file->line == 0) return file->path;
        if (file->column == 0) return fmt::format("{}:{}", file->path, file->line);
        return fmt::format("{}:{}:{}", file->path, file->line, file->column);
    }
    if (const auto* node = std::get_if<NodeLocation>(&where)) {
        if (node->path.empty()) return fmt::format("node '{}'", node->node);
        return fmt::format("{}: node '{}'", node->path, node->node);
    }
    if (const auto* layer = std::get_if<LayerLocation>(&where)) {
        if (layer->slot.empty()) return fmt::format("layer '{}'", layer->layer);
        return fmt::format("layer '{}', {}", layer->layer, layer->slot);
    }
    return {};
}

bool hasErrors(const Diagnostics& diagnostics)
{
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
        return diagnostic.severity() == Severity::Error;
    });
}

} // namespace bitwright
