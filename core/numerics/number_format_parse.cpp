// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "numerics/number_format.h"
#include "support/diagnostic_codes.h"

namespace bitwright {

namespace {

constexpr int kLowestIntegerBits = -1024;
constexpr int kHighestIntegerBits = 2048;
constexpr std::array kRoundings{Rounding::Trn,    Rounding::TrnZero,   Rounding::Rnd,    Rounding::RndZero,
                                Rounding::RndInf, Rounding::RndMinInf, Rounding::RndConv};
constexpr std::array kOverflows{Overflow::Wrap, Overflow::Sat, Overflow::SatZero, Overflow::SatSym, Overflow::WrapSm};

/// The text split at its brackets and commas, blanks removed, upper case.
struct Pieces {
    std::string name;
    std::vector<std::string> arguments;
    bool has_brackets = false;
};

std::string normalised(std::string_view text)
{
    std::string result;
    for (char c : text) {
        if (c == ' ' || c == '\t') continue;
        result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return result;
}

std::optional<Pieces> split(const std::string& text)
{
    Pieces pieces;
    const std::size_t open = text.find('<');
    pieces.name = text.substr(0, open);
    if (open == std::string::npos) return pieces;
    if (text.back() != '>' || text.find('<', open + 1) != std::string::npos) return std::nullopt;
    if (text.find('>') != text.size() - 1) return std::nullopt;
    pieces.has_brackets = true;
    std::string argument;
    for (std::size_t i = open + 1; i < text.size(); ++i) {
        if (text[i] != ',' && text[i] != '>') {
            argument += text[i];
            continue;
        }
        pieces.arguments.push_back(std::move(argument));
        argument.clear();
    }
    return pieces;
}

std::string_view withoutPrefix(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : text;
}

std::string_view modeName(std::string_view text)
{
    return withoutPrefix(withoutPrefix(text, "AP_"), "AC_");
}

std::optional<int> integer(const std::string& text)
{
    int value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

/// One parse; collects the first finding with the text it is about.
class Parser {
public:
    explicit Parser(std::string_view text) : m_text(text.substr(0, 80)) {}

    Result<NumberFormat> parse(std::string_view text)
    {
        if (text.size() > 200) return syntax("it is too long");
        const std::optional<Pieces> pieces = split(normalised(text));
        if (!pieces) return syntax("the angle brackets do not match");
        if (pieces->name == "BIPOLAR" && !pieces->has_brackets) return NumberFormat(BipolarFormat{});
        if (isFloatName(pieces->name))
            return Diagnostic{.code = DiagnosticCode::FormatUnsupported,
                              .arguments = {m_text, "floating point on the device is not emulated"},
                              .remedy = "Choose a fixed-point format such as fixed<16,6>."};
        const bool is_ac = pieces->name.starts_with("AC_");
        std::string_view name = modeName(pieces->name);
        FixedFormat format;
        format.is_signed = !name.starts_with("U");
        if (!format.is_signed) name.remove_prefix(1);
        if (name != "FIXED" && name != "INT") return syntax("it starts like none of the known types");
        if (is_ac && !format.is_signed) return syntax("'ac' types say their sign as an argument");
        if (!pieces->has_brackets) return syntax("the width is missing");
        std::vector<std::string> arguments = pieces->arguments;
        if (name == "INT") return parseInteger(format, arguments, is_ac);
        return parseFixed(format, arguments, is_ac);
    }

private:
    static bool isFloatName(std::string_view name)
    {
        constexpr std::array<std::string_view, 9> kNames{"FLOAT",    "DOUBLE",       "HALF",     "BFLOAT16", "AP_FLOAT",
                                                         "AC_FLOAT", "AC_STD_FLOAT", "STD_FLOAT", "FLOAT32"};
        return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
    }

    /// Takes the sign of an `ac` type out of the argument list.
    static void takeSign(FixedFormat& format, std::vector<std::string>& arguments, std::size_t at)
    {
        if (arguments.size() <= at) return;
        format.is_signed = arguments[at] != "FALSE" && arguments[at] != "0";
        arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(at));
    }

    Result<NumberFormat> parseInteger(FixedFormat format, std::vector<std::string> arguments, bool is_ac) const
    {
        if (is_ac) takeSign(format, arguments, 1);
        if (arguments.size() != 1) return syntax("an integer type has one argument, its width");
        const auto width = integer(arguments[0]);
        if (!width) return syntax("the width is not a whole number");
        format.width_bits = format.integer_bits = *width;
        format.family = FixedFamily::Integer;
        return checked(format);
    }

    Result<NumberFormat> parseFixed(FixedFormat format, std::vector<std::string> arguments, bool is_ac) const
    {
        if (is_ac) takeSign(format, arguments, 2);
        if (arguments.size() < 2) return syntax("the integer bits are missing");
        if (arguments.size() > 5) return syntax("it has more than five arguments");
        const auto width = integer(arguments[0]);
        const auto integer_bits = integer(arguments[1]);
        if (!width) return syntax("the width is not a whole number");
        if (!integer_bits) return syntax("the integer bits are not a whole number");
        format.width_bits = *width;
        format.integer_bits = *integer_bits;
        if (arguments.size() > 2) {
            const auto mode = modeName(arguments[2]);
            const auto* found = std::find_if(kRoundings.begin(), kRoundings.end(),
                                             [&](Rounding r) { return roundingName(r) == mode; });
            if (found == kRoundings.end()) return syntax("the rounding mode is unknown");
            format.rounding = *found;
        }
        if (arguments.size() > 3) {
            const auto mode = modeName(arguments[3]);
            const auto* found = std::find_if(kOverflows.begin(), kOverflows.end(),
                                             [&](Overflow o) { return overflowName(o) == mode; });
            if (found == kOverflows.end()) return syntax("the overflow mode is unknown");
            format.overflow = *found;
        }
        if (arguments.size() > 4) {
            const auto bits = integer(arguments[4]);
            if (!bits) return syntax("the number of saturation bits is not a whole number");
            format.saturation_bits = *bits;
        }
        return checked(format);
    }

    Result<NumberFormat> checked(const FixedFormat& format) const
    {
        if (format.width_bits < 1 || format.width_bits > kMaximumWidthBits)
            return range("the width lies between 1 and 1024 bits");
        if (format.integer_bits < kLowestIntegerBits || format.integer_bits > kHighestIntegerBits)
            return range("the integer bits lie between -1024 and 2048");
        if (format.saturation_bits < 0 || format.saturation_bits > format.width_bits)
            return range("the saturation bits lie between 0 and the width");
        if (format.overflow == Overflow::WrapSm && !format.is_signed)
            return Diagnostic{.code = DiagnosticCode::FormatUnsupported,
                              .arguments = {m_text, "sign-magnitude wrapping needs a signed format"},
                              .remedy = "Choose WRAP, or a signed format."};
        return NumberFormat(format);
    }

    Diagnostic syntax(std::string why) const
    {
        return Diagnostic{.code = DiagnosticCode::FormatSyntax,
                          .arguments = {m_text, std::move(why)},
                          .remedy = "Write it like fixed<16,6>, ufixed<8,3,RND,SAT> or int<8>."};
    }
    Diagnostic range(std::string why) const
    {
        return Diagnostic{.code = DiagnosticCode::FormatRange, .arguments = {m_text, std::move(why)}};
    }

    std::string m_text;
};

} // namespace

Result<NumberFormat> parseNumberFormat(std::string_view text) { return Parser(text).parse(text); }

} // namespace bitwright
