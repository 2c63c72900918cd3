// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// `hls::stream` for C simulation without a vendor's headers: a queue without a limit.
#ifndef BW_HLS_STREAM_H
#define BW_HLS_STREAM_H

#include <cstdio>
#include <cstdlib>
#include <deque>

namespace hls {

template <class T>
class stream {
public:
    explicit stream(const char* name = "") : m_name(name) {}
    stream(const stream&) = delete;
    stream& operator=(const stream&) = delete;

    bool empty() const { return m_items.empty(); }
    void write(const T& item) { m_items.push_back(item); }
    /// Hardware would wait for ever on an empty stream, so the simulation ends.
    T read()
    {
        if (m_items.empty()) {
            std::fprintf(stderr, "The stream '%s' was read while empty.\n", m_name);
            std::exit(3);
        }
        T item = m_items.front();
        m_items.pop_front();
        return item;
    }

private:
    const char* m_name;
    std::deque<T> m_items;
};

} // namespace hls

#endif
