// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "circuit/primitives/convolution/convolution.h"
#include "circuit/primitives/dense/product_hls.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

Result<HlsFragment> convolutionHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<ConvolutionAttributes>();
    const CircuitValue& input = circuit.input(primitive);
    const bool is_stream = input.transport.kind == IoType::Stream;
    if (is_stream && (attributes.window.reachesPadding() || attributes.window.channels % input.transport.packing != 0))
        return Diagnostic{DiagnosticCode::ExportPrimitiveUnsupported,
                          {primitive.name, "A stream brings whole pixels, its padding among them."},
                          LayerLocation{primitive.layer, ""}};
    const std::int64_t filters = attributes.n_out / attributes.groups;
    const ProductForm form = productFormOf(attributes, filters);
    HlsConfiguration config(circuit, primitive);
    config.header("bw_convolution.h");
    describeWindow(config, attributes.window, attributes.n_out);
    config.integer("groups", attributes.groups);
    config.openStruct("dense");
    describeProduct(config, circuit, primitive, filters, 1, form);
    config.closeStruct();
    const std::string weights = config.array(
        "weight", productWeights(primitive.constant("weight"), attributes.n_in, attributes.n_out, filters, form));
    const std::string biases = config.array("bias");
    config.markSequential();
    return config.finish(fmt::format("bw::convolution<{}>({}, {}, {}, {});", config.name(), config.input(), config.output(),
                                     weights, biases));
}

} // namespace bitwright
