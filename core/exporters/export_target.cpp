// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/export.h"

#include <algorithm>
#include <array>

#include "exporters/hls_project.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

constexpr std::array kTargets{
    ExportTarget{"vitis_hls", "Vitis HLS project", writeVitisProject},
    ExportTarget{"vivado_hls", "Vivado HLS project", writeVivadoProject},
    ExportTarget{"catapult", "Catapult HLS project", NotSupported{"There is no exporter for Catapult HLS."}},
    ExportTarget{"oneapi", "oneAPI project", NotSupported{"There is no exporter for oneAPI."}},
    ExportTarget{"hls4ml", "hls4ml script", NotSupported{"There is no exporter for hls4ml scripts."}},
    ExportTarget{"qonnx", "QONNX model", NotSupported{"There is no exporter for QONNX models."}},
    ExportTarget{"qdq", "ONNX model with QuantizeLinear", NotSupported{"There is no exporter for QDQ models."}},
    ExportTarget{"qcdq", "ONNX model with clipped QuantizeLinear", NotSupported{"There is no exporter for QCDQ models."}},
    ExportTarget{"finn", "FINN build", NotSupported{"There is no exporter for FINN."}},
    ExportTarget{"pynq", "PYNQ overlay", NotSupported{"There is no exporter for PYNQ overlays."}},
    ExportTarget{"cpp", "Plain C++", NotSupported{"There is no exporter for plain C++."}},
    ExportTarget{"tvm_ffi", "TVM FFI module", NotSupported{"There is no exporter for TVM FFI modules."}},
    ExportTarget{"report", "Report", NotSupported{"There is no exporter for reports."}},
};

} // namespace

std::span<const ExportTarget> exportTargets() { return kTargets; }

const ExportTarget* findExportTarget(std::string_view name)
{
    const auto found = std::find_if(kTargets.begin(), kTargets.end(),
                                    [&](const ExportTarget& target) { return target.name == name; });
    return found == kTargets.end() ? nullptr : &*found;
}

Result<ExportReport> exportProject(const Circuit& circuit, const ExportOptions& options)
{
    const ExportTarget* target = findExportTarget(options.target);
    if (target == nullptr) {
        std::string names;
        for (const ExportTarget& known : kTargets)
            if (known.write) names += (names.empty() ? "" : " or ") + std::string(known.name);
        return Diagnostic{DiagnosticCode::ExportTargetUnknown, {options.target}, {}, "Choose " + names + "."};
    }
    if (!target->write)
        return Diagnostic{DiagnosticCode::ExportTargetUnsupported, {options.target, std::string(target->write.reason())}};
    return target->write(circuit, options);
}

} // namespace bitwright
