// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/small_floats.h"
#include "ops/families.h"
#include "ops/pool_window.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {

Result<Window> poolWindow(const Node& node, const Shape& x, bool is_global)
{
    if (x.size() < 3) return shapeProblem(node, fmt::format("{} has no spatial dimensions", shapeText(x)));
    const std::vector<std::int64_t> input(x.begin() + 2, x.end());
    return is_global ? globalWindow(input) : windowOf(node, input, attributeInts(node, "kernel_shape"), true);
}

Shape poolOutput(const Shape& x, const Window& window)
{
    Shape out{x[0], x[1]};
    out.insert(out.end(), window.output.begin(), window.output.end());
    return out;
}

Result<void> checkPoolSize(const Node& node, const Window& window, const Shape& out)
{
    if (elementCount(out).value_or(kMaximumElements + 1) > kMaximumElements || !isTabulable(window)) return sizeProblem(node, out);
    return {};
}

namespace {

template <bool IsGlobal, bool IsChannelsLast>
Result<std::vector<TensorFacts>> poolShape(const ShapeContext& context)
{
    const Shape* given = context.shape(0);
    if (!given || given->size() < 3) return oneOutput(context.type(0), std::nullopt);
    const Shape x = IsChannelsLast ? channelsFirst(*given) : *given;
    const Result<Window> window = poolWindow(context.node, x, IsGlobal);
    if (!window) return window.error();
    const Shape out = poolOutput(x, *window);
    std::vector<TensorFacts> facts = oneOutput(context.type(0), IsChannelsLast ? channelsLast(out) : out);
    if (context.node.outputs.size() > 1) facts.push_back({ElementType::Int64, out, {}});
    return facts;
}

/// A pool with its geometry and the attributes of all kinds of pools.
struct Pool {
    Window window;
    Shape out;
    std::vector<std::int64_t> places;
    std::int64_t taps = 0;
    std::int64_t area = 0;
    std::int64_t outputs = 0;
    bool counts_padding = false;
    double exponent = 2;
};

template <bool IsGlobal>
Result<Pool> poolOf(const RunContext& context, const Shape& x)
{
    Result<Window> window = poolWindow(context.node, x, IsGlobal);
    if (!window) return window.error();
    Pool pool;
    pool.window = *std::move(window);
    pool.out = poolOutput(x, pool.window);
    if (Result<void> size = checkPoolSize(context.node, pool.window, pool.out); !size) return size.error();
    pool.places = coveredPlaces(pool.window);
    pool.taps = elementCount(pool.window.kernel).value_or(0);
    pool.area = elementCount(pool.window.input).value_or(0);
    pool.outputs = elementCount(pool.window.output).value_or(0);
    pool.counts_padding = attributeInt(context.node, "count_include_pad", 0) != 0;
    pool.exponent = attributeFloat(context.node, "p", 2.0);
    return pool;
}

// What each kind of pool makes of the elements under its kernel.

struct MeanOf {
    template <class T>
    static T of(const T* x, const std::int64_t* places, const Pool& pool)
    {
        T sum = 0;
        std::int64_t count = 0;
        for (std::int64_t t = 0; t < pool.taps; ++t) {
            if (places[t] >= 0) sum += x[places[t]];
            count += places[t] >= 0 || (pool.counts_padding && places[t] == kOnPadding) ? 1 : 0;
        }
        return sum / static_cast<T>(std::max<std::int64_t>(count, 1));
    }
};

struct NormOf {
    template <class T>
    static T of(const T* x, const std::int64_t* places, const Pool& pool)
    {
        const T p = static_cast<T>(pool.exponent);
        T sum = 0;
        for (std::int64_t t = 0; t < pool.taps; ++t)
            if (places[t] >= 0) sum += std::pow(std::fabs(x[places[t]]), p);
        return std::pow(sum, 1 / p);
    }
};

template <class Kind, class T>
Tensor poolAs(const Pool& pool, const Tensor& x)
{
    return filledTensor<T>(elementTypeOf<T>(), pool.out, [&](std::span<T> y) {
        for (std::int64_t plane = 0; plane < pool.out[0] * pool.out[1]; ++plane)
            for (std::int64_t o = 0; o < pool.outputs; ++o)
                y[static_cast<std::size_t>(plane * pool.outputs + o)] =
                    Kind::of(x.as<T>().data() + plane * pool.area, pool.places.data() + o * pool.taps, pool);
    });
}

template <class Kind, bool IsGlobal, bool IsChannelsLast = false>
Result<std::vector<Tensor>> runPool(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    if (context[0].shape().size() < 3)
        return shapeProblem(context.node, fmt::format("{} has no spatial dimensions", shapeText(context[0].shape())));
    const Tensor given = IsChannelsLast ? toChannelsFirst(context[0]) : context[0];
    const Result<Pool> pool = poolOf<IsGlobal>(context, given.shape());
    if (!pool) return pool.error();
    const Tensor x = convertTo(given, workingType(type));
    const Tensor y = x.type() == ElementType::Float64 ? poolAs<Kind, double>(*pool, x) : poolAs<Kind, float>(*pool, x);
    return std::vector<Tensor>{convertTo(IsChannelsLast ? toChannelsLast(y) : y, type)};
}

// ---- MaxPool: all types, and the places of the maxima

/// Number of a place in its plane when columns are stored one after the other.
std::int64_t columnMajor(std::int64_t place, const std::vector<std::int64_t>& extents)
{
    std::int64_t result = 0;
    std::int64_t step = elementCount(extents).value_or(0);
    for (std::size_t axis = extents.size(); axis-- > 0;) {
        step /= extents[axis];
        result += place % extents[axis] * step;
        place /= extents[axis];
    }
    return result;
}

template <class T>
std::vector<Tensor> maximumAs(const Pool& pool, const Tensor& x, bool by_columns)
{
    constexpr T kLeast = std::is_floating_point_v<T> ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();
    std::vector<std::int64_t> indices(static_cast<std::size_t>(elementCount(pool.out).value_or(0)), 0);
    const Tensor y = filledTensor<T>(elementTypeOf<T>(), pool.out, [&](std::span<T> values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::int64_t plane = static_cast<std::int64_t>(i) / pool.outputs;
            const std::int64_t* places = pool.places.data() + static_cast<std::int64_t>(i) % pool.outputs * pool.taps;
            const T* plane_values = x.as<T>().data() + plane * pool.area;
            T best = kLeast;
            std::int64_t at = -1;
            for (std::int64_t t = 0; t < pool.taps; ++t) {
                if (places[t] < 0 || (at >= 0 && !(plane_values[places[t]] > best))) continue;
                at = places[t];
                best = plane_values[at];
            }
            values[i] = best;
            at = std::max<std::int64_t>(at, 0);
            indices[i] = plane * pool.area + (by_columns ? columnMajor(at, pool.window.input) : at);
        }
    });
    return {y, Tensor::of<std::int64_t>(pool.out, indices)};
}

template <bool IsGlobal, bool IsChannelsLast>
Result<std::vector<Tensor>> runMaximum(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (context[0].shape().size() < 3)
        return shapeProblem(context.node, fmt::format("{} has no spatial dimensions", shapeText(context[0].shape())));
    Tensor x = IsChannelsLast ? toChannelsFirst(context[0]) : context[0];
    const Result<Pool> pool = poolOf<IsGlobal>(context, x.shape());
    if (!pool) return pool.error();
    if (isSmallFloat(type)) x = convertTo(x, ElementType::Float32);
    const bool by_columns = attributeInt(context.node, "storage_order", 0) != 0;
    std::optional<std::vector<Tensor>> results = withNumericType(x.type(), [&](auto zero) { return maximumAs<decltype(zero)>(*pool, x, by_columns); });
    if (!results) return typeProblem(context.node, type);
    (*results)[0] = convertTo((*results)[0], type);
    if (IsChannelsLast) (*results)[0] = toChannelsLast((*results)[0]);
    return *std::move(results);
}

bool batchMaximum(const BatchContext& context)
{
    // The places of the maxima count through all samples.
    return context.node.outputs.size() < 2 && batchFirstInput(context);
}

constexpr std::array kOps{
    OpDescriptor{"", "MaxPool", 1, 1, poolShape<false, false>, runMaximum<false, false>, batchMaximum},
    OpDescriptor{"", "AveragePool", 1, 1, poolShape<false, false>, runPool<MeanOf, false>, batchFirstInput},
    OpDescriptor{"", "LpPool", 1, 1, poolShape<false, false>, runPool<NormOf, false>, batchFirstInput},
    OpDescriptor{"", "GlobalMaxPool", 1, 1, poolShape<true, false>, runMaximum<true, false>, batchFirstInput},
    OpDescriptor{"", "GlobalAveragePool", 1, 1, poolShape<true, false>, runPool<MeanOf, true>, batchFirstInput},
    OpDescriptor{"", "GlobalLpPool", 1, 1, poolShape<true, false>, runPool<NormOf, true>, batchFirstInput},
    OpDescriptor{kChannelsLastDomain, "MaxPool", 1, 1, poolShape<false, true>, runMaximum<false, true>, batchMaximum},
    OpDescriptor{kChannelsLastDomain, "AveragePool", 1, 1, poolShape<false, true>, runPool<MeanOf, false, true>, batchFirstInput},
    OpDescriptor{kQonnxDomain, "MaxPoolNHWC", 1, 1, poolShape<false, true>, runMaximum<false, true>, batchMaximum},
};

} // namespace

std::span<const OpDescriptor> poolingOps()
{
    return kOps;
}

} // namespace bitwright
