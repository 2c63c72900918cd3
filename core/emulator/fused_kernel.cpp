// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulator/fused_kernel.h"

#include "numerics/kernels/dense_madd.h"
#include "numerics/kernels/dense_ordered.h"
#include "numerics/kernels/element_chain.h"

namespace bitwright {
namespace {

using kernels::Lane;

Lane laneOf(Container container)
{
    return static_cast<Lane>(container);
}
static_assert(static_cast<int>(Lane::Int64) == static_cast<int>(Container::Int64));

/// Rows of @p block from row @p first on.
kernels::Rows rowsFrom(const CodeBlock& block, std::int64_t first)
{
    const Lane lane = laneOf(block.container);
    auto* data = static_cast<std::byte*>(block.data) +
                 static_cast<std::size_t>(first * block.stride) * kernels::laneBytes(lane);
    return {data, lane, block.stride};
}

class FusedElements final : public FusedKernel {
public:
    FusedElements(kernels::ElementChain chain, Lane lane) : m_chain(std::move(chain)), m_lane(lane) {}
    void run(const CodeBlock& input, const CodeBlock& output) const override
    {
        kernels::runChain(m_chain, m_lane, rowsFrom(input, 0), rowsFrom(output, 0), output.elements, output.samples);
    }
    std::string_view path() const override
    {
        return m_lane == Lane::Int32 ? "vector int32" : "vector int64";
    }

private:
    kernels::ElementChain m_chain;
    Lane m_lane;
};

class VectorSoftmax final : public FusedKernel {
public:
    explicit VectorSoftmax(const SoftmaxForm& form) : m_form(form) {}
    void run(const CodeBlock& input, const CodeBlock& output) const override
    {
        for (std::int64_t slice = 0; slice < m_form.outer * m_form.inner; ++slice) {
            const std::int64_t first = slice / m_form.inner * m_form.n * m_form.inner + slice % m_form.inner;
            kernels::runSoftmax(m_form.rows, rowsFrom(input, 0), rowsFrom(output, 0), first, m_form.inner, m_form.n,
                                output.samples);
        }
    }
    std::string_view path() const override { return "vector tables"; }

private:
    SoftmaxForm m_form;
};

template <class Product>
class FusedProduct final : public FusedKernel {
public:
    FusedProduct(Product product, const DenseForm& form, std::string_view path)
        : m_product(std::move(product)), m_n_in(form.n_in), m_n_out(form.n_out), m_rows(form.rows), m_path(path)
    {
    }
    void run(const CodeBlock& input, const CodeBlock& output) const override
    {
        for (std::int64_t r = 0; r < m_rows; ++r)
            m_product.run(rowsFrom(input, r * m_n_in), rowsFrom(output, r * m_n_out), output.samples);
    }
    std::string_view path() const override { return m_path; }

private:
    Product m_product;
    std::int64_t m_n_in;
    std::int64_t m_n_out;
    std::int64_t m_rows;
    std::string_view m_path;
};

std::unique_ptr<FusedKernel> fuseProduct(const DenseForm& form, kernels::LaneRange input, kernels::ElementChain chain)
{
    if (!form.is_ordered) {
        auto product = kernels::DenseMadd::prepare(form.weights, form.bias, form.n_in, form.n_out,
                                                   std::span(&input, 1), std::move(chain));
        if (!product) return nullptr;
        const std::string_view path = product->staysIn32Bits() ? "vector int16 products" : "vector int16 products, int64 sums";
        return std::make_unique<FusedProduct<kernels::DenseMadd>>(std::move(*product), form, path);
    }
    kernels::DenseOrdered::Problem problem{form.weights, form.bias,    form.n_in, form.n_out, input,
                                           form.order,   form.product, form.sum};
    auto product = kernels::DenseOrdered::prepare(std::move(problem), std::move(chain));
    if (!product) return nullptr;
    const std::string_view path = product->lane() == Lane::Int32 ? "vector ordered int32" : "vector ordered int64";
    return std::make_unique<FusedProduct<kernels::DenseOrdered>>(std::move(*product), form, path);
}

/// Per-element constants of a matrix with several rows repeat per row only if their count divides the outputs.
bool constantsRepeat(const kernels::ElementChain& chain, const DenseForm& form)
{
    if (form.rows == 1) return true;
    for (const kernels::ElementStep& step : chain) {
        for (const std::size_t count : {step.multiplier.size(), step.addend.size()}) {
            if (count > 1 && form.n_out % static_cast<std::int64_t>(count) != 0) return false;
        }
    }
    return true;
}

} // namespace

std::unique_ptr<FusedKernel> fuse(std::span<const VectorForm> forms, kernels::LaneRange input, std::int64_t elements)
{
    if (const auto* softmax = std::get_if<SoftmaxForm>(&forms.front()))
        return forms.size() == 1 ? std::make_unique<VectorSoftmax>(*softmax) : nullptr;
    kernels::ElementChain chain;
    const DenseForm* dense = std::get_if<DenseForm>(&forms.front());
    if (dense != nullptr) chain = dense->chain;
    for (const VectorForm& form : forms) {
        if (const auto* element = std::get_if<ElementForm>(&form))
            chain.insert(chain.end(), element->chain.begin(), element->chain.end());
    }
    if (dense != nullptr) {
        if (dense->n_in * dense->rows != elements || !constantsRepeat(chain, *dense)) return nullptr;
        return fuseProduct(*dense, input, std::move(chain));
    }
    chain = kernels::simplified(std::move(chain));
    const std::optional<Lane> lane = kernels::provedLane(chain, input);
    if (!lane) return nullptr;
    return std::make_unique<FusedElements>(std::move(chain), *lane);
}

} // namespace bitwright
