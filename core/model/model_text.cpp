// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "model/model.h"

namespace bitwright {
namespace {

std::string valueText(const Graph& graph, ValueIndex index)
{
    if (index == kNone) return "-";
    return graph.value(index).name;
}

std::string typeText(const Value& value)
{
    return fmt::format("{} {}", elementTypeName(value.type), value.shape ? shapeText(*value.shape) : "[?]");
}

std::string listText(const Graph& graph, const std::vector<ValueIndex>& values)
{
    std::string text;
    for (const ValueIndex value : values) text += (text.empty() ? "" : ", ") + valueText(graph, value);
    return text;
}

} // namespace

std::string modelText(const Model& model)
{
    const Graph& graph = model.graph;
    std::string text;
    for (const ValueIndex input : graph.inputs)
        text += fmt::format("input {}: {}\n", valueText(graph, input), typeText(graph.value(input)));
    for (const Node& node : graph.nodes) {
        text += fmt::format("{}: {}({}) -> {}", node.name, node.op_type, listText(graph, node.inputs),
                            listText(graph, node.outputs));
        for (const ValueIndex output : node.outputs)
            if (output != kNone) text += " " + typeText(graph.value(output));
        text += '\n';
    }
    for (const ValueIndex output : graph.outputs)
        text += fmt::format("output {}: {}\n", valueText(graph, output), typeText(graph.value(output)));
    return text;
}

} // namespace bitwright
