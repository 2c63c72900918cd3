// SPDX-License-Identifier: GPL-3.0-or-later
// Cast, CastLike (onnx: docs/Operators.md). Integers wrap, fractions are cut off; what lies out of range of a small
// floating-point type follows the attribute `saturate`.
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "model/small_floats.h"
#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

struct CastRule {
    bool saturates = true;
    /// Up to opset 23 infinity is NaN in the float8 types without it, even when the rest saturates.
    bool keeps_infinity_apart = false;
    ExponentRounding rounding = ExponentRounding::Up;
};

Result<CastRule> castRule(const RunContext& context)
{
    CastRule rule;
    rule.saturates = attributeInt(context.node, "saturate", 1) != 0;
    rule.keeps_infinity_apart = context.opset < 24;
    const std::string rounding = attributeString(context.node, "round_mode", "up");
    if (rounding == "down") rule.rounding = ExponentRounding::Down;
    else if (rounding == "nearest") rule.rounding = ExponentRounding::Nearest;
    else if (rounding != "up") return attributeProblem(context.node, "round_mode", "it names no known way to round");
    return rule;
}

template <class To>
Tensor castIntegers(const Tensor& tensor, ElementType type)
{
    const std::vector<std::int64_t> values = asIntegers(tensor);
    return filledTensor<To>(type, tensor.shape(), [&](std::span<To> out) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<To>(values[i]);
    });
}

/// The low @p bits of every element; the sign is spread over the byte that holds it.
Tensor castNarrow(const Tensor& tensor, ElementType type, int bits, bool is_signed)
{
    const std::vector<std::int64_t> values = asIntegers(tensor);
    return filledTensor<std::uint8_t>(type, tensor.shape(), [&](std::span<std::uint8_t> out) {
        for (std::size_t i = 0; i < out.size(); ++i) {
            unsigned code = static_cast<unsigned>(values[i]) & ((1U << bits) - 1);
            if (is_signed && (code >> (bits - 1)) != 0) code |= 0xFFU << bits;
            out[i] = static_cast<std::uint8_t>(code & 0xFFU);
        }
    });
}

Tensor castUint64(const Tensor& tensor)
{
    if (!isFloatType(tensor.type())) return castIntegers<std::uint64_t>(tensor, ElementType::Uint64);
    const std::vector<double> values = asDoubles(tensor);
    const std::vector<std::int64_t> integers = asIntegers(tensor);
    constexpr double kSignBit = 9223372036854775808.0; // 2^63
    return filledTensor<std::uint64_t>(ElementType::Uint64, tensor.shape(), [&](std::span<std::uint64_t> out) {
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = static_cast<std::uint64_t>(integers[i]);
            if (values[i] >= 2 * kSignBit) out[i] = std::numeric_limits<std::uint64_t>::max();
            else if (values[i] >= kSignBit) out[i] = static_cast<std::uint64_t>(values[i]);
        }
    });
}

Tensor castSmallFloats(const Tensor& tensor, ElementType type, const CastRule& rule)
{
    const bool lacks_infinity = type == ElementType::Float8E4M3FNUZ || type == ElementType::Float8E5M2FNUZ;
    const std::vector<float> values = asRoundableFloats(tensor);
    const std::size_t bytes = elementBytes(type);
    const std::shared_ptr<std::byte[]> out(new std::byte[values.size() * bytes]);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool is_plain_overflow = lacks_infinity && rule.saturates && !rule.keeps_infinity_apart && std::isinf(values[i]);
        const float value = is_plain_overflow ? std::copysign(std::numeric_limits<float>::max(), values[i]) : values[i];
        const std::uint16_t code = type == ElementType::Float8E8M0 ? encodeExponent(value, rule.rounding, rule.saturates)
                                                                   : encodeSmallFloat(type, value, rule.saturates);
        std::memcpy(out.get() + i * bytes, &code, bytes); // little endian
    }
    return {type, tensor.shape(), out};
}

Tensor castTo(const Tensor& tensor, ElementType type, const CastRule& rule)
{
    if (tensor.type() == type) return tensor;
    switch (type) {
    case ElementType::Int2: return castNarrow(tensor, type, 2, true);
    case ElementType::Uint2: return castNarrow(tensor, type, 2, false);
    case ElementType::Int4: return castNarrow(tensor, type, 4, true);
    case ElementType::Uint4: return castNarrow(tensor, type, 4, false);
    case ElementType::Int8: return castIntegers<std::int8_t>(tensor, type);
    case ElementType::Uint8: return castIntegers<std::uint8_t>(tensor, type);
    case ElementType::Int16: return castIntegers<std::int16_t>(tensor, type);
    case ElementType::Uint16: return castIntegers<std::uint16_t>(tensor, type);
    case ElementType::Int32: return castIntegers<std::int32_t>(tensor, type);
    case ElementType::Uint32: return castIntegers<std::uint32_t>(tensor, type);
    case ElementType::Uint64: return castUint64(tensor);
    default: return isSmallFloat(type) ? castSmallFloats(tensor, type, rule) : convertTo(tensor, type);
    }
}

// ---- Cast

/// Up to opset 5 the type is written as a word, such as FLOAT.
ElementType castTarget(const Node& node)
{
    constexpr std::array<std::pair<std::string_view, ElementType>, 12> kWords{{{"FLOAT", ElementType::Float32},
                                                                              {"UINT8", ElementType::Uint8},
                                                                              {"INT8", ElementType::Int8},
                                                                              {"UINT16", ElementType::Uint16},
                                                                              {"INT16", ElementType::Int16},
                                                                              {"INT32", ElementType::Int32},
                                                                              {"INT64", ElementType::Int64},
                                                                              {"BOOL", ElementType::Bool},
                                                                              {"FLOAT16", ElementType::Float16},
                                                                              {"DOUBLE", ElementType::Float64},
                                                                              {"UINT32", ElementType::Uint32},
                                                                              {"UINT64", ElementType::Uint64}}};
    const std::string word = attributeString(node, "to", "");
    for (const auto& [known, type] : kWords)
        if (known == word) return type;
    return attributeType(node, "to", ElementType::Undefined);
}

Result<std::vector<Tensor>> runCast(const RunContext& context)
{
    const ElementType type = castTarget(context.node);
    if (isOpaqueType(type)) return attributeProblem(context.node, "to", "it names no numeric type");
    if (isOpaqueType(context[0].type())) return typeProblem(context.node, context[0].type());
    Result<CastRule> rule = castRule(context);
    if (!rule) return rule.error();
    return std::vector<Tensor>{castTo(context[0], type, *rule)};
}

Result<std::vector<TensorFacts>> castShape(const ShapeContext& context)
{
    return oneOutput(castTarget(context.node), context.inputs[0].shape);
}

// ---- CastLike

Result<std::vector<Tensor>> runCastLike(const RunContext& context)
{
    if (isOpaqueType(context[0].type()) || isOpaqueType(context[1].type())) return typeProblem(context.node, ElementType::String);
    Result<CastRule> rule = castRule(context);
    if (!rule) return rule.error();
    return std::vector<Tensor>{castTo(context[0], context[1].type(), *rule)};
}

Result<std::vector<TensorFacts>> castLikeShape(const ShapeContext& context)
{
    return oneOutput(context.type(1), context.inputs[0].shape);
}

constexpr std::array kOps{
    OpDescriptor{"", "Cast", 1, 1, castShape, runCast, batchFirstInput},
    OpDescriptor{"", "CastLike", 15, 2, castLikeShape, runCastLike, batchFirstInput},
};

} // namespace

std::span<const OpDescriptor> castOps()
{
    return kOps;
}

} // namespace bitwright
