// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimator/table_layers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "circuit/cost_laws/convolution_law.h"
#include "circuit/cost_laws/dense_law.h"
#include "circuit/cost_laws/elementwise_law.h"
#include "estimator/weight_reconstruction.h"

namespace bitwright {
namespace {

constexpr double kDefaultBits = 16; // hls4ml's default precision

double known(double value, double otherwise)
{
    return value > 0 ? value : otherwise;
}

std::int64_t knownCount(std::int64_t value, std::int64_t otherwise)
{
    return value > 0 ? value : otherwise;
}

// The product that stands nearest in the table; one of fitting size goes before all others.
struct NearestProduct {
    const TableLayer* layer = nullptr;
    std::size_t distance = 0;
    bool fits = false;

    void offer(const TableLayer& candidate, std::size_t how_far, bool is_fitting)
    {
        const bool is_better = layer == nullptr || (is_fitting && !fits) || (is_fitting == fits && how_far < distance);
        if (!is_better) return;
        layer = &candidate;
        distance = how_far;
        fits = is_fitting;
    }
};

// Walks through the layers of a row and keeps what the next one needs.
class Walker {
public:
    Walker(const TableRow& row, const ActivationContext& context, const CostProfile& profile)
        : m_row(row), m_context(context), m_profile(profile)
    {
        m_bits = known(row.input_bits, kDefaultBits);
        m_is_stream = row.is_stream || (context.is_stream && row.strategy.empty());
    }

    LayerCost layer(std::size_t index);

private:
    using Rule = LayerCost (Walker::*)(const TableLayer&);
    struct NamedRule {
        std::string_view type;
        Rule rule;
    };

    LayerCost dense(const TableLayer& layer);
    LayerCost convolution(const TableLayer& layer);
    LayerCost relu(const TableLayer& layer);
    LayerCost table(const TableLayer& layer);
    LayerCost softmax(const TableLayer& layer);
    LayerCost pool(const TableLayer& layer);
    LayerCost move(const TableLayer& layer);
    LayerCost nothing(const TableLayer& layer);
    LayerCost refused(const std::string& reason) const;

    DenseFacts denseFacts(const TableLayer& layer) const;
    double nextInputBits() const;
    ElementwiseFacts elementwise(const TableLayer& layer, std::string_view kernel, std::string_view regime);
    LayerCost finish(const ElementwiseFacts& facts);

    const TableRow& m_row;
    const ActivationContext& m_context;
    const CostProfile& m_profile;
    std::size_t m_index = 0;
    bool m_is_stream = false;
    double m_bits = kDefaultBits;      ///< of the value that enters the layer
    double m_result_bits = -1;         ///< of the last product, before an activation
    double m_accumulator_bits = -1;
    double m_nonzero_per_output = -1;
    std::int64_t m_elements = -1;
    std::int64_t m_pixels = 1;
};

DenseFacts Walker::denseFacts(const TableLayer& layer) const
{
    DenseFacts facts;
    facts.n_in = layer.n_in;
    facts.n_out = layer.n_out;
    facts.reuse_factor = knownCount(layer.reuse_factor, 1);
    const std::string& strategy = layer.strategy.empty() ? m_row.strategy : layer.strategy;
    facts.strategy = strategy.find("resource") != std::string::npos ? Strategy::Resource : Strategy::Latency;
    facts.is_stream = m_is_stream;
    facts.has_bias = !m_row.is_bias_zero;
    facts.clock.period_ns = m_row.clock_ns;
    facts.weight_bits = known(layer.weight_bits, kDefaultBits);
    facts.input_bits = known(layer.input_bits, m_bits);
    facts.accumulator_bits = known(layer.accumulator_bits, kDefaultBits);
    facts.output_bits = known(layer.output_bits, facts.accumulator_bits);
    facts.is_multiplier_forced = m_row.multiplier_forced == "dsp";
    facts.is_lut_forced = m_row.multiplier_forced == "lut";
    const double density = m_row.is_network ? m_nonzero_per_output : m_context.nonzero_per_output;
    if (density >= 0) facts.input_live_share = liveInputShare(density, m_profile);
    WeightCounts counts;
    counts.n_in = layer.n_in;
    counts.n_out = layer.n_out;
    counts.weight_bits = static_cast<int>(facts.weight_bits);
    counts.nonzero = layer.nonzero >= 0 ? layer.nonzero : static_cast<double>(layer.n_in * layer.n_out);
    counts.has_digits = layer.power_of_two >= 0 && layer.csd_digits >= 0;
    counts.power_of_two = std::max(layer.power_of_two, 0.0);
    counts.csd_digits = std::max(layer.csd_digits, 0.0);
    counts.unknown_deviation = m_profile.constant("unknown_weight_deviation");
    const bool are_weights_constants = facts.strategy != Strategy::Resource || facts.reuse_factor == 1;
    if (are_weights_constants) {
        facts.weights = expectedStatistics(counts);
    } else {
        facts.weights.nonzero = counts.nonzero;
        facts.weights.mean_width_bits = facts.weight_bits;
    }
    return facts;
}

LayerCost Walker::dense(const TableLayer& layer)
{
    if (layer.n_in <= 0 || layer.n_out <= 0) return refused("a product without its sizes");
    const DenseFacts facts = denseFacts(layer);
    LayerCost result;
    result.is_known = true;
    result.is_product = true;
    result.cost = denseCost(facts, m_profile);
    result.output_bits = static_cast<double>(layer.n_out) * facts.output_bits;
    result.fill_cycles = result.cost.latency_cycles.value;
    m_accumulator_bits = facts.accumulator_bits;
    m_nonzero_per_output = layer.nonzero >= 0 ? layer.nonzero / static_cast<double>(layer.n_out) : -1;
    m_result_bits = known(layer.output_bits, std::max(kDefaultBits, facts.input_bits));
    m_bits = m_result_bits;
    m_elements = layer.n_out;
    m_pixels = 1;
    return result;
}

LayerCost Walker::convolution(const TableLayer& layer)
{
    if (layer.n_in <= 0 || layer.n_out <= 0 || layer.input_pixels <= 0)
        return refused("a convolution without its sizes");
    ConvolutionFacts facts;
    facts.product = denseFacts(layer);
    facts.channels = knownCount(layer.channels, 1);
    facts.kernel_width = layer.kernel.empty() ? 1 : layer.kernel.back();
    facts.kernel_height = layer.kernel.size() < 2 ? 1 : layer.kernel.front();
    facts.row_width = layer.input_extents.empty() ? layer.input_pixels : layer.input_extents.back();
    facts.input_pixels = layer.input_pixels;
    facts.output_pixels = knownCount(layer.output_pixels, layer.input_pixels);
    if (!m_is_stream && layer.kernel.size() == 1) facts.parallelisation = facts.output_pixels;
    LayerCost result;
    result.is_known = true;
    result.is_product = true;
    result.cost = convolutionCost(facts, m_profile);
    result.output_bits = static_cast<double>(layer.n_out * facts.output_pixels) * facts.product.output_bits;
    const double pixels_before = static_cast<double>((facts.kernel_height - 1) * facts.row_width + facts.kernel_width);
    result.fill_cycles = result.cost.latency_cycles.value * pixels_before / static_cast<double>(facts.input_pixels);
    m_accumulator_bits = facts.product.accumulator_bits;
    m_nonzero_per_output = layer.nonzero >= 0 ? layer.nonzero / static_cast<double>(layer.n_out) : -1;
    m_result_bits = known(layer.output_bits, std::max(kDefaultBits, facts.product.input_bits));
    m_bits = m_result_bits;
    m_pixels = facts.output_pixels;
    m_elements = layer.n_out * facts.output_pixels;
    return result;
}

double Walker::nextInputBits() const
{
    for (std::size_t next = m_index + 1; next < m_row.layers.size(); ++next)
        if (m_row.layers[next].n_in > 0) return m_row.layers[next].input_bits;
    return -1;
}

ElementwiseFacts Walker::elementwise(const TableLayer& layer, std::string_view kernel, std::string_view regime)
{
    ElementwiseFacts facts;
    facts.kernel = kernel;
    facts.regime = regime;
    facts.is_stream = m_is_stream;
    facts.elements = knownCount(layer.elements, m_elements);
    const std::int64_t channels = knownCount(layer.channels, knownCount(m_context.lanes, 0));
    const bool has_channels = channels > 0 && channels < facts.elements;
    facts.lanes = has_channels ? channels : m_pixels > 1 ? std::max<std::int64_t>(1, facts.elements / m_pixels)
                                                         : facts.elements;
    facts.beats = std::max<std::int64_t>(1, facts.elements / std::max<std::int64_t>(1, facts.lanes));
    facts.input_bits = m_bits;
    facts.output_bits = m_bits;
    return facts;
}

LayerCost Walker::finish(const ElementwiseFacts& facts)
{
    if (facts.elements <= 0) return refused(fmt::format("{} of unknown size", facts.regime));
    LayerCost result;
    result.is_known = true;
    result.cost = elementwiseCost(facts, m_profile);
    result.output_bits = static_cast<double>(facts.elements) * facts.output_bits;
    result.fill_cycles = result.cost.latency_cycles.value / static_cast<double>(facts.beats);
    m_bits = facts.output_bits;
    m_elements = facts.elements;
    return result;
}

LayerCost Walker::relu(const TableLayer& layer)
{
    double in = m_result_bits;
    double out = nextInputBits();
    double accumulator = m_accumulator_bits;
    double density = m_nonzero_per_output;
    if (!m_row.is_network) { // a module of its own: its neighbours are other rows of the group
        in = m_context.result_bits;
        out = m_context.next_input_bits;
        accumulator = m_context.accumulator_bits;
        density = m_context.nonzero_per_output;
    }
    in = known(in, kDefaultBits);
    out = known(out, in);
    // Accumulators of sixteen bits are hls4ml's default: there a narrow result was asked for with rounding and
    // saturation. Others were derived bit by bit, and only cut.
    const bool is_derived = accumulator > 0 && accumulator != kDefaultBits;
    std::string_view regime = layer.type; // a view of a name that outlives the facts
    if (layer.type == "relu") regime = out >= in ? "relu" : is_derived ? "relu_truncate" : "relu_round";
    ElementwiseFacts facts = elementwise(layer, "activation", regime);
    facts.input_bits = in;
    facts.output_bits = out;
    if (density >= 0) facts.live_share = liveShare(density, m_profile);
    return finish(facts);
}

LayerCost Walker::table(const TableLayer& layer)
{
    ElementwiseFacts facts = elementwise(layer, "table", layer.type);
    facts.table_entries = 1024;
    facts.table_bits = kDefaultBits;
    return finish(facts);
}

LayerCost Walker::softmax(const TableLayer& layer)
{
    SoftmaxFacts facts;
    facts.classes = knownCount(layer.elements, m_elements);
    if (facts.classes <= 0) return refused("a softmax of unknown size");
    facts.is_stream = m_is_stream;
    facts.is_lut_forced = m_row.multiplier_forced == "lut";
    facts.clock.period_ns = m_row.clock_ns;
    facts.input_bits = m_bits;
    LayerCost result;
    result.is_known = true;
    result.cost = softmaxCost(facts, m_profile);
    result.output_bits = static_cast<double>(facts.classes) * kDefaultBits;
    result.fill_cycles = result.cost.latency_cycles.value;
    return result;
}

LayerCost Walker::pool(const TableLayer& layer)
{
    const bool is_average = layer.type.starts_with("average");
    // Windows of different sizes are divided by a variable where the tool does not see through it.
    const bool is_divided = layer.is_padded_same && !m_is_stream && m_profile.constant("average_divides") > 0;
    const char* average = is_divided ? "average_divided" : "average";
    ElementwiseFacts facts = elementwise(layer, "pool", is_average ? average : "maximum");
    const std::int64_t pixels = knownCount(layer.input_pixels, m_pixels);
    const std::int64_t channels =
        knownCount(layer.channels, m_elements > 0 ? m_elements / std::max<std::int64_t>(1, m_pixels) : -1);
    if (pixels <= 0 || channels <= 0) return refused("a pool of unknown size");
    const bool is_planar = layer.type.ends_with("2d");
    constexpr std::int64_t kWindow = 2;
    const std::int64_t window = is_planar ? kWindow * kWindow : kWindow;
    facts.elements = pixels * channels / window;
    facts.lanes = channels;
    facts.beats = pixels;
    facts.terms = window;
    LayerCost result = finish(facts);
    m_pixels = std::max<std::int64_t>(1, pixels / window);
    m_elements = m_pixels * channels;
    return result;
}

LayerCost Walker::move(const TableLayer& layer)
{
    ElementwiseFacts facts = elementwise(layer, "reorder", layer.type);
    for (std::size_t next = m_index + 1; next < m_row.layers.size(); ++next)
        if (m_row.layers[next].input_pixels > 0) {
            facts.beats = m_row.layers[next].input_pixels;
            facts.lanes = knownCount(m_row.layers[next].channels, 1);
            facts.elements = facts.beats * facts.lanes;
            break;
        }
    return finish(facts);
}

LayerCost Walker::nothing(const TableLayer&)
{
    LayerCost result;
    result.is_known = true;
    return result;
}

LayerCost Walker::refused(const std::string& reason) const
{
    LayerCost result;
    result.reason = fmt::format("layer {}: {}", m_index + 1, reason);
    return result;
}

LayerCost Walker::layer(std::size_t index)
{
    static constexpr std::array kRules{
        NamedRule{"dense", &Walker::dense},        NamedRule{"conv1d", &Walker::convolution},
        NamedRule{"conv2d", &Walker::convolution}, NamedRule{"relu", &Walker::relu},
        NamedRule{"leaky_relu", &Walker::relu},    NamedRule{"prelu", &Walker::relu},
        NamedRule{"hard_activ", &Walker::relu},    NamedRule{"sigmoid", &Walker::table},
        NamedRule{"tanh", &Walker::table},         NamedRule{"elu", &Walker::table},
        NamedRule{"softmax", &Walker::softmax},    NamedRule{"pool1d", &Walker::pool},
        NamedRule{"pool2d", &Walker::pool},        NamedRule{"maxpool1d", &Walker::pool},
        NamedRule{"maxpool2d", &Walker::pool},     NamedRule{"averagepool1d", &Walker::pool},
        NamedRule{"averagepool2d", &Walker::pool}, NamedRule{"pad", &Walker::move},
        NamedRule{"resize", &Walker::move},        NamedRule{"linear", &Walker::nothing}};
    m_index = index;
    const TableLayer& layer = m_row.layers[index];
    for (const NamedRule& rule : kRules)
        if (rule.type == layer.type) return (this->*rule.rule)(layer);
    return refused(fmt::format("no law for '{}'", layer.type));
}

} // namespace

ActivationContext activationContext(const std::vector<const TableRow*>& group, std::size_t index)
{
    ActivationContext context;
    const TableRow& row = *group[index];
    for (const TableRow* other : group)
        context.is_stream = context.is_stream || other->is_stream;
    if (row.layers.size() != 1 || row.is_network) return context;
    const TableLayer& own = row.layers.front();
    const std::int64_t count = own.elements > 0 ? own.elements : own.n_in;
    NearestProduct before;
    NearestProduct after;
    for (std::size_t other = 0; other < group.size(); ++other) {
        if (other == index || group[other]->is_network || group[other]->layers.empty()) continue;
        const TableLayer& layer = group[other]->layers.front();
        if (layer.n_in <= 0) continue;
        const std::size_t distance = other > index ? other - index : index - other;
        const std::int64_t outputs = layer.n_out * knownCount(layer.output_pixels, 1);
        before.offer(layer, distance, outputs == count);
        after.offer(layer, distance, layer.n_in == count);
    }
    if (before.layer != nullptr) {
        context.result_bits = before.layer->output_bits;
        context.accumulator_bits = before.layer->accumulator_bits;
        if (before.fits && before.layer->output_pixels > 1) context.lanes = before.layer->n_out;
        if (before.fits && before.layer->nonzero >= 0)
            context.nonzero_per_output = before.layer->nonzero / static_cast<double>(before.layer->n_out);
    }
    if (after.layer != nullptr) context.next_input_bits = after.layer->input_bits;
    return context;
}

std::vector<LayerCost> layerCosts(const TableRow& row, const ActivationContext& context, const CostProfile& profile)
{
    Walker walker(row, context, profile);
    std::vector<LayerCost> costs;
    for (std::size_t index = 0; index < row.layers.size(); ++index)
        costs.push_back(walker.layer(index));
    return costs;
}

} // namespace bitwright
