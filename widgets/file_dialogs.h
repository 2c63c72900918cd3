// SPDX-License-Identifier: GPL-3.0-or-later
/// Questions about files, as functions, so that nothing blocks and tests can answer (gui.md 6.1).
#pragma once

#include <functional>

#include <QStringList>

class QWidget;

namespace bitwright {

struct FileDialogs {
    struct Question {
        QString title;
        QString folder;
        QString filter; ///< "Models (*.onnx)"
        QString suggestion; ///< file name
        QString suffix;     ///< added when none is typed
    };
    using Answer = std::function<void(const QStringList& paths)>; ///< not called when the user cancels
    std::function<void(QWidget* parent, const Question&, const Answer&)> ask_open; ///< one or several existing files
    std::function<void(QWidget* parent, const Question&, const Answer&)> ask_save;
    std::function<void(QWidget* parent, const Question&, const Answer&)> ask_folder; ///< may not exist yet
    std::function<void(QWidget* parent, const Question&, const Answer&)> ask_existing_folder;
    /// Whether to save before going on: 1 save, 0 discard; not called when the user cancels.
    std::function<void(QWidget* parent, const QString& name, const std::function<void(int)>&)> ask_to_save;
    /// One line of text, never empty; not called when the user cancels.
    std::function<void(QWidget* parent, const QString& title, const QString& what, const std::function<void(const QString&)>&)> ask_name;
};

/// The desktop's own dialogs.
FileDialogs nativeFileDialogs();

} // namespace bitwright
