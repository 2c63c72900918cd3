// SPDX-License-Identifier: GPL-3.0-or-later
/// Results as text for people and as JSON for programs; one form for all verbs.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset/quality.h"
#include "estimator/estimator.h"
#include "evaluation/evaluation.h"
#include "evaluation/value_reports.h"
#include "session.h"

namespace bitwright::cli {

/// `samples`, `seconds`, `samples_per_second`: of inference alone.
void reportTiming(Session& session, std::int64_t samples, double seconds);
/// `values`: one entry per value inside the circuit.
void reportValues(Session& session, const std::vector<ValueReport>& values);
/// `accuracy`, `agreement`, `sqnr_db`, ...
void reportQuality(Session& session, const Quality& quality);
/// The estimate as an object with `layers` and `total`.
nlohmann::json toJson(const Estimate& estimate);
void printEstimate(Session& session, const Estimate& estimate);

} // namespace bitwright::cli
