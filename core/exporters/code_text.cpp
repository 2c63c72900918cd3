// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/code_text.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "circuit/hls_text.h"
#include "numerics/integer_math.h"

namespace bitwright {

namespace {

constexpr std::size_t kCodesPerLine = 20;
constexpr int kBitsPerWord = 64;

bool isSigned(const NumberFormat& format)
{
    const auto* fixed = std::get_if<FixedFormat>(&format);
    return fixed != nullptr && fixed->is_signed;
}

/// The narrowest C type for codes of @p format.
std::string narrowType(const NumberFormat& format)
{
    const int width = widthBits(format);
    const std::string_view sign = isSigned(format) ? "signed" : "unsigned";
    if (width <= 8) return fmt::format("{} char", sign);
    if (width <= 16) return fmt::format("{} short", sign);
    return width <= 32 ? fmt::format("{} int", sign) : fmt::format("{} long long", sign);
}

/// Two's complement of @p code in words of 64 bits, least significant first.
std::vector<std::uint64_t> wordsOf(const WideInt& code, int width)
{
    WideInt rest = wrapped(code, width, false);
    std::vector<std::uint64_t> words;
    for (int k = 0; k < width; k += kBitsPerWord) {
        words.push_back(static_cast<std::uint64_t>(wrapped(rest, kBitsPerWord, false)));
        rest = shiftRight(rest, kBitsPerWord);
    }
    return words;
}

void appendWideCode(std::string& text, const WideInt& code, int width)
{
    text += "{{";
    for (std::uint64_t word : wordsOf(code, width))
        fmt::format_to(std::back_inserter(text), "0x{:x}ULL, ", word);
    text.resize(text.size() - 2);
    text += "}}";
}

void appendNarrowCode(std::string& text, std::int64_t code, int width)
{
    // The most negative literal of C is not one literal.
    if (code == INT64_MIN) text += "-9223372036854775807LL - 1";
    else fmt::format_to(std::back_inserter(text), "{}{}", code, width > 32 ? "LL" : "");
}

} // namespace

std::string arrayHeader(const HlsArray& array)
{
    const CodeTensor& codes = *array.codes;
    const int width = widthBits(codes.format);
    const std::string type = array.name + "_code_t";
    std::string text = fmt::format("// {} codes of {}, shape {}\n#ifndef {}_H\n#define {}_H\n\n", codes.size(),
                                   longName(codes.format), shapeText(codes.shape), array.name, array.name);
    if (codes.isWide()) {
        text += fmt::format("typedef bw::wide_code<{}> {};\n", width, type);
    } else {
        text += fmt::format("#ifdef __SYNTHESIS__\ntypedef ap_{}int<{}> {};\n#else\ntypedef {} {};\n#endif\n",
                            isSigned(codes.format) ? "" : "u", width, type, narrowType(codes.format), type);
    }
    text += fmt::format("static const {} {}[{}] = {{", type, array.name, codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        text += i % kCodesPerLine == 0 ? "\n    " : " ";
        if (codes.isWide()) appendWideCode(text, codes.wide_codes[i], width);
        else appendNarrowCode(text, codes.codes[i], width);
        text += ',';
    }
    return text + "\n};\n\n#endif\n";
}

void appendCodeWord(std::string& text, const CodeTensor& codes, std::size_t index)
{
    const int width = widthBits(codes.format);
    if (width <= kBitsPerWord) {
        if (codes.isWide()) text += codes.wide_codes[index].str();
        else fmt::format_to(std::back_inserter(text), "{}", codes.codes[index]);
        return;
    }
    const std::vector<std::uint64_t> words = wordsOf(codes.wide_codes[index], width);
    std::string digits;
    for (auto word = words.rbegin(); word != words.rend(); ++word)
        digits += fmt::format("{:016x}", *word);
    // As many digits as the width needs.
    const auto needed = static_cast<std::size_t>((width + 3) / 4);
    text += "0x" + digits.substr(digits.size() - needed);
}

bool parseCodeWord(std::string_view word, const NumberFormat& format, WideInt& code)
{
    const int width = widthBits(format);
    if (width > kBitsPerWord) {
        if (!word.starts_with("0x") || word.size() != 2 + static_cast<std::size_t>((width + 3) / 4)) return false;
        code = 0;
        for (char c : word.substr(2)) {
            int digit = 0;
            if (std::from_chars(&c, &c + 1, digit, 16).ec != std::errc()) return false;
            code = code * 16 + digit;
        }
        code = wrapped(code, width, isSigned(format));
        return true;
    }
    if (isSigned(format)) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        code = value;
        return error == std::errc() && end == word.data() + word.size();
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    code = value;
    return error == std::errc() && end == word.data() + word.size();
}

} // namespace bitwright
