// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/merge/merge.h"

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

Result<HlsFragment> mergeHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<MergeAttributes>();
    HlsConfiguration config(circuit, primitive);
    config.header("bw_merge.h");
    config.integer("n", config.outputSize());
    config.integer("n_a", config.inputSize(0));
    config.integer("n_b", config.inputSize(1));
    config.reuseFactor(attributes.reuse_factor);
    config.alias("operation", fmt::format("bw::merge_{}", mergeOperationName(attributes.operation)));
    config.index("index_a", "index_a", attributes.index_a);
    config.index("index_b", "index_b", attributes.index_b);
    const bool is_collected = config.isStream() && !(attributes.index_a.empty() && attributes.index_b.empty());
    return config.finish(fmt::format("bw::merge{}<{}>({}, {}, {});", is_collected ? "_collected" : "", config.name(),
                                     config.input(0), config.input(1), config.output()));
}

} // namespace bitwright
