// SPDX-License-Identifier: GPL-3.0-or-later
/// The parts of the ONNX importer: tensors, nodes, graphs (onnx.proto; element types in reference
/// qonnx_finn.md section 3.1).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "importers/external_data.h"
#include "model/model.h"

namespace onnx {
class AttributeProto;
class GraphProto;
class ModelProto;
class NodeProto;
class SparseTensorProto;
class TensorProto;
} // namespace onnx

namespace bitwright {

/// What all parts share while one file is read.
struct OnnxImport {
    explicit OnnxImport(const std::string& model_path) : path(model_path), external(model_path) {}

    std::string path;
    ExternalData external;
    Diagnostics findings;

    void report(DiagnosticCode code, std::vector<std::string> arguments, std::string remedy = {})
    {
        findings.push_back({code, std::move(arguments), FileLocation{path}, std::move(remedy)});
    }
    void reportAt(const std::string& node, DiagnosticCode code, std::vector<std::string> arguments)
    {
        findings.push_back({code, std::move(arguments), NodeLocation{path, node}, {}});
    }
};

/// A tensor of the file. Not const: large raw data are taken over, not copied.
struct ImportedTensor {
    std::optional<Tensor> tensor; ///< nothing when it is unusable (reported) or its data file is missing
    ElementType type = ElementType::Undefined;
    Shape shape;
    std::string missing_data;
};
ImportedTensor importTensor(OnnxImport& import, onnx::TensorProto& proto, const std::string& name);
/// The dense form of a sparse tensor: values and their positions, either linear or one row of indices each.
ImportedTensor importSparseTensor(OnnxImport& import, onnx::SparseTensorProto& proto, const std::string& name);

/// Value names of a graph and, for sub-graphs, of the graphs around it.
class ValueScope {
public:
    ValueScope(Graph& graph, ValueScope* outer) : m_graph(graph), m_outer(outer) {}

    /// The value of that name here, made if there is none yet.
    ValueIndex declare(const std::string& name);
    ValueIndex find(const std::string& name) const;
    /// For reads: like declare, and a name known only outside becomes a capture of every enclosing graph.
    ValueIndex read(const std::string& name);
    Value& value(ValueIndex index) { return m_graph.values[static_cast<std::size_t>(index)]; }

    std::vector<std::string> captured; ///< names read from outside

private:
    bool isKnownOutside(const std::string& name) const;

    Graph& m_graph;
    ValueScope* m_outer;
    std::unordered_map<std::string, ValueIndex> m_index;
};

constexpr int kMaximumNesting = 16;

/// One node with its attributes; inputs and outputs are indices of @p scope.
Node importNode(OnnxImport& import, onnx::NodeProto& proto, ValueScope& scope, int depth);
/// A graph or sub-graph. Captured names are left in @p captured.
Graph importGraph(OnnxImport& import, onnx::GraphProto& proto, ValueScope* outer, int depth,
                  std::vector<std::string>* captured);
/// Gives unnamed nodes a name and repeated names a number.
void makeNodeNamesUnique(Graph& graph);
/// The one spelling of a domain: "ai.onnx" is "", QONNX's former domains are the present one (reference
/// qonnx_finn.md section 1.1).
std::string canonicalDomain(const std::string& domain, const std::string& op_type, bool is_finn_layer);

} // namespace bitwright
