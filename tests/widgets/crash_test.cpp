// SPDX-License-Identifier: GPL-3.0-or-later
// A window in a process of its own, killed as by `kill -9`, and what the next start offers.
#include "widgets/document.h"
#include "widgets/text.h"
#include "window_fixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdio>

namespace bitwright {
namespace {

constexpr const char* kFolder = "BITWRIGHT_CRASH_TEST_FOLDER";
constexpr int kPatience = 60'000;

/// Runs in the process that is to die: a window over the settings of the test that started it.
class CrashingWindow : public test::WindowTest {
protected:
    void SetUp() override
    {
        const QString shared = QString::fromLocal8Bit(qgetenv(kFolder));
        if (shared.isEmpty())
            GTEST_SKIP() << "runs in a process of Crash only";
        theme = std::make_unique<Theme>(ThemeChoice::Light);
        settings = std::make_unique<WindowSettings>(shared);
        window = std::make_unique<MainWindow>(theme.get(), settings.get());
        window->show();
    }
    void waitForTheEnd()
    {
        QTest::qWait(500); // what is on its way to the disk arrives within a second, as promised
        std::puts("ready");
        std::fflush(stdout);
        QTest::qWait(kPatience);
        FAIL() << "nobody ended this process";
    }
    void recover()
    {
        auto* open = window->findChild<QWidget*>(QStringLiteral("recoveryOpen0"));
        ASSERT_NE(open, nullptr);
        QTest::mouseClick(open, Qt::LeftButton);
        waitUntilAtRest();
        ASSERT_TRUE(window->document()->hasDesign());
    }
};

TEST_F(CrashingWindow, Edits)
{
    openWine();
    for (int width = 16; width >= 9; --width)
        (void)window->document()->edit(SetFormat{toUtf8(denseLayer()), slots::kResult, FormatChoice(NumberFormat(FixedFormat{width, 4}))},
                                       QStringLiteral("edit"));
    waitForTheEnd();
}

TEST_F(CrashingWindow, OnlyRecovers)
{
    recover();
    waitForTheEnd();
}

TEST_F(CrashingWindow, OnlyLooks)
{
    openWine();
    waitForTheEnd();
}

class Crash : public test::WindowTest {
protected:
    /// Runs one of the tests above until it is ready, then kills it.
    void killAfter(const char* test)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(kFolder), settings->folder());
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--gtest_filter=CrashingWindow.") + QString::fromLatin1(test)});
        QByteArray said;
        ASSERT_TRUE(QTest::qWaitFor([&] { return (said += process.readAllStandardOutput()).contains("ready"); }, kPatience))
            << said.toStdString();
        process.kill();
        ASSERT_TRUE(process.waitForFinished());
        ASSERT_EQ(process.exitStatus(), QProcess::CrashExit);
    }
    std::string recoveredFormat()
    {
        restart();
        auto* open = window->findChild<QWidget*>(QStringLiteral("recoveryOpen0"));
        if (!open)
            return "nothing is offered";
        QTest::mouseClick(open, Qt::LeftButton);
        waitUntilAtRest();
        const auto choice = window->document()->view().decidedFormat(toUtf8(denseLayer()), slots::kResult);
        return choice ? describe(*choice) : "unset";
    }
};

TEST_F(Crash, KilledProcessLosesNoEdit)
{
    killAfter("Edits");
    EXPECT_EQ(recoveredFormat(), "fixed<9,4>");
    EXPECT_TRUE(window->isWindowModified());
}

TEST_F(Crash, RecoveredWorkSurvivesTheNextCrash)
{
    killAfter("Edits");
    killAfter("OnlyRecovers");
    EXPECT_EQ(recoveredFormat(), "fixed<9,4>");
}

TEST_F(Crash, WithoutEditsThereIsNothingToRecover)
{
    killAfter("OnlyLooks");
    EXPECT_EQ(recoveredFormat(), "nothing is offered");
}

} // namespace
} // namespace bitwright
