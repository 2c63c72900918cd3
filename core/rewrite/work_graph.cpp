// SPDX-License-Identifier: GPL-3.0-or-later
#include "rewrite/work_graph.h"

#include <algorithm>
#include <array>
#include <queue>

namespace bitwright {
namespace {

void eraseOne(std::vector<NodeIndex>& list, NodeIndex node)
{
    const auto found = std::find(list.begin(), list.end(), node);
    if (found != list.end()) list.erase(found);
}

bool reads(const Node& node, ValueIndex value)
{
    return std::find(node.inputs.begin(), node.inputs.end(), value) != node.inputs.end() ||
           std::find(node.captures.begin(), node.captures.end(), value) != node.captures.end();
}

} // namespace

WorkGraph::WorkGraph(Model model) : m_model(std::move(model))
{
    linkValues(m_model.graph);
    const std::size_t count = m_model.graph.nodes.size();
    m_is_stepwise = count <= kMaximumStepwiseNodes;
    m_level.assign(count, 0);
    m_is_alive.assign(count, true);
    for (std::size_t n = 0; n < count; ++n) {
        m_order.push_back(static_cast<NodeIndex>(n));
        m_level[n] = levelFromInputs(m_model.graph.nodes[n]); // imported nodes are sorted
    }
}

bool WorkGraph::isGraphOutput(ValueIndex index) const
{
    const std::vector<ValueIndex>& outputs = graph().outputs;
    return std::find(outputs.begin(), outputs.end(), index) != outputs.end();
}

bool WorkGraph::isCaptured(ValueIndex index) const
{
    const std::vector<NodeIndex>& readers = graph().value(index).consumers;
    return std::any_of(readers.begin(), readers.end(), [&](NodeIndex reader) {
        const std::vector<ValueIndex>& captures = graph().node(reader).captures;
        return std::find(captures.begin(), captures.end(), index) != captures.end();
    });
}

int WorkGraph::levelFromInputs(const Node& node) const
{
    int level = 0;
    const auto visit = [&](ValueIndex input) {
        if (input == kNone || graph().value(input).producer == kNone) return;
        level = std::max(level, m_level[static_cast<std::size_t>(graph().value(input).producer)] + 1);
    };
    std::for_each(node.inputs.begin(), node.inputs.end(), visit);
    std::for_each(node.captures.begin(), node.captures.end(), visit);
    return level;
}

void WorkGraph::relevel(const std::vector<NodeIndex>& changed)
{
    if (!m_is_stepwise) { // `tidy` computes all levels afresh
        m_needs_tidy = true;
        return;
    }
    std::queue<NodeIndex> pending;
    for (const NodeIndex index : changed) pending.push(index);
    while (!pending.empty()) {
        const NodeIndex index = pending.front();
        pending.pop();
        const int level = levelFromInputs(node(index));
        if (level == m_level[static_cast<std::size_t>(index)]) continue;
        m_level[static_cast<std::size_t>(index)] = level;
        m_needs_tidy = true;
        for (const ValueIndex output : node(index).outputs)
            if (output != kNone)
                for (const NodeIndex consumer : value(output).consumers) pending.push(consumer);
    }
}

void WorkGraph::sortConstantsLast()
{
    static constexpr std::array<std::string_view, 6> kCommutative{"Add", "Mul", "And", "Or", "Xor", "Sum"};
    for (const NodeIndex index : m_order) {
        Node& current = node(index);
        if (!current.domain.empty()) continue;
        if (std::find(kCommutative.begin(), kCommutative.end(), current.op_type) == kCommutative.end()) continue;
        if (m_model.opset("") < 7) continue; // there the operands are not alike: the second one is stretched
        std::stable_partition(current.inputs.begin(), current.inputs.end(),
                              [&](ValueIndex input) { return !isConstant(input); });
    }
}

void WorkGraph::dropFloating()
{
    std::erase_if(m_order, [&](NodeIndex index) {
        const Node& current = node(index);
        if (!current.inputs.empty() || !current.captures.empty()) return false;
        const bool is_read = std::any_of(current.outputs.begin(), current.outputs.end(), [&](ValueIndex output) {
            return output != kNone && (!value(output).consumers.empty() || isGraphOutput(output));
        });
        if (!is_read) m_is_alive[static_cast<std::size_t>(index)] = false;
        return !is_read;
    });
}

/// The order stays topological: a node's stand-ins take its place, and readers are only ever given earlier values.
void WorkGraph::spliceReplacements()
{
    std::vector<NodeIndex> order;
    const auto append = [&](const auto& self, NodeIndex index) -> void {
        const auto stand_ins = m_replacements.find(index);
        if (stand_ins == m_replacements.end()) {
            if (isAlive(index)) order.push_back(index);
            return;
        }
        for (const NodeIndex fresh : stand_ins->second) self(self, fresh); // as deep as passes build on each other
    };
    for (const NodeIndex index : m_order) append(append, index);
    m_order = std::move(order);
    m_replacements.clear();
    for (const NodeIndex index : m_order) m_level[static_cast<std::size_t>(index)] = levelFromInputs(node(index));
}

void WorkGraph::tidy()
{
    if (!m_is_stepwise) spliceReplacements();
    dropFloating();
    std::stable_sort(m_order.begin(), m_order.end(), [&](NodeIndex a, NodeIndex b) {
        return m_level[static_cast<std::size_t>(a)] < m_level[static_cast<std::size_t>(b)];
    });
    sortConstantsLast();
    m_needs_tidy = false;
}

void WorkGraph::takeOut(NodeIndex index)
{
    m_is_alive[static_cast<std::size_t>(index)] = false;
    if (m_is_stepwise) eraseOne(m_order, index);
}

ValueIndex WorkGraph::addValue(Value added)
{
    graph().values.push_back(std::move(added));
    return static_cast<ValueIndex>(graph().values.size() - 1);
}

ValueIndex WorkGraph::addConstant(Tensor tensor)
{
    Value constant;
    constant.type = tensor.type();
    constant.shape = tensor.shape();
    constant.constant = std::move(tensor);
    return addValue(std::move(constant));
}

void WorkGraph::replace(NodeIndex index, std::vector<Node> nodes)
{
    const auto at = m_is_stepwise ? std::find(m_order.begin(), m_order.end(), index) - m_order.begin() : 0;
    remove(index);
    std::vector<NodeIndex> added;
    for (Node& fresh : nodes) {
        const auto fresh_index = static_cast<NodeIndex>(graph().nodes.size());
        added.push_back(fresh_index);
        for (const ValueIndex input : fresh.inputs)
            if (input != kNone) value(input).consumers.push_back(fresh_index);
        for (const ValueIndex output : fresh.outputs)
            if (output != kNone) value(output).producer = fresh_index;
        graph().nodes.push_back(std::move(fresh));
        m_level.push_back(levelFromInputs(graph().nodes.back()));
        m_is_alive.push_back(true);
    }
    if (m_is_stepwise) m_order.insert(m_order.begin() + at, added.begin(), added.end());
    else m_replacements[index] = added;
    std::vector<NodeIndex> readers;
    for (const NodeIndex fresh : added)
        for (const ValueIndex output : node(fresh).outputs)
            readers.insert(readers.end(), value(output).consumers.begin(), value(output).consumers.end());
    relevel(readers);
    m_needs_tidy = true;
}

void WorkGraph::remove(NodeIndex index)
{
    takeOut(index);
    for (const ValueIndex input : node(index).inputs)
        if (input != kNone) eraseOne(value(input).consumers, index);
    for (const ValueIndex input : node(index).captures)
        if (input != kNone) eraseOne(value(input).consumers, index);
    std::vector<NodeIndex> readers;
    for (const ValueIndex output : node(index).outputs) {
        if (output == kNone || value(output).producer != index) continue;
        value(output).producer = kNone;
        readers.insert(readers.end(), value(output).consumers.begin(), value(output).consumers.end());
    }
    relevel(readers);
}

void WorkGraph::redirect(ValueIndex from, ValueIndex to)
{
    std::vector<NodeIndex> readers;
    readers.swap(value(from).consumers);
    for (const NodeIndex reader : readers) {
        Node& current = node(reader);
        if (!reads(current, to)) value(to).consumers.push_back(reader);
        std::replace(current.inputs.begin(), current.inputs.end(), from, to);
        std::replace(current.captures.begin(), current.captures.end(), from, to);
    }
    std::replace(graph().outputs.begin(), graph().outputs.end(), from, to);
    relevel(readers);
}

void WorkGraph::setInput(NodeIndex index, std::size_t input, ValueIndex to)
{
    const ValueIndex from = node(index).inputs[input];
    if (!reads(node(index), to)) value(to).consumers.push_back(index);
    node(index).inputs[input] = to;
    if (from != kNone && !reads(node(index), from)) eraseOne(value(from).consumers, index);
    relevel({index});
}

void WorkGraph::record(std::string pass, std::string sentence, std::vector<std::string> nodes)
{
    m_model.rewrites.push_back({std::move(pass), std::move(sentence), std::move(nodes)});
}

Model WorkGraph::finish()
{
    if (!m_is_stepwise) spliceReplacements();
    Graph& old = m_model.graph;
    std::vector<ValueIndex> renumbered(old.values.size(), kNone);
    std::vector<Value> values;
    const auto keep = [&](ValueIndex& index) {
        if (index == kNone) return;
        ValueIndex& mapped = renumbered[static_cast<std::size_t>(index)];
        if (mapped == kNone) {
            mapped = static_cast<ValueIndex>(values.size());
            values.push_back(std::move(old.values[static_cast<std::size_t>(index)]));
        }
        index = mapped;
    };
    std::for_each(old.inputs.begin(), old.inputs.end(), keep);
    std::vector<Node> nodes;
    for (const NodeIndex index : m_order) {
        Node& current = node(index);
        std::for_each(current.inputs.begin(), current.inputs.end(), keep);
        std::for_each(current.captures.begin(), current.captures.end(), keep);
        std::for_each(current.outputs.begin(), current.outputs.end(), keep);
        nodes.push_back(std::move(current));
    }
    std::for_each(old.outputs.begin(), old.outputs.end(), keep);
    old.nodes = std::move(nodes);
    old.values = std::move(values);
    linkValues(old);
    return std::move(m_model);
}

} // namespace bitwright
