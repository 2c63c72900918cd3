// SPDX-License-Identifier: GPL-3.0-or-later
// What a model file holds, and what of it is not supported.
#include <map>

#include "model_work.h"
#include "ops/multiplications.h"
#include "ops/op_registry.h"
#include "rewrite/normal_form.h"
#include "rewrite/quantised_form.h"
#include "verbs.h"

namespace bitwright::cli {
namespace {

nlohmann::json portsToJson(const Graph& graph, const std::vector<ValueIndex>& ports, const char* title, Session& session)
{
    nlohmann::json list = nlohmann::json::array();
    for (const ValueIndex index : ports) {
        const Value& value = graph.value(index);
        nlohmann::json shape = value.shape ? nlohmann::json(*value.shape) : nlohmann::json();
        for (std::size_t axis = 0; value.shape && axis < value.symbols.size() && axis < value.shape->size(); ++axis)
            if ((*value.shape)[axis] < 0 && !value.symbols[axis].empty()) shape[axis] = value.symbols[axis];
        list.push_back({{"name", value.name}, {"type", elementTypeName(value.type)}, {"shape", shape}});
        session.line("{:<12} {} {} {}", title, value.name, elementTypeName(value.type), shape.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    return list;
}

/// Elements of all constants that the file holds.
std::int64_t parameterCount(const Graph& graph)
{
    std::int64_t count = 0;
    for (const Value& value : graph.values)
        if (value.constant) count += value.constant->size();
    return count;
}

/// The number formats that the file gives to values, by whatever means.
void listFormats(const Graph& graph, Session& session)
{
    session.json()["formats"] = nlohmann::json::array();
    for (std::size_t i = 0; i < graph.values.size(); ++i) {
        const std::string format = quantisedFormatText(graph, static_cast<ValueIndex>(i));
        if (format.empty()) continue;
        const Value& value = graph.values[i];
        const bool is_made = value.producer != kNone;
        session.json()["formats"].push_back(
            {{"value", value.name}, {"format", format}, {"node", is_made ? graph.node(value.producer).name : std::string()}});
        session.line("{:<12} {}: {}", "format", value.name, format);
    }
}

void addUnsupported(Session& session, const std::string& node, const std::string& op, std::string_view scope,
                    const std::string& reason)
{
    session.json()["unsupported"].push_back({{"node", node}, {"operator", op}, {"scope", scope}, {"reason", reason}});
    session.line("unsupported  {} ({}), {}: {}", node, op, scope, reason);
}

/// What the reference run cannot execute, per node.
void listReferenceGaps(const Graph& graph, Session& session)
{
    for (const Node& node : graph.nodes) {
        const OpDescriptor* known = findOperator(node);
        if (known == nullptr)
            addUnsupported(session, node.name, node.op_type, "reference", "The operator is not known.");
        else if (!known->run)
            addUnsupported(session, node.name, node.op_type, "reference", std::string(known->run.reason()));
    }
}

/// What the flow cannot build, per layer.
void listFlowGaps(const FlowDescriptor& flow, const Model& normal, Session& session)
{
    session.json()["layers"] = nlohmann::json::array();
    if (!flow.layers || !flow.initial) return;
    for (const Layer& layer : flow.layers(normal, flow.initial(normal))) {
        session.json()["layers"].push_back(
            {{"id", layer.id}, {"type", layer.type}, {"came_from", layer.came_from}, {"unsupported", layer.unsupported}});
        if (layer.unsupported.empty()) continue;
        const std::string op = layer.nodes.empty() ? layer.type : normal.graph.node(layer.nodes.front()).op_type;
        addUnsupported(session, layer.came_from.empty() ? layer.id : layer.came_from.front(), op, flow.name,
                       layer.unsupported);
    }
}

} // namespace

int runInfo(const Arguments& arguments, Session& session)
{
    const Result<std::shared_ptr<const Model>> opened = openModel(arguments.files.at(0), session);
    if (!opened) return session.fail(opened.error());
    const Result<const FlowDescriptor*> flow = chooseFlow(arguments.flow);
    if (!flow) return session.fail(flow.error());
    const Model& model = **opened;
    const std::shared_ptr<const Model> normal = normalForm(model);
    nlohmann::json& json = session.json();
    json["path"] = model.path;
    json["producer"] = model.producer;
    json["ir_version"] = model.ir_version;
    json["opsets"] = model.opsets;
    session.line("{:<12} {}", "model", model.path);
    session.line("{:<12} {}", "producer", model.producer);
    json["inputs"] = portsToJson(model.graph, model.graph.inputs, "input", session);
    json["outputs"] = portsToJson(model.graph, model.graph.outputs, "output", session);

    std::map<std::string, std::int64_t> operators;
    for (const Node& node : model.graph.nodes)
        ++operators[node.op_type];
    std::int64_t macs = 0;
    for (const Node& node : normal->graph.nodes)
        macs += multiplications(normal->graph, node);
    json["nodes"] = model.graph.nodes.size();
    json["operators"] = operators;
    json["parameters"] = parameterCount(model.graph);
    json["macs"] = macs;
    session.line("{:<12} {}", "nodes", model.graph.nodes.size());
    for (const auto& [name, count] : operators)
        session.line("{:<12} {} x {}", "", count, name);
    session.line("{:<12} {}", "parameters", parameterCount(model.graph));
    session.line("{:<12} {}", "MACs", macs);

    listFormats(model.graph, session);
    json["rewrites"] = nlohmann::json::array();
    for (const RewriteRecord& rewrite : normal->rewrites)
        json["rewrites"].push_back({{"pass", rewrite.pass}, {"what", rewrite.sentence}, {"nodes", rewrite.nodes}});
    json["unsupported"] = nlohmann::json::array();
    listReferenceGaps(model.graph, session);
    listFlowGaps(**flow, *normal, session);
    return kOk;
}

} // namespace bitwright::cli
