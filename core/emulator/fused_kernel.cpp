// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulator/fused_kernel.h"

#include <algorithm>

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

/// Rows of one window: pointers into the image, and a row of zeros for the padding.
class PatchRows {
public:
    PatchRows(const CodeBlock& image, const ProductReads& reads) : m_image(rowsFrom(image, 0)), m_reads(reads)
    {
        if (std::find(reads.pixels.begin(), reads.pixels.end(), -1) != reads.pixels.end())
            m_zeros.assign(static_cast<std::size_t>(image.stride) * kernels::laneBytes(m_image.lane), std::byte{0});
        m_pointers.resize(static_cast<std::size_t>(reads.patch));
    }
    /// The inputs of the outputs that see the same channels as output @p output, for row @p row.
    kernels::ConstRows rows(std::int64_t row, std::int64_t output, std::int64_t n_in)
    {
        for (std::int64_t i = 0; i < n_in; ++i) {
            const std::int64_t element = m_reads.element(row, m_reads.patchIndex(i, output));
            m_pointers[static_cast<std::size_t>(i)] = element < 0 ? m_zeros.data() : m_image.row(element);
        }
        return {nullptr, m_image.lane, m_image.stride, m_pointers.data()};
    }

private:
    kernels::Rows m_image;
    const ProductReads& m_reads;
    std::vector<std::byte> m_zeros;
    std::vector<const void*> m_pointers;
};

/// Products whose rows are windows, one product for each group of outputs that see the same channels.
template <class Product>
class FusedWindows final : public FusedKernel {
public:
    FusedWindows(std::vector<Product> groups, const DenseForm& form, std::string_view path)
        : m_groups(std::move(groups)), m_reads(*form.reads), m_n_in(form.n_in), m_n_out(form.n_out), m_path(path)
    {
    }
    void run(const CodeBlock& input, const CodeBlock& output) const override
    {
        PatchRows patch(input, m_reads);
        for (std::int64_t row = 0; row < m_reads.rows; ++row) {
            for (std::size_t g = 0; g < m_groups.size(); ++g) {
                const std::int64_t first = static_cast<std::int64_t>(g) * m_reads.group_outputs;
                m_groups[g].run(patch.rows(row, first, m_n_in), rowsFrom(output, row * m_n_out + first), output.samples);
            }
        }
    }
    std::string_view path() const override { return m_path; }

private:
    std::vector<Product> m_groups;
    ProductReads m_reads;
    std::int64_t m_n_in;
    std::int64_t m_n_out;
    std::string_view m_path;
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

/// The outputs [first, first + count) of constants that repeat every so many outputs.
std::vector<std::int64_t> part(const std::vector<std::int64_t>& constants, std::int64_t first, std::int64_t count)
{
    if (constants.size() <= 1) return constants;
    std::vector<std::int64_t> result;
    for (std::int64_t j = 0; j < count; ++j)
        result.push_back(constants[static_cast<std::size_t>(first + j) % constants.size()]);
    return result;
}

/// The form of some outputs alone.
DenseForm partOf(const DenseForm& form, std::int64_t first, std::int64_t count)
{
    DenseForm result = form;
    result.n_out = count;
    result.bias = part(form.bias, first, count);
    if (form.bias.size() == 1 && form.n_out > 1) result.bias.assign(static_cast<std::size_t>(count), form.bias.front());
    result.weights.clear();
    for (std::int64_t i = 0; i < form.n_in; ++i) {
        const auto begin = form.weights.begin() + i * form.n_out + first;
        result.weights.insert(result.weights.end(), begin, begin + count);
    }
    for (kernels::ElementStep& step : result.chain) {
        step.multiplier = part(step.multiplier, first, count);
        step.addend = part(step.addend, first, count);
    }
    return result;
}

std::optional<kernels::DenseMadd> prepareFree(const DenseForm& form, kernels::LaneRange input)
{
    return kernels::DenseMadd::prepare(form.weights, form.bias, form.n_in, form.n_out, std::span(&input, 1), form.chain);
}

std::optional<kernels::DenseOrdered> prepareOrdered(const DenseForm& form, kernels::LaneRange input)
{
    kernels::DenseOrdered::Problem problem{form.weights, form.bias,    form.n_in, form.n_out, input,
                                           form.order,   form.product, form.sum};
    return kernels::DenseOrdered::prepare(std::move(problem), form.chain);
}

/// The kernel of a form with that kind of product: of a matrix, or of windows group by group; null without a proof.
template <class Product, class Prepare, class Path>
std::unique_ptr<FusedKernel> fuseWith(const DenseForm& form, const Prepare& prepare, const Path& path)
{
    if (!form.reads) {
        std::optional<Product> product = prepare(form);
        if (!product) return nullptr;
        const std::string_view name = path(*product);
        return std::make_unique<FusedProduct<Product>>(std::move(*product), form, name);
    }
    std::vector<Product> groups;
    const std::int64_t count = form.reads->group_outputs;
    for (std::int64_t first = 0; first < form.n_out; first += count) {
        std::optional<Product> product = prepare(partOf(form, first, count));
        if (!product) return nullptr;
        groups.push_back(std::move(*product));
    }
    const std::string_view name = path(groups.front());
    return std::make_unique<FusedWindows<Product>>(std::move(groups), form, name);
}

std::unique_ptr<FusedKernel> fuseProduct(const DenseForm& form, kernels::LaneRange input)
{
    if (!form.is_ordered)
        return fuseWith<kernels::DenseMadd>(
            form, [&](const DenseForm& some) { return prepareFree(some, input); },
            [](const kernels::DenseMadd& product) -> std::string_view {
                return product.staysIn32Bits() ? "vector int16 products" : "vector int16 products, int64 sums";
            });
    return fuseWith<kernels::DenseOrdered>(
        form, [&](const DenseForm& some) { return prepareOrdered(some, input); },
        [](const kernels::DenseOrdered& product) -> std::string_view {
            return product.lane() == Lane::Int32 ? "vector ordered int32" : "vector ordered int64";
        });
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
        if ((!dense->reads && dense->n_in * dense->rows != elements) || !constantsRepeat(chain, *dense)) return nullptr;
        if (dense->reads) input = {std::min<std::int64_t>(input.low, 0), std::max<std::int64_t>(input.high, 0)};
        DenseForm whole = *dense;
        whole.chain = std::move(chain);
        return fuseProduct(whole, input);
    }
    chain = kernels::simplified(std::move(chain));
    const std::optional<Lane> lane = kernels::provedLane(chain, input);
    if (!lane) return nullptr;
    return std::make_unique<FusedElements>(std::move(chain), *lane);
}

} // namespace bitwright
