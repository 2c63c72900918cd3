// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/readers.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "evaluation/compare.h"
#include "flows/flow.h"
#include "flows/hls4ml/yaml_read.h"
#include "importers/importer.h"
#include "importers/onnx_writer.h"
#include "model/npy.h"
#include "model/npz.h"
#include "project/project.h"
#include "rewrite/normal_form.h"
#include "rewrite/quantised_form.h"

namespace bitwright::test {
namespace {

namespace fs = std::filesystem;

/// A file of this process, in a folder of its own, so that external data find nothing.
std::string scratchFile(const std::string& bytes)
{
    const fs::path folder = fs::temp_directory_path() / ("bitwright_fuzz_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const fs::path path = folder / "input";
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path.string();
}

/// As far as the window goes when a file is dropped on it.
void readModel(const std::string& bytes)
{
    const auto model = importModel(scratchFile(bytes));
    if (!model) return;
    const auto normal = normalForm(**model);
    for (const FlowDescriptor* flow : builtinFlows())
        if (flow->layers && flow->initial) flow->layers(*normal, flow->initial(*normal));
    for (const QuantiserForm form : {QuantiserForm::Qonnx, QuantiserForm::Pairs}) convertQuantisers(**model, form);
    (void)formatOnnx(**model, "copy.onnx");
    compareModels(**model, *normal);
}

void readArray(const std::string& bytes) { (void)parseNpy(bytes, "array"); }

void readArchive(const std::string& bytes) { (void)parseArray(bytes, "archive", {"x"}); }

void readConfiguration(const std::string& bytes) { (void)readHls4mlConfiguration(bytes, "c.yml", Model{}); }

void readProjectText(const std::string& bytes) { (void)parseProject(bytes, "p.bitwright"); }

constexpr std::array kReaders{
    Reader{"model", readModel},        Reader{"npy", readArray},
    Reader{"npz", readArchive},        Reader{"yaml", readConfiguration},
    Reader{"project", readProjectText},
};

} // namespace

std::span<const Reader> readers() { return kReaders; }

const Reader* findReader(std::string_view name)
{
    const auto found = std::find_if(kReaders.begin(), kReaders.end(), [&](const Reader& reader) { return reader.name == name; });
    return found == kReaders.end() ? nullptr : &*found;
}

} // namespace bitwright::test
