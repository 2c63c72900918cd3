// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "numerics/fixed_arithmetic.h"
#include "numerics/quantise.h"
#include "support/peer_program.h"

namespace bitwright {
namespace {

struct Pair {
    FixedFormat from;
    FixedFormat to;
};

class Dice {
public:
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(high - low + 1));
    }
    /// Formats of up to 9 bits with every mode, and integers.
    FixedFormat format()
    {
        FixedFormat result;
        result.width_bits = static_cast<int>(between(1, 9));
        result.is_signed = between(0, 2) != 0;
        if (between(0, 4) == 0) {
            result.integer_bits = result.width_bits;
            result.family = FixedFamily::Integer;
            return result;
        }
        result.integer_bits = static_cast<int>(between(0, result.width_bits + 3));
        result.rounding = static_cast<Rounding>(between(0, 6));
        result.overflow = static_cast<Overflow>(between(0, result.is_signed ? 4 : 3));
        if (result.overflow == Overflow::Wrap || result.overflow == Overflow::WrapSm)
            result.saturation_bits = static_cast<int>(between(0, std::min(3, result.width_bits)));
        return result;
    }

private:
    std::mt19937_64 m_random{17};
};

std::vector<Pair> randomPairs(int count)
{
    Dice dice;
    std::vector<Pair> pairs;
    for (int i = 0; i < count; ++i) pairs.push_back({dice.format(), dice.format()});
    return pairs;
}

std::vector<std::int64_t> allCodes(const FixedFormat& format)
{
    std::vector<std::int64_t> codes;
    for (auto code = static_cast<std::int64_t>(lowestCode<WideInt>({.width_bits = format.width_bits, .integer_bits = 0, .is_signed = format.is_signed}));
         code <= static_cast<std::int64_t>(highestCode<WideInt>(format)); ++code)
        codes.push_back(code);
    return codes;
}

constexpr std::array kDoubles{0.0, -0.0, 0.3, -0.3, 0.5, -0.5, 0.75, -0.75, 1.5, -1.5, 2.5, -2.5, 7.25, -7.25, 100.0, -100.0,
                              1e9, -1e9, 1e-12, -1e-12, 3.999999, -3.999999, 1e40, -1e40};

/// Converts every code of `from`, and some doubles, to `to`; one line of codes per pair.
std::string programOf(const std::vector<Pair>& pairs)
{
    std::string text = "#include <cstdio>\n#include \"ap_fixed.h\"\n#include \"ap_int.h\"\n"
                       "template <class T> long long code(T t) { ap_int<T::width> b; b.range(T::width - 1, 0) = t.range(T::width - 1, 0);\n"
                       "  long long c = b.to_int64(); return c; }\n"
                       "template <class F, class T> void pair() {\n"
                       "  for (long long c = 0; c < (1LL << F::width); ++c) { F f; f.range(F::width - 1, 0) = c; T t = f; printf(\"%lld \", code(t)); }\n"
                       "  const double values[] = {";
    for (double value : kDoubles) text += fmt::format("{:a}, ", value);
    text += "};\n  for (double v : values) { T t = v; T u = (float)v; printf(\"%lld %lld \", code(t), code(u)); }\n  printf(\"\\n\"); }\nint main() {\n";
    for (const Pair& pair : pairs)
        text += fmt::format("  pair<{}, {} >();\n", test::apType(pair.from), test::apType(pair.to));
    return text + "}\n";
}

TEST(PeerArithmetic, ConversionsEqualTheOriginalHeaders)
{
    const auto templates = test::hls4mlTemplates();
    if (!templates) GTEST_SKIP() << "needs hls4ml: set BITWRIGHT_PEER_PYTHON";
    const std::vector<Pair> pairs = randomPairs(150);
    const auto output = test::outputOfPeerProgram(*templates, "peer_conversions", programOf(pairs));
    ASSERT_TRUE(output);
    std::istringstream lines(*output);
    std::size_t compared = 0;
    for (const Pair& pair : pairs) {
        const std::string what = shortName(pair.from) + " to " + shortName(pair.to);
        const auto expect = [&](const WideInt& got) {
            std::int64_t original = 0;
            ASSERT_TRUE(lines >> original);
            ASSERT_EQ(wrapped(got, pair.to.width_bits, true), original) << what;
            ++compared;
        };
        const std::vector<std::int64_t> codes = allCodes(pair.from);
        // The program counts bit patterns from 0: the codes from 0 up, then the negative ones.
        for (std::int64_t code : codes) {
            if (code >= 0) expect(convertCode(code, pair.from, pair.to));
            if (HasFatalFailure()) return;
        }
        for (std::int64_t code : codes) {
            if (code < 0) expect(convertCode(code, pair.from, pair.to));
            if (HasFatalFailure()) return;
        }
        for (double value : kDoubles) {
            expect(codeFromDouble(value, pair.to));
            expect(codeFromDouble(static_cast<double>(static_cast<float>(value)), pair.to));
            if (HasFatalFailure()) return;
        }
    }
    std::printf("%zu of %zu conversions equal the original headers\n", compared, compared);
}

} // namespace
} // namespace bitwright
