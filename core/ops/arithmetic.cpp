// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <type_traits>

#include <fmt/format.h>

#include "model/small_floats.h"
#include "ops/broadcast_loop.h"
#include "ops/families.h"

namespace bitwright {
namespace {

// Integers wrap, as in ONNX Runtime; through unsigned arithmetic, because C++ leaves signed overflow open.
template <class T, class F>
T wrapping(T a, T b, F f)
{
    if constexpr (std::is_floating_point_v<T>) {
        return f(a, b);
    } else {
        using Unsigned = std::make_unsigned_t<T>;
        // Widened: small unsigned types would be promoted to a signed int.
        return static_cast<T>(
            static_cast<Unsigned>(f(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b))));
    }
}

struct AddElements {
    template <class T>
    T operator()(T a, T b) const
    {
        return wrapping(a, b, std::plus<>());
    }
};

struct SubElements {
    template <class T>
    T operator()(T a, T b) const
    {
        return wrapping(a, b, std::minus<>());
    }
};

struct MulElements {
    template <class T>
    T operator()(T a, T b) const
    {
        return wrapping(a, b, std::multiplies<>());
    }
};

struct DivElements {
    template <class T>
    T operator()(T a, T b) const
    {
        if constexpr (std::is_integral_v<T>) {
            if (b == 0) return 0;
            if constexpr (std::is_signed_v<T>)
                if (b == -1) return SubElements()(T{0}, a); // the smallest number has no counterpart
        }
        return static_cast<T>(a / b);
    }
};

// NaN wins on either side, as in numpy and ONNX Runtime.
struct MaxElements {
    template <class T>
    T operator()(T a, T b) const
    {
        if constexpr (std::is_floating_point_v<T>)
            if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<T>::quiet_NaN();
        return a > b ? a : b;
    }
};

struct MinElements {
    template <class T>
    T operator()(T a, T b) const
    {
        if constexpr (std::is_floating_point_v<T>)
            if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<T>::quiet_NaN();
        return a < b ? a : b;
    }
};

template <class T, class F>
Tensor combineAs(const Tensor& a, const Tensor& b, const Shape& out, F f)
{
    Tensor result = Tensor::zeros(a.type(), out);
    auto* data = const_cast<T*>(result.as<T>().data()); // fresh memory, not shared yet
    broadcastBinary(planBroadcast(a.shape(), b.shape(), out), a.as<T>().data(), b.as<T>().data(), data, f);
    return result;
}

template <class F>
Result<Tensor> combine(const Node& node, const Tensor& a, const Tensor& b, F f)
{
    const std::optional<Shape> out = broadcastShape(a.shape(), b.shape());
    if (!out)
        return shapeProblem(node, fmt::format("shapes {} and {} cannot be combined", shapeText(a.shape()),
                                              shapeText(b.shape())));
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(node, *out);
    if (a.type() != b.type()) return typeProblem(node, b.type());
    switch (a.type()) {
    case ElementType::Float32: return combineAs<float>(a, b, *out, f);
    case ElementType::Float64: return combineAs<double>(a, b, *out, f);
    case ElementType::Int8: return combineAs<std::int8_t>(a, b, *out, f);
    case ElementType::Uint8: return combineAs<std::uint8_t>(a, b, *out, f);
    case ElementType::Int16: return combineAs<std::int16_t>(a, b, *out, f);
    case ElementType::Uint16: return combineAs<std::uint16_t>(a, b, *out, f);
    case ElementType::Int32: return combineAs<std::int32_t>(a, b, *out, f);
    case ElementType::Uint32: return combineAs<std::uint32_t>(a, b, *out, f);
    case ElementType::Int64: return combineAs<std::int64_t>(a, b, *out, f);
    case ElementType::Uint64: return combineAs<std::uint64_t>(a, b, *out, f);
    default: break;
    }
    if (!isSmallFloat(a.type())) return typeProblem(node, a.type());
    const Tensor wide = combineAs<float>(convertTo(a, ElementType::Float32), convertTo(b, ElementType::Float32), *out, f);
    return convertTo(wide, a.type());
}

template <class F>
Result<std::vector<Tensor>> runBinary(const RunContext& context)
{
    Result<Tensor> result = combine(context.node, context[0], alignedOperand(context), F());
    if (!result) return result.error();
    return std::vector<Tensor>{*std::move(result)};
}

template <class F>
Result<Tensor> foldInputs(const RunContext& context)
{
    Tensor total = context[0];
    for (std::size_t i = 1; i < context.inputs.size(); ++i) {
        if (!context.inputs[i]) return missingInput(context.node, i);
        Result<Tensor> next = combine(context.node, total, context[i], F());
        if (!next) return next.error();
        total = *std::move(next);
    }
    return total;
}

template <class F>
Result<std::vector<Tensor>> runVariadic(const RunContext& context)
{
    Result<Tensor> total = foldInputs<F>(context);
    if (!total) return total.error();
    return std::vector<Tensor>{*std::move(total)};
}

Result<std::vector<Tensor>> runMean(const RunContext& context)
{
    Result<Tensor> total = foldInputs<AddElements>(context);
    if (!total) return total.error();
    const auto count = static_cast<float>(context.inputs.size());
    const Tensor divisor = convertTo(Tensor::of<float>({}, std::span(&count, 1)), total->type());
    Result<Tensor> mean = combine(context.node, *total, divisor, DivElements());
    if (!mean) return mean.error();
    return std::vector<Tensor>{*std::move(mean)};
}

struct PowElements {
    template <class T>
    T operator()(T a, T b) const
    {
        return static_cast<T>(std::pow(a, b));
    }
};

/// By squaring, so that no digit is lost; wraps. The only powers of negative exponents that are not cut off to 0
/// are those of 1 and -1.
struct IntegerPowElements {
    template <class T>
    T operator()(T a, T b) const
    {
        if constexpr (std::is_same_v<T, std::int64_t>) {
            if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
            auto base = static_cast<std::uint64_t>(a);
            std::uint64_t power = 1;
            for (auto rest = static_cast<std::uint64_t>(b); rest != 0; rest >>= 1, base *= base)
                if ((rest & 1U) != 0) power *= base;
            return static_cast<T>(power);
        } else {
            return a;
        }
    }
};

Result<std::vector<Tensor>> runPow(const RunContext& context)
{
    // The exponent may have a type of its own; the result has the base's.
    const bool is_double = context[0].type() == ElementType::Float64 || context[0].type() == ElementType::Int64;
    const ElementType work = is_double ? ElementType::Float64 : ElementType::Float32;
    const Tensor exponent = alignedOperand(context);
    if (isIntegerType(context[0].type()) && isIntegerType(exponent.type())) {
        constexpr ElementType kWide = ElementType::Int64;
        Result<Tensor> power = combine(context.node, convertTo(context[0], kWide), convertTo(exponent, kWide), IntegerPowElements());
        if (!power) return power.error();
        return std::vector<Tensor>{convertTo(*power, context[0].type())};
    }
    Result<Tensor> power = combine(context.node, convertTo(context[0], work), convertTo(exponent, work), PowElements());
    if (!power) return power.error();
    return std::vector<Tensor>{convertTo(*power, context[0].type())};
}

constexpr std::array kOps{
    OpDescriptor{"", "Add", 1, 2, binaryShape, runBinary<AddElements>, batchBinary},
    OpDescriptor{"", "Sub", 1, 2, binaryShape, runBinary<SubElements>, batchBinary},
    OpDescriptor{"", "Mul", 1, 2, binaryShape, runBinary<MulElements>, batchBinary},
    OpDescriptor{"", "Div", 1, 2, binaryShape, runBinary<DivElements>, batchBinary},
    OpDescriptor{"", "Pow", 1, 2, binaryShape, runPow, batchBinary},
    OpDescriptor{"", "Max", 1, 1, broadcastOfInputs, runVariadic<MaxElements>, batchElementwise},
    OpDescriptor{"", "Min", 1, 1, broadcastOfInputs, runVariadic<MinElements>, batchElementwise},
    OpDescriptor{"", "Sum", 1, 1, broadcastOfInputs, runVariadic<AddElements>, batchElementwise},
    OpDescriptor{"", "Mean", 1, 1, broadcastOfInputs, runMean, batchElementwise},
};

} // namespace

std::span<const OpDescriptor> arithmeticOps()
{
    return kOps;
}

} // namespace bitwright
