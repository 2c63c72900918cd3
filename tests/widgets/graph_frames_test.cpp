// SPDX-License-Identifier: GPL-3.0-or-later
// Frame times of the canvas on ten thousand nodes, as printed figures and as a bound that only a mistake can miss.
#include "widgets/graph_view.h"
#include "widgets/selection_hub.h"
#include "widgets/theme.h"
#include "graph_pictures.h"

#include <QElapsedTimer>
#include <QImage>
#include <QTest>
#include <QTimer>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace bitwright {
namespace {

constexpr int kNodes = 10'000;
constexpr int kFrames = 40;
constexpr double kGoalMilliseconds = 8;
constexpr double kBoundMilliseconds = 3 * kGoalMilliseconds; // debug builds and busy machines

double cpuMilliseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

class GraphFrames : public testing::Test {
protected:
    void SetUp() override
    {
        view.resize(1600, 1000);
        view.show();
        QElapsedTimer clock;
        clock.start();
        view.setSummary(test::largeSummary(kNodes, 8));
        ASSERT_TRUE(QTest::qWaitFor([this] { return view.isUpToDate(); }, 60'000));
        std::printf("10,000 nodes: laid out and shown after %lld ms\n", static_cast<long long>(clock.elapsed()));
    }

    /// CPU time of painting alone, after each @p move.
    double medianOf(const char* name, const std::function<void(int)>& move)
    {
        std::vector<double> frames;
        for (int i = 0; i < kFrames; ++i) {
            move(i);
            const double start = cpuMilliseconds();
            view.viewport()->repaint();
            frames.push_back(cpuMilliseconds() - start);
        }
        std::ranges::sort(frames);
        const double median = frames[frames.size() / 2];
        std::printf("%-34s median %5.2f ms, worst %5.2f ms (goal %.0f ms)\n", name, median, frames.back(), kGoalMilliseconds);
        return median;
    }

    void pan(int steps)
    {
        QWheelEvent event({800, 500}, view.viewport()->mapToGlobal(QPointF(800, 500)), {0, -24 * steps}, {0, -24 * steps},
                          Qt::NoButton, Qt::NoModifier, Qt::ScrollUpdate, false);
        QApplication::sendEvent(view.viewport(), &event);
    }
    void zoom(int notches)
    {
        QWheelEvent event({800, 500}, view.viewport()->mapToGlobal(QPointF(800, 500)), {}, {0, 60 * notches}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &event);
    }

    SelectionHub hub;
    Theme theme{ThemeChoice::Light};
    GraphView view{&hub, &theme};
};

TEST_F(GraphFrames, PanningAndZoomingTenThousandNodesIsSmooth)
{
    view.fit();
    EXPECT_LT(medianOf("zooming in from the whole", [this](int i) { zoom(i % 20 < 10 ? 1 : -1); }), kBoundMilliseconds);
    for (const double zoom : {0.05, 0.1, 0.25, 0.5, 1.0}) {
        view.setZoom(zoom);
        QTest::qWait(100); // the exact picture after the gesture
        char name[40];
        std::snprintf(name, sizeof name, "panning at %.2f", zoom);
        EXPECT_LT(medianOf(name, [this](int i) { pan(i % 20 < 10 ? 1 : -1); }), kBoundMilliseconds);
    }
}

TEST_F(GraphFrames, OpeningTenThousandNodesNeverBlocksTheWindow)
{
    double longest = 0;
    QElapsedTimer beat;
    QTimer heart;
    QObject::connect(&heart, &QTimer::timeout, [&] {
        longest = std::max(longest, static_cast<double>(beat.nsecsElapsed()) / 1e6);
        beat.restart();
    });
    view.setSummary(nullptr);
    const auto summary = test::largeSummary(kNodes + 8, 8);
    heart.start(0);
    beat.start();
    view.setSummary(summary);
    ASSERT_TRUE(QTest::qWaitFor([this] { return view.isUpToDate(); }, 60'000));
    heart.stop();
    std::printf("longest pause of the event loop while opening: %.1f ms\n", longest);
    EXPECT_LT(longest, 250) << "long work belongs into jobs";
}

} // namespace
} // namespace bitwright
