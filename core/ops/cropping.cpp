// SPDX-License-Identifier: GPL-3.0-or-later
// CenterCropPad: brings axes to an extent by cutting or padding both ends (onnx: docs/Operators.md, CenterCropPad).
#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

Result<Shape> croppedShape(const Node& node, Shape x, const std::vector<std::int64_t>& extents)
{
    std::vector<std::int64_t> axes = attributeInts(node, "axes");
    if (axes.empty())
        for (std::size_t axis = 0; axis < x.size(); ++axis) axes.push_back(static_cast<std::int64_t>(axis));
    if (axes.size() != extents.size()) return shapeProblem(node, fmt::format("{} extents do not fit {} axes", extents.size(), axes.size()));
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::optional<std::size_t> axis = normalAxis(axes[i], x.size());
        if (!axis || extents[i] < 0) return shapeProblem(node, fmt::format("axis {} of {} cannot get {} elements", axes[i], shapeText(x), extents[i]));
        x[*axis] = extents[i];
    }
    return x;
}

Result<std::vector<TensorFacts>> cropShape(const ShapeContext& context)
{
    const Shape* x = context.shape(0);
    if (!x) return oneOutput(context.type(0), std::nullopt);
    const Tensor* extents = context.constant(1);
    if (!extents) return oneOutput(context.type(0), Shape(x->size(), -1));
    Result<Shape> out = croppedShape(context.node, *x, asIntegers(*extents));
    if (!out) return out.error();
    return oneOutput(context.type(0), *std::move(out));
}

Result<std::vector<Tensor>> runCrop(const RunContext& context)
{
    const Tensor& x = context[0];
    const Result<Shape> out = croppedShape(context.node, x.shape(), asIntegers(context[1]));
    if (!out) return out.error();
    if (elementCount(*out).value_or(kMaximumElements + 1) > kMaximumElements) return sizeProblem(context.node, *out);
    const std::size_t bytes = elementBytes(x.type());
    if (bytes == 0) return typeProblem(context.node, x.type());
    // What both have in common is cut out, and put into the middle of zeros.
    Shape common = x.shape();
    std::int64_t first = 0;
    std::int64_t place = 0;
    const std::vector<std::int64_t> from = rowSteps(x.shape());
    const std::vector<std::int64_t> to = rowSteps(*out);
    for (std::size_t axis = 0; axis < common.size(); ++axis) {
        const std::int64_t surplus = x.shape()[axis] - (*out)[axis];
        common[axis] = std::min(x.shape()[axis], (*out)[axis]);
        first += std::max<std::int64_t>(surplus, 0) / 2 * from[axis];
        place += std::max<std::int64_t>(-surplus, 0) / 2 * to[axis];
    }
    const Tensor part = copyStrided(x, common, from, first);
    const std::shared_ptr<std::byte[]> data(new std::byte[static_cast<std::size_t>(elementCount(*out).value_or(0)) * bytes]());
    const std::int64_t row = common.empty() ? 1 : common.back();
    const std::vector<std::int64_t> steps = rowSteps(common);
    for (std::int64_t at = 0; at < part.size(); at += row) {
        std::int64_t target = place;
        for (std::size_t axis = 0; axis + 1 < common.size(); ++axis) target += at / steps[axis] % common[axis] * to[axis];
        std::memcpy(data.get() + static_cast<std::size_t>(target) * bytes, part.bytes().data() + static_cast<std::size_t>(at) * bytes, static_cast<std::size_t>(row) * bytes);
    }
    return std::vector<Tensor>{Tensor(x.type(), *out, data)};
}

bool batchCrop(const BatchContext& context)
{
    const std::vector<std::int64_t> axes = attributeInts(context.node, "axes");
    return batchFirstInput(context) && !axes.empty() &&
           std::none_of(axes.begin(), axes.end(), [&](std::int64_t axis) { return normalAxis(axis, context.rank(0)).value_or(0) == 0; });
}

constexpr std::array kOps{
    OpDescriptor{"", "CenterCropPad", 18, 2, cropShape, runCrop, batchCrop},
};

} // namespace

std::span<const OpDescriptor> croppingOps()
{
    return kOps;
}

} // namespace bitwright
