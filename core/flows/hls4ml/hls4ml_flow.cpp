// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/hls4ml_flow.h"

#include "flows/hls4ml/layers.h"
#include "flows/hls4ml/lower.h"
#include "flows/hls4ml/rules.h"
#include "flows/hls4ml/yaml_read.h"
#include "flows/hls4ml/yaml_write.h"

namespace bitwright {

namespace {

std::string writeConfiguration(const Model& model, const Configuration& configuration)
{
    return writeHls4mlConfiguration(configuration, model, hls4mlLayers(model, configuration));
}

} // namespace

const FlowDescriptor& hls4mlFlow()
{
    static constexpr FlowDescriptor kFlow{
        .name = "hls4ml",
        .title = "hls4ml (fixed point, one function per layer)",
        .rules = hls4ml::operatorRules,
        .layers = hls4mlLayers,
        .lower = lowerHls4ml,
        .initial = initialHls4mlConfiguration,
        .readConfiguration = readHls4mlConfiguration,
        .writeConfiguration = writeConfiguration,
    };
    return kFlow;
}

} // namespace bitwright
