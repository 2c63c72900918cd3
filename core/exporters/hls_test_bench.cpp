// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/hls_test_bench.h"

#include <fmt/format.h>

#include "circuit/operands.h"
#include "exporters/code_text.h"
#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"
#include "support/embedded_resources.h"
#include "support/text_template.h"

namespace bitwright {

namespace {

constexpr int kExactBits = 53; ///< of a double

std::int64_t elementsOf(const Circuit& circuit, CircuitIndex value)
{
    return elementCount(circuit.value(value).shape).value_or(0);
}

/// A bipolar input takes numbers as the one-bit integer that stores it.
NumberFormat portFormat(const Circuit& circuit, const CircuitPort& port)
{
    return storageFormat(circuit.value(port.value).format);
}

/// What the port's pieces of the test bench are called: "x1", "y2".
struct PortText {
    std::string variable;
    std::string stream;
    std::string file;
};

PortText portText(std::string_view prefix, std::size_t k)
{
    return {fmt::format("{}{}", prefix, k + 1), fmt::format("{}{}_stream", prefix, k + 1),
            fmt::format("{}{}_file", prefix, k + 1)};
}

std::string callArgument(const HlsPort& port, const PortText& text)
{
    return port.transport.kind == IoType::Stream ? text.stream : text.variable;
}

std::string streamDeclaration(const HlsPort& port, const PortText& text)
{
    return fmt::format("        hls::stream<bw::pack<{}, {}> > {}(\"{}\");\n", port.type, port.transport.packing,
                       text.stream, text.stream);
}

std::map<std::string, std::string, std::less<>> inputPieces(const HlsProjectParts& parts)
{
    std::map<std::string, std::string, std::less<>> pieces;
    std::string_view either;
    for (std::size_t k = 0; k < parts.inputs.size(); ++k) {
        const HlsPort& port = parts.inputs[k];
        const PortText text = portText("x", k);
        pieces["open"] += fmt::format("    bw::code_reader {}(folder + \"/{}\");\n", text.file, inputFileName(k));
        pieces["not_open"] += fmt::format("{}!{}.is_open()", either, text.file);
        pieces["arrays"] += fmt::format("        static {} {}[{}];\n", port.type, text.variable, port.elements);
        pieces["not_read"] += fmt::format("{}!{}.read({})", either, text.file, text.variable);
        if (port.transport.kind == IoType::Stream)
            pieces["run"] += streamDeclaration(port, text) +
                             fmt::format("        bw::write_vector<{}>({}, {});\n", port.elements, text.variable, text.stream);
        either = " || ";
    }
    return pieces;
}

} // namespace

std::string inputFileName(std::size_t port) { return fmt::format("input{}.dat", port + 1); }
std::string expectedFileName(std::size_t port) { return fmt::format("expected{}.dat", port + 1); }
std::string resultFileName(std::size_t port) { return fmt::format("csim_output{}.dat", port + 1); }

Result<std::vector<PortCodes>> inputCodes(const Circuit& circuit, const std::vector<Tensor>& tensors)
{
    if (tensors.size() != circuit.inputs.size())
        return Diagnostic{DiagnosticCode::ExportInputMissing,
                          {std::to_string(circuit.inputs.size()), std::to_string(tensors.size())}};
    std::vector<PortCodes> all;
    for (std::size_t k = 0; k < tensors.size(); ++k) {
        const CircuitPort& port = circuit.inputs[k];
        const std::int64_t elements = elementsOf(circuit, port.value);
        const Shape& shape = tensors[k].shape();
        const std::int64_t samples = elements > 0 ? tensors[k].size() / elements : 0;
        // Any leading form of the same samples is accepted, as everywhere in the program.
        if (elements == 0 || samples * elements != tensors[k].size() ||
            (!all.empty() && samples != all.front().samples))
            return Diagnostic{DiagnosticCode::ArrayShape,
                              {port.model_name, shapeText(shape), shapeText(port.model_shape)}};
        std::vector<double> values = asDoubles(tensors[k]);
        if (!port.element_order.empty()) {
            const std::vector<double> from = values;
            for (std::int64_t i = 0; i < tensors[k].size(); ++i)
                values[static_cast<std::size_t>(i)] = from[static_cast<std::size_t>(
                    i / elements * elements + port.element_order[static_cast<std::size_t>(i % elements)])];
        }
        all.push_back({samples, elements, codesFromDoubles({samples, elements}, values, portFormat(circuit, port))});
    }
    return all;
}

std::vector<PortCodes> zeroInputs(const Circuit& circuit)
{
    std::vector<PortCodes> all;
    for (const CircuitPort& port : circuit.inputs) {
        const std::int64_t elements = elementsOf(circuit, port.value);
        const std::vector<double> zeros(static_cast<std::size_t>(elements), 0.0);
        all.push_back({1, elements, codesFromDoubles({1, elements}, zeros, portFormat(circuit, port))});
    }
    return all;
}

std::string codeLines(const PortCodes& codes)
{
    std::string text;
    const auto elements = static_cast<std::size_t>(codes.elements);
    for (std::size_t i = 0; i < codes.codes.size(); ++i) {
        appendCodeWord(text, codes.codes, i);
        text += (i + 1) % elements == 0 ? '\n' : ' ';
    }
    return text;
}

std::optional<PortCodes> outputCodes(const Circuit& circuit, std::size_t port, const Tensor& values)
{
    const CircuitPort& output = circuit.outputs[port];
    const NumberFormat& format = circuit.value(output.value).format;
    const std::int64_t elements = elementsOf(circuit, output.value);
    if (widthBits(format) > kExactBits || elements == 0 || values.size() % elements != 0) return std::nullopt;
    std::vector<double> ordered = asDoubles(values);
    if (!output.element_order.empty()) {
        const std::vector<double> from = ordered;
        for (std::int64_t i = 0; i < values.size(); ++i)
            ordered[static_cast<std::size_t>(i)] = from[static_cast<std::size_t>(
                i / elements * elements + output.element_order[static_cast<std::size_t>(i % elements)])];
    }
    const std::int64_t samples = values.size() / elements;
    PortCodes codes{samples, elements, {}};
    codes.codes = codesFromDoubles({samples, elements}, ordered, storageFormat(format)); // bipolar shows as 0 and 1
    return codes;
}

std::string testBenchSource(const HlsProjectParts& parts)
{
    auto pieces = inputPieces(parts);
    std::string arguments;
    for (std::size_t k = 0; k < parts.inputs.size(); ++k)
        arguments += (k > 0 ? ", " : "") + callArgument(parts.inputs[k], portText("x", k));
    std::string after;
    std::string_view either;
    for (std::size_t k = 0; k < parts.outputs.size(); ++k) {
        const HlsPort& port = parts.outputs[k];
        const PortText text = portText("y", k);
        pieces["open"] += fmt::format("    bw::code_writer {}(folder + \"/{}\");\n", text.file, resultFileName(k));
        pieces["not_open"] += fmt::format(" || !{}.is_open()", text.file);
        pieces["arrays"] += fmt::format("        static {} {}[{}];\n", port.type, text.variable, port.elements);
        pieces["not_closed"] += fmt::format("{}!{}.close()", either, text.file);
        pieces["compare"] += fmt::format("    differing += bw::compare_codes(folder + \"/{}\", folder + \"/{}\");\n",
                                         resultFileName(k), expectedFileName(k));
        if (port.transport.kind == IoType::Stream) {
            pieces["run"] += streamDeclaration(port, text);
            after += fmt::format("        bw::read_vector<{}>({}, {});\n", port.elements, text.stream, text.variable);
        }
        after += fmt::format("        {}.write({});\n", text.file, text.variable);
        arguments += ", " + callArgument(port, text);
        either = " || ";
    }
    pieces["run"] += fmt::format("        {}({});\n{}", parts.project, arguments, after);
    pieces["project"] = parts.project;
    for (const char* block : {"open", "arrays", "run", "compare"})
        if (!pieces[block].empty()) pieces[block].pop_back(); // the template ends the line
    return fillTemplate(embeddedText("hls/project/test.cpp.in"), pieces);
}

} // namespace bitwright
