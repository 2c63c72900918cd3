// SPDX-License-Identifier: GPL-3.0-or-later
/// Reading whole files, and saying in words why the system refused.
#pragma once

#include <cstdint>
#include <string>

#include "support/result.h"

namespace bitwright {

/// What `errno` value @p code means, as the end of a sentence ("permission denied"); independent of the locale.
std::string systemErrorText(int code);

constexpr std::int64_t kNoSizeLimit = INT64_MAX;

/// The bytes of a regular file. Memory is bounded by the file's size, and that by @p limit_bytes.
/// @error FileNotFound, FileIsFolder, FileUnreadable, FileTooLarge
Result<std::string> readFile(const std::string& path, std::int64_t limit_bytes = kNoSizeLimit);

} // namespace bitwright
