// SPDX-License-Identifier: GPL-3.0-or-later
/// Weights that lie in files beside the model (onnx: docs/ExternalData.md).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

/// Where a tensor's bytes lie, as the file says it.
struct ExternalPlace {
    std::string location;
    std::int64_t offset_bytes = 0;
    std::int64_t length_bytes = -1; ///< -1: what the tensor needs
};

/// Opens data files of one model once, as read-only maps that the tensors keep alive. A file is read only
/// when it lies in the folder of the model as named, or of the model's real path (caches of links work).
class ExternalData {
public:
    explicit ExternalData(std::string model_path);
    ~ExternalData();
    ExternalData(const ExternalData&) = delete;
    ExternalData& operator=(const ExternalData&) = delete;

    /// @p size_bytes bytes for @p tensor; null when the file does not exist.
    /// @error ExternalDataOutside, ExternalDataShort, FileUnreadable, TensorExternal
    Result<SharedBytes> read(const std::string& tensor, const ExternalPlace& place, std::int64_t size_bytes);

private:
    struct Mapping;
    Result<std::shared_ptr<const Mapping>> open(const std::string& tensor, const std::string& location);

    std::string m_model_path;
    std::map<std::string, std::shared_ptr<const Mapping>> m_files;
};

} // namespace bitwright
