// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/evaluator.h"

#include "evaluation/pass_one.h"
#include "evaluation/value_mapping.h"
#include "evaluation/value_reports.h"
#include "ops/reference_run.h"
#include "rewrite/normal_form.h"
#include "support/diagnostic_codes.h"
#include "support/lru_cache.h"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

namespace bitwright {
namespace {

constexpr std::size_t kKeptLowerings = 64;
constexpr std::size_t kKeptEstimates = 64;
constexpr std::size_t kKeptEvaluationBytes = 64U << 20;
constexpr std::int64_t kTraceBytes = 256 << 20;  ///< for the values that are compared with the reference
constexpr std::int64_t kComparisonSamples = 2048; ///< more do not change an SQNR that anyone could see

std::size_t weightOf(const Evaluation& evaluation)
{
    return 4096 + evaluation.values.size() * (sizeof(ValueReport) + 2 * kBinCount * sizeof(std::int64_t));
}

/// Everything that a result depends on, names included because reports show them.
ContentHash resultKey(const Circuit& circuit, bool wants_statistics)
{
    ContentHasher hasher;
    for (const ContentHash hash : valueHashes(circuit))
        hasher.add(hash);
    for (const Primitive& primitive : circuit.primitives)
        hasher.text(primitive.name).text(primitive.layer);
    return hasher.add(wants_statistics).value();
}

} // namespace

struct Evaluator::State {
    State(std::shared_ptr<const Model> given, const FlowDescriptor& given_flow, std::shared_ptr<const Dataset> given_data)
        : model(std::move(given)), normal(normalForm(*model)), flow(given_flow), data(std::move(given_data))
    {
        if (data) inputs = emulatorInputs(*data);
    }

    /// What pass 2 compares with.
    struct Trace {
        std::int64_t samples = 0;
        std::map<std::string, Tensor> values;
    };

    const std::shared_ptr<const Model> model;
    const std::shared_ptr<const Model> normal;
    const FlowDescriptor& flow;
    const std::shared_ptr<const Dataset> data;
    std::vector<Tensor> inputs; ///< as the emulator wants them

    std::mutex cost_mutex; ///< guards the next
    CostCache costs;

    std::mutex mutex; ///< guards everything below
    LruCache<ContentHash, std::shared_ptr<const Lowering>> lowerings{kKeptLowerings};
    LruCache<ContentHash, std::shared_ptr<const Estimate>> estimates{kKeptEstimates};
    LruCache<ContentHash, std::shared_ptr<const Evaluation>> evaluations{kKeptEvaluationBytes};
    std::shared_ptr<const Lowering> last_lowering;
    std::shared_ptr<const EmulatorProgram> last_program;
    std::shared_ptr<const ReferenceOutcome> reference;
    std::shared_ptr<const Trace> trace;

    template <class Cache, class Key>
    auto cached(Cache& cache, const Key& key)
    {
        const std::lock_guard lock(mutex);
        return cache.find(key);
    }

    Diagnostic cannot(std::string_view reason) const
    {
        return Diagnostic{DiagnosticCode::FlowCannot, {std::string(flow.name), std::string(reason)}};
    }
    Result<std::shared_ptr<const EmulatorProgram>> program(const Lowering& lowering);
    Result<std::shared_ptr<const Trace>> referenceTrace(std::stop_token stop);
    Result<void> passOne(Evaluation& evaluation, const EmulatorProgram& program, const Circuit& circuit,
                         const ReferenceOutcome* expected, const EvaluationOptions& options, std::stop_token stop,
                         const std::function<void(const Evaluation&)>& deliver) const;
    Result<void> passTwo(Evaluation& evaluation, const EmulatorProgram& program, const Circuit& circuit,
                         const std::vector<Layer>& layers, int threads, std::stop_token stop);
};

Evaluator::Evaluator(std::shared_ptr<const Model> model, const FlowDescriptor& flow, std::shared_ptr<const Dataset> data)
    : m_state(std::make_unique<State>(std::move(model), flow, std::move(data)))
{
}

Evaluator::~Evaluator() = default;

const std::shared_ptr<const Model>& Evaluator::model() const { return m_state->model; }
const std::shared_ptr<const Model>& Evaluator::normalModel() const { return m_state->normal; }
const FlowDescriptor& Evaluator::flow() const { return m_state->flow; }
const std::shared_ptr<const Dataset>& Evaluator::data() const { return m_state->data; }

Result<std::vector<Layer>> Evaluator::layers(const Configuration& configuration) const
{
    if (!m_state->flow.layers) return m_state->cannot(m_state->flow.layers.reason());
    return m_state->flow.layers(*m_state->normal, configuration);
}

Result<Configuration> Evaluator::initialConfiguration() const
{
    if (!m_state->flow.initial) return m_state->cannot(m_state->flow.initial.reason());
    return m_state->flow.initial(*m_state->normal);
}

Result<std::shared_ptr<const Lowering>> Evaluator::lower(const Configuration& configuration)
{
    if (!m_state->flow.lower) return m_state->cannot(m_state->flow.lower.reason());
    const ContentHash key = contentHash(configuration);
    std::shared_ptr<const Lowering> previous;
    {
        const std::lock_guard lock(m_state->mutex);
        if (const auto found = m_state->lowerings.find(key)) return *found;
        previous = m_state->last_lowering;
    }
    Result<Lowering> lowered = m_state->flow.lower(*m_state->normal, configuration, previous.get());
    if (!lowered) return lowered.error();
    auto lowering = std::make_shared<const Lowering>(std::move(*lowered));
    const std::lock_guard lock(m_state->mutex);
    m_state->lowerings.insert(key, lowering);
    m_state->last_lowering = lowering;
    return std::shared_ptr<const Lowering>(lowering);
}

Result<std::shared_ptr<const Estimate>> Evaluator::estimate(const Configuration& configuration)
{
    const ContentHash key = contentHash(configuration);
    if (const auto found = m_state->cached(m_state->estimates, key)) return *found;
    const Result<std::shared_ptr<const Lowering>> lowering = lower(configuration);
    if (!lowering) return lowering.error();
    if (!(*lowering)->circuit)
        return Diagnostic{DiagnosticCode::CircuitMissing, {std::string(m_state->flow.name)}};
    const Result<Estimate> cost = [&] {
        const std::lock_guard lock(m_state->cost_mutex);
        return bitwright::estimate(*(*lowering)->circuit, &m_state->costs);
    }();
    if (!cost) return cost.error();
    auto shared = std::make_shared<const Estimate>(*cost);
    const std::lock_guard lock(m_state->mutex);
    m_state->estimates.insert(key, shared);
    return std::shared_ptr<const Estimate>(shared);
}

Result<std::shared_ptr<const EmulatorProgram>> Evaluator::State::program(const Lowering& lowering)
{
    std::shared_ptr<const EmulatorProgram> previous;
    {
        const std::lock_guard lock(mutex);
        previous = last_program;
    }
    Result<std::shared_ptr<const EmulatorProgram>> compiled = compileCircuit(lowering.circuit, previous.get());
    if (!compiled) return compiled.error();
    const std::lock_guard lock(mutex);
    last_program = *compiled;
    return compiled;
}

Result<std::shared_ptr<const ReferenceOutcome>> Evaluator::reference(std::stop_token stop)
{
    if (!m_state->data) return Diagnostic{DiagnosticCode::DataMissing};
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->reference) return m_state->reference;
    }
    const Result<std::vector<Tensor>> inputs = referenceInputs(*m_state->model, *m_state->data);
    if (!inputs) return inputs.error();
    ReferenceOptions options;
    options.stop = stop;
    Result<ReferenceRun> run = runReference(*m_state->model, *inputs, options);
    if (!run) return run.error();
    auto outcome = std::make_shared<ReferenceOutcome>();
    outcome->outputs = std::move(run->outputs);
    outcome->quality = measureQuality(outcome->outputs, {}, m_state->data->labels);
    const std::lock_guard lock(m_state->mutex);
    m_state->reference = outcome;
    return m_state->reference;
}

Result<std::shared_ptr<const Evaluator::State::Trace>> Evaluator::State::referenceTrace(std::stop_token stop)
{
    {
        const std::lock_guard lock(mutex);
        if (trace) return trace;
    }
    auto made = std::make_shared<Trace>();
    const std::int64_t sample_bytes = std::max<std::int64_t>(1, tracedElements(*normal) * 4);
    made->samples = std::min({data->samples, kComparisonSamples, std::max<std::int64_t>(1, kTraceBytes / sample_bytes)});
    const Result<std::vector<Tensor>> wanted = referenceInputs(*normal, data->head(made->samples));
    if (!wanted) return wanted.error();
    ReferenceOptions options;
    options.keep_trace = true;
    options.stop = stop;
    Result<ReferenceRun> run = runReference(*normal, *wanted, options);
    if (!run) return run.error();
    made->values = std::move(run->trace);
    for (std::size_t i = 0; i < wanted->size(); ++i)
        made->values.try_emplace(normal->graph.value(normal->graph.inputs[i]).name, (*wanted)[i]);
    const std::lock_guard lock(mutex);
    trace = made;
    return trace;
}

Result<void> Evaluator::State::passOne(Evaluation& evaluation, const EmulatorProgram& program, const Circuit& circuit,
                                       const ReferenceOutcome* expected, const EvaluationOptions& options,
                                       std::stop_token stop,
                                       const std::function<void(const Evaluation&)>& deliver) const
{
    const auto measure = [&](std::vector<Tensor> outputs) {
        for (std::size_t i = 0; i < outputs.size(); ++i)
            outputs[i] = asMeant(outputs[i], circuit.value(circuit.outputs[i].value).format);
        evaluation.quality = measureQuality(outputs, expected ? expected->outputs : std::vector<Tensor>{}, data->labels);
        evaluation.samples = evaluation.quality.samples;
    };
    const Result<PassOneResult> result = runPassOne(
        program, inputs, {options.preview_samples, options.threads, stop}, [&](const std::vector<Tensor>& outputs) {
            if (!deliver) return;
            measure(outputs);
            deliver(evaluation);
        });
    if (!result) return result.error();
    measure(result->outputs);
    evaluation.seconds = result->seconds;
    evaluation.stage = EvaluationStage::Quality;
    return {};
}

Result<void> Evaluator::State::passTwo(Evaluation& evaluation, const EmulatorProgram& program, const Circuit& circuit,
                                       const std::vector<Layer>& layers, int threads, std::stop_token stop)
{
    const Result<std::shared_ptr<const Trace>> expected = referenceTrace(stop);
    if (!expected && expected.error().code == DiagnosticCode::Cancelled) return expected.error();
    const std::int64_t sample_bytes = std::max<std::int64_t>(1, tracedElements(circuit) * 8);
    const std::int64_t traced =
        expected ? std::min((*expected)->samples, std::max<std::int64_t>(1, kTraceBytes / sample_bytes)) : 0;

    EmulatorOptions options;
    options.threads = threads;
    options.stop = stop;
    std::map<std::string, Tensor> own;
    if (traced > 0) {
        options.keep_trace = true;
        std::vector<Tensor> first;
        for (const Tensor& input : inputs)
            first.push_back(sliceSamples(input, 0, traced));
        Result<EmulatorRun> run = emulate(program, first, options);
        if (!run) return run.error();
        own = std::move(run->trace);
    }
    options.keep_trace = false;
    options.collect_statistics = true;
    Result<EmulatorRun> run = emulate(program, inputs, options);
    if (!run) return run.error();
    evaluation.statistics_samples = run->samples;
    evaluation.comparison_samples = traced;
    if (expected) {
        std::map<std::string, Tensor> values;
        for (const auto& [name, tensor] : (*expected)->values) {
            const bool is_per_sample = !tensor.shape().empty() && tensor.shape()[0] == (*expected)->samples;
            if (is_per_sample) values.emplace(name, sliceSamples(tensor, 0, traced));
        }
        const ReferenceTrace reference_trace{*normal, values, correspondingValues(circuit, *normal, layers)};
        evaluation.values = reportValues(circuit, run->statistics, own, &reference_trace);
    } else {
        evaluation.values = reportValues(circuit, run->statistics, own, nullptr);
    }
    evaluation.stage = EvaluationStage::Complete;
    return {};
}

Result<Evaluation> Evaluator::evaluate(const Configuration& configuration, const EvaluationOptions& options,
                                       std::stop_token stop, const std::function<void(const Evaluation&)>& deliver)
{
    State& state = *m_state;
    if (!state.data) return Diagnostic{DiagnosticCode::DataMissing};
    const Result<std::shared_ptr<const Lowering>> lowering = lower(configuration);
    if (!lowering) return lowering.error();
    const std::shared_ptr<const Circuit>& circuit = (*lowering)->circuit;
    if (!circuit) return Diagnostic{DiagnosticCode::CircuitMissing, {std::string(state.flow.name)}};

    const auto stamped = [&](Evaluation evaluation) {
        evaluation.revision = options.revision;
        evaluation.findings.insert(evaluation.findings.begin(), (*lowering)->findings.begin(), (*lowering)->findings.end());
        return evaluation;
    };
    const ContentHash key = resultKey(*circuit, options.wants_statistics);
    for (const ContentHash known : {resultKey(*circuit, true), key}) { // a complete result answers either wish
        const auto found = state.cached(state.evaluations, known);
        if (!found) continue;
        Evaluation evaluation = stamped(**found);
        evaluation.is_cached = true;
        return evaluation;
    }
    const Result<std::shared_ptr<const EmulatorProgram>> program = state.program(**lowering);
    if (!program) return program.error();

    Evaluation evaluation;
    evaluation.total_samples = state.data->samples;
    evaluation.is_synthetic = state.data->is_synthetic;
    evaluation.findings = state.data->findings;
    const Result<std::shared_ptr<const ReferenceOutcome>> expected = reference(stop);
    if (!expected && expected.error().code == DiagnosticCode::Cancelled) return expected.error();
    if (!expected) evaluation.findings.push_back(expected.error());
    const auto hand_over = [&](const Evaluation& partial) {
        if (deliver) deliver(stamped(partial));
    };
    const Result<void> first = state.passOne(evaluation, **program, *circuit, expected ? expected->get() : nullptr,
                                             options, stop, hand_over);
    if (!first) return first.error();
    if (options.wants_statistics) {
        hand_over(evaluation);
        const Result<std::vector<Layer>> known = layers(configuration);
        if (!known) return known.error();
        const Result<void> second = state.passTwo(evaluation, **program, *circuit, *known, options.threads, stop);
        if (!second) return second.error();
    }
    const std::lock_guard lock(state.mutex);
    state.evaluations.insert(key, std::make_shared<const Evaluation>(evaluation), weightOf(evaluation));
    return stamped(evaluation);
}

} // namespace bitwright
