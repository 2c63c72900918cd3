// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/compare.h"

#include "project/configuration_json.h"
#include "rewrite/quantised_form.h"

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

using Texts = std::map<std::string, std::string>;

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

void compareTexts(const Texts& a, const Texts& b, const std::string& prefix, const char* section, std::vector<Difference>& found)
{
    pairUp(
        a, b,
        [&](const std::string& key, const std::string& in_a, const std::string& in_b) {
            if (in_a != in_b) found.push_back({prefix + key, in_a, in_b, section});
        },
        [&](const std::string& key, const std::string* in_a, const std::string* in_b) {
            found.push_back({prefix + key, in_a ? *in_a : "", in_b ? *in_b : "", section});
        });
}

std::string operatorText(const Node& node)
{
    return node.domain.empty() ? node.op_type : node.domain + "::" + node.op_type;
}

class ModelComparer {
public:
    ModelComparer(const Graph& a, const Graph& b) : m_a(a), m_b(b), m_partner(a.nodes.size(), kNone), m_is_matched(b.nodes.size(), false) {}

    ModelComparison run()
    {
        compareTexts(portsOf(m_a), portsOf(m_b), "", "ports", m_found.differences);
        m_found.matches = matchNodes(m_a, m_b);
        for (const NodeMatch& match : m_found.matches) {
            m_partner[static_cast<std::size_t>(match.a)] = match.b;
            m_is_matched[static_cast<std::size_t>(match.b)] = true;
        }
        for (std::size_t n = 0; n < m_a.nodes.size(); ++n) {
            if (m_partner[n] == kNone) add(place(m_a.nodes[n]), operatorText(m_a.nodes[n]), "", "only in A");
            else compareNodes(m_a.nodes[n], m_b.node(m_partner[n]));
        }
        for (std::size_t n = 0; n < m_b.nodes.size(); ++n)
            if (!m_is_matched[n]) add(place(m_b.nodes[n]), "", operatorText(m_b.nodes[n]), "only in B");
        return std::move(m_found);
    }

private:
    static std::string place(const Node& node) { return fmt::format("node '{}'", node.name); }

    void add(std::string where, std::string a, std::string b, const char* section)
    {
        m_found.differences.push_back({std::move(where), std::move(a), std::move(b), section});
    }

    void compareNodes(const Node& a, const Node& b)
    {
        const std::string prefix = place(a) + "/";
        const auto attributes = [](const Node& node) {
            Texts texts;
            for (const auto& [name, attribute] : node.attributes) texts[name] = std::visit(AttributeText{}, attribute);
            return texts;
        };
        compareTexts(attributes(a), attributes(b), prefix, "attributes", m_found.differences);
        for (std::size_t i = 0; i < std::max(a.inputs.size(), b.inputs.size()); ++i)
            compareInput(prefix + fmt::format("input {}", i), i < a.inputs.size() ? a.inputs[i] : kNone, i < b.inputs.size() ? b.inputs[i] : kNone);
        for (std::size_t i = 0; i < std::min(a.outputs.size(), b.outputs.size()); ++i)
            if (a.outputs[i] != kNone && b.outputs[i] != kNone) compareResult(prefix + fmt::format("output {}", i), a.outputs[i], b.outputs[i]);
    }

    void compareResult(const std::string& where, ValueIndex a, ValueIndex b)
    {
        const Value& in_a = m_a.value(a);
        const Value& in_b = m_b.value(b);
        if (in_a.type != in_b.type || in_a.shape != in_b.shape)
            add(where, typeAndShape(in_a.type, in_a.shape), typeAndShape(in_b.type, in_b.shape), "shapes");
        const std::string format_a = quantisedFormatText(m_a, a);
        const std::string format_b = quantisedFormatText(m_b, b);
        if (format_a != format_b) add(where + " format", format_a, format_b, "formats");
    }

    void compareInput(const std::string& where, ValueIndex a, ValueIndex b)
    {
        if (a == kNone && b == kNone) return;
        const Value* in_a = a == kNone ? nullptr : &m_a.value(a);
        const Value* in_b = b == kNone ? nullptr : &m_b.value(b);
        if (in_a && in_b && in_a->constant && in_b->constant) return compareConstants(where, *in_a, *in_b);
        if (in_a && in_b && sameSource(*in_a, *in_b)) return;
        add(where, in_a ? in_a->name : "", in_b ? in_b->name : "", "wiring");
    }

    bool sameSource(const Value& a, const Value& b) const
    {
        if (a.isConstant() != b.isConstant()) return false;
        if (a.isConstant()) return a.name == b.name; // their data are missing
        if ((a.producer == kNone) != (b.producer == kNone)) return false;
        if (a.producer != kNone) return m_partner[static_cast<std::size_t>(a.producer)] == b.producer;
        const auto position = [](const Graph& graph, const Value& value) {
            return std::find_if(graph.inputs.begin(), graph.inputs.end(), [&](ValueIndex i) { return &graph.value(i) == &value; }) - graph.inputs.begin();
        };
        return position(m_a, a) == position(m_b, b);
    }

    void compareConstants(const std::string& where, const Value& a, const Value& b)
    {
        const Tensor& in_a = *a.constant;
        const Tensor& in_b = *b.constant;
        const std::string name = fmt::format("{} (constant '{}')", where, a.name);
        if (in_a.type() != in_b.type() || in_a.shape() != in_b.shape())
            return add(name, typeAndShape(in_a.type(), in_a.shape()), typeAndShape(in_b.type(), in_b.shape()), "weights");
        if (std::equal(in_a.bytes().begin(), in_a.bytes().end(), in_b.bytes().begin())) return;
        Difference found{name, {}, {}, "weights"};
        std::int64_t count = 0;
        double of_difference = 0;
        double of_a = 0;
        for (std::int64_t i = 0; i < in_a.size(); ++i) {
            const double value = elementAsDouble(in_a, i);
            const double delta = elementAsDouble(in_b, i) - value;
            count += delta == 0 ? 0 : 1;
            found.largest = std::max(found.largest, std::abs(delta));
            of_difference += delta * delta;
            of_a += value * value;
        }
        found.relative = of_a > 0 ? std::sqrt(of_difference / of_a) : 0;
        found.a = fmt::format("{} of {} elements differ", count, in_a.size());
        found.b = fmt::format("by at most {}, {:.3g} of the norm", found.largest, found.relative);
        m_found.differences.push_back(std::move(found));
    }

    const Graph& m_a;
    const Graph& m_b;
    std::vector<NodeIndex> m_partner;
    std::vector<bool> m_is_matched;
    ModelComparison m_found;
};

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
    compareTexts(texts(a), texts(b), "", "settings", found);
    return found;
}

ModelComparison compareModels(const Model& a, const Model& b)
{
    return ModelComparer(a.graph, b.graph).run();
}

} // namespace bitwright
