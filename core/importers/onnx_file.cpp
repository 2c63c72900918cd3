// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/onnx_file.h"

#include <array>
#include <limits>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>
#include <onnx/onnx_pb.h>

#include "support/diagnostic_codes.h"
#include "support/file.h"

namespace bitwright {
namespace {

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    std::string_view what;
};

// Files that people take for ONNX models, by their first bytes.
constexpr std::array kSignatures{
    Signature{0, "\x89HDF", "it is an HDF5 file, such as Keras writes"},
    Signature{0, "PK\x03\x04", "it is a ZIP archive, such as PyTorch and Keras write"},
    Signature{4, "TFL3", "it is a TensorFlow Lite model"},
    Signature{0, "\x1f\x8b", "it is compressed with gzip"},
    Signature{0, "\x93NUMPY", "it is a NumPy array"},
    Signature{0, "\x80\x02", "it is a Python pickle, such as PyTorch writes"},
    Signature{0, "ORTM", "it is a model in the format of ONNX Runtime"},
    Signature{4, "ORTM", "it is a model in the format of ONNX Runtime"},
    Signature{0, "version https://git-lfs", "it is a pointer of Git LFS in place of the file itself"},
    Signature{0, "<!DOCTYPE", "it is a web page"},
    Signature{0, "<html", "it is a web page"},
    Signature{0, "{", "it is a JSON text"},
    Signature{0, "ir_version:", "it is a protocol buffer in text form"},
};

std::string_view foreignKind(std::string_view bytes)
{
    for (const Signature& signature : kSignatures)
        if (bytes.size() >= signature.offset && bytes.substr(signature.offset).starts_with(signature.bytes))
            return signature.what;
    return {};
}

/// Walks the fields of the outermost message: the wire format says where each one ends.
class FieldWalk {
public:
    explicit FieldWalk(std::string_view bytes) : m_bytes(bytes) {}

    enum class Outcome { Complete, CutOff, Foreign };

    Outcome run()
    {
        while (m_at < m_bytes.size()) {
            const std::optional<std::uint64_t> tag = varint();
            if (!tag) return m_fields > 0 ? Outcome::CutOff : Outcome::Foreign;
            m_field = *tag >> 3;
            if (m_field == 0 || m_field > 100) return Outcome::Foreign; // ModelProto ends at 25
            const Outcome outcome = skip(*tag & 7);
            if (outcome != Outcome::Complete) return outcome;
            ++m_fields;
        }
        return Outcome::Complete;
    }
    std::string_view place() const { return m_field == 7 ? "its graph" : "its first fields"; }

private:
    Outcome skip(std::uint64_t wire_type)
    {
        std::uint64_t length = 0;
        if (wire_type == 0) return varint() ? Outcome::Complete : Outcome::CutOff;
        if (wire_type == 1) length = 8;
        else if (wire_type == 5) length = 4;
        else if (wire_type == 2) {
            const std::optional<std::uint64_t> announced = varint();
            if (!announced) return Outcome::CutOff;
            length = *announced;
            if (length > std::numeric_limits<std::int32_t>::max()) return Outcome::Foreign;
        } else
            return Outcome::Foreign;
        if (length > m_bytes.size() - m_at) return Outcome::CutOff;
        m_at += length;
        return Outcome::Complete;
    }

    std::optional<std::uint64_t> varint()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && m_at < m_bytes.size(); shift += 7) {
            const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        return std::nullopt;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::uint64_t m_field = 0;
    int m_fields = 0;
};

Diagnostic whyUnreadable(const std::string& path, std::string_view bytes)
{
    const Location where = FileLocation{path};
    const auto notOnnx = [&](std::string_view reason) {
        return Diagnostic{DiagnosticCode::ModelNotOnnx, {path, std::string(reason)}, where};
    };
    if (const std::string_view kind = foreignKind(bytes); !kind.empty()) return notOnnx(kind);
    FieldWalk walk(bytes);
    switch (walk.run()) {
    case FieldWalk::Outcome::Foreign: return notOnnx("its bytes are no protocol buffer of a model");
    case FieldWalk::Outcome::CutOff:
        return Diagnostic{DiagnosticCode::ModelTruncated,
                          {path, fmt::format("{}", bytes.size()), std::string(walk.place())},
                          where,
                          "Copy or download the file again."};
    case FieldWalk::Outcome::Complete: break;
    }
    return Diagnostic{DiagnosticCode::ModelDamaged, {path}, where, "Copy or export the file again."};
}

/// A message that starts like a model: anything parses as protocol buffer if it is short enough.
bool looksLikeModel(const onnx::ModelProto& proto)
{
    return proto.has_graph() || (proto.has_ir_version() && proto.opset_import_size() > 0);
}

} // namespace

Result<std::shared_ptr<onnx::ModelProto>> readOnnxFile(const std::string& path)
{
    Result<std::string> bytes = readFile(path);
    if (!bytes) return bytes.error();
    if (bytes->empty())
        return Diagnostic{DiagnosticCode::ModelNotOnnx, {path, "it is empty"}, FileLocation{path}};
    if (bytes->size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return Diagnostic{DiagnosticCode::ModelTooLarge, {path, fmt::format("{}", bytes->size())}, FileLocation{path}};
    // The library would write its own words to the terminal.
    const google::protobuf::LogSilencer silence;
    auto proto = std::make_shared<onnx::ModelProto>();
    google::protobuf::io::CodedInputStream stream(reinterpret_cast<const std::uint8_t*>(bytes->data()),
                                                  static_cast<int>(bytes->size()));
    const bool parsed = proto->ParseFromCodedStream(&stream) && stream.ConsumedEntireMessage();
    if (!parsed || !looksLikeModel(*proto)) return whyUnreadable(path, *bytes);
    return proto;
}

} // namespace bitwright
