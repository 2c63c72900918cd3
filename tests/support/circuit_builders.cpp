// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/circuit_builders.h"

#include "circuit/operands.h"
#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/dense/dense.h"

namespace bitwright::test {

NumberFormat format(std::string_view text) { return parseNumberFormat(text).value(); }

FixedFormat fixedFormat(std::string_view text) { return std::get<FixedFormat>(format(text)); }

std::shared_ptr<const CodeTensor> codes(Shape shape, std::string_view text, const std::vector<std::int64_t>& values)
{
    auto tensor = std::make_shared<CodeTensor>();
    tensor->shape = std::move(shape);
    tensor->format = format(text);
    const FixedFormat storage = storageFormat(tensor->format);
    for (std::int64_t value : values) {
        const WideInt code = wrapped(WideInt(value), storage.width_bits, storage.is_signed);
        if (fitsInt64(tensor->format)) tensor->codes.push_back(static_cast<std::int64_t>(code));
        else tensor->wide_codes.push_back(code);
    }
    return tensor;
}

CircuitBuilder::CircuitBuilder(IoType io_type)
{
    m_circuit.flow = "test";
    m_circuit.design.io_type = io_type;
}

CircuitIndex CircuitBuilder::addValue(const Shape& shape, const NumberFormat& value_format)
{
    CircuitValue value;
    value.name = "value" + std::to_string(m_circuit.values.size());
    value.shape = shape;
    value.format = value_format;
    value.transport.kind = m_circuit.design.io_type;
    m_circuit.values.push_back(value);
    return static_cast<CircuitIndex>(m_circuit.values.size() - 1);
}

CircuitIndex CircuitBuilder::input(const Shape& shape, std::string_view format_text)
{
    const CircuitIndex value = addValue(shape, format(format_text));
    m_circuit.inputs.push_back({.value = value, .model_name = "x" + std::to_string(value), .model_shape = shape});
    return value;
}

CircuitIndex CircuitBuilder::add(const PrimitiveSketch& sketch)
{
    Primitive primitive;
    primitive.kind = builtinPrimitives().find(sketch.kind);
    primitive.name = sketch.name;
    primitive.layer = sketch.name;
    primitive.inputs = sketch.inputs;
    primitive.constants = sketch.constants;
    primitive.formats = sketch.formats;
    primitive.attributes = sketch.attributes;
    primitive.outputs = {addValue(sketch.shape, sketch.result)};
    m_circuit.primitives.push_back(primitive);
    return primitive.outputs.front();
}

CircuitIndex CircuitBuilder::dense(const DenseSketch& sketch)
{
    auto attributes = std::make_shared<DenseAttributes>();
    attributes->n_in = sketch.n_in;
    attributes->n_out = sketch.n_out;
    attributes->strategy = sketch.strategy;
    attributes->reuse_factor = sketch.reuse_factor;
    return add({.kind = "dense",
                .name = sketch.name,
                .inputs = {sketch.input},
                .constants = {{"weight", codes({sketch.n_in, sketch.n_out}, sketch.weight_format, sketch.weights)},
                              {"bias", codes({sketch.n_out}, sketch.bias_format, sketch.biases)}},
                .formats = {{"accumulator", format(sketch.accumulator)}},
                .attributes = attributes,
                .shape = {sketch.n_out},
                .result = format(sketch.result)});
}

CircuitIndex CircuitBuilder::unary(const std::string& kind, CircuitIndex input_value, const std::string& result,
                                   std::shared_ptr<const PrimitiveAttributes> attributes,
                                   std::map<std::string, std::shared_ptr<const CodeTensor>> constants,
                                   std::map<std::string, NumberFormat> formats)
{
    return add({.kind = kind,
                .name = kind + std::to_string(m_circuit.primitives.size()),
                .inputs = {input_value},
                .constants = std::move(constants),
                .formats = std::move(formats),
                .attributes = std::move(attributes),
                .shape = m_circuit.value(input_value).shape,
                .result = format(result)});
}

std::shared_ptr<const Circuit> CircuitBuilder::finish(const std::vector<CircuitIndex>& outputs)
{
    for (CircuitIndex output : outputs) {
        CircuitPort port;
        port.value = output;
        port.model_name = m_circuit.value(output).name;
        port.model_shape = m_circuit.value(output).shape;
        m_circuit.outputs.push_back(port);
    }
    finishCircuit(m_circuit);
    return std::make_shared<const Circuit>(m_circuit);
}

} // namespace bitwright::test
