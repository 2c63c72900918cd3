// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"

#include "exit_code.h"
#include "support/diagnostic_codes.h"
#include "support/text_distance.h"
#include "support/version.h"
#include "verbs.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bitwright::cli {
namespace {

/// One positional argument per word of @p verb.files, in that order, under its own name.
void addFiles(CLI::App& command, const Verb& verb, Arguments& arguments)
{
    std::string_view rest = verb.files;
    while (!rest.empty()) {
        const std::string word(rest.substr(0, rest.find(' ')));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        if (word.ends_with("...")) {
            command.add_option(word.substr(0, word.size() - 3), arguments.files)->required()->type_name("");
            continue;
        }
        command.add_option_function<std::string>(word, [&](const std::string& file) { arguments.files.push_back(file); })
            ->required()
            ->type_name("");
    }
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
    if ((options & kForm) != 0)
        command.add_option("--to", arguments.form, "Form of a model's quantisers; else what the name OUT says, or the other one")
            ->type_name("FORM")
            ->check(CLI::IsMember({"qonnx", "qcdq", "qdq"}));
    if ((options & kOut) != 0)
        command.add_option("--out", arguments.out, "Where the result goes")->required()->type_name("PATH");
    if ((options & kVerify) != 0)
        command.add_flag("--verify", arguments.verifies, "Compile the result and compare it with the emulator");
    if ((options & kStudy) != 0) command.add_option("--study", arguments.study, "Study file")->type_name("FILE");
}

/// Says so, with the verb that may be meant.
bool isUnknownVerb(const std::string& word)
{
    std::vector<std::string> names;
    for (const Verb& verb : verbs())
        names.emplace_back(verb.name);
    if (word.starts_with('-') || std::find(names.begin(), names.end(), word) != names.end()) return false;
    const Diagnostic problem{DiagnosticCode::VerbUnknown, {word}, {}, nearestNameRemedy(word, names)};
    fmt::print(stderr, "{}\n", problem.rendered());
    return true;
}

} // namespace

std::optional<int> readArguments(int argc, char** argv, Arguments& arguments)
{
    if (argc > 1 && isUnknownVerb(argv[1])) return kUsage;
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
