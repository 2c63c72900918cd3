// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/evaluation.h"

namespace bitwright {

const ValueReport* Evaluation::ofLayer(const std::string& id) const
{
    for (auto report = values.rbegin(); report != values.rend(); ++report) {
        if (report->layer == id) return &*report;
    }
    return nullptr;
}

} // namespace bitwright
