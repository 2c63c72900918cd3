// SPDX-License-Identifier: GPL-3.0-or-later
// Reduce* (onnx: docs/Operators.md): over the attribute `axes`, from opset 18 (ReduceSum: 13) over input 1.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// The reduced axes of a shape of @p rank; nothing where they are not known yet.
template <class Context>
Result<std::optional<std::vector<std::size_t>>> reducedAxes(const Context& context, std::size_t rank)
{
    using Axes = std::optional<std::vector<std::size_t>>;
    const bool is_given = context.node.inputs.size() > 1 && context.node.inputs[1] != kNone;
    const std::optional<std::vector<std::int64_t>> axes = integersFrom(context, "axes", 1);
    if (is_given && !axes) return Axes{};
    if (axes && !axes->empty()) {
        Result<std::vector<std::size_t>> normal = normalAxes(context.node, *axes, rank);
        if (!normal) return normal.error();
        return Axes(*std::move(normal));
    }
    std::vector<std::size_t> all(attributeInt(context.node, "noop_with_empty_axes", 0) != 0 ? 0 : rank);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return Axes(std::move(all));
}

bool keepsDimensions(const Node& node)
{
    return attributeInt(node, "keepdims", 1) != 0;
}

Shape reducedShape(const Shape& from, const std::vector<std::size_t>& axes, bool keeps)
{
    Shape out;
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (!std::binary_search(axes.begin(), axes.end(), i)) out.push_back(from[i]);
        else if (keeps) out.push_back(1);
    }
    return out;
}

Result<std::vector<TensorFacts>> reduceShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    if (!from) return oneOutput(context.type(0), std::nullopt);
    Result<std::optional<std::vector<std::size_t>>> axes = reducedAxes(context, from->size());
    if (!axes) return axes.error();
    if (*axes) return oneOutput(context.type(0), reducedShape(*from, **axes, keepsDimensions(context.node)));
    if (keepsDimensions(context.node)) return oneOutput(context.type(0), Shape(from->size(), -1));
    return oneOutput(context.type(0), std::nullopt);
}

/// The tensor with the reduced axes behind the others, so that every result is one row.
Tensor rowsOfReduction(const Tensor& tensor, const std::vector<std::size_t>& axes)
{
    const std::vector<std::int64_t> own = rowSteps(tensor.shape());
    Shape shape;
    std::vector<std::int64_t> steps;
    for (const bool is_reduced : {false, true})
        for (std::size_t i = 0; i < own.size(); ++i) {
            if (std::binary_search(axes.begin(), axes.end(), i) != is_reduced) continue;
            shape.push_back(tensor.shape()[i]);
            steps.push_back(own[i]);
        }
    return steps == own ? tensor : copyStrided(tensor, shape, steps);
}

// Every reduction works on one row. Sums of floating-point numbers are rounded once, at the end: what a sample
// gets then does not depend on how a run is cut. Integers wrap.

template <class T>
using Sum = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;

struct SumRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        Sum<T> sum = 0;
        for (const T x : row) sum += static_cast<Sum<T>>(x);
        return static_cast<T>(sum);
    }
};
struct SquaresRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        Sum<T> sum = 0;
        for (const T x : row) sum += static_cast<Sum<T>>(x) * static_cast<Sum<T>>(x);
        return static_cast<T>(sum);
    }
};
struct MagnitudesRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        Sum<T> sum = 0;
        for (const T x : row) sum += x < T{0} ? Sum<T>{0} - static_cast<Sum<T>>(x) : static_cast<Sum<T>>(x);
        return static_cast<T>(sum);
    }
};
struct ProductRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        Sum<T> product = 1;
        for (const T x : row) product *= static_cast<Sum<T>>(x);
        return static_cast<T>(product);
    }
};

template <class T>
double sumOf(std::span<const T> row)
{
    double sum = 0;
    for (const T x : row) sum += static_cast<double>(x);
    return sum;
}

/// Results between the numbers of an integer type are cut off; outside of its range they are its nearest number.
template <class T>
T fromDouble(double value)
{
    if constexpr (std::is_floating_point_v<T>) {
        return static_cast<T>(value);
    } else {
        using Limits = std::numeric_limits<T>;
        if (std::isnan(value)) return T{0};
        if (value <= static_cast<double>(Limits::min())) return Limits::min();
        if (value >= static_cast<double>(Limits::max())) return Limits::max();
        return static_cast<T>(value);
    }
}

struct MeanRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        return fromDouble<T>(sumOf(row) / static_cast<double>(row.size()));
    }
};
struct LengthRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        double sum = 0;
        for (const T x : row) sum += static_cast<double>(x) * static_cast<double>(x);
        return fromDouble<T>(std::sqrt(sum));
    }
};
struct LogSumRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        return fromDouble<T>(std::log(sumOf(row)));
    }
};
struct LogSumExpRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        double largest = -std::numeric_limits<double>::infinity();
        for (const T x : row) largest = std::max(largest, static_cast<double>(x));
        if (std::isinf(largest)) return fromDouble<T>(largest);
        double sum = 0; // of exponentials that do not overflow
        for (const T x : row) sum += std::exp(static_cast<double>(x) - largest);
        return fromDouble<T>(largest + std::log(sum));
    }
};

template <class T>
bool isNan(T x)
{
    if constexpr (std::is_floating_point_v<T>) return std::isnan(x);
    else return false;
}

// The largest of no elements is the smallest number, and the other way round; NaN wins.
struct LargestRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        using Limits = std::numeric_limits<T>;
        T best = std::is_floating_point_v<T> ? -Limits::infinity() : Limits::lowest();
        for (const T x : row)
            if (isNan(x) || x > best) best = x;
            else if (isNan(best)) break;
        return best;
    }
};
struct SmallestRow {
    template <class T>
    T operator()(std::span<const T> row) const
    {
        using Limits = std::numeric_limits<T>;
        T best = std::is_floating_point_v<T> ? Limits::infinity() : Limits::max();
        for (const T x : row)
            if (isNan(x) || x < best) best = x;
            else if (isNan(best)) break;
        return best;
    }
};

template <class Row>
Result<std::vector<Tensor>> runReduce(const RunContext& context)
{
    const Tensor& input = context[0];
    Result<std::optional<std::vector<std::size_t>>> axes = reducedAxes(context, input.shape().size());
    if (!axes) return axes.error();
    if (!*axes) return missingInput(context.node, 1);
    const Shape out = reducedShape(input.shape(), **axes, keepsDimensions(context.node));
    // Booleans have a largest and a smallest value, and nothing else.
    constexpr bool kTakesBooleans = std::is_same_v<Row, LargestRow> || std::is_same_v<Row, SmallestRow>;
    const bool is_boolean = kTakesBooleans && input.type() == ElementType::Bool;
    const Tensor numbers = is_boolean ? Tensor(ElementType::Uint8, input.shape(), input.sharedBytes()) : widened(input);
    const Tensor rows = rowsOfReduction(numbers, **axes);
    std::int64_t length = 1;
    for (const std::size_t axis : **axes) length *= input.shape()[axis];
    if (Result<void> fits = checkSize(context.node, out); !fits) return fits.error();
    std::optional<Tensor> result = withNumericType(rows.type(), [&](auto zero) {
        using T = decltype(zero);
        const T* x = rows.as<T>().data();
        return filledTensor<T>(rows.type(), out, [&](std::span<T> y) {
            for (std::size_t i = 0; i < y.size(); ++i) {
                y[i] = Row()(std::span<const T>(x, static_cast<std::size_t>(length)));
                x += length;
            }
            if (is_boolean)
                for (T& flag : y) flag = flag != T{0} ? T{1} : T{0};
        });
    });
    if (!result) return typeProblem(context.node, input.type());
    if (is_boolean) return std::vector<Tensor>{Tensor(ElementType::Bool, out, result->sharedBytes())};
    return std::vector<Tensor>{convertTo(*result, input.type())};
}

bool batchReduce(const BatchContext& context)
{
    if (!batchFirstInput(context)) return false;
    const std::size_t rank = context.rank(0);
    const ShapeContext facts{context.node, context.opset, context.inputs};
    const Result<std::optional<std::vector<std::size_t>>> axes = reducedAxes(facts, rank);
    return axes && *axes && !std::binary_search((*axes)->begin(), (*axes)->end(), std::size_t{0});
}

template <class Row>
constexpr OpDescriptor reduceOp(std::string_view name)
{
    return {"", name, 1, 1, reduceShape, runReduce<Row>, batchReduce};
}

constexpr std::array kOps{
    reduceOp<SumRow>("ReduceSum"),          reduceOp<MeanRow>("ReduceMean"),     reduceOp<LargestRow>("ReduceMax"),
    reduceOp<SmallestRow>("ReduceMin"),     reduceOp<ProductRow>("ReduceProd"),  reduceOp<MagnitudesRow>("ReduceL1"),
    reduceOp<LengthRow>("ReduceL2"),        reduceOp<LogSumRow>("ReduceLogSum"), reduceOp<LogSumExpRow>("ReduceLogSumExp"),
    reduceOp<SquaresRow>("ReduceSumSquare"),
};

} // namespace

std::span<const OpDescriptor> reductionOps()
{
    return kOps;
}

} // namespace bitwright
