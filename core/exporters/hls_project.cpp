// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/hls_project.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "circuit/hls_text.h"
#include "exporters/code_text.h"
#include "exporters/hls_sources.h"
#include "exporters/hls_test_bench.h"
#include "support/atomic_file.h"
#include "support/embedded_resources.h"
#include "support/text_template.h"

namespace bitwright {

namespace fs = std::filesystem;

namespace {

using Files = std::map<std::string, std::string>; ///< text by relative path
using TemplateValues = std::map<std::string, std::string, std::less<>>;

/// Where the two tools differ.
struct HlsTool {
    std::string_view target;
    std::string_view title;
    std::string_view backend;
    std::string_view command;
    std::string_view standard; ///< of C++
    std::string_view open_solution;
};

constexpr HlsTool kVitis{"vitis_hls", "Vitis HLS", "vitis", "vitis-run --mode hls --tcl build_prj.tcl", "c++14",
                         "open_solution -reset \"solution1\" -flow_target vivado"};
constexpr HlsTool kVivado{"vivado_hls", "Vivado HLS", "vivado", "vivado_hls -f build_prj.tcl", "c++0x",
                          "open_solution -reset \"solution1\""};

/// A part as a word that Tcl takes literally.
std::string partName(std::string_view part)
{
    std::string result;
    for (char c : part)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_')
            result += c;
    return result;
}

/// A plain file name for the configuration record.
std::string recordName(const std::string& name)
{
    std::string result;
    for (char c : fs::path(name).filename().string().substr(0, 60))
        result += hlsIdentifier(std::string_view(&c, 1)).empty() && c != '.' && c != '_' && c != '-' ? '_' : c;
    return result.empty() || result.front() == '.' ? "configuration.txt" : result;
}

std::string formatRow(const Circuit& circuit, const HlsPort& port, const CircuitPort& from)
{
    std::string text = fmt::format("- `{}`: {} of `{}`, model tensor {} {}", port.name,
                                   port.elements == 1 ? "1 element" : fmt::format("{} elements", port.elements),
                                   hlsType(circuit.value(port.value).format).value_or(""), hlsPlainText(from.model_name),
                                   shapeText(from.model_shape));
    if (!from.element_order.empty()) text += ", channels last";
    return text + "\n";
}

std::string layerRow(const Circuit& circuit, const Primitive& primitive)
{
    std::string nodes;
    for (const std::string& node : primitive.model_nodes)
        nodes += (nodes.empty() ? "" : ", ") + hlsPlainText(node);
    return fmt::format("| `{}` | {} | {} |\n", hlsPrimitiveName(circuit, primitive), hlsPlainText(primitive.layer), nodes);
}

TemplateValues templateValues(const Circuit& circuit, const HlsProjectParts& parts, const HlsTool& tool,
                              const std::string& record)
{
    TemplateValues values;
    values["project"] = parts.project;
    values["title"] = tool.title;
    values["backend"] = tool.backend;
    values["command"] = tool.command;
    values["standard"] = tool.standard;
    values["open_solution"] = tool.open_solution;
    values["part"] = partName(circuit.design.part);
    values["clock_ns"] = fmt::format("{}", circuit.design.clock_ns);
    values["clock_uncertainty"] = fmt::format("{}%", circuit.design.clock_uncertainty_percent);
    values["io_type"] = circuit.design.io_type == IoType::Stream ? "io_stream" : "io_parallel";
    values["configuration_row"] =
        record.empty() ? "" : fmt::format("| `{}` | the configuration that this project was made from |\n", record);
    for (std::size_t k = 0; k < parts.inputs.size(); ++k)
        values["ports"] += formatRow(circuit, parts.inputs[k], circuit.inputs[k]);
    for (std::size_t k = 0; k < parts.outputs.size(); ++k)
        values["ports"] += formatRow(circuit, parts.outputs[k], circuit.outputs[k]);
    for (const Primitive& primitive : circuit.primitives)
        values["layers"] += layerRow(circuit, primitive);
    return values;
}

std::string markerText(const Circuit& circuit, const HlsProjectParts& parts, const HlsTool& tool)
{
    nlohmann::ordered_json marker;
    marker["program"] = "Bitwright";
    marker["version"] = 1;
    marker["target"] = tool.target;
    marker["project"] = parts.project;
    std::string outputs;
    const std::vector<ContentHash> hashes = valueHashes(circuit);
    ContentHasher hasher;
    for (const CircuitPort& output : circuit.outputs)
        hasher.add(hashes[static_cast<std::size_t>(output.value)]);
    marker["circuit"] = fmt::format("{:016x}", hasher.value());
    return marker.dump(2) + "\n";
}

Result<Files> testData(const Circuit& circuit, const ExportOptions& options)
{
    Files files;
    std::vector<PortCodes> inputs = zeroInputs(circuit);
    if (!options.test_inputs.empty()) {
        Result<std::vector<PortCodes>> codes = inputCodes(circuit, options.test_inputs);
        if (!codes) return codes.error();
        inputs = std::move(*codes);
    }
    for (std::size_t k = 0; k < inputs.size(); ++k)
        files["tb_data/" + inputFileName(k)] = codeLines(inputs[k]);
    for (std::size_t k = 0; k < std::min(options.test_outputs.size(), circuit.outputs.size()); ++k)
        if (const auto codes = outputCodes(circuit, k, options.test_outputs[k]))
            files["tb_data/" + expectedFileName(k)] = codeLines(*codes);
    return files;
}

Result<Files> projectFiles(const Circuit& circuit, const ExportOptions& options, const HlsTool& tool,
                           const HlsProjectParts& parts)
{
    Result<Files> data = testData(circuit, options);
    if (!data) return data.error();
    Files files = std::move(*data);
    const std::string record = options.configuration_text.empty() ? "" : recordName(options.configuration_file);
    if (!record.empty()) files[record] = options.configuration_text;

    const TemplateValues values = templateValues(circuit, parts, tool, record);
    for (const char* name : {"README.md", "build_prj.tcl", "csim.sh", "project.tcl"})
        files[name] = fillTemplate(embeddedText(fmt::format("hls/project/{}.in", name)), values);
    files[parts.project + "_test.cpp"] = testBenchSource(parts);
    files["firmware/defines.h"] = definesHeader(circuit);
    files["firmware/parameters.h"] = parametersHeader(parts);
    files[fmt::format("firmware/{}.h", parts.project)] = topHeader(parts);
    files[fmt::format("firmware/{}.cpp", parts.project)] = topSource(circuit, parts);
    for (const HlsFragment& fragment : parts.fragments)
        for (const HlsArray& array : fragment.arrays)
            files[fmt::format("firmware/weights/{}.h", array.name)] = arrayHeader(array);
    constexpr std::string_view kHeaders = "hls/bw_";
    for (const EmbeddedResource& file : embeddedResources())
        if (file.name.starts_with(kHeaders)) files[fmt::format("firmware/bw/{}", file.name.substr(4))] = file.text;
    files[kExportMarker] = markerText(circuit, parts, tool);
    return files;
}

/// Whether everything in @p folder is what an export writes or what its simulation leaves, so that nothing of the
/// user's is lost when it is replaced.
bool holdsOnlyAnExport(const fs::path& folder)
{
    std::error_code problem;
    if (!fs::is_regular_file(folder / kExportMarker, problem)) return false;
    for (auto entry = fs::directory_iterator(folder, problem); !problem && entry != fs::directory_iterator();
         entry.increment(problem)) {
        const std::string name = entry->path().filename().string();
        const bool is_tools_result = name.ends_with("_prj") || name.ends_with(".log");
        if (entry->is_directory(problem) && name != "firmware" && name != "tb_data" && name != "build") return false;
        if (is_tools_result) return false;
    }
    return !problem;
}

Result<ExportReport> writeFolder(const Files& files, const std::string& project, const std::string& target)
{
    const ExistingFolder existing = holdsOnlyAnExport(target) ? ExistingFolder::Replace : ExistingFolder::Refuse;
    Result<AtomicFolder> folder = AtomicFolder::create(target, existing);
    if (!folder) return folder.error();
    ExportReport report{.folder = target, .project = project};
    for (const auto& [name, text] : files) {
        if (Result<void> written = folder->write(name, text); !written) return written.error();
        report.files.push_back(name);
        report.bytes += static_cast<std::int64_t>(text.size());
    }
    std::error_code ignored; // the script also runs as `sh csim.sh`
    fs::permissions(fs::path(folder->path()) / "csim.sh",
                    fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add, ignored);
    if (Result<void> committed = folder->commit(); !committed) return committed.error();
    return report;
}

Result<ExportReport> writeProject(const Circuit& circuit, const ExportOptions& options, const HlsTool& tool)
{
    Result<HlsProjectParts> parts = hlsProjectParts(circuit);
    if (!parts) return parts.error();
    Result<Files> files = projectFiles(circuit, options, tool, *parts);
    if (!files) return files.error();
    return writeFolder(*files, parts->project, options.folder);
}

} // namespace

Result<ExportReport> writeVitisProject(const Circuit& circuit, const ExportOptions& options)
{
    return writeProject(circuit, options, kVitis);
}

Result<ExportReport> writeVivadoProject(const Circuit& circuit, const ExportOptions& options)
{
    return writeProject(circuit, options, kVivado);
}

} // namespace bitwright
