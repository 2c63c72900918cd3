// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/lower.h"

#include <algorithm>
#include <mutex>

#include "flows/hls4ml/build_settings.h"
#include "flows/hls4ml/effective.h"
#include "flows/hls4ml/emitter.h"
#include "flows/hls4ml/hazards.h"
#include "flows/hls4ml/pass.h"
#include "flows/hls4ml/rules.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

using namespace hls4ml;

/// The model's part of the work and the converted constants. Lowerings that share it take turns.
struct Memory final : LoweringMemory {
    std::mutex mutex;
    ContentHash model = 0;
    ParsedModel parsed;
    Diagnostics findings;
    ConstantCache constants;
    std::vector<SharedBytes> kept_alive; ///< so that no other model's constants get the addresses in `model`
};

struct AttributeHash {
    ContentHasher& hasher;
    void operator()(std::int64_t value) const { hasher.add(value); }
    void operator()(float value) const { hasher.add(static_cast<double>(value)); }
    void operator()(const std::string& value) const { hasher.text(value); }
    void operator()(const Tensor& value) const { hasher.bytes(value.bytes()); }
    void operator()(const std::vector<std::int64_t>& value) const { hasher.array(std::span(value)); }
    void operator()(const std::vector<float>& value) const { hasher.array(std::span(value)); }
    void operator()(const std::vector<std::string>& values) const
    {
        for (const std::string& value : values)
            hasher.text(value);
    }
    void operator()(const std::shared_ptr<const Graph>& graph) const
    {
        hasher.add(reinterpret_cast<std::uintptr_t>(graph.get()));
    }
};

/// Cheap to compute: constants count by the address of their bytes, which `Memory` keeps from being used again.
ContentHash fingerprint(const Model& model)
{
    ContentHasher hasher;
    for (const Node& node : model.graph.nodes) {
        hasher.text(node.name).text(node.op_type).text(node.domain);
        hasher.array(std::span(node.inputs)).array(std::span(node.outputs));
        for (const auto& [name, attribute] : node.attributes) {
            hasher.text(name);
            std::visit(AttributeHash{hasher}, attribute);
        }
    }
    for (const Value& value : model.graph.values) {
        hasher.text(value.name);
        if (value.shape)
            hasher.array(std::span(*value.shape));
        if (value.constant)
            hasher.add(reinterpret_cast<std::uintptr_t>(value.constant->sharedBytes().get()));
    }
    hasher.array(std::span(model.graph.inputs)).array(std::span(model.graph.outputs)).add(model.opset(""));
    return hasher.value();
}

/// Everything that the model decides alone.
void parseInto(Memory& memory, const Model& model)
{
    memory.parsed = parseModel(model);
    memory.findings.clear();
    memory.kept_alive.clear();
    for (const Value& value : model.graph.values) {
        if (value.constant)
            memory.kept_alive.push_back(value.constant->sharedBytes());
    }
    if (!memory.parsed.problems.empty())
        return;
    PassContext context{memory.parsed.graph, memory.constants, memory.findings, nullptr};
    runPasses(context, parsePasses());
    const LayerGraph& graph = memory.parsed.graph;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        const LayerNode& node = graph.node(i);
        if (node.as<QuantPayload>() || node.as<MatMulPayload>() || node.as<ConvolutionPayload>()
            || node.as<ConstantPayload>())
            memory.parsed.problems.push_back({DiagnosticCode::LayerUnsupported,
                                              {node.name, "Its constants could not be merged into a layer."},
                                              LayerLocation{node.origin.layer, {}}});
    }
}

std::shared_ptr<Memory> memoryFor(const Lowering* previous)
{
    if (previous) {
        if (auto memory = std::dynamic_pointer_cast<Memory>(previous->memory))
            return memory;
    }
    return std::make_shared<Memory>();
}

/// hls4ml's flows, in its order.
void applyConfiguration(LayerGraph& graph, const TypeChooser& types, ConstantCache& constants, Diagnostics& findings)
{
    for (std::size_t i = 0; i < graph.size(); ++i)
        types.assign(graph.node(i));
    PassContext context{graph, constants, findings, &types};
    runPasses(context, convertPasses());
    runPasses(context, optimisePasses());
    for (std::size_t i = 0; i < graph.size(); ++i)
        assignBuildSettings(graph.node(i), types, findings);
    runPasses(context, streamPasses());
    runPasses(context, quantisationPasses());
    runPasses(context, backendPasses());
    for (std::size_t i = 0; i < graph.size(); ++i)
        assignSoftmaxTables(graph, graph.node(i), types);
}

void addPorts(Circuit& circuit, const Emitter& emitter, const LayerGraph& graph, const Model& model)
{
    const auto modelShape = [&](ValueIndex value) {
        const auto& full = model.graph.value(value).shape;
        return full && !full->empty() ? Shape(full->begin() + 1, full->end()) : Shape{};
    };
    const auto fileName = [&](ValueIndex index) {
        const Value& value = model.graph.value(index);
        return value.original_name.empty() ? value.name : value.original_name;
    };
    std::size_t next_input = 0;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        const LayerNode& node = graph.node(i);
        if (!node.as<InputPayload>())
            continue;
        const ValueIndex value = model.graph.inputs[next_input++];
        circuit.inputs.push_back({emitter.value(node.output), fileName(value), modelShape(value), {}});
        if (const auto& order = node.as<InputPayload>()->permutation; !order.empty())
            circuit.inputs.back().element_order = transposedElements(modelShape(value), order);
    }
    for (std::size_t i = 0; i < graph.outputs.size(); ++i) {
        const ValueIndex value = model.graph.outputs[i];
        circuit.outputs.push_back({emitter.value(graph.outputs[i]), fileName(value), modelShape(value), {}});
    }
}

std::shared_ptr<const Circuit> makeCircuit(const LayerGraph& graph, const Model& model,
                                           const Configuration& configuration, ConstantCache& constants,
                                           Diagnostics& findings)
{
    auto circuit = std::make_shared<Circuit>();
    circuit->flow = configuration.flow;
    circuit->design = configuration.design;
    Emitter emitter(graph, *circuit, constants, findings);
    // The passes keep the order topological except for rare insertions; a node waits until its inputs are there.
    std::vector<bool> is_done(graph.size(), false);
    for (bool has_progress = true; has_progress;) {
        has_progress = false;
        for (std::size_t i = 0; i < graph.size(); ++i) {
            const LayerNode& node = graph.node(i);
            const bool is_ready = std::all_of(node.inputs.begin(), node.inputs.end(),
                                              [&](LinkId link) { return emitter.isEmitted(link); });
            if (is_done[i] || !is_ready)
                continue;
            emitter.emit(node);
            is_done[i] = has_progress = true;
        }
    }
    if (emitter.hasFailed())
        return nullptr;
    addPorts(*circuit, emitter, graph, model);
    finishCircuit(*circuit);
    return circuit;
}

} // namespace

Result<Lowering> lowerHls4ml(const Model& model, const Configuration& configuration, const Lowering* previous)
{
    Lowering lowering;
    const auto memory = memoryFor(previous);
    lowering.memory = memory;
    const std::lock_guard lock(memory->mutex);
    memory->constants.beginLowering();
    if (const ContentHash wanted = fingerprint(model); wanted != memory->model) {
        parseInto(*memory, model);
        memory->model = wanted;
    }
    lowering.findings = memory->parsed.problems;
    lowering.findings.insert(lowering.findings.end(), memory->findings.begin(), memory->findings.end());
    if (!memory->parsed.problems.empty())
        return lowering;
    LayerGraph graph = memory->parsed.graph;
    const TypeChooser types(configuration);
    applyConfiguration(graph, types, memory->constants, lowering.findings);
    lowering.layers = effectiveLayers(graph, types);
    lowering.circuit = makeCircuit(graph, model, configuration, memory->constants, lowering.findings);
    if (lowering.circuit)
        reportHazards(*lowering.circuit, lowering.findings);
    return lowering;
}

} // namespace bitwright
