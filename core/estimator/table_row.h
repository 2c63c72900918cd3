// SPDX-License-Identifier: GPL-3.0-or-later
/// One row of a table of structured layers or networks, as `rows_shared.jsonl` of the estimation data has it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace bitwright {

/// One layer of a row; numbers that the row does not state are negative.
struct TableLayer {
    std::string type; ///< "dense", "conv2d", "relu", ...; "?" where the source could not be read
    std::int64_t n_in = -1;
    std::int64_t n_out = -1;
    double weight_bits = -1;
    double input_bits = -1;
    double accumulator_bits = -1;
    double output_bits = -1;
    std::int64_t reuse_factor = -1;
    std::string strategy;
    double nonzero = -1;
    double power_of_two = -1;
    double csd_digits = -1;
    std::int64_t channels = -1;      ///< "C" or "ch"
    std::int64_t elements = -1;      ///< "n"
    std::int64_t input_pixels = -1;
    std::int64_t output_pixels = -1;
    std::vector<std::int64_t> kernel;
    std::vector<std::int64_t> input_extents;
    std::string pool;                ///< "2x2"
    bool is_padded_same = false;     ///< windows at the border are smaller
};

struct TableRow {
    std::string row_id;
    std::string group;
    bool is_network = false;
    std::string tool;
    std::string tool_version;
    std::string part;
    double clock_ns = 5;
    std::string stage = "csynth";
    bool is_stream = false;
    std::string strategy;
    double input_bits = -1;
    std::string multiplier_forced; ///< "dsp", "lut" or empty
    bool has_axi_wrapper = false;
    bool is_bias_zero = false;
    std::vector<TableLayer> layers;
};

/// Rows of JSON lines, blank lines skipped. @error TableRowInvalid
Result<std::vector<TableRow>> parseTableRows(std::string_view json_lines);

} // namespace bitwright
