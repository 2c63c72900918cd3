// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/journal.h"

#include "support/file.h"
#include "support/test_data.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace bitwright {
namespace {

namespace fs = std::filesystem;

Configuration withReuse(Configuration configuration, const std::string& layer, std::int64_t reuse)
{
    LayerSettings settings = configuration.layer(layer);
    settings.tunables[tunables::kReuseFactor] = reuse;
    configuration.setLayer(layer, settings);
    return configuration;
}

Configuration start()
{
    Configuration configuration;
    for (const char* layer : {"MatMul_0", "Relu_0", "MatMul_1"})
        configuration = withReuse(configuration, layer, 1);
    return configuration;
}

Project project()
{
    Project made;
    made.configuration = start();
    return made;
}

/// Runs @p body in a process that is then killed as by `kill -9`.
template <class Body>
void inKilledProcess(Body body)
{
    const pid_t child = ::fork();
    if (child == 0) {
        body();
        ::raise(SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
}

TEST(Journal, KilledProcessLosesNothing)
{
    const std::string folder = test::temporaryFolder("killed") + "/recovery";
    Configuration expected = withReuse(start(), "MatMul_0", 8);
    expected.eraseLayer("Relu_0");
    expected.design.clock_ns = 2.5;
    inKilledProcess([&] {
        static Result<Journal> journal = Journal::start(folder, project(), "/somewhere/p.bitwright");
        Configuration now = start();
        for (std::int64_t reuse = 2; reuse <= 8; ++reuse) {
            now = withReuse(now, "MatMul_0", reuse);
            if (!journal->record(now)) ::_exit(1);
        }
        now.eraseLayer("Relu_0");
        if (!journal->record(now)) ::_exit(1);
        now.design.clock_ns = 2.5;
        if (!journal->record(now)) ::_exit(1);
    });
    const std::vector<Recovery> found = findRecoveries(folder);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].project.configuration, expected);
    EXPECT_EQ(found[0].project_path, "/somewhere/p.bitwright");
    EXPECT_EQ(found[0].edits, 9);
    EXPECT_TRUE(findRecoveries(folder).empty()) << "who found it holds it";
    discardRecovery(found[0]);
    EXPECT_FALSE(fs::exists(found[0].journal));
}

TEST(Journal, LastLineCutShortIsIgnored)
{
    const std::string folder = test::temporaryFolder("cut");
    const Configuration first = withReuse(start(), "MatMul_0", 2);
    const Configuration second = withReuse(first, "MatMul_1", 4);
    inKilledProcess([&] {
        static Result<Journal> journal = Journal::start(folder, project(), "");
        if (!journal->record(first) || !journal->record(second)) ::_exit(1);
    });
    std::string path;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".journal") path = entry.path().string();
    const std::string whole = *readFile(path);
    const std::size_t base = whole.find('\n') + 1;
    const std::size_t first_end = whole.find('\n', base) + 1;
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        std::ofstream(path, std::ios::binary) << whole.substr(0, length); // quicker than a write to disk
        const std::vector<Recovery> found = findRecoveries(folder);
        ASSERT_EQ(found.size(), length >= base ? 1U : 0U) << length;
        if (found.empty()) continue;
        const Configuration& expected = length < first_end ? start() : (length < whole.size() ? first : second);
        ASSERT_EQ(found[0].project.configuration, expected) << length;
    }
}

TEST(Journal, LiveOrCleanlyClosedDocumentsAreNotOffered)
{
    const std::string folder = test::temporaryFolder("live");
    Result<Journal> journal = Journal::start(folder, project(), "");
    ASSERT_TRUE(journal.ok());
    ASSERT_TRUE(journal->record(withReuse(start(), "MatMul_0", 2)).ok());
    ASSERT_TRUE(journal->sync().ok());
    EXPECT_TRUE(findRecoveries(folder).empty());
    journal->discard();
    EXPECT_TRUE(fs::is_empty(folder));
}

TEST(Journal, SaveBeginsAnew)
{
    const std::string folder = test::temporaryFolder("rebase");
    Project saved = project();
    saved.configuration = withReuse(start(), "MatMul_0", 2);
    {
        Result<Journal> journal = Journal::start(folder, project(), "");
        ASSERT_TRUE(journal->record(saved.configuration).ok());
        EXPECT_EQ(journal->edits(), 1);
        ASSERT_TRUE(journal->rebase(saved, "/p.bitwright").ok());
        EXPECT_EQ(journal->edits(), 0);
        ASSERT_TRUE(journal->record(saved.configuration).ok());
        EXPECT_EQ(journal->edits(), 0) << "nothing differs";
    }
    const std::vector<Recovery> found = findRecoveries(folder);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].edits, 0);
    EXPECT_EQ(found[0].project.configuration, saved.configuration);
    EXPECT_EQ(found[0].project_path, "/p.bitwright");
}

TEST(Journal, RecoveredEditsCountUntilTheyAreSaved)
{
    const std::string folder = test::temporaryFolder("carried");
    inKilledProcess([&] {
        static Result<Journal> journal = Journal::start(folder, project(), "/p.bitwright", 7);
        if (!journal->record(withReuse(start(), "MatMul_0", 2))) ::_exit(1);
    });
    const std::vector<Recovery> found = findRecoveries(folder);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].edits, 8);
}

} // namespace
} // namespace bitwright
