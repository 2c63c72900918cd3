// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include <cmath>
#include <cstdio>

namespace bitwright::cli {

namespace {

struct LocationWriter {
    nlohmann::json& json;

    void operator()(std::monostate) const {}
    void operator()(const FileLocation& file) const
    {
        json["path"] = file.path;
        if (file.line > 0) json["line"] = file.line;
        if (file.column > 0) json["column"] = file.column;
    }
    void operator()(const NodeLocation& node) const
    {
        if (!node.path.empty()) json["path"] = node.path;
        json["node"] = node.node;
    }
    void operator()(const LayerLocation& layer) const
    {
        json["layer"] = layer.layer;
        if (!layer.slot.empty()) json["slot"] = layer.slot;
    }
};

} // namespace

nlohmann::json toJson(const Diagnostic& diagnostic)
{
    nlohmann::json json{{"code", codeName(diagnostic.code)},
                        {"severity", severityName(diagnostic.severity())},
                        {"message", diagnostic.message()}};
    if (!diagnostic.remedy.empty()) json["remedy"] = diagnostic.remedy;
    std::visit(LocationWriter{json}, diagnostic.where);
    return json;
}

nlohmann::json number(double value)
{
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

void Session::text(std::string_view text)
{
    if (!m_isJson) std::fwrite(text.data(), 1, text.size(), stdout);
}

void Session::writeLine(const std::string& line)
{
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
}

void Session::report(const Diagnostic& diagnostic)
{
    if (m_isJson) {
        m_diagnostics.push_back(toJson(diagnostic));
        return;
    }
    const std::string line = diagnostic.rendered() + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void Session::report(const Diagnostics& diagnostics)
{
    for (const Diagnostic& diagnostic : diagnostics)
        report(diagnostic);
}

int Session::fail(const Diagnostic& problem)
{
    report(problem);
    return exitCodeOf(problem);
}

void Session::finish()
{
    if (!m_isJson) return;
    m_json["diagnostics"] = std::move(m_diagnostics);
    // Names from files may hold bytes that are no UTF-8; the output must stay JSON.
    const std::string text = m_json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

} // namespace bitwright::cli
