// SPDX-License-Identifier: GPL-3.0-or-later
// GatherElements, GatherND, and the operators that write into a copy of their data (onnx: docs/Operators.md).
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// @p index counted from the front. @error valueProblem when it is out of range
Result<std::int64_t> wrapped(const Node& node, std::int64_t index, std::int64_t extent)
{
    const std::int64_t at = index < 0 ? index + extent : index;
    if (at < 0 || at >= extent) return valueProblem(node, fmt::format("index {} is not among {} elements", index, extent));
    return at;
}

// ---- GatherElements

Result<std::vector<TensorFacts>> gatherElementsShape(const ShapeContext& context)
{
    return oneOutput(context.type(0), context.inputs[1].shape);
}

/// For every element of @p indices the element of @p data that it names along @p axis.
Result<std::vector<std::int64_t>> placesAlong(const Node& node, const Shape& data, const Tensor& indices, std::size_t axis)
{
    const Shape& shape = indices.shape();
    bool fits = shape.size() == data.size();
    for (std::size_t i = 0; fits && i < data.size(); ++i) fits = i == axis || shape[i] <= data[i];
    if (!fits) return shapeProblem(node, fmt::format("indices of shape {} do not fit {}", shapeText(shape), shapeText(data)));
    const std::vector<std::int64_t> steps = rowSteps(data);
    std::vector<std::int64_t> places = asIntegers(indices);
    std::vector<std::int64_t> index(shape.size(), 0);
    for (std::int64_t& place : places) {
        Result<std::int64_t> at = wrapped(node, place, data[axis]);
        if (!at) return at.error();
        place = *at * steps[axis];
        for (std::size_t i = 0; i < index.size(); ++i)
            if (i != axis) place += index[i] * steps[i];
        for (std::size_t i = index.size(); i-- > 0;) {
            if (++index[i] < shape[i]) break;
            index[i] = 0;
        }
    }
    return places;
}

Result<std::vector<Tensor>> runGatherElements(const RunContext& context)
{
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), context[0].shape());
    if (!axis) return axis.error();
    Result<std::vector<std::int64_t>> places = placesAlong(context.node, context[0].shape(), context[1], *axis);
    if (!places) return places.error();
    return std::vector<Tensor>{copyElements(context[0], context[1].shape(), *places)};
}

bool batchGatherElements(const BatchContext& context)
{
    const std::size_t axis = normalAxis(attributeInt(context.node, "axis", 0), context.rank(0)).value_or(0);
    for (std::size_t i = 0; i < context.inputs.size(); ++i)
        if (!context.batched(i)) return false;
    return axis != 0;
}

// ---- GatherND

Result<Shape> gatherNdShapeOf(const Node& node, const Shape& data, const Shape& indices)
{
    const std::int64_t batch = attributeInt(node, "batch_dims", 0);
    const auto rank = static_cast<std::int64_t>(std::min(data.size(), indices.size()));
    if (batch < 0 || batch >= rank || indices.back() < 1 || indices.back() + batch > static_cast<std::int64_t>(data.size()))
        return shapeProblem(node, fmt::format("indices of shape {} do not fit {}", shapeText(indices), shapeText(data)));
    for (std::size_t i = 0; i < static_cast<std::size_t>(batch); ++i)
        if (data[i] >= 0 && indices[i] >= 0 && data[i] != indices[i])
            return shapeProblem(node, fmt::format("{} and {} differ in dimension {}", shapeText(data), shapeText(indices), i));
    Shape out(indices.begin(), indices.end() - 1);
    out.insert(out.end(), data.begin() + batch + indices.back(), data.end());
    return out;
}

Result<std::vector<TensorFacts>> gatherNdShape(const ShapeContext& context)
{
    const Shape* data = context.shape(0);
    const Shape* indices = context.shape(1);
    if (!data || !indices || indices->empty() || indices->back() < 0) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = gatherNdShapeOf(context.node, *data, *indices);
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

/// First element in the data of the run that each row of @p indices names.
Result<std::vector<std::int64_t>> runStarts(const Node& node, const Shape& data, const Tensor& indices, std::size_t batch)
{
    const std::vector<std::int64_t> steps = rowSteps(data);
    const std::vector<std::int64_t> rows = asIntegers(indices);
    const auto width = static_cast<std::size_t>(indices.shape().back());
    const std::size_t count = rows.size() / width;
    const auto batches = static_cast<std::size_t>(
        elementCount(Shape(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(batch))).value_or(1));
    const std::size_t rows_per_batch = batches == 0 ? 1 : std::max<std::size_t>(count / batches, 1);
    const std::int64_t batch_step = batch == 0 ? 0 : steps[batch - 1];
    std::vector<std::int64_t> starts(count);
    for (std::size_t r = 0; r < count; ++r) {
        starts[r] = static_cast<std::int64_t>(r / rows_per_batch) * batch_step;
        for (std::size_t k = 0; k < width; ++k) {
            Result<std::int64_t> at = wrapped(node, rows[r * width + k], data[batch + k]);
            if (!at) return at.error();
            starts[r] += *at * steps[batch + k];
        }
    }
    return starts;
}

Result<std::vector<Tensor>> runGatherNd(const RunContext& context)
{
    const Shape& data = context[0].shape();
    if (context[1].shape().empty()) return shapeProblem(context.node, "its indices are a scalar");
    Result<Shape> out = gatherNdShapeOf(context.node, data, context[1].shape());
    if (!out) return out.error();
    if (Result<void> fits = checkSize(context.node, *out); !fits) return fits.error();
    const auto batch = static_cast<std::size_t>(attributeInt(context.node, "batch_dims", 0));
    Result<std::vector<std::int64_t>> starts = runStarts(context.node, data, context[1], batch);
    if (!starts) return starts.error();
    const std::size_t used = batch + static_cast<std::size_t>(context[1].shape().back());
    const std::int64_t run = elementCount(Shape(data.begin() + static_cast<std::ptrdiff_t>(used), data.end())).value_or(0);
    const std::size_t bytes = static_cast<std::size_t>(run) * elementBytes(context[0].type());
    const std::shared_ptr<std::byte[]> copy(new std::byte[starts->size() * bytes]);
    for (std::size_t r = 0; r < starts->size() && bytes > 0; ++r)
        std::memcpy(copy.get() + r * bytes,
                    context[0].bytes().data() + static_cast<std::size_t>((*starts)[r]) * elementBytes(context[0].type()), bytes);
    return std::vector<Tensor>{Tensor(context[0].type(), *out, copy)};
}

bool batchGatherNd(const BatchContext& context)
{
    return context.batched(0) && context.batched(1) && attributeInt(context.node, "batch_dims", 0) > 0;
}

// ---- Writing: runs of elements of the updates go to places of the data, one after the other

enum class Combination { Replace, Add, Multiply, Maximum, Minimum };

std::optional<Combination> combinationOf(const Node& node)
{
    constexpr std::array<std::pair<std::string_view, Combination>, 5> kNames{{{"none", Combination::Replace},
                                                                              {"add", Combination::Add},
                                                                              {"mul", Combination::Multiply},
                                                                              {"max", Combination::Maximum},
                                                                              {"min", Combination::Minimum}}};
    const std::string name = attributeString(node, "reduction", "none");
    for (const auto& [known, combination] : kNames)
        if (known == name) return combination;
    return std::nullopt;
}

template <class T>
T combined(T a, T b, Combination combination)
{
    using Wide = std::conditional_t<std::is_floating_point_v<T>, T, std::uint64_t>; // integers wrap
    switch (combination) {
    case Combination::Add: return static_cast<T>(static_cast<Wide>(a) + static_cast<Wide>(b));
    case Combination::Multiply: return static_cast<T>(static_cast<Wide>(a) * static_cast<Wide>(b));
    case Combination::Maximum: return std::max(a, b);
    case Combination::Minimum: return std::min(a, b);
    case Combination::Replace: break;
    }
    return b;
}

/// @p data with run r of @p updates combined into the elements from `starts[r]` on.
Result<std::vector<Tensor>> written(const Node& node, const Tensor& data, const Tensor& updates,
                                    const std::vector<std::int64_t>& starts, std::int64_t run)
{
    const std::optional<Combination> combination = combinationOf(node);
    if (!combination) return attributeProblem(node, "reduction", "it names no known way to combine");
    if (data.type() != updates.type()) return typeProblem(node, updates.type());
    if (updates.size() != static_cast<std::int64_t>(starts.size()) * run)
        return shapeProblem(node, fmt::format("updates of shape {} do not fit the indices", shapeText(updates.shape())));
    if (*combination == Combination::Replace) {
        const std::size_t bytes = elementBytes(data.type());
        const std::shared_ptr<std::byte[]> copy(new std::byte[data.bytes().size()]);
        std::copy(data.bytes().begin(), data.bytes().end(), copy.get());
        const std::size_t length = static_cast<std::size_t>(run) * bytes;
        for (std::size_t r = 0; r < starts.size() && length > 0; ++r)
            std::memcpy(copy.get() + static_cast<std::size_t>(starts[r]) * bytes, updates.bytes().data() + r * length, length);
        return std::vector<Tensor>{Tensor(data.type(), data.shape(), copy)};
    }
    const Tensor before = widened(data);
    const Tensor change = widened(updates);
    std::optional<Tensor> result = withNumericType(before.type(), [&](auto zero) {
        using T = decltype(zero);
        const T* update = change.as<T>().data();
        return filledTensor<T>(before.type(), data.shape(), [&](std::span<T> out) {
            std::copy(before.as<T>().begin(), before.as<T>().end(), out.begin());
            for (const std::int64_t start : starts)
                for (std::int64_t i = 0; i < run; ++i) {
                    T& element = out[static_cast<std::size_t>(start + i)];
                    element = combined(element, *update++, *combination);
                }
        });
    });
    if (!result) return typeProblem(node, data.type());
    return std::vector<Tensor>{convertTo(*result, data.type())};
}

Result<std::vector<Tensor>> runScatterElements(const RunContext& context)
{
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", 0), context[0].shape());
    if (!axis) return axis.error();
    Result<std::vector<std::int64_t>> places = placesAlong(context.node, context[0].shape(), context[1], *axis);
    if (!places) return places.error();
    return written(context.node, context[0], context[2], *places, 1);
}

Result<std::vector<Tensor>> runScatterNd(const RunContext& context)
{
    const Shape& data = context[0].shape();
    const Shape& indices = context[1].shape();
    if (indices.empty() || indices.back() < 1 || indices.back() > static_cast<std::int64_t>(data.size()))
        return shapeProblem(context.node, fmt::format("indices of shape {} do not fit {}", shapeText(indices), shapeText(data)));
    Result<std::vector<std::int64_t>> starts = runStarts(context.node, data, context[1], 0);
    if (!starts) return starts.error();
    const std::int64_t run = elementCount(Shape(data.begin() + indices.back(), data.end())).value_or(0);
    return written(context.node, context[0], context[2], *starts, run);
}

// ---- TensorScatter: a new part of a cache

Result<std::vector<Tensor>> runTensorScatter(const RunContext& context)
{
    const Shape& cache = context[0].shape();
    const Shape& update = context[1].shape();
    Result<std::size_t> axis = axisOf(context.node, attributeInt(context.node, "axis", -2), cache);
    if (!axis) return axis.error();
    Shape fitting = cache;
    if (update.size() == cache.size()) fitting[*axis] = update[*axis];
    if (*axis == 0 || fitting != update || update[*axis] > cache[*axis])
        return shapeProblem(context.node, fmt::format("an update of shape {} does not fit {}", shapeText(update), shapeText(cache)));
    const bool is_circular = attributeString(context.node, "mode", "linear") == "circular";
    std::vector<std::int64_t> first(static_cast<std::size_t>(cache[0]), 0);
    if (const Tensor* given = context.find(2)) first = asIntegers(*given);
    if (static_cast<std::int64_t>(first.size()) != cache[0]) return shapeProblem(context.node, "it needs one index per sample");
    const AxisRows rows = rowsAlong(cache, *axis);
    const std::int64_t rows_per_sample = cache[0] == 0 ? 1 : rows.outer / cache[0];
    std::vector<std::int64_t> starts;
    for (std::int64_t o = 0; o < rows.outer; ++o)
        for (std::int64_t k = 0; k < update[*axis]; ++k) {
            std::int64_t at = first[static_cast<std::size_t>(o / rows_per_sample)];
            if (at < 0 || at > kMaximumElements) return valueProblem(context.node, fmt::format("index {} is impossible", at));
            at = is_circular ? (at + k) % rows.length : at + k;
            if (at >= rows.length) return valueProblem(context.node, fmt::format("index {} is not among {} elements", at, rows.length));
            starts.push_back((o * rows.length + at) * rows.inner);
        }
    return written(context.node, context[0], context[1], starts, rows.inner);
}

bool batchTensorScatter(const BatchContext& context)
{
    return context.batched(0) && context.batched(1) && (context.inputs.size() < 3 || context.batched(2));
}

constexpr NotSupported kIndexesSamples{"The indices may name any sample."};

constexpr std::array kOps{
    OpDescriptor{"", "GatherElements", 11, 2, gatherElementsShape, runGatherElements, batchGatherElements},
    OpDescriptor{"", "GatherND", 11, 2, gatherNdShape, runGatherNd, batchGatherNd},
    OpDescriptor{"", "Scatter", 9, 3, sameAsInput, runScatterElements, batchGatherElements},
    OpDescriptor{"", "ScatterElements", 11, 3, sameAsInput, runScatterElements, batchGatherElements},
    OpDescriptor{"", "ScatterND", 11, 3, sameAsInput, runScatterNd, kIndexesSamples},
    OpDescriptor{"", "TensorScatter", 24, 2, sameAsInput, runTensorScatter, batchTensorScatter},
};

} // namespace

std::span<const OpDescriptor> scatterOps()
{
    return kOps;
}

} // namespace bitwright
