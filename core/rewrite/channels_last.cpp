// SPDX-License-Identifier: GPL-3.0-or-later
// qonnx: transformation/channels_last.py. Convolutions, pools and batch normalisations get their channels last; the
// transpositions that this needs are moved until they cancel, end at an input, or go into a matrix of weights.
#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

#include "ops/op_registry.h"
#include "rewrite/layout_moves.h"
#include "rewrite/normal_form.h"

namespace bitwright {
namespace {

constexpr std::array<std::string_view, 4> kSpatialOperators{"Conv", "MaxPool", "AveragePool", "BatchNormalization"};

template <std::size_t N>
bool isIn(const std::array<std::string_view, N>& list, const std::string& word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Whether an operator needs the conversion and the reference can make it.
bool needsChannelsLast(WorkGraph& work, const Node& node)
{
    if (!node.domain.empty() || !isIn(kSpatialOperators, node.op_type) || node.inputs.empty()) return false;
    const auto& shape = work.value(node.inputs[0]).shape;
    const auto& result = work.value(node.outputs[0]).shape;
    if (!shape || !result || (shape->size() != 3 && shape->size() != 4) || result->size() != shape->size()) return false;
    if (work.value(node.inputs[0]).isConstant()) return false;
    const auto isRead = [&](ValueIndex output) {
        return output != kNone && (!work.value(output).consumers.empty() || work.isGraphOutput(output));
    };
    if (std::any_of(node.outputs.begin() + 1, node.outputs.end(), isRead)) return false; // indices speak of a layout
    if (node.op_type != "Conv") return true;
    const auto& weights = work.value(node.inputs[1]).shape;
    return node.inputs.size() > 1 && weights && weights->size() == shape->size();
}

/// The operator between transpositions; only the first output is wanted.
void convert(WorkGraph& work, NodeIndex index)
{
    Node node = work.node(index);
    std::vector<Node> parts;
    const auto turned = [&](ValueIndex input) {
        if (work.isConstant(input)) return work.addConstant(transposedTensor(work, *work.value(input).constant, toLast));
        Node transpose = layoutTranspose(work, input, kNone, toLast);
        const ValueIndex output = transpose.outputs[0];
        parts.push_back(std::move(transpose));
        return output;
    };
    node.inputs[0] = turned(node.inputs[0]);
    if (node.op_type == "Conv") node.inputs[1] = turned(node.inputs[1]);
    const ValueIndex result = node.outputs[0];
    Value inner;
    inner.type = work.value(result).type;
    inner.shape = permuted(*work.value(result).shape, toLast(work.value(result).shape->size()));
    const ValueIndex between = work.addValue(std::move(inner));
    node.outputs = {between};
    node.domain = kChannelsLastDomain;
    work.record("channels last", fmt::format("Put the channels of '{}' ({}) last.", node.name, node.op_type), node.came_from);
    parts.push_back(std::move(node));
    parts.push_back(layoutTranspose(work, between, result, toFirst));
    work.replace(index, std::move(parts));
}

bool insertLayouts(WorkGraph& work)
{
    bool is_changed = false;
    const std::vector<NodeIndex> order = work.order();
    for (const NodeIndex index : order) {
        if (!needsChannelsLast(work, work.node(index))) continue;
        convert(work, index);
        is_changed = true;
    }
    work.tidy();
    return is_changed;
}

/// A transposition that only the data of one kind of matrix product see becomes an order of its weights' rows.
bool absorbIntoMatrix(WorkGraph& work, NodeIndex index)
{
    const Node flat = work.node(index);
    if (flat.op_type != "Flatten" && flat.op_type != "Reshape") return false;
    const NodeIndex before = work.value(flat.inputs[0]).producer;
    if (before == kNone || !isLayout(work, before, toFirst) || !hasOneReader(work, flat.inputs[0])) return false;
    const auto& result = work.value(flat.outputs[0]).shape;
    const Shape from = *work.value(work.node(before).inputs[0]).shape;
    if (!result || result->size() != 2 || result->front() != from.front() || !hasOneReader(work, flat.outputs[0])) return false;
    const NodeIndex product = work.value(flat.outputs[0]).consumers.front();
    const Node reader = work.node(product);
    if ((reader.op_type != "MatMul" && reader.op_type != "Gemm") || reader.inputs[0] != flat.outputs[0]) return false;
    if (attributeInt(reader, "transA", 0) != 0 || !permuteRows(work, product, from)) return false;
    Node flatten;
    flatten.name = flat.name;
    flatten.op_type = "Flatten";
    flatten.inputs = {work.node(before).inputs[0]};
    flatten.outputs = flat.outputs;
    flatten.attributes["axis"] = std::int64_t{1};
    flatten.came_from = flat.came_from;
    work.replace(index, {std::move(flatten)});
    work.remove(before);
    work.record("channels last", "Reordered the rows of a weight matrix in place of its data.", reader.came_from);
    return true;
}

/// The transpositions that are left at an input become one.
void joinAtInputs(WorkGraph& work)
{
    for (const ValueIndex input : work.graph().inputs) {
        const std::vector<NodeIndex> readers = work.value(input).consumers;
        const bool are_layouts = !readers.empty() && std::all_of(readers.begin(), readers.end(), [&](NodeIndex reader) {
            return isLayout(work, reader, toLast) && work.node(reader).came_from.empty();
        });
        for (std::size_t i = 1; are_layouts && i < readers.size(); ++i) {
            const ValueIndex duplicate = work.node(readers[i]).outputs[0];
            if (work.isGraphOutput(duplicate)) continue;
            work.remove(readers[i]);
            work.redirect(duplicate, work.node(readers[0]).outputs[0]);
        }
    }
}

using Move = bool (*)(WorkGraph&, NodeIndex);

/// One change at a time, and the order afresh after each: names depend on it.
void repeat(WorkGraph& work, Move move)
{
    std::size_t changes_left = 16 * work.order().size() + 64;
    for (std::size_t at = 0; at < work.order().size() && changes_left > 0;) {
        if (!move(work, work.order()[at])) {
            ++at;
            continue;
        }
        work.tidy();
        at = 0;
        --changes_left;
    }
}

} // namespace

void channelsLast(WorkGraph& work)
{
    if (!insertLayouts(work)) return;
    work.declareDomain(std::string(kChannelsLastDomain));
    repeat(work, cancelPair);
    repeat(work, moveUpstream);
    foldTransposesIntoQuantisers(work);
    repeat(work, cancelPair);
    repeat(work, moveDownstream);
    repeat(work, movePastFork);
    repeat(work, cancelPair);
    repeat(work, absorbIntoMatrix);
    joinAtInputs(work);
    foldConstants(work);
    work.tidy();
}

bool isInputLayout(const Graph& graph, const Node& node)
{
    if (node.op_type != "Transpose" || !node.came_from.empty() || node.inputs.size() != 1) return false;
    const Value& input = graph.value(node.inputs[0]);
    const bool is_input = std::find(graph.inputs.begin(), graph.inputs.end(), node.inputs[0]) != graph.inputs.end();
    return is_input && input.consumers.size() == 1 &&
           std::find(graph.outputs.begin(), graph.outputs.end(), node.outputs[0]) == graph.outputs.end();
}

} // namespace bitwright
