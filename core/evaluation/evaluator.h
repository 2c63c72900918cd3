// SPDX-License-Identifier: GPL-3.0-or-later
/// configuration -> circuit, cost and quality, incrementally; the one road for window, command line and search.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "configuration/configuration.h"
#include "dataset/dataset.h"
#include "estimator/estimator.h"
#include "evaluation/evaluation.h"
#include "flows/flow.h"
#include "model/model.h"

namespace bitwright {

struct EvaluationOptions {
    std::uint64_t revision = 0;         ///< copied into every result
    bool wants_statistics = true;       ///< run pass 2
    std::int64_t preview_samples = 256; ///< size of the first batch; 0: no preview
    int threads = 0;                    ///< 0: all cores
};

/// The reference run over the data set.
struct ReferenceOutcome {
    std::vector<Tensor> outputs; ///< [samples, ...]
    Quality quality;             ///< accuracy etc. of the reference itself
};

/// One (model, flow, data set). All members may be called from any thread; `lower` and `estimate` are meant for the
/// thread that edits (well below a millisecond after an edit), `evaluate` and `reference` for a worker.
/// Results are cached by content, so undo and A/B comparison cost nothing.
class Evaluator {
public:
    /// @p data may be null: then `evaluate` and `reference` answer DataMissing.
    Evaluator(std::shared_ptr<const Model> model, const FlowDescriptor& flow, std::shared_ptr<const Dataset> data);
    ~Evaluator();
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;

    const std::shared_ptr<const Model>& model() const;      ///< as imported
    const std::shared_ptr<const Model>& normalModel() const; ///< its normal form
    const FlowDescriptor& flow() const;
    const std::shared_ptr<const Dataset>& data() const;

    /// The flow's layers under @p configuration. @error FlowCannot
    Result<std::vector<Layer>> layers(const Configuration& configuration) const;
    /// The configuration that the flow starts this model with. @error FlowCannot
    Result<Configuration> initialConfiguration() const;

    /// Lowers, sharing unchanged primitives with the previous call. @error of the flow
    Result<std::shared_ptr<const Lowering>> lower(const Configuration& configuration);
    /// Cost of the circuit of @p configuration. @error CircuitMissing, PartUnknown, PartAmbiguous
    Result<std::shared_ptr<const Estimate>> estimate(const Configuration& configuration);

    /// Emulates on the data set. @p deliver is called on the calling thread for every stage reached before the last;
    /// the last is returned. A result for the same circuit comes from the cache at once.
    /// @error DataMissing, CircuitMissing, Cancelled, and those of the flow and the emulator
    Result<Evaluation> evaluate(const Configuration& configuration, const EvaluationOptions& options = {},
                                std::stop_token stop = {},
                                const std::function<void(const Evaluation&)>& deliver = {});

    /// The reference run; computed once. @error DataMissing, Cancelled, and those of the reference run
    Result<std::shared_ptr<const ReferenceOutcome>> reference(std::stop_token stop = {});

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace bitwright
