// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"

#include "exit_code.h"
#include "support/version.h"
#include "verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bitwright::cli {
namespace {

void addFiles(CLI::App& command, const Verb& verb, Arguments& arguments)
{
    if (verb.files.empty()) return;
    const bool is_open = verb.files.ends_with("...");
    const auto count = static_cast<int>(std::count(verb.files.begin(), verb.files.end(), ' ')) + 1;
    CLI::Option* files = command.add_option("files", arguments.files, std::string(verb.files));
    files->required()->type_name("")->option_text(std::string(verb.files));
    if (is_open)
        files->expected(1, -1);
    else
        files->expected(count);
}

void addRunOptions(CLI::App& command, unsigned options, Arguments& arguments)
{
    // One value each time, so that `--input x.npy model.onnx` leaves the model to be the model.
    const auto repeated = [&](const char* name, std::vector<std::string>& target, const char* help) {
        command.add_option(name, target, help)->allow_extra_args(false)->type_name("[NAME=]FILE");
    };
    if ((options & kInput) != 0) repeated("--input", arguments.inputs, "Samples of an input (.npy); may be repeated");
    if ((options & kOutput) != 0) repeated("--output", arguments.outputs, "Where an output goes; may be repeated");
    if ((options & kLabels) != 0)
        command.add_option("--labels", arguments.labels, "Class numbers or one-hot rows (.npy)")->type_name("FILE");
    if ((options & kTrace) != 0)
        command.add_option("--trace", arguments.trace, "Folder for the values of every layer")->type_name("DIR");
    if ((options & kStatistics) != 0)
        command.add_flag("--stats", arguments.wants_statistics, "Ranges, wraps, saturations per layer");
    if ((options & kTiming) != 0)
        command.add_flag("--timing", arguments.wants_timing, "Seconds of inference alone and samples per second");
    if ((options & kThreads) != 0)
        command.add_option("--threads", arguments.threads, "Threads; 0 takes all cores")
            ->type_name("N")
            ->check(CLI::Range(0, 1024));
}

void addDesignOptions(CLI::App& command, unsigned options, Arguments& arguments)
{
    if ((options & kConfiguration) != 0) {
        command.add_option("--config", arguments.configuration, "hls4ml YAML or a Bitwright project")->type_name("FILE");
        command.add_option("--flow", arguments.flow, "How hardware is built; hls4ml where nothing is said")
            ->type_name("NAME");
    }
    if ((options & kDesign) != 0) {
        command.add_option("--part", arguments.part, "Device: its name or a unique beginning of it")->type_name("PART");
        command.add_option("--clock-ns", arguments.clock_ns, "Clock period in ns")->type_name("NS");
        command.add_option("--io-type", arguments.io_type, "io_parallel or io_stream")
            ->type_name("TYPE")
            ->check(CLI::IsMember({"io_parallel", "io_stream"}));
    }
    if ((options & kTarget) != 0)
        command.add_option("--target", arguments.target, "What to export; see the verb targets")
            ->required()
            ->type_name("NAME");
    if ((options & kOut) != 0)
        command.add_option("--out", arguments.out, "Where the result goes")->required()->type_name("PATH");
    if ((options & kVerify) != 0)
        command.add_flag("--verify", arguments.verifies, "Compile the result and compare it with the emulator");
    if ((options & kStudy) != 0) command.add_option("--study", arguments.study, "Study file")->type_name("FILE");
}

} // namespace

std::optional<int> readArguments(int argc, char** argv, Arguments& arguments)
{
    CLI::App app("Neural networks on FPGAs: bit-accurate results, estimates and exports from one configuration.",
                 "bitwright-cli");
    app.set_version_flag("--version", "bitwright-cli " + std::string(programVersion()));
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::simple);
    for (const Verb& verb : verbs()) {
        CLI::App* command = app.add_subcommand(std::string(verb.name), std::string(verb.help));
        addFiles(*command, verb, arguments);
        addRunOptions(*command, verb.options, arguments);
        addDesignOptions(*command, verb.options, arguments);
        command->add_flag("--json", arguments.is_json, "Print one JSON object and nothing else");
        command->callback([&arguments, name = verb.name] { arguments.verb = std::string(name); });
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kOk : kUsage;
    }
    return std::nullopt;
}

} // namespace bitwright::cli
