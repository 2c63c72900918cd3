// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/quantise.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "numerics/fixed_arithmetic.h"

namespace bitwright {

namespace {

/// The value mantissa * 2^exponent as the headers read a double's bits: the leading one is always there.
struct BinaryParts {
    std::int64_t mantissa = 0;
    int exponent = 0;
};

BinaryParts partsOf(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    if ((bits & ~(1ULL << 63)) == 0) return {};
    const auto mantissa = static_cast<std::int64_t>((bits & ((1ULL << 52) - 1)) | (1ULL << 52));
    const int exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1023 - 52;
    return {(bits >> 63) != 0 ? -mantissa : mantissa, exponent};
}

/// @pre for Int128: the target has at most 64 bits
template <class Int>
Int codeFromParts(const BinaryParts& parts, const FixedFormat& to, StoreEvent& event)
{
    if (parts.mantissa == 0) return Int(0);
    if (to.family == FixedFamily::Integer && parts.mantissa < 0 && parts.exponent + 53 < 0)
        return wrapped(Int(1), to.width_bits, to.is_signed); // the headers negate an all-ones word
    FixedFormat target = to;
    if (to.family == FixedFamily::Integer) {
        target.rounding = Rounding::TrnZero;
        target.overflow = Overflow::Wrap;
    }
    int shift = -(parts.exponent + to.fractionBits());
    // Beyond this the low 64 bits are zero and the magnitude is out of every range, whatever the shift.
    if constexpr (!kIsUnlimited<Int>) shift = std::max(shift, -70);
    return stored(Int(parts.mantissa), shift, target, event);
}

double scaled(double magnitude, int exponent) { return std::ldexp(magnitude, exponent); }

int fractionBitsOf(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    return fixed ? fixed->fractionBits() : 0;
}

} // namespace

WideInt convertCode(const WideInt& code, const FixedFormat& from, const FixedFormat& to)
{
    return Conversion(from, to)(code);
}

CodeTensor convertTensor(const CodeTensor& tensor, const FixedFormat& to)
{
    const auto& from = std::get<FixedFormat>(tensor.format);
    const Conversion conversion(from, to);
    CodeTensor result{.shape = tensor.shape, .format = to};
    const bool is_narrow = !tensor.isWide() && conversion.neededBits(codeBits(from)) <= 64;
    const bool fits = fitsInt64(to);
    for (std::size_t i = 0; i < tensor.size(); ++i) {
        if (is_narrow && fits) result.codes.push_back(conversion(tensor.codes[i]));
        else if (fits) result.codes.push_back(static_cast<std::int64_t>(conversion(tensor.at(i))));
        else result.wide_codes.push_back(conversion(tensor.at(i)));
    }
    return result;
}

WideInt codeFromDouble(double value, const FixedFormat& to)
{
    StoreEvent ignored = StoreEvent::None;
    return codeFromDouble(value, to, ignored);
}

WideInt codeFromDouble(double value, const FixedFormat& to, StoreEvent& event)
{
    return codeFromParts<WideInt>(partsOf(value), to, event);
}

DoubleConversion::DoubleConversion(const FixedFormat& to)
    : m_to(to), m_scale(std::ldexp(1.0, to.fractionBits())),
      m_is_plain(to.family == FixedFamily::Fixed && to.rounding == Rounding::Trn && to.overflow == Overflow::Wrap &&
                 to.saturation_bits == 0 && std::abs(to.fractionBits()) < 512)
{
}

std::int64_t DoubleConversion::operator()(double value) const
{
    constexpr double kLimit = 9.0e18;
    const double steps = value * m_scale; // a power of two: exact unless it over- or underflows
    if (m_is_plain && std::abs(steps) < kLimit && (std::abs(steps) > 1e-200 || value == 0))
        return wrapped(static_cast<std::int64_t>(std::floor(steps)), m_to.width_bits, m_to.is_signed);
    StoreEvent ignored = StoreEvent::None;
    return observed(value, ignored);
}

std::int64_t DoubleConversion::observed(double value, StoreEvent& event) const
{
    return static_cast<std::int64_t>(codeFromParts<Int128>(partsOf(value), m_to, event));
}

CodeTensor codesFromDoubles(const Shape& shape, std::span<const double> values, const NumberFormat& format)
{
    CodeTensor result{.shape = shape, .format = format};
    const auto* fixed = std::get_if<FixedFormat>(&format);
    if (fixed == nullptr) {
        for (double value : values)
            result.codes.push_back(value >= 0 ? 1 : 0);
        return result;
    }
    if (!fitsInt64(*fixed)) {
        for (double value : values)
            result.wide_codes.push_back(codeFromDouble(value, *fixed));
        return result;
    }
    const DoubleConversion conversion(*fixed);
    result.codes.reserve(values.size());
    for (double value : values)
        result.codes.push_back(conversion(value));
    return result;
}

std::string weightText(double value, const FixedFormat& format)
{
    // Largest double with the most decimals that a format of ours can ask for.
    std::array<char, 309 + 1 + 2 * kMaximumWidthBits + 16> text{};
    const int decimals = std::max(0, format.fractionBits());
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
    if (error != std::errc()) return "0";
    return {text.data(), end};
}

CodeTensor codesFromWeights(const Shape& shape, std::span<const double> values, const FixedFormat& format)
{
    std::vector<double> read_back;
    read_back.reserve(values.size());
    for (double value : values) {
        // Streams do not read "nan" and "inf"; they leave zero.
        double parsed = 0;
        if (std::isfinite(value)) {
            const std::string text = weightText(value, format);
            std::from_chars(text.data(), text.data() + text.size(), parsed);
        }
        read_back.push_back(parsed);
    }
    return codesFromDoubles(shape, read_back, format);
}

double codeToDouble(std::int64_t code, const NumberFormat& format)
{
    return scaled(static_cast<double>(code), -fractionBitsOf(format));
}

double codeToDouble(const WideInt& code, const NumberFormat& format)
{
    if (signedBits(code) <= 64) return codeToDouble(static_cast<std::int64_t>(code), format);
    // Rounded half to even on 53 bits by hand: the library's own conversion truncates.
    const WideInt magnitude = code < 0 ? WideInt(-code) : code;
    const int surplus = static_cast<int>(boost::multiprecision::msb(magnitude)) + 1 - 53;
    const WideInt kept = rounded(magnitude, surplus, Rounding::RndConv);
    const double value = scaled(static_cast<double>(static_cast<std::int64_t>(kept)), surplus - fractionBitsOf(format));
    return code < 0 ? -value : value;
}

bool abortsInOriginal(const FixedFormat& from, const FixedFormat& to)
{
    const bool is_rounding = to.rounding != Rounding::Trn && !(to.rounding == Rounding::TrnZero && !from.is_signed);
    return to.family == FixedFamily::Fixed && is_rounding && from.fractionBits() - to.fractionBits() > from.width_bits;
}

} // namespace bitwright
