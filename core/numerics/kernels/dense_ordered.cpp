// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/kernels/dense_ordered.h"

#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numerics/kernels/dense_ordered.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <algorithm>

#include "numerics/kernels/dense_tile.h"
#include "numerics/kernels/element_step-inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitwright::kernels::HWY_NAMESPACE {

/// One output row, two registers of samples at a time.
template <class T>
void orderedRow(const OrderedRow& job, ConstRows in, Rows out, std::int64_t samples)
{
    const hn::ScalableTag<T> d;
    using V = hn::VFromD<decltype(d)>;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    void* target = out.row(job.row);
    for (std::int64_t s = 0; s < samples; s += kGroup * lanes) {
        V sum[kGroup];
        for (V& register_ : sum)
            register_ = hn::Set(d, static_cast<T>(job.bias));
        for (std::size_t k = 0; k < job.order.size(); ++k) {
            const std::int64_t weight = job.weights[k];
            if (weight == 0) continue; // stores zero, and zero changes no stored sum
            const void* source = in.row(job.order[k]);
            V product[kGroup];
            for (int g = 0; g < kGroup; ++g)
                product[g] = timesConstant(d, loadCodes(d, source, in.lane, s + g * lanes), weight);
            storeCodes(d, product, *job.product);
            for (int g = 0; g < kGroup; ++g)
                sum[g] = hn::Add(sum[g], product[g]);
            if (job.sum != nullptr) storeCodes(d, sum, *job.sum);
        }
        applySteps<kGroup>(d, sum, job.chain, job.row);
        for (int g = 0; g < kGroup; ++g)
            saveCodes(d, sum[g], target, out.lane, s + g * lanes);
    }
}

void ordered32(const OrderedRow& job, ConstRows in, Rows out, std::int64_t samples)
{
    orderedRow<std::int32_t>(job, in, out, samples);
}

void ordered64(const OrderedRow& job, ConstRows in, Rows out, std::int64_t samples)
{
    orderedRow<std::int64_t>(job, in, out, samples);
}

} // namespace bitwright::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitwright::kernels {

HWY_EXPORT(ordered32);
HWY_EXPORT(ordered64);

namespace {

LaneRange plus(LaneRange a, LaneRange b)
{
    return {a.low + b.low, a.high + b.high};
}

/// Range of one sum over all products, or of one addition to a stored accumulator.
LaneRange sumRange(const DenseOrdered::Problem& problem, LaneRange product)
{
    const auto [bias_low, bias_high] = std::minmax_element(problem.bias.begin(), problem.bias.end());
    product = {std::min<std::int64_t>(product.low, 0), std::max<std::int64_t>(product.high, 0)};
    if (problem.sum && problem.sum->bound != StoreStep::Bound::None &&
        problem.sum->bound != StoreStep::Bound::Wrap) {
        const LaneRange stored{std::min({problem.sum->low, *bias_low, std::int64_t{0}}),
                               std::max({problem.sum->high, *bias_high, std::int64_t{0}})};
        return plus(stored, product);
    }
    return {*bias_low + product.low * problem.n_in, *bias_high + product.high * problem.n_in};
}

} // namespace

std::optional<DenseOrdered> DenseOrdered::prepare(Problem problem, ElementChain chain)
{
    constexpr std::int64_t kLimit = std::int64_t{1} << 40; // far from overflow when multiplied by n_in
    if (problem.n_in < 1 || problem.n_in > (1 << 20) || problem.bias.empty()) return std::nullopt;
    for (const std::int64_t bias : problem.bias) {
        if (bias > kLimit || bias < -kLimit) return std::nullopt;
    }
    ElementStep product_step;
    product_step.multiplier.assign(problem.weights.begin(), problem.weights.end());
    product_step.store = problem.product;
    const std::span<const ElementStep> product_chain(&product_step, 1);
    const std::optional<Lane> product_lane = provedLane(product_chain, problem.input);
    if (!product_lane) return std::nullopt;
    const LaneRange product = chainRange(product_chain, problem.input);
    if (product.low < -kLimit || product.high > kLimit) return std::nullopt;

    ElementChain after = chain;
    if (problem.sum) {
        ElementStep stored;
        stored.store = *problem.sum;
        after.insert(after.begin(), stored);
    }
    const std::optional<Lane> sum_lane = provedLane(after, sumRange(problem, product));
    if (!sum_lane) return std::nullopt;

    DenseOrdered dense;
    dense.m_n_out = problem.n_out;
    dense.m_lane = std::max(*product_lane, *sum_lane);
    dense.m_weights.reserve(problem.weights.size());
    for (std::int64_t j = 0; j < problem.n_out; ++j) {
        for (const std::int32_t i : problem.order)
            dense.m_weights.push_back(problem.weights[static_cast<std::size_t>(i * problem.n_out + j)]);
    }
    dense.m_bias.assign(problem.bias.begin(), problem.bias.end());
    dense.m_order = std::move(problem.order);
    dense.m_product = problem.product;
    dense.m_sum = problem.sum;
    dense.m_chain = std::move(chain);
    return dense;
}

void DenseOrdered::run(ConstRows in, Rows out, std::int64_t samples) const
{
    for (std::int64_t row = 0; row < m_n_out; ++row) {
        const std::size_t n = m_order.size();
        const OrderedRow job{std::span(m_weights).subspan(static_cast<std::size_t>(row) * n, n),
                             m_order,
                             m_bias[static_cast<std::size_t>(row)],
                             row,
                             &m_product,
                             m_sum ? &*m_sum : nullptr,
                             m_chain};
        if (m_lane == Lane::Int32) {
            HWY_DYNAMIC_DISPATCH(ordered32)(job, in, out, samples);
        } else {
            HWY_DYNAMIC_DISPATCH(ordered64)(job, in, out, samples);
        }
    }
}

} // namespace bitwright::kernels
#endif
