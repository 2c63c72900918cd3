// SPDX-License-Identifier: GPL-3.0-or-later
/// What a model file says: nodes with ONNX/QONNX semantics, values, constants. Immutable after import.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/tensor.h"
#include "support/result.h"

namespace bitwright {

using NodeIndex = std::int32_t;
using ValueIndex = std::int32_t;
constexpr std::int32_t kNone = -1; ///< an omitted optional input, or no producer

struct Graph;
using Attribute = std::variant<std::int64_t, float, std::string, Tensor, std::vector<std::int64_t>,
                               std::vector<float>, std::vector<std::string>,
                               std::shared_ptr<const Graph>>;

/// One operator application.
struct Node {
    std::string name;    ///< unique in the graph; made up from operator and index where the file has none
    std::string op_type; ///< "MatMul", "Quant"
    std::string domain;  ///< "" for the default ONNX domain
    std::vector<ValueIndex> inputs;  ///< kNone where an optional input is omitted
    std::vector<ValueIndex> outputs; ///< kNone where an optional output is omitted
    std::map<std::string, Attribute> attributes;
    /// Names of the nodes in the file that this one stands for; itself in an imported model.
    std::vector<std::string> came_from;
    /// Values of the enclosing graph that the node's sub-graphs read.
    std::vector<ValueIndex> captures;
    /// Attributes of a function's node that stand for an attribute of the call: name here -> name there.
    std::map<std::string, std::string> attribute_references;
};

/// One tensor that flows or is constant. Dimension -1 in `shape` is unknown.
struct Value {
    std::string name;
    std::string original_name; ///< name in the file; empty for values that a rewrite made
    ElementType type = ElementType::Undefined;
    std::optional<Shape> shape; ///< nothing where the rank itself is unknown
    std::vector<std::string> symbols; ///< per dimension, the symbolic name or ""; may be empty
    NodeIndex producer = kNone;
    std::vector<NodeIndex> consumers; ///< ascending, each once
    std::optional<Tensor> constant;   ///< initializers and folded constants
    std::string missing_data;         ///< the external data file that was not found, else empty
    std::string datatype_annotation;  ///< FINN datatype, e.g. "INT4", else empty

    bool isConstant() const { return constant.has_value() || !missing_data.empty(); }
};

/// Nodes in topological order (as imported, sorted when the file is not).
struct Graph {
    std::string name;
    std::vector<Node> nodes;
    std::vector<Value> values;
    std::vector<ValueIndex> inputs;  ///< without initializers
    std::vector<ValueIndex> outputs;

    const Value& value(ValueIndex index) const { return values[static_cast<std::size_t>(index)]; }
    const Node& node(NodeIndex index) const { return nodes[static_cast<std::size_t>(index)]; }
    /// The value of that name, or kNone. @cost linear
    ValueIndex findValue(std::string_view name) const;
    NodeIndex findNode(std::string_view name) const;
};

/// One rewrite that `rewrite/` made on the way to the normal form, for "came from" and the record.
struct RewriteRecord {
    std::string pass;      ///< "fold constants"
    std::string sentence;  ///< "Folded Shape_3 into a constant."
    std::vector<std::string> nodes; ///< original node names
};

struct Model {
    std::string path;          ///< of the file, as given
    std::string producer;      ///< producer name and version
    std::int64_t ir_version = 0;
    std::map<std::string, std::int64_t> opsets; ///< domain -> version
    std::map<std::string, std::string> metadata;
    Graph graph;
    std::map<std::string, std::shared_ptr<const Graph>> functions; ///< model-local, by domain::name
    Diagnostics findings;                 ///< of the import
    std::vector<RewriteRecord> rewrites;  ///< empty as imported

    /// Version of @p domain's operator set; the newest known one where the file does not say.
    std::int64_t opset(const std::string& domain) const;
};

/// Recomputes producers and consumers from the nodes.
void linkValues(Graph& graph);
/// Sorts the nodes topologically, keeping file order where there is a choice.
/// @error ModelCyclic with one node on the cycle
Result<void> sortNodes(Graph& graph);

/// Typed access to attributes, with the operator's default.
std::int64_t attributeInt(const Node& node, std::string_view name, std::int64_t fallback);
double attributeFloat(const Node& node, std::string_view name, double fallback);
std::string attributeString(const Node& node, std::string_view name, std::string_view fallback);
std::vector<std::int64_t> attributeInts(const Node& node, std::string_view name);
std::vector<double> attributeFloats(const Node& node, std::string_view name);
const Tensor* attributeTensor(const Node& node, std::string_view name);
bool hasAttribute(const Node& node, std::string_view name);

/// The graph as text, one node a line: `MatMul_0: MatMul(global_in, MatMul_0_param0) -> MatMul_0_out0 [1, 64]`.
std::string modelText(const Model& model);

} // namespace bitwright
