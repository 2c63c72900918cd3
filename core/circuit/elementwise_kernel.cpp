// SPDX-License-Identifier: GPL-3.0-or-later
#include "circuit/elementwise_kernel.h"

namespace bitwright {

void LookupKernel::run(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                       std::vector<std::byte>&) const
{
    const CodeBlock& input = inputs.front();
    const CodeBlock& output = outputs.front();
    const std::int64_t* codes = m_codes.data() - m_low;
    withContainer(input.container, [&]<class In>() {
        if constexpr (!kIsUnlimited<In>) {
            withContainer(output.container, [&]<class Out>() {
                for (std::int64_t element = 0; element < output.elements; ++element) {
                    const In* from = rowOf<In>(input, element);
                    Out* to = rowOf<Out>(output, element);
                    for (std::int64_t s = 0; s < output.samples; ++s)
                        to[s] = static_cast<Out>(codes[from[s]]);
                }
            });
        }
    });
}

void LookupKernel::observe(std::span<const CodeBlock> inputs, std::span<const CodeBlock> outputs,
                           std::vector<std::byte>& scratch, std::span<StoreCounts> counts) const
{
    run(inputs, outputs, scratch);
    const CodeBlock& input = inputs.front();
    ScratchRows<std::int64_t> row(scratch, input.samples);
    for (std::int64_t element = 0; element < input.elements; ++element) {
        loadRow(input, element, row.data());
        for (std::int64_t s = 0; s < input.samples; ++s)
            m_seen[static_cast<std::size_t>(row.data()[s] - m_low)].countInto(counts.front());
    }
}

bool canTabulate(const KernelRequest& request)
{
    const CodeInterval range = request.input_ranges.front().hull();
    return range.high - range.low < LookupKernel::kMaximumEntries && signedBits(range.low) <= 64 &&
           signedBits(range.high) <= 64 && request.output_containers.front() != Container::Wide;
}

} // namespace bitwright
