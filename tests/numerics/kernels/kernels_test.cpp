// SPDX-License-Identifier: GPL-3.0-or-later
// Every kernel on every instruction set of this CPU, against its definition.
#include <cstdio>

#include <cmath>

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include "numerics/kernels/dense_madd.h"
#include "numerics/kernels/dense_ordered.h"
#include "numerics/kernels/element_chain.h"
#include "numerics/kernels/kernel_reference.h"
#include "numerics/kernels/sample_codes.h"
#include "numerics/quantise.h"

namespace bitwright::test {
namespace {

using namespace kernels;

constexpr std::int64_t kSamples = 70;
constexpr std::int64_t kStride = 128;

class Kernels : public testing::TestWithParam<std::int64_t> {
protected:
    void SetUp() override { hwy::SetSupportedTargetsForTest(GetParam()); }
    void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

std::vector<std::int64_t> targets()
{
    std::vector<std::int64_t> found;
    for (const std::int64_t target : {HWY_AVX3_DL, HWY_AVX3, HWY_AVX2, HWY_SSE4, HWY_SSSE3}) {
        if ((hwy::SupportedTargets() & target) != 0) {
            found.push_back(target);
        } else {
            std::printf("This CPU lacks %s; its kernels are not run.\n", hwy::TargetName(target));
        }
    }
    found.push_back(HWY_STATIC_TARGET);
    return found;
}

INSTANTIATE_TEST_SUITE_P(EveryTarget, Kernels, testing::ValuesIn(targets()), [](const auto& instance) {
    return std::string(hwy::TargetName(instance.param));
});

/// Rows of codes, kept as any lane.
struct Block {
    Lane lane;
    std::vector<std::int64_t> storage;
    Block(Lane l, std::int64_t rows) : lane(l), storage(static_cast<std::size_t>(rows * kStride), 0) {}
    Rows rows() { return {storage.data(), lane, kStride}; }
    std::int64_t get(std::int64_t r, std::int64_t s) const
    {
        const std::int64_t at = r * kStride + s;
        switch (lane) {
        case Lane::Int8: return reinterpret_cast<const std::int8_t*>(storage.data())[at];
        case Lane::Int16: return reinterpret_cast<const std::int16_t*>(storage.data())[at];
        case Lane::Int32: return reinterpret_cast<const std::int32_t*>(storage.data())[at];
        case Lane::Int64: break;
        }
        return storage[static_cast<std::size_t>(at)];
    }
    void set(std::int64_t r, std::int64_t s, std::int64_t code)
    {
        const std::int64_t at = r * kStride + s;
        switch (lane) {
        case Lane::Int8: reinterpret_cast<std::int8_t*>(storage.data())[at] = static_cast<std::int8_t>(code); break;
        case Lane::Int16: reinterpret_cast<std::int16_t*>(storage.data())[at] = static_cast<std::int16_t>(code); break;
        case Lane::Int32: reinterpret_cast<std::int32_t*>(storage.data())[at] = static_cast<std::int32_t>(code); break;
        case Lane::Int64: storage[static_cast<std::size_t>(at)] = code;
        }
    }
    void fill(std::mt19937& random, std::int64_t row_count, LaneRange range)
    {
        std::uniform_int_distribution<std::int64_t> codes(range.low, range.high);
        for (std::int64_t r = 0; r < row_count; ++r) {
            for (std::int64_t s = 0; s < kStride; ++s)
                set(r, s, s == 0 ? range.low : (s == 1 ? range.high : codes(random)));
        }
    }
};

Lane laneFor(LaneRange range)
{
    const auto fits = [range](int bits) {
        const std::int64_t limit = std::int64_t{1} << (bits - 1);
        return range.low >= -limit && range.high < limit;
    };
    return fits(8) ? Lane::Int8 : (fits(16) ? Lane::Int16 : (fits(32) ? Lane::Int32 : Lane::Int64));
}

struct RandomChain {
    std::vector<ReferenceStep> reference;
    ElementChain chain;
};

RandomChain randomChain(std::mt19937& random, int fraction_bits, int steps, int largest_width)
{
    RandomChain result;
    for (int k = 0; k < steps; ++k) {
        ReferenceStep step;
        step.drops_negative = random() % 2 == 0;
        std::uniform_int_distribution<std::int64_t> constants(-90, 90);
        if (random() % 2 == 0) step.multiplier = {constants(random), constants(random), constants(random)};
        if (random() % 2 == 0) step.addend = {constants(random)};
        step.product_shift_left = static_cast<int>(random() % 3);
        step.fraction_bits = fraction_bits + step.product_shift_left;
        step.target = randomFormat(random, 2, largest_width);
        step.target.integer_bits = step.target.width_bits - step.fraction_bits + static_cast<int>(random() % 7) - 2;
        const auto store = makeStore(step.fraction_bits, step.target);
        if (!store) continue;
        result.chain.push_back({step.drops_negative, step.multiplier, step.product_shift_left, step.addend, *store});
        result.reference.push_back(step);
        fraction_bits = step.target.fractionBits();
    }
    return result;
}

std::int64_t referenceChain(std::int64_t x, std::int64_t row, const std::vector<ReferenceStep>& steps)
{
    for (const ReferenceStep& step : steps)
        x = referenceStep(x, row, step);
    return x;
}

TEST_P(Kernels, ChainsEqualTheirDefinition)
{
    std::mt19937 random(7);
    int lanes_seen[4] = {};
    for (int trial = 0; trial < 900; ++trial) {
        const int bits = 2 + static_cast<int>(random() % 31);
        const LaneRange input{-(std::int64_t{1} << (bits - 1)), (std::int64_t{1} << (bits - 1)) - 1};
        const RandomChain chain = randomChain(random, 6, 1 + static_cast<int>(random() % 3), 30);
        const auto lane = provedLane(chain.chain, input);
        if (!lane) continue;
        ++lanes_seen[static_cast<int>(*lane)];
        const LaneRange output = chainRange(chain.chain, input);
        Block in(laneFor(input), 3);
        Block out(laneFor(output), 3);
        if (*lane == Lane::Int32 && in.lane == Lane::Int64) continue;
        in.fill(random, 3, input);
        runChain(chain.chain, *lane, in.rows(), out.rows(), 3, kSamples);
        for (std::int64_t r = 0; r < 3; ++r) {
            for (std::int64_t s = 0; s < kSamples; ++s) {
                const std::int64_t expected = referenceChain(in.get(r, s), r, chain.reference);
                ASSERT_EQ(out.get(r, s), expected) << "trial " << trial << " input " << in.get(r, s);
                ASSERT_GE(expected, output.low);
                ASSERT_LE(expected, output.high);
            }
        }
    }
    EXPECT_GT(lanes_seen[static_cast<int>(Lane::Int32)], 50);
    EXPECT_GT(lanes_seen[static_cast<int>(Lane::Int64)], 50);
}

struct DenseSize {
    std::int64_t n_in;
    std::int64_t n_out;
};

TEST_P(Kernels, MultiplyAddProductsEqualTheirDefinition)
{
    std::mt19937 random(11);
    int in32 = 0;
    int widened = 0;
    for (int trial = 0; trial < 240; ++trial) {
        const DenseSize size{1 + static_cast<std::int64_t>(random() % 33), 1 + static_cast<std::int64_t>(random() % 19)};
        const int least = trial % 2 == 0 ? 1 : 14; // every other problem needs widened sums
        const int x_bits = least + static_cast<int>(random() % (17 - least));
        const int w_bits = least + static_cast<int>(random() % (17 - least));
        const LaneRange input{-(std::int64_t{1} << (x_bits - 1)), (std::int64_t{1} << (x_bits - 1)) - 1};
        std::uniform_int_distribution<std::int64_t> weight(-(std::int64_t{1} << (w_bits - 1)),
                                                           (std::int64_t{1} << (w_bits - 1)) - 1);
        std::vector<std::int64_t> weights(static_cast<std::size_t>(size.n_in * size.n_out));
        for (auto& w : weights)
            w = weight(random);
        std::vector<std::int64_t> bias(static_cast<std::size_t>(size.n_out));
        for (auto& b : bias)
            b = weight(random);
        const RandomChain chain = randomChain(random, 8, 1 + static_cast<int>(random() % 2), 24);
        const auto dense = DenseMadd::prepare(weights, bias, size.n_in, size.n_out, std::span(&input, 1), chain.chain);
        if (!dense) continue;
        ++(dense->staysIn32Bits() ? in32 : widened);
        Block in(Lane::Int16, size.n_in);
        Block out(trial % 3 == 0 ? Lane::Int64 : Lane::Int32, size.n_out);
        in.fill(random, size.n_in, input);
        dense->run(in.rows(), out.rows(), kSamples);
        for (std::int64_t j = 0; j < size.n_out; ++j) {
            for (std::int64_t s = 0; s < kSamples; ++s) {
                std::int64_t sum = bias[static_cast<std::size_t>(j)];
                for (std::int64_t i = 0; i < size.n_in; ++i)
                    sum += in.get(i, s) * weights[static_cast<std::size_t>(i * size.n_out + j)];
                ASSERT_EQ(out.get(j, s), referenceChain(sum, j, chain.reference)) << "trial " << trial;
            }
        }
    }
    EXPECT_GT(in32, 20);
    EXPECT_GT(widened, 5);
}

TEST_P(Kernels, SumsModulo32BitsAreEnoughForWrappedAccumulators)
{
    std::mt19937 random(13);
    std::vector<std::int64_t> weights(64, 32767);
    FixedFormat accumulator;
    accumulator.width_bits = 20;
    accumulator.integer_bits = 20;
    ElementStep wrap;
    wrap.store = *makeStore(0, accumulator);
    const LaneRange input{-32768, 32767};
    const std::vector<std::int64_t> bias{5};
    const auto dense = DenseMadd::prepare(weights, bias, 64, 1, std::span(&input, 1), {wrap});
    ASSERT_TRUE(dense);
    EXPECT_TRUE(dense->staysIn32Bits());
    Block in(Lane::Int16, 64);
    Block out(Lane::Int32, 1);
    in.fill(random, 64, input);
    dense->run(in.rows(), out.rows(), kSamples);
    for (std::int64_t s = 0; s < kSamples; ++s) {
        std::int64_t sum = 5;
        for (std::int64_t i = 0; i < 64; ++i)
            sum += in.get(i, s) * 32767;
        ASSERT_EQ(out.get(0, s), referenceStore(sum, 0, accumulator));
    }
}

TEST_P(Kernels, OrderedProductsStoreEveryProductAndSum)
{
    std::mt19937 random(17);
    int run = 0;
    for (int trial = 0; trial < 200; ++trial) {
        const DenseSize size{1 + static_cast<std::int64_t>(random() % 12), 1 + static_cast<std::int64_t>(random() % 4)};
        const LaneRange input{-120, 127};
        std::vector<std::int64_t> weights(static_cast<std::size_t>(size.n_in * size.n_out));
        for (auto& w : weights)
            w = static_cast<std::int64_t>(random() % 61) - 30;
        FixedFormat accumulator = randomFormat(random, 3, 20);
        accumulator.integer_bits = accumulator.width_bits - static_cast<int>(random() % 9);
        const std::vector<std::int64_t> bias(static_cast<std::size_t>(size.n_out), 1);
        DenseOrdered::Problem problem{weights, bias, size.n_in, size.n_out, input, {}, {}, {}};
        const std::int64_t stride = 1 + static_cast<std::int64_t>(random() % 3);
        for (std::int64_t first = 0; first < stride; ++first) {
            for (std::int64_t i = first; i < size.n_in; i += stride)
                problem.order.push_back(static_cast<std::int32_t>(i));
        }
        problem.product = *makeStore(8, accumulator);
        if (accumulator.overflow != Overflow::Wrap)
            problem.sum = *makeStore(accumulator.fractionBits(), accumulator);
        const auto order = problem.order;
        ReferenceStep result;
        result.fraction_bits = accumulator.fractionBits();
        result.target = accumulator; // also the wrap at the end
        const ElementChain chain{{false, {}, 0, {}, *makeStore(result.fraction_bits, result.target)}};
        const auto dense = DenseOrdered::prepare(std::move(problem), chain);
        if (!dense) continue;
        ++run;
        Block in(Lane::Int8, size.n_in);
        Block out(Lane::Int32, size.n_out);
        in.fill(random, size.n_in, input);
        dense->run(in.rows(), out.rows(), kSamples);
        for (std::int64_t j = 0; j < size.n_out; ++j) {
            for (std::int64_t s = 0; s < kSamples; ++s) {
                std::int64_t sum = 1;
                for (const std::int32_t i : order) {
                    const std::int64_t product = in.get(i, s) * weights[static_cast<std::size_t>(i * size.n_out + j)];
                    sum = referenceStore(sum + referenceStore(product, 8, accumulator),
                                         accumulator.fractionBits(), accumulator);
                }
                ASSERT_EQ(out.get(j, s), sum) << "trial " << trial;
            }
        }
    }
    EXPECT_GT(run, 100);
}

TEST_P(Kernels, SamplesBecomeTheCodesOfTheExactConversion)
{
    std::mt19937 random(19);
    constexpr std::int64_t kElements = 13;
    int run = 0;
    for (int trial = 0; trial < 300; ++trial) {
        const FixedFormat format = randomFormat(random, 1, 20);
        std::vector<float> x(static_cast<std::size_t>(kElements * kSamples));
        std::uniform_int_distribution<int> steps(-5000, 5000);
        for (auto& value : x) // many ties, and values just beside them
            value = std::nextafter(std::ldexp(static_cast<float>(steps(random)), -format.fractionBits() - 2),
                                   random() % 3 == 0 ? 1e9F : (random() % 2 == 0 ? -1e9F : 0.0F));
        std::vector<std::int64_t> source;
        if (trial % 2 == 0) source = {12, 0, 3};
        Block out(Lane::Int32, kElements);
        if (!codesOfSamples(x, kElements, source, format, out.rows())) continue; // a denormal
        ++run;
        const std::int64_t rows = source.empty() ? kElements : 3;
        for (std::int64_t r = 0; r < rows; ++r) {
            const std::int64_t from = source.empty() ? r : source[static_cast<std::size_t>(r)];
            for (std::int64_t s = 0; s < kSamples; ++s) {
                const float value = x[static_cast<std::size_t>(s * kElements + from)];
                ASSERT_EQ(out.get(r, s), static_cast<std::int64_t>(codeFromDouble(value, format))) << value << " in " << shortName(format);
            }
        }
    }
    EXPECT_GT(run, 200);
}

TEST_P(Kernels, SamplesBeyondTheExactRangeAreLeftToTheGeneralPath)
{
    std::vector<float> x(4, 1.0F);
    x[2] = 1e30F;
    Block out(Lane::Int32, 4);
    EXPECT_FALSE(codesOfSamples(x, 4, {}, FixedFormat{}, out.rows()));
    x[2] = std::nanf("");
    EXPECT_FALSE(codesOfSamples(x, 4, {}, FixedFormat{}, out.rows()));
}

TEST(KernelProof, RefusesWhatItCannotProve)
{
    FixedFormat wide;
    wide.width_bits = 63;
    EXPECT_FALSE(makeStore(0, wide));
    FixedFormat odd;
    odd.overflow = Overflow::WrapSm;
    EXPECT_FALSE(makeStore(0, odd));
    const std::vector<std::int64_t> big{40000};
    const std::vector<std::int64_t> bias{0};
    const LaneRange input{-1, 1};
    EXPECT_FALSE(DenseMadd::prepare(big, bias, 1, 1, std::span(&input, 1), {}));
}

TEST(KernelProof, OddModesAreFineWhereNothingOverflows)
{
    FixedFormat odd;
    odd.width_bits = 8;
    odd.integer_bits = 8;
    odd.overflow = Overflow::WrapSm;
    EXPECT_TRUE(makeStore(0, odd, {-128, 127}));
    EXPECT_FALSE(makeStore(0, odd, {-129, 127}));
}

} // namespace
} // namespace bitwright::test
