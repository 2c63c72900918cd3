// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/layer_graph.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

namespace bitwright::hls4ml {

namespace {

struct ClassName {
    std::string operator()(const InputPayload&) const { return "Input"; }
    std::string operator()(const ConstantPayload&) const { return "Constant"; }
    std::string operator()(const QuantPayload& quant) const { return quant.is_bipolar ? "BipolarQuant" : "Quant"; }
    std::string operator()(const MatMulPayload&) const { return "MatMul"; }
    std::string operator()(const ConvolutionPayload&) const { return "Conv"; }
    std::string operator()(const DensePayload& dense) const
    {
        if (!dense.convolution)
            return "Dense";
        const char* word = dense.convolution->isDepthwise()   ? "DepthwiseConv"
            : dense.convolution->is_pointwise ? "PointwiseConv"
                                              : "Conv";
        return fmt::format("{}{}D", word, dense.convolution->dimensions);
    }
    std::string operator()(const AffinePayload& affine) const
    {
        return affine.is_apply_alpha ? "ApplyAlpha" : "BatchNormalization";
    }
    std::string operator()(const MergePayload&) const { return "Merge"; }
    std::string operator()(const ConcatenatePayload&) const { return "Concatenate"; }
    std::string operator()(const ActivationPayload& activation) const { return activation.class_name; }
    std::string operator()(const SoftmaxPayload&) const { return "Softmax"; }
    std::string operator()(const PoolingPayload& pool) const
    {
        return fmt::format("{}Pooling{}D", pool.is_global ? "Global" : "", pool.dimensions);
    }
    std::string operator()(const RearrangePayload& rearrange) const { return rearrange.class_name; }
    std::string operator()(const ReshapePayload& reshape) const { return reshape.is_repack ? "Repack" : "Reshape"; }
    std::string operator()(const TransposePayload&) const { return "Transpose"; }
    std::string operator()(const ThresholdPayload&) const { return "BatchNormalizationQuantizedTanh"; }
};

} // namespace

bool LayerNode::isApplyAlpha() const
{
    const auto* affine = as<AffinePayload>();
    return affine && affine->is_apply_alpha;
}

bool LayerNode::isLinear() const
{
    const auto* activation = as<ActivationPayload>();
    return activation && activation->function == "linear";
}

std::string LayerNode::className() const
{
    return std::visit(ClassName{}, payload);
}

LayerGraph::LayerGraph(const LayerGraph& other)
    : outputs(other.outputs), output_names(other.output_names), m_places(other.m_places), m_links(other.m_links)
{
    m_nodes.reserve(other.m_nodes.size());
    for (const auto& node : other.m_nodes)
        m_nodes.push_back(std::make_unique<LayerNode>(*node));
}

LayerGraph& LayerGraph::operator=(const LayerGraph& other)
{
    return *this = LayerGraph(other);
}

LayerNode& LayerGraph::add(LayerNode node)
{
    if (node.output == kNoLink)
        node.output = newLink();
    notePlace(node.output, m_nodes.size());
    m_nodes.push_back(std::make_unique<LayerNode>(std::move(node)));
    return *m_nodes.back();
}

void LayerGraph::notePlace(LinkId link, std::size_t place)
{
    if (static_cast<std::size_t>(link) >= m_places.size())
        m_places.resize(static_cast<std::size_t>(link) + 1, place);
    m_places[static_cast<std::size_t>(link)] = place;
}

LinkId LayerGraph::newLink()
{
    return m_links++;
}

const LayerNode* LayerGraph::producer(LinkId link) const
{
    if (link < 0)
        return nullptr;
    // Nodes are put in and taken out between, so the node is near its first place rather than at it.
    const auto at = static_cast<std::size_t>(link) < m_places.size() ? m_places[static_cast<std::size_t>(link)] : 0;
    for (std::size_t distance = 0; distance <= at || at + distance < m_nodes.size(); ++distance) {
        if (at + distance < m_nodes.size() && m_nodes[at + distance]->output == link)
            return m_nodes[at + distance].get();
        if (distance <= at && at - distance < m_nodes.size() && m_nodes[at - distance]->output == link)
            return m_nodes[at - distance].get();
    }
    return nullptr;
}

LayerNode* LayerGraph::producer(LinkId link)
{
    return const_cast<LayerNode*>(std::as_const(*this).producer(link));
}

const LayerNode* LayerGraph::inputNode(const LayerNode& node, std::size_t which) const
{
    return which < node.inputs.size() ? producer(node.inputs[which]) : nullptr;
}

LayerNode* LayerGraph::inputNode(const LayerNode& node, std::size_t which)
{
    return which < node.inputs.size() ? producer(node.inputs[which]) : nullptr;
}

std::size_t LayerGraph::useCount(LinkId link) const
{
    std::size_t count = 0;
    for (const auto& node : m_nodes)
        count += static_cast<std::size_t>(std::count(node->inputs.begin(), node->inputs.end(), link));
    return count;
}

std::vector<LayerNode*> LayerGraph::consumers(LinkId link)
{
    std::vector<LayerNode*> readers;
    for (const auto& node : m_nodes) {
        if (std::find(node->inputs.begin(), node->inputs.end(), link) != node->inputs.end())
            readers.push_back(node.get());
    }
    return readers;
}

LayerNode& LayerGraph::insertAfterInput(LayerNode node)
{
    assert(node.inputs.size() == 1);
    const LinkId source = node.inputs.front();
    if (node.output == kNoLink)
        node.output = newLink();
    const auto reader = std::find_if(m_nodes.begin(), m_nodes.end(), [&](const auto& other) {
        return !other->inputs.empty() && other->inputs.front() == source;
    });
    if (reader != m_nodes.end())
        (*reader)->inputs.front() = node.output;
    else
        std::replace(outputs.begin(), outputs.end(), source, node.output);
    const auto made_by = std::find_if(m_nodes.begin(), m_nodes.end(),
                                      [&](const auto& other) { return other->output == source; });
    assert(made_by != m_nodes.end());
    notePlace(node.output, static_cast<std::size_t>(made_by - m_nodes.begin()) + 1);
    return **m_nodes.insert(made_by + 1, std::make_unique<LayerNode>(std::move(node)));
}

LayerNode& LayerGraph::insertBefore(LayerNode& reader, std::size_t which, LayerNode node)
{
    node.inputs = {reader.inputs[which]};
    node.output = newLink();
    reader.inputs[which] = node.output;
    const auto place = std::find_if(m_nodes.begin(), m_nodes.end(), [&](const auto& other) { return other.get() == &reader; });
    return **m_nodes.insert(place, std::make_unique<LayerNode>(std::move(node)));
}

void LayerGraph::remove(LayerNode& node)
{
    const LinkId gone = node.output;
    const LinkId instead = node.inputs.front();
    std::replace(outputs.begin(), outputs.end(), gone, instead);
    for (const auto& other : m_nodes)
        std::replace(other->inputs.begin(), other->inputs.end(), gone, instead);
    drop(node);
}

void LayerGraph::drop(const LayerNode& node)
{
    const auto found = std::find_if(m_nodes.begin(), m_nodes.end(), [&](const auto& other) { return other.get() == &node; });
    assert(found != m_nodes.end());
    m_nodes.erase(found);
}

LayerNode& LayerGraph::replace(LayerNode& node, LayerNode replacement)
{
    replacement.output = node.output;
    node = std::move(replacement);
    return node;
}

} // namespace bitwright::hls4ml
