// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/number_format.h"

#include <fmt/format.h>

#include <cmath>
#include <type_traits>

namespace bitwright {

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::string fixedLongName(const FixedFormat& f)
{
    const char* sign = f.is_signed ? "" : "u";
    if (f.family == FixedFamily::Integer) return fmt::format("{}int<{}>", sign, f.width_bits);
    return fmt::format("{}fixed<{},{},{},{},{}>",
                       sign,
                       f.width_bits,
                       f.integer_bits,
                       roundingName(f.rounding),
                       overflowName(f.overflow),
                       f.saturation_bits);
}

std::string fixedShortName(const FixedFormat& f)
{
    if (f.family == FixedFamily::Integer) return fixedLongName(f);
    std::string text =
        fmt::format("{}fixed<{},{}", f.is_signed ? "" : "u", f.width_bits, f.integer_bits);
    const bool has_bits = f.saturation_bits != 0;
    const bool has_overflow = has_bits || f.overflow != Overflow::Wrap;
    if (has_overflow || f.rounding != Rounding::Trn)
        text += fmt::format(",{}", roundingName(f.rounding));
    if (has_overflow) text += fmt::format(",{}", overflowName(f.overflow));
    if (has_bits) text += fmt::format(",{}", f.saturation_bits);
    return text + ">";
}

std::string otherName(const NumberFormat& format)
{
    return std::visit(
        Overloaded{
            [](const FixedFormat&) { return std::string(); },
            [](const BipolarFormat&) { return std::string("bipolar"); },
            [](const AffineFormat& f) {
                return fmt::format("affine<{},{}>", f.width_bits, f.is_signed ? "signed" : "unsigned");
            },
            [](const MinifloatFormat& f) {
                return fmt::format("minifloat<{},{}>", f.exponent_bits, f.mantissa_bits);
            },
            [](const Float32Format&) { return std::string("float32"); },
        },
        format);
}

} // namespace

std::string longName(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    return fixed ? fixedLongName(*fixed) : otherName(format);
}

std::string shortName(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    return fixed ? fixedShortName(*fixed) : otherName(format);
}

std::string_view roundingName(Rounding rounding)
{
    switch (rounding) {
    case Rounding::Trn: return "TRN";
    case Rounding::TrnZero: return "TRN_ZERO";
    case Rounding::Rnd: return "RND";
    case Rounding::RndZero: return "RND_ZERO";
    case Rounding::RndInf: return "RND_INF";
    case Rounding::RndMinInf: return "RND_MIN_INF";
    case Rounding::RndConv: return "RND_CONV";
    }
    return "";
}

std::string_view overflowName(Overflow overflow)
{
    switch (overflow) {
    case Overflow::Wrap: return "WRAP";
    case Overflow::Sat: return "SAT";
    case Overflow::SatZero: return "SAT_ZERO";
    case Overflow::SatSym: return "SAT_SYM";
    case Overflow::WrapSm: return "WRAP_SM";
    }
    return "";
}

int widthBits(const NumberFormat& format)
{
    return std::visit(
        Overloaded{
            [](const FixedFormat& f) { return f.width_bits; },
            [](const BipolarFormat&) { return 1; },
            [](const AffineFormat& f) { return f.width_bits; },
            [](const MinifloatFormat& f) { return 1 + f.exponent_bits + f.mantissa_bits; },
            [](const Float32Format&) { return 32; },
        },
        format);
}

double maximumValue(const FixedFormat& format)
{
    const int magnitude_bits = format.width_bits - (format.is_signed ? 1 : 0);
    return std::ldexp(1.0, magnitude_bits - format.fractionBits()) - resolution(format);
}

double minimumValue(const FixedFormat& format)
{
    if (!format.is_signed) return 0.0;
    const double lowest = -std::ldexp(1.0, format.integer_bits - 1);
    const bool is_symmetric = format.overflow == Overflow::SatSym && format.width_bits > 1;
    return is_symmetric ? lowest + resolution(format) : lowest;
}

double resolution(const FixedFormat& format) { return std::ldexp(1.0, -format.fractionBits()); }

void hashInto(ContentHasher& hasher, const NumberFormat& format)
{
    hasher.add(format.index());
    std::visit(
        Overloaded{
            [&](const FixedFormat& f) {
                hasher.add(f.width_bits).add(f.integer_bits).add(f.is_signed).add(f.rounding);
                hasher.add(f.overflow).add(f.saturation_bits).add(f.family);
            },
            [](const BipolarFormat&) {},
            [&](const AffineFormat& f) {
                hasher.add(f.width_bits).add(f.is_signed).add(f.is_narrow).add(f.axis);
                hasher.array(std::span<const double>(f.scale));
                hasher.array(std::span<const std::int64_t>(f.zero_point));
            },
            [&](const MinifloatFormat& f) {
                hasher.add(f.exponent_bits).add(f.mantissa_bits).add(f.bias);
                hasher.add(f.has_infinity).add(f.has_nan).add(f.saturates);
            },
            [](const Float32Format&) {},
        },
        format);
}

} // namespace bitwright
