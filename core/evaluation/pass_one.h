// SPDX-License-Identifier: GPL-3.0-or-later
/// Pass 1: outputs of all samples in growing batches, so that a first number is there at once.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "emulator/emulator.h"
#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

struct PassOneOptions {
    std::int64_t preview_samples = 256; ///< size of the first batch; 0: everything at once
    int threads = 0;
    std::stop_token stop;
};

struct PassOneResult {
    std::vector<Tensor> outputs; ///< float64 [samples, ...]
    double seconds = 0;          ///< inference alone
};

/// @p partial is called between batches with the outputs so far.
/// @error Cancelled, and those of the emulator
Result<PassOneResult> runPassOne(const EmulatorProgram& program, const std::vector<Tensor>& inputs,
                                 const PassOneOptions& options,
                                 const std::function<void(const std::vector<Tensor>&)>& partial);

/// Samples [first, first + count) of [samples, ...], without a copy.
Tensor sliceSamples(const Tensor& tensor, std::int64_t first, std::int64_t count);

} // namespace bitwright
