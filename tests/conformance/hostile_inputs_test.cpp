// SPDX-License-Identifier: GPL-3.0-or-later
// The stored cases with their inputs and attributes spoilt: every operator answers, with a result or a sentence.
#include <filesystem>
#include <limits>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "conformance/stored_cases.h"
#include "importers/importer.h"
#include "ops/reference_run.h"
#include "ops/shape_inference.h"

namespace bitwright::test {
namespace {

using Random = std::mt19937_64;

constexpr std::array<std::int64_t, 12> kExtremes{std::numeric_limits<std::int64_t>::min(), -(std::int64_t{1} << 32), -17, -2, -1, 0, 1, 2, 3,
                                                 65, std::int64_t{1} << 40, std::numeric_limits<std::int64_t>::max()};

std::int64_t extreme(Random& random)
{
    return kExtremes[random() % kExtremes.size()];
}

/// Another shape, other bytes, other numbers, or nothing at all.
Tensor spoilt(const Tensor& tensor, Random& random)
{
    Shape shape = tensor.shape();
    switch (random() % 6) {
    case 0: return tensor;
    case 1: shape.clear(); break;
    case 2: shape.push_back(1); break;
    case 3:
        if (!shape.empty()) shape[random() % shape.size()] = static_cast<std::int64_t>(random() % 4);
        break;
    case 4: shape.assign(random() % 5, 2); break;
    default: break;
    }
    if (tensor.type() == ElementType::Int64) {
        std::vector<std::int64_t> numbers(static_cast<std::size_t>(elementCount(shape).value_or(0)));
        for (std::int64_t& number : numbers) number = extreme(random);
        return Tensor::of<std::int64_t>(shape, numbers);
    }
    if (tensor.type() == ElementType::Int32) {
        std::vector<std::int32_t> numbers(static_cast<std::size_t>(elementCount(shape).value_or(0)));
        for (std::int32_t& number : numbers) number = static_cast<std::int32_t>(extreme(random)); // the low half
        return Tensor::of<std::int32_t>(shape, numbers);
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(elementCount(shape).value_or(0)) * elementBytes(tensor.type()));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = tensor.bytes().empty() || random() % 8 == 0 ? static_cast<std::byte>(random()) : tensor.bytes()[i % tensor.bytes().size()];
    if (tensor.type() == ElementType::Bool)
        for (std::byte& byte : bytes) byte &= std::byte{1};
    return makeTensor(tensor.type(), shape, bytes);
}

void spoilAttributes(Node& node, Random& random)
{
    for (auto& [name, attribute] : node.attributes) {
        if (random() % 3 != 0) continue;
        if (auto* number = std::get_if<std::int64_t>(&attribute)) *number = extreme(random);
        if (auto* numbers = std::get_if<std::vector<std::int64_t>>(&attribute)) {
            for (std::int64_t& number : *numbers) number = extreme(random);
            if (random() % 4 == 0) numbers->resize(random() % 5, 1);
        }
        if (auto* text = std::get_if<std::string>(&attribute)) text->resize(text->size() / 2);
    }
}

/// Inputs as they are stated no longer stand in the way.
Model withoutStatements(const Model& model)
{
    Model bare = model;
    for (Value& value : bare.graph.values)
        if (!value.constant) value.shape.reset();
    return bare;
}

TEST(HostileInputs, GiveAResultOrASentence)
{
    const std::string root = std::string(BITWRIGHT_ONNX_CASES) + "/node";
    if (!std::filesystem::is_directory(root)) GTEST_SKIP() << "needs the stored cases (Debian: libonnx-testdata)";
    constexpr int kRounds = 12;
    const std::vector<std::string> names = caseNames(root, "");
    std::size_t refused = 0;
    for (const std::string& name : names) {
        const auto model = importModel(root + "/" + name + "/model.onnx");
        const auto inputs = readTensors(root + "/" + name + "/test_data_set_0", "input");
        if (!model || !inputs) continue;
        Random random(std::hash<std::string>()(name));
        for (int round = 0; round < kRounds; ++round) {
            Model bare = withoutStatements(**model);
            if (round % 2 == 1)
                for (Node& node : bare.graph.nodes) spoilAttributes(node, random);
            std::vector<Tensor> spoilt_inputs;
            for (const Tensor& input : *inputs) spoilt_inputs.push_back(spoilt(input, random));
            for (std::size_t i = 0; i < spoilt_inputs.size() && i < bare.graph.inputs.size(); ++i)
                bare.graph.values[static_cast<std::size_t>(bare.graph.inputs[i])].shape = spoilt_inputs[i].shape();
            SCOPED_TRACE(fmt::format("{} round {}", name, round));
            inferShapes(bare);
            const Result<ReferenceRun> run = runReference(bare, spoilt_inputs, {.threads = 1});
            if (run) continue;
            ++refused;
            EXPECT_TRUE(run.error().message().ends_with('.')) << run.error().message();
        }
    }
    EXPECT_GT(refused, names.size());
}

} // namespace
} // namespace bitwright::test
