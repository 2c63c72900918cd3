// SPDX-License-Identifier: GPL-3.0-or-later
/// The test bench of an HLS project: its source, and its data as integer codes.
#pragma once

#include <string>
#include <vector>

#include "exporters/hls_sources.h"
#include "model/tensor.h"
#include "numerics/code_tensor.h"

namespace bitwright {

/// Codes of one port for many samples, in the circuit's element order.
struct PortCodes {
    std::int64_t samples = 0;
    std::int64_t elements = 0; ///< per sample
    CodeTensor codes;          ///< [samples, elements]
};

/// Inputs as the circuit takes them: converted to the port's format, in its order.
/// @param tensors one per circuit input: [samples, ...] in the file's own order
/// @error ExportInputMissing, ArrayShape
Result<std::vector<PortCodes>> inputCodes(const Circuit& circuit, const std::vector<Tensor>& tensors);
/// One sample of zeros.
std::vector<PortCodes> zeroInputs(const Circuit& circuit);

/// Names of the files in the test bench's folder.
std::string inputFileName(std::size_t port);    ///< "input1.dat"
std::string expectedFileName(std::size_t port); ///< "expected1.dat"
std::string resultFileName(std::size_t port);   ///< "csim_output1.dat"

/// One line per sample.
std::string codeLines(const PortCodes& codes);
/// The emulator's outputs (float64, [samples, ...]) as codes; nothing when a format has more bits than double holds.
std::optional<PortCodes> outputCodes(const Circuit& circuit, std::size_t port, const Tensor& values);

std::string testBenchSource(const HlsProjectParts& parts);

} // namespace bitwright
