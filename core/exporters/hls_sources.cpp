// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/hls_sources.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "circuit/hls_text.h"
#include "circuit/primitive_descriptor.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

constexpr std::string_view kSpdxNote = "// Written by Bitwright.\n";

/// Words that cannot name a function, or that headers of the project or of C already use.
constexpr auto kReserved = std::to_array<std::string_view>({
    "alignas", "alignof", "and", "and_eq", "asm", "assert", "auto", "bitand", "bitor", "bool", "break", "bw", "case",
    "catch", "char", "class", "compl", "concept", "const", "const_cast", "consteval", "constexpr", "constinit",
    "continue", "decltype", "default", "defines", "delete", "do", "double", "dynamic_cast", "else", "enum", "errno",
    "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "hls", "if", "inline", "int", "linux",
    "long", "main", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or", "or_eq",
    "parameters", "private", "protected", "public", "register", "reinterpret_cast", "requires", "return", "short",
    "signed", "sizeof", "static", "static_assert", "static_cast", "std", "stderr", "stdin", "stdout", "struct",
    "switch", "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union",
    "unix", "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq", "abs", "div",
    "exit", "exp", "floor", "log", "read", "round", "signbit", "sin", "tanh", "time", "write", "EOF",
});

std::string valueType(const Circuit& circuit, CircuitIndex value) { return hlsValueName(circuit, value) + "_t"; }

std::int64_t elementsOf(const CircuitValue& value) { return elementCount(value.shape).value_or(0); }

bool isStream(const Transport& transport) { return transport.kind == IoType::Stream; }

std::string packType(const std::string& type, const Transport& transport)
{
    return fmt::format("bw::pack<{}, {}>", type, transport.packing);
}

/// "const x_t x[16]" or "hls::stream<bw::pack<x_t, 16> >& x".
std::string parameterText(const HlsPort& port, bool is_input)
{
    if (isStream(port.transport)) return fmt::format("hls::stream<{} >& {}", packType(port.type, port.transport), port.name);
    return fmt::format("{}{} {}[{}]", is_input ? "const " : "", port.type, port.name, port.elements);
}

std::string signature(const HlsProjectParts& parts)
{
    std::string text = fmt::format("void {}(", parts.project);
    std::string_view separator = "\n    ";
    for (const HlsPort& port : parts.inputs) {
        text += fmt::format("{}{}", separator, parameterText(port, true));
        separator = ",\n    ";
    }
    for (const HlsPort& port : parts.outputs) {
        text += fmt::format("{}{}", separator, parameterText(port, false));
        separator = ",\n    ";
    }
    return text + ")";
}

Result<HlsPort> portOf(const Circuit& circuit, CircuitIndex index, std::string name)
{
    const CircuitValue& value = circuit.value(index);
    HlsPort port{.name = std::move(name), .type = valueType(circuit, index), .elements = elementsOf(value),
                 .transport = value.transport, .value = index};
    if (port.elements > 0) return port;
    return Diagnostic{DiagnosticCode::ExportEmpty, {hlsPlainText(value.name)}};
}

Result<HlsPort> outputPort(const Circuit& circuit, std::size_t number)
{
    const CircuitPort& output = circuit.outputs[number];
    const bool is_forwarded =
        circuit.value(output.value).producer < 0 || hlsReaderCount(circuit, output.value) > 1;
    std::string name = hlsValueName(circuit, output.value);
    if (is_forwarded) name = fmt::format("output{}_{}", number + 1, hlsIdentifier(output.model_name));
    Result<HlsPort> port = portOf(circuit, output.value, std::move(name));
    if (port) port->is_forwarded = is_forwarded;
    return port;
}

/// Declares @p name as an array or a stream of the value's kind.
std::string declaration(const Circuit& circuit, CircuitIndex index, const std::string& name)
{
    const CircuitValue& value = circuit.value(index);
    const std::string type = valueType(circuit, index);
    if (!isStream(value.transport))
        return fmt::format("    {0} {1}[{2}];\n#pragma HLS ARRAY_PARTITION variable={1} complete dim=0\n", type, name,
                           elementsOf(value));
    return fmt::format("    hls::stream<{0} > {1}(\"{1}\");\n#pragma HLS STREAM variable={1} depth={2}\n",
                       packType(type, value.transport), name, std::max<std::int64_t>(1, value.transport.depth));
}

/// "7" for `split` and its like: entries of a stream, elements of an array.
std::int64_t transfers(const CircuitValue& value)
{
    return isStream(value.transport) ? elementsOf(value) / value.transport.packing : elementsOf(value);
}

/// Copies of a value for several readers, two at a time; or its removal when nobody reads it.
std::string distribution(const Circuit& circuit, CircuitIndex index)
{
    const CircuitValue& value = circuit.value(index);
    const std::string name = hlsValueName(circuit, index);
    const std::size_t readers = hlsReaderCount(circuit, index);
    const std::int64_t count = transfers(value);
    if (readers == 0) return isStream(value.transport) ? fmt::format("    bw::drain<{}>({});\n", count, name) : "";
    std::string text;
    std::string source = name;
    for (std::size_t reader = 0; reader + 1 < readers; ++reader) {
        const std::string first = hlsCopyName(name, reader, readers);
        const bool is_last = reader + 2 == readers;
        const std::string second =
            is_last ? hlsCopyName(name, reader + 1, readers) : fmt::format("{}_rest{}", name, reader + 1);
        text += declaration(circuit, index, first) + declaration(circuit, index, second);
        text += fmt::format("    bw::split<{}>({}, {}, {});\n", count, source, first, second);
        source = second;
    }
    return text;
}

std::string interfacePragmas(const HlsProjectParts& parts)
{
    std::string text;
    const auto describe = [&](const HlsPort& port, std::string_view layout) {
        if (isStream(port.transport)) {
            text += fmt::format("#pragma HLS INTERFACE axis port={}\n", port.name);
            return;
        }
        text += fmt::format("#pragma HLS {} variable={} complete dim=0\n", layout, port.name);
        text += fmt::format("#pragma HLS INTERFACE ap_vld port={}\n", port.name);
    };
    for (const HlsPort& port : parts.inputs)
        describe(port, "ARRAY_RESHAPE");
    for (const HlsPort& port : parts.outputs)
        describe(port, "ARRAY_PARTITION");
    return text;
}

/// One pipeline where every function is one; else functions side by side, joined by channels.
std::string stylePragma(const HlsProjectParts& parts)
{
    const auto is_stream = [](const HlsPort& port) { return isStream(port.transport); };
    bool is_dataflow = std::any_of(parts.inputs.begin(), parts.inputs.end(), is_stream);
    std::int64_t interval = 1;
    for (const HlsFragment& fragment : parts.fragments) {
        is_dataflow = is_dataflow || fragment.is_sequential;
        interval = std::max(interval, fragment.interval_cycles);
    }
    return is_dataflow ? "#pragma HLS DATAFLOW\n" : fmt::format("#pragma HLS PIPELINE II={}\n", interval);
}

bool isPort(const HlsProjectParts& parts, const std::string& name)
{
    return std::any_of(parts.outputs.begin(), parts.outputs.end(),
                       [&](const HlsPort& port) { return port.name == name; });
}

} // namespace

std::string hlsProjectName(std::string_view name)
{
    std::string result = hlsIdentifier(name);
    if (result.empty()) return "myproject";
    const bool starts_with_digit = result.front() >= '0' && result.front() <= '9';
    if (starts_with_digit || result.starts_with("ap_") || result.starts_with("bw_")) result = "project_" + result;
    if (std::find(kReserved.begin(), kReserved.end(), result) != kReserved.end()) result += "_top";
    return result;
}

std::string hlsPlainText(std::string_view text)
{
    constexpr std::string_view kPlain = " _.,:;/+-=()<>";
    constexpr std::size_t kLongest = 200;
    std::string result;
    for (char c : text.substr(0, kLongest)) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              kPlain.find(c) != std::string_view::npos;
        result += is_plain ? c : '_';
    }
    return result;
}

Result<HlsProjectParts> hlsProjectParts(const Circuit& circuit)
{
    HlsProjectParts parts{.project = hlsProjectName(circuit.design.project_name)};
    for (const CircuitValue& value : circuit.values)
        if (!hlsType(value.format))
            return Diagnostic{DiagnosticCode::ExportFormatUnsupported,
                              {shortName(value.format)},
                              LayerLocation{value.name, {}},
                              "Choose a fixed-point format."};
    for (const CircuitPort& input : circuit.inputs) {
        Result<HlsPort> port = portOf(circuit, input.value, hlsValueName(circuit, input.value));
        if (!port) return port.error();
        parts.inputs.push_back(std::move(*port));
    }
    for (std::size_t k = 0; k < circuit.outputs.size(); ++k) {
        Result<HlsPort> port = outputPort(circuit, k);
        if (!port) return port.error();
        parts.outputs.push_back(std::move(*port));
    }
    for (const Primitive& primitive : circuit.primitives) {
        if (!primitive.kind->hls)
            return Diagnostic{DiagnosticCode::ExportPrimitiveUnsupported,
                              {std::string(primitive.kind->title), std::string(primitive.kind->hls.reason())},
                              LayerLocation{primitive.layer, {}}};
        Result<HlsFragment> fragment = primitive.kind->hls(circuit, primitive);
        if (!fragment) return fragment.error();
        parts.fragments.push_back(std::move(*fragment));
    }
    return parts;
}

std::string definesHeader(const Circuit& circuit)
{
    std::string text = std::string(kSpdxNote) + "// The number type of every value.\n#ifndef DEFINES_H\n#define DEFINES_H\n\n"
                                                "#include \"bw/bw_stream.h\"\n\n";
    for (std::size_t k = 0; k < circuit.values.size(); ++k) {
        const auto index = static_cast<CircuitIndex>(k);
        text += fmt::format("typedef {} {};\n", hlsType(circuit.value(index).format).value_or("void"),
                            valueType(circuit, index));
    }
    return text + "\n#endif\n";
}

std::string parametersHeader(const HlsProjectParts& parts)
{
    std::set<std::string> headers;
    std::string arrays;
    std::string configurations;
    for (const HlsFragment& fragment : parts.fragments) {
        headers.insert(fragment.headers.begin(), fragment.headers.end());
        for (const HlsArray& array : fragment.arrays)
            arrays += fmt::format("#include \"weights/{}.h\"\n", array.name);
        if (!fragment.configuration.empty()) configurations += "\n" + fragment.configuration;
    }
    std::string text = std::string(kSpdxNote) + "// What the templates need to know about each layer.\n"
                                                "#ifndef PARAMETERS_H\n#define PARAMETERS_H\n\n#include \"defines.h\"\n\n";
    for (const std::string& header : headers)
        text += fmt::format("#include \"bw/{}\"\n", header);
    return text + "\n" + arrays + configurations + "\n#endif\n";
}

std::string topHeader(const HlsProjectParts& parts)
{
    return fmt::format("{0}#ifndef {1}_TOP_H\n#define {1}_TOP_H\n\n#include \"defines.h\"\n\n{2};\n\n#endif\n", kSpdxNote,
                       parts.project, signature(parts));
}

std::string topSource(const Circuit& circuit, const HlsProjectParts& parts)
{
    std::string text = fmt::format("{0}#include \"{1}.h\"\n\n#include \"parameters.h\"\n\n{2}\n{{\n", kSpdxNote,
                                   parts.project, signature(parts));
    text += interfacePragmas(parts) + stylePragma(parts);
    for (const HlsPort& port : parts.inputs)
        text += distribution(circuit, port.value);
    for (std::size_t k = 0; k < circuit.primitives.size(); ++k) {
        const Primitive& primitive = circuit.primitives[k];
        text += fmt::format("\n    // {}: {}\n", hlsPlainText(primitive.layer), hlsPlainText(primitive.name));
        for (CircuitIndex output : primitive.outputs) {
            const std::string name = hlsValueName(circuit, output);
            if (!isPort(parts, name)) text += declaration(circuit, output, name);
        }
        text += fmt::format("    {}\n", parts.fragments[k].call);
        for (CircuitIndex output : primitive.outputs)
            text += distribution(circuit, output);
    }
    for (std::size_t k = 0; k < parts.outputs.size(); ++k) {
        const HlsPort& port = parts.outputs[k];
        if (!port.is_forwarded) continue;
        const std::string source = hlsCopyName(hlsValueName(circuit, port.value), hlsOutputReader(circuit, k),
                                               hlsReaderCount(circuit, port.value));
        text += fmt::format("\n    bw::forward<{}>({}, {});\n", transfers(circuit.value(port.value)), source, port.name);
    }
    return text + "}\n";
}

} // namespace bitwright
