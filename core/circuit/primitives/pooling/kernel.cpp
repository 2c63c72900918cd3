// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include "circuit/elementwise_kernel.h"
#include "circuit/primitives/pooling/pooling_arithmetic.h"

namespace bitwright {

namespace {

template <class Int>
class PoolingKernel final : public Kernel {
public:
    PoolingKernel(const PoolingArithmetic& arithmetic, const PoolingAttributes& attributes)
        : m_arithmetic(arithmetic), m_window(attributes.window), m_exact_to_accumulator(arithmetic.exact, arithmetic.accumulator)
    {
    }
    void run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
             std::vector<std::byte>& scratch) const override
    {
        loop(inputs.front(), outputs.front(), scratch, nullptr);
    }
    void observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                 std::vector<std::byte>& scratch, std::span<StoreCounts> counts) const override
    {
        loop(inputs.front(), outputs.front(), scratch, &counts.front());
    }
    std::string_view path() const override { return integerName<Int>(); }

private:
    /// Rows of one window: a term per tap, and what comes of them.
    struct Room {
        Int* terms = nullptr;
        Int* result = nullptr;
        std::int64_t samples = 0;
        std::int64_t inside = 0; ///< terms that lie on the image
        Int* term(std::int64_t tap) const { return terms + tap * samples; }
    };

    void loop(const CodeBlock& input, const CodeBlock& output, std::vector<std::byte>& scratch, StoreCounts* counts) const
    {
        ScratchRows<Int> rows(scratch, (m_window.taps() + 1) * input.samples);
        Room room{rows.data() + input.samples, rows.data(), input.samples, 0};
        for (std::int64_t pixel = 0; pixel < m_window.outputPixels(); ++pixel)
            for (std::int64_t channel = 0; channel < m_window.channels; ++channel) {
                loadWindow(input, pixel, channel, room);
                if (counts != nullptr) observeWindow(room, *counts);
                if (m_arithmetic.is_maximum) maximum(room);
                else average(room);
                storeRow(room.result, output, pixel * m_window.channels + channel);
            }
    }
    void loadWindow(const CodeBlock& input, std::int64_t pixel, std::int64_t channel, Room& room) const
    {
        room.inside = 0;
        for (std::int64_t tap = 0; tap < m_window.taps(); ++tap) {
            const std::int64_t from = m_window.inputPixel(pixel, tap);
            if (from >= 0) {
                loadRow(input, from * m_window.channels + channel, room.term(tap));
                ++room.inside;
            } else {
                std::fill_n(room.term(tap), room.samples, m_arithmetic.paddingCode<Int>());
            }
        }
    }
    void maximum(const Room& room) const
    {
        for (std::int64_t tap = 0; tap < m_window.taps(); ++tap) {
            Int* term = room.term(tap);
            for (std::int64_t s = 0; s < room.samples; ++s) {
                const Int value = m_arithmetic.is_stream ? m_arithmetic.load(term[s]) : term[s];
                room.result[s] = tap == 0 ? value : std::max(room.result[s], value);
            }
        }
        for (std::int64_t s = 0; s < room.samples; ++s) {
            if (!m_arithmetic.is_stream) room.result[s] = m_arithmetic.load(room.result[s]);
            room.result[s] = m_arithmetic.store_result(room.result[s]);
        }
    }
    void average(const Room& room) const
    {
        const std::int64_t count = m_window.taps() * room.samples;
        if (m_arithmetic.is_stream)
            for (std::int64_t i = 0; i < count; ++i)
                room.terms[i] = m_arithmetic.load(room.terms[i]);
        if (m_arithmetic.is_tree) {
            reduce(room, 0, m_window.taps());
            std::copy_n(room.terms, room.samples, room.result);
        } else {
            std::fill_n(room.result, room.samples, Int(0));
            for (std::int64_t tap = 0; tap < m_window.taps(); ++tap)
                for (std::int64_t s = 0; s < room.samples; ++s)
                    room.result[s] = m_arithmetic.added(room.result[s], room.term(tap)[s]);
        }
        for (std::int64_t s = 0; s < room.samples; ++s)
            room.result[s] = m_arithmetic.store_result(m_arithmetic.divided(room.result[s], room.inside));
    }
    /// Leaves the sum of @p count terms in the first: a power of two of them on the left, the rest on the right.
    void reduce(const Room& room, std::int64_t first, std::int64_t count) const
    {
        if (count == 1) return;
        std::int64_t left = 1;
        while (2 * left < count)
            left *= 2;
        reduce(room, first, left);
        reduce(room, first + left, count - left);
        Int* a = room.term(first);
        const Int* b = room.term(first + left);
        for (std::int64_t s = 0; s < room.samples; ++s)
            a[s] = m_arithmetic.added(a[s], b[s]);
    }
    /// What the exact value, unbounded, would have become; before the terms are changed.
    void observeWindow(const Room& room, StoreCounts& counts) const
    {
        for (std::int64_t s = 0; s < room.samples; ++s) {
            Int exact = room.terms[s];
            for (std::int64_t tap = 1; tap < m_window.taps(); ++tap) {
                const Int& term = room.term(tap)[s];
                exact = m_arithmetic.is_maximum ? std::max(exact, term) : Int(exact + term);
            }
            Observation seen;
            Int code = m_exact_to_accumulator(exact, seen.event);
            if (!m_arithmetic.is_maximum) code = code / Int(room.inside);
            StoreEvent last = StoreEvent::None;
            code = m_arithmetic.store_result(code, last);
            if (seen.event == StoreEvent::None) seen.event = last;
            seen.is_underflow = seen.event == StoreEvent::None && exact != 0 && code == 0;
            seen.countInto(counts);
        }
    }

    PoolingArithmetic m_arithmetic;
    ImageWindow m_window;
    Conversion m_exact_to_accumulator;
};

/// Maxima of codes that all formats on the way hold: nothing happens but comparisons.
class PlainMaximum final : public Kernel {
public:
    PlainMaximum(const ImageWindow& window, std::int64_t padding) : m_window(window), m_padding(padding) {}
    void run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs, std::vector<std::byte>&) const override
    {
        withContainer(inputs.front().container, [&]<class Code>() { loop<Code>(inputs.front(), outputs.front()); });
    }
    void observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs, std::vector<std::byte>& scratch,
                 std::span<StoreCounts>) const override
    {
        run(inputs, outputs, scratch);
    }
    std::string_view path() const override { return "maximum"; }

private:
    template <class Code>
    void loop(const CodeBlock& input, const CodeBlock& output) const
    {
        for (std::int64_t pixel = 0; pixel < m_window.outputPixels(); ++pixel) {
            for (std::int64_t tap = 0; tap < m_window.taps(); ++tap) {
                const std::int64_t from = m_window.inputPixel(pixel, tap);
                for (std::int64_t c = 0; c < m_window.channels; ++c) {
                    Code* to = rowOf<Code>(output, pixel * m_window.channels + c);
                    if (from < 0) include(to, input.samples, tap == 0, [&](std::int64_t) { return static_cast<Code>(m_padding); });
                    else {
                        const Code* row = rowOf<Code>(input, from * m_window.channels + c);
                        include(to, input.samples, tap == 0, [row](std::int64_t s) { return row[s]; });
                    }
                }
            }
        }
    }
    template <class Code, class Term>
    static void include(Code* to, std::int64_t samples, bool is_first, const Term& term)
    {
        if (is_first)
            for (std::int64_t s = 0; s < samples; ++s)
                to[s] = term(s);
        else
            for (std::int64_t s = 0; s < samples; ++s)
                to[s] = std::max<Code>(to[s], term(s));
    }

    ImageWindow m_window;
    std::int64_t m_padding;
};

/// Whether storing keeps every code of @p interval as it is.
bool keepsCodes(const Conversion& conversion, const CodeInterval& interval)
{
    StoreEvent event = StoreEvent::None;
    return conversion.shift() == 0 && conversion(interval.low, event) == interval.low &&
           conversion(interval.high, event) == interval.high && event == StoreEvent::None;
}

} // namespace

std::unique_ptr<Kernel> poolingKernel(const KernelRequest& request)
{
    const PoolingArithmetic arithmetic(request.circuit, request.primitive);
    const auto& attributes = request.primitive.attributesAs<PoolingAttributes>();
    const Container container = request.input_containers.front();
    if (arithmetic.is_maximum && container == request.output_containers.front() && container != Container::Wide) {
        CodeInterval codes = request.input_ranges.front().hull();
        const auto padding = arithmetic.paddingCode<WideInt>();
        if (attributes.window.reachesPadding()) codes = hullOf(codes, {padding, padding});
        if (keepsCodes(arithmetic.load, codes) && keepsCodes(arithmetic.store_result, codes))
            return std::make_unique<PlainMaximum>(attributes.window, arithmetic.paddingCode<std::int64_t>());
    }
    return withInteger(arithmetic.neededBits(), [&]<class Int>(Int) -> std::unique_ptr<Kernel> {
        return std::make_unique<PoolingKernel<Int>>(arithmetic, attributes);
    });
}

} // namespace bitwright
