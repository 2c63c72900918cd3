// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "importers/onnx_import.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

ValueIndex ValueScope::find(const std::string& name) const
{
    const auto found = m_index.find(name);
    return found == m_index.end() ? kNone : found->second;
}

ValueIndex ValueScope::declare(const std::string& name)
{
    const auto [entry, is_new] = m_index.try_emplace(name, static_cast<ValueIndex>(m_graph.values.size()));
    if (is_new) {
        Value value;
        value.name = name;
        value.original_name = name;
        m_graph.values.push_back(std::move(value));
    }
    return entry->second;
}

bool ValueScope::isKnownOutside(const std::string& name) const
{
    for (const ValueScope* scope = m_outer; scope; scope = scope->m_outer)
        if (scope->find(name) != kNone) return true;
    return false;
}

ValueIndex ValueScope::read(const std::string& name)
{
    const ValueIndex known = find(name);
    if (known != kNone) return known;
    if (isKnownOutside(name)) captured.push_back(name);
    return declare(name);
}

namespace {

void importType(Value& value, const onnx::TypeProto& type)
{
    if (!type.has_tensor_type()) return; // sequences, maps and optional values have no shape
    const auto& tensor = type.tensor_type();
    if (isKnownElementType(tensor.elem_type())) value.type = static_cast<ElementType>(tensor.elem_type());
    if (!tensor.has_shape()) return;
    Shape shape;
    std::vector<std::string> symbols;
    for (const auto& dimension : tensor.shape().dim()) {
        // Extent 0 stands for "any" in files of several exporters.
        const bool is_known = dimension.has_dim_value() && dimension.dim_value() > 0;
        shape.push_back(is_known ? dimension.dim_value() : -1);
        symbols.push_back(dimension.has_dim_param() ? dimension.dim_param() : std::string());
    }
    value.shape = std::move(shape);
    if (std::any_of(symbols.begin(), symbols.end(), [](const std::string& s) { return !s.empty(); }))
        value.symbols = std::move(symbols);
}

void importConstant(Value& value, ImportedTensor tensor)
{
    value.type = tensor.type;
    value.shape = std::move(tensor.shape);
    value.symbols.clear();
    value.constant = std::move(tensor.tensor);
    value.missing_data = std::move(tensor.missing_data);
}

void importInitializers(OnnxImport& import, onnx::GraphProto& proto, ValueScope& scope)
{
    for (onnx::TensorProto& initializer : *proto.mutable_initializer()) {
        const std::string name = initializer.name();
        ImportedTensor tensor = importTensor(import, initializer, name);
        importConstant(scope.value(scope.declare(name)), std::move(tensor));
    }
    for (onnx::SparseTensorProto& initializer : *proto.mutable_sparse_initializer()) {
        const std::string name = initializer.values().name();
        ImportedTensor tensor = importSparseTensor(import, initializer, name);
        if (tensor.tensor) importConstant(scope.value(scope.declare(name)), std::move(tensor));
    }
}

void importNodes(OnnxImport& import, onnx::GraphProto& proto, Graph& graph, ValueScope& scope, int depth)
{
    std::unordered_map<ValueIndex, NodeIndex> producers;
    for (onnx::NodeProto& node_proto : *proto.mutable_node()) {
        graph.nodes.push_back(importNode(import, node_proto, scope, depth));
        // The message is done with: memory stays near one copy of the file.
        node_proto.Clear();
    }
    makeNodeNamesUnique(graph);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        for (const ValueIndex output : graph.nodes[n].outputs) {
            if (output == kNone) continue;
            const auto [entry, is_new] = producers.try_emplace(output, static_cast<NodeIndex>(n));
            if (!is_new)
                import.reportAt(graph.nodes[n].name, DiagnosticCode::ModelValueTwice,
                                {graph.value(output).name, graph.node(entry->second).name, graph.nodes[n].name});
        }
    }
}

/// Every value read has a producer, a constant, or is an input.
void checkReads(OnnxImport& import, const Graph& graph, const std::vector<std::string>& captured)
{
    if (hasErrors(import.findings)) return; // a constant that could not be read has been reported already
    std::vector<bool> is_defined(graph.values.size(), false);
    for (const ValueIndex input : graph.inputs) is_defined[static_cast<std::size_t>(input)] = true;
    for (const Node& node : graph.nodes)
        for (const ValueIndex output : node.outputs)
            if (output != kNone) is_defined[static_cast<std::size_t>(output)] = true;
    const std::unordered_set<std::string> from_outside(captured.begin(), captured.end());
    for (std::size_t v = 0; v < graph.values.size(); ++v)
        if (graph.values[v].isConstant() || from_outside.contains(graph.values[v].name)) is_defined[v] = true;
    for (const Node& node : graph.nodes)
        for (const ValueIndex input : node.inputs)
            if (input != kNone && !is_defined[static_cast<std::size_t>(input)])
                import.reportAt(node.name, DiagnosticCode::ModelValueMissing,
                                {node.name, node.op_type, graph.value(input).name});
    for (const ValueIndex output : graph.outputs)
        if (!is_defined[static_cast<std::size_t>(output)])
            import.report(DiagnosticCode::ModelOutputMissing, {graph.value(output).name});
}

} // namespace

Graph importGraph(OnnxImport& import, onnx::GraphProto& proto, ValueScope* outer, int depth,
                  std::vector<std::string>* captured)
{
    Graph graph;
    graph.name = proto.name();
    if (depth > kMaximumNesting) {
        import.report(DiagnosticCode::ModelNesting, {import.path, fmt::format("{}", kMaximumNesting)});
        return graph;
    }
    ValueScope scope(graph, outer);
    importInitializers(import, proto, scope);
    for (const auto& input : proto.input()) {
        const ValueIndex index = scope.declare(input.name());
        Value& value = scope.value(index);
        if (value.isConstant() || std::find(graph.inputs.begin(), graph.inputs.end(), index) != graph.inputs.end())
            continue; // files of IR version 3 list initializers here, too
        importType(value, input.type());
        graph.inputs.push_back(index);
    }
    importNodes(import, proto, graph, scope, depth);
    for (const auto& output : proto.output()) {
        const ValueIndex index = scope.read(output.name());
        if (!scope.value(index).isConstant()) importType(scope.value(index), output.type());
        graph.outputs.push_back(index);
    }
    for (const auto& info : proto.value_info()) {
        const ValueIndex index = scope.find(info.name());
        if (index != kNone && !scope.value(index).isConstant()) importType(scope.value(index), info.type());
    }
    for (const auto& annotation : proto.quantization_annotation()) {
        const ValueIndex index = scope.find(annotation.tensor_name());
        if (index == kNone) continue;
        for (const auto& entry : annotation.quant_parameter_tensor_names())
            if (entry.key() == "finn_datatype") scope.value(index).datatype_annotation = entry.value();
    }
    checkReads(import, graph, scope.captured);
    if (const Result<void> sorted = sortNodes(graph); !sorted) import.findings.push_back(sorted.error());
    if (captured) *captured = std::move(scope.captured);
    return graph;
}

} // namespace bitwright
