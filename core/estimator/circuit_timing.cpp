// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/circuit_timing.h"

#include <algorithm>

#include "circuit/primitive_descriptor.h"

namespace bitwright {
namespace {

bool isStream(const Circuit& circuit)
{
    return circuit.design.io_type == IoType::Stream;
}

double bitsOf(const CircuitValue& value)
{
    return static_cast<double>(elementCount(value.shape).value_or(0)) * widthBits(value.format);
}

// Cycles before a stage of a stream passes on its first result: its latency per beat that it takes in.
double fillOf(const Circuit& circuit, const Primitive& primitive, const Cost& cost)
{
    if (primitive.inputs.empty()) return cost.latency_cycles.value;
    const CircuitValue& input = circuit.input(primitive);
    const std::int64_t packing = std::max<std::int64_t>(1, input.transport.packing);
    const std::int64_t beats = std::max<std::int64_t>(1, elementCount(input.shape).value_or(1) / packing);
    return std::max(1.0, cost.latency_cycles.value / static_cast<double>(beats));
}

bool holdsMatrix(const Primitive& primitive)
{
    return primitive.hasConstant(slots::kWeight);
}

} // namespace

CircuitTiming circuitTiming(const Circuit& circuit, const std::vector<const Cost*>& costs)
{
    const std::size_t count = circuit.primitives.size();
    std::vector<double> arrival(count, 0);
    std::vector<std::ptrdiff_t> before(count, -1);
    std::ptrdiff_t last = -1;
    for (std::size_t index = 0; index < count; ++index) {
        const Primitive& primitive = circuit.primitives[index];
        double start = 0;
        for (const CircuitIndex input : primitive.inputs) {
            const CircuitIndex producer = circuit.value(input).producer;
            if (producer < 0 || static_cast<std::size_t>(producer) >= index) continue;
            if (before[index] < 0 || arrival[static_cast<std::size_t>(producer)] > start) {
                start = arrival[static_cast<std::size_t>(producer)];
                before[index] = producer;
            }
        }
        const Cost& cost = *costs[index];
        arrival[index] = start + (isStream(circuit) ? fillOf(circuit, primitive, cost) : cost.latency_cycles.value);
        if (last < 0 || arrival[index] > arrival[static_cast<std::size_t>(last)])
            last = static_cast<std::ptrdiff_t>(index);
    }
    CircuitTiming timing;
    for (std::ptrdiff_t index = last; index >= 0; index = before[static_cast<std::size_t>(index)])
        timing.critical_path.push_back(static_cast<std::size_t>(index));
    std::reverse(timing.critical_path.begin(), timing.critical_path.end());
    double slowest = -1;
    double slowest_fill = 0;
    for (const std::size_t index : timing.critical_path) {
        const double fill = fillOf(circuit, circuit.primitives[index], *costs[index]);
        timing.fill_cycles += fill;
        if (costs[index]->latency_cycles.value > slowest) {
            slowest = costs[index]->latency_cycles.value;
            slowest_fill = fill;
        }
    }
    timing.fill_cycles = std::max(0.0, timing.fill_cycles - slowest_fill);
    return timing;
}

NetworkFacts networkFacts(const Circuit& circuit, const std::vector<const Cost*>& costs, const CircuitTiming& timing)
{
    NetworkFacts facts;
    facts.is_stream = isStream(circuit);
    facts.fill_cycles = timing.fill_cycles;
    facts.functions = static_cast<std::int64_t>(circuit.primitives.size());
    for (const Cost* cost : costs)
        facts.is_resource = facts.is_resource || cost->is_time_shared;
    for (const Primitive& primitive : circuit.primitives)
        facts.matrix_products += holdsMatrix(primitive) ? 1 : 0;
    for (const CircuitValue& value : circuit.values) {
        facts.boundary_bits += bitsOf(value);
        const bool is_inner = value.producer >= 0 && !value.consumers.empty();
        if (facts.is_stream && is_inner)
            facts.fifos.push_back({value.name, std::max<std::int64_t>(1, value.transport.depth),
                                   std::max<std::int64_t>(1, value.transport.packing) * widthBits(value.format)});
    }
    for (const auto* ports : {&circuit.inputs, &circuit.outputs})
        for (const CircuitPort& port : *ports)
            if (port.value >= 0) facts.port_bits += bitsOf(circuit.value(port.value));
    for (const CircuitPort& port : circuit.inputs)
        if (port.value >= 0) facts.input_bits += bitsOf(circuit.value(port.value));
    return facts;
}

} // namespace bitwright
