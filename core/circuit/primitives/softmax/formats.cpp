// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/primitives/softmax/formats.h"

#include "circuit/operands.h"

namespace bitwright {
namespace {

FixedFormat formatOr(const Primitive& primitive, const char* slot, const FixedFormat& fallback)
{
    return primitive.formats.count(slot) != 0 ? primitive.fixedFormat(slot) : fallback;
}

} // namespace

SoftmaxFormats softmaxFormats(const Circuit& circuit, const Primitive& primitive)
{
    SoftmaxFormats f{.implementation = primitive.attributesAs<SoftmaxAttributes>().implementation};
    f.in = storageFormat(circuit.input(primitive).format);
    f.out = storageFormat(circuit.output(primitive).format);
    if (primitive.hasConstant("exp_table")) f.exp_table = storageFormat(primitive.constant("exp_table").format);
    if (primitive.hasConstant("inverse_table"))
        f.inverse_table = storageFormat(primitive.constant("inverse_table").format);
    const bool is_legacy = f.implementation == SoftmaxImplementation::Legacy;
    f.accumulator = is_legacy ? f.exp_table : formatOr(primitive, "accumulator", f.exp_table);
    f.inverse_input = formatOr(primitive, "inverse_input", f.accumulator);
    f.normalised = formatOr(primitive, "normalised_input", f.in);
    f.difference = differenceFormat(f.in, f.in);
    f.product = productFormat(f.accumulator, f.inverse_table);
    return f;
}

int addressBits(std::size_t size)
{
    int bits = 1;
    while ((std::size_t{1} << bits) < size)
        ++bits;
    return bits;
}

} // namespace bitwright
