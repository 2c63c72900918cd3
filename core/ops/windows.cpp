// SPDX-License-Identifier: GPL-3.0-or-later
// HannWindow, HammingWindow, BlackmanWindow, MelWeightMatrix: tables from a few numbers (onnx: docs/Operators.md).
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

/// Longer windows than any signal for a chip; they are computed in float64 and must not fill the memory.
constexpr std::int64_t kLongestWindow = std::int64_t{1} << 24;

// ---- Windows: a - b cos(x) + c cos(2x), x from 0 to 2 pi

struct Cosines {
    double constant = 0;
    double first = 0;
    double second = 0;
};
constexpr Cosines kHann{0.5, 0.5, 0};
constexpr Cosines kHamming{25.0 / 46, 21.0 / 46, 0};
constexpr Cosines kBlackman{0.42, 0.5, 0.08};

Result<std::vector<TensorFacts>> windowShape(const ShapeContext& context)
{
    return oneOutput(attributeType(context.node, "output_datatype", ElementType::Float32), Shape{singleInteger(context.constant(0)).value_or(-1)});
}

template <const Cosines& cosines>
Result<std::vector<Tensor>> runWindow(const RunContext& context)
{
    const std::int64_t size = singleInteger(&context[0]).value_or(-1);
    if (size < 0 || size > kLongestWindow)
        return valueProblem(context.node, fmt::format("a window of {} elements is impossible", size));
    const ElementType type = attributeType(context.node, "output_datatype", ElementType::Float32);
    if (isOpaqueType(type)) return attributeProblem(context.node, "output_datatype", "it names no numeric type");
    const bool is_periodic = attributeInt(context.node, "periodic", 1) != 0;
    const auto period = static_cast<double>(is_periodic ? size : std::max<std::int64_t>(size - 1, 1));
    std::vector<double> values(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = 2 * std::numbers::pi * static_cast<double>(i) / period;
        values[i] = cosines.constant - cosines.first * std::cos(x) + cosines.second * std::cos(2 * x);
    }
    return std::vector<Tensor>{convertTo(Tensor::of<double>({size}, values), type)};
}

// ---- MelWeightMatrix: triangles over the frequencies of a transform, equally wide on the mel scale

double melOf(double hertz) { return 2595 * std::log10(1 + hertz / 700); }
double hertzOf(double mel) { return 700 * (std::pow(10.0, mel / 2595) - 1); }

Result<std::vector<TensorFacts>> melShape(const ShapeContext& context)
{
    const std::optional<std::int64_t> bins = singleInteger(context.constant(0));
    const std::optional<std::int64_t> points = singleInteger(context.constant(1));
    return oneOutput(attributeType(context.node, "output_datatype", ElementType::Float32), Shape{points && *points >= 0 ? *points / 2 + 1 : -1, bins.value_or(-1)});
}

/// Edges of the triangles, as rows of the spectrum.
std::vector<std::int64_t> triangleEdges(std::int64_t bins, double points, double rate, double lower_hertz, double upper_hertz)
{
    const double lower = melOf(lower_hertz);
    const double step = (melOf(upper_hertz) - lower) / static_cast<double>(bins + 2);
    std::vector<std::int64_t> edges;
    for (std::int64_t i = 0; i < bins + 2; ++i) {
        const double edge = std::floor((points + 1) * hertzOf(lower + static_cast<double>(i) * step) / rate);
        edges.push_back(edge > -1 && edge < static_cast<double>(kMaximumElements) ? static_cast<std::int64_t>(edge) : -1);
    }
    return edges;
}

Result<std::vector<Tensor>> runMel(const RunContext& context)
{
    for (std::size_t i = 0; i < 5; ++i)
        if (context[i].size() != 1) return shapeProblem(context.node, fmt::format("its input {} is no single number", i));
    const std::int64_t bins = *singleInteger(&context[0]);
    const std::int64_t points = *singleInteger(&context[1]);
    if (bins < 0 || points < 0 || bins > kMaximumElements || points > kMaximumElements)
        return valueProblem(context.node, "its numbers of bins are impossible");
    const Shape out{points / 2 + 1, bins};
    if (Result<void> fits = checkSize(context.node, out); !fits) return fits.error();
    const ElementType type = attributeType(context.node, "output_datatype", ElementType::Float32);
    if (isOpaqueType(type)) return attributeProblem(context.node, "output_datatype", "it names no numeric type");
    const std::vector<std::int64_t> edges =
        triangleEdges(bins, static_cast<double>(points), *singleNumber(&context[2]), *singleNumber(&context[3]), *singleNumber(&context[4]));
    if (std::any_of(edges.begin(), edges.end(), [&](std::int64_t edge) { return edge < 0 || edge > out[0]; }))
        return valueProblem(context.node, "its frequencies lie outside of the spectrum");
    std::vector<double> weights(static_cast<std::size_t>(out[0] * bins), 0);
    for (std::int64_t bin = 0; bin < bins; ++bin) {
        const auto b = static_cast<std::size_t>(bin);
        const std::int64_t first = edges[b];
        const std::int64_t centre = edges[b + 1];
        const std::int64_t last = edges[b + 2];
        const auto weight = [&](std::int64_t row) -> double& { return weights[static_cast<std::size_t>(row * bins) + b]; };
        for (std::int64_t row = first; row <= centre && row < out[0]; ++row)
            weight(row) = centre == first ? 1 : static_cast<double>(row - first) / static_cast<double>(centre - first);
        for (std::int64_t row = centre; row < last && row < out[0]; ++row)
            weight(row) = static_cast<double>(last - row) / static_cast<double>(last - centre);
    }
    return std::vector<Tensor>{convertTo(Tensor::of<double>(out, weights), type)};
}

constexpr NotSupported kNoSamples{"The result is a table for all samples."};

constexpr std::array kOps{
    OpDescriptor{"", "HannWindow", 17, 1, windowShape, runWindow<kHann>, kNoSamples},
    OpDescriptor{"", "HammingWindow", 17, 1, windowShape, runWindow<kHamming>, kNoSamples},
    OpDescriptor{"", "BlackmanWindow", 17, 1, windowShape, runWindow<kBlackman>, kNoSamples},
    OpDescriptor{"", "MelWeightMatrix", 17, 5, melShape, runMel, kNoSamples},
};

} // namespace

std::span<const OpDescriptor> windowOps()
{
    return kOps;
}

} // namespace bitwright
