// SPDX-License-Identifier: GPL-3.0-or-later
/// One task that a descriptor answers for: a function, or a sentence.
#pragma once

#include <string_view>
#include <utility>

namespace bitwright {

/// Why a descriptor has no rule for one task; shown to the user as written, so a full sentence.
struct NotSupported {
    std::string_view reason;
};

template <class Signature>
class Facet;

/// There is no empty state: a facet is a function or a reason, so a gap is always a sentence
/// somebody wrote. Leaving one out does not compile.
template <class R, class... A>
class Facet<R(A...)> {
public:
    using Function = R (*)(A...);

    constexpr Facet(Function function) : m_function(function) {}
    constexpr Facet(NotSupported gap) : m_reason(gap.reason) {}

    constexpr explicit operator bool() const { return m_function != nullptr; }
    constexpr std::string_view reason() const { return m_reason; }
    R operator()(A... arguments) const { return m_function(std::forward<A>(arguments)...); }

private:
    Function m_function = nullptr;
    std::string_view m_reason;
};

} // namespace bitwright
