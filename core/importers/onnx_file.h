// SPDX-License-Identifier: GPL-3.0-or-later
/// The bytes of an ONNX file as protocol buffer message, or the reason why they are none (onnx.proto).
#pragma once

#include <memory>
#include <string>

#include "support/result.h"

namespace onnx {
class ModelProto;
}

namespace bitwright {

/// @error FileNotFound, FileUnreadable, FileIsFolder, ModelNotOnnx, ModelTruncated, ModelDamaged, ModelTooLarge
Result<std::shared_ptr<onnx::ModelProto>> readOnnxFile(const std::string& path);

} // namespace bitwright
