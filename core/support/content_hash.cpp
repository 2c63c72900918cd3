// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/content_hash.h"

#include <bit>
#include <cstring>

namespace bitwright {
namespace {

// Finaliser of splitmix64 (Steele, Lea, Flood 2014): full avalanche in three multiplications.
std::uint64_t avalanche(std::uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

} // namespace

void ContentHasher::mix(std::uint64_t word)
{
    m_state = std::rotl(m_state ^ (word * 0x9fb21c651e98df25ULL), 29) * 0xd6e8feb86659fd93ULL;
}

ContentHasher& ContentHasher::bytes(std::span<const std::byte> data)
{
    mix(data.size());
    std::size_t offset = 0;
    for (; offset + sizeof(std::uint64_t) <= data.size(); offset += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, data.data() + offset, sizeof word);
        mix(word);
    }
    if (offset < data.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, data.data() + offset, data.size() - offset);
        mix(word);
    }
    return *this;
}

ContentHasher& ContentHasher::text(std::string_view text)
{
    return bytes(std::as_bytes(std::span(text.data(), text.size())));
}

ContentHasher& ContentHasher::add(double value)
{
    mix(std::bit_cast<std::uint64_t>(value));
    return *this;
}

ContentHash ContentHasher::value() const
{
    return avalanche(m_state);
}

} // namespace bitwright
