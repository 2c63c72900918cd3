// SPDX-License-Identifier: GPL-3.0-or-later
// Known devices.
#include "estimator/estimator.h"
#include "verbs.h"

namespace bitwright::cli {

int runParts(const Arguments&, Session& session)
{
    session.json()["parts"] = nlohmann::json::array();
    session.line("{:<28} {:<22} {:>10} {:>10} {:>7} {:>7} {:>6}", "part", "family", "LUT", "FF", "DSP", "BRAM18", "URAM");
    for (const Part& part : builtinParts()) {
        session.json()["parts"].push_back({{"name", part.name}, {"family", part.family}, {"vendor", part.vendor},
                                           {"lut", part.lut}, {"ff", part.ff}, {"dsp", part.dsp}, {"bram", part.bram},
                                           {"uram", part.uram}});
        session.line("{:<28} {:<22} {:>10.0f} {:>10.0f} {:>7.0f} {:>7.0f} {:>6.0f}", part.name, part.family, part.lut,
                     part.ff, part.dsp, part.bram, part.uram);
    }
    return kOk;
}

} // namespace bitwright::cli
