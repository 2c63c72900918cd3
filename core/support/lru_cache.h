// SPDX-License-Identifier: GPL-3.0-or-later
/// A bounded cache that forgets what was used longest ago.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace bitwright {

/// Each entry has a weight; the sum of weights stays at or below the limit. Not synchronised.
template <class Key, class Value>
class LruCache {
public:
    explicit LruCache(std::size_t limit) : m_limit(limit) {}

    std::optional<Value> find(const Key& key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end()) return std::nullopt;
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return found->second->value;
    }

    /// An entry heavier than the whole cache is not kept.
    void insert(const Key& key, Value value, std::size_t weight = 1)
    {
        erase(key);
        if (weight > m_limit) return;
        m_entries.push_front({key, std::move(value), weight});
        m_index[key] = m_entries.begin();
        m_weight += weight;
        while (m_weight > m_limit)
            erase(Key(m_entries.back().key));
    }

    std::size_t weight() const { return m_weight; }
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        Key key;
        Value value;
        std::size_t weight;
    };

    void erase(const Key& key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end()) return;
        m_weight -= found->second->weight;
        m_entries.erase(found->second);
        m_index.erase(found);
    }

    std::size_t m_limit;
    std::size_t m_weight = 0;
    std::list<Entry> m_entries;
    std::unordered_map<Key, typename std::list<Entry>::iterator> m_index;
};

} // namespace bitwright
