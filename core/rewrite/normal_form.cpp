// SPDX-License-Identifier: GPL-3.0-or-later
#include "rewrite/normal_form.h"

#include "ops/shape_inference.h"
#include "ops/single_sample.h"
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

} // namespace

std::shared_ptr<const Model> normalForm(const Model& model)
{
    Model copy = model;
    assumeSingleSample(copy.graph);
    inferShapes(copy); // the import has reported what does not fit
    WorkGraph work(std::move(copy));
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
