// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "circuit/hls_text.h"
#include "circuit/primitives/dense/dense_arithmetic.h"

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

/// How the products are spread over multipliers and time.
enum class Form {
    Parallel, ///< all of them, inputs in ascending order
    Memories, ///< each multiplier reads its weights from a memory
    Unrolled, ///< inputs in strides of the reuse factor, weights wired in
};

Form formOf(const DenseAttributes& attributes)
{
    const std::int64_t reuse = attributes.reuse_factor;
    if (attributes.strategy != Strategy::Resource && attributes.strategy != Strategy::ResourceUnrolled)
        return Form::Parallel;
    const bool fills_memories = (attributes.n_in * attributes.n_out) % reuse == 0 &&
                                (attributes.n_in % reuse == 0 || reuse % attributes.n_in == 0);
    return attributes.strategy == Strategy::Resource && fills_memories ? Form::Memories : Form::Unrolled;
}

std::string_view formName(Form form)
{
    switch (form) {
    case Form::Parallel: return "bw::latency";
    case Form::Memories: return "bw::resource";
    case Form::Unrolled: break;
    }
    return "bw::resource_unrolled";
}

} // namespace

Result<HlsFragment> denseHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<DenseAttributes>();
    const DenseArithmetic arithmetic(circuit, primitive);
    const CodeTensor& weight = primitive.constant("weight");
    const Form form = formOf(attributes);

    HlsConfiguration config(circuit, primitive);
    config.header("bw_dense.h");
    config.integer("n_in", attributes.n_in);
    config.integer("n_out", attributes.n_out);
    config.integer("rows", attributes.rows);
    config.reuseFactor(attributes.reuse_factor);
    config.type("accumulator_t", arithmetic.accumulator);
    config.type("weight_t", weight.format);
    config.type("bias_t", primitive.constant("bias").format);
    config.alias("product", hlsProduct(arithmetic.product));
    if (arithmetic.is_xnor_cast) config.integer("result_width", arithmetic.casted.width_bits);
    config.alias("result", arithmetic.is_xnor_cast ? "bw::result_of_agreements" : "bw::result_of_sum");
    config.alias("strategy", formName(form));
    const std::string weights =
        form == Form::Memories ? config.array("weight", transposed(weight, attributes.n_in, attributes.n_out))
                               : config.array("weight");
    const std::string biases = config.array("bias");
    if (form == Form::Memories && attributes.reuse_factor > 1) config.markSequential();
    return config.finish(fmt::format("bw::dense<{}>({}, {}, {}, {});", config.name(), config.input(), config.output(),
                                     weights, biases));
}

} // namespace bitwright
