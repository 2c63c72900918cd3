// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/hls_text.h"

#include <fmt/format.h>

#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

constexpr std::size_t kLongestPart = 60;

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string_view roundingMode(Rounding rounding)
{
    switch (rounding) {
    case Rounding::Trn: return "AP_TRN";
    case Rounding::TrnZero: return "AP_TRN_ZERO";
    case Rounding::Rnd: return "AP_RND";
    case Rounding::RndZero: return "AP_RND_ZERO";
    case Rounding::RndInf: return "AP_RND_INF";
    case Rounding::RndMinInf: return "AP_RND_MIN_INF";
    case Rounding::RndConv: break;
    }
    return "AP_RND_CONV";
}

std::string_view overflowMode(Overflow overflow)
{
    switch (overflow) {
    case Overflow::Wrap: return "AP_WRAP";
    case Overflow::Sat: return "AP_SAT";
    case Overflow::SatZero: return "AP_SAT_ZERO";
    case Overflow::SatSym: return "AP_SAT_SYM";
    case Overflow::WrapSm: break;
    }
    return "AP_WRAP_SM";
}

/// Position of one read among all reads of its value, in the circuit's order.
std::size_t readerOf(const Circuit& circuit, const Primitive& primitive, std::size_t which)
{
    const CircuitIndex value = primitive.inputs[which];
    std::size_t reader = 0;
    for (const Primitive& other : circuit.primitives)
        for (std::size_t k = 0; k < other.inputs.size(); ++k) {
            if (&other == &primitive && k == which) return reader;
            if (other.inputs[k] == value) ++reader;
        }
    return reader;
}

} // namespace

std::string hlsIdentifier(std::string_view text)
{
    std::string result;
    for (char c : text) {
        if (result.size() == kLongestPart) break;
        if (isLetterOrDigit(c)) result += c;
        else if (!result.empty() && result.back() != '_') result += '_';
    }
    while (!result.empty() && result.back() == '_')
        result.pop_back();
    return result;
}

std::string hlsPrimitiveName(const Circuit& circuit, const Primitive& primitive)
{
    const std::string part = hlsIdentifier(primitive.name);
    const auto number = &primitive - circuit.primitives.data() + 1;
    return part.empty() ? fmt::format("layer{}", number) : fmt::format("layer{}_{}", number, part);
}

std::string hlsValueName(const Circuit& circuit, CircuitIndex value)
{
    const CircuitIndex producer = circuit.value(value).producer;
    if (producer < 0) {
        const std::string part = hlsIdentifier(circuit.value(value).name);
        std::size_t number = 0;
        while (number < circuit.inputs.size() && circuit.inputs[number].value != value)
            ++number;
        return part.empty() ? fmt::format("input{}", number + 1) : fmt::format("input{}_{}", number + 1, part);
    }
    const Primitive& primitive = circuit.primitives[static_cast<std::size_t>(producer)];
    std::string name = hlsPrimitiveName(circuit, primitive) + "_out";
    if (primitive.outputs.size() > 1)
        for (std::size_t k = 0; k < primitive.outputs.size(); ++k)
            if (primitive.outputs[k] == value) name += fmt::format("{}", k + 1);
    return name;
}

std::size_t hlsReaderCount(const Circuit& circuit, CircuitIndex value)
{
    std::size_t count = 0;
    for (const Primitive& primitive : circuit.primitives)
        for (CircuitIndex input : primitive.inputs)
            if (input == value) ++count;
    for (const CircuitPort& port : circuit.outputs)
        if (port.value == value) ++count;
    return count;
}

std::size_t hlsOutputReader(const Circuit& circuit, std::size_t port)
{
    const CircuitIndex value = circuit.outputs[port].value;
    std::size_t after = 0;
    for (std::size_t k = port; k < circuit.outputs.size(); ++k)
        if (circuit.outputs[k].value == value) ++after;
    return hlsReaderCount(circuit, value) - after;
}

std::string hlsCopyName(const std::string& value, std::size_t reader, std::size_t readers)
{
    return readers <= 1 ? value : fmt::format("{}_copy{}", value, reader + 1);
}

std::string hlsInputName(const Circuit& circuit, const Primitive& primitive, std::size_t which)
{
    const CircuitIndex index = primitive.inputs[which];
    const std::string name = hlsValueName(circuit, index);
    return hlsCopyName(name, readerOf(circuit, primitive, which), hlsReaderCount(circuit, index));
}

std::optional<std::string> hlsType(const NumberFormat& format)
{
    if (std::holds_alternative<BipolarFormat>(format)) return "ap_uint<1>";
    const auto* fixed = std::get_if<FixedFormat>(&format);
    if (fixed == nullptr) return std::nullopt;
    const std::string_view sign = fixed->is_signed ? "" : "u";
    if (fixed->family == FixedFamily::Integer) return fmt::format("ap_{}int<{}>", sign, fixed->width_bits);
    return fmt::format("ap_{}fixed<{}, {}, {}, {}, {}>", sign, fixed->width_bits, fixed->integer_bits,
                       roundingMode(fixed->rounding), overflowMode(fixed->overflow), fixed->saturation_bits);
}

std::string_view hlsProduct(const ProductRule& rule)
{
    if (rule.is_equality) return "bw::product_agreement";
    if (rule.is_weight_sign) return "bw::product_sign_of_weight";
    if (rule.is_data_sign) return "bw::product_sign_of_input";
    return rule.is_ternary ? "bw::product_ternary" : "bw::product_full";
}

// ---- HlsConfiguration ----------------------------------------------------------------------------------------

HlsConfiguration::HlsConfiguration(const Circuit& circuit, const Primitive& primitive)
    : m_circuit(circuit), m_primitive(primitive), m_name(hlsPrimitiveName(circuit, primitive))
{
}

std::string HlsConfiguration::input(std::size_t which) const { return hlsInputName(m_circuit, m_primitive, which); }

std::string HlsConfiguration::output() const { return hlsValueName(m_circuit, m_primitive.outputs.front()); }

std::int64_t HlsConfiguration::inputSize(std::size_t which) const
{
    return elementCount(m_circuit.input(m_primitive, which).shape).value_or(0);
}

std::int64_t HlsConfiguration::outputSize() const
{
    return elementCount(m_circuit.output(m_primitive).shape).value_or(0);
}

bool HlsConfiguration::isStream() const
{
    return m_circuit.output(m_primitive).transport.kind == IoType::Stream;
}

void HlsConfiguration::header(std::string_view name) { m_fragment.headers.emplace(name); }

void HlsConfiguration::integer(std::string_view name, std::int64_t value)
{
    m_body += fmt::format("    static const unsigned {} = {};\n", name, value);
}

void HlsConfiguration::reuseFactor(std::int64_t value)
{
    integer("reuse_factor", value);
    m_fragment.interval_cycles = value;
}

void HlsConfiguration::alias(std::string_view name, std::string_view type)
{
    m_body += fmt::format("    typedef {} {};\n", type, name);
}

void HlsConfiguration::type(std::string_view name, const NumberFormat& format)
{
    if (const auto text = hlsType(format)) return alias(name, *text);
    fail(Diagnostic{DiagnosticCode::ExportFormatUnsupported,
                    {shortName(format)},
                    LayerLocation{m_primitive.layer, std::string(name)},
                    "Choose a fixed-point format."});
}

void HlsConfiguration::openStruct(std::string_view name) { m_body += fmt::format("    struct {} {{\n", name); }

void HlsConfiguration::closeStruct() { m_body += "    };\n"; }

void HlsConfiguration::index(std::string_view name, std::string_view array_suffix,
                             const std::vector<std::int64_t>& table, std::int64_t offset)
{
    std::string expression = offset == 0 ? "i" : fmt::format("i + {}", offset);
    if (!table.empty()) {
        auto codes = std::make_shared<CodeTensor>();
        codes->shape = {static_cast<std::int64_t>(table.size())};
        codes->format = FixedFormat{.width_bits = 32, .integer_bits = 32, .is_signed = false,
                                    .family = FixedFamily::Integer};
        codes->codes = table;
        expression = fmt::format("{}[i]", array(array_suffix, std::move(codes)));
    }
    m_body += fmt::format("    static unsigned {}(unsigned i) {{ return {}; }}\n", name, expression);
}

void HlsConfiguration::entry(std::string_view name, std::string_view type, std::string_view slot)
{
    m_body += fmt::format("    static {0} {1}(unsigned i) {{ return bw::constant<{0}>({2}, i); }}\n", type, name,
                          array(slot));
}

void HlsConfiguration::apply(std::string_view expression, bool index_used)
{
    m_body += fmt::format("    template <class Output, class Input>\n"
                          "    static Output apply(const Input& x, unsigned{})\n"
                          "    {{\n"
                          "#pragma HLS INLINE\n"
                          "        return {};\n"
                          "    }}\n",
                          index_used ? " i" : "", expression);
}

std::string HlsConfiguration::array(std::string_view slot)
{
    return array(slot, m_primitive.constants.at(std::string(slot)));
}

std::string HlsConfiguration::array(std::string_view suffix, std::shared_ptr<const CodeTensor> codes)
{
    std::string name = fmt::format("{}_{}", m_name, suffix);
    m_fragment.arrays.push_back({name, std::move(codes)});
    return name;
}

std::string HlsConfiguration::constant(std::string_view slot, std::string_view index)
{
    const std::string type_name = fmt::format("{}_t", slot);
    const auto format = m_primitive.formats.find(std::string(slot));
    type(type_name, format != m_primitive.formats.end() ? format->second : m_primitive.constant(slot).format);
    return fmt::format("bw::constant<{}>({}, {})", type_name, array(slot), index);
}

std::string HlsConfiguration::periodicIndex(std::int64_t n, std::int64_t total)
{
    if (n == 1) return "0";
    return n == total ? "i" : fmt::format("i % {}", n);
}

Result<HlsFragment> HlsConfiguration::finish(std::string call)
{
    if (m_problem) return *m_problem;
    if (!m_body.empty()) m_fragment.configuration = fmt::format("struct {} {{\n{}}};\n", name(), m_body);
    m_fragment.configuration += m_after;
    m_fragment.call = std::move(call);
    return std::move(m_fragment);
}

void HlsConfiguration::fail(Diagnostic problem)
{
    if (!m_problem) m_problem = std::move(problem);
}

void describeWindow(HlsConfiguration& configuration, const ImageWindow& window, std::int64_t results)
{
    configuration.integer("in_height", window.in_height);
    configuration.integer("in_width", window.in_width);
    configuration.integer("channels", window.channels);
    configuration.integer("kernel_height", window.kernel_height);
    configuration.integer("kernel_width", window.kernel_width);
    configuration.integer("stride_height", window.stride_height);
    configuration.integer("stride_width", window.stride_width);
    configuration.integer("dilation_height", window.dilation_height);
    configuration.integer("dilation_width", window.dilation_width);
    configuration.integer("pad_top", window.pad_top);
    configuration.integer("pad_left", window.pad_left);
    configuration.integer("out_height", window.out_height);
    configuration.integer("out_width", window.out_width);
    configuration.integer("results", results);
}

Result<HlsFragment> finishElementwise(HlsConfiguration& configuration, std::int64_t reuse_factor)
{
    configuration.integer("n", configuration.outputSize());
    configuration.reuseFactor(reuse_factor);
    return configuration.finish(fmt::format("bw::elementwise<{}>({}, {});", configuration.name(),
                                            configuration.input(), configuration.output()));
}

} // namespace bitwright
