// SPDX-License-Identifier: GPL-3.0-or-later
// Exported projects of small random circuits, compiled with g++, against the emulator.
#include <iostream>

#include <gtest/gtest.h>

#include "exporters/export.h"
#include "exporters/verification.h"
#include "exporters/random_circuit.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

constexpr std::int64_t kSamples = 1000;

void expectEqual(RandomCircuit& random, const std::vector<CircuitIndex>& outputs, const std::string& name)
{
    const auto circuit = random.finish(outputs);
    const std::vector<Tensor> inputs = random.samples(kSamples);
    ExportOptions options;
    options.folder = temporaryFolder(name) + "/project";
    const auto exported = exportProject(*circuit, options);
    ASSERT_TRUE(exported) << exported.error().rendered();
    const auto report = verifyProject(circuit, options.folder, inputs);
    ASSERT_TRUE(report) << report.error().rendered();
    std::cout << name << ": " << report->values - report->mismatches << " of " << report->values
              << " values equal, compiled in " << report->compile_seconds << " s, run in " << report->run_seconds << " s\n";
    ASSERT_GT(report->values, 0);
    if (report->first)
        ADD_FAILURE() << "sample " << report->first->sample << ", output " << report->first->output << " ("
                      << circuit->outputs[report->first->output].model_name << "), element " << report->first->element
                      << ": expected " << report->first->expected << ", got " << report->first->simulated;
}

class RandomCircuits : public testing::TestWithParam<IoType> {
protected:
    std::string name(const char* what) const
    {
        return std::string(what) + (GetParam() == IoType::Stream ? "_stream" : "_parallel");
    }
};

TEST_P(RandomCircuits, DenseLayersAreEqual)
{
    RandomCircuit random(1, GetParam());
    const FixedFormat bit{.width_bits = 1, .integer_bits = 1, .is_signed = false, .family = FixedFamily::Integer};
    const FixedFormat ternary{.width_bits = 2, .integer_bits = 2, .family = FixedFamily::Integer};
    const FixedFormat wide{.width_bits = 90, .integer_bits = 30};
    const CircuitIndex x = random.input({12});
    const CircuitIndex bits = random.input({12}, BipolarFormat{});
    const CircuitIndex image = random.input({3, 4});
    std::vector<CircuitIndex> outputs;
    for (const Strategy strategy : {Strategy::Latency, Strategy::Resource, Strategy::ResourceUnrolled})
        for (const std::int64_t reuse : {1, 4, 5, 24})
            outputs.push_back(random.dense(x, 6, strategy, reuse));
    outputs.push_back(random.dense(x, 3, Strategy::DistributedArithmetic, 1));
    outputs.push_back(random.dense(x, 3, Strategy::Latency, 1, BipolarFormat{}, random.fixed(6, 14)));
    outputs.push_back(random.dense(bits, 3, Strategy::Latency, 1, random.fixed(3, 8), random.fixed(6, 14)));
    outputs.push_back(random.dense(bits, 5, Strategy::Resource, 3, BipolarFormat{}, FixedFormat{}));
    outputs.push_back(random.dense(bits, 3, Strategy::Latency, 1, bit, FixedFormat{}));
    outputs.push_back(random.dense(x, 3, Strategy::Latency, 1, ternary, random.fixed(6, 14)));
    outputs.push_back(random.dense(x, 3, Strategy::Latency, 1, wide, wide));
    outputs.push_back(random.dense(image, 2));
    expectEqual(random, outputs, name("dense"));
}

TEST_P(RandomCircuits, ElementwiseFunctionsAreEqual)
{
    RandomCircuit random(2, GetParam());
    const CircuitIndex x = random.input({2, 5}, FixedFormat{.width_bits = 13, .integer_bits = 5});
    std::vector<CircuitIndex> outputs;
    for (int function = 0; function <= static_cast<int>(ActivationFunction::HardTanh); ++function)
        outputs.push_back(random.activation(x, static_cast<ActivationFunction>(function)));
    outputs.push_back(random.activation(x, ActivationFunction::BinaryTanh, BipolarFormat{}));
    for (int function = 0; function <= static_cast<int>(TableFunction::Selu); ++function)
        outputs.push_back(random.table(x, static_cast<TableFunction>(function)));
    outputs.push_back(random.table(x, TableFunction::Sigmoid, 100));
    outputs.push_back(random.scaleShift(x, random.fixed(4, 12)));
    outputs.push_back(random.scaleShift(x, BipolarFormat{}));
    outputs.push_back(random.threshold(x, false, BipolarFormat{}));
    outputs.push_back(random.threshold(x, true, random.fixed(4, 8)));
    expectEqual(random, outputs, name("elementwise"));
}

TEST_P(RandomCircuits, MergesMovesAndSoftmaxAreEqual)
{
    RandomCircuit random(3, GetParam());
    const CircuitIndex a = random.input({2, 6});
    const CircuitIndex b = random.input({2, 6});
    const CircuitIndex c = random.input({6});
    std::vector<CircuitIndex> outputs;
    for (int operation = 0; operation <= static_cast<int>(MergeOperation::Minimum); ++operation)
        outputs.push_back(random.merge(a, b, static_cast<MergeOperation>(operation)));
    outputs.push_back(random.merge(a, c, MergeOperation::Add));
    outputs.push_back(random.merge(a, a, MergeOperation::Multiply));
    for (int implementation = 0; implementation <= static_cast<int>(SoftmaxImplementation::Legacy); ++implementation)
        outputs.push_back(random.softmax(b, static_cast<SoftmaxImplementation>(implementation)));
    outputs.push_back(random.transpose(a, {4, 3}, {0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11}));
    outputs.push_back(random.concatenate(b, c));
    outputs.push_back(outputs.front()); // an output twice
    outputs.push_back(c);               // an input handed through
    expectEqual(random, outputs, name("merge"));
}

TEST_P(RandomCircuits, BranchesAndDeadValuesAreEqual)
{
    RandomCircuit random(4, GetParam());
    const CircuitIndex x = random.input({8});
    random.input({4}); // nobody reads it
    const CircuitIndex hidden = random.activation(random.dense(x, 8), ActivationFunction::Relu);
    random.dense(hidden, 4); // nobody reads it either
    const CircuitIndex sum = random.merge(hidden, x, MergeOperation::Add);
    const CircuitIndex logits = random.dense(sum, 4, Strategy::Resource, 4);
    expectEqual(random, {logits, hidden}, name("branches"));
}

TEST_P(RandomCircuits, PacksOfAnySizeAreEqual)
{
    RandomCircuit random(5, GetParam());
    const CircuitIndex x = random.input({4, 6});
    const CircuitIndex hidden = random.activation(x, ActivationFunction::Relu);
    const CircuitIndex sum = random.merge(x, hidden, MergeOperation::Add);
    const CircuitIndex rows = random.dense(sum, 3);
    const CircuitIndex shares = random.softmax(rows, SoftmaxImplementation::Latency);
    if (GetParam() == IoType::Stream) {
        for (const auto& [value, packing] : {std::pair{hidden, 24}, {sum, 12}, {rows, 2}, {shares, 12}}) {
            Transport& transport = random.circuit().values[static_cast<std::size_t>(value)].transport;
            transport.packing = packing;
        }
    }
    expectEqual(random, {shares, rows, hidden}, name("packs"));
}

INSTANTIATE_TEST_SUITE_P(IoTypes, RandomCircuits, testing::Values(IoType::Parallel, IoType::Stream),
                         [](const auto& kind) { return kind.param == IoType::Stream ? "Stream" : "Parallel"; });

} // namespace
} // namespace bitwright::test
