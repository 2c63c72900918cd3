// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/npz.h"

#include "model/npy.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <zlib.h>

namespace bitwright {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryEntry = 0x02014b50;
constexpr std::uint32_t kDirectoryEnd = 0x06054b50;
constexpr std::uint32_t kDirectoryEnd64 = 0x06064b50;
constexpr std::uint32_t kLocator64 = 0x07064b50;
constexpr std::uint64_t kInExtra = 0xffffffff; ///< "look into the ZIP64 field"
constexpr std::uint64_t kHighestRatio = 1032;  ///< of deflate; who announces more is lying
constexpr std::size_t kMostMembers = 10000;

/// Little-endian fields; reading beyond the end gives zeros and marks the view bad.
class Bytes {
public:
    explicit Bytes(std::string_view all) : m_all(all) {}

    std::uint64_t number(std::uint64_t at, std::size_t width)
    {
        if (at > m_all.size() || m_all.size() - at < width) {
            m_isGood = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = width; i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(m_all[at + i]);
        return value;
    }
    std::string_view text(std::uint64_t at, std::uint64_t length)
    {
        if (at > m_all.size() || m_all.size() - at < length) {
            m_isGood = false;
            return {};
        }
        return m_all.substr(at, length);
    }
    bool isGood() const { return m_isGood; }
    std::size_t size() const { return m_all.size(); }
    std::string_view all() const { return m_all; }

private:
    std::string_view m_all;
    bool m_isGood = true;
};

struct Member {
    std::string name; ///< without ".npy"
    std::uint64_t method = 0;
    std::uint64_t checksum = 0;
    std::uint64_t stored_bytes = 0;
    std::uint64_t bytes = 0;
    std::uint64_t header = 0;
};

/// Fills in what a directory entry left to its ZIP64 field, in the order that the format fixes.
void readExtra(Bytes& file, std::uint64_t at, std::uint64_t length, Member& member)
{
    const std::uint64_t end = at + length;
    while (at + 4 <= end && file.isGood()) {
        const std::uint64_t id = file.number(at, 2);
        const std::uint64_t size = file.number(at + 2, 2);
        at += 4;
        if (id == 1) {
            std::uint64_t field = at;
            for (std::uint64_t* value : {&member.bytes, &member.stored_bytes, &member.header}) {
                if (*value != kInExtra) continue;
                *value = file.number(field, 8);
                field += 8;
            }
        }
        at += size;
    }
}

struct Directory {
    std::uint64_t start = 0;
    std::uint64_t entries = 0;
};

std::optional<Directory> findDirectory(Bytes& file)
{
    constexpr std::size_t kEndBytes = 22;
    if (file.size() < kEndBytes) return std::nullopt;
    const std::size_t lowest = file.size() - std::min<std::size_t>(file.size(), kEndBytes + 65535);
    for (std::size_t at = file.size() - kEndBytes + 1; at-- > lowest;) {
        if (file.number(at, 4) != kDirectoryEnd) continue;
        Directory directory{file.number(at + 16, 4), file.number(at + 10, 2)};
        if (at >= 20 && file.number(at - 20, 4) == kLocator64) {
            const std::uint64_t end64 = file.number(at - 12, 8);
            if (file.number(end64, 4) == kDirectoryEnd64)
                directory = {file.number(end64 + 48, 8), file.number(end64 + 32, 8)};
        }
        return directory;
    }
    return std::nullopt;
}

/// The `.npy` members of the archive; nothing when it is broken.
std::optional<std::vector<Member>> listMembers(Bytes& file)
{
    const std::optional<Directory> directory = findDirectory(file);
    if (!directory || directory->entries > kMostMembers) return std::nullopt;
    std::vector<Member> members;
    std::uint64_t at = directory->start;
    for (std::uint64_t i = 0; i < directory->entries; ++i) {
        if (file.number(at, 4) != kDirectoryEntry) return std::nullopt;
        const std::uint64_t name_length = file.number(at + 28, 2);
        const std::uint64_t extra_length = file.number(at + 30, 2);
        Member member{std::string(file.text(at + 46, name_length)), file.number(at + 10, 2), file.number(at + 16, 4),
                      file.number(at + 20, 4), file.number(at + 24, 4), file.number(at + 42, 4)};
        readExtra(file, at + 46 + name_length, extra_length, member);
        at += 46 + name_length + extra_length + file.number(at + 32, 2);
        if (!file.isGood()) return std::nullopt;
        if (!member.name.ends_with(".npy")) continue;
        member.name.resize(member.name.size() - 4);
        members.push_back(std::move(member));
    }
    return members;
}

/// The member's bytes, or the end of a sentence in @p problem.
std::optional<std::string> unpack(Bytes& file, const Member& member, std::string& problem)
{
    problem = fmt::format("its member '{}' is damaged", member.name);
    if (file.number(member.header, 4) != kLocalHeader) return std::nullopt;
    const std::uint64_t start =
        member.header + 30 + file.number(member.header + 26, 2) + file.number(member.header + 28, 2);
    const std::string_view stored = file.text(start, member.stored_bytes);
    if (!file.isGood() || member.bytes / kHighestRatio > stored.size() + 1) return std::nullopt;
    std::string bytes;
    if (member.method == 0) {
        bytes = std::string(stored);
    } else if (member.method == Z_DEFLATED) {
        bytes.resize(member.bytes);
        z_stream stream{};
        if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
        int state = Z_OK;
        while (state == Z_OK) { // in pieces, because the fields of a z_stream have 32 bits
            constexpr std::uint64_t kPiece = 1U << 30;
            const std::uint64_t left_in = stored.size() - stream.total_in;
            const std::uint64_t left_out = bytes.size() - stream.total_out;
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(stored.data() + stream.total_in));
            stream.avail_in = static_cast<uInt>(std::min(left_in, kPiece));
            stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + stream.total_out);
            stream.avail_out = static_cast<uInt>(std::min(left_out, kPiece));
            state = ::inflate(&stream, Z_NO_FLUSH);
        }
        ::inflateEnd(&stream);
        if (state != Z_STREAM_END) return std::nullopt;
        bytes.resize(stream.total_out);
    } else {
        problem = fmt::format("its member '{}' is packed by method {}, which is not read here", member.name, member.method);
        return std::nullopt;
    }
    const uLong checksum = ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    if (bytes.size() != member.bytes || checksum != member.checksum) return std::nullopt;
    return bytes;
}

} // namespace

Result<Tensor> parseArray(std::string_view bytes, const std::string& name, const std::vector<std::string>& wanted)
{
    if (!bytes.starts_with("PK")) return parseNpy(bytes, name);
    Bytes file(bytes);
    const std::optional<std::vector<Member>> members = listMembers(file);
    if (!members) return Diagnostic{DiagnosticCode::ArrayNotNpy, {name, "its directory of members is damaged"}};
    const Member* chosen = members->size() == 1 ? &members->front() : nullptr;
    std::vector<std::string> names;
    for (const Member& member : *members)
        names.push_back(member.name);
    for (const std::string& candidate : wanted) {
        if (chosen != nullptr) break;
        const auto found = std::find(names.begin(), names.end(), candidate);
        if (found != names.end()) chosen = &(*members)[static_cast<std::size_t>(found - names.begin())];
    }
    if (chosen == nullptr)
        return Diagnostic{DiagnosticCode::ArchiveMemberMissing,
                          {name, fmt::format("{}", fmt::join(wanted, "', '")), fmt::format("{}", fmt::join(names, ", "))}};
    std::string problem;
    const std::optional<std::string> array = unpack(file, *chosen, problem);
    if (!array) return Diagnostic{DiagnosticCode::ArrayNotNpy, {name, problem}};
    return parseNpy(*array, fmt::format("{}/{}.npy", name, chosen->name));
}

Result<Tensor> readArray(const std::string& path, const std::vector<std::string>& wanted)
{
    const Result<std::string> bytes = readFile(path);
    if (!bytes) return bytes.error();
    return parseArray(*bytes, path, wanted);
}

} // namespace bitwright
