// SPDX-License-Identifier: GPL-3.0-or-later
#include "numerics/code_tensor.h"

namespace bitwright {

ContentHash contentHash(const CodeTensor& tensor)
{
    if (const ContentHash known = tensor.remembered_hash.get()) return known;
    ContentHasher hasher;
    hasher.array(std::span<const std::int64_t>(tensor.shape));
    hashInto(hasher, tensor.format);
    hasher.array(std::span<const std::int64_t>(tensor.codes));
    hasher.add(tensor.wide_codes.size());
    for (const WideInt& code : tensor.wide_codes) {
        const auto& backend = code.backend();
        hasher.add(backend.sign());
        hasher.array(std::span(backend.limbs(), backend.size()));
    }
    const ContentHash hash = hasher.value();
    tensor.remembered_hash.set(hash);
    return hash;
}

bool fitsInt64(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    return widthBits(format) < 64 || (fixed != nullptr && fixed->is_signed && fixed->width_bits == 64);
}

} // namespace bitwright
