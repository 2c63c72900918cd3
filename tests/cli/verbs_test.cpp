// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of the command line program: verbs, JSON, exit codes.
#include "cli/program.h"

#include "model/npy.h"
#include "support/file.h"
#include "support/test_data.h"

#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>

namespace bitwright::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const std::string kModel = sample("models/jets_mlp_w6a6.onnx");
const std::string kInput = sample("data/jets_x.npy");
const std::string kLabels = sample("data/jets_y.npy");

/// The first samples of the jets, so that a test takes no time.
std::string fewJets(const std::string& folder, std::int64_t count)
{
    const Result<Tensor> all = readNpy(kInput);
    const Tensor few(all->type(), {count, all->shape()[1]}, all->sharedBytes());
    EXPECT_TRUE(writeNpy(folder + "/few.npy", few).ok());
    return folder + "/few.npy";
}

TEST(CliInfo, SaysWhatTheModelHolds)
{
    const Outcome outcome = run(temporaryFolder("info"), {"info", kModel, "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    const Json json = outcome.json();
    for (const char* key : {"inputs", "outputs", "nodes", "operators", "parameters", "macs", "unsupported", "diagnostics"})
        EXPECT_TRUE(json.contains(key)) << key;
    EXPECT_EQ(json["macs"], 16 * 64 + 64 * 32 + 32 * 32 + 32 * 5);
    EXPECT_EQ(json["inputs"][0]["type"], "float32");
    EXPECT_EQ(json["operators"]["MatMul"], 4);
    EXPECT_TRUE(json["unsupported"].empty());
}

TEST(CliRun, WritesTheModelsOwnTypeInTheFormOfTheInput)
{
    const std::string folder = temporaryFolder("run");
    const Outcome outcome = run(folder, {"run", kModel, "--input", fewJets(folder, 50), "--output", "y.npy", "--trace", "t", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Result<Tensor> output = readNpy(folder + "/y.npy");
    ASSERT_TRUE(output.ok());
    EXPECT_EQ(output->type(), ElementType::Float32);
    EXPECT_EQ(output->shape(), (Shape{50, 5}));
    EXPECT_TRUE(fs::exists(folder + "/t/case.json"));
    EXPECT_TRUE(fs::exists(folder + "/t/trace/000.npy"));
    EXPECT_EQ(outcome.json()["outputs"][0]["shape"], Json({50, 5}));
}

TEST(CliEmulate, WritesFloat64TracesAndTiming)
{
    const std::string folder = temporaryFolder("emulate");
    const std::string input = fewJets(folder, 50);
    const Outcome outcome = run(folder, {"emulate", kModel, "--input", input, "--output", "y.npy", "--trace", "t",
                                         "--stats", "--timing", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Result<Tensor> output = readNpy(folder + "/y.npy");
    ASSERT_TRUE(output.ok());
    EXPECT_EQ(output->type(), ElementType::Float64);
    EXPECT_EQ(output->shape(), (Shape{50, 5}));
    const Json json = outcome.json();
    EXPECT_EQ(json["samples"], 50);
    EXPECT_GE(json["seconds"], 0.0);
    EXPECT_TRUE(json.contains("samples_per_second"));
    ASSERT_FALSE(json["trace"].empty());
    for (const Json& entry : json["trace"])
        EXPECT_TRUE(fs::exists(folder + "/t/" + entry["file"].get<std::string>()));
    ASSERT_FALSE(json["values"].empty());
    for (const char* key : {"wraps", "saturations", "underflows", "minimum", "maximum", "format", "log2_histogram"})
        EXPECT_TRUE(json["values"][0].contains(key)) << key;

    const Outcome one_thread = run(folder, {"emulate", kModel, "--input", input, "--output", "z.npy", "--threads", "1"});
    ASSERT_EQ(one_thread.code, 0);
    EXPECT_EQ(asDoubles(*readNpy(folder + "/z.npy")), asDoubles(*output));
}

TEST(CliEvaluate, GivesAccuracyAgreementAndTheEstimate)
{
    const Outcome outcome =
        run(temporaryFolder("evaluate"), {"evaluate", kModel, "--input", kInput, "--labels", kLabels, "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = outcome.json();
    EXPECT_GT(json["accuracy"], 0.7);
    EXPECT_GT(json["reference_accuracy"], 0.7);
    EXPECT_GT(json["agreement"], 0.9);
    EXPECT_EQ(json["confusion"].size(), 25U);
    EXPECT_FALSE(json["is_synthetic"]);
    EXPECT_GT(json["estimate"]["total"]["lut"]["value"], 0);
}

TEST(CliEvaluate, SaysWhenTheDataAreMadeUp)
{
    const Outcome outcome = run(temporaryFolder("synthetic"), {"evaluate", kModel, "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_TRUE(outcome.json()["is_synthetic"]);
    EXPECT_TRUE(outcome.json()["accuracy"].is_null());
}

TEST(CliEstimate, GivesEveryAmountWithItsInterval)
{
    const Outcome outcome = run(temporaryFolder("estimate"), {"estimate", kModel, "--part", "xc7z020", "--clock-ns", "8", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = outcome.json();
    EXPECT_EQ(json["part"].get<std::string>().rfind("xc7z020", 0), 0U);
    EXPECT_EQ(json["clock_ns"], 8);
    ASSERT_FALSE(json["layers"].empty());
    for (const char* amount : {"lut", "ff", "dsp", "bram", "uram", "latency_cycles", "ii"}) {
        for (const Json& owner : {json["total"], json["layers"][0]}) {
            ASSERT_TRUE(owner.contains(amount)) << amount;
            for (const char* key : {"value", "lo", "hi", "stage", "source"})
                EXPECT_TRUE(owner[amount].contains(key)) << amount << " " << key;
            EXPECT_LE(owner[amount]["lo"], owner[amount]["value"]);
            EXPECT_GE(owner[amount]["hi"], owner[amount]["value"]);
        }
    }
}

TEST(CliConfig, WhatItWritesIsWhatEmulateReads)
{
    const std::string folder = temporaryFolder("config");
    const std::string input = fewJets(folder, 20);
    ASSERT_EQ(run(folder, {"config", kModel, "--output", "c.yml"}).code, 0);
    ASSERT_EQ(run(folder, {"emulate", kModel, "--input", input, "--output", "a.npy"}).code, 0);
    const Outcome outcome = run(folder, {"emulate", kModel, "--config", "c.yml", "--input", input, "--output", "b.npy"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(asDoubles(*readNpy(folder + "/a.npy")), asDoubles(*readNpy(folder + "/b.npy")));
    const Outcome printed = run(folder, {"config", kModel});
    EXPECT_NE(printed.out.find("HLSConfig"), std::string::npos);
}

TEST(CliConvert, ProjectAndConfigurationFileMeanTheSame)
{
    const std::string folder = temporaryFolder("convert");
    ASSERT_EQ(run(folder, {"convert", kModel, "p.bitwright"}).code, 0);
    const Outcome to_yaml = run(folder, {"convert", "p.bitwright", "c.yml"});
    ASSERT_EQ(to_yaml.code, 0) << to_yaml.err;
    const Outcome same = run(folder, {"compare", "p.bitwright", "p.bitwright", "--json"});
    EXPECT_TRUE(same.json()["is_equal"]);
    const std::string input = fewJets(folder, 20);
    ASSERT_EQ(run(folder, {"emulate", kModel, "--config", "p.bitwright", "--input", input, "--output", "a.npy"}).code, 0);
    ASSERT_EQ(run(folder, {"emulate", kModel, "--config", "c.yml", "--input", input, "--output", "b.npy"}).code, 0);
    ASSERT_EQ(run(folder, {"emulate", "p.bitwright", "--input", input, "--output", "c.npy"}).code, 0);
    EXPECT_EQ(asDoubles(*readNpy(folder + "/a.npy")), asDoubles(*readNpy(folder + "/b.npy")));
    EXPECT_EQ(asDoubles(*readNpy(folder + "/a.npy")), asDoubles(*readNpy(folder + "/c.npy")));
    EXPECT_EQ(run(folder, {"convert", "p.bitwright", "model.qonnx"}).code, 3);
}

TEST(CliCompare, ListsWhatDiffers)
{
    const std::string folder = temporaryFolder("compare");
    const Outcome models = run(folder, {"compare", kModel, sample("models/jets_mlp_w3a3.onnx"), "--json"});
    ASSERT_EQ(models.code, 0) << models.err;
    EXPECT_EQ(models.json()["kind"], "models");
    EXPECT_FALSE(models.json()["is_equal"]);
    EXPECT_TRUE(run(folder, {"compare", kModel, kModel, "--json"}).json()["is_equal"]);
    ASSERT_EQ(run(folder, {"config", kModel, "--output", "a.yml"}).code, 0);
    ASSERT_EQ(run(folder, {"config", kModel, "--clock-ns", "7", "--output", "b.yml"}).code, 0);
    const Json difference = run(folder, {"compare", "a.yml", "b.yml", "--json"}).json()["differences"];
    ASSERT_EQ(difference.size(), 1U) << difference;
    EXPECT_EQ(difference[0]["place"], "target/clock_ns");
    EXPECT_EQ(run(folder, {"compare", kModel, "a.yml"}).code, 2);
}

TEST(CliExport, WritesAProjectOnceAndRefusesForeignFolders)
{
    const std::string folder = temporaryFolder("export");
    const std::string input = fewJets(folder, 20);
    const Outcome first = run(folder, {"export", kModel, "--target", "vitis_hls", "--out", "p", "--input", input, "--json"});
    ASSERT_EQ(first.code, 0) << first.err << first.out;
    EXPECT_TRUE(fs::is_directory(folder + "/p/firmware"));
    fs::create_directories(folder + "/theirs");
    ASSERT_TRUE(writeNpy(folder + "/theirs/x.npy", Tensor::zeros(ElementType::Float32, {1})).ok());
    EXPECT_EQ(run(folder, {"export", kModel, "--target", "vitis_hls", "--out", "theirs"}).code, 2);
    EXPECT_EQ(run(folder, {"export", kModel, "--target", "finn", "--out", "q"}).code, 3);
    EXPECT_EQ(run(folder, {"export", kModel, "--target", "nonsense", "--out", "q"}).code, 2);
    EXPECT_FALSE(fs::exists(folder + "/q"));
}

TEST(CliRender, DrawsWithoutADisplay)
{
    const std::string folder = temporaryFolder("render");
    const Outcome outcome = run(folder, {"render", kModel, "--out", "g.svg"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_GT(fs::file_size(folder + "/g.svg"), 1000U);
}

TEST(CliLists, AreThere)
{
    const std::string folder = temporaryFolder("lists");
    const Json operators = run(folder, {"ops", "--json"}).json()["operators"];
    ASSERT_GT(operators.size(), 30U);
    EXPECT_TRUE(operators[0]["flows"].contains("hls4ml"));
    EXPECT_GT(run(folder, {"parts", "--json"}).json()["parts"].size(), 10U);
    EXPECT_EQ(run(folder, {"targets", "--json"}).json()["targets"][0]["name"], "vitis_hls");
}

TEST(CliLists, ReadmeHoldsTheCoverageTable)
{
    const std::string readme = *readFile(BITWRIGHT_README);
    const std::string begin = "<!-- coverage table: begin -->\n";
    const std::size_t start = readme.find(begin) + begin.size();
    const std::size_t end = readme.find("<!-- coverage table: end -->");
    ASSERT_LT(start, end);
    EXPECT_EQ(readme.substr(start, end - start), run(temporaryFolder("coverage"), {"ops"}).out)
        << "Put the output of `bitwright-cli ops` between the marks.";
}

TEST(CliVerbs, WithoutAnEngineSaySo)
{
    const std::string folder = temporaryFolder("unavailable");
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"calibrate", "r.xml"}, {"search", kModel}}) {
        const Outcome outcome = run(folder, arguments);
        EXPECT_EQ(outcome.code, 3);
        EXPECT_EQ(outcome.err, "error: The verb '" + arguments[0] + "' has no engine in this version.\n");
        EXPECT_EQ(outcome.out, "");
    }
}

TEST(CliInterrupt, EndsTheRunWithItsOwnCode)
{
    const std::string folder = temporaryFolder("interrupt");
    const Outcome outcome = runAndSignal(folder, {"export", kModel, "--target", "vitis_hls", "--out", "p", "--verify"}, SIGINT, 1500);
    EXPECT_TRUE(outcome.code == 5 || outcome.code == 0) << outcome.code << outcome.err;
    EXPECT_EQ(outcome.code == 5, outcome.err.find("cancelled") != std::string::npos) << outcome.err;
}

} // namespace
} // namespace bitwright::test
