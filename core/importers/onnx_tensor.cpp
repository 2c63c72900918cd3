// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <cstring>
#include <limits>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "importers/onnx_import.h"
#include "support/diagnostic_codes.h"

namespace bitwright {
namespace {

/// Bits of one element of raw data, where they are packed: one stream, low bits first. 0 for whole bytes.
int packedBits(ElementType type)
{
    switch (type) {
    case ElementType::Float6E2M3:
    case ElementType::Float6E3M2: return 6;
    case ElementType::Uint4:
    case ElementType::Int4:
    case ElementType::Float4E2M1: return 4;
    case ElementType::Uint2:
    case ElementType::Int2: return 2;
    default: return 0;
    }
}

std::int64_t storedBytes(ElementType type, std::int64_t count)
{
    const int bits = packedBits(type);
    if (bits == 0) return count * static_cast<std::int64_t>(elementBytes(type));
    return count / 8 * bits + (count % 8 * bits + 7) / 8;
}

SharedBytes unpack(ElementType type, std::span<const std::byte> packed, std::int64_t count)
{
    const int bits = packedBits(type);
    const bool is_signed = type == ElementType::Int4 || type == ElementType::Int2;
    const std::shared_ptr<std::byte[]> out(new std::byte[static_cast<std::size_t>(count)]);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i * bits / 8);
        const int shift = static_cast<int>(i * bits % 8);
        auto window = std::to_integer<unsigned>(packed[at]);
        if (shift + bits > 8) window |= std::to_integer<unsigned>(packed[at + 1]) << 8;
        unsigned code = (window >> shift) & ((1U << bits) - 1);
        if (is_signed && (code >> (bits - 1)) != 0) code |= 0xFFU << bits;
        out[static_cast<std::size_t>(i)] = static_cast<std::byte>(code & 0xFFU);
    }
    return out;
}

/// Takes the string over as the tensor's memory.
SharedBytes adopt(std::string&& text)
{
    auto owner = std::make_shared<std::string>(std::move(text));
    const auto* data = reinterpret_cast<const std::byte*>(owner->data());
    if (reinterpret_cast<std::uintptr_t>(data) % 16 == 0) return {owner, data};
    const std::shared_ptr<std::byte[]> copy(new std::byte[owner->size()]);
    std::memcpy(copy.get(), data, owner->size());
    return copy;
}

template <class T, class Field>
SharedBytes narrow(const Field& field, std::int64_t count)
{
    const std::shared_ptr<std::byte[]> out(new std::byte[static_cast<std::size_t>(count) * sizeof(T)]);
    for (std::int64_t i = 0; i < count; ++i) {
        const T value = static_cast<T>(field.Get(static_cast<int>(i)));
        std::memcpy(out.get() + static_cast<std::size_t>(i) * sizeof(T), &value, sizeof(T));
    }
    return out;
}

/// The typed field that holds elements of @p type when there are no raw data, and its length.
std::int64_t typedCount(const onnx::TensorProto& proto, ElementType type)
{
    switch (type) {
    case ElementType::Float32: return proto.float_data_size();
    case ElementType::Complex64: return proto.float_data_size() / 2;
    case ElementType::Float64: return proto.double_data_size();
    case ElementType::Complex128: return proto.double_data_size() / 2;
    case ElementType::Int64: return proto.int64_data_size();
    case ElementType::Uint32:
    case ElementType::Uint64: return proto.uint64_data_size();
    case ElementType::String: return proto.string_data_size();
    case ElementType::Float6E2M3:
    case ElementType::Float6E3M2: return proto.int32_data_size(); // one element each
    default: return static_cast<std::int64_t>(proto.int32_data_size()) * (packedBits(type) == 0 ? 1 : 8 / packedBits(type));
    }
}

SharedBytes typedBytes(const onnx::TensorProto& proto, ElementType type, std::int64_t count)
{
    switch (type) {
    case ElementType::Float32: return narrow<float>(proto.float_data(), count);
    case ElementType::Complex64: return narrow<float>(proto.float_data(), count * 2);
    case ElementType::Float64: return narrow<double>(proto.double_data(), count);
    case ElementType::Complex128: return narrow<double>(proto.double_data(), count * 2);
    case ElementType::Int64: return narrow<std::int64_t>(proto.int64_data(), count);
    case ElementType::Uint64: return narrow<std::uint64_t>(proto.uint64_data(), count);
    case ElementType::Uint32: return narrow<std::uint32_t>(proto.uint64_data(), count);
    case ElementType::Int32: return narrow<std::int32_t>(proto.int32_data(), count);
    case ElementType::String: return {};
    default: break;
    }
    if (packedBits(type) == 6) return narrow<std::uint8_t>(proto.int32_data(), count);
    const std::int64_t stored = storedBytes(type, count);
    if (packedBits(type) > 0) {
        const SharedBytes packed = narrow<std::uint8_t>(proto.int32_data(), stored);
        return unpack(type, {packed.get(), static_cast<std::size_t>(stored)}, count);
    }
    return elementBytes(type) == 2 ? narrow<std::uint16_t>(proto.int32_data(), count)
                                   : narrow<std::uint8_t>(proto.int32_data(), count);
}

std::optional<std::int64_t> parseNumber(const std::string& text)
{
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Fills @p result's tensor or missing_data; reports what is wrong.
void importExternal(OnnxImport& import, const onnx::TensorProto& proto, const std::string& name,
                    std::int64_t count, ImportedTensor& result)
{
    ExternalPlace place;
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location") place.location = entry.value();
        if (entry.key() != "offset" && entry.key() != "length") continue;
        const std::optional<std::int64_t> number = parseNumber(entry.value());
        if (!number) {
            import.report(DiagnosticCode::TensorExternal,
                          {name, fmt::format("its {} is '{}'", entry.key(), entry.value())});
            return;
        }
        (entry.key() == "offset" ? place.offset_bytes : place.length_bytes) = *number;
    }
    const std::int64_t stored = storedBytes(result.type, count);
    const Result<SharedBytes> bytes = import.external.read(name, place, stored);
    if (!bytes) {
        import.findings.push_back(bytes.error());
    } else if (!*bytes && stored > 0) {
        result.missing_data = place.location;
        import.report(DiagnosticCode::ExternalDataMissing, {name, place.location},
                      "Put the data file beside the model.");
    } else {
        result.tensor = Tensor(result.type, result.shape,
                               packedBits(result.type) > 0
                                   ? unpack(result.type, {bytes->get(), static_cast<std::size_t>(stored)}, count)
                                   : *bytes);
    }
}

void reportShort(OnnxImport& import, const std::string& name, const ImportedTensor& result, std::int64_t count,
                 std::int64_t held_elements, std::int64_t held_bytes)
{
    import.report(DiagnosticCode::TensorShort,
                  {name, fmt::format("{}", held_elements), fmt::format("{}", held_bytes), shapeText(result.shape),
                   fmt::format("{}", count), fmt::format("{}", storedBytes(result.type, count))});
}

} // namespace

ImportedTensor importTensor(OnnxImport& import, onnx::TensorProto& proto, const std::string& name)
{
    ImportedTensor result;
    result.shape.assign(proto.dims().begin(), proto.dims().end());
    if (!isKnownElementType(proto.data_type())) {
        import.report(DiagnosticCode::TensorType, {name, fmt::format("{}", proto.data_type())});
        return result;
    }
    result.type = static_cast<ElementType>(proto.data_type());
    const std::optional<std::int64_t> count = elementCount(result.shape);
    if (!count || *count > std::numeric_limits<std::int64_t>::max() / 16) {
        import.report(DiagnosticCode::TensorShapeImpossible, {name, shapeText(result.shape)});
        return result;
    }
    if (proto.has_data_location() && proto.data_location() == onnx::TensorProto::EXTERNAL) {
        importExternal(import, proto, name, *count, result);
        return result;
    }
    if (proto.has_raw_data() && result.type != ElementType::String) {
        const std::int64_t stored = storedBytes(result.type, *count);
        const auto held = static_cast<std::int64_t>(proto.raw_data().size());
        if (held < stored) {
            const std::int64_t held_elements =
                packedBits(result.type) > 0 ? held * 8 / packedBits(result.type)
                                         : held / static_cast<std::int64_t>(elementBytes(result.type));
            reportShort(import, name, result, *count, held_elements, held);
        } else if (packedBits(result.type) > 0) {
            const auto* data = reinterpret_cast<const std::byte*>(proto.raw_data().data());
            result.tensor = Tensor(result.type, result.shape,
                                   unpack(result.type, {data, static_cast<std::size_t>(held)}, *count));
        } else {
            result.tensor = Tensor(result.type, result.shape, adopt(std::move(*proto.mutable_raw_data())));
        }
        return result;
    }
    const std::int64_t held = typedCount(proto, result.type);
    if (held < *count)
        reportShort(import, name, result, *count, held, storedBytes(result.type, held));
    else
        result.tensor = Tensor(result.type, result.shape, typedBytes(proto, result.type, *count));
    return result;
}

} // namespace bitwright
