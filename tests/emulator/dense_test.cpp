// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "circuit/operands.h"
#include "emulator/emulator.h"
#include "numerics/quantise.h"
#include "support/circuit_builders.h"
#include "support/rational_reference.h"

namespace bitwright {
namespace {

using test::Rational;

/// The slow dense layer: rationals, one conversion after the other, in the order that section 2.1 gives.
struct SlowDense {
    test::DenseSketch sketch;
    FixedFormat input;

    static Rational stored(const Rational& value, const FixedFormat& format)
    {
        return test::valueOf(test::referenceCode(value, format), format);
    }
    std::vector<std::int64_t> order() const
    {
        std::vector<std::int64_t> all;
        const bool is_strided = sketch.strategy == Strategy::Resource && sketch.reuse_factor < sketch.n_in;
        const std::int64_t step = is_strided ? sketch.reuse_factor : 1;
        if (!is_strided)
            for (std::int64_t i = 0; i < sketch.n_in; ++i) all.push_back(i);
        else
            for (std::int64_t first = 0; first < step; ++first)
                for (std::int64_t i = first; i < sketch.n_in; i += step) all.push_back(i);
        return all;
    }
    /// The exact result as the nearest double.
    double output(const std::vector<Rational>& x, std::int64_t j) const
    {
        const FixedFormat weight = test::fixedFormat(sketch.weight_format);
        const FixedFormat bias = test::fixedFormat(sketch.bias_format);
        const FixedFormat accumulator = test::fixedFormat(sketch.accumulator);
        const auto w = test::codes({}, sketch.weight_format, sketch.weights);
        const auto b = test::codes({}, sketch.bias_format, sketch.biases);
        Rational sum = stored(test::valueOf(b->at(static_cast<std::size_t>(j)), bias), accumulator);
        for (std::int64_t i : order()) {
            const Rational code = test::valueOf(w->at(static_cast<std::size_t>(i * sketch.n_out + j)), weight);
            sum = stored(sum + stored(x[static_cast<std::size_t>(i)] * code, accumulator), accumulator);
        }
        const FixedFormat result = test::fixedFormat(sketch.result);
        return codeToDouble(test::referenceCode(sum, result), result);
    }
};

class Dice {
public:
    explicit Dice(unsigned seed) : m_random(seed) {}
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(high - low + 1));
    }
    std::string format(int widest)
    {
        const auto width = between(2, widest);
        const char* rounding[] = {"TRN", "TRN_ZERO", "RND", "RND_ZERO", "RND_INF", "RND_MIN_INF", "RND_CONV"};
        const char* overflow[] = {"WRAP", "SAT", "SAT_ZERO", "SAT_SYM"};
        return (between(0, 3) == 0 ? "ufixed<" : "fixed<") + std::to_string(width) + "," +
               std::to_string(between(-2, width + 2)) + "," + rounding[between(0, 6)] + "," + overflow[between(0, 3)] + ">";
    }
    std::vector<std::int64_t> numbers(std::int64_t count)
    {
        std::vector<std::int64_t> all;
        for (std::int64_t i = 0; i < count; ++i) all.push_back(between(-40000, 40000));
        return all;
    }
    std::vector<double> doubles(std::int64_t count)
    {
        std::vector<double> all;
        for (std::int64_t i = 0; i < count; ++i) all.push_back(static_cast<double>(between(-4000, 4000)) / 512.0);
        return all;
    }

private:
    std::mt19937_64 m_random;
};

Tensor samplesOf(std::int64_t samples, std::int64_t n, const std::vector<double>& values)
{
    return Tensor::of<double>({samples, n}, values);
}

/// Emulates @p sketch on random data and compares every output with the slow layer.
void expectEqualsSlow(const test::DenseSketch& sketch, const std::string& input_format, Dice& dice)
{
    constexpr std::int64_t kSamples = 6;
    test::CircuitBuilder builder;
    test::DenseSketch placed = sketch;
    placed.input = builder.input({sketch.n_in}, input_format);
    const CircuitIndex output = builder.dense(placed);
    const auto program = compileCircuit(builder.finish({output}));
    ASSERT_TRUE(program);
    const std::vector<double> x = dice.doubles(kSamples * sketch.n_in);
    const auto run = emulate(**program, {samplesOf(kSamples, sketch.n_in, x)}, {.threads = 1});
    ASSERT_TRUE(run);
    const auto y = run->outputs[0].as<double>();
    const FixedFormat in = test::fixedFormat(input_format);
    const SlowDense slow{sketch, in};
    for (std::int64_t s = 0; s < kSamples; ++s) {
        std::vector<Rational> stored;
        for (std::int64_t i = 0; i < sketch.n_in; ++i)
            stored.push_back(SlowDense::stored(Rational(x[static_cast<std::size_t>(s * sketch.n_in + i)]), in));
        for (std::int64_t j = 0; j < sketch.n_out; ++j)
            ASSERT_EQ(y[static_cast<std::size_t>(s * sketch.n_out + j)], slow.output(stored, j))
                << input_format << " x " << sketch.weight_format << " + " << sketch.bias_format << " in "
                << sketch.accumulator << " to " << sketch.result << " " << strategyName(sketch.strategy) << " "
                << sketch.reuse_factor << " path " << kernelPaths(**program)[0].path;
    }
}

TEST(DenseEmulation, EqualsTheSequentialDefinitionInAllFormats)
{
    Dice dice(3);
    for (int round = 0; round < 400; ++round) {
        test::DenseSketch sketch;
        sketch.n_in = dice.between(1, 9);
        sketch.n_out = dice.between(1, 4);
        sketch.weight_format = dice.format(9);
        sketch.bias_format = dice.format(9);
        sketch.accumulator = dice.format(round % 3 == 0 ? 40 : 12);
        sketch.result = dice.format(12);
        sketch.weights = dice.numbers(sketch.n_in * sketch.n_out);
        sketch.biases = dice.numbers(sketch.n_out);
        sketch.strategy = round % 2 == 0 ? Strategy::Latency : Strategy::Resource;
        sketch.reuse_factor = dice.between(1, sketch.n_in + 2);
        expectEqualsSlow(sketch, dice.format(10), dice);
    }
}

TEST(DenseEmulation, WidensTheArithmeticWhereFormatsAskForIt)
{
    Dice dice(5);
    for (int round = 0; round < 40; ++round) {
        test::DenseSketch sketch;
        sketch.n_in = 5;
        sketch.n_out = 2;
        sketch.weight_format = round % 2 == 0 ? "fixed<60,20>" : "fixed<40,20,RND,SAT>";
        sketch.accumulator = round % 3 == 0 ? "fixed<150,50,RND,SAT>" : "fixed<90,40,RND_CONV>";
        sketch.result = round % 3 == 1 ? "fixed<100,30>" : "fixed<16,6,RND,SAT>";
        sketch.weights = dice.numbers(10);
        sketch.biases = dice.numbers(2);
        expectEqualsSlow(sketch, "fixed<50,20>", dice);
    }
}

std::vector<double> outputsOf(const std::shared_ptr<const Circuit>& circuit, const Tensor& x)
{
    const auto program = compileCircuit(circuit);
    const auto run = emulate(**program, {x});
    const auto values = run->outputs[0].as<double>();
    return {values.begin(), values.end()};
}

std::vector<double> bitDense(const std::string& data, const std::string& weight, const std::string& result)
{
    test::CircuitBuilder builder;
    test::DenseSketch sketch;
    sketch.input = builder.input({3}, data);
    sketch.n_in = 3;
    sketch.n_out = 2;
    sketch.weight_format = weight;
    sketch.weights = {1, 0, 1, 1, 0, 0};
    sketch.bias_format = "fixed<8,4>";
    sketch.biases = {0, 16}; // 1.0
    sketch.result = result;
    sketch.accumulator = "fixed<20,12>";
    const CircuitIndex y = builder.dense(sketch);
    return outputsOf(builder.finish({y}), Tensor::of<double>({2, 3}, std::vector<double>{1, 0, 1, 0, 0, 1}));
}

TEST(DenseEmulation, BitsOnBothSidesCountEqualities)
{
    // 2 * equalities - 3, the bias counted among the equalities as the original does.
    EXPECT_EQ(bitDense("bipolar", "bipolar", "int<8>"), (std::vector<double>{-1, -1, -3, 1}));
}

TEST(DenseEmulation, OneBitWeightsAreSigns)
{
    EXPECT_EQ(bitDense("fixed<8,4>", "bipolar", "int<8>"), (std::vector<double>{0, -1, -1, 0}));
}

TEST(DenseEmulation, OneBitDataAreSigns)
{
    EXPECT_EQ(bitDense("bipolar", "fixed<8,8>", "int<8>"), (std::vector<double>{0, 0, -2, 0}));
}

TEST(DenseEmulation, TernaryWeightOfMinusTwoCountsAsOne)
{
    test::CircuitBuilder builder;
    test::DenseSketch sketch;
    sketch.input = builder.input({4}, "fixed<8,4>");
    sketch.n_in = 4;
    sketch.n_out = 1;
    sketch.weight_format = "int<2>";
    sketch.weights = {-2, -1, 0, 1};
    sketch.biases = {0};
    const CircuitIndex y = builder.dense(sketch);
    EXPECT_EQ(outputsOf(builder.finish({y}), Tensor::of<double>({1, 4}, std::vector<double>{1, 2, 4, 0.5})),
              (std::vector<double>{-0.5}));
}

TEST(DenseEmulation, DistributedArithmeticIgnoresTheAccumulator)
{
    test::CircuitBuilder builder;
    test::DenseSketch sketch;
    sketch.input = builder.input({2}, "fixed<8,4>");
    sketch.n_in = 2;
    sketch.n_out = 1;
    sketch.weights = {1024, 2048};
    sketch.biases = {512};
    sketch.accumulator = "fixed<3,3>";
    sketch.strategy = Strategy::DistributedArithmetic;
    const CircuitIndex y = builder.dense(sketch);
    EXPECT_EQ(outputsOf(builder.finish({y}), Tensor::of<double>({1, 2}, std::vector<double>{7.0, 7.5})),
              (std::vector<double>{22.5}));
}

} // namespace
} // namespace bitwright
