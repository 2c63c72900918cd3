// SPDX-License-Identifier: GPL-3.0-or-later
// Operators on boxes in images: RoiAlign, MaxRoiPool, NonMaxSuppression (onnx: docs/Operators.md).
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- RoiAlign

struct Grid {
    std::int64_t rows = 1;
    std::int64_t columns = 1;
};

Result<Shape> alignedShape(const Node& node, const Shape& x, const Shape& rois, const Grid& grid)
{
    if (x.size() != 4 || rois.size() != 2) return shapeProblem(node, fmt::format("boxes of shape {} do not fit {}", shapeText(rois), shapeText(x)));
    if (grid.rows < 1 || grid.columns < 1) return shapeProblem(node, fmt::format("a result of {} by {} is impossible", grid.rows, grid.columns));
    return Shape{rois[0], x[1], grid.rows, grid.columns};
}

Grid alignGrid(const Node& node)
{
    return {attributeInt(node, "output_height", 1), attributeInt(node, "output_width", 1)};
}

Result<std::vector<TensorFacts>> alignShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* rois = context.shape(1);
    if (!x || !rois) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = alignedShape(context.node, *x, *rois, alignGrid(context.node));
    if (!out) return out.error();
    return oneOutput(context.type(0), *std::move(out));
}

/// Places and weights of the four neighbours of a point; all weights are 0 outside.
struct Corners {
    std::array<std::int64_t, 4> place{};
    std::array<double, 4> weight{};
};

Corners cornersOf(double y, double x, std::int64_t height, std::int64_t width)
{
    if (y < -1 || y > static_cast<double>(height) || x < -1 || x > static_cast<double>(width)) return {};
    const auto axis = [](double at, std::int64_t extent) {
        at = std::max(at, 0.0);
        const auto low = std::min(static_cast<std::int64_t>(at), extent - 1);
        const std::int64_t high = std::min(low + 1, extent - 1);
        const double fraction = low == extent - 1 ? 0.0 : at - static_cast<double>(low);
        return std::tuple(low, high, fraction);
    };
    const auto [top, bottom, fy] = axis(y, height);
    const auto [left, right, fx] = axis(x, width);
    return {{top * width + left, top * width + right, bottom * width + left, bottom * width + right},
            {(1 - fy) * (1 - fx), (1 - fy) * fx, fy * (1 - fx), fy * fx}};
}

struct Align {
    Grid grid;
    double scale = 1;
    double offset = 0; ///< half a pixel in the aligned form
    std::int64_t ratio = 0;
    bool takes_maximum = false;
};

Result<Align> alignOf(const RunContext& context)
{
    const Node& node = context.node;
    Align align;
    align.grid = alignGrid(node);
    align.scale = attributeFloat(node, "spatial_scale", 1.0);
    align.ratio = attributeInt(node, "sampling_ratio", 0);
    const std::string mode = attributeString(node, "mode", "avg");
    if (mode != "avg" && mode != "max") return attributeProblem(node, "mode", fmt::format("there is no mode '{}'", mode));
    align.takes_maximum = mode == "max";
    const std::string coordinates = attributeString(node, "coordinate_transformation_mode", context.opset < 16 ? "output_half_pixel" : "half_pixel");
    align.offset = coordinates == "half_pixel" ? 0.5 : 0.0;
    return align;
}

/// The points of one output place of one box.
Result<std::vector<Corners>> pointsOf(const Node& node, const Align& align, const double* box, std::int64_t row, std::int64_t column, const Shape& x)
{
    const double left = box[0] * align.scale - align.offset;
    const double top = box[1] * align.scale - align.offset;
    double width = box[2] * align.scale - align.offset - left;
    double height = box[3] * align.scale - align.offset - top;
    if (align.offset == 0) { // the older form knows no empty boxes
        width = std::max(width, 1.0);
        height = std::max(height, 1.0);
    }
    const double bin_height = height / static_cast<double>(align.grid.rows);
    const double bin_width = width / static_cast<double>(align.grid.columns);
    constexpr std::int64_t kMaximumPoints = 1 << 12; // per axis; boxes larger than that come from nowhere
    const auto samples = [&](double bin) { return align.ratio > 0 ? align.ratio : static_cast<std::int64_t>(std::clamp(std::ceil(bin), 0.0, 1e9)); };
    const std::int64_t down = samples(bin_height);
    const std::int64_t across = samples(bin_width);
    if (down > kMaximumPoints || across > kMaximumPoints) return valueProblem(node, fmt::format("a box of {} by {} elements is too large", height, width));
    std::vector<Corners> points;
    for (std::int64_t i = 0; i < down; ++i)
        for (std::int64_t j = 0; j < across; ++j)
            points.push_back(cornersOf(top + (static_cast<double>(row) + (static_cast<double>(i) + 0.5) / static_cast<double>(down)) * bin_height,
                                       left + (static_cast<double>(column) + (static_cast<double>(j) + 0.5) / static_cast<double>(across)) * bin_width, x[2], x[3]));
    return points;
}

double poolPoints(const std::vector<Corners>& points, const double* plane, bool takes_maximum)
{
    double result = 0;
    bool is_first = true;
    for (const Corners& corners : points)
        for (std::size_t k = 0; k < 4; ++k) {
            const double value = corners.weight[k] * plane[corners.place[k]];
            if (!takes_maximum) result += value;
            else result = is_first ? value : std::max(result, value); // of the weighted neighbours, as in ONNX Runtime
            is_first = false;
        }
    return takes_maximum ? result : result / static_cast<double>(std::max<std::size_t>(points.size(), 1));
}

Result<std::vector<Tensor>> runAlign(const RunContext& context)
{
    const ElementType type = context[0].type();
    const Shape& x = context[0].shape();
    const Result<Align> align = alignOf(context);
    if (!align) return align.error();
    const Result<Shape> out = alignedShape(context.node, x, context[1].shape(), align->grid);
    if (!out) return out.error();
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    const std::vector<double> values = asDoubles(context[0]);
    const std::vector<double> boxes = asDoubles(context[1]);
    const std::vector<std::int64_t> images = asIntegers(context[2]);
    if (context[1].shape()[1] != 4 || images.size() != static_cast<std::size_t>((*out)[0]) || x[2] < 1 || x[3] < 1)
        return shapeProblem(context.node, "its boxes do not match its images");
    std::vector<double> y(static_cast<std::size_t>(elementCount(*out).value_or(0)));
    const std::int64_t places = align->grid.rows * align->grid.columns;
    for (std::int64_t r = 0; r < (*out)[0]; ++r) {
        const std::int64_t image = images[static_cast<std::size_t>(r)];
        if (image < 0 || image >= x[0]) return valueProblem(context.node, fmt::format("there is no image {}", image));
        for (std::int64_t p = 0; p < places; ++p) {
            const auto points = pointsOf(context.node, *align, boxes.data() + r * 4, p / align->grid.columns, p % align->grid.columns, x);
            if (!points) return points.error();
            for (std::int64_t c = 0; c < x[1]; ++c)
                y[static_cast<std::size_t>((r * x[1] + c) * places + p)] = poolPoints(*points, values.data() + (image * x[1] + c) * x[2] * x[3], align->takes_maximum);
        }
    }
    return std::vector<Tensor>{convertTo(Tensor::of<double>(*out, y), type)};
}

// ---- MaxRoiPool

Grid pooledGrid(const Node& node)
{
    const std::vector<std::int64_t> shape = attributeInts(node, "pooled_shape");
    return shape.size() == 2 ? Grid{shape[0], shape[1]} : Grid{0, 0};
}

Result<std::vector<TensorFacts>> roiPoolShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    const Shape* rois = context.shape(1);
    if (!x || !rois) return oneOutput(context.type(0), std::nullopt);
    Result<Shape> out = alignedShape(context.node, *x, *rois, pooledGrid(context.node));
    if (!out) return out.error();
    return oneOutput(context.type(0), *std::move(out));
}

Result<std::vector<Tensor>> runRoiPool(const RunContext& context)
{
    const ElementType type = context[0].type();
    const Shape& x = context[0].shape();
    const Grid grid = pooledGrid(context.node);
    const Result<Shape> out = alignedShape(context.node, x, context[1].shape(), grid);
    if (!out) return out.error();
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    const std::vector<double> values = asDoubles(context[0]);
    const std::vector<double> boxes = asDoubles(context[1]);
    const double scale = attributeFloat(context.node, "spatial_scale", 1.0);
    if (context[1].shape()[1] != 5) return shapeProblem(context.node, "a box is an image and four edges");
    std::vector<double> y(static_cast<std::size_t>(elementCount(*out).value_or(0)));
    for (std::size_t i = 0; i < y.size(); ++i) {
        const auto place = static_cast<std::int64_t>(i) % (grid.rows * grid.columns);
        const std::int64_t plane = static_cast<std::int64_t>(i) / (grid.rows * grid.columns);
        const double* box = boxes.data() + plane / x[1] * 5;
        if (!(box[0] >= 0) || box[0] >= static_cast<double>(x[0])) return valueProblem(context.node, fmt::format("there is no image {}", box[0]));
        // First and last element of the bin along one axis.
        const auto bin = [&](double low, double high, std::int64_t index, std::int64_t bins, std::int64_t extent) {
            const double start = std::round(std::clamp(low, -1e9, 1e9) * scale);
            const double length = std::max(std::round(std::clamp(high, -1e9, 1e9) * scale) - start + 1, 1.0) / static_cast<double>(bins);
            const auto inside = [&](double at) { return static_cast<std::int64_t>(std::clamp(at + start, 0.0, static_cast<double>(extent))); };
            return std::pair(inside(std::floor(static_cast<double>(index) * length)), inside(std::ceil(static_cast<double>(index + 1) * length)));
        };
        const auto [left, right] = bin(box[1], box[3], place % grid.columns, grid.columns, x[3]);
        const auto [top, bottom] = bin(box[2], box[4], place / grid.columns, grid.rows, x[2]);
        const double* from = values.data() + (static_cast<std::int64_t>(box[0]) * x[1] + plane % x[1]) * x[2] * x[3];
        double best = left < right && top < bottom ? -std::numeric_limits<double>::infinity() : 0.0;
        for (std::int64_t row = top; row < bottom; ++row)
            for (std::int64_t column = left; column < right; ++column) best = std::max(best, from[row * x[3] + column]);
        y[i] = best;
    }
    return std::vector<Tensor>{convertTo(Tensor::of<double>(*out, y), type)};
}

// ---- NonMaxSuppression

struct Box {
    double top, left, bottom, right;
};

Box boxOf(const float* values, bool is_centered)
{
    const std::array<double, 4> v{static_cast<double>(values[0]), static_cast<double>(values[1]), static_cast<double>(values[2]), static_cast<double>(values[3])};
    if (is_centered) return {v[1] - v[3] / 2, v[0] - v[2] / 2, v[1] + v[3] / 2, v[0] + v[2] / 2};
    return {std::min(v[0], v[2]), std::min(v[1], v[3]), std::max(v[0], v[2]), std::max(v[1], v[3])};
}

/// Intersection over union.
double overlap(const Box& a, const Box& b)
{
    const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
    if (height <= 0 || width <= 0) return 0;
    const double area_a = (a.bottom - a.top) * (a.right - a.left);
    const double area_b = (b.bottom - b.top) * (b.right - b.left);
    return height * width / (area_a + area_b - height * width);
}

Result<std::vector<TensorFacts>> suppressionShape(const ShapeContext&)
{
    return oneOutput(ElementType::Int64, Shape{-1, 3});
}

template <class T>
T scalarOr(const RunContext& context, std::size_t input, T fallback)
{
    const Tensor* tensor = context.find(input);
    return tensor && tensor->size() > 0 ? static_cast<T>(elementAsDouble(*tensor, 0)) : fallback;
}

Result<std::vector<Tensor>> runSuppression(const RunContext& context)
{
    const Shape& boxes = context[0].shape();
    const Shape& scores = context[1].shape();
    if (boxes.size() != 3 || scores.size() != 3 || boxes[2] != 4 || boxes[0] != scores[0] || boxes[1] != scores[2])
        return shapeProblem(context.node, fmt::format("scores of shape {} do not fit boxes of shape {}", shapeText(scores), shapeText(boxes)));
    const std::vector<float> edges = asFloats(context[0]);
    const std::vector<float> values = asFloats(context[1]);
    const auto most = static_cast<std::size_t>(std::clamp<std::int64_t>(scalarOr<std::int64_t>(context, 2, 0), 0, boxes[1]));
    const auto limit = scalarOr<double>(context, 3, 0.0);
    const auto least = scalarOr<float>(context, 4, -std::numeric_limits<float>::infinity());
    const bool is_centered = attributeInt(context.node, "center_point_box", 0) != 0;
    std::vector<std::int64_t> selected;
    for (std::int64_t plane = 0; plane < scores[0] * scores[1]; ++plane) {
        const std::int64_t batch = plane / scores[1];
        const float* score = values.data() + plane * boxes[1];
        std::vector<std::int64_t> order(static_cast<std::size_t>(boxes[1]));
        std::iota(order.begin(), order.end(), 0);
        std::erase_if(order, [&](std::int64_t i) { return context.find(4) && !(score[i] > least); });
        std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) { return score[a] > score[b]; });
        std::vector<Box> kept;
        for (const std::int64_t i : order) {
            if (kept.size() >= most) break;
            const Box box = boxOf(edges.data() + (batch * boxes[1] + i) * 4, is_centered);
            if (std::any_of(kept.begin(), kept.end(), [&](const Box& other) { return overlap(box, other) > limit; })) continue;
            kept.push_back(box);
            selected.insert(selected.end(), {batch, plane % scores[1], i});
        }
    }
    return std::vector<Tensor>{Tensor::of<std::int64_t>({static_cast<std::int64_t>(selected.size() / 3), 3}, selected)};
}

constexpr NotSupported kImageNumbers{"Its boxes name images by their number."};

constexpr std::array kOps{
    OpDescriptor{"", "RoiAlign", 10, 3, alignShape, runAlign, kImageNumbers},
    OpDescriptor{"", "MaxRoiPool", 1, 2, roiPoolShape, runRoiPool, kImageNumbers},
    OpDescriptor{"", "NonMaxSuppression", 10, 2, suppressionShape, runSuppression, kImageNumbers},
};

} // namespace

std::span<const OpDescriptor> regionOps()
{
    return kOps;
}

} // namespace bitwright
