// SPDX-License-Identifier: GPL-3.0-or-later
/// Exact conversion of numbers into formats: between formats, from double, and along hls4ml's text path for
/// weights (hls4ml reference, sections 1.2, 1.3, 2.17 and its corrections 1 and 2).
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "numerics/code_tensor.h"

namespace bitwright {

/// What storing did to a value.
enum class StoreEvent { None, Wrap, Saturation };

/// The code of @p to that `ap_fixed`/`ap_int` stores for a code of @p from.
WideInt convertCode(const WideInt& code, const FixedFormat& from, const FixedFormat& to);
/// The same for a whole tensor of fixed-point codes.
CodeTensor convertTensor(const CodeTensor& tensor, const FixedFormat& to);

/// The code that `ap_fixed(double)` or `ap_int(double)` stores, their treatment of infinities (2^1024) and
/// of NaN (by its bits) included. `ap_int` truncates toward zero, and turns values in (-0.5, 0) into +1.
WideInt codeFromDouble(double value, const FixedFormat& to);
WideInt codeFromDouble(double value, const FixedFormat& to, StoreEvent& event);

/// `codeFromDouble` for many values and formats of at most 63 bits.
class DoubleConversion {
public:
    /// @pre fitsInt64(to)
    explicit DoubleConversion(const FixedFormat& to);
    std::int64_t operator()(double value) const;
    /// The same, and what storing did to the value.
    std::int64_t observed(double value, StoreEvent& event) const;

private:

    FixedFormat m_to;
    double m_scale = 1;     ///< 2^fraction bits
    bool m_is_plain = false; ///< truncating and wrapping: floor and mask do
};

/// Values converted one by one. Bipolar formats take the sign: code 1 for values >= 0.
/// @pre format is fixed or bipolar
CodeTensor codesFromDoubles(const Shape& shape, std::span<const double> values, const NumberFormat& format);

/// A number as hls4ml's generated project holds it: max(0, fraction bits) decimals, correctly rounded.
std::string weightText(double value, const FixedFormat& format);
/// Constants as hls4ml's program loads them: printed by `weightText`, read back, converted.
CodeTensor codesFromWeights(const Shape& shape, std::span<const double> values, const FixedFormat& format);

/// The exact value, or the nearest double when it needs more than 53 bits. Bipolar codes show as 0 and 1.
double codeToDouble(std::int64_t code, const NumberFormat& format);
double codeToDouble(const WideInt& code, const NumberFormat& format);

/// Whether hls4ml's C simulation stops with a failed assertion on this conversion, because it rounds at a bit
/// that lies above the source's most significant one (section 1.2).
bool abortsInOriginal(const FixedFormat& from, const FixedFormat& to);

} // namespace bitwright
