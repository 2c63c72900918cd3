// SPDX-License-Identifier: GPL-3.0-or-later
/// circuit -> project folder: the list of targets and the one function that writes any of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "circuit/circuit.h"
#include "model/tensor.h"
#include "support/facet.h"
#include "support/result.h"

namespace bitwright {

struct ExportOptions {
    std::string target = "vitis_hls";
    std::string folder;                                    ///< new, empty, or an earlier export that holds nothing else
    std::string configuration_text;                        ///< kept in the project as a record; empty: none
    std::string configuration_file = "hls4ml_config.yml"; ///< its name there
    /// Inputs of the test bench, one tensor per circuit input, [samples, ...] in the file's own element order;
    /// empty: one sample of zeros.
    std::vector<Tensor> test_inputs;
    /// What the emulator answers to them, as `EmulatorRun::outputs`; empty: the test bench compares nothing.
    std::vector<Tensor> test_outputs;
};

struct ExportReport {
    std::string folder;             ///< as given
    std::string project;            ///< name of the top function
    std::vector<std::string> files; ///< relative, sorted
    std::int64_t bytes = 0;
};

struct ExportTarget {
    std::string_view name;  ///< "vitis_hls"
    std::string_view title; ///< shown to people
    Facet<Result<ExportReport>(const Circuit&, const ExportOptions&)> write;
};

/// The one list, in the order in which it is shown.
std::span<const ExportTarget> exportTargets();
const ExportTarget* findExportTarget(std::string_view name);

/// Writes the project; the folder appears whole or not at all.
/// @error ExportTargetUnknown, ExportTargetUnsupported, ExportPrimitiveUnsupported, ExportFormatUnsupported,
///        ArrayShape, FolderNotEmpty, FolderUnwritable, FileUnwritable
Result<ExportReport> exportProject(const Circuit& circuit, const ExportOptions& options);

} // namespace bitwright
