// SPDX-License-Identifier: GPL-3.0-or-later
/// Model -> ONNX file (onnx.proto): what the importer reads comes back, node for node.
#pragma once

#include <string>

#include "model/model.h"
#include "support/result.h"

namespace bitwright {

/// The bytes of the model file. Operator sets are those of the domains that nodes use.
/// @error ModelTooLarge, ModelDataMissing
Result<std::string> formatOnnx(const Model& model, const std::string& path);
/// Writes atomically. @error the above, FileUnwritable, FileIsFolder
Result<void> writeOnnx(const Model& model, const std::string& path);

} // namespace bitwright
