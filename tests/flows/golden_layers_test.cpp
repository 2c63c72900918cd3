// SPDX-License-Identifier: GPL-3.0-or-later
// The circuit of every stored case has hls4ml's own layers: names, order, shapes, types, strategies, sizes.
#include <iostream>

#include <gtest/gtest.h>

#include "circuit/primitive_descriptor.h"
#include "flows/golden_case.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

using nlohmann::json;

std::string typeText(const NumberFormat& format)
{
    return std::holds_alternative<BipolarFormat>(format) ? "uint<1>" : longName(format); // hls4ml shows one bit
}

/// hls4ml's class names by the primitive that computes them.
bool isKindOf(const std::string& class_name, std::string_view kind)
{
    if (class_name == "Dense")
        return kind == "dense";
    if (class_name == "ApplyAlpha" || class_name == "BatchNormalization")
        return kind == "scale_shift";
    if (class_name == "BatchNormalizationQuantizedTanh")
        return kind == "threshold";
    if (class_name == "Merge")
        return kind == "merge";
    if (class_name == "Concatenate" || class_name == "Transpose" || class_name == "Repack" || class_name == "Resize" ||
        class_name.rfind("ZeroPadding", 0) == 0)
        return kind == "reorder";
    if (class_name.find("Conv") != std::string::npos)
        return kind == "convolution";
    if (class_name.find("Pooling") != std::string::npos)
        return kind == "pooling";
    if (class_name == "Softmax")
        return kind == "softmax";
    return kind == "activation" || kind == "table_function";
}

/// Collects what differs between one layer of the case and one primitive.
class LayerComparison {
public:
    LayerComparison(const LoweredCase& lowered, const json& expected) : m_lowered(lowered), m_expected(expected) {}

    void compare(const Primitive& primitive)
    {
        const Circuit& circuit = *m_lowered.lowering.circuit;
        expect("name", primitive.name);
        if (!isKindOf(m_expected["class"], primitive.kind->name))
            m_difference += " kind " + std::string(primitive.kind->name);
        expect("result", typeText(circuit.output(primitive).format));
        expect("shape", json(circuit.output(primitive).shape));
        for (const auto& [key, slot] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"weight_type", "weight"}, {"bias_type", "bias"}, {"scale_type", "scale"},
                 {"threshold_type", "threshold"}, {"param_t", "parameter"}}) {
            if (m_expected.contains(key) && primitive.hasConstant(slot))
                expect(key, typeText(primitive.constant(slot).format));
        }
        compareSoftmaxAndTables(primitive);
        compareTunables(primitive);
    }

    std::string difference() const { return m_difference; }

private:
    void expect(const char* key, const json& actual)
    {
        if (!m_expected.contains(key) || m_expected[key] != actual)
            m_difference += std::string(" ") + key + " " + actual.dump() + " instead of "
                + (m_expected.contains(key) ? m_expected[key].dump() : "nothing");
    }

    void compareSoftmaxAndTables(const Primitive& primitive)
    {
        const bool is_softmax = m_expected["class"] == "Softmax";
        if (m_expected.contains("accum_t") && primitive.formats.count("accumulator") != 0)
            expect("accum_t", typeText(primitive.formats.at("accumulator")));
        if (primitive.kind->name == std::string_view("table_function"))
            expect("table_t", typeText(primitive.constant("table").format));
        if (!is_softmax)
            return;
        expect("exp_table_t", typeText(primitive.formats.at("exp_table")));
        expect("inv_table_t", typeText(primitive.formats.at("inverse_table")));
        expect("inv_inp_t", typeText(primitive.formats.at("inverse_input")));
    }

    void compareTunables(const Primitive& primitive)
    {
        const auto layer = m_lowered.lowering.layers.find(primitive.layer);
        if (layer == m_lowered.lowering.layers.end()) {
            m_difference += " no effective settings for '" + primitive.layer + "'";
            return;
        }
        for (const auto& [key, name] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"reuse_factor", tunables::kReuseFactor}, {"strategy", tunables::kStrategy},
                 {"table_size", tunables::kTableSize}, {"implementation", tunables::kImplementation},
                 {"parallelization_factor", "parallelization_factor"}}) {
            const bool is_softmax = m_expected["class"] == "Softmax"; // others call their stream buffers so
            if (!m_expected.contains(key) || (key == std::string_view("implementation") && !is_softmax))
                continue;
            const auto found = layer->second.tunables.find(name);
            const std::string actual = found == layer->second.tunables.end() ? "nothing" : describe(found->second.value);
            const json& wanted = m_expected[key];
            const std::string text = wanted.is_string() ? wanted.get<std::string>() : wanted.dump();
            if (actual != text)
                m_difference += std::string(" ") + key + " " + actual + " instead of " + text;
        }
    }

    const LoweredCase& m_lowered;
    const json& m_expected;
    std::string m_difference;
};

std::string compareInput(const Circuit& circuit, const json& layer)
{
    for (const CircuitPort& port : circuit.inputs) {
        const CircuitValue& value = circuit.value(port.value);
        if (value.name == layer["name"])
            return typeText(value.format) == layer["result"] && json(value.shape) == layer["shape"]
                ? std::string()
                : " input is " + typeText(value.format) + " instead of " + layer["result"].get<std::string>();
    }
    return " no such input";
}

/// "" where the circuit has exactly the layers of the case.
std::string differences(const GoldenCase& golden)
{
    const LoweredCase lowered = lowerCase(golden);
    if (!lowered.problem.empty())
        return lowered.problem;
    const Circuit& circuit = *lowered.lowering.circuit;
    std::string all;
    std::size_t next = 0;
    for (const json& layer : golden.description["layers"]) {
        const std::string name = layer["name"];
        std::string difference;
        if (layer["class"] == "Input") {
            difference = compareInput(circuit, layer);
        } else if (layer["class"] == "Reshape" || layer["class"] == "Clone") {
            continue; // the same wires under another name; copies are made by whoever writes the project
        } else if (next == circuit.primitives.size()) {
            difference = " is missing";
        } else {
            LayerComparison comparison(lowered, layer);
            comparison.compare(circuit.primitives[next++]);
            difference = comparison.difference();
        }
        if (!difference.empty())
            all += "  " + name + ":" + difference + "\n";
    }
    for (; next < circuit.primitives.size(); ++next)
        all += "  " + circuit.primitives[next].name + " is one too many\n";
    return all;
}

void expectEqualLayers(const std::string& kind, std::size_t least)
{
    if (!hasSharedData())
        GTEST_SKIP() << "needs the larger test data";
    const auto cases = goldenCases(kind);
    std::size_t equal = 0;
    for (const GoldenCase& golden : cases) {
        const std::string difference = differences(golden);
        EXPECT_EQ(difference, "") << golden.name;
        equal += difference.empty() ? 1 : 0;
    }
    std::cout << equal << " of " << cases.size() << " " << kind << " cases have hls4ml's own layers\n";
    EXPECT_GE(cases.size(), least);
}

TEST(GoldenLayers, EveryDenseCaseHasHls4mlsOwnLayers) { expectEqualLayers("dense", 89); }
TEST(GoldenLayers, EveryConvolutionalCaseHasHls4mlsOwnLayers) { expectEqualLayers("conv", 48); }
TEST(GoldenLayers, EveryOtherCaseHasHls4mlsOwnLayers) { expectEqualLayers("other", 1); }

} // namespace
} // namespace bitwright::test
