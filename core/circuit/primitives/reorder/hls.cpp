// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/reorder/reorder.h"

#include <algorithm>

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

namespace {

/// Which elements of one input go where.
struct Part {
    std::vector<std::int64_t> from;
    std::vector<std::int64_t> to;
};

std::vector<Part> partsOf(const ReorderAttributes& attributes, std::size_t inputs, std::int64_t outputs)
{
    std::vector<Part> parts(inputs);
    for (std::int64_t i = 0; i < outputs; ++i) {
        const auto place = static_cast<std::size_t>(i);
        if (!attributes.element.empty() && attributes.element[place] < 0) continue; // stays zero
        const std::size_t source = attributes.source.empty() ? 0 : static_cast<std::size_t>(attributes.source[place]);
        parts[source].from.push_back(attributes.element.empty() ? i : attributes.element[place]);
        parts[source].to.push_back(i);
    }
    return parts;
}

/// A run of neighbours needs no table.
void describeIndex(HlsConfiguration& config, std::string_view name, std::string_view array,
                   const std::vector<std::int64_t>& places)
{
    for (std::size_t j = 0; j < places.size(); ++j)
        if (places[j] != places.front() + static_cast<std::int64_t>(j)) return config.index(name, array, places);
    config.index(name, array, {}, places.empty() ? 0 : places.front());
}

/// A function of the project that fills the result from all inputs.
std::string functionText(const HlsConfiguration& config, std::size_t inputs, bool has_zeros)
{
    std::string types;
    std::string parameters;
    std::string body;
    if (has_zeros)
        body = fmt::format("    for (unsigned i = 0; i < {}; ++i) {{\n#pragma HLS UNROLL\n        y[i] = Output(0);\n    }}\n",
                           config.outputSize());
    for (std::size_t k = 0; k < inputs; ++k) {
        types += fmt::format("class Input{}, ", k);
        parameters += config.isStream() ? fmt::format("hls::stream<Input{0}>& in{0}, ", k)
                                        : fmt::format("const Input{0} in{0}[], ", k);
        body += fmt::format("    bw::place<{}::part{}>(in{}, y);\n", config.name(), k, k);
    }
    if (!config.isStream())
        return fmt::format("template <{}class Output>\nvoid {}({}Output y[])\n{{\n#pragma HLS PIPELINE II=1\n{}}}\n", types,
                           config.primitiveName(), parameters, body);
    return fmt::format("template <{0}class Output, unsigned Size>\n"
                       "void {1}({2}hls::stream<bw::pack<Output, Size> >& out)\n"
                       "{{\n    Output y[{3}];\n#pragma HLS ARRAY_PARTITION variable=y complete\n{4}"
                       "    bw::write_vector<{3}>(y, out);\n}}\n",
                       types, config.primitiveName(), parameters, config.outputSize(), body);
}

} // namespace

Result<HlsFragment> reorderHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<ReorderAttributes>();
    HlsConfiguration config(circuit, primitive);
    config.header("bw_reorder.h");
    const std::vector<Part> parts = partsOf(attributes, primitive.inputs.size(), config.outputSize());
    std::string arguments;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        config.openStruct(fmt::format("part{}", k));
        config.integer("n_in", config.inputSize(k));
        config.integer("n", static_cast<std::int64_t>(parts[k].from.size()));
        describeIndex(config, "from", fmt::format("from{}", k), parts[k].from);
        describeIndex(config, "to", fmt::format("to{}", k), parts[k].to);
        config.closeStruct();
        arguments += config.input(k) + ", ";
    }
    const bool has_zeros = std::find(attributes.element.begin(), attributes.element.end(), -1) != attributes.element.end();
    config.append(functionText(config, parts.size(), has_zeros));
    return config.finish(fmt::format("{}({}{});", config.primitiveName(), arguments, config.output()));
}

} // namespace bitwright
