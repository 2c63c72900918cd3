// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/reference_run.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <omp.h>

#include "ops/rule_support.h"
#include "ops/run_plan.h"
#include "ops/single_sample.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

/// Samples that one thread computes at a time: few enough for the caches, many enough for the products.
constexpr std::int64_t kBlockSamples = 128;

/// How given arrays fit the inputs of the file.
enum class Fit { Exact, OtherBatch, Misfit };

Fit fitOf(const Value& input, const Tensor& array)
{
    if (!input.shape) return Fit::Exact;
    const Shape& stated = *input.shape;
    const Shape& given = array.shape();
    if (stated.size() != given.size()) return Fit::Misfit;
    for (std::size_t i = 1; i < stated.size(); ++i)
        if (stated[i] >= 0 && stated[i] != given[i]) return Fit::Misfit;
    if (stated.empty() || stated[0] < 0 || stated[0] == given[0]) return Fit::Exact;
    return Fit::OtherBatch;
}

Tensor rowsOf(const Tensor& tensor, std::int64_t first, std::int64_t count)
{
    Shape shape = tensor.shape();
    const std::int64_t row = shape[0] == 0 ? 0 : tensor.size() / shape[0];
    shape[0] = count;
    const std::size_t offset = static_cast<std::size_t>(first * row) * elementBytes(tensor.type());
    const SharedBytes whole = tensor.sharedBytes();
    return {tensor.type(), std::move(shape), SharedBytes(whole, whole.get() + offset)};
}

Tensor joinRows(const std::vector<Tensor>& parts)
{
    if (parts.size() == 1) return parts.front();
    Shape shape = parts.front().shape();
    if (shape.empty()) shape = {1}; // scalars, one per part
    shape[0] = 0;
    std::size_t bytes = 0;
    for (const Tensor& part : parts) {
        shape[0] += part.shape().empty() ? 1 : part.shape()[0];
        bytes += part.bytes().size();
    }
    const std::shared_ptr<std::byte[]> joined(new std::byte[bytes]);
    std::size_t at = 0;
    for (const Tensor& part : parts) {
        if (!part.bytes().empty()) std::memcpy(joined.get() + at, part.bytes().data(), part.bytes().size());
        at += part.bytes().size();
    }
    return {parts.front().type(), std::move(shape), joined};
}

class ReferenceRunner {
public:
    ReferenceRunner(const Model& model, std::vector<Tensor> inputs, const ReferenceOptions& options)
        : m_model(model), m_inputs(std::move(inputs)), m_options(options)
    {
    }

    Result<ReferenceRun> run()
    {
        if (Result<void> fits = checkInputs(); !fits) return fits.error();
        Result<RunPlan> plain = planRun(m_model, m_options.keep_trace);
        if (!plain) return plain.error();
        if (const std::optional<std::int64_t> samples = commonSamples()) {
            Model single = m_model;
            assumeSingleSample(single.graph);
            if (const std::optional<RunPlan> stacked = planStackedRun(single, *plain))
                return runBlocks(*stacked, *samples, kBlockSamples, true);
            if (m_is_other_batch) {
                const std::int64_t batch = fileBatch();
                if (*samples % batch != 0)
                    return Diagnostic{DiagnosticCode::ModelBatch,
                                      {fmt::format("{}", batch), fmt::format("{}", *samples)},
                                      NodeLocation{m_model.path, {}}};
                return runBlocks(*plain, *samples, batch, false);
            }
        }
        Result<RunValues> values = runPlan(*plain, m_inputs, 0, m_options.stop);
        if (!values) return values.error();
        return collect({*std::move(values)}, *plain);
    }

private:
    Result<void> checkInputs()
    {
        const Graph& graph = m_model.graph;
        if (m_inputs.size() != graph.inputs.size())
            return Diagnostic{DiagnosticCode::ModelInputCount,
                              {fmt::format("{}", graph.inputs.size()), fmt::format("{}", m_inputs.size())}};
        for (std::size_t i = 0; i < m_inputs.size(); ++i) {
            const Value& value = graph.value(graph.inputs[i]);
            const Fit fit = fitOf(value, m_inputs[i]);
            if (fit == Fit::Misfit)
                return Diagnostic{DiagnosticCode::ArrayShape,
                                  {value.name, shapeText(m_inputs[i].shape()), shapeText(*value.shape)}};
            m_is_other_batch = m_is_other_batch || fit == Fit::OtherBatch;
            if (value.type != ElementType::Undefined) m_inputs[i] = convertTo(m_inputs[i], value.type);
        }
        return {};
    }

    /// The number of samples, when every array has it in dimension 0.
    std::optional<std::int64_t> commonSamples() const
    {
        std::optional<std::int64_t> samples;
        for (const Tensor& input : m_inputs) {
            if (input.shape().empty() || (samples && *samples != input.shape()[0])) return std::nullopt;
            samples = input.shape()[0];
        }
        return samples && *samples > 0 ? samples : std::nullopt;
    }

    std::int64_t fileBatch() const
    {
        std::int64_t batch = 1;
        for (const ValueIndex input : m_model.graph.inputs) {
            const std::optional<Shape>& shape = m_model.graph.value(input).shape;
            if (shape && !shape->empty()) batch = std::max(batch, shape->front());
        }
        return batch;
    }

    Result<ReferenceRun> runBlocks(const RunPlan& plan, std::int64_t samples, std::int64_t block, bool is_stacked)
    {
        const std::int64_t blocks = (samples + block - 1) / block;
        std::vector<RunValues> results(static_cast<std::size_t>(blocks));
        std::vector<std::optional<Diagnostic>> problems(static_cast<std::size_t>(blocks));
        const int threads = m_options.threads > 0 ? m_options.threads : omp_get_max_threads();
#pragma omp parallel for schedule(dynamic) num_threads(threads)
        for (std::int64_t b = 0; b < blocks; ++b) {
            const std::int64_t first = b * block;
            const std::int64_t count = std::min(block, samples - first);
            std::vector<Tensor> inputs;
            for (const Tensor& input : m_inputs) inputs.push_back(rowsOf(input, first, count));
            Result<RunValues> values = runPlan(plan, inputs, is_stacked ? count : 0, m_options.stop);
            const auto slot = static_cast<std::size_t>(b);
            if (values) results[slot] = kept(*std::move(values));
            else problems[slot] = values.error();
        }
        for (const std::optional<Diagnostic>& problem : problems)
            if (problem) return *problem;
        return collect(std::move(results), plan);
    }

    /// Without a trace only the outputs are held until all blocks are done.
    RunValues kept(RunValues values) const
    {
        if (m_options.keep_trace) return values;
        RunValues outputs(values.size());
        for (const ValueIndex output : m_model.graph.outputs) {
            const auto slot = static_cast<std::size_t>(output);
            outputs[slot] = values[slot];
        }
        return outputs;
    }

    Tensor joined(const std::vector<RunValues>& blocks, std::size_t value) const
    {
        std::vector<Tensor> parts;
        for (const RunValues& block : blocks) parts.push_back(block[value]);
        return joinRows(parts);
    }

    Result<ReferenceRun> collect(std::vector<RunValues> blocks, const RunPlan& plan) const
    {
        const Graph& graph = m_model.graph;
        ReferenceRun run;
        for (const ValueIndex output : graph.outputs)
            run.outputs.push_back(joined(blocks, static_cast<std::size_t>(output)));
        if (!m_options.keep_trace) return run;
        for (const Node& node : graph.nodes)
            for (const ValueIndex output : node.outputs) {
                if (output == kNone) continue;
                const auto slot = static_cast<std::size_t>(output);
                if (blocks.front()[slot].isEmpty()) continue;
                const bool is_shared = !plan.is_batched.empty() && !plan.is_batched[slot];
                run.trace[graph.value(output).name] = is_shared ? blocks.front()[slot] : joined(blocks, slot);
            }
        return run;
    }

    const Model& m_model;
    std::vector<Tensor> m_inputs;
    const ReferenceOptions& m_options;
    bool m_is_other_batch = false;
};

} // namespace

Result<ReferenceRun> runReference(const Model& model, const std::vector<Tensor>& inputs,
                                  const ReferenceOptions& options)
{
    return ReferenceRunner(model, inputs, options).run();
}

} // namespace bitwright
