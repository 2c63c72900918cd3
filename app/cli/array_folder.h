// SPDX-License-Identifier: GPL-3.0-or-later
/// A folder of arrays that a verb leaves behind.
#pragma once

#include <string>

#include "model/tensor.h"
#include "support/result.h"

namespace bitwright::cli {

/// Writes files into a folder that may exist already; each file appears whole or not at all.
class ArrayFolder {
public:
    explicit ArrayFolder(std::string path) : m_path(std::move(path)) {}

    /// @error FolderUnwritable, FileUnwritable
    Result<void> write(const std::string& relative_path, const Tensor& tensor) const;
    Result<void> writeText(const std::string& relative_path, const std::string& text) const;

private:
    Result<std::string> place(const std::string& relative_path) const;

    std::string m_path;
};

/// @p name as a file name: no separators, no leading dot.
std::string fileNameFor(const std::string& name);

} // namespace bitwright::cli
