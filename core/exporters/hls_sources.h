// SPDX-License-Identifier: GPL-3.0-or-later
/// The C++ files of an HLS project, as texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "circuit/circuit.h"
#include "circuit/hls_fragment.h"
#include "support/result.h"

namespace bitwright {

/// A port of the top function.
struct HlsPort {
    std::string name;    ///< of the parameter
    std::string type;    ///< of one element
    std::int64_t elements = 0;
    Transport transport;
    CircuitIndex value = -1;
    bool is_forwarded = false; ///< an output whose value has other readers too, or is an input
};

/// What all files of a project are written from.
struct HlsProjectParts {
    std::string project; ///< name of the top function
    std::vector<HlsPort> inputs;
    std::vector<HlsPort> outputs;
    std::vector<HlsFragment> fragments; ///< one per primitive
};

/// The project name as the name of a C++ function and of files.
std::string hlsProjectName(std::string_view name);
/// @p text for comments and tables: printable ASCII without what C++, Tcl, shell or Markdown could take for syntax.
std::string hlsPlainText(std::string_view text);

/// @error ExportPrimitiveUnsupported, ExportFormatUnsupported, ExportEmpty
Result<HlsProjectParts> hlsProjectParts(const Circuit& circuit);

std::string definesHeader(const Circuit& circuit);
std::string parametersHeader(const HlsProjectParts& parts);
std::string topHeader(const HlsProjectParts& parts);
std::string topSource(const Circuit& circuit, const HlsProjectParts& parts);

} // namespace bitwright
