// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/onnx_writer.h"

#include <algorithm>
#include <limits>
#include <set>
#include <unordered_set>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "ops/op_descriptor.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

/// Elements per byte of raw data; sub-byte types are packed, low bits first.
int packing(ElementType type)
{
    switch (type) {
    case ElementType::Uint4:
    case ElementType::Int4:
    case ElementType::Float4E2M1: return 2;
    case ElementType::Uint2:
    case ElementType::Int2: return 4;
    default: return 1;
    }
}

void writeTensor(const Tensor& tensor, const std::string& name, onnx::TensorProto& proto)
{
    if (!name.empty()) proto.set_name(name);
    proto.set_data_type(static_cast<int>(tensor.type()));
    for (const std::int64_t extent : tensor.shape()) proto.add_dims(extent);
    const std::span<const std::byte> bytes = tensor.bytes();
    const int per_byte = packing(tensor.type());
    if (per_byte == 1) {
        proto.set_raw_data(bytes.data(), bytes.size());
        return;
    }
    const int bits = 8 / per_byte;
    std::string packed((bytes.size() + static_cast<std::size_t>(per_byte) - 1) / static_cast<std::size_t>(per_byte), '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const unsigned code = std::to_integer<unsigned>(bytes[i]) & ((1U << bits) - 1);
        char& place = packed[i / static_cast<std::size_t>(per_byte)];
        const unsigned shifted = code << (static_cast<unsigned>(bits) * static_cast<unsigned>(i % static_cast<std::size_t>(per_byte)));
        place = static_cast<char>(static_cast<unsigned char>(place) | shifted);
    }
    proto.set_raw_data(std::move(packed));
}

/// Names for the values that rewrites made; the others keep theirs.
std::vector<std::string> valueNames(const Graph& graph)
{
    std::unordered_set<std::string> taken;
    for (const Value& value : graph.values) taken.insert(value.name);
    std::vector<std::string> names;
    int next = 0;
    for (const Value& value : graph.values) {
        std::string name = value.name;
        while (name.empty()) {
            std::string made = fmt::format("value_{}", next++);
            if (taken.insert(made).second) name = std::move(made);
        }
        names.push_back(std::move(name));
    }
    return names;
}

class GraphWriter {
public:
    GraphWriter(const Graph& graph, onnx::GraphProto& proto) : m_graph(graph), m_proto(proto), m_names(valueNames(graph)) {}

    void write()
    {
        m_proto.set_name(m_graph.name.empty() ? "graph" : m_graph.name);
        const std::set<ValueIndex> inputs(m_graph.inputs.begin(), m_graph.inputs.end());
        const std::set<ValueIndex> outputs(m_graph.outputs.begin(), m_graph.outputs.end());
        for (const ValueIndex input : m_graph.inputs) writeInfo(input, *m_proto.add_input());
        for (const ValueIndex output : m_graph.outputs) writeInfo(output, *m_proto.add_output());
        for (std::size_t v = 0; v < m_graph.values.size(); ++v) {
            const auto index = static_cast<ValueIndex>(v);
            const Value& value = m_graph.value(index);
            if (value.constant) writeTensor(*value.constant, name(index), *m_proto.add_initializer());
            else if (value.producer != kNone && value.shape && !inputs.contains(index) && !outputs.contains(index))
                writeInfo(index, *m_proto.add_value_info());
            if (value.datatype_annotation.empty()) continue;
            onnx::TensorAnnotation& annotation = *m_proto.add_quantization_annotation();
            annotation.set_tensor_name(name(index));
            auto& entry = *annotation.add_quant_parameter_tensor_names();
            entry.set_key("finn_datatype");
            entry.set_value(value.datatype_annotation);
        }
        for (const Node& node : m_graph.nodes) writeNode(node, *m_proto.add_node());
    }

private:
    const std::string& name(ValueIndex index) const { return m_names[static_cast<std::size_t>(index)]; }

    void writeInfo(ValueIndex index, onnx::ValueInfoProto& info) const
    {
        const Value& value = m_graph.value(index);
        info.set_name(name(index));
        if (value.type == ElementType::Undefined) return;
        auto& type = *info.mutable_type()->mutable_tensor_type();
        type.set_elem_type(static_cast<int>(value.type));
        if (!value.shape) return;
        onnx::TensorShapeProto& shape = *type.mutable_shape();
        for (std::size_t i = 0; i < value.shape->size(); ++i) {
            auto& dimension = *shape.add_dim();
            if ((*value.shape)[i] >= 0) dimension.set_dim_value((*value.shape)[i]);
            else if (i < value.symbols.size() && !value.symbols[i].empty()) dimension.set_dim_param(value.symbols[i]);
        }
    }

    void writeNode(const Node& node, onnx::NodeProto& proto) const
    {
        proto.set_name(node.name);
        proto.set_op_type(node.op_type);
        proto.set_domain(node.domain);
        for (const ValueIndex input : node.inputs) proto.add_input(input == kNone ? std::string() : name(input));
        for (const ValueIndex output : node.outputs) proto.add_output(output == kNone ? std::string() : name(output));
        for (const auto& [key, attribute] : node.attributes) {
            onnx::AttributeProto& written = *proto.add_attribute();
            written.set_name(key);
            std::visit([&](const auto& value) { writeAttribute(value, written); }, attribute);
        }
        for (const auto& [key, reference] : node.attribute_references) {
            onnx::AttributeProto& written = *proto.add_attribute();
            written.set_name(key);
            written.set_ref_attr_name(reference);
        }
    }

    static void writeAttribute(std::int64_t value, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::INT);
        proto.set_i(value);
    }
    static void writeAttribute(float value, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::FLOAT);
        proto.set_f(value);
    }
    static void writeAttribute(const std::string& value, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::STRING);
        proto.set_s(value);
    }
    static void writeAttribute(const Tensor& value, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::TENSOR);
        writeTensor(value, {}, *proto.mutable_t());
    }
    static void writeAttribute(const std::vector<std::int64_t>& values, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::INTS);
        for (const std::int64_t value : values) proto.add_ints(value);
    }
    static void writeAttribute(const std::vector<float>& values, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::FLOATS);
        for (const float value : values) proto.add_floats(value);
    }
    static void writeAttribute(const std::vector<std::string>& values, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::STRINGS);
        for (const std::string& value : values) proto.add_strings(value);
    }
    static void writeAttribute(const std::shared_ptr<const Graph>& value, onnx::AttributeProto& proto)
    {
        proto.set_type(onnx::AttributeProto::GRAPH);
        GraphWriter(*value, *proto.mutable_g()).write();
    }

    const Graph& m_graph;
    onnx::GraphProto& m_proto;
    std::vector<std::string> m_names;
};

void writeFunctions(const Model& model, onnx::ModelProto& proto)
{
    for (const auto& [key, body] : model.functions) {
        onnx::GraphProto graph;
        GraphWriter(*body, graph).write();
        onnx::FunctionProto& function = *proto.add_functions();
        const auto split = key.rfind("::");
        function.set_domain(key.substr(0, split));
        function.set_name(key.substr(split + 2));
        for (const auto& input : graph.input()) function.add_input(input.name());
        for (const auto& output : graph.output()) function.add_output(output.name());
        function.mutable_node()->Swap(graph.mutable_node());
        for (const auto& [domain, version] : model.opsets) {
            onnx::OperatorSetIdProto& opset = *function.add_opset_import();
            opset.set_domain(domain);
            opset.set_version(version);
        }
    }
}

/// Domains that nodes use and the file does not version are version 1, as QONNX writes them.
std::map<std::string, std::int64_t> usedOpsets(const Model& model)
{
    std::map<std::string, std::int64_t> used{{"", model.opset("")}};
    for (const Node& node : model.graph.nodes) {
        const auto known = model.opsets.find(node.domain);
        used.try_emplace(node.domain, known == model.opsets.end() ? 1 : known->second);
    }
    for (const auto& [key, body] : model.functions)
        for (const Node& node : body->nodes) used.try_emplace(node.domain, 1);
    return used;
}

} // namespace

Result<std::string> formatOnnx(const Model& model, const std::string& path)
{
    std::size_t bytes = 0;
    for (const Value& value : model.graph.values) {
        if (!value.missing_data.empty()) return Diagnostic{DiagnosticCode::ModelDataMissing, {value.name, value.missing_data}, FileLocation{path}};
        if (value.constant) bytes += value.constant->bytes().size();
    }
    constexpr std::size_t kRoomForNodes = std::size_t{64} << 20;
    if (bytes > static_cast<std::size_t>(std::numeric_limits<int>::max()) - kRoomForNodes)
        return Diagnostic{DiagnosticCode::ModelTooLarge, {path, fmt::format("{}", bytes)}, FileLocation{path}};
    onnx::ModelProto proto;
    proto.set_ir_version(std::max<std::int64_t>(model.ir_version, model.functions.empty() ? 4 : 8));
    proto.set_producer_name("Bitwright");
    for (const auto& [domain, version] : usedOpsets(model)) {
        onnx::OperatorSetIdProto& opset = *proto.add_opset_import();
        opset.set_domain(domain);
        opset.set_version(version);
    }
    for (const auto& [key, value] : model.metadata) {
        onnx::StringStringEntryProto& entry = *proto.add_metadata_props();
        entry.set_key(key);
        entry.set_value(value);
    }
    GraphWriter(model.graph, *proto.mutable_graph()).write();
    writeFunctions(model, proto);
    std::string text;
    if (!proto.SerializeToString(&text))
        return Diagnostic{DiagnosticCode::ModelTooLarge, {path, fmt::format("{}", proto.ByteSizeLong())}, FileLocation{path}};
    return text;
}

Result<void> writeOnnx(const Model& model, const std::string& path)
{
    const Result<std::string> text = formatOnnx(model, path);
    if (!text) return text.error();
    return writeFileAtomically(path, *text);
}

} // namespace bitwright
