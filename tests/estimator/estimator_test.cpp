// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/estimator.h"

#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "circuit/primitives/activation/activation.h"
#include "circuit/primitives/dense/dense.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

CircuitIndex addValue(Circuit& circuit, const std::string& name, std::int64_t size, const FixedFormat& format)
{
    CircuitValue value;
    value.name = name;
    value.shape = {size};
    value.format = format;
    value.transport.kind = circuit.design.io_type;
    value.transport.packing = size;
    value.transport.depth = 1;
    circuit.values.push_back(value);
    return static_cast<CircuitIndex>(circuit.values.size()) - 1;
}

CircuitIndex addDense(Circuit& circuit, CircuitIndex input, std::int64_t n_out, std::int64_t reuse)
{
    const std::int64_t n_in = circuit.value(input).shape.front();
    const std::string layer = "MatMul_" + std::to_string(circuit.primitives.size());
    auto weight = std::make_shared<CodeTensor>();
    weight->shape = {n_in, n_out};
    weight->format = FixedFormat{8, 2};
    for (std::int64_t index = 0; index < n_in * n_out; ++index)
        weight->codes.push_back((index * 37 + 11) % 255 - 127);
    auto bias = std::make_shared<CodeTensor>();
    bias->shape = {n_out};
    bias->format = FixedFormat{8, 2};
    bias->codes.assign(static_cast<std::size_t>(n_out), 3);
    auto attributes = std::make_shared<DenseAttributes>();
    attributes->n_in = n_in;
    attributes->n_out = n_out;
    attributes->reuse_factor = reuse;
    attributes->strategy = reuse > 1 ? Strategy::Resource : Strategy::Latency;
    Primitive dense;
    dense.kind = &densePrimitive();
    dense.name = "Dense_" + layer;
    dense.layer = layer;
    dense.inputs = {input};
    dense.outputs = {addValue(circuit, layer, n_out, FixedFormat{16, 6})};
    dense.constants = {{slots::kWeight, weight}, {slots::kBias, bias}};
    dense.formats = {{slots::kAccumulator, FixedFormat{16, 6}}};
    dense.attributes = attributes;
    circuit.primitives.push_back(dense);
    return dense.outputs.front();
}

CircuitIndex addRelu(Circuit& circuit, CircuitIndex input)
{
    auto attributes = std::make_shared<ActivationAttributes>();
    attributes->function = ActivationFunction::Relu;
    Primitive relu;
    relu.kind = &activationPrimitive();
    relu.name = "Activation_" + std::to_string(circuit.primitives.size());
    relu.layer = relu.name;
    relu.inputs = {input};
    relu.outputs = {addValue(circuit, relu.name, circuit.value(input).shape.front(),
                             FixedFormat{8, 3, false, Rounding::Rnd, Overflow::Sat})};
    relu.attributes = attributes;
    circuit.primitives.push_back(relu);
    return relu.outputs.front();
}

// Products and rectifiers by turns, all 32 wide.
Circuit perceptron(int products, std::int64_t reuse = 1, IoType io_type = IoType::Parallel)
{
    constexpr std::int64_t kWidth = 32;
    Circuit circuit;
    circuit.design.io_type = io_type;
    CircuitIndex value = addValue(circuit, "input", kWidth, FixedFormat{16, 6});
    circuit.inputs.push_back({value, "x", {kWidth}, {}});
    for (int layer = 0; layer < products; ++layer)
        value = addRelu(circuit, addDense(circuit, value, kWidth, reuse));
    circuit.outputs.push_back({value, "y", {kWidth}, {}});
    finishCircuit(circuit);
    return circuit;
}

void expectTermsAddUp(const Cost& cost)
{
    for (const CostTarget target : kCostTargets) {
        double sum = 0;
        for (const CostTerm& term : cost.terms)
            if (term.target == costTargetName(target)) sum += term.amount;
        const Amount& amount = cost.amount(target);
        EXPECT_EQ(sum, amount.value) << costTargetName(target);
        EXPECT_LE(amount.low, amount.value) << costTargetName(target);
        EXPECT_GE(amount.high, amount.value) << costTargetName(target);
    }
}

TEST(Estimate, TermsAddUpForPrimitivesLayersAndTotal)
{
    for (const IoType io_type : {IoType::Parallel, IoType::Stream})
        for (const std::int64_t reuse : {1, 32}) {
            const Result<Estimate> result = estimate(perceptron(3, reuse, io_type));
            ASSERT_TRUE(result);
            EXPECT_EQ(result->primitives.size(), 6U);
            EXPECT_EQ(result->layers.size(), 6U);
            for (const PrimitiveEstimate& primitive : result->primitives)
                expectTermsAddUp(primitive.cost);
            for (const auto& [layer, cost] : result->layers)
                expectTermsAddUp(cost);
            expectTermsAddUp(result->total);
            EXPECT_EQ(result->stage, "csynth");
            EXPECT_EQ(result->profile, "vitis_hls-2022");
            EXPECT_EQ(result->latency_ns, result->total.latency_cycles.value * 5);
        }
}

TEST(Estimate, FollowsReuseAndClock)
{
    const Estimate one = *estimate(perceptron(2, 1));
    const Estimate many = *estimate(perceptron(2, 32));
    EXPECT_EQ(one.total.initiation_interval_cycles.value, 1);
    EXPECT_GE(many.total.initiation_interval_cycles.value, 32);
    // 32 products at a time in each layer; those of the second are 8 by 8 bits and stay in LUTs.
    EXPECT_EQ(many.total.dsp.value, 32 * 32 / 32);
    EXPECT_GT(many.total.bram.value, 0);
    Circuit fast = perceptron(2, 1);
    fast.design.clock_ns = 2;
    EXPECT_GE(estimate(fast)->total.latency_cycles.value, one.total.latency_cycles.value);
}

TEST(Estimate, ComparesWithThePart)
{
    Circuit circuit = perceptron(8, 1);
    circuit.design.part = "xc7z007s-clg225";
    const Result<Estimate> result = estimate(circuit);
    ASSERT_TRUE(result);
    bool is_overfull = false;
    for (const Diagnostic& finding : result->findings)
        is_overfull = is_overfull || finding.code == DiagnosticCode::PartOverfull;
    EXPECT_TRUE(is_overfull);
}

TEST(Estimate, SaysWhatIsImpossible)
{
    Circuit circuit = perceptron(1);
    circuit.design.part = "nothing";
    EXPECT_EQ(estimate(circuit).error().code, DiagnosticCode::PartUnknown);
    circuit = perceptron(1);
    for (const double clock : {0.0, -5.0, 1e9, std::nan(""), HUGE_VAL}) {
        circuit.design.clock_ns = clock;
        EXPECT_EQ(estimate(circuit).error().code, DiagnosticCode::ClockImpossible) << clock;
    }
    circuit.design.clock_ns = 0.5;
    const Estimate fast = *estimate(circuit);
    EXPECT_TRUE(std::any_of(fast.findings.begin(), fast.findings.end(), [](const Diagnostic& finding) {
        return finding.code == DiagnosticCode::ClockTooFast;
    }));
    circuit.design.clock_ns = 5;
    circuit.design.part = "1SG280";
    const Estimate other = *estimate(circuit);
    EXPECT_TRUE(std::any_of(other.findings.begin(), other.findings.end(), [](const Diagnostic& finding) {
        return finding.code == DiagnosticCode::PartOtherVendor;
    }));
}

TEST(Estimate, OfNothingIsNothing)
{
    Circuit circuit;
    const Result<Estimate> result = estimate(circuit);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->total.dsp.value, 0);
    EXPECT_TRUE(result->layers.empty());
}

TEST(Estimate, CachedCostsAreTheSame)
{
    CostCache cache;
    const Circuit circuit = perceptron(4, 1);
    const Estimate first = *estimate(circuit, &cache);
    const Estimate second = *estimate(circuit, &cache);
    EXPECT_EQ(first.total.lut.value, second.total.lut.value);
    Circuit changed = circuit;
    changed.design.clock_ns = 2.5;
    EXPECT_EQ(estimate(changed, &cache)->total.latency_cycles.value, estimate(changed)->total.latency_cycles.value);
    changed.design.backend = "Vivado";
    EXPECT_EQ(estimate(changed, &cache)->profile, "vivado_hls");
    EXPECT_EQ(estimate(circuit, &cache)->total.lut.value, first.total.lut.value);
}

double microseconds(const Circuit& circuit, CostCache& cache)
{
    double best = 1e9;
    for (int run = 0; run < 20; ++run) {
        const auto start = std::chrono::steady_clock::now();
        const Result<Estimate> result = estimate(circuit, &cache);
        const auto stop = std::chrono::steady_clock::now();
        EXPECT_TRUE(result);
        best = std::min(best, std::chrono::duration<double, std::micro>(stop - start).count());
    }
    return best;
}

// Generous: shared machines, debug builds and sanitizers run this too. The bench prints the figures.
TEST(Estimate, IsFastWhenLittleChanged)
{
    CostCache cache;
    const Circuit circuit = perceptron(25);
    const double cached = microseconds(circuit, cache);
    RecordProperty("cached_microseconds_50_layers", std::to_string(cached));
    EXPECT_LT(cached, 5000);
    Circuit edited = perceptron(10);
    double slowest = 0;
    for (int width = 8; width < 16; ++width) {
        edited.primitives[4].formats[slots::kAccumulator] = FixedFormat{width, 6};
        finishCircuit(edited);
        const auto start = std::chrono::steady_clock::now();
        EXPECT_TRUE(estimate(edited, &cache));
        const auto stop = std::chrono::steady_clock::now();
        slowest = std::max(slowest, std::chrono::duration<double, std::micro>(stop - start).count());
    }
    EXPECT_LT(slowest, 50'000);
    std::printf("[   time   ] 50 layers unchanged %.1f us, one edit in 20 layers %.1f us\n", cached, slowest);
}

} // namespace
} // namespace bitwright
