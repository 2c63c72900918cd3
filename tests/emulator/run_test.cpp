// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "circuit/primitive_descriptor.h"
#include "circuit/primitives/activation/activation.h"
#include "emulator/emulator.h"
#include "support/circuit_builders.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

std::shared_ptr<const Circuit> twoLayers(std::int64_t first_weight, const std::string& hidden = "fixed<7,3,RND,SAT>")
{
    std::mt19937_64 random(1);
    const auto numbers = [&](std::int64_t count) {
        std::vector<std::int64_t> all;
        for (std::int64_t i = 0; i < count; ++i) all.push_back(static_cast<std::int64_t>(random() % 256) - 128);
        return all;
    };
    test::CircuitBuilder builder;
    test::DenseSketch first{.name = "first", .n_in = 6, .n_out = 8, .weight_format = "fixed<8,2>"};
    first.input = builder.input({6}, "fixed<10,4>");
    first.weights = numbers(48);
    first.weights[0] = first_weight;
    first.biases = numbers(8);
    first.result = "fixed<12,5>";
    auto relu = std::make_shared<ActivationAttributes>();
    relu->function = ActivationFunction::Relu;
    const CircuitIndex active = builder.unary("activation", builder.dense(first), hidden, relu);
    test::DenseSketch second{.name = "second", .input = active, .n_in = 8, .n_out = 3, .weight_format = "fixed<8,2>"};
    second.weights = numbers(24);
    second.biases = numbers(3);
    second.accumulator = "fixed<9,4,RND,SAT>";
    second.result = "fixed<6,3>";
    return builder.finish({builder.dense(second)});
}

Tensor randomSamples(std::int64_t samples)
{
    std::mt19937_64 random(2);
    std::vector<float> values;
    for (std::int64_t i = 0; i < samples * 6; ++i) values.push_back(static_cast<float>(random() % 4096) / 256.0F - 8.0F);
    return Tensor::of<float>({samples, 6}, values);
}

std::vector<double> valuesOf(const Tensor& tensor) { return {tensor.as<double>().begin(), tensor.as<double>().end()}; }

bool equal(const ValueStatistics& a, const ValueStatistics& b)
{
    return a.elements == b.elements && a.minimum == b.minimum && a.maximum == b.maximum && a.mean == b.mean &&
           a.mean_square == b.mean_square && a.zeros == b.zeros && a.wraps == b.wraps &&
           a.saturations == b.saturations && a.underflows == b.underflows && a.log2_histogram == b.log2_histogram;
}

TEST(Emulate, ThreadsAndBlocksNeverChangeABit)
{
    const auto program = compileCircuit(twoLayers(5)).value();
    const Tensor x = randomSamples(700);
    const auto reference = emulate(*program, {x}, {.threads = 1, .keep_trace = true, .collect_statistics = true});
    ASSERT_TRUE(reference);
    for (int threads : {1, 2, 3, 7})
        for (std::int64_t block : {1, 13, 64, 700, 5000}) {
            const auto plain = emulate(*program, {x}, {.threads = threads, .block_samples = block});
            ASSERT_TRUE(plain);
            EXPECT_EQ(valuesOf(plain->outputs[0]), valuesOf(reference->outputs[0])) << threads << " " << block;
            const auto full = emulate(*program, {x}, {.threads = threads, .block_samples = block, .keep_trace = true, .collect_statistics = true});
            EXPECT_EQ(valuesOf(full->outputs[0]), valuesOf(reference->outputs[0]));
            EXPECT_EQ(valuesOf(full->trace.at("first")), valuesOf(reference->trace.at("first")));
            for (std::size_t i = 0; i < full->statistics.size(); ++i)
                EXPECT_TRUE(equal(full->statistics[i], reference->statistics[i])) << i;
        }
}

TEST(Emulate, ReusesKernelsOfUnchangedPrimitives)
{
    const auto first = compileCircuit(twoLayers(5)).value();
    const auto same = compileCircuit(twoLayers(5), first.get()).value();
    for (const KernelPath& path : kernelPaths(*same)) EXPECT_TRUE(path.is_reused) << path.primitive;
    const auto changed = compileCircuit(twoLayers(90, "fixed<7,2,RND,SAT>"), first.get()).value();
    EXPECT_FALSE(kernelPaths(*changed)[0].is_reused);
    const auto fresh = compileCircuit(twoLayers(90, "fixed<7,2,RND,SAT>")).value();
    const Tensor x = randomSamples(100);
    EXPECT_EQ(valuesOf(emulate(*changed, {x})->outputs[0]), valuesOf(emulate(*fresh, {x})->outputs[0]));
}

TEST(Emulate, TraceAndOutputsHaveTheCircuitsShapes)
{
    const auto program = compileCircuit(twoLayers(5)).value();
    const auto run = emulate(*program, {randomSamples(10)}, {.keep_trace = true});
    EXPECT_EQ(run->samples, 10);
    EXPECT_EQ(run->outputs[0].shape(), (Shape{10, 3}));
    EXPECT_EQ(run->trace.size(), 3U);
    EXPECT_EQ(run->trace.at("first").shape(), (Shape{10, 8}));
    EXPECT_EQ(valuesOf(run->trace.at("second")), valuesOf(run->outputs[0]));
}

TEST(Emulate, AcceptsOneSampleInTheModelsShapeAndAnyNumberType)
{
    const auto program = compileCircuit(twoLayers(5)).value();
    const std::vector<std::int32_t> integers{1, -2, 3, 0, 5, -6};
    const std::vector<double> doubles(integers.begin(), integers.end());
    const auto a = emulate(*program, {Tensor::of<std::int32_t>({6}, integers)});
    const auto b = emulate(*program, {Tensor::of<double>({1, 6}, doubles)});
    ASSERT_TRUE(a && b);
    EXPECT_EQ(valuesOf(a->outputs[0]), valuesOf(b->outputs[0]));
    const auto empty = emulate(*program, {Tensor::of<double>({0, 6}, std::vector<double>{})});
    ASSERT_TRUE(empty);
    EXPECT_EQ(empty->samples, 0);
}

TEST(Emulate, RefusesArraysThatDoNotFit)
{
    const auto program = compileCircuit(twoLayers(5)).value();
    const auto code = [&](const std::vector<Tensor>& inputs) { return codeName(emulate(*program, inputs).error().code); };
    EXPECT_EQ(code({}), "EmulatorInputCount");
    EXPECT_EQ(code({Tensor::of<double>({2, 5}, std::vector<double>(10))}), "ArrayShape");
    EXPECT_EQ(code({Tensor::zeros(ElementType::Complex64, {2, 6})}), "ArrayType");
}

TEST(Emulate, StopsWhenAskedTo)
{
    const auto program = compileCircuit(twoLayers(5)).value();
    std::stop_source source;
    source.request_stop();
    const auto before = emulate(*program, {randomSamples(100)}, {.stop = source.get_token()});
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().code, DiagnosticCode::Cancelled);

    std::stop_source later;
    EmulatorOptions options{.threads = 1, .block_samples = 16, .stop = later.get_token()};
    std::int64_t last = 0;
    options.progress = [&](std::int64_t done) {
        EXPECT_GT(done, last);
        last = done;
        if (done >= 64) later.request_stop();
    };
    EXPECT_FALSE(emulate(*program, {randomSamples(1000)}, options));
    EXPECT_EQ(last, 64);
}

TEST(Emulate, ReportsProgressUpToTheEnd)
{
    const auto program = compileCircuit(twoLayers(5)).value();
    std::int64_t last = 0;
    EmulatorOptions options{.threads = 3, .block_samples = 10};
    options.progress = [&](std::int64_t done) { last = done; };
    ASSERT_TRUE(emulate(*program, {randomSamples(500)}, options));
    EXPECT_EQ(last, 500);
}

TEST(Statistics, CountEachElementOnceByWhatStoringDid)
{
    for (const auto& [result, wraps, saturations, underflows] :
         {std::tuple{"fixed<4,3>", 2, 0, 1}, std::tuple{"fixed<4,3,RND,SAT>", 0, 2, 1}}) {
        test::CircuitBuilder builder;
        const CircuitIndex x = builder.input({1}, "fixed<12,6>");
        const CircuitIndex y = builder.unary("activation", x, result, std::make_shared<ActivationAttributes>());
        const auto program = compileCircuit(builder.finish({y})).value();
        const std::vector<double> values{5, -4.5, 0.125, 0, 3, -1.5};
        const auto run = emulate(*program, {Tensor::of<double>({6, 1}, values)}, {.collect_statistics = true});
        const ValueStatistics& after = run->statistics[1];
        EXPECT_EQ(after.elements, 6);
        EXPECT_EQ(after.wraps, wraps);
        EXPECT_EQ(after.saturations, saturations);
        EXPECT_EQ(after.underflows, underflows);
        const ValueStatistics& before = run->statistics[0];
        EXPECT_EQ(before.primitive, "");
        EXPECT_EQ(before.minimum, -4.5);
        EXPECT_EQ(before.maximum, 5);
        EXPECT_EQ(before.mean, 2.125 / 6);
        EXPECT_EQ(before.zeros, 1);
        EXPECT_EQ(before.log2_histogram[static_cast<std::size_t>(2 - kLowestBin)], 2); // 5 and 4.5
        EXPECT_EQ(before.log2_histogram[static_cast<std::size_t>(-3 - kLowestBin)], 1);
    }
}

TEST(Statistics, PartialSumsAreNotCounted)
{
    test::CircuitBuilder builder;
    test::DenseSketch sketch{.n_in = 3, .n_out = 1, .weight_format = "fixed<8,4>"};
    sketch.input = builder.input({3}, "fixed<8,4>");
    sketch.weights = {16, 16, -16}; // 1, 1, -1
    sketch.biases = {0};
    sketch.accumulator = "fixed<8,3>";
    sketch.result = "fixed<8,3>";
    const CircuitIndex y = builder.dense(sketch);
    const auto program = compileCircuit(builder.finish({y})).value();
    // 3 + 3 - 4 leaves [-4, 4) on the way and comes back; 3 + 3 - 0 does not.
    const auto run = emulate(*program, {Tensor::of<double>({2, 3}, std::vector<double>{3, 3, 4, 3, 3, 0})}, {.collect_statistics = true});
    EXPECT_EQ(valuesOf(run->outputs[0]), (std::vector<double>{2, -2}));
    EXPECT_EQ(run->statistics[1].wraps, 1);
}

TEST(Statistics, CountInputsToo)
{
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({1}, "fixed<6,3>");
    const CircuitIndex y = builder.unary("activation", x, "fixed<6,3>", std::make_shared<ActivationAttributes>());
    const auto program = compileCircuit(builder.finish({y})).value();
    const auto run = emulate(*program, {Tensor::of<float>({4, 1}, std::vector<float>{9.0F, 0.01F, -0.01F, 1.0F})}, {.collect_statistics = true});
    EXPECT_EQ(run->statistics[0].wraps, 1);
    EXPECT_EQ(run->statistics[0].underflows, 1); // -0.01 is truncated to -1 step
}

TEST(Compile, SaysWhichValueHasNoArithmetic)
{
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({1}, "fixed<6,3>");
    const CircuitIndex y = builder.add({.kind = "activation", .name = "a", .inputs = {x}, .attributes = std::make_shared<ActivationAttributes>(),
                                        .shape = {1}, .result = Float32Format{}});
    const auto program = compileCircuit(builder.finish({y}));
    ASSERT_FALSE(program);
    EXPECT_EQ(program.error().code, DiagnosticCode::EmulatorFormat);
}

TEST(Compile, EveryPrimitiveEmulatesAndHasARangeRule)
{
    for (const PrimitiveDescriptor* kind : builtinPrimitives().all()) {
        EXPECT_TRUE(kind->emulate) << kind->name;
        EXPECT_TRUE(kind->range) << kind->name;
    }
}

} // namespace
} // namespace bitwright
