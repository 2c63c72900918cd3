// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "circuit/primitive_descriptor.h"
#include "emulator/emulator.h"
#include "emulator/fused_plan.h"
#include "emulator/program.h"
#include "numerics/integer_math.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

Container containerFor(const ValueRange& range)
{
    const CodeInterval hull = range.hull();
    const int bits = std::max(signedBits(hull.low), signedBits(hull.high));
    // Products take 16-bit codes, so nothing narrower is kept.
    if (bits <= 16) return Container::Int16;
    if (bits <= 32) return Container::Int32;
    return bits <= 64 ? Container::Int64 : Container::Wide;
}

void hashInto(ContentHasher& hasher, const WideInt& number)
{
    const auto& backend = number.backend();
    hasher.add(backend.sign());
    hasher.array(std::span(backend.limbs(), backend.size()));
}

void hashInto(ContentHasher& hasher, const ValueRange& range)
{
    hasher.add(range.intervals.size());
    for (const CodeInterval& interval : range.intervals) {
        hashInto(hasher, interval.low);
        hashInto(hasher, interval.high);
    }
}

class Compiler {
public:
    Compiler(std::shared_ptr<const Circuit> circuit, const EmulatorProgram* previous)
        : m_program(std::make_shared<EmulatorProgram>()), m_circuit(*circuit), m_ranges(circuit->values.size())
    {
        m_program->circuit = std::move(circuit);
        m_program->values.resize(m_circuit.values.size());
        m_previous = previous;
        if (previous == nullptr) return;
        for (const ProgramStep& step : previous->steps)
            m_known.emplace(step.key, &step);
    }

    Result<std::shared_ptr<const EmulatorProgram>> compile()
    {
        if (const auto problem = checkFormats()) return *problem;
        for (const CircuitPort& port : m_circuit.inputs) {
            const auto index = static_cast<std::size_t>(port.value);
            setRange(index, ValueRange{{formatInterval(m_circuit.values[index].format)}});
        }
        for (const Primitive& primitive : m_circuit.primitives)
            if (const auto problem = compileStep(primitive)) return *problem;
        m_program->fused = planFusedRuns(*m_program, m_ranges, m_previous);
        planSlots();
        return std::shared_ptr<const EmulatorProgram>(m_program);
    }

private:
    std::optional<Diagnostic> checkFormats() const
    {
        for (const CircuitValue& value : m_circuit.values) {
            const bool is_known = std::holds_alternative<FixedFormat>(value.format) ||
                                  std::holds_alternative<BipolarFormat>(value.format);
            if (!is_known)
                return Diagnostic{.code = DiagnosticCode::EmulatorFormat,
                                  .arguments = {value.name, shortName(value.format)}};
        }
        return std::nullopt;
    }

    void setRange(std::size_t index, ValueRange range)
    {
        ValuePlan& plan = m_program->values[index];
        plan.elements = elementCount(m_circuit.values[index].shape).value_or(0);
        plan.container = containerFor(range);
        m_program->is_slow = m_program->is_slow || plan.container == Container::Wide;
        m_ranges[index] = std::move(range);
    }

    static std::optional<Diagnostic> missingFacet(const Primitive& primitive)
    {
        const PrimitiveDescriptor& kind = *primitive.kind;
        if (kind.emulate && kind.range) return std::nullopt;
        return Diagnostic{
            .code = DiagnosticCode::PrimitiveUnsupported,
            .arguments = {primitive.name, std::string(kind.emulate ? kind.range.reason() : kind.emulate.reason())},
            .where = LayerLocation{primitive.layer, ""}};
    }

    std::optional<Diagnostic> compileStep(const Primitive& primitive)
    {
        if (const auto problem = missingFacet(primitive)) return problem;
        const PrimitiveDescriptor& kind = *primitive.kind;
        ProgramStep step;
        std::vector<ValueRange> input_ranges;
        std::vector<Container> input_containers;
        ContentHasher hasher;
        hasher.add(primitive.content_hash);
        for (CircuitIndex input : primitive.inputs) {
            const auto index = static_cast<std::size_t>(input);
            step.inputs.push_back(index);
            input_ranges.push_back(m_ranges[index]);
            input_containers.push_back(m_program->values[index].container);
            hashInto(hasher, input_ranges.back());
        }
        step.key = hasher.value();
        const auto known = m_known.find(step.key);
        step.is_reused = known != m_known.end();
        step.output_ranges =
            step.is_reused ? known->second->output_ranges : kind.range(m_circuit, primitive, input_ranges);
        std::vector<Container> output_containers;
        for (std::size_t i = 0; i < primitive.outputs.size(); ++i) {
            const auto index = static_cast<std::size_t>(primitive.outputs[i]);
            step.outputs.push_back(index);
            setRange(index, step.output_ranges[i]);
            output_containers.push_back(m_program->values[index].container);
        }
        if (step.is_reused) step.kernel = known->second->kernel;
        else step.kernel = kind.emulate({m_circuit, primitive, input_ranges, input_containers, output_containers});
        m_program->is_slow = m_program->is_slow || step.kernel->path().starts_with("wide");
        m_program->steps.push_back(std::move(step));
        return std::nullopt;
    }

    /// Linear scan: a value takes the first memory slot that no living value holds.
    void planSlots()
    {
        std::vector<std::size_t> last_use(m_program->values.size(), 0);
        for (std::size_t i = 0; i < m_program->steps.size(); ++i)
            for (std::size_t input : m_program->steps[i].inputs)
                last_use[input] = i + 1;
        // A fused run reads its input where its last step stands.
        for (const FusedRun& run : m_program->fused)
            last_use[run.input] = std::max(last_use[run.input], run.steps.back() + 1);
        for (const CircuitPort& port : m_circuit.outputs)
            last_use[static_cast<std::size_t>(port.value)] = m_program->steps.size() + 1;
        std::vector<std::size_t> busy_until; // by slot
        const auto place = [&](std::size_t value, std::size_t birth) {
            const auto free = std::find_if(busy_until.begin(), busy_until.end(), [&](std::size_t end) { return end < birth; });
            m_program->values[value].slot = static_cast<std::size_t>(free - busy_until.begin());
            if (free == busy_until.end()) busy_until.push_back(0);
            busy_until[m_program->values[value].slot] = std::max(last_use[value], birth);
        };
        for (const CircuitPort& port : m_circuit.inputs)
            place(static_cast<std::size_t>(port.value), 0);
        for (std::size_t i = 0; i < m_program->steps.size(); ++i)
            for (std::size_t output : m_program->steps[i].outputs)
                place(output, i + 1);
        m_program->slots = busy_until.size();
    }

    std::shared_ptr<EmulatorProgram> m_program;
    const Circuit& m_circuit;
    std::vector<ValueRange> m_ranges;
    const EmulatorProgram* m_previous = nullptr;
    std::map<ContentHash, const ProgramStep*> m_known; ///< steps of the previous program
};

} // namespace

std::size_t containerBytes(Container container)
{
    switch (container) {
    case Container::Int8: return 1;
    case Container::Int16: return 2;
    case Container::Int32: return 4;
    case Container::Int64: return 8;
    case Container::Wide: return sizeof(WideInt);
    }
    return 8;
}

Result<std::shared_ptr<const EmulatorProgram>> compileCircuit(std::shared_ptr<const Circuit> circuit,
                                                              const EmulatorProgram* previous)
{
    return Compiler(std::move(circuit), previous).compile();
}

std::vector<KernelPath> kernelPaths(const EmulatorProgram& program)
{
    std::vector<KernelPath> paths;
    for (std::size_t i = 0; i < program.steps.size(); ++i)
        paths.push_back({program.circuit->primitives[i].name, std::string(program.steps[i].kernel->path()), "",
                         program.steps[i].is_reused});
    for (const FusedRun& run : program.fused)
        for (const std::size_t step : run.steps)
            paths[step].fused = run.kernel->path();
    return paths;
}

} // namespace bitwright
