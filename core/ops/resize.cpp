// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "model/small_floats.h"
#include "ops/families.h"
#include "ops/resampling.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

/// What says the output's size: scales or extents, for all axes or the ones that `axes` names.
struct Request {
    std::vector<std::size_t> axes; ///< in the order of the values
    std::vector<float> scales;     ///< empty where sizes are given
    std::vector<std::int64_t> sizes;
    std::vector<float> region; ///< starts, then ends
};

struct Resize {
    Shape out;
    std::vector<ResampledAxis> axes; ///< one per dimension
    std::vector<bool> is_touched;    ///< whether the axis must be computed
};

/// Sets output extent and scale of every requested axis.
Result<void> placeAxes(const Node& node, const Request& request, Resize& resize)
{
    const std::string policy = attributeString(node, "keep_aspect_ratio_policy", "stretch");
    if (policy != "stretch" && policy != "not_larger" && policy != "not_smaller")
        return attributeProblem(node, "keep_aspect_ratio_policy", fmt::format("there is no policy '{}'", policy));
    const auto ratio = [&](std::size_t i) {
        return static_cast<float>(request.sizes[i]) / static_cast<float>(resize.axes[request.axes[i]].input);
    };
    float common = 0;
    for (std::size_t i = 0; i < request.sizes.size() && policy != "stretch"; ++i)
        common = i == 0 ? ratio(i) : (policy == "not_larger" ? std::min(common, ratio(i)) : std::max(common, ratio(i)));
    for (std::size_t i = 0; i < request.axes.size(); ++i) {
        ResampledAxis& axis = resize.axes[request.axes[i]];
        resize.is_touched[request.axes[i]] = true;
        const auto extent = static_cast<float>(axis.input);
        if (!request.scales.empty()) {
            axis.scale = request.scales[i];
            if (!(axis.scale > 0)) return valueProblem(node, fmt::format("a scale of {} is impossible", axis.scale));
            axis.output = static_cast<std::int64_t>(std::floor(std::min(axis.scale * extent, 1e9F)));
            axis.length = axis.scale * extent;
        } else if (policy == "stretch") {
            axis.scale = ratio(i);
            axis.output = request.sizes[i];
        } else {
            axis.scale = common;
            axis.output = static_cast<std::int64_t>(std::floor(std::min(common * extent, 1e9F) + 0.5F));
        }
        if (request.scales.empty()) axis.length = static_cast<float>(axis.output);
        if (axis.output < 0 || (axis.input == 0 && axis.output > 0))
            return valueProblem(node, fmt::format("{} elements cannot be resized to {}", axis.input, axis.output));
        if (!request.region.empty()) {
            axis.roi_start = request.region[i];
            axis.roi_end = request.region[i + request.axes.size()];
        }
    }
    return {};
}

Result<Resize> resizeOf(const Node& node, const Shape& x, const Request& request)
{
    const std::size_t count = request.axes.size();
    if ((!request.scales.empty() && request.scales.size() != count) || (request.scales.empty() && request.sizes.size() != count) ||
        (!request.region.empty() && request.region.size() != 2 * count))
        return shapeProblem(node, fmt::format("its scales, sizes or region do not fit {}", shapeText(x)));
    Resize resize;
    resize.is_touched.assign(x.size(), false);
    for (const std::int64_t extent : x) resize.axes.push_back({extent, extent, 1, static_cast<float>(extent), 0, 1});
    if (Result<void> placed = placeAxes(node, request, resize); !placed) return placed.error();
    for (const ResampledAxis& axis : resize.axes) resize.out.push_back(axis.output);
    if (elementCount(resize.out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(node, resize.out);
    return resize;
}

/// Inputs 1 to 3 of Resize since version 11, input 1 before; attributes of the first Upsample.
template <class Context, class Find>
std::optional<Request> requestOf(const Context& context, std::size_t rank, Find find)
{
    const Node& node = context.node;
    Request request;
    for (const std::int64_t axis : attributeInts(node, "axes"))
        request.axes.push_back(normalAxis(axis, rank).value_or(rank));
    if (request.axes.empty())
        for (std::size_t axis = 0; axis < rank; ++axis) request.axes.push_back(axis);
    const bool has_region = node.op_type == "Resize" && context.opset >= 11;
    for (const double scale : attributeFloats(node, "scales")) request.scales.push_back(static_cast<float>(scale));
    if (const Tensor* scales = find(has_region ? 2 : 1); scales && scales->size() > 0) request.scales = asFloats(*scales);
    if (has_region) {
        if (const Tensor* sizes = find(3); sizes && sizes->size() > 0) request.sizes = asIntegers(*sizes);
        if (const Tensor* region = find(1); region && region->size() > 0 && attributeString(node, "coordinate_transformation_mode", "") == "tf_crop_and_resize")
            request.region = asFloats(*region);
    }
    const bool is_known = !request.scales.empty() || !request.sizes.empty();
    const bool fits = std::all_of(request.axes.begin(), request.axes.end(), [&](std::size_t axis) { return axis < rank; });
    return is_known && fits ? std::optional(request) : std::nullopt;
}

Result<std::vector<TensorFacts>> resizeShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    if (!x) return oneOutput(context.type(0), std::nullopt);
    const auto request = requestOf(context, x->size(), [&](std::size_t input) { return context.constant(input); });
    if (!request) return oneOutput(context.type(0), Shape(x->size(), -1));
    Shape known = *x; // an open extent stays open, the others are known
    for (std::int64_t& extent : known)
        if (extent < 0) extent = 1;
    Result<Resize> resize = resizeOf(context.node, known, *request);
    if (!resize) return resize.error();
    for (std::size_t axis = 0; axis < x->size(); ++axis) {
        const bool is_kept = !resize->is_touched[axis] || (resize->axes[axis].scale == 1 && !request->scales.empty());
        if ((*x)[axis] < 0 && (is_kept || request->sizes.empty())) resize->out[axis] = -1;
    }
    return oneOutput(context.type(0), resize->out);
}

Result<Resampling> resamplingOf(const RunContext& context)
{
    const Node& node = context.node;
    Resampling how;
    const std::string mode = attributeString(node, "mode", "nearest");
    if (mode == "linear" || mode == "bilinear") how.mode = Resampling::Mode::Linear;
    else if (mode == "cubic") how.mode = Resampling::Mode::Cubic;
    else if (mode != "nearest") return attributeProblem(node, "mode", fmt::format("there is no mode '{}'", mode));
    const bool is_old = node.op_type != "Resize" || context.opset < 11;
    how.coordinates = is_old ? "asymmetric" : attributeString(node, "coordinate_transformation_mode", "half_pixel");
    how.nearest = is_old ? "simple" : attributeString(node, "nearest_mode", "round_prefer_floor");
    if (!isKnownCoordinates(how.coordinates)) return attributeProblem(node, "coordinate_transformation_mode", fmt::format("there is no mode '{}'", how.coordinates));
    if (!isKnownNearest(how.nearest)) return attributeProblem(node, "nearest_mode", fmt::format("there is no mode '{}'", how.nearest));
    how.cubic_a = static_cast<float>(attributeFloat(node, "cubic_coeff_a", -0.75));
    how.excludes_outside = attributeInt(node, "exclude_outside", 0) != 0;
    how.antialiases = attributeInt(node, "antialias", 0) != 0;
    return how;
}

/// The elements in front of an axis, along it, and behind it.
struct Lines {
    std::int64_t before = 1;
    std::int64_t from = 1;
    std::int64_t to = 1;
    std::int64_t behind = 1;
};

Lines linesOf(const Shape& shape, std::size_t axis, std::int64_t to)
{
    Lines lines;
    for (std::size_t i = 0; i < axis; ++i) lines.before *= shape[i];
    for (std::size_t i = axis + 1; i < shape.size(); ++i) lines.behind *= shape[i];
    lines.from = shape[axis];
    lines.to = to;
    return lines;
}

/// Nearest moves elements of any type.
Tensor pickAlong(const Tensor& x, const Lines& lines, const std::vector<Taps>& taps, const Shape& out, const std::byte* outside)
{
    const std::size_t bytes = elementBytes(x.type());
    const std::size_t row = static_cast<std::size_t>(lines.behind) * bytes;
    const std::shared_ptr<std::byte[]> data(new std::byte[static_cast<std::size_t>(elementCount(out).value_or(0)) * bytes]);
    std::byte* to = data.get();
    for (std::int64_t b = 0; b < lines.before; ++b)
        for (const Taps& tap : taps) {
            if (!tap.empty()) std::memcpy(to, x.bytes().data() + static_cast<std::size_t>(b * lines.from + tap.front().place) * row, row);
            else
                for (std::size_t i = 0; i < row; i += bytes) std::memcpy(to + i, outside, bytes);
            to += row;
        }
    return {x.type(), out, data};
}

template <class T>
Tensor blendAlong(const Tensor& x, const Lines& lines, const std::vector<Taps>& taps, const Shape& out, T outside)
{
    return filledTensor<T>(x.type(), out, [&](std::span<T> y) {
        T* to = y.data();
        for (std::int64_t b = 0; b < lines.before; ++b)
            for (const Taps& list : taps) {
                std::fill_n(to, lines.behind, list.empty() ? outside : T{});
                for (const Tap& tap : list) {
                    const T* from = x.as<T>().data() + (b * lines.from + tap.place) * lines.behind;
                    const T weight = static_cast<T>(tap.weight);
                    for (std::int64_t i = 0; i < lines.behind; ++i) to[i] += weight * from[i];
                }
                to += lines.behind;
            }
    });
}

Result<std::vector<Tensor>> runResize(const RunContext& context)
{
    const Tensor& x = context[0];
    auto request = requestOf(context, x.shape().size(), [&](std::size_t input) { return context.find(input); });
    if (request && context.stacked_samples > 0) // the size of one sample's batch
        for (std::size_t i = 0; i < request->sizes.size(); ++i)
            if (i < request->axes.size() && request->axes[i] == 0) request->sizes[i] = x.shape()[0];
    if (!request) return valueProblem(context.node, "it has neither scales nor sizes for its axes");
    const Result<Resize> resize = resizeOf(context.node, x.shape(), *request);
    if (!resize) return resize.error();
    const Result<Resampling> how = resamplingOf(context);
    if (!how) return how.error();
    const bool is_nearest = how->mode == Resampling::Mode::Nearest;
    const ElementType type = x.type();
    if (elementBytes(type) == 0) return typeProblem(context.node, type);
    if (!is_nearest && !isFloatType(type) && !withNumericType(type, [](auto) { return true; })) return typeProblem(context.node, type);
    const auto extrapolation = static_cast<float>(attributeFloat(context.node, "extrapolation_value", 0.0));
    Tensor y = is_nearest ? x : convertTo(x, workingType(type));
    const Tensor outside = convertTo(Tensor::of<float>({}, std::span(&extrapolation, 1)), y.type());
    Shape shape = x.shape();
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const ResampledAxis& sampled = resize->axes[axis];
        const bool is_same = sampled.scale == 1 && sampled.input == sampled.output && request->region.empty();
        if (!resize->is_touched[axis] || is_same || sampled.input == 0) continue;
        const Lines lines = linesOf(shape, axis, sampled.output);
        shape[axis] = sampled.output;
        if (elementCount(shape).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, shape);
        const std::vector<Taps> taps = tapsOf(sampled, *how);
        if (is_nearest) y = pickAlong(y, lines, taps, shape, outside.bytes().data());
        else if (y.type() == ElementType::Float64) y = blendAlong<double>(y, lines, taps, shape, static_cast<double>(extrapolation));
        else y = blendAlong<float>(y, lines, taps, shape, extrapolation);
    }
    return std::vector<Tensor>{convertTo(y, type)};
}

/// Samples stay apart when dimension 0 is not touched: neither by its scale nor by a fixed size.
bool batchResize(const BatchContext& context)
{
    if (!batchFirstInput(context)) return false;
    const std::vector<std::int64_t> axes = attributeInts(context.node, "axes");
    if (!axes.empty())
        return std::none_of(axes.begin(), axes.end(), [&](std::int64_t axis) { return normalAxis(axis, context.rank(0)).value_or(0) == 0; });
    const bool has_region = context.node.op_type == "Resize" && context.opset >= 11;
    if (has_region && attributeString(context.node, "coordinate_transformation_mode", "") == "tf_crop_and_resize") return false;
    const std::vector<double> stated = attributeFloats(context.node, "scales");
    if (!stated.empty()) return stated.front() == 1;
    const bool has_policy = attributeString(context.node, "keep_aspect_ratio_policy", "stretch") != "stretch";
    for (std::size_t input = has_region ? 2 : 1; input < context.inputs.size() && !has_policy; ++input)
        if (const std::optional<Tensor>& values = context.inputs[input].constant; values && values->size() > 0)
            return elementAsDouble(*values, 0) == 1;
    return false;
}

constexpr std::array kOps{
    OpDescriptor{"", "Resize", 10, 1, resizeShape, runResize, batchResize},
    OpDescriptor{"", "Upsample", 1, 1, resizeShape, runResize, batchResize},
};

} // namespace

std::span<const OpDescriptor> resizeOps()
{
    return kOps;
}

} // namespace bitwright
