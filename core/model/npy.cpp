// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/npy.h"

#include "model/npy_header.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace bitwright {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are written as they lie in memory");

constexpr std::string_view kMagic("\x93NUMPY", 6);

Diagnostic notNpy(const std::string& name, std::string reason)
{
    return Diagnostic{DiagnosticCode::ArrayNotNpy, {name, std::move(reason)}};
}

/// Splits a file into its header text and the data behind it.
struct Parts {
    std::string_view header;
    std::string_view data;
};

Result<Parts> split(std::string_view bytes, const std::string& name)
{
    if (bytes.empty()) return notNpy(name, "it is empty");
    if (!bytes.starts_with(kMagic)) return notNpy(name, "it does not start with the signature of such files");
    if (bytes.size() < 10) return notNpy(name, "it ends within its header");
    const auto byteAt = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
    const std::size_t version = byteAt(6);
    if (version < 1 || version > 3) return notNpy(name, fmt::format("its format version is {}", version));
    std::size_t length = byteAt(8) | byteAt(9) << 8;
    std::size_t start = 10;
    if (version > 1) {
        if (bytes.size() < 12) return notNpy(name, "it ends within its header");
        length |= byteAt(10) << 16 | byteAt(11) << 24;
        start = 12;
    }
    if (length > bytes.size() - start) return notNpy(name, "it ends within its header");
    return Parts{bytes.substr(start, length), bytes.substr(start + length)};
}

/// Bytes that are reversed together: a complex number is two floats.
std::size_t swapUnit(ElementType type)
{
    const bool is_complex = type == ElementType::Complex64 || type == ElementType::Complex128;
    return elementBytes(type) / (is_complex ? 2 : 1);
}

/// Copies column-major elements into row-major order.
void copyFromFortranOrder(const char* source, std::byte* target, const Shape& shape, std::int64_t count,
                          std::size_t bytes)
{
    std::vector<std::int64_t> stride(shape.size(), 1); // of the source, in elements
    for (std::size_t axis = 1; axis < shape.size(); ++axis)
        stride[axis] = stride[axis - 1] * shape[axis - 1];
    std::vector<std::int64_t> index(shape.size(), 0);
    std::int64_t offset = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        std::memcpy(target + static_cast<std::size_t>(i) * bytes, source + static_cast<std::size_t>(offset) * bytes, bytes);
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            offset += stride[axis];
            if (++index[axis] < shape[axis]) break;
            offset -= stride[axis] * shape[axis];
            index[axis] = 0;
        }
    }
}

Tensor widened(const Tensor& tensor)
{
    switch (tensor.type()) {
    case ElementType::Int4:
    case ElementType::Int2: return Tensor(ElementType::Int8, tensor.shape(), tensor.sharedBytes());
    case ElementType::Uint4:
    case ElementType::Uint2: return Tensor(ElementType::Uint8, tensor.shape(), tensor.sharedBytes());
    case ElementType::Bfloat16:
    case ElementType::Float8E4M3FN:
    case ElementType::Float8E4M3FNUZ:
    case ElementType::Float8E5M2:
    case ElementType::Float8E5M2FNUZ:
    case ElementType::Float8E8M0:
    case ElementType::Float6E2M3:
    case ElementType::Float6E3M2:
    case ElementType::Float4E2M1: return Tensor::of<float>(tensor.shape(), asFloats(tensor));
    default: return tensor;
    }
}

} // namespace

Result<Tensor> parseNpy(std::string_view bytes, const std::string& name)
{
    Result<Parts> parts = split(bytes, name);
    if (!parts) return parts.error();
    std::string problem;
    const std::optional<NpyHeader> header = parseNpyHeader(parts->header, problem);
    if (!header) return notNpy(name, problem);
    const std::optional<NpyElement> element = npyElement(header->descr);
    if (!element)
        return Diagnostic{DiagnosticCode::ArrayType,
                          {name, fmt::format("'{}'", header->descr.substr(0, 60)), "numbers"}};
    const std::optional<std::int64_t> count = elementCount(header->shape);
    if (!count) return notNpy(name, fmt::format("its shape {} is impossible", shapeText(header->shape)));

    // Checked before anything is allocated: a hostile shape costs nothing.
    const std::size_t unit = elementBytes(element->type);
    const std::size_t available = parts->data.size() / unit;
    if (static_cast<std::size_t>(*count) > available)
        return Diagnostic{DiagnosticCode::ArrayTruncated,
                          {name, fmt::format("{}", bytes.size()),
                           fmt::format("{} elements of {} bytes", *count, unit)}};
    const std::size_t size = static_cast<std::size_t>(*count) * unit;
    const std::shared_ptr<std::byte[]> data(new (std::nothrow) std::byte[size]);
    if (!data) return Diagnostic{DiagnosticCode::FileUnreadable, {name, "there is not enough memory"}};
    if (header->is_fortran_order && header->shape.size() > 1)
        copyFromFortranOrder(parts->data.data(), data.get(), header->shape, *count, unit);
    else if (size > 0)
        std::memcpy(data.get(), parts->data.data(), size);
    if (const std::size_t width = swapUnit(element->type); element->is_big_endian && width > 1) {
        for (std::size_t i = 0; i < size; i += width)
            std::reverse(data.get() + i, data.get() + i + width);
    }
    if (element->type == ElementType::Bool) { // any other byte would be no bool for those who read it
        for (std::size_t i = 0; i < size; ++i)
            data[i] = data[i] == std::byte{0} ? std::byte{0} : std::byte{1};
    }
    return Tensor(element->type, header->shape, data);
}

Result<Tensor> readNpy(const std::string& path)
{
    Result<std::string> bytes = readFile(path);
    if (!bytes) return bytes.error();
    return parseNpy(*bytes, path);
}

Result<std::string> formatNpy(const Tensor& tensor, const std::string& name)
{
    const Tensor stored = widened(tensor);
    const std::string_view descr = npyDescr(stored.type());
    if (descr.empty())
        return Diagnostic{DiagnosticCode::ArrayType,
                          {name, std::string(elementTypeName(tensor.type())), "numbers"}};
    std::string text = formatNpyHead(descr, stored.shape());
    const std::span<const std::byte> bytes = stored.bytes();
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return text;
}

Result<void> writeNpy(const std::string& path, const Tensor& tensor)
{
    Result<std::string> bytes = formatNpy(tensor, path);
    if (!bytes) return bytes.error();
    return writeFileAtomically(path, *bytes);
}

} // namespace bitwright
