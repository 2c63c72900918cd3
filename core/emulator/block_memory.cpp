// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulator/block_memory.h"

#include <algorithm>

#include "numerics/kernels/rows.h"

namespace bitwright {

namespace {

constexpr std::size_t kAlignment = 64;

std::int64_t paddedSamples(std::int64_t samples)
{
    const std::int64_t multiple = kernels::kSampleMultiple;
    return (samples + multiple - 1) / multiple * multiple;
}

/// Bytes per sample of each slot: of its largest value.
std::vector<std::size_t> slotSizes(const EmulatorProgram& program)
{
    std::vector<std::size_t> sizes(program.slots, 0);
    for (const ValuePlan& value : program.values) {
        if (value.container == Container::Wide || value.slot >= sizes.size()) continue;
        const std::size_t bytes = static_cast<std::size_t>(value.elements) * containerBytes(value.container);
        sizes[value.slot] = std::max(sizes[value.slot], bytes);
    }
    return sizes;
}

} // namespace

BlockMemory::BlockMemory(const EmulatorProgram& program, std::int64_t samples)
    : m_program(program), m_stride(paddedSamples(samples)), m_wide(program.values.size())
{
    const std::vector<std::size_t> sizes = slotSizes(program);
    std::size_t total = kAlignment;
    for (std::size_t size : sizes)
        total += size * static_cast<std::size_t>(m_stride);
    m_bytes.resize(total);
    const auto address = reinterpret_cast<std::uintptr_t>(m_bytes.data());
    std::byte* next = m_bytes.data() + (kAlignment - address % kAlignment) % kAlignment;
    for (std::size_t size : sizes) {
        m_slots.push_back(next);
        next += size * static_cast<std::size_t>(m_stride);
    }
    for (std::size_t i = 0; i < program.values.size(); ++i)
        if (program.values[i].container == Container::Wide)
            m_wide[i].resize(static_cast<std::size_t>(program.values[i].elements * m_stride));
}

CodeBlock BlockMemory::block(std::size_t index, std::int64_t samples)
{
    const ValuePlan& plan = m_program.values[index];
    CodeBlock block{.container = plan.container, .elements = plan.elements, .samples = samples, .stride = m_stride};
    block.data = plan.container == Container::Wide ? static_cast<void*>(m_wide[index].data())
                                                   : static_cast<void*>(m_slots[plan.slot]);
    return block;
}

std::size_t BlockMemory::bytesPerSample(const EmulatorProgram& program)
{
    std::size_t bytes = 1;
    for (std::size_t size : slotSizes(program))
        bytes += size;
    for (const ValuePlan& value : program.values)
        if (value.container == Container::Wide) bytes += static_cast<std::size_t>(value.elements) * sizeof(WideInt);
    return bytes;
}

} // namespace bitwright
