// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/operands.h"

#include <algorithm>

namespace bitwright {

namespace {

FixedFormat negated(FixedFormat format)
{
    ++format.width_bits;
    ++format.integer_bits;
    format.is_signed = true;
    format.rounding = Rounding::Trn;
    format.overflow = Overflow::Wrap;
    format.saturation_bits = 0;
    return format;
}

bool isBipolar(const NumberFormat& format) { return std::holds_alternative<BipolarFormat>(format); }

} // namespace

FixedFormat storageFormat(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    return fixed ? *fixed : integerFormat(1, false);
}

FixedFormat integerFormat(int bits, bool is_signed)
{
    return {.width_bits = bits, .integer_bits = bits, .is_signed = is_signed, .family = FixedFamily::Integer};
}

ProductRule productRule(const NumberFormat& data, const NumberFormat& weight)
{
    const FixedFormat x = storageFormat(data);
    const FixedFormat w = storageFormat(weight);
    if (isBipolar(data) && isBipolar(weight)) return {.format = integerFormat(1, false), .is_equality = true};
    if (isBipolar(weight)) return {.format = negated(x), .is_weight_sign = true};
    if (isBipolar(data)) return {.format = negated(w), .is_data_sign = true};
    if (w == integerFormat(2)) return {.format = negated(x), .is_ternary = true};
    return {.format = productFormat(x, w)};
}

int comparisonBits(const FixedFormat& a, const FixedFormat& b)
{
    const int fraction = std::max(a.fractionBits(), b.fractionBits());
    return std::max(a.width_bits - a.fractionBits(), b.width_bits - b.fractionBits()) + fraction + 2;
}

CodeInterval hullOf(const CodeInterval& a, const CodeInterval& b)
{
    return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

CodeInterval productInterval(const CodeInterval& a, const CodeInterval& b)
{
    const WideInt corners[] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
    return {*std::min_element(std::begin(corners), std::end(corners)),
            *std::max_element(std::begin(corners), std::end(corners))};
}

CodeInterval storedInterval(const CodeInterval& exact, const Conversion& conversion)
{
    StoreEvent event = StoreEvent::None;
    const CodeInterval ends{conversion(exact.low, event), conversion(exact.high, event)};
    const Overflow overflow = conversion.target().overflow;
    const bool clamps = overflow == Overflow::Sat || overflow == Overflow::SatSym;
    // Rounding and clamping keep the order, so the ends bound everything between.
    if ((event == StoreEvent::None || clamps) && ends.low <= ends.high) return ends;
    return formatInterval(conversion.target());
}

} // namespace bitwright
