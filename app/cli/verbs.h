// SPDX-License-Identifier: GPL-3.0-or-later
/// The verbs of the command line program; each is one file in `verbs/`.
#pragma once

#include <span>
#include <string_view>

#include "arguments.h"
#include "session.h"

namespace bitwright::cli {

/// Options that a verb takes, beyond --json; one bit each.
enum Option : unsigned {
    kInput = 1U << 0,
    kOutput = 1U << 1,
    kLabels = 1U << 2,
    kConfiguration = 1U << 3, ///< --config, --flow
    kDesign = 1U << 4,        ///< --part, --clock-ns, --io-type
    kTrace = 1U << 5,
    kStatistics = 1U << 6,
    kTiming = 1U << 7,
    kThreads = 1U << 8,
    kTarget = 1U << 9,
    kOut = 1U << 10,
    kVerify = 1U << 11,
    kStudy = 1U << 12,
    kForm = 1U << 13,
};

struct Verb {
    std::string_view name;
    std::string_view help;  ///< one sentence
    std::string_view files; ///< names of the positional arguments, "MODEL" or "A B"; "REPORT..." takes any number
    unsigned options = 0;
    int (*run)(const Arguments&, Session&) = nullptr; ///< @return exit code
};

/// The one list.
std::span<const Verb> verbs();

int runInfo(const Arguments& arguments, Session& session);
int runRun(const Arguments& arguments, Session& session);
int runEmulate(const Arguments& arguments, Session& session);
int runEvaluate(const Arguments& arguments, Session& session);
int runEstimate(const Arguments& arguments, Session& session);
int runEstimateTable(const Arguments& arguments, Session& session);
int runConfig(const Arguments& arguments, Session& session);
int runConvert(const Arguments& arguments, Session& session);
int runCompare(const Arguments& arguments, Session& session);
int runExport(const Arguments& arguments, Session& session);
int runRender(const Arguments& arguments, Session& session);
int runOps(const Arguments& arguments, Session& session);
int runParts(const Arguments& arguments, Session& session);
int runTargets(const Arguments& arguments, Session& session);
int runUnavailable(const Arguments& arguments, Session& session);

} // namespace bitwright::cli
