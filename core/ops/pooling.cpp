// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/spatial.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// @p x channels first. A global pool covers everything.
Result<Window> poolWindow(const Node& node, const Shape& x, bool is_global)
{
    if (x.size() < 3) return shapeProblem(node, fmt::format("{} has no spatial dimensions", shapeText(x)));
    const std::vector<std::int64_t> input(x.begin() + 2, x.end());
    if (!is_global) return windowOf(node, input, attributeInts(node, "kernel_shape"), true);
    const std::vector<std::int64_t> ones(input.size(), 1);
    const std::vector<std::int64_t> zeros(input.size(), 0);
    return Window{input, ones, input, ones, ones, zeros};
}

template <bool IsGlobal, bool IsChannelsLast>
Result<std::vector<TensorFacts>> poolShape(const ShapeContext& context)
{
    const Shape* given = context.shape(0);
    if (!given || given->size() < 3) return oneOutput(context.type(0), std::nullopt);
    const Shape x = IsChannelsLast ? channelsFirst(*given) : *given;
    const Result<Window> window = poolWindow(context.node, x, IsGlobal);
    if (!window) return window.error();
    Shape out{x[0], x[1]};
    out.insert(out.end(), window->output.begin(), window->output.end());
    std::vector<TensorFacts> facts = oneOutput(context.type(0), IsChannelsLast ? channelsLast(out) : out);
    if (context.node.outputs.size() > 1) facts.push_back({ElementType::Int64, out, {}});
    return facts;
}

/// What one kind of pool makes of the elements under its kernel.
struct MaximumOf {
    static float of(const float* x, const std::int64_t* places, std::int64_t taps, bool)
    {
        float best = -std::numeric_limits<float>::infinity();
        for (std::int64_t t = 0; t < taps; ++t)
            if (places[t] >= 0 && x[places[t]] > best) best = x[places[t]];
        return best;
    }
};

struct MeanOf {
    static float of(const float* x, const std::int64_t* places, std::int64_t taps, bool counts_padding)
    {
        float sum = 0;
        std::int64_t count = 0;
        for (std::int64_t t = 0; t < taps; ++t) {
            if (places[t] < 0) continue;
            sum += x[places[t]];
            ++count;
        }
        return sum / static_cast<float>(counts_padding ? taps : std::max<std::int64_t>(count, 1));
    }
};

template <class Pool, bool IsGlobal>
Result<Tensor> pool(const RunContext& context, const Tensor& x)
{
    const Result<Window> window = poolWindow(context.node, x.shape(), IsGlobal);
    if (!window) return window.error();
    Shape out{x.shape()[0], x.shape()[1]};
    out.insert(out.end(), window->output.begin(), window->output.end());
    const std::int64_t taps = elementCount(window->kernel).value_or(kMaximumElements);
    const std::int64_t outputs = elementCount(window->output).value_or(kMaximumElements);
    if (elementCount(out).value_or(kMaximumElements + 1) > kMaximumElements || outputs > kMaximumElements / std::max<std::int64_t>(taps, 1))
        return sizeProblem(context.node, out);
    const std::vector<std::int64_t> places = coveredPlaces(*window);
    const std::int64_t area = elementCount(window->input).value_or(0);
    const bool counts_padding = attributeInt(context.node, "count_include_pad", 0) != 0;
    return filledTensor<float>(ElementType::Float32, out, [&](std::span<float> y) {
        for (std::int64_t plane = 0; plane < out[0] * out[1]; ++plane)
            for (std::int64_t o = 0; o < outputs; ++o)
                y[static_cast<std::size_t>(plane * outputs + o)] =
                    Pool::of(x.as<float>().data() + plane * area, places.data() + o * taps, taps, counts_padding);
    });
}

template <class Pool, bool IsGlobal, bool IsChannelsLast>
Result<std::vector<Tensor>> runPool(const RunContext& context)
{
    const Tensor& given = context[0];
    if (given.type() != ElementType::Float32) return typeProblem(context.node, given.type());
    if (given.shape().size() < 3) return shapeProblem(context.node, fmt::format("{} has no spatial dimensions", shapeText(given.shape())));
    Result<Tensor> result = pool<Pool, IsGlobal>(context, IsChannelsLast ? toChannelsFirst(given) : given);
    if (!result) return result.error();
    return std::vector<Tensor>{IsChannelsLast ? toChannelsLast(*result) : *result};
}

template <class Pool, bool IsGlobal, bool IsChannelsLast = false>
constexpr OpDescriptor poolOp(std::string_view domain, std::string_view name)
{
    return {domain, name, 1, 1, poolShape<IsGlobal, IsChannelsLast>, runPool<Pool, IsGlobal, IsChannelsLast>, batchFirstInput};
}

constexpr std::array kOps{
    poolOp<MaximumOf, false>("", "MaxPool"),
    poolOp<MeanOf, false>("", "AveragePool"),
    poolOp<MaximumOf, true>("", "GlobalMaxPool"),
    poolOp<MeanOf, true>("", "GlobalAveragePool"),
    poolOp<MaximumOf, false, true>(kChannelsLastDomain, "MaxPool"),
    poolOp<MeanOf, false, true>(kChannelsLastDomain, "AveragePool"),
};

} // namespace

std::span<const OpDescriptor> poolingOps()
{
    return kOps;
}

} // namespace bitwright
