// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/action_registry.h"
#include "widgets/command_palette.h"
#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/message_card.h"
#include "widgets/project_keeper.h"
#include "widgets/text.h"
#include "window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QTest>
#include <QUrl>

namespace bitwright {
namespace {

using Window = test::WindowTest;

void drop(QWidget* target, const QStringList& paths)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls.append(QUrl::fromLocalFile(path));
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

TEST_F(Window, StartsWithTheWelcomePage)
{
    EXPECT_FALSE(window->document()->hasDesign());
    EXPECT_TRUE(window->isAtRest());
    EXPECT_FALSE(window->actions()->action("file.export")->isEnabled());
    EXPECT_NE(window->findChild<QWidget*>(QStringLiteral("sample_wine_mlp")), nullptr);
}

TEST_F(Window, DroppedModelWithDataOpens)
{
    drop(window.get(), {test::samplePath("models/wine_mlp.onnx"), test::samplePath("data/wine_x.npy"), test::samplePath("data/wine_y.npy")});
    waitUntilAtRest();
    ASSERT_TRUE(window->document()->hasDesign());
    EXPECT_FALSE(window->document()->view().data->is_synthetic);
    EXPECT_TRUE(window->document()->view().evaluation->quality.accuracy);
}

TEST_F(Window, ModelWithoutDataRunsOnRandomSamplesAndSaysSo)
{
    window->openFiles({test::samplePath("models/wine_mlp.onnx")});
    waitUntilAtRest();
    ASSERT_TRUE(window->document()->view().data);
    EXPECT_TRUE(window->document()->view().data->is_synthetic);
    EXPECT_FALSE(window->document()->view().evaluation->quality.accuracy);
    window->openFiles({test::samplePath("data/wine_x.npy")});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->document()->view().data->is_synthetic; }, 20'000));
    waitUntilAtRest();
    EXPECT_TRUE(window->document()->view().evaluation->quality.accuracy) << "labels beside the inputs are taken along";
}

TEST_F(Window, BadFileShowsASentenceAndKeepsTheOldDesign)
{
    openWine();
    QFile bad(file("bad.onnx"));
    ASSERT_TRUE(bad.open(QIODevice::WriteOnly));
    bad.write("not a model");
    bad.close();
    const auto model = window->document()->view().model;
    for (const QString& path : {file("bad.onnx"), file("missing.onnx"), folder.path()}) {
        window->openFiles({path});
        waitUntilAtRest();
        EXPECT_TRUE(window->card()->isVisible()) << toUtf8(path);
        EXPECT_TRUE(window->card()->text().endsWith(QLatin1Char('.'))) << toUtf8(window->card()->text());
        EXPECT_EQ(window->document()->view().model, model);
    }
}

TEST_F(Window, ProjectIsSavedAndReopened)
{
    openWine();
    FileDialogs dialogs;
    dialogs.ask_save = [this](QWidget*, const FileDialogs::Question&, const FileDialogs::Answer& answer) { answer({file("wine.bitwright")}); };
    window->files()->setDialogs(dialogs);
    const std::string layer = toUtf8(denseLayer());
    (void)window->document()->edit(SetFormat{layer, slots::kResult, FormatChoice(NumberFormat(FixedFormat{9, 4}))}, QStringLiteral("edit"));
    EXPECT_TRUE(window->isWindowModified());
    window->actions()->action("file.save")->trigger();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !window->isWindowModified(); }, 10'000));
    const Configuration saved = *window->document()->view().configuration;
    restart();
    window->openFiles({file("wine.bitwright")});
    waitUntilAtRest();
    ASSERT_TRUE(window->document()->hasDesign());
    EXPECT_EQ(*window->document()->view().configuration, saved);
    EXPECT_FALSE(window->document()->view().data->is_synthetic);
    EXPECT_FALSE(window->isWindowModified());
}

TEST_F(Window, ConfigurationFileRoundTripIsOneUndoStep)
{
    openWine();
    FileDialogs dialogs;
    dialogs.ask_save = [this](QWidget*, const FileDialogs::Question&, const FileDialogs::Answer& answer) { answer({file("c.yml")}); };
    window->files()->setDialogs(dialogs);
    const std::string layer = toUtf8(denseLayer());
    (void)window->document()->edit(SetFormat{layer, slots::kResult, FormatChoice(NumberFormat(FixedFormat{9, 4}))}, QStringLiteral("edit"));
    waitUntilAtRest();
    window->actions()->action("file.save_configuration")->trigger();
    ASSERT_TRUE(QTest::qWaitFor([this] { return QFile::exists(file("c.yml")); }, 10'000));
    const double lut = window->document()->view().estimate->total.lut.value;
    window->document()->undoStack()->undo();
    waitUntilAtRest();
    window->openFiles({file("c.yml")});
    ASSERT_TRUE(QTest::qWaitFor([this] { return window->document()->undoStack()->index() == 1; }, 10'000));
    waitUntilAtRest();
    EXPECT_DOUBLE_EQ(window->document()->view().estimate->total.lut.value, lut);
}

TEST_F(Window, CrashLosesNoEdit)
{
    openWine();
    const std::string layer = toUtf8(denseLayer());
    (void)window->document()->edit(SetFormat{layer, slots::kResult, FormatChoice(NumberFormat(FixedFormat{9, 4}))}, QStringLiteral("edit"));
    const Configuration edited = *window->document()->view().configuration;
    restart(); // without closing: what a kill leaves behind
    const auto* open = window->findChild<QWidget*>(QStringLiteral("recoveryOpen0"));
    ASSERT_NE(open, nullptr);
    QTest::mouseClick(const_cast<QWidget*>(open), Qt::LeftButton);
    waitUntilAtRest();
    ASSERT_TRUE(window->document()->hasDesign());
    EXPECT_EQ(*window->document()->view().configuration, edited);
    EXPECT_TRUE(window->isWindowModified());
}

TEST_F(Window, ClosingAsksAboutUnsavedChanges)
{
    openWine();
    int asked = 0;
    FileDialogs dialogs;
    dialogs.ask_to_save = [&asked](QWidget*, const QString&, const std::function<void(int)>&) { ++asked; };
    window->files()->setDialogs(dialogs);
    (void)window->document()->edit(SetLayerLock{toUtf8(denseLayer()), true}, QStringLiteral("lock"));
    EXPECT_FALSE(window->close());
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(window->isVisible());
}

TEST_F(Window, CancelledOpeningLeavesTheOldDesign)
{
    openWine();
    const auto model = window->document()->view().model;
    window->openFiles({test::samplePath("models/jets_mlp.onnx")});
    EXPECT_TRUE(window->card()->isProgress());
    window->files()->cancelOpening();
    EXPECT_FALSE(window->card()->isProgress());
    waitUntilAtRest();
    EXPECT_EQ(window->document()->view().model, model);
}

TEST_F(Window, CommandPaletteRunsWhatIsTyped)
{
    openWine();
    window->actions()->action("edit.palette")->trigger();
    auto* palette = window->findChild<CommandPalette*>();
    ASSERT_NE(palette, nullptr);
    QTest::keyClicks(palette->field(), QStringLiteral("dark theme"));
    ASSERT_GT(palette->list()->count(), 0);
    QTest::keyClick(palette->field(), Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return theme->isDark(); }));
    EXPECT_EQ(settings->theme(), ThemeChoice::Dark);
}

TEST_F(Window, RemembersLayoutAndRecentFiles)
{
    openWine();
    window->resize(1000, 700);
    window->close();
    restart();
    EXPECT_EQ(window->size(), QSize(1000, 700));
    ASSERT_FALSE(settings->recentFiles().isEmpty());
    EXPECT_TRUE(settings->recentFiles().front().endsWith(QLatin1String("wine_mlp.onnx")));
}

} // namespace
} // namespace bitwright
