// SPDX-License-Identifier: GPL-3.0-or-later
/// Codes as text: C++ arrays of constants, and lines of test-bench files.
#pragma once

#include <string>
#include <string_view>

#include "circuit/hls_fragment.h"
#include "model/tensor.h"
#include "numerics/code_tensor.h"
#include "support/result.h"

namespace bitwright {

/// `weights/<name>.h`: `static const` array of integer codes in the narrowest C type, exact-width in synthesis.
std::string arrayHeader(const HlsArray& array);

/// One code as a word of a test-bench file: decimal, or "0x" and two's complement digits above 64 bits.
void appendCodeWord(std::string& text, const CodeTensor& codes, std::size_t index);
/// The code that a word stands for, as a number. @return false if it is not one of @p format
bool parseCodeWord(std::string_view word, const NumberFormat& format, WideInt& code);

} // namespace bitwright
