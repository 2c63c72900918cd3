// SPDX-License-Identifier: GPL-3.0-or-later
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <new>

#include "circuit/operands.h"
#include "circuit/row_operations.h"
#include "emulator/block_memory.h"
#include "emulator/emulator.h"
#include "emulator/input_codes.h"
#include "emulator/statistics.h"
#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

constexpr std::int64_t kCacheBytes = 256 * 1024; ///< share of the second-level cache that a block may fill
constexpr std::int64_t kLargestBlock = 1024;
constexpr std::int64_t kSlowBlock = 16; ///< with unlimited integers, so that a stop request is seen soon
constexpr int kMostThreads = 256;

/// float64 results that threads fill block by block.
struct Recorder {
    std::size_t value = 0;
    std::int64_t elements = 0;
    NumberFormat format;
    Shape shape;
    double scale = 0; ///< of codes that a double holds exactly; 0: the format is too wide
    std::shared_ptr<std::byte[]> bytes;

    Recorder(const Circuit& circuit, std::size_t index, std::int64_t samples)
        : value(index), format(storageFormat(circuit.values[index].format)), shape(circuit.values[index].shape)
    {
        elements = elementCount(shape).value_or(0);
        const auto& fixed = std::get<FixedFormat>(format);
        if (fixed.width_bits <= 53 && std::abs(fixed.fractionBits()) < 1000) scale = std::ldexp(1.0, -fixed.fractionBits());
        shape.insert(shape.begin(), samples);
        bytes = std::make_shared_for_overwrite<std::byte[]>(static_cast<std::size_t>(samples * elements) * sizeof(double));
    }
    void record(const CodeBlock& block, std::int64_t first)
    {
        auto* values = reinterpret_cast<double*>(bytes.get()) + first * elements;
        withContainer(block.container, [&]<class Code>() {
            for (std::int64_t e = 0; e < elements; ++e) {
                const Code* row = rowOf<Code>(block, e);
                for (std::int64_t s = 0; s < block.samples; ++s) {
                    if constexpr (kIsUnlimited<Code>) values[s * elements + e] = codeToDouble(row[s], format);
                    else if (scale != 0) values[s * elements + e] = static_cast<double>(row[s]) * scale;
                    else values[s * elements + e] = codeToDouble(static_cast<std::int64_t>(row[s]), format);
                }
            }
        });
    }
    Tensor tensor() const { return {ElementType::Float64, shape, bytes}; }
};

/// Everything that the threads of one run share.
class Job {
public:
    Job(const EmulatorProgram& program, InputCodes inputs, const EmulatorOptions& options)
        : m_program(program), m_circuit(*program.circuit), m_inputs(std::move(inputs)), m_options(options),
          m_threads(options.threads > 0 ? options.threads : omp_get_max_threads())
    {
        m_threads = std::clamp(m_threads, 1, kMostThreads);
        chooseBlocks();
        m_run_of_step.assign(program.steps.size(), nullptr);
        for (const FusedRun& run : program.fused)
            for (std::size_t step : run.steps)
                m_run_of_step[step] = &run;
        for (const CircuitPort& port : m_circuit.outputs)
            m_outputs.emplace_back(m_circuit, static_cast<std::size_t>(port.value), samples());
        if (!options.keep_trace) return;
        for (const Primitive& primitive : m_circuit.primitives)
            m_trace.emplace_back(m_circuit, static_cast<std::size_t>(primitive.outputs.front()), samples());
    }

    std::int64_t samples() const { return m_inputs.samples(); }

    Result<EmulatorRun> run()
    {
        const auto start = std::chrono::steady_clock::now();
        if (m_options.collect_statistics) m_totals.resize(m_circuit.values.size());
#pragma omp parallel num_threads(m_threads)
        work(omp_get_thread_num() == 0);
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        if (m_is_out_of_memory)
            return Diagnostic{.code = DiagnosticCode::EmulatorMemory, .arguments = {std::to_string(samples())}};
        if (m_done != samples())
            return Diagnostic{.code = DiagnosticCode::Cancelled, .arguments = {"The emulation"}};
        if (m_options.progress && m_reported != samples()) m_options.progress(samples());
        return collected(elapsed.count());
    }

private:
    void chooseBlocks()
    {
        const auto per_sample = static_cast<std::int64_t>(BlockMemory::bytesPerSample(m_program));
        m_block = std::clamp<std::int64_t>(kCacheBytes / per_sample / 64 * 64, 64, kLargestBlock);
        const std::int64_t share = (samples() + m_threads - 1) / m_threads;
        m_block = std::min(m_block, std::max<std::int64_t>(64, (share + 63) / 64 * 64));
        if (m_program.is_slow) m_block = kSlowBlock;
        if (m_options.block_samples > 0) m_block = m_options.block_samples;
        m_block = std::max<std::int64_t>(1, std::min(m_block, samples()));
        const std::int64_t blocks = (samples() + m_block - 1) / m_block;
        m_threads = static_cast<int>(std::clamp<std::int64_t>(blocks, 1, m_threads));
    }

    /// The loop of one thread. Nothing may leave a parallel region by exception.
    void work(bool is_caller) noexcept
    {
        try {
            BlockMemory memory(m_program, m_block);
            std::vector<std::byte> scratch;
            std::vector<ValueAccumulator> totals(m_totals.size());
            while (!m_is_stopped) {
                const std::int64_t first = m_next.fetch_add(m_block);
                if (first >= samples()) break;
                const std::int64_t count = std::min(m_block, samples() - first);
                if (!runBlock(memory, scratch, totals, first, count)) break;
                m_done += count;
                if (is_caller && m_options.progress) {
                    m_reported = m_done;
                    m_options.progress(m_reported);
                }
            }
#pragma omp critical(bitwright_emulator_totals)
            for (std::size_t i = 0; i < totals.size(); ++i)
                m_totals[i].merge(totals[i]);
        } catch (const std::bad_alloc&) {
            m_is_out_of_memory = true;
            m_is_stopped = true;
        }
    }

    /// @return false when the run was stopped
    bool runBlock(BlockMemory& memory, std::vector<std::byte>& scratch, std::vector<ValueAccumulator>& totals,
                  std::int64_t first, std::int64_t count)
    {
        const bool observes = !totals.empty();
        for (std::size_t i = 0; i < m_circuit.inputs.size(); ++i) {
            const auto value = static_cast<std::size_t>(m_circuit.inputs[i].value);
            const CodeBlock block = memory.block(value, count);
            m_inputs.load(i, first, block, observes ? &totals[value].counts() : nullptr);
            if (observes) totals[value].add(block);
            recordOutputs(value, block, first);
        }
        if (!observes && !m_options.keep_trace) return runPlain(memory, scratch, first, count);
        std::vector<CodeBlock> inputs;
        std::vector<CodeBlock> outputs;
        std::vector<StoreCounts> counts;
        for (std::size_t i = 0; i < m_program.steps.size(); ++i) {
            if (m_options.stop.stop_requested()) m_is_stopped = true;
            if (m_is_stopped) return false;
            const ProgramStep& step = m_program.steps[i];
            inputs.clear();
            outputs.clear();
            for (std::size_t value : step.inputs)
                inputs.push_back(memory.block(value, count));
            for (std::size_t value : step.outputs)
                outputs.push_back(memory.block(value, count));
            counts.assign(outputs.size(), {});
            if (observes) step.kernel->observe(inputs, outputs, scratch, counts);
            else step.kernel->run(inputs, outputs, scratch);
            for (std::size_t o = 0; o < outputs.size(); ++o) {
                if (observes) totals[step.outputs[o]].add(counts[o]);
                if (observes) totals[step.outputs[o]].add(outputs[o]);
                recordOutputs(step.outputs[o], outputs[o], first);
            }
            if (m_options.keep_trace) m_trace[i].record(outputs.front(), first);
        }
        return true;
    }

    /// The block without looking at the values between: fused runs where there are some.
    bool runPlain(BlockMemory& memory, std::vector<std::byte>& scratch, std::int64_t first, std::int64_t count)
    {
        std::vector<CodeBlock> inputs;
        std::vector<CodeBlock> outputs;
        for (std::size_t i = 0; i < m_program.steps.size(); ++i) {
            if (m_options.stop.stop_requested()) m_is_stopped = true;
            if (m_is_stopped) return false;
            const FusedRun* run = m_run_of_step[i];
            if (run != nullptr && run->steps.back() != i) continue;
            if (run != nullptr) {
                const CodeBlock output = memory.block(run->output, count);
                run->kernel->run(memory.block(run->input, count), output);
                recordOutputs(run->output, output, first);
                continue;
            }
            const ProgramStep& step = m_program.steps[i];
            inputs.clear();
            outputs.clear();
            for (std::size_t value : step.inputs)
                inputs.push_back(memory.block(value, count));
            for (std::size_t value : step.outputs)
                outputs.push_back(memory.block(value, count));
            step.kernel->run(inputs, outputs, scratch);
            for (std::size_t o = 0; o < outputs.size(); ++o)
                recordOutputs(step.outputs[o], outputs[o], first);
        }
        return true;
    }

    void recordOutputs(std::size_t value, const CodeBlock& block, std::int64_t first)
    {
        for (Recorder& output : m_outputs)
            if (output.value == value) output.record(block, first);
    }

    EmulatorRun collected(double seconds)
    {
        EmulatorRun run{.samples = samples(), .seconds = seconds};
        for (const Recorder& output : m_outputs)
            run.outputs.push_back(output.tensor());
        for (std::size_t i = 0; i < m_trace.size(); ++i)
            run.trace.emplace(m_circuit.primitives[i].name, m_trace[i].tensor());
        for (std::size_t i = 0; i < m_totals.size(); ++i) {
            const CircuitValue& value = m_circuit.values[i];
            run.statistics.push_back(m_totals[i].result(storageFormat(value.format)));
            if (value.producer >= 0)
                run.statistics.back().primitive = m_circuit.primitives[static_cast<std::size_t>(value.producer)].name;
        }
        return run;
    }

    const EmulatorProgram& m_program;
    const Circuit& m_circuit;
    InputCodes m_inputs;
    const EmulatorOptions& m_options;
    int m_threads;
    std::int64_t m_block = 0;
    std::vector<const FusedRun*> m_run_of_step;
    std::vector<Recorder> m_outputs;
    std::vector<Recorder> m_trace;
    std::vector<ValueAccumulator> m_totals;
    std::atomic<std::int64_t> m_next{0};
    std::atomic<std::int64_t> m_done{0};
    std::int64_t m_reported = 0;
    std::atomic<bool> m_is_stopped{false};
    std::atomic<bool> m_is_out_of_memory{false};
};

} // namespace

Result<EmulatorRun> emulate(const EmulatorProgram& program, const std::vector<Tensor>& inputs,
                            const EmulatorOptions& options)
{
    Result<InputCodes> codes = InputCodes::prepare(*program.circuit, inputs);
    if (!codes) return codes.error();
    const std::int64_t samples = codes->samples();
    try {
        return Job(program, std::move(*codes), options).run();
    } catch (const std::bad_alloc&) {
        return Diagnostic{.code = DiagnosticCode::EmulatorMemory, .arguments = {std::to_string(samples)}};
    }
}

} // namespace bitwright
