// SPDX-License-Identifier: GPL-3.0-or-later
/// Samples and labels for one model: what quality is measured on (architecture, section 7: accepted arrays).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/model.h"
#include "support/content_hash.h"

namespace bitwright {

/// Samples that fit a model, in one form whatever the arrays looked like.
struct Dataset {
    std::vector<Tensor> inputs; ///< per graph input: [samples, shape without batch], numbers as they were read
    std::int64_t samples = 0;
    /// How the arrays counted samples: {samples}, or {n, batch} when they held n full batches.
    Shape leading;
    std::vector<std::int64_t> labels; ///< class per sample; empty when there are none
    bool is_synthetic = false;        ///< random numbers, not the user's data
    std::string description;          ///< "x_test.npy, 10000 samples" or "1000 random samples"
    Diagnostics findings;             ///< values that are no numbers, labels that name no class
    ContentHash content_hash = 0;     ///< of inputs and labels

    /// The first @p count samples, sharing nothing but the bytes. @pre count <= samples
    Dataset head(std::int64_t count) const;
};

/// Where the arrays of a data set are.
struct DatasetPaths {
    /// By input name (the file's own or the normal form's); the key "" stands for the only input.
    std::map<std::string, std::string> inputs;
    std::string labels; ///< may be empty
    bool operator==(const DatasetPaths&) const = default;
};

/// Reads and checks the arrays for @p model.
/// Accepted per input: the model's shape; [N, shape without batch]; [N, full shape]; [N, ...] of equal element count.
/// Labels: one integer class per sample, or one-hot rows.
/// @error those of `readArray`; ArrayShape, InputUnknown, InputMissing, InputNotInteger, SampleCountsDiffer, LabelsMalformed
Result<std::shared_ptr<const Dataset>> loadDataset(const Model& model, const DatasetPaths& paths);

/// The same from tensors in memory, one per graph input; @p names are for messages.
Result<Dataset> makeDataset(const Model& model, const std::vector<Tensor>& arrays,
                            const std::vector<std::string>& names);
/// Adds labels. @error LabelsMalformed, SampleCountsDiffer
Result<Dataset> withLabels(Dataset data, const Tensor& labels, const std::string& name);

constexpr std::int64_t kSyntheticSamples = 1000;
/// Random samples from a fixed seed, for when there are no data: uniform over the range of a quantiser that reads
/// the input directly, else normally distributed with variance 1.
/// @error InputShapeUnknown when an extent other than the batch is not fixed
Result<std::shared_ptr<const Dataset>> syntheticDataset(const Model& model, std::int64_t samples = kSyntheticSamples);

/// The inputs converted to the model's own element types, as the reference run wants them.
/// @error InputNotInteger; ArrayType for input types that hold no real numbers
Result<std::vector<Tensor>> referenceInputs(const Model& model, const Dataset& data);
/// The inputs as float32 or float64, whichever holds them exactly, as the emulator wants them.
std::vector<Tensor> emulatorInputs(const Dataset& data);

/// An output [samples, ...] with the leading form of the data: {samples, ...} or {n, batch, ...}.
Tensor withLeadingForm(const Tensor& output, const Dataset& data);

} // namespace bitwright
