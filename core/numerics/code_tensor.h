// SPDX-License-Identifier: GPL-3.0-or-later
/// Tensors of codes: the integers that constants are once lowering has decided their formats.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include "numerics/number_format.h"
#include "numerics/shape.h"

namespace bitwright {

/// Exact integers of any size: the slow path above 63 bits, and the reference in tests.
/// Without expression templates, so that generic code treats them like built-in integers.
using WideInt = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

/// A hash that is computed at most once per object. Copying forgets it, because copies are made to be changed.
class RememberedHash {
public:
    RememberedHash() = default;
    RememberedHash(const RememberedHash&) {}
    RememberedHash& operator=(const RememberedHash&)
    {
        set(0);
        return *this;
    }
    ContentHash get() const { return m_value.load(std::memory_order_relaxed); } ///< 0: not yet known
    void set(ContentHash value) { m_value.store(value, std::memory_order_relaxed); }

private:
    std::atomic<ContentHash> m_value{0};
};

/// Codes in C order. Exactly one of the two vectors is filled: `codes` when the format's codes fit
/// in a signed 64-bit integer, `wide_codes` otherwise. Not changed any more once it is hashed or shared.
struct CodeTensor {
    Shape shape;
    NumberFormat format;
    std::vector<std::int64_t> codes;
    std::vector<WideInt> wide_codes;
    mutable RememberedHash remembered_hash;

    bool isWide() const { return !wide_codes.empty(); }
    std::size_t size() const { return isWide() ? wide_codes.size() : codes.size(); }
    WideInt at(std::size_t index) const { return isWide() ? wide_codes[index] : WideInt(codes[index]); }
};

/// Of shape, format and codes; computed once per tensor.
ContentHash contentHash(const CodeTensor& tensor);
/// Whether every code of @p format fits in a signed 64-bit integer.
bool fitsInt64(const NumberFormat& format);

} // namespace bitwright
