// SPDX-License-Identifier: GPL-3.0-or-later
#include "verbs.h"

#include <array>

namespace bitwright::cli {
namespace {

constexpr unsigned kCircuit = kConfiguration | kDesign;

constexpr std::array kVerbs{
    Verb{"info", "Inputs, outputs, operators, parameters and what is not supported.", "MODEL", kConfiguration, runInfo},
    Verb{"run", "Execute the model as its file defines it.", "MODEL", kInput | kOutput | kTrace | kThreads | kTiming, runRun},
    Verb{"emulate", "Bit-accurate result of the hardware.", "MODEL",
         kCircuit | kInput | kOutput | kTrace | kStatistics | kTiming | kThreads, runEmulate},
    Verb{"evaluate", "Accuracy, agreement with the reference, and the estimate.", "MODEL",
         kCircuit | kInput | kLabels | kStatistics | kThreads, runEvaluate},
    Verb{"estimate", "Resources and timing per layer and in total.", "MODEL", kCircuit, runEstimate},
    Verb{"estimate-table", "One prediction per row of structured layers or networks.", "ROWS", kOutput, runEstimateTable},
    Verb{"config", "The default configuration, fully written out.", "MODEL", kCircuit | kOutput, runConfig},
    Verb{"convert", "Between projects, hls4ml configuration files and quantised forms.", "IN OUT", kConfiguration | kForm, runConvert},
    Verb{"compare", "What differs between two models or two configurations.", "A B", kConfiguration, runCompare},
    Verb{"export", "Write a project folder, and verify it.", "MODEL",
         kCircuit | kInput | kTarget | kOut | kVerify | kThreads, runExport},
    Verb{"calibrate", "Fit the estimator to own synthesis reports.", "REPORT...", 0, runUnavailable},
    Verb{"search", "Search the design space.", "MODEL", kCircuit | kInput | kLabels | kStudy | kThreads, runUnavailable},
    Verb{"render", "The graph drawing as SVG.", "MODEL", kCircuit | kOut, runRender},
    Verb{"ops", "Which operators are covered, by what.", "", 0, runOps},
    Verb{"parts", "Known devices.", "", 0, runParts},
    Verb{"targets", "What can be exported.", "", 0, runTargets},
};

} // namespace

std::span<const Verb> verbs()
{
    return kVerbs;
}

} // namespace bitwright::cli
