// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulator/input_codes.h"

#include "circuit/operands.h"
#include "circuit/row_operations.h"
#include "numerics/kernels/sample_codes.h"
#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

bool isNumeric(ElementType type)
{
    return elementBytes(type) > 0 && type != ElementType::Complex64 && type != ElementType::Complex128;
}

/// Number of samples in an array for a port, or nothing where the shapes do not go together: exactly one sample,
/// or the sample count followed by extents of as many elements.
std::optional<std::int64_t> sampleCount(const Tensor& array, const CircuitPort& port, std::int64_t elements)
{
    if (array.shape() == port.model_shape) return 1;
    if (array.shape().empty() || elements == 0) return std::nullopt;
    const std::int64_t count = array.shape().front();
    if (count < 0 || array.size() != count * elements) return std::nullopt;
    return count;
}

/// One array as double, by its own type, without converting the whole of it.
double valueAt(const Tensor& array, std::int64_t index)
{
    if (array.type() == ElementType::Float32) return static_cast<double>(array.as<float>()[static_cast<std::size_t>(index)]);
    if (array.type() == ElementType::Float64) return array.as<double>()[static_cast<std::size_t>(index)];
    return elementAsDouble(array, index);
}

void countStore(double value, bool is_zero, StoreEvent event, StoreCounts& counts)
{
    counts.wraps += event == StoreEvent::Wrap ? 1 : 0;
    counts.saturations += event == StoreEvent::Saturation ? 1 : 0;
    counts.underflows += event == StoreEvent::None && is_zero && value != 0 ? 1 : 0;
}

} // namespace

Result<InputCodes> InputCodes::prepare(const Circuit& circuit, const std::vector<Tensor>& arrays)
{
    if (arrays.size() != circuit.inputs.size())
        return Diagnostic{.code = DiagnosticCode::EmulatorInputCount,
                          .arguments = {std::to_string(circuit.inputs.size()), std::to_string(arrays.size())}};
    InputCodes inputs;
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        const CircuitPort& port = circuit.inputs[i];
        const CircuitValue& value = circuit.value(port.value);
        const std::int64_t elements = elementCount(value.shape).value_or(0);
        if (!isNumeric(arrays[i].type()))
            return Diagnostic{.code = DiagnosticCode::ArrayType,
                              .arguments = {port.model_name, std::string(elementTypeName(arrays[i].type())), "numbers"}};
        const auto samples = sampleCount(arrays[i], port, elements);
        if (!samples)
            return Diagnostic{.code = DiagnosticCode::ArrayShape,
                              .arguments = {port.model_name, shapeText(arrays[i].shape()),
                                            "samples of shape " + shapeText(port.model_shape)}};
        if (i > 0 && *samples != inputs.m_samples)
            return Diagnostic{.code = DiagnosticCode::EmulatorSampleCount,
                              .arguments = {circuit.inputs[0].model_name, std::to_string(inputs.m_samples),
                                            port.model_name, std::to_string(*samples)}};
        inputs.m_samples = *samples;
        inputs.m_sources.push_back({arrays[i], storageFormat(value.format), elements, port.element_order});
    }
    return inputs;
}

bool InputCodes::loadFast(const Source& source, std::int64_t first, const CodeBlock& block)
{
    if (source.array.type() != ElementType::Float32 || block.container == Container::Wide) return false;
    if (source.format.family != FixedFamily::Fixed) return false;
    const auto all = source.array.as<float>();
    const auto part = all.subspan(static_cast<std::size_t>(first * source.elements),
                                  static_cast<std::size_t>(block.samples * source.elements));
    return kernels::codesOfSamples(part, source.elements, source.order, source.format,
                                   {block.data, static_cast<kernels::Lane>(block.container), block.stride});
}

void InputCodes::load(std::size_t which, std::int64_t first, const CodeBlock& block, StoreCounts* counts) const
{
    const Source& source = m_sources[which];
    if (counts == nullptr && loadFast(source, first, block)) return;
    const auto indexOf = [&](std::int64_t element, std::int64_t sample) {
        const std::int64_t from = source.order.empty() ? element : source.order[static_cast<std::size_t>(element)];
        return (first + sample) * source.elements + from;
    };
    withContainer(block.container, [&]<class Code>() {
        for (std::int64_t e = 0; e < block.elements; ++e) {
            Code* row = rowOf<Code>(block, e);
            for (std::int64_t s = 0; s < block.samples; ++s) {
                const double value = valueAt(source.array, indexOf(e, s));
                StoreEvent event = StoreEvent::None;
                if constexpr (kIsUnlimited<Code>) row[s] = codeFromDouble(value, source.format, event);
                else row[s] = static_cast<Code>(DoubleConversion(source.format).observed(value, event));
                if (counts != nullptr) countStore(value, row[s] == 0, event, *counts);
            }
        }
    });
}

} // namespace bitwright
