// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/layers.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "flows/hls4ml/legality.h"
#include "flows/hls4ml/pass.h"
#include "flows/hls4ml/rules.h"
#include "flows/hls4ml/tunables.h"
#include "flows/hls4ml/type_choice.h"
#include "rewrite/normal_form.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

using namespace hls4ml;

SlotInfo slot(const char* name, const char* title, bool can_be_auto = true)
{
    return {name, title, can_be_auto};
}

TunableInfo reuseFactor()
{
    return {tunables::kReuseFactor, "Reuse factor", "How many products one multiplier computes in turn.",
            std::int64_t{1}, {}};
}

TunableInfo tableSize()
{
    return {tunables::kTableSize, "Table size", "How many entries the function's table has.", std::int64_t{1024}, {}};
}

TunableInfo strategy()
{
    return {tunables::kStrategy, "Strategy", "How the products are laid out on the chip.", std::string("latency"),
            {std::string("latency"), std::string("resource"), std::string("resource_unrolled"),
             std::string("distributed_arithmetic")}};
}

TunableInfo trace()
{
    return {tunables::kTrace, "Trace", "Whether hls4ml records the layer's values when it traces.", false,
            {false, true}};
}

/// Whether an operand of the model's node is constant, so that hls4ml makes a scaling of a combination.
bool hasConstantInput(const LayerGraph& graph, const LayerNode& node)
{
    return std::any_of(node.inputs.begin(), node.inputs.end(), [&](LinkId link) {
        const LayerNode* input = graph.producer(link);
        return input && input->shape_is_static;
    });
}

/// Fills type, slots and tunables from what a node of the parsed model holds.
struct LayerDescriber {
    const LayerGraph& graph;
    const LayerNode& node;
    const Configuration& configuration;
    Layer& layer;

    void add(SlotInfo info) { layer.slots.push_back(std::move(info)); }
    void add(TunableInfo info) { layer.tunables.push_back(std::move(info)); }
    void scaling()
    {
        add(slot(slots::kScale, "Scale"));
        add(slot(slots::kBias, "Bias"));
        add(slot(slots::kResult, "Result"));
        add(reuseFactor());
    }

    void operator()(const InputPayload&) { add(slot(slots::kResult, "Input")); }
    void operator()(const ConstantPayload&) {}
    void operator()(const QuantPayload& quant)
    {
        if (node.shape_is_static)
            return; // the model says everything about its constants
        if (!impliedScale(quant))
            scaling();
    }
    void operator()(const MatMulPayload&)
    {
        layer.type = "Dense";
        const LayerNode* weights = graph.inputNode(node, 1);
        product(weights->shape.front(), weights->shape.back());
    }
    void operator()(const ConvolutionPayload& image)
    {
        layer.type = fmt::format("{}Conv{}D", image.isDepthwise() ? "Depthwise" : "", image.dimensions);
        product(image.window.taps() * image.window.channels, image.filters);
        TunableInfo parallel{kParallelizationFactor, "Parallelization factor",
                             "How many output pixels are computed at the same time.", std::int64_t{1}, {}};
        for (const std::int64_t legal : legalParallelizationFactors(image.window.outputPixels()))
            parallel.legal.push_back(legal);
        add(std::move(parallel));
    }
    void product(std::int64_t n_in, std::int64_t n_out)
    {
        add(slot(slots::kWeight, "Weights"));
        add(slot(slots::kBias, "Bias"));
        add(slot(slots::kAccumulator, "Accumulator"));
        add(slot(slots::kResult, "Result"));
        const std::string chosen = chosenStrategy();
        TunableInfo reuse = reuseFactor();
        for (const std::int64_t legal : legalReuseFactors(chosen, n_in, n_out))
            reuse.legal.push_back(legal);
        add(std::move(reuse));
        add(strategy());
    }
    std::string chosenStrategy() const
    {
        const auto choice = resolveTunable(configuration, layer.id, layer.type, tunables::kStrategy);
        const auto* text = choice ? std::get_if<std::string>(&choice->value) : nullptr;
        return text ? *text : "latency";
    }
    void operator()(const DensePayload&) {}
    void operator()(const AffinePayload&) { scaling(); }
    void operator()(const MergePayload&)
    {
        if (hasConstantInput(graph, node)) {
            layer.type = "ApplyAlpha";
            return scaling();
        }
        add(slot(slots::kResult, "Result"));
        add(reuseFactor());
    }
    void operator()(const ConcatenatePayload&)
    {
        add(slot(slots::kResult, "Result"));
        add(reuseFactor());
    }
    void operator()(const ActivationPayload& activation)
    {
        add(slot(slots::kResult, "Result"));
        if (activation.class_name == "ParametrizedActivation" || activation.function == "PRelu")
            add(slot(slots::kParameter, "Parameter"));
        const bool is_table = activation.function == "Sigmoid" || activation.function == "Tanh"
            || activation.function == "Softplus" || activation.function == "Softsign" || activation.function == "Elu"
            || activation.function == "Selu";
        if (is_table) {
            add(slot(slots::kTable, "Table", false));
            add(tableSize());
        }
        add(reuseFactor());
    }
    void operator()(const SoftmaxPayload&)
    {
        add(slot(slots::kResult, "Result"));
        add(slot(slots::kAccumulator, "Accumulator"));
        add(slot(slots::kExpTable, "Exponential table", false));
        add(slot(slots::kInverseTable, "Inverse table", false));
        add(slot(slots::kInverseInput, "Inverse table's input", false));
        add(slot(slots::kNormalisedInput, "Normalised input", false));
        add({tunables::kImplementation, "Implementation", "Which approximation of softmax is built.",
             std::string("stable"),
             {std::string("stable"), std::string("latency"), std::string("argmax"), std::string("legacy")}});
        add(tableSize());
        add({tunables::kSkip, "Skip", "Whether the softmax is left out of the hardware.", false, {false, true}});
        add(reuseFactor());
    }
    void operator()(const PoolingPayload&)
    {
        add(slot(slots::kAccumulator, "Accumulator"));
        add(slot(slots::kResult, "Result"));
        add(reuseFactor());
    }
    void operator()(const ReshapePayload&) { add(slot(slots::kResult, "Result")); }
    void operator()(const RearrangePayload&) { add(slot(slots::kResult, "Result")); }
    void operator()(const TransposePayload&) { add(slot(slots::kResult, "Result")); }
    void operator()(const ThresholdPayload&) {}
};

Layer describeLayer(const LayerGraph& graph, const LayerNode& node, const Configuration& configuration)
{
    Layer layer;
    layer.id = node.name;
    layer.type = node.className();
    layer.came_from = node.model_nodes;
    std::visit(LayerDescriber{graph, node, configuration, layer}, node.payload);
    layer.tunables.push_back(trace());
    return layer;
}

/// Sentences of refused nodes, by node name.
std::map<std::string, std::string> refusals(const ParsedModel& parsed)
{
    std::map<std::string, std::string> sentences;
    for (const Diagnostic& problem : parsed.problems) {
        if (problem.code == DiagnosticCode::LayerUnsupported)
            sentences.emplace(problem.arguments[0], problem.arguments[1]);
        else if (problem.code == DiagnosticCode::FlowInputShapeUnknown)
            sentences.emplace(problem.arguments[0], problem.message());
    }
    return sentences;
}

} // namespace

std::vector<Layer> hls4mlLayers(const Model& model, const Configuration& configuration)
{
    const ParsedModel parsed = parseModel(model, false);
    const auto sentences = refusals(parsed);
    std::map<std::string, const LayerNode*> known;
    for (std::size_t i = 0; i < parsed.graph.size(); ++i)
        known.emplace(parsed.graph.node(i).name, &parsed.graph.node(i));
    std::vector<Layer> layers;
    const auto add = [&](const std::string& name, Layer unknown, const std::string& fallback_type) {
        const auto found = known.find(name);
        Layer layer = found != known.end() ? describeLayer(parsed.graph, *found->second, configuration) : std::move(unknown);
        if (layer.type.empty())
            layer.type = fallback_type;
        layer.id = name;
        if (const auto sentence = sentences.find(name); sentence != sentences.end())
            layer.unsupported = sentence->second;
        layers.push_back(std::move(layer));
    };
    for (const ValueIndex input : model.graph.inputs)
        add(model.graph.value(input).name, {}, "Input");
    for (std::size_t i = 0; i < model.graph.nodes.size(); ++i) {
        const Node& node = model.graph.nodes[i];
        if (isInputLayout(model.graph, node))
            continue;
        const Rule* rule = findRule(node.op_type);
        Layer unknown;
        unknown.came_from = node.came_from;
        add(node.name, std::move(unknown), rule && !rule->class_name.empty() ? std::string(rule->class_name) : node.op_type);
        layers.back().nodes = {static_cast<NodeIndex>(i)};
    }
    return layers;
}

} // namespace bitwright
