// SPDX-License-Identifier: GPL-3.0-or-later
/// Stable 64-bit hash of values; the key of every cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace bitwright {

using ContentHash = std::uint64_t;

/// Accumulates values into one hash. The order of calls matters; strings and byte runs are
/// length-prefixed, so neighbouring fields cannot run into each other.
class ContentHasher {
public:
    ContentHasher& bytes(std::span<const std::byte> data);
    ContentHasher& text(std::string_view text);

    template <class T>
        requires(std::is_integral_v<T> || std::is_enum_v<T>)
    ContentHasher& add(T value)
    {
        mix(static_cast<std::uint64_t>(value));
        return *this;
    }
    ContentHasher& add(double value);

    template <class T>
        requires std::is_trivially_copyable_v<T>
    ContentHasher& array(std::span<const T> values)
    {
        return bytes(std::as_bytes(values));
    }

    ContentHash value() const;

private:
    void mix(std::uint64_t word);

    std::uint64_t m_state = 0x9e3779b97f4a7c15ULL;
};

} // namespace bitwright
