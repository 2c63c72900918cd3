// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/onnx_functions.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "ops/op_registry.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

constexpr std::size_t kMaximumNodes = 200000;

std::string functionKey(const Node& node)
{
    return node.domain + "::" + node.op_type;
}

std::shared_ptr<const Graph>* graphIn(Attribute& attribute)
{
    return std::get_if<std::shared_ptr<const Graph>>(&attribute);
}

const Graph* graphIn(const Attribute& attribute)
{
    const auto* graph = std::get_if<std::shared_ptr<const Graph>>(&attribute);
    return graph ? graph->get() : nullptr;
}

/// The function that a node calls. Operators that are known here need no definition by the file.
const ImportedFunction* calledFunction(const FunctionLibrary& functions, const Node& node)
{
    if (findOperator(node)) return nullptr;
    const auto found = functions.find(functionKey(node));
    return found == functions.end() ? nullptr : &found->second;
}

/// Defaults of attributes are newer than the messages of libonnx 1.12, which keeps them as an unknown field.
std::map<std::string, Attribute> importDefaults(OnnxImport& import, const onnx::FunctionProto& function)
{
    constexpr int kAttributeProtoField = 11;
    Graph scratch;
    ValueScope scope(scratch, nullptr);
    onnx::NodeProto holder;
    const google::protobuf::UnknownFieldSet& unknown = function.GetReflection()->GetUnknownFields(function);
    for (int i = 0; i < unknown.field_count(); ++i) {
        const google::protobuf::UnknownField& field = unknown.field(i);
        if (field.number() != kAttributeProtoField || field.type() != google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED) continue;
        onnx::AttributeProto attribute;
        if (attribute.ParseFromString(field.length_delimited())) *holder.add_attribute() = attribute;
    }
    return importNode(import, holder, scope, 0).attributes;
}

/// Operator sets of a function that the model does not name, and those that differ.
void importOpsets(OnnxImport& import, const onnx::FunctionProto& function, Model& model)
{
    for (const auto& opset : function.opset_import()) {
        const std::string domain = canonicalDomain(opset.domain(), {}, false);
        const auto [entry, is_new] = model.opsets.try_emplace(domain, opset.version());
        if (!is_new && domain.empty() && entry->second != opset.version())
            import.report(DiagnosticCode::FunctionOpset, {function.name(), fmt::format("{}", opset.version()), "ai.onnx", fmt::format("{}", entry->second)});
    }
}

/// Calls @p visit for every node of the graph and of the graphs in it.
template <class Visit>
void forEachNode(const Graph& graph, const Visit& visit)
{
    for (const Node& node : graph.nodes) {
        visit(node);
        for (const auto& [name, attribute] : node.attributes)
            if (const Graph* inner = graphIn(attribute)) forEachNode(*inner, visit);
    }
}

/// Finds functions that reach themselves. Depth first; the depth is bounded by the number of functions, which
/// chains of calls could make large, so the stack is kept by hand.
std::string cyclicFunction(const FunctionLibrary& functions)
{
    enum class State { Unseen, Open, Done };
    std::map<std::string, State> state;
    for (const auto& [start, function] : functions) {
        std::vector<std::pair<std::string, bool>> stack{{start, false}}; // whether its calls have been visited
        while (!stack.empty()) {
            const auto [key, is_left] = stack.back();
            stack.pop_back();
            if (is_left) {
                state[key] = State::Done;
                continue;
            }
            if (state[key] != State::Unseen) continue;
            state[key] = State::Open;
            stack.emplace_back(key, true);
            std::string cyclic;
            forEachNode(functions.at(key).body, [&](const Node& node) {
                if (!calledFunction(functions, node)) return;
                if (state[functionKey(node)] == State::Open) cyclic = functionKey(node);
                else stack.emplace_back(functionKey(node), false);
            });
            if (!cyclic.empty()) return cyclic;
        }
    }
    return {};
}

/// Attributes that stand for the call's get the call's values, or the function's defaults.
void bindAttributes(Node& node, const Node& call, const std::map<std::string, Attribute>& defaults)
{
    std::map<std::string, std::string> open;
    for (const auto& [name, reference] : node.attribute_references) {
        const auto given = call.attributes.find(reference);
        const auto fallback = defaults.find(reference);
        const auto passed = call.attribute_references.find(reference);
        if (given != call.attributes.end()) node.attributes[name] = given->second;
        else if (passed != call.attribute_references.end()) open[name] = passed->second;
        else if (fallback != defaults.end()) node.attributes[name] = fallback->second;
    }
    node.attribute_references = std::move(open);
}

/// Replaces calls in one graph.
class Expansion {
public:
    Expansion(const FunctionLibrary& functions, std::size_t& nodes) : m_functions(functions), m_node_count(nodes) {}

    /// @return false when the graph grew too large
    bool expand(Graph& graph)
    {
        const bool has_work = std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const Node& node) { return needsExpansion(node); });
        if (!has_work) return true;
        std::set<std::string> names;
        for (const Value& value : graph.values) names.insert(value.name);
        std::vector<Node> pending(std::make_move_iterator(graph.nodes.rbegin()), std::make_move_iterator(graph.nodes.rend()));
        graph.nodes.clear();
        while (!pending.empty()) {
            Node node = std::move(pending.back());
            pending.pop_back();
            if (const ImportedFunction* function = calledFunction(m_functions, node)) {
                m_node_count += function->body.nodes.size() + 1;
                if (m_node_count > kMaximumNodes) return false;
                std::vector<Node> body = inlined(graph, node, *function, names);
                pending.insert(pending.end(), std::make_move_iterator(body.rbegin()), std::make_move_iterator(body.rend()));
                continue;
            }
            if (!expandInner(node)) return false;
            graph.nodes.push_back(std::move(node));
        }
        keepNamesUnique(graph);
        return static_cast<bool>(sortNodes(graph));
    }

private:
    bool needsExpansion(const Node& node) const
    {
        if (calledFunction(m_functions, node)) return true;
        return std::any_of(node.attributes.begin(), node.attributes.end(), [&](const auto& entry) {
            const Graph* inner = graphIn(entry.second);
            return inner && std::any_of(inner->nodes.begin(), inner->nodes.end(), [&](const Node& part) { return needsExpansion(part); });
        });
    }

    bool expandInner(Node& node)
    {
        for (auto& [name, attribute] : node.attributes) {
            std::shared_ptr<const Graph>* inner = graphIn(attribute);
            if (!inner) continue;
            Graph copy = **inner;
            if (!expand(copy)) return false;
            *inner = std::make_shared<const Graph>(std::move(copy));
        }
        return true;
    }

    static ValueIndex addValue(Graph& graph, Value value, const std::string& prefix, std::set<std::string>& names)
    {
        std::string name = prefix + "/" + value.name;
        for (int number = 2; !names.insert(name).second; ++number) name = fmt::format("{}/{}_{}", prefix, value.name, number);
        value.name = name;
        value.original_name = name;
        graph.values.push_back(std::move(value));
        return static_cast<ValueIndex>(graph.values.size() - 1);
    }

    /// The function's nodes, reading and writing the values of the call.
    std::vector<Node> inlined(Graph& graph, const Node& call, const ImportedFunction& function, std::set<std::string>& names) const
    {
        const Graph& body = function.body;
        std::vector<ValueIndex> place(body.values.size(), kNone);
        std::vector<bool> is_placed(body.values.size(), false);
        const auto put = [&](ValueIndex value, ValueIndex target) {
            place[static_cast<std::size_t>(value)] = target;
            is_placed[static_cast<std::size_t>(value)] = true;
        };
        for (std::size_t i = 0; i < body.inputs.size(); ++i) put(body.inputs[i], i < call.inputs.size() ? call.inputs[i] : kNone);
        std::vector<std::pair<ValueIndex, ValueIndex>> copies; // results that hand an input on, or another result
        for (std::size_t i = 0; i < body.outputs.size() && i < call.outputs.size(); ++i) {
            if (call.outputs[i] == kNone) continue;
            if (is_placed[static_cast<std::size_t>(body.outputs[i])]) copies.emplace_back(body.outputs[i], call.outputs[i]);
            else put(body.outputs[i], call.outputs[i]);
        }
        for (std::size_t v = 0; v < body.values.size(); ++v)
            if (!is_placed[v]) place[v] = addValue(graph, body.values[v], call.name, names);
        const auto placed = [&](ValueIndex value) { return value == kNone ? kNone : place[static_cast<std::size_t>(value)]; };
        std::vector<Node> nodes;
        for (const Node& original : body.nodes) {
            Node node = original;
            node.name = call.name + "/" + original.name;
            node.came_from = call.came_from;
            std::transform(node.inputs.begin(), node.inputs.end(), node.inputs.begin(), placed);
            std::transform(node.outputs.begin(), node.outputs.end(), node.outputs.begin(), placed);
            bindAttributes(node, call, function.defaults);
            bindGraphs(graph, node, body, call, function, place);
            nodes.push_back(std::move(node));
        }
        for (const auto& [from, to] : copies) {
            Node node;
            node.name = fmt::format("{}/Identity_{}", call.name, nodes.size());
            node.op_type = "Identity";
            node.inputs = {placed(from)};
            node.outputs = {to};
            node.came_from = call.came_from;
            nodes.push_back(std::move(node));
        }
        return nodes;
    }

    /// Sub-graphs of the function: what they capture now has the names of the caller's values.
    static void bindGraphs(const Graph& graph, Node& node, const Graph& body, const Node& call, const ImportedFunction& function,
                           const std::vector<ValueIndex>& place)
    {
        std::map<std::string, std::string> renamed;
        std::vector<ValueIndex> captures;
        for (const ValueIndex value : node.captures) {
            const ValueIndex target = place[static_cast<std::size_t>(value)];
            if (target == kNone) continue;
            renamed[body.value(value).name] = graph.value(target).name;
            captures.push_back(target);
        }
        node.captures = std::move(captures);
        for (auto& [name, attribute] : node.attributes)
            if (std::shared_ptr<const Graph>* inner = graphIn(attribute)) *inner = boundGraph(**inner, renamed, call, function);
    }

    static std::shared_ptr<const Graph> boundGraph(const Graph& original, const std::map<std::string, std::string>& renamed,
                                                   const Node& call, const ImportedFunction& function)
    {
        Graph graph = original;
        std::map<std::string, std::string> inner_names;
        for (std::size_t v = 0; v < graph.values.size(); ++v) {
            Value& value = graph.values[v];
            const bool is_input = std::find(graph.inputs.begin(), graph.inputs.end(), static_cast<ValueIndex>(v)) != graph.inputs.end();
            const auto found = renamed.find(value.name);
            if (value.producer != kNone || value.isConstant() || is_input || found == renamed.end()) continue;
            inner_names.insert(*found);
            value.name = found->second;
        }
        for (Node& node : graph.nodes) {
            bindAttributes(node, call, function.defaults);
            for (auto& [name, attribute] : node.attributes)
                if (std::shared_ptr<const Graph>* inner = graphIn(attribute)) *inner = boundGraph(**inner, inner_names, call, function);
        }
        return std::make_shared<const Graph>(std::move(graph));
    }

    static void keepNamesUnique(Graph& graph)
    {
        std::set<std::string> taken;
        for (Node& node : graph.nodes) {
            const std::string base = node.name;
            for (int number = 2; !taken.insert(node.name).second; ++number) node.name = fmt::format("{}_{}", base, number);
        }
    }

    const FunctionLibrary& m_functions;
    std::size_t& m_node_count;
};

} // namespace

FunctionLibrary importFunctions(OnnxImport& import, onnx::ModelProto& proto, Model& model)
{
    FunctionLibrary functions;
    for (onnx::FunctionProto& function : *proto.mutable_functions()) {
        importOpsets(import, function, model);
        onnx::GraphProto body;
        body.set_name(function.name());
        for (const std::string& name : function.input()) body.add_input()->set_name(name);
        for (const std::string& name : function.output()) body.add_output()->set_name(name);
        body.mutable_node()->Swap(function.mutable_node());
        const std::string key = canonicalDomain(function.domain(), {}, false) + "::" + function.name();
        ImportedFunction& imported = functions[key];
        imported.defaults = importDefaults(import, function);
        imported.body = importGraph(import, body, nullptr, 0, nullptr);
        model.functions[key] = std::make_shared<const Graph>(imported.body);
    }
    if (const std::string cyclic = cyclicFunction(functions); !cyclic.empty()) import.report(DiagnosticCode::FunctionCyclic, {cyclic});
    return functions;
}

void expandFunctions(OnnxImport& import, const FunctionLibrary& functions, Model& model)
{
    std::size_t nodes = model.graph.nodes.size();
    if (!functions.empty() && !Expansion(functions, nodes).expand(model.graph))
        import.report(DiagnosticCode::FunctionExpansion, {import.path, fmt::format("{}", kMaximumNodes)});
}

} // namespace bitwright
