// SPDX-License-Identifier: GPL-3.0-or-later
/// The work behind the export dialog: emulate, write, compile, compare. Runs on a worker.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "exporters/export.h"
#include "exporters/verification.h"
#include "widgets/design_view.h"

namespace bitwright {

struct ExportRequest {
    std::string target;
    std::string folder;
    std::string configuration_text; ///< in the flow's own format, kept in the project
    bool wants_verification = true;
    std::int64_t samples = 1000; ///< of the design's data, at most
    std::shared_ptr<const Circuit> circuit;
    std::shared_ptr<const Dataset> data; ///< may be null: one sample of zeros
};

struct ExportEvent {
    const char* phase = nullptr; ///< while it runs
    std::optional<ExportReport> written;
    std::optional<VerificationReport> verified;
    std::optional<Diagnostic> problem;
    bool is_last = false;
};

/// Calls @p emit for each phase and, last, with what came of it.
void runExport(const ExportRequest& request, std::stop_token stop, const std::function<void(ExportEvent)>& emit);

} // namespace bitwright
