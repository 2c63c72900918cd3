// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporters/child_process.h"
#include "support/diagnostic_codes.h"

#include <chrono>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bitwright {
namespace {

using End = ChildOutcome::End;

TEST(ChildProcess, ReportsStatusAndOutput)
{
    const auto outcome = runChild({"sh", "-c", "echo out; echo err >&2; exit 3"}, {});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->end, End::Exited);
    EXPECT_EQ(outcome->code, 3);
    EXPECT_THAT(outcome->output, testing::HasSubstr("out\nerr"));
}

TEST(ChildProcess, PassesArgumentsAsTheyAre)
{
    const auto outcome = runChild({"printf", "%s|", "a b", "$(exit 1)", "\"; ls"}, {});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->output, "a b|$(exit 1)|\"; ls|");
}

TEST(ChildProcess, SaysWhyItCannotStart)
{
    const auto outcome = runChild({"no-such-program-anywhere"}, {});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, DiagnosticCode::VerificationCompilerMissing);
}

TEST(ChildProcess, KeepsTheEndOfALongOutput)
{
    const auto outcome = runChild({"sh", "-c", "seq 1 100000; echo last"}, {.kept_output_bytes = 100});
    ASSERT_TRUE(outcome);
    EXPECT_LE(outcome->output.size(), 100U);
    EXPECT_THAT(outcome->output, testing::EndsWith("last\n"));
}

TEST(ChildProcess, EndsAtTheTimeout)
{
    const auto outcome = runChild({"sh", "-c", "sleep 60 & sleep 60"}, {.timeout_seconds = 0.2});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->end, End::TimedOut);
    EXPECT_LT(outcome->seconds, 10);
}

TEST(ChildProcess, EndsWhenAskedTo)
{
    std::stop_source source;
    std::jthread asker([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        source.request_stop();
    });
    ChildOptions options;
    options.stop = source.get_token();
    const auto outcome = runChild({"sleep", "60"}, options);
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->end, End::Stopped);
    EXPECT_LT(outcome->seconds, 10);
}

TEST(ChildProcess, SaysWhichSignalEndedIt)
{
    const auto outcome = runChild({"sh", "-c", "kill -SEGV $$"}, {});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->end, End::Signalled);
    EXPECT_THAT(outcome->ending(), testing::StartsWith("signal 11"));
}

} // namespace
} // namespace bitwright
