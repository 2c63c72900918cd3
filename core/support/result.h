// SPDX-License-Identifier: GPL-3.0-or-later
/// A value, or the one diagnostic that says why there is none.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "support/diagnostic.h"

namespace bitwright {

/// Outcome of something that a user or a file can make fail. Work that can go on after a
/// finding collects `Diagnostics` instead.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Diagnostic problem) : m_state(std::in_place_index<1>, std::move(problem)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    bool ok() const { return m_state.index() == 0; }

    const T& value() const&
    {
        assert(ok());
        return std::get<0>(m_state);
    }
    T& value() &
    {
        assert(ok());
        return std::get<0>(m_state);
    }
    T&& value() &&
    {
        assert(ok());
        return std::get<0>(std::move(m_state));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const Diagnostic& error() const
    {
        assert(!ok());
        return std::get<1>(m_state);
    }

private:
    std::variant<T, Diagnostic> m_state;
};

/// Success, or the diagnostic; for actions that return nothing.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Diagnostic problem) : m_problem(std::move(problem)), m_ok(false) {}

    explicit operator bool() const { return m_ok; }
    bool ok() const { return m_ok; }
    const Diagnostic& error() const
    {
        assert(!m_ok);
        return m_problem;
    }

private:
    Diagnostic m_problem;
    bool m_ok = true;
};

} // namespace bitwright
