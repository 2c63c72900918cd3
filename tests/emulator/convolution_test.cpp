// SPDX-License-Identifier: GPL-3.0-or-later
// Convolutions and pools against the definition in rationals, by the exact kernels and by the vector kernels.
#include <gtest/gtest.h>

#include <random>

#include "circuit/primitives/convolution/convolution.h"
#include "circuit/primitives/pooling/pooling.h"
#include "emulator/emulator.h"
#include "numerics/quantise.h"
#include "support/circuit_builders.h"
#include "support/rational_reference.h"

namespace bitwright {
namespace {

using test::Rational;

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
        const char* rounding[] = {"TRN", "TRN_ZERO", "RND", "RND_CONV"};
        const char* overflow[] = {"WRAP", "SAT", "SAT_ZERO", "SAT_SYM"};
        return (between(0, 3) == 0 ? "ufixed<" : "fixed<") + std::to_string(width) + "," + std::to_string(between(-1, width + 1)) +
               "," + rounding[between(0, 3)] + "," + overflow[between(0, 3)] + ">";
    }
    std::vector<std::int64_t> codes(std::int64_t count)
    {
        std::vector<std::int64_t> all;
        for (std::int64_t i = 0; i < count; ++i) all.push_back(between(-40, 40));
        return all;
    }

private:
    std::mt19937 m_random;
};

Rational stored(const Rational& value, const FixedFormat& format)
{
    return test::valueOf(test::referenceCode(value, format), format);
}

ImageWindow randomWindow(Dice& dice, std::int64_t channels)
{
    ImageWindow window;
    window.in_height = dice.between(1, 5);
    window.in_width = dice.between(2, 5);
    window.channels = channels;
    window.kernel_height = dice.between(1, std::min<std::int64_t>(3, window.in_height));
    window.kernel_width = dice.between(1, 2);
    window.stride_height = dice.between(1, 2);
    window.stride_width = dice.between(1, 2);
    window.pad_top = dice.between(0, window.kernel_height - 1);
    window.pad_left = dice.between(0, window.kernel_width - 1);
    window.out_height = (window.in_height + window.pad_top - window.kernel_height) / window.stride_height + 1;
    window.out_width = (window.in_width + window.pad_left - window.kernel_width) / window.stride_width + 1;
    return window;
}

/// Samples on the format's grid and a little off it.
Tensor samplesFor(Dice& dice, const Shape& shape, std::int64_t count)
{
    Shape full = shape;
    full.insert(full.begin(), count);
    std::vector<double> values;
    for (std::int64_t i = 0; i < elementCount(full).value_or(0); ++i)
        values.push_back(static_cast<double>(dice.between(-2000, 2000)) / 128);
    return Tensor::of<double>(full, std::span<const double>(values));
}

struct Image {
    std::vector<Rational> values; ///< of one sample, as stored in the input's format
    const Rational& at(std::int64_t pixel, std::int64_t channel, std::int64_t channels) const
    {
        return values[static_cast<std::size_t>(pixel * channels + channel)];
    }
};

Image imageOf(const Tensor& samples, std::int64_t sample, std::int64_t elements, const FixedFormat& format)
{
    Image image;
    const auto all = samples.as<double>();
    for (std::int64_t e = 0; e < elements; ++e)
        image.values.push_back(stored(Rational(all[static_cast<std::size_t>(sample * elements + e)]), format));
    return image;
}

void expectOutputs(const std::shared_ptr<const Circuit>& circuit, const Tensor& samples, const std::vector<double>& expected)
{
    const auto program = compileCircuit(circuit);
    ASSERT_TRUE(program) << program.error().rendered();
    for (const bool keeps_trace : {true, false}) {
        const auto run = emulate(**program, {samples}, {.keep_trace = keeps_trace});
        ASSERT_TRUE(run) << run.error().rendered();
        const auto got = run->outputs.front().as<double>();
        ASSERT_EQ(std::vector<double>(got.begin(), got.end()), expected) << "trace " << keeps_trace;
    }
}

TEST(Convolution, IsTheStoredSumOverItsWindow)
{
    Dice dice(7);
    for (int round = 0; round < 60; ++round) {
        SCOPED_TRACE(round);
        const std::int64_t groups = dice.between(1, 3);
        auto attributes = std::make_shared<ConvolutionAttributes>();
        attributes->window = randomWindow(dice, groups * dice.between(1, 2));
        const ImageWindow& window = attributes->window;
        attributes->groups = groups;
        attributes->n_in = window.taps() * window.channels / groups;
        attributes->n_out = groups * dice.between(1, 3);
        attributes->rows = window.outputPixels();
        const std::string in = dice.format(10), weight = dice.format(8), bias = dice.format(8), result = dice.format(12);
        const std::string accumulator = dice.between(0, 1) == 0 ? "fixed<40,20>" : dice.format(14);
        test::CircuitBuilder builder;
        const Shape shape{window.in_height, window.in_width, window.channels};
        test::PrimitiveSketch sketch;
        sketch.kind = "convolution";
        sketch.name = "conv";
        sketch.inputs = {builder.input(shape, in)};
        sketch.constants["weight"] = test::codes({attributes->n_in, attributes->n_out}, weight, dice.codes(attributes->n_in * attributes->n_out));
        sketch.constants["bias"] = test::codes({attributes->n_out}, bias, dice.codes(attributes->n_out));
        sketch.formats["accumulator"] = test::format(accumulator);
        sketch.attributes = attributes;
        sketch.shape = {window.out_height, window.out_width, attributes->n_out};
        sketch.result = test::format(result);
        const auto circuit = builder.finish({builder.add(sketch)});
        const std::int64_t count = 3;
        const Tensor samples = samplesFor(dice, shape, count);
        std::vector<double> expected;
        const FixedFormat sum_format = test::fixedFormat(accumulator), out = test::fixedFormat(result);
        for (std::int64_t s = 0; s < count; ++s) {
            const Image image = imageOf(samples, s, *elementCount(shape), test::fixedFormat(in));
            for (std::int64_t pixel = 0; pixel < window.outputPixels(); ++pixel)
                for (std::int64_t j = 0; j < attributes->n_out; ++j) {
                    Rational sum = stored(test::valueOf(sketch.constants["bias"]->at(static_cast<std::size_t>(j)), test::fixedFormat(bias)), sum_format);
                    const std::int64_t width = window.channels / groups;
                    for (std::int64_t i = 0; i < attributes->n_in; ++i) {
                        const std::int64_t from = window.inputPixel(pixel, i / width);
                        const std::int64_t channel = j / (attributes->n_out / groups) * width + i % width;
                        const Rational x = from < 0 ? Rational(0) : image.at(from, channel, window.channels);
                        const Rational w = test::valueOf(sketch.constants["weight"]->at(static_cast<std::size_t>(i * attributes->n_out + j)), test::fixedFormat(weight));
                        sum = stored(sum + stored(x * w, sum_format), sum_format);
                    }
                    expected.push_back(codeToDouble(test::referenceCode(sum, out), out));
                }
        }
        expectOutputs(circuit, samples, expected);
    }
}

/// Toward zero, at the format's fraction bits.
Rational meanOf(const Rational& total, std::int64_t count, const FixedFormat& format)
{
    FixedFormat exact = format;
    exact.width_bits += 40;
    exact.integer_bits += 40;
    exact.rounding = Rounding::TrnZero;
    exact.overflow = Overflow::Wrap;
    exact.is_signed = true;
    return stored(total / Rational(count), exact);
}

TEST(Pooling, ComparesOrAveragesItsWindow)
{
    Dice dice(11);
    for (int round = 0; round < 80; ++round) {
        SCOPED_TRACE(round);
        const bool is_stream = round % 4 == 3;
        auto attributes = std::make_shared<PoolingAttributes>();
        attributes->window = randomWindow(dice, dice.between(1, 3));
        attributes->operation = round % 2 == 0 ? PoolingOperation::Maximum : PoolingOperation::Average;
        attributes->is_global = is_stream; // added one after the other
        const ImageWindow& window = attributes->window;
        const std::string in = dice.format(10), result = dice.format(12);
        const std::string accumulator = dice.between(0, 1) == 0 ? in : dice.format(16);
        test::CircuitBuilder builder(is_stream ? IoType::Stream : IoType::Parallel);
        const Shape shape{window.in_height, window.in_width, window.channels};
        test::PrimitiveSketch sketch;
        sketch.kind = "pooling";
        sketch.name = "pool";
        sketch.inputs = {builder.input(shape, in)};
        sketch.formats["accumulator"] = test::format(accumulator);
        sketch.attributes = attributes;
        sketch.shape = {window.out_height, window.out_width, window.channels};
        sketch.result = test::format(result);
        const auto circuit = builder.finish({builder.add(sketch)});
        const Tensor samples = samplesFor(dice, shape, 2);
        const FixedFormat from = test::fixedFormat(in), sum_format = test::fixedFormat(accumulator), out = test::fixedFormat(result);
        const bool is_maximum = attributes->operation == PoolingOperation::Maximum;
        FixedFormat bits = from;
        const std::int64_t high = std::int64_t{1} << (from.width_bits - 1);
        const Rational padding = is_maximum ? test::valueOf(from.is_signed ? -high : high, bits) : Rational(0);
        std::vector<double> expected;
        for (std::int64_t s = 0; s < 2; ++s) {
            const Image image = imageOf(samples, s, *elementCount(shape), from);
            for (std::int64_t pixel = 0; pixel < window.outputPixels(); ++pixel)
                for (std::int64_t c = 0; c < window.channels; ++c) {
                    Rational value(0);
                    std::int64_t inside = 0;
                    for (std::int64_t tap = 0; tap < window.taps(); ++tap) {
                        const std::int64_t place = window.inputPixel(pixel, tap);
                        inside += place >= 0 ? 1 : 0;
                        Rational x = place < 0 ? padding : image.at(place, c, window.channels);
                        if (is_stream) x = stored(x, sum_format);
                        if (is_maximum) value = tap == 0 || x > value ? x : value;
                        else value = stored(value + x, sum_format);
                    }
                    if (is_maximum) value = stored(value, sum_format);
                    else value = meanOf(value, inside, sum_format);
                    expected.push_back(codeToDouble(test::referenceCode(value, out), out));
                }
        }
        expectOutputs(circuit, samples, expected);
    }
}

TEST(Pooling, OfStreamsAddsInATree)
{
    // 3 terms: (a + b) + c. Saturating at 3.5, ((3 + 3) - 3) is 0.5 and (3 + (3 - 3)) would be 3.
    test::CircuitBuilder builder(IoType::Stream);
    auto attributes = std::make_shared<PoolingAttributes>();
    attributes->operation = PoolingOperation::Average;
    attributes->window.in_width = attributes->window.kernel_width = 3;
    test::PrimitiveSketch sketch;
    sketch.kind = "pooling";
    sketch.name = "pool";
    sketch.inputs = {builder.input({3, 1}, "fixed<8,4>")};
    sketch.formats["accumulator"] = test::format("fixed<4,3,TRN,SAT>");
    sketch.attributes = attributes;
    sketch.shape = {1, 1};
    sketch.result = test::format("fixed<16,6>");
    const auto circuit = builder.finish({builder.add(sketch)});
    const std::vector<double> values{3, 3, -3};
    expectOutputs(circuit, Tensor::of<double>({1, 3, 1}, std::span<const double>(values)), {0});
}

} // namespace
} // namespace bitwright
