// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that compare the elements of one tensor with each other: ArgMax, ArgMin, TopK, Unique.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// A strict order on all numbers: NaN stands behind everything, as numpy sorts.
template <class T>
bool isBefore(T a, T b)
{
    if constexpr (std::is_floating_point_v<T>)
        if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
    return a < b;
}

/// Elements as numbers that can be ordered. Exact for every type.
Tensor comparable(const Tensor& tensor)
{
    if (isIntegerType(tensor.type()) || tensor.type() == ElementType::Float64) return tensor;
    return convertTo(tensor, ElementType::Float32);
}

Tensor integersOf(Shape shape, const std::vector<std::int64_t>& values)
{
    return Tensor::of<std::int64_t>(std::move(shape), values);
}

// ---- ArgMax, ArgMin

Shape withoutAxis(Shape shape, std::size_t axis, bool keeps)
{
    if (keeps) shape[axis] = 1;
    else shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
    return shape;
}

Result<std::vector<TensorFacts>> argShape(const ShapeContext& context)
{
    if (!context.shape(0)) return oneOutput(ElementType::Int64, std::nullopt);
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), *context.shape(0));
    if (!axis) return axis.error();
    return oneOutput(ElementType::Int64, withoutAxis(*context.shape(0), *axis, attributeInt(context.node, "keepdims", 1) != 0));
}

template <bool largest>
Result<std::vector<Tensor>> runArg(const RunContext& context)
{
    const Tensor& input = context[0];
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), input.shape());
    if (!axis) return axis.error();
    if (isOpaqueType(input.type())) return typeProblem(context.node, input.type());
    const AxisRows rows = rowsAlong(input.shape(), *axis);
    if (rows.length == 0 && rows.outer * rows.inner > 0) return shapeProblem(context.node, "there is nothing to choose from");
    const bool takes_last = attributeInt(context.node, "select_last_index", 0) != 0;
    const Tensor numbers = comparable(input);
    std::vector<std::int64_t> places(static_cast<std::size_t>(rows.outer * rows.inner));
    withNumericType(numbers.type(), [&](auto zero) {
        using T = decltype(zero);
        const T* x = numbers.as<T>().data();
        for (std::size_t r = 0; r < places.size(); ++r) {
            const std::int64_t row = static_cast<std::int64_t>(r);
            const T* first = x + row / rows.inner * rows.length * rows.inner + row % rows.inner;
            std::int64_t best = 0;
            for (std::int64_t k = 1; k < rows.length; ++k) {
                const T a = first[k * rows.inner];
                const T b = first[best * rows.inner];
                const bool is_better = largest ? isBefore(b, a) : isBefore(a, b);
                const bool is_worse = largest ? isBefore(a, b) : isBefore(b, a);
                if (is_better || (takes_last && !is_worse)) best = k;
            }
            places[r] = best;
        }
        return true;
    });
    return std::vector<Tensor>{
        integersOf(withoutAxis(input.shape(), *axis, attributeInt(context.node, "keepdims", 1) != 0), places)};
}

bool batchArg(const BatchContext& context)
{
    return normalAxis(attributeInt(context.node, "axis", 0), context.rank(0)).value_or(0) != 0;
}

// ---- TopK: k is an attribute up to opset 9, then input 1

template <class Context>
Result<Shape> topShape(const Context& context, const Shape& from, std::int64_t k)
{
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", -1), from);
    if (!axis) return axis.error();
    if (k < 0 || (from[*axis] >= 0 && k > from[*axis]))
        return shapeProblem(context.node, fmt::format("{} of {} elements cannot be chosen", k, from[*axis]));
    Shape out = from;
    out[*axis] = k;
    return out;
}

template <class Context>
std::optional<std::int64_t> topCount(const Context& context, const Tensor* k)
{
    if (k) return singleInteger(k);
    if (!hasAttribute(context.node, "k")) return std::nullopt;
    return attributeInt(context.node, "k", 0);
}

Result<std::vector<TensorFacts>> topKShape(const ShapeContext& context)
{
    std::optional<Shape> shape;
    if (const Shape* from = context.shape(0)) {
        if (const std::optional<std::int64_t> k = topCount(context, context.constant(1))) {
            Result<Shape> out = topShape(context, *from, *k);
            if (!out) return out.error();
            shape = *out;
        } else {
            Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", -1), *from);
            if (!axis) return axis.error();
            shape = *from;
            (*shape)[*axis] = -1;
        }
    }
    return std::vector<TensorFacts>{{context.type(0), shape, {}}, {ElementType::Int64, shape, {}}};
}

/// The places of the first @p k elements of one row in descending or ascending order; equal ones by place.
template <class T>
void topPlaces(const T* row, const AxisRows& rows, bool largest, std::int64_t k, std::vector<std::int64_t>& places)
{
    places.resize(static_cast<std::size_t>(rows.length));
    std::iota(places.begin(), places.end(), std::int64_t{0});
    std::partial_sort(places.begin(), places.begin() + k, places.end(), [&](std::int64_t i, std::int64_t j) {
        const T a = row[i * rows.inner];
        const T b = row[j * rows.inner];
        if (largest ? isBefore(b, a) : isBefore(a, b)) return true;
        if (largest ? isBefore(a, b) : isBefore(b, a)) return false;
        return i < j;
    });
}

Result<std::vector<Tensor>> runTopK(const RunContext& context)
{
    const Tensor& input = context[0];
    const std::optional<std::int64_t> k = topCount(context, context.find(1));
    if (!k) return missingInput(context.node, 1);
    Result<Shape> out = topShape(context, input.shape(), *k);
    if (!out) return out.error();
    if (isOpaqueType(input.type())) return typeProblem(context.node, input.type());
    const AxisRows rows = rowsAlong(input.shape(), *normalAxis(attributeInt(context.node, "axis", -1), input.shape().size()));
    const bool largest = attributeInt(context.node, "largest", 1) != 0;
    const Tensor numbers = comparable(input);
    std::vector<std::int64_t> chosen(static_cast<std::size_t>(rows.outer * *k * rows.inner));
    std::vector<std::int64_t> sources(chosen.size());
    withNumericType(numbers.type(), [&](auto zero) {
        using T = decltype(zero);
        std::vector<std::int64_t> places;
        for (std::int64_t o = 0; o < rows.outer; ++o)
            for (std::int64_t i = 0; i < rows.inner; ++i) {
                const std::int64_t first = o * rows.length * rows.inner + i;
                topPlaces(numbers.as<T>().data() + first, rows, largest, *k, places);
                for (std::int64_t n = 0; n < *k; ++n) {
                    const auto to = static_cast<std::size_t>((o * *k + n) * rows.inner + i);
                    chosen[to] = places[static_cast<std::size_t>(n)];
                    sources[to] = first + chosen[to] * rows.inner;
                }
            }
        return true;
    });
    return std::vector<Tensor>{copyElements(input, *out, sources), integersOf(*out, chosen)};
}

bool batchTopK(const BatchContext& context)
{
    return batchFirstInput(context) && normalAxis(attributeInt(context.node, "axis", -1), context.rank(0)).value_or(0) != 0;
}

// ---- Unique: of elements, or of the sub-tensors along an axis

Result<std::vector<TensorFacts>> uniqueShape(const ShapeContext& context)
{
    const TensorFacts counts{ElementType::Int64, Shape{-1}, {}};
    TensorFacts inverse = counts;
    std::optional<Shape> shape = Shape{-1};
    const Shape* from = context.shape(0);
    if (hasAttribute(context.node, "axis")) {
        shape.reset();
        if (from) {
            Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), *from);
            if (!axis) return axis.error();
            shape = *from;
            inverse.shape = Shape{(*from)[*axis]};
            (*shape)[*axis] = -1;
        }
    } else if (from) {
        inverse.shape = Shape{elementCount(*from).value_or(-1)};
    }
    return std::vector<TensorFacts>{{context.type(0), shape, {}}, counts, inverse, counts};
}

/// Compares whole sub-tensors along an axis, element by element.
template <class T>
struct SliceOrder {
    const T* x;
    AxisRows rows;

    int compare(std::int64_t a, std::int64_t b) const
    {
        for (std::int64_t o = 0; o < rows.outer; ++o) {
            const T* block = x + o * rows.length * rows.inner;
            for (std::int64_t i = 0; i < rows.inner; ++i) {
                if (isBefore(block[a * rows.inner + i], block[b * rows.inner + i])) return -1;
                if (isBefore(block[b * rows.inner + i], block[a * rows.inner + i])) return 1;
            }
        }
        return 0;
    }
};

struct Groups {
    std::vector<std::int64_t> first;   ///< place of each group's first member
    std::vector<std::int64_t> inverse; ///< group of each place
    std::vector<std::int64_t> counts;
};

template <class T>
Groups groupsOf(const SliceOrder<T>& order, bool sorted)
{
    const auto length = static_cast<std::size_t>(order.rows.length);
    std::vector<std::int64_t> places(length);
    std::iota(places.begin(), places.end(), std::int64_t{0});
    std::stable_sort(places.begin(), places.end(), [&](std::int64_t a, std::int64_t b) { return order.compare(a, b) < 0; });
    std::vector<std::vector<std::int64_t>> members; // ascending, because the order is stable
    for (const std::int64_t place : places) {
        if (members.empty() || order.compare(members.back().front(), place) != 0) members.emplace_back();
        members.back().push_back(place);
    }
    if (!sorted)
        std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.front() < b.front(); });
    Groups groups;
    groups.inverse.resize(length);
    for (const std::vector<std::int64_t>& group : members) {
        for (const std::int64_t place : group)
            groups.inverse[static_cast<std::size_t>(place)] = static_cast<std::int64_t>(groups.first.size());
        groups.first.push_back(group.front());
        groups.counts.push_back(static_cast<std::int64_t>(group.size()));
    }
    return groups;
}

Result<std::vector<Tensor>> runUnique(const RunContext& context)
{
    const bool has_axis = hasAttribute(context.node, "axis");
    const Tensor input = has_axis ? context[0] : context[0].reshaped({context[0].size()});
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), input.shape());
    if (!axis) return axis.error();
    if (isOpaqueType(input.type())) return typeProblem(context.node, input.type());
    const AxisRows rows = rowsAlong(input.shape(), *axis);
    const bool sorted = attributeInt(context.node, "sorted", 1) != 0;
    const Tensor numbers = comparable(input);
    Groups groups;
    withNumericType(numbers.type(), [&](auto zero) {
        using T = decltype(zero);
        groups = groupsOf(SliceOrder<T>{numbers.as<T>().data(), rows}, sorted);
        return true;
    });
    const auto count = static_cast<std::int64_t>(groups.first.size());
    Shape shape = input.shape();
    shape[*axis] = count;
    std::vector<std::int64_t> sources;
    for (std::int64_t o = 0; o < rows.outer; ++o)
        for (const std::int64_t place : groups.first)
            for (std::int64_t i = 0; i < rows.inner; ++i) sources.push_back((o * rows.length + place) * rows.inner + i);
    return std::vector<Tensor>{copyElements(input, shape, sources), integersOf({count}, groups.first),
                               integersOf({rows.length}, groups.inverse), integersOf({count}, groups.counts)};
}

constexpr NotSupported kMixesSamples{"The result depends on all samples."};

constexpr std::array kOps{
    OpDescriptor{"", "ArgMax", 1, 1, argShape, runArg<true>, batchArg},
    OpDescriptor{"", "ArgMin", 1, 1, argShape, runArg<false>, batchArg},
    OpDescriptor{"", "TopK", 1, 1, topKShape, runTopK, batchTopK},
    OpDescriptor{"", "Unique", 11, 1, uniqueShape, runUnique, kMixesSamples},
};

} // namespace

std::span<const OpDescriptor> orderingOps()
{
    return kOps;
}

} // namespace bitwright
