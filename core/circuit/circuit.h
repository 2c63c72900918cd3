// SPDX-License-Identifier: GPL-3.0-or-later
/// What will exist on the chip: a graph of hardware primitives in which nothing is left to decide.
///
/// The emulator, the estimator and every exporter read this and nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "configuration/configuration.h"
#include "numerics/code_tensor.h"
#include "numerics/number_format.h"
#include "numerics/shape.h"

namespace bitwright {

struct PrimitiveDescriptor;
using CircuitIndex = std::int32_t;

/// How a value moves: as wires, all elements at once, or through a FIFO, `packing` elements a beat.
struct Transport {
    IoType kind = IoType::Parallel;
    std::int64_t depth = 0;   ///< FIFO entries; streams only
    std::int64_t packing = 1; ///< elements per FIFO entry; streams only
    bool operator==(const Transport&) const = default;
};

/// A value between primitives, without the batch dimension, channels last.
struct CircuitValue {
    std::string name;
    Shape shape;
    NumberFormat format;
    Transport transport;
    CircuitIndex producer = -1; ///< primitive index, or -1 for a circuit input
    std::vector<CircuitIndex> consumers;
};

/// What one kind of primitive needs to know beyond formats and constants. Each kind derives its own.
struct PrimitiveAttributes {
    virtual ~PrimitiveAttributes() = default;
    virtual void hashInto(ContentHasher& hasher) const = 0;
};

/// One hardware function.
struct Primitive {
    const PrimitiveDescriptor* kind = nullptr;
    std::string name;  ///< the flow's own name of it, e.g. hls4ml's "Dense_MatMul_0": trace files, exported functions
    std::string layer; ///< id of the layer it belongs to, e.g. "MatMul_0"
    std::vector<std::string> model_nodes; ///< names in the file
    std::vector<CircuitIndex> inputs;     ///< value indices
    std::vector<CircuitIndex> outputs;
    std::map<std::string, std::shared_ptr<const CodeTensor>> constants; ///< by slot: "weight", "bias", "table", ...
    std::map<std::string, NumberFormat> formats; ///< internal formats by slot: "accumulator", "parameter", ...
    std::shared_ptr<const PrimitiveAttributes> attributes;
    /// Of everything above and of the formats and shapes of inputs and outputs, but not of the names.
    ContentHash content_hash = 0;

    const CodeTensor& constant(std::string_view slot) const;
    bool hasConstant(std::string_view slot) const;
    const FixedFormat& fixedFormat(std::string_view slot) const;
    template <class T>
    const T& attributesAs() const { return static_cast<const T&>(*attributes); }
};

/// One port to the outside.
struct CircuitPort {
    CircuitIndex value = -1;
    std::string model_name;  ///< of the model's input or output
    Shape model_shape;       ///< without batch, in the file's own order
    /// Element i of the circuit's value is element element_order[i] of the model's tensor; empty for the identity.
    std::vector<std::int64_t> element_order;
};

/// Primitives in topological order.
struct Circuit {
    std::string flow;
    DesignSettings design;
    std::vector<Primitive> primitives;
    std::vector<CircuitValue> values;
    std::vector<CircuitPort> inputs;
    std::vector<CircuitPort> outputs;

    const CircuitValue& value(CircuitIndex index) const { return values[static_cast<std::size_t>(index)]; }
    const CircuitValue& input(const Primitive& primitive, std::size_t which = 0) const
    {
        return value(primitive.inputs[which]);
    }
    const CircuitValue& output(const Primitive& primitive, std::size_t which = 0) const
    {
        return value(primitive.outputs[which]);
    }
};

/// Recomputes producers, consumers and content hashes. Lowering calls it last.
void finishCircuit(Circuit& circuit);
/// Merkle hash per value: of its producer and, transitively, of everything before it, inputs included.
/// Two circuits with equal hashes compute equal values from equal data.
std::vector<ContentHash> valueHashes(const Circuit& circuit);

} // namespace bitwright
