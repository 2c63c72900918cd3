// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "importers/onnx_import.h"

namespace bitwright {
namespace {

/// Old exporters leave the type out; then the field that is filled says it.
onnx::AttributeProto::AttributeType typeOf(const onnx::AttributeProto& proto)
{
    if (proto.type() != onnx::AttributeProto::UNDEFINED) return proto.type();
    if (proto.has_f()) return onnx::AttributeProto::FLOAT;
    if (proto.has_i()) return onnx::AttributeProto::INT;
    if (proto.has_s()) return onnx::AttributeProto::STRING;
    if (proto.has_t()) return onnx::AttributeProto::TENSOR;
    if (proto.has_g()) return onnx::AttributeProto::GRAPH;
    if (proto.floats_size() > 0) return onnx::AttributeProto::FLOATS;
    if (proto.strings_size() > 0) return onnx::AttributeProto::STRINGS;
    return onnx::AttributeProto::INTS;
}

std::shared_ptr<const Graph> importSubgraph(OnnxImport& import, onnx::GraphProto& proto, Node& node,
                                            ValueScope& scope, int depth)
{
    std::vector<std::string> captured;
    Graph graph = importGraph(import, proto, &scope, depth + 1, &captured);
    for (const std::string& name : captured) {
        const ValueIndex value = scope.read(name);
        if (std::find(node.captures.begin(), node.captures.end(), value) == node.captures.end())
            node.captures.push_back(value);
    }
    return std::make_shared<const Graph>(std::move(graph));
}

void importAttribute(OnnxImport& import, onnx::AttributeProto& proto, Node& node, ValueScope& scope, int depth)
{
    const std::string& name = proto.name();
    if (!proto.ref_attr_name().empty()) {
        node.attribute_references[name] = proto.ref_attr_name();
        return;
    }
    switch (typeOf(proto)) {
    case onnx::AttributeProto::FLOAT: node.attributes[name] = proto.f(); break;
    case onnx::AttributeProto::INT: node.attributes[name] = std::int64_t{proto.i()}; break;
    case onnx::AttributeProto::STRING: node.attributes[name] = proto.s(); break;
    case onnx::AttributeProto::FLOATS:
        node.attributes[name] = std::vector<float>(proto.floats().begin(), proto.floats().end());
        break;
    case onnx::AttributeProto::INTS:
        node.attributes[name] = std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end());
        break;
    case onnx::AttributeProto::STRINGS:
        node.attributes[name] = std::vector<std::string>(proto.strings().begin(), proto.strings().end());
        break;
    case onnx::AttributeProto::TENSOR: {
        ImportedTensor tensor = importTensor(import, *proto.mutable_t(), node.name + "." + name);
        if (tensor.tensor) node.attributes[name] = *std::move(tensor.tensor);
        break;
    }
    case onnx::AttributeProto::SPARSE_TENSOR: {
        ImportedTensor tensor = importSparseTensor(import, *proto.mutable_sparse_tensor(), node.name + "." + name);
        if (tensor.tensor) node.attributes[name] = *std::move(tensor.tensor);
        break;
    }
    case onnx::AttributeProto::GRAPH:
        node.attributes[name] = importSubgraph(import, *proto.mutable_g(), node, scope, depth);
        break;
    default: break; // lists of tensors and graphs and type attributes: no operator in scope has them
    }
}

} // namespace

std::string canonicalDomain(const std::string& domain, const std::string& op_type, bool is_finn_layer)
{
    static constexpr std::string_view kQonnx = "qonnx.custom_op.general";
    if (domain == "ai.onnx") return {};
    if (domain == "onnx.brevitas" || domain == "finn.custom_op.general") return std::string(kQonnx);
    if (domain == "finn") return is_finn_layer ? "finn.custom_op.fpgadataflow" : std::string(kQonnx);
    // Some writers leave the domain of the quantisers out, or make one up.
    if (op_type == "Quant" || op_type == "IntQuant" || op_type == "BipolarQuant" || op_type == "Trunc")
        return std::string(kQonnx);
    return domain;
}

Node importNode(OnnxImport& import, onnx::NodeProto& proto, ValueScope& scope, int depth)
{
    Node node;
    node.name = proto.name();
    node.op_type = proto.op_type();
    for (const std::string& input : proto.input())
        node.inputs.push_back(input.empty() ? kNone : scope.read(input));
    for (const std::string& output : proto.output())
        node.outputs.push_back(output.empty() ? kNone : scope.declare(output));
    for (onnx::AttributeProto& attribute : *proto.mutable_attribute())
        importAttribute(import, attribute, node, scope, depth);
    const bool is_finn_layer = attributeString(node, "backend", "") == "fpgadataflow";
    node.domain = canonicalDomain(proto.domain(), node.op_type, is_finn_layer);
    return node;
}

void makeNodeNamesUnique(Graph& graph)
{
    std::unordered_set<std::string> taken;
    for (const Node& node : graph.nodes) taken.insert(node.name);
    std::unordered_set<std::string> given;
    std::unordered_map<std::string, int> next; // number to try, so that equal names cost no search
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Node& node = graph.nodes[i];
        const bool is_unnamed = node.name.empty();
        if (is_unnamed) node.name = fmt::format("{}_{}", node.op_type, i);
        if ((is_unnamed && taken.contains(node.name)) || given.contains(node.name)) {
            const std::string base = node.name;
            int& number = next.try_emplace(base, 2).first->second;
            do node.name = fmt::format("{}_{}", base, number++);
            while (taken.contains(node.name) || given.contains(node.name));
        }
        given.insert(node.name);
        node.came_from = {node.name};
    }
}

} // namespace bitwright
