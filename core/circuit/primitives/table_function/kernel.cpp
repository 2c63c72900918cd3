// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/table_function/table_function.h"
#include "circuit/table_address.h"

namespace bitwright {

namespace {

using Function = TableFunction;

bool hasLinearBranch(Function function) { return function == Function::Elu || function == Function::Selu; }

template <class Int>
struct Lookup {
    Function function;
    FixedFormat in;
    FixedFormat scaled;
    TableAddress address;
    std::vector<Int> table;
    Int parameter = 0;      ///< ELU: alpha, SELU: lambda
    Conversion store;       ///< of x
    Conversion store_entry;
    Conversion store_scaled; ///< ELU: alpha times entry, SELU: lambda times x
    bool is_stream;

    Lookup(const Circuit& circuit, const Primitive& primitive)
        : function(primitive.attributesAs<TableFunctionAttributes>().function),
          in(storageFormat(circuit.input(primitive).format)), scaled(scaledFormat(circuit, primitive)),
          address(in, primitive.attributesAs<TableFunctionAttributes>().size, divisorOf(function)),
          store(in, outFormat(circuit, primitive)),
          store_entry(storageFormat(primitive.constant("table").format), outFormat(circuit, primitive)),
          store_scaled(scaled, outFormat(circuit, primitive)),
          is_stream(circuit.input(primitive).transport.kind == IoType::Stream)
    {
        table = codesAs<Int>(primitive.constant("table"));
        if (primitive.hasConstant("parameter")) parameter = static_cast<Int>(primitive.constant("parameter").at(0));
    }

    static FixedFormat outFormat(const Circuit& circuit, const Primitive& primitive)
    {
        return storageFormat(circuit.output(primitive).format);
    }
    static int divisorOf(Function f) { return hasLinearBranch(f) ? -8 : (f == Function::Tanh ? 8 : 16); }
    static FixedFormat scaledFormat(const Circuit& circuit, const Primitive& primitive)
    {
        const FixedFormat x = storageFormat(circuit.input(primitive).format);
        if (!primitive.hasConstant("parameter")) return x;
        const FixedFormat factor = storageFormat(primitive.constant("parameter").format);
        const bool is_elu = primitive.attributesAs<TableFunctionAttributes>().function == Function::Elu;
        return productFormat(factor, is_elu ? storageFormat(primitive.constant("table").format) : x);
    }

    int neededBits() const
    {
        int bits = std::max(store.neededBits(codeBits(in)), address.neededBits());
        bits = std::max(bits, store_scaled.neededBits(codeBits(scaled)));
        for (const Int& entry : table)
            bits = std::max(bits, store_entry.neededBits(signedBits(WideInt(entry))));
        return bits;
    }

    int operands() const { return 1; }
    ElementSource source(std::int64_t element, int) const { return {0, element}; }
    Int compute(std::int64_t, const Int& x, const Int&, Observation& seen) const
    {
        if (!hasLinearBranch(function)) return storeObserved(store_entry, table[middleIndex(x)], seen);
        if (x >= 0 && function == Function::Elu) return storeObserved(store, x, seen);
        if (x >= 0) return storeObserved(store_scaled, Int(parameter * x), seen);
        const Int& entry = table[negativeIndex(x)];
        if (function == Function::Selu) return storeObserved(store_entry, entry, seen);
        return storeObserved(store_scaled, Int(parameter * entry), seen);
    }

private:
    std::size_t clamped(std::int64_t index) const
    {
        const auto last = static_cast<std::int64_t>(table.size()) - 1;
        return static_cast<std::size_t>(std::clamp<std::int64_t>(index, 0, last));
    }
    /// Tables centred on 0: the offset is added in 32-bit arithmetic.
    std::size_t middleIndex(const Int& x) const
    {
        const auto size = static_cast<std::uint32_t>(table.size());
        const std::uint32_t half = address.halfRange() * size / address.magnitude();
        return clamped(static_cast<std::int32_t>(static_cast<std::uint32_t>(address(x)) + half));
    }
    /// Tables of the negative side. Only parallel SELU looks for an index below 0; the others compare as unsigned.
    std::size_t negativeIndex(const Int& x) const
    {
        const std::int32_t index = address(x);
        if (index < 0 && (function == Function::Elu || is_stream)) return table.size() - 1;
        return clamped(index);
    }
};

} // namespace

std::unique_ptr<Kernel> tableFunctionKernel(const KernelRequest& request)
{
    const int bits = Lookup<WideInt>(request.circuit, request.primitive).neededBits();
    return makeElementwise(request, bits, true, [&]<class Int>(Int) {
        return Lookup<Int>(request.circuit, request.primitive);
    });
}

std::vector<ValueRange> tableFunctionRange(const Circuit& circuit, const Primitive& primitive,
                                           std::span<const ValueRange> inputs)
{
    const Lookup<WideInt> function(circuit, primitive);
    CodeInterval entries{function.table.front(), function.table.front()};
    for (const WideInt& entry : function.table)
        entries = hullOf(entries, {entry, entry});
    ValueRange result;
    for (const CodeInterval& x : inputs.front().intervals) {
        CodeInterval range = storedInterval(entries, function.store_entry);
        if (function.function == Function::Elu)
            range = storedInterval(productInterval(entries, {function.parameter, function.parameter}),
                                   function.store_scaled);
        if (hasLinearBranch(function.function) && x.high >= 0) {
            const CodeInterval positive{std::max(WideInt(0), x.low), x.high};
            range = hullOf(range, function.function == Function::Elu
                                      ? storedInterval(positive, function.store)
                                      : storedInterval(productInterval(positive, {function.parameter, function.parameter}),
                                                       function.store_scaled));
        }
        result.intervals.push_back(range);
    }
    return {result};
}

} // namespace bitwright
