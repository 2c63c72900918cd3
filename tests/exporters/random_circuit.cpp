// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/random_circuit.h"

#include <cmath>

#include <fmt/format.h>

#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/reorder/reorder.h"
#include "circuit/primitives/scale_shift/scale_shift.h"
#include "circuit/primitives/threshold/threshold.h"
#include "numerics/quantise.h"

namespace bitwright::test {

RandomCircuit::RandomCircuit(std::uint64_t seed, IoType io_type) : m_random(seed), m_io_type(io_type)
{
    m_circuit.flow = "hls4ml";
    m_circuit.design.io_type = io_type;
}

int RandomCircuit::integer(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }

FixedFormat RandomCircuit::fixed(int least_width, int most_width)
{
    FixedFormat format;
    format.width_bits = integer(least_width, most_width);
    format.integer_bits = integer(0, format.width_bits / 2 + 1);
    format.is_signed = integer(0, 3) != 0;
    format.rounding = static_cast<Rounding>(integer(0, 6));
    format.overflow = static_cast<Overflow>(integer(0, 4));
    if (format.overflow == Overflow::WrapSm && !format.is_signed) format.overflow = Overflow::Wrap;
    if (format.overflow == Overflow::Wrap && integer(0, 3) == 0)
        format.saturation_bits = integer(1, std::min(3, format.width_bits - 1));
    return format;
}

std::int64_t RandomCircuit::elements(CircuitIndex x) const { return *elementCount(m_circuit.value(x).shape); }

CircuitIndex RandomCircuit::value(Shape shape, NumberFormat format)
{
    CircuitValue value;
    value.name = fmt::format("value {}", m_circuit.values.size());
    value.format = std::move(format);
    value.transport.kind = m_io_type;
    if (m_io_type == IoType::Stream) {
        value.transport.packing = shape.back();
        value.transport.depth = *elementCount(shape) / shape.back();
    }
    value.shape = std::move(shape);
    m_circuit.values.push_back(std::move(value));
    return static_cast<CircuitIndex>(m_circuit.values.size() - 1);
}

CircuitIndex RandomCircuit::input(Shape shape, NumberFormat format)
{
    const CircuitIndex index = value(shape, std::move(format));
    m_circuit.inputs.push_back({index, fmt::format("in\"{}*/", index), shape, {}});
    return index;
}

CircuitIndex RandomCircuit::add(Primitive primitive, Shape shape, NumberFormat format)
{
    const CircuitIndex output = value(std::move(shape), std::move(format));
    primitive.outputs = {output};
    primitive.name = fmt::format("{}_{} \"; exec rm \\", primitive.kind->name, m_circuit.primitives.size());
    primitive.layer = primitive.name;
    primitive.model_nodes = {primitive.name};
    m_circuit.primitives.push_back(std::move(primitive));
    return output;
}

std::shared_ptr<const CodeTensor> RandomCircuit::constant(Shape shape, NumberFormat format)
{
    std::vector<double> values(static_cast<std::size_t>(*elementCount(shape)));
    std::uniform_real_distribution<double> uniform(-2.0, 2.0);
    for (double& x : values)
        x = uniform(m_random);
    return std::make_shared<CodeTensor>(codesFromDoubles(shape, values, format));
}

CircuitIndex RandomCircuit::dense(CircuitIndex x, std::int64_t n_out, Strategy strategy, std::int64_t reuse_factor,
                                  NumberFormat weight, NumberFormat accumulator)
{
    const std::int64_t n_in = m_circuit.value(x).shape.back();
    auto attributes = std::make_shared<DenseAttributes>();
    attributes->n_in = n_in;
    attributes->n_out = n_out;
    attributes->rows = elements(x) / n_in;
    attributes->strategy = strategy;
    attributes->reuse_factor = reuse_factor;
    Primitive primitive{.kind = &densePrimitive(), .inputs = {x}, .attributes = attributes};
    primitive.constants["weight"] = constant({n_in, n_out}, std::move(weight));
    primitive.constants["bias"] = constant({n_out}, fixed(3, 9));
    primitive.formats["accumulator"] = std::move(accumulator);
    Shape shape = m_circuit.value(x).shape;
    shape.back() = n_out;
    return add(std::move(primitive), shape, fixed(4, 14));
}

CircuitIndex RandomCircuit::dense(CircuitIndex x, std::int64_t n_out, Strategy strategy, std::int64_t reuse_factor)
{
    const FixedFormat weight = fixed(2, 8);
    return dense(x, n_out, strategy, reuse_factor, weight, fixed(6, 18));
}

CircuitIndex RandomCircuit::scaleShift(CircuitIndex x, NumberFormat scale)
{
    auto attributes = std::make_shared<ScaleShiftAttributes>();
    attributes->n = m_circuit.value(x).shape.back();
    Primitive primitive{.kind = &scaleShiftPrimitive(), .inputs = {x}, .attributes = attributes};
    primitive.constants["scale"] = constant({attributes->n}, std::move(scale));
    primitive.constants["bias"] = constant({attributes->n}, fixed(3, 10));
    return add(std::move(primitive), m_circuit.value(x).shape, fixed(4, 14));
}

CircuitIndex RandomCircuit::activation(CircuitIndex x, ActivationFunction function, NumberFormat result)
{
    auto attributes = std::make_shared<ActivationAttributes>();
    attributes->function = function;
    Primitive primitive{.kind = &activationPrimitive(), .inputs = {x}, .attributes = attributes};
    if (function == ActivationFunction::LeakyRelu || function == ActivationFunction::ThresholdedRelu)
        primitive.constants["parameter"] = constant({1}, fixed(4, 10));
    if (function == ActivationFunction::Prelu)
        primitive.constants["parameter"] = constant({elements(x)}, fixed(4, 10));
    if (function == ActivationFunction::HardSigmoid || function == ActivationFunction::HardTanh) {
        FixedFormat slope{.width_bits = 16, .integer_bits = 0, .is_signed = false};
        auto both = std::make_shared<CodeTensor>(CodeTensor{.shape = {2}, .format = slope, .codes = {13107, 2}});
        primitive.constants["parameter"] = both;
        primitive.formats["parameter"] = slope;
        primitive.formats["shift"] = FixedFormat{.width_bits = 2, .integer_bits = 0, .is_signed = false};
    }
    return add(std::move(primitive), m_circuit.value(x).shape, std::move(result));
}

CircuitIndex RandomCircuit::table(CircuitIndex x, TableFunction function, std::int64_t size)
{
    auto attributes = std::make_shared<TableFunctionAttributes>();
    attributes->function = function;
    attributes->size = size;
    Primitive primitive{.kind = &tableFunctionPrimitive(), .inputs = {x}, .attributes = attributes};
    const FixedFormat format{.width_bits = 18, .integer_bits = 8};
    primitive.constants["table"] = std::make_shared<CodeTensor>(functionTable(function, size, format));
    if (function == TableFunction::Elu || function == TableFunction::Selu)
        primitive.constants["parameter"] = constant({1}, fixed(4, 12));
    return add(std::move(primitive), m_circuit.value(x).shape, fixed(6, 14));
}

CircuitIndex RandomCircuit::softmax(CircuitIndex x, SoftmaxImplementation implementation)
{
    auto attributes = std::make_shared<SoftmaxAttributes>();
    attributes->implementation = implementation;
    attributes->n = m_circuit.value(x).shape.back();
    attributes->outer = elements(x) / attributes->n;
    Primitive primitive{.kind = &softmaxPrimitive(), .inputs = {x}, .attributes = attributes};
    // The tables' content does not matter here, so it is random: an address that is off by one shows.
    const FixedFormat format = fixed(8, 18);
    primitive.constants["exp_table"] = constant({64}, format);
    primitive.constants["inverse_table"] = constant({128}, format);
    primitive.formats["accumulator"] = fixed(8, 18);
    primitive.formats["inverse_input"] = fixed(8, 18);
    primitive.formats["table"] = format;
    const auto& in = std::get<FixedFormat>(m_circuit.value(x).format);
    primitive.formats["normalised_input"] = FixedFormat{.width_bits = std::max(6, in.width_bits - 1),
                                                        .integer_bits = in.integer_bits - 1, .is_signed = false};
    return add(std::move(primitive), m_circuit.value(x).shape, fixed(6, 14));
}

CircuitIndex RandomCircuit::threshold(CircuitIndex x, bool is_ternary, NumberFormat result)
{
    auto attributes = std::make_shared<ThresholdAttributes>();
    attributes->is_ternary = is_ternary;
    attributes->n = m_circuit.value(x).shape.back();
    Primitive primitive{.kind = &thresholdPrimitive(), .inputs = {x}, .attributes = attributes};
    const FixedFormat format = fixed(4, 12);
    for (const char* slot : is_ternary ? std::vector{"low", "high"} : std::vector{"threshold"})
        primitive.constants[slot] = constant({attributes->n}, format);
    return add(std::move(primitive), m_circuit.value(x).shape, std::move(result));
}

CircuitIndex RandomCircuit::merge(CircuitIndex a, CircuitIndex b, MergeOperation operation)
{
    auto attributes = std::make_shared<MergeAttributes>();
    attributes->operation = operation;
    if (elements(a) != elements(b)) // the smaller one repeats
        for (std::int64_t i = 0; i < elements(a); ++i)
            attributes->index_b.push_back(i % elements(b));
    Primitive primitive{.kind = &mergePrimitive(), .inputs = {a, b}, .attributes = attributes};
    return add(std::move(primitive), m_circuit.value(a).shape, fixed(4, 14));
}

CircuitIndex RandomCircuit::transpose(CircuitIndex x, Shape shape, std::vector<std::int64_t> order)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "transpose";
    attributes->element = std::move(order);
    Primitive primitive{.kind = &reorderPrimitive(), .inputs = {x}, .attributes = attributes};
    return add(std::move(primitive), std::move(shape), fixed(4, 14));
}

CircuitIndex RandomCircuit::concatenate(CircuitIndex a, CircuitIndex b)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "concatenate";
    for (std::int64_t i = 0; i < elements(a) + elements(b); ++i) {
        attributes->source.push_back(i < elements(a) ? 0 : 1);
        attributes->element.push_back(i < elements(a) ? i : i - elements(a));
    }
    Primitive primitive{.kind = &reorderPrimitive(), .inputs = {a, b}, .attributes = attributes};
    return add(std::move(primitive), {elements(a) + elements(b)}, fixed(4, 14));
}

std::shared_ptr<const Circuit> RandomCircuit::finish(const std::vector<CircuitIndex>& outputs)
{
    for (CircuitIndex output : outputs)
        m_circuit.outputs.push_back(
            {output, fmt::format("out {}", m_circuit.outputs.size()), m_circuit.value(output).shape, {}});
    finishCircuit(m_circuit);
    return std::make_shared<const Circuit>(m_circuit);
}

std::vector<Tensor> RandomCircuit::samples(std::int64_t count)
{
    std::vector<Tensor> tensors;
    for (const CircuitPort& port : m_circuit.inputs) {
        const auto* format = std::get_if<FixedFormat>(&m_circuit.value(port.value).format);
        const double reach = format ? 1.2 * std::ldexp(1.0, format->integer_bits) : 1.0;
        std::uniform_real_distribution<double> uniform(-reach, reach);
        Shape shape = port.model_shape;
        shape.insert(shape.begin(), count);
        std::vector<double> values(static_cast<std::size_t>(*elementCount(shape)));
        for (double& x : values)
            x = uniform(m_random);
        tensors.push_back(Tensor::of<double>(shape, values));
    }
    return tensors;
}

} // namespace bitwright::test
