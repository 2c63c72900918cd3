// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that repeat, cut or extend a tensor axis by axis: Pad, CenterCropPad, Tile.
#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

#include "ops/families.h"
#include "ops/gather_copy.h"
#include "ops/rule_support.h"

namespace bitwright {
namespace {

using Table = std::vector<std::int64_t>;

/// The elements of one axis in their order.
Table wholeAxis(std::int64_t extent)
{
    Table table(static_cast<std::size_t>(extent));
    std::iota(table.begin(), table.end(), std::int64_t{0});
    return table;
}

// ---- Pad: attributes `paddings` (opset 1) or `pads` and `value` up to opset 10, then inputs 1 to 3

struct AxisPads {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// One entry per axis; nothing where the pads are not known yet.
template <class Context>
Result<std::optional<std::vector<AxisPads>>> axisPads(const Context& context, std::size_t rank)
{
    using Pads = std::optional<std::vector<AxisPads>>;
    std::optional<std::vector<std::int64_t>> pads = integersFrom(context, "pads", 1);
    if (!pads && hasAttribute(context.node, "paddings")) pads = attributeInts(context.node, "paddings");
    if (!pads) return Pads{};
    std::vector<std::int64_t> axes(rank);
    std::iota(axes.begin(), axes.end(), std::int64_t{0});
    const bool has_axes = context.node.inputs.size() > 3 && context.node.inputs[3] != kNone;
    const std::optional<std::vector<std::int64_t>> given = integersFrom(context, "axes", 3);
    if (has_axes && !given) return Pads{};
    if (given) axes = *given;
    if (pads->size() != 2 * axes.size())
        return shapeProblem(context.node, fmt::format("{} pads do not fit {} axes", pads->size(), axes.size()));
    std::vector<AxisPads> result(rank);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::optional<std::size_t> axis = normalAxis(axes[i], rank);
        if (!axis) return shapeProblem(context.node, fmt::format("axis {} does not exist in {} dimensions", axes[i], rank));
        result[*axis] = {(*pads)[i], (*pads)[axes.size() + i]};
        for (const std::int64_t pad : {result[*axis].begin, result[*axis].end})
            if (pad < -kMaximumElements || pad > kMaximumElements) return valueProblem(context.node, fmt::format("a pad of {} is impossible", pad));
    }
    return Pads(std::move(result));
}

Result<Shape> paddedShape(const Node& node, const Shape& from, const std::vector<AxisPads>& pads)
{
    Shape out = from;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] < 0) continue;
        out[i] += pads[i].begin + pads[i].end;
        if (out[i] < 0) return shapeProblem(node, fmt::format("more is cut off than {} holds", shapeText(from)));
    }
    return out;
}

Result<std::vector<TensorFacts>> padShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    if (!from) return oneOutput(context.type(0), std::nullopt);
    Result<std::optional<std::vector<AxisPads>>> pads = axisPads(context, from->size());
    if (!pads) return pads.error();
    if (!*pads) return oneOutput(context.type(0), Shape(from->size(), -1));
    Result<Shape> out = paddedShape(context.node, *from, **pads);
    if (!out) return out.error();
    return oneOutput(context.type(0), *out);
}

enum class PadMode { Constant, Reflect, Edge, Wrap };

std::optional<PadMode> padMode(const Node& node)
{
    const std::string mode = attributeString(node, "mode", "constant");
    if (mode == "constant") return PadMode::Constant;
    if (mode == "reflect") return PadMode::Reflect;
    if (mode == "edge") return PadMode::Edge;
    if (mode == "wrap") return PadMode::Wrap;
    return std::nullopt;
}

std::int64_t modulo(std::int64_t a, std::int64_t b)
{
    return (a % b + b) % b;
}

/// Where place @p at of the axis, counted from its first kept element, takes its value from; -1: the constant.
std::int64_t padSource(PadMode mode, std::int64_t at, std::int64_t extent)
{
    if (at >= 0 && at < extent) return at;
    switch (mode) {
    case PadMode::Edge: return std::clamp<std::int64_t>(at, 0, extent - 1);
    case PadMode::Wrap: return modulo(at, extent);
    case PadMode::Reflect: {
        if (extent == 1) return 0;
        const std::int64_t place = modulo(at, 2 * (extent - 1)); // to and fro
        return place < extent ? place : 2 * (extent - 1) - place;
    }
    case PadMode::Constant: break;
    }
    return -1;
}

/// Negative pads cut first; the other side is then filled from what is left.
Table padTable(PadMode mode, std::int64_t extent, const AxisPads& pads)
{
    const std::int64_t first = std::max<std::int64_t>(0, -pads.begin);
    const std::int64_t kept = extent - first - std::max<std::int64_t>(0, -pads.end);
    Table table;
    for (std::int64_t at = 0; at < extent + pads.begin + pads.end; ++at) {
        const std::int64_t source = padSource(mode, at - pads.begin - first, kept);
        table.push_back(source < 0 ? -1 : source + first);
    }
    return table;
}

/// The value of constant padding: an attribute, or an input of one element.
Result<Tensor> padValue(const RunContext& context)
{
    const ElementType type = context[0].type();
    const Tensor* given = context.find(2);
    if (!given && !hasAttribute(context.node, "value")) return Tensor::zeros(type, {1});
    if (given && (given->size() != 1 || given->type() != type)) return typeProblem(context.node, given->type());
    if (given) return *given;
    const auto value = static_cast<float>(attributeFloat(context.node, "value", 0));
    return convertTo(Tensor::of<float>({1}, std::span(&value, 1)), type);
}

Result<std::vector<Tensor>> runPad(const RunContext& context)
{
    const Shape& from = context[0].shape();
    Result<std::optional<std::vector<AxisPads>>> pads = axisPads(context, from.size());
    if (!pads) return pads.error();
    if (!*pads) return missingInput(context.node, 1);
    Result<Shape> out = paddedShape(context.node, from, **pads);
    if (!out) return out.error();
    if (Result<void> fits = checkSize(context.node, *out); !fits) return fits.error();
    const std::optional<PadMode> mode = padMode(context.node);
    if (!mode) return attributeProblem(context.node, "mode", "it names no known way to pad");
    if (context[0].type() == ElementType::String) return typeProblem(context.node, ElementType::String);
    Result<Tensor> value = padValue(context);
    if (!value) return value.error();
    std::vector<Table> tables;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const AxisPads& axis = (**pads)[i];
        const bool is_empty = from[i] - std::max<std::int64_t>(0, -axis.begin) - std::max<std::int64_t>(0, -axis.end) <= 0;
        if (is_empty && (*out)[i] > 0 && *mode != PadMode::Constant) return shapeProblem(context.node, "there is nothing to repeat");
        tables.push_back(padTable(*mode, from[i], axis));
    }
    return std::vector<Tensor>{copyByTables(context[0], tables, *value)};
}

bool batchPad(const BatchContext& context)
{
    if (!batchFirstInput(context)) return false;
    const ShapeContext facts{context.node, context.opset, context.inputs};
    const Result<std::optional<std::vector<AxisPads>>> pads = axisPads(facts, context.rank(0));
    return pads && *pads && (*pads)->front().begin == 0 && (*pads)->front().end == 0;
}

// ---- CenterCropPad

/// The extents that are asked for; nothing where they are not known yet.
template <class Context>
Result<std::optional<Shape>> centeredShape(const Context& context, const Shape& from, const Tensor* target)
{
    if (!target) return std::optional<Shape>{};
    const std::vector<std::int64_t> extents = asIntegers(*target);
    std::vector<std::int64_t> axes = attributeInts(context.node, "axes");
    if (!hasAttribute(context.node, "axes")) axes = wholeAxis(static_cast<std::int64_t>(from.size()));
    if (axes.size() != extents.size()) return shapeProblem(context.node, "its axes and extents differ in number");
    Shape out = from;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::optional<std::size_t> axis = normalAxis(axes[i], from.size());
        if (!axis || extents[i] < 0) return shapeProblem(context.node, fmt::format("axis {} cannot have {} elements", axes[i], extents[i]));
        out[*axis] = extents[i];
    }
    return std::optional<Shape>(out);
}

Result<std::vector<TensorFacts>> centerShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    if (!from) return oneOutput(context.type(0), std::nullopt);
    Result<std::optional<Shape>> out = centeredShape(context, *from, context.constant(1));
    if (!out) return out.error();
    return oneOutput(context.type(0), *out ? **out : Shape(from->size(), -1));
}

Result<std::vector<Tensor>> runCenter(const RunContext& context)
{
    const Shape& from = context[0].shape();
    Result<std::optional<Shape>> out = centeredShape(context, from, context.find(1));
    if (!out) return out.error();
    if (Result<void> fits = checkSize(context.node, **out); !fits) return fits.error();
    if (context[0].type() == ElementType::String) return typeProblem(context.node, ElementType::String);
    std::vector<Table> tables;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const std::int64_t extent = (**out)[i];
        // The odd element of a cut goes to the right, that of a pad too.
        const std::int64_t shift = extent <= from[i] ? (from[i] - extent) / 2 : -((extent - from[i]) / 2);
        Table table;
        for (std::int64_t at = 0; at < extent; ++at) {
            const std::int64_t source = at + shift;
            table.push_back(source >= 0 && source < from[i] ? source : -1);
        }
        tables.push_back(std::move(table));
    }
    return std::vector<Tensor>{copyByTables(context[0], tables, Tensor::zeros(context[0].type(), {1}))};
}

bool batchCenter(const BatchContext& context)
{
    if (!batchFirstInput(context)) return false;
    const std::vector<std::int64_t> axes = attributeInts(context.node, "axes");
    return !axes.empty() && std::all_of(axes.begin(), axes.end(), [&](std::int64_t axis) {
        return normalAxis(axis, context.rank(0)).value_or(0) != 0;
    });
}

// ---- Tile: repeats per axis; in opset 1 a number of tiles and an axis

/// Nothing where the repeats are not known yet.
template <class Context>
Result<std::optional<std::vector<std::int64_t>>> repeatsOf(const Context& context, std::size_t rank, const Tensor* first, const Tensor* second)
{
    using Repeats = std::optional<std::vector<std::int64_t>>;
    if (!first || (context.opset < 6 && !second)) return Repeats{};
    std::vector<std::int64_t> repeats = asIntegers(*first);
    if (context.opset < 6) {
        const std::optional<std::size_t> axis = normalAxis(singleInteger(second).value_or(-1), rank);
        if (!axis || repeats.size() != 1) return shapeProblem(context.node, "its tiles or its axis do not fit");
        const std::int64_t tiles = repeats[0];
        repeats.assign(rank, 1);
        repeats[*axis] = tiles;
    }
    if (repeats.size() != rank)
        return shapeProblem(context.node, fmt::format("{} repeats do not fit {} dimensions", repeats.size(), rank));
    for (const std::int64_t count : repeats)
        if (count < 0 || count > kMaximumElements) return valueProblem(context.node, fmt::format("{} repeats are impossible", count));
    return Repeats(std::move(repeats));
}

Shape tiledShape(const Shape& from, const std::vector<std::int64_t>& repeats)
{
    Shape out = from;
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i] > 0) out[i] = out[i] > kMaximumElements ? kMaximumElements + 1 : out[i] * repeats[i];
    return out;
}

Result<std::vector<TensorFacts>> tileShape(const ShapeContext& context)
{
    const Shape* from = context.shape(0);
    if (!from) return oneOutput(context.type(0), std::nullopt);
    Result<std::optional<std::vector<std::int64_t>>> repeats = repeatsOf(context, from->size(), context.constant(1), context.constant(2));
    if (!repeats) return repeats.error();
    return oneOutput(context.type(0), *repeats ? tiledShape(*from, **repeats) : Shape(from->size(), -1));
}

Result<std::vector<Tensor>> runTile(const RunContext& context)
{
    const Shape& from = context[0].shape();
    Result<std::optional<std::vector<std::int64_t>>> repeats = repeatsOf(context, from.size(), context.find(1), context.find(2));
    if (!repeats) return repeats.error();
    if (!*repeats) return missingInput(context.node, 1);
    const Shape out = tiledShape(from, **repeats);
    if (Result<void> fits = checkSize(context.node, out); !fits) return fits.error();
    std::vector<Table> tables;
    for (std::size_t i = 0; i < from.size(); ++i) {
        Table table(static_cast<std::size_t>(out[i]));
        for (std::size_t at = 0; at < table.size(); ++at) table[at] = static_cast<std::int64_t>(at) % from[i];
        tables.push_back(std::move(table));
    }
    return std::vector<Tensor>{copyByTables(context[0], tables)};
}

bool batchTile(const BatchContext& context)
{
    if (!batchFirstInput(context) || context.opset < 6 || !context.inputs[1].constant) return false;
    const std::vector<std::int64_t> repeats = asIntegers(*context.inputs[1].constant);
    return !repeats.empty() && repeats.front() == 1;
}

constexpr std::array kOps{
    OpDescriptor{"", "Pad", 1, 1, padShape, runPad, batchPad},
    OpDescriptor{"", "CenterCropPad", 18, 2, centerShape, runCenter, batchCenter},
    OpDescriptor{"", "Tile", 1, 2, tileShape, runTile, batchTile},
};

} // namespace

std::span<const OpDescriptor> paddingOps()
{
    return kOps;
}

} // namespace bitwright
