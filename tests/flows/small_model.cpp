// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/small_model.h"

namespace bitwright::test {

SmallModel::SmallModel(Shape input_shape)
{
    m_model.path = "small.onnx";
    m_model.opsets[""] = 17;
    m_model.graph.inputs = {value("global_in", std::move(input_shape))};
}

ValueIndex SmallModel::value(const std::string& name, Shape shape)
{
    Value made;
    made.name = name;
    made.type = ElementType::Float32;
    made.shape = std::move(shape);
    m_model.graph.values.push_back(std::move(made));
    return static_cast<ValueIndex>(m_model.graph.values.size() - 1);
}

ValueIndex SmallModel::constant(const std::string& name, Shape shape, const std::vector<float>& values)
{
    const ValueIndex index = value(name, shape);
    m_model.graph.values.back().constant = Tensor::of<float>(std::move(shape), values);
    return index;
}

ValueIndex SmallModel::integers(const std::string& name, const std::vector<std::int64_t>& values)
{
    const Shape shape{static_cast<std::int64_t>(values.size())};
    const ValueIndex index = value(name, shape);
    m_model.graph.values.back().type = ElementType::Int64;
    m_model.graph.values.back().constant = Tensor::of<std::int64_t>(shape, values);
    return index;
}

ValueIndex SmallModel::node(const std::string& op_type, const std::string& name, std::vector<ValueIndex> inputs,
                            Shape shape, std::map<std::string, Attribute> attributes)
{
    Node made;
    made.name = name;
    made.op_type = op_type;
    made.inputs = std::move(inputs);
    made.outputs = {value(name + "_out0", std::move(shape))};
    made.attributes = std::move(attributes);
    made.came_from = {name};
    m_model.graph.nodes.push_back(std::move(made));
    return m_model.graph.nodes.back().outputs.front();
}

ValueIndex SmallModel::quant(const std::string& name, ValueIndex input, Shape shape, float scale, float bits,
                             bool is_signed)
{
    const ValueIndex s = constant(name + "_param0", {}, {scale});
    const ValueIndex z = constant(name + "_param1", {}, {0});
    const ValueIndex b = constant(name + "_param2", {}, {bits});
    return node("Quant", name, {input, s, z, b}, std::move(shape),
                {{"signed", std::int64_t{is_signed ? 1 : 0}},
                 {"narrow", std::int64_t{0}},
                 {"rounding_mode", std::string("ROUND")}});
}

Model SmallModel::finish(std::vector<ValueIndex> outputs)
{
    m_model.graph.outputs = std::move(outputs);
    linkValues(m_model.graph);
    return m_model;
}

namespace {

std::vector<float> irregular(std::int64_t count)
{
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(static_cast<float>((i * 37 % 101) - 50) / 64.0F + 0.001F);
    return values;
}

} // namespace

Model smallMlp(std::int64_t n_in, std::int64_t n_hidden, std::int64_t n_out)
{
    SmallModel m({1, n_in});
    const auto w0 = m.constant("MatMul_0_param0", {n_in, n_hidden}, irregular(n_in * n_hidden));
    const auto b0 = m.constant("Add_0_param0", {n_hidden}, irregular(n_hidden));
    const auto w1 = m.constant("MatMul_1_param0", {n_hidden, n_out}, irregular(n_hidden * n_out));
    const auto b1 = m.constant("Add_1_param0", {n_out}, irregular(n_out));
    auto x = m.node("MatMul", "MatMul_0", {m.input(), w0}, {1, n_hidden});
    x = m.node("Add", "Add_0", {x, b0}, {1, n_hidden});
    x = m.node("Relu", "Relu_0", {x}, {1, n_hidden});
    x = m.node("MatMul", "MatMul_1", {x, w1}, {1, n_out});
    x = m.node("Add", "Add_1", {x, b1}, {1, n_out});
    return m.finish({x});
}

} // namespace bitwright::test
