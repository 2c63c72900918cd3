// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/npz.h"

#include "model/npy.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

namespace bitwright {
namespace {

std::string number(std::uint64_t value, int width)
{
    std::string text;
    for (int i = 0; i < width; ++i)
        text += static_cast<char>(value >> (8 * i));
    return text;
}

std::string deflated(const std::string& bytes)
{
    std::string packed(bytes.size() + 100, '\0');
    z_stream stream{};
    EXPECT_EQ(::deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    ::deflateEnd(&stream);
    return packed;
}

std::string array(const std::vector<double>& values)
{
    return *formatNpy(Tensor::of<double>({static_cast<std::int64_t>(values.size())}, values), "x");
}

/// An archive of these members, as NumPy writes it.
std::string archive(const std::vector<std::pair<std::string, std::string>>& members, bool is_packed,
                    std::uint64_t announced = 0)
{
    std::string file;
    std::string directory;
    for (const auto& [name, bytes] : members) {
        const std::string stored = is_packed ? deflated(bytes) : bytes;
        const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
        const std::uint64_t length = announced != 0 ? announced : bytes.size();
        const std::string common = number(is_packed ? 8 : 0, 2) + number(0, 4) +
                                   number(::crc32(0, data, static_cast<uInt>(bytes.size())), 4) + number(stored.size(), 4) +
                                   number(length, 4) + number(name.size(), 2);
        directory += "PK\1\2" + number(20, 2) + number(20, 2) + number(0, 2) + common + number(0, 2) + number(0, 2) +
                     number(0, 2) + number(0, 2) + number(0, 4) + number(file.size(), 4) + name;
        file += "PK\3\4" + number(20, 2) + number(0, 2) + common + number(0, 2) + name + stored;
    }
    const std::uint64_t start = file.size();
    return file + directory + "PK\5\6" + number(0, 4) + number(members.size(), 2) + number(members.size(), 2) +
           number(directory.size(), 4) + number(start, 4) + number(0, 2);
}

TEST(Npz, TakesTheMemberThatIsMeant)
{
    for (const bool is_packed : {false, true}) {
        const std::string file = archive({{"a.npy", array({1})}, {"x.npy", array({2, 3})}, {"note.txt", "hello"}}, is_packed);
        const Result<Tensor> meant = parseArray(file, "d.npz", {"input", "x"});
        ASSERT_TRUE(meant.ok()) << meant.error().message();
        EXPECT_EQ(asDoubles(*meant), (std::vector<double>{2, 3}));
        EXPECT_EQ(parseArray(file, "d.npz", {"y"}).error().message(),
                  "The archive 'd.npz' holds no array named 'y'; it holds a, x.");
        EXPECT_TRUE(parseArray(archive({{"arr_0.npy", array({1})}}, is_packed), "d.npz", {"x"}).ok()) << "the only one";
    }
    EXPECT_TRUE(parseArray(array({1}), "x.npy", {}).ok());
}

TEST(Npz, RefusesDamageAndLies)
{
    const std::string file = archive({{"x.npy", array({1, 2, 3})}}, true);
    EXPECT_FALSE(parseArray(archive({{"x.npy", array({1, 2, 3})}}, true, 0x7fffffff), "d", {"x"}).ok());
    for (std::size_t length = 0; length < file.size(); ++length)
        EXPECT_FALSE(parseArray(file.substr(0, length), "d", {"x"}).ok()) << length;
    std::uint32_t random = 3;
    for (int i = 0; i < 5000; ++i) {
        std::string mutated = file;
        random = random * 1664525U + 1013904223U;
        mutated[(random >> 8) % file.size()] = static_cast<char>(random);
        const Result<Tensor> tensor = parseArray(mutated, "d", {"x"});
        EXPECT_LE(tensor ? tensor->size() : 0, 1000);
    }
    EXPECT_FALSE(parseArray("PK\5\6" + std::string(18, '\0'), "d", {"x"}).ok()) << "no members";
}

} // namespace
} // namespace bitwright
