// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/compare.h"

#include "project/configuration_json.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace bitwright {
namespace {

std::string typeAndShape(ElementType type, const std::optional<Shape>& shape)
{
    return fmt::format("{} {}", elementTypeName(type), shape ? shapeText(*shape) : "?");
}

struct AttributeText {
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(float value) const { return fmt::format("{}", value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const Tensor& value) const { return typeAndShape(value.type(), value.shape()); }
    std::string operator()(const std::shared_ptr<const Graph>& graph) const
    {
        return fmt::format("graph of {} nodes", graph ? graph->nodes.size() : 0);
    }
    template <class T>
    std::string operator()(const std::vector<T>& values) const
    {
        return fmt::format("[{}]", fmt::join(values, ", "));
    }
};

/// Walks two sorted maps at once: both(key, a, b), or only one side.
template <class Map, class Both, class One>
void pairUp(const Map& a, const Map& b, Both both, One one)
{
    std::set<std::string> keys;
    for (const auto& [key, value] : a)
        keys.insert(key);
    for (const auto& [key, value] : b)
        keys.insert(key);
    for (const std::string& key : keys) {
        const auto in_a = a.find(key);
        const auto in_b = b.find(key);
        if (in_a != a.end() && in_b != b.end())
            both(key, in_a->second, in_b->second);
        else
            one(key, in_a != a.end() ? &in_a->second : nullptr, in_b != b.end() ? &in_b->second : nullptr);
    }
}

using Nodes = std::map<std::string, const Node*>;
using Constants = std::map<std::string, const Tensor*>;
using Texts = std::map<std::string, std::string>;

Nodes nodesOf(const Graph& graph)
{
    Nodes nodes;
    for (const Node& node : graph.nodes)
        nodes.emplace(node.name, &node);
    return nodes;
}

Constants constantsOf(const Graph& graph)
{
    Constants constants;
    for (const Value& value : graph.values)
        if (value.constant) constants.emplace(value.name, &*value.constant);
    return constants;
}

Texts portsOf(const Graph& graph)
{
    Texts ports;
    for (const ValueIndex index : graph.inputs) {
        const Value& value = graph.value(index);
        ports[fmt::format("input '{}'", value.name)] = typeAndShape(value.type, value.shape);
    }
    for (const ValueIndex index : graph.outputs) {
        const Value& value = graph.value(index);
        ports[fmt::format("output '{}'", value.name)] = typeAndShape(value.type, value.shape);
    }
    return ports;
}

/// What describes a node, as texts by name.
Texts describe(const Graph& graph, const Node& node)
{
    Texts texts{{"operator", node.domain.empty() ? node.op_type : node.domain + "::" + node.op_type}};
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        texts[fmt::format("input {}", i)] = node.inputs[i] == kNone ? "" : graph.value(node.inputs[i]).name;
    for (const auto& [name, attribute] : node.attributes)
        texts[name] = std::visit(AttributeText{}, attribute);
    return texts;
}

void compareTexts(const Texts& a, const Texts& b, const std::string& prefix, std::vector<Difference>& found)
{
    pairUp(
        a, b,
        [&](const std::string& key, const std::string& in_a, const std::string& in_b) {
            if (in_a != in_b) found.push_back({prefix + key, in_a, in_b});
        },
        [&](const std::string& key, const std::string* in_a, const std::string* in_b) {
            found.push_back({prefix + key, in_a ? *in_a : "", in_b ? *in_b : ""});
        });
}

void compareConstants(const std::string& name, const Tensor& a, const Tensor& b, std::vector<Difference>& found)
{
    const std::string place = fmt::format("constant '{}'", name);
    if (a.type() != b.type() || a.shape() != b.shape()) {
        found.push_back({place, typeAndShape(a.type(), a.shape()), typeAndShape(b.type(), b.shape())});
        return;
    }
    if (std::equal(a.bytes().begin(), a.bytes().end(), b.bytes().begin(), b.bytes().end())) return;
    double largest = 0;
    std::int64_t count = 0;
    for (std::int64_t i = 0; i < a.size(); ++i) {
        const double in_a = elementAsDouble(a, i);
        const double in_b = elementAsDouble(b, i);
        count += in_a == in_b ? 0 : 1;
        largest = std::max(largest, std::abs(in_a - in_b));
    }
    found.push_back({place, fmt::format("{} of {} elements differ", count, a.size()), fmt::format("by at most {}", largest)});
}

} // namespace

std::vector<Difference> compareConfigurations(const Configuration& a, const Configuration& b)
{
    std::vector<Difference> found;
    const auto texts = [](const Configuration& configuration) {
        Texts flat;
        const nlohmann::json pointers = toJson(configuration).flatten();
        for (const auto& [pointer, value] : pointers.items()) {
            // Empty objects stand for "nothing decided", which is no difference from nothing.
            if (!value.is_null()) flat[pointer.substr(1)] = value.is_string() ? value.get<std::string>() : formatJson(value, true);
        }
        return flat;
    };
    compareTexts(texts(a), texts(b), "", found);
    return found;
}

std::vector<Difference> compareModels(const Model& a, const Model& b)
{
    std::vector<Difference> found;
    compareTexts(portsOf(a.graph), portsOf(b.graph), "", found);
    pairUp(
        nodesOf(a.graph), nodesOf(b.graph),
        [&](const std::string& name, const Node* in_a, const Node* in_b) {
            compareTexts(describe(a.graph, *in_a), describe(b.graph, *in_b), fmt::format("node '{}'/", name), found);
        },
        [&](const std::string& name, const Node* const* in_a, const Node* const* in_b) {
            found.push_back({fmt::format("node '{}'", name), in_a ? (*in_a)->op_type : "", in_b ? (*in_b)->op_type : ""});
        });
    pairUp(
        constantsOf(a.graph), constantsOf(b.graph),
        [&](const std::string& name, const Tensor* in_a, const Tensor* in_b) { compareConstants(name, *in_a, *in_b, found); },
        [&](const std::string& name, const Tensor* const* in_a, const Tensor* const* in_b) {
            const auto text = [](const Tensor* const* tensor) {
                return tensor ? typeAndShape((*tensor)->type(), (*tensor)->shape()) : std::string();
            };
            found.push_back({fmt::format("constant '{}'", name), text(in_a), text(in_b)});
        });
    return found;
}

} // namespace bitwright
