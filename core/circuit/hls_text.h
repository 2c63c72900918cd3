// SPDX-License-Identifier: GPL-3.0-or-later
/// Names, types and configuration structs of HLS projects, for the HLS facets of primitives and the exporters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "circuit/circuit.h"
#include "circuit/hls_fragment.h"
#include "circuit/operands.h"
#include "circuit/window.h"
#include "support/result.h"

namespace bitwright {

/// @p text as a part of a C++ identifier: ASCII letters, digits and single underscores, at most 60 characters.
std::string hlsIdentifier(std::string_view text);

/// Names are unique within a project and follow from the circuit alone.
/// @pre @p primitive is an element of @p circuit
std::string hlsPrimitiveName(const Circuit& circuit, const Primitive& primitive); ///< "layer3_Dense_MatMul_0"
std::string hlsValueName(const Circuit& circuit, CircuitIndex value);             ///< "layer3_Dense_MatMul_0_out"
/// The variable that input @p which of @p primitive reads: the value, or its own copy of one with several readers
/// (functions side by side in one dataflow cannot share a channel).
std::string hlsInputName(const Circuit& circuit, const Primitive& primitive, std::size_t which);

/// How often a value is read: by inputs of primitives, and by output ports.
std::size_t hlsReaderCount(const Circuit& circuit, CircuitIndex value);
/// The variable that reader @p reader of @p readers takes.
std::string hlsCopyName(const std::string& value, std::size_t reader, std::size_t readers);
/// The number of an output port among the readers of its value: after all primitives.
std::size_t hlsOutputReader(const Circuit& circuit, std::size_t port);

/// "ap_fixed<16, 6, AP_TRN, AP_WRAP, 0>"; nothing for formats that are neither fixed point nor bipolar.
std::optional<std::string> hlsType(const NumberFormat& format);

/// The struct of `bw_product.h` that multiplies as @p rule says.
std::string_view hlsProduct(const ProductRule& rule);

/// Collects one primitive's configuration struct, its constant arrays and headers. Errors are kept until `finish`.
class HlsConfiguration {
public:
    /// @p primitive is an element of @p circuit.
    HlsConfiguration(const Circuit& circuit, const Primitive& primitive);

    const std::string& primitiveName() const { return m_name; }
    std::string name() const { return m_name + "_config"; }
    std::string input(std::size_t which = 0) const;
    std::string output() const;
    /// Elements of an input or of the output.
    std::int64_t inputSize(std::size_t which = 0) const;
    std::int64_t outputSize() const;
    bool isStream() const;

    void header(std::string_view name);
    void integer(std::string_view name, std::int64_t value); ///< static const unsigned
    void reuseFactor(std::int64_t value); ///< also the interval of the pipeline
    void alias(std::string_view name, std::string_view type);
    void type(std::string_view name, const NumberFormat& format);
    /// `static unsigned name(unsigned i)`: @p table, stored in the array of suffix @p array, when there is one, else
    /// i + @p offset.
    void index(std::string_view name, std::string_view array, const std::vector<std::int64_t>& table,
               std::int64_t offset = 0);
    void openStruct(std::string_view name); ///< a struct within the configuration
    void closeStruct();
    /// `static type name(unsigned i)`: entry i of the array of @p slot.
    void entry(std::string_view name, std::string_view type, std::string_view slot);
    /// `apply(x, i)`, with the body @p expression; @p index_used says whether it reads i.
    void apply(std::string_view expression, bool index_used);
    /// Adds the constant of @p slot as an array. @return its name
    std::string array(std::string_view slot);
    /// Adds @p codes as an array. @return its name
    std::string array(std::string_view suffix, std::shared_ptr<const CodeTensor> codes);
    /// Expression for entry @p index of the constant of @p slot as a number: "bw::constant<bias_t>(..., i % 4)".
    /// Adds the array and the type `<slot>_t`: that of the formats where they name the slot, else the tensor's own.
    std::string constant(std::string_view slot, std::string_view index);
    /// "i", "0" or "i % n" for a period of @p n in @p total elements.
    static std::string periodicIndex(std::int64_t n, std::int64_t total);

    /// Text after the struct: free functions.
    void append(std::string_view text) { m_after += text; }
    void markSequential() { m_fragment.is_sequential = true; }

    /// @error ExportFormatUnsupported
    Result<HlsFragment> finish(std::string call);

private:
    void fail(Diagnostic problem);

    const Circuit& m_circuit;
    const Primitive& m_primitive;
    std::string m_name;
    std::string m_body;
    std::string m_after;
    HlsFragment m_fragment;
    std::optional<Diagnostic> m_problem;
};

/// The members of the configuration of bw_window.h; @p results per window.
void describeWindow(HlsConfiguration& configuration, const ImageWindow& window, std::int64_t results);

/// The facet of functions that `bw::elementwise` applies.
Result<HlsFragment> finishElementwise(HlsConfiguration& configuration, std::int64_t reuse_factor);

} // namespace bitwright
