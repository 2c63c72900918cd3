// SPDX-License-Identifier: GPL-3.0-or-later
/// From a file to everything that a document needs: runs on a worker, polls for cancellation, touches no widget.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "evaluation/evaluator.h"
#include "project/project.h"
#include "widgets/design_view.h"

namespace bitwright {

/// What to open: a project, or a model with what belongs to it.
struct OpenRequest {
    std::string project; ///< a project file; model, configuration and data come from it. May be empty
    std::optional<Project> recovered; ///< what a crash left of `project`, or of one that was never saved
    std::int64_t recovered_edits = 0; ///< beyond the last save
    /// `recovered` is the open design itself and only its model file is read again.
    bool is_reload = false;
    std::string model;
    std::string configuration; ///< hls4ml YAML that replaces the flow's initial configuration; may be empty
    DatasetPaths data;         ///< empty: random samples, labelled as such
    std::int64_t random_samples = kSyntheticSamples; ///< how many of them
};

/// A design that is ready to be shown.
struct OpenedDesign {
    OpenRequest request;      ///< with the paths that were really used
    ProjectFile project;      ///< as read, or new
    std::shared_ptr<Evaluator> evaluator;
    DesignView view;      ///< with layers, lowering and estimate of the configuration
    Diagnostics findings; ///< of reading the configuration and the data
};

using PhaseReport = std::function<void(const char* phase, double share)>;

/// @error those of readProject, importModel, the flow, and Cancelled. Trouble with data or the estimate is a finding: the
/// design opens without.
Result<OpenedDesign> openDesign(OpenRequest request, std::stop_token stop, const PhaseReport& report);

/// Reads a configuration in the flow's own file format. @error those of readFile and of the flow
Result<ConfigurationFile> readConfigurationFile(const Evaluator& evaluator, const std::string& path);

/// Lowers and estimates @p configuration and puts the outcome into @p view.
void refreshCost(Evaluator& evaluator, DesignView& view);

} // namespace bitwright
