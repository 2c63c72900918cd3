// SPDX-License-Identifier: GPL-3.0-or-later
/// What the user typed (architecture, section 7), as one value that every verb reads.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bitwright::cli {

/// Options that a verb does not take are rejected while reading, so a verb may read only its own.
struct Arguments {
    std::string verb;
    std::vector<std::string> files;   ///< positional: MODEL, or A and B, ...
    std::vector<std::string> inputs;  ///< `file` or `NAME=file`
    std::vector<std::string> outputs; ///< likewise
    std::string labels;
    std::string configuration; ///< hls4ml YAML or a project
    std::string flow;          ///< "" for the configuration's own, else the first
    std::string part;
    std::optional<double> clock_ns;
    std::string io_type; ///< "io_parallel", "io_stream" or ""
    std::string trace;   ///< folder
    std::string target;
    std::string out;
    std::string study;
    std::string form; ///< of quantisers: "qonnx", "qcdq" or ""
    int threads = 0;
    bool wants_statistics = false;
    bool wants_timing = false;
    bool verifies = false;
    bool is_json = false;
};

/// Reads the command line. On a usage error, or when help was asked for, prints and returns the exit code.
std::optional<int> readArguments(int argc, char** argv, Arguments& arguments);

} // namespace bitwright::cli
