// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/hazards.h"

#include "numerics/quantise.h"
#include "support/diagnostic_codes.h"

namespace bitwright::hls4ml {

namespace {

void check(const Primitive& primitive, const NumberFormat& from, const NumberFormat& to, Diagnostics& findings)
{
    const auto* source = std::get_if<FixedFormat>(&from);
    const auto* target = std::get_if<FixedFormat>(&to);
    if (!source || !target || !abortsInOriginal(*source, *target))
        return;
    findings.push_back({DiagnosticCode::RoundingAborts, {primitive.name, shortName(from), shortName(to)},
                        LayerLocation{primitive.layer, {}}, "Give the result more fraction bits, or let it truncate."});
}

} // namespace

void reportHazards(const Circuit& circuit, Diagnostics& findings)
{
    for (const Primitive& primitive : circuit.primitives) {
        const NumberFormat& output = circuit.output(primitive).format;
        const auto accumulator = primitive.formats.find("accumulator");
        if (primitive.hasConstant("weight") && accumulator != primitive.formats.end()) {
            check(primitive, primitive.constant("bias").format, accumulator->second, findings);
            check(primitive, accumulator->second, output, findings);
        } else if (primitive.constants.empty() && primitive.inputs.size() == 1) {
            check(primitive, circuit.input(primitive).format, output, findings);
        }
    }
}

} // namespace bitwright::hls4ml
