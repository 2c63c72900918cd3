// SPDX-License-Identifier: GPL-3.0-or-later
/// How good outputs are: against labels and against the reference run.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/tensor.h"

namespace bitwright {

/// Shares are between 0 and 1. What cannot be known (no labels, no reference, no classes) is absent.
struct Quality {
    std::int64_t samples = 0;
    std::int64_t classes = 0;                 ///< 0: the output is no vector of class scores
    std::optional<double> accuracy;           ///< share of samples whose class is the label
    std::optional<double> reference_accuracy; ///< the same of the reference run
    std::optional<double> agreement;          ///< share of samples with the reference's class
    std::vector<double> top_k;                ///< entry k-1: label among the k best; up to 5
    std::vector<std::int64_t> confusion;      ///< classes x classes, row = label, column = answer
    std::optional<double> sqnr_db;            ///< of all output elements against the reference; infinite when equal
    std::optional<double> mean_square_error;  ///< against the reference
    std::optional<double> mean_absolute_error;
    std::optional<double> maximum_error;      ///< largest absolute difference
};

/// Measures the first @p samples of @p outputs ([samples, ...], float64 or float32, one tensor per model output;
/// classes are read from the first). @p reference may be empty, and so may @p labels.
Quality measureQuality(const std::vector<Tensor>& outputs, const std::vector<Tensor>& reference,
                       std::span<const std::int64_t> labels);

/// Class per sample: the first greatest element; a single element is class 1 above 0.5. Empty when the output
/// has more than one extent beyond 1 after the batch.
std::vector<std::int64_t> classesOf(const Tensor& output);

/// 10 log10(sum of reference^2 / sum of difference^2); infinite when there is no difference, nothing when the
/// reference is all zero and the other is not. Not-a-number elements of the reference are left out.
std::optional<double> sqnrDb(std::span<const double> values, std::span<const double> reference);

} // namespace bitwright
