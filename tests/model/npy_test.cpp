// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/npy.h"

#include "model/npy_header.h"
#include "support/atomic_file.h"
#include "support/diagnostic_codes.h"
#include "support/file.h"
#include "support/test_data.h"

#include <cstdint>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace bitwright {
namespace {

/// A file with this header text (padded as NumPy does) and data.
std::string npy(const std::string& header, const std::string& data, int version = 1)
{
    std::string file("\x93NUMPY", 6);
    file += static_cast<char>(version);
    file += '\0';
    const auto length = static_cast<std::uint32_t>(header.size());
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
        file += static_cast<char>(length >> (8 * i));
    return file + header + data;
}

std::string header(const std::string& descr, const std::string& shape, bool is_fortran = false)
{
    return fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}\n", descr, is_fortran ? "True" : "False",
                       shape);
}

DiagnosticCode problem(const std::string& bytes)
{
    const Result<Tensor> tensor = parseNpy(bytes, "x.npy");
    return tensor ? DiagnosticCode::Cancelled : tensor.error().code;
}

constexpr DiagnosticCode kRead = DiagnosticCode::Cancelled; // `problem` of a good file

TEST(Npy, EveryNumberTypeComesBack)
{
    int types = 0;
    for (int number = 1; number <= 26; ++number) {
        const auto type = static_cast<ElementType>(number);
        if (npyDescr(type).empty()) continue;
        ++types;
        const std::size_t bytes = 6 * elementBytes(type);
        std::string data(bytes, '\0');
        for (std::size_t i = 0; i < bytes; ++i)
            data[i] = type == ElementType::Bool ? static_cast<char>(i % 2) : static_cast<char>(i * 7 + 1);
        const Tensor tensor = makeTensor(type, {2, 3}, std::as_bytes(std::span<const char>(data)));
        const Result<std::string> file = formatNpy(tensor, "x");
        ASSERT_TRUE(file.ok());
        EXPECT_EQ((file->size() - bytes) % 64, 0U) << "NumPy aligns data to 64 bytes";
        const Result<Tensor> again = parseNpy(*file, "x");
        ASSERT_TRUE(again.ok()) << again.error().message();
        EXPECT_EQ(again->type(), type);
        EXPECT_EQ(again->shape(), (Shape{2, 3}));
        EXPECT_TRUE(std::equal(again->bytes().begin(), again->bytes().end(), tensor.bytes().begin()));
    }
    EXPECT_EQ(types, 14);
}

TEST(Npy, HeadIsWhatNumpyWrites)
{
    EXPECT_EQ(formatNpyHead("<f4", {2, 3}).substr(10),
              "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }                                                          \n");
    EXPECT_NE(formatNpyHead("<f4", {5}).find("'shape': (5,), }"), std::string::npos);
    EXPECT_NE(formatNpyHead("<f4", {}).find("'shape': (), }"), std::string::npos);
}

TEST(Npy, ReadsBigEndianFortranOrderAndAllVersions)
{
    const std::string data("\0\1\0\2\0\3\0\4\0\5\0\6", 12);
    for (const int version : {1, 2, 3}) {
        const Result<Tensor> rows = parseNpy(npy(header(">i2", "(2, 3)"), data, version), "x");
        ASSERT_TRUE(rows.ok());
        EXPECT_EQ(asIntegers(*rows), (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
        const Result<Tensor> columns = parseNpy(npy(header(">i2", "(2, 3)", true), data, version), "x");
        ASSERT_TRUE(columns.ok());
        EXPECT_EQ(asIntegers(*columns), (std::vector<std::int64_t>{1, 3, 5, 2, 4, 6}));
    }
    const Result<Tensor> cube = parseNpy(npy(header(">i2", "(1, 2L, 3)", true), data), "x");
    ASSERT_TRUE(cube.ok());
    EXPECT_EQ(asIntegers(*cube), (std::vector<std::int64_t>{1, 3, 5, 2, 4, 6}));
}

TEST(Npy, EmptyAndScalarArraysAreFine)
{
    EXPECT_EQ(problem(npy(header("<f4", "(0, 16)"), "")), kRead);
    EXPECT_EQ(problem(npy(header("<f4", "(0, 16)", true), "")), kRead);
    EXPECT_EQ(problem(npy(header("<f8", "()"), "12345678")), kRead);
}

TEST(Npy, RefusesWhatIsNoArrayOfNumbers)
{
    EXPECT_EQ(problem(""), DiagnosticCode::ArrayNotNpy);
    EXPECT_EQ(problem("PK\3\4 zip"), DiagnosticCode::ArrayNotNpy);
    EXPECT_EQ(problem("\x93NUMPY"), DiagnosticCode::ArrayNotNpy);
    EXPECT_EQ(problem(npy(header("<f4", "(1,)"), "1234", 4)), DiagnosticCode::ArrayNotNpy);
    for (const char* type : {"|O", "<U5", "|S3", "<M8[s]", "|V4", "<f16", "", "f44"})
        EXPECT_EQ(problem(npy(header(type, "(1,)"), "12345678")), DiagnosticCode::ArrayType) << type;
    EXPECT_EQ(problem(npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "1234")),
              DiagnosticCode::ArrayType);
}

TEST(Npy, HostileHeadersCostNothing)
{
    for (const char* shape : {"(99999999999, 99999999999)", "(-1,)", "(4611686018427387904, 4)", "(1, 0x10)", "(1", "1",
                              "(99999999999999999999,)", "[1]"})
        EXPECT_EQ(problem(npy(header("<f4", shape), "1234")), DiagnosticCode::ArrayNotNpy) << shape;
    EXPECT_EQ(problem(npy(header("<f4", "(1000000000000,)"), "1234")), DiagnosticCode::ArrayTruncated);
    EXPECT_EQ(problem(npy(header("<f4", "(2,)"), "1234567")), DiagnosticCode::ArrayTruncated);
    std::string dimensions;
    for (int i = 0; i < 70; ++i)
        dimensions += "1, ";
    EXPECT_EQ(problem(npy(header("<f4", "(" + dimensions + ")"), "1234")), DiagnosticCode::ArrayNotNpy);
    EXPECT_EQ(problem(npy("{}", "")), DiagnosticCode::ArrayNotNpy);
    EXPECT_EQ(problem(npy("{'descr': '<f4', 'shape': (1,), }", "1234")), DiagnosticCode::ArrayNotNpy);
    EXPECT_EQ(problem(npy("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }", "1234")), DiagnosticCode::ArrayNotNpy);
    EXPECT_EQ(problem(npy("{'descr': [[[[", "")), DiagnosticCode::ArrayNotNpy);
}

TEST(Npy, AnyTruncationAndMutationIsHandled)
{
    const std::string file = npy(header("<f4", "(2, 2)"), std::string(16, 'x'));
    for (std::size_t length = 0; length < file.size(); ++length)
        EXPECT_NE(problem(file.substr(0, length)), kRead) << length;
    std::uint32_t random = 7;
    for (int i = 0; i < 5000; ++i) {
        std::string mutated = file;
        random = random * 1664525U + 1013904223U;
        mutated[(random >> 8) % file.size()] = static_cast<char>(random);
        const Result<Tensor> tensor = parseNpy(mutated, "x");
        if (tensor) {
            EXPECT_LE(tensor->bytes().size(), file.size());
        }
    }
}

TEST(Npy, TypesThatNumpyLacksAreWidened)
{
    const std::string codes("\x00\x3f\x80\x3f", 4); // bfloat16 0.5 and 1
    const Tensor bfloat = makeTensor(ElementType::Bfloat16, {2}, std::as_bytes(std::span<const char>(codes)));
    const Result<Tensor> floats = parseNpy(*formatNpy(bfloat, "x"), "x");
    EXPECT_EQ(floats->type(), ElementType::Float32);
    EXPECT_EQ(asDoubles(*floats), (std::vector<double>{0.5, 1}));
    EXPECT_EQ(formatNpy(Tensor(ElementType::String, {0}, nullptr), "x").error().code, DiagnosticCode::ArrayType);
}

TEST(Npy, FilesRoundTrip)
{
    const std::string path = test::temporaryFolder("npy") + "/x.npy";
    const std::vector<double> values{1.5, -2, 1e300};
    ASSERT_TRUE(writeNpy(path, Tensor::of<double>({3, 1}, values)).ok());
    const Result<Tensor> again = readNpy(path);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->shape(), (Shape{3, 1}));
    EXPECT_EQ(asDoubles(*again), values);
    EXPECT_EQ(readNpy(path + "x").error().code, DiagnosticCode::FileNotFound);
}

} // namespace
} // namespace bitwright
