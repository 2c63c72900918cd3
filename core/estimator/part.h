// SPDX-License-Identifier: GPL-3.0-or-later
/// Devices that circuits are built for, and what they hold (estimation reference, section 7.2).
#pragma once

#include <string>
#include <vector>

#include "support/result.h"

namespace bitwright {

/// One device. LUTs of different vendors are different things: never put them on one scale.
struct Part {
    std::string name;   ///< "xcvu13p-flga2577-2-e"
    std::string family; ///< "Virtex UltraScale+"
    std::string vendor; ///< "AMD"
    double lut = 0, ff = 0, dsp = 0, bram = 0, uram = 0; ///< totals; BRAM in 18-kbit blocks
    std::string device;   ///< short name: "VU13P"
    std::string lut_kind; ///< "lut6", "alut", "lut4"
    std::string dsp_kind; ///< "DSP48E2 27x18"
    std::vector<std::string> boards;
    int slr_count = 1;
    double fastest_clock_ns = 0; ///< of the family's hard blocks in its best speed grade; 0 where unknown
    std::string status; ///< "seen" in a report, or "unverified"
};

/// Reads one file of `resources/parts`. @error PartsInvalid
Result<std::vector<Part>> parseParts(const std::string& text, const std::string& file_name);

const std::vector<Part>& builtinParts();

/// The part of that exact name (letter case and hyphens aside), else of that unique prefix, else the
/// device that a longer, complete order code begins with. @error PartUnknown, PartAmbiguous
Result<Part> findPart(const std::string& name);

} // namespace bitwright
