// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "circuit/hls_text.h"
#include "circuit/primitives/pooling/pooling_arithmetic.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

std::string_view operationOf(const PoolingArithmetic& arithmetic)
{
    if (arithmetic.is_maximum) return arithmetic.is_stream ? "bw::pool_stored_maximum" : "bw::pool_maximum";
    if (arithmetic.is_tree) return "bw::pool_tree_average";
    return arithmetic.is_stream ? "bw::pool_stored_average" : "bw::pool_average";
}

} // namespace

Result<HlsFragment> poolingHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<PoolingAttributes>();
    const PoolingArithmetic arithmetic(circuit, primitive);
    const auto unsupported = [&](const char* sentence) {
        return Diagnostic{DiagnosticCode::ExportPrimitiveUnsupported, {primitive.name, sentence},
                          LayerLocation{primitive.layer, ""}};
    };
    if (!arithmetic.is_maximum && arithmetic.divides_as_unsigned)
        return unsupported("Its average in an integer accumulator is divided as C does, which no template does.");
    if (arithmetic.in.width_bits > 64) return unsupported("Its values have more than 64 bits.");
    HlsConfiguration config(circuit, primitive);
    config.header("bw_pooling.h");
    describeWindow(config, attributes.window, attributes.window.channels);
    config.type("accumulator_t", primitive.formats.at("accumulator"));
    config.alias("operation", operationOf(arithmetic));
    config.integer("has_high_padding", arithmetic.is_maximum ? 1 : 0);
    config.reuseFactor(attributes.reuse_factor);
    config.markSequential();
    return config.finish(fmt::format("bw::pooling<{}>({}, {});", config.name(), config.input(), config.output()));
}

} // namespace bitwright
