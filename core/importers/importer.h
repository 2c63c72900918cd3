// SPDX-License-Identifier: GPL-3.0-or-later
/// File -> model.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "model/model.h"
#include "support/result.h"

namespace bitwright {

struct ImportOptions {
    std::stop_token stop;
    /// Told what begins: "Reading the file", "Reading the graph", "Inferring shapes"; may be empty.
    std::function<void(std::string_view phase)> on_phase;
};

/// Reads a model file, whatever its kind (by content). Unsupported operators are no error: they are in the
/// model, and its findings. @error FileNotFound, FileUnreadable, FileIsFolder, Cancelled, and the import's own codes
Result<std::shared_ptr<const Model>> importModel(const std::string& path, const ImportOptions& options = {});

} // namespace bitwright
