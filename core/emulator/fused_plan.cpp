// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulator/fused_plan.h"

#include <algorithm>

#include "circuit/primitive_descriptor.h"

namespace bitwright {
namespace {

constexpr std::size_t kLongestRun = 8;

class Planner {
public:
    Planner(EmulatorProgram& program, std::span<const ValueRange> ranges, const EmulatorProgram* previous)
        : m_program(program), m_circuit(*program.circuit), m_ranges(ranges), m_previous(previous),
          m_forms(program.steps.size()), m_is_taken(program.steps.size(), false)
    {
    }

    std::vector<FusedRun> plan()
    {
        std::vector<FusedRun> runs;
        for (std::size_t first = 0; first < m_program.steps.size(); ++first) {
            if (m_is_taken[first]) continue;
            std::vector<std::size_t> chain = chainFrom(first);
            for (; !chain.empty(); chain.pop_back()) {
                std::shared_ptr<const FusedKernel> kernel = kernelOf(chain);
                if (kernel == nullptr) continue;
                for (const std::size_t step : chain)
                    m_is_taken[step] = true;
                runs.push_back({chain, m_program.steps[first].inputs.front(),
                                m_program.steps[chain.back()].outputs.front(), std::move(kernel)});
                break;
            }
        }
        return runs;
    }

private:
    const std::optional<VectorForm>& formOf(std::size_t step)
    {
        std::optional<std::optional<VectorForm>>& form = m_forms[step];
        if (!form) {
            const Primitive& primitive = m_circuit.primitives[step];
            form.emplace(std::nullopt);
            if (primitive.kind->vector_form && primitive.inputs.size() == 1) {
                const std::span<const ValueRange> input(&m_ranges[m_program.steps[step].inputs.front()], 1);
                *form = primitive.kind->vector_form(m_circuit, primitive, input);
            }
        }
        return *form;
    }

    bool isNarrow(std::size_t value) const { return m_program.values[value].container != Container::Wide; }

    /// The only step that reads the only output of @p step, if that output is seen nowhere else.
    std::optional<std::size_t> onlyConsumer(std::size_t step) const
    {
        const std::size_t value = m_program.steps[step].outputs.front();
        const auto is_value = [value](const CircuitPort& port) { return static_cast<std::size_t>(port.value) == value; };
        if (std::any_of(m_circuit.outputs.begin(), m_circuit.outputs.end(), is_value)) return std::nullopt;
        const std::vector<CircuitIndex>& consumers = m_circuit.values[value].consumers;
        if (consumers.size() != 1) return std::nullopt;
        return static_cast<std::size_t>(consumers.front());
    }

    /// Steps that could run together, from @p first on: kinds and containers allow it.
    std::vector<std::size_t> chainFrom(std::size_t first)
    {
        std::vector<std::size_t> chain;
        if (!isNarrow(m_program.steps[first].inputs.front())) return chain;
        for (std::optional<std::size_t> step = first; step && chain.size() < kLongestRun; step = onlyConsumer(*step)) {
            if (!m_circuit.primitives[*step].kind->vector_form || !isNarrow(m_program.steps[*step].outputs.front()))
                break;
            chain.push_back(*step);
        }
        return chain;
    }

    /// The kernel of @p chain, remembered from the previous program, or made; null where there is none.
    std::shared_ptr<const FusedKernel> kernelOf(const std::vector<std::size_t>& chain)
    {
        ContentHasher hasher;
        for (const std::size_t step : chain)
            hasher.add(m_program.steps[step].key);
        const ContentHash key = hasher.value();
        if (m_previous != nullptr) {
            const auto known = m_previous->fused_kernels.find(key);
            if (known != m_previous->fused_kernels.end())
                return m_program.fused_kernels.emplace(key, known->second).first->second;
        }
        return m_program.fused_kernels.emplace(key, made(chain)).first->second;
    }

    std::shared_ptr<const FusedKernel> made(const std::vector<std::size_t>& chain)
    {
        std::vector<VectorForm> forms;
        for (const std::size_t step : chain) {
            const std::optional<VectorForm>& form = formOf(step);
            const bool is_element = form && std::holds_alternative<ElementForm>(*form);
            if (!form || (!is_element && !forms.empty())) return nullptr;
            forms.push_back(*form);
        }
        const std::size_t input = m_program.steps[chain.front()].inputs.front();
        const auto range = laneRange(m_ranges[input]);
        return range ? fuse(forms, *range, m_program.values[input].elements) : nullptr;
    }

    EmulatorProgram& m_program;
    const Circuit& m_circuit;
    std::span<const ValueRange> m_ranges;
    const EmulatorProgram* m_previous;
    std::vector<std::optional<std::optional<VectorForm>>> m_forms;
    std::vector<bool> m_is_taken;
};

} // namespace

std::vector<FusedRun> planFusedRuns(EmulatorProgram& program, std::span<const ValueRange> ranges,
                                    const EmulatorProgram* previous)
{
    return Planner(program, ranges, previous).plan();
}

} // namespace bitwright
