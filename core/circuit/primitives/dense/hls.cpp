// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/dense/dense.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

namespace {

/// [n_in, n_out] -> [n_out, n_in]: the order in which the memories of shared multipliers are filled.
std::shared_ptr<const CodeTensor> transposed(const CodeTensor& weight, std::int64_t n_in, std::int64_t n_out)
{
    auto result = std::make_shared<CodeTensor>();
    result->shape = {n_out, n_in};
    result->format = weight.format;
    for (std::int64_t j = 0; j < n_out; ++j)
        for (std::int64_t i = 0; i < n_in; ++i) {
            const auto from = static_cast<std::size_t>(i * n_out + j);
            if (weight.isWide()) result->wide_codes.push_back(weight.wide_codes[from]);
            else result->codes.push_back(weight.codes[from]);
        }
    return result;
}

bool isBipolar(const NumberFormat& format) { return std::holds_alternative<BipolarFormat>(format); }

std::string_view productName(bool is_input_bipolar, bool is_weight_bipolar)
{
    if (is_input_bipolar && is_weight_bipolar) return "bw::product_agreement";
    if (is_weight_bipolar) return "bw::product_sign_of_weight";
    return is_input_bipolar ? "bw::product_sign_of_input" : "bw::product_full";
}

/// Whether the inputs of one output are taken in strides of the reuse factor, by so many multipliers each.
bool isShared(const DenseAttributes& attributes)
{
    const std::int64_t reuse = attributes.reuse_factor;
    const bool is_resource =
        attributes.strategy == Strategy::Resource || attributes.strategy == Strategy::ResourceUnrolled;
    return is_resource && reuse >= 1 && (attributes.n_in * attributes.n_out) % reuse == 0 &&
           (attributes.n_in % reuse == 0 || reuse % attributes.n_in == 0);
}

} // namespace

Result<HlsFragment> denseHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const CodeTensor& weight = primitive.constant("weight");
    const bool is_input_bipolar = isBipolar(circuit.input(primitive).format);
    const bool is_weight_bipolar = isBipolar(weight.format);
    const bool is_shared = isShared(attributes);

    HlsConfiguration config(circuit, primitive);
    config.header("bw_dense.h");
    config.integer("n_in", attributes.n_in);
    config.integer("n_out", attributes.n_out);
    config.integer("rows", attributes.rows);
    config.reuseFactor(attributes.reuse_factor);
    // Wide enough for every sum of n_in signs, as the original has it.
    config.integer("result_width", std::bit_width(static_cast<std::uint64_t>(attributes.n_in - 1)) + 2);
    config.type("accumulator_t", primitive.formats.at("accumulator"));
    config.type("weight_t", weight.format);
    config.type("bias_t", primitive.constant("bias").format);
    config.alias("product", productName(is_input_bipolar, is_weight_bipolar));
    config.alias("result", is_input_bipolar && is_weight_bipolar ? "bw::result_of_agreements" : "bw::result_of_sum");
    config.alias("strategy", !is_shared                                     ? "bw::latency"
                             : attributes.strategy == Strategy::Resource ? "bw::resource"
                                                                            : "bw::resource_unrolled");
    const std::string weights =
        is_shared ? config.array("weight", transposed(weight, attributes.n_in, attributes.n_out))
                  : config.array("weight");
    const std::string biases = config.array("bias");
    if (is_shared && attributes.strategy == Strategy::Resource && attributes.reuse_factor > 1) config.markSequential();
    return config.finish(fmt::format("bw::dense<{}>({}, {}, {}, {});", config.name(), config.input(), config.output(),
                                     weights, biases));
}

} // namespace bitwright
