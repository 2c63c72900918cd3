// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/flow.h"

#include <algorithm>

#include "flows/hls4ml/hls4ml_flow.h"

namespace bitwright {

std::span<const FlowDescriptor* const> builtinFlows()
{
    static const FlowDescriptor* const kFlows[] = {&hls4mlFlow()};
    return kFlows;
}

const FlowDescriptor* findFlow(std::string_view name)
{
    const auto flows = builtinFlows();
    const auto found = std::find_if(flows.begin(), flows.end(),
                                    [&](const FlowDescriptor* flow) { return flow->name == name; });
    return found == flows.end() ? nullptr : *found;
}

} // namespace bitwright
