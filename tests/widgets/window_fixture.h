// SPDX-License-Identifier: GPL-3.0-or-later
/// A window of its own per test, with settings in a temporary folder and answers instead of file dialogs.
#pragma once

#include "widgets/main_window.h"
#include "widgets/theme.h"
#include "widgets/window_settings.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <memory>

namespace bitwright::test {

/// Path of a file below resources/samples; empty where it is missing.
QString samplePath(const char* relative);

class WindowTest : public testing::Test {
protected:
    void SetUp() override;

    /// Opens the wine sample with its data and waits until everything is current.
    void openWine();
    void waitUntilAtRest();
    /// Ends this window and starts another one with the same settings.
    void restart();
    QString file(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
    /// The first layer that has weights.
    QString denseLayer() const;

    QTemporaryDir folder;
    std::unique_ptr<Theme> theme;
    std::unique_ptr<WindowSettings> settings;
    std::unique_ptr<MainWindow> window;
};

} // namespace bitwright::test
