// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/atomic_file.h"

#include "support/diagnostic_codes.h"
#include "support/file.h"
#include "support/test_data.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bitwright {
namespace {

namespace fs = std::filesystem;

std::string contents(const std::string& path)
{
    const Result<std::string> bytes = readFile(path);
    return bytes ? *bytes : "<" + bytes.error().message() + ">";
}

std::size_t entryCount(const std::string& folder)
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder))
        ++count;
    return count;
}

TEST(ReadFile, SaysWhatIsWrong)
{
    const std::string folder = test::temporaryFolder("read_file");
    EXPECT_EQ(readFile(folder + "/none").error().code, DiagnosticCode::FileNotFound);
    EXPECT_EQ(readFile(folder).error().code, DiagnosticCode::FileIsFolder);
    EXPECT_EQ(readFile("/dev/zero").error().code, DiagnosticCode::FileUnreadable);
    ASSERT_EQ(::mkfifo((folder + "/pipe").c_str(), 0600), 0);
    EXPECT_EQ(readFile(folder + "/pipe").error().code, DiagnosticCode::FileUnreadable);
    ASSERT_TRUE(writeFileAtomically(folder + "/x", "12345").ok());
    EXPECT_EQ(readFile(folder + "/x", 4).error().code, DiagnosticCode::FileTooLarge);
    EXPECT_EQ(contents(folder + "/x"), "12345");
}

TEST(AtomicFile, ReplacesWholeAndKeepsOneBackup)
{
    const std::string folder = test::temporaryFolder("replace");
    const std::string path = folder + "/project";
    ASSERT_TRUE(writeFileAtomically(path, "one", path + ".bak").ok());
    EXPECT_FALSE(fs::exists(path + ".bak"));
    ASSERT_TRUE(writeFileAtomically(path, "two", path + ".bak").ok());
    ASSERT_TRUE(writeFileAtomically(path, "three", path + ".bak").ok());
    EXPECT_EQ(contents(path), "three");
    EXPECT_EQ(contents(path + ".bak"), "two");
    EXPECT_EQ(entryCount(folder), 2U) << "temporary files stay behind";
}

TEST(AtomicFile, KeepsPermissionsAndLinks)
{
    const std::string folder = test::temporaryFolder("links");
    ASSERT_TRUE(writeFileAtomically(folder + "/real", "one").ok());
    fs::permissions(folder + "/real", fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink("real", folder + "/link");
    ASSERT_TRUE(writeFileAtomically(folder + "/link", "two").ok());
    EXPECT_TRUE(fs::is_symlink(folder + "/link"));
    EXPECT_EQ(contents(folder + "/real"), "two");
    EXPECT_EQ(fs::status(folder + "/real").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(AtomicFile, RefusesFoldersAndMissingFolders)
{
    const std::string folder = test::temporaryFolder("refuse");
    EXPECT_EQ(writeFileAtomically(folder, "x").error().code, DiagnosticCode::FileIsFolder);
    EXPECT_EQ(writeFileAtomically(folder + "/none/x", "x").error().code, DiagnosticCode::FileUnwritable);
    EXPECT_EQ(writeFileAtomically(folder + "/" + std::string(300, 'n'), "x").error().code,
              DiagnosticCode::FileUnwritable);
    EXPECT_TRUE(writeFileAtomically("/dev/null", "x").ok()) << "devices are written directly";
    EXPECT_EQ(writeFileAtomically("/dev/full", "x").error().arguments.back(), "the disk is full");
}

TEST(AtomicFile, FailedWriteLeavesTheOldFile)
{
    const std::string folder = test::temporaryFolder("limit");
    const std::string path = folder + "/file";
    ASSERT_TRUE(writeFileAtomically(path, "old").ok());
    const pid_t child = ::fork(); // a file size limit stands for a full disk
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const Result<void> outcome = writeFileAtomically(path, std::string(5000, 'x'));
        ::_exit(!outcome.ok() && outcome.error().code == DiagnosticCode::FileUnwritable ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(contents(path), "old");
    EXPECT_EQ(entryCount(folder), 1U);
}

TEST(AtomicFolder, AppearsWholeOrNotAtAll)
{
    const std::string folder = test::temporaryFolder("folder");
    const std::string target = folder + "/deep/project/";
    {
        Result<AtomicFolder> abandoned = AtomicFolder::create(target, ExistingFolder::Refuse);
        ASSERT_TRUE(abandoned.ok());
        ASSERT_TRUE(abandoned->write("a/b.txt", "1").ok());
    }
    EXPECT_EQ(entryCount(folder + "/deep"), 0U);

    Result<AtomicFolder> made = AtomicFolder::create(target, ExistingFolder::Refuse);
    ASSERT_TRUE(made.ok());
    ASSERT_TRUE(made->write("a/b.txt", "1").ok());
    EXPECT_FALSE(fs::exists(target));
    ASSERT_TRUE(made->commit().ok());
    EXPECT_EQ(contents(target + "a/b.txt"), "1");
    EXPECT_EQ(entryCount(folder + "/deep"), 1U);
}

TEST(AtomicFolder, RefusesForeignContentsAndReplacesItsOwn)
{
    const std::string target = test::temporaryFolder("foreign") + "/out";
    fs::create_directories(target);
    EXPECT_TRUE(AtomicFolder::create(target, ExistingFolder::Refuse).ok()) << "an empty folder is free";
    ASSERT_TRUE(writeFileAtomically(target + "/theirs", "x").ok());
    EXPECT_EQ(AtomicFolder::create(target, ExistingFolder::Refuse).error().code, DiagnosticCode::FolderNotEmpty);

    Result<AtomicFolder> made = AtomicFolder::create(target, ExistingFolder::Replace);
    ASSERT_TRUE(made.ok());
    ASSERT_TRUE(made->write("ours", "y").ok());
    EXPECT_TRUE(fs::exists(target + "/theirs"));
    ASSERT_TRUE(made->commit().ok());
    EXPECT_FALSE(fs::exists(target + "/theirs"));
    EXPECT_EQ(contents(target + "/ours"), "y");
    EXPECT_EQ(entryCount(fs::path(target).parent_path().string()), 1U);
    EXPECT_EQ(AtomicFolder::create(target + "/ours", ExistingFolder::Replace).error().code,
              DiagnosticCode::FolderUnwritable);
}

TEST(FileLock, HasOneOwnerAndDiesWithIt)
{
    const std::string path = test::temporaryFolder("lock") + "/x.lock";
    {
        const Result<FileLock> first = FileLock::acquire(path);
        ASSERT_TRUE(first.ok());
        const Result<FileLock> second = FileLock::acquire(path);
        ASSERT_FALSE(second.ok());
        EXPECT_EQ(second.error().code, DiagnosticCode::FileLocked);
        EXPECT_NE(second.error().message().find("process"), std::string::npos);
    }
    EXPECT_FALSE(fs::exists(path));
    const pid_t child = ::fork();
    if (child == 0) { // killed without any clean-up
        static const Result<FileLock> held = FileLock::acquire(path);
        ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(fs::exists(path));
    EXPECT_TRUE(FileLock::acquire(path).ok());
}

} // namespace
} // namespace bitwright
