// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input is normal: one clear sentence, the right exit code, nothing half-written.
#include "cli/program.h"

#include "model/npy.h"
#include "support/atomic_file.h"
#include "support/file.h"
#include "support/test_data.h"

#include <algorithm>
#include <filesystem>
#include <regex>

#include <gtest/gtest.h>

namespace bitwright::test {
namespace {

namespace fs = std::filesystem;

const std::string kModel = sample("models/jets_mlp_w6a6.onnx");

/// The contract's form of a diagnostic line.
bool isDiagnosticLine(const std::string& line)
{
    static const std::regex form("^(.+: )?(error|warning|note): [A-Z'].*\\.$");
    return std::regex_match(line, form);
}

/// Runs, and expects this exit code, nothing on stdout and well-formed lines on stderr, one of them with @p word.
void expectRefusal(const std::string& folder, const std::vector<std::string>& arguments, int code, const std::string& word)
{
    const Outcome outcome = run(folder, arguments);
    EXPECT_EQ(outcome.code, code) << arguments[0] << " " << arguments[1] << "\n" << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find(word), std::string::npos) << word << " in " << outcome.err;
    std::size_t start = 0;
    for (std::size_t end = outcome.err.find('\n'); end != std::string::npos; end = outcome.err.find('\n', start)) {
        const std::string line = outcome.err.substr(start, end - start);
        EXPECT_TRUE(isDiagnosticLine(line)) << line;
        start = end + 1;
    }
    EXPECT_EQ(start, outcome.err.size()) << "the last line has no end";
}

std::string write(const std::string& path, const std::string& bytes)
{
    EXPECT_TRUE(writeFileAtomically(path, bytes).ok());
    return path;
}

TEST(CliBadInput, UsageErrorsExitWithOne)
{
    const std::string folder = temporaryFolder("usage");
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{}, {"nonsense"}, {"info"}, {"info", kModel, "--nonsense"}, {"info", kModel, "more"},
          {"export", kModel, "--out", "x"}, {"emulate", kModel, "--threads", "many"}, {"estimate", kModel, "--clock-ns", "x"}}) {
        const Outcome outcome = run(folder, arguments);
        EXPECT_EQ(outcome.code, 1) << outcome.err;
        EXPECT_FALSE(outcome.err.empty());
        EXPECT_EQ(outcome.out, "");
    }
    EXPECT_EQ(run(folder, {"--help"}).code, 0);
    EXPECT_EQ(run(folder, {"--version"}).code, 0);
}

TEST(CliBadInput, ModelFiles)
{
    const std::string folder = temporaryFolder("models");
    const std::string whole = *readFile(kModel);
    write(folder + "/empty.onnx", "");
    write(folder + "/cut.onnx", whole.substr(0, whole.size() / 2));
    write(folder + "/text.onnx", "this is no model");
    expectRefusal(folder, {"info", "none.onnx"}, 2, "none.onnx");
    expectRefusal(folder, {"info", "empty.onnx"}, 2, "empty.onnx");
    expectRefusal(folder, {"info", "cut.onnx"}, 2, "cut.onnx");
    expectRefusal(folder, {"info", "text.onnx"}, 2, "text.onnx");
    expectRefusal(folder, {"info", "."}, 2, "folder");
}

TEST(CliBadInput, Arrays)
{
    const std::string folder = temporaryFolder("arrays");
    write(folder + "/no.npy", "no array");
    ASSERT_TRUE(writeNpy(folder + "/shape.npy", Tensor::zeros(ElementType::Float32, {4, 15})).ok());
    ASSERT_TRUE(writeNpy(folder + "/complex.npy", Tensor::zeros(ElementType::Complex64, {4, 16})).ok());
    ASSERT_TRUE(writeNpy(folder + "/good.npy", Tensor::zeros(ElementType::Float32, {4, 16})).ok());
    ASSERT_TRUE(writeNpy(folder + "/labels.npy", Tensor::zeros(ElementType::Int64, {3})).ok());
    const std::string good = *readFile(folder + "/good.npy");
    write(folder + "/cut.npy", good.substr(0, good.size() - 1));
    for (const char* verb : {"run", "emulate"}) {
        expectRefusal(folder, {verb, kModel, "--input", "none.npy", "--output", "y.npy"}, 2, "none.npy");
        expectRefusal(folder, {verb, kModel, "--input", "no.npy", "--output", "y.npy"}, 2, "no.npy");
        expectRefusal(folder, {verb, kModel, "--input", "shape.npy", "--output", "y.npy"}, 2, "[4, 15]");
        expectRefusal(folder, {verb, kModel, "--input", "complex.npy", "--output", "y.npy"}, 2, "complex64");
        expectRefusal(folder, {verb, kModel, "--input", "cut.npy", "--output", "y.npy"}, 2, "cut.npy");
        expectRefusal(folder, {verb, kModel, "--input", "b=good.npy", "--output", "y.npy"}, 2, "'b'");
        expectRefusal(folder, {verb, kModel, "--output", "y.npy"}, 2, "--input");
    }
    expectRefusal(folder, {"evaluate", kModel, "--input", "good.npy", "--labels", "labels.npy"}, 2, "labels.npy");
    EXPECT_FALSE(fs::exists(folder + "/y.npy"));
}

TEST(CliBadInput, LabelThatNamesNoClass)
{
    const std::string folder = temporaryFolder("labels");
    const std::vector<std::int64_t> labels{0, 1, 17};
    ASSERT_TRUE(writeNpy(folder + "/x.npy", Tensor::zeros(ElementType::Float32, {3, 16})).ok());
    ASSERT_TRUE(writeNpy(folder + "/l.npy", Tensor::of<std::int64_t>({3}, labels)).ok());
    expectRefusal(folder, {"evaluate", kModel, "--input", "x.npy", "--labels", "l.npy"}, 2, "The label 17 of sample 2");
}

TEST(CliBadInput, Configurations)
{
    const std::string folder = temporaryFolder("configurations");
    write(folder + "/syntax.yml", "HLSConfig: [\n");
    write(folder + "/type.yml", "HLSConfig:\n  Model:\n    Precision: fixed<16,6\n    ReuseFactor: 1\n");
    write(folder + "/p.bitwright", "{\"format\": \"bitwright-project\", \"version\": 1, \"layers\": 3}");
    expectRefusal(folder, {"estimate", kModel, "--config", "none.yml"}, 2, "none.yml");
    expectRefusal(folder, {"estimate", kModel, "--config", "syntax.yml"}, 2, "syntax.yml");
    expectRefusal(folder, {"estimate", kModel, "--config", "type.yml"}, 2, "type.yml:3");
    expectRefusal(folder, {"estimate", kModel, "--config", "p.bitwright"}, 2, "layers");
    expectRefusal(folder, {"estimate", kModel, "--part", "no such part"}, 2, "no such part");
    expectRefusal(folder, {"estimate", kModel, "--clock-ns", "-1"}, 2, "-1 ns");
    expectRefusal(folder, {"estimate", kModel, "--flow", "nonsense"}, 2, "nonsense");
}

TEST(CliBadInput, TargetsThatCannotBeWritten)
{
    const std::string folder = temporaryFolder("targets");
    write(folder + "/file", "old");
    ASSERT_TRUE(writeNpy(folder + "/x.npy", Tensor::zeros(ElementType::Float32, {4, 16})).ok());
    expectRefusal(folder, {"run", kModel, "--input", "x.npy", "--output", "file/y.npy"}, 2, "file/y.npy");
    expectRefusal(folder, {"run", kModel, "--input", "x.npy", "--output", "/dev/full"}, 2, "the disk is full");
    expectRefusal(folder, {"config", kModel, "--output", "."}, 2, "folder");
    expectRefusal(folder, {"export", kModel, "--target", "vitis_hls", "--out", "file"}, 2, "file");
    EXPECT_EQ(*readFile(folder + "/file"), "old");
}

TEST(CliBadInput, JsonHoldsTheDiagnosticsAndNothingElseIsPrinted)
{
    const Outcome outcome = run(temporaryFolder("json"), {"info", "none.onnx", "--json"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err, "");
    const nlohmann::json json = outcome.json();
    ASSERT_TRUE(json.is_object());
    ASSERT_EQ(json["diagnostics"].size(), 1U);
    EXPECT_EQ(json["diagnostics"][0]["severity"], "error");
    EXPECT_EQ(json["diagnostics"][0]["code"], "FileNotFound");
    EXPECT_EQ(json["diagnostics"][0]["message"], "The file 'none.onnx' does not exist.");
}

} // namespace
} // namespace bitwright::test
