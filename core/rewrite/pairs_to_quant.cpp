// SPDX-License-Identifier: GPL-3.0-or-later
// QuantizeLinear [-> Clip] -> DequantizeLinear as one Quant: the zero point moves out of the rounding into the range
// of codes, (clamp(rne(x/s) + z, lo, hi) - z) * s = clamp(rne(x/s), lo - z, hi - z) * s, which is exact.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ops/op_descriptor.h"
#include "rewrite/quantised_form.h"

namespace bitwright {
namespace {

bool isLinear(const Node& node, std::string_view op_type)
{
    return node.op_type == op_type && (node.domain.empty() || node.domain == "com.microsoft");
}

/// Operators that only move or select elements, so that codes and values may pass them alike.
bool movesOnly(const Node& node)
{
    static constexpr std::array<std::string_view, 6> kMovers{"Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "MaxPool"};
    return node.domain.empty() && node.outputs.size() == 1 && node.inputs.size() >= 1 &&
           std::find(kMovers.begin(), kMovers.end(), node.op_type) != kMovers.end();
}

/// Reads one pair, or says why it has no other form.
class PairReader {
public:
    PairReader(WorkGraph& work, NodeIndex index) : m_work(work), m_node(work.node(index)) {}

    /// Empty where the pair could be replaced.
    std::string rewrite(NodeIndex index)
    {
        if (std::string reason = readParameters(); !reason.empty()) return reason;
        const ValueIndex source = m_node.inputs[0];
        return m_work.isConstant(source) ? replaceConstant(index) : replacePair(index);
    }

private:
    const Tensor* constant(const Node& node, std::size_t input) const
    {
        if (input >= node.inputs.size() || !m_work.isConstant(node.inputs[input])) return nullptr;
        return &*m_work.graph().value(node.inputs[input]).constant;
    }

    std::string readParameters()
    {
        const Tensor* scale = constant(m_node, 1);
        if (!scale) return "its scale is no constant";
        if (scale->type() != ElementType::Float32) return "its scale is not float32, so it rounds in another precision";
        const auto factors = scale->as<float>();
        if (!std::all_of(factors.begin(), factors.end(), [](float s) { return std::isfinite(s) && s > 0; }))
            return "its scale is not a positive number";
        const bool has_zero = m_node.inputs.size() > 2 && m_node.inputs[2] != kNone;
        const Tensor* zero = constant(m_node, 2);
        if (has_zero && !zero) return "its zero point is no constant";
        m_zero = zero ? asIntegers(*zero) : std::vector<std::int64_t>{0};
        if (m_zero.size() != 1 && static_cast<std::int64_t>(m_zero.size()) != scale->size())
            return "its zero point does not have the shape of its scale";
        return stretchParameters(*scale);
    }

    /// One number, or one per index of the axis, or one per block, as an array that stretches to the data.
    std::string stretchParameters(const Tensor& scale)
    {
        if (scale.size() == 1 && attributeInt(m_node, "block_size", 0) == 0) {
            m_form.scale = scale.reshaped({});
            return {};
        }
        const std::optional<Shape>& data = m_work.graph().value(m_node.inputs[0]).shape;
        if (!data || data->empty()) return "the rank of its data is unknown";
        std::int64_t axis = attributeInt(m_node, "axis", 1);
        const auto rank = static_cast<std::int64_t>(data->size());
        if (axis < 0) axis += rank;
        if (axis < 0 || axis >= rank) return "its axis lies outside its data";
        const std::int64_t block = attributeInt(m_node, "block_size", 0);
        if (block > 0) return stretchBlocks(scale, *data, static_cast<std::size_t>(axis), block);
        const std::int64_t extent = (*data)[static_cast<std::size_t>(axis)];
        if (scale.shape().size() != 1 || (extent >= 0 && extent != scale.size())) return "its scale does not fit its data";
        Shape shape(data->size(), 1);
        shape[static_cast<std::size_t>(axis)] = scale.size();
        m_form.scale = scale.reshaped(std::move(shape));
        return {};
    }

    std::string stretchBlocks(const Tensor& scale, const Shape& data, std::size_t axis, std::int64_t block)
    {
        constexpr std::int64_t kMaximumElements = std::int64_t{1} << 24;
        const std::optional<std::int64_t> count = elementCount(data);
        if (!count || *count > kMaximumElements || scale.shape().size() != data.size()) return "its blocks do not fit its data";
        for (std::size_t i = 0; i < data.size(); ++i) {
            const std::int64_t wanted = i == axis ? (data[i] + block - 1) / block : data[i];
            if (scale.shape()[i] != wanted) return "its blocks do not fit its data";
        }
        std::int64_t inner = 1;
        for (std::size_t i = axis + 1; i < data.size(); ++i) inner *= data[i];
        const std::int64_t blocks = scale.shape()[axis];
        std::vector<float> factors(static_cast<std::size_t>(*count));
        std::vector<std::int64_t> zeros(factors.size());
        for (std::int64_t i = 0; i < *count; ++i) {
            const std::int64_t outer = i / (inner * data[axis]);
            const std::int64_t along = i / inner % data[axis];
            const auto from = static_cast<std::size_t>((outer * blocks + along / block) * inner + i % inner);
            factors[static_cast<std::size_t>(i)] = scale.as<float>()[from];
            zeros[static_cast<std::size_t>(i)] = m_zero.size() == 1 ? m_zero[0] : m_zero[from];
        }
        m_form.scale = Tensor::of<float>(data, factors);
        if (m_zero.size() > 1) m_zero = std::move(zeros);
        return {};
    }

    /// Position in scale and zero point of element @p index of data of @p shape.
    std::size_t parameterOf(std::int64_t index, const Shape& shape) const
    {
        const Shape& extents = m_form.scale.shape();
        if (extents.empty()) return 0;
        std::int64_t position = 0;
        std::int64_t stride = 1;
        for (std::size_t i = shape.size(); i-- > 0;) {
            const std::int64_t coordinate = index % shape[i];
            index /= shape[i];
            if (extents[i] != 1) position += coordinate * stride;
            stride *= extents[i];
        }
        return static_cast<std::size_t>(position);
    }

    /// A dequantised constant: the values it stands for, and the format in which they are codes again.
    std::string replaceConstant(NodeIndex index)
    {
        const ValueIndex source = m_node.inputs[0];
        const Tensor codes = *m_work.value(source).constant;
        const std::optional<CodeRange> container = codeRangeOf(codes.type());
        if (!container) return fmt::format("its codes are {}", elementTypeName(codes.type()));
        std::vector<float> values(static_cast<std::size_t>(codes.size()));
        m_form.lowest = 0;
        m_form.highest = 0;
        bool is_exact = true;
        for (std::int64_t i = 0; i < codes.size(); ++i) {
            const std::size_t parameter = parameterOf(i, codes.shape());
            const std::int64_t code = static_cast<std::int64_t>(elementAsDouble(codes, i)) - (m_zero.size() == 1 ? m_zero[0] : m_zero[parameter]);
            const float scale = m_form.scale.as<float>()[parameter];
            const float value = static_cast<float>(code) * scale;
            is_exact = is_exact && std::nearbyint(value / scale) * scale == value && std::isfinite(value);
            values[static_cast<std::size_t>(i)] = value;
            m_form.lowest = std::min(m_form.lowest, code);
            m_form.highest = std::max(m_form.highest, code);
        }
        const ValueIndex stored = m_work.addConstant(Tensor::of<float>(codes.shape(), values));
        m_work.value(stored).original_name = m_work.value(source).original_name;
        if (!is_exact) { // wider than float32 holds: the values stay, without a format
            m_work.redirect(m_node.outputs[0], stored);
            m_work.remove(index);
            m_work.record("quantisers", fmt::format("Computed '{}' ({}) once and for all.", m_node.name, m_node.op_type), m_node.came_from);
            return {};
        }
        // The container is the format, except for accumulator-wide biases, which say nothing by it.
        if (container->highest <= 65535 && m_form.lowest >= container->lowest && m_form.highest <= container->highest)
            m_form = {m_form.scale, container->lowest, container->highest};
        const QuantRange range = quantRangeAround(m_form.lowest, m_form.highest);
        m_work.replace(index, {quantNode(stored, range, m_node.outputs[0], m_node.came_from)});
        m_work.record("quantisers", fmt::format("'{}' (DequantizeLinear) gives a constant the format of its codes.", m_node.name), m_node.came_from);
        return {};
    }

    std::string replacePair(NodeIndex index)
    {
        NodeIndex clip = kNone;
        NodeIndex producer = m_work.value(m_node.inputs[0]).producer;
        if (producer != kNone && m_work.node(producer).op_type == "Clip" && m_work.node(producer).domain.empty()) {
            clip = producer;
            producer = m_work.value(m_work.node(clip).inputs[0]).producer;
        }
        if (producer == kNone || !isLinear(m_work.node(producer), "QuantizeLinear")) return "no QuantizeLinear stands before it";
        const Node quantise = m_work.node(producer);
        if (!sameParameters(quantise)) return fmt::format("its scale or zero point differs from that of '{}'", quantise.name);
        if (quantise.inputs[0] == kNone || m_work.value(quantise.inputs[0]).type != ElementType::Float32) return "its data are not float32";
        if (std::string reason = readRange(quantise, clip); !reason.empty()) return reason;
        std::vector<std::string> origins = quantise.came_from;
        if (clip != kNone) origins.insert(origins.end(), m_work.node(clip).came_from.begin(), m_work.node(clip).came_from.end());
        origins.insert(origins.end(), m_node.came_from.begin(), m_node.came_from.end());
        return replaceBy(index, quantise, std::move(origins));
    }

    std::string replaceBy(NodeIndex index, const Node& quantise, std::vector<std::string> origins)
    {
        const QuantRange range = quantRangeAround(m_form.lowest, m_form.highest);
        const bool is_clipped = range.lowest() != m_form.lowest || range.highest() != m_form.highest;
        if (is_clipped && m_form.scale.size() != 1) return "its range needs one bound for each of its scales";
        std::vector<Node> nodes;
        if (!is_clipped) {
            nodes.push_back(quantNode(quantise.inputs[0], range, m_node.outputs[0], origins));
        } else {
            Value wide = m_work.value(m_node.outputs[0]);
            wide.name.clear();
            wide.original_name.clear();
            wide.consumers.clear();
            const ValueIndex between = m_work.addValue(std::move(wide));
            nodes.push_back(quantNode(quantise.inputs[0], range, between, origins));
            nodes.push_back(clipNode(between, origins));
        }
        m_work.replace(index, std::move(nodes));
        m_work.record("quantisers",
                      fmt::format("'{}' and '{}' are one quantiser of codes {} to {}.", quantise.name, m_node.name, m_form.lowest, m_form.highest),
                      std::move(origins));
        return {};
    }

    bool sameParameters(const Node& quantise) const
    {
        const auto same = [&](std::size_t input) {
            const Tensor* mine = constant(m_node, input);
            const Tensor* other = constant(quantise, input);
            const bool is_given = input < quantise.inputs.size() && quantise.inputs[input] != kNone;
            if (!mine || !other) return input == 2 && is_given == (other != nullptr) && isZero(mine) && isZero(other);
            return mine->type() == other->type() && mine->size() == other->size() &&
                   std::equal(mine->bytes().begin(), mine->bytes().end(), other->bytes().begin());
        };
        const auto axis = [&](const Node& node) { return m_form.scale.size() == 1 ? 0 : attributeInt(node, "axis", 1); };
        return same(1) && same(2) && axis(m_node) == axis(quantise) &&
               attributeInt(m_node, "block_size", 0) == attributeInt(quantise, "block_size", 0);
    }

    static bool isZero(const Tensor* tensor)
    {
        if (!tensor) return true;
        const std::vector<std::int64_t> values = asIntegers(*tensor);
        return std::all_of(values.begin(), values.end(), [](std::int64_t value) { return value == 0; });
    }

    std::string readRange(const Node& quantise, NodeIndex clip)
    {
        const ElementType type = m_work.value(quantise.outputs[0]).type;
        std::optional<CodeRange> range = codeRangeOf(type);
        if (!range) return fmt::format("its codes are {}", elementTypeName(type));
        if (clip != kNone) {
            const Node& node = m_work.node(clip);
            for (const std::size_t input : {1u, 2u}) {
                if (input >= node.inputs.size() || node.inputs[input] == kNone) continue;
                const Tensor* bound = constant(node, input);
                if (!bound || bound->size() != 1) return fmt::format("the bounds of '{}' are no constants", node.name);
                const auto limit = static_cast<std::int64_t>(elementAsDouble(*bound, 0));
                if (input == 1) range->lowest = std::max(range->lowest, limit);
                else range->highest = std::min(range->highest, limit);
            }
            if (range->lowest > range->highest) return fmt::format("the bounds of '{}' leave no code", node.name);
        }
        if (std::any_of(m_zero.begin(), m_zero.end(), [&](std::int64_t zero) { return zero != m_zero.front(); }))
            return "its zero points differ from each other";
        m_form.lowest = range->lowest - m_zero.front();
        m_form.highest = range->highest - m_zero.front();
        return {};
    }

    ValueIndex floatConstant(float number) const { return m_work.addConstant(Tensor::of<float>({}, std::span(&number, 1))); }

    Node quantNode(ValueIndex data, const QuantRange& range, ValueIndex output, std::vector<std::string> origins) const
    {
        Node node;
        node.name = m_node.name;
        node.op_type = "Quant";
        node.domain = std::string(kQonnxDomain);
        node.inputs = {data, m_work.addConstant(m_form.scale), floatConstant(0), floatConstant(static_cast<float>(range.width_bits))};
        node.outputs = {output};
        node.attributes["signed"] = std::int64_t{range.is_signed};
        node.attributes["narrow"] = std::int64_t{range.is_narrow};
        node.attributes["rounding_mode"] = std::string("ROUND");
        node.came_from = std::move(origins);
        return node;
    }

    Node clipNode(ValueIndex data, std::vector<std::string> origins) const
    {
        const float scale = m_form.scale.as<float>()[0];
        Node node;
        node.name = m_node.name + "_range";
        node.op_type = "Clip";
        node.inputs = {data, floatConstant(static_cast<float>(m_form.lowest) * scale), floatConstant(static_cast<float>(m_form.highest) * scale)};
        node.outputs = {m_node.outputs[0]};
        node.came_from = std::move(origins);
        return node;
    }

    WorkGraph& m_work;
    const Node m_node; ///< the DequantizeLinear; a copy, because the graph grows
    QuantisedForm m_form;
    std::vector<std::int64_t> m_zero;
};

/// Lets a DequantizeLinear with one scale for all change places with what only moves elements before it.
bool moveUp(WorkGraph& work, NodeIndex index)
{
    const Node dequantise = work.node(index);
    const NodeIndex above = work.value(dequantise.inputs[0]).producer;
    if (above == kNone || !movesOnly(work.node(above))) return false;
    const ValueIndex moved = dequantise.inputs[0];
    const ValueIndex codes = work.node(above).inputs[0];
    if (codes == kNone || work.isConstant(codes) || work.value(moved).consumers.size() != 1 || work.isGraphOutput(moved)) return false;
    for (std::size_t input = 1; input < dequantise.inputs.size(); ++input) {
        if (dequantise.inputs[input] == kNone) continue;
        if (!work.isConstant(dequantise.inputs[input]) || work.value(dequantise.inputs[input]).constant->size() != 1) return false;
    }
    Value early;
    early.type = ElementType::Float32;
    early.shape = work.value(codes).shape;
    Node first = dequantise;
    first.inputs[0] = codes;
    first.outputs = {work.addValue(std::move(early))};
    Node second = work.node(above);
    second.inputs[0] = first.outputs[0];
    second.outputs = dequantise.outputs;
    work.replace(index, {std::move(first), std::move(second)});
    work.remove(above);
    return true;
}

/// Takes out what only served pairs that are Quant nodes now.
void removeUnread(WorkGraph& work)
{
    const std::vector<NodeIndex> order = work.order();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        if (!work.isAlive(*index)) continue;
        const Node& node = work.node(*index);
        if (!isLinear(node, "QuantizeLinear") && node.op_type != "Clip") continue;
        const bool is_read = std::any_of(node.outputs.begin(), node.outputs.end(), [&](ValueIndex output) {
            return output != kNone && (!work.value(output).consumers.empty() || work.isGraphOutput(output));
        });
        if (!is_read) work.remove(*index);
    }
}

} // namespace

std::vector<KeptQuantiser> pairsToQuant(WorkGraph& work)
{
    std::vector<KeptQuantiser> kept;
    constexpr int kMaximumMoves = 16; // movers in a row
    for (int round = 0; round < kMaximumMoves; ++round) {
        bool has_moved = false;
        for (const NodeIndex index : std::vector(work.order()))
            if (work.isAlive(index) && isLinear(work.node(index), "DequantizeLinear") && !work.node(index).inputs.empty())
                has_moved = moveUp(work, index) || has_moved;
        work.tidy();
        if (!has_moved) break;
    }
    for (const NodeIndex index : std::vector(work.order())) {
        if (!work.isAlive(index)) continue;
        const Node& node = work.node(index);
        if (!isLinear(node, "DequantizeLinear") || node.inputs.size() < 2 || node.inputs[0] == kNone || node.outputs.size() != 1) continue;
        const std::string name = node.name;
        const std::string op_type = node.op_type;
        if (std::string reason = PairReader(work, index).rewrite(index); !reason.empty()) kept.push_back({name, op_type, std::move(reason)});
    }
    removeUnread(work);
    work.tidy();
    return kept;
}

} // namespace bitwright
