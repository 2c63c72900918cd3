// SPDX-License-Identifier: GPL-3.0-or-later
/// The window's program: reads the command line, makes theme, settings and window, and runs.
#include "app/gui/launch_options.h"
#include "app/gui/screenshot.h"
#include "widgets/document.h"
#include "widgets/file_kind.h"
#include "widgets/icons.h"
#include "widgets/main_window.h"
#include "widgets/query_bar.h"
#include "widgets/single_instance.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "widgets/window_settings.h"

#include <QApplication>
#include <QLineEdit>
#include <QTextStream>
#include <QTimer>

namespace {

using namespace bitwright;

void openFirst(MainWindow& window, const LaunchOptions& options)
{
    QStringList files = options.files;
    if (options.input.isEmpty()) {
        if (!files.isEmpty())
            window.openFiles(files);
        else
            window.reopenLast();
        return;
    }
    const FileSelection selection = FileSelection::sorted(files);
    OpenRequest request;
    request.project = toUtf8(selection.project);
    request.model = toUtf8(selection.model);
    request.configuration = toUtf8(selection.configuration);
    request.data = datasetPaths({options.input}, options.labels, nullptr);
    window.open(request);
}

/// What is to be shown of the first design, once it is open.
void preset(MainWindow& window, const LaunchOptions& options)
{
    QObject::connect(window.document(), &Document::designChanged, &window, [&window, options] {
        if (!options.select.isEmpty())
            window.select(options.select);
        if (!options.find.isEmpty())
            window.queryBar()->field()->setText(options.find);
    }, Qt::SingleShotConnection);
}

/// Takes what later starts are asked, if no window of theirs is wanted.
void serve(MainWindow& window, SingleInstance& instance)
{
    QObject::connect(&instance, &SingleInstance::received, &window, [&window](const QByteArray& message) {
        const std::optional<LaunchOptions> asked = fromMessage(message);
        window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
        window.raise();
        window.activateWindow();
        if (!asked || (asked->files.isEmpty() && asked->input.isEmpty()))
            return;
        preset(window, *asked);
        openFirst(window, *asked);
    });
    (void)instance.listen(); // without a socket every start has its own window, which works too
}

} // namespace

int main(int argc, char** argv)
{
    QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Bitwright"));
    QApplication::setApplicationVersion(QStringLiteral(BITWRIGHT_VERSION));
    QApplication::setWindowIcon(applicationIcon());
    QApplication::setDesktopFileName(QStringLiteral("io.github.bitwright.Bitwright"));
    const LaunchOutcome launch = readLaunchOptions(QApplication::arguments());
    if (launch.exit_code)
        return *launch.exit_code;
    const LaunchOptions& options = launch.options;

    WindowSettings settings(options.configFolder);
    SingleInstance instance(settings.folder());
    if (!options.needsOwnWindow() && instance.handOver(toMessage(options))) {
        QTextStream(stdout) << QCoreApplication::translate("main", "Opened in the window that is running.") << Qt::endl;
        return 0;
    }
    Theme theme(options.theme.value_or(settings.theme()));
    theme.applyToApplication();
    MainWindow window(&theme, &settings);
    if (options.size)
        window.resize(*options.size);
    preset(window, options);
    window.show();
    if (!options.needsOwnWindow())
        serve(window, instance);
    openFirst(window, options);
    if (!options.screenshot.isEmpty())
        new Screenshot(&window, options.screenshot, &window);
    if (options.quit_after_ms)
        QTimer::singleShot(*options.quit_after_ms, &application, &QApplication::quit);
    return QApplication::exec();
}
