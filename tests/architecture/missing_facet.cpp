// SPDX-License-Identifier: GPL-3.0-or-later
// Compiles with all facets, and must not compile with one left out.
#include "support/facet.h"

namespace {

struct Descriptor {
    bitwright::Facet<int(int)> twice;
    bitwright::Facet<int(int)> thrice;
};

int twice(int x)
{
    return 2 * x;
}

#ifdef BITWRIGHT_LEAVE_A_FACET_OUT
const Descriptor descriptor{.twice = twice};
#else
const Descriptor descriptor{.twice = twice,
                            .thrice = bitwright::NotSupported{"Nothing is multiplied by three here."}};
#endif

} // namespace

int answer()
{
    return descriptor.thrice ? descriptor.thrice(1) : descriptor.twice(1);
}
