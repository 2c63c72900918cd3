// SPDX-License-Identifier: GPL-3.0-or-later
// Operators on codes (QLinearMatMul, QGemm ...) as DequantizeLinear, the float operator and QuantizeLinear: the same real
// numbers, rounded once. Flows lower the float form; the model itself stays as its file says it.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rewrite/quantised_form.h"

namespace bitwright {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

/// Where the parts of an integer operator stand among its inputs. An operand is codes, scale, zero point in a row.
struct IntegerOperator {
    std::string_view op_type;
    std::string_view float_op;
    std::size_t first_operand = 0;
    std::size_t operands = 1; ///< 0: as many as there are
    std::size_t result = 3;   ///< scale of the result; its zero point follows
    std::size_t bias = kNowhere;
};

constexpr std::array kIntegerOperators{
    IntegerOperator{"QLinearMatMul", "MatMul", 0, 2, 6},
    IntegerOperator{"QLinearConv", "Conv", 0, 2, 6, 8},
    IntegerOperator{"QGemm", "Gemm", 0, 2, 7, 6},
    IntegerOperator{"QLinearAdd", "Add", 0, 2, 6},
    IntegerOperator{"QLinearMul", "Mul", 0, 2, 6},
    IntegerOperator{"QLinearSigmoid", "Sigmoid", 0, 1, 3},
    IntegerOperator{"QLinearLeakyRelu", "LeakyRelu", 0, 1, 3},
    IntegerOperator{"QLinearSoftmax", "Softmax", 0, 1, 3},
    IntegerOperator{"QLinearAveragePool", "AveragePool", 0, 1, 3},
    IntegerOperator{"QLinearGlobalAveragePool", "GlobalAveragePool", 0, 1, 3},
    IntegerOperator{"QLinearConcat", "Concat", 2, 0, 0},
};

class FloatView {
public:
    FloatView(WorkGraph& work, NodeIndex index, const IntegerOperator& parts) : m_work(work), m_node(work.node(index)), m_parts(parts) {}

    /// False where a part is missing or the data are not known well enough.
    bool rewrite(NodeIndex index)
    {
        std::vector<ValueIndex> inputs;
        for (std::size_t at = m_parts.first_operand; operandFits(at, inputs.size()); at += 3) {
            const ValueIndex operand = dequantised(at, inputs.size());
            if (operand == kNone) return false;
            inputs.push_back(operand);
        }
        if (inputs.empty() || inputs.size() < m_parts.operands) return false;
        if (m_parts.bias != kNowhere && input(m_parts.bias) != kNone) {
            const ValueIndex bias = dequantisedBias();
            if (bias == kNone) return false;
            inputs.push_back(bias);
        }
        const bool gives_codes = input(m_parts.result) != kNone;
        if (!gives_codes && m_parts.op_type != "QGemm") return false;
        Value exact;
        exact.type = ElementType::Float32;
        exact.shape = m_work.value(m_node.outputs[0]).shape;
        const ValueIndex result = gives_codes ? m_work.addValue(std::move(exact)) : m_node.outputs[0];
        Node computed = m_node;
        computed.op_type = std::string(m_parts.float_op);
        computed.domain.clear();
        computed.inputs = std::move(inputs);
        computed.outputs = {result};
        computed.attributes.erase("channels_last");
        computed.attributes.erase("opset");
        m_nodes.push_back(std::move(computed));
        if (gives_codes)
            m_nodes.push_back(linear("QuantizeLinear", {result, input(m_parts.result), input(m_parts.result + 1)}, m_node.outputs[0], 1));
        m_work.replace(index, std::move(m_nodes));
        m_work.record("integer operators", fmt::format("Read '{}' ({}) as {} between quantisers.", m_node.name, m_node.op_type, m_parts.float_op), m_node.came_from);
        return true;
    }

private:
    ValueIndex input(std::size_t at) const { return at < m_node.inputs.size() ? m_node.inputs[at] : kNone; }

    bool operandFits(std::size_t at, std::size_t done) const
    {
        return m_parts.operands == 0 ? at + 1 < m_node.inputs.size() : done < m_parts.operands && at + 1 < m_node.inputs.size();
    }

    Node linear(const char* op_type, std::vector<ValueIndex> inputs, ValueIndex output, std::int64_t axis) const
    {
        Node node;
        node.name = m_node.name;
        node.op_type = op_type;
        if (inputs.back() == kNone) inputs.pop_back();
        node.inputs = std::move(inputs);
        node.outputs = {output};
        node.attributes["axis"] = axis;
        node.came_from = m_node.came_from;
        return node;
    }

    /// The axis of a weight's scales: output channels of a convolution, columns of a product.
    std::int64_t axisOf(std::size_t operand) const
    {
        if (m_parts.float_op == "Conv") return operand == 0 ? 1 : 0;
        return m_parts.float_op == "Gemm" && attributeInt(m_node, "transB", 0) != 0 ? 0 : -1;
    }

    ValueIndex dequantised(std::size_t at, std::size_t operand)
    {
        if (input(at) == kNone || input(at + 1) == kNone) return kNone;
        Value value;
        value.type = ElementType::Float32;
        value.shape = m_work.value(input(at)).shape;
        const ValueIndex output = m_work.addValue(std::move(value));
        m_nodes.push_back(linear("DequantizeLinear", {input(at), input(at + 1), input(at + 2)}, output, axisOf(operand)));
        return output;
    }

    /// Biases are codes in steps of the product of both scales.
    ValueIndex dequantisedBias()
    {
        const ValueIndex of_data = input(m_parts.first_operand + 1);
        const ValueIndex of_weights = input(m_parts.first_operand + 4);
        if (!m_work.isConstant(of_data) || !m_work.isConstant(of_weights)) return kNone;
        const Tensor& data = *m_work.value(of_data).constant;
        const Tensor& weights = *m_work.value(of_weights).constant;
        if (data.type() != ElementType::Float32 || weights.type() != ElementType::Float32 || data.size() != 1) return kNone;
        std::vector<float> steps(weights.as<float>().begin(), weights.as<float>().end());
        for (float& step : steps) step *= data.as<float>()[0];
        const bool is_one = steps.size() == 1;
        const ValueIndex scale = m_work.addConstant(Tensor::of<float>(is_one ? Shape{} : Shape{static_cast<std::int64_t>(steps.size())}, steps));
        Value value;
        value.type = ElementType::Float32;
        value.shape = m_work.value(input(m_parts.bias)).shape;
        const ValueIndex output = m_work.addValue(std::move(value));
        m_nodes.push_back(linear("DequantizeLinear", {input(m_parts.bias), scale}, output, 0));
        return output;
    }

    WorkGraph& m_work;
    const Node m_node; ///< a copy, because the graph grows
    const IntegerOperator& m_parts;
    std::vector<Node> m_nodes;
};

} // namespace

void integerOperatorsToFloat(WorkGraph& work)
{
    for (const NodeIndex index : std::vector(work.order())) {
        const Node& node = work.node(index);
        const auto parts = std::find_if(kIntegerOperators.begin(), kIntegerOperators.end(),
                                        [&](const IntegerOperator& known) { return known.op_type == node.op_type; });
        const bool is_known = parts != kIntegerOperators.end() && (node.domain.empty() || node.domain == "com.microsoft");
        if (is_known && node.outputs.size() == 1 && attributeInt(node, "channels_last", 0) == 0) FloatView(work, index, *parts).rewrite(index);
    }
    work.tidy();
}

} // namespace bitwright
