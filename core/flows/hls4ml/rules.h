// SPDX-License-Identifier: GPL-3.0-or-later
/// One rule per model operator: how the hls4ml flow takes it over into its layer graph (hls4ml reference, section 7.1).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "flows/flow.h"
#include "flows/hls4ml/layer_graph.h"
#include "support/facet.h"

namespace bitwright::hls4ml {

/// What a rule works with: the model on one side, the growing layer graph on the other.
class ParseContext {
public:
    /// Without @p with_values constants have shapes only: enough to list layers, and cheap.
    ParseContext(const Model& model, LayerGraph& graph, bool with_values);

    const Graph& model() const { return m_model.graph; }
    LayerGraph& graph() { return m_graph; }

    /// The constant behind an input of a node, or null where it is data or its values are missing.
    const Tensor* constant(const Node& node, std::size_t input) const;
    bool isConstant(const Node& node, std::size_t input) const;
    /// Inputs that are given, omitted ones at the end not counted.
    std::size_t inputCount(const Node& node) const;
    /// Whether the input is given and carries data.
    bool isData(const Node& node, std::size_t input) const;
    std::int64_t opset() const { return m_model.opset(""); }
    /// The link of an input; a constant gets a node of its own for every use.
    LinkId link(const Node& node, std::size_t input);
    /// Makes the node's output another name of its first input.
    void forward(const Node& node) { m_links[index(node.outputs.front())] = m_links[index(node.inputs.front())]; }
    /// Whether a data value has a link, that is, everything before it could be taken over.
    bool isReached(ValueIndex value) const { return m_links[index(value)] != kNoLink; }
    LinkId linkOf(ValueIndex value) const { return m_links[index(value)]; }
    /// Whether no input of the model reaches the value, so that it has no batch dimension.
    bool isStatic(ValueIndex value) const { return model().value(value).isConstant() || m_static[index(value)]; }
    /// The constant that a static input starts from, quantisers on the way ignored; null where there is none.
    const Tensor* staticSource(const Node& node, std::size_t input) const;
    /// Where the batch dimension of a data value is; some exporters move it about and back again.
    std::size_t batchAxis(ValueIndex value) const { return m_batch_axis[index(value)]; }
    /// Notes whether the node's outputs are static and where their batch dimension is, before its rule runs.
    void prepare(const Node& node);
    /// Shape without the batch dimension, at least of rank 1; nothing where an extent is unknown.
    std::optional<Shape> shape(ValueIndex value) const;
    /// Shape of the first output.
    Shape outputShape(const Node& node) const;
    Shape inputShape(const Node& node, std::size_t input = 0) const;

    /// The layer that makes output @p which of @p node, named like the node where it has no other outputs.
    LayerNode& addOutput(const Node& node, std::size_t which, Payload payload, std::vector<LinkId> inputs);
    /// Adds the layer of @p node, its settings being found under the node's own name.
    LayerNode& add(const Node& node, Payload payload, std::vector<LinkId> inputs);

private:
    static std::size_t index(ValueIndex value) { return static_cast<std::size_t>(value); }

    const Model& m_model;
    LayerGraph& m_graph;
    bool m_with_values;
    std::vector<LinkId> m_links; ///< by value index
    std::vector<bool> m_static;  ///< by value index
    std::vector<std::size_t> m_batch_axis; ///< by value index
};

/// The order of dimensions that a Transpose gives data of @p rank; reversed where it names none.
std::vector<std::int64_t> transposeOrder(const Node& node, std::size_t rank);

/// Why a node cannot be taken over; empty where it could.
using Refusal = std::string;

struct Rule {
    std::string_view domain; ///< as shown; an operator counts under any domain
    std::string_view op_type;
    Facet<Refusal(ParseContext&, const Node&)> parse;
    std::string_view class_name; ///< of the layer that the node mostly becomes, for the list of layers
};

std::span<const Rule> rules();
const Rule* findRule(std::string_view op_type);
/// The rule's reason, or the flow's sentence for an operator it does not know.
std::string unsupportedReason(const Node& node);
std::vector<OperatorRule> operatorRules();

/// What stands of a model in hls4ml's terms, or why nothing stands.
struct ParsedModel {
    LayerGraph graph;
    Diagnostics problems; ///< errors; with any of them there is no circuit
};
/// Takes over inputs, nodes and outputs of a normal form, one rule per node.
ParsedModel parseModel(const Model& model, bool with_values = true);

Refusal parseMatMul(ParseContext&, const Node&);
Refusal parseBatchNormalization(ParseContext&, const Node&);
Refusal parseQuant(ParseContext&, const Node&);
Refusal parseBipolarQuant(ParseContext&, const Node&);
Refusal parseActivation(ParseContext&, const Node&);
Refusal parseParametrizedActivation(ParseContext&, const Node&);
Refusal parseClip(ParseContext&, const Node&);
Refusal parsePrelu(ParseContext&, const Node&);
Refusal parseHardSigmoid(ParseContext&, const Node&);
Refusal parseSoftmax(ParseContext&, const Node&);
Refusal parseMerge(ParseContext&, const Node&);
Refusal parseConcat(ParseContext&, const Node&);
Refusal parseConvolution(ParseContext&, const Node&);
Refusal parsePool(ParseContext&, const Node&);
Refusal parseGlobalPool(ParseContext&, const Node&);
Refusal parseReduceMean(ParseContext&, const Node&);
Refusal parsePad(ParseContext&, const Node&);
Refusal parseResize(ParseContext&, const Node&);
Refusal parseMovement(ParseContext&, const Node&);
Refusal parseReshape(ParseContext&, const Node&);
Refusal parseTranspose(ParseContext&, const Node&);
Refusal parsePassThrough(ParseContext&, const Node&);

} // namespace bitwright::hls4ml
