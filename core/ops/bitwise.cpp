// SPDX-License-Identifier: GPL-3.0-or-later
// Operators on the binary form of numbers, and the remainder (onnx: docs/Operators.md).
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/broadcast_loop.h"
#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// f(a, b) element by element on tensors of one numeric type.
template <class F>
Result<std::vector<Tensor>> combineElements(const RunContext& context, F f)
{
    const std::optional<Shape> out = broadcastShape(context[0].shape(), context[1].shape());
    if (!out)
        return shapeProblem(context.node, fmt::format("shapes {} and {} cannot be combined", shapeText(context[0].shape()), shapeText(context[1].shape())));
    if (Result<void> fits = checkSize(context.node, *out); !fits) return fits.error();
    if (context[0].type() != context[1].type()) return typeProblem(context.node, context[1].type());
    const Tensor a = widened(context[0]);
    const Tensor b = widened(context[1]);
    std::optional<Tensor> result = withNumericType(a.type(), [&](auto zero) {
        using T = decltype(zero);
        return filledTensor<T>(a.type(), *out, [&](std::span<T> values) {
            broadcastBinary(planBroadcast(a.shape(), b.shape(), *out), a.as<T>().data(), b.as<T>().data(), values.data(), f);
        });
    });
    if (!result) return typeProblem(context.node, context[0].type());
    return std::vector<Tensor>{convertTo(*result, context[0].type())};
}

// ---- BitwiseAnd, BitwiseOr, BitwiseXor, BitwiseNot

struct AndBits { std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const { return a & b; } };
struct OrBits { std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const { return a | b; } };
struct XorBits { std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const { return a ^ b; } };

template <class F>
Result<std::vector<Tensor>> runBits(const RunContext& context)
{
    if (!isIntegerType(context[0].type())) return typeProblem(context.node, context[0].type());
    return combineElements(context, []<class T>(T a, T b) {
        return static_cast<T>(F()(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b)));
    });
}

Result<std::vector<Tensor>> runBitwiseNot(const RunContext& context)
{
    const Tensor& input = context[0];
    if (!isIntegerType(input.type())) return typeProblem(context.node, input.type());
    const std::shared_ptr<std::byte[]> out(new std::byte[input.bytes().size()]);
    std::transform(input.bytes().begin(), input.bytes().end(), out.get(), [](std::byte byte) { return ~byte; });
    return std::vector<Tensor>{Tensor(input.type(), input.shape(), out)};
}

// ---- BitShift: amounts outside of the word leave only copies of the sign

template <class T>
T shifted(T x, T amount, bool to_left)
{
    constexpr int kBits = static_cast<int>(sizeof(T) * 8);
    const bool is_outside = amount < T{0} || static_cast<std::uint64_t>(amount) >= static_cast<std::uint64_t>(kBits);
    if (is_outside) return !to_left && x < T{0} ? static_cast<T>(-1) : T{0};
    const int places = static_cast<int>(amount);
    if (to_left) return static_cast<T>(static_cast<std::uint64_t>(x) << places);
    return static_cast<T>(x >> places);
}

Result<std::vector<Tensor>> runBitShift(const RunContext& context)
{
    const std::string direction = attributeString(context.node, "direction", "");
    if (direction != "LEFT" && direction != "RIGHT") return attributeProblem(context.node, "direction", "it is neither LEFT nor RIGHT");
    if (!isIntegerType(context[0].type())) return typeProblem(context.node, context[0].type());
    const bool to_left = direction == "LEFT";
    return combineElements(context, [to_left]<class T>(T x, T amount) -> T {
        if constexpr (std::is_integral_v<T>) return shifted(x, amount, to_left);
        else return x;
    });
}

// ---- Mod: rounded down (the sign of the divisor), or towards zero with fmod = 1

template <class T>
T remainder(T a, T b, bool towards_zero)
{
    if constexpr (std::is_floating_point_v<T>) {
        const T rest = std::fmod(a, b);
        if (towards_zero || std::isnan(rest)) return rest;
        if (rest == T{0}) return std::copysign(T{0}, b);
        return (rest < T{0}) != (b < T{0}) ? rest + b : rest;
    } else {
        if (b == T{0}) return T{0};
        if constexpr (std::is_signed_v<T>)
            if (b == T{-1}) return T{0}; // the smallest number has no counterpart
        const T rest = static_cast<T>(a % b);
        if (towards_zero || rest == T{0}) return rest;
        return (rest < T{0}) != (b < T{0}) ? static_cast<T>(rest + b) : rest;
    }
}

Result<std::vector<Tensor>> runMod(const RunContext& context)
{
    const bool towards_zero = attributeInt(context.node, "fmod", 0) != 0;
    return combineElements(context, [towards_zero]<class T>(T a, T b) { return remainder(a, b, towards_zero); });
}

// ---- BitCast: the same bits under another type of the same width

/// Width of one element; sub-byte types lie in a byte each.
int bitsOf(ElementType type)
{
    switch (type) {
    case ElementType::Int2:
    case ElementType::Uint2: return 2;
    case ElementType::Int4:
    case ElementType::Uint4:
    case ElementType::Float4E2M1: return 4;
    case ElementType::Float6E2M3:
    case ElementType::Float6E3M2: return 6;
    default: return static_cast<int>(elementBytes(type)) * 8;
    }
}

Result<std::vector<TensorFacts>> bitCastShape(const ShapeContext& context)
{
    return oneOutput(attributeType(context.node, "to", ElementType::Undefined), context.inputs[0].shape);
}

Result<std::vector<Tensor>> runBitCast(const RunContext& context)
{
    const Tensor& input = context[0];
    const ElementType type = attributeType(context.node, "to", ElementType::Undefined);
    if (input.type() == ElementType::String) return typeProblem(context.node, input.type());
    if (bitsOf(type) != bitsOf(input.type()) || bitsOf(type) == 0)
        return attributeProblem(context.node, "to", fmt::format("it names no type as wide as {}", elementTypeName(input.type())));
    const int bits = bitsOf(type);
    if (bits >= 8) return std::vector<Tensor>{Tensor(type, input.shape(), input.sharedBytes())};
    const bool is_signed = type == ElementType::Int4 || type == ElementType::Int2;
    return std::vector<Tensor>{filledTensor<std::uint8_t>(type, input.shape(), [&](std::span<std::uint8_t> out) {
        const std::span<const std::uint8_t> codes = input.as<std::uint8_t>();
        for (std::size_t i = 0; i < out.size(); ++i) {
            unsigned code = codes[i] & ((1U << bits) - 1);
            if (is_signed && (code >> (bits - 1)) != 0) code |= 0xFFU << bits;
            out[i] = static_cast<std::uint8_t>(code & 0xFFU);
        }
    })};
}

constexpr std::array kOps{
    OpDescriptor{"", "BitwiseAnd", 18, 2, broadcastOfInputs, runBits<AndBits>, batchElementwise},
    OpDescriptor{"", "BitwiseOr", 18, 2, broadcastOfInputs, runBits<OrBits>, batchElementwise},
    OpDescriptor{"", "BitwiseXor", 18, 2, broadcastOfInputs, runBits<XorBits>, batchElementwise},
    OpDescriptor{"", "BitwiseNot", 18, 1, sameAsInput, runBitwiseNot, batchElementwise},
    OpDescriptor{"", "BitShift", 11, 2, broadcastOfInputs, runBitShift, batchElementwise},
    OpDescriptor{"", "Mod", 10, 2, broadcastOfInputs, runMod, batchElementwise},
    OpDescriptor{"", "BitCast", 26, 1, bitCastShape, runBitCast, batchElementwise},
};

} // namespace

std::span<const OpDescriptor> bitwiseOps()
{
    return kOps;
}

} // namespace bitwright
