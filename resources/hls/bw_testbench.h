// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Files of codes for test benches: one sample a line, codes separated by blanks; whole decimal numbers up to 64 bits,
/// hexadecimal two's complement (0x...) above. Not for synthesis.
#ifndef BW_TESTBENCH_H
#define BW_TESTBENCH_H

#include <cstdio>
#include <string>
#include <vector>

#include "bw_stream.h"

namespace bw {

/// Reads codes, one at a time.
class code_reader {
public:
    explicit code_reader(const std::string& path) : m_file(std::fopen(path.c_str(), "rb")) {}
    ~code_reader()
    {
        if (m_file) std::fclose(m_file);
    }
    bool is_open() const { return m_file != 0; }
    /// The next word of the file; empty at its end.
    std::string next()
    {
        std::string word;
        int c = std::getc(m_file);
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            c = std::getc(m_file);
        for (; c != EOF && c > ' '; c = std::getc(m_file))
            word += static_cast<char>(c);
        return word;
    }
    /// @return false at the end of the file
    template <class T, unsigned N>
    bool read(T (&x)[N])
    {
        for (unsigned i = 0; i < N; ++i) {
            const std::string word = next();
            if (word.empty()) return false;
            x[i] = number<T>(word);
        }
        return true;
    }

private:
    code_reader(const code_reader&);
    code_reader& operator=(const code_reader&);

    template <class T>
    static T number(const std::string& word)
    {
        if (word.size() > 2 && word[1] == 'x') return wide<T>(word);
        unsigned long long magnitude = 0;
        const bool is_negative = word[0] == '-';
        for (std::string::size_type k = is_negative ? 1 : 0; k < word.size(); ++k)
            magnitude = magnitude * 10 + static_cast<unsigned long long>(word[k] - '0');
        return from_code<T>(is_negative ? 0 - magnitude : magnitude);
    }
    template <class T>
    static T wide(const std::string& word)
    {
        T x = T(0);
        int low = 0;
        for (std::string::size_type k = word.size(); k > 2 && low < traits<T>::width; --k, low += 4) {
            const char c = word[k - 1];
            const unsigned digit = static_cast<unsigned>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
            const int high = low + 3 < traits<T>::width ? low + 3 : traits<T>::width - 1;
            x.range(high, low) = digit;
        }
        return x;
    }

    std::FILE* m_file;
};

/// Writes codes, one sample a line.
class code_writer {
public:
    explicit code_writer(const std::string& path) : m_file(std::fopen(path.c_str(), "wb")) {}
    ~code_writer() { close(); }
    bool is_open() const { return m_file != 0; }
    /// @return false when not everything could be written
    bool close()
    {
        const bool ok = m_file == 0 || (std::ferror(m_file) == 0 && std::fclose(m_file) == 0);
        m_file = 0;
        return ok;
    }
    template <class T, unsigned N>
    void write(T (&y)[N])
    {
        for (unsigned i = 0; i < N; ++i) {
            if (i > 0) std::putc(' ', m_file);
            put(y[i]);
        }
        std::putc('\n', m_file);
    }

private:
    code_writer(const code_writer&);
    code_writer& operator=(const code_writer&);

    template <class T>
    void put(T y)
    {
        static const int width = traits<T>::width;
        if (width > 64) {
            std::fputs("0x", m_file);
            for (int low = (width - 1) / 4 * 4; low >= 0; low -= 4) {
                const int high = low + 3 < width ? low + 3 : width - 1;
                std::fprintf(m_file, "%x", static_cast<unsigned>(y.range(high, low).to_uint64()));
            }
            return;
        }
        const unsigned long long bits = y.range(width - 1, 0).to_uint64();
        const bool is_negative = traits<T>::is_signed && (bits >> ((width - 1) & 63) & 1) != 0;
        const unsigned long long upper = width < 64 ? ~0ULL << (width & 63) : 0;
        if (is_negative) std::fprintf(m_file, "-%llu", 0 - (bits | upper));
        else std::fprintf(m_file, "%llu", bits);
    }

    std::FILE* m_file;
};

/// Compares two files of codes word by word and says what it found. @return how many differ
inline long compare_codes(const std::string& path, const std::string& expected_path)
{
    code_reader file(path);
    code_reader expected(expected_path);
    if (!file.is_open() || !expected.is_open()) return 0;
    long count = 0;
    long differing = 0;
    for (std::string a = file.next(), b = expected.next(); !a.empty() || !b.empty();
         a = file.next(), b = expected.next(), ++count)
        if (a != b) ++differing;
    std::printf("%s: %ld of %ld values as expected\n", path.c_str(), count - differing, count);
    return differing;
}

} // namespace bw

#endif
