// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/hls4ml/constant_cache.h"

#include "numerics/quantise.h"

namespace bitwright::hls4ml {

namespace {

constexpr std::uint64_t kLoweringsToKeep = 24; ///< enough to undo and redo a few steps for free

template <class Map>
void dropOld(Map& map, std::uint64_t lowering)
{
    std::erase_if(map, [&](const auto& entry) { return entry.second.last_use + kLoweringsToKeep < lowering; });
}

CodeTensor bipolarCodes(const Array& values)
{
    CodeTensor tensor;
    tensor.shape = values->shape;
    tensor.format = BipolarFormat{};
    tensor.codes.reserve(values->values.size());
    for (const double value : values->values)
        tensor.codes.push_back(value > 0 ? 1 : 0); // a sign quantiser has been here: 0 and 1
    return tensor;
}

} // namespace

std::optional<Array> ConstantCache::combined(ArrayOperation operation, const Array& a, const Array& b)
{
    const ContentHash key = ContentHasher().text("combined").add(operation).add(a->id).add(b->id).value();
    auto [entry, is_new] = m_arrays.try_emplace(key);
    if (is_new)
        entry->second.value = combine(operation, a, b);
    entry->second.last_use = m_lowering;
    return entry->second.value;
}

Array ConstantCache::quantised(const WeightVariable& weight)
{
    if (!weight.quantiser)
        return weight.unquantised;
    ContentHasher hasher;
    hasher.text("quantised").add(weight.unquantised->id).add(weight.quantiser->kind);
    hashInto(hasher, weight.quantiser->format);
    auto [entry, is_new] = m_arrays.try_emplace(hasher.value());
    if (is_new)
        entry->second.value = hls4ml::quantised(weight.unquantised, *weight.quantiser);
    entry->second.last_use = m_lowering;
    return *entry->second.value;
}

Codes ConstantCache::weightCodes(const Array& values, const NumberFormat& format)
{
    ContentHasher hasher;
    hasher.text("weights").add(values->id);
    hashInto(hasher, format);
    return codes(hasher.value(), [&] {
        const auto* fixed = std::get_if<FixedFormat>(&format);
        return fixed ? codesFromWeights(values->shape, values->values, *fixed) : bipolarCodes(values);
    });
}

Codes ConstantCache::codes(ContentHash key, const std::function<CodeTensor()>& make)
{
    auto [entry, is_new] = m_codes.try_emplace(key);
    if (is_new)
        entry->second.value = std::make_shared<const CodeTensor>(make());
    entry->second.last_use = m_lowering;
    return entry->second.value;
}

void ConstantCache::beginLowering()
{
    ++m_lowering;
    dropOld(m_arrays, m_lowering);
    dropOld(m_codes, m_lowering);
}

} // namespace bitwright::hls4ml
