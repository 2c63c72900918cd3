// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latest_job.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace bitwright {
namespace {

using namespace std::chrono_literals;

TEST(LatestJob, DeliversPartialResultsInOrder)
{
    QThreadPool pool;
    std::vector<int> delivered;
    bool isFinished = false;
    LatestJob<int> job(&pool, [&](int value) { delivered.push_back(value); }, [&] { isFinished = true; });
    job.start([](std::stop_token, const LatestJob<int>::Emit& emit) {
        for (int i = 0; i < 5; ++i)
            emit(i);
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return isFinished; }));
    EXPECT_EQ(delivered, (std::vector<int>{0, 1, 2, 3, 4}));
    EXPECT_FALSE(job.isRunning());
}

TEST(LatestJob, NewestRequestWins)
{
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    std::vector<int> delivered;
    LatestJob<int> job(&pool, [&](int value) { delivered.push_back(value); });
    std::atomic<int> started = 0;
    for (int request = 0; request < 200; ++request)
        job.start([request, &started](std::stop_token stop, const LatestJob<int>::Emit& emit) {
            ++started;
            for (int i = 0; i < 20 && !stop.stop_requested(); ++i)
                std::this_thread::sleep_for(100us);
            emit(request);
        });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !job.isRunning(); }));
    QTest::qWait(5);
    EXPECT_EQ(delivered, std::vector<int>{199});
    EXPECT_LT(started, 200);
}

TEST(LatestJob, CancelStopsTheWorkAndDeliversNothing)
{
    QThreadPool pool;
    int delivered = 0;
    std::atomic<bool> hasStopped = false;
    LatestJob<int> job(&pool, [&](int) { ++delivered; });
    job.start([&](std::stop_token stop, const LatestJob<int>::Emit& emit) {
        while (!stop.stop_requested())
            std::this_thread::sleep_for(100us);
        hasStopped = true;
        emit(1);
    });
    job.cancel();
    pool.waitForDone();
    QTest::qWait(5);
    EXPECT_EQ(delivered, 0);
    EXPECT_FALSE(job.isRunning());
}

TEST(LatestJob, DeliveryMayStartTheNextRequest)
{
    QThreadPool pool;
    std::vector<int> delivered;
    std::unique_ptr<LatestJob<int>> job;
    const auto request = [&](int value) {
        job->start([value](std::stop_token, const LatestJob<int>::Emit& emit) {
            emit(value);
            emit(-value); // superseded by what the first delivery starts
        });
    };
    job = std::make_unique<LatestJob<int>>(&pool, [&](int value) {
        delivered.push_back(value);
        if (value > 0 && value < 4)
            request(value + 1);
    });
    request(1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !job->isRunning(); }));
    EXPECT_EQ(delivered, (std::vector<int>{1, 2, 3, 4, -4}));
}

TEST(LatestJob, SurvivesDestructionWhileRunning)
{
    QThreadPool pool;
    int delivered = 0;
    for (int i = 0; i < 300; ++i) {
        LatestJob<int> job(&pool, [&](int) { ++delivered; });
        job.start([](std::stop_token, const LatestJob<int>::Emit& emit) { emit(1); });
    }
    pool.waitForDone();
    QTest::qWait(5);
    EXPECT_EQ(delivered, 0);
}

} // namespace
} // namespace bitwright
