// SPDX-License-Identifier: GPL-3.0-or-later
/// Number formats: what the bits of a stored value mean, and what happens to values that do not fit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "support/content_hash.h"
#include "support/result.h"

namespace bitwright {

/// Rounding modes with the meaning of `ap_fixed` (hls4ml reference, section 1.2).
enum class Rounding { Trn, TrnZero, Rnd, RndZero, RndInf, RndMinInf, RndConv };
/// Overflow modes with the meaning of `ap_fixed`.
enum class Overflow { Wrap, Sat, SatZero, SatSym, WrapSm };

/// `ap_fixed` converts by the rounding mode; `ap_int` has conversions of its own (truncation toward
/// zero from fixed point, C++ conversion from double), see `quantise.h`.
enum class FixedFamily { Fixed, Integer };

/// Fixed point <W, I>: value = code * 2^(I - W). I counts the sign bit, and may be negative or
/// exceed W. Integers are <W, W> of family Integer.
struct FixedFormat {
    int width_bits = 16;
    int integer_bits = 6;
    bool is_signed = true;
    Rounding rounding = Rounding::Trn;
    Overflow overflow = Overflow::Wrap;
    int saturation_bits = 0; ///< the N of AP_WRAP with saturated bits
    FixedFamily family = FixedFamily::Fixed;

    constexpr int fractionBits() const { return width_bits - integer_bits; }
    bool operator==(const FixedFormat&) const = default;
};

/// One bit that means -1 (code 0) or +1 (code 1): hls4ml's XNOR precision.
struct BipolarFormat {
    bool operator==(const BipolarFormat&) const = default;
};

/// Affine integers: value = (code - zero point) * scale, per tensor (one entry) or per channel
/// along `axis` (ONNX QuantizeLinear, QONNX Quant).
struct AffineFormat {
    int width_bits = 8;
    bool is_signed = true;
    bool is_narrow = false;
    std::vector<double> scale{1.0};
    std::vector<std::int64_t> zero_point{0};
    int axis = -1;
    bool operator==(const AffineFormat&) const = default;
};

/// Small floating point (QONNX FloatQuant).
struct MinifloatFormat {
    int exponent_bits = 4;
    int mantissa_bits = 3;
    int bias = 7;
    bool has_infinity = false;
    bool has_nan = false;
    bool saturates = true;
    bool operator==(const MinifloatFormat&) const = default;
};

struct Float32Format {
    bool operator==(const Float32Format&) const = default;
};

using NumberFormat =
    std::variant<FixedFormat, BipolarFormat, AffineFormat, MinifloatFormat, Float32Format>;

constexpr int kMaximumWidthBits = 1024; ///< of the ap_fixed headers

/// Reads hls4ml's precision grammar: `fixed<W,I[,Q[,O[,N]]]>`, `ufixed<..>`, `int<W>`, `uint<W>`, with
/// or without `ap_`/`AP_`, any letter case, blanks tolerated; also `bipolar`, and `ac_fixed`/`ac_int`.
/// @error FormatSyntax, FormatRange; FormatUnsupported for `float`, `half`, `ac_float` and the like
Result<NumberFormat> parseNumberFormat(std::string_view text);

/// hls4ml's canonical spelling (`fixed<16,6,TRN,WRAP,0>`, `int<8>`), which `parseNumberFormat` reads.
std::string longName(const NumberFormat& format);
/// The shortest spelling that reads back to the same format: `fixed<16,6>`, `fixed<8,3,RND,SAT>`.
std::string shortName(const NumberFormat& format);

std::string_view roundingName(Rounding rounding); ///< "TRN", "RND_CONV", ...
std::string_view overflowName(Overflow overflow); ///< "WRAP", "SAT_SYM", ...

/// Bits that one code occupies.
int widthBits(const NumberFormat& format);
/// Largest and smallest representable value, and the distance between neighbours (double precision).
double maximumValue(const FixedFormat& format);
double minimumValue(const FixedFormat& format);
double resolution(const FixedFormat& format);

void hashInto(ContentHasher& hasher, const NumberFormat& format);

} // namespace bitwright
