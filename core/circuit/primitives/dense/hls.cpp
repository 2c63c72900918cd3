// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "circuit/primitives/dense/product_hls.h"

namespace bitwright {

namespace {

std::string_view formName(ProductForm form)
{
    switch (form) {
    case ProductForm::Parallel: return "bw::latency";
    case ProductForm::Memories: return "bw::resource";
    case ProductForm::Unrolled: break;
    }
    return "bw::resource_unrolled";
}

} // namespace

ProductForm productFormOf(const DenseAttributes& attributes, std::int64_t n_out)
{
    const std::int64_t reuse = attributes.reuse_factor;
    const bool is_resource =
        attributes.strategy == Strategy::Resource || attributes.strategy == Strategy::ResourceUnrolled;
    if (attributes.accumulation_step > 1) return ProductForm::Unrolled;
    if (!is_resource || attributes.accumulation_step == 1) return ProductForm::Parallel;
    const bool fills_memories = (attributes.n_in * n_out) % reuse == 0 &&
                                (attributes.n_in % reuse == 0 || reuse % attributes.n_in == 0);
    return attributes.strategy == Strategy::Resource && fills_memories ? ProductForm::Memories : ProductForm::Unrolled;
}

std::shared_ptr<const CodeTensor> productWeights(const CodeTensor& weight, std::int64_t n_in, std::int64_t n_out,
                                                 std::int64_t group_outputs, ProductForm form)
{
    auto result = std::make_shared<CodeTensor>();
    result->shape = {n_in * n_out};
    result->format = weight.format;
    const auto take = [&](std::int64_t i, std::int64_t j) {
        const auto from = static_cast<std::size_t>(i * n_out + j);
        if (weight.isWide()) result->wide_codes.push_back(weight.wide_codes[from]);
        else result->codes.push_back(weight.codes[from]);
    };
    const bool is_by_output = form == ProductForm::Memories;
    const std::int64_t outer = is_by_output ? group_outputs : n_in;
    const std::int64_t inner = is_by_output ? n_in : group_outputs;
    for (std::int64_t first = 0; first < n_out; first += group_outputs)
        for (std::int64_t a = 0; a < outer; ++a)
            for (std::int64_t b = 0; b < inner; ++b)
                is_by_output ? take(b, first + a) : take(a, first + b);
    return result;
}

void describeProduct(HlsConfiguration& config, const Circuit& circuit, const Primitive& primitive, std::int64_t n_out,
                     std::int64_t rows, ProductForm form)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const DenseArithmetic arithmetic(circuit, primitive);
    config.integer("n_in", attributes.n_in);
    config.integer("n_out", n_out);
    config.integer("rows", rows);
    config.reuseFactor(attributes.accumulation_step > 1 ? attributes.accumulation_step : attributes.reuse_factor);
    config.type("accumulator_t", arithmetic.accumulator);
    config.type("weight_t", primitive.constant("weight").format);
    config.type("bias_t", primitive.constant("bias").format);
    config.alias("product", hlsProduct(arithmetic.product));
    if (arithmetic.is_xnor_cast) config.integer("result_width", arithmetic.casted.width_bits);
    config.alias("result", arithmetic.is_xnor_cast ? "bw::result_of_agreements" : "bw::result_of_sum");
    config.alias("strategy", formName(form));
}

Result<HlsFragment> denseHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const ProductForm form = productFormOf(attributes, attributes.n_out);
    HlsConfiguration config(circuit, primitive);
    config.header("bw_dense.h");
    describeProduct(config, circuit, primitive, attributes.n_out, attributes.rows, form);
    const std::string weights = config.array(
        "weight", productWeights(primitive.constant("weight"), attributes.n_in, attributes.n_out, attributes.n_out, form));
    const std::string biases = config.array("bias");
    if (form == ProductForm::Memories && attributes.reuse_factor > 1) config.markSequential();
    return config.finish(fmt::format("bw::dense<{}>({}, {}, {}, {});", config.name(), config.input(), config.output(),
                                     weights, biases));
}

} // namespace bitwright
