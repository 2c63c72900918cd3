// SPDX-License-Identifier: GPL-3.0-or-later
/// NumPy's `.npy` files as tensors (format versions 1 to 3, NEP 1).
#pragma once

#include <string>
#include <string_view>

#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

/// Reads one array into C order and native byte order: booleans, integers, floats of 16, 32 and 64 bits,
/// complex numbers. Structured, object, text and date types are refused. Memory is bounded by the file's size.
/// @error FileNotFound, FileUnreadable, FileIsFolder, ArrayNotNpy, ArrayType, ArrayTruncated
Result<Tensor> readNpy(const std::string& path);
/// The same from memory; @p name is for messages.
Result<Tensor> parseNpy(std::string_view bytes, const std::string& name);

/// The bytes of a `.npy` file (version 1, little endian, C order), equal to what NumPy writes. Types that NumPy
/// lacks (bfloat16, 8-bit and smaller floats) become float32, integers below 8 bits become int8 or uint8: exact.
/// @error ArrayType for text
Result<std::string> formatNpy(const Tensor& tensor, const std::string& name);
/// Writes atomically. @error FileUnwritable, FileIsFolder, ArrayType
Result<void> writeNpy(const std::string& path, const Tensor& tensor);

} // namespace bitwright
