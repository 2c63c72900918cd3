// SPDX-License-Identifier: GPL-3.0-or-later
#include "rewrite/normal_form.h"

#include <algorithm>

#include "ops/shape_inference.h"
#include "ops/single_sample.h"
#include "rewrite/quantised_form.h"
#include "rewrite/work_graph.h"

namespace bitwright {
namespace {

/// One run of the reference's clean-up (qonnx: util/cleanup.py).
void cleanUp(WorkGraph& work)
{
    work.tidy();
    foldConstants(work);
    work.tidy();
    foldTransposesIntoQuantisers(work);
}

bool readsPairs(const WorkGraph& work)
{
    const std::vector<Node>& nodes = work.graph().nodes;
    return std::any_of(nodes.begin(), nodes.end(), [](const Node& node) { return node.op_type == "DequantizeLinear"; });
}

} // namespace

std::shared_ptr<const Model> normalForm(const Model& model)
{
    Model copy = model;
    assumeSingleSample(copy.graph);
    inferShapes(copy); // the import has reported what does not fit
    WorkGraph work(std::move(copy));
    if (readsPairs(work)) { // first, so that names and numbers are those of the QONNX form
        work.tidy();
        foldConstants(work);
        integerOperatorsToFloat(work);
        pairsToQuant(work);
    }
    cleanUp(work);
    channelsLast(work);
    if (gemmToMatMul(work)) inferShapes(work.model(), work.graph());
    cleanUp(work);
    giveReadableNames(work);
    // What hls4ml keeps only to number it goes after the names are given.
    removePassThrough(work);
    removeDeadNodes(work);
    auto result = std::make_shared<Model>(work.finish());
    inferShapes(*result);
    return result;
}

} // namespace bitwright
