// SPDX-License-Identifier: GPL-3.0-or-later
// What people take for granted: settings, keys, layouts, reloading, a second start.
#include "widgets/action_registry.h"
#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/graph_view.h"
#include "widgets/message_card.h"
#include "widgets/project_keeper.h"
#include "widgets/selection_hub.h"
#include "widgets/settings_dialog.h"
#include "widgets/shortcut_editor.h"
#include "widgets/single_instance.h"
#include "widgets/text.h"
#include "window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

namespace bitwright {
namespace {

class Habits : public test::WindowTest {
protected:
    SettingsDialog* openSettings()
    {
        window->actions()->action("edit.settings")->trigger();
        return window->findChild<SettingsDialog*>();
    }
    QDockWidget* dock(const char* name) const { return window->findChild<QDockWidget*>(QString::fromLatin1(name)); }
    void narrowResult()
    {
        (void)window->document()->edit(SetFormat{toUtf8(denseLayer()), slots::kResult, FormatChoice(NumberFormat(FixedFormat{9, 4}))},
                                       QStringLiteral("edit"));
    }
};

TEST_F(Habits, SettingsApplyAtOnceAndLast)
{
    SettingsDialog* dialog = openSettings();
    ASSERT_NE(dialog, nullptr);
    const double before = QApplication::font().pointSizeF();
    dialog->findChild<QSpinBox*>(QStringLiteral("settingFont"))->setValue(150);
    EXPECT_NEAR(QApplication::font().pointSizeF(), before * 1.5, 0.01);
    dialog->findChild<QSpinBox*>(QStringLiteral("settingRandomSamples"))->setValue(77);
    auto* themes = dialog->findChild<QComboBox*>(QStringLiteral("settingTheme"));
    QTest::keyClick(themes, Qt::Key_End);
    Q_EMIT themes->activated(themes->currentIndex());
    EXPECT_TRUE(theme->isDark());
    dialog->findChild<QSpinBox*>(QStringLiteral("settingFont"))->setValue(100);
    EXPECT_NEAR(QApplication::font().pointSizeF(), before, 0.01);
    restart();
    EXPECT_EQ(settings->preferences().random_samples, 77);
    EXPECT_EQ(settings->theme(), ThemeChoice::Dark);
    window->openFiles({test::samplePath("models/wine_mlp.onnx")});
    waitUntilAtRest();
    EXPECT_EQ(window->document()->view().data->samples, 77);
}

TEST_F(Habits, MenuAndCanvasAgreeAboutOverviewAndDirection)
{
    openWine();
    window->canvas()->setMinimapVisible(false); // as the key M does
    EXPECT_FALSE(window->actions()->action("view.minimap")->isChecked());
    EXPECT_FALSE(settings->preferences().has_minimap);
    window->actions()->action("view.left_to_right")->trigger();
    EXPECT_EQ(window->canvas()->direction(), LayoutDirection::LeftToRight);
    restart();
    EXPECT_EQ(window->canvas()->direction(), LayoutDirection::LeftToRight);
    EXPECT_FALSE(window->canvas()->isMinimapVisible());
}

TEST_F(Habits, ShortcutsAreTakenFromOthersAndLast)
{
    QAction* fit = window->actions()->action("view.fit");
    const QAction* open = window->actions()->action("file.open");
    ShortcutEditor* editor = openSettings()->shortcuts();
    editor->choose(fit);
    editor->assign(QKeySequence(QStringLiteral("Ctrl+O")));
    EXPECT_EQ(fit->shortcut(), QKeySequence(QStringLiteral("Ctrl+O")));
    EXPECT_TRUE(open->shortcuts().isEmpty());
    EXPECT_TRUE(editor->message().contains(QStringLiteral("Open")));
    restart();
    EXPECT_EQ(window->actions()->action("view.fit")->shortcut(), QKeySequence(QStringLiteral("Ctrl+O")));
    EXPECT_TRUE(window->actions()->action("file.open")->shortcuts().isEmpty());
    openSettings()->shortcuts()->restoreAll();
    EXPECT_EQ(window->actions()->action("file.open")->shortcut(), QKeySequence(QStringLiteral("Ctrl+O")));
    restart();
    EXPECT_EQ(window->actions()->action("view.fit")->shortcut(), QKeySequence(QStringLiteral("Ctrl+9")));
}

TEST_F(Habits, NoTwoCommandsShareKeys)
{
    for (const QAction* action : window->actions()->actions())
        for (const QKeySequence& keys : action->shortcuts())
            EXPECT_EQ(window->actions()->withShortcut(keys, action), nullptr) << toUtf8(keys.toString());
}

TEST_F(Habits, NamedLayoutsComeBackAfterARestart)
{
    openWine();
    window->actions()->action("view.layout_graph")->trigger();
    EXPECT_TRUE(dock("dockLayers")->isHidden());
    FileDialogs dialogs;
    dialogs.ask_name = [](QWidget*, const QString&, const QString&, const std::function<void(const QString&)>& answer) {
        answer(QStringLiteral("graph/only"));
    };
    window->files()->setDialogs(dialogs);
    window->actions()->action("view.save_layout")->trigger();
    window->actions()->action("view.reset_layout")->trigger();
    EXPECT_FALSE(dock("dockLayers")->isHidden());
    restart();
    openWine();
    EXPECT_EQ(window->layouts()->names(), QStringList{QStringLiteral("graph/only")});
    EXPECT_TRUE(window->layouts()->restore(QStringLiteral("graph/only")));
    EXPECT_TRUE(dock("dockLayers")->isHidden());
    EXPECT_FALSE(dock("dockInspector")->isHidden());
    window->layouts()->remove(QStringLiteral("graph/only"));
    EXPECT_FALSE(window->layouts()->restore(QStringLiteral("graph/only")));
}

TEST_F(Habits, PanelKeyReachesEveryPanelInSight)
{
    openWine();
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    QSet<QWidget*> seen;
    window->canvas()->setFocus();
    for (int step = 0; step < 4; ++step) {
        window->actions()->action("go.next_panel")->trigger();
        seen.insert(window->focusWidget());
    }
    EXPECT_EQ(seen.size(), 4) << "search, graph, Inspector, table";
    EXPECT_TRUE(window->canvas()->hasFocus());
}

TEST_F(Habits, ReloadKeepsEditsHistoryAndSelection)
{
    openWine();
    window->select(denseLayer());
    window->actions()->action("file.reload")->trigger();
    waitUntilAtRest();
    EXPECT_FALSE(window->isWindowModified()) << "nothing was changed";
    EXPECT_EQ(window->selection()->current(), denseLayer());
    narrowResult();
    const Configuration edited = *window->document()->view().configuration;
    waitUntilAtRest();
    window->actions()->action("file.reload")->trigger(); // asks nothing: nothing is lost
    ASSERT_TRUE(window->files()->isOpening());
    waitUntilAtRest();
    EXPECT_EQ(*window->document()->view().configuration, edited);
    EXPECT_TRUE(window->isWindowModified());
    window->actions()->action("edit.undo")->trigger();
    EXPECT_FALSE(window->isWindowModified());
    EXPECT_NE(*window->document()->view().configuration, edited);
}

TEST_F(Habits, EditsMadeWhileAModelIsReloadedStay)
{
    openWine();
    window->actions()->action("file.reload")->trigger();
    narrowResult();
    const Configuration edited = *window->document()->view().configuration;
    waitUntilAtRest();
    EXPECT_EQ(*window->document()->view().configuration, edited);
    ASSERT_TRUE(window->document()->view().lowering);
    window->actions()->action("edit.undo")->trigger();
    waitUntilAtRest();
    EXPECT_NE(*window->document()->view().configuration, edited);
}

TEST_F(Habits, OtherDataAreAChangeToSave)
{
    window->openFiles({test::samplePath("models/wine_mlp.onnx")});
    waitUntilAtRest();
    EXPECT_FALSE(window->isWindowModified());
    window->openFiles({test::samplePath("data/wine_x.npy")});
    ASSERT_TRUE(QTest::qWaitFor([this] { return window->isWindowModified(); }, 20'000));
    FileDialogs dialogs;
    dialogs.ask_save = [this](QWidget*, const FileDialogs::Question&, const FileDialogs::Answer& answer) { answer({file("w.bitwright")}); };
    window->files()->setDialogs(dialogs);
    window->actions()->action("file.save")->trigger();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !window->isWindowModified(); }, 10'000));
}

TEST_F(Habits, SecondStartHandsItsFilesOver)
{
    SingleInstance running(folder.path());
    ASSERT_TRUE(running.listen());
    QSignalSpy received(&running, &SingleInstance::received);
    const auto second = std::make_unique<SingleInstance>(folder.path());
    bool wasTaken = false;
    const std::unique_ptr<QThread> start(QThread::create([&] { wasTaken = second->handOver("hello"); }));
    start->start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return start->isFinished(); }, 10'000));
    EXPECT_TRUE(wasTaken);
    ASSERT_EQ(received.count(), 1);
    EXPECT_EQ(received.front().front().toByteArray(), QByteArray("hello"));
}

TEST_F(Habits, FirstStartFindsNobody)
{
    EXPECT_FALSE(SingleInstance(file("elsewhere")).handOver("hello"));
}

TEST_F(Habits, NewDesignClearsTheCardOfTheOld)
{
    window->openFiles({file("missing.onnx")});
    waitUntilAtRest();
    EXPECT_TRUE(window->card()->isProblem());
    openWine();
    EXPECT_FALSE(window->card()->isVisible());
}

} // namespace
} // namespace bitwright
