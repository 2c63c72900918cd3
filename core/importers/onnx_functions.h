// SPDX-License-Identifier: GPL-3.0-or-later
/// The model's own functions (onnx.proto, FunctionProto), and what replaces the calls of them.
#pragma once

#include <map>
#include <string>

#include "importers/onnx_import.h"

namespace bitwright {

/// A function as the file has it.
struct ImportedFunction {
    Graph body;
    std::map<std::string, Attribute> defaults; ///< of its attributes
};

/// By `domain::name`.
using FunctionLibrary = std::map<std::string, ImportedFunction>;

/// Reads the functions. Operator sets that only they import are added to the model's. Bodies become
/// Model::functions. @error FunctionCyclic as a finding
FunctionLibrary importFunctions(OnnxImport& import, onnx::ModelProto& proto, Model& model);

/// Replaces every call in the model's graph and its sub-graphs by the function's nodes.
/// @error FunctionExpansion as a finding, when the graph would grow beyond all reason
void expandFunctions(OnnxImport& import, const FunctionLibrary& functions, Model& model);

} // namespace bitwright
