// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/table_function/table_function.h"

#include <fmt/format.h>

#include "circuit/hls_text.h"

namespace bitwright {

Result<HlsFragment> tableFunctionHls(const Circuit& circuit, const Primitive& primitive)
{
    const auto& attributes = primitive.attributesAs<TableFunctionAttributes>();
    HlsConfiguration config(circuit, primitive);
    config.header("bw_table.h");
    config.type("table_t", primitive.constant("table").format);
    const std::string table = config.array("table");
    const bool is_elu = attributes.function == TableFunction::Elu;
    if (is_elu || attributes.function == TableFunction::Selu) {
        const bool is_stream = circuit.input(primitive).transport.kind == IoType::Stream;
        const std::string_view function = is_elu ? "elu" : (is_stream ? "selu_of_stream" : "selu");
        config.apply(fmt::format("bw::{}<Output, table_t, {}>(x, {}, {})", function, attributes.size, table,
                                 config.constant("parameter", "0")),
                     false);
    } else {
        // The table covers [-4, 4) for tanh and [-8, 8) for the others.
        const int range_log2 = attributes.function == TableFunction::Tanh ? 3 : 4;
        config.apply(fmt::format("bw::table_value<Output, table_t, {}, {}>(x, {})", attributes.size, range_log2, table),
                     false);
    }
    return finishElementwise(config, attributes.reuse_factor);
}

} // namespace bitwright
