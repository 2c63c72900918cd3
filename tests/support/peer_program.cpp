// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/peer_program.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "support/test_data.h"

namespace bitwright::test {

namespace {

/// Standard output of a shell command, or nothing when it fails.
std::optional<std::string> outputOf(const std::string& command)
{
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return std::nullopt;
    std::string text;
    std::array<char, 4096> part{};
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), pipe))
        text.append(part.data(), count);
    if (pclose(pipe) != 0) return std::nullopt;
    return text;
}

} // namespace

std::optional<std::string> hls4mlTemplates()
{
    const char* python = std::getenv("BITWRIGHT_PEER_PYTHON");
    if (python == nullptr || *python == '\0') return std::nullopt;
    // The package is looked up, not imported: that takes seconds.
    const auto folder = outputOf(fmt::format(
        "'{}' -c \"import importlib.util as u; print(u.find_spec('hls4ml').submodule_search_locations[0], end='')\"", python));
    if (!folder || folder->empty()) return std::nullopt;
    return *folder + "/templates/vivado";
}

std::string apType(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    if (fixed == nullptr) return "ap_uint<1>";
    const char* sign = fixed->is_signed ? "" : "u";
    if (fixed->family == FixedFamily::Integer) return fmt::format("ap_{}int<{}>", sign, fixed->width_bits);
    return fmt::format("ap_{}fixed<{},{},AP_{},AP_{},{}>", sign, fixed->width_bits, fixed->integer_bits,
                       roundingName(fixed->rounding), overflowName(fixed->overflow), fixed->saturation_bits);
}

std::optional<std::string> outputOfPeerProgram(const std::string& templates, const std::string& name,
                                               const std::string& source)
{
    const std::string folder = temporaryFolder(name);
    std::ofstream(folder + "/program.cpp") << source;
    // Without assertions: the headers abort on some roundings that are well defined.
    const auto compiled = outputOf(fmt::format("g++ -std=c++17 -O1 -DNDEBUG -w -I'{0}/ap_types' -I'{0}' -o '{1}/program' '{1}/program.cpp'",
                                               templates, folder));
    if (!compiled) return std::nullopt;
    return outputOf(fmt::format("'{}/program' 2>/dev/null", folder));
}

} // namespace bitwright::test
