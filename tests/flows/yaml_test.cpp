// SPDX-License-Identifier: GPL-3.0-or-later
// hls4ml's configuration files: what they say, what survives the round trip, what is refused and where.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/hls4ml/yaml_read.h"
#include "flows/hls4ml/yaml_write.h"
#include "support/diagnostic_codes.h"
#include "support/test_data.h"

namespace bitwright {
namespace {

using ::testing::HasSubstr;

/// A model that has these names and nothing else: x -> MatMul_0 (with a constant) -> Relu_0 -> Softmax_0.
Model smallModel()
{
    Model model;
    Graph& graph = model.graph;
    const auto value = [&](const std::string& name) {
        graph.values.push_back({});
        graph.values.back().name = name;
        return static_cast<ValueIndex>(graph.values.size() - 1);
    };
    graph.inputs = {value("global_in")};
    graph.values[static_cast<std::size_t>(value("MatMul_0_param0"))].missing_data = "no file";
    for (const char* name : {"MatMul_0", "Relu_0", "Softmax_0"}) {
        graph.nodes.push_back({});
        graph.nodes.back().name = name;
    }
    return model;
}

Result<ConfigurationFile> read(const std::string& text)
{
    return readHls4mlConfiguration(text, "c.yml", smallModel());
}

Diagnostic problemOf(const std::string& text)
{
    const auto result = read(text);
    EXPECT_FALSE(result.ok()) << text;
    return result.ok() ? Diagnostic{} : result.error();
}

int lineOf(const Diagnostic& diagnostic)
{
    const auto* location = std::get_if<FileLocation>(&diagnostic.where);
    return location ? location->line : -1;
}

std::string formatOf(const ConfigurationFile& file, const std::string& layer, const std::string& slot)
{
    const auto& formats = file.configuration.layer(layer).formats;
    const auto found = formats.find(slot);
    return found == formats.end() ? "unset" : describe(found->second);
}

constexpr const char* kWhole = R"(Backend: Vitis
ClockPeriod: 4
ClockUncertainty: 12.5%
HLSConfig:
  LayerName:
    MatMul_0:
      Precision: {accum: auto, result: 'fixed<8,3,RND,SAT>', weight: 'ap_ufixed<4, 1>'}
      ReuseFactor: 4
      Strategy: Resource
      Trace: true
    Softmax_0:
      Precision: {result: auto, exp_table: 'fixed<18,8,RND,SAT,0>', table: 'fixed<18,8,TRN,WRAP,0>'}
      Implementation: legacy
      TableSize: 512
      Skip: false
      inv_table_t: fixed<17,6>
  LayerType:
    Dense: {Precision: {default: 'fixed<12,4>'}}
  Model:
    Precision: {default: 'fixed<16,6>', maximum: 'fixed<20,10>'}
    ReuseFactor: 1
    Strategy: Latency
    BramFactor: 1000000000
IOType: io_stream
OnnxModel: !keras_model 'a/b.onnx'
OutputDir: prj
Part: xc7z020clg400-1
)";

TEST(Hls4mlYaml, EveryKeyFindsItsPlace)
{
    const auto file = read(kWhole);
    ASSERT_TRUE(file.ok()) << file.error().rendered();
    const Configuration& c = file->configuration;
    EXPECT_EQ(c.design.io_type, IoType::Stream);
    EXPECT_EQ(c.design.part, "xc7z020clg400-1");
    EXPECT_EQ(c.design.clock_ns, 4);
    EXPECT_EQ(c.design.clock_uncertainty_percent, 12.5);
    EXPECT_EQ(formatOf(*file, "MatMul_0", slots::kResult), "fixed<8,3,RND,SAT>");
    EXPECT_EQ(formatOf(*file, "MatMul_0", slots::kWeight), "ufixed<4,1>");
    EXPECT_EQ(formatOf(*file, "MatMul_0", slots::kAccumulator), "auto");
    EXPECT_EQ(formatOf(*file, "MatMul_0", slots::kBias), "unset");
    EXPECT_EQ(formatOf(*file, "Softmax_0", slots::kInverseTable), "fixed<17,6>");
    EXPECT_EQ(describe(c.model.formats.at(slots::kMaximum)), "fixed<20,10>");
    EXPECT_EQ(describe(c.layer_types.at("dense").formats.at(slots::kDefault)), "fixed<12,4>");
    EXPECT_EQ(describe(c.layer("MatMul_0").tunables.at(tunables::kReuseFactor)), "4");
    EXPECT_EQ(describe(c.layer("MatMul_0").tunables.at(tunables::kStrategy)), "resource");
    EXPECT_EQ(describe(c.layer("Softmax_0").tunables.at(tunables::kImplementation)), "legacy");
    EXPECT_EQ(describe(c.layer("Softmax_0").tunables.at(tunables::kTableSize)), "512");
    EXPECT_TRUE(file->findings.empty()) << file->findings.front().rendered();
}

TEST(Hls4mlYaml, ReadingWhatWasWrittenGivesTheSameConfiguration)
{
    const auto file = read(kWhole);
    ASSERT_TRUE(file.ok());
    const std::string text = writeHls4mlConfiguration(file->configuration, smallModel(), {});
    EXPECT_THAT(text, HasSubstr("keras_model"));
    const auto again = read(text);
    ASSERT_TRUE(again.ok()) << again.error().rendered() << text;
    EXPECT_EQ(again->configuration, file->configuration) << text;
    EXPECT_EQ(writeHls4mlConfiguration(again->configuration, smallModel(), {}), text);
}

TEST(Hls4mlYaml, BareGeneratorDictionaryIsReadToo)
{
    const auto file = read("Model: {Precision: 'fixed<10,4>', ReuseFactor: 2}\nLayerName: {Relu_0: {Precision: auto}}\n");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(describe(file->configuration.model.formats.at(slots::kDefault)), "fixed<10,4>");
    EXPECT_EQ(formatOf(*file, "Relu_0", slots::kDefault), "auto");
}

TEST(Hls4mlYaml, AccumulatorKeyBeatsPrecisionWhateverTheOrder)
{
    for (const char* text : {"Model: {}\nLayerName: {MatMul_0: {accum_t: 'fixed<9,4>', Precision: {accum: auto}}}",
                             "Model: {}\nLayerName: {MatMul_0: {Precision: {accum: auto}, accum_t: 'fixed<9,4>'}}"}) {
        const auto file = read(text);
        ASSERT_TRUE(file.ok());
        EXPECT_EQ(formatOf(*file, "MatMul_0", slots::kAccumulator), "fixed<9,4>");
    }
}

TEST(Hls4mlYaml, TableBelowPrecisionIsKeptAndReported)
{
    const auto file = read("Model: {}\nLayerName:\n  Relu_0:\n    Precision:\n      table: fixed<12,4>\n");
    ASSERT_TRUE(file.ok());
    ASSERT_EQ(file->findings.size(), 1u);
    EXPECT_EQ(file->findings[0].code, DiagnosticCode::ConfigurationKeyWithoutEffect);
    EXPECT_EQ(lineOf(file->findings[0]), 5);
    EXPECT_EQ(formatOf(*file, "Relu_0", slots::kTable), "unset");
    EXPECT_THAT(writeHls4mlConfiguration(file->configuration, smallModel(), {}), HasSubstr("table: fixed<12,4>"));
}

TEST(Hls4mlYaml, NamesThatHls4mlMadeFillWhatTheNodeLeavesOpen)
{
    const auto file = read("Model: {}\nLayerName:\n  Dense_MatMul_0: {Precision: {result: 'fixed<5,2>', weight: 'fixed<4,1>'}}\n"
                           "  MatMul_0: {Precision: {result: auto}}\n");
    ASSERT_TRUE(file.ok());
    EXPECT_TRUE(file->findings.empty());
    EXPECT_EQ(formatOf(*file, "MatMul_0", slots::kResult), "auto");
    EXPECT_EQ(formatOf(*file, "MatMul_0", slots::kWeight), "fixed<4,1>");
}

TEST(Hls4mlYaml, UnknownNamesAreReportedWithTheNearest)
{
    const auto file = read("Model: {}\nLayerName:\n  MatMul_O: {ReuseFactor: 2}\n  MatMul_0_param0: {Trace: false}\n"
                           "LayerType: {InputLayer: {Trace: false}, Dence: {ReuseFactor: 2}}\nNonsense: 1\n");
    ASSERT_TRUE(file.ok());
    ASSERT_EQ(file->findings.size(), 4u);
    EXPECT_EQ(file->findings[0].code, DiagnosticCode::ConfigurationLayerUnknown);
    EXPECT_EQ(lineOf(file->findings[0]), 3);
    EXPECT_THAT(file->findings[0].remedy, HasSubstr("MatMul_0"));
    EXPECT_EQ(file->findings[1].code, DiagnosticCode::ConfigurationKeyWithoutEffect);
    EXPECT_THAT(file->findings[1].remedy, HasSubstr("Input"));
    EXPECT_THAT(file->findings[2].remedy, HasSubstr("Dense"));
    EXPECT_EQ(file->findings[3].code, DiagnosticCode::ConfigurationKeyUnknown);
}

TEST(Hls4mlYaml, ImpossibleValuesNameTheirLine)
{
    const auto layer = [](const std::string& body) { return "Model: {}\nLayerName:\n  MatMul_0:\n    " + body + "\n"; };
    EXPECT_EQ(lineOf(problemOf(layer("Precision: {weight: 'fixed<0,0>'}"))), 4);
    EXPECT_EQ(lineOf(problemOf(layer("Precision: {weight: banana}"))), 4);
    EXPECT_EQ(problemOf(layer("Precision: {weight: float}")).code, DiagnosticCode::FormatUnsupported);
    EXPECT_EQ(lineOf(problemOf(layer("ReuseFactor: 0"))), 4);
    EXPECT_EQ(lineOf(problemOf(layer("ReuseFactor: 1.5"))), 4);
    EXPECT_EQ(lineOf(problemOf(layer("Strategy: Fast"))), 4);
    EXPECT_EQ(lineOf(problemOf(layer("TableSize: []"))), 4);
    EXPECT_EQ(lineOf(problemOf("HLSConfig: {}\nIOType: io_serial\n")), 2);
    EXPECT_EQ(lineOf(problemOf("HLSConfig: {}\nClockPeriod: -3\n")), 2);
    EXPECT_EQ(problemOf("Model: {Precision: {default: auto}}\n").code, DiagnosticCode::ConfigurationValue);
}

TEST(Hls4mlYaml, WhatIsNoConfigurationIsRefusedInOneSentence)
{
    EXPECT_EQ(problemOf("[1, 2]").code, DiagnosticCode::ConfigurationShape);
    EXPECT_EQ(problemOf("").code, DiagnosticCode::ConfigurationShape);
    EXPECT_EQ(problemOf("a: b: c\n").code, DiagnosticCode::ConfigurationSyntax);
    EXPECT_EQ(problemOf("HLSConfig: {LayerName: 3}\n").code, DiagnosticCode::ConfigurationShape);
    EXPECT_EQ(problemOf("HLSConfig: {LayerName: {MatMul_0: 3}}\n").code, DiagnosticCode::ConfigurationShape);
    EXPECT_EQ(problemOf(std::string("a: \"\xff\0", 6)).code, DiagnosticCode::ConfigurationSyntax);
    EXPECT_FALSE(read(std::string(100000, '[')).ok());
    EXPECT_FALSE(read("a: &a [*a]\n").ok());
}

TEST(Hls4mlYaml, AliasesCannotMultiplyTheWork)
{
    std::string text = "HLSConfig: {}\nx0: &x0 [1,1,1,1,1,1,1,1,1,1]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string last = "*x" + std::to_string(i - 1);
        text += "x" + std::to_string(i) + ": &x" + std::to_string(i) + " [";
        for (int k = 0; k < 10; ++k)
            text += last + (k < 9 ? "," : "]\n");
    }
    EXPECT_EQ(problemOf(text).code, DiagnosticCode::ConfigurationTooLarge);
}

TEST(Hls4mlYaml, EveryStoredConfigurationSurvivesTheRoundTrip)
{
    if (!test::hasSharedData())
        GTEST_SKIP() << "needs the larger test data";
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(test::sharedData("hls4ml"))) {
        std::ifstream stream(entry.path() / "config.yml");
        std::stringstream text;
        text << stream.rdbuf();
        const auto file = read(text.str());
        ASSERT_TRUE(file.ok()) << entry.path() << file.error().rendered();
        const auto again = read(writeHls4mlConfiguration(file->configuration, smallModel(), {}));
        ASSERT_TRUE(again.ok()) << entry.path() << again.error().rendered();
        EXPECT_EQ(again->configuration, file->configuration) << entry.path();
        ++count;
    }
    EXPECT_GT(count, 100);
}

} // namespace
} // namespace bitwright
