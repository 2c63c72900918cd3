// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_facts.h"

#include <QHash>
#include <QStringList>

#include <string_view>

namespace bitwright {

namespace {

/// "64 × 32": dimension 0 is the batch and left out; unknown extents are "?".
QString sampleShape(const Value& value)
{
    if (!value.shape)
        return {};
    QStringList extents;
    for (std::size_t i = 1; i < value.shape->size(); ++i) {
        const std::int64_t extent = (*value.shape)[i];
        extents.append(extent < 0 ? QStringLiteral("?") : QString::number(extent));
    }
    return extents.isEmpty() ? QStringLiteral("1") : extents.join(QStringLiteral(" × "));
}

const Value* flowingInput(const Graph& graph, const Node& node)
{
    for (const ValueIndex input : node.inputs)
        if (input != kNone && !graph.value(input).isConstant())
            return &graph.value(input);
    return nullptr;
}

void addShapes(const Model& model, const Layer& layer, LayerFacts& facts)
{
    if (layer.nodes.empty())
        return;
    const Node& first = model.graph.node(layer.nodes.front());
    const Node& last = model.graph.node(layer.nodes.back());
    if (const Value* input = flowingInput(model.graph, first))
        facts.input_shape = sampleShape(*input);
    if (!last.outputs.empty() && last.outputs.front() != kNone)
        facts.output_shape = sampleShape(model.graph.value(last.outputs.front()));
}

bool isTable(std::string_view slot)
{
    return slot == slots::kTable || slot == slots::kExpTable || slot == slots::kInverseTable;
}

} // namespace

std::vector<LayerFacts> layerFacts(const DesignView& view)
{
    std::vector<LayerFacts> all(view.layerCount());
    QHash<std::string_view, std::size_t> rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Layer& layer = (*view.layers)[i];
        rows.insert(layer.id, i);
        if (view.normal_form)
            addShapes(*view.normal_form, layer, all[i]);
    }
    if (!view.lowering || !view.lowering->circuit)
        return all;
    for (const Primitive& primitive : view.lowering->circuit->primitives) {
        const auto row = rows.constFind(primitive.layer);
        if (row == rows.constEnd())
            continue;
        for (const auto& [slot, tensor] : primitive.constants) {
            if (isTable(slot))
                continue;
            const auto elements = static_cast<std::int64_t>(tensor->size());
            all[*row].constants += elements;
            all[*row].constant_bits += elements * widthBits(tensor->format);
        }
    }
    return all;
}

} // namespace bitwright
