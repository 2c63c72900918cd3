// SPDX-License-Identifier: GPL-3.0-or-later
// Quant as QuantizeLinear [-> Clip] -> DequantizeLinear, where both compute the same bits (reference qonnx_finn.md
// section 2.3). A zero point is added before rounding by one and after it by the other, so only zero is alike.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ops/op_descriptor.h"
#include "rewrite/quantised_form.h"

namespace bitwright {
namespace {

constexpr std::int64_t kOpsetOfByteClip = 12;
constexpr std::int64_t kOpsetOfAxis = 13;
constexpr std::int64_t kOpsetOfWords = 21;

class QuantReader {
public:
    QuantReader(WorkGraph& work, NodeIndex index) : m_work(work), m_index(index), m_node(work.node(index)) {}

    /// Empty where the node could be replaced.
    std::string rewrite()
    {
        std::string reason = readRange();
        if (reason.empty()) reason = readScale();
        if (reason.empty()) reason = checkOperatorSet();
        if (reason.empty()) replace();
        return reason;
    }

private:
    const Tensor* constant(std::size_t input) const
    {
        if (input >= m_node.inputs.size() || !m_work.isConstant(m_node.inputs[input])) return nullptr;
        return &*m_work.graph().value(m_node.inputs[input]).constant;
    }

    std::string readRange()
    {
        const Tensor* width = constant(3);
        if (!width || width->size() != 1) return "its bit width is not one constant number";
        const double bits = elementAsDouble(*width, 0);
        if (bits != std::floor(bits) || bits < 1 || bits > 16) return fmt::format("its bit width is {}, and pairs hold 1 to 16 bits", bits);
        if (bits == 1 && attributeInt(m_node, "signed", 1) != 0) return "one signed bit means -1 and +1, which are no neighbouring codes";
        const Tensor* zero = constant(2);
        if (!zero) return "its zero point is no constant";
        const std::vector<double> zeros = asDoubles(*zero);
        if (!std::all_of(zeros.begin(), zeros.end(), [](double z) { return z == 0; }))
            return "its zero point is not 0: Quant adds it before rounding and QuantizeLinear after it, which differs near ties";
        std::string rounding = attributeString(m_node, "rounding_mode", "ROUND");
        std::transform(rounding.begin(), rounding.end(), rounding.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        if (rounding != "ROUND" && rounding != "HALF_EVEN")
            return fmt::format("it rounds by '{}', and QuantizeLinear rounds half to even", rounding);
        m_range = {static_cast<int>(bits), attributeInt(m_node, "signed", 1) != 0, attributeInt(m_node, "narrow", 0) != 0};
        return {};
    }

    std::string readScale()
    {
        const Tensor* scale = constant(1);
        if (!scale) return "its scale is no constant";
        if (scale->type() != ElementType::Float32) return "its scale is not float32";
        const auto factors = scale->as<float>();
        if (!std::all_of(factors.begin(), factors.end(), [](float s) { return std::isfinite(s) && s > 0; }))
            return "its scale is not a positive number";
        if (scale->size() == 1) {
            m_scale = scale->reshaped({});
            return {};
        }
        const Shape& shape = scale->shape();
        if (std::count_if(shape.begin(), shape.end(), [](std::int64_t extent) { return extent != 1; }) != 1)
            return "its scale varies along more than one axis";
        const std::optional<Shape>& data = m_work.graph().value(m_node.inputs[0]).shape;
        if (!data || data->size() < shape.size()) return "the rank of its data is unknown";
        const auto along = std::find_if(shape.begin(), shape.end(), [](std::int64_t extent) { return extent != 1; }) - shape.begin();
        m_axis = static_cast<std::int64_t>(data->size() - shape.size()) + along;
        m_scale = scale->reshaped({scale->size()});
        return {};
    }

    bool needsClip() const { return m_range.width_bits != containerBits() || m_range.is_narrow; }
    int containerBits() const { return m_range.width_bits <= 8 ? 8 : 16; }

    std::string checkOperatorSet() const
    {
        const std::int64_t opset = m_work.model().opset("");
        std::int64_t needed = 10;
        if (needsClip()) needed = kOpsetOfByteClip;
        if (m_axis) needed = kOpsetOfAxis;
        if (containerBits() == 16) needed = kOpsetOfWords;
        if (opset >= needed) return {};
        return fmt::format("the model uses version {} of the operator set, and the pair needs version {}", opset, needed);
    }

    Tensor codes(std::int64_t code, Shape shape) const
    {
        const std::int64_t count = elementCount(shape).value_or(1);
        const auto filled = [&]<class T>(T value) {
            const std::vector<T> values(static_cast<std::size_t>(count), value);
            return Tensor::of<T>(shape, values);
        };
        if (containerBits() == 16)
            return m_range.is_signed ? filled(static_cast<std::int16_t>(code)) : filled(static_cast<std::uint16_t>(code));
        return m_range.is_signed ? filled(static_cast<std::int8_t>(code)) : filled(static_cast<std::uint8_t>(code));
    }

    ValueIndex codeValue()
    {
        Value value;
        value.type = codes(0, {}).type();
        value.shape = m_work.value(m_node.outputs[0]).shape;
        return m_work.addValue(std::move(value));
    }

    Node make(const char* op_type, std::vector<ValueIndex> inputs, ValueIndex output) const
    {
        Node node;
        node.name = fmt::format("{}_{}", m_node.name, op_type);
        node.op_type = op_type;
        node.inputs = std::move(inputs);
        node.outputs = {output};
        node.came_from = m_node.came_from;
        return node;
    }

    void replace()
    {
        const ValueIndex scale = m_work.addConstant(m_scale);
        const ValueIndex zero = m_work.addConstant(codes(0, m_scale.shape()));
        ValueIndex quantised = codeValue();
        std::vector<Node> nodes{make("QuantizeLinear", {m_node.inputs[0], scale, zero}, quantised)};
        if (needsClip()) {
            const ValueIndex clipped = codeValue();
            const ValueIndex lowest = m_work.addConstant(codes(m_range.lowest(), {}));
            const ValueIndex highest = m_work.addConstant(codes(m_range.highest(), {}));
            nodes.push_back(make("Clip", {quantised, lowest, highest}, clipped));
            quantised = clipped;
        }
        nodes.push_back(make("DequantizeLinear", {quantised, scale, zero}, m_node.outputs[0]));
        if (m_axis) {
            nodes.front().attributes["axis"] = *m_axis;
            nodes.back().attributes["axis"] = *m_axis;
        }
        m_work.replace(m_index, std::move(nodes));
        m_work.record("quantisers", fmt::format("Wrote '{}' as QuantizeLinear and DequantizeLinear.", m_node.name), m_node.came_from);
    }

    WorkGraph& m_work;
    NodeIndex m_index;
    const Node m_node; ///< a copy, because the graph grows
    QuantRange m_range;
    Tensor m_scale;
    std::optional<std::int64_t> m_axis;
};

} // namespace

std::vector<KeptQuantiser> quantToPairs(WorkGraph& work)
{
    std::vector<KeptQuantiser> kept;
    for (const NodeIndex index : std::vector(work.order())) {
        const std::string name = work.node(index).name;
        const std::string op_type = work.node(index).op_type;
        if (work.node(index).domain != kQonnxDomain) continue;
        std::string reason = "QuantizeLinear knows integers only";
        if (op_type == "Trunc") reason = "QuantizeLinear drops no bits of integers";
        if (op_type == "MultiThreshold") reason = "its thresholds are no linear scale";
        const bool is_quant = (op_type == "Quant" || op_type == "IntQuant") && work.node(index).inputs.size() >= 4 &&
                              work.node(index).inputs[0] != kNone && work.node(index).outputs.size() == 1;
        if (is_quant) reason = QuantReader(work, index).rewrite();
        if (!reason.empty()) kept.push_back({name, op_type, std::move(reason)});
    }
    work.tidy();
    return kept;
}

} // namespace bitwright
