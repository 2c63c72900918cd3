// SPDX-License-Identifier: GPL-3.0-or-later
/// Makes one primitive of each layer; one function per kind of layer.
#pragma once

#include <map>

#include "circuit/circuit.h"
#include "circuit/primitives/dense/dense.h"
#include "flows/hls4ml/constant_cache.h"
#include "flows/hls4ml/layer_graph.h"

namespace bitwright::hls4ml {

/// The element of a value of shape @p from that each element of its transposition reads.
std::vector<std::int64_t> transposedElements(const Shape& from, const std::vector<std::int64_t>& permutation);

class Emitter {
public:
    Emitter(const LayerGraph& graph, Circuit& circuit, ConstantCache& constants, Diagnostics& findings)
        : m_graph(graph), m_circuit(circuit), m_constants(constants), m_findings(findings)
    {
    }

    /// Adds the node's value, and its primitive unless it only renames another value.
    void emit(const LayerNode& node);
    /// The circuit's value of a link. @pre its node was emitted
    CircuitIndex value(LinkId link) const { return m_values.at(link); }
    bool isEmitted(LinkId link) const { return m_values.count(link) != 0; }
    bool hasFailed() const { return m_has_failed; }

private:
    void emitPayload(const DensePayload& dense);
    void emitPayload(const AffinePayload& affine);
    void emitPayload(const MergePayload& merge);
    void emitPayload(const ConcatenatePayload& concatenate);
    void emitPayload(const ActivationPayload& activation);
    void emitPayload(const SoftmaxPayload& softmax);
    void emitPayload(const PoolingPayload& pool);
    void emitPayload(const ReshapePayload&);
    void emitPayload(const RearrangePayload& rearrange);
    void emitPayload(const TransposePayload& transpose);
    void emitPayload(const ThresholdPayload& threshold);
    void emitPayload(const InputPayload&) {}
    void emitPayload(const ConstantPayload&) {}
    void emitPayload(const QuantPayload&) {}
    void emitPayload(const MatMulPayload&) {}
    void emitPayload(const ConvolutionPayload&) {}

    CircuitIndex addValue(const LayerNode& node, const NumberFormat& format);
    const NumberFormat& type(const char* slot) const { return *m_node->types.at(slot).format; }
    /// The slot's fixed format; reports and gives a harmless one where it is something else.
    FixedFormat fixedType(const char* slot);
    const NumberFormat& inputFormat(std::size_t which = 0) const;
    std::int64_t number(const char* name, std::int64_t fallback) const;
    std::int64_t reuseFactor() const { return number("reuse_factor", 1); }
    void emitConvolution(const DensePayload& dense, const ConvolutionPayload& image);
    void fillProduct(const DensePayload& dense, DenseAttributes& attributes);
    Codes weight(const WeightVariable& variable, const char* slot);
    Codes exactWeight(const WeightVariable& variable);
    Codes oneNumber(double value, const FixedFormat& format);
    void emitTableFunction(const ActivationPayload& activation);
    /// Reports a table size that cannot be addressed by the top bits of a value.
    bool checkTableSizes(std::initializer_list<std::int64_t> sizes);
    void emitHardSigmoid(const ActivationPayload& activation);
    void fail(DiagnosticCode code, std::vector<std::string> arguments, const char* slot = "");
    void finish(const char* kind, std::shared_ptr<const PrimitiveAttributes> attributes);

    const LayerGraph& m_graph;
    Circuit& m_circuit;
    ConstantCache& m_constants;
    Diagnostics& m_findings;
    std::map<LinkId, CircuitIndex> m_values;
    const LayerNode* m_node = nullptr;
    Primitive m_primitive; ///< under construction
    bool m_has_primitive = false;
    bool m_has_failed = false;
};

} // namespace bitwright::hls4ml
