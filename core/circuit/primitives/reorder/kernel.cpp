// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"
#include "circuit/operands.h"
#include "circuit/primitives/reorder/reorder.h"

namespace bitwright {

namespace {

std::vector<Conversion> conversionsOf(const Circuit& circuit, const Primitive& primitive)
{
    const FixedFormat to = storageFormat(circuit.output(primitive).format);
    std::vector<Conversion> conversions;
    for (std::size_t i = 0; i < primitive.inputs.size(); ++i)
        conversions.emplace_back(storageFormat(circuit.input(primitive, i).format), to);
    return conversions;
}

ElementSource sourceOf(const ReorderAttributes& attributes, std::int64_t element)
{
    const auto i = static_cast<std::size_t>(element);
    return {attributes.source.empty() ? 0 : static_cast<std::size_t>(attributes.source[i]),
            attributes.element.empty() ? element : attributes.element[i]};
}

template <class Int>
struct Reorder {
    const ReorderAttributes attributes;
    std::vector<Conversion> conversions;

    int operands() const { return 1; }
    ElementSource source(std::int64_t element, int) const { return sourceOf(attributes, element); }
    Int compute(std::int64_t element, const Int& x, const Int&, Observation& seen) const
    {
        return storeObserved(conversions[source(element, 0).input], x, seen);
    }
};

/// Rows move as they are: all formats hold all codes, and all containers are alike.
class MoveKernel final : public Kernel {
public:
    explicit MoveKernel(ReorderAttributes attributes) : m_attributes(std::move(attributes)) {}
    void run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs, std::vector<std::byte>&) const override
    {
        const CodeBlock& output = outputs.front();
        withContainer(output.container, [&]<class Code>() {
            for (std::int64_t e = 0; e < output.elements; ++e) {
                const ElementSource from = sourceOf(m_attributes, e);
                Code* to = rowOf<Code>(output, e);
                if (from.element < 0) std::fill(to, to + output.samples, Code(0));
                else std::copy_n(rowOf<Code>(inputs[from.input], from.element), output.samples, to);
            }
        });
    }
    void observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs, std::vector<std::byte>& scratch,
                 std::span<StoreCounts>) const override
    {
        run(inputs, outputs, scratch);
    }
    std::string_view path() const override { return "move"; }

private:
    ReorderAttributes m_attributes;
};

bool keepsCodes(const KernelRequest& request, const std::vector<Conversion>& conversions)
{
    for (std::size_t i = 0; i < conversions.size(); ++i) {
        const CodeInterval codes = request.input_ranges[i].hull();
        StoreEvent event = StoreEvent::None;
        const bool is_kept = conversions[i].shift() == 0 && conversions[i].isRegular() &&
                             conversions[i](codes.low, event) == codes.low && conversions[i](codes.high, event) == codes.high;
        if (!is_kept || event != StoreEvent::None || request.input_containers[i] != request.output_containers.front())
            return false;
    }
    return true;
}

bool readsPadding(const ReorderAttributes& attributes)
{
    return std::find(attributes.element.begin(), attributes.element.end(), -1) != attributes.element.end();
}

/// Beyond this many elements one interval serves them all.
constexpr std::int64_t kMostIntervals = 1 << 14;

} // namespace

std::unique_ptr<Kernel> reorderKernel(const KernelRequest& request)
{
    const std::vector<Conversion> conversions = conversionsOf(request.circuit, request.primitive);
    if (keepsCodes(request, conversions))
        return std::make_unique<MoveKernel>(request.primitive.attributesAs<ReorderAttributes>());
    int bits = 0;
    for (std::size_t i = 0; i < conversions.size(); ++i) {
        const FixedFormat from = storageFormat(request.circuit.input(request.primitive, i).format);
        bits = std::max(bits, conversions[i].neededBits(codeBits(from)));
    }
    const auto& attributes = request.primitive.attributesAs<ReorderAttributes>();
    return makeElementwise(request, bits, false,
                           [&]<class Int>(Int) { return Reorder<Int>{attributes, conversions}; });
}

std::vector<ValueRange> reorderRange(const Circuit& circuit, const Primitive& primitive,
                                     std::span<const ValueRange> inputs)
{
    const std::vector<Conversion> conversions = conversionsOf(circuit, primitive);
    const auto& attributes = primitive.attributesAs<ReorderAttributes>();
    const std::int64_t elements = elementCount(circuit.output(primitive).shape).value_or(0);
    const CodeInterval zero{0, 0};
    const bool is_uniform = std::all_of(inputs.begin(), inputs.end(), [](const ValueRange& input) { return input.intervals.size() == 1; });
    ValueRange result;
    if (is_uniform || elements > kMostIntervals) {
        CodeInterval all = readsPadding(attributes) ? zero : storedInterval(inputs.front().hull(), conversions.front());
        for (std::size_t i = 0; i < inputs.size(); ++i)
            all = hullOf(all, storedInterval(inputs[i].hull(), conversions[i]));
        result.intervals.push_back(all);
        return {result};
    }
    for (std::int64_t e = 0; e < elements; ++e) {
        const ElementSource from = sourceOf(attributes, e);
        result.intervals.push_back(from.element < 0 ? zero
                                                    : storedInterval(inputs[from.input].of(static_cast<std::size_t>(from.element)),
                                                                     conversions[from.input]));
    }
    return {result};
}

} // namespace bitwright
