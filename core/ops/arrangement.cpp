// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that place elements by a fixed rule: DepthToSpace, SpaceToDepth, ReverseSequence, Trilu, EyeLike, OneHot (onnx: docs/Operators.md).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"
#include "ops/typed.h"

namespace bitwright {
namespace {

// ---- DepthToSpace, SpaceToDepth: blocks of b x b pixels <-> channels

Result<std::int64_t> blockOf(const Node& node, const Shape& shape)
{
    const std::int64_t block = attributeInt(node, "blocksize", 0);
    if (shape.size() != 4) return shapeProblem(node, fmt::format("{} has not four dimensions", shapeText(shape)));
    if (block < 1 || block > (1 << 15)) return attributeProblem(node, "blocksize", fmt::format("{} is impossible", block));
    return block;
}

/// Unknown extents stay unknown.
Result<Shape> blockShape(const Node& node, const Shape& from, bool to_space)
{
    Result<std::int64_t> block = blockOf(node, from);
    if (!block) return block.error();
    const std::int64_t area = *block * *block;
    const auto scaled = [](std::int64_t extent, std::int64_t up, std::int64_t down) { return extent < 0 ? -1 : extent * up / down; };
    const bool fits = to_space ? from[1] < 0 || from[1] % area == 0
                               : (from[2] < 0 || from[2] % *block == 0) && (from[3] < 0 || from[3] % *block == 0);
    if (!fits) return shapeProblem(node, fmt::format("{} cannot be cut into blocks of {}", shapeText(from), *block));
    if (to_space) return Shape{from[0], scaled(from[1], 1, area), scaled(from[2], *block, 1), scaled(from[3], *block, 1)};
    return Shape{from[0], scaled(from[1], area, 1), scaled(from[2], 1, *block), scaled(from[3], 1, *block)};
}

template <bool to_space>
Result<std::vector<TensorFacts>> blocksShape(const ShapeContext& context)
{
    if (!context.shape(0)) return oneOutput(context.type(0), Shape(4, -1));
    Result<Shape> out = blockShape(context.node, *context.shape(0), to_space);
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

template <bool to_space>
Result<std::vector<Tensor>> runBlocks(const RunContext& context)
{
    const Shape& from = context[0].shape();
    Result<Shape> out = blockShape(context.node, from, to_space);
    if (!out) return out.error();
    const std::int64_t b = attributeInt(context.node, "blocksize", 1);
    const bool is_crd = attributeString(context.node, "mode", "DCR") == "CRD";
    const std::vector<std::int64_t> s = rowSteps(from);
    if (to_space) { // channel = (row, column, depth), or (depth, row, column)
        const std::int64_t depth = (*out)[1];
        const std::int64_t c = is_crd ? b * b : 1;
        const std::int64_t row = is_crd ? b : b * depth;
        const std::int64_t column = is_crd ? 1 : depth;
        const Tensor tiles = copyStrided(context[0], {from[0], depth, from[2], b, from[3], b},
                                         {s[0], c * s[1], s[2], row * s[1], s[3], column * s[1]});
        return std::vector<Tensor>{tiles.reshaped(*out)};
    }
    const Shape places{from[0], from[1], from[2] / b, from[3] / b};
    const Tensor tiles =
        is_crd ? copyStrided(context[0], {places[0], places[1], b, b, places[2], places[3]}, {s[0], s[1], s[2], s[3], b * s[2], b * s[3]})
               : copyStrided(context[0], {places[0], b, b, places[1], places[2], places[3]}, {s[0], s[2], s[3], s[1], b * s[2], b * s[3]});
    return std::vector<Tensor>{tiles.reshaped(*out)};
}

// ---- ReverseSequence

Result<std::vector<Tensor>> runReverse(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    const std::int64_t time_axis = attributeInt(context.node, "time_axis", 0);
    const std::int64_t batch_axis = attributeInt(context.node, "batch_axis", 1);
    if (shape.size() < 2 || time_axis < 0 || batch_axis < 0 || time_axis + batch_axis != 1)
        return attributeProblem(context.node, "time_axis", "time and batch are the first two dimensions");
    const std::vector<std::int64_t> lengths = asIntegers(context[1]);
    const auto batches = static_cast<std::size_t>(shape[static_cast<std::size_t>(batch_axis)]);
    if (lengths.size() != batches) return shapeProblem(context.node, "it needs one length per sample");
    const std::int64_t time = shape[static_cast<std::size_t>(time_axis)];
    for (const std::int64_t length : lengths)
        if (length < 0 || length > time) return valueProblem(context.node, fmt::format("length {} is not among {} steps", length, time));
    const std::int64_t run = rowSteps(shape)[1];
    std::vector<std::int64_t> sources;
    sources.reserve(static_cast<std::size_t>(context[0].size()));
    for (std::int64_t a = 0; a < shape[0]; ++a)
        for (std::int64_t b = 0; b < shape[1]; ++b) {
            const std::int64_t t = time_axis == 0 ? a : b;
            const std::int64_t sample = time_axis == 0 ? b : a;
            const std::int64_t length = lengths[static_cast<std::size_t>(sample)];
            const std::int64_t from = t < length ? length - 1 - t : t;
            const std::int64_t first = (time_axis == 0 ? from * shape[1] + sample : sample * shape[1] + from) * run;
            for (std::int64_t i = 0; i < run; ++i) sources.push_back(first + i);
        }
    return std::vector<Tensor>{copyElements(context[0], shape, sources)};
}

bool batchReverse(const BatchContext& context)
{
    return context.batched(0) && context.batched(1) && attributeInt(context.node, "batch_axis", 1) == 0;
}

// ---- Trilu

Result<std::vector<Tensor>> runTrilu(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    if (shape.size() < 2) return shapeProblem(context.node, fmt::format("{} is no matrix", shapeText(shape)));
    if (context[0].type() == ElementType::String) return typeProblem(context.node, ElementType::String);
    const std::int64_t rows = shape[shape.size() - 2];
    const std::int64_t columns = shape.back();
    const std::int64_t diagonal = std::clamp<std::int64_t>(singleInteger(context.find(1)).value_or(0), -rows, columns);
    const bool upper = attributeInt(context.node, "upper", 1) != 0;
    const std::size_t bytes = elementBytes(context[0].type());
    const std::shared_ptr<std::byte[]> out(new std::byte[context[0].bytes().size()]());
    const std::int64_t matrices = rows * columns == 0 ? 0 : context[0].size() / (rows * columns);
    for (std::int64_t r = 0; r < matrices * rows; ++r) {
        const std::int64_t edge = r % rows + diagonal;
        const std::int64_t first = upper ? std::clamp<std::int64_t>(edge, 0, columns) : 0;
        const std::int64_t last = upper ? columns : std::clamp<std::int64_t>(edge + 1, 0, columns);
        const auto at = static_cast<std::size_t>(r * columns + first) * bytes;
        std::copy_n(context[0].bytes().begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::size_t>(last - first) * bytes, out.get() + at);
    }
    return std::vector<Tensor>{Tensor(context[0].type(), shape, out)};
}

bool batchTrilu(const BatchContext& context)
{
    return batchFirstInput(context) && context.rank(0) > 2;
}

// ---- EyeLike

Result<std::vector<TensorFacts>> eyeShape(const ShapeContext& context)
{
    return oneOutput(attributeType(context.node, "dtype", context.type(0)), context.inputs[0].shape);
}

Result<std::vector<Tensor>> runEye(const RunContext& context)
{
    const Shape& shape = context[0].shape();
    const ElementType type = attributeType(context.node, "dtype", context[0].type());
    if (shape.size() != 2) return shapeProblem(context.node, fmt::format("{} is no matrix", shapeText(shape)));
    if (isOpaqueType(type)) return attributeProblem(context.node, "dtype", "it names no numeric type");
    const std::int64_t k = std::clamp<std::int64_t>(attributeInt(context.node, "k", 0), -shape[0], shape[1]);
    std::vector<std::int8_t> ones(static_cast<std::size_t>(context[0].size()), 0);
    for (std::int64_t row = std::max<std::int64_t>(0, -k); row < shape[0] && row + k < shape[1]; ++row)
        ones[static_cast<std::size_t>(row * shape[1] + row + k)] = 1;
    return std::vector<Tensor>{convertTo(Tensor::of<std::int8_t>(shape, ones), type)};
}

// ---- OneHot

Result<Shape> oneHotShapeOf(const Node& node, const Shape& indices, std::int64_t depth, std::size_t& axis)
{
    const std::optional<std::size_t> normal = normalAxis(attributeInt(node, "axis", -1), indices.size() + 1);
    if (!normal) return attributeProblem(node, "axis", fmt::format("{} has no such place", shapeText(indices)));
    axis = *normal;
    Shape out = indices;
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(axis), depth);
    return out;
}

Result<std::vector<TensorFacts>> oneHotShape(const ShapeContext& context)
{
    if (!context.shape(0)) return oneOutput(context.type(2), std::nullopt);
    std::size_t axis = 0;
    Result<Shape> out = oneHotShapeOf(context.node, *context.shape(0), singleInteger(context.constant(1)).value_or(-1), axis);
    if (!out) return out.error();
    return oneOutput(context.type(2), *out);
}

Result<std::vector<Tensor>> runOneHot(const RunContext& context)
{
    const std::optional<std::int64_t> depth = singleInteger(&context[1]);
    if (!depth || *depth < 0) return valueProblem(context.node, "its depth is no single number of classes");
    if (context[2].size() != 2) return shapeProblem(context.node, "its values are not two");
    if (context[2].type() == ElementType::String) return typeProblem(context.node, ElementType::String);
    std::size_t axis = 0;
    Result<Shape> out = oneHotShapeOf(context.node, context[0].shape(), *depth, axis);
    if (!out) return out.error();
    if (Result<void> fits = checkSize(context.node, *out); !fits) return fits.error();
    const AxisRows rows = rowsAlong(*out, axis);
    const std::vector<std::int64_t> indices = asIntegers(context[0]);
    std::vector<std::int64_t> sources(static_cast<std::size_t>(rows.outer * rows.length * rows.inner), 0);
    for (std::size_t r = 0; r < indices.size(); ++r) {
        const std::int64_t index = indices[r] < 0 ? indices[r] + *depth : indices[r];
        if (index < 0 || index >= *depth) continue;
        const auto row = static_cast<std::int64_t>(r);
        sources[static_cast<std::size_t>((row / rows.inner * rows.length + index) * rows.inner + row % rows.inner)] = 1;
    }
    return std::vector<Tensor>{copyElements(context[2], *out, sources)};
}

bool batchOneHot(const BatchContext& context)
{
    return batchFirstInput(context) && normalAxis(attributeInt(context.node, "axis", -1), context.rank(0) + 1).value_or(0) != 0;
}

constexpr NotSupported kDependsOnBatch{"The result depends on the number of samples."};

bool always(const BatchContext&)
{
    return true;
}

constexpr std::array kOps{
    OpDescriptor{"", "DepthToSpace", 1, 1, blocksShape<true>, runBlocks<true>, always},
    OpDescriptor{"", "SpaceToDepth", 1, 1, blocksShape<false>, runBlocks<false>, always},
    OpDescriptor{"", "ReverseSequence", 10, 2, sameAsInput, runReverse, batchReverse},
    OpDescriptor{"", "Trilu", 14, 1, sameAsInput, runTrilu, batchTrilu},
    OpDescriptor{"", "EyeLike", 9, 1, eyeShape, runEye, kDependsOnBatch},
    OpDescriptor{"", "OneHot", 9, 3, oneHotShape, runOneHot, batchOneHot},
};

} // namespace

std::span<const OpDescriptor> arrangementOps()
{
    return kOps;
}

} // namespace bitwright
