// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/pass.h"

namespace bitwright::hls4ml {

namespace {

bool changeOnce(PassContext& context, std::span<const GraphPass> passes)
{
    for (const GraphPass& pass : passes) {
        for (std::size_t i = 0; i < context.graph.size(); ++i) {
            if (pass.apply(context, context.graph.node(i)))
                return true;
        }
    }
    return false;
}

constexpr GraphPass kConvertPasses[] = {
    {"remove transposes without effect", removeTransposeWithoutEffect},
    {"fuse consecutive batch normalisations", fuseConsecutiveBatchNormalisation},
    {"fuse batch normalisation", fuseBatchNormalisation},
    {"eliminate linear activations", eliminateLinear},
    {"merge linear activations", mergeLinear},
    {"infer types", inferTypes},
};
constexpr GraphPass kOptimisePasses[] = {
    {"remove batch normalisations without effect", removeBatchNormalisationWithoutEffect},
};

} // namespace

std::span<const GraphPass> convertPasses() { return kConvertPasses; }
std::span<const GraphPass> optimisePasses() { return kOptimisePasses; }

void runPasses(PassContext& context, std::span<const GraphPass> passes)
{
    // Every pass takes something away that no pass puts back; the bound is there for the day that somebody errs.
    std::size_t rounds_left = 1000 + 100 * context.graph.size();
    while (rounds_left-- > 0 && changeOnce(context, passes)) {
    }
}

} // namespace bitwright::hls4ml
