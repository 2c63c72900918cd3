// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/softmax/softmax.h"

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

namespace {

void describeTables(HlsConfiguration& config, const Primitive& primitive, SoftmaxImplementation implementation)
{
    const CodeTensor& exp_table = primitive.constant("exp_table");
    const CodeTensor& inverse_table = primitive.constant("inverse_table");
    config.type("exp_t", exp_table.format);
    config.type("inverse_t", inverse_table.format);
    config.integer("exp_size", static_cast<std::int64_t>(exp_table.size()));
    config.integer("inverse_size", static_cast<std::int64_t>(inverse_table.size()));
    if (implementation == SoftmaxImplementation::Legacy) {
        config.type("table_t", exp_table.format);
    } else {
        config.type("accumulator_t", primitive.formats.at("accumulator"));
        config.type("inverse_input_t", primitive.formats.at("inverse_input"));
    }
    if (implementation == SoftmaxImplementation::Stable)
        config.type("normalised_t", primitive.formats.at("normalised_input"));
    config.entry("exp_entry", "exp_t", "exp_table");
    config.entry("inverse_entry", "inverse_t", "inverse_table");
}

} // namespace

Result<HlsFragment> softmaxHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<SoftmaxAttributes>();
    HlsConfiguration config(circuit, primitive);
    config.header("bw_softmax.h");
    config.integer("n", attributes.n);
    config.integer("outer", attributes.outer);
    config.integer("inner", attributes.inner);
    config.reuseFactor(attributes.reuse_factor);
    config.alias("implementation", fmt::format("bw::softmax_{}", softmaxImplementationName(attributes.implementation)));
    if (attributes.implementation != SoftmaxImplementation::Argmax)
        describeTables(config, primitive, attributes.implementation);
    return config.finish(
        fmt::format("bw::softmax<{}>({}, {});", config.name(), config.input(), config.output()));
}

} // namespace bitwright
