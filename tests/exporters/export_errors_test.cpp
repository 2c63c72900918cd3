// SPDX-License-Identifier: GPL-3.0-or-later
// What an export refuses, and that it leaves nothing half-written.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporters/export.h"
#include "exporters/verification.h"
#include "exporters/random_circuit.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"
#include "support/test_data.h"

namespace bitwright::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct SmallProject {
    RandomCircuit random{7, IoType::Parallel};
    std::shared_ptr<const Circuit> circuit;
    std::vector<Tensor> inputs;
    std::vector<Tensor> wrong_outputs;

    SmallProject()
    {
        const CircuitIndex x = random.input({3}, FixedFormat{.width_bits = 8, .integer_bits = 3});
        circuit = random.finish({random.activation(x, ActivationFunction::Linear, FixedFormat{.width_bits = 8, .integer_bits = 3})});
        const std::vector<double> values{0.5, -1, 2, 1, 1, 1};
        inputs = {Tensor::of<double>({2, 3}, values)};
        wrong_outputs = {Tensor::of<double>({2, 3}, std::vector<double>{0.5, -1, 2, 1, 1.25, 1})};
    }
};

ExportOptions into(const std::string& folder)
{
    ExportOptions options;
    options.folder = folder;
    return options;
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

TEST(Export, NamesUnknownAndMissingTargets)
{
    SmallProject small;
    ExportOptions options = into(temporaryFolder("targets") + "/p");
    options.target = "verilog";
    EXPECT_EQ(exportProject(*small.circuit, options).error().code, DiagnosticCode::ExportTargetUnknown);
    options.target = "catapult";
    EXPECT_EQ(exportProject(*small.circuit, options).error().code, DiagnosticCode::ExportTargetUnsupported);
    for (const ExportTarget& target : exportTargets()) {
        const std::string reason(target.write.reason());
        EXPECT_TRUE(target.write || reason.ends_with(".")) << target.name;
    }
}

TEST(Export, RefusesAFolderWithOtherFiles)
{
    SmallProject small;
    const std::string folder = temporaryFolder("foreign");
    write(fs::path(folder) / "thesis.tex", "years of work");
    const auto report = exportProject(*small.circuit, into(folder));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, DiagnosticCode::FolderNotEmpty);
    EXPECT_EQ(*readFile(folder + "/thesis.tex"), "years of work");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST(Export, ReplacesItsOwnProjectOnlyWhileNothingWasAdded)
{
    SmallProject small;
    const std::string folder = temporaryFolder("again") + "/p";
    ASSERT_TRUE(exportProject(*small.circuit, into(folder)));
    ASSERT_TRUE(exportProject(*small.circuit, into(folder)));
    fs::create_directory(fs::path(folder) / "myproject_prj"); // a night of synthesis
    EXPECT_EQ(exportProject(*small.circuit, into(folder)).error().code, DiagnosticCode::FolderNotEmpty);
    EXPECT_TRUE(fs::exists(fs::path(folder) / "myproject_prj"));
}

TEST(Export, SaysWhereItCannotWrite)
{
    SmallProject small;
    const std::string folder = temporaryFolder("blocked");
    write(fs::path(folder) / "file", "x");
    const auto report = exportProject(*small.circuit, into(folder + "/file/p"));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, DiagnosticCode::FolderUnwritable);
    EXPECT_THAT(report.error().message(), HasSubstr(folder));
}

TEST(Export, RefusesFormatsWithoutAType)
{
    SmallProject small;
    small.random.circuit().values.front().format = Float32Format{};
    const auto report = exportProject(small.random.circuit(), into(temporaryFolder("formats") + "/p"));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, DiagnosticCode::ExportFormatUnsupported);
}

TEST(Export, KeepsTheConfigurationUnderAPlainName)
{
    SmallProject small;
    ExportOptions options = into(temporaryFolder("record") + "/p");
    options.configuration_text = "Model: {}\n";
    options.configuration_file = "../../my config?.yml";
    const auto report = exportProject(*small.circuit, options);
    ASSERT_TRUE(report);
    EXPECT_THAT(report->files, testing::Contains("my_config_.yml"));
    EXPECT_EQ(*readFile(options.folder + "/my_config_.yml"), "Model: {}\n");
}

TEST(Export, LetsNoNameBreakOutOfScripts)
{
    SmallProject small;
    Circuit& circuit = small.random.circuit();
    circuit.design.project_name = "x\"; exec touch /tmp/owned; #$(id)\n`id`";
    circuit.design.part = "xc7\"]; exec id [\n";
    circuit.primitives.front().name = "*/ } system(\"id\"); // \\\n#error";
    circuit.primitives.front().model_nodes = {"| `a` |\n# heading"};
    const std::string folder = temporaryFolder("hostile") + "/p";
    const auto report = exportProject(circuit, into(folder));
    ASSERT_TRUE(report) << report.error().rendered();
    for (const std::string& name : report->files) {
        if (name.starts_with("firmware/bw/")) continue;
        const std::string text = *readFile(folder + "/" + name);
        for (const char* poison : {"exec touch", "exec id", "$(id)", "`id`", "*/ }", "\n#error", "\n# heading"})
            EXPECT_EQ(text.find(poison), std::string::npos) << name << " holds " << poison;
    }
    EXPECT_TRUE(fs::exists(fs::path(folder) / "firmware" / (report->project + ".cpp")));
}

TEST(Verification, FindsTheFirstDifferentValue)
{
    SmallProject small;
    const std::string folder = temporaryFolder("differs") + "/p";
    ASSERT_TRUE(exportProject(*small.circuit, into(folder)));
    const auto report = verifyProject(*small.circuit, folder, small.inputs, small.wrong_outputs);
    ASSERT_TRUE(report) << report.error().rendered();
    EXPECT_EQ(report->samples, 2);
    EXPECT_EQ(report->values, 6);
    EXPECT_EQ(report->mismatches, 1);
    ASSERT_TRUE(report->first);
    EXPECT_EQ(report->first->sample, 1);
    EXPECT_EQ(report->first->element, 1);
    EXPECT_EQ(report->first->expected, 1.25);
    EXPECT_EQ(report->first->simulated, 1);
}

TEST(Verification, ShowsWhatTheCompilerSaid)
{
    SmallProject small;
    const std::string folder = temporaryFolder("broken") + "/p";
    ASSERT_TRUE(exportProject(*small.circuit, into(folder)));
    write(fs::path(folder) / "firmware" / "myproject.cpp", "this is not C++");
    const auto report = verifyProject(*small.circuit, folder, small.inputs, small.wrong_outputs);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, DiagnosticCode::VerificationCompileFailed);
    EXPECT_THAT(report.error().message(), HasSubstr("error:"));
}

TEST(Verification, RefusesWhatItCannotRun)
{
    SmallProject small;
    const std::string folder = temporaryFolder("cannot") + "/p";
    EXPECT_EQ(verifyProject(*small.circuit, folder, small.inputs, small.wrong_outputs).error().code,
              DiagnosticCode::ExportNotAProject);
    ASSERT_TRUE(exportProject(*small.circuit, into(folder)));
    EXPECT_EQ(verifyProject(*small.circuit, folder, {}, small.wrong_outputs).error().code,
              DiagnosticCode::ExportInputMissing);
    EXPECT_EQ(verifyProject(*small.circuit, folder, small.inputs, {}).error().code, DiagnosticCode::ArrayShape);
    VerificationOptions options;
    options.compiler = "no-such-compiler";
    EXPECT_EQ(verifyProject(*small.circuit, folder, small.inputs, small.wrong_outputs, options).error().code,
              DiagnosticCode::VerificationCompilerMissing);
    std::stop_source source;
    source.request_stop();
    options = {};
    options.stop = source.get_token();
    EXPECT_EQ(verifyProject(*small.circuit, folder, small.inputs, small.wrong_outputs, options).error().code,
              DiagnosticCode::Cancelled);
}

} // namespace
} // namespace bitwright::test
