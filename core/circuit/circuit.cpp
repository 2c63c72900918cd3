// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/circuit.h"

#include <algorithm>
#include <cassert>

#include "circuit/primitive_descriptor.h"

namespace bitwright {

namespace {

void hashValueKind(ContentHasher& hasher, const CircuitValue& value)
{
    hasher.array(std::span<const std::int64_t>(value.shape));
    hashInto(hasher, value.format);
    hasher.add(value.transport.kind).add(value.transport.depth).add(value.transport.packing);
}

ContentHash primitiveHash(const Circuit& circuit, const Primitive& primitive)
{
    ContentHasher hasher;
    hasher.text(primitive.kind->name);
    hasher.add(primitive.constants.size());
    for (const auto& [slot, tensor] : primitive.constants)
        hasher.text(slot).add(contentHash(*tensor));
    hasher.add(primitive.formats.size());
    for (const auto& [slot, format] : primitive.formats) {
        hasher.text(slot);
        hashInto(hasher, format);
    }
    if (primitive.attributes) primitive.attributes->hashInto(hasher);
    for (const auto* ends : {&primitive.inputs, &primitive.outputs}) {
        hasher.add(ends->size());
        for (CircuitIndex index : *ends)
            hashValueKind(hasher, circuit.value(index));
    }
    return hasher.value();
}

} // namespace

const CodeTensor& Primitive::constant(std::string_view slot) const
{
    const auto found = constants.find(std::string(slot));
    assert(found != constants.end());
    return *found->second;
}

bool Primitive::hasConstant(std::string_view slot) const { return constants.count(std::string(slot)) != 0; }

const FixedFormat& Primitive::fixedFormat(std::string_view slot) const
{
    const auto found = formats.find(std::string(slot));
    assert(found != formats.end());
    return std::get<FixedFormat>(found->second);
}

void finishCircuit(Circuit& circuit)
{
    for (CircuitValue& value : circuit.values) {
        value.producer = -1;
        value.consumers.clear();
    }
    for (std::size_t i = 0; i < circuit.primitives.size(); ++i) {
        Primitive& primitive = circuit.primitives[i];
        const auto index = static_cast<CircuitIndex>(i);
        for (CircuitIndex output : primitive.outputs)
            circuit.values[static_cast<std::size_t>(output)].producer = index;
        for (CircuitIndex input : primitive.inputs) {
            auto& consumers = circuit.values[static_cast<std::size_t>(input)].consumers;
            if (consumers.empty() || consumers.back() != index) consumers.push_back(index);
        }
        primitive.content_hash = primitiveHash(circuit, primitive);
    }
}

std::vector<ContentHash> valueHashes(const Circuit& circuit)
{
    std::vector<ContentHash> hashes(circuit.values.size(), 0);
    for (std::size_t i = 0; i < circuit.inputs.size(); ++i) {
        const CircuitPort& port = circuit.inputs[i];
        ContentHasher hasher;
        hasher.text("input").add(i);
        hashValueKind(hasher, circuit.value(port.value));
        hasher.array(std::span<const std::int64_t>(port.element_order));
        hashes[static_cast<std::size_t>(port.value)] = hasher.value();
    }
    for (const Primitive& primitive : circuit.primitives) {
        ContentHasher inputs;
        inputs.add(primitive.content_hash);
        for (CircuitIndex input : primitive.inputs)
            inputs.add(hashes[static_cast<std::size_t>(input)]);
        for (std::size_t i = 0; i < primitive.outputs.size(); ++i) {
            ContentHasher hasher = inputs;
            hashes[static_cast<std::size_t>(primitive.outputs[i])] = hasher.add(i).value();
        }
    }
    return hashes;
}

} // namespace bitwright
