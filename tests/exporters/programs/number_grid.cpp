// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the results of conversions and operators over small formats. Compiled once with our types and once with
// the original ones; both must print the same.
#include <cstdio>

#include "bw_types.h"

namespace {

unsigned long long g_hash = 1469598103934665603ULL;
long g_count = 0;
int g_row = 0;

template <class T>
unsigned long long codeOf(T x)
{
    return x.range(T::width - 1, 0).to_uint64();
}

template <class T>
void record(T x)
{
    g_hash = (g_hash ^ codeOf(x)) * 1099511628211ULL;
    ++g_count;
}

void endRow(const char* what)
{
    std::printf("%d %s %ld %016llx\n", g_row++, what, g_count, g_hash);
    g_count = 0;
}

template <class T>
T fromCode(int code)
{
    T x;
    x.range(T::width - 1, 0) = code;
    return x;
}

template <class To, class From>
void convert()
{
    for (int code = 0; code < (1 << From::width); ++code) {
        To y = fromCode<From>(code);
        record(y);
    }
}

template <class To>
void convertAll(const char* what)
{
    convert<To, ap_fixed<7, 3> >();
    convert<To, ap_ufixed<7, 3> >();
    convert<To, ap_fixed<6, 1> >();
    convert<To, ap_fixed<5, 0> >();
    convert<To, ap_fixed<5, 8> >();
    convert<To, ap_ufixed<5, 7> >();
    convert<To, ap_int<6> >();
    convert<To, ap_uint<6> >();
    endRow(what);
}

template <int W, int I, ap_q_mode Q>
void convertByOverflow()
{
    convertAll<ap_fixed<W, I, Q, AP_WRAP> >("wrap");
    convertAll<ap_fixed<W, I, Q, AP_SAT> >("sat");
    convertAll<ap_fixed<W, I, Q, AP_SAT_ZERO> >("sat_zero");
    convertAll<ap_fixed<W, I, Q, AP_SAT_SYM> >("sat_sym");
    convertAll<ap_fixed<W, I, Q, AP_WRAP, 1> >("wrap 1");
    convertAll<ap_fixed<W, I, Q, AP_WRAP, 3> >("wrap 3");
    convertAll<ap_fixed<W, I, Q, AP_WRAP_SM, 0> >("wrap_sm 0");
    convertAll<ap_fixed<W, I, Q, AP_WRAP_SM, 1> >("wrap_sm 1");
    convertAll<ap_fixed<W, I, Q, AP_WRAP_SM, 2> >("wrap_sm 2");
    convertAll<ap_ufixed<W, I, Q, AP_WRAP> >("unsigned wrap");
    convertAll<ap_ufixed<W, I, Q, AP_SAT> >("unsigned sat");
    convertAll<ap_ufixed<W, I, Q, AP_SAT_ZERO> >("unsigned sat_zero");
    convertAll<ap_ufixed<W, I, Q, AP_SAT_SYM> >("unsigned sat_sym");
    convertAll<ap_ufixed<W, I, Q, AP_WRAP, 2> >("unsigned wrap 2");
}

template <int W, int I>
void convertByRounding()
{
    convertByOverflow<W, I, AP_TRN>();
    convertByOverflow<W, I, AP_TRN_ZERO>();
    convertByOverflow<W, I, AP_RND>();
    convertByOverflow<W, I, AP_RND_ZERO>();
    convertByOverflow<W, I, AP_RND_INF>();
    convertByOverflow<W, I, AP_RND_MIN_INF>();
    convertByOverflow<W, I, AP_RND_CONV>();
}

template <class A, class B>
void operate(const char* what)
{
    typedef ap_fixed<24, 14> wide;
    // The original divides the smallest number by -1 within the numerator's width, so it gets one bit more.
    typedef ap_fixed<16, 10> numerator;
    for (int a = 0; a < (1 << A::width); ++a)
        for (int b = 0; b < (1 << B::width); ++b) {
            const A x = fromCode<A>(a);
            const B y = fromCode<B>(b);
            record(wide(x + y));
            record(wide(x - y));
            record(wide(x * y));
            record(wide(-x));
            if (codeOf(y) != 0) record(wide(numerator(x) / y));
            record(ap_uint<3>((x < y) + 2 * (x == y) + 4 * (x >= y)));
        }
    endRow(what);
}

// More than 64 and more than 128 bits.
template <int W, int I>
void wideChain(const char* what)
{
    ap_fixed<W, I> x = fromCode<ap_fixed<16, 3> >(0x5a5a);
    for (int step = 0; step < 200; ++step) {
        const ap_fixed<16, 3> factor = fromCode<ap_fixed<16, 3> >(step * 7919 + 13);
        ap_fixed<W, I> product = x * factor;
        ap_fixed<W, I, AP_RND_CONV, AP_SAT> sum = product + factor - x;
        ap_fixed<20, 4, AP_RND, AP_WRAP> part = sum;
        x = sum;
        for (int low = 0; low < W; low += 64) {
            const int high = low + 63 < W ? low + 63 : W - 1;
            g_hash = (g_hash ^ x.range(high, low).to_uint64()) * 1099511628211ULL;
        }
        record(part);
        record(ap_uint<1>(product < x));
        x.range(W - 1, W - 8) = step * 3;
    }
    endRow(what);
}

} // namespace

int main()
{
    convertByRounding<4, 2>();
    convertByRounding<5, -1>();
    convertAll<ap_int<4> >("int<4>");
    convertAll<ap_uint<4> >("uint<4>");
    convertAll<ap_int<9> >("int<9>");
    convertAll<ap_uint<1> >("uint<1>");
    operate<ap_fixed<5, 2>, ap_fixed<6, 4> >("signed, signed");
    operate<ap_fixed<5, 2>, ap_ufixed<4, 1> >("signed, unsigned");
    operate<ap_ufixed<5, 6>, ap_fixed<4, -1> >("unsigned, signed");
    operate<ap_ufixed<5, 2>, ap_ufixed<4, 1> >("unsigned, unsigned");
    operate<ap_fixed<5, 2>, ap_int<4> >("fixed, int");
    operate<ap_uint<3>, ap_fixed<5, 2> >("uint, fixed");
    wideChain<70, 20>("70 bits");
    wideChain<128, 40>("128 bits");
    wideChain<300, 100>("300 bits");
    return 0;
}
