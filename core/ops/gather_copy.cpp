// SPDX-License-Identifier: GPL-3.0-or-later
#include "ops/gather_copy.h"

#include <cstring>

namespace bitwright {
namespace {

template <std::size_t Bytes>
void copyElements(const std::byte* from, std::byte* to, const Shape& shape, const std::vector<std::int64_t>& steps)
{
    const std::size_t rank = shape.size();
    const std::int64_t row = rank == 0 ? 1 : shape.back();
    const std::int64_t step = rank == 0 ? 0 : steps.back();
    std::vector<std::int64_t> index(rank, 0);
    for (;;) {
        if (step == 1) {
            std::memcpy(to, from, static_cast<std::size_t>(row) * Bytes);
            to += static_cast<std::size_t>(row) * Bytes;
        } else {
            for (std::int64_t i = 0; i < row; ++i, to += Bytes)
                std::memcpy(to, from + i * step * static_cast<std::int64_t>(Bytes), Bytes);
        }
        if (rank < 2) return;
        std::size_t axis = rank - 1;
        for (;;) {
            --axis;
            from += steps[axis] * static_cast<std::int64_t>(Bytes);
            if (++index[axis] < shape[axis]) break;
            from -= steps[axis] * shape[axis] * static_cast<std::int64_t>(Bytes);
            index[axis] = 0;
            if (axis == 0) return;
        }
    }
}

} // namespace

Tensor copyStrided(const Tensor& from, const Shape& shape, const std::vector<std::int64_t>& steps, std::int64_t first)
{
    const auto count = static_cast<std::size_t>(elementCount(shape).value_or(0));
    const std::size_t bytes = elementBytes(from.type());
    const std::shared_ptr<std::byte[]> out(new std::byte[count * bytes]);
    if (count == 0 || bytes == 0) return {from.type(), shape, out};
    const std::byte* start = from.bytes().data() + first * static_cast<std::int64_t>(bytes);
    switch (bytes) {
    case 1: copyElements<1>(start, out.get(), shape, steps); break;
    case 2: copyElements<2>(start, out.get(), shape, steps); break;
    case 4: copyElements<4>(start, out.get(), shape, steps); break;
    case 8: copyElements<8>(start, out.get(), shape, steps); break;
    default: copyElements<16>(start, out.get(), shape, steps); break;
    }
    return {from.type(), shape, out};
}

Tensor copyElements(const Tensor& from, const Shape& shape, const std::vector<std::int64_t>& sources, const Tensor& fill)
{
    const std::size_t bytes = elementBytes(from.type());
    const std::shared_ptr<std::byte[]> out(new std::byte[sources.size() * bytes]);
    std::byte* to = out.get();
    for (const std::int64_t source : sources) {
        const std::byte* element = source < 0 ? fill.bytes().data() : from.bytes().data() + static_cast<std::size_t>(source) * bytes;
        std::memcpy(to, element, bytes);
        to += bytes;
    }
    return {from.type(), shape, out};
}

Tensor copyByTables(const Tensor& from, const std::vector<std::vector<std::int64_t>>& tables, const Tensor& fill)
{
    const std::size_t rank = tables.size();
    Shape shape;
    for (const std::vector<std::int64_t>& table : tables) shape.push_back(static_cast<std::int64_t>(table.size()));
    const std::size_t bytes = elementBytes(from.type());
    const auto count = static_cast<std::size_t>(elementCount(shape).value_or(0));
    const std::shared_ptr<std::byte[]> out(new std::byte[count * bytes]);
    std::byte* to = out.get();
    std::vector<std::size_t> index(rank, 0);
    for (std::size_t done = 0; done < count; ++done, to += bytes) {
        std::int64_t source = 0;
        for (std::size_t axis = 0; axis < rank && source >= 0; ++axis) {
            const std::int64_t at = tables[axis][index[axis]];
            source = at < 0 ? -1 : source * from.shape()[axis] + at;
        }
        const std::byte* element = source < 0 ? fill.bytes().data() : from.bytes().data() + static_cast<std::size_t>(source) * bytes;
        std::memcpy(to, element, bytes);
        for (std::size_t axis = rank; axis-- > 0;) {
            if (++index[axis] < tables[axis].size()) break;
            index[axis] = 0;
        }
    }
    return {from.type(), shape, out};
}

} // namespace bitwright
