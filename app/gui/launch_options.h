// SPDX-License-Identifier: GPL-3.0-or-later
/// The command line of the window (architecture, section 7).
#pragma once

#include <optional>

#include <QByteArray>
#include <QSize>
#include <QStringList>

#include "widgets/theme.h"

namespace bitwright {

struct LaunchOptions {
    QStringList files;      ///< model, project, configuration, data: as if dropped together
    QString input;          ///< --input: samples for the model
    QString labels;         ///< --labels
    QString screenshot;     ///< --screenshot: picture of the finished window, then quit
    QString configFolder;   ///< --config-dir
    QString select;         ///< --select: layer to select once the design is open
    QString find;           ///< --find: search to run once the design is open
    std::optional<QSize> size;
    std::optional<ThemeChoice> theme;
    std::optional<int> quit_after_ms;
    bool isNewInstance = false; ///< --new-instance: a window of its own although one runs

    /// A window of its own: asked for, or a run that ends by itself.
    bool needsOwnWindow() const { return isNewInstance || quit_after_ms || !screenshot.isEmpty(); }
};

/// What a second start hands to the window that runs: files by absolute path, and what to show of them.
QByteArray toMessage(const LaunchOptions& options);
/// Nothing where @p message is not one.
std::optional<LaunchOptions> fromMessage(const QByteArray& message);

/// Reads the program's arguments. Prints usage or the problem and says which exit code to leave with:
/// nothing to go on with.
struct LaunchOutcome {
    LaunchOptions options;
    std::optional<int> exit_code;
};
LaunchOutcome readLaunchOptions(const QStringList& arguments);

} // namespace bitwright
