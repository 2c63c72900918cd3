// SPDX-License-Identifier: GPL-3.0-or-later
/// Project folders for Vitis HLS and Vivado HLS: our C++ templates, constants as codes, scripts, a test bench.
#pragma once

#include "exporters/export.h"

namespace bitwright {

Result<ExportReport> writeVitisProject(const Circuit& circuit, const ExportOptions& options);
Result<ExportReport> writeVivadoProject(const Circuit& circuit, const ExportOptions& options);

/// Name of the file that marks a folder as an export of ours.
inline constexpr const char* kExportMarker = "bitwright_export.json";

} // namespace bitwright
