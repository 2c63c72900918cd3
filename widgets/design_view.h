// SPDX-License-Identifier: GPL-3.0-or-later
/// What views show of one design: shared immutable values, each with the mark whether it is of this moment.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "configuration/configuration.h"
#include "dataset/dataset.h"
#include "estimator/estimator.h"
#include "evaluation/evaluation.h"
#include "flows/flow.h"
#include "model/model.h"

namespace bitwright {

struct DesignView {
    std::shared_ptr<const Model> model;       ///< as imported
    std::shared_ptr<const Model> normal_form;
    std::shared_ptr<const Dataset> data;
    std::shared_ptr<const Configuration> configuration; ///< never stale
    std::shared_ptr<const Configuration> initial; ///< what the flow starts this model with; edits show against it
    std::shared_ptr<const std::vector<Layer>> layers;
    std::shared_ptr<const Lowering> lowering;
    std::shared_ptr<const Estimate> estimate;
    std::shared_ptr<const Evaluation> evaluation; ///< newest, perhaps of the first samples only
    std::shared_ptr<const Evaluation> statistics; ///< newest that knows what happens inside
    std::shared_ptr<const Estimate> baseline_estimate;     ///< what changes are shown against
    std::shared_ptr<const Evaluation> baseline_evaluation; ///< the same for quality
    std::optional<Diagnostic> cost_problem;    ///< why there is no estimate
    std::optional<Diagnostic> quality_problem; ///< why there is no evaluation
    bool is_cost_stale = false;       ///< lowering and estimate are of an earlier configuration
    bool is_quality_stale = false;    ///< evaluation is of an earlier configuration
    bool is_statistics_stale = false; ///< statistics are of an earlier configuration

    explicit operator bool() const { return model != nullptr; }
    std::size_t layerCount() const { return layers ? layers->size() : 0; }
    /// nullptr where there is no such layer. @cost linear
    const Layer* findLayer(const std::string& id) const;
    const EffectiveLayer* effective(const std::string& id) const;
    /// The format of a slot after lowering; nothing where lowering has none.
    std::optional<Resolved<NumberFormat>> effectiveFormat(const std::string& id, const std::string& slot) const;
    std::optional<Resolved<TunableChoice>> effectiveTunable(const std::string& id, const std::string& name) const;
    /// What the user chose for exactly this layer and slot.
    std::optional<FormatChoice> decidedFormat(const std::string& id, const std::string& slot) const;
    /// Whether the user has chosen something else for this layer and slot or tunable than the flow starts with.
    bool isFormatEdited(const std::string& id, const std::string& slot) const;
    bool isTunableEdited(const std::string& id, const std::string& name) const;
    bool isLayerEdited(const std::string& id) const;
    const Cost* cost(const std::string& id) const;
    const Cost* baselineCost(const std::string& id) const;
    const ValueReport* report(const std::string& id) const;
    /// All findings of import, lowering and evaluation, worst first, in a stable order.
    Diagnostics findings() const;
};

/// The slot whose format the layer hands on: "result" where it has one, else the last.
std::string mainSlot(const Layer& layer);

} // namespace bitwright
