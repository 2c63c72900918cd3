// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "ops/families.h"
#include "ops/op_registry.h"

namespace bitwright {
namespace {

constexpr std::span<const OpDescriptor> (*kFamilies[])() = {
    activationOps,
    arithmeticOps,
    arrangementOps,
    attentionOps,
    bitwiseOps,
    castOps,
    constantOps,
    controlFlowOps,
    convolutionOps,
    cumulativeOps,
    deformableOps,
    einsumOps,
    gridSamplingOps,
    integerConvolutionOps,
    integerProductOps,
    linearOps,
    linearQuantisers,
    logicOps,
    lossOps,
    microsoftQuantisers,
    momentOps,
    movementOps,
    normalisationOps,
    orderingOps,
    paddingOps,
    poolingOps,
    qonnxLayers,
    qonnxQuantisers,
    recurrentOps,
    reductionOps,
    regionOps,
    reshapeOps,
    resizeOps,
    rotaryOps,
    scanOps,
    scatterOps,
    selectionOps,
    signalOps,
    slicingOps,
    statefulOps,
    transposedConvolutionOps,
    treeOps,
    unaryMathOps,
    uncomputedOps,
    unpoolingOps,
    windowOps,
};

using Key = std::pair<std::string_view, std::string_view>;

std::map<Key, const OpDescriptor*> makeIndex()
{
    std::map<Key, const OpDescriptor*> index;
    for (const OpDescriptor* op : builtinOperators()) index.emplace(Key{op->domain, op->op_type}, op);
    return index;
}

} // namespace

const std::vector<const OpDescriptor*>& builtinOperators()
{
    static const std::vector<const OpDescriptor*> all = [] {
        std::vector<const OpDescriptor*> list;
        for (const auto family : kFamilies)
            for (const OpDescriptor& op : family()) list.push_back(&op);
        return list;
    }();
    return all;
}

const OpDescriptor* findOperator(std::string_view domain, std::string_view op_type)
{
    static const std::map<Key, const OpDescriptor*> index = makeIndex();
    const auto found = index.find({domain, op_type});
    return found == index.end() ? nullptr : found->second;
}

const OpDescriptor* findOperator(const Node& node)
{
    return findOperator(node.domain, node.op_type);
}

std::vector<OperatorCoverage> operatorCoverage()
{
    std::vector<OperatorCoverage> rows;
    for (const OpDescriptor* op : builtinOperators())
        rows.push_back({std::string(op->domain), std::string(op->op_type), std::string(op->shape.reason()),
                        std::string(op->run.reason())});
    std::sort(rows.begin(), rows.end(), [](const OperatorCoverage& a, const OperatorCoverage& b) {
        return std::tie(a.domain, a.op_type) < std::tie(b.domain, b.op_type);
    });
    return rows;
}

} // namespace bitwright
