// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/small_floats.h"
#include "ops/broadcast_loop.h"
#include "ops/families.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

template <class F>
Tensor mapAny(const Tensor& input, F f)
{
    std::optional<Tensor> result = withNumericType(input.type(), [&](auto zero) {
        using T = decltype(zero);
        const std::span<const T> in = input.as<T>();
        return filledTensor<T>(input.type(), input.shape(), [&](std::span<T> out) {
            for (std::size_t i = 0; i < in.size(); ++i) out[i] = static_cast<T>(f(in[i]));
        });
    });
    return result ? *std::move(result) : Tensor();
}

/// Runs F on every element in its own type; small floating-point types through float32.
template <class F>
Result<std::vector<Tensor>> runMap(const RunContext& context)
{
    const Tensor& input = context[0];
    if (isSmallFloat(input.type()))
        return std::vector<Tensor>{convertTo(mapAny(convertTo(input, ElementType::Float32), F()), input.type())};
    Tensor result = mapAny(input, F());
    if (result.isEmpty()) return typeProblem(context.node, input.type());
    return std::vector<Tensor>{std::move(result)};
}

/// The same for functions that only floating-point types have.
template <class F>
Result<std::vector<Tensor>> runFloatMap(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (type != ElementType::Float32 && type != ElementType::Float64 && !isSmallFloat(type))
        return typeProblem(context.node, type);
    return runMap<F>(context);
}

template <class T>
constexpr bool kIsFloat = std::is_floating_point_v<T>;

// NaN stays NaN, as in ONNX Runtime.
struct ReluElement { template <class T> T operator()(T x) const { return x < T{0} ? T{0} : x; } };
struct AbsElement
{
    template <class T>
    T operator()(T x) const
    {
        if constexpr (kIsFloat<T>) return std::fabs(x);
        else if constexpr (std::is_signed_v<T>) return static_cast<T>(x < 0 ? T{0} - static_cast<std::make_unsigned_t<T>>(x) : x);
        else return x;
    }
};
struct NegElement
{
    template <class T>
    T operator()(T x) const
    {
        if constexpr (kIsFloat<T>) return -x;
        else return static_cast<T>(std::uint64_t{0} - static_cast<std::uint64_t>(x));
    }
};
struct SignElement { template <class T> T operator()(T x) const { return static_cast<T>((x > T{0}) - (x < T{0})); } };
struct SqrtElement { template <class T> auto operator()(T x) const { return std::sqrt(x); } };
struct ExpElement { template <class T> auto operator()(T x) const { return std::exp(x); } };
struct LogElement { template <class T> auto operator()(T x) const { return std::log(x); } };
struct FloorElement { template <class T> auto operator()(T x) const { return std::floor(x); } };
struct CeilElement { template <class T> auto operator()(T x) const { return std::ceil(x); } };
struct RoundElement { template <class T> auto operator()(T x) const { return std::nearbyint(x); } };
struct ErfElement { template <class T> auto operator()(T x) const { return std::erf(x); } };
struct ReciprocalElement
{
    template <class T>
    T operator()(T x) const
    {
        if constexpr (kIsFloat<T>) return T{1} / x;
        else return x == 0 ? T{0} : static_cast<T>(1 / x);
    }
};
struct SinElement { template <class T> auto operator()(T x) const { return std::sin(x); } };
struct CosElement { template <class T> auto operator()(T x) const { return std::cos(x); } };
struct TanElement { template <class T> auto operator()(T x) const { return std::tan(x); } };
struct AsinElement { template <class T> auto operator()(T x) const { return std::asin(x); } };
struct AcosElement { template <class T> auto operator()(T x) const { return std::acos(x); } };
struct AtanElement { template <class T> auto operator()(T x) const { return std::atan(x); } };
struct SinhElement { template <class T> auto operator()(T x) const { return std::sinh(x); } };
struct CoshElement { template <class T> auto operator()(T x) const { return std::cosh(x); } };
struct AsinhElement { template <class T> auto operator()(T x) const { return std::asinh(x); } };
struct AcoshElement { template <class T> auto operator()(T x) const { return std::acosh(x); } };
struct AtanhElement { template <class T> auto operator()(T x) const { return std::atanh(x); } };

// ---- Clip: bounds are attributes up to opset 10, then inputs 1 and 2

/// The bound as T; nothing where there is none.
template <class T>
std::optional<T> clipBound(const RunContext& context, std::size_t input, std::string_view name)
{
    if (const Tensor* bound = context.find(input)) {
        if (bound->size() != 1) return std::nullopt;
        return convertTo(*bound, elementTypeOf<T>()).template as<T>()[0];
    }
    if (!hasAttribute(context.node, name)) return std::nullopt;
    const double value = attributeFloat(context.node, name, 0);
    return convertTo(Tensor::of<double>({1}, std::span(&value, 1)), elementTypeOf<T>()).template as<T>()[0];
}

Result<std::vector<Tensor>> runClip(const RunContext& context)
{
    const Tensor& input = context[0];
    const Tensor work = widened(input);
    std::optional<Tensor> result = withNumericType(work.type(), [&](auto zero) {
        using T = decltype(zero);
        const std::optional<T> low = clipBound<T>(context, 1, "min");
        const std::optional<T> high = clipBound<T>(context, 2, "max");
        const std::span<const T> in = work.as<T>();
        return filledTensor<T>(work.type(), work.shape(), [&](std::span<T> out) {
            for (std::size_t i = 0; i < in.size(); ++i) {
                T x = in[i];
                if (low && x < *low) x = *low;
                if (high && x > *high) x = *high; // the upper bound wins when they cross
                out[i] = x;
            }
        });
    });
    if (!result) return typeProblem(context.node, input.type());
    return std::vector<Tensor>{convertTo(*result, input.type())};
}

// ---- PRelu

Result<std::vector<Tensor>> runPRelu(const RunContext& context)
{
    const Tensor& x = context[0];
    Tensor slope = context[1];
    if (context.opset < 7 && slope.size() > 1 && slope.shape().size() == 1 && x.shape().size() > 2) {
        Shape shape(x.shape().size() - 1, 1); // one slope per channel
        shape[0] = slope.size();
        slope = slope.reshaped(shape);
    }
    const std::optional<Shape> common = broadcastShape(x.shape(), slope.shape());
    if (!common || *common != x.shape())
        return shapeProblem(context.node, fmt::format("a slope of shape {} does not fit {}", shapeText(slope.shape()), shapeText(x.shape())));
    if (x.type() != slope.type()) return typeProblem(context.node, slope.type());
    const bool is_small = isSmallFloat(x.type());
    const Tensor left = is_small ? convertTo(x, ElementType::Float32) : x;
    const Tensor right = is_small ? convertTo(slope, ElementType::Float32) : slope;
    std::optional<Tensor> result = withNumericType(left.type(), [&](auto zero) {
        using T = decltype(zero);
        return filledTensor<T>(left.type(), left.shape(), [&](std::span<T> out) {
            broadcastBinary(planBroadcast(left.shape(), right.shape(), left.shape()), left.as<T>().data(), right.as<T>().data(),
                            out.data(), [](T a, T b) {
                                if constexpr (std::is_floating_point_v<T>) return a < T{0} ? a * b : a;
                                else return a < T{0} ? static_cast<T>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b)) : a;
                            });
        });
    });
    if (!result) return typeProblem(context.node, x.type());
    return std::vector<Tensor>{convertTo(*result, x.type())};
}

bool batchPRelu(const BatchContext& context)
{
    return context.batched(0) && batchElementwise(context);
}

template <class F>
constexpr OpDescriptor floatOp(std::string_view name, int since)
{
    return {"", name, since, 1, sameAsInput, runFloatMap<F>, batchElementwise};
}
template <class F>
constexpr OpDescriptor anyOp(std::string_view name, int since)
{
    return {"", name, since, 1, sameAsInput, runMap<F>, batchElementwise};
}

const std::array kOps{
    anyOp<ReluElement>("Relu", 1),       anyOp<AbsElement>("Abs", 1),        anyOp<NegElement>("Neg", 1),
    anyOp<SignElement>("Sign", 9),       anyOp<ReciprocalElement>("Reciprocal", 1),
    floatOp<SqrtElement>("Sqrt", 1),     floatOp<ExpElement>("Exp", 1),      floatOp<LogElement>("Log", 1),
    floatOp<FloorElement>("Floor", 1),   floatOp<CeilElement>("Ceil", 1),    floatOp<RoundElement>("Round", 11),
    floatOp<ErfElement>("Erf", 9),       floatOp<SinElement>("Sin", 7),      floatOp<CosElement>("Cos", 7),
    floatOp<TanElement>("Tan", 7),       floatOp<AsinElement>("Asin", 7),    floatOp<AcosElement>("Acos", 7),
    floatOp<AtanElement>("Atan", 7),     floatOp<SinhElement>("Sinh", 9),    floatOp<CoshElement>("Cosh", 9),
    floatOp<AsinhElement>("Asinh", 9),   floatOp<AcoshElement>("Acosh", 9),  floatOp<AtanhElement>("Atanh", 9),
    OpDescriptor{"", "Clip", 1, 1, sameAsInput, runClip, batchFirstInput},
    OpDescriptor{"", "PRelu", 1, 2, sameAsInput, runPRelu, batchPRelu},
};

} // namespace

std::span<const OpDescriptor> unaryMathOps()
{
    return kOps;
}

} // namespace bitwright
