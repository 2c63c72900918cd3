// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/broadcast_loop.h"
#include "ops/families.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- Comparisons and logic: the result is boolean

template <class F>
Result<std::vector<Tensor>> runCompare(const RunContext& context)
{
    const Tensor& a = context[0];
    const Tensor b = alignedOperand(context);
    const std::optional<Shape> out = broadcastShape(a.shape(), b.shape());
    if (!out)
        return shapeProblem(context.node, fmt::format("shapes {} and {} cannot be combined", shapeText(a.shape()), shapeText(b.shape())));
    if (Result<void> fits = checkSize(context.node, *out); !fits) return fits.error();
    if (isOpaqueType(a.type()) || a.type() != b.type()) return typeProblem(context.node, b.type());
    const bool is_wide = a.type() == ElementType::Int64 || a.type() == ElementType::Uint64;
    const ElementType work = is_wide ? a.type() : ElementType::Float64; // exact for every other type
    const Tensor left = convertTo(a, work);
    const Tensor right = convertTo(b, work);
    std::optional<Tensor> result = withNumericType(work, [&](auto zero) {
        using T = decltype(zero);
        return filledTensor<std::uint8_t>(ElementType::Bool, *out, [&](std::span<std::uint8_t> flags) {
            broadcastBinary(planBroadcast(a.shape(), b.shape(), *out), left.as<T>().data(), right.as<T>().data(), flags.data(),
                            [](T x, T y) { return static_cast<std::uint8_t>(F()(x, y)); });
        });
    });
    return std::vector<Tensor>{*std::move(result)};
}

struct AndElements { template <class T> bool operator()(T a, T b) const { return a != T{0} && b != T{0}; } };
struct OrElements { template <class T> bool operator()(T a, T b) const { return a != T{0} || b != T{0}; } };
struct XorElements { template <class T> bool operator()(T a, T b) const { return (a != T{0}) != (b != T{0}); } };

Result<std::vector<TensorFacts>> compareShape(const ShapeContext& context)
{
    Result<std::vector<TensorFacts>> facts = binaryShape(context);
    if (facts) facts->front().type = ElementType::Bool;
    return facts;
}

template <class F>
Result<std::vector<Tensor>> runTest(const RunContext& context)
{
    const Tensor& input = context[0];
    if (isOpaqueType(input.type())) return typeProblem(context.node, input.type());
    const std::vector<double> values = asDoubles(input);
    return std::vector<Tensor>{filledTensor<std::uint8_t>(ElementType::Bool, input.shape(), [&](std::span<std::uint8_t> out) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = F()(values[i]) ? 1 : 0;
    })};
}

struct NotElement { bool operator()(double x) const { return x == 0; } };
struct NanElement { bool operator()(double x) const { return std::isnan(x); } };

Result<std::vector<Tensor>> runIsInf(const RunContext& context)
{
    const bool finds_negative = attributeInt(context.node, "detect_negative", 1) != 0;
    const bool finds_positive = attributeInt(context.node, "detect_positive", 1) != 0;
    if (!isFloatType(context[0].type())) return typeProblem(context.node, context[0].type());
    const std::vector<double> values = asDoubles(context[0]);
    return std::vector<Tensor>{filledTensor<std::uint8_t>(ElementType::Bool, context[0].shape(), [&](std::span<std::uint8_t> out) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = std::isinf(values[i]) && (values[i] < 0 ? finds_negative : finds_positive) ? 1 : 0;
    })};
}

Result<std::vector<TensorFacts>> testShape(const ShapeContext& context)
{
    return oneOutput(ElementType::Bool, context.inputs[0].shape);
}

// ---- Where

Result<std::vector<TensorFacts>> whereShape(const ShapeContext& context)
{
    Result<std::vector<TensorFacts>> facts = broadcastOfInputs(context);
    if (facts) facts->front().type = context.type(1);
    return facts;
}

template <class T>
Tensor chosen(const RunContext& context, const Shape& out)
{
    const auto steps_c = broadcastSteps(context[0].shape(), out);
    const auto steps_a = broadcastSteps(context[1].shape(), out);
    const auto steps_b = broadcastSteps(context[2].shape(), out);
    const auto places = rowSteps(out);
    const auto condition = context[0].as<std::uint8_t>();
    return filledTensor<T>(context[1].type(), out, [&](std::span<T> result) {
        for (std::size_t i = 0; i < result.size(); ++i) {
            std::int64_t at[3] = {0, 0, 0};
            for (std::size_t axis = 0; axis < out.size(); ++axis) {
                const std::int64_t index = static_cast<std::int64_t>(i) / places[axis] % out[axis];
                at[0] += index * steps_c[axis];
                at[1] += index * steps_a[axis];
                at[2] += index * steps_b[axis];
            }
            const Tensor& source = condition[static_cast<std::size_t>(at[0])] != 0 ? context[1] : context[2];
            result[i] = source.as<T>()[static_cast<std::size_t>(&source == &context[1] ? at[1] : at[2])];
        }
    });
}

Result<std::vector<Tensor>> runWhere(const RunContext& context)
{
    const std::optional<Shape> values = broadcastShape(context[1].shape(), context[2].shape());
    const std::optional<Shape> out = values ? broadcastShape(context[0].shape(), *values) : std::nullopt;
    if (!out) return shapeProblem(context.node, "its three shapes cannot be combined");
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    if (context[0].type() != ElementType::Bool) return typeProblem(context.node, context[0].type());
    if (context[1].type() != context[2].type()) return typeProblem(context.node, context[2].type());
    switch (elementBytes(context[1].type())) {
    case 1: return std::vector<Tensor>{chosen<std::uint8_t>(context, *out)};
    case 2: return std::vector<Tensor>{chosen<std::uint16_t>(context, *out)};
    case 4: return std::vector<Tensor>{chosen<std::uint32_t>(context, *out)};
    case 8: return std::vector<Tensor>{chosen<std::uint64_t>(context, *out)};
    default: return typeProblem(context.node, context[1].type());
    }
}

template <class F>
constexpr OpDescriptor compareOp(std::string_view name, int since)
{
    return {"", name, since, 2, compareShape, runCompare<F>, batchBinary};
}

const std::array kOps{
    compareOp<std::equal_to<>>("Equal", 1),
    compareOp<std::less<>>("Less", 1),
    compareOp<std::less_equal<>>("LessOrEqual", 12),
    compareOp<std::greater<>>("Greater", 1),
    compareOp<std::greater_equal<>>("GreaterOrEqual", 12),
    compareOp<AndElements>("And", 1),
    compareOp<OrElements>("Or", 1),
    compareOp<XorElements>("Xor", 1),
    OpDescriptor{"", "Not", 1, 1, testShape, runTest<NotElement>, batchElementwise},
    OpDescriptor{"", "IsNaN", 9, 1, testShape, runTest<NanElement>, batchElementwise},
    OpDescriptor{"", "IsInf", 10, 1, testShape, runIsInf, batchElementwise},
    OpDescriptor{"", "Where", 9, 3, whereShape, runWhere, batchElementwise},
};

} // namespace

std::span<const OpDescriptor> logicOps()
{
    return kOps;
}

} // namespace bitwright
