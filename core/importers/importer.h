// SPDX-License-Identifier: GPL-3.0-or-later
/// File -> model.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "model/model.h"
#include "support/result.h"

namespace bitwright {

struct ImportOptions {
    std::stop_token stop;
};

/// Reads a model file, whatever its kind (by content). Unsupported operators are no error: they are in the
/// model, and its findings. @error FileNotFound, FileUnreadable, FileIsFolder, Cancelled, and the import's own codes
Result<std::shared_ptr<const Model>> importModel(const std::string& path, const ImportOptions& options = {});

} // namespace bitwright
