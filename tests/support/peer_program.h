// SPDX-License-Identifier: GPL-3.0-or-later
/// Small C++ programs against the headers that hls4ml ships, for tests that compare with the original arithmetic.
#pragma once

#include <optional>
#include <string>

#include "numerics/number_format.h"

namespace bitwright::test {

/// Folder of hls4ml's Vivado templates (`ap_types` and `nnet_utils` lie in it), found through the Python that
/// BITWRIGHT_PEER_PYTHON names; nothing where there is none.
std::optional<std::string> hls4mlTemplates();

/// "ap_ufixed<8,3,AP_RND,AP_SAT,0>", "ap_int<4>".
std::string apType(const NumberFormat& format);

/// Compiles @p source against @p templates with g++ and returns what the program prints; nothing, with the
/// compiler's words on standard error, where that fails.
std::optional<std::string> outputOfPeerProgram(const std::string& templates, const std::string& name,
                                               const std::string& source);

} // namespace bitwright::test
