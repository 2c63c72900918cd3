// SPDX-License-Identifier: GPL-3.0-or-later
/// One run of the program: what it prints, and how it is stopped.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <stop_token>

#include "exit_code.h"
#include "support/diagnostic.h"

namespace bitwright::cli {

/// Collects a JSON object with --json, prints text without. Diagnostics go to stderr, or into the object.
class Session {
public:
    Session(bool is_json, std::stop_token stop) : m_isJson(is_json), m_stop(std::move(stop)) {}

    bool isJson() const { return m_isJson; }
    const std::stop_token& stop() const { return m_stop; }

    /// The object that --json prints; free to be filled in any case.
    nlohmann::json& json() { return m_json; }

    /// A line of text for people; nothing with --json.
    template <class... A>
    void line(fmt::format_string<A...> format, A&&... arguments)
    {
        if (!m_isJson) writeLine(fmt::format(format, std::forward<A>(arguments)...));
    }
    /// Text that is itself the result, as it stands; nothing with --json.
    void text(std::string_view text);

    void report(const Diagnostic& diagnostic);
    void report(const Diagnostics& diagnostics);
    /// Reports @p problem and returns its exit code: `return session.fail(result.error());`
    int fail(const Diagnostic& problem);

    /// Prints the JSON object. Call once, last.
    void finish();

private:
    void writeLine(const std::string& line);

    bool m_isJson;
    std::stop_token m_stop;
    nlohmann::json m_json = nlohmann::json::object();
    nlohmann::json m_diagnostics = nlohmann::json::array();
};

/// A diagnostic as the contract's JSON: code, severity, message, and where it is.
nlohmann::json toJson(const Diagnostic& diagnostic);

/// Numbers that JSON has no words for (infinity, not a number) become null.
nlohmann::json number(double value);

} // namespace bitwright::cli
