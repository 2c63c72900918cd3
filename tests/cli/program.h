// SPDX-License-Identifier: GPL-3.0-or-later
/// Runs the command line program as a user does.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace bitwright::test {

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;

    /// stdout as JSON; null where it is none.
    nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
};

/// Runs `bitwright-cli` with these arguments in @p folder.
Outcome run(const std::string& folder, const std::vector<std::string>& arguments);
/// The same, and sends @p signal after @p milliseconds.
Outcome runAndSignal(const std::string& folder, const std::vector<std::string>& arguments, int signal, int milliseconds);

/// A file of the shipped samples.
std::string sample(const std::string& relative);

} // namespace bitwright::test
