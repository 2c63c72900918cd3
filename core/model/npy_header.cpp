// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/npy_header.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace bitwright {
namespace {

constexpr std::size_t kMaximumRank = 64; // of NumPy 2

/// Reads the few Python literals that a header may hold, left to right.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    void skipBlanks()
    {
        while (!m_text.empty() && (m_text.front() == ' ' || m_text.front() == '\n' || m_text.front() == '\t' ||
                                   m_text.front() == '\r'))
            m_text.remove_prefix(1);
    }
    bool take(char c)
    {
        skipBlanks();
        if (m_text.empty() || m_text.front() != c) return false;
        m_text.remove_prefix(1);
        return true;
    }
    bool atEnd()
    {
        skipBlanks();
        return m_text.empty();
    }
    std::optional<std::string> quoted()
    {
        skipBlanks();
        if (m_text.empty() || (m_text.front() != '\'' && m_text.front() != '"')) return std::nullopt;
        const std::size_t end = m_text.find(m_text.front(), 1);
        if (end == std::string_view::npos) return std::nullopt;
        std::string text(m_text.substr(1, end - 1));
        m_text.remove_prefix(end + 1);
        return text;
    }
    std::optional<bool> boolean()
    {
        skipBlanks();
        for (const bool value : {true, false}) {
            const std::string_view word = value ? "True" : "False";
            if (!m_text.starts_with(word)) continue;
            m_text.remove_prefix(word.size());
            return value;
        }
        return std::nullopt;
    }
    std::optional<std::int64_t> integer()
    {
        skipBlanks();
        std::int64_t value = 0;
        const auto [end, problem] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), value);
        if (problem != std::errc{}) return std::nullopt;
        m_text.remove_prefix(static_cast<std::size_t>(end - m_text.data()));
        if (!m_text.empty() && m_text.front() == 'L') m_text.remove_prefix(1); // Python 2's long integers
        return value;
    }
    /// A bracketed literal as it stands (structured types); only its extent matters.
    std::optional<std::string> bracketed()
    {
        skipBlanks();
        std::size_t depth = 0;
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            if (m_text[i] == '[' || m_text[i] == '(') ++depth;
            if ((m_text[i] == ']' || m_text[i] == ')') && --depth == 0) {
                std::string text(m_text.substr(0, i + 1));
                m_text.remove_prefix(i + 1);
                return text;
            }
            if (depth == 0) break;
        }
        return std::nullopt;
    }
    std::optional<Shape> tuple()
    {
        if (!take('(')) return std::nullopt;
        Shape shape;
        while (!take(')')) {
            const std::optional<std::int64_t> extent = integer();
            if (!extent || shape.size() == kMaximumRank) return std::nullopt;
            shape.push_back(*extent);
            if (take(',')) continue;
            if (!take(')')) return std::nullopt;
            break;
        }
        return shape;
    }

private:
    std::string_view m_text;
};

/// Reads the value of @p key into @p header. @return false when it is malformed
bool takeValue(Scanner& scanner, const std::string& key, NpyHeader& header)
{
    if (key == "descr") {
        std::optional<std::string> text = scanner.quoted();
        if (!text) text = scanner.bracketed();
        if (text) header.descr = *text;
        return text.has_value();
    }
    if (key == "fortran_order") {
        const std::optional<bool> value = scanner.boolean();
        header.is_fortran_order = value.value_or(false);
        return value.has_value();
    }
    if (key == "shape") {
        std::optional<Shape> shape = scanner.tuple();
        if (shape) header.shape = std::move(*shape);
        return shape.has_value();
    }
    return false;
}

struct TypeName {
    std::string_view code;
    ElementType type;
};

constexpr std::array kTypes{
    TypeName{"b1", ElementType::Bool},      TypeName{"i1", ElementType::Int8},
    TypeName{"u1", ElementType::Uint8},     TypeName{"i2", ElementType::Int16},
    TypeName{"u2", ElementType::Uint16},    TypeName{"i4", ElementType::Int32},
    TypeName{"u4", ElementType::Uint32},    TypeName{"i8", ElementType::Int64},
    TypeName{"u8", ElementType::Uint64},    TypeName{"f2", ElementType::Float16},
    TypeName{"f4", ElementType::Float32},   TypeName{"f8", ElementType::Float64},
    TypeName{"c8", ElementType::Complex64}, TypeName{"c16", ElementType::Complex128},
    TypeName{"?", ElementType::Bool},
};

} // namespace

std::optional<NpyHeader> parseNpyHeader(std::string_view text, std::string& problem)
{
    Scanner scanner(text);
    NpyHeader header;
    std::array<bool, 3> seen{};
    problem = "its header is no dictionary of 'descr', 'fortran_order' and 'shape'";
    if (!scanner.take('{')) return std::nullopt;
    while (!scanner.take('}')) {
        const std::optional<std::string> key = scanner.quoted();
        if (!key || !scanner.take(':')) return std::nullopt;
        if (!takeValue(scanner, *key, header)) {
            problem = fmt::format("the entry '{}' of its header cannot be read", *key);
            return std::nullopt;
        }
        seen[*key == "descr" ? 0U : (*key == "shape" ? 1U : 2U)] = true;
        if (scanner.take(',')) continue;
        if (!scanner.take('}')) return std::nullopt;
        break;
    }
    if (!seen[0] || !seen[1] || !seen[2] || !scanner.atEnd()) return std::nullopt;
    problem.clear();
    return header;
}

std::optional<NpyElement> npyElement(std::string_view descr)
{
    NpyElement element;
    if (!descr.empty() && std::string_view("<>=|").find(descr.front()) != std::string_view::npos) {
        element.is_big_endian = descr.front() == '>';
        descr.remove_prefix(1);
    }
    for (const TypeName& name : kTypes) {
        if (name.code != descr) continue;
        element.type = name.type;
        return element;
    }
    return std::nullopt;
}

std::string_view npyDescr(ElementType type)
{
    switch (type) {
    case ElementType::Bool: return "|b1";
    case ElementType::Int8: return "|i1";
    case ElementType::Uint8: return "|u1";
    case ElementType::Int16: return "<i2";
    case ElementType::Uint16: return "<u2";
    case ElementType::Int32: return "<i4";
    case ElementType::Uint32: return "<u4";
    case ElementType::Int64: return "<i8";
    case ElementType::Uint64: return "<u8";
    case ElementType::Float16: return "<f2";
    case ElementType::Float32: return "<f4";
    case ElementType::Float64: return "<f8";
    case ElementType::Complex64: return "<c8";
    case ElementType::Complex128: return "<c16";
    default: return {};
    }
}

std::string formatNpyHead(std::string_view descr, const Shape& shape)
{
    std::string tuple;
    for (const std::int64_t extent : shape)
        tuple += fmt::format("{}, ", extent);
    if (shape.size() > 1) tuple.resize(tuple.size() - 2);
    if (shape.size() == 1) tuple.resize(tuple.size() - 1);
    std::string head = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", descr, tuple);

    constexpr std::size_t kPrefixBytes = 10; // magic, version, length
    const std::size_t unpadded = kPrefixBytes + head.size() + 1;
    head.append((64 - unpadded % 64) % 64, ' ');
    head += '\n';
    std::string result("\x93NUMPY\x01\x00", 8);
    result += static_cast<char>(head.size() & 0xff);
    result += static_cast<char>(head.size() >> 8 & 0xff);
    return result + head;
}

} // namespace bitwright
