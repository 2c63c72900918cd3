// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_pictures.h"

#include <string>

namespace bitwright::test {
namespace {

GraphNode node(const std::string& id, const std::string& subtitle, OperatorClass op_class)
{
    GraphNode n;
    n.id = id;
    n.title = id;
    n.subtitle = subtitle;
    n.op_class = op_class;
    return n;
}

std::int32_t add(GraphSummary& graph, GraphNode n)
{
    graph.nodes.push_back(std::move(n));
    return static_cast<std::int32_t>(graph.nodes.size()) - 1;
}

void link(GraphSummary& graph, std::int32_t from, std::int32_t to, const std::string& label = {},
          std::vector<GraphChip> chips = {})
{
    GraphEdge edge;
    edge.from = from;
    edge.to = to;
    edge.label = label;
    edge.chips = std::move(chips);
    graph.edges.push_back(std::move(edge));
}

GraphNode dense(int number, int inputs, int outputs)
{
    GraphNode n = node("MatMul_" + std::to_string(number),
                       "Dense " + std::to_string(inputs) + " → " + std::to_string(outputs), OperatorClass::Dense);
    n.formats = {{"w <8,3>", {}, "weight: fixed<8,3,RND,SAT>, from this layer"}, {"b <8,3>", {}, {}},
                 {"acc <18,8>", {}, {}}, {"out <16,6>", {}, {}}};
    n.costs = {{"1.2k LUT", {}, "1,214 LUT"}, {"12 DSP", {}, {}}, {"5 cycles", {}, {}}};
    n.quality = {{"SQNR 38.4 dB", {}, {}}};
    return n;
}

GraphNode activation(int number)
{
    GraphNode n = node("Relu_" + std::to_string(number), "ReLU", OperatorClass::Activation);
    n.formats = {{"out <16,6>", {}, {}}};
    n.costs = {{"88 LUT", {}, {}}, {"1 cycle", {}, {}}};
    return n;
}

} // namespace

std::shared_ptr<const GraphSummary> perceptronSummary()
{
    auto graph = std::make_shared<GraphSummary>();
    const int widths[] = {16, 64, 32, 5};
    std::int32_t before = add(*graph, node("x", "16", OperatorClass::Port));
    for (int i = 0; i < 3; ++i) {
        const std::int32_t d = add(*graph, dense(i, widths[i], widths[i + 1]));
        link(*graph, before, d, std::to_string(widths[i]));
        before = add(*graph, i < 2 ? activation(i) : node("Softmax_0", "Softmax, stable", OperatorClass::Activation));
        link(*graph, d, before, std::to_string(widths[i + 1]));
    }
    const std::int32_t out = add(*graph, node("probabilities", "5", OperatorClass::Port));
    link(*graph, before, out, "5");
    return graph;
}

std::shared_ptr<const GraphSummary> variedSummary()
{
    auto graph = std::make_shared<GraphSummary>();
    const std::int32_t in = add(*graph, node("global_in", "28 × 28 × 1", OperatorClass::Port));
    GraphNode conv = node("Conv_0", "Conv 3 × 3, 1 → 8", OperatorClass::Convolution);
    conv.unsupported = "The hls4ml flow has no rule for Conv: convolutions are imported and drawn, but not lowered.";
    const std::int32_t c = add(*graph, conv);
    link(*graph, in, c, "28 × 28 × 1", {{"int8", "Quant_0", "Quant_0: 8 bits, signed"}});
    GraphNode first = dense(0, 784, 64);
    first.formats[0] = {"w <2,2>", "Quant_4", "weight quantiser Quant_4: 2 bits, narrow"};
    first.is_locked = true;
    first.is_edited = true;
    first.other_ids = {"MatMul_0_param0"};
    first.folded = {"constant fc1.weight [784, 64]"};
    const std::int32_t d = add(*graph, first);
    link(*graph, c, d, "784");
    GraphNode norm = node("BatchNormalization_0", "Scale and shift 64", OperatorClass::Normalisation);
    norm.warnings = {"0.4 % of the values of 'BatchNormalization_0' saturate."};
    const std::int32_t b = add(*graph, norm);
    link(*graph, d, b, "64");
    const std::int32_t d1 = add(*graph, dense(1, 64, 64));
    link(*graph, b, d1, "64", {{"u<2,0>", "Quant_1", {}}, {"int3", "Quant_2", {}}});
    const std::int32_t sum = add(*graph, node("Add_7", "Add", OperatorClass::Elementwise));
    link(*graph, d1, sum, "64");
    link(*graph, b, sum, "64", {{"u<2,0>", "Quant_1", {}}, {"int3", "Quant_2", {}}});
    const std::int32_t pool = add(*graph, node("MaxPool_0", "Max pool 2", OperatorClass::Pooling));
    link(*graph, sum, pool);
    const std::int32_t shape = add(*graph, node("Reshape_0", "Reshape", OperatorClass::Movement));
    link(*graph, pool, shape);
    const std::int32_t odd = add(*graph, node("model/block_3/layer <b>&\"'\x01/a_very_long_name_of_a_node_in_TensorFlow",
                                              "CustomOp", OperatorClass::Unknown));
    link(*graph, shape, odd);
    const std::int32_t quant = add(*graph, node("Quant_9", "Quantise", OperatorClass::Quantiser));
    link(*graph, odd, quant);
    link(*graph, quant, add(*graph, node("global_out", "10", OperatorClass::Port)), "10");
    return graph;
}

std::shared_ptr<const GraphSummary> largeSummary(int nodes, int networks)
{
    auto graph = std::make_shared<GraphSummary>();
    std::int32_t before = add(*graph, node("input", "64", OperatorClass::Port));
    int network = 0;
    for (int block = 0; static_cast<int>(graph->nodes.size()) < nodes; ++block) {
        const int begun = static_cast<int>(graph->nodes.size()) * networks / nodes;
        if (begun > network) {
            network = begun;
            before = add(*graph, node("input_" + std::to_string(network), "64", OperatorClass::Port));
        }
        const std::int32_t norm =
            add(*graph, node("norm_" + std::to_string(block), "Scale and shift", OperatorClass::Normalisation));
        link(*graph, before, norm, "64");
        const std::int32_t sum = add(*graph, node("sum_" + std::to_string(block), "Add", OperatorClass::Elementwise));
        for (int branch = 0; branch < 3; ++branch) {
            const int number = block * 3 + branch;
            const std::int32_t d = add(*graph, dense(number, 64, 64));
            const std::int32_t a = add(*graph, activation(number));
            link(*graph, norm, d, "64");
            link(*graph, d, a, "64");
            link(*graph, a, sum, "64");
        }
        link(*graph, before, sum, "64");
        before = sum;
    }
    return graph;
}

} // namespace bitwright::test
