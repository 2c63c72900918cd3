// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/estimator.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "circuit/cost_laws/network_law.h"
#include "circuit/cost_profile.h"
#include "circuit/primitive_descriptor.h"
#include "estimator/circuit_timing.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

struct CostCache::State {
    std::string profile_key;
    std::optional<CostProfile> profile;
    std::string part_name;
    std::optional<Part> part;
    std::unordered_map<ContentHash, Cost> costs;
};

CostCache::CostCache() : m_state(std::make_unique<State>()) {}
CostCache::~CostCache() = default;
CostCache::CostCache(CostCache&&) noexcept = default;
CostCache& CostCache::operator=(CostCache&&) noexcept = default;

namespace {

constexpr double kShortestClockNs = 0.2;
constexpr double kLongestClockNs = 1000;

} // namespace

Result<void> checkClock(double clock_ns)
{
    if (std::isfinite(clock_ns) && clock_ns >= kShortestClockNs && clock_ns <= kLongestClockNs) return {};
    return Diagnostic{DiagnosticCode::ClockImpossible,
                      {fmt::format("{}", clock_ns), fmt::format("{}", kShortestClockNs),
                       fmt::format("{}", kLongestClockNs)},
                      {}, "Choose the clock period of the design in nanoseconds."};
}

namespace {

constexpr std::size_t kMostCachedCosts = 100'000;

std::string toolOf(const std::string& backend)
{
    return backend == "Vivado" ? "vivado_hls" : "vitis_hls";
}

// Everything that a primitive's cost depends on: itself, the two primitives before it (bits that a sparse product
// leaves constant), and the clock.
void addProducers(ContentHasher& hasher, const Circuit& circuit, const Primitive& primitive, int depth)
{
    for (const CircuitIndex input : primitive.inputs) {
        const CircuitIndex producer = circuit.value(input).producer;
        if (producer < 0) continue;
        const Primitive& before = circuit.primitives[static_cast<std::size_t>(producer)];
        hasher.add(before.content_hash);
        if (depth > 1) addProducers(hasher, circuit, before, depth - 1);
    }
}

ContentHash costKey(const Circuit& circuit, const Primitive& primitive)
{
    constexpr int kPrimitivesBefore = 2;
    ContentHasher hasher;
    hasher.add(primitive.content_hash).add(circuit.design.clock_ns).add(circuit.design.clock_uncertainty_percent);
    addProducers(hasher, circuit, primitive, kPrimitivesBefore);
    return hasher.value();
}

} // namespace

/// Carries one estimate through its steps.
class Estimator {
public:
    Estimator(const Circuit& circuit, CostCache::State& state) : m_circuit(circuit), m_state(state) {}
    Result<Estimate> run();

private:
    Result<void> prepare();
    void estimatePrimitives();
    void sumLayers();
    void composeTotal();
    void report();
    void reportFit();
    const Cost& costOf(const Primitive& primitive);

    const Circuit& m_circuit;
    CostCache::State& m_state;
    Estimate m_estimate;
};

Result<void> Estimator::prepare()
{
    const DesignSettings& design = m_circuit.design;
    if (const Result<void> clock = checkClock(design.clock_ns); !clock) return clock.error();
    if (!m_state.part || m_state.part_name != design.part) {
        const Result<Part> part = findPart(design.part);
        if (!part) return part.error();
        m_state.part = *part;
        m_state.part_name = design.part;
    }
    const CostProfileRequest request{toolOf(design.backend), "", "csynth", m_state.part->family};
    const std::string key = request.tool + "|" + request.family;
    if (m_state.profile_key != key) {
        Result<CostProfile> profile = loadCostProfile(request);
        if (!profile) return profile.error();
        m_state.profile = *std::move(profile);
        m_state.profile_key = key;
        m_state.costs.clear();
    }
    m_estimate.part = *m_state.part;
    m_estimate.clock_ns = design.clock_ns;
    m_estimate.stage = m_state.profile->stage;
    m_estimate.profile = m_state.profile->id;
    return {};
}

const Cost& Estimator::costOf(const Primitive& primitive)
{
    const ContentHash key = costKey(m_circuit, primitive);
    const auto found = m_state.costs.find(key);
    if (found != m_state.costs.end()) return found->second;
    if (m_state.costs.size() >= kMostCachedCosts) m_state.costs.clear();
    return m_state.costs.emplace(key, primitive.kind->cost(m_circuit, primitive, *m_state.profile)).first->second;
}

void Estimator::estimatePrimitives()
{
    m_estimate.primitives.reserve(m_circuit.primitives.size());
    for (const Primitive& primitive : m_circuit.primitives) {
        PrimitiveEstimate estimate{primitive.name, primitive.layer, {}};
        if (primitive.kind == nullptr || !primitive.kind->cost) {
            const std::string reason(primitive.kind == nullptr ? "It has no kind." : primitive.kind->cost.reason());
            m_estimate.findings.push_back({DiagnosticCode::CostUnknown, {primitive.name, reason},
                                           LayerLocation{primitive.layer, ""}});
        } else {
            estimate.cost = costOf(primitive);
        }
        m_estimate.primitives.push_back(std::move(estimate));
    }
}

void Estimator::sumLayers()
{
    std::map<std::string, std::vector<const Cost*>> members;
    for (const PrimitiveEstimate& primitive : m_estimate.primitives)
        members[primitive.layer].push_back(&primitive.cost);
    for (const auto& [layer, costs] : members)
        m_estimate.layers.emplace(layer, costs.size() == 1 ? *costs.front() : addCosts(costs));
}

void Estimator::composeTotal()
{
    std::vector<const Cost*> costs;
    std::vector<NamedCost> named;
    for (const PrimitiveEstimate& primitive : m_estimate.primitives) {
        named.push_back({primitive.layer.empty() ? primitive.primitive : primitive.layer, &primitive.cost});
        costs.push_back(&primitive.cost);
    }
    const CircuitTiming timing = circuitTiming(m_circuit, costs);
    m_estimate.total = composeCosts(named, timing.critical_path, networkFacts(m_circuit, costs, timing), *m_state.profile);
    m_estimate.latency_ns = m_estimate.total.latency_cycles.value * m_estimate.clock_ns;
}

void Estimator::reportFit()
{
    const Part& part = m_estimate.part;
    const Cost& total = m_estimate.total;
    const struct {
        CostTarget target;
        double available;
    } kLimits[] = {{CostTarget::Lut, part.lut}, {CostTarget::Ff, part.ff}, {CostTarget::Dsp, part.dsp},
                   {CostTarget::Bram, part.bram}, {CostTarget::Uram, part.uram}};
    for (const auto& limit : kLimits) {
        const double needed = total.amount(limit.target).value;
        const bool is_unknown = limit.available == 0 && limit.target != CostTarget::Uram;
        if (needed <= limit.available || is_unknown) continue;
        m_estimate.findings.push_back({DiagnosticCode::PartOverfull,
                                       {fmt::format("{}", needed), std::string(costTargetUnit(limit.target)),
                                        part.name, fmt::format("{}", limit.available)},
                                       {}, "Raise reuse factors, narrow formats or choose a larger device."});
    }
}

void Estimator::report()
{
    const Part& part = m_estimate.part;
    if (part.vendor != "AMD")
        m_estimate.findings.push_back({DiagnosticCode::PartOtherVendor,
                                       {part.name, part.vendor, m_circuit.design.backend}, {},
                                       "Choose a device of AMD."});
    else
        reportFit();
    if (part.fastest_clock_ns > 0 && m_estimate.clock_ns < part.fastest_clock_ns)
        m_estimate.findings.push_back({DiagnosticCode::ClockTooFast,
                                       {fmt::format("{}", m_estimate.clock_ns),
                                        fmt::format("{}", part.fastest_clock_ns), part.family},
                                       {}, "Choose a longer clock period."});
    for (const PrimitiveEstimate& primitive : m_estimate.primitives)
        if (primitive.cost.is_extrapolated)
            m_estimate.findings.push_back({DiagnosticCode::CostExtrapolated,
                                           {primitive.layer, primitive.cost.extrapolation},
                                           LayerLocation{primitive.layer, ""}});
}

Result<Estimate> Estimator::run()
{
    if (const Result<void> prepared = prepare(); !prepared) return prepared.error();
    estimatePrimitives();
    sumLayers();
    composeTotal();
    report();
    return std::move(m_estimate);
}

Result<Estimate> estimate(const Circuit& circuit, CostCache* cache)
{
    if (cache != nullptr) return Estimator(circuit, *cache->m_state).run();
    CostCache fresh;
    return Estimator(circuit, *fresh.m_state).run();
}

} // namespace bitwright
