// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "support/diagnostic_codes.h"
#include "support/file.h"
#include "support/sha256.h"
#include "support/test_data.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace bitwright {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

NumberFormat format(const std::string& text)
{
    return *parseNumberFormat(text);
}

/// A configuration that uses every kind of decision.
Configuration fullConfiguration()
{
    Configuration configuration;
    configuration.design = {IoType::Stream, "Vivado", "xc7z020clg400-1", 4.5, 12.5, "it's \"mine\"", {{"Key", "[1,2]"}}};
    configuration.model.formats[slots::kDefault] = format("fixed<16,6>");
    configuration.model.formats[slots::kMaximum] = Auto{};
    configuration.model.tunables[tunables::kReuseFactor] = std::int64_t{4};
    configuration.layer_types["dense"].formats[slots::kAccumulator] = format("ufixed<40,-3,RND_CONV,WRAP,2>");
    configuration.symbol_extents["N"] = 17;
    LayerSettings first;
    first.formats = {{slots::kWeight, format("fixed<8,2,RND,SAT>")}, {slots::kResult, Auto{}}};
    first.tunables = {{"skip", true}, {"strategy", std::string("resource")}, {"slope", 0.1}, {"size", std::int64_t{1024}}, {"x", Auto{}}};
    first.is_locked = true;
    first.note = "Zeile 1\nline 2 \xc3\xa4";
    first.unknown = {{"HLSConfig", "{\"a\":1}"}};
    configuration.setLayer("MatMul_0", first);
    configuration.setLayer("Relu/0 \"quoted\"", {});
    return configuration;
}

std::string write(const std::string& path, const std::string& text)
{
    EXPECT_TRUE(writeFileAtomically(path, text).ok());
    return path;
}

TEST(ProjectFile, RoundTripKeepsEverything)
{
    const std::string folder = test::temporaryFolder("round_trip");
    fs::create_directories(folder + "/nets");
    write(folder + "/nets/jet.onnx", "model");
    Result<Project> project = newProject(folder + "/nets/jet.onnx", fullConfiguration());
    ASSERT_TRUE(project.ok());
    project->data.inputs = {{"", write(folder + "/x.npy", "x")}};
    project->data.labels = write(folder + "/y.npy", "y");
    project->snapshots = {{"s1", "6 bit", "2024-05-01T12:00:00Z", fullConfiguration(), {{"accuracy", 0.75}}}};
    project->view = R"({"zoom":0.5})";
    const std::string path = folder + "/a.bitwright";
    ASSERT_TRUE(writeProject(path, *project).ok());
    EXPECT_FALSE(project->created.empty());

    const Result<ProjectFile> again = readProject(path);
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_TRUE(again->findings.empty());
    EXPECT_FALSE(again->is_read_only);
    EXPECT_EQ(again->project.configuration, fullConfiguration());
    EXPECT_EQ(again->project.model.path, project->model.path);
    EXPECT_EQ(again->project.model.sha256, sha256("model"));
    EXPECT_EQ(again->project.data.inputs, project->data.inputs);
    EXPECT_EQ(again->project.data.labels, project->data.labels);
    ASSERT_EQ(again->project.snapshots.size(), 1U);
    EXPECT_EQ(again->project.snapshots[0].configuration, fullConfiguration());
    EXPECT_EQ(again->project.snapshots[0].metrics.at("accuracy"), 0.75);
    EXPECT_EQ(Json::parse(again->project.view), Json::parse(project->view));
    EXPECT_EQ(again->project.created, project->created);
}

TEST(ProjectFile, TextIsSortedIndentedAndStable)
{
    const std::string folder = test::temporaryFolder("stable");
    Result<Project> project = newProject(write(folder + "/m.onnx", "m"), fullConfiguration());
    ASSERT_TRUE(project.ok());
    const std::string text = formatProject(*project, folder + "/p.bitwright");
    EXPECT_EQ(text, Json::parse(text).dump(2) + "\n");
    EXPECT_NE(text.find("\"path\": \"m.onnx\""), std::string::npos) << "the relative path";
    EXPECT_TRUE(isProjectText(text));
    EXPECT_FALSE(isProjectText("{}"));
    const Result<ProjectFile> again = parseProject(text, folder + "/p.bitwright");
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(formatProject(again->project, folder + "/p.bitwright"), text);
}

TEST(ProjectFile, KeepsUnknownKeysWhereTheirOwnersLive)
{
    const std::string folder = test::temporaryFolder("unknown");
    Result<Project> project = newProject(write(folder + "/m.onnx", "m"), fullConfiguration());
    ASSERT_TRUE(project.ok());
    project->data.inputs = {{"", folder + "/m.onnx"}};
    project->snapshots = {{"s1", "one", "", {}, {}}, {"s2", "two", "", {}, {}}};
    const std::string path = folder + "/p.bitwright";
    Json json = Json::parse(formatProject(*project, path));
    json["studies"] = {{{"id", 1}}};
    json["target"]["budgets"] = {{"lut", 0.7}};
    json["model"]["embedded"] = nullptr;
    json["layers"]["MatMul_0"]["colour"] = "red";
    json["layers"]["Relu/0 \"quoted\""]["colour"] = "blue";
    json["snapshots"][1]["thumb"] = "png";
    json["data"].push_back({{"role", "calibration"}, {"path", "z"}});
    json["data"][0]["sha256"] = "abc";
    write(path, json.dump());

    Result<ProjectFile> read = readProject(path);
    ASSERT_TRUE(read.ok()) << read.error().message();
    read->project.configuration.eraseLayer("Relu/0 \"quoted\"");
    read->project.snapshots.erase(read->project.snapshots.begin());
    ASSERT_TRUE(writeProject(path, read->project).ok());
    const Json saved = Json::parse(*readFile(path));
    EXPECT_EQ(saved["studies"], json["studies"]);
    EXPECT_EQ(saved["target"]["budgets"], json["target"]["budgets"]);
    EXPECT_TRUE(saved["model"].contains("embedded"));
    EXPECT_EQ(saved["layers"]["MatMul_0"]["colour"], "red");
    EXPECT_FALSE(saved["layers"].contains("Relu/0 \"quoted\""));
    EXPECT_EQ(saved["snapshots"][0]["thumb"], "png");
    EXPECT_EQ(saved["snapshots"].size(), 1U);
    EXPECT_EQ(saved["data"].size(), 2U);
    EXPECT_EQ(saved["data"][0]["sha256"], "abc");
    EXPECT_TRUE(fs::exists(path + ".bak"));
}

TEST(ProjectFile, NewerVersionOpensReadOnlyAndSkipsWhatItCannotRead)
{
    const std::string folder = test::temporaryFolder("newer");
    Result<Project> project = newProject(write(folder + "/m.onnx", "m"), fullConfiguration());
    Json json = Json::parse(formatProject(*project, folder + "/p"));
    json["version"] = 2;
    json["layers"]["MatMul_0"]["formats"]["weight"] = "posit<8,1>";
    const Result<ProjectFile> read = parseProject(json.dump(), folder + "/p");
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_TRUE(read->is_read_only);
    EXPECT_EQ(read->findings.at(0).code, DiagnosticCode::ProjectNewer);
    const LayerSettings& layer = read->project.configuration.layer("MatMul_0");
    EXPECT_FALSE(layer.formats.count("weight"));
    EXPECT_TRUE(layer.formats.count("result"));
}

TEST(ProjectFile, FindsTheModelWhereItWentAndSaysWhenItChanged)
{
    const std::string folder = test::temporaryFolder("moved");
    fs::create_directories(folder + "/a");
    fs::create_directories(folder + "/b");
    Result<Project> project = newProject(write(folder + "/a/m.onnx", "m"), {});
    ASSERT_TRUE(writeProject(folder + "/a/p.bitwright", *project).ok());

    fs::copy(folder + "/a/p.bitwright", folder + "/b/p.bitwright"); // only the project moved: absolute path
    Result<ProjectFile> read = readProject(folder + "/b/p.bitwright");
    EXPECT_EQ(read->project.model.path, folder + "/a/m.onnx");
    EXPECT_EQ(read->findings.at(0).code, DiagnosticCode::ProjectModelMoved);

    fs::rename(folder + "/a/m.onnx", folder + "/b/m.onnx"); // both moved: relative path
    read = readProject(folder + "/b/p.bitwright");
    EXPECT_EQ(read->project.model.path, folder + "/b/m.onnx");
    EXPECT_TRUE(read->findings.empty());

    read = readProject(folder + "/a/p.bitwright");
    EXPECT_EQ(read->findings.at(0).code, DiagnosticCode::ProjectModelMissing);

    write(folder + "/b/m.onnx", "n"); // same size, other bytes
    read = readProject(folder + "/b/p.bitwright");
    EXPECT_EQ(read->findings.at(0).code, DiagnosticCode::ProjectModelChanged);
}

TEST(ProjectFile, BadTextGetsOneSentenceWithItsPlace)
{
    const auto problem = [](const std::string& text) {
        const Result<ProjectFile> read = parseProject(text, "p.bitwright");
        return read ? "read" : read.error().rendered();
    };
    EXPECT_NE(problem("{\n\"format\": \n}").find("p.bitwright:3: error:"), std::string::npos);
    EXPECT_NE(problem("").find("not valid JSON"), std::string::npos);
    EXPECT_NE(problem(std::string(100000, '[')).find("not valid JSON"), std::string::npos);
    EXPECT_NE(problem("[1]").find("no entry"), std::string::npos);
    EXPECT_NE(problem(R"({"format":"bitwright-project"})").find("version"), std::string::npos);
    EXPECT_NE(problem(R"({"format":"bitwright-project","version":1.5})").find("version"), std::string::npos);
    EXPECT_NE(problem(R"({"format":"bitwright-project","version":1,"layers":{"A":{"formats":{"weight":"fixed<0"}}}})")
                  .find("'layers/A/formats/weight'"),
              std::string::npos);
    EXPECT_NE(problem(R"({"format":"bitwright-project","version":1,"target":{"clock_ns":"5"}})").find("'target/clock_ns'"),
              std::string::npos);
    EXPECT_NE(problem(R"({"format":"bitwright-project","version":1,"layers":[]})").find("'layers'"), std::string::npos);
    EXPECT_EQ(problem(R"({"format":"bitwright-project","version":1})"), "read");
}

TEST(ProjectFile, AnyByteMutationReadsOrSaysWhy)
{
    const std::string folder = test::temporaryFolder("mutation");
    Result<Project> project = newProject(write(folder + "/m.onnx", "m"), fullConfiguration());
    const std::string text = formatProject(*project, folder + "/p");
    std::uint32_t random = 1;
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string mutated = text;
        random = random * 1664525U + 1013904223U;
        mutated[random % text.size()] = static_cast<char>(random >> 24);
        const Result<ProjectFile> read = parseProject(mutated, folder + "/p");
        if (!read) {
            ++refused;
            EXPECT_FALSE(read.error().message().empty());
        } else {
            EXPECT_FALSE(formatProject(read->project, folder + "/p").empty());
        }
    }
    EXPECT_GT(refused, 100);
}

} // namespace
} // namespace bitwright
