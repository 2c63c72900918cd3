// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "circuit/primitives/activation/activation.h"
#include "circuit/primitives/merge/merge.h"
#include "circuit/primitives/reorder/reorder.h"
#include "circuit/primitives/scale_shift/scale_shift.h"
#include "circuit/primitives/softmax/softmax.h"
#include "circuit/primitives/table_function/table_function.h"
#include "circuit/primitives/threshold/threshold.h"
#include "emulator/emulator.h"
#include "numerics/quantise.h"
#include "support/circuit_builders.h"
#include "support/rational_reference.h"

namespace bitwright {
namespace {

using test::codes;
using test::Rational;

/// Every value of @p format, as doubles.
std::vector<double> everyValue(const std::string& format)
{
    const FixedFormat fixed = test::fixedFormat(format);
    const std::int64_t low = fixed.is_signed ? -(std::int64_t{1} << (fixed.width_bits - 1)) : 0;
    std::vector<double> values;
    for (std::int64_t i = 0; i < std::int64_t{1} << fixed.width_bits; ++i)
        values.push_back(codeToDouble(low + i, fixed));
    return values;
}

std::vector<double> run(const std::shared_ptr<const Circuit>& circuit, const std::vector<double>& x, std::int64_t n = 1)
{
    const auto program = compileCircuit(circuit);
    EXPECT_TRUE(program);
    const auto count = static_cast<std::int64_t>(x.size()) / n;
    const auto result = emulate(**program, {Tensor::of<double>({count, n}, x)}, {.threads = 1});
    EXPECT_TRUE(result);
    const auto y = result->outputs[0].as<double>();
    return {y.begin(), y.end()};
}

double stored(double exact, const std::string& format)
{
    const FixedFormat fixed = test::fixedFormat(format);
    return codeToDouble(test::referenceCode(Rational(exact), fixed), fixed);
}

/// Applies one activation to every value of @p in and compares with @p expected, stored in @p out.
void expectActivation(ActivationFunction function, const std::string& in, const std::string& out,
                      const std::function<double(double)>& expected, std::shared_ptr<const CodeTensor> parameter = nullptr,
                      IoType io_type = IoType::Parallel)
{
    auto attributes = std::make_shared<ActivationAttributes>();
    attributes->function = function;
    test::CircuitBuilder builder(io_type);
    const CircuitIndex x = builder.input({1}, in);
    std::map<std::string, std::shared_ptr<const CodeTensor>> constants;
    if (parameter) constants["parameter"] = parameter;
    const CircuitIndex y = builder.unary("activation", x, out, attributes, constants);
    const std::vector<double> values = everyValue(in);
    const std::vector<double> got = run(builder.finish({y}), values);
    for (std::size_t i = 0; i < values.size(); ++i)
        ASSERT_EQ(got[i], stored(expected(values[i]), out)) << activationName(function) << "(" << values[i] << ") in " << in;
}

TEST(Activation, PiecewiseFunctionsEqualTheirDefinition)
{
    for (const char* in : {"fixed<8,4>", "ufixed<7,3>", "fixed<6,-1>"})
        for (const char* out : {"fixed<6,3>", "fixed<5,2,RND,SAT>", "ufixed<4,2,RND_CONV,SAT>"}) {
            expectActivation(ActivationFunction::Linear, in, out, [](double x) { return x; });
            expectActivation(ActivationFunction::Relu, in, out, [](double x) { return x > 0 ? x : 0.0; });
            expectActivation(ActivationFunction::Relu6, in, out, [](double x) { return x > 6 ? 6.0 : std::max(x, 0.0); });
            expectActivation(ActivationFunction::Relu1, in, out, [](double x) { return x > 1 ? 1.0 : std::max(x, 0.0); });
            expectActivation(ActivationFunction::LeakyRelu, in, out, [](double x) { return x > 0 ? x : x * 0.3125; },
                             codes({1}, "ufixed<4,0>", {5}));
            expectActivation(ActivationFunction::ThresholdedRelu, in, out, [](double x) { return x > -1.5 ? x : 0.0; },
                             codes({1}, "fixed<4,3>", {-3}));
        }
}

TEST(Activation, SignsAreBitsOrNumbers)
{
    expectActivation(ActivationFunction::BinaryTanh, "fixed<6,3>", "fixed<4,2>", [](double x) { return x >= 0 ? 1.0 : -1.0; });
    auto attributes = std::make_shared<ActivationAttributes>();
    attributes->function = ActivationFunction::BinaryTanh;
    test::CircuitBuilder builder;
    const CircuitIndex y = builder.unary("activation", builder.input({1}, "fixed<6,3>"), "bipolar", attributes);
    EXPECT_EQ(run(builder.finish({y}), {-1.0, 0.0, 2.0}), (std::vector<double>{0, 1, 1}));
}

TEST(Activation, TernarySignDependsOnTheTransport)
{
    expectActivation(ActivationFunction::TernaryTanh, "fixed<6,3>", "fixed<4,2>",
                     [](double x) { return x > 1 ? 1.0 : (x <= -1 ? -1.0 : 0.0); }, nullptr, IoType::Stream);
    expectActivation(ActivationFunction::TernaryTanh, "fixed<6,3>", "fixed<4,2>", [](double x) {
        const double doubled = stored(2 * x, "fixed<6,3>"); // wraps
        return doubled > 1 ? 1.0 : (doubled <= -1 ? -1.0 : 0.0);
    });
}

TEST(Activation, PreluTakesItsSlopeByElement)
{
    auto attributes = std::make_shared<ActivationAttributes>();
    attributes->function = ActivationFunction::Prelu;
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({2}, "fixed<8,4>");
    const CircuitIndex y = builder.unary("activation", x, "fixed<12,6>", attributes, {{"parameter", codes({2}, "fixed<4,2>", {2, -1})}});
    EXPECT_EQ(run(builder.finish({y}), {-4, -4, 3, 3}, 2), (std::vector<double>{-2, 1, 3, 3}));
}

TEST(Activation, HardFunctionsClampTheLine)
{
    for (const bool is_tanh : {false, true}) {
        auto attributes = std::make_shared<ActivationAttributes>();
        attributes->function = is_tanh ? ActivationFunction::HardTanh : ActivationFunction::HardSigmoid;
        test::CircuitBuilder builder;
        const CircuitIndex x = builder.input({1}, "fixed<8,4>");
        const CircuitIndex y = builder.unary("activation", x, "fixed<10,3>", attributes,
                                             {{"parameter", codes({2}, "ufixed<16,0>", {13107, 32768})}},
                                             {{"parameter", test::format("ufixed<16,0>")}, {"shift", test::format("ufixed<16,0>")}});
        const std::vector<double> values = everyValue("fixed<8,4>");
        const std::vector<double> got = run(builder.finish({y}), values);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double line = std::clamp(values[i] * 13107 / 65536 + 0.5, 0.0, 1.0);
            ASSERT_EQ(got[i], stored(is_tanh ? 2 * line - 1 : line, "fixed<10,3>")) << values[i];
        }
    }
}

TEST(ScaleShift, QuantisesOnceAtTheEnd)
{
    auto attributes = std::make_shared<ScaleShiftAttributes>();
    attributes->n = 2;
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({2}, "fixed<8,4>");
    const CircuitIndex y = builder.unary("scale_shift", x, "fixed<8,4,RND_CONV,SAT>", attributes,
                                         {{"scale", codes({2}, "fixed<7,3>", {-11, 23})}, {"bias", codes({2}, "fixed<9,2>", {77, -100})}});
    const std::vector<double> values = everyValue("fixed<8,4>");
    const std::vector<double> got = run(builder.finish({y}), values, 2);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double exact = i % 2 == 0 ? values[i] * -11 / 16 + 77.0 / 128 : values[i] * 23 / 16 - 100.0 / 128;
        ASSERT_EQ(got[i], stored(exact, "fixed<8,4,RND_CONV,SAT>")) << values[i];
    }
}

double merged(MergeOperation operation, double a, double b)
{
    switch (operation) {
    case MergeOperation::Add: return a + b;
    case MergeOperation::Subtract: return a - b;
    case MergeOperation::Multiply: return a * b;
    case MergeOperation::Average: return (a + b) / 2;
    case MergeOperation::Maximum: return std::max(a, b);
    case MergeOperation::Minimum: return std::min(a, b);
    case MergeOperation::Divide: return b == 0 ? 0 : std::trunc(a / b * 16) / 16; // keeps the dividend's fraction bits
    }
    return 0;
}

TEST(Merge, EqualsExactArithmeticStoredOnce)
{
    const std::string out = "fixed<6,3,RND,SAT>";
    for (int op = 0; op <= static_cast<int>(MergeOperation::Minimum); ++op) {
        auto attributes = std::make_shared<MergeAttributes>();
        attributes->operation = static_cast<MergeOperation>(op);
        test::CircuitBuilder builder;
        const CircuitIndex a = builder.input({1}, "fixed<7,3>");
        const CircuitIndex b = builder.input({1}, "ufixed<5,2>");
        const CircuitIndex y = builder.add({.kind = "merge", .name = "m", .inputs = {a, b}, .attributes = attributes,
                                            .shape = {1}, .result = test::format(out)});
        const auto program = compileCircuit(builder.finish({y}));
        std::vector<double> first;
        std::vector<double> second;
        for (double u : everyValue("fixed<7,3>"))
            for (double v : everyValue("ufixed<5,2>")) {
                first.push_back(u);
                second.push_back(v);
            }
        const auto count = static_cast<std::int64_t>(first.size());
        const auto result = emulate(**program, {Tensor::of<double>({count, 1}, first), Tensor::of<double>({count, 1}, second)});
        ASSERT_TRUE(result);
        for (std::size_t i = 0; i < first.size(); ++i)
            ASSERT_EQ(result->outputs[0].as<double>()[i], stored(merged(attributes->operation, first[i], second[i]), out))
                << mergeOperationName(attributes->operation) << " " << first[i] << " " << second[i];
    }
}

TEST(Merge, BroadcastsByIndex)
{
    auto attributes = std::make_shared<MergeAttributes>();
    attributes->index_b = {0, 0, 0};
    test::CircuitBuilder builder;
    const CircuitIndex a = builder.input({3}, "fixed<8,5>");
    const CircuitIndex b = builder.input({1}, "fixed<8,5>");
    const CircuitIndex y = builder.add({.kind = "merge", .name = "m", .inputs = {a, b}, .attributes = attributes,
                                        .shape = {3}, .result = test::format("fixed<9,6>")});
    const auto program = compileCircuit(builder.finish({y}));
    const auto result = emulate(**program, {Tensor::of<double>({1, 3}, std::vector<double>{1, 2, 3}),
                                            Tensor::of<double>({1, 1}, std::vector<double>{0.5})});
    EXPECT_EQ(result->outputs[0].as<double>()[2], 3.5);
}

TEST(Reorder, PicksElementsOfSeveralInputs)
{
    auto attributes = std::make_shared<ReorderAttributes>();
    attributes->operation = "concatenate";
    attributes->source = {1, 0, 1};
    attributes->element = {0, 1, 1};
    test::CircuitBuilder builder;
    const CircuitIndex a = builder.input({2}, "fixed<8,5>");
    const CircuitIndex b = builder.input({2}, "fixed<8,3>");
    const CircuitIndex y = builder.add({.kind = "reorder", .name = "c", .inputs = {a, b}, .attributes = attributes,
                                        .shape = {3}, .result = test::format("fixed<6,4>")});
    const auto program = compileCircuit(builder.finish({y}));
    const auto result = emulate(**program, {Tensor::of<double>({1, 2}, std::vector<double>{1, 2}),
                                            Tensor::of<double>({1, 2}, std::vector<double>{0.3125, -1})});
    const auto values = result->outputs[0].as<double>();
    EXPECT_EQ(std::vector<double>(values.begin(), values.end()), (std::vector<double>{0.25, 2, -1}));
}

TEST(Threshold, ComparesWithItsOwnLimits)
{
    auto binary = std::make_shared<ThresholdAttributes>();
    binary->n = 2;
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({2}, "fixed<6,3>");
    const CircuitIndex y = builder.unary("threshold", x, "bipolar", binary, {{"threshold", codes({2}, "fixed<6,3>", {4, -4})}});
    EXPECT_EQ(run(builder.finish({y}), {0.375, -0.5, 0.5, -0.625}, 2), (std::vector<double>{0, 1, 1, 0}));

    auto ternary = std::make_shared<ThresholdAttributes>();
    ternary->is_ternary = true;
    test::CircuitBuilder second;
    const CircuitIndex u = second.input({1}, "fixed<6,3>");
    const CircuitIndex v = second.unary("threshold", u, "int<2>", ternary,
                                        {{"low", codes({1}, "fixed<6,3>", {-4})}, {"high", codes({1}, "fixed<6,3>", {4})}});
    EXPECT_EQ(run(second.finish({v}), {-0.625, -0.5, 0.0, 0.5, 0.625}), (std::vector<double>{-1, -1, 0, 0, 1}));
}

TEST(TableFunction, AddressesTowardZeroAndClamps)
{
    auto attributes = std::make_shared<TableFunctionAttributes>();
    attributes->function = TableFunction::Sigmoid;
    attributes->size = 64;
    const FixedFormat table_format = test::fixedFormat("fixed<18,8>");
    const auto table = std::make_shared<CodeTensor>(functionTable(TableFunction::Sigmoid, 64, table_format));
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({1}, "fixed<8,5>");
    const CircuitIndex y = builder.unary("table_function", x, "fixed<12,2>", attributes, {{"table", table}});
    const std::vector<double> values = everyValue("fixed<8,5>");
    const std::vector<double> got = run(builder.finish({y}), values);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto index = static_cast<std::size_t>(std::clamp(std::trunc(values[i] * 64 / 16) + 32, 0.0, 63.0));
        ASSERT_EQ(got[i], stored(codeToDouble(table->codes[index], table_format), "fixed<12,2>")) << values[i];
    }
    EXPECT_EQ(got[128], 0.5);
}

TEST(TableFunction, EluMultipliesItsTable)
{
    auto attributes = std::make_shared<TableFunctionAttributes>();
    attributes->function = TableFunction::Elu;
    attributes->size = 32;
    const FixedFormat table_format = test::fixedFormat("fixed<18,8>");
    const auto table = std::make_shared<CodeTensor>(functionTable(TableFunction::Elu, 32, table_format));
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({1}, "fixed<8,5>");
    const CircuitIndex y = builder.unary("table_function", x, "fixed<16,6>", attributes,
                                         {{"table", table}, {"parameter", codes({1}, "ufixed<4,1>", {5})}});
    const std::vector<double> values = everyValue("fixed<8,5>");
    const std::vector<double> got = run(builder.finish({y}), values);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto index = static_cast<std::size_t>(std::min(std::trunc(values[i] * 32 / -8), 31.0));
        const double expected = values[i] >= 0 ? values[i] : codeToDouble(table->codes[index], table_format) * 5 / 8;
        ASSERT_EQ(got[i], stored(expected, "fixed<16,6>")) << values[i];
    }
}

std::shared_ptr<const Circuit> softmaxCircuit(SoftmaxImplementation implementation)
{
    auto attributes = std::make_shared<SoftmaxAttributes>();
    attributes->implementation = implementation;
    attributes->n = 4;
    const FixedFormat table = test::fixedFormat("fixed<18,8,RND,SAT>");
    const FixedFormat normalised = test::fixedFormat("ufixed<15,5>");
    test::CircuitBuilder builder;
    const CircuitIndex x = builder.input({4}, "fixed<16,6>");
    std::map<std::string, std::shared_ptr<const CodeTensor>> constants;
    constants["exp_table"] = std::make_shared<CodeTensor>(softmaxExpTable(1024, normalised, true, table));
    constants["inverse_table"] = std::make_shared<CodeTensor>(softmaxInverseTable(1024, table, table));
    const CircuitIndex y = builder.unary("softmax", x, "fixed<16,6>", attributes, constants,
                                         {{"accumulator", table}, {"inverse_input", table}, {"normalised_input", normalised}});
    return builder.finish({y});
}

TEST(Softmax, StableFormReproducesTheOriginalsNumbers)
{
    const std::vector<double> got = run(softmaxCircuit(SoftmaxImplementation::Stable), {1.5, -0.75, 3.25, 0, 16, -16, 15, -15.5}, 4);
    const std::vector<double> expected{0.1738, 0.0186, 1.0, 0.0391, 0.4443, 0.4443, 0.1631, 0}; // section 2.12
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(got[i], expected[i], 1e-4) << i;
}

TEST(Softmax, ArgmaxTakesTheFirstMaximum)
{
    EXPECT_EQ(run(softmaxCircuit(SoftmaxImplementation::Argmax), {1, 3, 3, -2}, 4), (std::vector<double>{0, 1, 0, 0}));
}

} // namespace
} // namespace bitwright
