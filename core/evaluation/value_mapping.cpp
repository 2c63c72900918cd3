// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/value_mapping.h"

#include <algorithm>
#include <set>

namespace bitwright {
namespace {

using Names = std::set<std::string>;

bool isSubset(const std::vector<std::string>& part, const Names& whole)
{
    return std::all_of(part.begin(), part.end(), [&](const std::string& name) { return whole.count(name) != 0; });
}

/// Elements per sample, or -1.
std::int64_t sampleElements(const Value& value)
{
    if (!value.shape || value.shape->empty()) return -1;
    return elementCount(Shape(value.shape->begin() + 1, value.shape->end())).value_or(-1);
}

/// Nodes that @p primitive computes: those of its own layer, and of layers that were fused into it and so have no
/// primitive of their own.
std::vector<NodeIndex> nodesOf(const Primitive& primitive, const std::vector<Layer>& layers, const Names& owners)
{
    const Names covered(primitive.model_nodes.begin(), primitive.model_nodes.end());
    std::vector<NodeIndex> nodes;
    for (const Layer& layer : layers) {
        const bool is_own = layer.id == primitive.layer;
        const bool is_fused = !owners.count(layer.id) && !layer.came_from.empty() && isSubset(layer.came_from, covered);
        if (is_own || is_fused) nodes.insert(nodes.end(), layer.nodes.begin(), layer.nodes.end());
    }
    std::sort(nodes.begin(), nodes.end(), std::greater<>());
    return nodes;
}

ValueIndex inputValue(const Model& normal, const std::string& name)
{
    for (const ValueIndex index : normal.graph.inputs) {
        const Value& value = normal.graph.value(index);
        if (value.name == name || value.original_name == name) return index;
    }
    return kNone;
}

/// [N, C, spatial...] holds the same elements as [spatial..., C] when the extents agree that way.
bool isChannelsFirstOf(const Shape& reference, const Shape& circuit)
{
    return reference.size() >= 3 && circuit.size() + 1 == reference.size() && reference[1] == circuit.back() &&
           std::equal(reference.begin() + 2, reference.end(), circuit.begin());
}

} // namespace

std::vector<ValueIndex> correspondingValues(const Circuit& circuit, const Model& normal,
                                            const std::vector<Layer>& layers)
{
    std::vector<ValueIndex> found(circuit.values.size(), kNone);
    for (const CircuitPort& port : circuit.inputs)
        found[static_cast<std::size_t>(port.value)] = inputValue(normal, port.model_name);
    Names owners;
    for (const Primitive& primitive : circuit.primitives)
        owners.insert(primitive.layer);
    for (const Primitive& primitive : circuit.primitives) {
        if (primitive.outputs.size() != 1) continue;
        const auto elements = elementCount(circuit.output(primitive).shape);
        for (const NodeIndex node : nodesOf(primitive, layers, owners)) { // latest first
            const std::vector<ValueIndex>& outputs = normal.graph.node(node).outputs;
            if (outputs.empty() || outputs[0] == kNone) continue;
            if (sampleElements(normal.graph.value(outputs[0])) != elements) continue;
            found[static_cast<std::size_t>(primitive.outputs[0])] = outputs[0];
            break;
        }
    }
    return found;
}

std::vector<double> inCircuitOrder(const Tensor& reference, const Shape& circuit_shape)
{
    const Shape& shape = reference.shape();
    const std::int64_t elements = elementCount(circuit_shape).value_or(-1);
    if (shape.empty() || elements <= 0 || reference.size() != shape[0] * elements) return {};
    std::vector<double> values = asDoubles(reference);
    if (Shape(shape.begin() + 1, shape.end()) == circuit_shape || !isChannelsFirstOf(shape, circuit_shape)) return values;
    const std::int64_t channels = shape[1];
    const std::int64_t places = elements / channels;
    std::vector<double> ordered(values.size());
    for (std::int64_t sample = 0; sample < shape[0]; ++sample) {
        const std::int64_t start = sample * elements;
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            for (std::int64_t place = 0; place < places; ++place)
                ordered[static_cast<std::size_t>(start + place * channels + channel)] =
                    values[static_cast<std::size_t>(start + channel * places + place)];
        }
    }
    return ordered;
}

} // namespace bitwright
