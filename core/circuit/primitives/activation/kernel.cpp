// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/activation/activation.h"

namespace bitwright {

namespace {

using Function = ActivationFunction;

/// Formats of everything that the functions compute on the way.
struct Formats {
    Function function{};
    FixedFormat in;
    FixedFormat out;
    FixedFormat parameter;     ///< alpha, theta or slope
    FixedFormat scaled;        ///< of parameter times x
    FixedFormat line;          ///< hard functions: slope x + shift
    FixedFormat doubled;       ///< 2 x, or 2 line - 1
    int line_shift_product = 0;
    int line_shift_constant = 0;
    bool is_stream = false;
};

const FixedFormat kInt = {.width_bits = 32, .integer_bits = 32, .family = FixedFamily::Integer};

bool isHard(Function function) { return function == Function::HardSigmoid || function == Function::HardTanh; }

Formats formatsOf(const Circuit& circuit, const Primitive& primitive)
{
    Formats f{.function = primitive.attributesAs<ActivationAttributes>().function};
    f.in = storageFormat(circuit.input(primitive).format);
    f.out = storageFormat(circuit.output(primitive).format);
    f.is_stream = circuit.input(primitive).transport.kind == IoType::Stream;
    f.parameter = integerFormat(1, false);
    if (primitive.hasConstant("parameter")) f.parameter = storageFormat(primitive.constant("parameter").format);
    if (primitive.formats.count("parameter") != 0) f.parameter = primitive.fixedFormat("parameter");
    f.scaled = productFormat(f.parameter, f.in);
    f.doubled = productFormat(kInt, f.in);
    if (isHard(f.function)) {
        const FixedFormat shift = primitive.fixedFormat("shift");
        f.line = sumFormat(f.scaled, shift);
        f.line_shift_product = f.line.fractionBits() - f.scaled.fractionBits();
        f.line_shift_constant = f.line.fractionBits() - shift.fractionBits();
        f.doubled = differenceFormat(productFormat(kInt, f.line), kInt);
    }
    return f;
}

template <class Int>
struct Activation {
    Formats f;
    std::vector<Int> parameter;
    Conversion store;          ///< of x
    Conversion store_scaled;   ///< of parameter times x
    Conversion store_constant; ///< of a C int
    Conversion store_line;
    Conversion store_doubled;
    Conversion line_from_constant;
    Conversion input_from_doubled;

    Activation(const Formats& formats, const Primitive& primitive)
        : f(formats), store(f.in, f.out), store_scaled(f.scaled, f.out), store_constant(kInt, f.out),
          store_line(f.line, f.out), store_doubled(f.doubled, f.out), line_from_constant(kInt, f.line),
          input_from_doubled(f.doubled, f.in)
    {
        if (primitive.hasConstant("parameter")) parameter = codesAs<Int>(primitive.constant("parameter"));
    }

    int neededBits() const
    {
        int bits = std::max({store.neededBits(codeBits(f.in)), store_constant.neededBits(32),
                             comparisonBits(f.in, f.parameter), comparisonBits(f.in, kInt)});
        bits = std::max(bits, store_scaled.neededBits(codeBits(f.scaled)));
        if (f.function == Function::TernaryTanh)
            bits = std::max(bits, input_from_doubled.neededBits(codeBits(f.doubled)));
        if (isHard(f.function))
            bits = std::max({bits, store_line.neededBits(codeBits(f.line)), line_from_constant.neededBits(32),
                             comparisonBits(f.line, kInt), store_doubled.neededBits(codeBits(f.doubled))});
        return bits;
    }

    int operands() const { return 1; }
    ElementSource source(std::int64_t element, int) const { return {0, element}; }

    Int compute(std::int64_t element, const Int& x, const Int&, Observation& seen) const
    {
        switch (f.function) {
        case Function::Linear: return storeObserved(store, x, seen);
        case Function::Relu: return storeObserved(store, x > 0 ? x : Int(0), seen);
        case Function::Relu1: return clipped(x, 1, seen);
        case Function::Relu6: return clipped(x, 6, seen);
        case Function::LeakyRelu:
        case Function::Prelu: return leaky(element, x, seen);
        case Function::ThresholdedRelu:
            return storeObserved(store, compareCodes(x, f.in, parameter[0], f.parameter) > 0 ? x : Int(0), seen);
        case Function::BinaryTanh: return sign(x, seen);
        case Function::TernaryTanh: return storeObserved(store_constant, Int(ternary(x)), seen);
        case Function::HardSigmoid:
        case Function::HardTanh: return hard(x, seen);
        }
        return Int(0);
    }

private:
    bool isAbove(const Int& x, const FixedFormat& format, int limit) const
    {
        return compareCodes(x, format, Int(limit), kInt) > 0;
    }
    Int clipped(const Int& x, int limit, Observation& seen) const
    {
        if (isAbove(x, f.in, limit)) return storeObserved(store_constant, Int(limit), seen);
        return storeObserved(store, x > 0 ? x : Int(0), seen);
    }
    Int leaky(std::int64_t element, const Int& x, Observation& seen) const
    {
        if (x > 0) return storeObserved(store, x, seen);
        const Int& alpha = parameter[static_cast<std::size_t>(element) % parameter.size()];
        return storeObserved(store_scaled, Int(alpha * x), seen);
    }
    Int sign(const Int& x, Observation& seen) const
    {
        const bool is_bit = f.out == integerFormat(1, false);
        return storeObserved(store_constant, Int(x >= 0 ? 1 : (is_bit ? 0 : -1)), seen);
    }
    /// Streams compare x itself with 1 and -1, parallel values 2 x stored in the input's format.
    int ternary(const Int& x) const
    {
        const Int y = f.is_stream ? x : input_from_doubled(Int(x * 2));
        if (isAbove(y, f.in, 1)) return 1;
        return isAbove(y, f.in, -1) ? 0 : -1;
    }
    Int hard(const Int& x, Observation& seen) const
    {
        Int line = shiftLeft(Int(parameter[0] * x), f.line_shift_product) +
                   shiftLeft(parameter[1], f.line_shift_constant);
        if (isAbove(line, f.line, 1)) line = line_from_constant(Int(1));
        else if (line < 0) line = Int(0);
        if (f.function == Function::HardSigmoid) return storeObserved(store_line, line, seen);
        const int fraction = f.doubled.fractionBits();
        const Int doubled = shiftLeft(Int(line * 2), fraction - f.line.fractionBits()) - powerOfTwo<Int>(fraction);
        return storeObserved(store_doubled, doubled, seen);
    }
};

/// Outputs over an interval on which the function is monotone.
CodeInterval pieceInterval(const Activation<WideInt>& function, std::size_t element, const CodeInterval& x)
{
    Observation low_seen;
    Observation high_seen;
    const WideInt low = function.compute(static_cast<std::int64_t>(element), x.low, 0, low_seen);
    const WideInt high = function.compute(static_cast<std::int64_t>(element), x.high, 0, high_seen);
    const Overflow mode = function.f.out.overflow;
    const bool clamps = function.f.out.family == FixedFamily::Fixed &&
                        (mode == Overflow::Sat || mode == Overflow::SatSym);
    const bool is_exact = low_seen.event == StoreEvent::None && high_seen.event == StoreEvent::None;
    if (!is_exact && !clamps) return formatInterval(function.f.out);
    return {std::min(low, high), std::max(low, high)};
}

CodeInterval outputInterval(const Activation<WideInt>& function, std::size_t element, const CodeInterval& x)
{
    if (function.f.function == Function::TernaryTanh) return storedInterval({-1, 1}, function.store_constant);
    if (function.f.function == Function::ThresholdedRelu)
        return storedInterval(hullOf(x, {0, 0}), function.store);
    // The others are monotone on the negative codes and on the rest.
    if (x.high < 0 || x.low >= 0) return pieceInterval(function, element, x);
    return hullOf(pieceInterval(function, element, {x.low, -1}), pieceInterval(function, element, {0, x.high}));
}

} // namespace

std::unique_ptr<Kernel> activationKernel(const KernelRequest& request)
{
    const Formats formats = formatsOf(request.circuit, request.primitive);
    const int bits = Activation<WideInt>(formats, request.primitive).neededBits();
    const bool is_uniform = formats.function != Function::Prelu;
    return makeElementwise(request, bits, is_uniform, [&]<class Int>(Int) {
        return Activation<Int>(formats, request.primitive);
    });
}

std::vector<ValueRange> activationRange(const Circuit& circuit, const Primitive& primitive,
                                        std::span<const ValueRange> inputs)
{
    const Activation<WideInt> function(formatsOf(circuit, primitive), primitive);
    ValueRange result;
    const std::size_t count = function.f.function == Function::Prelu
                                  ? static_cast<std::size_t>(elementCount(circuit.input(primitive).shape).value_or(0))
                                  : inputs.front().intervals.size();
    for (std::size_t e = 0; e < count; ++e)
        result.intervals.push_back(outputInterval(function, e, inputs.front().of(e)));
    return {result};
}

} // namespace bitwright
