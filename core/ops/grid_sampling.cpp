// SPDX-License-Identifier: GPL-3.0-or-later
// GridSample and AffineGrid in any number of spatial dimensions (onnx: docs/Operators.md).
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/resampling.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- GridSample

enum class Padding { Zeros, Border, Reflection };
enum class Interpolation { Nearest, Linear, Cubic };

struct Sampling {
    Padding padding = Padding::Zeros;
    Interpolation interpolation = Interpolation::Linear;
    bool aligns_corners = false;
};

Result<Sampling> samplingOf(const Node& node)
{
    Sampling sampling;
    const std::string padding = attributeString(node, "padding_mode", "zeros");
    if (padding == "border") sampling.padding = Padding::Border;
    else if (padding == "reflection") sampling.padding = Padding::Reflection;
    else if (padding != "zeros") return attributeProblem(node, "padding_mode", fmt::format("there is no mode '{}'", padding));
    const std::string mode = attributeString(node, "mode", "linear");
    if (mode == "nearest") sampling.interpolation = Interpolation::Nearest;
    else if (mode == "cubic" || mode == "bicubic") sampling.interpolation = Interpolation::Cubic;
    else if (mode != "linear" && mode != "bilinear") return attributeProblem(node, "mode", fmt::format("there is no mode '{}'", mode));
    sampling.aligns_corners = attributeInt(node, "align_corners", 0) != 0;
    return sampling;
}

/// [N, C, spatial...] and [N, out..., spatial dimensions] -> [N, C, out...].
Result<Shape> sampledShape(const Node& node, const Shape& x, const Shape& grid)
{
    if (x.size() < 3 || grid.size() != x.size() || (grid.back() >= 0 && grid.back() != static_cast<std::int64_t>(x.size()) - 2) ||
        (x[0] >= 0 && grid[0] >= 0 && x[0] != grid[0]))
        return shapeProblem(node, fmt::format("a grid of shape {} does not fit {}", shapeText(grid), shapeText(x)));
    Shape out{x[0] < 0 ? grid[0] : x[0], x[1]};
    out.insert(out.end(), grid.begin() + 1, grid.end() - 1);
    return out;
}

Result<std::vector<TensorFacts>> gridSampleShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* grid = context.shape(1);
    if (!x || !grid) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = sampledShape(context.node, *x, *grid);
    if (!out) return out.error();
    return oneOutput(context.type(0), *std::move(out));
}

/// Mirrors @p x into [low, high].
double reflected(double x, double low, double high)
{
    const double range = high - low;
    if (range <= 0) return low;
    const double beyond = x < low ? low - x : x - high;
    if (beyond <= 0) return x;
    const double turns = std::floor(beyond / range);
    const double rest = beyond - turns * range;
    const bool is_even = std::fmod(turns, 2.0) == 0;
    return (x < low) == is_even ? low + rest : high - rest;
}

/// Samples one axis: input places (-1 for padding with zeros) and weights.
struct AxisTaps {
    std::array<std::int64_t, 4> place{};
    std::array<float, 4> weight{};
    int count = 0;
};

std::int64_t paddedPlace(double place, std::int64_t extent, const Sampling& how)
{
    const auto last = static_cast<double>(extent - 1);
    if (place >= 0 && place <= last) return static_cast<std::int64_t>(place);
    switch (how.padding) {
    case Padding::Zeros: return -1;
    case Padding::Border: return place < 0 ? 0 : extent - 1;
    case Padding::Reflection: break;
    }
    const double edge = how.aligns_corners ? 0.0 : 0.5;
    return static_cast<std::int64_t>(std::clamp(reflected(place, -edge, last + edge), 0.0, last));
}

AxisTaps axisTaps(float coordinate, std::int64_t extent, const Sampling& how)
{
    const auto length = static_cast<float>(extent);
    const float x = how.aligns_corners ? (coordinate + 1) / 2 * (length - 1) : ((coordinate + 1) * length - 1) / 2;
    double at = std::isfinite(x) ? std::clamp(static_cast<double>(x), -1e9, 1e9) : -1e9;
    if (how.interpolation == Interpolation::Nearest) at = std::nearbyint(at);
    const double edge = how.aligns_corners ? 0.0 : 0.5;
    const double low = -edge;
    const double high = static_cast<double>(extent - 1) + edge;
    if (at < low || at > high) {
        if (how.padding == Padding::Border) at = std::clamp(at, 0.0, static_cast<double>(extent - 1));
        if (how.padding == Padding::Reflection) at = reflected(at, low, high);
    }
    AxisTaps taps;
    const auto add = [&](double place, float weight) {
        taps.place[static_cast<std::size_t>(taps.count)] = paddedPlace(place, extent, how);
        taps.weight[static_cast<std::size_t>(taps.count++)] = weight;
    };
    const double left = std::floor(at);
    const auto fraction = static_cast<float>(at - left);
    if (how.interpolation == Interpolation::Nearest) {
        add(std::nearbyint(at), 1.0F);
    } else if (how.interpolation == Interpolation::Linear) {
        add(left, 1 - fraction);
        add(left + 1, fraction);
    } else {
        float weights[4];
        cubicWeights(fraction, -0.75F, weights);
        for (int k = 0; k < 4; ++k) add(left + k - 1, weights[k]);
    }
    return taps;
}

/// Sum over the product of all axes' taps.
template <class T>
T blend(const T* plane, const std::vector<AxisTaps>& taps, const std::vector<std::int64_t>& steps, std::size_t axis = 0, std::int64_t at = 0)
{
    if (axis == taps.size()) return plane[at];
    T sum = 0;
    for (std::size_t k = 0; k < static_cast<std::size_t>(taps[axis].count); ++k) {
        if (taps[axis].place[k] < 0 || taps[axis].weight[k] == 0) continue;
        sum += static_cast<T>(taps[axis].weight[k]) * blend(plane, taps, steps, axis + 1, at + taps[axis].place[k] * steps[axis]);
    }
    return sum;
}

template <class T>
Tensor sampleAs(const Tensor& x, const std::vector<float>& grid, const Shape& out, const Sampling& how)
{
    const std::size_t rank = x.shape().size() - 2;
    const Shape spatial(x.shape().begin() + 2, x.shape().end());
    const std::vector<std::int64_t> steps = rowSteps(spatial);
    const std::int64_t area = elementCount(spatial).value_or(0);
    const std::int64_t points = elementCount(Shape(out.begin() + 2, out.end())).value_or(0);
    return filledTensor<T>(x.type(), out, [&](std::span<T> y) {
        std::vector<AxisTaps> taps(rank);
        for (std::int64_t n = 0; n < out[0]; ++n)
            for (std::int64_t p = 0; p < points; ++p) {
                // The grid names the last axis first.
                for (std::size_t axis = 0; axis < rank; ++axis)
                    taps[axis] = axisTaps(grid[static_cast<std::size_t>(n * points + p) * rank + rank - 1 - axis], spatial[axis], how);
                for (std::int64_t c = 0; c < out[1]; ++c)
                    y[static_cast<std::size_t>((n * out[1] + c) * points + p)] = blend(x.as<T>().data() + (n * out[1] + c) * area, taps, steps);
            }
    });
}

Result<std::vector<Tensor>> runGridSample(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    const Result<Shape> out = sampledShape(context.node, context[0].shape(), context[1].shape());
    if (!out) return out.error();
    const bool is_empty = std::find(context[0].shape().begin() + 2, context[0].shape().end(), 0) != context[0].shape().end();
    if (is_empty) return shapeProblem(context.node, "its input has no elements");
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    const Result<Sampling> how = samplingOf(context.node);
    if (!how) return how.error();
    const Tensor x = convertTo(context[0], workingType(type));
    const std::vector<float> grid = asFloats(context[1]);
    const Tensor y = x.type() == ElementType::Float64 ? sampleAs<double>(x, grid, *out, *how) : sampleAs<float>(x, grid, *out, *how);
    return std::vector<Tensor>{convertTo(y, type)};
}

bool batchGridSample(const BatchContext& context)
{
    return context.batched(0) && context.batched(1);
}

// ---- AffineGrid

Result<std::vector<std::int64_t>> gridExtents(const Node& node, const Shape& theta, const std::vector<std::int64_t>& size)
{
    const std::size_t rank = size.size() < 2 ? 0 : size.size() - 2;
    const auto rows = static_cast<std::int64_t>(rank);
    if ((rank != 2 && rank != 3) || theta.size() != 3 || theta[1] != rows || theta[2] != rows + 1 || (theta[0] >= 0 && theta[0] != size[0]))
        return shapeProblem(node, fmt::format("matrices of shape {} do not fit the size {}", shapeText(theta), shapeText(size)));
    std::vector<std::int64_t> out{size[0]};
    out.insert(out.end(), size.begin() + 2, size.end());
    out.push_back(rows);
    return out;
}

Result<std::vector<TensorFacts>> affineGridShape(const ShapeContext& context)
{
    const Tensor* size = context.constant(1);
    const Shape* theta = context.shape(0);
    if (!size || !theta) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = gridExtents(context.node, *theta, asIntegers(*size));
    if (!out) return out.error();
    return oneOutput(context.type(0), *std::move(out));
}

Result<std::vector<Tensor>> runAffineGrid(const RunContext& context)
{
    const ElementType type = context[0].type();
    if (!isFloatType(type)) return typeProblem(context.node, type);
    const Result<Shape> out = gridExtents(context.node, context[0].shape(), asIntegers(context[1]));
    if (!out) return out.error();
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    const bool aligns = attributeInt(context.node, "align_corners", 0) != 0;
    const std::vector<double> theta = asDoubles(context[0]);
    const std::size_t rank = out->size() - 2;
    const Shape spatial(out->begin() + 1, out->end() - 1);
    const std::vector<std::int64_t> steps = rowSteps(spatial);
    const std::int64_t points = elementCount(spatial).value_or(0);
    const Tensor y = filledTensor<double>(ElementType::Float64, *out, [&](std::span<double> values) {
        for (std::size_t i = 0; i < values.size() / rank; ++i) {
            const auto point = static_cast<std::int64_t>(i) % points;
            std::array<double, 4> place{};
            for (std::size_t axis = 0; axis < rank; ++axis) {
                const auto extent = static_cast<double>(spatial[axis]);
                const auto at = static_cast<double>(point / steps[axis] % spatial[axis]);
                // The last axis comes first.
                place[rank - 1 - axis] = aligns ? (extent > 1 ? 2 * at / (extent - 1) - 1 : 0.0) : (2 * at + 1) / extent - 1;
            }
            place[rank] = 1;
            const double* matrix = theta.data() + i / static_cast<std::size_t>(points) * rank * (rank + 1);
            for (std::size_t row = 0; row < rank; ++row) {
                double sum = 0;
                for (std::size_t k = 0; k <= rank; ++k) sum += matrix[row * (rank + 1) + k] * place[k];
                values[i * rank + row] = sum;
            }
        }
    });
    return std::vector<Tensor>{convertTo(y, type)};
}

constexpr NotSupported kSizeNamesBatch{"Its size input names the number of samples."};

constexpr std::array kOps{
    OpDescriptor{"", "GridSample", 16, 2, gridSampleShape, runGridSample, batchGridSample},
    OpDescriptor{"", "AffineGrid", 20, 2, affineGridShape, runAffineGrid, kSizeNamesBatch},
};

} // namespace

std::span<const OpDescriptor> gridSamplingOps()
{
    return kOps;
}

} // namespace bitwright
