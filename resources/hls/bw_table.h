// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// Functions by lookup (hls4ml reference, sections 2.7 and 2.8). The tables are constants of the project.
#ifndef BW_TABLE_H
#define BW_TABLE_H

#include "bw_elementwise.h"

namespace bw {

/// x * Size / 2^Shift, truncated toward zero, as a C int.
template <unsigned Size, int Shift, class Input>
int table_position(const Input& x)
{
#pragma HLS INLINE
    static const int fraction_bits = traits<Input>::width - traits<Input>::integer_bits;
    // Room for the product, and at least one integer bit after the point has moved.
    static const int integer_bits = larger<traits<Input>::integer_bits + 34, Shift + 1>::value;
    static const int width = larger<integer_bits + fraction_bits, 35>::value;
    const ap_fixed<width, width - fraction_bits> product = x * ap_uint<32>(Size);
    typedef ap_fixed<width, width - fraction_bits - Shift> shifted_t;
    const ap_fixed<32, 32, AP_TRN_ZERO> position = reinterpreted<shifted_t>(product);
    return position.to_int();
}

/// The nearest address of a table.
template <unsigned Size>
unsigned table_address(int position)
{
#pragma HLS INLINE
    if (position < 0) return 0;
    return position > static_cast<int>(Size) - 1 ? Size - 1 : static_cast<unsigned>(position);
}
/// The same with a negative position read as unsigned.
template <unsigned Size>
unsigned table_address_below(int position)
{
#pragma HLS INLINE
    return position < 0 ? Size - 1 : table_address<Size>(position);
}

/// Sum and negation as C's unsigned integers have them: huge inputs wrap.
inline int wrapped_sum(int a, unsigned b)
{
#pragma HLS INLINE
    return static_cast<int>(static_cast<unsigned>(a) + b);
}
inline int wrapped_negation(int a)
{
#pragma HLS INLINE
    return static_cast<int>(0u - static_cast<unsigned>(a));
}

/// Entries spread evenly over [-2^(Shift - 1), 2^(Shift - 1)).
template <class Output, class Table, unsigned Size, int Shift, class Input, class Code>
Output table_value(const Input& x, const Code codes[])
{
#pragma HLS INLINE
    const int position = wrapped_sum(table_position<Size, Shift>(x), Size / 2);
    return Output(constant<Table>(codes, table_address<Size>(position)));
}

/// alpha * (exp(x) - 1) below zero; entries spread over [0, -8].
template <class Output, class Table, unsigned Size, class Input, class Code, class Alpha>
Output elu(const Input& x, const Code codes[], const Alpha& alpha)
{
#pragma HLS INLINE
    if (x >= Input(0)) return Output(x);
    const unsigned address = table_address_below<Size>(wrapped_negation(table_position<Size, 3>(x)));
    return Output(alpha * constant<Table>(codes, address));
}

/// lambda * x above zero; below, a table of the whole value.
template <class Output, class Table, unsigned Size, class Input, class Code, class Lambda>
Output selu(const Input& x, const Code codes[], const Lambda& lambda)
{
#pragma HLS INLINE
    if (x >= Input(0)) return Output(lambda * x);
    return Output(constant<Table>(codes, table_address<Size>(wrapped_negation(table_position<Size, 3>(x)))));
}
/// The same as streams have it.
template <class Output, class Table, unsigned Size, class Input, class Code, class Lambda>
Output selu_of_stream(const Input& x, const Code codes[], const Lambda& lambda)
{
#pragma HLS INLINE
    if (x >= Input(0)) return Output(lambda * x);
    return Output(constant<Table>(codes, table_address_below<Size>(wrapped_negation(table_position<Size, 3>(x)))));
}

} // namespace bw

#endif
