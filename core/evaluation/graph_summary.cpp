// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/graph_summary.h"

#include "estimator/estimator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace bitwright {

namespace {

/// Which family of looks a model operator belongs to. Only the picture depends on it.
constexpr std::array kFamilies{
    std::pair{std::string_view("MatMul"), OperatorClass::Dense}, std::pair{std::string_view("Gemm"), OperatorClass::Dense},
    std::pair{std::string_view("Conv"), OperatorClass::Convolution}, std::pair{std::string_view("ConvTranspose"), OperatorClass::Convolution},
    std::pair{std::string_view("Relu"), OperatorClass::Activation}, std::pair{std::string_view("LeakyRelu"), OperatorClass::Activation},
    std::pair{std::string_view("PRelu"), OperatorClass::Activation}, std::pair{std::string_view("Sigmoid"), OperatorClass::Activation},
    std::pair{std::string_view("HardSigmoid"), OperatorClass::Activation}, std::pair{std::string_view("Tanh"), OperatorClass::Activation},
    std::pair{std::string_view("Softmax"), OperatorClass::Activation}, std::pair{std::string_view("Elu"), OperatorClass::Activation},
    std::pair{std::string_view("Selu"), OperatorClass::Activation}, std::pair{std::string_view("Softplus"), OperatorClass::Activation},
    std::pair{std::string_view("Softsign"), OperatorClass::Activation}, std::pair{std::string_view("MultiThreshold"), OperatorClass::Activation},
    std::pair{std::string_view("BatchNormalization"), OperatorClass::Normalisation}, std::pair{std::string_view("LayerNormalization"), OperatorClass::Normalisation},
    std::pair{std::string_view("MaxPool"), OperatorClass::Pooling}, std::pair{std::string_view("AveragePool"), OperatorClass::Pooling},
    std::pair{std::string_view("GlobalAveragePool"), OperatorClass::Pooling}, std::pair{std::string_view("GlobalMaxPool"), OperatorClass::Pooling},
    std::pair{std::string_view("Add"), OperatorClass::Elementwise}, std::pair{std::string_view("Sub"), OperatorClass::Elementwise},
    std::pair{std::string_view("Mul"), OperatorClass::Elementwise}, std::pair{std::string_view("Div"), OperatorClass::Elementwise},
    std::pair{std::string_view("Max"), OperatorClass::Elementwise}, std::pair{std::string_view("Min"), OperatorClass::Elementwise},
    std::pair{std::string_view("Concat"), OperatorClass::Movement}, std::pair{std::string_view("Reshape"), OperatorClass::Movement},
    std::pair{std::string_view("Flatten"), OperatorClass::Movement}, std::pair{std::string_view("Transpose"), OperatorClass::Movement},
    std::pair{std::string_view("Resize"), OperatorClass::Movement}, std::pair{std::string_view("Pad"), OperatorClass::Movement},
    std::pair{std::string_view("Quant"), OperatorClass::Quantiser}, std::pair{std::string_view("BipolarQuant"), OperatorClass::Quantiser},
    std::pair{std::string_view("Trunc"), OperatorClass::Quantiser}, std::pair{std::string_view("QuantizeLinear"), OperatorClass::Quantiser},
    std::pair{std::string_view("DequantizeLinear"), OperatorClass::Quantiser},
};

OperatorClass familyOf(std::string_view op_type)
{
    const auto found = std::find_if(kFamilies.begin(), kFamilies.end(), [op_type](const auto& entry) { return entry.first == op_type; });
    return found == kFamilies.end() ? OperatorClass::Unknown : found->second;
}

/// Operators that only hand on what comes in, or that a chip on the edge says as well.
bool isFolded(const Node& node)
{
    return familyOf(node.op_type) == OperatorClass::Quantiser || node.op_type == "Identity" || node.op_type == "Dropout";
}

/// "16 × 64", without the batch.
std::string sampleShape(const Value& value)
{
    if (!value.shape || value.shape->size() < 2)
        return {};
    std::string text;
    for (std::size_t i = 1; i < value.shape->size(); ++i) {
        const std::int64_t extent = (*value.shape)[i];
        text += (text.empty() ? "" : " × ") + (extent < 0 ? std::string("?") : fmt::format("{}", extent));
    }
    return text;
}

std::string shortAmount(double value)
{
    if (value >= 1e6)
        return fmt::format("{:.1f}M", value / 1e6);
    return value >= 1e4 ? fmt::format("{:.1f}k", value / 1e3) : fmt::format("{:.0f}", value);
}

/// "<8,3>" for fixed<8,3,RND,SAT>: the modes are in the tool tip.
std::string chipText(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    if (!fixed)
        return shortName(format);
    if (fixed->family == FixedFamily::Integer)
        return shortName(format);
    return fmt::format("{}<{},{}>", fixed->is_signed ? "" : "u", fixed->width_bits, fixed->integer_bits);
}

/// Where a value comes from in the picture.
struct Origin {
    std::int32_t box = -1;
    ValueIndex tensor = kNone;
    std::vector<GraphChip> chips;
};

class Summariser {
public:
    explicit Summariser(const GraphSummarySources& sources)
        : m(sources), m_graph(sources.model->graph), m_boxOfNode(m_graph.nodes.size(), -1), m_origins(m_graph.values.size())
    {
    }

    GraphSummary run()
    {
        for (const Layer& layer : *m.layers) {
            if (layer.nodes.empty())
                m_inputLayers.emplace(layer.id, &layer);
            else if (isChip(layer))
                m_chipOfNode.emplace(layer.nodes.front(), &layer);
        }
        for (const ValueIndex input : m_graph.inputs)
            addInput(input);
        for (const Layer& layer : *m.layers)
            if (!layer.nodes.empty() && !isChip(layer))
                addLayer(layer);
        addFurtherNodes();
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
            connect(static_cast<NodeIndex>(i));
        for (const ValueIndex output : m_graph.outputs)
            addOutput(output);
        return std::move(m_summary);
    }

private:
    std::int32_t addBox(GraphNode node)
    {
        m_summary.nodes.push_back(std::move(node));
        return static_cast<std::int32_t>(m_summary.nodes.size()) - 1;
    }

    /// Quantisers that the flow can build are chips on the edge; what it cannot build is drawn with its reason.
    bool isChip(const Layer& layer) const
    {
        return layer.unsupported.empty() && std::all_of(layer.nodes.begin(), layer.nodes.end(), [this](NodeIndex node) {
                   return isFolded(m_graph.node(node));
               });
    }

    GraphChip chipOf(NodeIndex index) const
    {
        const Node& node = m_graph.node(index);
        const auto found = m_chipOfNode.find(index);
        if (found == m_chipOfNode.end())
            return {node.op_type, {}, node.name};
        const Layer& layer = *found->second;
        GraphChip chip{node.op_type, layer.id, layer.id};
        if (const NumberFormat* format = effectiveFormat(layer.id, slots::kResult)) {
            chip.text = chipText(*format);
            chip.tooltip = fmt::format("{}: {}", layer.id, longName(*format));
        }
        return chip;
    }

    const NumberFormat* effectiveFormat(const std::string& layer, const char* slot) const
    {
        if (!m.lowering)
            return nullptr;
        const auto found = m.lowering->layers.find(layer);
        if (found == m.lowering->layers.end())
            return nullptr;
        const auto format = found->second.formats.find(slot);
        return format == found->second.formats.end() ? nullptr : &format->second.value;
    }

    void addInput(ValueIndex index)
    {
        const Value& value = m_graph.value(index);
        GraphNode node;
        node.id = fmt::format("input:{}", value.name);
        node.title = value.name;
        node.subtitle = fmt::format("input {}", sampleShape(value));
        node.op_class = OperatorClass::Port;
        if (const auto layer = m_inputLayers.find(value.name); layer != m_inputLayers.end()) {
            node.id = value.name;
            describeSettings(*layer->second, node);
            describeResults(*layer->second, node);
        }
        const std::int32_t box = addBox(std::move(node));
        m_origins[static_cast<std::size_t>(index)] = {box, index, {}};
    }

    void addLayer(const Layer& layer)
    {
        GraphNode node;
        node.id = node.title = layer.id;
        node.subtitle = layer.type;
        node.unsupported = layer.unsupported;
        if (!layer.nodes.empty()) {
            const Node& last = m_graph.node(layer.nodes.back());
            node.op_class = familyOf(m_graph.node(layer.nodes.front()).op_type);
            if (!last.outputs.empty() && last.outputs.front() != kNone)
                node.subtitle += "  " + sampleShape(m_graph.value(last.outputs.front()));
        }
        for (const std::string& name : layer.came_from)
            node.folded.push_back(name);
        if (!layer.came_from.empty())
            node.scope = layer.came_from.front();
        describeSettings(layer, node);
        describeResults(layer, node);
        const std::int32_t box = addBox(std::move(node));
        for (const NodeIndex each : layer.nodes)
            m_boxOfNode[static_cast<std::size_t>(each)] = box;
    }

    void describeSettings(const Layer& layer, GraphNode& node) const
    {
        if (m.configuration) {
            const LayerSettings& settings = m.configuration->layer(layer.id);
            node.is_locked = settings.is_locked;
            const LayerSettings start = m.initial ? m.initial->layer(layer.id) : LayerSettings{};
            node.is_edited = settings.formats != start.formats || settings.tunables != start.tunables;
        }
        if (!m.lowering)
            return;
        const auto effective = m.lowering->layers.find(layer.id);
        if (effective == m.lowering->layers.end())
            return;
        for (const SlotInfo& slot : layer.slots) {
            const auto format = effective->second.formats.find(slot.name);
            const bool isShown = slot.name == slots::kWeight || slot.name == slots::kAccumulator || slot.name == slots::kResult;
            if (format == effective->second.formats.end() || !isShown)
                continue;
            const NumberFormat& value = format->second.value;
            node.formats.push_back({fmt::format("{} {}", slot.name == slots::kAccumulator ? "acc" : slot.name.substr(0, 1), chipText(value)), {},
                                    fmt::format("{}: {}, from {}", slot.title, longName(value), settingSourceName(format->second.source))});
        }
        for (const Diagnostic& finding : m.lowering->findings) {
            const auto* where = std::get_if<LayerLocation>(&finding.where);
            if (where && where->layer == layer.id && finding.severity() != Severity::Note)
                node.warnings.push_back(finding.message());
        }
    }

    void describeResults(const Layer& layer, GraphNode& node) const
    {
        if (m.estimate) {
            if (const auto cost = m.estimate->layers.find(layer.id); cost != m.estimate->layers.end()) {
                const Cost& c = cost->second;
                for (const auto& [name, amount] : {std::pair{"LUT", c.lut}, {"DSP", c.dsp}, {"BRAM", c.bram}})
                    if (amount.value >= 0.5)
                        node.costs.push_back({fmt::format("{} {}", shortAmount(amount.value), name), {}, {}});
                if (c.latency_cycles.value >= 0.5)
                    node.costs.push_back({fmt::format("{:.0f} cy", c.latency_cycles.value), {}, "Latency in clock cycles"});
            }
        }
        const auto sqnr = m.sqnr_db.find(layer.id);
        if (sqnr != m.sqnr_db.end())
            node.quality.push_back({std::isinf(sqnr->second) ? std::string("exact") : fmt::format("{:.1f} dB", sqnr->second), {},
                                    "Signal to quantisation noise up to here"});
    }

    /// Nodes that no layer stands for: folded where the picture can say it otherwise, boxes of their own where not.
    void addFurtherNodes()
    {
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const Node& model = m_graph.nodes[i];
            if (m_boxOfNode[i] >= 0 || isFolded(model) || !flows(model))
                continue;
            GraphNode node;
            node.id = node.title = model.name;
            node.subtitle = model.op_type;
            node.scope = model.came_from.empty() ? model.name : model.came_from.front();
            node.op_class = familyOf(model.op_type);
            m_boxOfNode[i] = addBox(std::move(node));
        }
    }

    bool flows(const Node& node) const
    {
        return std::any_of(node.inputs.begin(), node.inputs.end(),
                           [this](ValueIndex input) { return input != kNone && !m_graph.value(input).isConstant(); });
    }

    /// Nodes come in topological order, so the origins of all inputs are known.
    void connect(NodeIndex index)
    {
        const Node& node = m_graph.node(index);
        const std::int32_t box = m_boxOfNode[static_cast<std::size_t>(index)];
        Origin handed{box, kNone, {}};
        bool isFirst = true;
        for (const ValueIndex input : node.inputs) {
            if (input == kNone)
                continue;
            const Origin& origin = m_origins[static_cast<std::size_t>(input)];
            if (box >= 0)
                takeIn(origin, box, input);
            else if (isFirst)
                handed = origin;
            isFirst = false;
        }
        if (box < 0 && familyOf(node.op_type) == OperatorClass::Quantiser)
            handed.chips.push_back(chipOf(index));
        for (const ValueIndex output : node.outputs) {
            if (output == kNone)
                continue;
            Origin& origin = m_origins[static_cast<std::size_t>(output)];
            origin = handed;
            if (box >= 0)
                origin.tensor = output;
        }
    }

    /// An edge where values flow; the quantiser of a constant belongs to the box that uses it.
    void takeIn(const Origin& origin, std::int32_t box, ValueIndex input)
    {
        if (origin.box >= 0 && origin.box != box)
            return addEdge(origin, box, input);
        GraphNode& node = m_summary.nodes[static_cast<std::size_t>(box)];
        for (const GraphChip& chip : origin.chips) {
            if (chip.id.empty())
                continue;
            node.other_ids.push_back(chip.id);
            node.folded.push_back(fmt::format("{} {}", chip.id, chip.text));
        }
    }

    void addEdge(const Origin& origin, std::int32_t to, ValueIndex value)
    {
        if (!m_known.insert({origin.box, to, origin.tensor}).second)
            return;
        m_summary.edges.push_back({origin.box, to, origin.tensor, sampleShape(m_graph.value(value)), origin.chips});
    }

    void addOutput(ValueIndex index)
    {
        const Origin origin = m_origins[static_cast<std::size_t>(index)];
        const Value& value = m_graph.value(index);
        GraphNode node;
        node.id = fmt::format("output:{}", value.name);
        node.title = value.name;
        node.subtitle = fmt::format("output {}", sampleShape(value));
        node.op_class = OperatorClass::Port;
        const std::int32_t box = addBox(std::move(node));
        if (origin.box >= 0)
            addEdge(origin, box, index);
    }

    const GraphSummarySources& m;
    const Graph& m_graph;
    GraphSummary m_summary;
    std::map<std::string, const Layer*> m_inputLayers;
    std::map<NodeIndex, const Layer*> m_chipOfNode;
    std::vector<std::int32_t> m_boxOfNode; ///< -1: no box
    std::vector<Origin> m_origins;         ///< by value
    std::set<std::tuple<std::int32_t, std::int32_t, ValueIndex>> m_known; ///< edges, each once
};

} // namespace

GraphSummary summariseGraph(const GraphSummarySources& sources)
{
    if (!sources.model || !sources.layers)
        return {};
    return Summariser(sources).run();
}

} // namespace bitwright
