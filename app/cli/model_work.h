// SPDX-License-Identifier: GPL-3.0-or-later
/// What most verbs begin with: the model, its configuration, its data.
#pragma once

#include <memory>
#include <string>

#include "arguments.h"
#include "configuration/configuration.h"
#include "dataset/dataset.h"
#include "evaluation/evaluator.h"
#include "flows/flow.h"
#include "model/model.h"
#include "project/project.h"
#include "session.h"
#include "support/result.h"

namespace bitwright::cli {

/// Reads the model and reports the findings of the import.
Result<std::shared_ptr<const Model>> openModel(const std::string& path, Session& session);

/// The flow of that name, or the first for "". @error FlowUnknown with the known ones
Result<const FlowDescriptor*> chooseFlow(const std::string& name);

/// A model in a flow with a configuration: everything that `emulate`, `estimate` and `export` need.
struct Work {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Dataset> data; ///< null where none was wanted
    std::unique_ptr<Evaluator> evaluator;
    Configuration configuration;
};

enum class DataNeed {
    None,
    Given,      ///< --input is required
    OrProject,  ///< --input, else the project's own
    OrSynthetic ///< --input, else the project's own, else random samples
};

/// Reads MODEL (a model file, or a project that names one), --config, --flow, --input, --labels, and applies
/// --part, --clock-ns and --io-type over them.
Result<Work> openWork(const Arguments& arguments, Session& session, DataNeed need);

/// `NAME=file` and `file` arguments by name; "" for the unnamed one. A name is only taken as such when the file
/// of the whole text does not exist. @error OptionRepeated
Result<std::map<std::string, std::string>> namedFiles(const std::vector<std::string>& arguments,
                                                      const std::string& option);

/// Writes outputs to the files that --output names, in the leading form of the data.
/// @p names are the model's output names, in order. @error OutputUnknown, FileUnwritable, ...
Result<void> writeOutputs(const std::vector<Tensor>& outputs, const std::vector<std::string>& names,
                          const Dataset& data, const Arguments& arguments, Session& session);

/// The circuit of the work's configuration; reports findings. @error CircuitMissing, and the flow's own
Result<std::shared_ptr<const Lowering>> lowerWork(Work& work, Session& session);

std::vector<std::string> outputNames(const Model& model);

} // namespace bitwright::cli
